package data

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var calendarNow = time.Date(2026, 11, 17, 9, 18, 0, 0, time.FixedZone("here", 3600))

// onNovember is a meeting with a customer in November 2026: "17 10:30-11:30", or
// "17-19" for whole days.
func onNovember(id, when string) Agenda {
	day, clock, timed := strings.Cut(when, " ")
	zone := calendarNow.Location()
	a := Agenda{Occurrence: Occurrence{ID: id, Summary: id}, Account: Account{ID: "km", Name: "Kestrel Museums"}}
	if !timed {
		first, last, _ := strings.Cut(day, "-")
		a.AllDay, a.StartDate, a.EndDate = true, "2026-11-"+first, "2026-11-"+last
		a.Start, _ = time.ParseInLocation(time.DateOnly, a.StartDate, zone)
		a.End, _ = time.ParseInLocation(time.DateOnly, a.EndDate, zone)
		return a
	}
	from, to, _ := strings.Cut(clock, "-")
	a.Start, _ = time.ParseInLocation("2006-01-02 15:04", "2026-11-"+day+" "+from, zone)
	if len(to) > 5 {
		day, to, _ = strings.Cut(to, "@")
	}
	a.End, _ = time.ParseInLocation("2006-01-02 15:04", "2026-11-"+day+" "+to, zone)
	return a
}

func calendarOf(view CalendarView, meetings ...Agenda) CalendarPage {
	return ComposeCalendar(CalendarInput{Now: calendarNow, View: view, Day: calendarNow, Meetings: meetings})
}

func TestCalendarSpans(t *testing.T) {
	tests := []struct {
		name, day string
		view      CalendarView
		from, to  string
		after     string // the next span's day
	}{
		{"a week begins on Monday", "2026-11-17", WeekView, "2026-11-16", "2026-11-23", "2026-11-24"},
		{"a Sunday belongs to the week before", "2026-11-22", WeekView, "2026-11-16", "2026-11-23", "2026-11-29"},
		{"a week over the turn of the year", "2026-12-31", WeekView, "2026-12-28", "2027-01-04", "2027-01-07"},
		{"a day", "2026-11-17", DayView, "2026-11-17", "2026-11-18", "2026-11-18"},
		{"a month", "2026-01-31", MonthView, "2026-01-01", "2026-02-01", "2026-02-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			day, _ := time.ParseInLocation(time.DateOnly, tt.day, calendarNow.Location())
			from, to := tt.view.Span(day.Add(13 * time.Hour))
			if got := from.Format(time.DateOnly) + " " + to.Format(time.DateOnly); got != tt.from+" "+tt.to {
				t.Errorf("got %s", got)
			}
			if got := tt.view.Step(day, 1).Format(time.DateOnly); got != tt.after {
				t.Errorf("the next one is about %s", got)
			}
			if got, _ := tt.view.Span(tt.view.Step(tt.view.Step(day, 1), -1)); !got.Equal(from) {
				t.Errorf("there and back leads to %s", got)
			}
		})
	}
}

func TestCalendarTitles(t *testing.T) {
	tests := []struct {
		day, want string
		view      CalendarView
	}{
		{"2026-11-17", "November, Week 47", WeekView}, {"2026-11-30", "Nov to Dec, Week 49", WeekView}, {"2026-12-31", "Dec to Jan 2027, Week 53", WeekView},
		{"2026-11-17", "November, Tuesday 17", DayView}, {"2025-11-17", "November 2025, 0 meetings", MonthView},
	}
	for _, tt := range tests {
		day, _ := time.ParseInLocation(time.DateOnly, tt.day, calendarNow.Location())
		p := ComposeCalendar(CalendarInput{Now: calendarNow, View: tt.view, Day: day})
		if got := p.Title + ", " + p.Sub; got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.day, got, tt.want)
		}
	}
}

func TestWeekendsAreShownWhenTheyAreUsed(t *testing.T) {
	for name, c := range map[string]struct {
		meetings []Agenda
		days     int
	}{
		"an empty week":           {nil, 5},
		"a meeting on Tuesday":    {[]Agenda{onNovember("a", "17 10:00-11:00")}, 5},
		"a meeting on Sunday":     {[]Agenda{onNovember("a", "22 10:00-11:00")}, 6},
		"a fair until Saturday":   {[]Agenda{onNovember("a", "19-22")}, 6},
		"a night into Saturday":   {[]Agenda{onNovember("a", "20 22:00-21@02:00")}, 6},
		"one until midnight":      {[]Agenda{onNovember("a", "20 22:00-21@00:00")}, 5},
		"a whole weekend in time": {[]Agenda{onNovember("a", "20 18:00-22@18:00")}, 7},
	} {
		if got := len(calendarOf(WeekView, c.meetings...).Days); got != c.days {
			t.Errorf("%s: %d days, want %d", name, got, c.days)
		}
	}
}

