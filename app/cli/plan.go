package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var planAtFlag = flag{name: "at", value: "DATE", does: "the plan as it was known on that day, like 2026-08-01"}

func planShowVerb() *verb {
	return &verb{
		name: "plan show", args: "ACCOUNT", does: "Print an account's plan, one page over live facts",
		more: `Every line is a fact that is kept elsewhere, with where it is from and how old it is. With
-joint it is the version that the customer may see. With -correctable the page gives their
corrections back as a file or a mail, which plan corrections reads; nothing is sent.

  rapport plan show kestrel.example
  rapport plan show kestrel.example -joint -o kestrel.pdf
  rapport plan show kestrel.example -correctable -o kestrel.html
  rapport plan show kestrel.example -at 2026-08-01 -json`,
		least: 1, most: 1, flags: []flag{
			planAtFlag,
			{name: "joint", does: "the version that the customer may see"},
			{name: "o", value: "FILE", does: "write it to a file: .pdf, .html or .md by its ending"},
			{name: "letter", does: "a PDF on US Letter instead of A4"},
			{name: "correctable", does: "an HTML page on which the customer can correct it; the joint version"},
			zoneFlag, jsonFlag,
		}, run: runPlanShow,
	}
}

func planSetVerb() *verb {
	return &verb{
		name: "plan set", args: "ACCOUNT", does: "Write the head of an account's plan",
		more:  `  rapport plan set kestrel.example -why "No flicker before the loan opens" -until 2027-02-28 -every 4`,
		least: 1, most: 1, flags: []flag{
			{name: "why", value: "WORDS", does: "what they want to solve, in one sentence"},
			{name: "from", value: "WORDS", does: "where they were when it began"},
			{name: "to", value: "WORDS", does: "where both want to be"},
			{name: "in-12", value: "WORDS", does: "where both want to be in 12 months"},
			{name: "in-36", value: "WORDS", does: "where both want to be in 36 months"},
			{name: "until", value: "DATE", does: "until when the plan holds"},
			{name: "every", value: "WEEKS", does: "how many weeks lie between reviews"},
			{name: "next", value: "DATE", does: "when it is looked at next"},
			{name: "profit", value: "AMOUNT", does: "the profit of a year that you aim at, like EUR 52000"},
			{name: "quality", value: "N", does: "the quality of the relationship that you aim at, 0 to 100"},
			jsonFlag,
		}, run: runPlanSet,
	}
}

func planReviewVerb() *verb {
	return &verb{
		name: "plan review", args: "ACCOUNT", does: "Say that a plan was reviewed; sets the next date",
		least: 1, most: 1, flags: []flag{{name: "next", value: "DATE", does: "when it is looked at next; else as its rhythm asks"}, jsonFlag}, run: runPlanReview,
	}
}

func planLintVerb() *verb {
	rules := make([]string, len(data.PlanRules))
	for i, r := range data.PlanRules {
		rules[i] = "  " + r.Name + strings.Repeat(" ", max(1, 12-len(r.Name))) + r.Does
	}
	return &verb{
		name: "plan lint", args: "[ACCOUNT]", does: "Say what to look at before a plan is relied on",
		more: "Without an account: every account that has a plan. The rules:\n\n" + strings.Join(rules, "\n"),
		most: 1, flags: []flag{planAtFlag, zoneFlag, jsonFlag}, run: runPlanLint,
	}
}

func planDiffVerb() *verb {
	return &verb{
		name: "plan diff", args: "ACCOUNT DATE [DATE]", does: "Compare a plan as it was known on two days",
		more:  "Without the second date it is compared with today.",
		least: 2, most: 3, flags: []flag{zoneFlag, jsonFlag}, run: runPlanDiff,
	}
}

