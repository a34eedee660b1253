package cli

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

func calendarAddVerb() *verb {
	return &verb{
		name: "calendar add", args: "URL_OR_FILE", does: "Read meetings from a calendar's link, an .ics file or a CalDAV server",
		more: `It does not read it yet; rapport sync does. The link is kept as a secret. A folder
stands for all the .ics files in it.
With -caldav the address is that of a CalDAV server, of its user or of one calendar.
Of several calendars -calendar says which are wanted, each by its name, or -all;
rapport calendar find lists them. Rapport only reads: it writes to a calendar there
only what you say with rapport invite -put.

  rapport calendar add https://calendar.example/private-4f1/basic.ics -name Work
  rapport calendar add ~/Documents/team.ics
  pass show dav | rapport calendar add https://dav.larkfield.example -caldav \
      -user maya -password-stdin -calendar Work`,
		least: 1, most: 1,
		flags: append([]flag{
			{name: "name", value: "N", does: "what to call it (else the file's name, the link's host or the server's name for it)"}, userFlag, secretFlag,
			{name: "caldav", does: "the address is a CalDAV server's"},
			{name: "calendar", value: "NAME", does: "of several calendars there, this one; may be repeated", many: true},
			{name: "all", does: "all calendars there"},
			{name: "oauth", does: "sign in in the browser in place of a password"}, jsonFlag,
		}, signInFlags...),
		run: runCalendarAdd,
	}
}

func runCalendarAdd(c *call) error {
	dav := c.on("caldav")
	if err := c.checkCalendarFlags(dav); err != nil {
		return err
	}
	password := ""
	if c.on(secretFlag.name) {
		var err error
		if password, err = c.password(); err != nil {
			return err
		}
	}
	return c.write(func(db *store.DB) error {
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		if dav {
			return c.addDAV(db, keys, password)
		}
		added, err := sync.AddCalendar(c.ctx, db, keys, c.text("name"), c.args[0], c.text("user"), password)
		if err != nil {
			return err
		}
		return c.addedCalendars([]data.Calendar{added})
	})
}

// checkCalendarFlags refuses flags that do not go together.
func (c *call) checkCalendarFlags(dav bool) error {
	oauth, secret, user := c.on("oauth"), c.on(secretFlag.name), c.text("user") != ""
	switch {
	case !dav && (oauth || c.has("calendar") || c.on("all")):
		return misuse(c.verb, "-calendar, -all and -oauth are for a CalDAV server: add -caldav")
	case secret && oauth:
		return misuse(c.verb, "a server has a password or a sign-in in the browser; leave out -password-stdin or -oauth")
	case secret && !user:
		return misuse(c.verb, "a password needs the name it belongs to: add -user")
	case user && !secret && !oauth:
		return misuse(c.verb, "a user needs a password: pipe it in with -password-stdin")
	case dav && !secret && !oauth:
		return misuse(c.verb, "a CalDAV server needs -user and -password-stdin, or -oauth")
	case c.has("calendar") && c.on("all"):
		return misuse(c.verb, "leave out -calendar or -all")
	}
	return nil
}

// addDAV adds calendars of a CalDAV server.
func (c *call) addDAV(db *store.DB, keys secret.Keeper, password string) error {
	access, err := c.davAccess(db, keys, password)
	if err != nil {
		return err
	}
	found, err := sync.FindCalendars(c.ctx, c.args[0], access)
	if err != nil {
		return err
	}
	wanted, err := c.wantedCalendars(found)
	if err != nil {
		return err
	}
	if c.has("name") && len(wanted) > 1 {
		return misuse(c.verb, "-name is for one calendar; these are %d", len(wanted))
	}
	var added []data.Calendar
	for _, f := range wanted {
		one, err := sync.AddFound(c.ctx, db, keys, c.text("name"), f, access)
		if err != nil {
			return err
		}
		added = append(added, one)
	}
	return c.addedCalendars(added)
}

// davAccess is how the flags sign in to a CalDAV server. db is nil where there is
// no workspace.
func (c *call) davAccess(db *store.DB, keys secret.Keeper, password string) (sync.DAVAccess, error) {
	access := sync.DAVAccess{User: c.text("user"), Secret: password}
	if !c.on("oauth") {
		return access, nil
	}
	host := ""
	if at, err := url.Parse(sync.DAVAddress(c.args[0])); err == nil {
		host = at.Hostname()
	}
	p, ok, err := sync.CalendarProviderAt(c.ctx, db, host)
	if err != nil {
		return access, err
	}
	if !ok {
		return access, fmt.Errorf("nobody is known who signs in to the calendars of %s in the browser; use a password", host)
	}
	access.SignIn, access.Secret, err = c.signInTo(db, keys, p, access.User)
	return access, err
}

