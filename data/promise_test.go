package data

import (
	"errors"
	"testing"
	"time"
)

var promiseDay = time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)

func TestPromiseDue(t *testing.T) {
	for _, c := range []struct {
		name, due, kept, words string
		late                   int
	}{
		{"over", "2026-11-13", "", "4 days over", 4},
		{"over since yesterday", "2026-11-16", "", "1 day over", 1},
		{"due today is not late", "2026-11-17", "", "Today", 0},
		{"tomorrow", "2026-11-18", "", "Tomorrow", 0},
		{"this year", "2026-12-01", "", "Tue 1 Dec", 0},
		{"next year", "2027-01-05", "", "Tue 5 Jan 2027", 0},
		{"without a date", "", "", "No date", 0},
		{"kept is never late", "2026-11-01", "2026-11-03", "16 days over", 0},
	} {
		p := Promise{Due: c.due, Kept: c.kept}
		if words, late := p.DueWords(promiseDay), p.Late(promiseDay); words != c.words || late != c.late {
			t.Errorf("%s: %q and %d days late, want %q and %d", c.name, words, late, c.words, c.late)
		}
	}
}

func TestPromisesInOrder(t *testing.T) {
	list := []Promise{
		{What: "no date", By: Us}, {What: "soon", By: Us, Due: "2026-11-18"}, {What: "theirs over", By: Customer, Due: "2026-11-01"},
		{What: "ours over", By: Us, Due: "2026-11-13"}, {What: "later", By: Customer, Due: "2026-12-18"},
	}
	SortPromises(list, promiseDay)
	for i, want := range []string{"ours over", "theirs over", "soon", "later", "no date"} {
		if list[i].What != want {
			t.Errorf("place %d is %q, want %q", i, list[i].What, want)
		}
	}
}

func TestKeptWords(t *testing.T) {
	list := []Promise{
		{By: Us, Due: "2026-03-01", Kept: "2026-03-01"},       // by its day
		{By: Us, Due: "2026-04-01", Kept: "2026-04-02"},       // a day late
		{By: Us, Due: "2026-11-13"},                           // open and over
		{By: Us, Due: "2026-11-17"},                           // due today: not judged yet
		{By: Us, Due: "2026-05-01", Dropped: "2026-04-20"},    // let go
		{By: Us, Due: "2025-12-31", Kept: "2026-01-01"},       // last year's
		{By: Customer, Kept: "2026-06-01"},                    // no date was named
		{By: Partner, Due: "2026-06-01", Kept: "2026-05-01"},  // theirs
		{By: Customer, Due: "2026-12-01", Kept: "2026-11-01"}, // before its day
		{By: Customer, Due: "2026-12-02"},                     // lies ahead
	}
	if got, want := KeptWords(list, promiseDay), "Kept on time this year: we 1 of 3, they 3 of 3"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := KeptWords(nil, promiseDay); got != "" {
		t.Errorf("nothing was due, and it says %q", got)
	}
}

func TestPromiseCheck(t *testing.T) {
	good := Promise{Belongs: Belongs{Account: "k"}, By: Us, What: "Report"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for field, bend := range map[string]func(*Promise){
		"what": func(p *Promise) { p.What = " " }, "account": func(p *Promise) { p.Account = "" }, "by": func(p *Promise) { p.By = "them" },
		"due": func(p *Promise) { p.Due = "Friday" }, "kept": func(p *Promise) { p.Kept, p.Dropped = "2026-01-01", "2026-01-02" },
	} {
		p := good
		bend(&p)
		var e *Invalid
		if err := p.Check(); !errors.As(err, &e) || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