// planned composes the plan of an account, as it is or was known.
func (c *call) planned(db *store.DB, account string) (data.PlanPage, error) {
	now, err := c.clock(db)
	if err != nil {
		return data.PlanPage{}, err
	}
	if c.text("at") == "" {
		in, err := db.PlanInput(c.ctx, account, now)
		return data.ComposePlan(in), err
	}
	at, err := c.replayed(db)
	if err != nil {
		return data.PlanPage{}, err
	}
	in, err := db.Past(account).Plan(c.ctx, at)
	return data.ComposePlan(in), err
}

func runPlanShow(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		page, err := c.planned(db, a.ID)
		if err != nil {
			return err
		}
		sheet := page.Sheet
		if c.on("joint") || c.on("correctable") {
			joint := data.JointSheet(page.Sheet, now)
			sheet = joint.Sheet
			for _, h := range joint.Held {
				c.note("%s is held back: %q has the word %q", strings.ToLower(h.Section), h.Text, h.Word)
			}
		}
		if c.has("o") {
			return c.planFile(db, a, sheet, now)
		}
		if c.on("correctable") {
			return misuse(c.verb, "say which file to write, like -correctable -o kestrel.html")
		}
		if c.on("json") {
			return writeJSON(c.out, sheetOf(a, sheet, page, c.on("joint")))
		}
		c.print(plainText(data.SheetText(sheet, now, screen)))
		if !c.on("joint") {
			c.print("\nBefore you rely on it\n" + plainText(data.FindingsText(page.Findings, screen)))
			c.print("\nDoes the customer know this plan? " + plainText(page.Known.Said()) + "\n")
		}
		return nil
	})
}

func runPlanSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -why or -until")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		in, err := db.PlanInput(c.ctx, a.ID, now)
		if err != nil {
			return err
		}
		p := in.Plan
		p.Account = a.ID
		if err := c.fillPlan(&p, now); err != nil {
			return err
		}
		return c.keepPlan(db, "Plan of "+a.Name+": "+strings.Join(c.changed(), ", "), p)
	})
}

func (c *call) fillPlan(p *data.Plan, now time.Time) (err error) {
	for flag, into := range map[string]*string{"why": &p.Why, "from": &p.From, "to": &p.To, "in-12": &p.In12, "in-36": &p.In36} {
		c.overwrite(into, flag)
	}
	for flag, into := range map[string]*string{"until": &p.Until, "next": &p.Next} {
		if !c.has(flag) {
			continue
		}
		if *into, err = c.dueDay(flag, now); err != nil {
			return err
		}
	}
	for flag, into := range map[string]*int{"every": &p.Every, "quality": &p.GoalQuality} {
		if !c.has(flag) {
			continue
		}
		if *into, err = c.number(flag); err != nil {
			return err
		}
	}
	if c.has("profit") {
		p.GoalCents, p.Currency, err = data.ParseMoney(c.text("profit"), '.')
	}
	return err
}

// keepPlan keeps the head of a plan and says what was done.
func (c *call) keepPlan(db *store.DB, label string, p data.Plan) error {
	if _, err := db.Write(c.ctx, label, func(tx *store.Tx) (err error) {
		p, err = tx.PutPlan(p)
		return err
	}); err != nil {
		return err
	}
	return c.done(label, func() any { return planOf(p) })
}

func runPlanReview(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		in, err := db.PlanInput(c.ctx, a.ID, now)
		if err != nil {
			return err
		}
		who, err := db.Setting(c.ctx, store.SettingUserName)
		if err != nil {
			return err
		}
		in.Plan.Account = a.ID
		p := in.Plan.ReviewedOn(who, a.Tier, now)
		if c.has("next") {
			if p.Next, err = c.dueDay("next", now); err != nil {
				return err
			}
		}
		return c.keepPlan(db, "Plan of "+a.Name+" reviewed, next on "+p.Next, p)
	})
}

func runPlanLint(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		accounts, err := c.withPlans(db, known)
		if err != nil {
			return err
		}
		var all []findingJSON
		for _, a := range accounts {
			page, err := c.planned(db, a.ID)
			if err != nil {
				return err
			}
			if c.on("json") {
				all = append(all, findingsOf(a, page.Findings)...)
				continue
			}
			if len(c.args) == 0 {
				c.print(plainText(a.Name) + "\n")
			}
			c.print(plainText(data.FindingsText(page.Findings, screen)))
		}
		if c.on("json") {
			return writeArray(c.out, each(all, func(f findingJSON) any { return f }))
		}
		if len(accounts) == 0 {
			c.note("no account has a plan")
		}
		return nil
	})
}

