package data

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	first, _, _ := strings.Cut(page, "\nWhat found no room")
	first, _, _ = strings.Cut(first, "\nSources")
	if n := strings.Count(first, "\n"); n > 90 {
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
	parts   int
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
	case "promise", "need", "objective", "step", "value", "risk", "unknown", "avoid", "judged", "human", "billing", "treatment":
		f.part(name, v)
	case "prepared": // what | text
		f.prepared(v[0], v[1])
	case "seat":
		f.in.Seat = Seat(v[0])
	default:
		f.t.Fatalf("unknown fact %q", name)
	}
}

// who belongs to a part by name; "-" is nobody.
func (f *factReader) who(name string) Belongs {
	b := Belongs{ID: fmt.Sprintf("p%02d", f.parts), Account: "a"}
	f.parts++
	if name != "-" {
		b.Contact = f.address(name)
	}
	return b
}

func (f *factReader) part(name string, v []string) {
	none := func(s string) string { return strings.TrimPrefix(s, "-") }
	switch in := &f.in; name {
	case "promise": // ours or theirs | what | due | who | owner
		p := Promise{Belongs: f.who(v[3]), By: Customer, What: v[1], Made: "2026-11-05", Due: none(v[2]), Owner: none(v[4])}
		if v[0] == "ours" {
			p.By = Us
		}
		in.Promises = append(in.Promises, p)
	case "need": // words | expects | who | met | on
		in.Needs = append(in.Needs, Need{Belongs: f.who(v[2]), Words: v[0], Expects: none(v[1]), Met: Met(none(v[3])), On: v[4]})
	case "treatment": // what | on: of the first need
		in.Initiatives = append(in.Initiatives, Initiative{Belongs: f.who("-"), What: v[0], Needs: []string{in.Needs[0].ID}, Is: Treatment, State: InitiativeState("done"), On: v[1], Done: v[1]})
	case "objective": // what | measure | now | target | who
		in.Objectives = append(in.Objectives, Objective{Belongs: f.who(v[4]), What: v[0], Measure: v[1], Current: float64(f.number(v[2])), Target: float64(f.number(v[3])), Place: len(in.Objectives) + 1})
	case "step": // what | due | who | asks
		b := f.who("-")
		in.Steps = append(in.Steps, Step{Belongs: b, What: v[0], Due: none(v[1]), With: []string{f.address(v[2])}, Asks: v[3] == "asks"})
	case "value": // what | amount | unit | evidence | on
		in.Values = append(in.Values, ValueEntry{Belongs: f.who("-"), To: Customer, What: v[0], Amount: float64(f.number(v[1])), Unit: v[2], Evidence: none(v[3]), On: v[4]})
	case "risk": // what | chance | what we do
		in.Risks = append(in.Risks, Risk{Belongs: f.who("-"), What: v[0], Chance: f.number(v[1]), Meets: v[2], On: "2026-11-01"})
	case "unknown": // what | who
		in.Unknowns = append(in.Unknowns, Unknown{Belongs: f.who(v[1]), What: v[0], Since: "2026-11-01"})
	case "avoid": // topic | who
		in.Preferences = append(in.Preferences, Preference{Belongs: f.who(v[1]), Rule: Avoid, Topic: v[0], Confirmed: "2026-10-01"})
	case "judged": // who | role | support | why | on
		b := f.who(v[0])
		c := ContactStanding{Contact: Contact{ID: b.Contact, Name: v[0]}}
		c.Stakeholder = Stakeholder{Belongs: b, Support: f.number(v[2]), Why: v[3], On: v[4], By: "Maya Lindqvist"}
		if v[1] != "-" {
			c.Stakeholder.Roles = []Role{Role(v[1])}
		}
		in.Contacts = append(in.Contacts, c)
	case "human": // who | value | on
		in.Facts = append(in.Facts, Fact{Belongs: f.who(v[0]), Name: "human", Value: v[1], On: v[2]})
	case "billing": // value | on
		in.Facts = append(in.Facts, Fact{Belongs: f.who("-"), Name: "billing", Value: v[0], On: v[1]})
	}
}

