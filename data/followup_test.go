package data

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFollowUps(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	me := Address{Email: "maya@larkfield.example"}
	anna, piotr := Address{Name: "Anna", Email: "anna@kestrel.example"}, Address{Email: "piotr@kestrel.example"}
	start := time.Date(2026, 10, 20, 10, 0, 0, 0, amsterdam) // summer time ends on the 25th
	m := Agenda{
		Occurrence: Occurrence{Summary: "Hall 2", Place: "online, zoom.us", Start: start, End: start.Add(90 * time.Minute), Zone: "Europe/Amsterdam"},
		People:     []Participant{{Address: me, Side: Us}, {Address: anna, Side: Customer}, {Address: piotr, Answer: "declined"}, {Address: Address{Name: "Room 4"}}, {Address: anna}},
	}
	before := start.Add(-time.Hour)
	f, err := FollowUpOf(m, FollowUpWish{}, me, time.UTC, "abc", before)
	if err != nil || f.Summary != "Follow-up: Hall 2" || !f.Start.Equal(time.Date(2026, 10, 27, 10, 0, 0, 0, amsterdam)) || f.End.Sub(f.Start) != 90*time.Minute ||
		len(f.With) != 1 || f.With[0] != anna || f.UID != "abc@larkfield.example" {
		t.Errorf("a week later by the clock of its place: %+v, %v", f, err)
	}
	late := start.AddDate(0, 0, 30)
	if f, err = FollowUpOf(m, FollowUpWish{}, me, time.UTC, "abc", late); err != nil || !f.Start.After(late) || f.Start.Sub(late) > 7*24*time.Hour || f.Start.In(amsterdam).Hour() != 10 {
		t.Errorf("of one long past: %v, %v", f.Start, err)
	}
	if again, err := FollowUpOf(Agenda{Occurrence: Occurrence{Summary: f.Summary, Start: start, End: start}}, FollowUpWish{}, me, time.UTC, "abc", before); err != nil ||
		again.Summary != f.Summary || again.End.Sub(again.Start) != time.Hour {
		t.Errorf("of a follow-up without a length: %+v, %v", again, err)
	}
	m.AllDay, m.StartDate = true, "2026-10-20"
	if f, err = FollowUpOf(m, FollowUpWish{}, me, amsterdam, "abc", before); err != nil || !f.Start.Equal(time.Date(2026, 10, 27, 10, 0, 0, 0, amsterdam)) {
		t.Errorf("of a whole day: %v, %v", f.Start, err)
	}
	wish := FollowUpWish{Start: start.AddDate(0, 0, 2), Minutes: 30, Summary: " Prices\n again "}
	if f, err = FollowUpOf(m, wish, me, time.UTC, "abc", before); err != nil || !f.Start.Equal(wish.Start) || f.End.Sub(f.Start) != 30*time.Minute || f.Summary != "Prices again" {
		t.Errorf("as wished: %+v, %v", f, err)
	}
	for name, w := range map[string]FollowUpWish{"in the past": {Start: before.Add(-time.Minute)}, "longer than a day": {Minutes: 1441}} {
		if _, err := FollowUpOf(m, w, me, time.UTC, "abc", before); err == nil {
			t.Errorf("one %s is taken", name)
		}
	}
	for want, o := range map[string]Outbox{"1 draft waits": {Drafts: 1}, "2 calendar entries wait": {Entries: 2}, "2 drafts and 1 calendar entry wait": {Drafts: 2, Entries: 1}} {
		if got := o.Words(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAFollowUpAsItIsTyped(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 17, 9, 18, 0, 0, zone) // a Tuesday
	for _, c := range []struct {
		day, clock, takes string
		want              string // start and minutes, or the field that is wrong
	}{
		{"", "", "", "0001-01-01 00:00 0"},
		{"Tue 24 Nov", "10:30", "1 h", "2026-11-24 10:30 60"},
		{"friday", "9", "45", "2026-11-20 09:00 45"},
		{"in 2 weeks", "14.15", "1 h 30 min", "2026-12-01 14:15 90"},
		{"2027-01-05", "2 pm", "45 min", "2027-01-05 14:00 45"},
		{"5 December", "12 am", "", "2026-12-05 00:00 0"},
		{"5 December", "12:30pm", "", "2026-12-05 12:30 0"},
		{"5 December", "14 Uhr", "", "2026-12-05 14:00 0"},
		{"someday", "10:30", "", "day"},
		{"", "10:30", "", "day"},
		{"friday", "", "", "begins"},
		{"friday", "25:00", "", "begins"},
		{"friday", "10:75", "", "begins"},
		{"friday", "13 pm", "", "begins"},
		{"friday", "noonish", "", "begins"},
		{"friday", "10:30", "a while", "takes"},
		{"friday", "10:30", "0", "takes"},
		{"friday", "10:30", "1500", "takes"},
	} {
		w, err := FollowUpDraft{Day: c.day, Clock: c.clock, Takes: c.takes}.Wish(now)
		got := fmt.Sprintf("%s %d", w.Start.Format("2006-01-02 15:04"), w.Minutes)
		var wrong *Invalid
		if errors.As(err, &wrong) {
			got = wrong.Field
		}
		if got != c.want {
			t.Errorf("%q %q %q: %s, want %s", c.day, c.clock, c.takes, got, c.want)
		}
	}
}

// What is proposed reads the same again, on whatever day and for however long.
func TestWhatIsProposedOfAFollowUpReadsTheSame(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 17, 9, 18, 0, 0, zone).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "day"))
		f := FollowUp{Summary: "Follow-up: Hall 2", Start: now.Truncate(time.Minute).Add(time.Duration(rapid.IntRange(1, 60*24*500).Draw(t, "ahead")) * time.Minute)}
		f.End = f.Start.Add(time.Duration(rapid.IntRange(1, 9*60+59).Draw(t, "minutes")) * time.Minute)
		w, err := f.Draft(now).Wish(now)
		if err != nil || !w.Start.Equal(f.Start) || time.Duration(w.Minutes)*time.Minute != f.End.Sub(f.Start) || w.Summary != f.Summary {
			t.Fatalf("now %s: %+v became %+v, which is %+v, %v", now, f, f.Draft(now), w, err)
		}
	})
}

