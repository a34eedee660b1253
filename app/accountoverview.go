package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
)

// The kinds of rows of the overview.
const (
	overviewDials kit.RowKind = iota
	overviewQuote
	overviewIssue
	overviewHead
	overviewPromise
	overviewSeen
	overviewProposal
	overviewNeed
	overviewMoment
	overviewNote
	overviewLeaving // a thing that leaving well takes
	overviewLeft    // how many of them are done
	overviewSuggested
)

// overviewRow is a row of the overview; what its kind needs is set.
type overviewRow struct {
	kind     kit.RowKind
	key      string // the same for the same thing, "" for what cannot be the current row
	head     overviewHeading
	text     string // of a note, and of what was seen in mail
	moment   kit.Moment
	item     string // Interaction.ID that the row rests on, ""
	quote    data.Interaction
	promise  data.OpenPromise
	need     data.ShownNeed
	proposal data.PromiseProposal
	leaving  data.LeavingLine
	// suggested is what would do the relationship good.
	suggested nurture.Suggestion
}

// overviewHeading is the heading of a section with what stands at its right.
type overviewHeading struct {
	text, count, note, link string
	do                      func()
}

// needsShown is how many needs are listed before all are asked for.
const needsShown = 3

// overview is the first tab: how the account stands, their issue now, what both
// sides promised, what they need and who waits. At its side are the next meeting,
// the people and how they like to work.
type overview struct {
	p    *accountPage
	list *kit.List
	view fyne.CanvasObject
	pane fyne.CanvasObject
	rows []overviewRow

	answer data.Overview
	people *accountPeople
	all    bool // every need is listed
	seen   bool // what was seen in mail is listed
	left   bool // what is done of leaving well is listed

	suggesting bridge.Slot
	suggested  []nurture.Suggestion
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
	o.answer = a.overview
	current, key := o.list.Current(), o.current().key
	o.rows = o.compose(a)
	at := slices.IndexFunc(o.rows, func(r overviewRow) bool { return key != "" && r.key == key })
	if at < 0 {
		at = min(current, len(o.rows)-1)
	}
	top := o.list.Offset() == 0
	o.list.Keep(at)
	if current < 0 {
		o.list.Select(0)
	}
	if current < 0 || top {
		o.list.ToOffset(0) // what came or went above the current row hides no dial
	}
	o.people.draw(a)
}

// redraw composes the rows again after something was folded or unfolded.
func (o *overview) redraw() { o.draw(o.p.answer) }

// current is the row that keys act on; zero for none.
func (o *overview) current() overviewRow {
	if row := o.list.Current(); row >= 0 && row < len(o.rows) {
		return o.rows[row]
	}
	return overviewRow{}
}

// compose is the overview from top to bottom.
func (o *overview) compose(a accountAnswer) []overviewRow {
	rows := append([]overviewRow{{kind: overviewDials}}, o.leavingRows(a)...)
	if a.overview.Issue != nil {
		rows = append(rows, overviewRow{kind: overviewIssue})
	} else if i, ok := lastOfTheirs(a.latest); ok {
		rows = append(rows, overviewRow{kind: overviewQuote, quote: i})
	}
	rows = append(rows, o.promiseRows(a.overview)...)
	rows = append(rows, o.suggestedRows()...)
	rows = append(rows, o.needRows(a.overview)...)
	return append(rows, o.waitingRows(a)...)
}

func (o *overview) promiseRows(v data.Overview) []overviewRow {
	rows := []overviewRow{{kind: overviewHead, head: overviewHeading{text: "Open promises", count: countWord(len(v.Promises)), note: v.Kept, link: o.addWord(), do: o.p.addPromise}}}
	for _, p := range v.Promises {
		rows = append(rows, overviewRow{kind: overviewPromise, key: p.ID, promise: p, item: p.Interaction})
	}
	if len(v.Promises) == 0 {
		rows = append(rows, o.nothing("Neither side owes the other anything.", "Press P to write a promise down."))
	}
	if len(v.Seen) == 0 {
		return rows
	}
	rows = append(rows, overviewRow{kind: overviewSeen, key: "seen", text: data.Counted(len(v.Seen), "promise", "promises") + " seen in mail"})
	for _, p := range v.Seen {
		if o.seen {
			rows = append(rows, overviewRow{kind: overviewProposal, key: p.Key(), proposal: p, item: p.Promise.Interaction})
		}
	}
	return rows
}

