package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/listen"
	"rapport/data/survey"
	"rapport/data/text"
)

// The kinds of rows of the page.
const (
	rowFeedback kit.RowKind = iota
	rowPerson
	rowNote
	rowLogHead
	rowColumns
	rowHeard
)

// feedbackRow is a row of the page: somebody who was asked, something that was
// told, or a line that says something of the others.
type feedbackRow struct {
	kind     kit.RowKind
	feedback data.Feedback
	person   *survey.Person
	heard    *listen.Proposal
	words    string // of a note and a heading
	more     string
}

// still says that the keyboard passes it by.
func (r feedbackRow) still() bool {
	return r.kind != rowFeedback && r.kind != rowPerson && r.kind != rowHeard
}

func (r feedbackRow) key() string {
	if r.person != nil {
		return r.person.Ask.ID
	}
	if r.heard != nil {
		return r.heard.Key()
	}
	return r.feedback.ID
}

// rowsShown are the rows of what is in view.
func (p *feedback) rowsShown() (rows []feedbackRow) {
	if r := p.shown(); r != nil {
		return p.surveyRows(r)
	}
	if p.shows == viewHeard {
		return p.heardRows()
	}
	for _, v := range feedbackViews {
		if v.view != p.shows {
			continue
		}
		var list []data.Feedback
		for _, f := range p.answer.facts.Feedback {
			if v.has(f) {
				list = append(list, f)
			}
		}
		return p.logRows(list)
	}
	return nil
}

