package data

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rapport/data/text"
)

// Each file in testdata/brief has the facts and the page that they make, to be
// read by people. UPDATE=1 go test ./data accepts a changed page.
func TestBriefs(t *testing.T) {
	files, err := filepath.Glob("testdata/brief/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no briefs: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			facts, want, ok := strings.Cut(string(raw), "-- page --\n")
			if !ok {
				t.Fatal("no line -- page --")
			}
			got := BriefText(ComposeBrief(readFacts(t, facts)), 80)
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(file, []byte(facts+"-- page --\n"+got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("the page is\n%s\nwant\n%s", got, want)
			}
			checkPage(t, got)
		})
	}
}

// checkPage holds every page to what all pages promise.
func checkPage(t *testing.T, page string) {
	t.Helper()
	for _, secret := range []string{"://", "hush", "Passcode"} {
		if strings.Contains(page, secret) {
			t.Errorf("the page prints %q", secret)
		}
	}
	for line := range strings.SplitSeq(page, "\n") {
		if utf8.RuneCountInString(line) > 80 && strings.Contains(strings.TrimSpace(line), " ") {
			t.Errorf("longer than 80: %q", line)
		}
	}
	if n := strings.Count(page, "\n"); n > 70 {
		t.Errorf("the page has %d lines", n)
	}
}

// readFacts reads lines "name: value". Values of several parts are parted by
// " | "; a time is 2006-01-02 15:04; "-" is none.
func readFacts(t *testing.T, facts string) BriefInput {
	t.Helper()
	f := factReader{t: t}
	scan := bufio.NewScanner(strings.NewReader(facts))
	for scan.Scan() {
		name, value, ok := strings.Cut(scan.Text(), ": ")
		if !ok || strings.HasPrefix(name, "#") {
			continue
		}
		f.fact(name, strings.Split(value, " | "))
	}
	f.in.Meeting.Account = f.in.Account
	f.in.Silences = Silences(f.touches, f.in.Rhythm, f.in.Now)
	return f.in
}

type factReader struct {
	t       *testing.T
	in      BriefInput
	touches []Touch
}

func (f *factReader) time(s string) time.Time {
	if s == "-" {
		return time.Time{}
	}
	at, err := time.Parse("2006-01-02 15:04", s)
	if err != nil {
		f.t.Fatal(err)
	}
	return at
}

func (f *factReader) number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

func (f *factReader) fact(name string, v []string) {
	switch name {
	case "now":
		f.in.Now = f.time(v[0])
	case "synced":
		f.in.LastSync = f.time(v[0])
	case "account": // name | tier | sector
		f.in.Account = Account{ID: "a", Name: v[0], Tier: Tier(v[1]), Sector: v[2]}
	case "rhythm":
		f.in.Rhythm = f.number(v[0])
	case "meeting": // start | end | summary | place | zone
		f.in.Meeting.Occurrence = Occurrence{ID: "m", UID: "m", Start: f.time(v[0]), End: f.time(v[1]), Summary: v[2], Place: strings.Trim(v[3], "-"), Zone: v[4]}
	case "ours":
		f.in.Ours = append(f.in.Ours, Participant{Address: Address{Name: v[0]}, Side: Us})
	case "theirs": // name | email | role | met | last touch | by | answer
		f.guest(v)
	case "last met", "since", "waiting", "before": // kind | time | minutes | subject | people, theirs with *
		f.event(name, v)
	default:
		f.t.Fatalf("unknown fact %q", name)
	}
}

func (f *factReader) guest(v []string) {
	p := Person{Email: v[1], Met: v[3] == "met", Last: Touch{At: f.time(v[4]), By: Side(v[5])}}
	if v[0] != "-" {
		p.Contact = Contact{ID: v[1], Name: v[0], Emails: []string{v[1]}, Role: strings.Trim(v[2], "-")}
	}
	f.in.People = append(f.in.People, p)
	f.in.Meeting.People = append(f.in.Meeting.People, Participant{
		Address: Address{Name: p.Name, Email: v[1]}, Part: "attendee", Side: Customer, Answer: strings.Trim(v[6], "-"),
	})
}

