package app

import (
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/survey"
)

// The views of the side list; a survey's is surveyView.
const (
	viewShouts   = "shouts"
	viewWhispers = "whispers"
	viewChatter  = "chatter"
	viewToDecide = "to decide"
	viewToTell   = "to tell"
	viewAccepted = "accepted"
	viewDeclined = "declined"
)

// whereFeedback is where on the page feedback that waits stands.
func whereFeedback(f data.Feedback) target {
	if f.Decision == data.Accepted || f.Decision == data.Declined {
		return target{tab: viewToTell, item: f.ID}
	}
	return target{tab: viewToDecide, item: f.ID}
}

func surveyView(id string) string { return "survey " + id }

// feedbackViews are the lists of feedback, by what is in them.
var feedbackViews = []struct {
	view, name, icon string
	has              func(data.Feedback) bool
}{
	{viewShouts, "Shouts", "megaphone", func(f data.Feedback) bool { return f.Level == data.Shout }},
	{viewWhispers, "Whispers", "message-circle", func(f data.Feedback) bool { return f.Level == data.Whisper }},
	{viewChatter, "Chatter", "messages-square", func(f data.Feedback) bool { return f.Level == data.Chatter }},
	{viewToDecide, "To decide", "gavel", func(f data.Feedback) bool { return f.Decision == "" || f.Decision == data.Later }},
	{viewToTell, "To tell", "send", func(f data.Feedback) bool {
		return f.Told == "" && (f.Decision == data.Accepted || f.Decision == data.Declined)
	}},
	{viewAccepted, "Accepted", "check", func(f data.Feedback) bool { return f.Decision == data.Accepted }},
	{viewDeclined, "Declined", "x", func(f data.Feedback) bool { return f.Decision == data.Declined }},
}

// listening is how many of the views stand under Listening; the others are decisions.
const listening = 3

// feedbackSideRow is a line of the side list: a heading, a list, a survey, or what
// makes a new one.
type feedbackSideRow struct {
	heading     string
	view        string
	icon, name  string
	words, tail string // of a survey: whom, and how many answered
	count       string
	isNew       bool
}

// feedbackSide is the list of what can be looked at.
type feedbackSide struct {
	p    *feedback
	rows []feedbackSideRow
	list *kit.List
	view fyne.CanvasObject
}

func newFeedbackSide(p *feedback) *feedbackSide {
	s := &feedbackSide{p: p, list: kit.NewList()}
	l := s.list
	l.Rules, l.Inset = false, 10
	l.Count = func() int { return len(s.rows) }
	l.Kind = func(row int) kit.RowKind {
		switch r := s.rows[row]; {
		case r.heading != "":
			return 1
		case r.words != "":
			return 2
		}
		return 0
	}
	l.Skip = func(row int) bool { return s.rows[row].heading != "" }
	l.Height = func(row int) float32 { return kit.Scaled([]float32{30, 36, 50}[l.Kind(row)]) }
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		switch k {
		case 1:
			return newSideHeading()
		case 2:
			return newSurveyLine()
		}
		return newFeedbackLine()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		switch o := o.(type) {
		case *sideHeading:
			o.words.Set(s.rows[row].heading)
		case *surveyLine:
			o.set(s.rows[row], current)
		case *feedbackLine:
			o.set(s.rows[row], current)
		}
	}
	l.OnMove = func(row int) {
		if !s.rows[row].isNew {
			s.p.show(s.rows[row].view)
		}
	}
	l.OnOpen = func(row int) {
		if s.rows[row].isNew {
			s.p.addSurvey()
			return
		}
		s.p.focus()
	}
	s.view = topped(kit.NewPad(19, 10, 2, 20, kit.NewText(kit.Title, "Feedback")), l)
	return s
}

