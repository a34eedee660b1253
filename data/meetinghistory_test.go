package data

import (
	"strings"
	"testing"
	"time"
)

func TestWhatIsSaidOfAMeetingBesideItsTime(t *testing.T) {
	zone := time.FixedZone("CET", 3600)
	now := time.Date(2026, 11, 16, 9, 0, 0, 0, zone)
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	anna := Address{Name: "Anna Kessler", Email: "anna@kestrel.example"}
	meeting := func(change func(*Agenda)) Agenda {
		a := Agenda{Occurrence: Occurrence{Start: at(18, 10, 0).UTC(), End: at(18, 11, 0).UTC(), Place: "Harbour Hall"}}
		change(&a)
		return a
	}
	was := func(until, start, end time.Time) MeetingBefore {
		return MeetingBefore{Until: until.UTC(), Start: start.UTC(), End: end.UTC(), Place: "Harbour Hall"}
	}
	for name, c := range map[string]struct {
		change func(*Agenda)
		want   []string
	}{
		"nothing": {func(*Agenda) {}, nil},
		"an hour of the same day": {func(a *Agenda) {
			a.OtherTimes = []OtherTime{{By: anna, Start: at(18, 11, 0).UTC(), End: at(18, 12, 0).UTC(), Stamp: at(12, 9, 10).Unix()}}
		}, []string{"Anna asks for 11:00 to 12:00, said Thu 12 Nov 09:10"}},
		"another day": {func(a *Agenda) {
			a.OtherTimes = []OtherTime{{By: anna, Start: at(19, 10, 0).UTC(), End: at(19, 11, 0).UTC()}}
		}, []string{"Anna asks for Thu 19 Nov, 10:00 to 11:00"}},
		"from a stranger": {func(a *Agenda) { a.Sender = "eve@evil.example" },
			[]string{"The invitation came from eve@evil.example, not from who leads the meeting"}},
		"free": {func(a *Agenda) { a.Free = true }, []string{"Marked as free: it takes none of your time"}},
		"moved": {func(a *Agenda) { a.Before = []MeetingBefore{was(at(12, 9, 10), at(17, 10, 30), at(17, 11, 30))} },
			[]string{"Moved from Tue 17 Nov, 10:30 to 11:30, noticed Thu 12 Nov 09:10"}},
		"moved from another place, whose link is a secret": {func(a *Agenda) {
			b := was(at(12, 9, 10), at(17, 10, 30), at(17, 11, 30))
			b.Place = "Room 4, https://zoom.example/j/1?pwd=hunter2"
			a.Before = []MeetingBefore{b}
		}, []string{"Moved from Tue 17 Nov, 10:30 to 11:30, in Room 4, noticed Thu 12 Nov 09:10"}},
		"made longer": {func(a *Agenda) { a.Before = []MeetingBefore{was(at(12, 9, 10), at(18, 10, 0), at(18, 10, 30))} },
			[]string{"It was Wed 18 Nov, 10:00 to 10:30, noticed Thu 12 Nov 09:10"}},
		"moved, then called off, then on again: the latest first": {func(a *Agenda) {
			off := was(at(14, 8, 0), at(18, 10, 0), at(18, 11, 0))
			off.Cancelled = true
			a.Before = []MeetingBefore{was(at(12, 9, 10), at(17, 10, 30), at(17, 11, 30)), was(at(13, 9, 0), at(18, 10, 0), at(18, 11, 0)), off}
		}, []string{"Taken up again, noticed Sat 14 Nov 08:00", "Called off, noticed Fri 13 Nov 09:00", "Moved from Tue 17 Nov, 10:30 to 11:30, noticed Thu 12 Nov 09:10"}},
		"moved and called off at once": {func(a *Agenda) {
			a.Cancelled = true
			a.Before = []MeetingBefore{was(at(12, 9, 10), at(17, 10, 30), at(17, 11, 30))}
		}, []string{"Called off, noticed Thu 12 Nov 09:10", "Moved from Tue 17 Nov, 10:30 to 11:30, noticed Thu 12 Nov 09:10"}},
		"a whole day": {func(a *Agenda) {
			a.AllDay, a.Start, a.End = true, at(19, 0, 0), at(20, 0, 0)
			a.Before = []MeetingBefore{was(at(12, 9, 10), at(18, 0, 0), at(18, 0, 0))}
		}, []string{"Moved from Wed 18 Nov, all day, noticed Thu 12 Nov 09:10"}},
	} {
		var got []string
		for _, r := range MeetingRemarks(meeting(c.change), now) {
			words := r.Words
			if noted := r.Noted(now); noted != "" {
				words += ", " + noted
			}
			got = append(got, words)
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