func (f *factReader) event(name string, v []string) {
	i := Interaction{ID: v[1] + v[3], Kind: Kind(v[0]), At: f.time(v[1]), Minutes: f.number(v[2]), Subject: v[3], Direction: Out}
	i.Preview = "Join https://zoom.us/j/1?pwd=hush Passcode: hush"
	for n, who := range strings.Split(v[4], ", ") {
		p := Participant{Address: Address{Name: strings.TrimPrefix(who, "*")}, Side: Us, Part: "to"}
		if strings.HasPrefix(who, "*") {
			p.Side = Customer
			p.Email = f.address(p.Name)
		}
		if n == 0 {
			p.Part = "from"
			if p.Side == Customer {
				i.Direction = In
			}
		}
		i.People = append(i.People, p)
	}
	if i.Kind == Meet || i.Kind == Visit {
		i.Direction = ""
	}
	if i.At.After(f.in.Last.At) {
		f.in.Last = i
	}
	f.touches = append(f.touches, TouchOf(i))
	switch name {
	case "last met":
		f.in.LastMet = &i
	case "since":
		f.in.Since = append(f.in.Since, i)
	case "waiting":
		f.in.Waiting = append(f.in.Waiting, Waiting{Interaction: i, Account: f.in.Account, Since: i.At})
	}
}

func (f *factReader) address(name string) string {
	for _, p := range f.in.People {
		if p.Name == name {
			return p.Email
		}
	}
	return strings.ReplaceAll(text.Fold(name), " ", ".") + "@elsewhere.example"
}

func TestBriefDate(t *testing.T) {
	for name, c := range map[string]struct {
		o    Occurrence
		want string
	}{
		"within a day":     {Occurrence{Start: day(11, 17, 10, 30), End: day(11, 17, 11, 30), Zone: "UTC"}, "Tue 17 Nov 2026, 10:30 to 11:30"},
		"over midnight":    {Occurrence{Start: day(11, 17, 22, 0), End: day(11, 18, 1, 0)}, "Tue 17 Nov 2026, 22:00 to Wed 18 Nov 2026 01:00"},
		"another zone":     {Occurrence{Start: day(11, 17, 10, 30), End: day(11, 17, 11, 30), Zone: "Europe/Berlin"}, "Tue 17 Nov 2026, 10:30 to 11:30 here (set in Europe/Berlin)"},
		"all day":          {Occurrence{Start: day(11, 17, 0, 0), End: day(11, 18, 0, 0), AllDay: true}, "Tue 17 Nov 2026, all day"},
		"three whole days": {Occurrence{Start: day(11, 17, 0, 0), End: day(11, 20, 0, 0), AllDay: true}, "Tue 17 Nov 2026 to Thu 19 Nov 2026, all day"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := briefDate(c.o, tuesday); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestBriefAsksAboutPeople(t *testing.T) {
	anna := Person{Contact: Contact{ID: "c", Name: "Anna Kessler", Emails: []string{"anna@kestrel.example"}}, Met: true}
	in := BriefInput{
		Now: tuesday, LastSync: tuesday, Account: kestrel, People: []Person{anna}, Last: Interaction{ID: "l", Kind: Mail, At: tuesday, Subject: "https://a.example/x"},
		Meeting: Agenda{Occurrence: Occurrence{Summary: "Review"}, People: []Participant{{Address: Address{Email: "anna@kestrel.example"}, Part: "organizer"}}},
	}
	b := ComposeBrief(in)
	last := b.Sections[len(b.Sections)-1]
	if b.They != "Anna Kessler" || len(last.Lines) != 1 || last.Lines[0].Text != "What Anna Kessler does there" {
		t.Errorf("of an organiser without a role: %q, %+v", b.They, last)
	}
	if len(b.Sources) != 1 || b.Sources[0].What != "No subject" {
		t.Errorf("a subject that is a link is cited as %+v", b.Sources)
	}
}
