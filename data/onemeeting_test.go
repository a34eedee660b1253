package data

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func isMaya(email string) bool { return email == "maya@larkfield.example" }

func TestOneDateOfSeveralVersions(t *testing.T) {
	nine := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	anna := Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}
	maya := Address{Email: "maya@larkfield.example"}
	piotr := Address{Email: "piotr@kestrel.example"}
	version := func(calendar string, sequence int, stamp int64, start time.Time, answers ...Attendee) Occurrence {
		return Occurrence{ID: "x", UID: "u", Calendar: calendar, Sequence: sequence, Stamp: stamp, Start: start, End: start.Add(time.Hour), Organizer: anna, Attendees: answers}
	}
	said := func(a Address, answer string) Attendee { return Attendee{Address: a, Answer: answer} }
	mail := func(o Occurrence) Occurrence { o.Calendar = MailCalendarID; return o }
	cancelled := func(o Occurrence) Occurrence { o.Cancelled = true; return o }
	from := func(o Occurrence, sender string) Occurrence { o.Sender = sender; return o }
	ours := func(o Occurrence) Occurrence { o.Organizer = maya; return o }
	for _, c := range []struct {
		name     string
		versions []Occurrence
		replies  []Response
		want     string // start, cancelled, answers
	}{
		{"the later sequence", []Occurrence{version("a", 1, 9, nine), version("b", 2, 1, nine.Add(time.Hour))}, nil, "10:00"},
		{"of equal ones the later stamp", []Occurrence{version("a", 1, 1, nine), version("b", 1, 9, nine.Add(time.Hour))}, nil, "10:00"},
		{"the organiser's invitation before a copy that somebody moved", []Occurrence{mail(version("", 1, 1, nine)), version("b", 1, 9, nine.Add(time.Hour))}, nil, "09:00"},
		{"our own calendar before our invitation", []Occurrence{ours(mail(version("", 1, 1, nine))), ours(version("b", 1, 9, nine.Add(time.Hour)))}, nil, "10:00"},
		{"a cancellation by mail", []Occurrence{cancelled(mail(version("", 1, 5, nine))), version("b", 1, 9, nine)}, nil, "09:00 cancelled"},
		{"a meeting taken up again after it", []Occurrence{cancelled(mail(version("", 1, 5, nine))), version("b", 2, 9, nine)}, nil, "09:00"},
		{"a stranger's word counts for nothing", []Occurrence{cancelled(from(mail(version("", 7, 9, nine, said(piotr, ""))), "eve@evil.example")), version("b", 1, 1, nine)}, nil, "09:00"},
		{"but alone it is there", []Occurrence{from(mail(version("", 7, 9, nine)), "eve@evil.example")}, nil, "09:00"},
		{"everybody whom any names", []Occurrence{version("a", 1, 1, nine, said(anna, "accepted")), version("b", 1, 2, nine, said(piotr, "declined"))}, nil,
			"09:00 piotr@kestrel.example=declined anna@kestrel.example=accepted"},
		{"not whom an older state names", []Occurrence{version("a", 1, 1, nine.Add(time.Hour), said(piotr, "")), version("b", 2, 2, nine, said(anna, ""))}, nil, "09:00 anna@kestrel.example="},
		{"the later answer", []Occurrence{version("a", 1, 1, nine, said(anna, "accepted")), version("b", 1, 2, nine, said(anna, "declined"))}, nil, "09:00 anna@kestrel.example=declined"},
		{"an answer before none", []Occurrence{version("a", 1, 1, nine, said(anna, "accepted")), version("b", 1, 2, nine, said(anna, ""))}, nil, "09:00 anna@kestrel.example=accepted"},
		{"a reply by mail", []Occurrence{version("a", 1, 1, nine, said(anna, ""))}, []Response{{UID: "u", From: anna, Answer: "accepted", Sequence: 1, Stamp: 5}}, "09:00 anna@kestrel.example=accepted"},
		{"the last reply", []Occurrence{version("a", 1, 1, nine, said(anna, ""))},
			[]Response{{UID: "u", From: anna, Answer: "declined", Sequence: 1, Stamp: 6}, {UID: "u", From: anna, Answer: "accepted", Sequence: 1, Stamp: 5}}, "09:00 anna@kestrel.example=declined"},
		{"a reply to an earlier state", []Occurrence{version("a", 2, 1, nine, said(anna, ""))}, []Response{{UID: "u", From: anna, Answer: "accepted", Sequence: 1, Stamp: 5}}, "09:00 anna@kestrel.example="},
		{"a reply to another date", []Occurrence{version("a", 1, 1, nine, said(anna, ""))}, []Response{{UID: "u", RecurrenceID: "20260101T000000Z", From: anna, Answer: "accepted", Sequence: 1, Stamp: 5}}, "09:00 anna@kestrel.example="},
		{"another time that is asked for", []Occurrence{version("a", 1, 1, nine, said(anna, "accepted"))},
			[]Response{{UID: "u", From: anna, Answer: "tentative", Sequence: 1, Stamp: 5, Start: nine.Add(2 * time.Hour), End: nine.Add(3 * time.Hour)}}, "09:00 anna@kestrel.example=tentative asks for 11:00"},
		{"and given up again", []Occurrence{version("a", 1, 1, nine, said(anna, "accepted"))},
			[]Response{{UID: "u", From: anna, Answer: "accepted", Sequence: 1, Stamp: 7}, {UID: "u", From: anna, Sequence: 1, Stamp: 5, Start: nine.Add(2 * time.Hour), End: nine.Add(3 * time.Hour)}}, "09:00 anna@kestrel.example=accepted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 6 {
				if got := onlineOf(OneDate(c.versions, c.replies, isMaya)); got != c.want {
					t.Fatalf("got %q, want %q", got, c.want)
				}
				rand.Shuffle(len(c.versions), func(i, j int) { c.versions[i], c.versions[j] = c.versions[j], c.versions[i] })
			}
		})
	}
}

