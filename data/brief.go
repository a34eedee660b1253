package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// BriefInput is what a brief is made from.
type BriefInput struct {
	Now     time.Time
	Meeting Agenda
	Account Account // zero ID: the meeting belongs to none
	Rhythm  int     // days; 0: not agreed
	// People are the attendees who are not ours, as the store knows them.
	People []Person
	Ours   []Participant
	// LastMet is the latest meeting or visit that took place with at least two
	// of these people, or with the only one; nil when there is none.
	LastMet *Interaction
	// Since are the account's interactions after LastMet (or the latest, when
	// there is none), newest first.
	Since []Interaction
	// Last is the account's last touch; zero when there never was one.
	Last     Interaction
	Waiting  []Waiting // of this account
	Silences []Silence // of this account, newest first
	LastSync time.Time // zero: never
}

// Brief is the page before a meeting.
type Brief struct {
	Title   string // the meeting's
	When    string // "Tue 17 Nov 2026, 10:30 to 11:30, Harbour Hall, room 2"
	Account Account
	We      string // "Maya Lindqvist, Daniel Achterberg"
	They    string // "Anna Kessler, Samuel Reyes (no answer)"
	// Sections have at least one line each; an empty one is left out.
	Sections []BriefSection
	// After are the labels of the blank boxes to write in after the meeting.
	After   []string
	Sources []BriefSource
	// Made says when and from what it was made.
	Made string
}

// BriefSection is a part of the brief.
type BriefSection struct {
	Title string
	Lines []BriefLine
}

// BriefLine is one line. Source is the number of what it rests on, 0 for none.
type BriefLine struct {
	Lead   string // a person's name, or ""
	Under  string // the person's role, or ""
	Mark   string // "Never met", "Waiting 15 h", or ""
	Text   string
	Source int
}

// BriefSource is a fact on this laptop that a line rests on.
type BriefSource struct {
	N    int
	Kind Kind
	What string // "Agenda for tomorrow and one worry"
	Who  string // "Anna to you"
	At   time.Time
	ID   string // Interaction.ID
}

// How many lines each part of the page has at most, so that it stays one page.
const (
	briefPeople  = 8
	briefSince   = 3
	briefWaiting = 3
	briefUnknown = 3
)

// ComposeBrief makes the brief. It prints what people wrote as subjects and
// what was logged by hand, never a meeting's description, a link or a code.
func ComposeBrief(in BriefInput) Brief {
	m := in.Meeting
	b := briefing{in: in, Brief: Brief{
		Title:   WithoutLinks(TitleOf(Interaction{Kind: Meet, Subject: m.Summary})),
		When:    joinCommas(briefDate(m.Occurrence, in.Now), PlaceWords(m.Place)),
		Account: in.Account,
		We:      joinMost(fullNames(in.Ours)),
		They:    joinMost(guestNames(in)),
		After:   []string{"Decision", "We promise (what, who, by)", "They promise (what, who, by)", "Next step and date"},
	}}
	b.section("In the room", b.room())
	b.section(b.sinceTitle(), b.since())
	b.section(titleOfSome("Waiting for our answer", len(in.Waiting), briefWaiting), b.waiting())
	b.section("Silence against rhythm", b.silence())
	b.section("What we do not know", b.unknown())
	b.Made = b.made()
	return b.Brief
}

// briefing grows a brief line by line and numbers its sources as they come.
type briefing struct {
	Brief
	in BriefInput
}

func (b *briefing) section(title string, lines []BriefLine) {
	if len(lines) > 0 {
		b.Sections = append(b.Sections, BriefSection{Title: title, Lines: lines})
	}
}

// cite numbers the interaction as a source, each one once.
func (b *briefing) cite(i Interaction) int {
	if i.ID == "" {
		return 0
	}
	if k := slices.IndexFunc(b.Sources, func(s BriefSource) bool { return s.ID == i.ID }); k >= 0 {
		return b.Sources[k].N
	}
	s := BriefSource{
		N: len(b.Sources) + 1, Kind: i.Kind, What: briefTitle(i), At: i.At, ID: i.ID,
		Who: Second(i, You{}, b.in.Now),
	}
	b.Sources = append(b.Sources, s)
	return s.N
}

// briefTitle is an interaction's title as it may be printed: short, on one
// line, without links.
func briefTitle(i Interaction) string {
	if s := text.Preview(WithoutLinks(TitleOf(i)), 90); s != "" {
		return s
	}
	return TitleOf(Interaction{Kind: i.Kind})
}

