package data

import "slices"

// TeamQuestion is one question of the few with which a team writes its plan for the
// first time.
type TeamQuestion struct {
	Key  string // names it in the list of those passed over
	Ask  string
	Help string // why it is asked, and what a good answer is like
	// answered says whether the plan has an answer already.
	answered func(in TeamPlanInput) bool
}

// The keys of the questions, in their order.
const (
	AskWhy        = "why"
	AskAim        = "aim"
	AskPrinciples = "principles"
	AskQuality    = "quality"
	AskProfit     = "profit"
	AskHours      = "hours"
	AskBarrier    = "barrier"
	AskReady      = "readiness"
)

// TeamPlanDeclined stands among the questions passed over where the team wants no
// plan, so that it is offered none.
const TeamPlanDeclined = "declined"

// TeamQuestionMinutes is how long one question takes, about.
const TeamQuestionMinutes = 1.25

// TeamQuestions are all of them, in their order.
var TeamQuestions = []TeamQuestion{
	{AskWhy, "Why do you look after customers this way?", "A sentence or two in their world: what do they gain because you know them well?", func(in TeamPlanInput) bool { return in.Plan.Why != "" }},
	{AskAim, "What should they say of you in three years?", "One sentence, as one of them would say it to a friend.", func(in TeamPlanInput) bool { return in.Plan.Aim != "" }},
	{AskPrinciples, "By which rules do you treat people?", "Two or three, each on a line of its own, that hold also when it costs something.", func(in TeamPlanInput) bool { return len(in.Plan.Principles) > 0 }},
	{AskQuality, "What should be better between them and you?", "One objective for the quality of the relationships, and a figure that Rapport counts for you.", func(in TeamPlanInput) bool { return len(in.open(ForQuality)) > 0 }},
	{AskProfit, "What should the relationships earn?", "One objective for the profit in them, so that you can go on.", func(in TeamPlanInput) bool { return len(in.open(ForProfit)) > 0 }},
	{AskHours, "How many hours a year do you have for customers?", "All of you together. Against it Rapport says whether you promise more than you can keep.", func(in TeamPlanInput) bool { return in.Capacity.Have > 0 }},
	{AskBarrier, "What stands in your own way?", "Something in your own house, and who clears it by when.", func(in TeamPlanInput) bool { return len(in.Barriers) > 0 }},
	{AskReady, "Are you ready?", "Judge five statements. What is true in part is said so; nobody is graded.", func(in TeamPlanInput) bool {
		return slices.ContainsFunc(in.Readiness, func(r Readiness) bool { return r.Level != "" })
	}},
}

// TeamPlanProgress says where the writing of a plan stands.
type TeamPlanProgress struct {
	Next     int // index of the question to ask, len(TeamQuestions) when all are asked
	Answered int
	Left     int // to be asked yet
	Declined bool
}

// ProgressOf is where it stands: answered is what the plan says, whoever wrote it;
// passed are the keys of those passed over.
func ProgressOf(in TeamPlanInput, passed []string) TeamPlanProgress {
	p := TeamPlanProgress{Next: len(TeamQuestions), Declined: slices.Contains(passed, TeamPlanDeclined)}
	for i, q := range TeamQuestions {
		switch {
		case q.answered(in):
			p.Answered++
		case !slices.Contains(passed, q.Key):
			p.Left++
			p.Next = min(p.Next, i)
		}
	}
	return p
}

// Offer says whether the team is to be offered to write its plan, or to go on with
// it: it did not decline, and something was not asked yet.
func (p TeamPlanProgress) Offer() bool { return !p.Declined && p.Left > 0 }

// Minutes are how long what is left takes, about.
func (p TeamPlanProgress) Minutes() int { return int(float64(p.Left)*TeamQuestionMinutes + 0.5) }

// Words say what is offered: "Write your team's plan, 10 minutes", "Go on with your
// team's plan, 3 questions are left".
func (p TeamPlanProgress) Words() string {
	if p.Answered == 0 {
		return "Write your team's own plan on one page, " + Counted(p.Minutes(), "minute", "minutes")
	}
	return "Go on with your team's plan, " + Counted(p.Left, "question is left", "questions are left")
}
