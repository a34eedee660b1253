package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// openTraining goes to Training by its keys.
func openTraining(t *testing.T, w *window) *training {
	t.Helper()
	w.open(route{place: placeToday})
	press(w, "G R", "W")
	p, ok := w.page().(*training)
	if !ok {
		t.Fatalf("G R W leads to %T", w.page())
	}
	return p
}

func TestTrainingPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openTraining(t, w)
	checkShown(t, w, "Training", "Why we do this", "In it", "Quality of relationships", "Mean relationship quality, A accounts", "Before you rely on it",
		"A barrier has neither owner nor date", "A judgement of readiness is 201 days old", "Recent changes")
	golden(t, w, "training")
}

func TestTrainingPageDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openTraining(t, w)
	press(w, "End")
	checkShown(t, w, "Are we ready?", "201 days old")
	golden(t, w, "training-dark")
}

func TestTrainingPageNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openTraining(t, w)
	golden(t, w, "training-narrow")
}

func TestTrainingPageEmptyAndFailed(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	openTraining(t, w)
	checkShown(t, w, "Your team has no plan of its own yet", "Write it, ten minutes", "What it is good for")
	golden(t, w, "training-empty")
	db.Close()
	w = testWindow(t, db)
	w.open(teamPlanRoute)
	checkShown(t, w, "Try again")
}

