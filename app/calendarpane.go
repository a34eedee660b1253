package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// calendarPane stands beside the calendar: one meeting with who comes.
type calendarPane struct {
	p      *calendarPage
	slot   bridge.Slot
	view   fyne.CanvasObject
	stack  *kit.Stack
	scroll *kit.Scroll
	shut   *kit.Button
	id     string // of what was asked for
	look   store.MeetingLook
}

func newCalendarPane(p *calendarPage) *calendarPane {
	v := &calendarPane{p: p, stack: kit.NewStack(0)}
	v.shut = kit.NewIconButton(kit.Ghost, "x", func() {
		p.w.showInspector(false)
		p.focus()
	})
	v.shut.Small, v.shut.Tip = true, "Back to the calendar"
	v.scroll = kit.NewScroll(kit.NewPad(14, 22, 18, 22, v.stack))
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 12, 22, kit.NewParagraph(kit.Small, kit.Ink2, "Rapport reads calendars and never invites anyone.")))
	v.view = withFoot(v.scroll, foot)
	v.slot.Slow = func() { v.stack.Set(kit.NewNote("Reading…")) }
	return v
}

func (v *calendarPane) fold(folded bool) { v.shut.Hidden = !folded }

// clear shows that no meeting is chosen.
func (v *calendarPane) clear() {
	v.slot.Drop()
	v.id, v.look = "", store.MeetingLook{}
	v.stack.Set(kit.NewPad(6, 0, 0, 0, kit.NewParagraph(kit.Small, kit.Ink3, "What is known of a meeting stands here.")))
}

// show reads a meeting and shows it.
func (v *calendarPane) show(id string) {
	if id == "" {
		v.clear()
		return
	}
	if id != v.id {
		v.scroll.ToOffset(0)
	}
	v.id = id
	now := v.p.w.now()
	bridge.Load(v.p.w.bg, &v.slot, func(ctx context.Context) (store.MeetingLook, error) { return v.p.w.db.MeetingLook(ctx, id, now) }, func(m store.MeetingLook, err error) {
		if errors.Is(err, data.ErrNotFound) { // it lies outside the span that is stored, or went away meanwhile
			e, _ := v.p.page.Entry(id)
			m, err = store.MeetingLook{Agenda: e.Meeting}, nil
		}
		if err != nil {
			v.stack.Set(failedView(err, func() { v.show(id) }))
			return
		}
		v.look = m
		v.draw()
	})
}

func (v *calendarPane) draw() {
	m, now := v.look, v.p.w.now()
	from := kit.NewLine(kit.Span{Icon: "calendar", Tint: kit.Ink2}, kit.Span{Text: calendarWords(m.Calendars), Role: kit.Small, Tint: kit.Ink2, Gap: 6}).Bending()
	e, _ := v.p.page.Entry(m.ID)
	called := e.Second
	if called == "" {
		called = e.Title
	}
	there, err := time.LoadLocation(m.Zone)
	if m.Zone == "" || err != nil {
		there = nil
	}
	rows := []fyne.CanvasObject{
		kit.NewColumns(6, []kit.Col{kit.Flex(1), kit.Fit()}, from, v.shut), kit.NewSpace(8),
		kit.NewParagraph(kit.Title, kit.Ink, called), kit.NewSpace(2),
		kit.NewParagraph(kit.Body, kit.Ink2, data.MeetingWhen(m.Occurrence, there, now)),
	}
	if where := data.PlaceWords(m.Occurrence.Place); where != "" {
		rows = append(rows, kit.NewSpace(5), kit.NewLine(kit.Span{Icon: "map-pin", Tint: kit.Ink2}, kit.Span{Text: where, Tint: kit.Ink2, Gap: 6}).Bending())
	}
	switch {
	case m.Cancelled:
		rows = append(rows, kit.NewSpace(8), tagged(kit.NewTag(kit.Late, "circle-x", "Called off")))
	case m.Tentative:
		rows = append(rows, kit.NewSpace(8), tagged(kit.NewTag(kit.Caution, "circle-help", "Not settled yet")))
	}
	rows = append(rows, kit.NewSpace(12), kit.NewHairline(), kit.NewSpace(11), v.accountRow(), kit.NewSpace(11), kit.NewHairline(), kit.NewSpace(14))
	if buttons := v.buttons(e); len(buttons) > 0 {
		rows = append(rows, kit.NewRow(8, buttons...), kit.NewSpace(18))
	}
	rows = append(rows, meetingRemarks(m.Agenda, now)...)
	rows = append(rows, v.people()...)
	rows = append(rows, v.afterwards(now)...)
	rows = append(rows, v.followUp()...)
	v.stack.Set(rows...)
	v.scroll.Refresh()
}

