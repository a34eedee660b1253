package data

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestCardsComeBackAsSM2Says(t *testing.T) {
	r := Rehearsal{}
	for i, c := range []struct {
		grade, times, days int
		due                string
	}{{5, 1, 1, "2026-11-17"}, {5, 2, 6, "2026-11-22"}, {5, 3, 17, "2026-12-03"}, {4, 4, 48, "2027-01-03"}, {2, 0, 1, "2026-11-17"}, {3, 1, 1, "2026-11-17"}} {
		r = r.Graded(c.grade, trainingNow)
		if r.Times != c.times || r.Days != c.days || r.Due != c.due {
			t.Errorf("after answer %d: %+v, want %+v", i+1, r, c)
		}
	}
}

func TestNoAnswerMakesACardEasierThanABetterOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Rehearsal{}
		for range rapid.IntRange(0, 20).Draw(t, "answers") {
			r = r.Graded(rapid.IntRange(-2, 8).Draw(t, "grade"), trainingNow)
			if err := r.Check(); err != nil || r.Ease < easeLeast || r.Days < 1 || r.Days > 3650 {
				t.Fatalf("%+v: %v", r, err)
			}
		}
		low := rapid.IntRange(0, 4).Draw(t, "low")
		if a, b := r.Graded(low, trainingNow), r.Graded(low+1, trainingNow); a.Days > b.Days {
			t.Fatalf("grade %d waits %d days, %d waits %d", low, a.Days, low+1, b.Days)
		}
	})
}

func TestCardsOfAMeeting(t *testing.T) {
	in := BriefInput{Meeting: Agenda{Occurrence: Occurrence{ID: "m", Start: trainingNow.Add(time.Hour)}}}
	in.Now, in.Account = trainingNow, Account{ID: "k", Name: "Kestrel"}
	in.People = []Person{{Contact: Contact{ID: "a", Name: "Anna Kessler", Role: "Director"}, Met: true}, {Contact: Contact{ID: "b", Name: "Nobody knows"}, Met: true}}
	in.Contacts = []ContactStanding{{Contact: Contact{ID: "a", Name: "Anna Kessler"}}}
	in.Promises = []Promise{{Belongs: Belongs{ID: "p", Account: "k", Contact: "a"}, By: Us, What: "Flicker report", Due: "2026-11-12"}}
	in.Library = Library{Plays: PlaysOf(nil)}
	cards := RehearsalCards(in, nil)
	want := [][2]string{{"Who is Anna Kessler?", "Director"}, {"What do we owe Anna for 12 Nov?", "Flicker report"},
		{"When we are late with a promise, question 1: what do you ask?", "What did our delay cost you?"}, {"When we are late with a promise, question 2: what do you ask?", "What would help you most until then?"}}
	if len(cards) != len(want) {
		t.Fatalf("%d cards: %+v", len(cards), cards)
	}
	var states []Rehearsal
	for i, c := range cards {
		if c.Question != want[i][0] || c.Answer != want[i][1] {
			t.Errorf("card %d is %q: %q", i, c.Question, c.Answer)
		}
		states = append(states, Rehearsal{Belongs: Belongs{ID: c.ID}}.Graded(5, trainingNow))
	}
	if left := RehearsalCards(in, states); len(left) != 0 {
		t.Errorf("what was just known is asked again: %+v", left)
	}
}
