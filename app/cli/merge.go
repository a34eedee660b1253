package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var dryRunFlag = flag{name: "dry-run", does: "say what would happen, and change nothing"}

func mergeContactVerb() *verb {
	return &verb{
		name: "merge contact", args: "CONTACT OTHER", does: "Make one contact of two that are one person",
		more: `CONTACT stays: what it has comes first, what it lacks it takes from OTHER, and all that
named OTHER names it. rapport contact duplicates suggests who may be one person;
rapport unmerge contact parts them again, later too.

  rapport merge contact "Anna Kessler" anna@home.example -dry-run`,
		least: 2, most: 2, flags: []flag{dryRunFlag, jsonFlag}, run: runMergeContact,
	}
}

func unmergeContactVerb() *verb {
	return &verb{
		name: "unmerge contact", args: "CONTACT", does: "Part two contacts that were made one",
		more: `CONTACT is the one that stayed, or the name of the one who went; the latest merge is meant.
What was changed since stays as it is, and is named.`,
		least: 1, most: 1, flags: []flag{dryRunFlag, jsonFlag}, run: runUnmergeContact,
	}
}

type mergeJSON struct {
	ID      string          `json:"id"` // of the merge; "" where nothing was done
	Keep    string          `json:"keep"`
	KeepID  string          `json:"keepId"`
	Gone    string          `json:"gone"`
	GoneID  string          `json:"goneId"`
	Lines   []mergeLineJSON `json:"lines"`
	Moved   map[string]int  `json:"moved"` // things by kind
	Aside   int             `json:"aside"` // of which both had the same
	NotKept []string        `json:"notKept"`
	Done    bool            `json:"done"`
}

type mergeLineJSON struct {
	What  string `json:"what"`
	Keep  string `json:"keepHas"`
	Gone  string `json:"goneHas"`
	After string `json:"after"`
}

type unmergeJSON struct {
	Keep   string   `json:"keep"`
	KeepID string   `json:"keepId"`
	Gone   string   `json:"gone"`
	GoneID string   `json:"goneId"`
	Moved  int      `json:"moved"`
	Stays  []string `json:"stays"`
	Done   bool     `json:"done"`
}

func runMergeContact(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		keep, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		gone, err := known.person(c.args[1])
		if err != nil {
			return err
		}
		plan, err := db.MergePlan(c.ctx, keep.contact.ID, gone.contact.ID)
		if err != nil {
			return err
		}
		var m data.Merge
		label := gone.name() + " merged into " + keep.name()
		if !c.on("dry-run") {
			if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
				m, plan, err = tx.MergeContacts(keep.contact.ID, gone.contact.ID)
				return err
			}); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeJSON(c.out, mergeOf(plan, m, !c.on("dry-run")))
		}
		c.writeMerge(plan)
		if c.on("dry-run") {
			return nil
		}
		c.printf("%s; rapport undo or unmerge contact takes it back\n", plainText(label))
		return nil
	})
}

func mergeOf(p data.MergePlan, m data.Merge, done bool) mergeJSON {
	j := mergeJSON{
		ID: m.ID, Keep: p.Keep.Name, KeepID: p.Keep.ID, Gone: p.Gone.Name, GoneID: p.Gone.ID, Lines: []mergeLineJSON{}, Moved: map[string]int{},
		Aside: len(p.Aside), NotKept: full(p.Left), Done: done,
	}
	for _, l := range p.Lines {
		j.Lines = append(j.Lines, mergeLineJSON{l.What, l.Keep, l.Gone, l.After})
	}
	for _, t := range p.Moved {
		j.Moved[t.To.Kind]++
	}
	return j
}

// writeMerge prints a merge as what the two have, and what they become.
func (c *call) writeMerge(p data.MergePlan) {
	for _, l := range p.Lines {
		c.printf("%-10s %s | %s → %s\n", l.What, plainText(cmp.Or(l.Keep, "–")), plainText(cmp.Or(l.Gone, "–")), plainText(cmp.Or(l.After, "–")))
	}
	if moves := p.Counts(); moves != "" {
		c.printf("Moves %s\n", moves)
	}
	if len(p.Aside) > 0 {
		c.printf("Put aside, since both have it: %s\n", data.Counted(len(p.Aside), "thing", "things"))
	}
	if len(p.Left) > 0 {
		c.printf("Not kept: %s\n", plainText(strings.Join(p.Left, ", ")))
	}
}

func runUnmergeContact(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		m, err := c.mergeMeant(db, known)
		if err != nil {
			return err
		}
		plan, err := db.UnmergePlan(c.ctx, m)
		if err != nil {
			return err
		}
		label := plan.Gone.Name + " parted from " + plan.Keep.Name
		if !c.on("dry-run") {
			if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
				plan, err = tx.UnmergeContacts(m)
				return err
			}); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeJSON(c.out, unmergeJSON{
				Keep: plan.Keep.Name, KeepID: plan.Keep.ID, Gone: plan.Gone.Name, GoneID: plan.Gone.ID, Moved: len(plan.Moved), Stays: full(plan.Stays), Done: !c.on("dry-run"),
			})
		}
		for _, words := range plan.Stays {
			c.printf("  %s\n", plainText(words))
		}
		if c.on("dry-run") {
			c.printf("%s would be parted from %s, with %s\n", plainText(plan.Gone.Name), plainText(plan.Keep.Name), data.Counted(len(plan.Moved), "thing", "things"))
			return nil
		}
		return c.done(label, nil)
	})
}

// mergeMeant is the latest merge of the contact that stayed, or of the one who
// went by that name or ID.
func (c *call) mergeMeant(db *store.DB, known names) (data.Merge, error) {
	list, err := db.Merges(c.ctx)
	if err != nil {
		return data.Merge{}, err
	}
	who, contactErr := known.person(c.args[0])
	for _, m := range list {
		if contactErr == nil && m.Contact == who.contact.ID || m.ID == c.args[0] || m.Gone == c.args[0] || strings.EqualFold(m.GoneName(), c.args[0]) {
			return m, nil
		}
	}
	if contactErr == nil {
		return data.Merge{}, fmt.Errorf("%s was not merged with anybody", who.name())
	}
	return data.Merge{}, contactErr
}
