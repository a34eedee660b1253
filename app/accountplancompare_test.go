package app

import (
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func TestTwoDaysOfAPlanAreCompared(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "D")
	checkShown(t, w, "Now", "Bring back")
	golden(t, w, "account-plan-compare")
	from := p.compare.from
	press(w, "<", ",")
	if want := from.AddDate(0, -1, -1); !p.compare.from.Equal(want) {
		t.Errorf("the first day is %s, not %s", p.compare.from, want)
	}
	press(w, "Right", "<")
	if p.compare.to.IsZero() || !p.compare.to.Before(w.now()) {
		t.Errorf("the second day is %s", p.compare.to)
	}
	press(w, ".", ".", ".", ">")
	if !p.compare.to.IsZero() {
		t.Errorf("the second day went on to %s", p.compare.to)
	}
	press(w, "Esc")
	if p.compare != nil {
		t.Error("Esc does not go back to the plan")
	}
	checkShown(t, w, "Who and why")
}

func TestASectionIsBroughtBackWithOneUndo(t *testing.T) {
	now := testNow.AddDate(0, -2, 0)
	w := testWindow(t, loggedStore(t))
	step := data.Step{Belongs: data.Belongs{ID: "test", Account: "k", RecordedAt: now}, What: "Night test", Due: "2026-12-01"}
	keepParts(t, w.db, func(*store.Tx) error { return nil }, step)
	step.RecordedAt = time.Time{}
	step.Due = "2026-12-24"
	keepParts(t, w.db, func(*store.Tx) error { return nil }, step, data.Step{Belongs: data.Belongs{ID: "guards", Account: "k"}, What: "Tell the guards", Due: "2026-12-02"})
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "D")
	checkShown(t, w, "Night test", "was not there", "17 Nov")
	for i, r := range p.compare.rows {
		if r.section == data.PlanSteps && r.change != nil {
			p.compare.list.Select(i)
		}
	}
	press(w, "U")
	if list := parts[data.Step](t, w); len(list) != 1 || list[0].Due != "2026-12-01" {
		t.Fatalf("brought back are %+v", list)
	}
	w.undo()
	if list := parts[data.Step](t, w); len(list) != 2 {
		t.Fatalf("after undo there are %+v", list)
	}
}
