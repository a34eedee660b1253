package cli

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func contactSetVerb() *verb {
	return &verb{
		name: "contact set", args: "CONTACT", does: "Change what is kept of a contact",
		more: `What no flag names stays. An empty value takes one away: -phone "".
-moved-to says that they work elsewhere from now on, at an account or at a place that is
none; where they worked before stays known.

  rapport contact set "Anna Kessler" -role "head of exhibitions" -email anna@home.example
  rapport contact set "Anna Kessler" -moved-to "Larkfield Hall" -role director -on 2026-11-01`,
		least: 1, most: 1, flags: []flag{
			{name: "name", value: "NAME", does: "what they are called"},
			{name: "role", value: "WORDS", does: "what they do there"},
			{name: "email", value: "E", does: "one more address of theirs", many: true},
			{name: "remove-email", value: "E", does: "an address that is not theirs any more", many: true},
			{name: "prefer", value: "E", does: "which of their addresses comes first"},
			{name: "phone", value: "P", does: "their number"},
			{name: "side", value: "SIDE", does: "customer, or partner"},
			{name: "moved-to", value: "ACCOUNT|PLACE", does: "where they work now"},
			onFlag, jsonFlag,
		}, run: runContactSet,
	}
}

func runContactSet(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		if !c.changes() {
			return misuse(c.verb, "say what changes, like -role or -phone")
		}
		person, affiliations, err := c.changedContact(db, s.contact, known, now)
		if err != nil {
			return err
		}
		label := s.contact.Name + ": " + strings.Join(c.changed(), ", ")
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
			for _, a := range affiliations {
				if _, err := store.PutPart(tx, a); err != nil {
					return err
				}
			}
			person, err = tx.AddContact(person)
			return err
		}); err != nil {
			return err
		}
		return c.done(label, func() any { return contactOf(person, known.byID()[person.AccountID]) })
	})
}

func (c *call) changedContact(db *store.DB, p data.Contact, known names, now time.Time) (data.Contact, []data.Affiliation, error) {
	var kept []data.Affiliation
	if c.has("moved-to") {
		moved, list, err := c.moved(db, p, known, now)
		if err != nil {
			return p, nil, err
		}
		p, kept = moved, list
	} else if c.has("on") {
		return p, nil, misuse(c.verb, "-on is the day of -moved-to")
	}
	c.overwrite(&p.Name, "name")
	c.overwrite(&p.Role, "role")
	c.overwrite(&p.Phone, "phone")
	c.overwrite((*string)(&p.Side), "side")
	p.Emails = append(slices.Clone(p.Emails), c.values["email"]...)
	p = p.Tidy()
	for _, e := range append(slices.Clone(c.values["remove-email"]), c.values["prefer"]...) {
		if e = text.NormalAddress(e); !slices.Contains(p.Emails, e) {
			return p, nil, misuse(c.verb, "%s is no address of %s", e, p.Name)
		}
	}
	for _, e := range c.values["remove-email"] {
		p.Emails = slices.DeleteFunc(p.Emails, func(have string) bool { return have == text.NormalAddress(e) })
	}
	if c.has("prefer") {
		p.Emails = append([]string{c.text("prefer")}, p.Emails...)
	}
	p = p.Tidy()
	return p, kept, p.Check()
}

// moved is the contact where they work now: an account, or a place that is
// none.
func (c *call) moved(db *store.DB, p data.Contact, known names, now time.Time) (data.Contact, []data.Affiliation, error) {
	date, err := c.dayOr("on", now)
	if err != nil {
		return p, nil, err
	}
	place := strings.TrimSpace(c.text("moved-to"))
	if place == "" {
		return p, nil, misuse(c.verb, "say where they work now")
	}
	to, err := known.account(place)
	switch {
	case err == nil:
		place = ""
	case errors.Is(err, data.ErrNotFound):
		c.note("%s is none of your accounts; it is kept as the name of a place", place)
	default:
		return p, nil, err
	}
	present, err := store.Parts[data.Affiliation](c.ctx, db, store.PartQuery{Contact: p.ID, Open: true})
	if err != nil {
		return p, nil, err
	}
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return p, nil, err
	}
	p, kept := data.Moved(p, present, to.ID, place, cmp.Or(c.text("role"), ""), day)
	return p, kept, nil
}
