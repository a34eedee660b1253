package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// jointPane stands beside a joint plan: who reads it, and what was answered.
type jointPane struct {
	p     *joint
	stack *kit.Stack
	foot  *kit.Stack
	view  fyne.CanvasObject
}

func newJointPane(p *joint) *jointPane {
	v := &jointPane{p: p, stack: kit.NewStack(0), foot: kit.NewStack(3)}
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 12, 22, v.foot))
	v.view = withFoot(kit.NewScroll(kit.NewPad(20, 22, 14, 22, v.stack)), foot)
	return v
}

func (v *jointPane) draw() {
	s, now := v.p.answer.stand, v.p.w.now()
	if !s.There() {
		v.stack.Set()
		v.foot.Set()
		v.view.Refresh()
		return
	}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Who reads this", countWord(len(s.Members)), nil)}
	for _, m := range s.Members {
		name := m.Name
		if m.ID == s.Space.Self {
			name += " (you)"
		}
		rows = append(rows, kit.NewPad(6, 0, 6, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(26), kit.Flex(1)}, kit.NewAvatar(text.Initials(m.Name), toneOf(m.Side), 26),
			kit.NewStack(0, kit.NewText(kit.Body, name).Bending(), kit.NewText(kit.Small, mayWords(s, m)).In(kit.Ink2).Bending()))), kit.NewHairline())
	}
	rows = append(rows, kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "What was answered", countWord(len(v.p.answer.view.Replies)), nil))
	for i, r := range v.p.answer.view.Replies {
		if i == repliesListed {
			rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "and "+data.Counted(len(v.p.answer.view.Replies)-repliesListed, "other", "others")).In(kit.Ink2))
			break
		}
		rows = append(rows, v.reply(r), kit.NewHairline())
	}
	if len(v.p.answer.view.Replies) == 0 {
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, "Nothing yet. Whoever may answer ticks a step with Space, corrects a line with E and adds one with A."))
	}
	v.stack.Set(rows...)
	v.foot.Set(kit.NewText(kit.Small, exchangedWords(s.Space, now)).In(kit.Ink2).Bending())
	v.view.Refresh()
}

// repliesListed is how many replies the pane names.
const repliesListed = 12

// mayWords say what a member may do with a joint plan.
func mayWords(s data.JointStand, m data.Member) string {
	switch r := s.Space.RightsOf(m); {
	case r.MayWrite(data.KindJointPlan):
		return "Puts the plan here, and decides on answers"
	case r.MayWrite(data.KindJointReply):
		return "Ticks steps, corrects and adds"
	}
	return "Reads"
}

// reply is one answer with what came of it.
func (v *jointPane) reply(r data.JointReply) fyne.CanvasObject {
	s, now := v.p.answer.stand, v.p.w.now()
	a, answered := s.Plan.AnswerTo(r.ID)
	icon, tint, detail := "hourglass", kit.Ink2, "Waits for an answer"
	switch {
	case answered && a.Answer == data.CorrectionDeclined:
		icon, tint, detail = "circle-x", kit.Ink2, "Declined "+shortDay(a.On, now)+": "+a.Why
	case answered:
		icon, tint, detail = "circle-check", kit.Accent, "Taken over "+shortDay(a.On, now)
	}
	var links []fyne.CanvasObject
	if v.p.mayTakeBack(r) {
		links = append(links, kit.NewLink("Take it back", func() { v.p.takeBack(r) }))
	}
	if !answered && s.MayPut {
		links = append(links, kit.NewLink("Answer it", func() {
			v.p.w.openAt(route{place: placeAccount, id: s.Plan.Account}, target{tab: tabPlan, item: planAnswers})
		}))
	}
	return told(icon, tint, data.FirstName(r.By)+": "+r.Words(now), shortDay(r.On, now)+". "+detail+".", links...)
}
