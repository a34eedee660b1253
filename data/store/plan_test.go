package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

// plannedDB is a workspace with an account and a person there.
func plannedDB(t testing.TB) *DB {
	t.Helper()
	db := open(t)
	write(t, db, "added", func(tx *Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel", Tier: data.TierA, Domains: []string{"kestrel.example"}}); err != nil {
			return err
		}
		return tx.PutContact(data.Contact{ID: "anna", AccountID: "k", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}})
	})
	return db
}

func planText(t testing.TB, in data.PlanInput, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return data.SheetText(data.ComposePlan(in).Sheet, in.Now, 120)
}

func TestAPlanIsReadAsItIsAndAsItWasKnown(t *testing.T) {
	db := plannedDB(t)
	ctx := context.Background()
	write(t, db, "objective", func(tx *Tx) error {
		if _, err := tx.PutPlan(data.Plan{Belongs: data.Belongs{Account: "k"}, Why: "No flicker"}); err != nil {
			return err
		}
		_, err := tx.PutObjective(data.Objective{Belongs: data.Belongs{Account: "k"}, What: "Halls steady"})
		return err
	})
	now := noon.Add(time.Hour)
	in, err := db.PlanInput(ctx, "k", now)
	if words := planText(t, in, err); !strings.Contains(words, "No flicker") || !strings.Contains(words, "1. Halls steady") {
		t.Errorf("the plan reads:\n%s", words)
	}
	in, err = db.Past("k").Plan(ctx, noon.AddDate(0, 0, -1))
	if words := planText(t, in, err); strings.Contains(words, "No flicker") || strings.Contains(words, "Halls steady") {
		t.Errorf("the day before, the plan read:\n%s", words)
	}
	in, err = db.Past("k").Plan(ctx, now)
	if words := planText(t, in, err); !strings.Contains(words, "1. Halls steady") {
		t.Errorf("as known now, the plan reads:\n%s", words)
	}
}

func TestAFourthObjectiveIsNotKept(t *testing.T) {
	db := plannedDB(t)
	add := func(what string) error {
		_, err := db.Write(context.Background(), "objective", func(tx *Tx) error {
			o, err := tx.PutObjective(data.Objective{Belongs: data.Belongs{Account: "k"}, What: what})
			if err == nil && fmt.Sprint(o.Place) != what {
				t.Errorf("objective %s has place %d", what, o.Place)
			}
			return err
		})
		return err
	}
	for _, what := range []string{"1", "2", "3"} {
		if err := add(what); err != nil {
			t.Fatal(err)
		}
	}
	if err := add("4"); err == nil {
		t.Error("a fourth was kept")
	}
}

func TestCorrectionsAreOfferedOnceTakenOverOrDeclined(t *testing.T) {
	db := plannedDB(t)
	ctx := context.Background()
	var o data.Objective
	write(t, db, "objective", func(tx *Tx) (err error) {
		o, err = tx.PutObjective(data.Objective{Belongs: data.Belongs{Account: "k"}, What: "Less energy", Measure: "MWh", Current: 39, Target: 124})
		return err
	})
	key := data.KindObjective + "/" + o.ID
	answers := []data.Correction{
		{Belongs: data.Belongs{Account: "k"}, Key: key, Register: "current", Section: data.PlanGoals, Was: "39", Becomes: "41", On: "2026-11-18", By: "Anna Kessler"},
		{Belongs: data.Belongs{Account: "k"}, Section: data.PlanSteps, Becomes: "Tell the guards", On: "2026-11-18", By: "Anna Kessler"},
		{Belongs: data.Belongs{Account: "k"}, Key: key, Register: "ours", Section: data.PlanGoals, Becomes: "nothing", On: "2026-11-18"},     // not theirs to correct
		{Belongs: data.Belongs{Account: "k"}, Key: "fact/none", Register: "value", Section: data.PlanWorld, Becomes: "x", On: "2026-11-18"},  // not there
		{Belongs: data.Belongs{Account: "k"}, Key: key, Register: "what", Section: data.PlanGoals, Becomes: "Less energy", On: "2026-11-18"}, // nothing new
		{Belongs: data.Belongs{Account: "k"}, Key: key, Register: "current", Section: data.PlanGoals, Becomes: "many", On: "2026-11-18"},     // no number
	}
	var kept []data.Correction
	offer := func() {
		write(t, db, "offered", func(tx *Tx) (err error) {
			kept, err = tx.OfferCorrections(answers)
			return err
		})
	}
	offer()
	if len(kept) != 3 || kept[0].Contact != "anna" {
		t.Fatalf("kept are %+v", kept)
	}
	first := kept
	if offer(); len(kept) > 0 {
		t.Errorf("offered twice: %+v", kept)
	}
	u := write(t, db, "taken", func(tx *Tx) error {
		for _, c := range first[:2] {
			if _, err := tx.TakeCorrection(c, "Maya", noon); err != nil {
				return err
			}
		}
		_, err := tx.DeclineCorrection(first[2], "it is a number", "Maya", noon)
		return err
	})
	got, err := PartByID[data.Objective](ctx, db, o.ID)
	if err != nil || got.Current != 41 || got.On != "2026-11-18" {
		t.Errorf("the objective is %+v, %v", got, err)
	}
	steps, err := Parts[data.Step](ctx, db, PartQuery{Account: "k"})
	if err != nil || len(steps) != 1 || steps[0].What != "Tell the guards" || len(steps[0].With) != 1 {
		t.Errorf("steps are %+v, %v", steps, err)
	}
	if _, err := db.Write(ctx, "wrong", func(tx *Tx) error { _, err := tx.TakeCorrection(first[2], "Maya", noon); return err }); err == nil {
		t.Error("a word was taken for a number")
	}
	if _, err := db.Undo(ctx, u.ID); err != nil {
		t.Fatal(err)
	}
	if got, err := PartByID[data.Objective](ctx, db, o.ID); err != nil || got.Current != 39 {
		t.Errorf("after undo the objective is %+v, %v", got, err)
	}
	if _, err := db.Write(ctx, "elsewhere", func(tx *Tx) error {
		_, err := tx.OfferCorrections([]data.Correction{{Belongs: data.Belongs{Account: "other"}, Section: data.PlanSteps, Becomes: "x", On: "2026-11-18"}})
		return err
	}); err == nil {
		t.Error("an answer about an account that is not here was taken")
	}
}

