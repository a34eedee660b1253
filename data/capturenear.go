package data

import (
	"slices"
	"strings"
)

// CaptureNames finds the people and accounts that a line may name without
// looking at all of them, so that a line can be understood at every letter.
type CaptureNames struct {
	accounts []Account
	contacts []Contact
	byID     map[string]int
	// Where each word of a name occurs, as plain makes it.
	accountsBy, contactsBy map[string][]int
}

// NewCaptureNames prepares the names of a workspace.
func NewCaptureNames(accounts []Account, contacts []Contact) CaptureNames {
	n := CaptureNames{accounts: accounts, contacts: contacts, byID: map[string]int{}, accountsBy: map[string][]int{}, contactsBy: map[string][]int{}}
	for i, a := range accounts {
		n.byID[a.ID] = i
		indexWords(n.accountsBy, a.Name, i)
	}
	for i, c := range contacts {
		indexWords(n.contactsBy, c.Name, i)
	}
	return n
}

func indexWords(by map[string][]int, name string, i int) {
	for _, w := range strings.Fields(plain(name)) {
		if list := by[w]; len(list) == 0 || list[len(list)-1] != i {
			by[w] = append(list, i)
		}
	}
}

// Near are the accounts and contacts of which the line has a word, with the
// accounts where those contacts are, in their order.
func (n CaptureNames) Near(line string) (accounts []Account, contacts []Contact) {
	var at, who []int
	for _, w := range strings.Fields(plain(line)) {
		at = append(at, n.accountsBy[w]...)
		who = append(who, n.contactsBy[w]...)
	}
	for _, i := range inOrder(who) {
		contacts = append(contacts, n.contacts[i])
		if a, ok := n.byID[n.contacts[i].AccountID]; ok {
			at = append(at, a)
		}
	}
	for _, i := range inOrder(at) {
		accounts = append(accounts, n.accounts[i])
	}
	return accounts, contacts
}

// Account is the account with the ID, if there is one.
func (n CaptureNames) Account(id string) (Account, bool) {
	i, ok := n.byID[id]
	if !ok {
		return Account{}, false
	}
	return n.accounts[i], true
}

func inOrder(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}
