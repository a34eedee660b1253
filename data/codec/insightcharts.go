package codec

import (
	"fmt"
	"math"

	"rapport/data"
	"rapport/data/chart"
)

// ProfitChart is the map of profit and relationship, each account with its
// Account.ID as key.
func ProfitChart(s data.Insights) chart.Bubbles {
	b := chart.Bubbles{
		Title: "Profit and relationship", Note: "Circle size is revenue, an arrow leads to the goal in the plan" + asOf(s), On: -1,
		X:       chart.Scale{Name: "Relationship quality, 0 to 100"},
		Corners: [4]string{"Repair the tie first", "Keep close", "Leave well, or wait", "Change how we serve"},
	}
	for _, q := range []int{0, 25, 50, 75, 100} {
		b.X.Ticks = append(b.X.Ticks, chart.ScaleTick{At: float64(q), Name: fmt.Sprint(q)})
	}
	low, high := 0.0, 1.0
	for _, p := range s.Map.Points {
		units := float64(p.Cents) / 100
		one := chart.Bubble{Key: p.Account.ID, Name: p.Account.Name, Letter: string(p.Account.Tier), X: float64(p.Quality), Y: units, Size: float64(p.Revenue),
			Goal: p.Goal, ToX: float64(p.GoalQuality), ToY: float64(p.GoalCents) / 100, Loss: p.Cents < 0}
		b.Points = append(b.Points, one)
		low, high = min(low, units), max(high, units)
		if p.Goal {
			low, high = min(low, one.ToY), max(high, one.ToY)
		}
	}
	b.Y = chart.Scale{Name: "Margin a year after our hours and travel", Zero: true}
	for _, at := range chart.NiceTicks(low, high, 7) {
		name := "0"
		if at != 0 {
			name = data.ShortMoneyWords(int64(math.Round(at*100)), s.Currency)
		}
		b.Y.Ticks = append(b.Y.Ticks, chart.ScaleTick{At: at, Name: name})
	}
	return b
}

func asOf(s data.Insights) string { return ", as of " + s.At.Format("2 January 2006") }

// HoursChart is where the hours go against the budget of each tier.
func HoursChart(s data.Insights) chart.Bars {
	b := chart.Bars{Title: "Where the hours go", Note: fmt.Sprintf("%d days, the mark is the budget%s", data.InsightDays, asOf(s))}
	for _, g := range s.Hours.Groups {
		bar := chart.Bar{Name: g.Name(), Share: g.Share, Mark: g.Budget, Words: percent(g.Share), After: fmt.Sprintf("%.0f", 100*g.Budget), Tone: chart.Accent}
		if g.Name() == s.Hours.Over {
			bar.Tone = chart.Alarm
		}
		b.Rows = append(b.Rows, bar)
	}
	return b
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }

// PaceChart is what was kept of the rhythms in each of the last weeks.
func PaceChart(s data.Insights) chart.Columns {
	c := chart.Columns{Title: "Can we keep our rhythm?", Note: fmt.Sprintf("Touches a working day, %.1f kept of %.1f promised%s", s.Pace.Kept, s.Pace.Promised, asOf(s)), Line: s.Pace.Promised}
	if s.Pace.Promised > 0 {
		c.LineName = fmt.Sprintf("promised %.1f a day", s.Pace.Promised)
	}
	for _, w := range s.Pace.Weeks {
		c.Values, c.Names = append(c.Values, w.Kept), append(c.Names, w.Until.Format("2 Jan"))
	}
	high := s.Pace.Promised
	for _, at := range chart.NiceTicks(0, max(high, 0.1), 6) {
		c.Ticks = append(c.Ticks, chart.ScaleTick{At: at, Name: fmt.Sprint(math.Round(at*100) / 100)})
	}
	return c
}

// chartRows is how many accounts a chart of bars shows at most.
const chartRows = 14

// WarningChart is what is about to be lost.
func WarningChart(s data.Insights) chart.Bars {
	b := chart.Bars{Title: "Early warning", Note: "Chance to lose the account within a year times its margin" + asOf(s), Empty: "No account shows a sign of being lost"}
	most := int64(1)
	for _, w := range s.Warnings {
		most = max(most, w.AtStake)
	}
	for _, w := range s.Warnings[:min(len(s.Warnings), chartRows)] {
		bar := chart.Bar{Key: w.Account.ID, Name: w.Account.Name, Under: w.Words(), Mark: -1, Share: float64(w.AtStake) / float64(most), Words: "margin not known", After: w.ChanceWords(), Tone: chart.Alarm}
		if w.Known {
			bar.Words = data.ShortMoneyWords(w.AtStake, s.Currency)
		}
		b.Rows = append(b.Rows, bar)
	}
	return b
}

// KeepChart is what keeping and winning back bring, after what they cost.
func KeepChart(s data.Insights) chart.Bars {
	b := chart.Bars{Title: "Keep or win back", Note: s.Keeping.Words(s.Currency), Empty: s.Keeping.Words(s.Currency)}
	most := int64(1)
	both := [][]data.Effortful{s.Keeping.Keep, s.Keeping.Win}
	for _, list := range both {
		for _, e := range list {
			most = max(most, e.Net())
		}
	}
	for i, list := range both {
		for _, e := range list[:min(len(list), chartRows/2)] {
			bar := chart.Bar{Key: e.Account.ID, Name: []string{"Keep ", "Win back "}[i] + e.Account.Name, Under: e.Words, Mark: -1, Share: float64(max(e.Net(), 0)) / float64(most),
				Words: data.ShortMoneyWords(e.Net(), s.Currency), After: data.HoursWords(60 * e.Hours), Tone: []chart.Tone{chart.Accent, chart.Caution}[i]}
			b.Rows = append(b.Rows, bar)
		}
	}
	return b
}

// ForesightChart is what came of what was said to be so likely.
func ForesightChart(s data.Insights) chart.Calibrated {
	c := chart.Calibrated{Title: "How good is our foresight?", Note: s.Foreseen.Words() + asOf(s), XName: "Said to be so likely", YName: "Came to pass", Empty: "Nothing was scored yet"}
	for _, step := range s.Foreseen.Steps {
		c.Steps = append(c.Steps, chart.CalibratedStep{Said: step.Said, Came: float64(step.Came) / float64(step.All), Low: step.Low, High: step.High, Words: fmt.Sprintf("%d of %d", step.Came, step.All)})
	}
	return c
}

// EvidenceChart is how many customers stayed, by how their rhythm was kept.
func EvidenceChart(s data.Insights) chart.Bars {
	b := chart.Bars{Title: "Does it make a difference?", Note: "Customers of the year before who bought again, with 95 % intervals" + asOf(s)}
	for _, g := range s.Evidence.Groups {
		bar := chart.Bar{Name: g.Name, Under: "nobody", Mark: -1, Words: "–", Tone: chart.Accent}
		if g.All > 0 {
			bar.Share, bar.Low, bar.High = float64(g.Stayed)/float64(g.All), g.Low, g.High
			bar.Words, bar.Under = percent(bar.Share), fmt.Sprintf("%d of %d stayed", g.Stayed, g.All)
			bar.After = fmt.Sprintf("%.0f to %.0f", 100*g.Low, 100*g.High)
		}
		b.Rows = append(b.Rows, bar)
	}
	return b
}
