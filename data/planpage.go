package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlanInput is what an account's plan is made from, as it was known at Now.
type PlanInput struct {
	Now      time.Time
	Account  Account
	Plan     Plan // zero where nobody began one
	Standing AccountStanding
	Contacts []ContactStanding // as SortStandings has them
	// Facts are the account's and its people's; Type that of its customer type.
	Facts       []Fact
	Type        Profile
	Needs       []Need
	Initiatives []Initiative
	Objectives  []Objective
	Steps       []Step
	Promises    []Promise
	Values      []ValueEntry
	Offers      []Offer
	Spaces      []Whitespace
	Uses        []Use
	Preferences []Preference
	Risks       []Risk
	Unknowns    []Unknown
	Foresights  []Foresight
	Feedback    []Feedback
	Shown       []Shown
	Corrections []Correction
	// Joint are the joint spaces, each with the plan as it stands there. It is empty
	// for a day that has been.
	Joint       []JointStand
	Touches     []Touch
	Policy      Policy  // of the account's tier
	Profit      Profit  // of this year so far
	YearMinutes float64 // spent in the last 365 days
	// Library is what the team learned, Bought what the account bought: they say
	// which notes and plays apply. Both are empty for a day that has been.
	Library Library
	Bought  []Purchase
	// Sources are the interactions that parts were learned from, by
	// Interaction.ID.
	Sources map[string]Interaction
}

// Cited are the interactions that its parts were learned from, Interaction.IDs.
func (in PlanInput) Cited() map[string]bool {
	ids := map[string]bool{}
	citeAll(ids, in.Facts)
	citeAll(ids, in.Needs)
	citeAll(ids, in.Objectives)
	citeAll(ids, in.Steps)
	citeAll(ids, in.Promises)
	citeAll(ids, in.Values)
	citeAll(ids, in.Spaces)
	citeAll(ids, in.Uses)
	citeAll(ids, in.Preferences)
	citeAll(ids, in.Risks)
	citeAll(ids, in.Unknowns)
	citeAll(ids, in.Foresights)
	citeAll(ids, in.Feedback)
	return ids
}

func citeAll[T Part](ids map[string]bool, list []T) {
	for _, p := range list {
		if id := p.Belonging().Interaction; id != "" {
			ids[id] = true
		}
	}
}

// The keys of a plan's sections, in their order on the page.
const (
	PlanWhy      = "why"
	PlanWorld    = "world"
	PlanHurts    = "hurts"
	PlanGoals    = "objectives"
	PlanValue    = "value"
	PlanSteps    = "steps"
	PlanPromises = "promises"
	PlanPeople   = "people"
	PlanExpects  = "expectations"
	PlanSpace    = "space"
	PlanMoney    = "money"
	PlanWishes   = "wishes"
	PlanRisks    = "risks"
	PlanUnknown  = "unknown"
	PlanForesee  = "foresight"
	PlanAnswers  = "answers"
	PlanLearned  = "learned"
)

// planLines are how many lines each section has at most, so that the plan stays
// one page; what is left out is counted.
var planLines = map[string]int{
	PlanWorld: 5, PlanHurts: 4, PlanGoals: MaxObjectives, PlanSteps: 8, PlanPromises: 5, PlanPeople: 5, PlanExpects: 4, PlanSpace: 5, PlanWishes: 4, PlanRisks: 4,
	PlanUnknown: 4, PlanForesee: 3, PlanLearned: 3, PlanAnswers: 4,
}

// planBeside are the sections of the narrow column.
var planBeside = []string{PlanPromises, PlanPeople, PlanExpects, PlanSpace, PlanMoney, PlanWishes, PlanRisks, PlanUnknown, PlanForesee, PlanLearned, PlanAnswers}

// valueLines is how many gains of each side a plan has at most.
const valueLines = 3

// PlanHorizon is how many days of joint steps a plan shows.
const PlanHorizon = 90

