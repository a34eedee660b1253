package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/secret"
)

func syncVerb() *verb {
	return &verb{
		name: "sync", does: "Read every mailbox, calendar and feed of news and exchange every space once, and print the ledger",
		more: `Sources are read side by side, then the spaces that have a place are exchanged. What
fails does not stop the others: then the exit code is 3. Interrupted, it goes on from
there the next time. Feeds are asked at most once an hour. Where the window is open on
the workspace, the window is asked to read.`,
		flags: []flag{zoneFlag, jsonFlag}, run: runSync,
	}
}

func calendarSyncVerb() *verb {
	return &verb{
		name: "calendar sync", args: "[NAME]", does: "Read one calendar once, or all of them, and no mail",
		more: `NAME may be its ID. Where the window is open on the workspace, the window is asked to
read, and reads all that it reads.

  rapport calendar sync
  rapport calendar sync Work -json`,
		most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runCalendarSync,
	}
}

func runSync(c *call) error {
	return c.syncOnly(func(*store.DB) ([]string, error) { return nil, nil }, (*call).exchangeAll)
}

// noSpaces is for who reads sources only.
func noSpaces(*call, *store.DB, secret.Keeper) ([]exchangedNow, error) { return nil, nil }

func runCalendarSync(c *call) error {
	return c.syncOnly(func(db *store.DB) ([]string, error) {
		calendars, err := db.Calendars(c.ctx)
		if err != nil {
			return nil, err
		}
		only := []string{}
		for _, l := range calendars {
			meant := len(c.args) == 0 || strings.EqualFold(l.Name, c.args[0]) || l.ID == c.args[0]
			if meant && l.Kind != data.MailCalendar {
				only = append(only, l.SourceName())
			}
		}
		switch {
		case len(only) > 0:
			return only, nil
		case len(c.args) > 0:
			return nil, fmt.Errorf("calendar %s: %w; rapport calendar list shows them", c.args[0], data.ErrNotFound)
		}
		return nil, &data.Invalid{Field: "calendar", Says: "there is no calendar to read yet; add one with rapport calendar add"}
	}, noSpaces)
}

// syncOnly reads the sources that are named once, all for nil, exchanges spaces,
// and prints the ledger of that.
func (c *call) syncOnly(which func(*store.DB) ([]string, error), exchange func(*call, *store.DB, secret.Keeper) ([]exchangedNow, error)) error {
	return c.read(func(db *store.DB) error {
		only, err := which(db)
		if err != nil {
			return err
		}
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		zone, err := c.zone(db)
		if err != nil {
			return err
		}
		shown := progressOn(c.errOut)
		lines, err := sync.New(db, keys, sync.Options{Now: c.now, Zone: zone, Only: only, Report: shown.told}).Once(c.ctx)
		shown.end()
		failed := errors.Is(err, sync.ErrSomeFailed)
		if err != nil && !failed {
			return err
		}
		spaces, err := exchange(c, db, keys)
		if err != nil {
			return err
		}
		if err := c.printLedger(db, lines, spaces); err != nil {
			return err
		}
		waits, err := c.sayWaiting(db)
		if err != nil {
			return err
		}
		if !failed && !waits && !slices.ContainsFunc(spaces, func(e exchangedNow) bool { return e.Problem != "" }) {
			return nil
		}
		for _, l := range lines {
			if l.Problem != "" {
				c.note("%s: %s", l.Source, l.Problem)
			}
		}
		for _, e := range spaces {
			if e.Problem != "" {
				c.note("%s: %s", e.Space, e.Problem)
			}
		}
		return exitCode(exitPartly)
	})
}

// sayWaiting tells what could not leave, and whether anything could not.
func (c *call) sayWaiting(db *store.DB) (bool, error) {
	o, err := db.Outbox(c.ctx)
	if err != nil || o.Waits() == 0 {
		return false, err
	}
	why := ""
	if o.Problem != "" {
		why = ": " + o.Problem
	}
	c.note("%s to leave%s", o.Words(), why)
	return true, nil
}

