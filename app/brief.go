package app

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// briefPage is the one page before a meeting: the paper as it is printed, and
// beside it what each line rests on.
type briefPage struct {
	w       *window
	meeting string // Occurrence.ID
	slot    bridge.Slot
	asked   bool // an answer came at least once
	in      data.BriefInput
	brief   data.Brief
	seat    data.Seat

	head  *briefHead
	paper *briefPaper
	pane  *briefPane
	stage stage
	main  fyne.CanvasObject
}

func newBriefPage(w *window, r route) page {
	p := &briefPage{w: w, meeting: r.id}
	p.head, p.paper, p.pane = newBriefHead(p), newBriefPaper(p), newBriefPane(p)
	p.stage = newStage(kit.NewGround(kit.Rail))
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

// openBrief opens the brief of a meeting, an Occurrence.ID.
func (w *window) openBrief(meeting string) { w.open(route{place: placeBrief, id: meeting}) }

// briefAhead is how far ahead the next meeting is looked for.
const briefAhead = 90

// nextBrief opens the brief of the next meeting with the account in view, else of
// the next one with any customer.
func (w *window) nextBrief() {
	account, now := w.accountInView(), w.now()
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) ([]data.Agenda, error) {
		return w.db.Agenda(ctx, now, now.AddDate(0, 0, briefAhead))
	}, func(dates []data.Agenda, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		if m, ok := data.NextMeeting(dates, account); ok {
			w.openBrief(m.ID)
			return
		}
		w.say(data.Counted(briefAhead, "day", "days") + " ahead there is no meeting with them in your calendars")
	})
}

func (p *briefPage) title() string {
	if p.brief.Title == "" {
		return "Brief"
	}
	return "Brief: " + p.brief.Title
}

func (p *briefPage) panes() panes {
	return panes{main: p.main, inspector: p.pane.view, width: 340}
}

func (p *briefPage) focus() { p.pane.list.Take() }

// account is the meeting's, for what is logged or promised from here.
func (p *briefPage) account() string { return p.in.Account.ID }

func (p *briefPage) load() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (data.BriefInput, error) { return p.w.db.BriefInput(ctx, p.meeting, now) }, func(in data.BriefInput, err error) {
		switch {
		case errors.Is(err, data.ErrNotFound):
			p.stage.show(kit.NewFailed("calendar-days", "This meeting is no longer in your calendars", "It was moved or taken away. What you wrote for it is kept.", kit.NewButton(kit.Plain, "Back", p.w.back)))
		case p.stage.answered(p.w, err, &p.asked, p.load):
			p.in = in
			p.compose()
		}
	})
}

// minute makes the page anew: how long ago things were changes.
func (p *briefPage) minute() {
	if p.asked {
		p.in.Now = p.w.now()
		p.compose()
	}
}

// compose makes the page from what is known, for the seat that is chosen.
func (p *briefPage) compose() {
	p.in.Seat = p.seat
	p.brief = data.ComposeBrief(p.in)
	p.head.draw()
	p.pane.draw()
	p.paper.draw()
	p.stage.show(p.paper.view)
	if p.w.page() == page(p) {
		p.w.refreshChrome()
	}
	p.w.keepFocus(p)
}

// seatNames are the choices of whose brief it is.
var seatNames = []string{"Everyone", "Sales", "Support", "Delivery", "Finance"}

// choose makes the brief for a seat, 0 for everyone.
func (p *briefPage) choose(on int) {
	p.seat = ""
	if on > 0 {
		p.seat = data.Seats[on-1]
	}
	if p.asked {
		p.compose()
	}
}

func (p *briefPage) nextSeat() {
	on := (slices.Index(data.Seats, p.seat) + 2) % len(seatNames)
	p.head.seats.On = on
	p.head.seats.Refresh()
	p.choose(on)
}

// begun says whether the meeting has begun, so that there is something to write
// down.
func (p *briefPage) begun() bool {
	return p.asked && !p.in.Meeting.Start.After(p.w.now())
}

func (p *briefPage) commands() []command {
	known := func() bool { return p.asked }
	list := []command{
		{name: "Back from the brief", key: "Esc", quiet: true, do: p.w.back},
		{name: "Prepare this meeting", words: "outcome wants moves notes write", icon: "pen-line", key: "E", when: known, do: p.prepare},
		{name: rehearseName, words: "cards remember names promises questions learn by heart quiz", icon: "brain", key: "Q", when: known, do: func() { p.w.rehearse(p.meeting) }},
		{name: "Print the brief", words: "pdf paper", icon: "printer", chord: primary(fyne.KeyP), when: known, do: p.print},
		{name: "Save the brief in a file", words: "pdf html markdown export", icon: "download", chord: primary(fyne.KeyS), when: known, do: p.save},
		{name: "Next seat", words: "role sales support delivery finance everyone", icon: "users", key: "R", when: known, do: p.nextSeat},
		{name: "Write what came of it", words: "debrief after decisions promises next step", icon: "pen-line", key: "D", when: p.begun, do: p.debrief},
		{name: "Put a follow-up in my calendar", words: "next meeting again ics invite caldav", icon: "calendar-clock", key: "F", when: known, do: func() { p.w.followUp(p.in.Meeting, data.FollowUpWish{}) }},
		{name: "Open what this line rests on", words: "source mail receipt", icon: "receipt-text", key: "O", when: p.pane.canOpen, do: p.pane.open},
		{name: "Leave this line out", words: "hide remove source", icon: "eye-off", key: "X", when: p.pane.canLeaveOut, do: p.pane.leaveOut},
		{name: "Bring back what was left out", words: "show again", icon: "eye", when: func() bool { return len(p.in.Prepared.Out) > 0 }, do: p.bringBack},
		{name: "Open the account", words: "customer page", icon: "building-2", key: "Shift A", when: func() bool { return p.in.Account.ID != "" }, do: func() { p.w.open(route{place: placeAccount, id: p.in.Account.ID}) }},
	}
	for n := 1; n <= 9; n++ {
		list = append(list, command{name: "Show source " + strconv.Itoa(n), key: strconv.Itoa(n), quiet: true, when: known, do: func() { p.pane.choose(n) }})
	}
	return append(list, moveCommands(p.pane.list)...)
}

func (p *briefPage) hints() []hint {
	hints := []hint{{[]string{"1", "9"}, "show source"}, {[]string{"E"}, "prepare"}, {[]string{"Q"}, "rehearse"}, {[]string{"R"}, "role"}, {[]string{primary(fyne.KeyP).words(system)}, "print"}, {[]string{"Esc"}, "back"}}
	if p.begun() {
		hints = append([]hint{{[]string{"D"}, "what came of it"}}, hints...)
	}
	return hints
}
