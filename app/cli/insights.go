package cli

import (
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

func insightsVerb() *verb {
	return &verb{
		name: "insights", does: "Show the figures of the whole team: profit, hours, rhythm, early warning",
		more: `Team numbers only: none is of one colleague. With -o each chart is written as SVG and PNG
and its data as CSV, with insights.md, which reads them out. Nothing in the folder is
written over.

  rapport insights
  rapport insights -o insights-2026-11`,
		flags: []flag{{name: "o", value: "DIR", does: "write charts, their data and insights.md into this folder"}, zoneFlag, jsonFlag}, run: runInsights,
	}
}

func insightsAssumeVerb() *verb {
	return &verb{
		name: "insights assume", does: "Say what insights assume where nothing can be counted, or change it",
		more: `These are guesses to begin with; replace them by what your team has seen.

  rapport insights assume -keep-hours 8 -win-percent 15`,
		flags: []flag{
			{name: "new", value: "PERCENT", does: "the share of the hours that is meant for accounts without a tier"},
			{name: "keep-hours", value: "HOURS", does: "the hours a year that keeping an account at risk takes"},
			{name: "keep-percent", value: "PERCENT", does: "by how much they lower the chance to lose it"},
			{name: "win-hours", value: "HOURS", does: "the hours that winning a lost customer back takes"},
			{name: "win-percent", value: "PERCENT", does: "how many of a hundred come back"},
			{name: "lost", value: "DAYS", does: "after how many days without a purchase a customer counts as lost"},
			jsonFlag,
		}, run: runInsightsAssume,
	}
}

func runInsights(c *call) error {
	if c.on("json") && c.has("o") {
		return misuse(c.verb, "say either -json or -o, not both")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		in, err := db.InsightsInput(c.ctx, now)
		if err != nil {
			return err
		}
		s := data.ComposeInsights(in)
		switch {
		case c.on("json"):
			return writeJSON(c.out, insightsOf(s))
		case c.has("o"):
			return c.insightFolder(s)
		}
		c.print(plainText(codec.InsightsText(s)))
		return nil
	})
}

func (c *call) insightFolder(s data.Insights) error {
	dir := c.text("o")
	if dir == "" {
		return misuse(c.verb, "flag -o needs a folder")
	}
	list, err := codec.InsightFiles(s)
	if err != nil {
		return err
	}
	files := make([]sync.NewFile, len(list))
	for i, f := range list {
		files[i] = sync.NewFile(f)
	}
	if err := sync.WriteFolder(dir, files); err != nil {
		return err
	}
	c.printf("%s written to %s\n", data.Counted(len(files), "file", "files"), dir)
	return nil
}

type insightRulesJSON struct {
	NewPercent  float64 `json:"newPercent"`
	KeepHours   float64 `json:"keepHours"`
	KeepPercent float64 `json:"keepPercent"`
	WinHours    float64 `json:"winHours"`
	WinPercent  float64 `json:"winPercent"`
	LostDays    int     `json:"lostDays"`
}

func runInsightsAssume(c *call) error {
	return c.read(func(db *store.DB) error {
		r, err := db.InsightRules(c.ctx)
		if err != nil {
			return err
		}
		for _, f := range []struct {
			name string
			into *float64
		}{{"new", &r.NewPercent}, {"keep-hours", &r.KeepHours}, {"keep-percent", &r.KeepPercent}, {"win-hours", &r.WinHours}, {"win-percent", &r.WinPercent}} {
			if c.has(f.name) {
				if *f.into, err = c.decimal(f.name); err != nil {
					return err
				}
			}
		}
		if c.has("lost") {
			if r.LostDays, err = c.number("lost"); err != nil {
				return err
			}
		}
		if !c.changes() {
			return c.writeAssumed(db, r)
		}
		if err := r.Check(); err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, "Assumptions of insights changed", func(tx *store.Tx) error { return tx.PutInsightRules(r) }); err != nil {
			return err
		}
		return c.done("Assumptions of insights changed", func() any { return insightRulesJSON(r) })
	})
}

func (c *call) writeAssumed(db *store.DB, r data.InsightRules) error {
	if c.on("json") {
		return writeJSON(c.out, insightRulesJSON(r))
	}
	money, err := db.MoneyRules(c.ctx)
	if err != nil {
		return err
	}
	for _, words := range data.KeepOrWin(data.InsightsInput{Money: money, Rules: r}, nil).Assumed {
		c.printf("%s\n", words)
	}
	return nil
}
