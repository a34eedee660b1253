package app

import (
	"context"
	"path/filepath"
	"strconv"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// receiptGroup is a figure with what it was made from.
type receiptGroup struct {
	name     string
	receipts []data.Receipt
}

// receipts lists what the figures in view were made from, each to be opened.
func (p *insights) receipts() {
	view := kit.NewPalette("Find a receipt")
	frame := kit.NewOverlay(kit.PaletteWidth, view)
	lines := receipts{now: p.w.now(), opens: p.receiptOpens}
	for _, c := range p.answer.contacts {
		lines.contacts = append(lines.contacts, c)
	}
	var opens []func()
	groups := p.receiptGroups()
	view.OnType = func(typed string) {
		var rows []kit.PaletteRow
		rows, opens = nil, nil
		words, shown := queryWords(typed), 0
		for _, g := range groups {
			head := len(rows)
			for _, r := range g.receipts {
				if line := lines.words(r); matches(line, words) {
					rows, opens, shown = append(rows, lines.row(r, line, words)), append(opens, p.receiptOpens(r)), shown+1
				}
			}
			if len(rows) > head {
				rows = append(rows[:head:head], append([]kit.PaletteRow{{Group: g.name}}, rows[head:]...)...)
				opens = append(opens[:head:head], append([]func(){nil}, opens[head:]...)...)
			}
		}
		if shown == 0 {
			rows, opens = []kit.PaletteRow{{Group: "Nothing is known yet that a figure could rest on"}}, []func(){nil}
		}
		view.SetRows(rows, data.Counted(shown, "receipt", "receipts"))
		frame.Relayout()
	}
	view.OnEscape = frame.Close
	view.OnChoose = func(row int) {
		if row < len(opens) && opens[row] != nil {
			frame.Close()
			opens[row]()
		}
	}
	view.OnType("")
	p.w.pop(frame, view.Focusable())
}

// receiptGroups are those of the segment in view.
func (p *insights) receiptGroups() (groups []receiptGroup) {
	s := p.answer.Insights
	switch p.segment {
	case insightMap:
		if pt, ok := p.chart.current(); ok {
			groups = append(groups, receiptGroup{pt.Account.Name + ": " + pt.Words, pt.Receipts})
		}
	case insightEffort:
		for _, g := range s.Hours.Groups {
			groups = append(groups, receiptGroup{"Hours of " + g.Name(), g.Receipts})
		}
		groups = append(groups, receiptGroup{"Touches that were missed", s.Pace.Receipts})
		for _, c := range s.Reach.Changes {
			groups = append(groups, receiptGroup{c.What, c.Receipts})
		}
	case insightWarning:
		if w, ok := p.warn.current(); ok {
			groups = append(groups, receiptGroup{w.Account.Name, w.Receipts()})
		}
		var rules []data.Receipt
		for _, r := range data.WarningRules {
			rules = append(rules, data.Receipt{Words: string(r.Kind) + ": " + r.Says})
		}
		groups = append(groups, receiptGroup{"How signs are counted", rules})
	case insightForesight:
		for _, g := range s.Evidence.Groups {
			groups = append(groups, receiptGroup{g.Name, g.Receipts})
		}
	}
	return groups
}

// receiptOpens is where a receipt leads: to what happened, to whom it is about, or
// to the account; nil where it is a number.
func (p *insights) receiptOpens(r data.Receipt) func() {
	switch {
	case r.Interaction != "":
		return func() { p.w.openInteraction(r.Interaction) }
	case r.Contact != "":
		return func() { p.w.openContact(r.Contact) }
	case p.isAccount(r.Part):
		return func() { p.w.open(route{place: placeAccount, id: r.Part}) }
	case strings.HasPrefix(r.Part, "plan-"):
		return func() {
			p.w.openAt(route{place: placeAccount, id: strings.TrimPrefix(r.Part, "plan-")}, target{tab: tabPlan})
		}
	}
	return nil
}

func (p *insights) isAccount(id string) bool { return id != "" && p.answer.named[id] != "" }

// export asks for a folder and writes all charts and their data into it.
func (p *insights) export() {
	bridge.Load(p.w.bg, &p.w.goSlot, func(context.Context) (string, error) { return exportFolder(), nil }, func(folder string, _ error) { p.askExport(folder) })
}

func (p *insights) askExport(folder string) {
	w, s := p.w, p.answer.Insights
	f := newForm(w.bg)
	dir := f.field("Folder", kit.NewField("a new folder"))
	dir.SetText(filepath.Join(folder, "Insights "+s.At.Format("2006-01-02")))
	f.add("In it", kit.NewParagraph(kit.Small, kit.Ink2, "Each chart as SVG and PNG, its data as CSV, and insights.md, which reads them out."))
	w.dialog(f, "image-down", "Save all charts and their data", "Save", func() {
		path := ownPath(strings.TrimSpace(dir.Text()))
		if path == "" {
			f.say(&data.Invalid{Field: "folder", Says: "name the folder to write into"})
			return
		}
		bridge.Act(w.bg, func(context.Context) error { return writeInsights(s, path) }, func(err error) {
			if err != nil {
				f.say(exportTrouble(err))
				return
			}
			w.dismiss()
			w.say("Charts and data saved in " + path)
		})
	})
}

func writeInsights(s data.Insights, dir string) error {
	list, err := codec.InsightFiles(s)
	if err != nil {
		return err
	}
	files := make([]sync.NewFile, len(list))
	for i, f := range list {
		files[i] = sync.NewFile(f)
	}
	return sync.WriteFolder(dir, files)
}

// editAssumed asks what insights assume.
func (p *insights) editAssumed() {
	w := p.w
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.InsightRules, error) { return w.db.InsightRules(ctx) }, func(r data.InsightRules, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		p.askAssumed(r)
	})
}

func (p *insights) askAssumed(r data.InsightRules) {
	f := newForm(p.w.bg)
	typed := make([]*kit.Field, len(data.Assumptions))
	for i, a := range data.Assumptions {
		typed[i] = f.field(a.Label, kit.NewField(a.Hint))
		typed[i].SetText(typedAs(*a.In(&r)))
	}
	lost := f.field("Lost after, days", kit.NewField("365 without a purchase"))
	lost.SetText(strconv.Itoa(r.LostDays))
	p.w.dialog(f, "gauge", "What insights assume", "Keep", func() {
		next, err := r, error(nil)
		for i, a := range data.Assumptions {
			if *a.In(&next), err = typedNumber(a.Name, typed[i].Text()); err != nil {
				f.say(err)
				return
			}
		}
		if next.LostDays, err = strconv.Atoi(strings.TrimSpace(lost.Text())); err != nil {
			f.say(&data.Invalid{Field: "lost", Says: "write the days as a whole number, like 365"})
			return
		}
		if err = next.Check(); err != nil {
			f.say(err)
			return
		}
		p.w.keep(f, "Assumptions of insights changed", func(tx *store.Tx) error { return tx.PutInsightRules(next) }, nil)
	})
}
