package data

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// TeamPlanInput is what the team's plan is made from, as it was known at Now.
type TeamPlanInput struct {
	Now        time.Time
	Plan       TeamPlan // zero where nobody began one
	Objectives []TeamObjective
	Barriers   []Barrier
	Readiness  []Readiness // the team's own; ReadinessOf adds what it begins with
	Policies   map[Tier]Policy
	Capacity   Capacity
	Figures    TeamFigures
	Currency   string
	// Sources are the interactions that parts were learned from, by
	// Interaction.ID.
	Sources map[string]Interaction
}

// Written says whether the team has begun a plan: somebody wrote any of it.
func (in TeamPlanInput) Written() bool {
	return in.Plan.ID != "" || len(in.Objectives) > 0 || len(in.Barriers) > 0 || len(in.Readiness) > 0
}

// Cited are the interactions that its parts were learned from, Interaction.IDs.
func (in TeamPlanInput) Cited() map[string]bool {
	ids := map[string]bool{}
	citeAll(ids, in.Objectives)
	citeAll(ids, in.Barriers)
	citeAll(ids, in.Readiness)
	return ids
}

// The keys of its sections, in their order on the page.
const (
	TeamWhy        = "team-why"
	TeamPrinciples = "team-principles"
	TeamQuality    = "team-quality"
	TeamProfit     = "team-profit"
	TeamTiers      = "team-tiers"
	TeamBarriers   = "team-barriers"
	TeamReady      = "team-readiness"
)

// TeamSections are the keys of the sections, in their order.
var TeamSections = []string{TeamWhy, TeamPrinciples, TeamQuality, TeamProfit, TeamTiers, TeamBarriers, TeamReady}

// teamLines are how many lines a section has at most, so that the plan stays one
// page; what is left out is counted.
var teamLines = map[string]int{TeamPrinciples: 7, TeamBarriers: 7, TeamReady: 9}

// TeamPlanTitle is what the page is called.
const TeamPlanTitle = "Why we do this"

// TeamPlanPage is the team's plan on one page.
type TeamPlanPage struct {
	Sheet
	Plan     TeamPlan
	Written  bool
	Findings []PlanFinding
	// Review is when it is to be looked at, "Next review 7 Dec, every 13 weeks".
	Review string
}

// ComposeTeamPlan makes the page that the whole team follows. Figures and what
// tiers ask for are live; what people wrote or judged says who and when.
func ComposeTeamPlan(in TeamPlanInput) TeamPlanPage {
	p := teamPlanning{in: in, sheeting: sheeting{now: in.Now, found: in.Sources, said: map[string]int{}}}
	p.Title, p.Under = TeamPlanTitle, "The plan that all of us follow"
	p.why()
	p.principles()
	p.objectives(TeamQuality, ForQuality, "Quality of relationships", "Say what should be better between our customers and us, and how we will see it")
	p.objectives(TeamProfit, ForProfit, "Profit in them", "Say what the relationships should earn, so that we can go on with them")
	p.tiers()
	p.barriers()
	p.readiness()
	page := TeamPlanPage{Sheet: p.Sheet, Plan: in.Plan, Written: in.Written(), Findings: LintTeamPlan(in), Review: in.reviewWords()}
	page.Foot = joinDots(page.Review, "For our team only")
	return page
}

// teamPlanning grows the sheet.
type teamPlanning struct {
	sheeting
	in TeamPlanInput
}

// section puts lines on the page, the most that fit, and says how many are left
// out.
func (p *teamPlanning) section(s SheetSection) {
	s.Inside = true
	if most := teamLines[s.Key]; most > 0 && len(s.Lines) > most {
		left := len(s.Lines) - most
		s.Lines = append(s.Lines[:most:most], SheetLine{Text: fmt.Sprintf("and %d more", left), Inside: true})
	}
	p.add(s)
}

// line begins a line from a part: where it is from, and how old.
func (p *teamPlanning) line(part Part, register, text, on string) SheetLine {
	b := part.Belonging()
	l := SheetLine{Kind: part.PartKind(), ID: b.ID, Register: register, Text: text, On: on, Inside: true}
	if l.On == "" && !b.RecordedAt.IsZero() {
		l.On = b.RecordedAt.In(p.now.Location()).Format(time.DateOnly)
	}
	if i := p.in.Sources[b.Interaction]; i.ID != "" {
		l.Source = p.cite(b.Interaction, "", "")
	}
	return l
}

// aged marks a line that is older than FactsStale days.
func (p *teamPlanning) aged(l SheetLine) SheetLine {
	if age := daysSinceDate(l.On, p.now); l.On != "" && age > FactsStale {
		l.Age = age
	}
	return l
}

func (p *teamPlanning) why() {
	s := SheetSection{Key: TeamWhy, Label: "Why we do this", Empty: "Say in a sentence or two what our customers gain by our knowing them well"}
	if plan := p.in.Plan; plan.Why != "" {
		s.Lines = append(s.Lines, p.head("why", "", plan.Why))
	}
	if plan := p.in.Plan; plan.Aim != "" {
		s.Lines = append(s.Lines, p.head("aim", "what they say of us in three years", plan.Aim))
	}
	p.section(s)
}

// head is a line of the head: its age is that of the last review.
func (p *teamPlanning) head(register, said, text string) SheetLine {
	l := p.line(p.in.Plan, register, text, p.in.Plan.Reviewed)
	l.Said = said
	return p.aged(l)
}

