package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// contactHead stands over the page of a contact.
type contactHead struct {
	p     *contactPage
	view  fyne.CanvasObject
	whole fyne.CanvasObject // the list under it, with room around
	face  *kit.Avatar
	name  *kit.Text
	stage *kit.StagePips
	band  *kit.WarmthDisc
	role  *kit.Text
	where *kit.Button
	side  *kit.Text
	write *kit.Button
	add   *kit.Button
}

func newContactHead(p *contactPage) *contactHead {
	h := &contactHead{p: p, face: kit.NewAvatar("", kit.Customer, 52), name: kit.NewText(kit.Display, "").Bending(), stage: kit.NewStagePips(0, ""),
		band: kit.NewWarmthDisc(kit.NeverMet), role: kit.NewText(kit.Small, "").In(kit.Ink2), side: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	h.where = kit.NewLink("", func() { p.w.open(route{place: placeAccount, id: p.answer.Account.ID}) })
	h.write = kit.NewButton(kit.Plain, "Write", p.write).WithIcon("mail").WithKey("A")
	h.add = kit.NewButton(kit.Plain, "Add", p.addMenu).WithIcon("plus").WithKey("N")
	line := kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1)}, h.name, h.stage, h.band, kit.NewSpring())
	second := kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, h.role, h.where, h.side)
	top := kit.NewColumns(14, []kit.Col{kit.Fixed(52), kit.Flex(1), kit.Fit(), kit.Fit()}, h.face, kit.NewStack(0, line, second), h.write, h.add)
	h.view = filledUnder(kit.NewPad(18, 32, 14, 32, top), kit.NewHairline())
	return h
}

func (h *contactHead) draw() {
	a := h.p.answer
	c := a.Contact
	h.face.Set(data.Initials(c.Name), toneOf(c.Side), a.Standing.Warmth.Band == data.NeverSpoke)
	h.face.Ring(bandMark(a.Standing.Warmth.Band))
	h.name.Set(c.Name)
	h.stage.Set(a.Stage.Stage.Step(), upperFirst(string(a.Stage.Stage)))
	h.stage.Hidden = a.Stage.Stage == ""
	h.band.Set(bandMark(a.Standing.Warmth.Band), upperFirst(string(a.Standing.Warmth.Band)))
	role := upperFirst(c.Role)
	if role != "" && a.Account.ID != "" {
		role += " at"
	}
	h.role.Set(role)
	h.role.Hidden = role == ""
	h.where.SetText(a.Account.Name)
	h.where.Hidden = a.Account.ID == ""
	h.side.Set("a partner")
	h.side.Hidden = c.Side != data.Partner
	h.write.Hidden = len(c.Emails) == 0
	h.view.Refresh()
	h.p.main.Refresh()
}
