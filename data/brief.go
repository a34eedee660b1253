package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// BriefInput is what a brief is made from. A meeting that belongs to no account
// has the meeting, its people and LastSync only.
type BriefInput struct {
	PlanInput // of the meeting's account; Now also where it has none
	Meeting   Agenda
	// Seat is whose brief it is; "" for everyone.
	Seat Seat
	// Rhythm is in days; 0: not agreed.
	Rhythm int
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
	Last      Interaction
	Waiting   []Waiting // of this account
	Silences  []Silence // of this account, newest first
	LastSync  time.Time // zero: never
	Signs     []TrustSign
	Moments   map[string][]Moment // by Contact.ID
	Relations []Relation
	// Colleagues are those of us who took part in what happened with the account.
	Colleagues []Colleague
	// Prepared is what people wrote for this meeting; Came what came of LastMet.
	Prepared Preparation
	Came     Debrief
}

// Brief is the page before a meeting.
type Brief struct {
	// Sheet has the page; each line says what it rests on.
	Sheet
	Meeting string // Occurrence.ID
	When    string // "Tue 17 Nov 2026, 10:30 to 11:30, Harbour Hall, room 2"
	Account Account
	// Stands is how the account stands: "Tier A · trust · warm", "Quality 74,
	// density 4 of 5, authority 2 of 3".
	Stands []string
	Band   Band
	Stage  TrustStage // of whoever in the room has come furthest
	We     string     // "Maya Lindqvist, Daniel Achterberg"
	They   string     // "Anna Kessler, Samuel Reyes (no answer)"
	// Outcome is what is to be earned, Wants what they likely want. A Text of ""
	// has nothing; Below then says what to write.
	Outcome, Wants SheetLine
	Seat           Seat
	// Cut are the lines that found no room on the page, by section.
	Cut []SheetSection
	// Mark is a short name of the printed page, "KM-1711-1030".
	Mark string
	// Made says when and from what it was made.
	Made string
}

// The keys of a brief's sections, in their order on the page.
const (
	BriefIssue    = "issue"
	BriefRoom     = "room"
	BriefPromises = "promises"
	BriefSince    = "since"
	BriefPlan     = "plan"
	BriefMoves    = "moves"
	BriefAsked    = "questions"
	BriefWatch    = "watch"
	BriefSeats    = "seats"
	BriefUnknown  = "unknown"
	BriefLearned  = "learned"
)

// briefLines are how many lines each section has at most, so that the page stays
// one; the others go to page two.
var briefLines = map[string]int{
	BriefRoom: 8, BriefPromises: 6, BriefSince: 4, BriefPlan: 5, BriefMoves: 5, BriefAsked: 3, BriefWatch: 4, BriefSeats: 6, BriefUnknown: 4, BriefLearned: 2,
}

// briefBeside are the sections of the narrow column.
var briefBeside = []string{BriefMoves, BriefAsked, BriefWatch, BriefLearned, BriefSeats, BriefUnknown}

// briefWeight is which sections matter most where room is short, the most first:
// what is owed by us, what they asked, what stands in the way, what is owed by
// them, then the rest.
var briefWeight = []string{BriefIssue, BriefRoom, BriefPromises, BriefMoves, BriefAsked, BriefWatch, BriefLearned, BriefUnknown, BriefPlan, BriefSeats, BriefSince}

