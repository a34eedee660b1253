package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func benchVerb() *verb {
	return &verb{
		name: "bench", does: "Measure how fast a large workspace answers",
		more: `It builds a fictional workspace in a temporary folder, asks it what the window asks,
and takes it away again. With -w it measures the workspace that is there.`,
		flags: []flag{
			{name: "accounts", value: "N", does: "so many accounts (else 2000)"},
			{name: "contacts", value: "N", does: "at least so many contacts (else 20000)"},
			{name: "interactions", value: "N", does: "so many interactions (else 200000)"},
			jsonFlag,
		},
		run: runBench,
	}
}

func runBench(c *call) error {
	size := benchSize{2000, 20000, 200000}
	for name, n := range map[string]*int{"accounts": &size.accounts, "contacts": &size.contacts, "interactions": &size.interactions} {
		if !c.has(name) {
			continue
		}
		var err error
		if *n, err = c.number(name); err != nil {
			return err
		}
	}
	if c.has("w") {
		dir, err := c.workspace()
		if err != nil {
			return err
		}
		return c.measure(dir)
	}
	dir, err := os.MkdirTemp("", "rapport-bench-")
	if err != nil {
		return err
	}
	err = c.build(dir, size)
	if err == nil {
		err = c.measure(dir)
	}
	return errors.Join(err, os.RemoveAll(dir))
}

func (c *call) build(dir string, size benchSize) error {
	db, err := store.Open(c.ctx, dir, store.Options{Now: c.now})
	if err != nil {
		return err
	}
	if !c.on("json") {
		c.printf("building %d accounts, %d contacts and %d interactions …\n", size.accounts, size.contacts, size.interactions)
		if err := c.out.Flush(); err != nil {
			return err
		}
	}
	return errors.Join(fillBench(c.ctx, db, size, c.now()), db.Close())
}

// rounds is how often each question is asked.
const rounds = 15

// question is one thing that is measured, and how long it may take.
type question struct {
	name string
	goal time.Duration // 0: none
	ask  func(context.Context, *store.DB) error
}

// measured is how long a question took.
type measured struct {
	name                string
	median, worst, goal time.Duration
}

func (c *call) measure(dir string) error {
	start, err := c.measureStart(dir)
	if err != nil {
		return err
	}
	results := []measured{start}
	db, err := store.Open(c.ctx, dir, store.Options{Now: c.now, MustExist: true})
	if err != nil {
		return err
	}
	defer db.Close()
	list, err := c.questions(db)
	if err != nil {
		return err
	}
	for _, q := range list {
		m, err := timed(rounds, q.goal, q.name, func() error { return q.ask(c.ctx, db) })
		if err != nil {
			return err
		}
		results = append(results, m)
	}
	return c.writeMeasured(dir, results)
}

// measureStart times opening the workspace up to the data of its first page.
func (c *call) measureStart(dir string) (measured, error) {
	return timed(3, 2*time.Second, "open, and today's page", func() error {
		db, err := store.Open(c.ctx, dir, store.Options{Now: c.now, MustExist: true})
		if err != nil {
			return err
		}
		return errors.Join(c.askToday(c.ctx, db), db.Close())
	})
}

func (c *call) askToday(ctx context.Context, db *store.DB) error {
	in, err := db.TodayInput(ctx, c.now())
	if err == nil {
		data.ComposeToday(in)
	}
	return err
}

// questions are what the window asks, about the account where most happened.
func (c *call) questions(db *store.DB) ([]question, error) {
	busiest, err := c.busiest(db)
	if err != nil {
		return nil, err
	}
	now := c.now()
	page := func(q data.TimelineQuery) func(context.Context, *store.DB) error {
		return func(ctx context.Context, db *store.DB) error {
			q.Account, q.Limit = busiest, 60
			_, err := db.Timeline(ctx, q, now)
			return err
		}
	}
	search := func(words string) func(context.Context, *store.DB) error {
		return func(ctx context.Context, db *store.DB) error {
			_, err := db.Search(ctx, words, 20)
			return err
		}
	}
	const quick, frame = 100 * time.Millisecond, 16 * time.Millisecond
	return []question{
		{"today's page", 0, c.askToday},
		{"all accounts", 0, func(ctx context.Context, db *store.DB) error { _, err := db.AccountRows(ctx, now); return err }},
		{"an account's page", quick, accountPage(busiest, now)},
		{"its timeline, first page", frame, page(data.TimelineQuery{Planned: true})},
		{"its timeline, a year back", frame, page(data.TimelineQuery{Before: now.AddDate(-1, 0, 0)})},
		{"search: one common word", quick, search("light")},
		{"search: a word's beginning", quick, search("li")},
		{"search: two words", quick, search("night trial")},
		{"search: a name", quick, search("anna kessler")},
	}, nil
}

