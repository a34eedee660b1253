package cli

import (
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func accountSetVerb() *verb {
	return &verb{
		name: "account set", args: "ACCOUNT", does: "Change what is kept of an account",
		more: `What no flag names stays. An empty value takes one away: -parent "".

  rapport account set kestrel.example -tier A -why "largest of the museums" -mode grow
  rapport account set "Kestrel North" -parent "Kestrel Museums" -type Museum`,
		least: 1, most: 1, flags: []flag{
			{name: "name", value: "NAME", does: "what it is called"},
			{name: "tier", value: "A|B|C", does: "the care that it is owed"},
			{name: "why", value: "WORDS", does: "the reason for its tier"},
			{name: "mode", value: "MODE", does: "what we do now: cultivate, maintain, grow or wind down"},
			{name: "care", value: "CARE", does: "relational, or transactional: spared the heavy plan"},
			{name: "stage", value: "STAGE", does: "exploratory, basic, cooperative, interdependent or integrated"},
			{name: "parent", value: "ACCOUNT", does: "the organisation that it belongs to"},
			{name: "type", value: "TYPE", does: "its customer type (see type list)"},
			{name: "sector", value: "WORDS", does: "a short line about what it is"},
			{name: "owner", value: "NAME", does: "the colleague who looks after it"},
			{name: "since", value: "DATE", does: "since when it is a customer"},
			{name: "domain", value: "D", does: "one more mail domain of theirs", many: true},
			{name: "remove-domain", value: "D", does: "a domain that is not theirs", many: true},
			jsonFlag,
		}, run: runAccountSet,
	}
}

func runAccountSet(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		before, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		a, err := c.changedAccount(db, before, known, now)
		if err != nil {
			return err
		}
		if len(c.values) == 0 || !c.changes() {
			return misuse(c.verb, "say what changes, like -tier A")
		}
		label := before.Name + ": " + strings.Join(c.changed(), ", ")
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
			a, err = tx.AddAccount(a)
			return err
		}); err != nil {
			return err
		}
		if !c.on("json") {
			return c.done(label, nil)
		}
		if known, err = c.names(db); err != nil {
			return err
		}
		return c.showAccount(db, a, known, now)
	})
}

// changes says whether a flag was given that names a change.
func (c *call) changes() bool { return len(c.changed()) > 0 }

// changed are the flags of a change in words, "tier A", in the verb's order.
func (c *call) changed() (list []string) {
	for _, f := range c.verb.flags {
		if f.value == "" || !c.has(f.name) || f.name == zoneFlag.name {
			continue
		}
		words := strings.ReplaceAll(f.name, "-", " ") + " " + strings.Join(c.values[f.name], " ")
		if c.text(f.name) == "" {
			words = "no " + f.name
		}
		list = append(list, words)
	}
	return list
}

func (c *call) changedAccount(db *store.DB, a data.Account, known names, now time.Time) (data.Account, error) {
	c.overwrite(&a.Name, "name")
	c.overwrite(&a.Sector, "sector")
	c.overwrite(&a.Owner, "owner")
	c.overwrite((*string)(&a.Mode), "mode")
	c.overwrite((*string)(&a.Care), "care")
	c.overwrite((*string)(&a.Stage), "stage")
	var err error
	if c.has("since") {
		if a.Since, err = c.day("since", now); err != nil {
			return a, err
		}
	}
	if err := c.changeTier(&a, now); err != nil {
		return a, err
	}
	if err := c.changeParent(&a, known); err != nil {
		return a, err
	}
	if c.has("type") {
		a.Type = ""
		if c.text("type") != "" {
			p, err := partOf(c, db, c.text("type"), profileName)
			if err != nil {
				return a, err
			}
			a.Type = p.ID
		}
	}
	a.Domains = append(a.Domains, c.values["domain"]...)
	a = a.Tidy()
	for _, d := range c.values["remove-domain"] {
		d = data.NormalDomain(d)
		if !slices.Contains(a.Domains, d) {
			return a, misuse(c.verb, "%s is no domain of %s", d, a.Name)
		}
		a.Domains = slices.DeleteFunc(a.Domains, func(have string) bool { return have == d })
	}
	return a, a.Check()
}

// changeTier gives the account another tier as of today, with the reason.
func (c *call) changeTier(a *data.Account, now time.Time) error {
	if c.has("tier") {
		tier, err := data.ParseTier(c.text("tier"))
		if err != nil {
			return err
		}
		if tier != a.Tier || c.has("why") {
			a.Tier, a.TierOn, a.TierWhy = tier, now.Format(time.DateOnly), ""
		}
	}
	c.overwrite(&a.TierWhy, "why")
	return nil
}

func (c *call) changeParent(a *data.Account, known names) error {
	if !c.has("parent") {
		return nil
	}
	a.Parent = ""
	if c.text("parent") == "" {
		return nil
	}
	parent, err := known.account(c.text("parent"))
	if err != nil {
		return err
	}
	a.Parent = parent.ID
	return data.CheckParents(known.accounts, a.ID, parent.ID)
}

func profileName(p data.Profile) string { return p.Name }
