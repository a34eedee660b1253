package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// A NewsChange is one change that another member made and nobody here has looked at
// yet.
type NewsChange struct {
	ThingRef
	Space   string
	Account string // Account.ID, or ""
	Title   string // what the thing is called now
	By      string // the member's name, or ""
	Side    Side   // theirs
	At      time.Time
	Deed    Deed
	Field   string // "" of the whole thing
	New     bool   // the thing itself is new here
}

// News is what others changed since somebody last looked.
type News struct {
	Changes   []NewsChange
	More      int // changes beside those that are listed
	Conflicts []Conflict
	Names     map[string]string // of accounts, by their ID
	// Read is how far this reaches: by Space.ID, the last counter of each log. Who has
	// looked at it has seen that and no more.
	Read map[string]map[string]uint64
}

// AccountNews is what others changed of one account, and what is to be chosen there.
type AccountNews struct {
	Account   string // Account.ID; "" for what belongs to none
	Name      string
	Lines     []NewsLine
	Conflicts int
}

// A NewsLine is what one member did to one thing.
type NewsLine struct {
	ThingRef
	Title string
	By    string
	Side  Side
	At    time.Time // of the last of it
	Deeds []Deed
	New   bool
	// Fields are those that were written, as people name them, in the order of time.
	Fields []string
}

// Who says who it was.
func (l NewsLine) Who() string { return FieldVersion{By: l.By}.Who() }

// Words say what was done: "added the promise", "changed the day and the wording of
// the promise".
func (l NewsLine) Words() string {
	thing := ThingWord(l.Kind)
	last := l.Deeds[len(l.Deeds)-1]
	switch {
	case last == DeedDeleted:
		return "deleted the " + thing
	case l.New:
		return "added the " + thing
	case len(l.Fields) > 0:
		return "changed " + JoinAnd(l.Fields[:min(len(l.Fields), newsFields)]) + more(len(l.Fields)-newsFields) + " of the " + thing
	case last == DeedErased:
		return "erased part of the " + thing
	}
	return "kept the " + thing
}

// newsFields is how many fields a line names.
const newsFields = 3

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return " and " + Counted(n, "other field", "other fields")
}

// ByAccount puts news together: by account, those with something to choose first,
// then by name; in each one line for each thing and member, the newest first.
func (n News) ByAccount() []AccountNews {
	at := map[string]int{}
	var list []AccountNews
	of := func(account string) *AccountNews {
		i, ok := at[account]
		if !ok {
			name := n.Names[account]
			if account == "" {
				name = "The team"
			} else if name == "" {
				name = "An account that is not here"
			}
			i = len(list)
			at[account], list = i, append(list, AccountNews{Account: account, Name: name})
		}
		return &list[i]
	}
	changes := slices.Clone(n.Changes)
	slices.SortStableFunc(changes, func(a, b NewsChange) int { return a.At.Compare(b.At) })
	for _, c := range changes {
		of(c.Account).add(c)
	}
	for _, c := range n.Conflicts {
		of(c.Account).Conflicts++
	}
	for _, a := range list {
		slices.SortStableFunc(a.Lines, func(x, y NewsLine) int {
			return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Title, y.Title), cmp.Compare(x.ID, y.ID))
		})
	}
	slices.SortStableFunc(list, func(a, b AccountNews) int {
		return cmp.Or(cmp.Compare(boolAs(b.Conflicts > 0), boolAs(a.Conflicts > 0)), cmp.Compare(boolAs(a.Account == ""), boolAs(b.Account == "")), cmp.Compare(a.Name, b.Name))
	})
	return list
}

func boolAs(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (a *AccountNews) add(c NewsChange) {
	i := slices.IndexFunc(a.Lines, func(l NewsLine) bool { return l.ThingRef == c.ThingRef && l.By == c.By })
	if i < 0 {
		i = len(a.Lines)
		a.Lines = append(a.Lines, NewsLine{ThingRef: c.ThingRef, Title: c.Title, By: c.By, Side: c.Side, New: c.New})
	}
	l := &a.Lines[i]
	l.At, l.Deeds = c.At, append(l.Deeds, c.Deed)
	if c.Deed != DeedWrote {
		return
	}
	name, _, _ := strings.Cut(c.Field, "/")
	if word := FieldWord(c.Kind, name); !slices.Contains(l.Fields, word) {
		l.Fields = append(l.Fields, word)
	}
}

// Sum says how much news there is: "Elin and Tomas changed 5 things of 2 accounts";
// "" for none.
func (n News) Sum() string {
	var who []string
	things, accounts := map[ThingRef]bool{}, map[string]bool{}
	for _, c := range n.Changes {
		if name := FirstName(cmp.Or(c.By, "Somebody")); !slices.Contains(who, name) {
			who = append(who, name)
		}
		things[c.ThingRef] = true
		if c.Account != "" {
			accounts[c.Account] = true
		}
	}
	if len(things) == 0 {
		return ""
	}
	slices.Sort(who)
	if len(who) > 3 {
		who = append(who[:2], Counted(len(who)-2, "other", "others"))
	}
	words := JoinAnd(who) + " changed " + Counted(len(things), "thing", "things")
	if len(accounts) > 0 {
		words += " of " + Counted(len(accounts), "account", "accounts")
	}
	if n.More > 0 {
		words += ", and more before that"
	}
	return words
}