// withPlans is the account that was named, or all that have a plan or an
// objective.
func (c *call) withPlans(db *store.DB, known names) ([]data.Account, error) {
	if len(c.args) > 0 {
		a, err := known.account(c.args[0])
		return []data.Account{a}, err
	}
	plans, err := store.Parts[data.Plan](c.ctx, db, store.PartQuery{})
	if err != nil {
		return nil, err
	}
	objectives, err := store.Parts[data.Objective](c.ctx, db, store.PartQuery{Open: true})
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, p := range plans {
		has[p.Account] = true
	}
	for _, o := range objectives {
		has[o.Account] = true
	}
	var list []data.Account
	for _, a := range known.accounts {
		if has[a.ID] {
			list = append(list, a)
		}
	}
	return list, nil
}

func runPlanDiff(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		return c.printChanges(db, c.args[1:], now, func(day string) (data.Sheet, error) { return c.planOn(db, a.ID, day, now) },
			func() (data.Sheet, error) {
				in, err := db.PlanInput(c.ctx, a.ID, now)
				return data.ComposePlan(in).Sheet, err
			})
	})
}

// printChanges prints what reads otherwise on two days, or on one and now, section
// by section, with who changed it last between them.
func (c *call) printChanges(db *store.DB, days []string, now time.Time, on func(day string) (data.Sheet, error), today func() (data.Sheet, error)) error {
	from, err := c.endOf(days[0], now)
	if err != nil {
		return err
	}
	was, err := on(days[0])
	if err != nil {
		return err
	}
	is, to := data.Sheet{}, now
	if len(days) > 1 {
		if to, err = c.endOf(days[1], now); err == nil {
			is, err = on(days[1])
		}
	} else {
		is, err = today()
	}
	if err != nil {
		return err
	}
	changes := data.DiffSheets(was, is)
	who, err := db.WhoChanged(c.ctx, changes, from, to)
	if err != nil {
		return err
	}
	me, err := db.Setting(c.ctx, store.SettingUserName)
	if err != nil {
		return err
	}
	if c.on("json") {
		return writeArray(c.out, each(changes, func(one data.SheetChange) any { return sheetChangeOf(one, who, me) }))
	}
	if len(changes) == 0 {
		c.note("nothing reads otherwise")
	}
	section := ""
	for _, change := range changes {
		if change.Section != section {
			c.print(change.Label + "\n")
			section = change.Section
		}
		if change.Was != "" {
			c.print("  - " + plainText(change.Was) + "\n")
		}
		if change.Is != "" {
			c.print("  + " + plainText(change.Is) + "\n")
		}
		if last, ok := who[change.Key()]; ok {
			c.print("    " + plainText(last.Name(me)) + ", " + data.ShortDate(last.At.In(now.Location()), now) + "\n")
		}
	}
	return nil
}

// planOn is an account's plan as it was known at the end of a day.
func (c *call) planOn(db *store.DB, account, day string, now time.Time) (data.Sheet, error) {
	at, err := c.endOf(day, now)
	if err != nil {
		return data.Sheet{}, err
	}
	in, err := db.Past(account).Plan(c.ctx, at)
	return data.ComposePlan(in).Sheet, err
}

// endOf is the end of a day, or now where that has not come.
func (c *call) endOf(day string, now time.Time) (time.Time, error) {
	at, err := time.ParseInLocation(time.DateOnly, day, now.Location())
	if err != nil {
		return at, misuse(c.verb, "%q is not a day; write it like 2026-11-01", day)
	}
	at = at.AddDate(0, 0, 1).Add(-time.Second)
	if at.After(now) {
		at = now
	}
	return at, nil
}