func TestCalendarEntries(t *testing.T) {
	inner := onNovember("Stand-up", "17 08:30-08:55")
	inner.Account = Account{}
	guest := onNovember("Walk", "18 15:00-16:00")
	guest.Account, guest.People = Account{}, []Participant{{Address: Address{Email: "x@y.example"}, Side: Customer}}
	off := onNovember("Off", "17 12:00-13:00")
	off.Cancelled = true
	far := onNovember("Far", "20 12:00-13:00")
	far.Start, far.End = far.Start.AddDate(0, 1, 0), far.End.AddDate(0, 1, 0)
	page := calendarOf(WeekView, inner, onNovember("Review", "17 10:30-11:30"), guest, off, onNovember("Was", "16 10:00-11:00"), onNovember("Short", "19 23:55-23:59"), onNovember("Fair", "18-20"))
	for _, c := range []struct {
		id, title, second string
		from, to          int
		brief             BriefMark
		customer, over    bool
	}{
		{"Stand-up", "Stand-up", "", 510, 535, NoBrief, false, true},
		{"Review", "Kestrel Museums", "Review", 630, 690, BriefReady, true, false},
		{"Walk", "Walk", "", 900, 960, BriefNoOwner, true, false},
		{"Off", "Kestrel Museums", "Off", 720, 780, NoBrief, true, false},
		{"Was", "Kestrel Museums", "Was", 600, 660, NoBrief, true, true},
		{"Short", "Kestrel Museums", "Short", 1425, 1440, BriefReady, true, false},
		{"Fair", "Kestrel Museums", "Fair", 0, 0, BriefReady, true, false},
	} {
		e, ok := page.Entry(c.id)
		if !ok || e.Title != c.title || e.Second != c.second || e.From != c.from || e.To != c.to || e.Brief != c.brief || e.Customer != c.customer || e.Over != c.over {
			t.Errorf("%s: got %+v", c.id, e)
		}
	}
	if got := strings.Join(page.Order(), " "); got != "Was Stand-up Review Off Fair Walk Short" {
		t.Errorf("walked as %s", got)
	}
	if got := page.Next(); got != "Review" {
		t.Errorf("it begins with %q", got)
	}
	if page.FirstHour != 8 || page.LastHour != 24 {
		t.Errorf("from %d to %d", page.FirstHour, page.LastHour)
	}
	if got := MarkOfBrief(far, calendarNow); got != BriefNotYet {
		t.Errorf("five weeks ahead: %v", got)
	}
}

func TestCalendarFilter(t *testing.T) {
	a, b := onNovember("Winter loan", "17 10:00-11:00"), onNovember("Crane", "18 10:00-11:00")
	a.People, b.Account.Name = []Participant{{Address: Address{Name: "Anna Késsler", Email: "anna@kestrel.example"}}}, "Quayside Ferries"
	for filter, want := range map[string]string{"": "Winter loan,Crane", "quay": "Crane", "anna WINTER": "Winter loan", "kessler": "Winter loan", "anna crane": ""} {
		p := ComposeCalendar(CalendarInput{Now: calendarNow, Day: calendarNow, Meetings: []Agenda{a, b}, Filter: filter})
		if got := strings.Join(p.Order(), ","); got != want || p.Hidden != 2-len(p.Order()) {
			t.Errorf("%q: got %q, %d hidden", filter, got, p.Hidden)
		}
	}
}