// room has a line for each of their people who has not declined, as invited.
func (b *briefing) room() []BriefLine {
	_, people := parted(b.in.People, func(p Person) bool { return answerOf(b.in.Meeting, p) == "declined" })
	shown := len(people)
	if shown > briefPeople {
		shown = briefPeople - 1
	}
	var lines []BriefLine
	for _, p := range people[:shown] {
		lines = append(lines, b.person(p))
	}
	if rest := people[shown:]; len(rest) > 0 {
		more := fmt.Sprintf("and %d more", len(rest))
		if never, _ := parted(rest, func(p Person) bool { return !p.Met }); len(never) > 0 {
			more += fmt.Sprintf(", %d of them never met", len(never))
		}
		lines = append(lines, BriefLine{Text: more})
	}
	return lines
}

func (b *briefing) person(p Person) BriefLine {
	l := BriefLine{Lead: personName(p), Under: p.Role}
	if !p.Met {
		l.Mark = "Never met"
	}
	if p.Last.At.IsZero() {
		l.Text = "No mail or call either"
		return l
	}
	who := "we were the last to speak"
	if p.Last.By != Us {
		who = "they were the last to speak"
	}
	l.Text = fmt.Sprintf("Last touch %s; %s", Ago(p.Last.At, b.in.Now), who)
	if i, ok := b.at(p.Last.At); ok {
		l.Source = b.cite(i)
	}
	return l
}

// at finds the interaction of that time among those that the brief was given.
func (b *briefing) at(t time.Time) (Interaction, bool) {
	list := b.in.Since
	if b.in.LastMet != nil {
		list = append(slices.Clone(list), *b.in.LastMet)
	}
	k := slices.IndexFunc(list, func(i Interaction) bool { return i.At.Equal(t) })
	if k < 0 {
		return Interaction{}, false
	}
	return list[k], true
}

func (b *briefing) sinceTitle() string {
	title := "Lately"
	if b.in.LastMet != nil {
		title = "Since this room last met, " + ShortDate(b.in.LastMet.At, b.in.Now)
	}
	return titleOfSome(title, len(b.in.Since), briefSince)
}

// titleOfSome says in a section's title that it holds only some of all.
func titleOfSome(title string, all, shown int) string {
	if all <= shown {
		return title
	}
	return fmt.Sprintf("%s (%d of %d)", title, shown, all)
}

func (b *briefing) since() []BriefLine {
	var lines []BriefLine
	switch {
	case b.in.LastMet != nil:
		lines = append(lines, b.event(*b.in.LastMet))
	case len(b.in.People) > 0:
		lines = append(lines, BriefLine{Text: "This room has never met"})
	}
	for _, i := range b.in.Since[:min(briefSince, len(b.in.Since))] {
		lines = append(lines, b.event(i))
	}
	return lines
}

// event is "12 Nov, Reset the dimmers in Hall 2: Tomas called Piotr, 14 min".
func (b *briefing) event(i Interaction) BriefLine {
	s := joinCommas(ShortDate(i.At, b.in.Now), briefTitle(i))
	if who := Second(i, You{}, b.in.Now); who != "" {
		s += ": " + who
	}
	return BriefLine{Text: s, Source: b.cite(i)}
}

// waiting has those who wait for our answer: people of this room first, then
// the longest wait.
func (b *briefing) waiting() []BriefLine {
	list := slices.Clone(b.in.Waiting)
	slices.SortStableFunc(list, func(x, y Waiting) int {
		if x, y := b.comes(x), b.comes(y); x != y {
			if x {
				return -1
			}
			return 1
		}
		return x.Since.Compare(y.Since)
	})
	var lines []BriefLine
	for _, w := range list[:min(briefWaiting, len(list))] {
		l := BriefLine{Mark: "Waiting " + since(w.Since, b.in.Now), Text: briefTitle(w.Interaction), Source: b.cite(w.Interaction)}
		if p := w.Interaction.People; len(p) > 0 {
			l.Lead = text.Name(p[0].Name, p[0].Email)
		}
		lines = append(lines, l)
	}
	return lines
}

// comes says whether the one who waits is in this meeting.
func (b *briefing) comes(w Waiting) bool {
	from := w.Interaction.People
	return len(from) > 0 && slices.ContainsFunc(b.in.People, func(p Person) bool { return isPerson(p, from[0].Email) })
}

func isPerson(p Person, email string) bool {
	return email != "" && (p.Email == email || slices.Contains(p.Emails, email))
}

// silence says how the account stands against its rhythm, and the latest
// silence of the last year that has ended.
func (b *briefing) silence() []BriefLine {
	now := b.in.Now
	if b.in.Account.ID == "" {
		return nil
	}
	if b.in.Last.At.IsZero() {
		return []BriefLine{{Text: "Nobody has spoken with them yet"}}
	}
	l := BriefLine{Text: "Last touch " + Ago(b.in.Last.At, now), Source: b.cite(b.in.Last)}
	if r := b.in.Rhythm; r > 0 {
		l.Text += fmt.Sprintf(", rhythm %d", r)
		if over := DaysBetween(b.in.Last.At, now) - r; over > 0 {
			l.Mark = Counted(over, "day", "days") + " over"
		}
	}
	lines := []BriefLine{l}
	for _, s := range b.in.Silences {
		if s.BrokenBy != "" && DaysBetween(s.To, now) <= 365 {
			return append(lines, BriefLine{Text: fmt.Sprintf("%s before %s, %s",
				Counted(s.Days, "quiet day", "quiet days"), ShortDate(s.To, now), s.Words())})
		}
	}
	return lines
}

