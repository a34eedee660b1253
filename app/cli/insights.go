package cli

import (
	"runtime/debug"
	"strings"
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
	v := &verb{
		name: "insights assume", does: "Say what insights assume where nothing can be counted, or change it",
		more: `These are guesses to begin with; replace them by what your team has seen.

  rapport insights assume -keep-hours 8 -win-percent 15`,
		run: runInsightsAssume,
	}
	for _, a := range data.Assumptions {
		v.flags = append(v.flags, flag{name: a.Name, value: strings.ToUpper(a.Unit), does: a.Says})
	}
	v.flags = append(v.flags, flag{name: "lost", value: "DAYS", does: "after how many days without a purchase a customer counts as lost"}, jsonFlag)
	return v
}

func runInsights(c *call) error {
	if c.on("json") && c.has("o") {
		return misuse(c.verb, "say either -json or -o, not both")
	}
	return c.readNow(func(db *store.DB, now time.Time) error {
		debug.SetGCPercent(400) // all is read once, and goes with the process
		in, err := db.InsightsInput(c.ctx, now)
		if err != nil {
			return err
		}
		s := data.ComposeInsights(in, store.AtOnce)
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
		for _, a := range data.Assumptions {
			if c.has(a.Name) {
				if *a.In(&r), err = c.decimal(a.Name); err != nil {
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
