package cli

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

func inviteVerb() *verb {
	return &verb{
		name: "invite", args: "MEETING|next -o FILE.ics", does: "Write a follow-up of a meeting as a file, or put it into your calendar",
		more: `MEETING is an ID as agenda -json prints it; next is the next meeting with a customer.
Without -at it is a week later at the same time, with the same people. The file names
them as invited: open it in your calendar program and send it from there. With -put
the entry goes into one of your own calendars on a CalDAV server, once you say -yes;
nobody is invited by that, and nothing there is ever overwritten. Neither the place nor
a link to a call goes along.

  rapport invite next -o follow-up.ics
  rapport invite 5d0c… -at "2026-11-24 10:00" -minutes 30 -put Work -yes`,
		least: 1, most: 1,
		flags: []flag{
			{name: "o", value: "FILE", does: "write it to a new .ics file, or - for standard output"},
			{name: "at", value: "TIME", does: "when it is (else a week later)"},
			{name: "minutes", value: "N", does: "how long it takes (else as long as the meeting)"},
			{name: "title", value: "WORDS", does: "what it is called"},
			{name: "put", value: "CALENDAR", does: "put it into this calendar of yours"},
			{name: "yes", does: "yes, put it there"},
			zoneFlag, jsonFlag,
		},
		run: runInvite,
	}
}

type followUpJSON struct {
	UID      string         `json:"uid"`
	Summary  string         `json:"summary"`
	Start    string         `json:"start"`
	End      string         `json:"end"`
	With     []data.Address `json:"with"`
	File     string         `json:"file"`
	Calendar string         `json:"calendar"`
	Waits    bool           `json:"waits"`
}

func runInvite(c *call) error {
	switch {
	case c.has("o") == c.has("put"):
		return misuse(c.verb, "say where it goes: -o for a file, or -put for a calendar of yours")
	case c.has("put") && !c.on("yes"):
		return misuse(c.verb, "Rapport writes into your calendar only by your word; add -yes, or write a file with -o")
	}
	return c.read(func(db *store.DB) error {
		f, now, err := c.followUp(db)
		if err != nil {
			return err
		}
		said := followUpJSON{UID: f.UID, Summary: f.Summary, Start: f.Start.UTC().Format(time.RFC3339), End: f.End.UTC().Format(time.RFC3339), With: append([]data.Address{}, f.With...)}
		if c.has("put") {
			return c.putFollowUp(db, f, now, said)
		}
		var ics bytes.Buffer
		if err := codec.WriteFollowUp(&ics, f, codec.Invited); err != nil {
			return err
		}
		if said.File = c.text("o"); said.File == "-" {
			c.print(ics.String())
			return nil
		}
		if err := sync.WriteNew(said.File, ics.Bytes()); err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, said)
		}
		c.printf("%s written to %s\n", f.Words(now), said.File)
		return nil
	})
}

// followUp is what the arguments ask for.
func (c *call) followUp(db *store.DB) (f data.FollowUp, now time.Time, err error) {
	if now, err = c.clock(db); err != nil {
		return f, now, err
	}
	id := c.args[0]
	if id == "next" {
		if id, err = nextMeeting(c, db, now); err != nil {
			return f, now, err
		}
	}
	m, err := db.Meeting(c.ctx, id)
	if err != nil {
		return f, now, err
	}
	w := data.FollowUpWish{Summary: c.text("title")}
	if w.Minutes, err = c.number("minutes"); err != nil {
		return f, now, err
	}
	if c.has("at") {
		if w.Start, err = c.when("at", now.Location()); err != nil {
			return f, now, err
		}
	}
	me, err := db.MeIn(c.ctx, m)
	if err != nil {
		return f, now, err
	}
	f, err = data.FollowUpOf(m, w, me, now.Location(), store.NewID(), now)
	return f, now, err
}

// putFollowUp puts an entry into a calendar on a server, or leaves it waiting.
func (c *call) putFollowUp(db *store.DB, f data.FollowUp, now time.Time, said followUpJSON) error {
	calendars, err := db.Calendars(c.ctx)
	if err != nil {
		return err
	}
	var at data.Calendar
	for _, l := range calendars {
		if l.ID == c.text("put") || strings.EqualFold(l.Name, c.text("put")) {
			at = l
		}
	}
	if at.ID == "" {
		return fmt.Errorf("calendar %s: %w; rapport calendar list shows them", c.text("put"), data.ErrNotFound)
	}
	if _, err := db.Write(c.ctx, "Follow-up put into "+at.Name, func(tx *store.Tx) error { return tx.QueueFollowUp(at.ID, f, time.Time{}) }); err != nil {
		return err
	}
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return err
	}
	if err := sync.New(db, keys, sync.Options{Now: c.now}).Send(c.ctx); err != nil {
		return err
	}
	waits, problem, err := db.FollowUpWaits(c.ctx, f.UID)
	if err != nil {
		return err
	}
	said.Calendar, said.Waits = at.Name, waits
	switch {
	case c.on("json"):
		if err := writeJSON(c.out, said); err != nil {
			return err
		}
	case waits:
		c.printf("%s waits to go into %s; rapport sync tries again\n", f.Words(now), at.Name)
	default:
		c.printf("%s is in %s; nobody was invited\n", f.Words(now), at.Name)
	}
	if waits {
		if problem != "" {
			c.note("%s", problem)
		}
		return exitCode(exitPartly)
	}
	return nil
}