// tagged is a tag at the left of its line.
func tagged(t *kit.Tag) fyne.CanvasObject {
	return kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, t, kit.NewSpring())
}

// calendarWords say which calendars hold a meeting.
func calendarWords(names []string) string {
	if len(names) == 0 {
		return "From your calendars, read only"
	}
	words := "From “" + names[0] + "”"
	switch n := len(names) - 1; {
	case n == 1:
		return words + " and “" + names[1] + "”, read only"
	case n > 1:
		return words + " and " + thousands(n) + " others, read only"
	}
	return words + ", read only"
}

// accountRow says whose meeting it is, and changes it.
func (v *calendarPane) accountRow() fyne.CanvasObject {
	m := v.look
	name, second, link := m.Account.Name, invitedWords(m), "Change"
	switch {
	case name != "":
	case !slices.ContainsFunc(m.People, isOutside):
		name, second, link = "Among us", "nobody from outside is invited", "File it"
	default:
		name, link = "No account yet", "File it"
	}
	title := kit.NewColumns(7, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, kit.NewText(kit.BodyBold, name).Bending(), kit.NewTier(string(m.Account.Tier)), kit.NewSpring())
	return kit.NewColumns(10, []kit.Col{kit.Fixed(32), kit.Flex(1), kit.Fit()}, kit.NewTile(initialsOf(m.Account.Name), 32),
		kit.NewStack(0, title, kit.NewText(kit.Small, second).In(kit.Ink2).Bending()), kit.NewLink(link, v.change))
}

func isOutside(p data.Participant) bool { return p.Side != data.Us }

// invitedWords count the guests who are known.
func invitedWords(m store.MeetingLook) string {
	known, all := 0, 0
	for _, p := range m.People {
		if isOutside(p) {
			all++
			if p.Contact != "" {
				known++
			}
		}
	}
	switch {
	case all == 0:
		return "nobody from outside is invited"
	case known == 0:
		return "nobody who is invited is known yet"
	case known == all:
		return data.Counted(all, "invited person is known", "invited people are known")
	}
	return thousands(known) + " of " + data.Counted(all, "invited person is known", "invited people are known")
}

// buttons are what prepares for the meeting.
func (v *calendarPane) buttons(e data.CalendarEntry) []fyne.CanvasObject {
	if v.look.Account.ID == "" {
		return nil
	}
	open := kit.NewButton(kit.Plain, "Timeline", v.p.timeline).WithIcon("history").WithKey("O")
	if e.Brief == data.NoBrief {
		return []fyne.CanvasObject{open}
	}
	seen := kit.NewIconButton(kit.Plain, "history", v.p.timeline)
	seen.Tip = "Open it on the timeline (O)"
	return []fyne.CanvasObject{kit.NewButton(kit.Primary, "Prepare", func() { v.p.w.openBrief(v.look.ID) }).WithIcon("book-open-text").WithKey("Enter"),
		kit.NewButton(kit.Plain, "Print", v.print).WithIcon("printer"), seen}
}

// print prints the meeting's brief.
func (v *calendarPane) print() { v.p.w.printBriefOf(v.look.ID) }

// people are who comes, the host first.
func (v *calendarPane) people() (rows []fyne.CanvasObject) {
	list := slices.Clone(v.look.People)
	slices.SortStableFunc(list, func(a, b data.Participant) int { return seat(a) - seat(b) })
	rows = append(rows, kit.NewSectionHead(kit.BodyBold, "Who comes", countOf(len(list)), nil))
	for _, p := range list {
		words, icon, tint := v.answer(p)
		mark := kit.NewAvatar(kit.Initials(text.Name(p.Name, p.Email)), toneOf(p.Side), 24)
		if v.unmet(p) {
			mark = kit.NewUnmet(kit.Initials(text.Name(p.Name, p.Email)), 24)
		}
		rows = append(rows, kit.NewPad(4, 0, 4, 0, kit.NewColumns(6, []kit.Col{kit.Fixed(24), kit.Flex(1), kit.Fit(), kit.Fixed(15)},
			mark, kit.NewText(kit.Body, text.Name(p.Name, p.Email)).Bending(), kit.NewText(kit.Small, words).In(kit.Ink2), kit.NewIcon(icon, 15, tint))), kit.NewHairline())
	}
	if len(list) == 0 {
		rows = append(rows, kit.NewPad(6, 0, 0, 0, kit.NewNote("The calendar names nobody.")))
	}
	return append(rows, kit.NewSpace(18))
}

