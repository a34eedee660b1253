package data

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// roomOf is a meeting of Maya and Tomas with Anna and Beatrice.
func roomOf(start time.Time) Agenda {
	who := func(name string, side Side) Participant {
		email := strings.ToLower(FirstName(name)) + "@" + string(side) + ".example"
		p := Participant{Address: Address{Name: name, Email: email}, Part: "attendee", Side: side}
		if side != Us {
			p.Contact = "c-" + strings.ToLower(FirstName(name))
		}
		return p
	}
	return Agenda{
		Occurrence: Occurrence{ID: "m", Start: start, End: start.Add(time.Hour)}, Account: Account{ID: "k"},
		People: []Participant{who("Maya Lindqvist", Us), who("Tomas Okafor", Us), who("Anna Kessler", Customer), who("Beatrice Holm", Customer)},
	}
}

func TestWhatWasAgreedGoesWhereItBelongs(t *testing.T) {
	m := roomOf(tuesday)
	got := Understand(Outcome{
		Decisions: []string{" Hall 2 gets the  new bus ", ""}, We: []string{"Tomas sends the flicker report to Beatrice by Friday"}, They: []string{"Anna names the budget holder, 1 Dec"},
		Next: []string{"Night test with Anna, 24 Nov"}, Feedback: []string{"“You answer faster than anybody.”"}, There: []string{"anna@customer.example"}, Absent: []string{"beatrice@customer.example"}, By: "Maya Lindqvist",
	}, m, Debrief{}, tuesday)
	d := got.Debrief
	if d.ID != DebriefID("m") || d.Account != "k" || d.Interaction != "m" || d.On != "2026-11-17" || !slices.Equal(d.Decisions, []string{"Hall 2 gets the new bus"}) || len(d.Feedback) != 1 {
		t.Errorf("debrief: %+v", d)
	}
	if len(got.Promises) != 2 || len(got.Steps) != 1 {
		t.Fatalf("%d promises, %d steps", len(got.Promises), len(got.Steps))
	}
	ours, theirs := got.Promises[0], got.Promises[1]
	if ours.By != Us || ours.Owner != "Tomas Okafor" || ours.Contact != "c-beatrice" || ours.Due != "2026-11-20" || ours.What != "Tomas sends the flicker report to Beatrice" || ours.Interaction != "m" || ours.Made != "2026-11-17" {
		t.Errorf("ours: %+v", ours)
	}
	if theirs.By != Customer || theirs.Contact != "c-anna" || theirs.Due != "2026-12-01" || theirs.What != "Anna names the budget holder" || theirs.Owner != "" {
		t.Errorf("theirs: %+v", theirs)
	}
	step := got.Steps[0]
	if step.What != "Night test with Anna" || step.Due != "2026-11-24" || !slices.Equal(step.With, []string{"c-anna"}) || len(step.Owners) != 0 {
		t.Errorf("step: %+v", step)
	}
	for _, p := range []Part{d, ours, theirs, step} {
		if err := p.Check(); err != nil {
			t.Errorf("%T cannot be kept: %v", p, err)
		}
	}
}

func TestALineSaysByWhen(t *testing.T) {
	for line, want := range map[string][2]string{
		"The report by Friday":             {"The report", "2026-11-20"},
		"By 24 Nov the report":             {"the report", "2026-11-24"},
		"The report, 24 Nov":               {"The report", "2026-11-24"},
		"The report":                       {"The report", ""},
		"Report on halls 2, 3 and 4":       {"Report on halls 2, 3 and 4", ""},
		"by tomorrow":                      {"by tomorrow", "2026-11-18"},
		"Send it, as agreed on 3 November": {"Send it, as agreed on 3 November", ""},
	} {
		if rest, due := dueOf(line, tuesday); rest != want[0] || due != want[1] {
			t.Errorf("%q is %q due %q, want %q", line, rest, due, want)
		}
	}
}