// PlanPage is an account's plan on one page.
type PlanPage struct {
	Sheet
	Plan     Plan
	Findings []PlanFinding // before you rely on it
	Known    PlanKnown
	// Review is when it is to be looked at, "Next review 7 Dec, every 4 weeks";
	// Valid says until when it holds. Either may be "".
	Review, Valid string
	// Open are the corrections that nobody answered.
	Open []Correction
}

// PlanKnown says whether the customer knows the plan.
type PlanKnown struct {
	Shown   Shown    // the latest; zero where it was never shown
	Who     Contact  // to whom
	Changed []string // what reads otherwise since, or is new; each a line's text
	Words   string
	// Corrected is what they made of it since, "They corrected 2 lines and added
	// 1."; "" for nothing.
	Corrected string
}

// Said is all of it in one line.
func (k PlanKnown) Said() string { return joinPresent(". ", []string{k.Words, k.Corrected}) }

// ComposePlan makes the page. Every line is a fact that is kept elsewhere; the
// plan adds nothing of its own but its head.
func ComposePlan(in PlanInput) PlanPage {
	p := planning{in: in, sheeting: sheeting{now: in.Now, found: in.Sources, said: map[string]int{}}}
	p.Title, p.Columns = in.Account.Name, [2]string{"They", "We"}
	p.Under = joinDots(in.Account.Sector, withUsSince(in.Account.Since), ownerWords(in.Account.Owner))
	if in.Account.Care == Transactional {
		p.transactional()
	} else {
		p.relational()
	}
	p.rest()
	page := PlanPage{Sheet: p.Sheet, Plan: in.Plan, Review: in.reviewWords(), Valid: in.validWords()}
	page.Known = in.known(page.Sheet)
	page.Open, _ = parted(in.Corrections, func(c Correction) bool { return c.Answer == "" })
	page.Findings = LintPlan(in)
	page.Foot = joinDots(page.Valid, page.Review)
	if in.Plan.ID == "" {
		page.Foot = "Nobody has begun this plan yet"
	}
	return page
}

func withUsSince(date string) string {
	if len(date) < 4 {
		return ""
	}
	return "with us since " + date[:4]
}

func ownerWords(name string) string {
	if name == "" {
		return ""
	}
	return "looked after by " + name
}

// planning grows a plan's sheet.
type planning struct {
	sheeting
	in PlanInput
}

func (p *planning) relational() {
	p.why()
	p.world()
	p.hurts()
	p.objectives()
	p.value()
	p.steps()
	p.promises()
	p.people()
	p.expectations()
	p.space()
	p.money()
	p.wishes()
	p.risks()
	p.unknown()
	p.foresight()
	p.lessons()
	p.answers()
}

// transactional is the short plan: an account that wants no relationship is
// spared the rest.
func (p *planning) transactional() {
	p.world()
	p.hurts()
	p.promises()
	p.space()
	p.money()
	p.wishes()
}

// section puts lines on the page, the most that fit, and says how many are left
// out.
func (p *planning) section(s SheetSection) {
	s.Beside = slices.Contains(planBeside, s.Key)
	p.add(s.onOnePage())
}

// onOnePage is a section of a plan with the lines that a page has room for; the
// others are its Rest, and a last line counts them.
func (s SheetSection) onOnePage() SheetSection {
	all := s.Lines
	s.Lines = nil
	for _, l := range all {
		if s.hasRoom(l) {
			s.Lines = append(s.Lines, l)
		} else {
			s.Rest = append(s.Rest, l)
		}
	}
	if len(s.Rest) > 0 {
		s.Lines = append(s.Lines, SheetLine{Text: fmt.Sprintf("and %d more", len(s.Rest)), Inside: s.Inside})
	}
	return s
}

// hasRoom says whether one page has room for a further line of a section.
func (s SheetSection) hasRoom(l SheetLine) bool {
	if s.Key == PlanValue {
		same, _ := parted(s.Lines, func(other SheetLine) bool { return other.Column == l.Column })
		return l.Column == 0 || len(same) < valueLines
	}
	most := planLines[s.Key]
	return most == 0 || len(s.Lines) < most
}

