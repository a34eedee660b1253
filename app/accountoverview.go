package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows of the overview.
const (
	overviewFacts kit.RowKind = iota
	overviewQuote
	overviewHead
	overviewMoment
	overviewNote
)

// overviewRow is a row of the overview.
type overviewRow struct {
	kind   kit.RowKind
	text   string
	count  string
	moment kit.Moment
	item   string // Interaction.ID, of a moment
	quote  data.Interaction
}

// overview is the first tab: what was counted, what they said last, who waits,
// and the latest. At its side are the next meeting and the people.
type overview struct {
	p    *accountPage
	list *kit.List
	view fyne.CanvasObject
	pane fyne.CanvasObject
	rows []overviewRow

	facts  [4]accountFact
	people *accountPeople
}

func newOverview(p *accountPage) *overview {
	o := &overview{p: p, list: kit.NewList()}
	o.fillList()
	o.view = kit.NewPad(0, 20, 0, 20, o.list)
	o.people = newAccountPeople(p)
	o.pane = o.people.view
	return o
}

func (o *overview) draw(a accountAnswer) {
	o.facts = factsOf(a, o.p.w.now())
	o.rows = o.compose(a)
	current := o.list.Current()
	o.list.Reload()
	if current < 0 {
		o.list.Select(0)
		o.list.ToOffset(0)
	}
	o.people.draw(a)
}

// compose is the overview from top to bottom.
func (o *overview) compose(a accountAnswer) []overviewRow {
	now := o.p.w.now()
	rows := []overviewRow{{kind: overviewFacts}}
	if i, ok := lastOfTheirs(a.latest); ok {
		rows = append(rows, overviewRow{kind: overviewQuote, quote: i})
	}
	rows = append(rows, overviewRow{kind: overviewHead, text: "Waiting for your answer", count: countWord(len(a.waiting))})
	if len(a.waiting) == 0 {
		rows = append(rows, overviewRow{kind: overviewNote, text: "No mail of theirs waits for you."})
	}
	layout := data.Layout{Now: now, You: a.you, Waiting: a.waiting, Filtered: true}
	waiting := make([]data.Interaction, len(a.waiting))
	for i, w := range a.waiting {
		waiting[i] = w.Interaction
	}
	rows = append(rows, moments(data.Lay(waiting, layout), now)...)
	rows = append(rows, overviewRow{kind: overviewHead, text: "Latest on the timeline"})
	if len(a.latest) == 0 {
		rows = append(rows, overviewRow{kind: overviewNote, text: "Nothing has happened here yet. Press C to log a call, a visit or a note."})
	}
	return append(rows, moments(data.Lay(a.latest, layout), now)...)
}

// moments are the entries among rows of a timeline, without months, each with
// its own day.
func moments(rows []data.TimelineRow, now time.Time) []overviewRow {
	var list []overviewRow
	for _, r := range rows {
		if r.Kind != data.RowItem {
			continue
		}
		m := momentOf(r)
		m.Day = data.ShortDate(r.Item.At, now)
		list = append(list, overviewRow{kind: overviewMoment, moment: m, item: r.Item.ID})
	}
	for i := range list {
		list[i].moment.First, list[i].moment.Last = i == 0, i == len(list)-1
	}
	return list
}

func countWord(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n)
}

// lastOfTheirs is the latest mail of theirs that has words.
func lastOfTheirs(latest []data.Interaction) (data.Interaction, bool) {
	for _, i := range latest {
		if i.Kind == data.Mail && i.Direction == data.In && i.Preview != "" {
			return i, true
		}
	}
	return data.Interaction{}, false
}

func (o *overview) fillList() {
	l := o.list
	l.Rules = false
	l.Count = func() int { return len(o.rows) }
	l.Kind = func(row int) kit.RowKind { return o.rows[row].kind }
	l.Skip = func(row int) bool { return o.rows[row].kind != overviewMoment }
	l.Height = func(row int) float32 {
		switch o.rows[row].kind {
		case overviewFacts:
			return 78 + kit.Scaled(104)
		case overviewQuote:
			return kit.Scaled(112)
		case overviewHead:
			return kit.Scaled(48)
		case overviewNote:
			return kit.Scaled(34)
		}
		return kit.Scaled(kit.TimelineHeight)
	}
	l.Create = o.create
	l.Update = o.update
	l.OnOpen = func(row int) { o.p.showOn(o.rows[row].item) }
	l.OnMenu = func(row int, at fyne.Position) {
		o.p.w.menuAt(at, command{name: "Show on the timeline", do: func() { o.p.showOn(o.rows[row].item) }})
	}
}

func (o *overview) create(kind kit.RowKind) fyne.CanvasObject {
	switch kind {
	case overviewFacts:
		return newFactsRow(func(f accountFact) {
			switch {
			case f.people:
				o.people.take()
			case f.item != "":
				o.p.showOn(f.item)
			default:
				o.p.openTimeline()
			}
		})
	case overviewQuote:
		return newQuoteRow(o.p.showOn)
	case overviewHead:
		return newHeadRow()
	case overviewNote:
		return newNoteRow()
	}
	return kit.NewTimelineRow()
}

func (o *overview) update(row int, object fyne.CanvasObject, current bool) {
	r := o.rows[row]
	switch object := object.(type) {
	case *factsRow:
		object.set(o.facts)
	case *quoteRow:
		object.set(r.quote, o.p.w.now())
	case *headRow:
		object.head.Set(r.text, r.count)
	case *noteRow:
		object.words.Set(r.text)
	case *kit.TimelineRow:
		object.Set(r.moment, current)
	}
}

func (o *overview) commands() []command {
	return append(moveCommands(o.list), o.people.commands()...)
}

// headRow is the heading of a section.
type headRow struct {
	framed
	head *kit.SectionHead
}

func newHeadRow() *headRow {
	r := &headRow{head: kit.NewSectionHead(kit.Heading, "", "", nil)}
	r.body = kit.NewPad(13, 12, 0, 12, r.head)
	r.ExtendBaseWidget(r)
	return r
}

// noteRow is a line of small words where a section has no rows.
type noteRow struct {
	framed
	words *kit.Text
}

func newNoteRow() *noteRow {
	r := &noteRow{words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.body = kit.NewPad(0, 12, 0, 12, r.words)
	r.ExtendBaseWidget(r)
	return r
}
