package app

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rapport/data"
)

func TestAPastDayIsShownAndNothingOfItCanBeChanged(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	press(w, "H")
	checkShown(t, w, "You see 16 November 2026.", "Nothing can be changed here.", "Mon 16 Nov", "Back to today")
	press(w, "Left")
	if p.p.back.at.Day() != 15 {
		t.Errorf("it shows %s", p.p.back.at)
	}
	press(w, "O", "Delete", "P", "N", "C", "E", "Space")
	p.p.addPromise()
	if w.canvas.Overlays().Top() != nil {
		t.Error("a past day can be changed")
	}
	w.undo()
	checkShown(t, w, "You see 15 November 2026. Nothing can be changed here")
	press(w, "Esc")
	if p.p.back.on() {
		t.Error("Esc does not go back to today")
	}
	w.status.clear()
	checkAbsent(t, w, "You see 15 November 2026.")
}

func TestThePastShowsOnEveryTab(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	now := p.timeline.answer
	press(w, "H", "<", "<")
	golden(t, w, "account-back-overview")
	for _, key := range []string{"2", "3", "4"} {
		press(w, key)
		checkShown(t, w, "Wed 16 Sep", "You see 16 September 2026.")
		if key == "2" {
			golden(t, w, "account-back-timeline")
			p.timeline.inspector.draw()
			for _, offered := range []string{"Answer", "Keep as a promise", "Move", "Edit"} {
				if hasText(w, offered) {
					t.Errorf("a past day offers %q", offered)
				}
			}
			for _, c := range p.timeline.inspector.commands() {
				if slices.Contains([]string{"Answer this mail", "Move to another account", "Not this account", sharingName, neverAgainName}, c.name) && c.applies() {
					t.Errorf("the menu of a past day offers %q", c.name)
				}
			}
			for _, i := range p.timeline.answer.items {
				if i.RecordedAt.After(p.back.at) && i.At.After(p.back.at) {
					t.Errorf("%s was not known then", i.Subject)
				}
			}
			if len(p.timeline.answer.items) == 0 || len(p.timeline.answer.items) == len(now.items) {
				t.Errorf("the timeline has %d entries", len(p.timeline.answer.items))
			}
		}
	}
	golden(t, w, "account-back-people")
	press(w, "5")
	if p.back.on() {
		t.Error("value has no past, but one is shown")
	}
}

func TestTheLineOfDaysIsDragged(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	p := w.page().(*accountPage)
	press(w, "H")
	line := p.back.line
	line.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(-50, 5)}})
	if data.DaysBetween(p.back.at, p.answer.begins) != 0 || line.Back != line.Days {
		t.Errorf("at its beginning the line shows %s, and something is known since %s", p.back.at, p.answer.begins)
	}
	line.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(line.Size().Width/2, 5)}})
	if half := line.Days / 2; line.Back < half-5 || line.Back > half+5 {
		t.Errorf("in the middle it is %d of %d days back", line.Back, line.Days)
	}
	line.Tapped(&fyne.PointEvent{Position: fyne.NewPos(line.Size().Width, 5)})
	if p.back.on() {
		t.Error("at the end of the line is not today")
	}
	press(w, "H")
	w.open(route{place: placeAccounts})
	if p.back.on() || strings.Contains(strings.Join(shownTexts(w), " "), "You see") {
		t.Error("the past is still there after the page was left")
	}
}
