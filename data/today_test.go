package data

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func meetingAt(id string, a Account, from, to time.Time, people ...Participant) Agenda {
	return Agenda{Occurrence: Occurrence{ID: id, Summary: id, Start: from, End: to, Zone: "UTC"}, Account: a, People: people}
}

func lateReview() []Agenda {
	samuel := one("Samuel Reyes", "samuel@kestrel.example", "attendee", Customer)
	stand := meetingAt("stand-up", Account{}, day(11, 17, 8, 30), day(11, 17, 9, 0), mayaFrom, tomas)
	plan := meetingAt("plan", Account{}, day(11, 17, 15, 30), day(11, 17, 16, 0), mayaFrom, tomas, one("Priya Rao", "priya@larkfield.example", "attendee", Us))
	kes := meetingAt("review", kestrel, day(11, 17, 10, 30), day(11, 17, 11, 30), mayaFrom, annaTo, samuel)
	kes.Place = "Harbour Hall, https://zoom.us/j/88?pwd=x"
	quay := meetingAt("value", quayside, day(11, 17, 13, 0), day(11, 17, 14, 0), one("Nadia Brandt", "nadia@quayside.example", "attendee", Customer), one("Owen Pryce", "owen@quayside.example", "attendee", Customer))
	gone := meetingAt("gone", quayside, day(11, 17, 12, 0), day(11, 17, 13, 0))
	gone.Cancelled = true
	return []Agenda{plan, quay, gone, kes, stand, meetingAt("tomorrow", kestrel, day(11, 18, 0, 0), day(11, 18, 1, 0))}
}

func TestComposeToday(t *testing.T) {
	got := ComposeToday(TodayInput{
		Now: tuesday, User: "Maya Lindqvist", Meetings: lateReview(), Unfiled: 14,
		Met: map[string]bool{"anna.kessler@kestrel.example": true, "nadia@quayside.example": true, "owen@quayside.example": true},
	})
	if got.Greeting != "Good morning, Maya" {
		t.Errorf("greeting %q", got.Greeting)
	}
	if want := "Tuesday 17 November. Two customer meetings, an hour free before 10:30."; got.Line != want {
		t.Errorf("line %q, want %q", got.Line, want)
	}
	if got.FilingMinutes != 3 {
		t.Errorf("filing 14 senders takes %d min", got.FilingMinutes)
	}
	var seen []string
	for _, c := range got.Conversations {
		seen = append(seen, strings.Join([]string{c.Clock, c.Length, c.In, c.Second, c.Names, c.NeverMetWords, c.Where}, "|"))
	}
	want := []string{
		"10:30|60 min|in 1 h 12 min|Kestrel Museums · Anna Kessler, Samuel Reyes|Anna, Samuel|1 never met|Harbour Hall",
		"13:00|60 min|in 3 h 42 min|Quayside Ferries · Nadia Brandt, Owen Pryce|Nadia, Owen||",
		"15:30|30 min|in 6 h 12 min|Internal · with Tomas and Priya|Tomas, Priya||",
	}
	if strings.Join(seen, "\n") != strings.Join(want, "\n") {
		t.Errorf("conversations\n%s\nwant\n%s", strings.Join(seen, "\n"), strings.Join(want, "\n"))
	}
	if next, ok := got.Next(); !ok || next.Meeting.ID != "review" {
		t.Errorf("next is %q", next.Meeting.ID)
	}
	if _, ok := ComposeToday(TodayInput{Now: tuesday}).Next(); ok {
		t.Error("an empty day has a next conversation")
	}
}

