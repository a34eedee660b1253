package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func stakeholderSetVerb() *verb {
	return &verb{
		name: "stakeholder set", args: "CONTACT", does: "Say what somebody is in their account, and where they stand",
		more: `Roles are ` + strings.Join(wordsIn(data.Roles), ", ") + `.
Influence is 0 to 100, or uses, shapes or decides. Support is -2 (against) to 2 (champions
us) and asks for -why. Instead of -support, answers to questions propose it:
` + questionHelp() + `
  rapport stakeholder set "Anna Kessler" -role champion -influence shapes -support 2 -why "spoke for us"
  rapport stakeholder set "Anna Kessler" -answer spoke-for-us=yes -answer doubts=no`,
		least: 1, most: 1, flags: []flag{
			{name: "role", value: "ROLE", does: "a role there; they replace those that were", many: true},
			{name: "influence", value: "N", does: "0 to 100, or uses, shapes, decides"},
			{name: "support", value: "N", does: "-2 to 2"},
			{name: "answer", value: "QUESTION=yes|no", does: "the answer to a question about their support", many: true},
			{name: "why", value: "WORDS", does: "the reason for the judgement"},
			{name: "by", value: "NAME", does: "who of you judged"},
			onFlag, jsonFlag,
		}, run: runStakeholderSet,
	}
}

func questionHelp() string {
	var b strings.Builder
	for _, q := range data.SupportQuestions {
		fmt.Fprintf(&b, "  %-14s %s\n", q.Name, q.Asks)
	}
	return b.String()
}

func stakeholderListVerb() *verb {
	return listing[data.Stakeholder]{
		name: "stakeholder list", does: "List what people are in their accounts, and where they stand", none: "nobody was judged yet",
		columns: []column{{head: "WHO", most: 24}, {head: "ROLES", rest: true}, {head: "INFLUENCE"}, {head: "SUPPORT"}, {head: "JUDGED"}},
		row: func(n names, p data.Stakeholder, now time.Time) []string {
			on := p.On
			if p.Stale(now) {
				on = "old: " + on
			}
			return []string{n.whose(p.Belongs), strings.Join(wordsIn(p.Roles), ", "), data.InfluenceWord(p.Influence), p.SupportWord(), on}
		},
		shape: func(n names, p data.Stakeholder, now time.Time) any { return stakeholderOf(n, p, now) },
	}.verb()
}

type stakeholderJSON struct {
	partJSON
	Roles     []string          `json:"roles"`
	Influence int               `json:"influence"`
	Support   *int              `json:"support"` // null where nobody judged
	On        string            `json:"on"`
	Why       string            `json:"why"`
	By        string            `json:"by"`
	Answers   map[string]string `json:"answers"`
	Old       bool              `json:"old"`
}

func stakeholderOf(n names, p data.Stakeholder, now time.Time) stakeholderJSON {
	j := stakeholderJSON{
		partJSON: n.part(p.Belongs), Roles: wordsIn(p.Roles), Influence: p.Influence, On: p.On, Why: p.Why, By: p.By, Answers: p.Answers, Old: p.Stale(now),
	}
	if j.Answers == nil {
		j.Answers = map[string]string{}
	}
	if p.Judged() {
		j.Support = &p.Support
	}
	return j
}

func runStakeholderSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what they are, like -role champion or -support 1")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.person(c.args[0])
		if err != nil {
			return err
		}
		have, err := store.Parts[data.Stakeholder](c.ctx, db, store.PartQuery{Contact: s.contact.ID})
		if err != nil {
			return err
		}
		p := data.Stakeholder{Belongs: s.belongs(), Influence: 50}
		for _, h := range have {
			if h.Account == s.account.ID {
				p = h
			}
		}
		if err := c.fillStakeholder(db, &p, now); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+": "+strings.Join(c.changed(), ", "), p, func(p data.Stakeholder) any { return stakeholderOf(known, p, now) })
	})
}

func (c *call) fillStakeholder(db *store.DB, p *data.Stakeholder, now time.Time) (err error) {
	if c.has("role") {
		p.Roles = nil
		for _, r := range c.values["role"] {
			if r = strings.ToLower(strings.TrimSpace(r)); r != "" {
				p.Roles = append(p.Roles, data.Role(r))
			}
		}
	}
	if c.has("influence") {
		if p.Influence, err = influenceOf(c.text("influence")); err != nil {
			return misuse(c.verb, "flag -influence needs 0 to 100, or uses, shapes or decides; %q is none", c.text("influence"))
		}
	}
	if !c.has("support") && !c.has("answer") {
		if c.has("on") || c.has("why") || c.has("by") {
			return misuse(c.verb, "-on, -why and -by are of a judgement; add -support or -answer")
		}
		return nil
	}
	return c.judge(db, p, now)
}

// influenceOf reads a number, or the word for a third of the scale.
func influenceOf(s string) (int, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "uses":
		return 17, nil
	case "shapes":
		return 50, nil
	case "decides":
		return 84, nil
	}
	return strconv.Atoi(s)
}

// judge takes over a judgement of somebody's support, which answers may propose.
func (c *call) judge(db *store.DB, p *data.Stakeholder, now time.Time) (err error) {
	for _, a := range c.values["answer"] {
		name, answer, ok := strings.Cut(strings.ToLower(a), "=")
		if !ok || answer != "yes" && answer != "no" || !isQuestion(name) {
			return misuse(c.verb, "flag -answer needs a question and yes or no, like doubts=no; %q is not that", a)
		}
		if p.Answers == nil {
			p.Answers = map[string]string{}
		}
		p.Answers[name] = answer
	}
	p.Why = strings.TrimSpace(c.text("why"))
	if c.has("answer") {
		support, reasons, _ := data.ProposeSupport(p.Answers)
		p.Support = support
		if p.Why == "" {
			p.Why = strings.Join(reasons, " ")
		}
		if p.Why == "" {
			p.Why = "Asked, and nothing spoke for or against."
		}
	}
	if c.has("support") {
		if p.Support, err = strconv.Atoi(c.text("support")); err != nil {
			return misuse(c.verb, "flag -support needs a number from -2 to 2; %q is none", c.text("support"))
		}
	}
	if p.By, err = c.owner(db, "by"); err != nil {
		return err
	}
	p.On, err = c.dayOr("on", now)
	return err
}

func isQuestion(name string) bool {
	for _, q := range data.SupportQuestions {
		if q.Name == name {
			return true
		}
	}
	return false
}
