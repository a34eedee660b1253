package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The lower half of a plan: who there is, what they expect, what else they could
// have, what it brings, and what is not known.

func (p *planning) people() {
	s := SheetSection{Key: PlanPeople, Label: "People", Empty: "Nobody there is known yet"}
	for _, r := range p.in.Standing.Roles {
		l := SheetLine{Text: sentence(string(r.Role)), Inside: true, From: "What you judged of its people, as of " + p.today()}
		for _, c := range r.Who {
			l.On = max(l.On, c.Stakeholder.On)
			l.People = append(l.People, SheetPerson{Name: c.Contact.Name, Side: cmp.Or(c.Contact.Side, Customer)})
		}
		switch {
		case len(r.Who) == 0:
			l.Marks = []SheetMark{{Words: "nobody known", Tone: ToneWarn}}
		case !r.Covered:
			l.Marks = []SheetMark{{Words: "nobody in touch", Tone: ToneWarn}}
		default:
			l.Below = knownBy(r.Who[0])
		}
		if l.On != "" {
			l.From = "Judged on " + p.day(l.On)
		}
		s.Lines = append(s.Lines, l)
	}
	if who := p.in.contact(p.in.Standing.SingleThread); who.ID != "" {
		s.Lines = append(s.Lines, SheetLine{Text: "Only " + who.Name + " is in touch with us", Marks: []SheetMark{{Words: "one thread only", Tone: ToneWarn}}, Inside: true, From: p.counted()})
	}
	if name := p.in.Standing.OurThread; name != "" {
		s.Lines = append(s.Lines, SheetLine{Text: "They know only " + name + " of us", Marks: []SheetMark{{Words: "one thread only", Tone: ToneWarn}}, Inside: true, From: p.counted()})
	}
	p.section(s)
}

// knownBy says who of us knows somebody, "known by Maya, Tomas".
func knownBy(c ContactStanding) string {
	if len(c.Knows) == 0 {
		return ""
	}
	var names []string
	for _, n := range c.Knows {
		if first := FirstName(n); !slices.Contains(names, first) && len(names) < 3 {
			names = append(names, first)
		}
	}
	return "known by " + JoinAnd(names)
}

var metTones = map[Met]SheetTone{NotMet: ToneBad, OnTheWay: "", IsMet: ToneGood}

// expectations are what they expect of us, and what they told us of how we do.
func (p *planning) expectations() {
	s := SheetSection{Key: PlanExpects, Label: "Expectations and feedback"}
	for _, n := range p.openNeeds() {
		if n.Expects == "" {
			continue
		}
		l := p.line(n, n.Expects, n.On, "")
		l.Register = "expects"
		l.Marks = []SheetMark{{Words: string(cmp.Or(n.Met, "not known if met")), Tone: metTones[n.Met]}}
		s.Lines = append(s.Lines, p.aged(l))
	}
	s.Lines = append(s.Lines, p.feedback()...)
	p.section(s)
}

// feedback is what waits for our answer, and what was answered lately. It is ours
// alone: who told us may not want the others to read it.
func (p *planning) feedback() (lines []SheetLine) {
	list, _ := parted(p.in.Feedback, func(f Feedback) bool { return f.Told == "" || daysSinceDate(f.Told, p.now) <= FeedbackFresh })
	SortFeedback(list, p.now)
	for _, f := range list {
		l := p.line(f, "“"+f.Words+"”", f.On, "")
		l.Register, l.Inside, l.Below = "words", true, f.Why
		l.Marks = []SheetMark{f.mark(p.now)}
		lines = append(lines, l)
	}
	return lines
}