// addWord is the link that adds to a section; "" on a day that has been.
func (o *overview) addWord() string {
	if o.p.back.on() {
		return ""
	}
	return "Add"
}

func (o *overview) needRows(v data.Overview) []overviewRow {
	open := 0
	for _, n := range v.Needs {
		if n.Met != data.IsMet {
			open++
		}
	}
	head := overviewHeading{text: "Needs and what stands in the way", count: countWord(open), link: o.addWord(), do: o.p.addNeed}
	shown := v.Needs
	if len(shown) > needsShown {
		head.link, head.do = "All "+thousands(len(v.Needs)), o.toggleNeeds
		if o.all {
			head.link = "Fewer"
		} else {
			shown = shown[:needsShown]
		}
	}
	rows := []overviewRow{{kind: overviewHead, head: head}}
	for _, n := range shown {
		rows = append(rows, overviewRow{kind: overviewNeed, key: n.ID, need: n, item: n.Interaction})
	}
	if len(v.Needs) == 0 {
		rows = append(rows, o.nothing("Nothing is written down that they need.", "Press N to add it, in their words."))
	}
	return rows
}

// nothing is the row of a section without rows, with what to do about it unless the
// day has been.
func (o *overview) nothing(why, todo string) overviewRow {
	if o.p.back.on() {
		return overviewRow{kind: overviewNote, text: why}
	}
	return overviewRow{kind: overviewNote, text: why + " " + todo}
}

func (o *overview) toggleNeeds() {
	o.all = !o.all
	o.redraw()
}

func (o *overview) toggleSeen() {
	o.seen = !o.seen
	o.redraw()
}

