package app

import (
	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows of the first page.
const (
	todayTop   kit.RowKind = iota // greeting, day and ribbon
	todayHead                     // a section in the main column
	todayHero                     // the next conversation
	todayTalk                     // a later one
	todayAhead                    // one of the days after
	todayGap                      // free room
	todayNote                     // a line where a section has nothing
	todayPart                     // a section in the pane
	todayQuiet                    // an account that is cooling
	todayWaits                    // somebody who waits for our answer
	todayHint                     // a note in the pane
	todayPane                     // a line that opens the folded pane
)

// How much of each section is shown.
const (
	coolingShown = 5
	aheadShown   = 8
)

// todayItem is a row of the first page.
type todayItem struct {
	kind      kit.RowKind
	key       string // what the row is about
	words     string // of a head or a note
	count     string
	note      string // at the right of a head
	icon      string // of a note
	room      float32
	day       data.Today
	talk      data.Conversation
	cool      data.CoolingRow
	waiting   data.WaitingRow
	when      string
	opens     route // where Enter leads; zero is nowhere
	at        target
	inspector bool // Enter shows the folded pane
}

// moves says whether the row can be the current one.
func (i todayItem) moves() bool { return i.opens.place != "" || i.inspector }

func (i todayItem) height() float32 {
	switch i.kind {
	case todayTop:
		return kit.Scaled(69+kit.RibbonHeight) + 14
	case todayHead:
		return kit.Scaled(35)
	case todayHero:
		return kit.Scaled(heroHeight)
	case todayTalk, todayQuiet:
		return kit.Scaled(50)
	case todayAhead, todayNote, todayHint, todayPane:
		return kit.Scaled(36)
	case todayPart:
		return kit.Scaled(33)
	case todayWaits:
		return kit.Scaled(46)
	}
	return i.room
}

func gap(room float32) todayItem { return todayItem{kind: todayGap, room: room} }

// mainItems are the rows of the main column.
func (p *today) mainItems() []todayItem {
	d := p.day
	items := []todayItem{{kind: todayTop, day: d}, gap(16)}
	items = append(items, todayItem{kind: todayHead, words: "Next conversations", count: countOf(len(d.Conversations))})
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
	if p.folds {
		items = append(items, gap(18), todayItem{kind: todayPane, key: "pane", words: p.paneWords(), inspector: true})
	}
	return append(items, gap(20))
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
	return waits + ", " + data.Counted(quiet, "account is cooling", "accounts are cooling")
}

func talkItem(kind kit.RowKind, c data.Conversation) todayItem {
	i := todayItem{kind: kind, key: c.Meeting.ID, talk: c}
	if a := c.Meeting.Account.ID; a != "" {
		i.opens, i.at = route{place: placeAccount, id: a}, target{tab: "timeline", item: c.Meeting.ID}
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
		items = append(items, todayItem{kind: todayQuiet, key: "cool " + c.Row.ID, cool: c,
			opens: route{place: placeAccount, id: c.Row.ID}, at: target{tab: "timeline", item: c.Row.Last.ID}})
	}
	if more := len(d.Cooling) - coolingShown; more > 0 {
		items = append(items, todayItem{kind: todayHint, key: "more", icon: "arrow-right", words: thousands(more) + " more in Accounts", opens: route{place: placeAccounts}})
	}
	if len(d.Cooling) == 0 {
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
	return append(items, gap(16))
}
