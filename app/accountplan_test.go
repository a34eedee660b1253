package app

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
)

// openPlan opens the Plan tab of an account by its key.
func openPlan(t *testing.T, w *window, name string) *planTab {
	t.Helper()
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, name).ID})
	press(w, "3")
	p := w.page().(*accountPage)
	if !p.inPlan() {
		t.Fatal("key 3 does not open the Plan tab")
	}
	return p.plan
}

func TestPlanPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openPlan(t, w, "Kestrel Museums")
	checkShown(t, w, "Who and why", "Their world", "Objectives", "No visible flicker in any hall before 12 March", "Halls steady",
		"Anna read this plan on", "Before you rely on it", "Objective 2 asks before it proves", "Does the customer know this plan?", "Recent changes", "Next review")
	checkAbsent(t, w, "They received") // further down
	golden(t, w, "account-plan")
}

func TestPlanPageDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openPlan(t, w, "Kestrel Museums")
	press(w, "End")
	golden(t, w, "account-plan-dark")
}

func TestPlanPageEmpty(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	openPlan(t, w, "Kestrel Museums")
	checkShown(t, w, "They have not seen this plan", "Write down what they want to reach this year", "Nobody said why there is a plan")
	golden(t, w, "account-plan-empty")
}

func TestPlanPageNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openPlan(t, w, "Kestrel Museums")
	golden(t, w, "account-plan-narrow")
}

func TestPlanPageFailed(t *testing.T) {
	db := loggedStore(t)
	w := testWindow(t, db)
	w.open(route{place: placeAccount, id: "k"})
	db.Close()
	press(w, "3")
	checkShown(t, w, "Try again")
	golden(t, w, "account-plan-failed")
}

// TestPlanPageOfLongWords fills every section with more than it has room for.
func TestPlanPageOfLongWords(t *testing.T) {
	w := testWindow(t, longPlanStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	golden(t, w, "account-plan-long")
	resize(w, 960, 600)
	press(w, "End")
	golden(t, w, "account-plan-long-narrow")
	resize(w, 1280, 800)
	onLine(t, p, "and 3 more")
	press(w, "Enter")
	if l := p.row().on(0); p.row().more || l.Kind != data.KindFact {
		t.Fatalf("Enter on the line that counts the rest stands on %+v", l)
	}
	press(w, "E")
	checkShown(t, w, "Edit this fact", "5 whoever knows the halls")
}

// longPlanStore is a workspace whose one account has a plan of long words and many
// lines.
func longPlanStore(t *testing.T) *store.DB {
	t.Helper()
	db := loggedStore(t)
	long := strings.TrimSpace(strings.Repeat("whoever knows the halls, the wards and the piers of a customer saves their people a second visit ", 2))
	who := "Maximiliane von Ehrenfeld-Hohenstaufen"
	of := func(id string) data.Belongs { return data.Belongs{ID: id, Account: "k"} }
	var list []data.Part
	for i := range 8 {
		n := strconv.Itoa(i)
		list = append(list,
			data.Fact{Belongs: of("f" + n), Name: "goal", Value: n + " " + long, On: "2026-01-10", Source: who},
			data.Need{Belongs: of("n" + n), Title: n + " " + long, Words: long, Obstacle: long, Expects: long, On: "2026-11-10"},
			data.Step{Belongs: of("s" + n), What: n + " " + long, Due: "2026-12-0" + strconv.Itoa(i+1), Owners: []string{who, "Priya Raman"}},
			data.Risk{Belongs: of("r" + n), What: n + " " + long, Meets: long, Chance: 25, Owner: who, On: "2026-11-10"},
			data.ValueEntry{Belongs: of("v" + n), To: data.Customer, What: n + " " + long, Amount: 123456, Unit: "kilowatt hours a year", On: "2026-11-10", Evidence: long},
			data.Promise{Belongs: of("p" + n), By: data.Us, What: n + " " + long, Due: "2026-12-01", Owner: who})
	}
	for i := range 3 {
		n := strconv.Itoa(i)
		list = append(list, data.Objective{Belongs: of("o" + n), What: n + " " + long, Ours: long, Measure: "Kilowatt hours saved in all halls", Begin: 1, Current: 123456, Target: 234567, By: "2027-03-01", Owner: who, Place: i + 1})
	}
	keepParts(t, db, func(tx *store.Tx) error {
		_, err := tx.PutPlan(data.Plan{Belongs: data.Belongs{Account: "k"}, Why: long, From: long, To: long})
		return err
	}, list...)
	return db
}

// onLine stands on a line of the plan by its words.
func onLine(t *testing.T, p *planTab, words string) {
	t.Helper()
	for i, r := range p.rows {
		if strings.Contains(r.on(0).Text, words) && r.key != "" {
			p.list.Select(i)
			return
		}
	}
	t.Fatalf("no line says %q", words)
}

func TestAPlanIsWrittenByKeyboard(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "E")
	enter(w, "No flicker before the loan")
	press(w, "Enter")
	if list := parts[data.Plan](t, w); len(list) != 1 || list[0].Why != "No flicker before the loan" {
		t.Fatalf("%+v", list)
	}
	for _, what := range []string{"Halls steady for good", "Less energy", "Own staff"} {
		press(w, "O")
		enter(w, what)
		press(w, "Enter")
	}
	if list := parts[data.Objective](t, w); len(list) != 3 {
		t.Fatalf("%+v", list)
	}
	press(w, "O")
	checkShown(t, w, "A plan has at most three objectives")
	press(w, "T")
	golden(t, w, "account-plan-step")
	enter(w, "Night test")
	press(w, "Enter")
	onLine(t, p, "Night test")
	press(w, "Space")
	if list := parts[data.Step](t, w); len(list) != 1 || list[0].Done != "2026-11-17" {
		t.Fatalf("%+v", list)
	}
	w.undo()
	onLine(t, p, "Night test")
	press(w, "Delete")
	if list := parts[data.Step](t, w); list[0].Dropped == "" || list[0].Done != "" {
		t.Fatalf("%+v", list)
	}
}

