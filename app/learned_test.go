package app

import (
	"testing"

	"rapport/app/kit"
	"rapport/data"
)

// openLearned goes to what the team learned by its keys.
func openLearned(t *testing.T, w *window) *learned {
	t.Helper()
	w.open(route{place: placeToday})
	press(w, "G R")
	p, ok := w.page().(*learned)
	if !ok {
		t.Fatalf("G R leads to %T", w.page())
	}
	return p
}

func TestLearnedPage(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	openLearned(t, w)
	checkShown(t, w, "Who can do what", "When we are late with a promise", "Did it help?", "7 helped", "Next session", "We expect")
	golden(t, w, "learned")
}

func TestLearnedPageDark(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	kit.Wear(testApp, kit.NewTheme(kit.Dark, 1))
	openLearned(t, w)
	golden(t, w, "learned-dark")
}

func TestLearnedPageNarrow(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	resize(w, 960, 600)
	openLearned(t, w)
	golden(t, w, "learned-narrow")
}

func TestLearnedPageEmptyAndFailed(t *testing.T) {
	db := testStore(t)
	w := testWindow(t, db)
	openLearned(t, w)
	checkShown(t, w, "Nobody has written down yet who can do what", "First hundred days")
	golden(t, w, "learned-empty")
	db.Close()
	w = testWindow(t, db)
	w.open(route{place: placeTraining})
	checkShown(t, w, "Try again")
}

func TestWhatWasLearnedIsWalkedAndChangedByKeyboard(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	p := openLearned(t, w)
	first := p.row().id()
	if first != "play-late-promise" {
		t.Fatalf("it stands on %s", first)
	}
	press(w, "J")
	if p.row().entry.Title != "Lux and UV, to a conservator" {
		t.Errorf("J leads to %s", p.row().entry.Title)
	}
	checkShown(t, w, "Say hours of light in a year, never watts.", "Ask me what it does to the paper, not what it costs.")
	press(w, "F")
	for _, r := range p.rows {
		if r.wide == nil && r.entry.Meeting.ID == "" {
			t.Errorf("%s is shown, which no meeting asks for", r.entry.Title)
		}
	}
	p.show(learnedSessions)
	checkShown(t, w, "Price without fear", "Outside voice, room")
	p.show(ofLevel + "new here")
	press(w, "F")
	p.stand("play-first-meeting")
	press(w, "Delete")
	checkShown(t, w, "Play retired: “First meeting”")
	for _, e := range p.answer.all {
		if e.ID == "play-first-meeting" {
			t.Error("a retired play is listed")
		}
	}
	press(w, "W")
	if _, ok := w.page().(*training); !ok {
		t.Errorf("W leads to %T", w.page())
	}
}

// TestAPlanLeadsToWhatTheTeamLearned opens the play that a plan names.
func TestAPlanLeadsToWhatTheTeamLearned(t *testing.T) {
	w := testWindow(t, sampleStore(t))
	p := openPlan(t, w, "Kestrel Museums")
	section, ok := p.answer.page.Section(data.PlanLearned)
	if !ok || len(section.Lines) == 0 {
		t.Fatalf("the plan names nothing: %+v", section)
	}
	line := section.Lines[0]
	d, ok := p.deeds(line.Kind, line.ID)
	if !ok {
		t.Fatalf("nothing can be done with %+v", line)
	}
	d.edit()
	page, ok := w.page().(*learned)
	if !ok || page.row().id() != line.ID {
		t.Fatalf("%s leads to %T, row %q", line.Text, w.page(), page.row().id())
	}
}

// TestAPlayIsMadeOfAStretchOfATimeline names it, words it and finds it in the library.
func TestAPlayIsMadeOfAStretchOfATimeline(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	w.open(route{place: placeAccount, id: accountNamed(t, w.db, "Kestrel Museums").ID})
	press(w, "2")
	page := w.page().(*accountPage)
	for range 12 {
		press(w, "J")
	}
	page.timeline.play()
	enter(w, "Late with a report")
	press(w, "Enter")
	checkShown(t, w, "New play", "Late with a report", "The timeline of Kestrel Museums")
	press(w, "Enter")
	for _, p := range parts[data.Play](t, w) {
		if p.Name == "Late with a report" && len(p.StepList()) > 1 && p.By == "Maya Lindqvist" {
			return
		}
	}
	t.Fatalf("no such play is kept: %+v", parts[data.Play](t, w))
}

// TestAMeetingOfTheCalendarBecomesASession has its people and times with it.
func TestAMeetingOfTheCalendarBecomesASession(t *testing.T) {
	w := testWindow(t, sampleCopy(t))
	w.open(route{place: placeCalendar})
	page := w.page().(*calendarPage)
	m, ok := page.page.Entry(page.current)
	if !ok {
		t.Fatal("no meeting is in view")
	}
	page.session()
	press(w, "Enter")
	for _, s := range parts[data.Session](t, w) {
		if s.Interaction == m.Meeting.ID && s.Title != "" && len(s.Attendees) > 0 && s.Minutes == int(m.Meeting.End.Sub(m.Meeting.Start).Minutes()) {
			return
		}
	}
	t.Fatalf("no session of %q is kept: %+v", m.Meeting.Summary, parts[data.Session](t, w))
}
