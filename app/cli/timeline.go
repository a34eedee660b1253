package cli

import (
	"context"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var timelineAtFlag = flag{name: "at", value: "DATE", does: "the timeline as it was known on that day, like 2026-08-01"}

func timelineVerb() *verb {
	return &verb{
		name: "timeline", args: "ACCOUNT", does: "Show what happened with an account, newest first",
		more: `What is planned comes first, of each meeting the next date. With -at it is what was known of
that day at its end: what was logged or planned later is left out.

  rapport timeline kestrel.example -limit 20
  rapport timeline "Kestrel Museums" -at 2026-08-01
  rapport timeline "Kestrel Museums" -json`,
		least: 1, most: 1, flags: []flag{limitFlag, timelineAtFlag, zoneFlag, jsonFlag}, run: runTimeline,
	}
}

func runTimeline(c *call) error {
	limit, err := c.number("limit")
	if err != nil {
		return err
	}
	return c.read(func(db *store.DB) error {
		now, err := c.replayed(db)
		if err != nil {
			return err
		}
		known, err := c.names(db)
		if err != nil {
			return err
		}
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		items, err := db.Timeline(c.ctx, data.TimelineQuery{Account: a.ID, Limit: limit, Planned: true, AsKnown: c.has("at")}, now)
		if err != nil {
			return err
		}
		if c.on("json") {
			links, err := db.NewsLinks(c.ctx, items)
			if err != nil {
				return err
			}
			return writeArray(c.out, each(items, func(i data.Interaction) timelineJSON { return timelineJSON{interactionOf(i, now), links[i.ID]} }))
		}
		return c.writeTimeline(db, a, items, now)
	})
}

// writeTimeline prints an account's timeline with its months and silences.
func (c *call) writeTimeline(db *store.DB, a data.Account, items []data.Interaction, now time.Time) error {
	c.print(accountLine(a))
	if len(items) == 0 {
		c.print("\nNothing has happened with them yet.\n")
		return nil
	}
	layout, err := layoutOf(c.ctx, db, a, now)
	if err != nil {
		return err
	}
	for _, month := range byMonth(data.Lay(items, layout)) {
		c.printf("\n%s\n", month.name)
		if err := table(c.out, timelineColumns, month.rows); err != nil {
			return err
		}
	}
	return nil
}

var timelineColumns = []column{{least: 6, most: 6}, {least: 7, most: 7}, {least: 7, most: 7}, {least: 36, most: 36}, {rest: true}}

func accountLine(a data.Account) string {
	s := a.Name
	if a.Tier != "" {
		s += ", tier " + string(a.Tier)
	}
	if a.Sector != "" {
		s += " · " + a.Sector
	}
	return plainText(s) + "\n"
}

func layoutOf(ctx context.Context, db *store.DB, a data.Account, now time.Time) (data.Layout, error) {
	l := data.Layout{Now: now, NewestPage: true}
	rhythm, err := db.Rhythm(ctx)
	if err != nil {
		return l, err
	}
	l.Rhythm = rhythm.Days(a.Tier)
	if l.You.Name, err = db.Setting(ctx, store.SettingUserName); err != nil {
		return l, err
	}
	known, err := db.Known(ctx)
	if err != nil {
		return l, err
	}
	l.You.Addresses = known.Own
	if l.Waiting, err = db.Waiting(ctx, a.ID, now); err != nil {
		return l, err
	}
	l.Awaited, err = db.Awaited(ctx, a.ID, now)
	return l, err
}

type month struct {
	name string
	rows [][]string
}

// byMonth turns the laid-out rows into a table for each month.
func byMonth(rows []data.TimelineRow) []month {
	var months []month
	add := func(cells ...string) {
		if len(months) == 0 {
			months = append(months, month{name: "Now"})
		}
		m := &months[len(months)-1]
		m.rows = append(m.rows, cells)
	}
	for _, r := range rows {
		switch r.Kind {
		case data.RowMonth:
			months = append(months, month{name: r.Month})
		case data.RowSilence:
			add("", "", "silence", data.Counted(r.Silence.Days, "day", "days"), r.Silence.Words())
		case data.RowItem:
			second := r.Second
			if r.In != "" {
				second = strings.TrimSpace(r.In + ". " + second)
			}
			add(r.Day, r.Clock, string(r.Item.Kind), r.Title, second)
		}
	}
	return months
}

type interactionJSON struct {
	ID           string             `json:"id"`
	Kind         string             `json:"kind"`
	Direction    string             `json:"direction"`
	At           string             `json:"at"`
	Minutes      int                `json:"minutes"`
	AllDay       bool               `json:"allDay"`
	Planned      bool               `json:"planned"`
	Cancelled    bool               `json:"cancelled"`
	Subject      string             `json:"subject"`
	Preview      string             `json:"preview"`
	Participants []data.Participant `json:"participants"`
	Source       string             `json:"source"`
	Reason       string             `json:"reason"`
}

// timelineJSON is an entry of a timeline; Link is the page of news.
type timelineJSON struct {
	interactionJSON
	Link string `json:"link"`
}

func interactionOf(i data.Interaction, now time.Time) interactionJSON {
	return interactionJSON{
		ID: i.ID, Kind: string(i.Kind), Direction: string(i.Direction), At: i.At.UTC().Format(time.RFC3339),
		Minutes: i.Minutes, AllDay: i.AllDay, Planned: i.Planned(now), Cancelled: i.Cancelled, Subject: i.Subject, Preview: i.Preview,
		Participants: full(i.People), Source: i.Source, Reason: i.Reason,
	}
}
