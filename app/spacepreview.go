package app

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// previewListed is how many things of a kind the preview names.
const previewListed = 8

// viewAs shows beside the space exactly what a member will see of it; the zero value
// goes back to who is in it.
func (p *spaces) viewAs(m data.Member) {
	p.viewed = m.ID
	if _, folded := p.w.shell.Folded(); folded {
		p.w.showInspector(m.ID != "")
	}
	p.load()
}

// toggleView looks through the eyes of a guest, or of a colleague where there is none,
// and back.
func (p *spaces) toggleView() {
	e := p.shown()
	if p.viewed != "" {
		p.viewAs(data.Member{})
		return
	}
	others := append(e.Guests(), e.Living()...)
	if at := slices.IndexFunc(others, func(m data.Member) bool { return m.ID != e.Space.Self }); at >= 0 {
		p.viewAs(others[at])
		return
	}
	p.w.say("Nobody else is in " + e.Space.Name + " yet")
}

// preview are the parts of the pane that show what a member will see: only what the
// space's log says and will say, never what the workspace has beside it.
func (v *spacePane) preview(m data.Member) []fyne.CanvasObject {
	pv, now := v.p.answer.preview, v.p.w.now()
	name := data.FirstName(m.Name)
	back := kit.NewSmallButton(kit.Plain, "Back", func() { v.p.viewAs(data.Member{}) }).WithKey("V")
	head := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1), kit.Fit()}, kit.NewAvatar(text.Initials(m.Name), toneOf(m.Side), 30),
		kit.NewStack(0, kit.NewText(kit.BodyBold, "Exactly what "+name+" will see").Bending(), kit.NewText(kit.Small, "once you both have exchanged").In(kit.Ink2).Bending()), back)
	page := []fyne.CanvasObject{kit.NewText(kit.Heading, pv.Space.Name).Bending()}
	var kinds []string
	counts := pv.Kinds()
	for kind := range counts {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		page = append(page, kit.NewSpace(10), kit.NewLine(kit.Span{Text: upperFirst(data.CountedKinds(map[string]int{kind: counts[kind]})), Role: kit.SmallBold, Tint: kit.Ink2}).Bending())
		things := pv.Of(kind)
		for _, t := range things[:min(len(things), previewListed)] {
			page = append(page, kit.NewText(kit.Small, data.PreviewLine(t)).Bending())
			page = append(page, jointPreview(t, now)...)
		}
		page = append(page, andOthers(len(things)-previewListed)...)
	}
	mail := pv.Mail()
	if len(mail) > 0 {
		page = append(page, kit.NewSpace(10), kit.NewLine(kit.Span{Text: upperFirst(data.Counted(len(mail), "mail", "mails")) + ", as far as the rule lets out", Role: kit.SmallBold, Tint: kit.Ink2}).Bending())
	}
	for _, m := range mail[:min(len(mail), previewListed)] {
		page = append(page, kit.NewText(kit.Small, data.ObservedTitle(m)).Bending(), kit.NewText(kit.Micro, data.SharedFields(pv.Names(m), now)[0].Value).In(kit.Ink2).Bending())
	}
	page = append(page, andOthers(len(mail)-previewListed)...)
	if len(pv.Things) == 0 {
		page = append(page, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, previewNothing(pv.Space)))
	}
	frame := kit.NewCard(16, kit.NewStack(2, page...))
	frame.Border = kit.Theirs
	return []fyne.CanvasObject{head, kit.NewSpace(14), frame, kit.NewSpace(18),
		kit.NewSectionHead(kit.BodyBold, "Left out", "", nil),
		told("lock", kit.Ink2, "Mail that no rule lets out", "And of what is told: addresses, quotes, and people whom the space does not know."), kit.NewHairline(),
		told("eye-off", kit.Ink2, "Calendars, drafts and what you prepare", "They never leave this laptop."), kit.NewHairline(),
		told("gauge", kit.Ink2, "Warmth and dials", "Each laptop counts them anew."), kit.NewHairline()}
}

// previewNothing says how something comes into a space.
func previewNothing(s data.Space) string {
	if s.Kind == data.JointSpace {
		return "Nothing yet. On an account’s plan, Y shows what they will see and S puts it here."
	}
	return "Nothing yet. “Share with…” on an account’s page puts it here."
}

// jointPreview are all lines of a joint plan, in their order.
func jointPreview(t data.PreviewThing, now time.Time) (list []fyne.CanvasObject) {
	if t.Kind != data.KindJointPlan {
		return nil
	}
	for _, l := range data.PartOf[data.JointPlan](t.ID, t.Fields, time.Time{}).LinesInOrder() {
		list = append(list, kit.NewPad(2, 0, 0, 10, kit.NewParagraph(kit.Small, kit.Ink2, l.Plain(now))))
	}
	return list
}

// andOthers says how many more there are, where there are more.
func andOthers(n int) []fyne.CanvasObject {
	if n <= 0 {
		return nil
	}
	return []fyne.CanvasObject{kit.NewText(kit.Small, "and "+data.Counted(n, "other", "others")).In(kit.Ink2)}
}