func TestTheFollowUpOnADay(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, zone)
	m := Agenda{Occurrence: Occurrence{Start: time.Date(2026, 11, 17, 9, 30, 0, 0, time.UTC)}}
	whole := Agenda{Occurrence: Occurrence{AllDay: true}}
	for _, c := range []struct {
		m          Agenda
		date, want string
	}{
		{m, "2026-11-24", "24 10:30"}, {whole, "2026-11-24", "24 10:00"}, {m, "2026-11-17", ""}, {m, "2026-11-16", ""}, {m, "", ""}, {m, "soon", ""},
	} {
		got := ""
		if at := FollowUpOn(c.m, c.date, zone, now); !at.IsZero() {
			got = at.Format("2 15:04")
		}
		if got != c.want {
			t.Errorf("on %q: %q, want %q", c.date, got, c.want)
		}
	}
}

func TestWhatAYesWrites(t *testing.T) {
	now := time.Date(2026, 11, 17, 12, 0, 0, 0, time.UTC)
	anna, piotr := Address{Name: "Anna", Email: "anna@kestrel.example"}, Address{Email: "piotr@kestrel.example"}
	f := FollowUp{Summary: "Prices", Start: now.AddDate(0, 0, 7), End: now.AddDate(0, 0, 7).Add(time.Hour)}
	const first, last = "Rapport writes one entry into your calendar “Work” on dav.example: “Prices”, Tue 24 Nov, 12:00 to 13:00. ", "Nobody is invited by it, and nothing that is there is changed."
	for want, with := range map[string][]Address{
		"": nil,
		"That it is with Anna is noted for Rapport only. ":             {anna},
		"That it is with Anna and 1 other is noted for Rapport only. ": {anna, piotr},
	} {
		f.With = with
		if got := f.PutWords("Work", "dav.example", now); got != first+want+last {
			t.Errorf("%q, want %q", got, first+want+last)
		}
	}
}
