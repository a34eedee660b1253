package codec

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"rapport/data"
	"rapport/data/chart"
)

// File is a file to be written: its name, without a folder, and what is in it.
type File struct {
	Name  string
	Bytes []byte
}

// Insight is one figure of the team as it leaves: its chart, nil for a table
// alone, and its data.
type Insight struct {
	Name  string // of its files, without an ending
	Chart chart.Chart
	Rows  [][]string // the first names the columns
}

// InsightsOf are all figures, in the order of the page.
func InsightsOf(s data.Insights) []Insight {
	return []Insight{
		{"profit-map", ProfitChart(s), profitRows(s)},
		{"hours", HoursChart(s), hoursRows(s)},
		{"rhythm", PaceChart(s), paceRows(s)},
		{"changes", nil, changeRows(s)},
		{"allotment", nil, allotRows(s)},
		{"early-warning", WarningChart(s), warningRows(s)},
		{"keep-or-win-back", KeepChart(s), keepRows(s)},
		{"foresight", ForesightChart(s), foresightRows(s)},
		{"evidence", EvidenceChart(s), evidenceRows(s)},
	}
}

// Files are one figure as SVG, PNG and CSV.
func (i Insight) Files() (files []File, err error) {
	if i.Chart != nil {
		svg, err := chart.SVG(i.Chart)
		if err != nil {
			return nil, err
		}
		png, err := chart.PNG(i.Chart, chart.Sharp)
		if err != nil {
			return nil, err
		}
		files = append(files, File{i.Name + ".svg", svg}, File{i.Name + ".png", png})
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, row := range i.Rows {
		if err := w.Write(plainCells(row)); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return append(files, File{i.Name + ".csv", b.Bytes()}), w.Error()
}

// plainCells keeps spreadsheets from taking a text for a formula.
func plainCells(row []string) []string {
	cells := make([]string, len(row))
	for i, c := range row {
		if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			if _, err := strconv.ParseFloat(c, 64); err != nil {
				c = "'" + c
			}
		}
		cells[i] = c
	}
	return cells
}

// InsightFiles are all figures as files, and insights.md, which reads them out.
func InsightFiles(s data.Insights) ([]File, error) {
	files := []File{{"insights.md", []byte(InsightsMarkdown(s))}}
	for _, one := range InsightsOf(s) {
		list, err := one.Files()
		if err != nil {
			return nil, err
		}
		files = append(files, list...)
	}
	return files, nil
}

// cents writes an amount as a number, "1240.50".
func cents(n int64) string { return strconv.FormatFloat(float64(n)/100, 'f', 2, 64) }

func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// told are the words of receipts in one cell.
func told(list []data.Receipt) string {
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = r.Words
	}
	return strings.Join(words, " | ")
}

func profitRows(s data.Insights) [][]string {
	rows := [][]string{{"account", "tier", "margin a year", "quality", "revenue", "currency", "goal margin", "goal quality", "goal by", "receipts"}}
	for _, p := range s.Map.Points {
		row := []string{p.Account.Name, string(p.Account.Tier), cents(p.Cents), strconv.Itoa(p.Quality), cents(p.Revenue), s.Currency, "", "", "", told(p.Receipts)}
		if p.Goal {
			row[6], row[7], row[8] = cents(p.GoalCents), strconv.Itoa(p.GoalQuality), p.GoalBy
		}
		rows = append(rows, row)
	}
	return rows
}

func hoursRows(s data.Insights) [][]string {
	rows := [][]string{{"group", "accounts", "minutes", "share", "budget", "receipts"}}
	for _, g := range s.Hours.Groups {
		rows = append(rows, []string{g.Name(), strconv.Itoa(g.Accounts), decimal(g.Minutes), decimal(g.Share), decimal(g.Budget), told(g.Receipts)})
	}
	return rows
}

func paceRows(s data.Insights) [][]string {
	rows := [][]string{{"week until", "touches kept a working day", "promised"}}
	for _, w := range s.Pace.Weeks {
		rows = append(rows, []string{w.Until.Format("2006-01-02"), decimal(w.Kept), decimal(s.Pace.Promised)})
	}
	return rows
}

func changeRows(s data.Insights) [][]string {
	rows := [][]string{{"change", "detail", "what is given up", "touches a year less", "touches a working day after it", "receipts"}}
	for _, c := range s.Reach.Changes {
		rows = append(rows, []string{c.What, c.Detail, c.Trade, decimal(c.Saves), decimal(c.PerDay), told(c.Receipts)})
	}
	return rows
}

func allotRows(s data.Insights) [][]string {
	rows := [][]string{{"tier", "people", "touches a year asked", "touches a year that fit", "days between touches", "hours a year"}}
	for _, t := range s.Shares.Tiers {
		rows = append(rows, []string{string(t.Tier), strconv.Itoa(t.People), decimal(t.Asked), decimal(t.Gets), strconv.Itoa(t.Every), decimal(t.Minutes / 60)})
	}
	return rows
}

func warningRows(s data.Insights) [][]string {
	rows := [][]string{{"account", "tier", "at stake", "chance", "margin a year", "currency", "signs", "receipts"}}
	for _, w := range s.Warnings {
		row := []string{w.Account.Name, string(w.Account.Tier), "", decimal(w.Chance), "", s.Currency, w.Words(), told(w.Receipts())}
		if w.Known {
			row[2], row[4] = cents(w.AtStake), cents(w.Margin)
		}
		rows = append(rows, row)
	}
	return rows
}