// lessons are what the team learned that applies to the account as it stands, the
// most telling first, each with the reason.
func (p *planning) lessons() {
	s := SheetSection{Key: PlanLearned, Label: "What we learned about this", Inside: true}
	for _, l := range p.in.Library.LessonsFor(SettingOf(p.in.settingFacts(), p.now)) {
		if !l.Pressing() {
			break
		}
		line := SheetLine{Kind: l.Kind(), ID: l.ID(), Text: l.Title, Said: "note", Below: l.Because, Inside: true}
		line.From = "Training, the team's notes"
		if l.Kind() == KindPlay {
			line.Said, line.From = "play", "Training, the team's playbook"
		}
		s.Lines = append(s.Lines, line)
	}
	p.section(s)
}

// settingFacts are what the account is in, as its plan knows it.
func (in PlanInput) settingFacts() SettingFacts {
	f := SettingFacts{Account: in.Account, Promises: in.Promises, Needs: in.Needs, Silent: -1, Rhythm: in.Policy.Every, Purchases: in.Bought}
	for _, t := range in.Touches {
		if days := DaysBetween(t.At, in.Now); f.Silent < 0 || days < f.Silent {
			f.Silent = days
		}
	}
	for _, c := range in.Contacts {
		if s := c.Stakeholder; s.Judged() {
			s.Contact = c.Contact.ID
			f.Critics = append(f.Critics, s)
		}
	}
	return f
}

