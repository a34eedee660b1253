package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// WithoutInput is what a departure is simulated on.
type WithoutInput struct {
	StandingInput
	Account   Account
	Ties      []Tie // who of us knows whom
	Relations []Relation
	Facts     []Fact
	Unknowns  []Unknown
}

// Departure is what it would mean if somebody left: one of us or one of them.
type Departure struct {
	Who   string // a name
	Ours  bool
	Dials []DialChange
	// Orphaned are the open promises that nobody would keep, or that nobody would
	// be there to keep for us.
	Orphaned []Promise
	// Lost are the facts that we know only from them; Cut are the contacts whom
	// none of us would know any more.
	Lost []Fact
	Cut  []Contact
	// Introductions would bring back those who are cut, the easiest first.
	Introductions []Introduction
	Roles         []Role // required roles that nobody would cover any more
}

// DialChange is a dial before and after.
type DialChange struct{ Before, After Dial }

// Introduction is a way to somebody who would be cut off, through those who stay.
type Introduction struct {
	To  Contact
	Way Way
}

// Without simulates a departure from an account: of a contact, by Contact.ID, or
// of one of us, by name. It is false where neither is known there.
func Without(in WithoutInput, who string, now time.Time) (Departure, bool) {
	i := slices.IndexFunc(in.Contacts, func(c ContactStanding) bool { return c.Contact.ID == who })
	if i >= 0 {
		return withoutTheirs(in, in.Contacts[i], now), true
	}
	known := slices.ContainsFunc(in.Ties, func(t Tie) bool { return strings.EqualFold(t.Who, who) }) ||
		slices.ContainsFunc(in.Promises, func(p Promise) bool { return strings.EqualFold(p.Owner, who) })
	if !known {
		return Departure{}, false
	}
	return withoutOurs(in, who, now), true
}

func withoutTheirs(in WithoutInput, gone ContactStanding, now time.Time) Departure {
	id := gone.Contact.ID
	d := Departure{Who: gone.Contact.Name}
	after := in.StandingInput
	after.Contacts = slices.DeleteFunc(slices.Clone(in.Contacts), func(c ContactStanding) bool { return c.Contact.ID == id })
	after.Before = slices.DeleteFunc(slices.Clone(in.Before), func(c ContactStanding) bool { return c.Contact.ID == id })
	d.compare(in.StandingInput, after, now)
	d.Orphaned, _ = parted(in.Promises, func(p Promise) bool { return p.Open() && p.Contact == id })
	d.Lost, _ = parted(in.Facts, func(f Fact) bool {
		return f.Until == "" && f.Contact != id && strings.EqualFold(f.Source, gone.Contact.Name)
	})
	d.introduce(in, id)
	return d
}

func withoutOurs(in WithoutInput, who string, now time.Time) Departure {
	d := Departure{Who: who, Ours: true}
	after := in.StandingInput
	after.Contacts = slices.Clone(in.Contacts)
	for i, c := range after.Contacts {
		c.Knows = slices.DeleteFunc(slices.Clone(c.Knows), func(name string) bool { return strings.EqualFold(name, who) })
		if len(c.Knows) == 0 && len(in.Contacts[i].Knows) > 0 {
			d.Cut = append(d.Cut, c.Contact)
			c.Warmth = Warmth{Band: NeverSpoke}
		}
		after.Contacts[i] = c
	}
	d.compare(in.StandingInput, after, now)
	d.Orphaned, _ = parted(in.Promises, func(p Promise) bool { return p.Open() && p.By == Us && strings.EqualFold(p.Owner, who) })
	d.introduce(in, who)
	return d
}

// compare fills the dials and the roles that fall open.
func (d *Departure) compare(before, after StandingInput, now time.Time) {
	was, is := StandAccount(before, now), StandAccount(after, now)
	for _, kind := range []DialKind{Quality, Density, Authority} {
		d.Dials = append(d.Dials, DialChange{Before: was.Dial(kind), After: is.Dial(kind)})
	}
	for i, r := range is.Roles {
		if was.Roles[i].Covered && !r.Covered {
			d.Roles = append(d.Roles, r.Role)
		}
	}
}

// introduce fills the ways to those who would be cut off: of ours, those whom
// only the colleague knew; of theirs, those whom we reach only through the one
// who left.
func (d *Departure) introduce(in WithoutInput, without string) {
	names := map[string]string{}
	for _, c := range in.Contacts {
		names[c.Contact.ID] = c.Contact.Name
	}
	cut := d.Cut
	if !d.Ours {
		for _, c := range in.Contacts {
			if c.Contact.ID == without || !neverKnown(c) {
				continue
			}
			with, ok := WarmestWay(c.Contact.ID, in.Ties, in.Relations, names, "")
			if ok && slices.Contains(with.Through, without) {
				cut = append(cut, c.Contact)
			}
		}
		d.Cut = cut
	}
	for _, c := range cut {
		if way, ok := WarmestWay(c.ID, in.Ties, in.Relations, names, without); ok {
			d.Introductions = append(d.Introductions, Introduction{To: c, Way: way})
		}
	}
	slices.SortStableFunc(d.Introductions, func(a, b Introduction) int {
		return cmp.Or(cmp.Compare(b.Way.Strength, a.Way.Strength), strings.Compare(a.To.Name, b.To.Name))
	})
}

func neverKnown(c ContactStanding) bool { return len(c.Knows) == 0 }
