package app

import (
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// keepProposal makes a promise of what a mail seems to promise.
func (w *window) keepProposal(p data.PromiseProposal) {
	w.write("Promise kept in mind: "+said(p.Promise.What), func(tx *store.Tx) error {
		_, err := tx.KeepProposal(p)
		return err
	}, nil)
}

// refuseProposal says that a mail promises no such thing; it is not asked again.
func (w *window) refuseProposal(p data.PromiseProposal) {
	w.write("Not a promise: "+said(p.Promise.What), func(tx *store.Tx) error { return tx.DeclineProposal(p) }, nil)
}

// editProposal asks for the promise that a mail seems to make, to be put right
// before it is kept.
func (w *window) editProposal(p data.PromiseProposal) {
	w.withParts(p.Promise.Account, func(world partWorld) {
		f := newPromiseForm(w, world, p.Promise)
		w.dialog(f.form, "handshake", "A promise seen in mail", "Keep as a promise", func() {
			right := p
			var err error
			if right.Promise, err = f.promise(); err == nil {
				err = right.Promise.Check()
			}
			if err != nil {
				f.say(err)
				return
			}
			w.keep(f.form, "Promise kept in mind: "+said(right.Promise.What), func(tx *store.Tx) error {
				_, err := tx.KeepProposal(right)
				return err
			}, nil)
		})
	})
}

// proposalCommands are the answers to a proposal.
func proposalCommands(w *window, p data.PromiseProposal) []command {
	return []command{
		{name: "Keep it as a promise", words: "yes confirm seen mail", icon: "check", key: "Y", do: func() { w.keepProposal(p) }},
		{name: "It is no promise", words: "refuse decline seen mail", icon: "x", key: "X", do: func() { w.refuseProposal(p) }},
		{name: "Put it right and keep it", words: "edit change seen mail", icon: "pen-line", do: func() { w.editProposal(p) }},
	}
}

// proposalWords ask whether a mail promises something.
func proposalWords(p data.PromiseProposal, you data.You, now time.Time) string {
	by := data.FirstName(text.Name(p.Who.Name, p.Who.Email))
	if you.Is(p.Who) {
		by = "you"
	}
	return p.Words(by, now)
}

// seenRow is the quiet line that says how many promises mails seem to make.
type seenRow struct {
	framed
	words *kit.Text
	link  *kit.Button
}

func newSeenRow(icon string, toggle func()) *seenRow {
	r := &seenRow{words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), link: kit.NewLink("Look", toggle)}
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, kit.NewIcon(icon, 14, kit.Ink3), r.words, r.link)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, line), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *seenRow) set(words string, open bool) {
	r.words.Set(words)
	r.link.SetText(map[bool]string{true: "Fold", false: "Look"}[open])
	r.body.Refresh()
}

// proposalRow is a promise that a mail seems to make, with its two answers.
type proposalRow struct {
	framed
	proposal data.PromiseProposal
	words    *kit.Text
}

func newProposalRow(keep, refuse func(data.PromiseProposal)) *proposalRow {
	r := &proposalRow{words: kit.NewText(kit.Body, "").Bending()}
	yes := kit.NewSmallButton(kit.Plain, "Keep", func() { keep(r.proposal) }).WithKey("Y")
	no := kit.NewSmallButton(kit.Ghost, "No promise", func() { refuse(r.proposal) }).WithKey("X")
	line := kit.NewColumns(8, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, kit.NewIcon("circle-help", 14, kit.Ink3), r.words, yes, no)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, line), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *proposalRow) set(p data.PromiseProposal, you data.You, now time.Time) {
	r.proposal = p
	r.words.Set(proposalWords(p, you, now))
	r.body.Refresh()
}
