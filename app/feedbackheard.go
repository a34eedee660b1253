package app

import (
	"rapport/app/kit"
	"rapport/data/listen"
	"rapport/data/store"
	"rapport/data/text"
)

// viewHeard is the list of what customers may have wanted us to hear.
const viewHeard = "heard"

// heardSide is its line in the side list, where anything waits.
func (p *feedback) heardSide() []feedbackSideRow {
	if len(p.answer.heard) == 0 {
		return nil
	}
	return []feedbackSideRow{{view: viewHeard, icon: "ear", name: "Heard, to confirm", count: countWord(len(p.answer.heard))}}
}

func (p *feedback) heardRows() (rows []feedbackRow) {
	for i := range p.answer.heard {
		rows = append(rows, feedbackRow{kind: rowHeard, heard: &p.answer.heard[i]})
	}
	return rows
}

// onHeard says whether the current row is a proposal.
func (p *feedback) onHeard() bool { return p.current().heard != nil }

// keepHeard makes feedback of a proposal.
func (p *feedback) keepHeard(h listen.Proposal) {
	f := h.Feedback
	p.w.write("Feedback kept: "+text.Preview(f.Words, 60), func(tx *store.Tx) error {
		_, err := tx.KeepFeedback(h, f)
		return err
	}, nil)
}

// dropHeard says that it is no feedback; it is not proposed again.
func (p *feedback) dropHeard(h listen.Proposal) {
	p.w.write("No feedback: "+text.Preview(h.Feedback.Words, 60), func(tx *store.Tx) error { return tx.DeclineProposal(h) }, nil)
}

func (p *feedback) heardCommands() []command {
	return []command{
		{name: "Keep it as feedback", words: "yes confirm heard mail", icon: "check", key: "Y", when: p.onHeard, do: func() { p.keepHeard(*p.current().heard) }},
		{name: "It is no feedback", words: "no dismiss heard mail", icon: "x", key: "X", when: p.onHeard, do: func() { p.dropHeard(*p.current().heard) }},
	}
}

// heardLine is a proposal with what it rests on and its two answers.
type heardLine struct {
	framed
	heard       listen.Proposal
	words, from *kit.Text
}

func newHeardLine(p *feedback) *heardLine {
	l := &heardLine{words: kit.NewText(kit.Body, "").Bending(), from: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	no := kit.NewSmallButton(kit.Ghost, "No feedback", func() { p.dropHeard(l.heard) }).WithKey("X")
	yes := kit.NewSmallButton(kit.Plain, "Keep", func() { p.keepHeard(l.heard) }).WithKey("Y")
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, kit.NewIcon("ear", 16, kit.Ink3), kit.NewStack(0, l.words, l.from), no, yes)
	l.body = underlined(26, line)
	l.ExtendBaseWidget(l)
	return l
}

func (l *heardLine) set(p *feedback, h listen.Proposal) {
	l.heard = h
	l.words.Set("“" + h.Feedback.Words + "”")
	l.from.Set(h.Who + ", " + p.answer.accounts[h.Feedback.Account].Name + " · " + string(h.Feedback.Level) + " · " + h.Because)
	l.body.Refresh()
}