// sideRows are the lines of the side list.
func (p *feedback) sideRows() []feedbackSideRow {
	rows := []feedbackSideRow{{heading: "Listening"}}
	line := func(i int) feedbackSideRow {
		v, n := feedbackViews[i], 0
		for _, f := range p.answer.facts.Feedback {
			if v.has(f) {
				n++
			}
		}
		return feedbackSideRow{view: v.view, icon: v.icon, name: v.name, count: countWord(n)}
	}
	for i := range listening {
		rows = append(rows, line(i))
	}
	rows = append(rows, p.heardSide()...)
	rows = append(rows, feedbackSideRow{heading: "Surveys by mail"})
	for _, r := range p.answer.surveys {
		rows = append(rows, feedbackSideRow{view: surveyView(r.Survey.ID), name: r.Survey.Title, words: p.whomWords(r), tail: answeredWords(r)})
	}
	rows = append(rows, feedbackSideRow{icon: "plus", name: "New survey", isNew: true}, feedbackSideRow{heading: "Decisions"})
	for i := listening; i < len(feedbackViews); i++ {
		rows = append(rows, line(i))
	}
	return rows
}

// whomWords says who was asked: "Kestrel Museums, 6 people".
func (p *feedback) whomWords(r survey.Results) string {
	if len(r.People) == 0 {
		return "nobody asked yet"
	}
	people := data.Counted(len(r.People), "person", "people")
	if names := p.accountsOf(r); len(names) == 1 {
		return names[0] + ", " + people
	} else if len(names) > 1 {
		return data.Counted(len(names), "account", "accounts") + ", " + people
	}
	return people
}

// accountsOf are the names of the accounts whose people were asked.
func (p *feedback) accountsOf(r survey.Results) (names []string) {
	for _, one := range r.People {
		if name := p.answer.accounts[one.Ask.Account].Name; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func answeredWords(r survey.Results) string {
	n := 0
	for _, p := range r.People {
		if p.Answered() {
			n++
		}
	}
	return fmt.Sprintf("%d of %s", n, strconv.Itoa(len(r.People)))
}

func (s *feedbackSide) draw() {
	at := slices.IndexFunc(s.rows, func(r feedbackSideRow) bool { return r.view != "" && r.view == s.p.shows })
	s.list.Keep(at)
	s.view.Refresh()
}

// feedbackLine is a list of feedback in the side list.
type feedbackLine struct {
	framed
	icon        *kit.Icon
	name, count *kit.Text
}

func newFeedbackLine() *feedbackLine {
	l := &feedbackLine{icon: kit.NewIcon("ear", 16, kit.Ink2), name: kit.NewText(kit.Body, "").Bending(), count: kit.NewText(kit.Small, "").In(kit.Ink2)}
	l.body = kit.NewPad(6, 18, 6, 20, kit.NewColumns(9, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, l.icon, l.name, l.count))
	l.ExtendBaseWidget(l)
	return l
}

func (l *feedbackLine) set(r feedbackSideRow, current bool) {
	tint, role := kit.Ink, kit.Body
	switch {
	case current && !r.isNew:
		tint, role = kit.Accent, kit.BodyBold
	case r.isNew:
		tint = kit.Ink2
	}
	l.icon.Set(r.icon, tint)
	l.name.Role = role
	l.name.SetIn(r.name, tint)
	l.count.Set(r.count)
	l.body.Refresh()
}

// surveyLine is a survey in the side list.
type surveyLine struct {
	framed
	name, words, tail *kit.Text
}

func newSurveyLine() *surveyLine {
	l := &surveyLine{name: kit.NewText(kit.Body, "").Bending(), words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), tail: kit.NewText(kit.Small, "").In(kit.Ink2)}
	l.body = kit.NewPad(7, 18, 7, 20, kit.NewStack(1, l.name, kit.NewColumns(6, []kit.Col{kit.Flex(1), kit.Fit()}, l.words, l.tail)))
	l.ExtendBaseWidget(l)
	return l
}

func (l *surveyLine) set(r feedbackSideRow, current bool) {
	tint, role := kit.Ink, kit.Body
	if current {
		tint, role = kit.Accent, kit.BodyBold
	}
	l.name.Role = role
	l.name.SetIn(r.name, tint)
	l.words.Set(r.words)
	l.tail.Set(r.tail)
	l.body.Refresh()
}
