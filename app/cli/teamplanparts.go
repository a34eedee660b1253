package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func teamObjectiveVerb() *verb {
	counts := make([]string, len(data.TeamCounts))
	for i, n := range data.TeamCounts {
		counts[i] = "  " + n.Name + strings.Repeat(" ", 17-len(n.Name)) + n.Says
	}
	return &verb{
		name: "plan team objective", args: "WHAT|OBJECTIVE", does: "Write down an objective of the team, or change one",
		more: `Words that no objective has yet begin a new one; -for says what it advances. Rapport counts
itself, over all accounts or those of -tier:

` + strings.Join(counts, "\n") + `

  rapport plan team objective "Every A account is warm" -for quality -counted quality -tier A -target 70 -by 2027-06-30`,
		least: 1, most: 1, flags: []flag{
			{name: "for", value: "AIM", does: "what it advances: quality or profit"},
			{name: "what", value: "WORDS", does: "other words for one that is there"},
			{name: "counted", value: "FIGURE", does: "what Rapport counts, as listed above"},
			{name: "tier", value: "A|B|C", does: "counted over the accounts of one tier only"},
			{name: "measure", value: "WORDS", does: "what you count by hand, like \"Reference visits\""},
			{name: "unit", value: "UNIT", does: "the unit of that"},
			{name: "begin", value: "N", does: "what it was at first; of a figure, what it is today"},
			{name: "now", value: "N", does: "what it is today, counted by hand"},
			{name: "target", value: "N", does: "what it is to be"},
			{name: "by", value: "DATE", does: "by when"},
			{name: "place", value: "N", does: "its place on the page, 1 first"},
			ownerFlag, jsonFlag,
		}, run: runTeamObjective,
	}
}

func teamReachVerb() *verb {
	return &verb{name: "plan team reach", args: "OBJECTIVE", does: "Say that an objective of the team is reached", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runTeamEnd}
}

func teamDropVerb() *verb {
	return &verb{name: "plan team drop", args: "OBJECTIVE", does: "Say that an objective of the team is pursued no more", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runTeamEnd}
}

func teamBarrierVerb() *verb {
	return &verb{
		name: "plan team barrier", args: "WHAT|BARRIER", does: "Name what stands in your own way, or change that",
		more:  `  rapport plan team barrier "Service does not see the designers' notes" -owner "Priya Raman" -by 2027-01-31`,
		least: 1, most: 1, flags: []flag{
			{name: "what", value: "WORDS", does: "other words for one that is there"},
			{name: "meets", value: "WORDS", does: "what is done about it"},
			{name: "by", value: "DATE", does: "by when it is out of the way"},
			ownerFlag, fromFlag, jsonFlag,
		}, run: runTeamBarrier,
	}
}

func teamClearVerb() *verb {
	return &verb{name: "plan team clear", args: "BARRIER", does: "Say that a barrier is out of the way", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runTeamClear}
}

func teamJudgeVerb() *verb {
	return &verb{
		name: "plan team judge", args: "HEADING LEVEL", does: "Judge whether the team is ready, with the reason",
		more: `HEADING is strategy, process, people, technology or knowledge, LEVEL is yes, "in part" or
"not yet". -what is a statement of your own under that heading; else it is the first there.

  rapport plan team judge people "in part" -why "Finance never saw a plan"`,
		least: 2, most: 2, flags: []flag{
			{name: "what", value: "WORDS", does: "the statement that is judged"},
			{name: "why", value: "WORDS", does: "the reason for the judgement"},
			{name: "by", value: "NAME", does: "who judges; you, where nobody is named"},
			onFlag, jsonFlag,
		}, run: runTeamJudge,
	}
}

type teamObjectiveJSON struct {
	ID      string  `json:"id"`
	For     string  `json:"for"`
	What    string  `json:"what"`
	Counted string  `json:"counted"`
	Tier    string  `json:"tier"`
	Measure string  `json:"measure"`
	Unit    string  `json:"unit"`
	Begin   float64 `json:"begin"`
	Now     float64 `json:"now"`
	Target  float64 `json:"target"`
	On      string  `json:"on"`
	By      string  `json:"by"`
	Owner   string  `json:"owner"`
	Place   int     `json:"place"`
	Reached string  `json:"reached"`
	Dropped string  `json:"dropped"`
}

func teamObjectiveOf(o data.TeamObjective) teamObjectiveJSON {
	return teamObjectiveJSON{
		ID: o.ID, For: string(o.For), What: o.What, Counted: o.Counted, Tier: string(o.Tier), Measure: o.Measure, Unit: o.Unit, Begin: o.Begin, Now: o.Current,
		Target: o.Target, On: o.On, By: o.By, Owner: o.Owner, Place: o.Place, Reached: o.Reached, Dropped: o.Dropped,
	}
}

type barrierJSON struct {
	ID     string `json:"id"`
	What   string `json:"what"`
	Meets  string `json:"meets"`
	Owner  string `json:"owner"`
	By     string `json:"by"`
	On     string `json:"on"`
	Closed string `json:"closed"`
}

func barrierOf(b data.Barrier) barrierJSON {
	return barrierJSON{ID: b.ID, What: b.What, Meets: b.Meets, Owner: b.Owner, By: b.By, On: b.On, Closed: b.Closed}
}

type readinessJSON struct {
	ID      string `json:"id"`
	Heading string `json:"heading"`
	What    string `json:"what"`
	Level   string `json:"level"`
	Judge   string `json:"judge"`
	On      string `json:"on"`
	Why     string `json:"why"`
}

