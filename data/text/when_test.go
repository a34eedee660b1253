package text

import (
	"strings"
	"testing"
	"time"
)

// now is a Saturday.
var testNow = time.Date(2026, 11, 21, 16, 20, 30, 0, time.FixedZone("CET", 3600))

func TestWhen(t *testing.T) {
	for _, c := range []struct{ name, in, want, understood string }{
		{"today", "called Karin today", "2026-11-21", "today"},
		{"yesterday", "Yesterday, coffee with Karin", "2026-11-20", "Yesterday"},
		{"yesterday at a time", "Met yesterday at 14:30 in town", "2026-11-20 14:30", "yesterday|at 14:30"},
		{"the time first", "at 9am yesterday", "2026-11-20 09:00", "at 9am|yesterday"},
		{"this morning", "this morning by phone", "2026-11-21", "this morning"},
		{"the day before yesterday", "the day before yesterday", "2026-11-19", "the day before yesterday"},
		{"a weekday", "Monday: visit", "2026-11-16", "Monday"},
		{"on a weekday", "visit on Friday", "2026-11-20", "on Friday"},
		{"today's weekday", "on Saturday", "2026-11-21", "on Saturday"},
		{"last, on the same weekday", "last Saturday", "2026-11-14", "last Saturday"},
		{"last, a few days ago", "last Tuesday", "2026-11-17", "last Tuesday"},
		{"a short weekday", "on Wed", "2026-11-18", "on Wed"},
		{"days ago", "two days ago", "2026-11-19", "two days ago"},
		{"a week ago", "a week ago", "2026-11-14", "a week ago"},
		{"months ago, to a shorter one", "9 months ago", "2026-02-21", "9 months ago"},
		{"minutes ago", "10 minutes ago", "2026-11-21 16:10", "10 minutes ago"},
		{"an hour ago", "an hour ago", "2026-11-21 15:20", "an hour ago"},
		{"day and month", "on 5 Nov, 10 min", "2026-11-05", "on 5 Nov"},
		{"month and day", "Nov 5th: call", "2026-11-05", "Nov 5th"},
		{"an ordinal", "the 5th of November", "2026-11-05", "5th of November"},
		{"with a year", "5 March 2024", "2024-03-05", "5 March 2024"},
		{"month first with a year", "March 5, 2024", "2024-03-05", "March 5, 2024"},
		{"ISO", "2026-11-05 note", "2026-11-05", "2026-11-05"},
		{"ISO with a time", "2026-11-05 14:30", "2026-11-05 14:30", "2026-11-05|14:30"},
		{"a time alone is today's", "called at 14:30", "2026-11-21 14:30", "at 14:30"},
		{"afternoon", "called at 3:15 pm", "2026-11-21 15:15", "at 3:15 pm"},
		{"a bare hour", "called at 9 about the kiln", "2026-11-21 09:00", "at 9"},
		{"noon", "at noon", "2026-11-21 12:00", "at noon"},
		{"of a span, its start", "14:30-15:00 call", "2026-11-21 14:30", "14:30"},
		{"a plan after what was", "Yesterday she promised the drawings by Friday", "2026-11-20", "Yesterday"},
		{"a plan before what was", "Drawings by Friday; call on Thursday", "2026-11-19", "on Thursday"},
		{"German yesterday", "gestern Abend angerufen", "2026-11-20", "gestern Abend"},
		{"German day before", "vorgestern um 14 Uhr", "2026-11-19 14:00", "vorgestern|um 14 Uhr"},
		{"German hour and minutes", "heute um 9 Uhr 15", "2026-11-21 09:15", "heute|um 9 Uhr 15"},
		{"German ago", "vor zwei Tagen", "2026-11-19", "vor zwei Tagen"},
		{"German date", "am 5.11. telefoniert", "2026-11-05", "am 5.11."},
		{"German date with a year", "05.11.2025", "2025-11-05", "05.11.2025"},
		{"German month", "am 5. November", "2026-11-05", "am 5. November"},
		{"German weekday", "letzten Dienstag", "2026-11-17", "letzten Dienstag"},
		{"German morning", "heute Morgen", "2026-11-21", "heute Morgen"},
	} {
		at, dayOnly, spans, ok := When(c.in, testNow)
		got := at.Format("2006-01-02 15:04")
		if dayOnly {
			got = at.Format("2006-01-02")
		}
		if !ok || got != c.want || understood(c.in, spans) != c.understood {
			t.Errorf("%s: %q gives %s (%q, %v), want %s (%q)", c.name, c.in, got, understood(c.in, spans), ok, c.want, c.understood)
		}
	}
}

