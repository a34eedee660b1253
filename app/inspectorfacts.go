package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// reasons say why the entry is on this timeline, and where else it is.
func (v *inspector) reasons() []fyne.CanvasObject {
	i := v.entry
	var move fyne.CanvasObject = kit.NewLink("Move", v.move)
	if i.Kind == data.Press || v.t.p.back.on() {
		move = nil
	}
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Filed here because", "", move), kit.NewSpace(4)}
	for _, m := range i.Matches {
		second := m.Email
		if m.Account != v.t.p.id {
			list = append(list, v.reason("building-2", "It is also with "+i.accounts[m.Account], reasonWords(m.Reason)))
			continue
		}
		if m.Kind == data.ByHand || strings.Contains(m.Reason, m.Email) {
			second = ""
		}
		list = append(list, v.reason("check", reasonWords(m.Reason), second))
	}
	if len(i.thread) > 1 {
		first := i.thread[0]
		list = append(list, v.reason("check", "It continues a thread",
			fmt.Sprintf("“%s”, %s since %s", text.BareSubject(first.Subject), data.Counted(len(i.thread), "mail", "mails"), data.ShortDate(first.At, v.w.now()))))
	}
	return append(list, kit.NewSpace(12))
}

// reasonWords begins a reason with a capital letter, unless with an address.
func reasonWords(reason string) string {
	if first, _, _ := strings.Cut(reason, " "); strings.Contains(first, "@") {
		return reason
	}
	return upperFirst(reason)
}

func (v *inspector) reason(icon, words, second string) fyne.CanvasObject {
	lines := kit.NewStack(0, kit.NewParagraph(kit.Body, kit.Ink, words))
	if second != "" {
		lines = kit.NewStack(0, kit.NewParagraph(kit.Body, kit.Ink, words), kit.NewText(kit.Small, second).In(kit.Ink3).Bending())
	}
	tint := kit.Accent
	if icon != "check" {
		tint = kit.Ink2
	}
	return kit.NewPad(4, 0, 4, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1)}, kit.NewPad(2, 0, 0, 0, kit.NewIcon(icon, 14, tint)), lines))
}

// threadShown is how many mails of a conversation are listed.
const threadShown = 12

// conversation lists the mails of the thread; one can be opened.
func (v *inspector) conversation() []fyne.CanvasObject {
	thread := v.entry.thread
	if len(thread) < 2 {
		return nil
	}
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Conversation", data.Counted(len(thread), "mail", "mails"), nil), kit.NewSpace(2)}
	if len(thread) > threadShown {
		list = append(list, kit.NewNote(data.Counted(len(thread)-threadShown, "earlier mail is", "earlier mails are")+" on the timeline"))
		thread = thread[len(thread)-threadShown:]
	}
	now := v.w.now()
	for _, m := range thread {
		item := kit.NewNavItem("mail", data.Second(m, v.t.p.answer.you, now), data.ShortDate(m.At, now), func() { v.t.p.showOn(m.ID) })
		item.On = m.ID == v.entry.ID
		list = append(list, item)
	}
	return append(list, kit.NewSpace(14))
}

// places say where the entry came from and where its copies lie.
func (v *inspector) places() []fyne.CanvasObject {
	i := v.entry
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Where it lies", "", nil), kit.NewSpace(2)}
	switch i.Kind {
	case data.Mail:
		for _, m := range i.Messages {
			for _, l := range m.Locations {
				box := v.entry.boxes[l.Mailbox]
				if box == "" {
					box = "a mailbox that was removed"
				}
				list = append(list, v.factRow("inbox", l.Folder+", "+box, ""))
			}
		}
		if len(list) == 2 {
			list = append(list, v.factRow("inbox", "In no folder any more; it is kept here", ""))
		}
	case data.Meet:
		list = append(list, v.factRow("calendar", i.Source, ""))
		if where := data.PlaceWords(i.Place); where != "" {
			list = append(list, v.factRow("map-pin", where, ""))
		}
	case data.Press:
		list = append(list, v.factRow(kindIcon(i.Kind), "Feed "+i.Source, ""))
	default:
		list = append(list, v.factRow("pen-line", upperFirst(i.Source), ""))
	}
	return append(list, kit.NewSpace(10))
}

// rawFacts are what the header of a mail says, for those who ask.
func (v *inspector) rawFacts() []fyne.CanvasObject {
	if !v.facts {
		return append([]fyne.CanvasObject{v.link("All facts", func() { v.facts = true })}, v.source()...)
	}
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "All facts", "", nil)}
	for _, f := range v.factList() {
		if f[1] != "" {
			list = append(list, kit.NewPad(4, 0, 4, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(84).AtTop(), kit.Flex(1)},
				kit.NewText(kit.Small, f[0]).In(kit.Ink3).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, f[1]))))
		}
	}
	return append(append(list, v.link("Hide the facts", func() { v.facts = false })), v.source()...)
}

func (v *inspector) factList() [][2]string {
	i, now := v.entry, v.w.now()
	list := [][2]string{{"Exactly", i.At.In(now.Location()).Format("Mon 2 Jan 2006, 15:04:05 -0700")}, {"Recorded", i.RecordedAt.In(now.Location()).Format("2 Jan 2006, 15:04")}}
	for _, p := range i.People {
		who := p.Name
		if p.Email != "" {
			who = strings.TrimSpace(p.Name + " <" + p.Email + ">")
		}
		if p.Answer != "" {
			who += ", " + p.Answer
		}
		list = append(list, [2]string{upperFirst(p.Part), who})
	}
	m, ok := v.message()
	if !ok {
		return append(list, [2]string{"ID", i.ID})
	}
	odd := strings.Join(m.Odd, "; ")
	return append(list, [2]string{"Message-ID", m.MessageID}, [2]string{"Answers", m.InReplyTo}, [2]string{"Size", sizeWord(m.Size)},
		[2]string{"Odd about it", odd}, [2]string{"ID", i.ID})
}
