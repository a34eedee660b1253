package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func leavingShowVerb() *verb {
	return &verb{
		name: "leaving show", args: "ACCOUNT", does: "Show what leaving an account well takes, and what of it is open",
		more: `What facts tell, like open promises, is ticked by itself; the rest somebody ticks. It is
the list of an account whose mode is "wind down"; account archive ends it.

  rapport account set kestrel.example -mode "wind down"
  rapport leaving show kestrel.example`,
		least: 1, most: 1, flags: []flag{{name: "o", value: "FILE", does: "write it to a new file: .pdf, .html or .md by its ending"}, {name: "letter", does: "a PDF on US Letter instead of A4"}, zoneFlag, jsonFlag},
		run: runLeavingShow,
	}
}

func leavingTickVerb() *verb {
	return &verb{
		name: "leaving tick", args: "ACCOUNT THING", does: "Say that a thing of leaving well is done, or is not needed",
		more: `  rapport leaving tick kestrel.example successor -note "Arc Light, introduced by Tomas"
  rapport leaving tick kestrel.example door -again 2027-05-01
  rapport leaving tick kestrel.example access -not "they never let us in"`,
		least: 2, most: 2, flags: []flag{
			{name: "note", value: "WORDS", does: "what the thing asks to be written down"},
			{name: "again", value: "DATE", does: "the day on which you ask how they are"},
			{name: "not", value: "WHY", does: "it is not needed here, and why"},
			{name: "open", does: "it is open again"},
			onFlag, jsonFlag,
		}, run: runLeavingTick,
	}
}

func leavingSetVerb() *verb {
	return &verb{
		name: "leaving set", args: "ACCOUNT THING", does: "Say who sees to a thing of leaving well, and by when", least: 2, most: 2,
		flags: []flag{ownerFlag, {name: "by", value: "DATE", does: "by when"}, {name: "note", value: "WORDS", does: "what the thing asks to be written down"}, jsonFlag}, run: runLeavingSet,
	}
}

func leavingAddVerb() *verb {
	return &verb{
		name: "leaving add", args: "ACCOUNT WHAT", does: "Add something of your own to what leaving an account takes", least: 2, most: 2,
		flags: []flag{ownerFlag, {name: "by", value: "DATE", does: "by when"}, jsonFlag}, run: runLeavingAdd,
	}
}

func accountArchiveVerb() *verb {
	return &verb{
		name: "account archive", args: "ACCOUNT", does: "Leave an account: it asks for nothing any more, and keeps its history",
		more: `It leaves the lists, rhythms, tiers, hours and the first page. Search and accounts -all find
it, new mail of theirs is filed with it and says so, and account unarchive brings it back.
While something of leaving well is open it says what, and waits for -anyway.`,
		least: 1, most: 1, flags: []flag{
			{name: "why", value: "WORDS", does: "why you leave"},
			onFlag,
			{name: "anyway", value: "WHY", does: "leave it though something is open, and why"},
			zoneFlag, jsonFlag,
		}, run: runAccountArchive,
	}
}

func accountUnarchiveVerb() *verb {
	return &verb{name: "account unarchive", args: "ACCOUNT", does: "Bring an archived account back", least: 1, most: 1, flags: []flag{jsonFlag}, run: runAccountUnarchive}
}

type leavingJSON struct {
	ID      string `json:"id"`
	Thing   string `json:"thing"`
	What    string `json:"what"`
	Counted bool   `json:"counted"`
	Closed  bool   `json:"closed"`
	State   string `json:"state"`
	Owner   string `json:"owner"`
	By      string `json:"by"`
	Late    int    `json:"late"`
	Words   string `json:"words"`
	Again   string `json:"again"`
	Done    string `json:"done"`
	Not     bool   `json:"not"`
}

func leavingOf(l data.LeavingLine) leavingJSON {
	return leavingJSON{
		ID: l.ID, Thing: l.Thing, What: l.Text, Counted: l.Counted, Closed: l.Closed, State: l.State, Owner: l.Owner, By: l.By, Late: l.Late,
		Words: l.Leaving.Words, Again: l.Again, Done: l.Done, Not: l.Not,
	}
}

// leaving is what leaving an account takes, with the account.
func (c *call) leaving(db *store.DB, known names, now time.Time) (data.LeavingList, error) {
	a, err := known.account(c.args[0])
	if err != nil {
		return data.LeavingList{}, err
	}
	in, err := db.LeavingInput(c.ctx, a.ID, now)
	return data.ComposeLeaving(in), err
}

func runLeavingShow(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := c.leaving(db, known, now)
		if err != nil {
			return err
		}
		switch {
		case c.has("o"):
			return c.planFile(db, list.Account, data.LeavingSheet(list, now), now)
		case c.on("json"):
			return writeArray(c.out, each(list.Lines, leavingOf))
		}
		c.printf("Leaving %s well: %s\n", plainText(list.Account.Name), list.Words())
		if list.Account.Archived != "" {
			c.printf("Archived on %s\n", joinWords(list.Account.Archived, plainText(list.Account.ArchivedWhy)))
		}
		rows := make([][]string, len(list.Lines))
		for i, l := range list.Lines {
			tick := ""
			if l.Closed {
				tick = "x"
			}
			state := l.State
			if l.Late > 0 {
				state = joinWords(state, data.Counted(l.Late, "day over", "days over"))
			}
			rows[i] = []string{tick, shortThing(l.Leaving), l.Text, l.Owner, l.By, state}
		}
		return table(c.out, []column{{}, {head: "THING"}, {head: "WHAT", rest: true}, {head: "OWNER", most: 16}, {head: "BY"}, {head: "STATE", most: 40}}, rows)
	})
}