// answers are what came of the customer's corrections in the last
// FeedbackFresh days, the latest first, so that they are told.
func (p *planning) answers() {
	s := SheetSection{Key: PlanAnswers, Label: "What they corrected"}
	list, _ := parted(p.in.Corrections, func(c Correction) bool { return c.Answer != "" && daysSinceDate(c.Answered, p.now) <= FeedbackFresh })
	slices.SortStableFunc(list, func(a, b Correction) int {
		return cmp.Or(strings.Compare(b.Answered, a.Answered), strings.Compare(a.ID, b.ID))
	})
	for _, c := range list {
		l := SheetLine{Kind: KindCorrection, ID: c.ID, Text: c.Words(), Said: joinCommas(string(c.Answer), p.day(c.Answered)), Below: c.Why, On: c.Answered, From: joinCommas("Their page", joinCommas(c.By, p.day(c.On)))}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// space is what they have from others or could have from us, what costs them most
// first, and what more they could do with what they have.
func (p *planning) space() {
	s := SheetSection{Key: PlanSpace, Label: "Whitespace and uses", Inside: true}
	offers := map[string]string{}
	for _, o := range p.in.Offers {
		offers[o.ID] = o.Name
	}
	spaces, _ := parted(p.in.Spaces, func(w Whitespace) bool { return w.With != WithUs && w.With != NotNeeded })
	slices.SortStableFunc(spaces, func(a, b Whitespace) int {
		return cmp.Or(compareDates(a.Ends, b.Ends), cmp.Compare(b.Cents, a.Cents), strings.Compare(a.ID, b.ID))
	})
	for _, w := range spaces {
		l := p.resting(w, joinCommas(offers[w.Offer], w.Unit), w.On, w.Source)
		l.Inside, l.Said = true, joinCommas(string(cmp.Or(w.With, "not known with whom")), w.Who)
		if w.Cents > 0 {
			l.Amount = RoundMoneyWords(w.Cents, w.Currency) + " a year"
		}
		if w.Ends != "" {
			l.Marks = append(l.Marks, SheetMark{Words: "ends " + p.day(w.Ends)})
		}
		s.Lines = append(s.Lines, p.aged(l))
	}
	for _, u := range p.in.Uses {
		if _, open := u.Standing(); !open || u.State == "" {
			continue
		}
		l := p.resting(u, u.What, u.On, "")
		l.Inside, l.Said = true, joinDots(offers[u.Offer], map[UseState]string{CouldUse: "could use it", TriesUse: "tries it"}[u.State])
		s.Lines = append(s.Lines, p.aged(l))
	}
	p.section(s)
}

// money is what the account leaves over and how the relationship stands, today
// and as it is aimed at.
func (p *planning) money() {
	s := SheetSection{Key: PlanMoney, Label: "Profit and relationship", Inside: true}
	profit := SheetLine{Text: "Profit this year", Inside: true, From: "Purchases, tickets and hours of this year up to " + p.today()}
	switch {
	case p.in.Profit.Known():
		profit.Amount = RoundMoneyWords(p.in.Profit.Cents, p.in.Profit.Currency)
		profit.Said = "after " + HoursWords(p.in.Profit.Effort.Minutes) + " of our time"
	case len(p.in.Profit.Missing) > 0:
		profit.Amount, profit.Said = "not known", "say "+JoinAnd(p.in.Profit.Missing)
	default:
		profit.Amount = "nothing was bought or spent"
	}
	if p.in.Plan.GoalCents > 0 {
		profit.Below = "goal " + RoundMoneyWords(p.in.Plan.GoalCents, p.in.Plan.Currency) + " a year"
	}
	s.Lines = append(s.Lines, profit)
	if d := p.in.Standing.Dial(Quality); d.Known || p.in.Plan.GoalQuality > 0 {
		l := SheetLine{Text: "Quality of the relationship", Inside: true, Amount: "not known yet", From: p.counted()}
		if d.Known {
			l.Amount = fmt.Sprintf("%d of 100", d.Value)
		}
		if p.in.Plan.GoalQuality > 0 {
			l.Below = fmt.Sprintf("goal %d", p.in.Plan.GoalQuality)
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// madeForThem are the facts of a customisation sheet.
var madeForThem = []string{"product", "service", "communication", "billing", "reporting"}

func (p *planning) wishes() {
	s := SheetSection{Key: PlanWishes, Label: "How they like it"}
	holding, _ := parted(p.in.Preferences, Preference.Holds)
	for _, w := range holding {
		l := p.resting(w, w.Words(), w.Confirmed, "")
		l.Said, l.Inside = p.in.contact(w.Contact).Name, w.Contact != "" || w.Rule == Avoid
		s.Lines = append(s.Lines, l)
	}
	for _, f := range p.in.facts() {
		if slices.Contains(madeForThem, f.Name) {
			l := p.line(f, f.Value, f.On, f.Source)
			l.Register = "value"
			l.Inside = f.Contact != "" || f.Confidence == IsGuess
			name, _ := FactNameOf(f.Name)
			if l.Source == 0 {
				l.From = cmp.Or(sentence(l.Said), l.From)
			}
			l.Said = lowerFirst(name.Label)
			s.Lines = append(s.Lines, p.aged(l))
		}
	}
	p.section(s)
}

func (p *planning) risks() {
	s := SheetSection{Key: PlanRisks, Label: "Risks, and who depends on whom", Inside: true}
	open, _ := parted(p.in.Risks, func(r Risk) bool { return r.Closed == "" })
	slices.SortStableFunc(open, func(a, b Risk) int {
		return cmp.Or(cmp.Compare(slices.Index(RiskKinds, cmp.Or(a.Is, MayFail)), slices.Index(RiskKinds, cmp.Or(b.Is, MayFail))), cmp.Compare(b.Chance, a.Chance), strings.Compare(a.ID, b.ID))
	})
	for _, r := range open {
		l := p.resting(r, r.What, r.On, "")
		l.Inside, l.Register, l.Below = true, "what", r.Meets
		l.People = p.owners([]string{r.Owner}, []string{r.Contact})
		if r.Is != "" && r.Is != MayFail {
			l.Said = string(r.Is)
		}
		if r.Chance > 0 {
			l.Amount = fmt.Sprintf("%d %%", r.Chance)
		}
		s.Lines = append(s.Lines, p.aged(l))
	}
	p.section(s)
}

func (p *planning) unknown() {
	s := SheetSection{Key: PlanUnknown, Label: "What we do not know", Inside: true}
	open, _ := parted(p.in.Unknowns, func(u Unknown) bool { return u.Answered == "" })
	for _, u := range open {
		l := p.resting(u, u.What, u.Since, "")
		l.Inside, l.Register, l.Said = true, "what", FirstName(p.in.contact(u.Contact).Name)
		if u.Owner != "" {
			l.People = []SheetPerson{{Name: u.Owner, Side: Us}}
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

func (p *planning) foresight() {
	s := SheetSection{Key: PlanForesee, Label: "What we foresee", Inside: true}
	open, _ := parted(p.in.Foresights, func(f Foresight) bool { return f.Came == "" })
	for _, f := range open {
		l := p.resting(f, f.What, f.On, "")
		l.Inside, l.Register = true, "what"
		l.Amount = fmt.Sprintf("%d %% by %s", f.Chance, p.day(f.By))
		if f.Due(p.now) {
			l.Marks = []SheetMark{{Words: "say if it came", Tone: ToneWarn}}
		}
		s.Lines = append(s.Lines, l)
	}
	p.section(s)
}

// reviewWords are "Next review 7 Dec, every 4 weeks", "" where nobody began a
// plan.
func (in PlanInput) reviewWords() string {
	if in.Plan.ID == "" {
		return ""
	}
	every := "every " + Counted(in.Plan.EveryWeeks(in.Account.Tier), "week", "weeks")
	next, err := time.ParseInLocation(time.DateOnly, in.Plan.NextReview(in.Account.Tier), in.Now.Location())
	switch {
	case err != nil:
		return "Never reviewed, " + every
	case DaysBetween(next, in.Now) > 0:
		return "Review was due on " + ShortDate(next, in.Now) + ", " + every
	}
	return "Next review " + ShortDate(next, in.Now) + ", " + every
}

// validWords are "Valid until 28 February".
func (in PlanInput) validWords() string {
	until, err := time.ParseInLocation(time.DateOnly, in.Plan.Until, in.Now.Location())
	switch {
	case err != nil:
		return ""
	case DaysBetween(until, in.Now) > 0:
		return "Was valid until " + dated("2 January", until, in.Now)
	}
	return "Valid until " + dated("2 January", until, in.Now)
}

// known says whether the customer saw the plan and what reads otherwise since.
func (in PlanInput) known(s Sheet) (k PlanKnown) {
	for _, shown := range in.Shown {
		if shown.On >= k.Shown.On {
			k.Shown = shown
		}
	}
	if k.Shown.ID == "" {
		k.Words = "Not yet. Show them their page."
		return k
	}
	k.Who = in.contact(k.Shown.Contact)
	for _, l := range JointSheet(s, in.Now).written() {
		if len(k.Shown.Marks) == 0 { // shown on paper: nobody knows what it said
			break
		}
		if key := l.KeyOf(); key != "" && k.Shown.Marks[key+"#"+l.Register] != l.Mark() {
			k.Changed = append(k.Changed, l.Text)
		}
	}
	k.Words = "Yes, shown"
	if k.Who.ID != "" {
		k.Words += " to " + FirstName(k.Who.Name)
	}
	if day, err := time.ParseInLocation(time.DateOnly, k.Shown.On, in.Now.Location()); err == nil {
		k.Words += " on " + ShortDate(day, in.Now)
	}
	if n := len(k.Changed); n > 0 {
		k.Words += ", " + Counted(n, "change since", "changes since")
	}
	k.Corrected = correctedWords(in.Corrections, k.Shown.On)
	return k
}

// correctedWords are "They corrected 2 lines and added 1." of what came since a
// date; "" for nothing.
func correctedWords(list []Correction, since string) string {
	lines, fresh := 0, 0
	for _, c := range list {
		switch {
		case c.On < since:
		case c.Key == "":
			fresh++
		default:
			lines++
		}
	}
	var did []string
	if lines > 0 {
		did = append(did, "corrected "+Counted(lines, "line", "lines"))
	}
	switch {
	case fresh > 0 && lines > 0:
		did = append(did, fmt.Sprintf("added %d", fresh))
	case fresh > 0:
		did = append(did, "added "+Counted(fresh, "line", "lines"))
	}
	if len(did) == 0 {
		return ""
	}
	return "They " + joinAnd(did) + "."
}
