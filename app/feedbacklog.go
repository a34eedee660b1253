package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// logHead stands over the decision log of a survey's accounts.
type logHead struct {
	framed
	words, more *kit.Text
}

func newLogHead() *logHead {
	h := &logHead{words: kit.NewText(kit.Heading, ""), more: kit.NewText(kit.Body, "").In(kit.Ink2).Bending()}
	h.body = kit.NewPad(16, 26, 4, 26, kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit()}, h.words, h.more, kit.NewNote("the customer is told each time")))
	h.ExtendBaseWidget(h)
	return h
}

func (h *logHead) set(r feedbackRow) {
	h.words.Set(r.words)
	h.more.Set(r.more)
	h.body.Refresh()
}

// logCols are the columns of the log.
func logCols() []kit.Col { return []kit.Col{kit.Flex(1.1), kit.Fixed(92), kit.Flex(1), kit.Fixed(112)} }

type logColumns struct{ framed }

func newLogColumns() *logColumns {
	h := &logColumns{}
	var names []fyne.CanvasObject
	for _, name := range []string{"What they asked", "Decision", "Because", "Told"} {
		names = append(names, kit.NewText(kit.Small, name).In(kit.Ink2))
	}
	h.body = kit.NewPad(7, 26, 5, 26, kit.NewColumns(12, logCols(), names...))
	h.ExtendBaseWidget(h)
	return h
}

// logLine is one thing that was told, with what was decided.
type logLine struct {
	framed
	words, who *kit.Text
	why        *kit.Paragraph
	decision   *kit.Tag
	told       *kit.Line
}

func newLogLine() *logLine {
	l := &logLine{words: kit.NewText(kit.Body, "").Bending(), who: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), why: kit.NewParagraph(kit.Small, kit.Ink, "").AtMost(2),
		decision: kit.NewTag(kit.Neutral, "", ""), told: kit.NewLine().Bending()}
	l.body = kit.NewPad(5, 26, 5, 26, kit.NewColumns(12, logCols(), kit.NewStack(1, l.words, l.who), kit.NewRow(0, l.decision), l.why, l.told))
	l.ExtendBaseWidget(l)
	return l
}

func (l *logLine) set(p *feedback, f data.Feedback) {
	now := p.w.now()
	l.words.Set(f.Words)
	l.who.Set(p.saidBy(f) + ", " + shortDay(f.On, now))
	l.why.Set(kit.Span{Text: f.Why, Role: kit.Small})
	look := decisionLook(f)
	l.decision.Set(look.tone, look.icon, look.word)
	l.told.Set(toldSpans(f, now)...)
	l.body.Refresh()
}

// saidBy names who told us: the person, else the account.
func (p *feedback) saidBy(f data.Feedback) string {
	if name := p.answer.facts.Contacts[f.Contact].Name; name != "" {
		return name
	}
	return p.answer.accounts[f.Account].Name
}

type decisionWord struct {
	tone       kit.Tone
	icon, word string
}

func decisionLook(f data.Feedback) decisionWord {
	switch f.Decision {
	case data.Accepted:
		return decisionWord{kit.Ours, "check", "Accepted"}
	case data.Declined:
		return decisionWord{kit.Neutral, "x", "Declined"}
	case data.Later:
		return decisionWord{kit.Neutral, "hourglass", "Later"}
	}
	return decisionWord{kit.Caution, "gavel", "Decide"}
}

// toldSpans say whether the customer knows.
func toldSpans(f data.Feedback, now time.Time) []kit.Span {
	switch late := f.Late(now); {
	case f.Told != "" && f.Told == f.On:
		return []kit.Span{{Icon: "check", Tint: kit.Accent}, {Text: "Yes, same day", Role: kit.Small, Gap: 6}}
	case f.Told != "":
		return []kit.Span{{Icon: "check", Tint: kit.Accent}, {Text: "Yes, " + shortDay(f.Told, now), Role: kit.Small, Gap: 6}}
	case late > 0:
		return []kit.Span{{Icon: "circle-alert", Tint: kit.Alert}, {Text: "Not yet", Role: kit.Small, Tint: kit.Alert, Gap: 6}}
	}
	return []kit.Span{{Icon: "hourglass", Tint: kit.Ink2}, {Text: "by " + dayOf(f.TellBy(), now), Role: kit.Small, Tint: kit.Ink2, Gap: 6}}
}