// unknown lists what the brief lacks, what matters most first.
func (b *briefing) unknown() []BriefLine {
	var asks []string
	if b.in.Account.ID == "" {
		asks = append(asks, "Which account this meeting belongs to")
	}
	if len(b.in.People) == 0 {
		asks = append(asks, "Who comes from their side")
	}
	if stale := b.stale(); stale != "" {
		asks = append(asks, stale)
	}
	for _, p := range b.in.People {
		if ask := askAbout(p); ask != "" {
			asks = append(asks, ask)
		}
	}
	for _, p := range b.in.People {
		if answerOf(b.in.Meeting, p) == "" {
			asks = append(asks, fmt.Sprintf("Whether %s comes", personName(p)))
		}
	}
	if n := len(asks) - briefUnknown; n > 0 {
		asks = append(asks[:briefUnknown-1], fmt.Sprintf("and %d more", n+1))
	}
	var lines []BriefLine
	for _, a := range asks {
		lines = append(lines, BriefLine{Text: a})
	}
	return lines
}

// stale says that mail and calendars have not been read for a day.
func (b *briefing) stale() string {
	switch last := b.in.LastSync; {
	case last.IsZero():
		return "What mail and calendars hold: nothing was read yet"
	case b.in.Now.Sub(last) > 24*time.Hour:
		return "What has come since " + DayName(last, b.in.Now) + ", when mail was last read"
	}
	return ""
}

func askAbout(p Person) string {
	switch name := personName(p); {
	case p.ID == "":
		return fmt.Sprintf("Who %s is: no contact has this address", cmp.Or(p.Email, name))
	case p.Role == "" && !p.Met:
		return fmt.Sprintf("What %s does there, whom we never met", name)
	case p.Role == "":
		return fmt.Sprintf("What %s does there", name)
	}
	return ""
}

func (b *briefing) made() string {
	s := fmt.Sprintf("Made %s %s from %s on this laptop", ShortDate(b.in.Now, b.in.Now), Clock(b.in.Now, b.in.Now),
		Counted(len(b.Sources), "source", "sources"))
	if !b.in.LastSync.IsZero() {
		s += ", last synced " + DayName(b.in.LastSync, b.in.Now) + " " + Clock(b.in.LastSync, b.in.Now)
	}
	return s
}

func personName(p Person) string {
	email := p.Email
	if email == "" && len(p.Emails) > 0 {
		email = p.Emails[0]
	}
	return text.Name(p.Name, email)
}

// answerOf is what a person answered to the invitation, "" when nothing.
func answerOf(m Agenda, p Person) string {
	for _, a := range m.People {
		if isPerson(p, a.Email) {
			if a.Part == "organizer" {
				return "accepted"
			}
			return a.Answer
		}
	}
	return ""
}

func fullNames(people []Participant) []string {
	var list []string
	for _, p := range people {
		list = append(list, text.Name(p.Name, p.Email))
	}
	return list
}

// guestNames are their people, each with an answer that is not a plain yes.
func guestNames(in BriefInput) []string {
	var list []string
	for _, p := range in.People {
		name := personName(p)
		switch a := answerOf(in.Meeting, p); a {
		case "accepted":
		case "":
			name += " (no answer)"
		default:
			name += " (" + a + ")"
		}
		list = append(list, name)
	}
	return list
}

// joinMost joins names, of more than eight the first seven.
func joinMost(names []string) string {
	if over := len(names) - briefPeople; over > 0 {
		names = append(names[:briefPeople-1:briefPeople-1], fmt.Sprintf("and %d more", over+1))
	}
	return strings.Join(names, ", ")
}

// briefDate is "Tue 17 Nov 2026, 10:30 to 11:30", in now's zone; a meeting set
// in another zone names it.
func briefDate(o Occurrence, now time.Time) string {
	const day = "Mon 2 Jan 2006"
	start, end := o.Start.In(now.Location()), o.End.In(now.Location())
	if o.AllDay {
		s := start.Format(day)
		if last := end.AddDate(0, 0, -1); DaysBetween(start, last) > 0 {
			s += " to " + last.Format(day)
		}
		return s + ", all day"
	}
	to := Clock(end, now)
	if DaysBetween(start, end) > 0 {
		to = end.Format(day) + " " + to
	}
	s := fmt.Sprintf("%s, %s to %s", start.Format(day), Clock(start, now), to)
	if o.Zone != "" && o.Zone != now.Location().String() {
		s += fmt.Sprintf(" here (set in %s)", o.Zone)
	}
	return s
}
