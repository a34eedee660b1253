package app

import (
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/nurture"
)

// The kinds of rows of the first page.
const (
	todayTop     kit.RowKind = iota // greeting, day and ribbon
	todayHead                       // a section in the main column
	todayHero                       // the next conversation
	todayTalk                       // a later one
	todayAhead                      // one of the days after
	todayGap                        // free room
	todayNote                       // a line where a section has nothing
	todayPart                       // a section in the pane
	todayQuiet                      // an account that is cooling
	todayWaits                      // somebody who waits for our answer
	todayTold                       // feedback whose outcome they do not know
	todayHint                       // a note in the pane
	todayPane                       // a line that opens the folded pane
	todayOwed                       // a promise that is due
	todayKind                       // a kind word
	todayOffer                      // that the team writes its plan
	todayNurture                    // what would do a relationship good now
)

// How much of each section is shown.
const (
	coolingShown = 5
	wordsShown   = 4
	toldShown    = 4
	owedShown    = 20
	aheadShown   = 8
)

// todayItem is a row of the first page.
type todayItem struct {
	kind       kit.RowKind
	key        string // what the row is about
	words      string // of a head or a note
	count      string
	note       string // at the right of a head
	sides      [2]int // at the right of a head: what we owe, what they owe
	icon       string // of a note
	room       float32
	day        data.Today
	talk       data.Conversation
	cool       data.CoolingRow
	weeks      []int // of the contact that is cooling
	owed       data.PromiseRow
	word       data.KindWord
	waiting    data.WaitingRow
	told       data.FeedbackRow
	suggestion nurture.Suggestion
	when       string
	opens      route // where Enter leads; zero is nowhere
	at         target
	inspector  bool // Enter shows the folded pane
}

// moves says whether the row can be the current one.
func (i todayItem) moves() bool {
	return i.opens.place != "" || i.inspector || i.kind == todayKind || i.kind == todayOffer || i.kind == todayNurture
}

func (i todayItem) height() float32 {
	switch i.kind {
	case todayTop:
		return kit.Scaled(69+kit.RibbonHeight) + 14
	case todayHead:
		return kit.Scaled(35)
	case todayHero:
		if i.talk.Said.Words == "" {
			return kit.Scaled(heroHeight)
		}
		return kit.Scaled(heroHeight + 41)
	case todayKind:
		return i.room
	case todayTalk, todayQuiet, todayOffer, todayNurture:
		return kit.Scaled(50)
	case todayAhead, todayNote, todayHint, todayPane, todayOwed:
		return kit.Scaled(36)
	case todayPart:
		return kit.Scaled(33)
	case todayWaits, todayTold:
		return kit.Scaled(46)
	}
	return i.room
}

func gap(room float32) todayItem { return todayItem{kind: todayGap, room: room} }

// mainItems are the rows of the main column.
func (p *today) mainItems() []todayItem {
	d := p.day
	items := []todayItem{{kind: todayTop, day: d}, gap(16)}
	items = append(items, todayItem{kind: todayHead, words: "Next conversations", count: countOf(len(d.Conversations)), note: readyNote(d.Conversations)})
	for i, c := range d.Conversations {
		item := talkItem(todayTalk, c)
		if i == 0 {
			item.kind = todayHero
			items = append(items, gap(13), item, gap(6))
			continue
		}
		items = append(items, item)
	}
	if len(d.Conversations) == 0 {
		items = append(items, todayItem{kind: todayNote, icon: "coffee", words: p.noTalks()})
	}
	items = append(items, p.owedItems()...)
	items = append(items, p.nurtureItems()...)
	if len(d.Ahead) > 0 {
		items = append(items, gap(18), todayItem{kind: todayHead, words: "Coming days", count: thousands(len(d.Ahead)), note: "meetings with customers"})
		for _, c := range d.Ahead[:min(len(d.Ahead), aheadShown)] {
			item := talkItem(todayAhead, c)
			item.when = data.DayWord(c.Meeting.Start, p.in.Now) + " " + c.Clock
			if c.Meeting.AllDay {
				item.when = data.DayWord(c.Meeting.Start, p.in.Now)
			}
			items = append(items, item)
		}
	}
	items = append(items, p.offerItems()...)
	if p.folds {
		items = append(items, gap(18), todayItem{kind: todayPane, key: "pane", words: p.paneWords(), inspector: true})
	}
	return append(items, gap(20))
}

// owedItems are the promises that are due.
func (p *today) owedItems() []todayItem {
	list := p.day.Promises
	if len(list) == 0 {
		return nil
	}
	items := []todayItem{gap(18), {kind: todayHead, words: "Promises due", count: countOf(len(list)) + " this week", sides: [2]int{p.day.Ours, p.day.Theirs}}}
	for _, o := range list[:min(len(list), owedShown)] {
		items = append(items, todayItem{kind: todayOwed, key: "owed " + o.ID, owed: o,
			opens: route{place: placeAccount, id: o.Promise.Account}, at: whereSaid(o.Interaction)})
	}
	if more := len(list) - owedShown; more > 0 {
		items = append(items, todayItem{kind: todayNote, icon: "info", words: thousands(more) + " more are due this week; keep or put off these first."})
	}
	return items
}

// whereSaid is where on an account's page something was learned.
func whereSaid(interaction string) target {
	if interaction == "" {
		return target{tab: tabOverview}
	}
	return target{tab: tabTimeline, item: interaction}
}

func countOf(n int) string {
	if n == 0 {
		return ""
	}
	return thousands(n)
}

