package app

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// inspected is one entry with all that is behind it.
type inspected struct {
	data.InteractionDetail
	thread   []data.Interaction // the mails of its conversation, oldest first
	boxes    map[string]string  // addresses of mailboxes by ID
	accounts map[string]string  // names of the accounts it is filed to, by ID
	promises []data.PromiseProposal
	meeting  data.Agenda // of a meeting: its date as the calendars have it
	readers  []data.Readers
}

// askInspected reads one entry of an account with all that is behind it.
func (w *window) askInspected(ctx context.Context, id, account string) (i inspected, err error) {
	if i.InteractionDetail, err = w.db.Interaction(ctx, id); err != nil {
		return i, err
	}
	if i.thread, err = w.db.ThreadMails(ctx, i.Thread); err != nil {
		return i, err
	}
	if i.readers, err = w.db.Readers(ctx, id); err != nil {
		return i, err
	}
	if i.promises, err = w.db.PromiseProposals(ctx, id, account, w.now()); err != nil {
		return i, err
	}
	if i.Kind == data.Meet {
		if i.meeting, err = w.db.Meeting(ctx, id); err != nil && !errors.Is(err, data.ErrNotFound) {
			return i, err
		}
	}
	boxes, err := w.db.Mailboxes(ctx)
	if err != nil {
		return i, err
	}
	i.boxes, i.accounts = map[string]string{}, map[string]string{}
	for _, b := range boxes {
		i.boxes[b.ID] = b.Address
	}
	for _, m := range i.Matches {
		if a, err := w.db.Account(ctx, m.Account); err == nil {
			i.accounts[m.Account] = a.Name
		}
	}
	return i, nil
}

// inspector is the pane beside the timeline: one entry with all that is behind
// it.
type inspector struct {
	t      *timeline
	w      *window
	slot   bridge.Slot
	view   fyne.CanvasObject
	stage  stage
	kind   *kit.Line
	scroll *kit.Scroll
	body   *kit.Stack
	foot   *kit.Columns
	pane   *fyne.Container
	change []fyne.CanvasObject // buttons for what was logged by hand
	reply  *kit.Button         // for a mail

	row   data.TimelineRow // what the timeline knows of it
	entry inspected        // zero ID until it is read
	drawn string           // Interaction.ID of what is drawn
	// How it is shown.
	all     bool // the whole text
	history bool // quotes and signature
	facts   bool // raw facts
	version int  // which of several copies
	pull    pull // what is read again from the server
}

func newInspector(t *timeline) *inspector {
	v := &inspector{t: t, w: t.w, kind: kit.NewLine().Bending(), body: kit.NewStack(0)}
	up := kit.NewIconButton(kit.Ghost, "chevron-up", func() { t.list.Next(-1) })
	down := kit.NewIconButton(kit.Ghost, "chevron-down", func() { t.list.Next(1) })
	shut := kit.NewIconButton(kit.Ghost, "x", func() {
		t.w.showInspector(false)
		t.list.Take()
	})
	up.Tip, down.Tip, shut.Tip = "Later entry (K)", "Earlier entry (J)", "Back to the list"
	up.Small, down.Small, shut.Small = true, true, true
	head := kit.NewColumns(4, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit(), kit.Fit()}, v.kind, up, down, shut)
	v.scroll = kit.NewScroll(kit.NewPad(0, 22, 18, 22, v.body))
	copies := kit.NewButton(kit.Plain, "Copy text", v.copyText).WithIcon("copy")
	edit := kit.NewButton(kit.Plain, "Edit", v.edit).WithIcon("pen-line")
	drop := kit.NewButton(kit.Plain, "Delete", v.delete).WithIcon("x")
	v.change = []fyne.CanvasObject{edit, drop}
	v.reply = kit.NewButton(kit.Plain, "Answer", v.answer).WithIcon("reply").WithKey("A")
	more := kit.NewIconButton(kit.Ghost, "ellipsis", nil)
	more.OnTap = func() { v.w.menuAt(under(more), v.commands()...) }
	more.Tip = "What else can be done"
	v.foot = kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()}, v.reply, edit, drop, copies, kit.NewSpring(), more)
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 10, 22, v.foot))
	v.pane = container.New(paneWithFoot{}, kit.NewPad(16, 16, 4, 22, head), v.scroll, foot)
	v.stage = newStage(kit.NewSpace(0))
	v.view = v.stage.box
	v.slot.Slow = func() {
		v.drawn = ""
		v.body.Set(kit.NewPad(20, 0, 0, 0, kit.NewNote("Reading…")))
	}
	return v
}

