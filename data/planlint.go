package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlanFinding is something to look at before a plan is relied on, with the one
// step that mends it.
type PlanFinding struct {
	Rule   string // its name in PlanRules
	Words  string // a sentence without its full stop
	Detail string
	Remedy string // what to do, "Ask Martin"
	Kind   string // the part that it is about, "" for the plan as a whole
	ID     string
	Who    string // Contact.ID, ""
}

// PlanRule is one rule of the lint.
type PlanRule struct {
	Name  string
	Does  string
	finds func(in PlanInput) []PlanFinding
}

// PlanRules are all rules, what weighs most first.
var PlanRules = []PlanRule{
	{"why", "the plan says what they want to solve", lintWhy},
	{"outcome", "every objective says what the customer gains", lintOutcome},
	{"price", "price defence is not the only reason", lintPrice},
	{"proof", "nothing is asked before its value is proven", lintProof},
	{"promise", "nothing of ours is overdue", lintPromise},
	{"decider", "we met those who decide", lintDecider},
	{"thread", "the account does not hang on one person", lintThread},
	{"owners", "every objective has an owner on both sides", lintOwners},
	{"measure", "every objective is measured", lintMeasure},
	{"many", "at most three objectives", lintMany},
	{"late", "no joint step is over", lintLate},
	{"budget", "no more is promised than the hours of the tier", lintBudget},
	{"cure", "trouble that returns has a cure", lintCure},
	{"stale", "no fact is older than 180 days", lintStale},
	{"risk", "every risk has somebody who meets it", lintRisk},
	{"foresight", "what was foreseen is scored", lintForesight},
	{"review", "the plan is reviewed in its rhythm", lintReview},
	{"expired", "the plan is still valid", lintExpired},
	{"shown", "the customer knows the plan", lintShown},
	{"heavy", "an account that wants no relationship is spared the heavy plan", lintHeavy},
}

// LintPlan finds what to look at before the plan is relied on. A transactional
// account is spared what only a relationship needs.
func LintPlan(in PlanInput) (list []PlanFinding) {
	spared := in.Account.Care == Transactional
	for _, r := range PlanRules {
		if spared && !slices.Contains([]string{"promise", "stale", "heavy"}, r.Name) {
			continue
		}
		for _, f := range r.finds(in) {
			f.Rule = r.Name
			list = append(list, f)
		}
	}
	return list
}

func lintWhy(in PlanInput) []PlanFinding {
	if strings.TrimSpace(in.Plan.Why) != "" {
		return nil
	}
	return []PlanFinding{{Words: "Nobody said why there is a plan", Detail: "It begins with what they want to solve; offers come after.", Remedy: "Say what they want to solve", Kind: KindPlan, ID: in.Plan.ID}}
}

// eachObjective finds in the open objectives, with their numbers.
func eachObjective(in PlanInput, find func(n int, o Objective) (PlanFinding, bool)) (list []PlanFinding) {
	for n, o := range in.openObjectives() {
		if f, found := find(n+1, o); found {
			f.Kind, f.ID = KindObjective, o.ID
			list = append(list, f)
		}
	}
	return list
}

func lintOutcome(in PlanInput) []PlanFinding {
	return eachObjective(in, func(n int, o Objective) (PlanFinding, bool) {
		return PlanFinding{Words: fmt.Sprintf("Objective %d says nothing of what they gain", n), Detail: "“" + o.Ours + "” is our side of it.", Remedy: "Add what they gain"}, strings.TrimSpace(o.What) == ""
	})
}

func lintPrice(in PlanInput) []PlanFinding {
	open := in.openObjectives()
	if len(open) == 0 || slices.ContainsFunc(open, func(o Objective) bool { return o.Purpose != PriceDefence }) {
		return nil
	}
	return []PlanFinding{{Words: "Price defence is the only reason for this plan", Detail: "Who competes on price alone may have missed what they want.", Remedy: "Add an objective for their success", Kind: KindObjective, ID: open[0].ID}}
}

// enoughProof is the share of an objective from which its value counts as shown.
const enoughProof = 0.5

func lintProof(in PlanInput) (list []PlanFinding) {
	proven := slices.ContainsFunc(in.Values, func(v ValueEntry) bool { return v.To != Us && v.Proven() })
	open := in.openObjectives()
	for _, st := range in.openSteps() {
		if !st.Asks {
			continue
		}
		f := PlanFinding{Remedy: "Add proof of value", Kind: KindStep, ID: st.ID}
		when := ""
		if st.Due != "" {
			when = " on " + dayIn(st.Due, in.Now)
		}
		n := slices.IndexFunc(open, func(o Objective) bool { return o.ID == st.Objective })
		if n >= 0 {
			if share, measured := open[n].Share(); measured && share < enoughProof {
				f.Words, f.Detail = fmt.Sprintf("Objective %d asks before it proves", n+1), fmt.Sprintf("An ask is planned%s; value shown so far is %d %%.", when, int(100*share+0.5))
				list = append(list, f)
				continue
			}
		}
		if !proven {
			f.Words, f.Detail = "An ask is planned before any value is proven", fmt.Sprintf("“%s”%s; nothing that they gained has evidence.", st.What, when)
			list = append(list, f)
		}
	}
	return list
}