func readinessOf(r data.Readiness) readinessJSON {
	return readinessJSON{ID: r.ID, Heading: string(r.Heading), What: r.What, Level: string(r.Level), Judge: r.Judge, On: r.On, Why: r.Why}
}

// open is the open part of these words or of this ID; else a new one begins.
func openPart[T data.Part](c *call, db *store.DB, called func(T) string) (p T, found bool, err error) {
	list, err := store.Parts[T](c.ctx, db, store.PartQuery{Open: true})
	for _, p := range list {
		id := p.Belonging().ID
		if id == c.args[0] || len(c.args[0]) >= 4 && strings.HasPrefix(id, c.args[0]) || text.Fold(called(p)) == text.Fold(strings.TrimSpace(c.args[0])) {
			return p, true, err
		}
	}
	return p, false, err
}

func objectiveWords(o data.TeamObjective) string { return o.What }
func barrierWords(b data.Barrier) string         { return b.What }

func runTeamObjective(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		o, changed, err := openPart(c, db, objectiveWords)
		if err != nil {
			return err
		}
		if changed && !c.changes() {
			return misuse(c.verb, "say what changes, like -target or -by")
		}
		if !changed {
			o = data.TeamObjective{What: strings.TrimSpace(c.args[0])}
			if o.Owner, err = c.owner(db, "owner"); err != nil {
				return err
			}
		}
		if err := c.fillTeamObjective(db, &o, now); err != nil {
			return err
		}
		return keepBy(c, db, "Objective of the team: "+o.What, o, (*store.Tx).PutTeamObjective, func(o data.TeamObjective) any { return teamObjectiveOf(o) })
	})
}

func (c *call) fillTeamObjective(db *store.DB, o *data.TeamObjective, now time.Time) (err error) {
	for flag, into := range map[string]*string{"what": &o.What, "for": (*string)(&o.For), "counted": &o.Counted, "measure": &o.Measure, "unit": &o.Unit, "owner": &o.Owner} {
		c.overwrite(into, flag)
	}
	if c.has("counted") && o.Counted != "" && !c.has("measure") {
		o.Measure, o.Unit, o.Current, o.On = "", "", 0, ""
	}
	if c.has("measure") && o.Measure != "" && !c.has("counted") {
		o.Counted, o.Tier = "", ""
	}
	if c.has("tier") {
		if o.Tier, err = data.ParseTier(c.text("tier")); err != nil {
			return err
		}
	}
	if err := c.course(course{&o.Begin, &o.Current, &o.Target, &o.By, &o.Place}, now); err != nil {
		return err
	}
	if c.has("now") || o.Measure != "" && o.On == "" {
		o.On = now.Format(time.DateOnly)
	}
	if c.has("begin") || o.Counted == "" || !c.has("counted") && !c.has("tier") {
		return nil
	}
	figures, err := db.TeamFigures(c.ctx, now)
	o.Begin = figures[data.FigureKey(o.Counted, o.Tier)].Value
	return err
}

func runTeamEnd(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		o, err := partOf(c, db, c.args[0], objectiveWords)
		if err != nil {
			return err
		}
		if o.Reached, o.Dropped, err = c.ended(now); err != nil {
			return err
		}
		what := "is reached"
		if o.Dropped != "" {
			what = "is pursued no more"
		}
		return keepPart(c, db, "Objective of the team: "+o.What+" "+what, o, func(o data.TeamObjective) any { return teamObjectiveOf(o) })
	})
}

func runTeamBarrier(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		b, changed, err := openPart(c, db, barrierWords)
		if err != nil {
			return err
		}
		if changed && !c.changes() {
			return misuse(c.verb, "say what changes, like -owner or -by")
		}
		if !changed {
			b = data.Barrier{What: strings.TrimSpace(c.args[0]), On: now.Format(time.DateOnly)}
		}
		for flag, into := range map[string]*string{"what": &b.What, "meets": &b.Meets, "owner": &b.Owner} {
			c.overwrite(into, flag)
		}
		if c.has("by") {
			if b.By, err = c.dueDay("by", now); err != nil {
				return err
			}
		}
		if err := c.learnedFrom(db, &b.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, "In our own way: "+b.What, b, func(b data.Barrier) any { return barrierOf(b) })
	})
}

func runTeamClear(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		b, err := partOf(c, db, c.args[0], barrierWords)
		if err != nil {
			return err
		}
		if b.Closed, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "Out of our way: "+b.What, b, func(b data.Barrier) any { return barrierOf(b) })
	})
}

func runTeamJudge(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		own, err := store.Parts[data.Readiness](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		heading := data.Heading(strings.ToLower(strings.TrimSpace(c.args[0])))
		r := statement(own, heading, strings.TrimSpace(c.text("what")))
		r.Level, r.Why = data.ReadyLevel(strings.ToLower(strings.TrimSpace(c.args[1]))), strings.TrimSpace(c.text("why"))
		if r.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		me, err := db.Setting(c.ctx, store.SettingUserName)
		if err != nil {
			return err
		}
		r.Judge = cmp.Or(strings.TrimSpace(c.text("by")), me)
		return keepPart(c, db, "Readiness, "+string(r.Heading)+": "+string(r.Level), r, func(r data.Readiness) any { return readinessOf(r) })
	})
}

// statement is the one of a heading that is judged: of those words, the first where
// there are none, or a new one.
func statement(own []data.Readiness, heading data.Heading, what string) data.Readiness {
	all := data.ReadinessOf(own)
	at := slices.IndexFunc(all, func(r data.Readiness) bool {
		return r.Heading == heading && (what == "" || text.Fold(r.What) == text.Fold(what))
	})
	if at < 0 {
		return data.Readiness{Heading: heading, What: what}
	}
	return all[at]
}
