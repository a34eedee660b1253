package store

import (
	"context"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

// big is a workspace of the size that the product is made for, 2,000 accounts,
// 20,000 contacts and 200,000 interactions, made once for all benchmarks. By
// RAPPORT_BENCH_MAILS it may be smaller, and by RAPPORT_BENCH_DIR it is kept for
// the next time.
var big = sync.OnceValues(func() (string, error) {
	dir := os.Getenv("RAPPORT_BENCH_DIR")
	if dir != "" && Exists(dir) {
		return dir, nil
	}
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "rapport-bench-"); err != nil {
			return "", err
		}
		bigMade = dir
	}
	ctx := context.Background()
	db, err := Open(ctx, dir, Options{Instance: "bench", Now: func() time.Time { return sample.Today }})
	if err != nil {
		return "", err
	}
	defer db.Close()
	mails := 200_000
	if n, err := strconv.Atoi(os.Getenv("RAPPORT_BENCH_MAILS")); err == nil {
		mails = n
	}
	return dir, fill(ctx, db, sample.Make(sample.Options{Accounts: mails / 100, Mails: mails}))
})

// bigMade is where big lies, for TestMain to remove.
var bigMade string

// putWorld keeps a world's accounts and contacts, and its mailbox.
func putWorld(ctx context.Context, db *DB, w sample.World) (box data.Mailbox, err error) {
	_, err = db.Write(ctx, "", func(tx *Tx) (err error) {
		if err := tx.PutSettingList(SettingOwnDomains, w.OwnDomains); err != nil {
			return err
		}
		for _, a := range w.Accounts {
			if err := tx.PutAccount(a); err != nil {
				return err
			}
		}
		for _, c := range w.Contacts {
			if err := tx.PutContact(c); err != nil {
				return err
			}
		}
		box, err = tx.PutMailbox(data.Mailbox{Address: w.Mailbox, Host: "imap.larkfield.example", Port: 993, Security: data.TLS})
		return err
	})
	return box, err
}

func fill(ctx context.Context, db *DB, w sample.World) error {
	box, err := putWorld(ctx, db, w)
	if err != nil {
		return err
	}
	b := data.Batch{Mailbox: box.ID, Folder: "INBOX"}
	keep := func() error {
		_, err := db.Ingest(ctx, box.SourceName(), box.Address, sample.Today, b)
		b.Arrived = b.Arrived[:0]
		return err
	}
	for a := range w.Messages(box.ID) {
		if b.Arrived = append(b.Arrived, a); len(b.Arrived) == 500 {
			if err := keep(); err != nil {
				return err
			}
		}
	}
	return keep()
}

func openBig(b *testing.B) *DB {
	b.Helper()
	dir, err := big()
	if err != nil {
		b.Fatal(err)
	}
	db, err := Open(context.Background(), dir, Options{Instance: "bench", Now: func() time.Time { return sample.Today }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

// busiest is the account with most interactions.
func busiest(b *testing.B, db *DB) string {
	b.Helper()
	id, err := one(context.Background(), db.read, scanString, `SELECT account_id FROM match GROUP BY account_id ORDER BY count(*) DESC LIMIT 1`)
	if err != nil {
		b.Fatal(err)
	}
	return id
}

func bench(b *testing.B, do func(ctx context.Context, db *DB, account string) error) {
	db := openBig(b)
	account := busiest(b, db)
	for b.Loop() {
		if err := do(context.Background(), db, account); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	dir, err := big()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		db, err := Open(context.Background(), dir, Options{Instance: "bench"})
		if err != nil {
			b.Fatal(err)
		}
		db.Close()
	}
}

func BenchmarkAccountRows(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, _ string) error {
		_, err := db.AccountRows(ctx, sample.Today)
		return err
	})
}

func BenchmarkTimelineFirstPage(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, account string) error {
		_, err := db.Timeline(ctx, data.TimelineQuery{Account: account, Limit: 60, Planned: true}, sample.Today)
		return err
	})
}

func BenchmarkAccountPage(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, account string) error {
		if _, err := db.AccountRow(ctx, account, sample.Today); err != nil {
			return err
		}
		if _, err := db.People(ctx, account, sample.Today); err != nil {
			return err
		}
		if _, err := db.Waiting(ctx, account, sample.Today); err != nil {
			return err
		}
		if _, err := db.KindCounts(ctx, account, sample.Today); err != nil {
			return err
		}
		_, err := db.Touches(ctx, account, sample.Today.AddDate(-1, 0, 0), sample.Today)
		return err
	})
}

func BenchmarkSearch(b *testing.B) {
	for _, words := range []string{"a", "lamp", "invoice hall", "kestrel", "nothinglikeit"} {
		b.Run(words, func(b *testing.B) {
			bench(b, func(ctx context.Context, db *DB, _ string) error {
				_, err := db.Search(ctx, words, 20)
				return err
			})
		})
	}
}

func BenchmarkToday(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, _ string) error {
		_, err := db.TodayInput(ctx, sample.Today)
		return err
	})
}

