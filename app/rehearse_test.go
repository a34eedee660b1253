package app

import (
	"testing"

	"rapport/app/kit"
	"rapport/data"
)

// TestAMeetingIsRehearsedByKeysAlone: from its brief, question by question; what
// was not known comes once more, and what was answered is kept.
func TestAMeetingIsRehearsedByKeysAlone(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	w.openBrief(kestrelMeeting(t, db).ID)
	press(w, "Q")
	checkShown(t, w, "Rehearse: Winter loan lighting review", "Show the answer", "Card 1 of 11 · about 2 min left", "Who is Anna Kessler?")
	golden(t, w, "rehearse")
	press(w, "4") // not before the answer is seen
	checkShown(t, w, "Card 1 of 11 · about 2 min left")
	press(w, "Space")
	checkShown(t, w, "Director of facilities", "Not known", "With effort", "Known", "At once")
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	golden(t, w, "rehearse-dark")
	press(w, "1")
	checkShown(t, w, "Card 2 of 12 · about 2 min left")
	for range 10 {
		press(w, "Space", "4")
	}
	checkShown(t, w, "Card 12 of 12 · once more · about 10 s left", "Who is Anna Kessler?")
	press(w, "Enter", "3")
	checkShown(t, w, "Done", "11 cards rehearsed", "10 at once and 1 not known. The first comes back on 18 Nov.")
	press(w, "Enter")
	if topOverlay(w.canvas) != nil {
		t.Error("it still floats")
	}
	kept := parts[data.Rehearsal](t, w)
	forgotten := 0
	for _, r := range kept {
		if r.Times == 0 {
			forgotten++
		}
	}
	if len(kept) != 11 || forgotten != 1 {
		t.Errorf("%d cards are kept, %d of them forgotten", len(kept), forgotten)
	}
	press(w, "Q")
	checkAbsent(t, w, "Who is Anna Kessler?") // it comes back tomorrow
}

func TestARehearsalIsLeftAtAnyTime(t *testing.T) {
	db := sampleCopy(t)
	w := testWindow(t, db)
	w.openBrief(kestrelMeeting(t, db).ID)
	press(w, "Q", "Space", "3", "Esc")
	if topOverlay(w.canvas) != nil {
		t.Error("it still floats")
	}
	if kept := parts[data.Rehearsal](t, w); len(kept) != 1 || kept[0].Times != 1 {
		t.Errorf("kept are %+v", kept)
	}
}