func keepRows(s data.Insights) [][]string {
	rows := [][]string{{"what", "account", "expected gain", "cost", "hours", "currency", "why", "receipts"}}
	for i, list := range [][]data.Effortful{s.Keeping.Keep, s.Keeping.Win} {
		for _, e := range list {
			rows = append(rows, []string{[]string{"keep", "win back"}[i], e.Account.Name, cents(e.Gain), cents(e.Cost), decimal(e.Hours), s.Currency, e.Words, told(e.Receipts)})
		}
	}
	return rows
}

func foresightRows(s data.Insights) [][]string {
	rows := [][]string{{"said from percent", "to", "said on the mean", "came", "of", "low", "high"}}
	for _, c := range s.Foreseen.Steps {
		rows = append(rows, []string{strconv.Itoa(c.From), strconv.Itoa(c.To), decimal(c.Said), strconv.Itoa(c.Came), strconv.Itoa(c.All), decimal(c.Low), decimal(c.High)})
	}
	return rows
}

func evidenceRows(s data.Insights) [][]string {
	rows := [][]string{{"group", "stayed", "of", "low", "high", "receipts"}}
	for _, g := range s.Evidence.Groups {
		rows = append(rows, []string{g.Name, strconv.Itoa(g.Stayed), strconv.Itoa(g.All), decimal(g.Low), decimal(g.High), told(g.Receipts)})
	}
	return rows
}

// readOut is how many accounts of a kind are read out; files hold all.
const readOut = 30

// InsightsMarkdown reads all figures out, with what they assume (CommonMark).
func InsightsMarkdown(s data.Insights) string { return insightsText(s, markdown) }

// InsightsText is InsightsMarkdown for a screen, with nothing escaped.
func InsightsText(s data.Insights) string {
	return insightsText(s, func(words string) string { return words })
}

func insightsText(s data.Insights, escape func(string) string) string {
	var b strings.Builder
	head := func(title string) { b.WriteString("\n## " + title + "\n\n") }
	item := func(words ...string) {
		b.WriteString("- " + escape(strings.Join(words, " ")) + "\n")
	}
	say := func(words string) {
		if words != "" {
			b.WriteString(escape(words) + "\n\n")
		}
	}
	b.WriteString("# Insights, " + s.At.Format("2 January 2006") + "\n\n")
	say("Team numbers only. Rapport has no league table.")
	say(s.Source)
	head("Profit and relationship")
	for _, p := range s.Map.Points[:min(len(s.Map.Points), readOut)] {
		item(p.Account.Name+":", strings.Join(present(p.Words, p.GoalWords), ". ")+".")
	}
	if more := len(s.Map.Points) - readOut; more > 0 {
		item(fmt.Sprintf("and %d more, in profit-map.csv.", more))
	}
	if words := s.Map.NotShown(); words != "" {
		item("Not shown:", words+".")
	}
	for _, what := range s.Map.Missing {
		item("Nobody said", what+".")
	}
	head("Where the hours go")
	for _, g := range s.Hours.Groups {
		item(fmt.Sprintf("%s: %s of the hours, %s meant, %s.", g.Name(), percent(g.Share), percent(g.Budget), data.HoursWords(g.Minutes)))
	}
	b.WriteString("\n")
	say(s.Hours.Words)
	head("Can we keep our rhythm?")
	say(fmt.Sprintf("%.1f touches a working day %s", s.Pace.Kept, s.Pace.Words()))
	for _, c := range s.Reach.Changes {
		item(fmt.Sprintf("%s: %s, %.1f a day. %s.", c.What, c.Detail, c.PerDay, c.Trade))
	}
	b.WriteString("\n")
	say(s.Reach.Words)
	say(s.Shares.Words())
	head("Early warning")
	for _, w := range s.Warnings[:min(len(s.Warnings), readOut)] {
		stake := "margin not known"
		if w.Known {
			stake = data.ShortMoneyWords(w.AtStake, s.Currency) + " a year at stake"
		}
		item(fmt.Sprintf("%s: %s, chance %s. %s.", w.Account.Name, stake, w.ChanceWords(), w.Words()))
	}
	if more := len(s.Warnings) - readOut; more > 0 {
		item(fmt.Sprintf("and %d more, in early-warning.csv.", more))
	}
	b.WriteString("\nHow signs are counted (rules of thumb, not a fitted model):\n\n")
	for _, r := range data.WarningRules {
		item(fmt.Sprintf("%s: %s.", r.Kind, r.Says))
	}
	head("Keep or win back")
	say(s.Keeping.Words(s.Currency) + ".")
	for i, list := range [][]data.Effortful{s.Keeping.Keep, s.Keeping.Win} {
		for _, e := range list[:min(len(list), 5)] {
			item(fmt.Sprintf("%s %s: %s for %s. %s.", []string{"Keep", "Win back"}[i], e.Account.Name, data.ShortMoneyWords(e.Net(), s.Currency), data.HoursWords(60*e.Hours), e.Words))
		}
	}
	b.WriteString("\nAssumed:\n\n")
	for _, a := range s.Keeping.Assumed {
		item(a + ".")
	}
	head("How good is our foresight?")
	say(s.Foreseen.Words() + ".")
	for _, c := range s.Foreseen.Steps {
		item(fmt.Sprintf("Said %d to %d %%: %d of %d came (95 %%: %s to %s).", c.From, c.To, c.Came, c.All, percent(c.Low), percent(c.High)))
	}
	head("Does it make a difference?")
	say(s.Evidence.Words)
	for _, g := range s.Evidence.Groups {
		if g.All > 0 {
			item(fmt.Sprintf("%s: %d of %d stayed (95 %%: %s to %s).", g.Name, g.Stayed, g.All, percent(g.Low), percent(g.High)))
		}
	}
	return b.String()
}

func present(words ...string) (list []string) {
	for _, w := range words {
		if w != "" {
			list = append(list, w)
		}
	}
	return list
}
