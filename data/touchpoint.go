package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Touchpoint is a contact that is due, as the rhythm asks.
type Touchpoint struct {
	Contact Contact // whom to be in touch with; zero where nobody is known there
	Account Account
	Due     time.Time
	Late    int     // days over; 0 where it is due today, negative where it lies ahead
	Channel Channel // how they like it, "" where nothing is known
	Why     string
	Warmth  Warmth // of the contact; NeverSpoke where nobody there was spoken with
	// Snoozed is until when a person put it off; zero when nobody did.
	Snoozed time.Time
}

// Words say when, "due 5 days ago", "due today", "due in 3 days".
func (t Touchpoint) Words() string {
	switch {
	case t.Late == 0:
		return "due today"
	case t.Late == 1:
		return "due yesterday"
	case t.Late > 1:
		return fmt.Sprintf("due %d days ago", t.Late)
	case t.Late == -1:
		return "due tomorrow"
	}
	return fmt.Sprintf("due in %d days", -t.Late)
}

// Rest is how long after any real contact nobody is asked to be in touch again,
// however short the rhythm: nobody is nagged who just spoke.
const Rest = 2 * 24 * time.Hour

// TouchpointsOf are the contacts of an account that are due within ahead of now.
// Whoever has a rhythm of their own, agreed or wished, is due by it. The rhythm
// of a tier is the account's: whoever there was in touch answers for it, and when
// nobody was it asks for the one who was last. Where nobody there was spoken with
// it asks for a first hello. A meeting that is planned before then answers as a
// contact does. snoozed is by Contact.ID, or Account.ID for a first hello.
//
// A transactional account asks for nobody; one that winds down or is archived neither.
func TouchpointsOf(a Account, contacts []ContactStanding, preferences []Preference, planned map[string]time.Time, snoozed map[string]time.Time, ahead time.Duration, now time.Time) (list []Touchpoint) {
	if a.Care == Transactional || a.Mode == WindDown || a.Archived != "" || len(contacts) == 0 {
		return nil
	}
	last := lastSpoken(contacts, anybody)
	if last == nil {
		if snoozed[a.ID].After(now) {
			return nil
		}
		return []Touchpoint{{Contact: contacts[0].Contact, Account: a, Due: startOfDay(now), Warmth: Warmth{Band: NeverSpoke}, Why: "nobody there has spoken with us yet"}}
	}
	if shared := lastSpoken(contacts, func(c *ContactStanding) bool { return !c.ownRhythm() }); shared != nil {
		t := touchpointOf(a, shared, last.Warmth.Last.At, preferences, snoozed)
		if !someoneMeets(contacts, planned, t.Due, now) {
			list = append(list, t)
		}
	}
	for i := range contacts {
		c := &contacts[i]
		if !c.spoke() || !c.ownRhythm() {
			continue
		}
		if t := touchpointOf(a, c, c.Warmth.Last.At, preferences, snoozed); !meets(planned[c.Contact.ID], t.Due, now) {
			list = append(list, t)
		}
	}
	list = slices.DeleteFunc(list, func(t Touchpoint) bool { return t.Due.After(now.Add(ahead)) || t.Snoozed.After(now) })
	for i := range list {
		list[i].Late = DaysBetween(list[i].Due, now)
	}
	slices.SortStableFunc(list, func(x, y Touchpoint) int {
		return cmp.Or(x.Due.Compare(y.Due), strings.Compare(x.Contact.Name, y.Contact.Name), strings.Compare(x.Contact.ID, y.Contact.ID))
	})
	return list
}

// lastSpoken is the one who was spoken with last of those for whom is says yes; nil
// for nobody.
func lastSpoken(list []ContactStanding, is func(c *ContactStanding) bool) (last *ContactStanding) {
	for i := range list {
		c := &list[i]
		if c.spoke() && is(c) && (last == nil || cmp.Or(c.Warmth.Last.At.Compare(last.Warmth.Last.At), strings.Compare(last.Contact.ID, c.Contact.ID)) > 0) {
			last = c
		}
	}
	return last
}

// spoke says whether they ever spoke with us.
func (c *ContactStanding) spoke() bool { return c.Warmth.Band != NeverSpoke && c.Warmth.Band != "" }

// ownRhythm says whether a rhythm was agreed with them, or wished by them.
func (c *ContactStanding) ownRhythm() bool {
	return c.Warmth.Interval.From == Agreed || c.Warmth.Interval.From == TheirWish
}

func anybody(*ContactStanding) bool { return true }

// someoneMeets says whether a planned meeting with any who spoke with us answers for
// a touch.
func someoneMeets(contacts []ContactStanding, planned map[string]time.Time, due, now time.Time) bool {
	for i := range contacts {
		if c := &contacts[i]; c.spoke() && meets(planned[c.Contact.ID], due, now) {
			return true
		}
	}
	return false
}

// touchpointOf is when a contact's rhythm asks for the next touch after one.
func touchpointOf(a Account, c *ContactStanding, after time.Time, preferences []Preference, snoozed map[string]time.Time) Touchpoint {
	due := after.AddDate(0, 0, c.Warmth.Interval.Days)
	return Touchpoint{
		Contact: c.Contact, Account: a, Due: later(due, after.Add(Rest)), Warmth: c.Warmth,
		Channel: liked(PreferencesOf(preferences, c.Contact)), Snoozed: snoozed[c.Contact.ID],
		Why: fmt.Sprintf("last spoke %s; every %s is %s", agoWords(c.Warmth.Silence), days(c.Warmth.Interval.Days), cmp.Or(c.Warmth.Interval.From, "taken where nobody agreed a rhythm")),
	}
}

// meets says whether a planned meeting comes in time to answer for a touch.
func meets(planned, due, now time.Time) bool {
	return !planned.IsZero() && planned.After(now) && !planned.After(later(due, now).AddDate(0, 0, 3))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// liked is the channel that somebody prefers for anything.
func liked(preferences []Preference) Channel {
	for _, p := range preferences {
		if p.Holds() && p.Rule == Prefers && p.Topic == "" {
			return p.Channel
		}
	}
	return ""
}