func TestDayLine(t *testing.T) {
	all := lateReview()
	for name, c := range map[string]struct {
		at       time.Time
		meetings []Agenda
		want     string
	}{
		"nothing":               {tuesday, nil, "No customer meetings."},
		"soon":                  {day(11, 17, 10, 20), all, "Two customer meetings."},
		"half an hour":          {day(11, 17, 10, 0), all, "Two customer meetings, half an hour free before 10:30."},
		"in one":                {day(11, 17, 10, 45), all, "Two customer meetings, one meeting under way until 11:30."},
		"the afternoon":         {day(11, 17, 11, 30), all[1:], "Two customer meetings, two hours free before 13:00."},
		"over":                  {day(11, 17, 17, 0), all, "Two customer meetings, over by now."},
		"the night before":      {day(11, 17, 0, 46), all, "Two customer meetings."},
		"one":                   {day(11, 17, 8, 0), all[1:3], "One customer meeting, five hours free before 13:00."},
		"only an all-day entry": {tuesday, []Agenda{{Occurrence: Occurrence{ID: "d", AllDay: true, Start: day(11, 17, 0, 0), End: day(11, 18, 0, 0)}, Account: kestrel}}, "No customer meetings."},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ComposeToday(TodayInput{Now: c.at, Meetings: c.meetings}).Line; got != "Tuesday 17 November. "+c.want {
				t.Errorf("line %q, want …%q", got, c.want)
			}
		})
	}
	for h, want := range map[int]string{3: "Good evening", 4: "Good morning", 12: "Good afternoon", 18: "Good evening"} {
		if got := ComposeToday(TodayInput{Now: day(11, 17, h, 0)}).Greeting; got != want {
			t.Errorf("at %d: %q, want %q", h, got, want)
		}
	}
}

func TestRibbon(t *testing.T) {
	r := ComposeToday(TodayInput{Now: tuesday, Meetings: append(lateReview(),
		meetingAt("beside", kestrel, day(11, 17, 11, 0), day(11, 17, 12, 0)),
		meetingAt("late", quayside, day(11, 17, 19, 15), day(11, 18, 1, 0)))}).Ribbon
	if r.From.Hour() != 8 || !r.To.Equal(day(11, 18, 0, 0)) || r.Lanes != 2 {
		t.Errorf("from %v to %v in %d lanes", r.From, r.To, r.Lanes)
	}
	var slots []string
	for _, s := range r.Slots {
		slots = append(slots, strings.TrimSpace(Clock(s.Start, tuesday)+" "+Clock(s.End, tuesday)+" "+s.Title)+strings.Repeat("+", s.Lane))
	}
	want := "08:30 09:00; 10:30 11:30 Kestrel; 11:00 12:00 Kestrel+; 13:00 14:00 Quayside; 15:30 16:00; 19:15 00:00 Quayside"
	if got := strings.Join(slots, "; "); got != want {
		t.Errorf("slots %s, want %s", got, want)
	}
}

func TestRibbonLanesNeverOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []Agenda
		for n, from := range rapid.SliceOfN(rapid.IntRange(-300, 1500), 0, 12).Draw(t, "starts") {
			start := day(11, 17, 0, from)
			list = append(list, meetingAt(string(rune('a'+n)), Account{}, start, start.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "minutes"))*time.Minute)))
		}
		r := ComposeToday(TodayInput{Now: tuesday, Meetings: list}).Ribbon
		for i, s := range r.Slots {
			if s.Lane >= r.Lanes || s.Start.Before(r.From) || s.End.After(r.To) || s.End.Before(s.Start) {
				t.Fatalf("%+v is not on the strip from %v to %v, %d lanes", s, r.From, r.To, r.Lanes)
			}
			for _, o := range r.Slots[:i] {
				if o.Lane == s.Lane && o.Start.Before(s.End) && s.Start.Before(o.End) {
					t.Fatalf("%+v lies on %+v", s, o)
				}
			}
		}
	})
}