// shortThing names a thing in a command: its key, or the ID of one of the team's own.
func shortThing(l data.Leaving) string {
	if l.Thing != "" {
		return l.Thing
	}
	return shortID(l.ID)
}

// thing finds a line of the list by its key, its ID or its words.
func (c *call) thing(list data.LeavingList) (data.LeavingLine, error) {
	ref := strings.TrimSpace(c.args[1])
	at := slices.IndexFunc(list.Lines, func(l data.LeavingLine) bool {
		return strings.EqualFold(l.Thing, ref) || l.ID == ref || l.Thing == "" && len(ref) >= 4 && strings.HasPrefix(l.ID, ref) || text.Fold(l.Text) == text.Fold(ref)
	})
	if at < 0 {
		keys := make([]string, len(data.LeavingThings))
		for i, t := range data.LeavingThings {
			keys[i] = t.Key
		}
		return data.LeavingLine{}, misuse(c.verb, "there is no %q among what leaving takes; it is one of %s, or one of your own", ref, strings.Join(keys, ", "))
	}
	return list.Lines[at], nil
}

// changeThing changes a line of the list and says what was done.
func (c *call) changeThing(change func(db *store.DB, l data.LeavingLine, now time.Time) (kept data.Leaving, label string, err error)) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := c.leaving(db, known, now)
		if err != nil {
			return err
		}
		l, err := c.thing(list)
		if err != nil {
			return err
		}
		kept, label, err := change(db, l, now)
		if err != nil {
			return err
		}
		return c.keepThing(db, list.Account.Name+": "+label, kept, now)
	})
}

func (c *call) keepThing(db *store.DB, label string, l data.Leaving, now time.Time) error {
	if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
		l, err = tx.PutLeaving(l)
		return err
	}); err != nil {
		return err
	}
	in, err := db.LeavingInput(c.ctx, l.Account, now)
	if err != nil {
		return err
	}
	lines := data.ComposeLeaving(in).Lines
	at := slices.IndexFunc(lines, func(o data.LeavingLine) bool { return o.ID == l.ID })
	return c.done(label, func() any { return leavingOf(lines[at]) })
}

func runLeavingTick(c *call) error {
	return c.changeThing(func(_ *store.DB, l data.LeavingLine, now time.Time) (data.Leaving, string, error) {
		kept, err := l.Leaving, error(nil)
		c.overwrite(&kept.Words, "note")
		if c.has("again") {
			if kept.Again, err = c.dueDay("again", now); err != nil {
				return kept, "", err
			}
		}
		switch {
		case c.on("open"):
			kept.Done, kept.Not = "", false
			return kept, l.Text + " is open again", nil
		case c.has("not"):
			kept.Done, kept.Not, kept.Words = "", true, strings.TrimSpace(c.text("not"))
			return kept, l.Text + " is not needed", nil
		case l.Counted && !l.Closed:
			return kept, "", &data.Invalid{Field: "thing", Says: fmt.Sprintf("“%s”: %s; it is ticked by itself when that is closed, or say -not with the reason", l.Text, l.State)}
		}
		kept.Not = false
		kept.Done, err = c.dayOr("on", now)
		return kept, l.Text, err
	})
}

func runLeavingSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -owner or -by")
	}
	return c.changeThing(func(db *store.DB, l data.LeavingLine, now time.Time) (kept data.Leaving, label string, err error) {
		kept = l.Leaving
		c.overwrite(&kept.Owner, "owner")
		c.overwrite(&kept.Words, "note")
		if c.has("by") {
			if kept.By, err = c.dueDay("by", now); err != nil {
				return kept, "", err
			}
		}
		return kept, l.Text + ", " + strings.Join(c.changed(), ", "), nil
	})
}

func runLeavingAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		l := data.Leaving{Belongs: data.Belongs{Account: a.ID}, What: strings.TrimSpace(c.args[1])}
		if l.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if c.has("by") {
			if l.By, err = c.dueDay("by", now); err != nil {
				return err
			}
		}
		return c.keepThing(db, a.Name+": added to leaving it: "+l.What, l, now)
	})
}

func runAccountArchive(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := c.leaving(db, known, now)
		if err != nil {
			return err
		}
		a := list.Account
		if a.Archived != "" {
			return &data.Invalid{Field: "account", Says: a.Name + " is archived since " + a.Archived}
		}
		anyway := strings.TrimSpace(c.text("anyway"))
		if list.Open > 0 && anyway == "" {
			return &data.Invalid{Field: "account", Says: fmt.Sprintf("of leaving %s well is open: %s. Say -anyway with the reason to archive it all the same", a.Name, list.OpenWords())}
		}
		day, err := c.dayOr("on", now)
		if err != nil {
			return err
		}
		why := joinWords(strings.TrimSpace(c.text("why")), anyway)
		label := a.Name + " archived"
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.ArchiveAccount(a.ID, why, day) }); err != nil {
			return err
		}
		return c.archived(db, a.ID, label)
	})
}

// archived says what was done to an account.
func (c *call) archived(db *store.DB, id, label string) error {
	a, err := db.Account(c.ctx, id)
	if err != nil {
		return err
	}
	return c.done(label, func() any { return accountOf(data.AccountRow{Account: a}.Decide(data.DefaultRhythm, c.now())) })
}

func runAccountUnarchive(c *call) error {
	return c.readNames(func(db *store.DB, known names, _ time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		if a.Archived == "" {
			return &data.Invalid{Field: "account", Says: a.Name + " is not archived"}
		}
		label := a.Name + " brought back"
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.UnarchiveAccount(a.ID) }); err != nil {
			return err
		}
		return c.archived(db, a.ID, label)
	})
}
