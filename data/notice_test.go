package data

import (
	"testing"
	"time"
)

func TestNoticesComeAnHourBeforeAndSayNothingOfTheTalk(t *testing.T) {
	at := func(minutes int, change func(*Agenda)) Agenda {
		start := tuesday.Add(time.Duration(minutes) * time.Minute)
		m := Agenda{Occurrence: Occurrence{ID: "m", Summary: "Review https://meet.example/x?pwd=hush", Start: start, End: start.Add(time.Hour)}, Account: kestrel}
		change(&m)
		return m
	}
	same := func(*Agenda) {}
	for name, c := range map[string]struct {
		meeting Agenda
		want    int
	}{
		"in half an hour":  {at(30, same), 1},
		"in an hour":       {at(60, same), 1},
		"later than that":  {at(61, same), 0},
		"begun":            {at(0, same), 0},
		"cancelled":        {at(30, func(m *Agenda) { m.Cancelled = true }), 0},
		"among ourselves":  {at(30, func(m *Agenda) { m.Account = Account{} }), 0},
		"all day":          {at(30, func(m *Agenda) { m.AllDay = true }), 0},
		"without a title":  {at(30, func(m *Agenda) { m.Summary = "" }), 1},
		"already prepared": {at(30, func(m *Agenda) { m.ID = "ready" }), 1},
	} {
		got := Notices([]Agenda{c.meeting}, map[string]bool{"ready": true}, tuesday)
		if len(got) != c.want {
			t.Errorf("%s: %d notices, want %d", name, len(got), c.want)
		}
		if name == "in half an hour" && (got[0].Title != "Review at 09:48" || got[0].Text != "Kestrel Museums. The brief is ready; write what is to be earned.") {
			t.Errorf("it says %q, %q", got[0].Title, got[0].Text)
		}
		if name == "already prepared" && got[0].Text != "Kestrel Museums. Your brief is ready." {
			t.Errorf("of a prepared one it says %q", got[0].Text)
		}
	}
}
