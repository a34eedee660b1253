package data

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// promiseAhead is how many days ahead a promise is named on the first page.
const promiseAhead = 7

// promisesDue lists what is overdue or due within a week and nobody put off, as
// SortPromises orders it.
func promisesDue(in TodayInput) []PromiseRow {
	accounts := in.accountsByID()
	soon, _ := parted(in.Promises, func(p Promise) bool {
		return p.Open() && p.Due != "" && daysSinceDate(p.Due, in.Now) >= -promiseAhead && !in.Resting[p.ID].After(in.Now)
	})
	SortPromises(soon, in.Now)
	rows := make([]PromiseRow, len(soon))
	for i, p := range soon {
		rows[i] = PromiseRow{Promise: p, Account: accounts[p.Account], Person: in.Contacts[p.Contact], Late: p.Late(in.Now), Words: p.DueWords(in.Now)}
	}
	return rows
}

// overdueOfOurs counts the overdue promises of ours, of one account or of all
// for "".
func overdueOfOurs(list []Promise, account string, now time.Time) (n int) {
	for _, p := range list {
		if p.By == Us && p.Late(now) > 0 && (account == "" || p.Account == account) {
			n++
		}
	}
	return n
}

func overdueTag(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "Promise overdue"
	}
	return Counted(n, "promise", "promises") + " overdue"
}

// saidLetters is how much of what somebody said is shown.
const saidLetters = 150

// saidBy is what somebody in a meeting wants, in their words: the latest need
// that is not met of those in the room, the unmet before those under way; of
// anybody of the account where none of them said any.
func saidBy(in TodayInput, m Agenda) Said {
	there := map[string]bool{}
	for _, p := range m.People {
		there[p.Contact] = p.Contact != ""
	}
	rank := func(n Need) int {
		r := 0
		if there[n.Contact] {
			r += 2
		}
		if n.Met == NotMet {
			r++
		}
		return r
	}
	open, _ := parted(in.Needs, func(n Need) bool {
		return n.Account == m.Account.ID && m.Account.ID != "" && n.Closed == "" && n.Met != IsMet && strings.TrimSpace(n.Words) != ""
	})
	if len(open) == 0 {
		return Said{}
	}
	n := slices.MaxFunc(open, func(a, b Need) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.On, b.On), strings.Compare(b.ID, a.ID))
	})
	s := Said{Words: text.Preview(n.Words, saidLetters), Who: FirstName(in.Contacts[n.Contact].Name)}
	if day, err := time.ParseInLocation(time.DateOnly, n.On, in.Now.Location()); err == nil {
		s.On = ShortDate(day, in.Now)
	}
	return s
}