// surveyRows are the people of a survey, what their answers are worth, and what was
// decided for their accounts.
func (p *feedback) surveyRows(r *survey.Results) (rows []feedbackRow) {
	accounts := map[string]bool{r.Survey.Account: r.Survey.Account != ""}
	for i := range r.People {
		rows = append(rows, feedbackRow{kind: rowPerson, person: &r.People[i]})
		accounts[r.People[i].Ask.Account] = true
	}
	if p.number < len(r.Questions) && len(rows) > 0 {
		rows = append(rows, feedbackRow{kind: rowNote, words: r.Questions[p.number].Words()})
	}
	for _, a := range r.Refused {
		rows = append(rows, feedbackRow{kind: rowNote, words: "Not counted: a mail from " + a.From + ", since " + a.Refused + "."})
	}
	var list []data.Feedback
	for _, f := range p.answer.facts.Feedback {
		if accounts[f.Account] {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return rows
	}
	more := ""
	if names := p.accountsOf(*r); len(names) == 1 {
		more = names[0]
	}
	rows = append(rows, feedbackRow{kind: rowLogHead, words: "Decision log", more: more})
	return append(rows, p.logRows(list)...)
}

// logRows are feedback with the names of the columns over them.
func (p *feedback) logRows(list []data.Feedback) (rows []feedbackRow) {
	if len(list) == 0 {
		return nil
	}
	data.SortFeedback(list, p.w.now())
	rows = append(rows, feedbackRow{kind: rowColumns})
	for _, f := range list {
		rows = append(rows, feedbackRow{kind: rowFeedback, feedback: f})
	}
	return rows
}

func (p *feedback) dressList() {
	l := p.list
	l.Inset = 18
	l.Count = func() int { return len(p.rows) }
	l.Kind = func(row int) kit.RowKind { return p.rows[row].kind }
	l.Skip = func(row int) bool { return p.rows[row].still() }
	l.Height = func(row int) float32 {
		return kit.Scaled([]float32{rowFeedback: 47, rowPerson: 46, rowNote: 34, rowLogHead: 42, rowColumns: 30, rowHeard: 50}[p.rows[row].kind])
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		switch k {
		case rowPerson:
			return newPersonLine()
		case rowNote:
			return newWorthLine()
		case rowLogHead:
			return newLogHead()
		case rowColumns:
			return newLogColumns()
		case rowHeard:
			return newHeardLine(p)
		}
		return newLogLine()
	}
	l.Update = func(row int, o fyne.CanvasObject, _ bool) {
		switch r := p.rows[row]; o := o.(type) {
		case *personLine:
			o.set(p, *r.person)
		case *worthLine:
			o.words.Set(r.words)
		case *logHead:
			o.set(r)
		case *logLine:
			o.set(p, r.feedback)
		case *heardLine:
			o.set(p, *r.heard)
		}
	}
	l.OnMove = func(int) {
		p.pane.draw()
		p.w.refreshChrome()
	}
	l.OnOpen = func(row int) {
		if f := p.rows[row].feedback; f.ID != "" {
			p.decide(f)
		} else if h := p.rows[row].heard; h != nil {
			p.w.open(route{place: placeContact, id: h.Feedback.Contact})
		} else {
			p.w.open(route{place: placeContact, id: p.rows[row].person.Ask.Contact})
		}
	}
}

// personLine is somebody who was asked: who, the answer on its scale, and their
// words.
type personLine struct {
	framed
	face       *kit.Avatar
	name, role *kit.Text
	words      *kit.Paragraph
	scale      *kit.AnswerScale
	date       *kit.Text
	due        *kit.Tag
}

func newPersonLine() *personLine {
	l := &personLine{face: kit.NewAvatar("", kit.Customer, 28), name: kit.NewText(kit.BodyBold, "").Bending(), role: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		words: kit.NewParagraph(kit.Small, kit.Ink, "").AtMost(2), scale: kit.NewAnswerScale(), date: kit.NewText(kit.Small, "").In(kit.Ink2), due: kit.NewTag(kit.Late, "timer", "")}
	l.body = kit.NewPad(5, 26, 5, 26, kit.NewColumns(10, []kit.Col{kit.Fixed(28), kit.Fixed(138), kit.Fixed(176), kit.Flex(1), kit.Fit(), kit.Fit()},
		l.face, kit.NewStack(1, l.name, l.role), l.scale, l.words, l.date, l.due))
	l.ExtendBaseWidget(l)
	return l
}

func (l *personLine) set(p *feedback, who survey.Person) {
	r, now := p.shown(), p.w.now()
	l.face.Initials = text.Initials(who.Contact.Name)
	l.name.Set(who.Contact.Name)
	l.role.Set(who.Contact.Role)
	form := r.Questions[p.number].Question.Form
	l.scale.Hidden = !form.IsScale()
	l.scale.Set(len(form.Options()), -1, -1, "")
	l.due.Hide()
	l.date.Hidden = false
	a, ok := answerTo(who, r, p.number)
	if !ok {
		words := "No answer yet, asked once"
		if who.Ask.Again != "" {
			words = "No answer yet, asked twice"
		}
		if who.Answered() {
			words = "No answer to this question"
		}
		l.says(words, kit.Ink2)
		l.date.Set("")
		l.body.Refresh()
		return
	}
	words := a.Words
	if form.IsScale() {
		l.scale.Set(len(form.Options()), form.Place(a.Choice), form.Place(a.Before), a.Choice)
	} else if a.Choice != "" {
		words = strings.TrimSpace(a.Choice + ". " + a.Words)
	}
	l.says("No comment", kit.Ink2)
	if words != "" {
		l.says("“"+strings.Join(strings.Fields(words), " ")+"”", kit.Ink)
	}
	l.date.Set(data.ShortDate(a.Sent().In(now.Location()), now))
	if a.Low && !who.Closed {
		l.date.Hide()
		l.due.Show()
		l.due.Set(kit.Late, "timer", "See by "+dayOf(who.CloseBy, now))
	}
	l.body.Refresh()
}

func (l *personLine) says(words string, tint fyne.ThemeColorName) {
	l.words.Set(kit.Span{Text: words, Role: kit.Small, Tint: tint})
}

// answerTo is somebody's answer to the question in view.
func answerTo(who survey.Person, r *survey.Results, number int) (survey.PersonAnswer, bool) {
	if number >= len(r.Questions) {
		return survey.PersonAnswer{}, false
	}
	for _, a := range who.Answers {
		if a.Question == r.Questions[number].Question.Number {
			return a, true
		}
	}
	return survey.PersonAnswer{}, false
}

// dayOf is a date as people say it, "Thu 19 Nov".
func dayOf(date string, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	return data.DayName(day, now)
}

// shortDay is a date without its weekday, "19 Nov".
func shortDay(date string, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	return data.ShortDate(day, now)
}

// worthLine says what the rows over it are worth.
type worthLine struct {
	framed
	words *kit.Text
}

func newWorthLine() *worthLine {
	l := &worthLine{words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	l.body = kit.NewPad(9, 26, 4, 26, kit.NewColumns(8, []kit.Col{kit.Fixed(14), kit.Flex(1)}, kit.NewIcon("info", 14, kit.Ink2), l.words))
	l.ExtendBaseWidget(l)
	return l
}
