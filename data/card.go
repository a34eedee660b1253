package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// SeenCard is what somebody's signature said of them in one mail.
type SeenCard struct {
	text.Card
	Interaction string // Interaction.ID of the mail
	At          time.Time
}

// ContactProposal is something that a signature says of a contact and that is
// not kept of them, or is kept otherwise. It decides nothing: a person accepts.
type ContactProposal struct {
	Contact  Contact
	Field    string // role or phone
	Value    string // what the signature says
	Says     string // a sentence without its full stop
	Source   string // Interaction.ID
	At       time.Time
	Strength Strength // Strong when several mails say the same
}

// Key names a proposal, for those that were declined.
func (p ContactProposal) Key() string { return p.Contact.ID + " " + p.Field + " " + plain(p.Value) }

// With is the contact as it would be.
func (p ContactProposal) With() Contact {
	c := p.Contact
	if p.Field == "role" {
		c.Role = p.Value
	} else {
		c.Phone = p.Value
	}
	return c
}

// ProposeOfContact compares a contact with their signatures, newest first: the
// newest that says something of a field counts. Declined ones are left out, by
// Key.
func ProposeOfContact(c Contact, cards []SeenCard, declined []string) []ContactProposal {
	var list []ContactProposal
	for _, f := range []struct {
		name, have string
		of         func(SeenCard) string
		same       func(a, b string) bool
		says       string
	}{
		{"role", c.Role, func(s SeenCard) string { return s.Role }, func(a, b string) bool { return plain(a) == plain(b) }, "%s’s signature says “%s”"},
		{"phone", c.Phone, func(s SeenCard) string { return firstOf(s.Phones) }, samePhone, "%s’s signature has the number %s"},
	} {
		i := slices.IndexFunc(cards, func(s SeenCard) bool { return f.of(s) != "" })
		if i < 0 || f.same(f.of(cards[i]), f.have) || f.name == "phone" && slices.ContainsFunc(cards[i].Phones, func(n string) bool { return samePhone(n, f.have) }) {
			continue
		}
		value := f.of(cards[i])
		p := ContactProposal{Contact: c, Field: f.name, Value: value, Says: fmt.Sprintf(f.says, FirstName(c.Name), value), Source: cards[i].Interaction, At: cards[i].At, Strength: Some}
		if f.have != "" {
			p.Says += ", where you have " + f.have
		}
		if slices.ContainsFunc(cards[i+1:], func(s SeenCard) bool { return f.same(f.of(s), value) }) {
			p.Strength = Strong
		}
		if !slices.Contains(declined, p.Key()) {
			list = append(list, p)
		}
	}
	return list
}

func firstOf(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// samePhone compares the last eight digits, since a number is written with its
// country or without.
func samePhone(a, b string) bool {
	const told = 8
	a, b = text.Digits(a), text.Digits(b)
	return a != "" && b != "" && a[max(0, len(a)-told):] == b[max(0, len(b)-told):]
}

// Duplicate is two contacts that seem to be one person, and why.
type Duplicate struct {
	A, B     Contact // A is the one known longer
	Reasons  []string
	Strength Strength
}

// Duplicates finds contacts that seem to be one person: of one name, one number
// or one local part of their address, at one account or in free mail; the surest
// first. It only suggests.
func Duplicates(contacts []Contact) []Duplicate {
	buckets := map[string][]int{}
	for i, c := range contacts {
		keys := []string{"name " + plain(c.Name)}
		if d := text.Digits(c.Phone); len(d) >= 7 {
			keys = append(keys, "phone "+d[max(0, len(d)-8):])
		}
		for _, e := range c.Emails {
			if local, _, _ := strings.Cut(e, "@"); len(local) > 3 && !text.IsRoleAddress(e) {
				keys = append(keys, "local "+local)
			}
			keys = append(keys, "address "+e)
		}
		for _, k := range keys {
			if !slices.Contains(buckets[k], i) {
				buckets[k] = append(buckets[k], i)
			}
		}
	}
	pairs := map[[2]int]bool{}
	var list []Duplicate
	for _, members := range buckets {
		for x, i := range members {
			for _, j := range members[x+1:] {
				if pair := [2]int{i, j}; !pairs[pair] {
					pairs[pair] = true
					if d, ok := judgeDuplicate(contacts[i], contacts[j]); ok {
						list = append(list, d)
					}
				}
			}
		}
	}
	sortDuplicates(list)
	return list
}

// sortDuplicates puts the surest first.
func sortDuplicates(list []Duplicate) {
	slices.SortFunc(list, func(a, b Duplicate) int {
		return cmp.Or(cmp.Compare(b.Strength, a.Strength), len(b.Reasons)-len(a.Reasons), strings.Compare(a.A.Name, b.A.Name), strings.Compare(a.A.ID, b.A.ID), strings.Compare(a.B.ID, b.B.ID))
	})
}

// Key names a suggestion, for those that somebody refused.
func (d Duplicate) Key() string {
	a, b := d.A.ID, d.B.ID
	if b < a {
		a, b = b, a
	}
	return "duplicate " + a + " " + b
}

// Other is the one of the two who is not the contact of an ID.
func (d Duplicate) Other(id string) Contact {
	if d.A.ID == id {
		return d.B
	}
	return d.A
}

func judgeDuplicate(a, b Contact) (Duplicate, bool) {
	if b.RecordedAt.Before(a.RecordedAt) || b.RecordedAt.Equal(a.RecordedAt) && b.ID < a.ID {
		a, b = b, a
	}
	d := Duplicate{A: a, B: b, Strength: Some}
	together := a.AccountID == b.AccountID || a.AccountID == "" || b.AccountID == ""
	name := plain(a.Name) == plain(b.Name) && strings.Contains(plain(a.Name), " ")
	if name {
		d.Reasons = append(d.Reasons, "both are called "+a.Name)
	}
	address := slices.ContainsFunc(a.Emails, func(e string) bool { return slices.Contains(b.Emails, e) })
	if address {
		d.Reasons = append(d.Reasons, "they share an address")
	}
	phone := samePhone(a.Phone, b.Phone) && len(text.Digits(a.Phone)) >= 7
	if phone {
		d.Reasons = append(d.Reasons, "they share the number "+a.Phone)
	}
	local := slices.ContainsFunc(a.Emails, func(e string) bool {
		part, _, _ := strings.Cut(e, "@")
		return len(part) > 3 && !text.IsRoleAddress(e) && slices.ContainsFunc(b.Emails, func(o string) bool { return o != e && strings.HasPrefix(o, part+"@") })
	})
	if local {
		d.Reasons = append(d.Reasons, "their addresses begin alike")
	}
	if name && together || address || len(d.Reasons) > 1 {
		d.Strength = Strong
	}
	// A switchboard, or a first name, is shared by many; alone it says something
	// only at one account.
	return d, d.Strength == Strong || len(d.Reasons) > 0 && together && (name || local)
}