func TestTrainingPageOfLongNames(t *testing.T) {
	db := testStore(t)
	long := strings.Repeat("Whoever knows the halls, the wards and the piers of a customer saves their people a second visit and a bad night. ", 3)
	_, err := db.Write(context.Background(), "", func(tx *store.Tx) error {
		if _, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) { p.Why, p.Principles = long, []string{long[:200]} }); err != nil {
			return err
		}
		if _, err := tx.PutTeamObjective(data.TeamObjective{What: long[:150], For: data.ForQuality, Counted: data.TeamCountsQuality, Target: 70, Owner: "Maximiliane von Ehrenfeld-Hohenstaufen"}); err != nil {
			return err
		}
		_, err := store.PutPart(tx, data.Barrier{What: long[:230], Meets: long[:120], Owner: "Maximiliane von Ehrenfeld-Hohenstaufen"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	openTraining(t, w)
	golden(t, w, "training-long")
}

// lineOf stands on a line of the team's plan by its words.
func lineOf(t *testing.T, p *training, words string) {
	t.Helper()
	at := slices.IndexFunc(p.rows, func(r planRow) bool { return strings.Contains(r.line.Text, words) })
	if at < 0 {
		t.Fatalf("no line says %q", words)
	}
	p.list.Select(at)
	p.list.Take()
}

// TestTheTeamsPlanIsWrittenInEightAnswers answers by keyboard alone, leaves in the
// middle and goes on.
func TestTheTeamsPlanIsWrittenInEightAnswers(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums", Tier: data.TierA})
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	checkShown(t, w, "Write your team's own plan on one page, 10 minutes")
	golden(t, w, "today-offer")
	openTraining(t, w)
	press(w, "W")
	checkShown(t, w, "Why do you look after customers this way?", "1 of 8")
	golden(t, w, "training-wizard-why")
	enter(w, "They are spared a second visit")
	submit(t, w)
	checkShown(t, w, "2 of 8")
	submit(t, w) // passed over
	checkShown(t, w, "3 of 8")
	enter(w, "We say it first")
	submit(t, w)
	press(w, "Esc")
	list := parts[data.TeamPlan](t, w)
	if len(list) != 1 || list[0].Why != "They are spared a second visit" || len(list[0].Principles) != 1 {
		t.Fatalf("what was answered is not kept: %+v", list)
	}
	w.open(route{place: placeToday})
	checkShown(t, w, "Go on with your team's plan, 5 questions are left")
	openTraining(t, w)
	press(w, "W")
	checkShown(t, w, "What should be better between them and you?", "4 of 8")
	golden(t, w, "training-wizard-quality")
	enter(w, "No account cools")
	submit(t, w)
	enter(w, "Service earns too")
	submit(t, w)
	enter(w, "1450")
	submit(t, w)
	enter(w, "Nobody reads the notes")
	submit(t, w)
	checkShown(t, w, "8 of 8", "Finish")
	golden(t, w, "training-wizard-ready")
	enter(w, "Nobody looked")
	submit(t, w)
	checkShown(t, w, "Strategy: say whether it is so, with Tab and the arrows.")
	submit(t, w)
	press(w, "Esc")
	goals := parts[data.TeamObjective](t, w)
	if len(goals) != 2 || goals[0].Counted == "" || goals[0].By != "2027-11-17" {
		t.Errorf("%+v", goals)
	}
	if hours, err := db.TeamHours(context.Background()); err != nil || hours != 1450 {
		t.Errorf("%d hours, %v", hours, err)
	}
	if list := parts[data.Barrier](t, w); len(list) != 1 || list[0].What != "Nobody reads the notes" {
		t.Errorf("%+v", list)
	}
	checkShown(t, w, "They are spared a second visit", "No account cools")
}

// submit presses Shift Enter in the field that has the keyboard, which ends one of
// several lines too.
func submit(t *testing.T, w *window) {
	t.Helper()
	field, ok := w.canvas.Focused().(interface {
		fyne.Focusable
		desktop.Keyable
	})
	if !ok {
		t.Fatalf("%T has the keyboard", w.canvas.Focused())
	}
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	field.KeyDown(shift)
	defer field.KeyUp(shift)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestTheOfferIsDeclinedOnceAndForAll(t *testing.T) {
	db := testStore(t)
	writeAccounts(t, db, data.Account{ID: "k", Name: "Kestrel Museums"})
	w := testWindow(t, db)
	w.open(route{place: placeToday})
	w.declineTeamPlan()
	w.page().load()
	checkAbsent(t, w, "Write your team's own plan on one page, 10 minutes")
	w.undo()
	w.page().load()
	checkShown(t, w, "Write your team's own plan on one page, 10 minutes")
}

func TestTheTeamsPlanIsChangedByKeyboard(t *testing.T) {
	db := testStore(t)
	ctx := context.Background()
	if _, err := db.Write(ctx, "", func(tx *store.Tx) error {
		if _, err := tx.ChangeTeamPlan(func(p *data.TeamPlan) { p.Why = "They gain time" }); err != nil {
			return err
		}
		if _, err := tx.PutTeamObjective(data.TeamObjective{What: "No promise is late", For: data.ForQuality, Counted: data.TeamCountsLate, Begin: 9}); err != nil {
			return err
		}
		_, err := store.PutPart(tx, data.Barrier{What: "Nobody reads the notes"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	w := testWindow(t, db)
	p := openTraining(t, w)
	lineOf(t, p, "No promise is late")
	press(w, "E")
	golden(t, w, "training-goal")
	enter(w, "Every promise is kept on its day")
	press(w, "Enter")
	if list := parts[data.TeamObjective](t, w); list[0].What != "Every promise is kept on its day" || list[0].Begin != 9 {
		t.Errorf("%+v", list)
	}
	lineOf(t, p, "Nobody reads the notes")
	press(w, "Space")
	if list := parts[data.Barrier](t, w); list[0].Closed != "2026-11-17" {
		t.Errorf("%+v", list)
	}
	w.undo()
	if list := parts[data.Barrier](t, w); list[0].Closed != "" {
		t.Errorf("undo left %+v", list)
	}
	lineOf(t, p, "Strategy")
	press(w, "E")
	enter(w, "We took two tenders")
	press(w, "Enter")
	if list := parts[data.Readiness](t, w); len(list) != 1 || list[0].Level != "" || list[0].Why != "" {
		t.Errorf("what is not judged keeps a reason: %+v", list)
	}
	press(w, "R")
	checkShown(t, w, "Still true?")
	for range p.review.at {
		press(w, "Enter")
	}
	checkShown(t, w, "Next review")
	press(w, "Enter")
	if list := parts[data.TeamPlan](t, w); list[0].Reviewed != "2026-11-17" || list[0].Next != "2027-02-16" {
		t.Errorf("%+v", list)
	}
}

func TestTheTeamsPlanIsSaved(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openTraining(t, w)
	path := filepath.Join(t.TempDir(), "team.md")
	if err := (sheetSaving{sheet: p.answer.page.Sheet, now: testNow}).write(context.Background(), w.db, path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(text), "We give before we ask") {
		t.Errorf("%v: %s", err, text)
	}
}

func TestAllNotesAreAllOfThemFromWhereverOneComes(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.openAt(route{place: placeTraining}, target{tab: learnedContent})
	w.open(teamPlanRoute)
	found := false
	eachShown(w.canvas.Content(), func(o fyne.CanvasObject) {
		if item, ok := o.(*kit.NavItem); ok && item.Text == "All notes" && !found {
			found = true
			item.OnTap()
		}
	})
	p, ok := w.page().(*learned)
	if !found || !ok || p.view != learnedAll {
		t.Fatalf("All notes (%v) leads to %T", found, w.page())
	}
	checkShown(t, w, "Who can do what", "Notes and playbooks")
}