// noTalks says why nobody is next.
func (p *today) noTalks() string {
	if len(p.in.Meetings) > 0 {
		return "Every meeting of today is over."
	}
	return "No meetings today."
}

// paneWords say what the folded pane holds.
func (p *today) paneWords() string {
	n, quiet := len(p.day.Waiting), len(p.day.Cooling)
	waits := data.Counted(n, "person waits", "people wait") + " for your answer"
	if n == 0 {
		waits = "Nobody waits for your answer"
	}
	return waits + ", " + data.Counted(quiet, "contact is cooling", "contacts are cooling")
}

// readyNote says that briefs need no network, where there is one.
func readyNote(list []data.Conversation) string {
	for _, c := range list {
		if c.Meeting.Account.ID != "" {
			return "Briefs are ready offline"
		}
	}
	return ""
}

func talkItem(kind kit.RowKind, c data.Conversation) todayItem {
	i := todayItem{kind: kind, key: c.Meeting.ID, talk: c}
	if c.Meeting.Account.ID != "" || c.Customer {
		i.opens = route{place: placeBrief, id: c.Meeting.ID}
	}
	return i
}

// calm is what stands where no account is cooling.
func (p *today) calm() todayItem {
	if len(p.in.Accounts) == 0 {
		return todayItem{kind: todayHint, icon: "info", words: "No accounts yet. File a sender to make one."}
	}
	return todayItem{kind: todayHint, icon: "check", words: "Every account is in its rhythm."}
}

// sideItems are the rows of the pane: who is cooling, and who waits.
func (p *today) sideItems() []todayItem {
	d := p.day
	items := []todayItem{{kind: todayPart, words: "Cooling", count: countOf(len(d.Cooling)), note: "quiet longer than agreed"}}
	for _, c := range d.Cooling[:min(len(d.Cooling), coolingShown)] {
		items = append(items, todayItem{kind: todayQuiet, key: "cool " + c.Contact.ID, cool: c, weeks: p.after.weeks[c.Contact.ID],
			opens: route{place: placeContact, id: c.Contact.ID}})
	}
	if more := len(d.Cooling) - coolingShown; more > 0 {
		items = append(items, todayItem{kind: todayHint, key: "more", icon: "arrow-right", words: thousands(more) + " more in Accounts", opens: route{place: placeAccounts}})
	}
	switch {
	case !p.after.known:
		items = append(items, todayItem{kind: todayHint, icon: "hourglass", words: "Measuring every rhythm"})
	case len(d.Cooling) == 0:
		items = append(items, p.calm())
	}
	items = append(items, gap(18), todayItem{kind: todayPart, words: "Waiting for your answer", count: countOf(len(d.Waiting))})
	for _, w := range d.Waiting {
		i := todayItem{kind: todayWaits, key: "waits " + w.Interaction.ID, waiting: w}
		if w.Account.ID != "" {
			i.opens, i.at = route{place: placeAccount, id: w.Account.ID}, target{tab: "timeline", item: w.Interaction.ID}
		}
		items = append(items, i)
	}
	if len(d.Waiting) == 0 {
		items = append(items, todayItem{kind: todayHint, icon: "check", words: "Everybody has their answer."})
	}
	items = append(items, p.jointItems()...)
	items = append(items, p.toldItems()...)
	return append(append(items, p.wordItems()...), gap(16))
}

// jointItems are the answers to joint plans on which nobody decided; none is no reason
// for a heading.
func (p *today) jointItems() (items []todayItem) {
	for _, j := range p.day.Joint {
		if items == nil {
			items = []todayItem{gap(18), {kind: todayPart, words: "Joint plans", note: "they wait for your yes or no"}}
		}
		items = append(items, todayItem{kind: todayHint, key: "joint " + j.Account + j.Words, icon: "reply", words: j.Words + " · " + j.Who,
			opens: route{place: placeAccount, id: j.Account}, at: target{tab: tabPlan, item: planAnswers}})
	}
	return items
}

// toldItems are what customers told us and do not know the outcome of; none is no
// reason for a heading.
func (p *today) toldItems() (items []todayItem) {
	list := p.day.Feedback
	if len(list) == 0 {
		return nil
	}
	items = []todayItem{gap(18), {kind: todayPart, words: "They told us", count: countOf(len(list)), note: "answer within 48 hours"}}
	for _, f := range list[:min(len(list), toldShown)] {
		items = append(items, todayItem{kind: todayTold, key: "told " + f.ID, told: f, opens: route{place: placeFeedback}, at: whereFeedback(f.Feedback)})
	}
	if more := len(list) - toldShown; more > 0 {
		items = append(items, todayItem{kind: todayHint, key: "more told", icon: "arrow-right", words: thousands(more) + " more in Feedback", opens: route{place: placeFeedback}})
	}
	return items
}

// wordItems are the kind words; none is no reason for a heading.
func (p *today) wordItems() (items []todayItem) {
	for _, k := range p.day.KindWords[:min(len(p.day.KindWords), wordsShown)] {
		if items == nil {
			items = []todayItem{gap(18), {kind: todayPart, words: "A kind word", note: "no ask"}}
		}
		items = append(items, todayItem{kind: todayKind, key: k.About(), word: k, room: p.wordHeight(k)})
	}
	return items
}

// wordHeight is the room that a kind word needs at the width of its list.
func (p *today) wordHeight(k data.KindWord) float32 {
	width := p.side.list.Size().Width - 2*paneSide - 28
	if width < 160 {
		width = 300
	}
	return kindWords(k).HeightFor(width) + kit.Scaled(24) + 22
}