// clear shows that no entry is chosen.
func (v *inspector) clear() {
	v.slot.Drop()
	v.pull.drop()
	v.row, v.entry, v.drawn = data.TimelineRow{}, inspected{}, ""
	v.stage.show(kit.NewSpace(0))
}

// show reads an entry and shows it. The same one again keeps how it is shown.
func (v *inspector) show(r data.TimelineRow) {
	if r.Item.ID != v.row.Item.ID {
		v.all, v.history, v.facts, v.version = false, false, false, 0
		v.pull.drop()
		v.entry = inspected{}
		v.scroll.ToOffset(0)
	}
	v.row = r
	bridge.Load(v.w.bg, &v.slot, func(ctx context.Context) (inspected, error) { return v.w.askInspected(ctx, r.Item.ID, v.t.p.id) },
		func(i inspected, err error) {
			v.stage.show(v.pane)
			if err != nil {
				v.drawn = ""
				v.body.Set(failedView(err, func() { v.show(v.row) }))
				return
			}
			if !reflect.DeepEqual(i, v.entry) || v.drawn != r.Item.ID {
				v.entry, v.drawn = i, r.Item.ID
				v.draw()
			}
		})
}

func (v *inspector) draw() {
	i := v.entry
	past := v.t.p.back.on() // nothing of a past day can be changed
	hand := isLogged(i.Kind) && !past
	for _, b := range v.change {
		if hand {
			b.Show()
		} else {
			b.Hide()
		}
	}
	v.reply.Hidden = i.Kind != data.Mail || past
	v.kind.Set(v.kindSpans()...)
	v.body.Set(v.sections()...)
	v.scroll.Refresh()
	v.foot.Refresh()
	v.pane.Refresh()
}

// kindSpans is the line that says what it is: "Mail from Anna".
func (v *inspector) kindSpans() []kit.Span {
	i := v.entry
	words, tone := kindWord(i.Kind), kit.Ink2
	switch {
	case i.Kind == data.Mail:
		words = "Mail from " + v.senderName()
		tone = sideTint(v.row.Started)
	case i.Cancelled:
		words = "Cancelled meeting"
	case i.Kind == data.Meet && v.row.Planned:
		words = "Planned meeting"
	case i.Kind == data.Press:
		words, tone = "News that they published", kit.Theirs
	case isLogged(i.Kind):
		words += ", logged by hand"
	}
	return []kit.Span{{Icon: kindIcon(i.Kind), Role: kit.Small, Tint: tone}, {Text: words, Role: kit.Small, Tint: kit.Ink2, Gap: 4}}
}

func sideTint(s data.Side) fyne.ThemeColorName {
	switch s {
	case data.Us:
		return kit.Accent
	case data.Partner:
		return kit.Partner
	}
	return kit.Theirs
}

func (v *inspector) senderName() string {
	if len(v.entry.People) == 0 {
		return "nobody named"
	}
	p := v.entry.People[0]
	if v.t.p.answer.you.Is(p) {
		return "you"
	}
	return data.FirstName(text.Name(p.Name, p.Email))
}

