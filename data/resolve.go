package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"rapport/data/text"
)

// ResolveAccount finds the account that a person means by ref: its ID, its name
// in either case, an address (a contact's or at its domain) or a mail domain,
// in this order. Several that fit give an *Ambiguous; none gives an error that
// wraps ErrNotFound and offers near names.
func ResolveAccount(ref string, accounts []Account, contacts []Contact) (Account, error) {
	ref = strings.TrimSpace(ref)
	byID, byName, byDomain := []Account{}, []Account{}, accountsAt(refDomain(ref), accounts)
	for _, a := range accounts {
		if a.ID == ref && ref != "" {
			byID = append(byID, a)
		}
		if sameName(a.Name, ref) {
			byName = append(byName, a)
		}
	}
	for _, found := range [][]Account{byID, byName, accountsOf(ref, accounts, contacts), byDomain} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return Account{}, &Ambiguous{Ref: ref, Candidates: mapped(found, Account.candidate)}
		}
	}
	names := mapped(accounts, func(a Account) string { return a.Name })
	return Account{}, fmt.Errorf("account %q: %w%s", ref, ErrNotFound, didYouMean(ref, names))
}

// ResolveContact finds the contact that a person means by ref: an ID, a name in
// either case or an address, in this order. Its errors are ResolveAccount's.
func ResolveContact(ref string, contacts []Contact, accounts []Account) (Contact, error) {
	ref = strings.TrimSpace(ref)
	address := text.NormalAddress(ref)
	var byID, byName, byAddress []Contact
	for _, c := range contacts {
		if c.ID == ref && ref != "" {
			byID = append(byID, c)
		}
		if sameName(c.Name, ref) {
			byName = append(byName, c)
		}
		if address != "" && slices.Contains(c.Emails, address) {
			byAddress = append(byAddress, c)
		}
	}
	for _, found := range [][]Contact{byID, byName, byAddress} {
		switch len(found) {
		case 0:
		case 1:
			return found[0], nil
		default:
			return Contact{}, &Ambiguous{Ref: ref, Candidates: mapped(found, func(c Contact) string { return c.candidate(accounts) })}
		}
	}
	names := mapped(contacts, func(c Contact) string { return c.Name })
	return Contact{}, fmt.Errorf("contact %q: %w%s", ref, ErrNotFound, didYouMean(ref, names))
}

func sameName(name, ref string) bool {
	return ref != "" && strings.EqualFold(strings.Join(strings.Fields(name), " "), strings.Join(strings.Fields(ref), " "))
}

// accountsOf are the accounts of the contacts with this address, each once.
func accountsOf(ref string, accounts []Account, contacts []Contact) []Account {
	address := text.NormalAddress(ref)
	if !strings.Contains(address, "@") {
		return nil
	}
	found, _ := parted(accounts, func(a Account) bool {
		return slices.ContainsFunc(contacts, func(c Contact) bool {
			return c.AccountID == a.ID && slices.Contains(c.Emails, address)
		})
	})
	return found
}

// refDomain is the domain that a reference names, "" when it names none.
func refDomain(ref string) string {
	if i := strings.LastIndexByte(ref, '@'); i >= 0 {
		ref = strings.TrimSuffix(ref[i+1:], ">")
	}
	if ref = NormalDomain(ref); strings.Contains(ref, ".") && !strings.ContainsAny(ref, " \t/") {
		return ref
	}
	return ""
}

// accountsAt are the accounts of the domain, or of the nearest one above it.
func accountsAt(domain string, accounts []Account) []Account {
	for d := domain; strings.Contains(d, ".") && !IsPublicDomain(d, nil); _, d, _ = strings.Cut(d, ".") {
		if found, _ := parted(accounts, func(a Account) bool { return slices.Contains(a.Domains, d) }); len(found) > 0 {
			return found
		}
	}
	return nil
}

func (a Account) candidate() string {
	domain := ""
	if len(a.Domains) > 0 {
		domain = a.Domains[0]
	}
	return joinCommas(a.Name, domain, "ID "+a.ID)
}

func (c Contact) candidate(accounts []Account) string {
	email, account := "", ""
	if len(c.Emails) > 0 {
		email = c.Emails[0]
	}
	if i := slices.IndexFunc(accounts, func(a Account) bool { return a.ID == c.AccountID }); i >= 0 {
		account = accounts[i].Name
	}
	return joinCommas(c.Name, email, account, "ID "+c.ID)
}

func mapped[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}

// didYouMean offers at most three names near the reference, nearest first, as
// the end of an error; "" when nothing is near.
func didYouMean(ref string, names []string) string {
	const offered = 3
	type near struct {
		name string
		far  int
	}
	var list []near
	for _, n := range names {
		if far, ok := distance(plain(ref), plain(n)); ok {
			list = append(list, near{n, far})
		}
	}
	slices.SortFunc(list, func(a, b near) int { return cmp.Or(a.far-b.far, strings.Compare(a.name, b.name)) })
	found := slices.Compact(mapped(list, func(n near) string { return n.name }))
	if len(found) == 0 {
		return ""
	}
	found = found[:min(offered, len(found))]
	last := len(found) - 1
	if last == 0 {
		return "; did you mean " + found[0] + "?"
	}
	return "; did you mean " + strings.Join(found[:last], ", ") + " or " + found[last] + "?"
}

// distance says how far a name is from what was asked for, if it is near: it
// holds those words, or it, or one of its words, is spelled almost so.
func distance(ref, name string) (far int, near bool) {
	if ref == "" || name == "" {
		return 0, false
	}
	if strings.Contains(" "+name, " "+ref) {
		return 0, true
	}
	best := edits(ref, name)
	for word := range strings.FieldsSeq(name) {
		best = min(best, edits(ref, word))
	}
	return best, best <= max(1, len([]rune(ref))/4)
}

// edits counts the letters to add, drop or change between two words
// (Levenshtein 1966).
func edits(a, b string) int {
	ra, rb := []rune(a), []rune(b)
	row := make([]int, len(rb)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range ra {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range rb {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(rb)]
}
