package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
)

func teamText(t testing.TB, in data.TeamPlanInput, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return data.SheetText(data.ComposeTeamPlan(in).Sheet, in.Now, 160)
}

func TestTheTeamsPlanIsReadAsItIsAndAsItWasKnown(t *testing.T) {
	db := plannedDB(t)
	ctx := context.Background()
	undo := write(t, db, "plan", func(tx *Tx) error {
		if _, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) {
			p.Why, p.Principles = "They gain time", []string{"We say it first", "We give first"}
		}); err != nil {
			return err
		}
		if _, err := tx.PutTeamObjective(data.TeamObjective{What: "No promise is late", For: data.ForQuality, Counted: data.TeamCountsLate, Begin: 4}); err != nil {
			return err
		}
		if err := tx.PutTeamHours(100); err != nil {
			return err
		}
		_, err := PutPart(tx, data.Barrier{What: "Nobody reads the notes"})
		return err
	})
	now := noon.Add(time.Hour)
	in, err := db.TeamPlanInput(ctx, now)
	words := teamText(t, in, err)
	for _, want := range []string{"They gain time", "1. We say it first", "2. We give first", "1. No promise is late", "Promises of ours that are over 0, aim 0", "20 hours too many", "Nobody reads the notes"} {
		if !strings.Contains(words, want) {
			t.Errorf("the plan says nothing of %q:\n%s", want, words)
		}
	}
	in, err = db.TeamPlanAsKnown(ctx, now)
	if known := teamText(t, in, err); !strings.Contains(known, "Promises of ours that are over 0, aim 0") || strings.Contains(known, "too many") {
		t.Errorf("as known now it says what it cannot know:\n%s", known)
	}
	in, err = db.TeamPlanAsKnown(ctx, noon.AddDate(0, 0, -1))
	if before := teamText(t, in, err); in.Written() || strings.Contains(before, "They gain time") || strings.Contains(before, "1 A") {
		t.Errorf("the day before it read:\n%s", before)
	}
	if _, err := db.Undo(ctx, undo.ID); err != nil {
		t.Fatal(err)
	}
	if in, err = db.TeamPlanInput(ctx, now); err != nil || in.Written() || in.Capacity.Have != 0 {
		t.Errorf("one undo left %+v, %v", in.Plan, err)
	}
}

func TestEveryFigureOfTheTeamIsCountedOrSaysWhyNot(t *testing.T) {
	db := plannedDB(t)
	figures, err := db.TeamFigures(context.Background(), noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range data.TeamCounts {
		for _, tier := range append([]data.Tier{""}, data.Tiers...) {
			f, there := figures[data.FigureKey(c.Name, tier)]
			if !there || f.Of == 0 && f.Why == "" {
				t.Errorf("%s of tier %q is %+v", c.Name, tier, f)
			}
		}
	}
}

func TestAFourthObjectiveOfTheTeamIsNotKept(t *testing.T) {
	db := open(t)
	add := func(what string) error {
		_, err := db.Write(context.Background(), "objective", func(tx *Tx) error {
			_, err := tx.PutTeamObjective(data.TeamObjective{What: what, For: data.ForProfit})
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

// BenchmarkTeamPlan makes the page of the team's own plan with every figure counted,
// in the big workspace: read for the first time, and again.
func BenchmarkTeamPlan(b *testing.B) {
	db := openBig(b)
	ask := func(b *testing.B) {
		b.Helper()
		in, err := db.TeamPlanInput(b.Context(), sample.Today)
		if err != nil {
			b.Fatal(err)
		}
		if in.Figures, err = db.TeamFigures(b.Context(), sample.Today); err != nil {
			b.Fatal(err)
		}
		data.ComposeTeamPlan(in)
	}
	b.Run("first", func(b *testing.B) {
		for b.Loop() {
			db.warmth.forget()
			db.standing.forget()
			ask(b)
		}
	})
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			ask(b)
		}
	})
}
