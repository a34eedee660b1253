package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// spacePane stands beside a space: who is in it with which role, and which accounts
// it holds.
type spacePane struct {
	p     *spaces
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newSpacePane(p *spaces) *spacePane {
	v := &spacePane{p: p, stack: kit.NewStack(0)}
	v.view = kit.NewScroll(kit.NewPad(20, 22, 20, 22, v.stack))
	return v
}

func (v *spacePane) draw() {
	p := v.p
	if p.shown().Space.ID == "" {
		v.stack.Set(kit.NewSectionHead(kit.BodyBold, "How sharing works", "", nil),
			told("users", kit.Accent, "A team’s space holds whole accounts", "With people, plans, promises and what you logged by hand. All who are in it see the same."), kit.NewHairline(),
			told("handshake", kit.Theirs, "A joint space holds what was put there on purpose", "For the customer or a partner; they see that and nothing else."), kit.NewHairline(),
			told("git-merge", kit.Accent, "Nothing is lost", "Where two write apart, both stay until one of you chooses."), kit.NewHairline())
		v.view.Refresh()
		return
	}
	in := p.answer.in
	if at := slices.IndexFunc(in.Living(), func(m data.Member) bool { return m.ID == p.viewed }); at >= 0 && p.answer.preview.Space.ID == in.Space.ID {
		v.stack.Set(v.preview(in.Living()[at])...)
		v.view.Refresh()
		return
	}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Who is in it", countWord(len(in.Living())), nil)}
	for _, m := range in.Members {
		words := m.Name
		if m.ID == in.Space.Self {
			words += " (you)"
		}
		face := kit.NewAvatar(text.Initials(m.Name), toneOf(m.Side), 26)
		if m.Role == "" {
			face = kit.NewUnmet(text.Initials(m.Name), 26)
		}
		rows = append(rows, kit.NewPad(8, 0, 8, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(26), kit.Flex(1)}, face,
			kit.NewStack(0, append(v.memberLines(m, words), kit.NewRow(14, v.memberLinks(m)...))...))), kit.NewHairline())
	}
	rows = append(rows, v.turnedAwayRows()...)
	if in.Space.Kind == data.JointSpace {
		rows = append(rows, v.jointRows()...)
	}
	if in.Space.Kind != data.JointSpace || len(in.Shared) > 0 {
		rows = append(rows, v.accountRows()...)
	}
	v.stack.Set(rows...)
	v.view.Refresh()
}

// turnedAwayRows are who was refused and is no member.
func (v *spacePane) turnedAwayRows() (rows []fyne.CanvasObject) {
	list := v.p.answer.in.TurnedAway
	if len(list) == 0 {
		return nil
	}
	rows = append(rows, kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "Refused", countWord(len(list)), nil),
		kit.NewPad(6, 0, 4, 0, kit.NewParagraph(kit.Small, kit.Ink2, "Nobody in the space lets them in with an invitation of before. Where it was a mistake, invite them anew.")))
	for _, a := range list[:min(len(list), refusedListed)] {
		rows = append(rows, kit.NewPad(8, 0, 8, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(26).AtTop(), kit.Flex(1)}, kit.NewUnmet(text.Initials(a.Name), 26),
			kit.NewStack(0, kit.NewText(kit.Body, a.Name).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, a.Words(v.p.w.now())+".")))), kit.NewHairline())
	}
	if n := len(list) - refusedListed; n > 0 {
		rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "and "+data.Counted(n, "other", "others")).In(kit.Ink2))
	}
	return rows
}

// refusedListed is how many who were refused the pane names.
const refusedListed = 6

// jointRows are the plans that stand in a joint space.
func (v *spacePane) jointRows() []fyne.CanvasObject {
	p := v.p
	rows := []fyne.CanvasObject{kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "Joint plans in it", countWord(len(p.answer.joint)), nil)}
	for _, s := range p.answer.joint {
		waits := ""
		if n := len(s.Open()); n > 0 {
			waits = data.Counted(n, "answer waits", "answers wait")
		}
		rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit()}, kit.NewLink(s.Plan.Title, func() { p.w.openJoint(s) }), kit.NewSpring(),
			kit.NewText(kit.Small, waits).In(kit.Ink2))), kit.NewHairline())
	}
	if len(p.answer.joint) == 0 {
		words := "None yet. On an account’s plan, Y shows what they will see and S puts it here."
		if p.answer.in.Space.RightsOf(p.answer.in.Self()).Guest() {
			words = "None yet. What is put here for you stands here once you have exchanged."
		}
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, words))
	}
	return rows
}

// accountRows are the accounts that a space holds.
func (v *spacePane) accountRows() []fyne.CanvasObject {
	p, in := v.p, v.p.answer.in
	rows := []fyne.CanvasObject{kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "Accounts in it", countWord(len(in.Shared)), nil)}
	for _, a := range in.Shared[:min(len(in.Shared), accountsListed)] {
		rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewLink(a.Name, func() { p.w.open(route{place: placeAccount, id: a.ID}) }), kit.NewSpring())), kit.NewHairline())
	}
	switch n := len(in.Shared) - accountsListed; {
	case len(in.Shared) == 0:
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, "None yet. “Share with…” on an account’s page puts it here, after showing exactly what goes."))
	case n > 0:
		rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "and "+data.Counted(n, "other", "others")).In(kit.Ink2))
	}
	return rows
}

// memberLines are a member's name, what is known of them, and how far they are; of
// oneself not that.
func (v *spacePane) memberLines(m data.Member, name string) []fyne.CanvasObject {
	now := v.p.w.now()
	lines := []fyne.CanvasObject{kit.NewText(kit.Body, name).Bending(), kit.NewText(kit.Small, data.MemberWords(m, now)).In(kit.Ink2).Bending()}
	if words := data.SeenWords(m, now); words != "" && m.ID != v.p.answer.in.Space.Self {
		lines = append(lines, kit.NewText(kit.Small, words).In(kit.Ink2).Bending())
	}
	return lines
}

// accountsListed is how many accounts of a space the pane names.
const accountsListed = 12
