package data

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// KindDebrief is its name in the change log.
const KindDebrief = "debrief"

// Debrief is what came of a meeting. Belongs.Interaction is the meeting. What was
// promised and what is to be done next are promises and steps of their own that
// name the meeting too.
type Debrief struct {
	Belongs
	On        string   `reg:"on"` // date of the meeting
	Decisions []string `reg:"decision/"`
	Feedback  []string `reg:"feedback/"` // what they said of us
	Note      string   `reg:"note"`
	// There and Absent are addresses of those of whom somebody said that they came,
	// or that they did not.
	There  []string `reg:"there/"`
	Absent []string `reg:"absent/"`
	By     string   `reg:"by"` // who of us wrote it
}

// DebriefID is the ID of what came of a meeting: it has one debrief, whoever
// writes in it.
func DebriefID(meeting string) string { return "debrief-" + meeting }

// PartKind is KindDebrief.
func (d Debrief) PartKind() string { return KindDebrief }

// Standing is closed: it asks for nobody.
func (d Debrief) Standing() (string, bool) { return d.On, false }

// Check says why it cannot be kept, or nil.
func (d Debrief) Check() error {
	switch {
	case d.Interaction == "":
		return invalid("meeting", "say for which meeting")
	case slices.ContainsFunc(d.Absent, func(who string) bool { return slices.Contains(d.There, who) }):
		return invalid("there", "somebody cannot have come and not come")
	}
	return checkDate("on", d.On)
}

// Attended are the people of a meeting as they were invited, and as somebody said
// afterwards: who did not come is absent, who came uninvited is among them.
func Attended(invited []Participant, d Debrief, k Known) []Participant {
	for i, p := range invited {
		switch {
		case slices.Contains(d.Absent, p.Email):
			invited[i].Answer = AnswerAbsent
		case slices.Contains(d.There, p.Email):
			invited[i].Answer = AnswerAccepted
		}
	}
	for _, email := range d.There {
		if !slices.ContainsFunc(invited, func(p Participant) bool { return p.Email == email }) {
			p := k.participant(Address{Email: email}, "attendee")
			p.Answer = AnswerAccepted
			invited = append(invited, p)
		}
	}
	return invited
}

// Outcome is all that one writes after a meeting, in lines as people type them.
type Outcome struct {
	Decisions []string
	We, They  []string // promises, "Flicker report to Beatrice by 24 Nov"
	Next      []string // steps, "Night test of the bus, 24 Nov"
	Feedback  []string
	Note      string
	There     []string // addresses
	Absent    []string
	By        string
	// Others are who may be named beside those invited: colleagues, and people of
	// theirs.
	Others []Participant
}

// OthersOf are colleagues and contacts as Outcome.Others has them.
func OthersOf(colleagues []Colleague, contacts []Contact) (list []Participant) {
	for _, c := range colleagues {
		list = append(list, Participant{Address: c.Address, Side: Us})
	}
	for _, c := range contacts {
		p := Participant{Address: Address{Name: c.Name}, Side: cmp.Or(c.Side, Customer), Contact: c.ID}
		if len(c.Emails) > 0 {
			p.Email = c.Emails[0]
		}
		list = append(list, p)
	}
	return list
}

// IsEmpty says whether nothing was written.
func (o Outcome) IsEmpty() bool {
	return len(o.Decisions)+len(o.We)+len(o.They)+len(o.Next)+len(o.Feedback)+len(o.There)+len(o.Absent) == 0 && strings.TrimSpace(o.Note) == ""
}

// Conclusion is an outcome understood: what goes where.
type Conclusion struct {
	Debrief  Debrief
	Promises []Promise
	Steps    []Step
}

// Understand makes a meeting's outcome into what is kept: the debrief, the
// promises of both sides and the next steps, each with who and by when as far as
// its line says so. have is the debrief as it stands; what it holds stays.
func Understand(o Outcome, m Agenda, have Debrief, now time.Time) Conclusion {
	a := Conclusion{Debrief: have}
	d := &a.Debrief
	d.ID, d.Account, d.Interaction = DebriefID(m.ID), m.Account.ID, m.ID
	d.On, d.By = m.Start.In(now.Location()).Format(time.DateOnly), o.By
	d.Decisions = withoutTwice(slices.Concat(have.Decisions, trimmed(o.Decisions)))
	d.Feedback = withoutTwice(slices.Concat(have.Feedback, trimmed(o.Feedback)))
	if note := strings.TrimSpace(o.Note); note != "" && note != have.Note {
		d.Note = strings.TrimSpace(have.Note + "\n" + note)
	}
	d.There = withoutTwice(slices.Concat(without(have.There, o.Absent), o.There))
	d.Absent = withoutTwice(slices.Concat(without(have.Absent, o.There), o.Absent))
	room := namesOf(m.People)
	for key, p := range namesOf(o.Others) {
		if _, there := room[key]; !there {
			room[key] = p
		}
	}
	for by, lines := range map[Side][]string{Us: o.We, Customer: o.They} {
		for _, line := range trimmed(lines) {
			a.Promises = append(a.Promises, promiseOf(line, by, m, room, o.By, now))
		}
	}
	slices.SortStableFunc(a.Promises, func(x, y Promise) int { return strings.Compare(string(y.By), string(x.By)) })
	for _, line := range trimmed(o.Next) {
		a.Steps = append(a.Steps, stepOf(line, m, room, o.By, now))
	}
	return a
}