// ComposeBrief makes the brief. It prints what people wrote as subjects and
// what was logged by hand, never a meeting's description, a link or a code. One
// claim appears once.
func ComposeBrief(in BriefInput) Brief {
	m := in.Meeting
	in.Contacts = withPeople(in.Contacts, in.People)
	b := briefing{all: in, planning: planning{in: in.PlanInput, sheeting: sheeting{now: in.Now, found: in.Sources, said: map[string]int{}}}}
	b.know(in.Since...)
	if in.LastMet != nil {
		b.know(*in.LastMet)
	}
	b.know(in.Last)
	for _, w := range in.Waiting {
		b.know(w.Interaction)
	}
	b.Title, b.Columns = WithoutLinks(TitleOf(Interaction{Kind: Meet, Subject: m.Summary})), [2]string{"They", "We"}
	b.brief = Brief{
		Meeting: m.ID, Account: in.Account, Seat: in.Seat, Mark: in.mark(),
		When: joinCommas(briefDate(m.Occurrence, in.Now), PlaceWords(m.Place)),
		We:   joinMost(fullNames(in.Ours)), They: joinMost(guestNames(in)),
	}
	b.Boxes = []string{"Decision", "We promise (what, who, by)", "They promise (what, who, by)", "Next step and date"}
	b.stands()
	b.outcome()
	b.issue()
	b.room()
	b.promised()
	b.moves()
	b.asked()
	b.since()
	b.plan()
	b.watch()
	b.learned()
	b.seats()
	b.unknowns()
	slices.SortStableFunc(b.Sections, func(x, y SheetSection) int { return slices.Index(briefOrder, x.Key) - slices.Index(briefOrder, y.Key) })
	b.renumber()
	b.brief.Made = b.made()
	b.Foot = "For us only: personal data, keep it with you and shred it after"
	b.brief.Sheet = b.Sheet
	return b.brief
}

// briefOrder is how the sections follow each other on the page.
var briefOrder = []string{BriefIssue, BriefRoom, BriefPromises, BriefSince, BriefPlan, BriefMoves, BriefAsked, BriefWatch, BriefLearned, BriefSeats, BriefUnknown}

// briefing grows a brief line by line and numbers its sources as they come.
type briefing struct {
	planning
	all    BriefInput
	brief  Brief
	claims map[string]bool // SheetLine.KeyOf of what a section holds already
}

// withPeople adds to an account's contacts those in the room who are none of them:
// people of another account, of a partner.
func withPeople(contacts []ContactStanding, people []Person) []ContactStanding {
	contacts = slices.Clone(contacts)
	for _, p := range people {
		if p.ID != "" && !slices.ContainsFunc(contacts, func(c ContactStanding) bool { return c.Contact.ID == p.ID }) {
			contacts = append(contacts, ContactStanding{Contact: p.Contact})
		}
	}
	return contacts
}

// section puts a section on the page: its lines but those that somebody left out
// or that stand elsewhere, the most that fit; the others go to page two.
func (b *briefing) section(s SheetSection) {
	if b.claims == nil {
		b.claims = map[string]bool{}
	}
	s.Inside, s.Beside = true, slices.Contains(briefBeside, s.Key)
	s.Lines = slices.DeleteFunc(s.Lines, func(l SheetLine) bool {
		key := l.KeyOf()
		twice := key != "" && b.claims[key] && s.Key != BriefMoves
		if key != "" && s.Key != BriefMoves {
			b.claims[key] = true
		}
		return twice || key != "" && slices.Contains(b.all.Prepared.Out, s.Key+"/"+key)
	})
	if most := briefLines[s.Key]; most > 0 && len(s.Lines) > most {
		cut := s
		cut.Lines, s.Lines = s.Lines[most:], s.Lines[:most:most]
		b.brief.Cut = append(b.brief.Cut, cut)
		s.Label += fmt.Sprintf(" (%d of %d)", most, most+len(cut.Lines))
	}
	b.add(s)
}

// Shorter is the brief with one line less on its page: the last of the section
// that matters least of those with two lines or more. ok is false where each has
// one.
func (b Brief) Shorter() (shorter Brief, ok bool) {
	for _, key := range slices.Backward(briefWeight) {
		i := slices.IndexFunc(b.Sections, func(s SheetSection) bool { return s.Key == key && len(s.Lines) > 1 })
		if i < 0 || key == BriefRoom {
			continue
		}
		b.Sections, b.Cut = slices.Clone(b.Sections), slices.Clone(b.Cut)
		s := &b.Sections[i]
		last := s.Lines[len(s.Lines)-1]
		s.Lines = s.Lines[: len(s.Lines)-1 : len(s.Lines)-1]
		j := slices.IndexFunc(b.Cut, func(c SheetSection) bool { return c.Key == key })
		if j < 0 {
			cut := *s
			cut.Lines = nil
			b.Cut, j = append(b.Cut, cut), len(b.Cut)
		}
		b.Cut[j].Lines = slices.Insert(slices.Clone(b.Cut[j].Lines), 0, last)
		return b, true
	}
	return b, false
}

