package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// room has a line for each of their people who has not declined, as invited.
func (b *briefing) room() {
	s := SheetSection{Key: BriefRoom, Label: "In the room"}
	_, people := parted(b.all.People, func(p Person) bool { return answerOf(b.all.Meeting, p) == "declined" })
	for _, p := range people {
		s.Lines = append(s.Lines, b.person(p))
	}
	b.section(s)
	if cut := b.cutOf(BriefRoom); cut > 0 {
		room := &b.Sections[len(b.Sections)-1]
		never, _ := parted(people[len(people)-cut:], func(p Person) bool { return !p.Met })
		more := fmt.Sprintf("and %d more", cut)
		if len(never) > 0 {
			more += fmt.Sprintf(", %d of them never met", len(never))
		}
		room.Lines = append(room.Lines, SheetLine{Text: more})
	}
}

// cutOf is how many lines of a section found no room.
func (b *briefing) cutOf(key string) int {
	for _, c := range b.brief.Cut {
		if c.Key == key {
			return len(c.Lines)
		}
	}
	return 0
}

// person is somebody in the room: what they are, how far they have come with us,
// when we last spoke, and what to know of them.
func (b *briefing) person(p Person) SheetLine {
	l := SheetLine{Kind: KindContact, ID: p.ID, Text: personName(p), Said: p.Role}
	if p.ID == "" {
		l.Kind = ""
	}
	l.Stage = b.stage(p.ID)
	if !p.Met {
		l.Marks = append(l.Marks, SheetMark{Words: "Never met", Tone: ToneWarn})
	}
	if a := answerOf(b.all.Meeting, p); a != "accepted" {
		l.Marks = append(l.Marks, SheetMark{Words: cmp.Or(a, "no answer")})
	}
	if p.Last.At.IsZero() {
		l.Amount = joinDots(string(l.Stage), "no mail or call")
	} else {
		l.Amount = joinDots(string(l.Stage), Ago(p.Last.At, b.now))
		if i, ok := b.at(p.Last.At); ok {
			l.Source = b.cite(i.ID, "", "")
		}
	}
	l.Below = b.knownOf(p)
	return l
}

// knownOf is what to know of somebody, at most three things: what they are in
// this and why they stand against us, how they like to be dealt with, and
// something human.
func (b *briefing) knownOf(p Person) string {
	var known []string
	for _, c := range b.all.Contacts {
		if c.Contact.ID != p.ID {
			continue
		}
		known = append(known, b.stakeOf(c.Stakeholder))
	}
	for _, w := range PreferencesOf(b.all.Preferences, p.Contact) {
		if w.Holds() && w.Contact == p.ID && w.Rule != Avoid && w.Rule != Every {
			known = append(known, w.Words())
			break
		}
	}
	known = append(known, b.human(p))
	known = without(known, []string{""})
	return strings.Join(known, ". ")
}

// stakeOf is "Champion" or "Decides, against: the 2024 UV mistake".
func (b *briefing) stakeOf(s Stakeholder) string {
	var words []string
	for _, r := range s.Roles {
		words = append(words, string(r))
	}
	if len(words) == 0 && s.Influence >= 67 {
		words = append(words, InfluenceWord(s.Influence))
	}
	if s.Judged() && s.Support < 0 {
		words = append(words, s.SupportWord()+": "+s.Why)
	}
	return sentence(strings.Join(words, ", "))
}

// human is something of theirs that is not business: a birthday that is near, or
// else what was last noted.
func (b *briefing) human(p Person) string {
	latest, on := "", ""
	for _, f := range b.all.Facts {
		if f.Contact != p.ID || p.ID == "" || f.Until != "" {
			continue
		}
		switch f.Name {
		case "birthday":
			if day, _, ok := Anniversary(f.Value, b.now); ok && DaysBetween(b.now, day) <= 14 {
				return "Birthday " + DayName(day, b.now)
			}
		case "human", "interest", "family":
			if latest == "" || f.On > on {
				latest, on = f.Value, f.On
			}
		}
	}
	return text.Preview(latest, 80)
}

// at finds the interaction of that time among those that the brief was given.
func (b *briefing) at(t time.Time) (Interaction, bool) {
	list := b.all.Since
	if b.all.LastMet != nil {
		list = append(slices.Clone(list), *b.all.LastMet)
	}
	k := slices.IndexFunc(list, func(i Interaction) bool { return i.At.Equal(t) })
	if k < 0 {
		return Interaction{}, false
	}
	return list[k], true
}

// unknowns lists what the brief lacks, what matters most first: it is what to ask.
func (b *briefing) unknowns() {
	s := SheetSection{Key: BriefUnknown, Label: "What we do not know: ask"}
	ask := func(words string) {
		if words != "" {
			s.Lines = append(s.Lines, SheetLine{Lead: "?", Text: words})
		}
	}
	if b.all.Account.ID == "" {
		ask("Which account this meeting belongs to")
	}
	if len(b.all.People) == 0 {
		ask("Who comes from their side")
	}
	ask(b.stale())
	open, _ := parted(b.all.Unknowns, func(u Unknown) bool { return u.Answered == "" })
	slices.SortStableFunc(open, func(x, y Unknown) int { return cmp.Compare(unless(b.comes(x.Contact)), unless(b.comes(y.Contact))) })
	for _, u := range open {
		l := b.line(u, u.What, u.Since, "")
		l.Lead, l.Register, l.Said = "?", "what", FirstName(b.all.contact(u.Contact).Name)
		s.Lines = append(s.Lines, l)
	}
	for _, p := range b.all.People {
		ask(askAbout(p))
	}
	for _, p := range b.all.People {
		if answerOf(b.all.Meeting, p) == "" {
			s.Lines = append(s.Lines, SheetLine{Lead: "?", Text: fmt.Sprintf("Whether %s comes", personName(p)), Source: b.cite("", "The invitation", "")})
		}
	}
	b.section(s)
}

// stale says that mail and calendars have not been read for a day.
func (b *briefing) stale() string {
	switch last := b.all.LastSync; {
	case last.IsZero():
		return "What mail and calendars hold: nothing was read yet"
	case b.now.Sub(last) > 24*time.Hour:
		return "What has come since " + DayName(last, b.now) + ", when mail was last read"
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

func personName(p Person) string {
	email := p.Email
	if email == "" && len(p.Emails) > 0 {
		email = p.Emails[0]
	}
	return text.Name(p.Name, email)
}

func isPerson(p Person, email string) bool {
	return email != "" && (p.Email == email || slices.Contains(p.Emails, email))
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

// briefPeople is how many names one line holds.
const briefPeople = 8

// joinMost joins names, of more than eight the first seven.
func joinMost(names []string) string {
	if over := len(names) - briefPeople; over > 0 {
		names = append(names[:briefPeople-1:briefPeople-1], fmt.Sprintf("and %d more", over+1))
	}
	return strings.Join(names, ", ")
}
