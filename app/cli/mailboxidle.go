package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
	"rapport/sync"
)

func mailboxIdleVerb() *verb {
	return &verb{
		name: "mailbox idle", args: "[ADDRESS]", does: "Stay, and read mail as it comes",
		more: `It prints a line for each batch of news until Ctrl C. Where the window is open on the
workspace, the window goes on reading, and what it brings is printed.`,
		most: 1, flags: []flag{jsonFlag}, run: runMailboxIdle,
	}
}

func runMailboxIdle(c *call) error {
	return c.read(func(db *store.DB) error {
		names, err := c.idleSources(db)
		if err != nil {
			return err
		}
		keys, err := sync.Keys(c.ctx, db)
		if err != nil {
			return err
		}
		told := make(chan struct{}, 1)
		engine := sync.New(db, keys, sync.Options{Now: c.now, Only: names, Report: func(data.Status) {
			select {
			case told <- struct{}{}:
			default:
			}
		}})
		w := &watcher{c: c, db: db, names: names}
		if err := w.catchUp(); err != nil {
			return err
		}
		c.note("reading as it comes; Ctrl C ends it")
		return w.watch(engine, told)
	})
}

// idleSources are the names of the mailboxes that are meant.
func (c *call) idleSources(db *store.DB) ([]string, error) {
	boxes, err := db.Mailboxes(c.ctx)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, m := range boxes {
		meant := len(c.args) == 0 || m.ID == c.args[0] || m.Address == c.args[0] || m.Address == text.NormalAddress(c.args[0])
		switch {
		case !meant:
		case !m.Imported():
			names = append(names, m.SourceName())
		case len(c.args) > 0:
			return nil, fmt.Errorf("%s was imported from files, and has no server", m.Address)
		}
	}
	switch {
	case len(names) > 0:
		return names, nil
	case len(c.args) > 0:
		return nil, fmt.Errorf("mailbox %s: %w", c.args[0], data.ErrNotFound)
	}
	return nil, errors.New("there is no mailbox to read; add one with rapport mailbox add")
}

// watcher prints what the ledger says anew.
type watcher struct {
	c     *call
	db    *store.DB
	names []string
	seen  map[ledgerKey]data.LedgerLine
	said  map[string]string // the last problem of each source
	noted bool              // that another Rapport reads
}

// ledgerKey is what one line is about.
type ledgerKey struct {
	source, folder string
	started        int64
}

// lookEvery is how often it looks what another Rapport has brought, and whether
// that one is gone.
const lookEvery = time.Second

// watch reads until the context ends: itself, or while another Rapport reads,
// by that one.
func (w *watcher) watch(engine *sync.Engine, told <-chan struct{}) error {
	for {
		err := w.printWhile(engine.Run, told)
		if w.c.ctx.Err() != nil {
			return w.c.ctx.Err()
		}
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.InUse {
			return err
		}
		if !w.noted {
			w.noted = true
			w.c.note("the window, or another Rapport, is open on this workspace and does the reading; what it brings is printed here")
		}
		select {
		case <-w.c.ctx.Done():
			return w.c.ctx.Err()
		case <-time.After(lookEvery):
		}
		if err := w.print(); err != nil {
			return err
		}
	}
}

// printWhile prints what comes until the engine ends.
func (w *watcher) printWhile(run func(context.Context) error, told <-chan struct{}) error {
	ctx, stop := context.WithCancel(w.c.ctx)
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	defer func() { stop(); <-ended }()
	for {
		select {
		case <-told:
			if err := w.print(); err != nil {
				return err
			}
		case err := <-ended:
			ended <- nil // nobody is left to wait for
			return err
		}
	}
}

// catchUp takes in what the ledger says already, so that it is not news.
func (w *watcher) catchUp() error {
	w.seen, w.said = map[ledgerKey]data.LedgerLine{}, map[string]string{}
	lines, err := w.lines()
	for _, l := range lines {
		w.seen[keyOf(l)] = l
	}
	return err
}

func keyOf(l data.LedgerLine) ledgerKey { return ledgerKey{l.Source, l.Folder, l.Started.UnixMilli()} }

// lines are the day's, the oldest run first.
func (w *watcher) lines() ([]data.LedgerLine, error) {
	lines, err := w.db.Ledger(w.c.ctx, "", w.c.now().Add(-24*time.Hour))
	lines = slices.DeleteFunc(lines, func(l data.LedgerLine) bool { return !slices.Contains(w.names, l.Source) })
	slices.Reverse(lines)
	return lines, err
}

// print says what is new since it was called last.
func (w *watcher) print() error {
	lines, err := w.lines()
	if err != nil {
		return err
	}
	before := w.seen
	w.seen = make(map[ledgerKey]data.LedgerLine, len(lines)) // what is older than a day is let go
	for _, l := range lines {
		was := before[keyOf(l)]
		w.seen[keyOf(l)] = l
		if l.Problem != "" && was.Problem == "" && w.said[l.Source] != l.Problem {
			w.said[l.Source] = l.Problem
			w.c.note("%s: %s", l.Source, l.Problem)
		}
		if l.Seen <= was.Seen {
			continue
		}
		delete(w.said, l.Source) // it works again
		if err := w.tell(l, l.Seen-was.Seen, l.Kept-was.Kept, data.Sum(l.Skipped)-data.Sum(was.Skipped)); err != nil {
			return err
		}
	}
	return w.c.out.Flush()
}

type newsJSON struct {
	At      *string `json:"at"`
	Source  string  `json:"source"`
	Folder  string  `json:"folder"`
	Seen    int     `json:"seen"`
	Kept    int     `json:"kept"`
	Skipped int     `json:"skipped"`
}

func (w *watcher) tell(l data.LedgerLine, seen, kept, skipped int) error {
	now := w.c.now()
	if w.c.on("json") {
		return writeJSONLine(w.c.out, newsJSON{At: moment(now), Source: l.Source, Folder: l.Folder, Seen: seen, Kept: kept, Skipped: skipped})
	}
	address := strings.TrimPrefix(l.Source, "mail:")
	w.c.printf("%s  %s  %s  %d new, %d kept, %d skipped\n", now.Format(time.TimeOnly), plainText(address), plainText(l.Folder), seen, kept, skipped)
	return nil
}