// NextMeeting is the first of some dates, in their order, that is a meeting with an
// account; "" is with any. What is cancelled or takes whole days is none.
func NextMeeting(dates []Agenda, account string) (Agenda, bool) {
	for _, m := range dates {
		if m.Account.ID != "" && (account == "" || m.Account.ID == account) && !m.Cancelled && !m.AllDay {
			return m, true
		}
	}
	return Agenda{}, false
}

// IsPrepared says whether somebody wrote what is to be earned.
func (in BriefInput) IsPrepared() bool { return strings.TrimSpace(in.Prepared.Outcome) != "" }

// mark is a short name for the printed page.
func (in BriefInput) mark() string {
	start := in.Meeting.Start.In(in.Now.Location())
	return joinPresent("-", []string{text.Initials(in.Account.Name), start.Format("0201"), start.Format("1504")})
}

func (b *briefing) stands() {
	a := b.all.Account
	if a.ID == "" {
		return
	}
	tier := ""
	if a.Tier != "" {
		tier = "Tier " + string(a.Tier)
	}
	for _, p := range b.all.People {
		if s := b.stage(p.ID); s.Step() > b.brief.Stage.Step() {
			b.brief.Stage = s
		}
	}
	b.brief.Band = b.all.Standing.Band
	first := joinDots(tier, string(b.brief.Stage), string(b.brief.Band))
	var dials []string
	for _, kind := range []DialKind{Quality, Density, Authority, Velocity} {
		switch d := b.all.Standing.Dial(kind); {
		case !d.Known:
		case kind == Velocity:
			dials = append(dials, fmt.Sprintf("now %+d", d.Value))
		case kind == Quality:
			dials = append(dials, fmt.Sprintf("quality %d", d.Value))
		default:
			dials = append(dials, fmt.Sprintf("%s %d of %d", kind, d.Value, d.Of))
		}
	}
	b.brief.Stands = without([]string{first, sentence(strings.Join(dials, ", "))}, []string{""})
}

// stage is how far a contact has come with us.
func (b *briefing) stage(contact string) TrustStage {
	signs, _ := parted(b.all.Signs, func(s TrustSign) bool { return s.Contact == contact })
	return StageOf(b.all.Moments[contact], signs, b.now).Stage
}

// comes says whether a contact is in the room.
func (b *briefing) comes(contact string) bool {
	return contact != "" && slices.ContainsFunc(b.all.People, func(p Person) bool { return p.ID == contact && answerOf(b.all.Meeting, p) != "declined" })
}

// outcome is what is to be earned and what they likely want: as somebody wrote it,
// else as the facts propose it.
func (b *briefing) outcome() {
	b.brief.Outcome = b.earned()
	b.brief.Wants = b.wanted()
}

func (b *briefing) earned() SheetLine {
	p := b.all.Prepared
	if s := strings.TrimSpace(p.Outcome); s != "" {
		return SheetLine{Kind: KindPreparation, ID: p.ID, Register: "outcome", Text: s, Source: b.cite("", "Written for this meeting", "")}
	}
	open := b.all.openSteps()
	slices.SortStableFunc(open, func(x, y Step) int { return cmp.Compare(unless(x.Asks), unless(y.Asks)) })
	for _, st := range open {
		if !st.Asks && !slices.ContainsFunc(st.With, b.comes) {
			continue
		}
		l := b.line(st, st.What, "", "")
		if st.Asks && b.mayAsk() != "" {
			l.Text = "A date for it: " + lowerFirst(st.What)
		}
		if l.Said = ""; st.Due != "" {
			l.Said = b.day(st.Due)
		}
		l.Marks = []SheetMark{{Words: "proposed"}}
		return l
	}
	return SheetLine{Below: "Write what both should have when it ends"}
}

