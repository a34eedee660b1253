package app

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/survey"
)

// feedbackHead stands over the page: what is in view and what can be done with all
// of it; of a survey the question in view and its scale too.
type feedbackHead struct {
	p           *feedback
	view        fyne.CanvasObject
	menu        *kit.Button
	name, under *kit.Text
	remind, do  *kit.Button
	question    *fyne.Container
	gap         fyne.CanvasObject // where no scale stands over the rows
	number      *kit.Text
	next        *kit.Button
	words       *kit.Paragraph
	before      *kit.Line
	ends        *kit.Columns
	low, high   *kit.Text
}

func newFeedbackHead(p *feedback) *feedbackHead {
	h := &feedbackHead{p: p, name: kit.NewText(kit.Display, "Feedback").Bending(), under: kit.NewText(kit.Body, "").In(kit.Ink2).Bending()}
	h.menu = kit.NewSmallButton(kit.Plain, "Lists", func() { p.w.showSide(true) }).WithIcon("chevron-down")
	h.menu.Hide()
	h.remind = kit.NewButton(kit.Plain, "Remind", func() { p.askPeople(p.shown().Survey, true) }).WithIcon("mail")
	h.do = kit.NewButton(kit.Plain, "New survey", p.addSurvey).WithIcon("plus")
	deeds := kit.NewRow(8, h.remind, h.do)
	h.number, h.words = kit.NewText(kit.Small, "").In(kit.Ink2), kit.NewParagraph(kit.BodyBold, kit.Ink, "")
	h.next = kit.NewSmallButton(kit.Ghost, "Next question", p.nextQuestion).WithKey("Q")
	h.before = kit.NewLine(kit.Span{Icon: "circle-dashed", Tint: kit.Ink2}, kit.Span{Text: "the time before", Role: kit.Small, Tint: kit.Ink2, Gap: 5},
		kit.Span{Icon: "circle-dot", Tint: kit.Theirs, Gap: 14}, kit.Span{Text: "now", Role: kit.Small, Tint: kit.Ink2, Gap: 5})
	h.low, h.high = kit.NewText(kit.Small, "").In(kit.Ink2), kit.NewText(kit.Small, "").In(kit.Ink2)
	h.ends = kit.NewColumns(10, []kit.Col{kit.Fixed(28 + 10 + 138), kit.Fixed(176), kit.Flex(1)}, kit.NewSpring(),
		kit.NewColumns(4, []kit.Col{kit.Flex(1), kit.Fit()}, h.low, h.high), kit.NewSpring())
	h.question = filled(kit.NewStack(2, kit.NewSpace(10), kit.NewHairline(), kit.NewSpace(9),
		kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit()}, h.number, kit.NewSpring(), h.next),
		kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, h.words, h.before), h.ends), kit.NewSpace(0))
	h.gap = kit.NewSpace(8)
	title := kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit()}, h.name, deeds)
	h.view = kit.NewPad(18, 26, 4, 26, kit.NewStack(5, kit.NewRow(0, h.menu), title, h.under, h.question, h.gap))
	return h
}

func (h *feedbackHead) folded(side bool) {
	h.menu.Hidden = !side
	h.view.Refresh()
}

func (h *feedbackHead) draw() {
	p, r := h.p, h.p.shown()
	h.remind.Hidden, h.question.Hidden = true, r == nil || len(r.People) == 0
	if r == nil {
		h.name.Set(viewName(p.shows))
		h.under.Set(viewWords(p.shows))
		h.do.SetText("New feedback")
		h.do.OnTap = p.addFeedback
		h.gap.Show()
		h.view.Refresh()
		return
	}
	h.name.Set(r.Survey.Title)
	h.under.Set(surveyWords(p, *r))
	h.do.SetText("New survey")
	h.do.OnTap = p.addSurvey
	switch n := p.silent(); {
	case len(r.People) == 0: // the page says so
	case n > 0 && r.Survey.Close == "":
		h.remind.SetText("Remind " + silentWords(*r, n))
		h.remind.OnTap = func() { p.askPeople(r.Survey, true) }
		h.remind.Hidden = false
	}
	h.drawQuestion(*r)
	h.gap.Show()
	if !h.question.Hidden && !h.ends.Hidden {
		h.gap.Hide()
	}
	h.view.Refresh()
}

func (h *feedbackHead) drawQuestion(r survey.Results) {
	if h.p.number >= len(r.Questions) {
		return
	}
	q := r.Questions[h.p.number].Question
	h.number.Set(fmt.Sprintf("Question %d of %d", h.p.number+1, len(r.Questions)))
	h.next.Hidden = len(r.Questions) < 2
	h.words.Set(kit.Span{Text: "“" + q.Words + "”", Role: kit.BodyBold})
	h.ends.Hidden = !q.Form.IsScale()
	h.before.Hidden = !q.Form.IsScale() || !slices.ContainsFunc(r.People, func(p survey.Person) bool {
		return slices.ContainsFunc(p.Answers, func(a survey.PersonAnswer) bool { return a.Question == q.Number && a.Before != "" })
	})
	h.low.Set(strings.TrimSpace(fmt.Sprintf("%d %s", q.Form.Low, q.Form.LowWord)))
	h.high.Set(strings.TrimSpace(fmt.Sprintf("%d %s", q.Form.High, q.Form.HighWord)))
}

// silentWords name the one who has not answered, or count them.
func silentWords(r survey.Results, n int) string {
	if n > 1 {
		return data.Counted(n, "person", "people")
	}
	for _, p := range r.People {
		if !p.Answered() && p.Ask.Again == "" {
			return data.FirstName(p.Contact.Name)
		}
	}
	return ""
}

// surveyWords say whom it went to and when.
func surveyWords(p *feedback, r survey.Results) string {
	now := p.w.now()
	switch {
	case len(r.People) == 0:
		return data.Counted(len(r.Questions), "question", "questions")
	case r.Survey.Close != "":
		return p.whomWords(r) + ", closed on " + dayOf(r.Survey.Close, now)
	}
	return p.whomWords(r) + ", by mail on " + dayOf(r.People[0].Ask.On, now)
}

func viewName(view string) string {
	if view == viewHeard {
		return "Heard in their mail"
	}
	for _, v := range feedbackViews {
		if v.view == view {
			return v.name
		}
	}
	return "Feedback"
}

func viewWords(view string) string {
	switch view {
	case viewHeard:
		return "Nothing is kept before you say so; each line says what it rests on"
	case viewShouts:
		return "Complaints and alarms, what waits for us first"
	case viewWhispers:
		return "Said in passing; often the first sign"
	case viewChatter:
		return "What several say"
	case viewToDecide:
		return "They should hear what comes of it within 48 hours"
	case viewToTell:
		return "Decided, and they do not know yet"
	}
	return "With the reason, in words that they may read"
}
