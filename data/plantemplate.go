package data

import (
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// PlanQuestion is something that a new plan asks.
type PlanQuestion struct {
	Key   string // a section's key, or PlanDecides
	Label string // "What they want"
	Ask   string // "In one sentence, what do they want to solve?"
}

// planQuestions are all that a template may ask, in the order of the page.
var planQuestions = []PlanQuestion{
	{PlanWhy, "What they want", "in one sentence: no visible flicker before the loan opens"},
	{PlanWorld, "Their goal", "what they want to reach this year"},
	{PlanHurts, "What hurts", "what troubles them now, in their words"},
	{PlanGoals, "First gain", "what they will gain first from working with us"},
	{PlanDecides, "Who decides", "a person that you know there"},
	{PlanSteps, "Next step", "what both do next, and when: night test, Friday"},
	{PlanRisks, "May go wrong", "what could stop it"},
	{PlanUnknown, "Not known yet", "what you should ask them"},
}

// PlanDecides is the question who decides; its answer is no section of its own.
const PlanDecides = "decides"

// planTemplates are which of planQuestions each template of a policy asks: an
// account that is served in passing is spared the long plan. A template of another
// name asks as the full one.
var planTemplates = map[string][]string{
	"light": {PlanWhy, PlanSteps},
	"short": {PlanWhy, PlanWorld, PlanGoals, PlanSteps},
}

// PlanQuestions returns what a new plan of the account asks: what the template of its
// tier's policy names and no live fact answers yet. known are the sections that
// are answered already. An account that is wound down is asked the least.
func PlanQuestions(in PlanInput) (ask []PlanQuestion, known []string) {
	keys, ok := planTemplates[in.Policy.Template]
	if in.Account.Mode == WindDown {
		keys, ok = planTemplates["light"], true
	}
	for _, q := range planQuestions {
		switch {
		case ok && !slices.Contains(keys, q.Key):
		case in.answers(q.Key):
			known = append(known, q.Key)
		default:
			ask = append(ask, q)
		}
	}
	return ask, known
}

// answers says whether a live fact answers a question of a template.
func (in PlanInput) answers(key string) bool {
	switch key {
	case PlanWhy:
		return in.Plan.Why != ""
	case PlanWorld:
		return slices.ContainsFunc(in.facts(), func(f Fact) bool { return f.Name == "goal" && daysSinceDate(f.On, in.Now) <= FactsStale })
	case PlanHurts:
		return anyOpen(in.Needs)
	case PlanGoals:
		return anyOpen(in.Objectives)
	case PlanSteps:
		return anyOpen(in.Steps)
	case PlanRisks:
		return anyOpen(in.Risks)
	case PlanUnknown:
		return anyOpen(in.Unknowns)
	case PlanDecides:
		return slices.ContainsFunc(in.Contacts, func(c ContactStanding) bool { return slices.Contains(c.Stakeholder.Roles, Decider) })
	}
	return false
}

func anyOpen[T Part](list []T) bool {
	return slices.ContainsFunc(list, func(p T) bool { _, open := p.Standing(); return open })
}

// Answer is the part that an answer to the question becomes; nil for nothing
// answered. by is whoever answers. What cannot be kept is an *Invalid.
func (q PlanQuestion) Answer(in PlanInput, words, by string) (Part, error) {
	words = strings.TrimSpace(words)
	if words == "" {
		return nil, nil
	}
	of, today := Belongs{Account: in.Account.ID}, in.Now.Format(time.DateOnly)
	switch q.Key {
	case PlanWhy:
		p := in.Plan
		p.Belongs = Belongs{ID: PlanID(in.Account.ID), Account: in.Account.ID}
		p.Why = words
		return p, nil
	case PlanWorld:
		return Fact{Belongs: of, Name: "goal", Value: words, On: today}, nil
	case PlanHurts:
		return Need{Belongs: of, Words: words, On: today}, nil
	case PlanGoals:
		return Objective{Belongs: of, What: words, Owner: by, Place: 1}, nil
	case PlanSteps:
		return stepOfWords(of, words, by, in.Now), nil
	case PlanRisks:
		return Risk{Belongs: of, What: words, Owner: by, On: today}, nil
	case PlanUnknown:
		return Unknown{Belongs: of, What: words, Owner: by, Since: today}, nil
	}
	return in.decider(words, today)
}

// stepOfWords is a step whose day is what stands behind the last comma, where that is
// a day.
func stepOfWords(of Belongs, words, by string, now time.Time) Step {
	s := Step{Belongs: of, What: words}
	if by != "" {
		s.Owners = []string{by}
	}
	if i := strings.LastIndexByte(words, ','); i > 0 {
		if day, ok := text.DueDay(strings.TrimSpace(words[i+1:]), now); ok && !day.IsZero() {
			s.What, s.Due = strings.TrimSpace(words[:i]), day.Format(time.DateOnly)
		}
	}
	return s
}

// decides is the least influence of whoever decides.
const decides = 67

// decider makes one of the account's people the one who decides.
func (in PlanInput) decider(name, today string) (Part, error) {
	var people []Contact
	for _, c := range in.Contacts {
		people = append(people, c.Contact)
	}
	c, err := ContactNamed(name, people)
	if err != nil {
		return nil, err
	}
	for _, one := range in.Contacts {
		if one.Contact.ID == c.ID {
			s := one.Stakeholder
			s.Account, s.Contact = in.Account.ID, c.ID
			s.Roles, s.Influence = append(slices.Clone(s.Roles), Decider), max(s.Influence, decides)
			return s, nil
		}
	}
	return nil, invalid("decides", "nobody there is called %s", name)
}
