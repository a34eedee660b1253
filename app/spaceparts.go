package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// spaceHead is what stands over a space: its name, with whom it is shared, and what
// can be done with all of it.
type spaceHead struct {
	p            *spaces
	view         fyne.CanvasObject
	menu         *kit.Button // opens the side list while it is folded away
	name         *kit.Text
	kind         *kit.Tag
	key          *kit.Paragraph
	invite, swap *kit.Button
	deeds        *kit.Columns
}

func newSpaceHead(p *spaces) *spaceHead {
	h := &spaceHead{p: p, name: kit.NewText(kit.Display, "Sharing").Bending(), kind: kit.NewTag(kit.Ours, "users", ""), key: kit.NewParagraph(kit.Body, kit.Ink2, "")}
	h.kind.Hide()
	h.menu = kit.NewSmallButton(kit.Plain, "Spaces", func() { p.w.showSide(true) }).WithIcon("chevron-down")
	h.menu.Hide()
	h.invite = kit.NewButton(kit.Plain, "Invite", func() { p.w.askInvite(p.shown()) }).WithIcon("user-round-plus").WithKey("I")
	h.swap = kit.NewButton(kit.Plain, "Exchange", func() { p.w.exchange(p.shown().Space) }).WithIcon("arrow-left-right").WithKey("X")
	h.deeds = kit.NewRow(8, h.invite, h.swap)
	line := kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, h.name, h.kind, kit.NewSpring())
	title := kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, line, h.deeds)
	h.view = kit.NewPad(18, 26, 12, 26, kit.NewStack(5, kit.NewRow(0, h.menu), title, h.key))
	return h
}

func (h *spaceHead) folded(side bool) {
	h.menu.Hidden = !side
	h.view.Refresh()
}

func (h *spaceHead) draw() {
	e := h.p.shown()
	there := e.Space.ID != ""
	h.kind.Hidden, h.deeds.Hidden = !there, !there || !h.p.w.canShare()
	switch {
	case there:
		h.name.Set(e.Space.Name)
		h.invite.Hidden = !h.p.mayInvite()
		h.kind.Set(spaceTone(e.Space.Kind), spaceIcon(e.Space.Kind), e.KindWords())
		h.key.Set(kit.Span{Text: e.KeyWords(), Tint: kit.Ink2})
	case len(h.p.answer.entries) == 0:
		h.name.Set("Sharing")
		h.key.Set(kit.Span{Text: "", Tint: kit.Ink2})
	default:
		h.name.Set("Just me")
		h.key.Set(kit.Span{Text: "What is in no space, and what never goes into one.", Tint: kit.Ink2})
	}
	h.view.Refresh()
}

// facesOf is how many of us the parties show.
const facesOf = 9

// spaceParties are the members by side: us as faces, guests by name.
func spaceParties(e data.SpaceEntry) fyne.CanvasObject {
	var cols []kit.Col
	var parts []fyne.CanvasObject
	us := "Us"
	if e.Space.RightsOf(e.Self()).Guest() {
		us = "Your hosts"
	}
	for _, side := range []struct {
		side data.Side
		name string
	}{{data.Us, us}, {data.Customer, "Customer"}, {data.Partner, "Partner"}} {
		var of []data.Member
		for _, m := range e.Living() {
			if m.Side == side.side {
				of = append(of, m)
			}
		}
		if len(of) == 0 {
			continue
		}
		if len(parts) > 0 {
			cols, parts = append(cols, kit.Fixed(1).Full()), append(parts, kit.NewUpright())
		}
		cols = append(cols, kit.Flex(float32(1+len(of))))
		parts = append(parts, kit.NewPad(10, 0, 12, 0, kit.NewStack(6, kit.NewText(kit.Small, side.name).In(kit.Ink2), membersRow(of))))
	}
	return kit.NewStack(0, kit.NewHairline(), kit.NewColumns(14, cols, parts...), kit.NewHairline())
}

