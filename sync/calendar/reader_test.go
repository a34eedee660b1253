package calendar

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"rapport/data"
)

// readAll reads a calendar for 2026 in Berlin.
func readAll(t *testing.T, raw string) Reading {
	t.Helper()
	r, err := Meetings(context.Background(), []byte(raw), Options{Calendar: "cal", Zone: berlin, From: day("2026-01-01"), To: day("2027-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func titles(r Reading) (list []string) {
	for _, m := range r.Meetings {
		for _, o := range m.Occurrences {
			list = append(list, o.Summary)
		}
	}
	return list
}

func toUTF16(s string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(s)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

func TestBrokenCalendarsAreRead(t *testing.T) {
	const good = "BEGIN:VEVENT\nUID:good\nDTSTART:20260105T090000Z\nSUMMARY:Good\nEND:VEVENT\n"
	plain := vcalendar("DTSTART:20260105T090000Z\nSUMMARY:Fünf")
	tests := []struct {
		name, raw string
		want      string // titles of all dates
		odd       string
	}{
		{"LF line ends", plain, "Fünf", ""},
		{"CRLF line ends", strings.ReplaceAll(plain, "\n", "\r\n"), "Fünf", ""},
		{"CR line ends", strings.ReplaceAll(plain, "\n", "\r"), "Fünf", ""},
		{"CR CR LF line ends", strings.ReplaceAll(plain, "\n", "\r\r\n"), "Fünf", ""},
		{"a byte order mark", "\xef\xbb\xbf" + plain, "Fünf", ""},
		{"UTF-16", toUTF16(plain), "Fünf", ""},
		{"Windows-1252", strings.ReplaceAll(plain, "ü", "\xfc"), "Fünf", ""},
		{"Windows-1252 with a euro", vcalendar("DTSTART:20260105T090000Z\nSUMMARY:5 \x80"), "5 €", ""},
		{"a fold inside a letter", strings.ReplaceAll(plain, "ü", "\xc3\n \xbc"), "Fünf", ""},
		{"a fold with a tab", strings.ReplaceAll(plain, "ü", "\n\tü"), "Fünf", ""},
		{"a blank line inside a fold", strings.ReplaceAll(plain, "ü", "\n\n ü"), "Fünf", ""},
		{"a description that was broken without folding", vcalendar("DESCRIPTION:Hello\nwe meet, then\n- Agenda: prices\nLocation: none\nDTSTART:20260105T090000Z\nSUMMARY:Call\nLOCATION:Room"), "Call", ""},
		{"blanks after BEGIN and END", "BEGIN:VCALENDAR \nBEGIN:VEVENT  \nUID:a\nDTSTART:20260105T090000Z\nSUMMARY:Call\nEND:VEVENT\t\nEND:VCALENDAR  ", "Call", ""},
		{"lower-case names and values", "begin:vcalendar\nbegin:vevent\nuid:a\ndtstart;value=date:20260105\nsummary:Call\nend:vevent\nend:vcalendar", "Call", ""},
		{"indented after BEGIN", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n  UID:a\nDTSTART:20260105T090000Z\nSUMMARY:Call\nEND:VEVENT\nEND:VCALENDAR", "Call", ""},
		{"entries without a calendar around them", good, "Good", ""},
		{"no line end at the end", strings.TrimSpace(plain), "Fünf", ""},
		{"words before the calendar", "Notice: undefined index in feed.php\n" + plain, "Fünf", ""},
		{"two calendars in one file", plain + "BEGIN:VCALENDAR\n" + good + "END:VCALENDAR\n", "Fünf Good", ""},
		{"parameters without a colon, on which go-ical panics", vcalendar("X-BAD;A=b\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "line 5 cannot be read"},
		{"a quote that never ends", vcalendar("ATTENDEE;CN=\"Anna:mailto:anna@kestrel.example\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "line 5 cannot be read"},
		{"letters after a closing quote, on which go-ical panics", vcalendar("ATTENDEE;CN=\"O\"Brien:mailto:anna@kestrel.example\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "line 5 cannot be read"},
		{"a parameter of 400 kB, on which go-ical takes 18 seconds", vcalendar("X-BIG;A=\"" + strings.Repeat("a", 400<<10) + "\":1\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "line 5 is longer"},
		{"a parameter of 60 kB", vcalendar("X-BIG;A=\"" + strings.Repeat("a", 60<<10) + "\":1\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "line 5 cannot be read"},
		{"a picture inside an entry", vcalendar("ATTACH;ENCODING=BASE64:" + strings.Repeat("QUJD\n ", 40<<10) + "\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "longer than 64 kB"},
		{"an alarm with its own description", vcalendar("DTSTART:20260105T090000Z\nBEGIN:VALARM\nSUMMARY:Wrong\nDURATION:PT5M\nEND:VALARM\nSUMMARY:Call"), "Call", ""},
		{"an alarm without an end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260105T090000Z\nSUMMARY:Call\nBEGIN:VALARM\nACTION:DISPLAY\nEND:VEVENT\n" + good + "END:VCALENDAR", "Call Good", ""},
		{"an entry without an end", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260105T090000Z\nSUMMARY:Call\n" + good + "END:VCALENDAR", "Call Good", "has no end"},
		{"tasks and journals between", "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nSUMMARY:Task\nBEGIN:VALARM\nEND:VALARM\nDUE:20260105T090000Z\nEND:VTODO\n" + good + "END:VCALENDAR", "Good", ""},
		{"a comma and backslashes that were not escaped", vcalendar("DTSTART:20260105T090000Z\nSUMMARY:Prices, terms\\, C:\\Plans \\; 3\\n4"), `Prices, terms, C:\Plans ; 3 4`, ""},
		{"one bad entry among good ones", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:bad\nDTSTART:soon\nEND:VEVENT\n" + good + "END:VCALENDAR", "Good", "bad: the start of the entry at line 2 cannot be read"},
		{"a fold between name and value", vcalendar("DTSTART\n ;VALUE=DATE\n :20260105\nSUMMARY\n :Call"), "Call", ""},
		{"a name in mixed case, with a blank after it", vcalendar("DtStart ;VALUE=DATE:20260105\nSUMMARY:Call"), "Call", ""},
		{"an extension in mixed case after a text", vcalendar("DTSTART:20260105\nSUMMARY:Call\nX-Entourage_Kind:5"), "Call", ""},
		{"control characters", vcalendar("DTSTART:2026\x000105\nSUMM\x01ARY:Ca\x7fll"), "Call", ""},
		{"a BEGIN of nothing", vcalendar("DTSTART:20260105\nBEGIN:, soon\nSUMMARY:Call"), "Call", "line 6 cannot be read"},
		{"a line without a colon", vcalendar("DTSTART:20260105T090000Z\nSTATUS=CONFIRMED\nSUMMARY:Call"), "Call", "line 6 cannot be read"},
		{"an empty UID", vcalendar("UID:\nDTSTART:20260105T090000Z\nSUMMARY:Call"), "Call", "has no UID"},
		{"no UID", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260105T090000Z\nSUMMARY:Call\nEND:VEVENT\nEND:VCALENDAR", "Call", "has no UID"},
		{"a series whose own entry is bad is held, not shown as one date", vcalendar("DTSTART:soon\nRRULE:FREQ=DAILY", "RECURRENCE-ID:20260105T090000Z\nDTSTART:20260105T100000Z\nSUMMARY:Moved") + vcalendar("UID:good\nDTSTART:20260105T090000Z\nSUMMARY:Good"), "Good", "cannot be read"},
		{"an empty calendar", "BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n", "", ""},
		{"a calendar that was called off", "BEGIN:VCALENDAR\nMETHOD:CANCEL\n" + good + "END:VCALENDAR", "Good", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := readAll(t, tt.raw)
			if got := strings.Join(titles(r), " "); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if remarks := strings.Join(r.Odd, "\n"); !strings.Contains(remarks, tt.odd) || tt.odd == "" && remarks != "" {
				t.Errorf("remarks %q, want one with %q", remarks, tt.odd)
			}
		})
	}
}

func TestWhatIsNoCalendar(t *testing.T) {
	whole := vcalendar("DTSTART:20260105T090000Z\nSUMMARY:Call")
	tests := []struct {
		name, raw string
		want      error
	}{
		{"a web page", "<!DOCTYPE html><html><body>Sign in: please</body></html>", ErrNotCalendar},
		{"words", "the calendar has moved", ErrNotCalendar},
		{"nothing", "", ErrCut},
		{"blanks", " \r\n\r\n", ErrCut},
		{"no END:VCALENDAR", strings.TrimSuffix(whole, "END:VCALENDAR\n"), ErrCut},
		{"cut within an entry", whole[:60], ErrCut},
		{"cut right after BEGIN", "BEGIN:VCALENDAR\n", ErrCut},
		{"an entry alone, cut", "BEGIN:VEVENT\nUID:a\nDTSTART:20260105T090000Z\n", ErrCut},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Meetings(context.Background(), []byte(tt.raw), Options{})
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

// Wherever a calendar is cut, it is either noticed or nothing was lost.
func TestEveryCutIsNoticed(t *testing.T) {
	whole := vcalendar("DTSTART:20260105T090000Z\nSUMMARY:Call", "UID:two\nDTSTART;VALUE=DATE:20260106")
	end := strings.LastIndex(whole, "END:VCALENDAR") + len("END:VCALENDAR")
	for i := range end {
		if _, err := Meetings(context.Background(), []byte(whole[:i]), Options{}); err == nil {
			t.Fatalf("cut at %d of %d was not noticed:\n%s", i, end, whole[:i])
		}
	}
}

func TestHeldMeetings(t *testing.T) {
	r := readAll(t, vcalendar("UID:bad\nDTSTART:soon\nRRULE:FREQ=DAILY", "UID:bad\nRECURRENCE-ID:20260105T090000Z\nDTSTART:20260105T100000Z", "UID:good\nDTSTART:20260105T090000Z"))
	if !slices.Equal(r.Held, []string{"bad"}) || len(r.Meetings) != 1 || r.Meetings[0].UID != "good" {
		t.Errorf("held %v, meetings %v", r.Held, r.Meetings)
	}
}

func TestPeopleAndPlace(t *testing.T) {
	r := readAll(t, vcalendar(strings.Join([]string{
		"DTSTART:20260105T090000Z", "SUMMARY:Review\\, spring", "STATUS:TENTATIVE", "SEQUENCE:4", "DTSTAMP:20260101T000000Z", "LAST-MODIFIED:20260102T000000Z",
		`ORGANIZER;CN="Maya Lind":MAILTO:Maya@Larkfield.example`,
		"ATTENDEE;CN=Anna Weiss;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:mailto:anna@kestrel.example",
		"ATTENDEE;CN=Anna again:mailto:ANNA@kestrel.example",
		"ATTENDEE;CN=Bell, Tom;PARTSTAT=DECLINED;ROLE=OPT-PARTICIPANT:mailto:tom@kestrel.example",
		`ATTENDEE;CN="bo@kestrel.example";PARTSTAT=TENTATIVE:mailto:bo@kestrel.example`,
		"ATTENDEE;CUTYPE=ROOM;CN=Room 4;PARTSTAT=NEEDS-ACTION:mailto:room4@larkfield.example",
		"ATTENDEE;CN=Io;EMAIL=io@kestrel.example:urn:uuid:1234",
		"ATTENDEE:invalid:nomail", "ATTENDEE;CN=O^'Neil:mailto:neil@kestrel.example",
	}, "\n")))
	o := r.Meetings[0].Occurrences[0]
	want := []data.Attendee{
		{Address: data.Address{Name: "Anna Weiss", Email: "anna@kestrel.example"}, Answer: "accepted"},
		{Address: data.Address{Name: "Bell, Tom", Email: "tom@kestrel.example"}, Answer: "declined", Optional: true},
		{Address: data.Address{Email: "bo@kestrel.example"}, Answer: "tentative"},
		{Address: data.Address{Name: "Room 4", Email: "room4@larkfield.example"}, Optional: true},
		{Address: data.Address{Name: "Io", Email: "io@kestrel.example"}},
		{Address: data.Address{Name: `O"Neil`, Email: "neil@kestrel.example"}},
	}
	if !slices.Equal(o.Attendees, want) {
		t.Errorf("attendees\n%v\nwant\n%v", o.Attendees, want)
	}
	if (o.Organizer != data.Address{Name: "Maya Lind", Email: "maya@larkfield.example"}) {
		t.Errorf("organizer %v", o.Organizer)
	}
	if o.Summary != "Review, spring" || !o.Tentative || o.Cancelled || o.Sequence != 4 || o.Stamp != day("2026-01-02").Unix() {
		t.Errorf("got %+v", o)
	}
}

func TestWhatTakesNoTime(t *testing.T) {
	for lines, want := range map[string]bool{
		"":                                false,
		"TRANSP:OPAQUE":                   false,
		"TRANSP:TRANSPARENT":              true,
		"transp: transparent":             true,
		"X-MICROSOFT-CDO-BUSYSTATUS:FREE": true,
		"X-MICROSOFT-CDO-BUSYSTATUS:BUSY": false,
		"TRANSP:OPAQUE\nX-MICROSOFT-CDO-BUSYSTATUS:FREE":     false,
		"TRANSP:TRANSPARENT\nRRULE:FREQ=DAILY;COUNT=2":       true,
		"TRANSP:TRANSPARENT\nX-MICROSOFT-CDO-BUSYSTATUS:OOF": true,
	} {
		for _, o := range readAll(t, vcalendar("DTSTART:20260105T090000Z\n"+lines)).Meetings[0].Occurrences {
			if o.Free != want {
				t.Errorf("%q: free is %v", lines, o.Free)
			}
		}
	}
}

// What the large programs export, in their manner.
func TestExportsOfLargePrograms(t *testing.T) {
	tests := []struct{ file, want string }{
		{"outlook", "Kestrel weekly 2026-01-05 09:00, Kestrel weekly 2026-01-12 09:00, Kestrel weekly, with Tom 2026-02-03 14:00, Kestrel weekly 2026-02-09 09:00, " +
			"Kestrel weekly 2026-02-16 09:00, Kestrel weekly 2026-02-23 09:00, Kestrel weekly 2026-03-02 09:00, Kestrel weekly 2026-03-09 09:00, " +
			"Kestrel weekly 2026-03-16 09:00, Kestrel weekly 2026-03-23 09:00, Kestrel weekly 2026-03-30 09:00, Kestrel weekly 2026-04-06 09:00, " +
			"Kestrel weekly 2026-04-13 09:00, Kestrel weekly 2026-04-20 09:00, Kestrel weekly 2026-04-27 09:00"},
		{"google", "Steering group 2026-01-15 16:00, Steering group 2026-02-19 16:00 cancelled, Steering group 2026-03-19 16:00, Steering group 2026-04-16 17:00, " +
			"Steering group 2026-05-21 17:00, Steering group 2026-06-18 17:00, Trade fair, Lyon 2026-03-09, A time without a zone 2026-03-10 14:00"},
		{"apple", "Petit-déjeuner 2026-03-23 08:30, Petit-déjeuner 2026-03-24 08:30, Petit-déjeuner tardif 2026-03-25 10:00, Petit-déjeuner 2026-03-26 08:30, " +
			"Petit-déjeuner 2026-03-27 08:30, Petit-déjeuner 2026-03-30 08:30, Petit-déjeuner 2026-03-31 08:30, Petit-déjeuner 2026-04-01 08:30"},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			raw, err := os.ReadFile("testdata/" + tt.file + ".ics")
			if err != nil {
				t.Fatal(err)
			}
			r := readAll(t, string(raw))
			var got []string
			for _, m := range r.Meetings {
				for _, o := range m.Occurrences {
					got = append(got, o.Summary+" "+starts([]data.Occurrence{o}, berlin))
				}
			}
			if strings.Join(got, ", ") != tt.want || len(r.Odd) > 0 {
				t.Errorf("got  %s\nwant %s\nremarks %q", strings.Join(got, ", "), tt.want, r.Odd)
			}
		})
	}
}

// What is stored of a meeting gives the same dates again, and reading it again
// stores the same.
func TestStoredTextExpandsAlike(t *testing.T) {
	files, err := filepath.Glob("testdata/*.ics")
	if err != nil || len(files) < 3 {
		t.Fatal("the fixtures are gone", err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		checkStored(t, f, readAll(t, string(raw)))
	}
}

func checkStored(t *testing.T, name string, r Reading) {
	t.Helper()
	for _, m := range r.Meetings {
		again, _, err := Expand(m.ICS, "cal", berlin, day("2026-01-01"), day("2027-01-01"))
		if err != nil {
			t.Fatalf("%s: %s: %v\n%s", name, m.UID, err, m.ICS)
		}
		if got, want := starts(again, berlin), starts(m.Occurrences, berlin); got != want {
			t.Errorf("%s: %s\nfirst %s\nagain %s", name, m.UID, want, got)
		}
		twice, err := Meetings(context.Background(), []byte(m.ICS), Options{})
		if err != nil || len(twice.Meetings) != 1 || twice.Meetings[0].ICS != m.ICS {
			t.Errorf("%s: %s is not stored alike when it is read again", name, m.UID)
		}
	}
}