// line begins a line from a part: whose it is, where it is from, how old.
func (p *planning) line(part Part, text, on, source string) SheetLine {
	b := part.Belonging()
	l := SheetLine{Kind: part.PartKind(), ID: b.ID, Text: text, On: on}
	if l.On == "" && !b.RecordedAt.IsZero() {
		l.On = b.RecordedAt.In(p.now.Location()).Format(time.DateOnly)
	}
	i := p.in.Sources[b.Interaction]
	l.Said = joinCommas(FirstName(p.in.contact(b.Contact).Name), joinCommas(saidWhen(on, i, p.now), sourceWords(source, p.in.contact(b.Contact).Name)))
	if i.ID != "" {
		l.Source = p.cite(b.Interaction, "", "")
	} else if l.Said == "" {
		l.From = p.restsOn(part, on, "")
	}
	return l
}

// sourceWords are where we know it from, unless that is the person who is named
// anyway.
func sourceWords(source, contact string) string {
	if source == contact {
		return ""
	}
	return source
}

// aged marks a line that is older than FactsStale days.
func (p *planning) aged(l SheetLine) SheetLine {
	if l.On == "" {
		return l
	}
	if age := daysSinceDate(l.On, p.now); age > FactsStale {
		l.Age = age
	}
	return l
}

func (in PlanInput) contact(id string) Contact {
	for _, c := range in.Contacts {
		if c.Contact.ID == id && id != "" {
			return c.Contact
		}
	}
	return Contact{}
}

func (p *planning) why() {
	s := SheetSection{Key: PlanWhy, Label: "Who and why", Empty: "Say in one sentence what they want to solve"}
	add := func(register, label, text string, inside bool) {
		if text != "" {
			l := p.resting(p.in.Plan, text, p.in.Plan.Reviewed, "")
			l.Said, l.Register, l.Inside = label, register, inside
			s.Lines = append(s.Lines, l)
		}
	}
	plan := p.in.Plan
	add("why", "", plan.Why, false)
	add("from", "where they were", plan.From, false)
	add("to", "where both want to be", plan.To, false)
	add("in-12", "in 12 months", plan.In12, false)
	add("in-36", "in 36 months", plan.In36, false)
	p.section(s)
}

// worldFacts are what is looked at of their world.
var worldFacts = []string{"goal", "aim", "circumstance", "trend"}

func (p *planning) world() {
	s := SheetSection{Key: PlanWorld, Label: "Their world", Empty: "Write down what they want to reach this year"}
	for _, name := range worldFacts {
		for _, f := range p.in.facts() {
			if f.Name == name {
				l := p.line(f, f.Value, f.On, f.Source)
				l.Register, l.Inside = "value", f.Confidence == IsGuess || f.Contact != ""
				s.Lines = append(s.Lines, p.aged(l))
			}
		}
	}
	p.section(s)
}

// facts are the account's with those of its type, then its people's, that still
// hold.
func (in PlanInput) facts() []Fact {
	list := FactsOf(in.Account.ID, in.Facts, in.Type)
	for _, f := range in.Facts {
		if f.Contact != "" && f.Until == "" {
			list = append(list, f)
		}
	}
	return list
}

func (p *planning) hurts() {
	s := SheetSection{Key: PlanHurts, Label: "What hurts", Empty: "Nobody wrote down a need yet; ask what stands in their way"}
	for _, n := range p.openNeeds() {
		if n.Met == IsMet {
			continue
		}
		l := p.line(n, n.Name(), n.On, "")
		l.Register, l.Below = needRegister(n), n.Obstacle
		t := TreatmentOf(n.ID, p.in.Initiatives, p.now)
		if words := t.Words(); words != "" {
			l.Marks = append(l.Marks, SheetMark{Words: words, Tone: ToneWarn})
		}
		if words := t.CureWords(); words != "" {
			l.Marks = append(l.Marks, SheetMark{Words: words, Tone: ToneGood})
		}
		s.Lines = append(s.Lines, p.aged(l))
	}
	p.section(s)
}