// dayIn is a date as people read it, "1 Dec".
func dayIn(date string, now time.Time) string {
	t, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	return ShortDate(t, now)
}

func lintPromise(in PlanInput) (list []PlanFinding) {
	for _, p := range in.Promises {
		if late := p.Late(in.Now); p.Open() && p.By == Us && late > 0 {
			list = append(list, PlanFinding{Words: fmt.Sprintf("A promise of ours is %s over", days(late)), Detail: "“" + p.What + "”", Remedy: "Keep it, or say when", Kind: KindPromise, ID: p.ID, Who: p.Contact})
		}
	}
	return list
}

func lintDecider(in PlanInput) (list []PlanFinding) {
	for _, c := range in.Standing.NeverMet {
		list = append(list, PlanFinding{Words: FirstName(c.Name) + " decides, nobody met them", Detail: c.Role, Remedy: "Find the warmest way to " + FirstName(c.Name), Kind: KindContact, ID: c.ID, Who: c.ID})
	}
	return list
}

func lintThread(in PlanInput) (list []PlanFinding) {
	if who := in.contact(in.Standing.SingleThread); who.ID != "" {
		list = append(list, PlanFinding{Words: "Only " + who.Name + " there is in touch with us", Detail: "If they leave, nobody there knows us.", Remedy: "Ask " + FirstName(who.Name) + " for an introduction", Kind: KindContact, ID: who.ID, Who: who.ID})
	}
	if name := in.Standing.OurThread; name != "" {
		list = append(list, PlanFinding{Words: "They know only " + name + " of us", Detail: "If " + FirstName(name) + " is away, nobody steps in.", Remedy: "Bring a colleague along"})
	}
	return list
}

func lintOwners(in PlanInput) []PlanFinding {
	return eachObjective(in, func(n int, o Objective) (PlanFinding, bool) {
		theirs := in.contact(o.Contact).ID != ""
		f := PlanFinding{Words: fmt.Sprintf("Objective %d has no owner on their side", n), Detail: "What nobody there wants to reach will not be reached.", Remedy: "Ask who answers for it"}
		switch {
		case o.Owner == "" && !theirs:
			f.Words, f.Remedy = fmt.Sprintf("Objective %d has no owner on either side", n), "Name an owner on both sides"
		case o.Owner == "":
			f.Words, f.Detail, f.Remedy = fmt.Sprintf("Objective %d has no owner of ours", n), "", "Name who of us answers for it"
		}
		return f, o.Owner == "" || !theirs
	})
}

func lintMeasure(in PlanInput) []PlanFinding {
	return eachObjective(in, func(n int, o Objective) (PlanFinding, bool) {
		_, measured := o.Share()
		return PlanFinding{Words: fmt.Sprintf("Objective %d is not measured", n), Detail: "Without a measure nobody can say whether it is reached.", Remedy: "Say what is counted, from where to where"}, !measured
	})
}

func lintMany(in PlanInput) []PlanFinding {
	if n := len(in.openObjectives()); n > MaxObjectives {
		return []PlanFinding{{Words: fmt.Sprintf("The plan has %d objectives", n), Detail: "Two colleagues may have added one each; three are what people keep in mind.", Remedy: "Reach or drop the rest"}}
	}
	return nil
}

func lintLate(in PlanInput) (list []PlanFinding) {
	for _, st := range in.openSteps() {
		if late := st.Late(in.Now); late > 0 {
			list = append(list, PlanFinding{Words: fmt.Sprintf("“%s” is %s over", st.What, days(late)), Remedy: "Do it, or agree on another day", Kind: KindStep, ID: st.ID})
		}
	}
	return list
}

func lintBudget(in PlanInput) []PlanFinding {
	planned := 0
	for _, st := range in.openSteps() {
		planned += st.Minutes
	}
	total := in.YearMinutes + float64(planned)
	if in.Account.Tier == "" || in.Policy.Minutes == 0 || total <= float64(in.Policy.Minutes) {
		return nil
	}
	detail := fmt.Sprintf("%s in the last 12 months", HoursWords(in.YearMinutes))
	if planned > 0 {
		detail += fmt.Sprintf(" and %s planned", HoursWords(float64(planned)))
	}
	return []PlanFinding{{Words: "More is promised than the hours of its tier", Detail: fmt.Sprintf("%s; tier %s has %s.", detail, in.Account.Tier, HoursWords(float64(in.Policy.Minutes))), Remedy: "Drop a step, or look at its tier"}}
}