// planned gives an account of the big workspace 800 parts, each changed five
// times over a year, where it has them not yet.
func planned(b *testing.B, db *DB, account string) {
	b.Helper()
	have, err := Parts[data.Fact](b.Context(), db, PartQuery{Account: account})
	if err != nil {
		b.Fatal(err)
	}
	if len(have) > 0 {
		return
	}
	contacts, err := db.Contacts(b.Context(), account)
	if err != nil {
		b.Fatal(err)
	}
	clock := db.now
	defer func() { db.now = clock }()
	for round := range 6 {
		db.now = func() time.Time { return sample.Today.AddDate(0, -2*(6-round), 0) }
		write(b, db, "parts", func(tx *Tx) error {
			for i := range 400 {
				fact := data.Fact{Belongs: data.Belongs{ID: fmt.Sprint("bench fact ", i), Account: account}, Name: "goal", Value: fmt.Sprint("goal ", i, " of ", round), On: "2026-11-01"}
				promise := data.Promise{Belongs: data.Belongs{ID: fmt.Sprint("bench promise ", i), Account: account, Contact: contacts[i%len(contacts)].ID},
					By: data.Us, What: fmt.Sprint("promise ", i), Due: fmt.Sprintf("2026-12-%02d", round+1)}
				if err := tx.PutAnyPart(fact); err != nil {
					return err
				}
				if err := tx.PutAnyPart(promise); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// BenchmarkPlan asks for the plan of the busiest account of the big workspace,
// which has 800 parts, and composes its page: as it is, and as it was known.
func BenchmarkPlan(b *testing.B) {
	db := openBig(b)
	account := busiest(b, db)
	planned(b, db, account)
	ask := func(b *testing.B, read func(at time.Time) (data.PlanInput, error), at time.Time, by time.Duration) {
		for b.Loop() {
			in, err := read(at)
			if err != nil {
				b.Fatal(err)
			}
			data.ComposePlan(in)
			at = at.Add(by)
		}
	}
	once := func(at time.Time) (data.PlanInput, error) { return db.Past(account).Plan(b.Context(), at) }
	b.Run("now", func(b *testing.B) {
		ask(b, func(at time.Time) (data.PlanInput, error) { return db.PlanInput(b.Context(), account, at) }, sample.Today, 0)
	})
	b.Run("yesterday", func(b *testing.B) { ask(b, once, sample.Today.AddDate(0, 0, -1), 0) })
	b.Run("half a year ago", func(b *testing.B) { ask(b, once, sample.Today.AddDate(0, -6, 0), 0) })
	b.Run("a step of the time machine", func(b *testing.B) {
		past := db.Past(account)
		ask(b, func(at time.Time) (data.PlanInput, error) { return past.Plan(b.Context(), at) }, sample.Today.AddDate(0, -3, 0), -24*time.Hour)
	})
	b.Run("a step of the whole page", func(b *testing.B) {
		past, at := db.Past(account), sample.Today.AddDate(0, -3, 0)
		for b.Loop() {
			if err := stepOfPage(b.Context(), past, at); err != nil {
				b.Fatal(err)
			}
			at = at.AddDate(0, 0, -1)
		}
	})
}

// stepOfPage asks for all that the window shows of an account on a day that has
// been: its head, its overview and its plan.
func stepOfPage(ctx context.Context, past *Past, at time.Time) error {
	db, account := past.db, past.account
	if _, err := db.AccountRow(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.People(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.Colleagues(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.Awaited(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.Waiting(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.KindCounts(ctx, account, at); err != nil {
		return err
	}
	if _, err := db.Timeline(ctx, data.TimelineQuery{Account: account, Limit: 5, AsKnown: true}, at); err != nil {
		return err
	}
	in, err := past.Overview(ctx, at)
	if err != nil {
		return err
	}
	data.ComposeOverview(in)
	plan, err := past.Plan(ctx, at)
	data.ComposePlan(plan)
	return err
}
