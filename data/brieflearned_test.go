package data

import (
	"slices"
	"testing"
	"time"
)

func TestABriefNamesTheNoteAndThePlayThatApplyWithTheirReason(t *testing.T) {
	in := BriefInput{Meeting: Agenda{Occurrence: Occurrence{ID: "m", Summary: "Review", Start: trainingNow.Add(time.Hour), End: trainingNow.Add(2 * time.Hour)}}}
	in.Now, in.Account = trainingNow, Account{ID: "k", Name: "Kestrel Museums"}
	in.Promises = []Promise{{Belongs: Belongs{ID: "p", Account: "k"}, By: Us, What: "Flicker report", Due: "2026-11-12"}}
	in.Library = Library{Plays: PlaysOf(nil), Notes: []TrainingNote{
		{Belongs: Belongs{ID: "n"}, Title: "Lux and UV", Accounts: []string{"Kestrel Museums"}}, {Belongs: Belongs{ID: "o"}, Title: "Elsewhere", Accounts: []string{"Quayside"}},
		{Belongs: Belongs{ID: "s"}, Title: "Only of the stage", Stages: []string{"know", "interest", "trust"}},
	}}
	section := func(b Brief) (s SheetSection) {
		for _, s := range b.Sections {
			if s.Key == BriefLearned {
				return s
			}
		}
		return s
	}
	var got []string
	for _, l := range section(ComposeBrief(in)).Lines {
		got = append(got, l.Lead+": "+l.Text+": "+l.Below)
	}
	want := []string{"Note: Lux and UV: Written for Kestrel Museums", "Play: When we are late with a promise: Flicker report is 4 days over · begin with: tell them before they ask"}
	if !slices.Equal(got, want) {
		t.Errorf("it names %q", got)
	}
	in.Library = Library{}
	if s := section(ComposeBrief(in)); s.Key != "" {
		t.Errorf("where nothing was learned it says %v", s)
	}
}