func (f *factReader) prepared(what, words string) {
	p := &f.in.Prepared
	p.ID, p.Interaction = PreparationID("m"), "m"
	switch what {
	case "outcome":
		p.Outcome = words
	case "wants":
		p.Wants = words
	case "move":
		p.Moves = append(p.Moves, words)
	case "out":
		p.Out = append(p.Out, words)
	default:
		seat, is := strings.CutPrefix(what, "seat ")
		if !is {
			f.t.Fatalf("unknown preparation %q", what)
		}
		p.Seats = map[string]string{seat: words}
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
		f.in.Waiting = append(f.in.Waiting, Waiting{Owed: Owed{By: Us, Interaction: i, Since: i.At}, Account: f.in.Account})
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
		PlanInput: PlanInput{Now: tuesday, Account: kestrel}, LastSync: tuesday, People: []Person{anna}, Last: Interaction{ID: "l", Kind: Mail, At: tuesday, Subject: "https://a.example/x"},
		Meeting: Agenda{Occurrence: Occurrence{Summary: "Review"}, People: []Participant{{Address: Address{Email: "anna@kestrel.example"}, Part: "organizer"}}},
	}
	b := ComposeBrief(in)
	last := b.Sections[len(b.Sections)-1]
	if b.They != "Anna Kessler" || len(last.Lines) != 1 || last.Lines[0].Text != "What Anna Kessler does there" {
		t.Errorf("of an organiser without a role: %q, %+v", b.They, last)
	}
	if len(b.Sources) != 1 || b.Sources[0].Words != "Mail of 17 Nov" {
		t.Errorf("a subject that is a link is cited as %+v", b.Sources)
	}
}

// TestABriefWarnsOfFeedbackThatTheyWaitFor has those in the room first.
func TestABriefWarnsOfFeedbackThatTheyWaitFor(t *testing.T) {
	anna := Person{Contact: Contact{ID: "c", Name: "Anna Kessler"}, Met: true}
	in := BriefInput{
		PlanInput: PlanInput{Now: tuesday, Account: kestrel, Contacts: []ContactStanding{{Contact: anna.Contact}, {Contact: Contact{ID: "p", Name: "Piotr Malik"}}}, Feedback: []Feedback{
			{Belongs: Belongs{ID: "1", Account: "k", Contact: "p"}, Words: "Nights", On: "2026-11-16", Decision: Declined, Why: "Two nights a year"},
			{Belongs: Belongs{ID: "2", Account: "k", Contact: "c"}, Words: "Shorter quotes", On: "2026-11-11"},
			{Belongs: Belongs{ID: "3", Account: "k", Contact: "c"}, Words: "Known", On: "2026-11-01", Decision: Accepted, Why: "yes", Told: "2026-11-02"},
		}},
		LastSync: tuesday, People: []Person{anna}, Meeting: Agenda{Occurrence: Occurrence{Summary: "Review"}},
	}
	var got []string
	for _, s := range ComposeBrief(in).Sections {
		for _, l := range s.Lines {
			if l.Kind == KindFeedback {
				got = append(got, s.Key+": "+l.Text+", "+l.Marks[0].Words+" "+l.Below)
			}
		}
	}
	want := []string{"watch: Anna told us “Shorter quotes”, answer 4 days over ", "watch: Piotr told us “Nights”, declined: tell them Two nights a year"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
}

// TestABriefNamesTheNewestNewsAndNoMore: what a customer publishes does not push out
// what was said.
func TestABriefNamesTheNewestNewsAndNoMore(t *testing.T) {
	in := BriefInput{PlanInput: PlanInput{Now: tuesday, Account: kestrel}, LastSync: tuesday}
	for n := range 5 {
		in.Since = append(in.Since, Interaction{ID: fmt.Sprint("news", n), Kind: Press, At: in.Now.AddDate(0, 0, -n), Subject: fmt.Sprint("Headline ", n), Source: "Kestrel press"})
	}
	in.Since = append(in.Since, Interaction{ID: "call", Kind: Call, At: in.Now.AddDate(0, 0, -9), Subject: "Night tests agreed"})
	page := BriefText(ComposeBrief(in), 80)
	for words, want := range map[string]bool{"Headline 0": true, "Headline 1": true, "Headline 2": false, "Headline 4": false, "Night tests agreed": true, "They published it · Kestrel press": true} {
		if got := strings.Contains(strings.Join(strings.Fields(page), " "), words); got != want {
			t.Errorf("it names %q: %v\n%s", words, got, page)
		}
	}
}