func TestADebriefGrowsAndWhoCameIsSaidOnce(t *testing.T) {
	m := roomOf(tuesday)
	first := Understand(Outcome{Decisions: []string{"One"}, There: []string{"anna@customer.example"}, Note: "Short"}, m, Debrief{}, tuesday).Debrief
	second := Understand(Outcome{Decisions: []string{"Two", "One"}, Absent: []string{"anna@customer.example"}, Note: "Longer"}, m, first, tuesday).Debrief
	if !slices.Equal(second.Decisions, []string{"One", "Two"}) || second.Note != "Short\nLonger" {
		t.Errorf("it holds %v, %q", second.Decisions, second.Note)
	}
	if len(second.There) != 0 || !slices.Equal(second.Absent, []string{"anna@customer.example"}) || second.Check() != nil {
		t.Errorf("there %v, absent %v", second.There, second.Absent)
	}
}

func TestWhoCameCountsAfterwards(t *testing.T) {
	m := roomOf(tuesday)
	k := Known{Contacts: map[string]KnownContact{"ines@customer.example": {ID: "c-ines", Name: "Ines Fournier"}}}
	got := Attended(slices.Clone(m.People), Debrief{There: []string{"anna@customer.example", "ines@customer.example"}, Absent: []string{"beatrice@customer.example"}}, k)
	answers := map[string]string{}
	for _, p := range got {
		answers[p.Email] = p.Answer
	}
	if answers["anna@customer.example"] != AnswerAccepted || answers["beatrice@customer.example"] != AnswerAbsent || answers["maya@us.example"] != "" {
		t.Errorf("answers: %v", answers)
	}
	if last := got[len(got)-1]; last.Email != "ines@customer.example" || last.Contact != "c-ines" || !last.Came() || got[3].Came() {
		t.Errorf("who came uninvited: %+v, who did not: %+v", last, got[3])
	}
}

// A page that is too long gives up what matters least, one line at a time, and
// loses nothing.
func TestAShorterBriefKeepsAllLines(t *testing.T) {
	b := Brief{}
	for _, key := range briefOrder {
		b.Sections = append(b.Sections, SheetSection{Key: key, Lines: []SheetLine{{Text: key + " 1"}, {Text: key + " 2"}, {Text: key + " 3"}}})
	}
	all := len(b.words())
	first, ok := b.Shorter()
	if !ok || first.Cut[0].Key != BriefSince {
		t.Fatalf("the first line is taken from %v", first.Cut)
	}
	for ok {
		if got := len(b.words()); got != all {
			t.Fatalf("%d lines, want %d", got, all)
		}
		b, ok = b.Shorter()
	}
	for _, s := range b.Sections {
		if len(s.Lines) == 0 || s.Key == BriefRoom && len(s.Lines) != 3 {
			t.Errorf("%s has %d lines left", s.Key, len(s.Lines))
		}
	}
	if cut := b.Cut[len(b.Cut)-1]; cut.Lines[0].Text != cut.Key+" 2" || cut.Lines[1].Text != cut.Key+" 3" {
		t.Errorf("the order on page two is %+v", cut.Lines)
	}
}

func (b Brief) words() (list []string) {
	for _, s := range append(slices.Clone(b.Sections), b.Cut...) {
		for _, l := range s.Lines {
			list = append(list, l.Text)
		}
	}
	return list
}

// Whoever is not in the room may be named too, and whoever is comes first.
func TestPeopleWhoWereNotThereAreNamed(t *testing.T) {
	m := roomOf(tuesday)
	others := OthersOf([]Colleague{{Address: Address{Name: "Priya Raman", Email: "priya@us.example"}}, {Address: Address{Name: "Tomas Reed", Email: "reed@us.example"}}},
		[]Contact{{ID: "c-piotr", Name: "Piotr Malik", Emails: []string{"piotr@customer.example"}}})
	got := Understand(Outcome{We: []string{"Priya measures Hall 2", "Tomas writes it down"}, Next: []string{"Night test with Piotr, 24 Nov"}, By: "Maya Lindqvist", Others: others}, m, Debrief{}, tuesday)
	if got.Promises[0].Owner != "Priya Raman" || got.Promises[1].Owner != "Tomas Okafor" {
		t.Errorf("owners are %q and %q", got.Promises[0].Owner, got.Promises[1].Owner)
	}
	if !slices.Equal(got.Steps[0].With, []string{"c-piotr"}) {
		t.Errorf("the step is with %v", got.Steps[0].With)
	}
}
