package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// openInsights opens the page of the figures of the team.
func openInsights(t *testing.T, w *window) *insights {
	t.Helper()
	press(w, "G", "I")
	p, ok := w.page().(*insights)
	if !ok {
		t.Fatalf("the page is %T", w.page())
	}
	return p
}

// lookAtCircle makes an account the one that is looked at.
func lookAtCircle(t *testing.T, p *insights, name string) {
	t.Helper()
	for i, pt := range p.answer.Map.Points {
		if pt.Account.Name == name {
			p.chart.bubbles.Select(i)
			return
		}
	}
	t.Fatalf("%s is not on the map", name)
}

// insightWindow shows a workspace that begins on Accounts.
func insightWindow(t *testing.T, db *store.DB) *window {
	t.Helper()
	w := testWindow(t, db)
	w.open(route{place: placeAccounts})
	return w
}

func TestInsightsOfTheSample(t *testing.T) {
	w := insightWindow(t, sampleStore(t))
	p := openInsights(t, w)
	lookAtCircle(t, p, "Kestrel Museums")
	checkShown(t, w, "Profit and relationship", "Where the hours go", "Can we keep our rhythm?", "Team numbers only. Rapport has no league table.", "Goal by", "Open plan", "receipts", "Repair the tie first")
	golden(t, w, "insights-map")
	press(w, "2")
	checkShown(t, w, "Hours and rhythm", "What the hours could keep", "Who takes the hours")
	golden(t, w, "insights-effort")
	press(w, "3")
	checkShown(t, w, "At stake", "Keep or win back", "Assumed", "An hour costs")
	golden(t, w, "insights-warning")
	press(w, "4")
	checkShown(t, w, "How good is our foresight?", "Does it make a difference?", "Too few to tell", "Their day has come")
	golden(t, w, "insights-foresight")
}

func TestInsightsInTheDarkAndNarrow(t *testing.T) {
	w := insightWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	p := openInsights(t, w)
	lookAtCircle(t, p, "Kestrel Museums")
	golden(t, w, "insights-dark")
	kit.Wear(testApp, kit.NewTheme(kit.Light, 1))
	resize(w, 960, 600)
	lookAtCircle(t, p, "Quayside Ferries")
	golden(t, w, "insights-narrow")
	press(w, "3")
	golden(t, w, "insights-warning-narrow")
}

func TestCirclesAreWalkedAndOpened(t *testing.T) {
	w := insightWindow(t, sampleStore(t))
	p := openInsights(t, w)
	lookAtCircle(t, p, "Kestrel Museums")
	before := p.chart.chosen
	press(w, "Right")
	if p.chart.chosen == before || !p.chart.pops() {
		t.Error("the arrow does not walk")
	}
	press(w, "Esc")
	if p.chart.pops() {
		t.Error("Esc does not put the note away")
	}
	press(w, "Left")
	if !p.chart.pops() {
		t.Error("the note does not come back")
	}
	seen := map[string]bool{}
	press(w, "Home")
	for range p.answer.Map.Points {
		seen[p.chart.chosen] = true
		press(w, "J")
	}
	if len(seen) != len(p.answer.Map.Points) {
		t.Errorf("J goes through %d of %d", len(seen), len(p.answer.Map.Points))
	}
	lookAtCircle(t, p, "Kestrel Museums")
	press(w, "Enter")
	if w.here() != (route{place: placeAccount, id: before}) {
		t.Fatalf("Enter opens %v", w.here())
	}
	w.back()
	if w.page() != p || p.chart.chosen != before {
		t.Error("back is not where it was left")
	}
	press(w, "O")
	if a, ok := w.page().(*accountPage); !ok || !a.inPlan() {
		t.Error("O does not open the plan")
	}
}

func TestEveryFigureOpensItsReceipts(t *testing.T) {
	w := insightWindow(t, sampleStore(t))
	p := openInsights(t, w)
	lookAtCircle(t, p, "Kestrel Museums")
	for segment, want := range map[string]string{"1": "Margin on €", "2": "Hours of Tier A", "3": "How signs are counted", "4": "in rhythm"} {
		press(w, segment, "R")
		checkShown(t, w, want, "receipts")
		w.dismiss()
	}
	for _, g := range p.answer.Warnings {
		if len(g.Receipts()) == 0 {
			t.Errorf("%s has no receipts", g.Account.Name)
		}
	}
	press(w, "1", "R")
	press(w, "Down", "Enter")
}

