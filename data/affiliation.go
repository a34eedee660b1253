package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// KindAffiliation is its name in the change log.
const KindAffiliation = "affiliation"

// Affiliation is a time in which a contact worked somewhere. People change jobs,
// and what was before stays.
type Affiliation struct {
	Belongs        // Account is "" where the place is no account of ours
	Place   string `reg:"place"` // the organisation's name where it is no account
	Role    string `reg:"role"`
	From    string `reg:"from"`  // date, "" when not known
	Until   string `reg:"until"` // date, "" while it lasts
}

// PartKind is KindAffiliation.
func (a Affiliation) PartKind() string { return KindAffiliation }

// Standing is open while it lasts, and has no date.
func (a Affiliation) Standing() (string, bool) { return "", a.Until == "" }

// Check says why it cannot be kept, or nil.
func (a Affiliation) Check() error {
	switch {
	case a.Contact == "":
		return invalid("contact", "say who worked there")
	case a.Account == "" && strings.TrimSpace(a.Place) == "":
		return invalid("place", "say where")
	case a.From != "" && a.Until != "" && a.Until < a.From:
		return invalid("until", "it cannot have ended before it began")
	}
	return firstErr(checkDate("from", a.From), checkDate("until", a.Until))
}

// SortAffiliations puts what lasts first, then the latest.
func SortAffiliations(list []Affiliation) {
	slices.SortStableFunc(list, func(a, b Affiliation) int {
		end := func(a Affiliation) string { return cmp.Or(a.Until, "9999") }
		return cmp.Or(strings.Compare(end(b), end(a)), strings.Compare(b.From, a.From), strings.Compare(a.ID, b.ID))
	})
}

// Moved closes a contact's present affiliation and opens the next: it returns
// the parts to keep and the contact in their new place. The day is when they
// changed; a present place that was never written down is written down now.
func Moved(c Contact, present []Affiliation, account, place, role string, day time.Time) (Contact, []Affiliation) {
	date := day.Format(time.DateOnly)
	var keep []Affiliation
	for _, a := range present {
		if a.Until == "" {
			a.Until = date
			keep = append(keep, a)
		}
	}
	if len(keep) == 0 && c.AccountID != "" {
		keep = append(keep, Affiliation{Belongs: Belongs{Account: c.AccountID, Contact: c.ID}, Role: c.Role, Until: date})
	}
	c.AccountID, c.Role = account, role
	return c, append(keep, Affiliation{Belongs: Belongs{Account: account, Contact: c.ID}, Place: place, Role: role, From: date})
}
