package data

import (
	"testing"
	"time"
)

func TestARoundOfRehearsal(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)
	r := NewRehearsalRound([]Card{{ID: "a", Question: "Who is Anna?", Answer: "Champion"}, {ID: "b", Question: "What do we owe?", Answer: "A report", State: Rehearsal{Times: 1, Days: 1, Ease: 2.5}}})
	step := func(answer int, words, id string, due string) {
		t.Helper()
		if got := r.Progress(); got != words {
			t.Errorf("it says %q, want %q", got, words)
		}
		if keep := r.Answer(answer, now); keep.ID != id || keep.Due != due {
			t.Errorf("kept is %+v, want %s on %s", keep, id, due)
		}
	}
	step(9, "Card 1 of 2 · about 20 s left", "", "") // no such answer
	step(0, "Card 1 of 2 · about 20 s left", "a", "2026-11-18")
	step(3, "Card 2 of 3 · about 20 s left", "b", "2026-11-23")
	if c, ok := r.Card(); !ok || c.ID != "a" || !r.Practice() || r.Done() < 0.6 || r.Done() > 0.7 {
		t.Errorf("asked is %+v, %v at %v", c, ok, r.Done())
	}
	step(0, "Card 3 of 3 · once more · about 10 s left", "", "")
	if _, ok := r.Card(); ok || r.Done() != 1 || r.Progress() != "2 cards rehearsed" {
		t.Errorf("at the end it says %q", r.Progress())
	}
	if got := r.Outcome(now); got != "1 at once and 1 not known. The first comes back on 18 Nov" {
		t.Errorf("the outcome is %q", got)
	}
	step(0, "2 cards rehearsed", "", "")
	if got := NewRehearsalRound(nil).Outcome(now); got != "Nothing was answered" {
		t.Errorf("of none it is %q", got)
	}
	twelve := NewRehearsalRound(make([]Card, CardsMost))
	if got := twelve.Progress(); got != "Card 1 of 12 · about 2 min left" {
		t.Errorf("twelve: %q", got)
	}
}
