package store

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

// keepTrade writes the lists of a world as an import would.
func keepTrade(t testing.TB, db *DB, w sample.World) {
	t.Helper()
	_, err := db.Write(context.Background(), "", func(tx *Tx) error {
		if err := tx.PutMoneyRules(w.Money); err != nil {
			return err
		}
		in, err := tx.BeginIntake("orders", "orders.csv")
		if err != nil {
			return err
		}
		for _, p := range w.Purchases {
			if _, err := in.Purchase(p); err != nil {
				return err
			}
		}
		for _, one := range w.Tickets {
			if _, err := in.Ticket(one); err != nil {
				return err
			}
		}
		return tx.PutTeamHours(w.TeamHours)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// insightsStore is the hand-made world with its money, plans and mails.
func insightsStore(t *testing.T) *DB {
	t.Helper()
	ctx := context.Background()
	db, err := Open(ctx, t.TempDir(), Options{Instance: "test", Now: func() time.Time { return sample.Today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := sample.Make(sample.Options{Mails: 1})
	if err := fill(ctx, db, w); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write(ctx, "", func(tx *Tx) error {
		for _, p := range w.Parts {
			if err := tx.PutAnyPart(p); err != nil {
				return err
			}
		}
		for _, e := range w.Entries {
			if err := tx.PutEntry(e.Entry, e.RecordedAt); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	keepTrade(t, db, w)
	return db
}

func TestInsightsAgreeWithEachAccountsOwnFigures(t *testing.T) {
	ctx := context.Background()
	db := insightsStore(t)
	in, err := db.InsightsInput(ctx, sample.Today)
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Accounts) != 13 || in.ListName != "orders.csv" || in.Hours != 1450 {
		t.Fatalf("%d accounts, %q, %d hours", len(in.Accounts), in.ListName, in.Hours)
	}
	if !slices.IsSortedFunc(in.Accounts, func(a, b data.InsightAccount) int {
		return strings.Compare(strings.ToLower(a.Account.Name), strings.ToLower(b.Account.Name))
	}) {
		t.Error("they are not in the order of their names")
	}
	for _, a := range in.Accounts {
		s, err := db.Standing(ctx, a.Account.ID, sample.Today)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range []data.DialKind{data.Quality, data.Density, data.Authority, data.Velocity} {
			got, want := a.Standing.Dial(kind), s.Dial(kind)
			if got.Value != want.Value || got.Known != want.Known {
				t.Errorf("%s: %s is %d (%v), on its own page %d (%v)", a.Account.Name, kind, got.Value, got.Known, want.Value, want.Known)
			}
		}
		minutes, err := db.minutesIn(ctx, a.Account.ID, sample.Today.AddDate(0, 0, -data.InsightDays), sample.Today.AddDate(0, 0, 1))
		if err != nil {
			t.Fatal(err)
		}
		if diff := minutes - a.Minutes; diff > 1e-6 || diff < -1e-6 {
			t.Errorf("%s took %g minutes, of itself %g", a.Account.Name, a.Minutes, minutes)
		}
		moments, err := db.Moments(ctx, a.Account.ID, sample.Today)
		if err != nil {
			t.Fatal(err)
		}
		for who, list := range moments {
			var days []int
			for _, m := range list {
				if m.TwoWay() && m.At.After(sample.Today.AddDate(-2, 0, 0)) {
					days = append(days, data.DayOf(m.At, sample.Today.Location()))
				}
			}
			slices.Sort(days)
			if days = slices.Compact(days); !slices.Equal(days, a.Spoke[who]) {
				t.Errorf("%s: %d days in touch, of itself %d", who, len(a.Spoke[who]), len(days))
			}
		}
	}
	s := data.ComposeInsights(in, AtOnce)
	if len(s.Map.Points) < 9 || len(s.Warnings) < 3 || s.Hours.Minutes == 0 || len(s.Reach.Changes) == 0 || s.Foreseen.Scored != 1 {
		t.Errorf("%d on the map, %d warnings, %g minutes, %d changes, %d scored", len(s.Map.Points), len(s.Warnings), s.Hours.Minutes, len(s.Reach.Changes), s.Foreseen.Scored)
	}
}

func TestWhatTheTeamAssumesIsKept(t *testing.T) {
	ctx := context.Background()
	db := insightsStore(t)
	rules := data.DefaultInsightRules
	rules.WinHours = 25
	if _, err := db.Write(ctx, "Assumptions changed", func(tx *Tx) error { return tx.PutInsightRules(rules) }); err != nil {
		t.Fatal(err)
	}
	if got, err := db.InsightRules(ctx); err != nil || got != rules {
		t.Errorf("%+v, %v", got, err)
	}
	rules.WinHours = -1
	if _, err := db.Write(ctx, "", func(tx *Tx) error { return tx.PutInsightRules(rules) }); err == nil {
		t.Error("less than no hours are taken")
	}
}

func TestWhoLeftIsToldToTheAccountTheyLeft(t *testing.T) {
	ctx := context.Background()
	db := insightsStore(t)
	people, err := db.Contacts(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	anna := people[slices.IndexFunc(people, func(c data.Contact) bool { return c.Name == "Anna Kessler" })]
	was := anna.AccountID
	accounts, err := db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	next, parts := data.Moved(anna, nil, accounts[len(accounts)-1].ID, "", "Director", sample.Today.AddDate(0, 0, -10))
	if _, err := db.Write(ctx, "", func(tx *Tx) error {
		for _, p := range parts {
			if _, err := PutPart(tx, p); err != nil {
				return err
			}
		}
		return tx.PutContact(next)
	}); err != nil {
		t.Fatal(err)
	}
	in, err := db.InsightsInput(ctx, sample.Today)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range in.Accounts {
		switch a.Account.ID {
		case was:
			if len(a.Left) != 1 || a.Left[0].Contact.Name != "Anna Kessler" || !slices.Contains(a.Left[0].Roles, data.Champion) {
				t.Errorf("%+v", a.Left)
			}
		default:
			if len(a.Left) != 0 {
				t.Errorf("%s: %+v", a.Account.Name, a.Left)
			}
		}
	}
}

// BenchmarkInsights makes all figures of 2,000 accounts with their purchases: read
// for the first time, again, and an hour later. It works on a copy of the big
// workspace, since that has no purchases.
func BenchmarkInsights(b *testing.B) {
	ctx := context.Background()
	dir, err := big()
	if err != nil {
		b.Fatal(err)
	}
	to := os.Getenv("RAPPORT_BENCH_TRADE")
	if to == "" {
		to = b.TempDir()
	}
	if !Exists(filepath.Join(to, "w")) {
		if err := os.CopyFS(filepath.Join(to, "w"), os.DirFS(dir)); err != nil {
			b.Fatal(err)
		}
	}
	db, err := Open(ctx, filepath.Join(to, "w"), Options{Instance: "bench", Now: func() time.Time { return sample.Today }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if n, _ := one(ctx, db.read, scanInt64, `SELECT count(*) FROM purchase`); n == 0 {
		mails := 200_000
		if n, err := strconv.Atoi(os.Getenv("RAPPORT_BENCH_MAILS")); err == nil {
			mails = n
		}
		keepTrade(b, db, sample.Make(sample.Options{Accounts: mails / 100, Mails: mails}))
	}
	ask := func(b *testing.B, now time.Time) {
		b.Helper()
		in, err := db.InsightsInput(ctx, now)
		if err != nil {
			b.Fatal(err)
		}
		if s := data.ComposeInsights(in, AtOnce); len(s.Map.Points) == 0 {
			b.Fatal("nobody is on the map")
		}
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			db.warmth.forget()
			db.standing.forget()
			ask(b, sample.Today)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			ask(b, sample.Today)
		}
	})
	b.Run("an hour later", func(b *testing.B) {
		now := sample.Today
		for b.Loop() {
			now = now.Add(time.Hour)
			ask(b, now)
		}
	})
}