// wantedCalendars are those of a server that the flags ask for.
func (c *call) wantedCalendars(found []sync.FoundCalendar) ([]sync.FoundCalendar, error) {
	if c.on("all") || len(found) == 1 && !c.has("calendar") {
		return found, nil
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.Name
	}
	if !c.has("calendar") {
		return nil, fmt.Errorf("there are %d calendars: %s; say which with -calendar, or -all", len(found), strings.Join(names, ", "))
	}
	var wanted []sync.FoundCalendar
	for _, name := range c.values["calendar"] {
		i := slices.IndexFunc(found, func(f sync.FoundCalendar) bool { return f.At == name || strings.EqualFold(f.Name, name) })
		if i < 0 {
			return nil, fmt.Errorf("calendar %s: %w; there are %s", name, data.ErrNotFound, strings.Join(names, ", "))
		}
		wanted = append(wanted, found[i])
	}
	return wanted, nil
}

func (c *call) addedCalendars(added []data.Calendar) error {
	if c.on("json") {
		if len(added) == 1 {
			return writeJSON(c.out, calendarOf(added[0], data.Status{}))
		}
		return writeArray(c.out, each(added, func(l data.Calendar) calendarJSON { return calendarOf(l, data.Status{}) }))
	}
	for _, l := range added {
		c.printf("%s added; rapport sync reads it\n", l.Name)
	}
	return nil
}

func calendarFindVerb() *verb {
	return &verb{
		name: "calendar find", args: "URL -user U -password-stdin", does: "List the calendars that a user has on a CalDAV server",
		more: `It keeps nothing and needs no workspace. The address is the server's, the user's or
a calendar's own; https is meant where it has no protocol.

  pass show dav | rapport calendar find dav.larkfield.example -user maya -password-stdin`,
		least: 1, most: 1, flags: []flag{userFlag, secretFlag, jsonFlag}, run: runCalendarFind,
	}
}

type foundCalendarJSON struct {
	Name     string `json:"name"`
	URL      string `json:"url"`
	Colour   string `json:"colour"`
	ReadOnly bool   `json:"readOnly"`
}

func runCalendarFind(c *call) error {
	if !c.on(secretFlag.name) || c.text("user") == "" {
		return misuse(c.verb, "a CalDAV server needs -user and -password-stdin")
	}
	password, err := c.password()
	if err != nil {
		return err
	}
	found, err := sync.FindCalendars(c.ctx, c.args[0], sync.DAVAccess{User: c.text("user"), Secret: password})
	if err != nil {
		return err
	}
	if c.on("json") {
		return writeArray(c.out, each(found, func(f sync.FoundCalendar) foundCalendarJSON {
			return foundCalendarJSON{Name: f.Name, URL: f.At, Colour: f.Colour, ReadOnly: f.ReadOnly}
		}))
	}
	rows := make([][]string, len(found))
	for i, f := range found {
		may := "reads and writes"
		if f.ReadOnly {
			may = "reads"
		}
		rows[i] = []string{f.Name, f.Colour, may, f.At}
	}
	return table(c.out, []column{{head: "NAME", most: 32}, {head: "COLOUR", most: 8}, {head: "YOU MAY", most: 18}, {head: "ADDRESS", rest: true}}, rows)
}

type calendarJSON struct {
	ID       string  `json:"id"`
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Path     string  `json:"path"`
	Shown    string  `json:"shown"`
	User     string  `json:"user"`
	SignIn   string  `json:"signIn"`
	Colour   string  `json:"colour"`
	AddedAt  *string `json:"addedAt"`
	LastRead *string `json:"lastRead"`
	Problem  string  `json:"problem"`
}

func calendarOf(c data.Calendar, s data.Status) calendarJSON {
	return calendarJSON{
		ID: c.ID, Name: c.Name, Kind: calendarKind(c), Path: c.Path, Shown: c.Shown, User: c.User, SignIn: string(c.SignIn), Colour: c.Colour,
		AddedAt: moment(c.AddedAt), LastRead: moment(s.At), Problem: s.Problem,
	}
}

// calendarKind is a calendar's kind as scripts have it.
func calendarKind(c data.Calendar) string {
	switch {
	case c.Kind != data.FeedCalendar:
		return string(c.Kind)
	case c.Path != "":
		return "file"
	}
	return "link"
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
			read := c.standing(runs[l.SourceName()])
			if l.Kind == data.MailCalendar {
				read = "with the mail"
			}
			rows[i] = []string{l.Name, l.Shown, read}
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
		keys, err := sync.Keys(c.ctx, db)
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
