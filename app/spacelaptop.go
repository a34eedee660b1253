package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// withdrawable are the laptops of a member of the space in view that whoever sits here
// may withdraw.
func (p *spaces) withdrawable(m data.Member) (list []data.Device) {
	own := m.ID == p.shown().Space.Self && m.Role != ""
	if !p.speaks() || !own && !p.mayChange(m) || p.answer.in.Space.ID != p.shown().Space.ID {
		return nil
	}
	for _, d := range p.answer.in.Devices {
		if d.Member == m.ID && !d.Here && d.WithdrawnAt.IsZero() {
			list = append(list, d)
		}
	}
	return list
}

// laptopTitle names a member's laptop: as it calls itself, and whose.
func laptopTitle(m data.Member, d data.Device) string {
	if d.Name == "" {
		return data.LaptopOf(m.Name, d.Nth)
	}
	return d.Name + ", " + data.LaptopOf(m.Name, d.Nth)
}

// laptopLinks withdraw each laptop of a member that may be.
func (p *spaces) laptopLinks(m data.Member) (links []fyne.CanvasObject) {
	for _, d := range p.withdrawable(m) {
		name := d.Name
		if name == "" {
			name = data.LaptopOf(m.Name, d.Nth)
		}
		links = append(links, kit.NewLink("Withdraw "+name+"…", func() {
			p.w.dismiss()
			p.askWithdraw(m, d)
		}))
	}
	return links
}

// laptopRows are the same as rows of a form.
func (p *spaces) laptopRows(m data.Member) (rows []fyne.CanvasObject) {
	for _, link := range p.laptopLinks(m) {
		rows = append(rows, besideLabel(kit.NewRow(0, link)))
	}
	return rows
}

// askWithdraw says what it means to withdraw a laptop, and does it after a yes.
func (p *spaces) askWithdraw(m data.Member, d data.Device) {
	if !p.w.canShare() || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	whose, theirs := data.FirstName(m.Name), "their"
	if m.ID == e.Space.Self {
		whose, theirs = "you", "your"
	}
	for _, line := range []string{
		"In every space where you may, what that laptop writes and nobody has seen by now is kept apart and touches nothing.",
		"The spaces get another key with the next exchange. It goes to each laptop that " + whose + haveLeft(theirs) + ", and not to that one.",
		"What the laptop had read cannot be unread, and stays on it.",
		"Whoever has it may have " + theirs + " keys too: no further laptop comes in with " + theirs + " recovery key after this. Bring a new one in first.",
	} {
		f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, line))
	}
	yes := kit.NewButton(kit.Primary, "Withdraw it", func() {
		p.w.changeMembers(f, e.Space, "The laptop is withdrawn", func(ctx context.Context) error { return p.w.sharer.WithdrawLaptop(ctx, d.ID) })
	})
	p.w.askOf(f, "key-round", "Withdraw "+laptopTitle(m, d), kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)
}

// haveLeft ends "that you" or "that Jonas".
func haveLeft(theirs string) string {
	if theirs == "your" {
		return " have left"
	}
	return " has left"
}
