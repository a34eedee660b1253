package app

import (
	"context"
	"slices"

	"rapport/app/bridge"
	"rapport/data/nurture"
)

// loadSuggested asks what would do the relationship good, once the rest of the page
// is there; of a day that has been nobody is asked to do anything.
func (o *overview) loadSuggested() {
	if o.p.back.on() {
		o.suggested = nil
		return
	}
	now := o.p.now()
	bridge.Load(o.p.w.bg, &o.suggesting, func(ctx context.Context) ([]nurture.Suggestion, error) { return o.p.w.db.NurtureOf(ctx, o.p.id, now) },
		func(list []nurture.Suggestion, err error) {
			if err != nil {
				o.p.w.fail(err)
				return
			}
			// Who waits for an answer stands further down already.
			list = slices.DeleteFunc(nurture.Due(list, now), func(s nurture.Suggestion) bool { return s.Trigger == nurture.Question })
			if len(list)+len(o.suggested) > 0 {
				o.suggested = list
				o.redraw()
			}
		})
}

// suggestedRows are what would do the relationship good; none where nothing would, or
// of a day that has been.
func (o *overview) suggestedRows() []overviewRow {
	if len(o.suggested) == 0 || o.p.back.on() {
		return nil
	}
	rows := []overviewRow{{kind: overviewHead, head: overviewHeading{text: "Worth doing", count: countWord(len(o.suggested)), note: "nothing is sent by itself"}}}
	for _, s := range o.suggested {
		rows = append(rows, overviewRow{kind: overviewSuggested, key: s.ID, suggested: s, item: s.Because.Interaction})
	}
	return rows
}

func (o *overview) doSuggested(s nurture.Suggestion) { o.p.w.doSuggested(s, o.p.answer.you.Name) }

func (o *overview) suggestedCommands(s nurture.Suggestion) []command {
	w := o.p.w
	list := []command{
		{name: "Do what is suggested", words: "draft mail step nurture worth doing", icon: "sprout", key: "Enter", do: func() { o.doSuggested(s) }},
		{name: "Put this off", words: "snooze later another day nurture", icon: "clock", key: "S", do: func() { w.menuAt(o.list.Below(), w.suggestedAnswers(s)...) }},
	}
	return append(list, w.suggestedAnswers(s)...)
}