func (b *briefing) wanted() SheetLine {
	p := b.all.Prepared
	if s := strings.TrimSpace(p.Wants); s != "" {
		return SheetLine{Kind: KindPreparation, ID: p.ID, Register: "wants", Text: s, Source: b.cite("", "Written for this meeting", "")}
	}
	for _, inRoom := range []bool{true, false} {
		for _, n := range b.openNeeds() {
			if n.Expects != "" && n.Met != IsMet && b.comes(n.Contact) == inRoom {
				l := b.line(n, n.Expects, n.On, "")
				l.Marks = []SheetMark{{Words: "proposed"}}
				return l
			}
		}
		for _, f := range b.all.facts() {
			if (f.Name == "goal" || f.Name == "aim") && b.comes(f.Contact) == inRoom {
				l := b.line(f, f.Value, f.On, f.Source)
				l.Marks = []SheetMark{{Words: "proposed"}}
				return b.aged(l)
			}
		}
	}
	return SheetLine{Below: "Ask what would make the hour worth their time"}
}

// issue is what troubles them, in their words: of somebody in the room before
// others.
func (b *briefing) issue() {
	s := SheetSection{Key: BriefIssue, Label: "Their issue, in their words"}
	if b.all.Account.ID != "" {
		s.Empty = "Nobody has written down what troubles them; ask, and write it in their words"
	}
	needs := b.openNeeds()
	slices.SortStableFunc(needs, func(x, y Need) int { return cmp.Compare(unless(b.comes(x.Contact)), unless(b.comes(y.Contact))) })
	for _, n := range needs {
		if n.Met == IsMet || strings.TrimSpace(n.Words) == "" {
			continue
		}
		l := b.line(n, "“"+strings.Trim(n.Words, "“”\"")+"”", n.On, "")
		t := TreatmentOf(n.ID, b.all.Initiatives, b.now)
		l.Below = joinDots(t.Words(), t.CureWords())
		s.Lines = []SheetLine{b.aged(l)}
		break
	}
	b.section(s)
}

// unless is 0 where it holds and 1 where it does not, to sort by.
func unless(holds bool) int {
	if holds {
		return 0
	}
	return 1
}

// promised are the open promises: ours that are over, ours in date, then theirs.
func (b *briefing) promised() {
	s := SheetSection{Key: BriefPromises, Label: "Promises"}
	open, _ := parted(b.all.Promises, Promise.Open)
	SortPromises(open, b.now)
	slices.SortStableFunc(open, func(x, y Promise) int {
		return cmp.Or(cmp.Compare(unless(x.By == Us && x.Late(b.now) > 0), unless(y.By == Us && y.Late(b.now) > 0)), cmp.Compare(unless(x.By == Us), unless(y.By == Us)))
	})
	for _, p := range open {
		l := b.line(p, p.What, "", "")
		l.Register, l.Said, l.On, l.Column = "what", "", "", 1
		if who := b.all.contact(p.Contact); who.ID != "" {
			l.Said = map[bool]string{true: "to ", false: "from "}[p.By == Us] + FirstName(who.Name)
		}
		if p.By == Us {
			l.Column = 2
			if p.Owner != "" {
				l.Said = joinCommas(l.Said, p.Owner+" keeps it")
			}
		}
		switch late := p.Late(b.now); {
		case late > 0:
			l.Marks = []SheetMark{{Words: days(late) + " over", Tone: ToneBad}}
		case p.Due != "":
			l.Amount = b.day(p.Due)
		}
		s.Lines = append(s.Lines, l)
	}
	b.section(s)
}

// made says from what the page was made.
func (b *briefing) made() string {
	s := fmt.Sprintf("Made %s %s from %s on this laptop", ShortDate(b.now, b.now), Clock(b.now, b.now),
		Counted(len(b.Sources), "source", "sources"))
	if last := b.all.LastSync; !last.IsZero() {
		s += ", last synced " + DayName(last, b.now) + " " + Clock(last, b.now)
	}
	return s
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
	if strings.Contains(o.Zone, "/") && o.Zone != now.Location().String() {
		s += fmt.Sprintf(" here (set in %s)", o.Zone)
	}
	return s
}