// waitingRows are the mails that wait for our answer; none where none does.
func (o *overview) waitingRows(a accountAnswer) []overviewRow {
	if len(a.waiting) == 0 {
		return nil
	}
	now := o.p.now()
	waiting := make([]data.Interaction, len(a.waiting))
	for i, w := range a.waiting {
		waiting[i] = w.Interaction
	}
	rows := []overviewRow{{kind: overviewHead, head: overviewHeading{text: "Waiting for your answer", count: countWord(len(a.waiting))}}}
	return append(rows, moments(data.Lay(waiting, data.Layout{Now: now, You: a.you, Waiting: a.waiting, Filtered: true}), now)...)
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
		list = append(list, overviewRow{kind: overviewMoment, key: r.Item.ID, moment: m, item: r.Item.ID})
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

// overviewHeights are the heights of rows, before Scaled.
var overviewHeights = map[kit.RowKind]float32{
	overviewQuote: 112, overviewIssue: 105, overviewHead: 48, overviewPromise: 32, overviewSeen: 32, overviewProposal: 36,
	overviewNeed: 42, overviewMoment: kit.TimelineHeight, overviewNote: 34, overviewLeaving: 32, overviewLeft: 32, overviewSuggested: 46,
}

func (o *overview) fillList() {
	l := o.list
	l.Rules = false
	l.Count = func() int { return len(o.rows) }
	l.Kind = func(row int) kit.RowKind { return o.rows[row].kind }
	l.Skip = func(row int) bool { return o.rows[row].key == "" }
	l.Height = func(row int) float32 {
		if o.rows[row].kind == overviewDials {
			return 78 + kit.Scaled(104)
		}
		return kit.Scaled(overviewHeights[o.rows[row].kind])
	}
	l.Create = o.create
	l.Update = o.update
	l.OnOpen = func(row int) { o.open(o.rows[row]) }
	l.OnSpace = func(row int) { o.done(o.rows[row]) }
	l.OnMenu = func(row int, at fyne.Position) {
		if o.p.back.on() {
			o.p.w.menuAt(at, o.sourceCommands(o.rows[row])...)
			return
		}
		o.p.w.menuAt(at, o.p.w.withHistory(o.rowCommands(o.rows[row]), o.rows[row].thing())...)
	}
}

func (o *overview) create(kind kit.RowKind) fyne.CanvasObject {
	switch kind {
	case overviewDials:
		return newDialsRow(o.showReceipts)
	case overviewQuote:
		return newQuoteRow(o.p.showOn)
	case overviewIssue:
		return newIssueRow(o.p.showOn)
	case overviewHead:
		return newHeadRow()
	case overviewPromise:
		return newPromiseRow()
	case overviewSeen:
		return newSeenRow("mail-search", o.toggleSeen)
	case overviewProposal:
		return newProposalRow(o.p.w.keepProposal, o.p.w.refuseProposal)
	case overviewNeed:
		return newNeedRow()
	case overviewNote:
		return newNoteRow()
	case overviewLeaving:
		return newLeavingRow()
	case overviewSuggested:
		return newSuggestedRow(12, o.doSuggested, func(s nurture.Suggestion, at fyne.Position) { o.p.w.menuAt(at, o.p.w.suggestedAnswers(s)...) })
	case overviewLeft:
		return newSeenRow("check-check", o.toggleLeft)
	}
	return kit.NewTimelineRow()
}

func (o *overview) update(row int, object fyne.CanvasObject, current bool) {
	r, now := o.rows[row], o.p.now()
	switch object := object.(type) {
	case *dialsRow:
		object.set(o.answer.Dials)
	case *quoteRow:
		object.set(r.quote, now)
	case *issueRow:
		object.set(*o.answer.Issue, now)
	case *headRow:
		object.set(r.head)
	case *promiseRow:
		object.set(r.promise, now, current)
	case *leavingRow:
		object.set(r.leaving, now, current)
	case *seenRow:
		object.set(r.text, o.seen && r.kind == overviewSeen || o.left && r.kind == overviewLeft)
	case *proposalRow:
		object.set(r.proposal, o.p.answer.you, now)
	case *needRow:
		object.set(r.need, now)
	case *suggestedRow:
		object.show(r.suggested, r.suggested.Because.Words)
	case *noteRow:
		object.words.Set(r.text)
	case *kit.TimelineRow:
		object.Set(r.moment, current)
	}
}

// open is what Enter does.
func (o *overview) open(r overviewRow) {
	if o.p.back.on() {
		if r.item != "" {
			o.p.showOn(r.item)
		}
		return
	}
	switch r.kind {
	case overviewPromise:
		o.p.w.editPromise(r.promise.Promise)
	case overviewNeed:
		o.p.w.editNeed(r.need.Need)
	case overviewSeen:
		o.toggleSeen()
	case overviewLeaving:
		o.p.editLeaving(r.leaving, false)
	case overviewLeft:
		o.toggleLeft()
	case overviewProposal:
		o.p.w.editProposal(r.proposal)
	case overviewMoment:
		o.p.showOn(r.item)
	case overviewSuggested:
		o.doSuggested(r.suggested)
	}
}

// done is what Space does: a promise is kept, a need met, a proposal taken.
func (o *overview) done(r overviewRow) {
	switch r.kind {
	case overviewPromise:
		o.p.w.keepPromise(r.promise.Promise)
	case overviewNeed:
		o.p.w.meetNeed(r.need.Need, data.IsMet)
	case overviewSeen:
		o.toggleSeen()
	case overviewLeaving:
		o.p.turnLeaving(r.leaving)
	case overviewLeft:
		o.toggleLeft()
	case overviewProposal:
		o.p.w.keepProposal(r.proposal)
	}
}
