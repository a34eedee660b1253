package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

func agendaVerb() *verb {
	return &verb{
		name: "agenda", args: "[-from DATE] [-to DATE]", does: "List the dates of meetings in a span of time",
		more: `-from is inclusive, -to is not; both are dates or moments (RFC 3339), read in -tz.
Without them it is the next seven days. Any span will do.

  rapport agenda -from 2026-11-16 -to 2026-11-23`,
		flags: []flag{
			{name: "from", value: "DATE", does: "begin with this (else today)"},
			{name: "to", value: "DATE", does: "end before this (else seven days later)"},
			zoneFlag, jsonFlag,
		},
		run: runAgenda,
	}
}

func runAgenda(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		from, to, err := c.span(now)
		if err != nil {
			return err
		}
		dates, err := sync.Agenda(c.ctx, db, now, from, to)
		if err != nil {
			return err
		}
		calendars, err := c.calendarNames(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(dates, func(a data.Agenda) agendaJSON { return agendaOf(a, calendars) }))
		}
		if len(dates) == 0 {
			c.note("no meeting lies in that span")
			return nil
		}
		return table(c.out, []column{{most: 15}, {most: 13}, {most: 40}, {most: 24}, {rest: true}}, agendaRows(dates, now))
	})
}

// span is what -from and -to ask for.
func (c *call) span(now time.Time) (from, to time.Time, err error) {
	y, m, d := now.Date()
	from = time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	if c.has("from") {
		if from, err = c.when("from", now.Location()); err != nil {
			return from, to, err
		}
	}
	to = from.AddDate(0, 0, 7)
	if c.has("to") {
		if to, err = c.when("to", now.Location()); err != nil {
			return from, to, err
		}
	}
	if !from.Before(to) {
		return from, to, misuse(c.verb, "the span ends before it begins: -to must lie after -from")
	}
	return from, to, nil
}

func (c *call) calendarNames(db *store.DB) (map[string]string, error) {
	list, err := db.Calendars(c.ctx)
	names := map[string]string{}
	for _, l := range list {
		names[l.ID] = l.Name
	}
	return names, err
}

func agendaRows(dates []data.Agenda, now time.Time) [][]string {
	rows, day := make([][]string, len(dates)), ""
	for i, a := range dates {
		name, clock := data.DayName(a.Start, now), data.Clock(a.Start, now)+" – "+data.Clock(a.End, now)
		if a.AllDay {
			clock = "all day"
		}
		shown := name
		if name == day {
			shown = ""
		}
		day = name
		summary := a.Summary
		if a.Cancelled {
			summary = "cancelled: " + summary
		}
		if a.Sender != "" {
			summary = "not from its organiser, but from " + a.Sender + ": " + summary
		}
		rows[i] = []string{shown, clock, summary, a.Account.Name, a.Place}
	}
	return rows
}

type attendeeJSON struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Answer   string `json:"answer"`
	Optional bool   `json:"optional"`
}

type agendaJSON struct {
	ID           string         `json:"id"`
	UID          string         `json:"uid"`
	RecurrenceID string         `json:"recurrenceId"`
	Summary      string         `json:"summary"`
	Start        string         `json:"start"`
	End          string         `json:"end"`
	AllDay       bool           `json:"allDay"`
	Zone         string         `json:"zone"`
	Location     string         `json:"location"`
	Organizer    *data.Address  `json:"organizer"`
	Attendees    []attendeeJSON `json:"attendees"`
	Account      string         `json:"account"`
	AccountID    string         `json:"accountId"`
	Calendar     string         `json:"calendar"`
	Cancelled    bool           `json:"cancelled"`
	Tentative    bool           `json:"tentative"`
	Free         bool           `json:"free"` // it takes no time
	// SentBy is who a mail with the invitation is from, where that is not the
	// organiser.
	SentBy     string          `json:"sentBy"`
	OtherTimes []otherTimeJSON `json:"otherTimes"`
}

type otherTimeJSON struct {
	By    data.Address `json:"by"`
	Start string       `json:"start"`
	End   string       `json:"end"`
}

func agendaOf(a data.Agenda, calendars map[string]string) agendaJSON {
	j := agendaJSON{
		ID: a.ID, UID: a.UID, RecurrenceID: a.RecurrenceID, Summary: a.Summary, AllDay: a.AllDay, Zone: a.Zone, Location: a.Occurrence.Place,
		Start: a.Start.UTC().Format(time.RFC3339), End: a.End.UTC().Format(time.RFC3339), Attendees: []attendeeJSON{},
		Account: a.Account.Name, AccountID: a.Account.ID, Calendar: calendars[a.Occurrence.Calendar], Cancelled: a.Cancelled, Tentative: a.Tentative, Free: a.Free,
		SentBy: a.Sender, OtherTimes: []otherTimeJSON{},
	}
	for _, t := range a.OtherTimes {
		j.OtherTimes = append(j.OtherTimes, otherTimeJSON{t.By, t.Start.UTC().Format(time.RFC3339), t.End.UTC().Format(time.RFC3339)})
	}
	if a.AllDay {
		j.Start, j.End = a.StartDate, a.EndDate
	}
	if a.Organizer != (data.Address{}) {
		j.Organizer = &a.Organizer
	}
	for _, p := range a.Attendees {
		j.Attendees = append(j.Attendees, attendeeJSON{Name: p.Name, Email: p.Email, Answer: p.Answer, Optional: p.Optional})
	}
	return j
}