func TestInsightsAreSaved(t *testing.T) {
	w := insightWindow(t, sampleStore(t))
	p := openInsights(t, w)
	folder := filepath.Join(t.TempDir(), "figures")
	p.askExport("/tmp")
	checkShown(t, w, "Save all charts and their data")
	enter(w, folder) // in place of what is proposed
	press(w, "Enter")
	checkShown(t, w, "Charts and data saved in")
	list, err := os.ReadDir(folder)
	if err != nil || len(list) != 24 {
		t.Fatalf("%d files, %v", len(list), err)
	}
	p.askExport("/tmp")
	enter(w, folder)
	press(w, "Enter")
	checkShown(t, w, "is there already; name another folder")
}

func TestWhatIsAssumedIsChanged(t *testing.T) {
	db := kestrelStore(t)
	w := insightWindow(t, db)
	p := openInsights(t, w)
	press(w, "3", "E")
	checkShown(t, w, "What insights assume")
	enter(w, "8")
	press(w, "Enter")
	rules, err := db.InsightRules(context.Background())
	if err != nil || rules.KeepHours != 8 {
		t.Fatalf("%+v, %v", rules, err)
	}
	checkShown(t, w, "Keeping an account takes 8 hours a year")
	press(w, "E")
	enter(w, "many")
	press(w, "Enter")
	if got, _ := db.InsightRules(context.Background()); got != rules {
		t.Errorf("%+v", got)
	}
	w.dismiss()
	w.undo()
	if p.answer.Rules != data.DefaultInsightRules {
		t.Errorf("after undo %+v", p.answer.Rules)
	}
}

func TestInsightsOfNobody(t *testing.T) {
	w := insightWindow(t, testStore(t))
	openInsights(t, w)
	checkShown(t, w, "No accounts yet", "Go to Accounts", "Team numbers only")
	golden(t, w, "insights-empty")
	press(w, "2", "3", "4", "R")
}

func TestInsightsWithoutMoney(t *testing.T) {
	w := insightWindow(t, kestrelStore(t))
	openInsights(t, w)
	checkShown(t, w, "No account's profit is known yet", "Import a list", "Say what an hour costs", "Where the hours go")
	golden(t, w, "insights-no-money")
	press(w, "3")
	checkShown(t, w, "Kestrel Museums", "not known")
	press(w, "2", "4")
	checkShown(t, w, "Nothing was scored yet")
}

func TestInsightsFailed(t *testing.T) {
	db := kestrelStore(t)
	w := insightWindow(t, db)
	db.Close()
	openInsights(t, w)
	checkShown(t, w, "Try again")
}

// manyInsights are figures of so many accounts with long names.
func manyInsights(n int) insightsAnswer {
	a := insightsAnswer{accounts: n, named: map[string]string{}}
	a.At, a.Currency, a.Rules = testNow, "EUR", data.DefaultInsightRules
	for i := range n {
		id := fmt.Sprint("a", i)
		account := data.Account{ID: id, Name: fmt.Sprintf("Maximiliane von Hohenfels-Wartburg and Sons %d, Holding", i), Tier: data.Tiers[i%3]}
		p := data.ProfitPoint{Account: account, Cents: int64((i*7919%9000)-800) * 1000, Revenue: int64(n-i) * 100_000, Quality: i * 37 % 101, Words: "€1k a year",
			Goal: i%5 == 0, GoalCents: 4_000_000, GoalQuality: 80, GoalWords: "Goal: quality 80"}
		a.Map.Points = append(a.Map.Points, p)
		a.Warnings = append(a.Warnings, data.EarlyWarning{Account: account, Chance: 0.3, Known: true, Margin: p.Cents, AtStake: p.Cents / 3,
			Signs: []data.WarningSign{{Kind: data.SignSilence, Words: strings.Repeat("silent for a long time ", 8), Chance: 0.3, Receipts: []data.Receipt{{Words: "last spoke long ago"}}}}})
	}
	return a
}

func TestTwoThousandAccountsWithLongNames(t *testing.T) {
	w := insightWindow(t, kestrelStore(t))
	p := openInsights(t, w)
	p.answer = manyInsights(2000)
	p.draw()
	w.refocus()
	golden(t, w, "insights-many")
	press(w, "Right", "Up", "End")
	if p.chart.bubbles.Chart.On != 1999 {
		t.Errorf("it is at %d", p.chart.bubbles.Chart.On)
	}
	press(w, "3")
	golden(t, w, "insights-warning-many")
	p.answer = manyInsights(3)
	p.draw()
	press(w, "1")
	golden(t, w, "insights-few")
}