func needRegister(n Need) string {
	if n.Title != "" {
		return "title"
	}
	return "words"
}

// openNeeds are those not met first, the latest said first.
func (p *planning) openNeeds() []Need {
	open, _ := parted(p.in.Needs, func(n Need) bool { return n.Closed == "" })
	rank := map[Met]int{NotMet: 0, OnTheWay: 1, "": 2, IsMet: 3}
	slices.SortStableFunc(open, func(a, b Need) int {
		return cmp.Or(cmp.Compare(rank[a.Met], rank[b.Met]), strings.Compare(b.On, a.On), strings.Compare(a.ID, b.ID))
	})
	return open
}

// openObjectives are those pursued, in their order.
func (in PlanInput) openObjectives() []Objective {
	open, _ := parted(in.Objectives, Objective.Open)
	SortObjectives(open)
	return open
}

func (p *planning) objectives() {
	s := SheetSection{Key: PlanGoals, Label: "Objectives", Empty: "Agree with them on what they will have reached, at most three things"}
	for n, o := range p.in.openObjectives() {
		l := p.resting(o, o.Name(), o.On, "")
		l.Number, l.Register = n+1, "what"
		if o.What == "" {
			l.Register, l.Inside = "ours", true
		} else if o.Ours != "" {
			l.Below, l.BelowInside = "For us: "+o.Ours, true
		}
		l.People = p.owners([]string{o.Owner}, []string{o.Contact})
		if share, ok := o.Share(); ok {
			l.Also = []SheetField{{Register: "current", Label: o.Measure, Value: grouped(o.Current)}}
			l.Bar = &SheetBar{Label: o.Measure, Share: share, Value: o.FarWords()}
		}
		if o.By != "" {
			l.Amount = "by " + p.day(o.By)
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// owners are people of ours by name, then theirs by Contact.ID.
func (p *planning) owners(ours, theirs []string) (list []SheetPerson) {
	for _, id := range theirs {
		if c := p.in.contact(id); c.ID != "" {
			list = append(list, SheetPerson{Name: c.Name, Side: cmp.Or(c.Side, Customer)})
		}
	}
	for _, name := range ours {
		if name != "" {
			list = append(list, SheetPerson{Name: name, Side: Us})
		}
	}
	return list
}

// day is a date as people read it, "12 Nov"; what is no date stays.
func (p *planning) day(date string) string {
	t, err := time.ParseInLocation(time.DateOnly, date, p.now.Location())
	if err != nil {
		return date
	}
	return ShortDate(t, p.now)
}

func (p *planning) value() {
	s := SheetSection{Key: PlanValue, Label: "Value, both sides", Empty: "Nothing is proven on either side yet; ask them what they gained"}
	for column, side := range []Side{Customer, Us} {
		for _, v := range p.gains(side) {
			l := p.resting(v, v.What, v.On, v.Evidence)
			l.Register, l.Amount, l.Column = "what", v.AmountWords(), column+1
			l.Inside = side == Us && v.Agreed == "" || !v.Proven()
			if v.Amount != 0 {
				l.Also = []SheetField{{Register: "amount", Label: v.Unit, Value: grouped(v.Amount)}}
			}
			if !v.Proven() {
				l.Marks = append(l.Marks, SheetMark{Words: "a hope"})
			}
			s.Lines = append(s.Lines, p.aged(l))
		}
	}
	if m := ScoreMutuality(p.in.Values, p.in.Promises, p.in.Touches); len(m.Receipts) > 0 {
		ours := m.OurShare()
		s.Lines = append(s.Lines, SheetLine{Text: "Mutuality", Below: m.FromWords(), Bar: &SheetBar{Share: 1 - ours, Value: m.BalanceWords(), Balance: true}, Inside: true})
	}
	p.section(s)
}

// gains are what one side gained: what is proven first, the latest first.
func (p *planning) gains(to Side) []ValueEntry {
	list, _ := parted(p.in.Values, func(v ValueEntry) bool { return v.To == to || to == Customer && v.To == Partner })
	slices.SortStableFunc(list, func(a, b ValueEntry) int {
		if a.Proven() != b.Proven() {
			if a.Proven() {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(b.On, a.On), strings.Compare(a.ID, b.ID))
	})
	return list
}

func (p *planning) steps() {
	s := SheetSection{Key: PlanSteps, Label: fmt.Sprintf("Next %d days", PlanHorizon), Empty: "No joint step is planned; agree on the next one"}
	until := p.now.AddDate(0, 0, PlanHorizon).Format(time.DateOnly)
	for _, st := range p.in.openSteps() {
		if begins := cmp.Or(st.Starts, st.Due); begins > until {
			continue
		}
		l := p.resting(st, st.What, "", "")
		l.Register, l.Inside = "what", st.Inside
		l.People = p.owners(st.Owners, st.With)
		l.Span = p.span(st)
		if st.Due != "" {
			l.Also = []SheetField{{Register: "due", Label: "by", Value: st.Due}}
		}
		if st.Asks {
			l.Marks = append(l.Marks, SheetMark{Words: "asks"})
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// openSteps are those to do, what is due first first, what has no date last.
func (in PlanInput) openSteps() []Step {
	open, _ := parted(in.Steps, Step.Open)
	slices.SortStableFunc(open, func(a, b Step) int {
		return cmp.Or(compareDates(a.Due, b.Due), strings.Compare(a.What, b.What), strings.Compare(a.ID, b.ID))
	})
	return open
}

// compareDates orders dates; what has none comes last.
func compareDates(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return strings.Compare(a, b)
}

func (p *planning) span(st Step) *SheetSpan {
	if st.Due == "" && st.Starts == "" {
		return nil
	}
	x := &SheetSpan{From: cmp.Or(st.Starts, st.Due), To: cmp.Or(st.Due, st.Starts), Side: Us}
	for _, id := range st.With {
		if c := p.in.contact(id); c.ID != "" && len(st.Owners) == 0 {
			x.Side = cmp.Or(c.Side, Customer)
		}
	}
	x.Words = spanWords(x.From, x.To)
	if late := st.Late(p.now); late > 0 {
		x.Late = true
		x.Words += ", " + days(late) + " over"
	}
	return x
}

// spanWords are "24 Nov", "11 to 15 Jan" or "28 Nov to 2 Dec". The year goes
// without saying: steps lie near.
func spanWords(from, to string) string {
	begin, err := time.Parse(time.DateOnly, from)
	end, err2 := time.Parse(time.DateOnly, to)
	switch {
	case err != nil || err2 != nil:
		return to
	case from == to:
		return end.Format("2 Jan")
	case from[:7] == to[:7]:
		return begin.Format("2") + " to " + end.Format("2 Jan")
	}
	return begin.Format("2 Jan") + " to " + end.Format("2 Jan")
}

func (p *planning) promises() {
	s := SheetSection{Key: PlanPromises, Label: "Promises"}
	open, _ := parted(p.in.Promises, Promise.Open)
	SortPromises(open, p.now)
	for _, promise := range open {
		l := p.resting(promise, promise.What, promise.Made, "")
		l.Register, l.Column = "what", 2
		if promise.By != Us {
			l.Column = 1
		}
		l.People = p.owners([]string{promise.Owner}, []string{promise.Contact})
		if promise.Due != "" {
			l.Amount = "by " + p.day(promise.Due)
		}
		if late := promise.Late(p.now); late > 0 {
			l.Marks = append(l.Marks, SheetMark{Words: days(late) + " over", Tone: ToneBad})
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}