func TestCooling(t *testing.T) {
	touch := func(name string, late, every int, band Band) Touchpoint {
		return Touchpoint{Contact: Contact{Name: name}, Late: late, Warmth: Warmth{Band: band, Interval: Interval{Days: every}}}
	}
	got := ComposeToday(TodayInput{Now: tuesday, Touches: []Touchpoint{
		touch("Hanna", 17, 21, Cooling), touch("Grace", 64, 30, Cold), touch("Due today", 0, 7, Warm), touch("Soon", -2, 7, Warm), touch("Fenwick", 3, 90, NeverSpoke), touch("Ola", 5, 7, Warm),
	}}).Cooling
	var names []string
	for _, c := range got {
		names = append(names, c.Contact.Name+" "+c.Words)
	}
	want := "Grace 94 days, rhythm 30; Hanna 38 days, rhythm 21; Ola 12 days, rhythm 7"
	if s := strings.Join(names, "; "); s != want {
		t.Errorf("cooling %s, want %s", s, want)
	}
}

func TestPromisesDue(t *testing.T) {
	promise := func(id string, by Side, due, kept string) Promise {
		return Promise{Belongs: Belongs{ID: id, Account: "k", Contact: "b"}, By: by, What: id, Due: due, Kept: kept}
	}
	in := TodayInput{Now: tuesday, User: "Maya", Accounts: []Account{{ID: "k", Name: "Kestrel"}}, Contacts: map[string]Contact{"b": {ID: "b", Name: "Beatrice Holm"}}, Promises: []Promise{
		promise("soon", Us, "2026-11-20", ""), promise("theirs over", Customer, "2026-11-10", ""), promise("ours over", Us, "2026-11-13", ""),
		promise("far", Us, "2026-11-25", ""), promise("undated", Us, "", ""), promise("kept", Us, "2026-11-13", "2026-11-13"), promise("put off", Us, "2026-11-17", ""), promise("today", Customer, "2026-11-17", ""),
	}, Resting: map[string]time.Time{"put off": tuesday.AddDate(0, 0, 1), "soon": tuesday.AddDate(0, 0, -1)}}
	day := ComposeToday(in)
	var got []string
	for _, p := range day.Promises {
		got = append(got, p.What+", "+p.Words+" "+p.To())
	}
	want := "ours over, 4 days over to Beatrice Holm; theirs over, 7 days over from Beatrice Holm; today, Today from Beatrice Holm; soon, Fri 20 Nov to Beatrice Holm"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
	if day.Ours != 2 || day.Theirs != 2 || !strings.Contains(day.Line, ", one of our promises is overdue") {
		t.Errorf("ours %d, theirs %d, %q", day.Ours, day.Theirs, day.Line)
	}
}

// TestWhatTheyToldUsStandsOnTheFirstPage leaves out what they know, and accounts that
// are archived.
func TestWhatTheyToldUsStandsOnTheFirstPage(t *testing.T) {
	told := func(words, account, on string, decision Decision, told string) Feedback {
		return Feedback{Belongs: Belongs{ID: words, Account: account, Contact: "b"}, Words: words, On: on, Decision: decision, Told: told}
	}
	in := TodayInput{Now: tuesday, Accounts: []Account{{ID: "k", Name: "Kestrel"}}, Contacts: map[string]Contact{"b": {ID: "b", Name: "Beatrice Holm"}}, Feedback: []Feedback{
		told("known", "k", "2026-11-01", Accepted, "2026-11-02"), told("decided", "k", "2026-11-16", Accepted, ""), told("archived", "gone", "2026-11-01", "", ""),
		told("late", "k", "2026-11-11", "", ""), told("fresh", "k", "2026-11-16", "", ""),
	}}
	var got []string
	for _, f := range ComposeToday(in).Feedback {
		got = append(got, f.Who()+": "+f.Feedback.Words+", "+f.Stands)
	}
	const want = "Beatrice Holm: late, 4 days over; Beatrice Holm: decided, tell them; Beatrice Holm: fresh, Tomorrow"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
}