// without is list without those in out.
func without(list, out []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(out, s) })
}

// withoutTwice keeps the first of equal words.
func withoutTwice(list []string) (once []string) {
	for _, s := range list {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

// trimmed are the lines that say something.
func trimmed(lines []string) (list []string) {
	for _, l := range lines {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			list = append(list, l)
		}
	}
	return list
}

// namesOf are people by their names and first names, folded; a name that two have
// names nobody.
func namesOf(people []Participant) map[string]Participant {
	room, twice := map[string]Participant{}, map[string]bool{}
	for _, p := range people {
		name := text.Name(p.Name, p.Email)
		for _, key := range withoutTwice([]string{text.Fold(name), text.Fold(FirstName(name))}) {
			if have, known := room[key]; known && have.Email != p.Email {
				twice[key] = true
			}
			room[key] = p
		}
	}
	for key := range twice {
		delete(room, key)
	}
	return room
}

// namedIn are the people of a room whom a line names, in the order of the line.
func namedIn(line string, room map[string]Participant) (list []Participant) {
	words := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" ,;:()", r) })
	for i := range words {
		for n := min(3, len(words)-i); n > 0; n-- {
			p, ok := room[text.Fold(strings.Join(words[i:i+n], " "))]
			if ok && !slices.ContainsFunc(list, func(q Participant) bool { return q.Address == p.Address }) {
				list = append(list, p)
			}
			if ok {
				break
			}
		}
	}
	return list
}

// dueWithin is within how many days a date is one to keep; a day of this year that
// lies behind is read as the next year's, and nobody meant that.
const dueWithin = 300

// dueOf is a line without the date that it names, and that date, "" for none: "by
// Friday" anywhere in it, or a date behind its last comma.
func dueOf(line string, now time.Time) (rest, due string) {
	if day, span, ok := text.Due(line, now); ok && DaysBetween(now, day) < dueWithin {
		before, after := strings.TrimRight(line[:span[0]], " ,;:"), strings.TrimLeft(line[span[1]:], " ,;:")
		if rest = strings.TrimSpace(before + " " + after); rest == "" {
			rest = line
		}
		return rest, day.Format(time.DateOnly)
	}
	if i := strings.LastIndex(line, ","); i > 0 {
		if day, ok := text.DueDay(line[i+1:], now); ok && DaysBetween(now, day) < dueWithin {
			return strings.TrimSpace(line[:i]), day.Format(time.DateOnly)
		}
	}
	return line, ""
}

func promiseOf(line string, by Side, m Agenda, room map[string]Participant, who string, now time.Time) Promise {
	what, due := dueOf(line, now)
	p := Promise{Belongs: Belongs{Account: m.Account.ID, Interaction: m.ID}, By: by, What: sentence(what), Made: m.Start.In(now.Location()).Format(time.DateOnly), Due: due}
	for _, n := range namedIn(line, room) {
		switch {
		case n.Side == Us && by == Us && p.Owner == "":
			p.Owner = text.Name(n.Name, n.Email)
		case n.Side != Us && p.Contact == "":
			p.Contact = n.Contact
		}
	}
	if by == Us && p.Owner == "" {
		p.Owner = who
	}
	return p
}

func stepOf(line string, m Agenda, room map[string]Participant, who string, now time.Time) Step {
	what, due := dueOf(line, now)
	s := Step{Belongs: Belongs{Account: m.Account.ID, Interaction: m.ID}, What: sentence(what), Due: due}
	for _, n := range namedIn(line, room) {
		if n.Side == Us {
			s.Owners = append(s.Owners, text.Name(n.Name, n.Email))
		} else if n.Contact != "" {
			s.With = append(s.With, n.Contact)
		}
	}
	if len(s.Owners)+len(s.With) == 0 && who != "" {
		s.Owners = []string{who}
	}
	return s
}
