package cli

import (
	"fmt"
	"strconv"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func ledgerVerb() *verb {
	return &verb{
		name: "ledger", args: "[SOURCE]", does: "Show what reading did: on the server, kept, skipped and why, odd",
		more: `SOURCE is a mailbox's address, imported mail's name or a calendar's name. For each
source it says when it was read and how it stands, and for each folder when and how long
the last reading took, how many mails are on the server, here, on a timeline (kept) and
skipped, with the reasons. Counts are of all readings since -from, else of all.`,
		most:  1,
		flags: []flag{{name: "from", value: "DATE", does: "count from this day on"}, zoneFlag, jsonFlag}, run: runLedger,
	}
}

// sourceSum is a source with what reading it did.
type sourceSum struct {
	name, shown string
	status      data.Status
	folders     []data.FolderSum
	holds       map[string]data.FolderHolds
	problem     string
}

func runLedger(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		var from time.Time
		if c.has("from") {
			if from, err = c.when("from", now.Location()); err != nil {
				return err
			}
		}
		list, err := c.sourceSums(db, from)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, sourceOf))
		}
		if len(list) == 0 {
			c.note("there is nothing to read yet; add a mailbox with rapport mailbox add, or a calendar with rapport calendar add")
		}
		for i, s := range list {
			if i > 0 {
				c.print("\n")
			}
			if err := c.writeSourceSum(s, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// sourceSums are the sources, or the one that was named, with their ledgers.
func (c *call) sourceSums(db *store.DB, from time.Time) ([]sourceSum, error) {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return nil, err
	}
	calendars, err := db.Calendars(c.ctx)
	if err != nil {
		return nil, err
	}
	runs, err := c.runs(db)
	if err != nil {
		return nil, err
	}
	var list []sourceSum
	add := func(id, name, shown string, isMail bool) error {
		if len(c.args) == 1 && c.args[0] != shown && c.args[0] != name && c.args[0] != id {
			return nil
		}
		s := sourceSum{name: name, shown: shown, status: runs[name]}
		lines, err := db.Ledger(c.ctx, name, from)
		if err != nil {
			return err
		}
		s.folders, s.problem = data.SumLedger(lines, isMail)
		if isMail {
			s.holds, err = db.FolderHolds(c.ctx, id)
		}
		list = append(list, s)
		return err
	}
	for _, m := range boxes {
		if err := add(m.ID, m.SourceName(), m.Address, true); err != nil {
			return nil, err
		}
	}
	for _, k := range calendars {
		if err := add(k.ID, k.SourceName(), k.Name, false); err != nil {
			return nil, err
		}
	}
	if len(list) == 0 && len(c.args) == 1 {
		return nil, fmt.Errorf("source %s: %w; rapport mailbox list and calendar list show them", c.args[0], data.ErrNotFound)
	}
	return list, nil
}

func (c *call) writeSourceSum(s sourceSum, now time.Time) error {
	c.printf("%s: ", plainText(s.name))
	switch {
	case s.status.At.IsZero():
		c.print("never read to its end\n")
	default:
		c.printf("read %s\n", data.Ago(s.status.At, now))
	}
	if p := s.status.Problem; p != "" {
		c.print(wrapped("the last run failed: "+p, "  ", "  "))
	}
	rows := make([][]string, len(s.folders))
	for i, f := range s.folders {
		rows[i] = c.folderRow(f, s.holds[f.Folder], now)
	}
	if len(rows) == 0 {
		return nil
	}
	if err := table(c.out, []column{{}, {head: "FOLDER", most: 32}, {head: "LAST RUN"}, {head: "TOOK", right: true}, {head: "SERVER", right: true},
		{head: "HERE", right: true}, {head: "KEPT", right: true}, {head: "SKIPPED", right: true}}, rows); err != nil {
		return err
	}
	var skipped, odd []data.Count
	for _, f := range s.folders {
		for _, k := range f.Skipped {
			skipped = data.AddCount(skipped, k.Reason, k.N)
		}
		for _, k := range f.Odd {
			odd = data.AddCount(odd, k.Reason, k.N)
		}
	}
	for _, r := range append(countRows("skipped", skipped), countRows("odd", odd)...) {
		c.printf("  %-7s %5s  %s\n", r[1], r[2], plainText(r[3]))
	}
	return nil
}

func (c *call) folderRow(f data.FolderSum, h data.FolderHolds, now time.Time) []string {
	name, server, here := f.Folder, "", ""
	if name == "" {
		name = "meetings"
	} else {
		here = strconv.Itoa(h.Here)
	}
	if f.OnServer >= 0 {
		server = strconv.Itoa(f.OnServer)
	}
	started := f.Started.In(now.Location())
	return []string{"", name, data.ShortDate(started, now) + " " + data.Clock(started, now), fmt.Sprintf("%.1f s", f.Took.Seconds()),
		server, here, strconv.Itoa(f.Kept), strconv.Itoa(data.Sum(f.Skipped))}
}

type sourceJSON struct {
	Source   string           `json:"source"`
	LastRead *string          `json:"lastRead"`
	Problem  string           `json:"problem"`
	Folders  []folderLineJSON `json:"folders"`
}

type folderLineJSON struct {
	Folder     string       `json:"folder"`
	Started    *string      `json:"started"`
	TookMS     int64        `json:"tookMs"`
	OnServer   *int         `json:"onServer"`
	Here       int          `json:"here"`
	LeftOut    int          `json:"leftOut"`
	Unreadable int          `json:"unreadable"`
	Seen       int          `json:"seen"`
	Kept       int          `json:"kept"`
	Skipped    []data.Count `json:"skipped"`
	Odd        []data.Count `json:"odd"`
}

func sourceOf(s sourceSum) sourceJSON {
	j := sourceJSON{Source: s.name, LastRead: moment(s.status.At), Problem: s.status.Problem, Folders: []folderLineJSON{}}
	for _, f := range s.folders {
		h := s.holds[f.Folder]
		l := folderLineJSON{
			Folder: f.Folder, Started: moment(f.Started), TookMS: f.Took.Milliseconds(), Here: h.Here, LeftOut: h.LeftOut, Unreadable: h.Unreadable,
			Seen: f.Seen, Kept: f.Kept, Skipped: full(f.Skipped), Odd: full(f.Odd),
		}
		if f.OnServer >= 0 {
			l.OnServer = &f.OnServer
		}
		j.Folders = append(j.Folders, l)
	}
	return j
}