func TestTheRoomsOwnWords(t *testing.T) {
	m := Agenda{Occurrence: Occurrence{ID: "m", Summary: "Review", Start: tuesday.Add(time.Hour), End: tuesday.Add(2 * time.Hour)}, Account: Account{ID: "k", Name: "Kestrel"},
		People: []Participant{{Contact: "b", Side: Customer}}}
	need := func(contact, words, on string, met Met) Need {
		return Need{Belongs: Belongs{Account: "k", Contact: contact}, Words: words, On: on, Met: met}
	}
	in := TodayInput{Now: tuesday, Meetings: []Agenda{m}, Contacts: map[string]Contact{"b": {ID: "b", Name: "Beatrice Holm"}}, Needs: []Need{
		need("b", "It shimmers.", "2026-11-05", NotMet), need("b", "Later, but under way.", "2026-11-10", OnTheWay), need("x", "Not in the room.", "2026-11-12", NotMet), need("b", "Done.", "2026-11-15", IsMet),
	}, Promises: []Promise{{Belongs: Belongs{ID: "p", Account: "k"}, By: Us, What: "Report", Due: "2026-11-13"}}}
	c := ComposeToday(in).Conversations[0]
	if c.Said != (Said{Words: "It shimmers.", Who: "Beatrice", On: "5 Nov"}) || c.Overdue != "Promise overdue" {
		t.Errorf("%+v, %q", c.Said, c.Overdue)
	}
	in.Needs, in.Promises[0].Account = nil, "other"
	if c := ComposeToday(in).Conversations[0]; c.Said != (Said{}) || c.Overdue != "" {
		t.Errorf("of nothing: %+v, %q", c.Said, c.Overdue)
	}
}

func TestWaitingRows(t *testing.T) {
	wait := func(at time.Time) Waiting {
		return Waiting{Owed: Owed{By: Us, Since: at, Person: annaFrom, Interaction: Interaction{ID: at.String(), At: at, People: []Participant{annaFrom, mayaTo}}}}
	}
	got := ComposeToday(TodayInput{Now: tuesday, Waiting: []Waiting{wait(day(11, 15, 9, 0)), wait(day(11, 16, 17, 42)), wait(day(11, 16, 9, 17))}}).Waiting
	var says []string
	for _, w := range got {
		s := w.Person.Name + " " + w.Age
		if w.Overdue {
			s += " overdue"
		}
		says = append(says, s)
	}
	if s, want := strings.Join(says, "; "), "Anna Kessler 15 h; Anna Kessler 1 day overdue; Anna Kessler 2 days overdue"; s != want {
		t.Errorf("waiting %s, want %s", s, want)
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"": "", "Kestrel Museums": "Kestrel", "The Old Mill": "The Old", "A Studio": "A Studio", "Wexcombe": "Wexcombe",
	} {
		if got := ShortName(name); got != want {
			t.Errorf("ShortName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAWholeDayComesLast(t *testing.T) {
	fair := Agenda{Occurrence: Occurrence{ID: "fair", AllDay: true, Start: day(11, 17, 0, 0), End: day(11, 18, 0, 0)}, Account: kestrel}
	got := ComposeToday(TodayInput{Now: tuesday, Meetings: append([]Agenda{fair}, lateReview()...)}).Conversations
	c := got[len(got)-1]
	if c.Meeting.ID != "fair" || c.Clock != "All day" || c.Length != "" || c.In != "today" {
		t.Errorf("the last conversation is %s: %q %q %q", c.Meeting.ID, c.Clock, c.Length, c.In)
	}
}

func TestWhatLiesAheadNamesOnlyTalksWithCustomers(t *testing.T) {
	own := meetingAt("own", Account{}, day(11, 18, 9, 0), day(11, 18, 10, 0), mayaFrom, tomas)
	off := meetingAt("off", quayside, day(11, 18, 11, 0), day(11, 18, 12, 0))
	off.Cancelled = true
	talk := meetingAt("talk", kestrel, day(11, 19, 9, 0), day(11, 19, 10, 0), mayaFrom, annaTo)
	got := ComposeToday(TodayInput{Now: tuesday, Ahead: []Agenda{own, off, talk}})
	if len(got.Ahead) != 1 || got.Ahead[0].Meeting.ID != "talk" || got.Ahead[0].Names != "Anna" {
		t.Errorf("ahead is %+v", got.Ahead)
	}
}
