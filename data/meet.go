package data

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Seen is somebody who took part in what happened with an account.
type Seen struct {
	Address
	Contact string    // Contact.ID, "" for no contact
	Last    time.Time // their last touch; zero when there was none
	Times   int       // interactions with them
	Met     bool      // in a meeting or visit that was not cancelled
}

// MeetPeople joins an account's contacts with those who were seen there: every
// contact is listed, and strangers only where their address is in one of the
// account's domains. Whoever was touched last comes first; those never touched
// come last, by name.
func MeetPeople(contacts []Contact, seen []Seen, domains []string) []Person {
	people := make([]Person, 0, len(contacts))
	place := map[string]int{}
	for _, c := range contacts {
		place[c.ID] = len(people)
		p := Person{Contact: c}
		if len(c.Emails) > 0 {
			p.Email = c.Emails[0]
		}
		people = append(people, p)
	}
	for _, s := range seen {
		i, known := place[s.Contact]
		switch {
		case s.Contact != "" && known:
		case s.Contact == "" && inDomains(text.Domain(s.Email), domains):
			i = len(people)
			people = append(people, Person{Contact: Contact{Name: text.Name(s.Name, s.Email), Emails: []string{s.Email}, Side: Customer}, Email: s.Email})
		default:
			continue
		}
		p := &people[i]
		p.Times += s.Times
		p.Met = p.Met || s.Met
		if s.Last.After(p.Last.At) {
			p.Last = Touch{At: s.Last, By: p.Side}
		}
	}
	slices.SortStableFunc(people, func(a, b Person) int {
		return cmp.Or(b.Last.At.Compare(a.Last.At), strings.Compare(a.Name, b.Name), strings.Compare(a.Email, b.Email))
	})
	return people
}

// inDomains says whether a domain is one of these or lies below one.
func inDomains(domain string, domains []string) bool {
	return slices.ContainsFunc(domains, func(d string) bool {
		return domain == d || strings.HasSuffix(domain, "."+d)
	})
}
