package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func accountShowVerb() *verb {
	return &verb{
		name: "account show", args: "ACCOUNT", does: "Show what is known of an account, and how it stands",
		more:  "  rapport account show kestrel.example",
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runAccountShow,
	}
}

type accountShownJSON struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Domains  []string     `json:"domains"`
	Tier     string       `json:"tier"`
	TierOn   string       `json:"tierOn"`
	TierWhy  string       `json:"tierWhy"`
	Sector   string       `json:"sector"`
	Owner    string       `json:"owner"`
	Since    string       `json:"since"`
	Parent   string       `json:"parent"`
	ParentID string       `json:"parentId"`
	Children []string     `json:"children"`
	Type     string       `json:"type"`
	Care     string       `json:"care"`
	Mode     string       `json:"mode"`
	Archived string       `json:"archived"`
	LeftWhy  string       `json:"archivedWhy"`
	Stage    string       `json:"stage"`
	Band     string       `json:"band"`
	Dials    []dialJSON   `json:"dials"`
	People   int          `json:"people"`
	Promises int          `json:"openPromises"`
	Needs    int          `json:"openNeeds"`
	Unknowns int          `json:"openUnknowns"`
	Facts    []saidOfJSON `json:"facts"`
}

// saidOfJSON is a fact in short, as pages of accounts and contacts have it.
type saidOfJSON struct {
	Fact   string `json:"fact"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Old    bool   `json:"old"`
}

func saidOf(list []data.Fact, now time.Time) []saidOfJSON {
	said := []saidOfJSON{}
	for _, f := range list {
		said = append(said, saidOfJSON{Fact: f.Name, Value: f.Value, Source: f.Source, Old: f.Stale(now)})
	}
	return said
}

// accountShown is all that the page of an account in the terminal is made from.
type accountShown struct {
	standing store.AccountStanding
	profile  data.Profile
	facts    []data.Fact
	needs    []data.Need
	unknowns []data.Unknown
	promises []data.Promise
}

func runAccountShow(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		return c.showAccount(db, a, known, now)
	})
}

func (c *call) showAccount(db *store.DB, a data.Account, known names, now time.Time) error {
	s, err := c.accountShown(db, a, now)
	if err != nil {
		return err
	}
	if c.on("json") {
		return writeJSON(c.out, s.json(known, now))
	}
	return c.writeAccount(s, known, now)
}

func (c *call) accountShown(db *store.DB, a data.Account, now time.Time) (s accountShown, err error) {
	if s.standing, err = db.Standing(c.ctx, a.ID, now); err != nil {
		return s, err
	}
	if a.Type != "" {
		profiles, err := store.Parts[data.Profile](c.ctx, db, store.PartQuery{})
		if err != nil {
			return s, err
		}
		for _, p := range profiles {
			if p.ID == a.Type {
				s.profile = p
			}
		}
	}
	of := store.PartQuery{Account: a.ID, Open: true}
	facts, err := store.Parts[data.Fact](c.ctx, db, of)
	if err != nil {
		return s, err
	}
	s.facts = data.FactsOf(a.ID, facts, s.profile)
	if s.needs, err = store.Parts[data.Need](c.ctx, db, of); err != nil {
		return s, err
	}
	if s.unknowns, err = store.Parts[data.Unknown](c.ctx, db, of); err != nil {
		return s, err
	}
	s.promises, err = store.Parts[data.Promise](c.ctx, db, of)
	data.SortPromises(s.promises, now)
	return s, err
}

func (s accountShown) json(known names, now time.Time) accountShownJSON {
	a := s.standing.Account
	return accountShownJSON{
		ID: a.ID, Name: a.Name, Domains: full(a.Domains), Tier: string(a.Tier), TierOn: a.TierOn, TierWhy: a.TierWhy,
		Sector: a.Sector, Owner: a.Owner, Since: a.Since, Parent: known.byID()[a.Parent], ParentID: a.Parent, Children: known.children(a.ID),
		Type: s.profile.Name, Care: string(a.Care), Mode: string(a.Mode), Archived: a.Archived, LeftWhy: a.ArchivedWhy, Stage: string(a.Stage),
		Band: string(s.standing.Band), Dials: standingOf(s.standing, now).Dials,
		People: len(s.standing.Contacts), Promises: len(s.promises), Needs: len(s.needs), Unknowns: len(s.unknowns), Facts: saidOf(s.facts, now),
	}
}

// children are the names of the accounts that belong to one.
func (n names) children(id string) []string {
	list := []string{}
	for _, a := range n.accounts {
		if a.Parent == id && id != "" {
			list = append(list, a.Name)
		}
	}
	return list
}

func (c *call) writeAccount(s accountShown, known names, now time.Time) error {
	a := s.standing.Account
	c.print(accountLine(a))
	c.lines([][2]string{
		{"Domains", strings.Join(a.Domains, " ")}, {"Owner", a.Owner}, {"Customer since", a.Since},
		{"Belongs to", known.byID()[a.Parent]}, {"Has", strings.Join(known.children(a.ID), ", ")},
		{"Type", s.profile.Name}, {"Care", string(a.Care)}, {"We", string(a.Mode)}, {"Stage", string(a.Stage)},
		{"Tier decided", joinWords(a.TierOn, a.TierWhy)}, {"Archived", joinWords(a.Archived, a.ArchivedWhy)},
	})
	c.print("\n")
	var rows [][]string
	for _, d := range s.standing.Dials {
		rows = append(rows, []string{string(d.Kind), dialWords(d), d.Words})
	}
	if err := table(c.out, []column{{}, {right: true}, {rest: true}}, rows); err != nil {
		return err
	}
	c.paragraph("People", mappedTo(s.standing.Contacts, warmthLine))
	c.paragraph("Promised and open", mappedTo(s.promises, func(p data.Promise) string { return promiseLine(p, now) }))
	c.paragraph("They need", mappedTo(s.needs, func(n data.Need) string { return joinWords(n.Name(), n.Obstacle) }))
	c.paragraph("Known", mappedTo(s.facts, func(f data.Fact) string { return factLine(f, now) }))
	c.paragraph("Not known yet", mappedTo(s.unknowns, func(u data.Unknown) string { return joinWords(u.What, u.Owner) }))
	return nil
}

// lines writes what is there of names and values, in two columns.
func (c *call) lines(list [][2]string) {
	for _, l := range list {
		if l[1] != "" {
			c.printf("  %-15s %s\n", l[0], strings.Join(strings.Fields(plainText(l[1])), " "))
		}
	}
}

// paragraph writes a head and its lines, nothing where there are none.
func (c *call) paragraph(head string, lines []string) {
	if len(lines) == 0 {
		return
	}
	c.printf("\n%s\n", head)
	for _, l := range lines {
		c.printf("  %s\n", strings.Join(strings.Fields(plainText(l)), " "))
	}
}

// joinWords joins what is there with a colon after the first.
func joinWords(first string, rest ...string) string {
	for _, r := range rest {
		switch {
		case first == "":
			first = r
		case r != "":
			first += ": " + r
		}
	}
	return first
}

func mappedTo[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, a := range list {
		out[i] = f(a)
	}
	return out
}
