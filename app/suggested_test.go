package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

// toSuggested opens an account's first tab, and stands on its first suggestion.
func toSuggested(t *testing.T, w *window) *overview {
	t.Helper()
	w.open(route{place: placeAccount, id: "km"})
	o := w.page().(*accountPage).overview
	for range 30 {
		if o.current().kind == overviewSuggested {
			return o
		}
		press(w, "J")
	}
	t.Fatal("no suggestion can be reached by J")
	return o
}

func TestTheOverviewShowsWhatIsWorthDoing(t *testing.T) {
	w := testWindow(t, nurtureStore(t))
	toSuggested(t, w)
	checkShown(t, w, "Worth doing", "nothing is sent by itself", "Write to Beatrice after your first meeting", "your first meeting was on 14 Nov",
		"Plan the talk about renewal with Anna", "what they have with you ends on", "Draft", "Add a step")
	golden(t, w, "account-overview-suggested")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	golden(t, w, "account-overview-suggested-dark")
}

func TestASuggestionOfAnAccountBecomesADraft(t *testing.T) {
	w := testWindow(t, nurtureStore(t))
	toSuggested(t, w)
	press(w, "Enter")
	checkShown(t, w, "beatrice@kestrel.example", "Our meeting", "Thank you for the time on 14 Nov")
}

func TestASuggestionOfAnAccountBecomesAStepOnce(t *testing.T) {
	db := nurtureStore(t)
	w := testWindow(t, db)
	o := toSuggested(t, w)
	press(w, "J")
	if s := o.current().suggested; s.Trigger != nurture.Renewal {
		t.Fatalf("the row below is %q", s.Words)
	}
	press(w, "Enter")
	due(t, db, 1)
	steps, err := store.Parts[data.Step](context.Background(), db, store.PartQuery{Account: "km"})
	if err != nil || len(steps) != 1 || steps[0].What != "Plan the talk about renewal with Anna" {
		t.Errorf("%+v: %v", steps, err)
	}
	if len(o.suggested) != 1 {
		t.Errorf("%d suggestions are left, want 1", len(o.suggested))
	}
}

func TestASuggestionOfAnAccountIsPutOffAndShowsItsReceipt(t *testing.T) {
	w := testWindow(t, nurtureStore(t))
	o := toSuggested(t, w)
	press(w, "S")
	checkShown(t, w, "Not now, again in two weeks", "I did it", "Never for Beatrice Holm")
	press(w, "Esc")
	press(w, "O")
	if !o.p.inTimeline() {
		t.Error("the visit that it rests on is not shown")
	}
}
