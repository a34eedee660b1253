package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"rapport/data/nurture"
)

// nurtureShown is how many suggestions the first page shows.
const nurtureShown = 4

// elsewhere are triggers that other sections of the first page show already: who
// waits, with whom it is quiet, and kind words.
var elsewhere = []nurture.Trigger{nurture.Question, nurture.Quiet, nurture.Birthday}

// nurtureItems are what would do a relationship good now, with its reason.
func (p *today) nurtureItems() (items []todayItem) {
	var list []nurture.Suggestion
	for _, s := range nurture.Due(p.suggested, p.in.Now) {
		if !slices.Contains(elsewhere, s.Trigger) {
			list = append(list, s)
		}
	}
	for _, s := range list[:min(len(list), nurtureShown)] {
		if items == nil {
			items = []todayItem{gap(18), {kind: todayHead, words: "Worth doing", count: countOf(len(list)), note: "nothing is sent by itself"}}
		}
		items = append(items, todayItem{kind: todayNurture, key: s.ID, suggestion: s})
	}
	return items
}

// onNurture is the suggestion of the current row.
func (p *today) onNurture() (nurture.Suggestion, bool) {
	i, ok := p.here().current()
	return i.suggestion, ok && i.kind == todayNurture
}

// todayNurtureRow is a suggestion on the first page, with the name of its account.
type todayNurtureRow struct{ suggestedRow }

func newTodayNurtureRow(p *today) *todayNurtureRow {
	r := &todayNurtureRow{}
	r.lay(mainSide, func(s nurture.Suggestion) { p.w.doSuggested(s, p.in.User) },
		func(s nurture.Suggestion, at fyne.Position) { p.w.menuAt(at, p.w.suggestedAnswers(s)...) })
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayNurtureRow) set(i todayItem, _ bool) {
	r.show(i.suggestion, i.suggestion.Account.Name+" · "+i.suggestion.Because.Words)
}
