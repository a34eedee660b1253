package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// promises are what the mail in view seems to promise, each with its two
// answers; the keys answer the first.
func (v *inspector) promises() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for i, p := range v.proposals() {
		yes := kit.NewSmallButton(kit.Plain, "Keep as a promise", func() { v.w.keepProposal(p) })
		no := kit.NewSmallButton(kit.Ghost, "No", func() { v.w.refuseProposal(p) })
		if i == 0 {
			yes.WithKey("Y")
			no.WithKey("X")
		}
		words := kit.NewParagraph(kit.Body, kit.Ink, proposalWords(p, v.t.p.answer.you, v.w.now())+"?").AtMost(4)
		answers := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, yes, no, kit.NewSpring())
		box := kit.NewColumns(12, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewPad(2, 0, 0, 0, kit.NewIcon("handshake", 16, kit.Accent)), kit.NewStack(7, words, answers))
		list = append(list, kit.NewPanel(kit.AccentSoft, 10, 12, box), kit.NewSpace(10))
	}
	return list
}

// promiseCommands are the answers to the first promise that the mail in view
// seems to make.
func (v *inspector) promiseCommands() []command {
	list := v.proposals()
	if v.entry.ID == "" || len(list) == 0 {
		return nil
	}
	return proposalCommands(v.w, list[0])
}

// proposals are what can be kept as a promise; of a past day nothing.
func (v *inspector) proposals() []data.PromiseProposal {
	if v.t.p.back.on() {
		return nil
	}
	return v.entry.promises
}
