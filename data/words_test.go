package data

import (
	"testing"
	"time"
)

// tuesday is the morning on which most tests of this package take place.
var tuesday = time.Date(2026, 11, 17, 9, 18, 0, 0, time.UTC)

func day(month time.Month, d, hour, minute int) time.Time {
	return time.Date(2026, month, d, hour, minute, 0, 0, time.UTC)
}

func TestAgo(t *testing.T) {
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"never":                                 {time.Time{}, "Never spoken"},
		"this minute":                           {tuesday.Add(-20 * time.Second), "just now"},
		"within the hour":                       {tuesday.Add(-59 * time.Minute), "59 min ago"},
		"yesterday evening is still hours":      {day(11, 16, 17, 42), "15 h ago"},
		"a day and a bit":                       {day(11, 16, 9, 17), "1 day ago"},
		"late two calendar days ago is days":    {day(11, 15, 9, 0), "2 days ago"},
		"days up to a year":                     {tuesday.AddDate(0, 0, -364), "364 days ago"},
		"a year":                                {tuesday.AddDate(0, 0, -365), "1 year ago"},
		"years":                                 {tuesday.AddDate(-3, 0, -1), "3 years ago"},
		"what lies ahead reads as ahead":        {day(11, 17, 10, 30), "in 1 h 12 min"},
		"another zone makes no difference here": {day(11, 16, 17, 42).In(time.FixedZone("", 9*3600)), "15 h ago"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Ago(c.at, tuesday); got != c.want {
				t.Errorf("Ago = %q, want %q", got, c.want)
			}
		})
	}
}

func TestAge(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "0 min", 0: "0 min", 59*time.Minute + 59*time.Second: "59 min", time.Hour: "1 h",
		23*time.Hour + 59*time.Minute: "23 h", 24 * time.Hour: "1 day", 47 * time.Hour: "1 day", 48 * time.Hour: "2 days",
		364 * 24 * time.Hour: "364 days", 365 * 24 * time.Hour: "1 year", 800 * 24 * time.Hour: "2 years",
	} {
		if got := Age(d); got != want {
			t.Errorf("Age(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestUntil(t *testing.T) {
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"begun":                     {tuesday.Add(-time.Hour), "now"},
		"in seconds":                {tuesday.Add(20 * time.Second), "now"},
		"minutes":                   {tuesday.Add(45 * time.Minute), "in 45 min"},
		"a full hour":               {tuesday.Add(time.Hour), "in 1 h"},
		"hours and minutes":         {day(11, 17, 10, 30), "in 1 h 12 min"},
		"tomorrow later in the day": {day(11, 18, 10, 0), "in 1 day"},
		"days":                      {day(11, 20, 8, 0), "in 3 days"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Until(c.at, tuesday); got != c.want {
				t.Errorf("Until = %q, want %q", got, c.want)
			}
		})
	}
}

func TestDayWord(t *testing.T) {
	for name, c := range map[string]struct {
		at   time.Time
		want string
	}{
		"none":               {time.Time{}, ""},
		"today":              {day(11, 17, 23, 59), "Today"},
		"tomorrow":           {day(11, 18, 0, 0), "Tomorrow"},
		"yesterday":          {day(11, 16, 0, 0), "Yesterday"},
		"this year":          {day(11, 19, 8, 0), "Thu 19 Nov"},
		"another year":       {time.Date(2027, 1, 4, 8, 0, 0, 0, time.UTC), "Mon 4 Jan 2027"},
		"the zone is now's":  {time.Date(2026, 11, 18, 1, 0, 0, 0, time.FixedZone("", 2*3600)), "Today"},
		"same day last year": {time.Date(2025, 11, 17, 8, 0, 0, 0, time.UTC), "Mon 17 Nov 2025"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := DayWord(c.at, tuesday); got != c.want {
				t.Errorf("DayWord = %q, want %q", got, c.want)
			}
		})
	}
	if got := DayAndClock(day(11, 17, 10, 30), tuesday); got != "Today 10:30" {
		t.Errorf("DayAndClock = %q", got)
	}
	if got, want := MonthHead(time.Date(2025, 10, 1, 0, 0, 0, 0, time.UTC), tuesday), "October 2025"; got != want {
		t.Errorf("MonthHead of another year = %q, want %q", got, want)
	}
	if got := MonthHead(day(10, 1, 0, 0), tuesday); got != "October" {
		t.Errorf("MonthHead = %q", got)
	}
	berlin := tuesday.In(time.FixedZone("", 3600))
	if got := Clock(day(11, 17, 23, 30), berlin); got != "00:30" {
		t.Errorf("Clock in now's zone = %q", got)
	}
}

func TestNumbersInWords(t *testing.T) {
	for n, want := range map[int]string{0: "No", 1: "One", 2: "Two", 12: "Twelve", 13: "13", -1: "-1"} {
		if got := SmallNumber(n); got != want {
			t.Errorf("SmallNumber(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 mails", 1: "1 mail", 2: "2 mails"} {
		if got := Counted(n, "mail", "mails"); got != want {
			t.Errorf("Counted(%d) = %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int]string{0: "0 min", 45: "45 min", 60: "1 h", 72: "1 h 12 min"} {
		if got := MinutesWord(n); got != want {
			t.Errorf("MinutesWord(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestNamesInWords(t *testing.T) {
	for name, want := range map[string]string{
		"Anna Kessler": "Anna", "Anna": "Anna", "": "", "J. Okonjo": "J. Okonjo", "Dr Ines Fournier": "Dr Ines Fournier",
		"box@orchardstreet.example": "box@orchardstreet.example", " Luc  Maréchal ": "Luc",
	} {
		if got := FirstName(name); got != want {
			t.Errorf("FirstName(%q) = %q, want %q", name, got, want)
		}
	}
	for want, list := range map[string][]string{
		"": nil, "Anna": {"Anna"}, "Anna and Leon": {"Anna", "Leon"}, "Anna, Leon and Piotr": {"Anna", "Leon", "Piotr"},
	} {
		if got := JoinAnd(list); got != want {
			t.Errorf("JoinAnd(%q) = %q, want %q", list, got, want)
		}
	}
	if got := sentence("éclair"); got != "Éclair" {
		t.Errorf("sentence begins with %q", got)
	}
}
