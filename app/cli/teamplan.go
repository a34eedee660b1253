package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func teamShowVerb() *verb {
	return &verb{
		name: "plan team show", does: "Print the team's own plan, the one page that all follow",
		more: `Why you do this, how you treat people, objectives for quality and for profit with live
figures, what each tier asks for and whether there are hours for it, what stands in your own
way, and whether you are ready. It is for your team only.

  rapport plan team show -o team.pdf
  rapport plan team show -at 2026-08-01`,
		flags: []flag{
			{name: "at", value: "DATE", does: "the plan as it was known on that day, like 2026-08-01"},
			{name: "o", value: "FILE", does: "write it to a new file: .pdf, .html or .md by its ending"},
			{name: "letter", does: "a PDF on US Letter instead of A4"},
			zoneFlag, jsonFlag,
		}, run: runTeamShow,
	}
}

func teamSetVerb() *verb {
	return &verb{
		name: "plan team set", does: "Write the head of the team's plan",
		more: `  rapport plan team set -why "Who knows a customer's halls saves them a second visit" \
    -principle "We say it first when we are late" -principle "We give before we ask"`,
		flags: []flag{
			{name: "why", value: "WORDS", does: "why you do this, in a sentence or two"},
			{name: "aim", value: "WORDS", does: "what your customers should say of you in three years"},
			{name: "principle", value: "WORDS", does: "how you treat people; all of them, in their order, in the place of those that were", many: true},
			{name: "every", value: "WEEKS", does: "how many weeks lie between reviews"},
			{name: "next", value: "DATE", does: "when it is looked at next"},
			jsonFlag,
		}, run: runTeamSet,
	}
}

func teamReviewVerb() *verb {
	return &verb{
		name: "plan team review", does: "Say that the team's plan was reviewed; sets the next date",
		flags: []flag{{name: "next", value: "DATE", does: "when it is looked at next; else as its rhythm asks"}, jsonFlag}, run: runTeamReview,
	}
}

func teamLintVerb() *verb {
	rules := make([]string, len(data.TeamRules))
	for i, r := range data.TeamRules {
		rules[i] = "  " + r.Name + strings.Repeat(" ", max(1, 12-len(r.Name))) + r.Does
	}
	return &verb{
		name: "plan team lint", does: "Say what to look at before the team relies on its plan", more: "The rules:\n\n" + strings.Join(rules, "\n"),
		flags: []flag{planAtFlag, zoneFlag, jsonFlag}, run: runTeamLint,
	}
}

func teamDiffVerb() *verb {
	return &verb{
		name: "plan team diff", args: "DATE [DATE]", does: "Compare the team's plan as it was known on two days",
		more:  "Without the second date it is compared with today.",
		least: 1, most: 2, flags: []flag{zoneFlag, jsonFlag}, run: runTeamDiff,
	}
}

type teamPlanJSON struct {
	Written    bool          `json:"written"`
	Why        string        `json:"why"`
	Aim        string        `json:"aim"`
	Principles []string      `json:"principles"`
	Every      int           `json:"every"`
	Reviewed   string        `json:"reviewed"`
	ReviewedBy string        `json:"reviewedBy"`
	Next       string        `json:"next"`
	Sections   []planPart    `json:"sections"`
	Sources    []planSource  `json:"sources"`
	Findings   []findingJSON `json:"findings"`
}

type teamHeadJSON struct {
	Why        string   `json:"why"`
	Aim        string   `json:"aim"`
	Principles []string `json:"principles"`
	Every      int      `json:"every"`
	Reviewed   string   `json:"reviewed"`
	Next       string   `json:"next"`
}

func teamHeadOf(p data.TeamPlan) teamHeadJSON {
	return teamHeadJSON{Why: p.Why, Aim: p.Aim, Principles: full(p.Principles), Every: p.EveryWeeks(), Reviewed: p.Reviewed, Next: p.NextReview()}
}

func teamPlanOf(page data.TeamPlanPage) teamPlanJSON {
	sheet := sheetOf(data.Account{}, page.Sheet, data.PlanPage{Findings: page.Findings}, false)
	p := page.Plan
	return teamPlanJSON{
		Written: page.Written, Why: p.Why, Aim: p.Aim, Principles: full(p.Principles), Every: p.EveryWeeks(), Reviewed: p.Reviewed, ReviewedBy: p.ReviewedBy,
		Next: p.NextReview(), Sections: sheet.Sections, Sources: sheet.Sources, Findings: sheet.Findings,
	}
}