// A date is free when every calendar that has it says so; a mail counts only where
// no calendar does.
func TestADateIsFreeWhereEveryCalendarSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		versions map[string]bool // free, by calendar
		want     bool
	}{
		"one calendar":                   {map[string]bool{"a": true}, true},
		"one that is busy":               {map[string]bool{"a": false}, false},
		"two that agree":                 {map[string]bool{"a": true, "b": true}, true},
		"two that do not":                {map[string]bool{"a": true, "b": false}, false},
		"a mail alone":                   {map[string]bool{MailCalendarID: true}, true},
		"a mail that cannot know":        {map[string]bool{"a": true, MailCalendarID: false}, true},
		"a mail that calls it free":      {map[string]bool{"a": false, MailCalendarID: true}, false},
		"two calendars beside the mail":  {map[string]bool{"a": true, "b": true, MailCalendarID: false}, true},
		"one of two, the mail beside it": {map[string]bool{"a": true, "b": false, MailCalendarID: true}, false},
	} {
		var versions []Occurrence
		for calendar, free := range c.versions {
			versions = append(versions, Occurrence{ID: "x", UID: "u", Calendar: calendar, Free: free})
		}
		if got := OneDate(versions, nil, isMaya).Free; got != c.want {
			t.Errorf("%s: free is %v", name, got)
		}
	}
}

// onlineOf is a date in one line.
func onlineOf(o Occurrence) string {
	s := o.Start.Format("15:04")
	if o.Cancelled {
		s += " cancelled"
	}
	for _, a := range o.Attendees {
		s += fmt.Sprintf(" %s=%s", a.Email, a.Answer)
	}
	for _, p := range o.OtherTimes {
		s += " asks for " + p.Start.Format("15:04")
	}
	return s
}

func TestOneDateDoesNotHangOnTheOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.SampledFrom([]Address{{Email: "anna@kestrel.example"}, {Email: "maya@larkfield.example"}, {Email: "piotr@kestrel.example"}})
		answer := rapid.SampledFrom([]string{"", "accepted", "declined"})
		base := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
		var versions []Occurrence
		for i := range rapid.IntRange(1, 4).Draw(t, "versions") {
			o := Occurrence{ID: "x", UID: "u", Calendar: string(rune('a' + i)), Sequence: rapid.IntRange(0, 2).Draw(t, "sequence"), Stamp: int64(rapid.IntRange(0, 3).Draw(t, "stamp")),
				Start: base.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "start")) * time.Hour), Organizer: address.Draw(t, "organizer"), Cancelled: rapid.Bool().Draw(t, "cancelled")}
			if i == 0 && rapid.Bool().Draw(t, "mail") {
				if o.Calendar = MailCalendarID; rapid.Bool().Draw(t, "stranger") {
					o.Sender = "eve@evil.example"
				}
			}
			for range rapid.IntRange(0, 3).Draw(t, "attendees") {
				o.Attendees = append(o.Attendees, Attendee{Address: address.Draw(t, "attendee"), Answer: answer.Draw(t, "answer")})
			}
			versions = append(versions, o)
		}
		var replies []Response
		for range rapid.IntRange(0, 4).Draw(t, "replies") {
			replies = append(replies, Response{UID: "u", From: address.Draw(t, "from"), Answer: answer.Draw(t, "reply"), Sequence: rapid.IntRange(0, 2).Draw(t, "of"), Stamp: int64(rapid.IntRange(0, 3).Draw(t, "at"))})
		}
		before := fmt.Sprint(versions, replies)
		one := OneDate(versions, replies, isMaya)
		if fmt.Sprint(versions, replies) != before {
			t.Fatal("what it was given has changed")
		}
		if !slices.ContainsFunc(versions, func(o Occurrence) bool {
			return o.Start.Equal(one.Start) && o.Cancelled == one.Cancelled && o.Sequence == one.Sequence
		}) {
			t.Fatalf("nobody said %+v", one)
		}
		other := OneDate(rapid.Permutation(versions).Draw(t, "order"), rapid.Permutation(replies).Draw(t, "order of replies"), isMaya)
		if !reflect.DeepEqual(one, other) {
			t.Fatalf("%+v\nin another order\n%+v", one, other)
		}
	})
}
