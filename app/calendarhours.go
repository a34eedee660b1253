package app

import (
	"cmp"
	"strings"

	"rapport/app/kit"
	"rapport/data"
)

// touchesShown is how many of those who are due on one day have a line.
const touchesShown = 2

// allDayShown is how many meetings of a whole day have a line.
const allDayShown = 3

// drawHours fills head and grid.
func (p *calendarPage) drawHours() {
	now := p.in.Now
	p.head.Days, p.head.Bands = nil, nil
	allDay, touches := kit.GridBand{Name: "All day"}, kit.GridBand{Name: "Touches due"}
	p.grid.Days, p.grid.From, p.grid.To = len(p.page.Days), p.page.FirstHour, p.page.LastHour
	p.grid.Blocks, p.grid.On, p.grid.NowDay = nil, -1, -1
	hasAllDay, hasTouches := false, false
	for i, d := range p.page.Days {
		p.head.Days = append(p.head.Days, kit.GridDay{Name: d.Date.Format("Mon"), Number: d.Date.Format("2"), Note: data.FreeWords(d.Free), Today: d.Today})
		allDay.Cells = append(allDay.Cells, p.allDayChips(d))
		touches.Cells = append(touches.Cells, touchChips(d))
		hasAllDay, hasTouches = hasAllDay || len(d.AllDay) > 0, hasTouches || len(d.Touches) > 0
		for _, e := range d.Timed {
			if e.Meeting.ID == p.current {
				p.grid.On = len(p.grid.Blocks)
			}
			p.grid.Blocks = append(p.grid.Blocks, blockOf(i, e))
		}
		if d.Today {
			p.grid.NowDay, p.grid.Now, p.grid.NowText = i, 60*now.Hour()+now.Minute(), data.Clock(now, now)
		}
	}
	if hasAllDay {
		p.head.Bands = append(p.head.Bands, allDay)
	}
	if hasTouches {
		p.head.Bands = append(p.head.Bands, touches)
	}
	p.head.Refresh()
	p.grid.Refresh()
	p.hours.Refresh()
}

// blockOf is how an entry is drawn.
func blockOf(day int, e data.CalendarEntry) kit.GridBlock {
	b := kit.GridBlock{
		Day: day, From: e.From, To: e.To, Lane: e.Lane, Lanes: e.Lanes, Title: e.Title, Second: e.Second,
		Tier: string(e.Meeting.Account.Tier), Struck: e.Meeting.Cancelled,
	}
	switch {
	case !e.Customer:
	case e.Brief == data.BriefReady:
		b.Look, b.Icon = kit.GridReady, "book-open-text"
	case e.Over:
		b.Look = kit.GridReady
	default:
		b.Look = kit.GridOpen
		if b.Second == "" || e.Brief == data.BriefNoOwner {
			b.Second = strings.TrimPrefix(b.Second+" · no account yet", " · ")
		} else if !e.Meeting.Cancelled {
			b.Second += " · no brief yet"
		}
	}
	return b
}

func (p *calendarPage) allDayChips(d data.CalendarDay) (chips []kit.GridChip) {
	for i, e := range d.AllDay {
		if i == allDayShown-1 && len(d.AllDay) > allDayShown {
			return append(chips, kit.GridChip{Text: thousands(len(d.AllDay)-i) + " more", Outlined: true})
		}
		c := kit.GridChip{Text: cmp.Or(e.Second, e.Title), On: e.Meeting.ID == p.current, Struck: e.Meeting.Cancelled}
		if e.Customer {
			c.Tone = kit.Ours
		}
		chips = append(chips, c)
	}
	return chips
}

// channelIcons are the marks of how somebody likes to be reached.
var channelIcons = map[data.Channel]string{data.ByCall: "phone", data.ByMail: "mail", data.ByMeeting: "users", data.ByVisit: "map-pin"}

func touchChips(d data.CalendarDay) (chips []kit.GridChip) {
	for i, t := range d.Touches {
		if i == touchesShown-1 && len(d.Touches) > touchesShown {
			return append(chips, kit.GridChip{Icon: "users", Text: thousands(len(d.Touches)-i) + " more", Outlined: true})
		}
		c := kit.GridChip{Icon: channelIcons[t.Channel], Text: data.TouchWords(t), Outlined: t.Late <= 0}
		if c.Icon == "" {
			c.Icon = "handshake"
		}
		if t.Late > 0 {
			c.Tone = kit.Quiet
		}
		chips = append(chips, c)
	}
	return chips
}

// chip follows a chip over the hours: to a meeting of the whole day, to the one
// who is due, or to the list of all of a day.
func (p *calendarPage) chip(band, day, chip int) {
	d := p.page.Days[day]
	if p.head.Bands[band].Name == "All day" {
		if more := chip == allDayShown-1 && len(d.AllDay) > allDayShown; more {
			p.show(data.MonthView, d.Date)
			p.list.toDay(d.Date)
			return
		}
		p.stand(d.AllDay[chip].Meeting.ID)
		return
	}
	if more := chip == touchesShown-1 && len(d.Touches) > touchesShown; more {
		p.w.open(route{place: placeToday})
		return
	}
	t := d.Touches[chip]
	if t.Contact.ID == "" {
		p.w.open(route{place: placeAccount, id: t.Account.ID})
		return
	}
	p.w.openContact(t.Contact.ID)
}

// blockID is the meeting of a block.
func (p *calendarPage) blockID(block int) string {
	for _, d := range p.page.Days {
		if block < len(d.Timed) {
			return d.Timed[block].Meeting.ID
		}
		block -= len(d.Timed)
	}
	return ""
}

// reveal scrolls to the meeting in view, or to the beginning of the day.
func (p *calendarPage) reveal() {
	top, room := p.grid.TopOf(8*60)-8, p.scroll.Size().Height
	if p.grid.On >= 0 {
		b := p.grid.Blocks[p.grid.On]
		from, to := p.grid.TopOf(b.From)-20, p.grid.TopOf(b.To)+12
		switch at := p.scroll.Offset(); {
		case from >= at && to <= at+room:
			return
		case from < at || to-from > room:
			top = from
		default:
			top = to - room
		}
	}
	p.scroll.ToOffset(max(top, 0))
}