func TestKeysGoOnWithWhatWasAddedAndStayInTheSection(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	add := func(key, what string) {
		t.Helper()
		press(w, key)
		enter(w, what)
		press(w, "Enter")
		if got := p.row().line.Text; got != what {
			t.Fatalf("after adding %q keys act on %q", what, got)
		}
	}
	for _, what := range []string{"Halls steady for good", "Less energy", "Own staff"} {
		add("O", what)
	}
	add("T", "Night test")
	onLine(t, p, "Own staff")
	for _, left := range []string{"Less energy", "Halls steady for good"} { // the last is gone: the one before
		press(w, "Delete")
		if got := p.row().line.Text; got != left {
			t.Fatalf("after deleting keys act on %q, not on %q", got, left)
		}
	}
	press(w, "Delete")
	if got := p.row(); got.section.Key != data.PlanGoals || got.kind != planNothing {
		t.Fatalf("with no objective left keys act on %q", got.key)
	}
}

func TestAReviewAsksAboutEachSectionAndSetsTheNextDate(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	keepParts(t, w.db, func(*store.Tx) error { return nil },
		data.Fact{Belongs: data.Belongs{ID: "old", Account: "k"}, Name: "goal", Value: "Free entry until 2028", On: "2026-01-10", Source: "Annual report"},
		data.Need{Belongs: data.Belongs{ID: "need", Account: "k"}, Title: "Light for the wall", Words: "Light for the wall", On: "2026-01-10"},
		data.Risk{Belongs: data.Belongs{ID: "risk", Account: "k"}, What: "They may leave", On: "2026-01-10"},
		data.ValueEntry{Belongs: data.Belongs{ID: "value", Account: "k"}, To: data.Customer, What: "Energy saved", Evidence: "meters", On: "2026-01-10"})
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "R")
	checkShown(t, w, "Still true?", "3:00")
	for range p.review.at {
		press(w, "Enter")
	}
	checkShown(t, w, "Next review")
	press(w, "Enter")
	if list := parts[data.Plan](t, w); len(list) != 1 || list[0].Reviewed != "2026-11-17" || list[0].Next == "" {
		t.Fatalf("%+v", list)
	}
	fact, need, risk, value := parts[data.Fact](t, w)[0].On, parts[data.Need](t, w)[0].On, parts[data.Risk](t, w)[0].On, parts[data.ValueEntry](t, w)[0].On
	if fact != "2026-11-17" || need != "2026-11-17" || risk != "2026-11-17" || value != "2026-01-10" {
		t.Errorf("still true since %s, %s, %s; proven on %s", fact, need, risk, value)
	}
}

func TestACorrectionIsTakenOver(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	keepParts(t, w.db, func(*store.Tx) error { return nil },
		data.Step{Belongs: data.Belongs{ID: "test", Account: "k"}, What: "Night test", Due: "2026-12-01"},
		data.Correction{Belongs: data.Belongs{ID: "c", Account: "k"}, Key: "step/test", Register: "what", Section: data.PlanSteps, Was: "Night test", Becomes: "Night test with guards", On: "2026-11-16", By: "Anna Kessler"})
	openPlan(t, w, "Kestrel Museums")
	checkShown(t, w, "Anna writes: Night test with guards")
	press(w, "X")
	menu := w.canvas.Focused()
	if menu == nil {
		t.Fatal("key X opens no menu that keys reach")
	}
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s, err := store.PartByID[data.Step](context.Background(), w.db, "test"); err != nil || s.What != "Night test with guards" {
		t.Fatalf("%+v, %v", s, err)
	}
	checkAbsent(t, w, "Anna writes")
}

func TestAPlanIsSaved(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	for _, ending := range sheetEndings {
		path := filepath.Join(t.TempDir(), "plan"+ending)
		s := sheetSaving{account: p.p.id, sheet: p.answer.page.Sheet, now: testNow, correctable: true}
		if err := s.write(context.Background(), w.db, path); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(path); err != nil || len(b) < 1000 {
			t.Errorf("%s: %d bytes, %v", ending, len(b), err)
		}
	}
}