// sections are all parts of the pane under its head.
func (v *inspector) sections() []fyne.CanvasObject {
	list := []fyne.CanvasObject{kit.NewParagraph(kit.Title, kit.Ink, data.TitleOf(v.entry.Interaction)).AtMost(4), kit.NewSpace(10)}
	list = append(list, v.who(), kit.NewSpace(12), v.privacy(), kit.NewSpace(14))
	list = append(list, meetingRemarks(v.entry.meeting, v.w.now())...)
	list = append(list, v.promises()...)
	list = append(list, v.page()...)
	list = append(list, v.textParts()...)
	list = append(list, v.form()...)
	list = append(list, v.attachments()...)
	list = append(list, v.versions()...)
	list = append(list, v.reasons()...)
	list = append(list, v.conversation()...)
	list = append(list, v.places()...)
	return append(list, v.rawFacts()...)
}

// who is the person it came from and to whom it went, and when.
func (v *inspector) who() fyne.CanvasObject {
	i, you := v.entry, v.t.p.answer.you
	now := v.w.now()
	face := kit.NewAvatar("", kit.Neutral, 30)
	line := kit.NewLine().Bending()
	if len(i.People) > 0 {
		p := i.People[0]
		name := text.Name(p.Name, p.Email)
		face.Set(data.Initials(name), toneOf(p.Side), false)
		rest := withWhom(i.Interaction, you, now)
		line.Set(kit.Span{Text: name, Role: kit.BodyBold}, kit.Span{Text: rest, Tint: kit.Ink2, Gap: 4})
	} else {
		return kit.NewText(kit.Small, entryTime(i.Interaction, now)).In(kit.Ink2).Bending()
	}
	return kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1)}, face,
		kit.NewStack(0, line, kit.NewText(kit.Small, entryTime(i.Interaction, now)).In(kit.Ink2).Bending()))
}

// withWhom is to whom a mail went, "to you, Leon", or who else was there, "with
// Piotr".
func withWhom(i data.Interaction, you data.You, now time.Time) string {
	var names []string
	for _, p := range i.People[1:] {
		if i.Kind == data.Mail && p.Part != "to" && p.Part != "cc" {
			continue
		}
		name := data.FirstName(text.Name(p.Name, p.Email))
		if you.Is(p) {
			name = "you"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	if len(names) > 4 {
		names = append(names[:3], fmt.Sprintf("%d more", len(names)-3))
	}
	word := "with "
	if i.Kind == data.Mail {
		word = "to "
	}
	return word + data.JoinAnd(names)
}

// entryTime is when it was, and by whose word: "Mon 16 Nov, 17:42, as sent".
func entryTime(i data.Interaction, now time.Time) string {
	at := i.At.In(now.Location())
	day := data.DayName(at, now)
	switch {
	case i.AllDay:
		return day + ", all day"
	case i.Kind == data.Mail:
		return day + ", " + data.Clock(at, now) + ", as sent"
	case i.Kind == data.Meet && i.Minutes > 0:
		return day + ", " + data.Clock(at, now) + " to " + data.Clock(at.Add(time.Duration(i.Minutes)*time.Minute), now)
	}
	s := day
	if at.Hour() != 0 || at.Minute() != 0 {
		s += ", " + data.Clock(at, now)
	}
	if i.Minutes > 0 {
		s += ", " + data.MinutesWord(i.Minutes)
	}
	if isLogged(i.Kind) && !i.RecordedAt.IsZero() && data.DaysBetween(at, i.RecordedAt.In(now.Location())) != 0 {
		s += "; recorded " + data.ShortDate(i.RecordedAt, now)
	}
	return s
}

func isLogged(k data.Kind) bool { return k == data.Call || k == data.Visit || k == data.Note }

// privacy says who beside us can read it.
func (v *inspector) privacy() fyne.CanvasObject {
	title, more, anybody := data.ReadersWords(v.entry.Kind, v.entry.readers)
	icon := "lock"
	if anybody {
		icon = "users"
	}
	words := kit.NewStack(0, kit.NewText(kit.BodyBold, title).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, more))
	return kit.NewPanel(kit.Hover, 10, 12, kit.NewColumns(12, []kit.Col{kit.Fixed(16), kit.Flex(1)}, kit.NewIcon(icon, 16, kit.Ink2), words))
}