func TestFreeTime(t *testing.T) {
	off := onNovember("off", "18 09:00-18:00")
	off.Cancelled = true
	holiday := onNovember("holiday", "18 09:00-18:00")
	holiday.Free = true
	for name, c := range map[string]struct {
		meetings []Agenda
		day      int // of the week, Monday 0
		want     string
	}{
		"a day that is over":                       {nil, 0, ""},
		"today from now on":                        {nil, 1, "8½ h free"},
		"a day without meetings":                   {nil, 2, "9 h free"},
		"one that was called off takes none":       {[]Agenda{off}, 2, "9 h free"},
		"one that is marked free takes none":       {[]Agenda{holiday}, 2, "9 h free"},
		"two that overlap":                         {[]Agenda{onNovember("a", "18 10:00-12:00"), onNovember("b", "18 11:00-13:00")}, 2, "6 h free"},
		"one within another":                       {[]Agenda{onNovember("a", "18 09:00-17:00"), onNovember("b", "18 10:00-11:00")}, 2, "1 h free"},
		"a quarter of an hour between is not free": {[]Agenda{onNovember("a", "18 09:00-13:00"), onNovember("b", "18 13:15-18:00")}, 2, ""},
		"whole days take none":                     {[]Agenda{onNovember("a", "18-19")}, 2, "9 h free"},
		"early and late ones take none":            {[]Agenda{onNovember("a", "18 07:00-08:00"), onNovember("b", "18 19:00-20:00")}, 2, "9 h free"},
	} {
		p := ComposeCalendar(CalendarInput{Now: calendarNow, Day: calendarNow, Meetings: c.meetings})
		if got := FreeWords(p.Days[c.day].Free); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestTouchesStandOnTheirDays(t *testing.T) {
	due := func(name string, days int) Touchpoint {
		return Touchpoint{Contact: Contact{ID: name, Name: name}, Due: startOfDay(calendarNow).AddDate(0, 0, days), Late: -days}
	}
	visit := due("Luc Moreau", 3)
	visit.Channel = ByVisit
	hello := Touchpoint{Account: Account{Name: "Alder Vale Hospitals"}, Due: calendarNow, Warmth: Warmth{Band: NeverSpoke}}
	p := ComposeCalendar(CalendarInput{Now: calendarNow, Day: calendarNow, Touches: []Touchpoint{due("Hanna Voss", -17), due("Ola", -1), hello, visit, due("Far", 9)}})
	var got []string
	for _, d := range p.Days {
		for _, touch := range d.Touches {
			got = append(got, d.Date.Format("Mon")+" "+TouchWords(touch))
		}
	}
	if want := "Tue Hanna, 17 days late; Tue Ola, 1 day late; Tue Alder, first hello; Fri Luc, visit"; strings.Join(got, "; ") != want {
		t.Errorf("got %s", strings.Join(got, "; "))
	}
}

func TestMeetingWhen(t *testing.T) {
	newYork := time.FixedZone("America/New_York", -5*3600)
	for _, c := range []struct {
		meeting Agenda
		there   *time.Location
		want    string
	}{
		{onNovember("a", "17 10:30-11:30"), nil, "Tue 17 Nov, 10:30 to 11:30"},
		{onNovember("a", "17 10:30-10:30"), nil, "Tue 17 Nov, 10:30"},
		{onNovember("a", "17 22:00-18@01:00"), nil, "Tue 17 Nov, 22:00 to Wed 18 Nov 01:00"},
		{onNovember("a", "17 10:30-11:30"), newYork, "Tue 17 Nov, 10:30 to 11:30 (04:30 in New York)"},
		{onNovember("a", "17 10:30-11:30"), calendarNow.Location(), "Tue 17 Nov, 10:30 to 11:30"},
		{onNovember("a", "17-18"), newYork, "Tue 17 Nov, all day"},
		{onNovember("a", "17-20"), nil, "Tue 17 Nov to Thu 19 Nov, all day"},
	} {
		if got := MeetingWhen(c.meeting.Occurrence, c.there, calendarNow); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// No two entries that overlap share a lane, a group has as many lanes as lie
// beside each other at once, and all of a group say the same number.
func TestLanes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 12).Draw(t, "meetings")
		entries := make([]CalendarEntry, n)
		for i := range entries {
			entries[i].Meeting.ID = fmt.Sprint(i)
			entries[i].From = 15 * rapid.IntRange(0, 90).Draw(t, "from")
			entries[i].To = entries[i].From + 15*rapid.IntRange(1, 20).Draw(t, "length")
		}
		LayLanes(entries)
		overlap := func(a, b CalendarEntry) bool { return a.From < b.To && b.From < a.To }
		most := map[int]int{} // by lanes of a group
		for i, a := range entries {
			if a.Lane < 0 || a.Lane >= a.Lanes {
				t.Fatalf("lane %d of %d", a.Lane, a.Lanes)
			}
			at := 0
			for j, b := range entries {
				if i != j && overlap(a, b) && (a.Lane == b.Lane || a.Lanes != b.Lanes) {
					t.Fatalf("%+v and %+v", a, b)
				}
				if b.From <= a.From && a.From < b.To {
					at++
				}
			}
			most[a.Lanes] = max(most[a.Lanes], at)
		}
		for lanes, at := range most {
			if lanes != at {
				t.Fatalf("a group of %d lanes has at most %d at once", lanes, at)
			}
		}
		if !slices.IsSortedFunc(entries, func(a, b CalendarEntry) int { return a.From - b.From }) {
			t.Fatal("not in order")
		}
	})
}