func (p *teamPlanning) principles() {
	s := SheetSection{Key: TeamPrinciples, Label: "How we treat people", Empty: "Write down two or three rules by which everyone here treats a customer"}
	for _, words := range p.in.Plan.Principles {
		l := p.head("principle/"+words, "", words)
		l.Number = len(s.Lines) + 1
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// open are the objectives that are pursued for an aim, in their order.
func (in TeamPlanInput) open(aim TeamAim) []TeamObjective {
	list, _ := parted(in.Objectives, func(o TeamObjective) bool { return o.Open() && o.For == aim })
	SortTeamObjectives(list)
	return list
}

func (p *teamPlanning) objectives(key string, aim TeamAim, label, empty string) {
	s := SheetSection{Key: key, Label: label, Empty: empty}
	for n, o := range p.in.open(aim) {
		on := o.On
		if o.Counted != "" {
			on = p.now.Format(time.DateOnly)
		}
		l := p.line(o, "what", o.What, on)
		l.Number = n + 1
		l.People = ourPeople(o.Owner)
		value, share, known := o.Stands(p.in.Figures, p.in.Currency)
		switch {
		case known:
			l.Bar = &SheetBar{Label: o.Label(), Value: value, Share: share}
		case o.Label() != "":
			l.Below = o.Label() + ": " + value
		}
		if f := p.in.Figures[FigureKey(o.Counted, o.Tier)]; o.Counted != "" && f.Of > 0 {
			l.Source = p.cite("", f.words(o, p.now), on)
		}
		if o.By != "" {
			l.Amount = "by " + dayIn(o.By, p.now)
		}
		if late := o.Late(p.now); late > 0 {
			l.Marks = append(l.Marks, SheetMark{Words: days(late) + " over", Tone: ToneBad})
		}
		if o.Counted == "" && o.On != "" {
			l = p.aged(l)
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// ourPeople are people of ours by name.
func ourPeople(names ...string) (list []SheetPerson) {
	for _, name := range names {
		if strings.TrimSpace(name) != "" {
			list = append(list, SheetPerson{Name: name, Side: Us})
		}
	}
	return list
}

// tiers are what each tier asks for, and whether the team has the hours: live, as
// Settings and triage have it.
func (p *teamPlanning) tiers() {
	s := SheetSection{Key: TeamTiers, Label: "What we promise", Empty: "Say how often we speak with the accounts of each tier"}
	source := p.cite("", "What each tier asks for: Settings, Rhythm and tiers", p.now.Format(time.DateOnly))
	for _, load := range p.in.Capacity.Tiers {
		policy := p.in.Policies[load.Tier]
		l := p.line(policy, "every", string(load.Tier)+": "+policy.Words(), "")
		l.Source = source
		l.Amount = Counted(load.Accounts, "account", "accounts")
		if load.Minutes > 0 {
			l.Amount += ", " + Counted(load.Minutes/60, "hour", "hours")
		}
		s.Lines = append(s.Lines, l)
	}
	if len(s.Lines) > 0 {
		s.Lines = append(s.Lines, p.capacity(source))
	}
	p.section(s)
}

// capacity is the sum of what tiers ask for, against the hours that there are.
func (p *teamPlanning) capacity(source int) SheetLine {
	c := p.in.Capacity
	l := SheetLine{Text: sentence(c.Words()), Source: source, Inside: true, On: p.now.Format(time.DateOnly)}
	switch fits, known := c.Fits(); {
	case !known:
		l.Marks = []SheetMark{{Words: "hours not said", Tone: ToneWarn}}
	case fits:
		l.Marks = []SheetMark{{Words: "it fits", Tone: ToneGood}}
	default:
		l.Marks = []SheetMark{{Words: Counted((c.Minutes-c.Have+59)/60, "hour", "hours") + " too many", Tone: ToneBad}}
	}
	return l
}

// openBarriers are those that stand in the way, what is due first first.
func (in TeamPlanInput) openBarriers() []Barrier {
	open, _ := parted(in.Barriers, Barrier.Open)
	SortBarriers(open)
	return open
}

func (p *teamPlanning) barriers() {
	s := SheetSection{Key: TeamBarriers, Label: "In our own way", Empty: "Name what in our own house keeps us from looking after customers well"}
	for _, b := range p.in.openBarriers() {
		l := p.line(b, "what", b.What, b.On)
		l.Below, l.People = b.Meets, ourPeople(b.Owner)
		if b.By != "" {
			l.Amount = "by " + dayIn(b.By, p.now)
		}
		if late := b.Late(p.now); late > 0 {
			l.Marks = append(l.Marks, SheetMark{Words: days(late) + " over", Tone: ToneBad})
		}
		s.Lines = append(s.Lines, p.aged(l))
	}
	p.section(s)
}

// readyTones are how levels are marked.
var readyTones = map[ReadyLevel]SheetTone{NotReady: ToneBad, PartReady: ToneWarn, FullyReady: ToneGood, "": ""}

func (p *teamPlanning) readiness() {
	s := SheetSection{Key: TeamReady, Label: "Are we ready?"}
	for _, r := range ReadinessOf(p.in.Readiness) {
		l := p.line(r, "what", sentence(string(r.Heading))+": "+lowerFirst(r.What), r.On)
		l.Marks = []SheetMark{{Words: string(cmp.Or(r.Level, "not judged")), Tone: readyTones[r.Level]}}
		if r.Level == "" {
			l.On = ""
		} else {
			l.Said = "judged by " + r.Judge + " on " + dayIn(r.On, p.now)
			l.Below = r.Why
			l = p.aged(l)
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

func (in TeamPlanInput) reviewWords() string {
	next := in.Plan.NextReview()
	if next == "" {
		return ""
	}
	return fmt.Sprintf("Next review %s, every %s", dayIn(next, in.Now), Counted(in.Plan.EveryWeeks(), "week", "weeks"))
}