func TestWhatTheyWillSeeIsShownBeforeItIsSaved(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "Y")
	checkShown(t, w, "What Anna will see", "Save this page")
	golden(t, w, "account-plan-preview")
	shown := map[string]bool{}
	for _, r := range p.preview.rows {
		for _, l := range append(r.pair[:], r.line) {
			shown[l.Text] = true
			if word := data.SaysInside(l.Plain()); word != "" || l.Inside {
				t.Errorf("they would see %q", l.Text)
			}
		}
	}
	for _, s := range data.JointSheet(p.answer.page.Sheet, testNow).Sections {
		for _, l := range s.Whole() {
			if !shown[l.Text] {
				t.Errorf("%q is on their page and not in the preview", l.Text)
			}
		}
	}
	w.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.preview.save()
	checkShown(t, w, "Save what they will see of Kestrel Museums")
	press(w, "Esc", "Esc")
	if p.preview != nil {
		t.Error("Esc does not go back to the plan")
	}
}

func TestAHandOverSaysWhatIsMissing(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	p.p.handover()
	checkShown(t, w, "Hand over Kestrel Museums", "For a colleague who takes the account over", "Nothing is written yet under")
}

func TestANewPlanAsksWhatIsNotKnown(t *testing.T) {
	w := testWindow(t, loggedStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	checkShown(t, w, "Begin a plan")
	p.p.w.beginPlan(p.answer.in)
	golden(t, w, "account-plan-begin")
	enter(w, "No flicker before the loan")
	press(w, "Enter")
	if list := parts[data.Plan](t, w); len(list) != 1 || list[0].Why != "No flicker before the loan" {
		t.Fatalf("%+v", list)
	}
	checkAbsent(t, w, "Begin a plan")
}

// TestWhoElseIsAtWorkIsSaid takes what others changed lately, and not what is our own,
// old or of nobody.
func TestWhoElseIsAtWorkIsSaid(t *testing.T) {
	now := sample.Today
	line := func(id string) data.SheetChange {
		return data.SheetChange{Kind: data.KindStep, ID: id, Label: "Next 90 days"}
	}
	for name, c := range map[string]struct {
		last store.LastChange
		want string
	}{
		"another, a moment ago": {store.LastChange{Actor: "Elin Sandvik", Wrote: now.Add(-6 * time.Minute)}, "Elin changed “Next 90 days” 6 min ago"},
		"another, an hour ago":  {store.LastChange{Actor: "Elin Sandvik", Wrote: now.Add(-time.Hour)}, ""},
		"we":                    {store.LastChange{Actor: store.ActorHere, Wrote: now.Add(-time.Minute)}, ""},
		"nobody knows who":      {store.LastChange{Wrote: now.Add(-time.Minute)}, ""},
	} {
		one := line("s")
		recent := recentChanges{known: true, list: []data.SheetChange{line("nobody's"), one}, who: map[string]store.LastChange{one.Key(): c.last}}
		if got := recent.others(now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// What somebody said has their name beside it; all else cites what it rests on.
func TestEveryLineOfAPlanSaysWhereItIsFromAndHowOldItIs(t *testing.T) {
	db, ctx := sampleStore(t), t.Context()
	accounts, err := db.Accounts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, a := range accounts {
		in, err := db.PlanInput(ctx, a.ID, testNow)
		if err != nil {
			t.Fatal(err)
		}
		page := data.ComposePlan(in)
		cited := map[int]bool{}
		for _, s := range page.Sections {
			for _, l := range s.Whole() {
				cited[l.Source] = true
				if l.Bar != nil && l.Bar.Balance { // it says what it is made from
					continue
				}
				if lines++; l.Source == 0 && l.Said == "" {
					t.Errorf("%s, %s: %q is from nowhere", a.Name, s.Label, l.Text)
				}
				if said := l.Kind == data.KindFact || l.Kind == data.KindNeed || l.Kind == data.KindFeedback; l.Source == 0 && !said {
					t.Errorf("%s, %s: %q says nothing of where it is from", a.Name, s.Label, l.Text)
				}
				if l.ID != "" && l.On == "" && s.Key != data.PlanLearned {
					t.Errorf("%s, %s: %q does not say how old it is", a.Name, s.Label, l.Text)
				}
				if old := data.DaysBetween(dated(t, l.On), testNow); l.On != "" && (old > data.FactsStale) != (l.Age > 0) {
					t.Errorf("%s, %s: %q is %d days old and says %d", a.Name, s.Label, l.Text, old, l.Age)
				}
			}
		}
		for i, source := range page.Sources {
			if source.N != i+1 || !cited[source.N] || source.Words == "" {
				t.Errorf("%s: source %+v is in place %d", a.Name, source, i+1)
			}
		}
	}
	if lines < 100 {
		t.Errorf("only %d lines were looked at", lines)
	}
}

func dated(t *testing.T, date string) time.Time {
	t.Helper()
	if date == "" {
		return time.Time{}
	}
	day, err := time.ParseInLocation(time.DateOnly, date, testNow.Location())
	if err != nil {
		t.Fatal(err)
	}
	return day
}
