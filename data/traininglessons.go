package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// SettingFacts are what is read of an account to say what it is in.
type SettingFacts struct {
	Account   Account
	Stage     TrustStage
	Promises  []Promise
	Needs     []Need
	Silent    int // days since the last touch, -1 for never
	Rhythm    int // days, 0: not agreed
	Critics   []Stakeholder
	Guests    []Person // who comes, of theirs
	Purchases []Purchase
	Subjects  []string // of their latest mails and questions
}

// SettingOf says what an account is in, most telling first, each with its words.
func SettingOf(f SettingFacts, now time.Time) Setting {
	s := Setting{Account: f.Account, Stage: f.Stage}
	in := func(situation, because, contact string) {
		s.In = append(s.In, Instance{situation, because, contact})
	}
	promises := slices.Clone(f.Promises)
	SortPromises(promises, now)
	for _, p := range promises {
		late := p.Late(now)
		switch {
		case late > 0 && p.By == Us:
			in("late promise", p.What+" is "+Counted(late, "day", "days")+" over", p.Contact)
		case late > 0 && p.By == Customer:
			in("they owe us", p.What+" was to come "+Counted(late, "day", "days")+" ago", p.Contact)
		}
	}
	if f.Rhythm > 0 && f.Silent > f.Rhythm {
		in("silence", "Nobody spoke for "+Counted(f.Silent, "day", "days")+"; every "+Counted(f.Rhythm, "day", "days")+" was agreed", "")
	}
	for _, c := range f.Critics {
		for _, p := range f.Guests {
			if p.ID != "" && p.ID == c.Contact && c.Judged() && c.Support < 0 {
				in("critic in the room", FirstName(p.Name)+" is against us: "+c.Why, p.ID)
			}
		}
	}
	for _, p := range f.Guests {
		if !p.Met {
			in("first meeting", "We never met "+personName(p), p.ID)
		}
	}
	f.bought(in, now)
	for _, w := range f.Subjects {
		if turnsToPrice(w) {
			in("price", "They wrote “"+w+"”", "")
			break
		}
	}
	if f.Account.Mode == WindDown || f.Account.Archived != "" {
		in("leaving", "The account is being left", "")
	}
	for _, n := range f.Needs {
		if n.Closed == "" && n.Met != IsMet && strings.TrimSpace(n.Words) != "" {
			in("open need", "Nobody met “"+strings.Trim(n.Words, "“”\"")+"”", n.Contact)
			break
		}
	}
	slices.SortStableFunc(s.In, func(a, b Instance) int {
		return cmp.Compare(slices.Index(situationNames, a.Situation), slices.Index(situationNames, b.Situation))
	})
	return s
}

// bought says whether they began to buy, or stopped.
func (f SettingFacts) bought(in func(situation, because, contact string), now time.Time) {
	first, last := "", ""
	for _, p := range f.Purchases {
		if p.Kind != Ordered && p.Kind != Invoiced || p.On == "" || p.On > now.Format(time.DateOnly) {
			continue
		}
		if first == "" || p.On < first {
			first = p.On
		}
		last = max(last, p.On)
	}
	switch {
	case first == "":
	case daysSinceDate(first, now) <= 100:
		in("first order", "Their first order is "+Counted(daysSinceDate(first, now), "day", "days")+" old", "")
	case daysSinceDate(last, now) > 365:
		in("win back", "They last bought on "+ShortDay(last, now), "")
	}
}

// priceWords are words of a subject that turn the talk to price.
var priceWords = []string{"price", "prices", "pricing", "quote", "quotation", "discount", "expensive", "budget", "preis", "angebot", "rabatt", "prijs", "offerte", "korting", "prix", "devis", "remise"}

func turnsToPrice(subject string) bool {
	words := strings.FieldsFunc(strings.ToLower(subject), func(r rune) bool { return !(r >= 'a' && r <= 'z') })
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(priceWords, w) })
}

// Lesson is a note or a play that applies somewhere, and why.
type Lesson struct {
	Note    TrainingNote // ID "" for a play
	Play    Play         // ID "" for a note
	Title   string
	Topic   string
	About   string
	Because string
	Record  PlayRecord // of a play
	weight  int
}

// Kind is KindPlay or KindTrainingNote.
func (l Lesson) Kind() string {
	if l.Play.ID != "" {
		return KindPlay
	}
	return KindTrainingNote
}

// ID is that of the note or the play.
func (l Lesson) ID() string { return cmp.Or(l.Play.ID, l.Note.ID) }

// Pressing says that what it is for is the case now, or that it was written for
// this account; other lessons only fit its sector or stage.
func (l Lesson) Pressing() bool { return l.weight >= 50 }

// Library is what the team learned.
type Library struct {
	Notes    []TrainingNote
	Plays    []Play // those that Rapport brings too, as PlaysOf has them
	Runs     []PlayRun
	Sessions []Session
	Skills   []Skill
}

// LessonsFor are what applies in a setting, most telling first, plays before notes.
// What was written for the account and is the case comes before what only one of
// both is.
func (l Library) LessonsFor(s Setting) (list []Lesson) {
	if s.Account.ID == "" {
		return nil
	}
	for _, p := range l.Plays {
		if because, weight := p.Helps().Applies(s); weight > 0 {
			list = append(list, Lesson{Play: p, Title: p.Name, Topic: p.Topic, About: p.About, Because: because, Record: RecordOf(p.ID, l.Runs), weight: weight})
		}
	}
	for _, n := range l.Notes {
		if because, weight := n.Helps().Applies(s); weight > 0 {
			list = append(list, Lesson{Note: n, Title: n.Title, Topic: n.Topic, About: n.Summary(), Because: because, weight: weight})
		}
	}
	slices.SortStableFunc(list, func(a, b Lesson) int { return -cmp.Compare(a.weight, b.weight) })
	return list
}
