package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// HandoverInput is what a pack for a colleague who takes an account over is made
// from.
type HandoverInput struct {
	PlanInput
	// Recent are the account's latest interactions, the newest first; Ahead those
	// that are planned, the next first.
	Recent, Ahead []Interaction
	// Waiting are mails that nobody answered.
	Waiting []Waiting
	Signs   []TrustSign
	Moments map[string][]Moment // by Contact.ID
}

// The keys of a hand-over's sections that a plan does not have.
const (
	HandoverFirst  = "first"
	HandoverStory  = "story"
	HandoverWho    = "who"
	HandoverRules  = "rules"
	HandoverRecent = "recent"
)

// handoverLines are how many lines each section has at most.
var handoverLines = map[string]int{HandoverFirst: 8, HandoverStory: 6, HandoverWho: 12, HandoverRules: 12, HandoverRecent: 10}

// ComposeHandover makes the pack that a new colleague reads in ten minutes: what to
// do first, the story so far, who is who and how they like it, what is agreed,
// what is not known. It is ours alone; no section of it is for the customer.
func ComposeHandover(in HandoverInput) Sheet {
	p := handover{planning: planning{in: in.PlanInput, sheeting: sheeting{now: in.Now, found: in.Sources, said: map[string]int{}}}, all: in}
	p.Title, p.Columns = in.Account.Name+", handed over", [2]string{"They", "We"}
	p.Under = joinDots(in.Account.Sector, withUsSince(in.Account.Since), ownerWords(in.Account.Owner), "ten minutes to read")
	p.first()
	p.story()
	p.who()
	p.world()
	p.hurts()
	p.objectives()
	p.steps()
	p.promises()
	p.rules()
	p.risks()
	p.unknown()
	p.recent()
	p.Long = true
	p.Foot = "For us only: it holds what people told us"
	return p.Sheet
}

// handover grows the pack.
type handover struct {
	planning
	all HandoverInput
}

func (p *handover) section(s SheetSection) {
	s.Inside = true
	if most := handoverLines[s.Key]; most > 0 && len(s.Lines) > most {
		left := len(s.Lines) - most
		s.Lines = append(s.Lines[:most:most], SheetLine{Text: fmt.Sprintf("and %d more", left)})
	}
	p.add(s)
}

// first is what a new colleague does in the first week: what is owed, who waits,
// what is planned, and whom to be introduced to.
func (p *handover) first() {
	s := SheetSection{Key: HandoverFirst, Label: "In the first week"}
	open, _ := parted(p.in.Promises, func(q Promise) bool { return q.Open() && q.By == Us })
	SortPromises(open, p.now)
	for _, q := range open {
		if late := q.Late(p.now); late > 0 {
			s.Lines = append(s.Lines, SheetLine{Kind: KindPromise, ID: q.ID, Text: "Keep what is over: " + lowerFirst(q.What), Marks: []SheetMark{{Words: days(late) + " over", Tone: ToneBad}}, People: p.owners(nil, []string{q.Contact})})
		}
	}
	for _, w := range p.all.Waiting {
		s.Lines = append(s.Lines, SheetLine{Text: "Answer: " + WithoutLinks(w.Interaction.Subject), Said: ShortDate(w.Interaction.At, p.now), Source: p.cite(w.Interaction.ID, interactionWords(w.Interaction, p.now), "")})
	}
	for _, i := range p.all.Ahead {
		s.Lines = append(s.Lines, SheetLine{Text: "Be there: " + TitleOf(i), Amount: DayAndClock(i.At, p.now)})
	}
	warmest := slices.Clone(p.in.Contacts)
	slices.SortStableFunc(warmest, func(a, b ContactStanding) int { return cmp.Compare(b.influence(), a.influence()) })
	for _, c := range warmest[:min(3, len(warmest))] {
		l := SheetLine{Text: "Be introduced to " + c.Contact.Name, Said: c.Contact.Role}
		if len(c.Knows) > 0 {
			l.Below = "by " + c.Knows[0] + ", who speaks with them most"
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// story is how it began, what was special, what both believe in.
func (p *handover) story() {
	s := SheetSection{Key: HandoverStory, Label: "The story so far"}
	for _, name := range []string{"how-we-met", "story", "value"} {
		for _, f := range p.in.facts() {
			if f.Name == name {
				known, _ := FactNameOf(name)
				l := p.line(f, f.Value, f.On, f.Source)
				l.Said = joinDots(lowerFirst(known.Label), FirstName(p.in.contact(f.Contact).Name))
				s.Lines = append(s.Lines, l)
			}
		}
	}
	if p.in.Plan.Why != "" {
		s.Lines = append(s.Lines, SheetLine{Text: p.in.Plan.Why, Said: "why there is a plan"})
	}
	p.section(s)
}

// who is everybody there: what they are, how far they have come with us, what they
// think of us and why, who of us knows them.
func (p *handover) who() {
	s := SheetSection{Key: HandoverWho, Label: "Who is who", Empty: "Nobody there is known yet"}
	for _, c := range p.in.Contacts {
		l := SheetLine{Kind: KindContact, ID: c.Contact.ID, Text: c.Contact.Name, Said: c.Contact.Role, Below: knownBy(c)}
		if c.Stakeholder.Why != "" {
			l.Below = joinDots(c.Stakeholder.Why, l.Below)
		}
		for _, r := range c.Stakeholder.Roles {
			l.Marks = append(l.Marks, SheetMark{Words: string(r)})
		}
		signs, _ := parted(p.all.Signs, func(s TrustSign) bool { return s.Contact == c.Contact.ID })
		l.Amount = string(cmp.Or(StageOf(p.all.Moments[c.Contact.ID], signs, p.now).Stage, "never met"))
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// rules are how they like it: what holds, by person, and what is made for them.
func (p *handover) rules() {
	s := SheetSection{Key: HandoverRules, Label: "How they like it", Beside: true}
	for _, w := range p.in.Preferences {
		if w.Holds() {
			s.Lines = append(s.Lines, SheetLine{Kind: KindPreference, ID: w.ID, Text: w.Words(), Said: p.in.contact(w.Contact).Name})
		}
	}
	for _, f := range p.in.facts() {
		known, _ := FactNameOf(f.Name)
		if slices.Contains(madeForThem, f.Name) || f.Name == "language" || f.Name == "human" || f.Name == "interest" {
			s.Lines = append(s.Lines, SheetLine{Kind: KindFact, ID: f.ID, Text: ShownFact{Fact: f}.Said(p.now), Said: strings.Trim(lowerFirst(known.Label)+", "+p.in.contact(f.Contact).Name, ", ")})
		}
	}
	p.section(s)
}

// recent is what happened last.
func (p *handover) recent() {
	s := SheetSection{Key: HandoverRecent, Label: "What happened last", Beside: true}
	for _, i := range p.all.Recent {
		s.Lines = append(s.Lines, SheetLine{Text: WithoutLinks(cmp.Or(i.Subject, i.Preview, string(i.Kind))), Said: string(i.Kind), Amount: ShortDate(i.At, p.now)})
	}
	p.section(s)
}
