package cli

import (
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func relationAddVerb() *verb {
	return &verb{
		name: "relation add", args: "CONTACT HOW CONTACT", does: "Say how one person stands to another",
		more: `HOW is ` + strings.Join(wordsIn(data.RelationKinds), ", ") + `.

  rapport relation add "Anna Kessler" "reports to" "Samuel Reyes"`,
		least: 3, most: 3, flags: []flag{
			{name: "why", value: "WORDS", does: "how you know"},
			onFlag, jsonFlag,
		}, run: runRelationAdd,
	}
}

func relationListVerb() *verb {
	return &verb{
		name: "relation list", args: "[ACCOUNT|CONTACT]", does: "List how people stand to one another",
		most: 1, flags: []flag{jsonFlag}, run: runRelationList,
	}
}

func relationRemoveVerb() *verb {
	return &verb{
		name: "relation remove", args: "RELATION", does: "Take away how one person stands to another",
		more: "RELATION is its ID or the beginning of that.", least: 1, most: 1, flags: []flag{jsonFlag}, run: runRelationRemove,
	}
}

type relationJSON struct {
	partJSON
	Is   string `json:"is"`
	To   string `json:"to"`
	ToID string `json:"toId"`
	Why  string `json:"why"`
	On   string `json:"on"`
}

func relationOf(n names, p data.Relation) relationJSON {
	return relationJSON{partJSON: n.part(p.Belongs), Is: string(p.Is), To: n.contactName(p.To), ToID: p.To, Why: p.Why, On: p.On}
}

func (n names) relationWords(p data.Relation) string {
	return n.contactName(p.Contact) + " " + string(p.Is) + " " + n.contactName(p.To)
}

func runRelationAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		to, err := known.person(c.args[2])
		if err != nil {
			return err
		}
		p := data.Relation{Belongs: s.belongs(), To: to.contact.ID, Is: relationKind(c.args[1]), Why: strings.TrimSpace(c.text("why"))}
		if p.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		all, err := store.Parts[data.Relation](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		for _, have := range all {
			if have.Same(p) {
				p.Belongs = have.Belongs // said again: the day and the reason are another
			}
		}
		if err := data.CheckReports(all, p); err != nil {
			return err
		}
		return keepPart(c, db, known.relationWords(p), p, func(p data.Relation) any { return relationOf(known, p) })
	})
}

// relationKind reads how somebody stands to somebody, "reports-to" too.
func relationKind(s string) data.RelationKind {
	s = strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(s, "-", " ")), " "))
	switch s {
	case "knows from":
		return data.KnowsFrom
	case "at odds":
		return data.AtOdds
	}
	return data.RelationKind(s)
}

func runRelationList(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		list, err := store.Parts[data.Relation](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		if len(c.args) > 0 {
			s, err := known.subject(c.args[0])
			if err != nil {
				return err
			}
			list = slices.DeleteFunc(list, func(p data.Relation) bool { return !s.has(p) })
		}
		if c.on("json") {
			return writeArray(c.out, each(list, func(p data.Relation) relationJSON { return relationOf(known, p) }))
		}
		if len(list) == 0 {
			c.note("nothing is known of how they stand to one another")
			return nil
		}
		rows := make([][]string, len(list))
		for i, p := range list {
			rows[i] = []string{shortID(p.ID), known.relationWords(p), p.Why}
		}
		return table(c.out, []column{{head: "ID"}, {head: "WHO", most: 56}, {head: "WHY", rest: true}}, rows)
	})
}

// has says whether a relation is of the person, or within the account.
func (s subject) has(p data.Relation) bool {
	if s.contact.ID != "" {
		return p.Contact == s.contact.ID || p.To == s.contact.ID
	}
	return p.Account == s.account.ID
}

func runRelationRemove(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		p, err := partOf(c, db, c.args[0], known.relationWords)
		if err != nil {
			return err
		}
		return removePart(c, db, "No more: "+known.relationWords(p), p, func(p data.Relation) any { return relationOf(known, p) })
	})
}