func (c *call) printLedger(db *store.DB, lines []data.LedgerLine, spaces []exchangedNow) error {
	if c.on("json") {
		list := make([]ledgerJSON, 0, len(lines)+len(spaces))
		for _, l := range lines {
			list = append(list, ledgerOf(l))
		}
		for _, e := range spaces {
			list = append(list, e.ledger())
		}
		return writeArray(c.out, asTheyAre(list))
	}
	if len(lines)+len(spaces) == 0 {
		return c.sayNothingRead(db)
	}
	if err := writeLedger(c, lines); err != nil {
		return err
	}
	for _, e := range spaces {
		if e.Problem == "" {
			c.writeExchanged(e.exchangedJSON)
		}
	}
	return nil
}

// sayNothingRead says why the ledger of a pass is empty.
func (c *call) sayNothingRead(db *store.DB) error {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return err
	}
	calendars, err := db.Calendars(c.ctx)
	if err != nil {
		return err
	}
	feeds, err := db.Feeds(c.ctx)
	if err != nil {
		return err
	}
	if len(boxes)+len(calendars)+len(feeds) == 0 {
		c.note("there is nothing to read yet; add a mailbox with rapport mailbox add, or a calendar with rapport calendar add")
		return nil
	}
	c.print("Nothing new.\n")
	return nil
}

// writeLedger prints for each source a line for each folder, and beneath them
// what was skipped, what was odd and what went wrong.
func writeLedger(c *call, lines []data.LedgerLine) error {
	for len(lines) > 0 {
		source := lines[0].Source
		n := 1
		for n < len(lines) && lines[n].Source == source {
			n++
		}
		c.printf("%s\n", plainText(source))
		if err := writeSource(c, lines[:n]); err != nil {
			return err
		}
		lines = lines[n:]
	}
	return nil
}

func writeSource(c *call, lines []data.LedgerLine) error {
	var rows, remarks [][]string
	var skipped, odd []data.Count
	for _, l := range lines {
		if l.Problem != "" {
			remarks = append(remarks, []string{"", "failed", "", l.Problem})
		}
		if l.Folder == "" && l.Problem != "" && l.Seen == 0 {
			continue // the line that only says that the run failed
		}
		rows = append(rows, ledgerRow(l))
		for _, s := range l.Skipped {
			skipped = data.AddCount(skipped, s.Reason, s.N)
		}
		for _, o := range l.Odd {
			odd = data.AddCount(odd, o.Reason, o.N)
		}
	}
	remarks = append(append(countRows("skipped", skipped), countRows("odd", odd)...), remarks...)
	if err := table(c.out, []column{{}, {most: 44}, {right: true}, {right: true}, {right: true}, {right: true}}, rows); err != nil {
		return err
	}
	for _, r := range remarks { // a sentence is never cut
		c.printf("  %-7s %5s  %s\n", r[1], r[2], plainText(r[3]))
	}
	return nil
}

func countRows(what string, counts []data.Count) [][]string {
	var rows [][]string
	for _, n := range counts {
		rows = append(rows, []string{"", what, strconv.Itoa(n.N), n.Reason})
		what = ""
	}
	return rows
}

func ledgerRow(l data.LedgerLine) []string {
	folder, server := l.Folder, ""
	if folder == "" {
		folder = "meetings"
		if strings.HasPrefix(l.Source, "feed:") {
			folder = "news"
		}
	}
	if l.OnServer >= 0 {
		server = strconv.Itoa(l.OnServer) + " there"
	}
	return []string{"", folder, server, fmt.Sprint(l.Seen, " new"), fmt.Sprint(l.Kept, " kept"), fmt.Sprint(data.Sum(l.Skipped), " skipped")}
}

type ledgerJSON struct {
	Source   string       `json:"source"`
	Folder   string       `json:"folder"`
	Started  *string      `json:"started"`
	TookMS   int64        `json:"tookMs"`
	OnServer *int         `json:"onServer"`
	Seen     int          `json:"seen"`
	Kept     int          `json:"kept"`
	Sent     int          `json:"sent"`
	Skipped  []data.Count `json:"skipped"`
	Odd      []data.Count `json:"odd"`
	Problem  string       `json:"problem"`
}

func ledgerOf(l data.LedgerLine) ledgerJSON {
	var server *int
	if l.OnServer >= 0 {
		server = &l.OnServer
	}
	return ledgerJSON{
		Source: l.Source, Folder: l.Folder, Started: moment(l.Started), TookMS: l.Took.Milliseconds(), OnServer: server,
		Seen: l.Seen, Kept: l.Kept, Skipped: full(l.Skipped), Odd: full(l.Odd), Problem: l.Problem,
	}
}