// seat orders people: who leads, ours, theirs.
func seat(p data.Participant) int {
	switch {
	case p.Part == "organizer":
		return 0
	case p.Side == data.Us:
		return 1
	}
	return 2
}

// unmet says whether a guest was in no meeting with us before.
func (v *calendarPane) unmet(p data.Participant) bool {
	met, asked := v.look.Met[p.Email]
	return isOutside(p) && asked && !met
}

// answer is what somebody said to the invitation.
func (v *calendarPane) answer(p data.Participant) (words, icon string, tint fyne.ThemeColorName) {
	words, icon, tint = "no answer", "circle-help", kit.Ink3
	switch p.Answer {
	case "accepted":
		words, icon, tint = "yes", "check", kit.Accent
	case "declined":
		words, icon, tint = "no", "x", kit.Alert
	case "tentative":
		words, icon, tint = "maybe", "circle-help", kit.Warm
	}
	if p.Part == "organizer" && p.Answer != "declined" {
		words, icon, tint = "leads", "check", kit.Accent
	}
	if v.unmet(p) {
		words += ", never met"
	}
	return words, icon, tint
}

// afterwards says what is to be done when the meeting is over.
func (v *calendarPane) afterwards(now time.Time) []fyne.CanvasObject {
	m := v.look
	if m.Cancelled || m.Account.ID == "" {
		return nil
	}
	words := data.Clock(m.End, now) + ": write down what was agreed"
	if m.AllDay {
		words = "Write down what was agreed"
	}
	if !m.End.After(now) {
		words = "Over. Write down what was agreed"
	}
	return []fyne.CanvasObject{
		kit.NewSectionHead(kit.BodyBold, "Afterwards", "", kit.NewLink("Log a contact", func() { v.p.w.openCapture(m.Account.ID) })), kit.NewSpace(4),
		kit.NewColumns(9, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewIcon("pen-line", 16, kit.Ink2), kit.NewParagraph(kit.Body, kit.Ink, words)),
	}
}

// followUp offers a meeting after this one.
func (v *calendarPane) followUp() []fyne.CanvasObject {
	if v.look.ID == "" {
		return nil
	}
	link := kit.NewLink("Put a follow-up in my calendar", v.again)
	return []fyne.CanvasObject{kit.NewPad(8, 0, 0, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(16), kit.Fit(), kit.Flex(1)}, kit.NewIcon("calendar-clock", 16, kit.Ink2), link, kit.NewSpring()))}
}

// again asks for the follow-up.
func (v *calendarPane) again() {
	if v.look.ID != "" {
		v.p.w.followUp(v.look.Agenda, data.FollowUpWish{})
	}
}

// change asks which account the meeting is about, and files it there alone.
func (v *calendarPane) change() {
	m := v.look
	if m.ID == "" {
		return
	}
	title := data.TitleOf(data.Interaction{Kind: data.Meet, Subject: m.Summary})
	v.p.w.chooseAccount("Which account is it about?", m.Account.ID, func(a data.Account) {
		v.p.w.write(data.ByHandWords(title, a.Name, true), func(tx *store.Tx) error {
			if m.Account.ID != "" {
				if err := tx.FileByHand(m.ID, m.Account.ID, false); err != nil {
					return err
				}
			}
			return tx.FileByHand(m.ID, a.ID, true)
		}, nil)
	})
}

// personPages open the pages of those in the meeting who have one.
func (v *calendarPane) personPages() (list []command) {
	for _, p := range v.look.People {
		if p.Contact != "" && len(list) < pagesOffered {
			list = append(list, v.p.w.personPage(data.Contact{ID: p.Contact, Name: text.Name(p.Name, p.Email)}))
		}
	}
	return list
}
