package app

import (
	"context"
	"testing"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// toHeard shows what waits to be heard, and stands on its first line.
func toHeard(t *testing.T, w *window) *feedback {
	t.Helper()
	w.open(route{place: placeFeedback})
	p := w.page().(*feedback)
	p.show(viewHeard)
	if !p.onHeard() {
		t.Fatal("no proposal is in view")
	}
	return p
}

func TestFeedbackProposesWhatWasHeard(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	toHeard(t, w)
	checkShown(t, w, "Heard, to confirm", "Heard in their mail", "Nothing is kept before you say so", "No feedback", "Keep")
	golden(t, w, "feedback-heard")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	golden(t, w, "feedback-heard-dark")
}

func TestAProposalIsKeptOrDropped(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	p := toHeard(t, w)
	heard := len(p.answer.heard)
	first := *p.current().heard
	press(w, "Y")
	if len(p.answer.heard) != heard-1 {
		t.Fatalf("%d proposals wait, want %d", len(p.answer.heard), heard-1)
	}
	list, err := store.Parts[data.Feedback](context.Background(), db, store.PartQuery{Interaction: first.Feedback.Interaction})
	if err != nil || len(list) != 1 || list[0].Words != first.Feedback.Words {
		t.Errorf("%+v: %v", list, err)
	}
	w.undo()
	if len(p.answer.heard) != heard {
		t.Fatalf("kept and undone, %d proposals wait, want %d", len(p.answer.heard), heard)
	}
	p.show(viewHeard)
	press(w, "X")
	if len(p.answer.heard) != heard-1 {
		t.Errorf("dropped, %d proposals wait, want %d", len(p.answer.heard), heard-1)
	}
	w.undo()
	if len(p.answer.heard) != heard {
		t.Errorf("dropped and undone, %d proposals wait, want %d", len(p.answer.heard), heard)
	}
}
