package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// mayChange says whether whoever sits here gives a member of the space in view another
// role, or takes them out.
func (p *spaces) mayChange(m data.Member) bool {
	e := p.shown()
	return p.speaks() && m.Role != "" && m.ID != e.Space.Self && e.Self().Role.MayAdmit(m.Role)
}

// askMember asks for another role of a member, or to take them out.
func (p *spaces) askMember(m data.Member) {
	if !p.mayChange(m) || p.w.frozen() {
		return
	}
	e, f := p.shown(), newForm(p.w.bg)
	roles := slices.DeleteFunc(slices.Clone(invitedRoles), func(r struct {
		role data.SpaceRole
		name string
		note string
	}) bool {
		return !e.Self().Role.MayAdmit(r.role)
	})
	names, on := make([]string, len(roles)), 0
	for i, r := range roles {
		if names[i] = r.name; r.role == m.Role {
			on = i
		}
	}
	note := kit.NewParagraph(kit.Small, kit.Ink2, roles[on].note)
	role := kit.NewSegmented(names, on, func(on int) { note.Set(kit.Span{Text: roles[on].note, Role: kit.Small, Tint: kit.Ink2}) })
	f.add("Role", kit.NewRow(0, role))
	f.rows = append(f.rows, besideLabel(note), besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, "What "+data.FirstName(m.Name)+" wrote before stays. What they write after you exchange and their role does not allow is kept apart and touches nothing.")))
	f.rows = append(f.rows, p.laptopRows(m)...)
	out := kit.NewButton(kit.Plain, "Take out…", func() {
		p.w.dismiss()
		p.askRemove(m)
	})
	give := kit.NewButton(kit.Primary, "Give this role", func() {
		p.w.changeMembers(f, e.Space, m.Name+" is "+string(roles[role.On].role)+" of "+e.Space.Name+" now", func(ctx context.Context) error {
			return p.w.sharer.SetRole(ctx, e.Space.ID, m.ID, roles[role.On].role)
		})
	})
	p.w.askOf(f, "user-round", m.Name+" in "+e.Space.Name, out, give)
}

// askRemove says what it means to take somebody out of a space, or to leave it, and
// does it after a yes.
func (p *spaces) askRemove(m data.Member) {
	e, f := p.shown(), newForm(p.w.bg)
	self, name := m.ID == e.Space.Self, data.FirstName(m.Name)
	if !self && !p.mayChange(m) || m.Role == "" || !p.w.canShare() || p.w.frozen() {
		return
	}
	title, verb, said := "Take "+m.Name+" out of "+e.Space.Name, "Take "+name+" out", m.Name+" is no longer in "+e.Space.Name
	lines := []string{
		"The space gets another key with the next exchange: " + name + " reads nothing that is written from then on.",
		"What " + name + " read cannot be unread, and stays on their laptop.",
		"What they wrote until now stays. What they still write is kept apart and touches nothing.",
	}
	if self {
		title, verb, said = "Leave "+e.Space.Name, "Leave it", "You left "+e.Space.Name
		lines = []string{"Nothing new comes to this laptop, and nothing you write here goes to the others.", "What is here stays readable. Only somebody who is in it can let you in again."}
	}
	for _, line := range lines {
		f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, line))
	}
	yes := kit.NewButton(kit.Primary, verb, func() {
		p.w.changeMembers(f, e.Space, said, func(ctx context.Context) error { return p.w.sharer.Remove(ctx, e.Space.ID, m.ID) })
	})
	p.w.askOf(f, "user-round-x", title, kit.NewButton(kit.Plain, "Cancel", p.w.dismiss), yes)
}

// askOf shows a question about a space, with the keyboard on what does nothing.
func (w *window) askOf(f *form, icon, title string, no, yes *kit.Button) {
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog(icon, kit.Ours, title, f.body(), "", no, yes))
	f.changed = o.Relayout
	w.pop(o, no)
}

// changeMembers does something about the members off the window's goroutine; what goes
// wrong is said in the form, which stays.
func (w *window) changeMembers(f *form, s data.Space, said string, do func(context.Context) error) {
	f.waiting("Telling the others")
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }, func(_ struct{}, err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.dismiss()
		w.reload()
		w.say(said)
	})
}

// memberLinks are what can be done with a member, under their name.
func (v *spacePane) memberLinks(m data.Member) []fyne.CanvasObject {
	var links []fyne.CanvasObject
	if m.Role != "" && m.ID != v.p.shown().Space.Self {
		links = append(links, kit.NewLink("See as "+data.FirstName(m.Name), func() { v.p.viewAs(m) }))
	}
	if m.ID == v.p.shown().Space.Self && v.p.w.canShare() {
		links = append(links, v.p.laptopLinks(m)...)
	}
	if v.p.mayChange(m) {
		links = append(links, kit.NewLink("Change", func() { v.p.askMember(m) }))
	}
	return links
}

// memberCommands are the same for the palette.
func (p *spaces) memberCommands() (list []command) {
	e := p.shown()
	for _, m := range e.Living() {
		if m.ID == e.Space.Self {
			continue
		}
		list = append(list,
			command{name: "See " + e.Space.Name + " as " + m.Name, words: "view preview what member sees", icon: "eye", do: func() { p.viewAs(m) }},
			command{name: "Give " + m.Name + " another role", words: "member change role", icon: "user-round", when: func() bool { return p.mayChange(m) }, do: func() { p.askMember(m) }},
			command{name: "Take " + m.Name + " out of " + e.Space.Name, words: "member remove", icon: "user-round-x", when: func() bool { return p.mayChange(m) }, do: func() { p.askRemove(m) }})
	}
	for _, m := range e.Living() {
		for _, d := range p.withdrawable(m) {
			list = append(list, command{name: "Withdraw " + laptopTitle(m, d), words: "stolen lost laptop device remove", icon: "key-round", when: p.w.canShare, do: func() { p.askWithdraw(m, d) }})
		}
	}
	if p.mayForget() {
		list = append(list, command{name: "Forget " + e.Space.Name, words: "space left remove delete", icon: "unlink", do: p.askForget})
	}
	if self := e.Self(); self.Role != "" {
		list = append(list, command{name: "Leave " + e.Space.Name, words: "member remove me go", icon: "user-round-x", when: p.w.canShare, do: func() { p.askRemove(self) }})
	}
	return list
}