// membersRow shows a few members by name, more as faces.
func membersRow(of []data.Member) fyne.CanvasObject {
	var cols []kit.Col
	var row []fyne.CanvasObject
	for i, m := range of[:min(len(of), facesOf)] {
		face := kit.NewAvatar(text.Initials(m.Name), toneOf(m.Side), 26)
		cols, row = append(cols, kit.Fixed(26)), append(row, kit.NewTip(face, m.Name+", "+string(m.Role)))
		if len(of) <= 2 && m.Side != data.Us {
			cols, row = append(cols, kit.Flex(1)), append(row, kit.NewText(kit.Body, m.Name).Bending())
		} else if i == len(of)-1 || i == facesOf-1 {
			more := ""
			if len(of) > facesOf {
				more = "+" + thousands(len(of)-facesOf)
			}
			cols, row = append(cols, kit.Flex(1)), append(row, kit.NewText(kit.Small, more).In(kit.Ink2))
		}
	}
	return kit.NewColumns(6, cols, row...)
}

// accessLooks are the icon and colour of a cell.
var accessLooks = map[data.AccessMark]struct {
	icon string
	tint fyne.ThemeColorName
	ink  fyne.ThemeColorName
}{
	data.AccessYes:    {"check", kit.Accent, kit.Ink},
	data.AccessPartly: {"circle-dot", kit.WarmMark, kit.Ink},
	data.AccessNone:   {"eye-off", kit.Ink3, kit.Ink2},
}

// accessTable says what each may see.
func accessTable(in data.SpaceInput) fyne.CanvasObject {
	audiences := in.Audiences()
	cols := []kit.Col{kit.Flex(1.5)}
	head := []fyne.CanvasObject{kit.NewText(kit.BodyBold, "What each may see").Bending()}
	for _, a := range audiences {
		cols = append(cols, kit.Flex(1))
		head = append(head, kit.NewLine(kit.Span{Text: a.Words, Role: kit.BodyBold, Tint: sideInk(a.Side)}).Bending())
	}
	rows := []fyne.CanvasObject{kit.NewPad(9, 0, 8, 0, kit.NewColumns(10, cols, head...)), kit.NewHairline()}
	for _, r := range in.Access(audiences) {
		what := kit.NewLine(kit.Span{Text: r.What}, kit.Span{Text: countWord(r.N), Role: kit.Small, Tint: kit.Ink3, Gap: 7}).Bending()
		line := []fyne.CanvasObject{what}
		for _, c := range r.Cells {
			look := accessLooks[c.Mark]
			line = append(line, kit.NewLine(kit.Span{Icon: look.icon, Tint: look.tint}, kit.Span{Text: c.Word, Tint: look.ink, Gap: 6}).Bending())
		}
		rows = append(rows, kit.NewPad(9, 0, 8, 0, kit.NewColumns(10, cols, line...)), kit.NewHairline())
	}
	return kit.NewStack(0, rows...)
}

func sideInk(s data.Side) fyne.ThemeColorName {
	switch s {
	case data.Customer:
		return kit.Theirs
	case data.Partner:
		return kit.Partner
	}
	return kit.Ink
}

// factLooks are the icon and colour of a fact.
var factLooks = map[data.FactMark]struct {
	icon string
	tint fyne.ThemeColorName
}{
	data.FactFine: {"check", kit.Accent}, data.FactWaits: {"hourglass", kit.Ink2}, data.FactAway: {"wifi-off", kit.Ink2}, data.FactWrong: {"circle-alert", kit.Alert},
}

func factRow(f data.SpaceFact) fyne.CanvasObject {
	look := factLooks[f.Mark]
	return told(look.icon, look.tint, f.Words, f.More)
}

// exchangedWords say when a space was exchanged last, or a bundle of it taken in.
func exchangedWords(s data.Space, now time.Time) string {
	at, byBundle := s.FedAt()
	switch {
	case at.IsZero():
		return "Not exchanged yet"
	case byBundle:
		return "Last bundle taken in " + whenRead(at, now)
	}
	return "Last exchange " + whenRead(at, now)
}