// accountPage asks for all that the page of an account shows.
func accountPage(account string, now time.Time) func(context.Context, *store.DB) error {
	return func(ctx context.Context, db *store.DB) error {
		_, row := db.AccountRow(ctx, account, now)
		_, people := db.People(ctx, account, now)
		_, kinds := db.KindCounts(ctx, account, now)
		_, waiting := db.Waiting(ctx, account, now)
		_, touches := db.Touches(ctx, account, now.AddDate(-2, 0, 0), now)
		_, latest := db.Timeline(ctx, data.TimelineQuery{Account: account, Limit: 8, Planned: true}, now)
		return errors.Join(row, people, kinds, waiting, touches, latest)
	}
}

// busiest is the account with most people, which is where most happened.
func (c *call) busiest(db *store.DB) (string, error) {
	rows, err := db.AccountRows(c.ctx, c.now())
	if err != nil {
		return "", err
	}
	if len(rows) == 0 {
		return "", errors.New("there is no account to measure with")
	}
	best, most := rows[0].ID, -1
	for _, r := range rows[:min(len(rows), 200)] {
		counts, err := db.KindCounts(c.ctx, r.ID, c.now())
		if err != nil {
			return "", err
		}
		n := 0
		for _, k := range counts {
			n += k
		}
		if n > most {
			best, most = r.ID, n
		}
	}
	return best, nil
}

// timed asks a question several times. The clock is the system's: what is
// measured is how long this machine takes.
func timed(times int, goal time.Duration, name string, ask func() error) (measured, error) {
	took := make([]time.Duration, times)
	for i := range took {
		begun := time.Now()
		if err := ask(); err != nil {
			return measured{}, fmt.Errorf("%s: %w", name, err)
		}
		took[i] = time.Since(begun)
	}
	slices.Sort(took)
	return measured{name: name, median: took[times/2], worst: took[times-1], goal: goal}, nil
}

type measuredJSON struct {
	Name     string   `json:"name"`
	MedianMS float64  `json:"medianMs"`
	WorstMS  float64  `json:"worstMs"`
	GoalMS   *float64 `json:"goalMs"`
}

func (c *call) writeMeasured(dir string, results []measured) error {
	if c.on("json") {
		return writeArray(c.out, each(results, measuredOf))
	}
	var rows [][]string
	for _, m := range results {
		goal, met := "", ""
		if m.goal > 0 {
			goal, met = "< "+milliseconds(m.goal), "met"
			if m.median >= m.goal {
				met = "missed"
			}
		}
		rows = append(rows, []string{m.name, milliseconds(m.median), milliseconds(m.worst), goal, met})
	}
	if err := table(c.out, []column{{head: "QUESTION"}, {head: "MEDIAN", right: true}, {head: "WORST", right: true}, {head: "GOAL", right: true}, {head: ""}}, rows); err != nil {
		return err
	}
	if info, err := os.Stat(filepath.Join(dir, store.FileName)); err == nil {
		c.printf("the file has %s\n", sizeOf(info.Size()))
	}
	return nil
}

func milliseconds(d time.Duration) string {
	return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
}

func measuredOf(m measured) measuredJSON {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	j := measuredJSON{Name: m.name, MedianMS: ms(m.median), WorstMS: ms(m.worst)}
	if m.goal > 0 {
		goal := ms(m.goal)
		j.GoalMS = &goal
	}
	return j
}
