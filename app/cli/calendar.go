package cli

import (
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

func calendarAddVerb() *verb {
	return &verb{
		name: "calendar add", args: "URL_OR_FILE", does: "Read meetings from a calendar's link or an .ics file",
		more: `It does not read it yet; rapport sync does. The link is kept as a secret.

  rapport calendar add https://calendar.example/private-4f1/basic.ics -name Work
  rapport calendar add ~/Documents/team.ics`,
		least: 1, most: 1,
		flags: []flag{{name: "name", value: "N", does: "what to call it (else the file's name or the link's host)"}, userFlag, secretFlag, jsonFlag},
		run:   runCalendarAdd,
	}
}

func runCalendarAdd(c *call) error {
	password := ""
	if c.on(secretFlag.name) {
		if c.text("user") == "" {
			return misuse(c.verb, "a password needs the name it belongs to: add -user")
		}
		var err error
		if password, err = c.password(); err != nil {
			return err
		}
	} else if c.text("user") != "" {
		return misuse(c.verb, "a user needs a password: pipe it in with -password-stdin")
	}
	return c.write(func(db *store.DB) error {
		keys, err := secret.Open(db.Dir())
		if err != nil {
			return err
		}
		added, err := sync.AddCalendar(c.ctx, db, keys, c.text("name"), c.args[0], c.text("user"), password)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, calendarOf(added, data.Status{}))
		}
		c.printf("%s added; rapport sync reads it\n", added.Name)
		return nil
	})
}

type calendarJSON struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Path     string  `json:"path"`
	Shown    string  `json:"shown"`
	User     string  `json:"user"`
	AddedAt  *string `json:"addedAt"`
	LastRead *string `json:"lastRead"`
	Problem  string  `json:"problem"`
}

func calendarOf(c data.Calendar, s data.Status) calendarJSON {
	return calendarJSON{
		ID: c.ID, Name: c.Name, Path: c.Path, Shown: c.Shown, User: c.User,
		AddedAt: moment(c.AddedAt), LastRead: moment(s.At), Problem: s.Problem,
	}
}

func calendarListVerb() *verb {
	return &verb{name: "calendar list", does: "List the calendars and how they stand", flags: []flag{jsonFlag}, run: runCalendarList}
}

func runCalendarList(c *call) error {
	return c.read(func(db *store.DB) error {
		calendars, err := db.Calendars(c.ctx)
		if err != nil {
			return err
		}
		runs, err := c.runs(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(calendars, func(l data.Calendar) calendarJSON { return calendarOf(l, runs[l.SourceName()]) }))
		}
		if len(calendars) == 0 {
			c.note("there is no calendar yet; add one with rapport calendar add")
			return nil
		}
		rows := make([][]string, len(calendars))
		for i, l := range calendars {
			rows[i] = []string{l.Name, l.Shown, c.standing(runs[l.SourceName()])}
		}
		return table(c.out, []column{{head: "NAME", most: 28}, {head: "FROM", most: 40}, {head: "LAST READ", rest: true}}, rows)
	})
}

func calendarRemoveVerb() *verb {
	return &verb{
		name: "calendar remove", args: "NAME", does: "Forget a calendar and the meetings that only it held",
		more:  "The calendar itself stays as it is. NAME may be its ID or its file.",
		least: 1, most: 1, run: runCalendarRemove,
	}
}

func runCalendarRemove(c *call) error {
	return c.read(func(db *store.DB) error {
		keys, err := secret.Open(db.Dir())
		if err != nil {
			return err
		}
		removed, err := sync.RemoveCalendar(c.ctx, db, keys, c.args[0])
		if err != nil {
			return err
		}
		c.printf("%s removed; the calendar itself stays as it is\n", removed.Name)
		return nil
	})
}