// team composes the team's plan, as it is or was known on the day that -at names.
func (c *call) team(db *store.DB) (page data.TeamPlanPage, now time.Time, err error) {
	if now, err = c.clock(db); err != nil {
		return page, now, err
	}
	at, err := c.replayed(db)
	if err != nil {
		return page, now, err
	}
	var in data.TeamPlanInput
	if c.text("at") == "" {
		in, err = db.TeamPlanInput(c.ctx, now)
	} else {
		in, err = db.TeamPlanAsKnown(c.ctx, at)
	}
	return data.ComposeTeamPlan(in), now, err
}

func runTeamShow(c *call) error {
	return c.read(func(db *store.DB) error {
		page, now, err := c.team(db)
		if err != nil {
			return err
		}
		if c.has("o") {
			return c.planFile(db, data.Account{}, page.Sheet, now)
		}
		if c.on("json") {
			return writeJSON(c.out, teamPlanOf(page))
		}
		c.print(plainText(data.SheetText(page.Sheet, now, screen)))
		c.print("\nBefore you rely on it\n" + plainText(data.FindingsText(page.Findings, screen)))
		return nil
	})
}

func runTeamSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -why or -principle")
	}
	return c.changeTeam("Plan of the team: "+strings.Join(c.changed(), ", "), func(_ *store.DB, p *data.TeamPlan, now time.Time) (err error) {
		c.overwrite(&p.Why, "why")
		c.overwrite(&p.Aim, "aim")
		if c.has("principle") {
			p.Principles = nil
			for _, words := range c.values["principle"] {
				if words = strings.TrimSpace(words); words != "" {
					p.Principles = append(p.Principles, words)
				}
			}
		}
		if c.has("every") {
			if p.Every, err = c.number("every"); err != nil {
				return err
			}
		}
		if c.has("next") {
			p.Next, err = c.dueDay("next", now)
		}
		return err
	})
}

// changeTeam changes the head of the team's plan and says what was done.
func (c *call) changeTeam(label string, change func(*store.DB, *data.TeamPlan, time.Time) error) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		var kept data.TeamPlan
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error {
			var wrong error
			kept, err = tx.ChangeTeamPlan(func(p *data.TeamPlan) { wrong = change(db, p, now) })
			if wrong != nil {
				return wrong
			}
			return err
		}); err != nil {
			return err
		}
		return c.done(label, func() any { return teamHeadOf(kept) })
	})
}

func runTeamReview(c *call) error {
	return c.changeTeam("Plan of the team reviewed", func(db *store.DB, p *data.TeamPlan, now time.Time) error {
		who, err := db.Setting(c.ctx, store.SettingUserName)
		if err != nil {
			return err
		}
		*p = p.ReviewedOn(who, now)
		if c.has("next") {
			p.Next, err = c.dueDay("next", now)
		}
		return err
	})
}

func runTeamLint(c *call) error {
	return c.read(func(db *store.DB) error {
		page, _, err := c.team(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(findingsOf(data.Account{}, page.Findings), func(f findingJSON) any { return f }))
		}
		if !page.Written {
			c.note("the team has not written its plan yet; rapport plan team set begins it")
		}
		c.print(plainText(data.FindingsText(page.Findings, screen)))
		return nil
	})
}

func runTeamDiff(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		return c.printChanges(db, c.args, now, func(day string) (data.Sheet, error) { return c.teamOn(db, day, now) },
			func() (data.Sheet, error) {
				in, err := db.TeamPlanInput(c.ctx, now)
				return data.ComposeTeamPlan(in).Sheet, err
			})
	})
}

// teamOn is the team's plan as it was known at the end of a day.
func (c *call) teamOn(db *store.DB, day string, now time.Time) (data.Sheet, error) {
	at, err := c.endOf(day, now)
	if err != nil {
		return data.Sheet{}, err
	}
	in, err := db.TeamPlanAsKnown(c.ctx, at)
	return data.ComposeTeamPlan(in).Sheet, err
}