func BenchmarkFilingInput(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, _ string) error {
		_, err := db.FilingInput(ctx, sample.Today)
		return err
	})
}

// BenchmarkStandings asks for the warmth of all: read for the first time, asked
// again within the hour, an hour later, and after one more mail.
func BenchmarkStandings(b *testing.B) {
	ctx := context.Background()
	ask := func(b *testing.B, db *DB, now time.Time) {
		b.Helper()
		if _, err := db.Standings(ctx, now); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		db := openBig(b)
		for b.Loop() {
			db.warmth.forget()
			db.standing.forget()
			ask(b, db, sample.Today)
		}
	})
	b.Run("again", func(b *testing.B) {
		db := openBig(b)
		ask(b, db, sample.Today)
		for b.Loop() {
			ask(b, db, sample.Today)
		}
	})
	b.Run("an hour later", func(b *testing.B) {
		db := openBig(b)
		now := sample.Today
		for b.Loop() {
			now = now.Add(time.Hour)
			ask(b, db, now)
		}
	})
	b.Run("one more interaction", func(b *testing.B) {
		db := openBig(b)
		ask(b, db, sample.Today)
		id, err := one(ctx, db.read, scanString, `SELECT contact_id FROM participant WHERE contact_id <> '' GROUP BY contact_id ORDER BY count(*) DESC LIMIT 1`)
		if err != nil {
			b.Fatal(err)
		}
		n, err := one(ctx, db.read, scanInt64, `SELECT max(interaction_n) FROM participant WHERE contact_id = ?`, id)
		if err != nil {
			b.Fatal(err)
		}
		h := touchedHistory{interactions: map[int64]bool{n: true}, contacts: map[string]bool{id: true}}
		for b.Loop() {
			db.warmth.drop(h)
			db.standing.drop(newTouchedPeople(), h)
			ask(b, db, sample.Today)
		}
	})
	b.Run("one account", func(b *testing.B) {
		bench(b, func(ctx context.Context, db *DB, account string) error {
			_, err := db.Standing(ctx, account, sample.Today)
			return err
		})
	})
}

// BenchmarkAccountStands asks for what lists and filters go by, all of it known.
func BenchmarkAccountStands(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, _ string) error {
		_, err := db.AccountStands(ctx, sample.Today)
		return err
	})
}

// BenchmarkQualityWeeks asks for the line of one account in a list.
func BenchmarkQualityWeeks(b *testing.B) {
	bench(b, func(ctx context.Context, db *DB, account string) error {
		_, err := db.QualityWeeks(ctx, account, 12, sample.Today)
		return err
	})
}

// BenchmarkFeedbackProposals hears all mails of the last days of every account: for
// the first time, and after a write.
func BenchmarkFeedbackProposals(b *testing.B) {
	db := openBig(b)
	ask := func(b *testing.B) {
		b.Helper()
		if _, err := db.FeedbackProposals(b.Context(), "", sample.Today); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			db.heard.forget()
			ask(b)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			ask(b)
		}
	})
}

// BenchmarkNurture asks what would do each relationship good, and BenchmarkAwaited
// who owes us an answer: for the first time, again, and after one more mail in a
// conversation.
func BenchmarkNurture(b *testing.B) {
	asked(b, func(db *DB) error {
		_, err := db.Nurture(b.Context(), sample.Today)
		return err
	})
}

func BenchmarkAwaited(b *testing.B) {
	asked(b, func(db *DB) error {
		_, err := db.Awaited(b.Context(), "", sample.Today)
		return err
	})
}

func asked(b *testing.B, ask func(*DB) error) {
	db := openBig(b)
	must := func() {
		if err := ask(db); err != nil {
			b.Fatal(err)
		}
	}
	must() // the warmth of all is read by then
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			db.past.forget()
			db.awaited.forget()
			must()
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			must()
		}
	})
	b.Run("one more mail", func(b *testing.B) {
		n, err := one(b.Context(), db.read, scanInt64, `SELECT n FROM interaction WHERE kind = 'mail' AND at <= ? ORDER BY at DESC LIMIT 1`, sample.Today.Unix())
		if err != nil {
			b.Fatal(err)
		}
		h := newTouchedHistory()
		h.interactions[n] = true
		who, err := query(b.Context(), db.read, scanString, `SELECT contact_id FROM participant WHERE interaction_n = ? AND contact_id <> ''`, n)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range who {
			h.contacts[c] = true
		}
		for b.Loop() {
			db.warmth.drop(h)
			db.standing.drop(newTouchedPeople(), h)
			db.awaited.drop(newTouchedMails(), h)
			db.past.drop(h)
			must()
		}
	})
}

// BenchmarkTrainingInput makes the page of what the team learned.
func BenchmarkTrainingInput(b *testing.B) {
	db := openBig(b)
	for b.Loop() {
		if _, err := db.TrainingInput(b.Context(), sample.Today); err != nil {
			b.Fatal(err)
		}
	}
}