func lintCure(in PlanInput) (list []PlanFinding) {
	for _, n := range in.Needs {
		if n.Closed != "" || n.Met == IsMet {
			continue
		}
		if t := TreatmentOf(n.ID, in.Initiatives, in.Now); t.Times >= 2 && t.Cure == nil {
			list = append(list, PlanFinding{Words: fmt.Sprintf("“%s” was treated %d times and has no cure", n.Name(), t.Times), Remedy: "Propose what would end it", Kind: KindNeed, ID: n.ID})
		}
	}
	return list
}

func lintStale(in PlanInput) []PlanFinding {
	var old []Fact
	for _, f := range in.facts() {
		if slices.Contains(worldFacts, f.Name) && f.ID != "" && f.Stale(in.Now) {
			old = append(old, f)
		}
	}
	slices.SortStableFunc(old, func(a, b Fact) int { return strings.Compare(a.since(), b.since()) })
	if len(old) == 0 {
		return nil
	}
	f := old[0]
	age := daysSinceDate(f.since(), in.Now)
	finding := PlanFinding{Words: fmt.Sprintf("One fact is %d days old", age), Detail: "“" + f.Value + "” needs a check.", Remedy: "Ask if it still holds", Kind: KindFact, ID: f.ID, Who: f.Contact}
	if len(old) > 1 {
		finding.Words = fmt.Sprintf("%s facts are old, one of them %d days", sentence(SmallNumber(len(old))), age)
	}
	if c := in.contact(f.Contact); c.ID != "" {
		finding.Remedy = "Ask " + FirstName(c.Name)
	} else if f.Source != "" && slices.ContainsFunc(in.Contacts, func(c ContactStanding) bool { return c.Contact.Name == f.Source }) {
		finding.Remedy = "Ask " + FirstName(f.Source)
	}
	return []PlanFinding{finding}
}

// since is the date since which a fact is known to be true.
func (f Fact) since() string {
	if f.On != "" || f.RecordedAt.IsZero() {
		return f.On
	}
	return f.RecordedAt.Format(time.DateOnly)
}

func lintRisk(in PlanInput) (list []PlanFinding) {
	for _, r := range in.Risks {
		if r.Closed == "" && (r.Owner == "" || strings.TrimSpace(r.Meets) == "") {
			list = append(list, PlanFinding{Words: "Nobody meets a risk", Detail: "“" + r.What + "”", Remedy: "Say who does what about it", Kind: KindRisk, ID: r.ID})
		}
	}
	return list
}

func lintForesight(in PlanInput) (list []PlanFinding) {
	for _, f := range in.Foresights {
		if f.Due(in.Now) {
			list = append(list, PlanFinding{Words: "Something foreseen has come due", Detail: "“" + f.What + "”, by " + dayIn(f.By, in.Now) + ".", Remedy: "Say whether it came", Kind: KindForesight, ID: f.ID})
		}
	}
	return list
}

func lintReview(in PlanInput) []PlanFinding {
	if in.Plan.ID == "" {
		return nil
	}
	next := in.Plan.NextReview(in.Account.Tier)
	f := PlanFinding{Words: "The plan was never reviewed", Remedy: "Review it, 3 minutes", Kind: KindPlan, ID: in.Plan.ID}
	if next == "" {
		return []PlanFinding{f}
	}
	if late := daysSinceDate(next, in.Now); late > 0 {
		f.Words = fmt.Sprintf("The review is %s over", days(late))
		return []PlanFinding{f}
	}
	return nil
}

func lintExpired(in PlanInput) []PlanFinding {
	if in.Plan.Until == "" || daysSinceDate(in.Plan.Until, in.Now) <= 0 {
		return nil
	}
	return []PlanFinding{{Words: "The plan was valid until " + dayIn(in.Plan.Until, in.Now), Remedy: "Say until when it holds", Kind: KindPlan, ID: in.Plan.ID}}
}

func lintShown(in PlanInput) []PlanFinding {
	if len(in.Shown) > 0 || len(in.openObjectives()) == 0 {
		return nil
	}
	return []PlanFinding{{Words: "The customer does not know this plan", Detail: "A plan that they never saw is ours alone.", Remedy: "Show them their page"}}
}

func lintHeavy(in PlanInput) []PlanFinding {
	if in.Account.Care != Transactional || len(in.openObjectives()) == 0 {
		return nil
	}
	return []PlanFinding{{Words: "This account wants no relationship, yet it has objectives", Detail: "It is kept as transactional.", Remedy: "Drop them, or call it relational"}}
}