// understood joins what was read.
func understood(s string, spans [][2]int) string {
	var list []string
	for _, p := range spans {
		list = append(list, s[p[0]:p[1]])
	}
	return strings.Join(list, "|")
}

func TestWhenLeavesWhatLiesAheadOrIsUnclear(t *testing.T) {
	for name, in := range map[string]string{
		"a due day":                  "send drawings by Friday",
		"a due date":                 "send drawings by 5 Nov",
		"a due date with an article": "by the 5th of November",
		"until":                      "busy until Monday",
		"before":                     "before last Friday",
		"by the end of a day":        "by end of today",
		"next":                       "next Tuesday",
		"for":                        "booked for Tuesday",
		"every":                      "calls every Monday",
		"tomorrow":                   "tomorrow at 9",
		"will":                       "will call on Monday",
		"a promise":                  "promised to send it Friday",
		"a coming date":              "on 5 Dec",
		"a date to come":             "2026-12-05",
		"a time to come":             "at 18:00",
		"a time until":               "until 14:30",
		"German due day":             "bis Freitag",
		"German due date":            "bis zum 5.11.",
		"German next":                "nächsten Dienstag",
		"German will":                "wird am Montag liefern",
		"German tomorrow":            "morgen",
		"a slash date":               "5/11",
		"a day that is none":         "31 Feb",
		"an ISO date that is none":   "2026-13-01",
		"may, the verb":              "may 5 of us come",
		"march, the verb":            "we march 5 miles",
		"sat, the verb":              "Sat with Karin",
		"a number":                   "looked at 9 kilns",
		"a version":                  "version 1.14.53",
		"a ratio":                    "16:9",
		"a length":                   "10 min",
		"nothing":                    "",
	} {
		if at, _, spans, ok := When(in, testNow); ok {
			t.Errorf("%s: %q gives %s (%q)", name, in, at, understood(in, spans))
		}
	}
}

func TestDuration(t *testing.T) {
	for _, c := range []struct{ in, want, understood string }{
		{"call, 10 min, kiln", "10m0s", "10 min"},
		{"45-minute call", "45m0s", "45-minute"},
		{"10min", "10m0s", "10min"},
		{"1 h", "1h0m0s", "1 h"},
		{"1h30", "1h30m0s", "1h30"},
		{"1h30m", "1h30m0s", "1h30m"},
		{"1 hour and 15 minutes", "1h15m0s", "1 hour and 15 minutes"},
		{"1.5 hours", "1h30m0s", "1.5 hours"},
		{"0.5 h", "30m0s", "0.5 h"},
		{"1,5 Stunden", "1h30m0s", "1,5 Stunden"},
		{"half an hour", "30m0s", "half an hour"},
		{"about an hour", "1h0m0s", "an hour"},
		{"an hour and a half", "1h30m0s", "an hour and a half"},
		{"two hours", "2h0m0s", "two hours"},
		{"eine halbe Stunde", "30m0s", "eine halbe Stunde"},
		{"90 Minuten", "1h30m0s", "90 Minuten"},
		{"10 min ago, for 20 min", "20m0s", "20 min"},
	} {
		d, span, ok := Duration(c.in)
		if !ok || d.String() != c.want || c.in[span[0]:span[1]] != c.understood {
			t.Errorf("%q gives %s (%q, %v)", c.in, d, c.in[span[0]:span[1]], ok)
		}
	}
	for name, in := range map[string]string{
		"ago": "10 min ago", "in": "in 10 min", "German ago": "vor 10 Minuten", "over a day": "30 hours", "metres": "20 m", "none": "0 min", "a word": "minutes", "nothing": "",
	} {
		if d, _, ok := Duration(in); ok {
			t.Errorf("%s: %q gives %s", name, in, d)
		}
	}
}

func FuzzWhen(f *testing.F) {
	for _, s := range []string{"last Tuesday at 3 p.m.", "5.11.26 um 14.30 Uhr", "vor drei Wochen", "2026-11-05T14:30", "1h30m", "a couple of days ago", "May", "5.", "\xff9", "at", "9 a.", "1.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, _, spans, ok := When(s, testNow)
		if ok && (at.After(testNow) || len(spans) == 0) {
			t.Fatalf("%q gives %s %v", s, at, spans)
		}
		last := 0
		for _, p := range spans {
			if p[0] < last || p[1] <= p[0] || p[1] > len(s) {
				t.Fatalf("%q has spans %v", s, spans)
			}
			last = p[1]
		}
		if d, span, ok := Duration(s); ok && (d <= 0 || d > 24*time.Hour || span[1] > len(s)) {
			t.Fatalf("%q lasts %s %v", s, d, span)
		}
	})
}
