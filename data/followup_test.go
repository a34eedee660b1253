package data

import (
	"testing"
	"time"
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
