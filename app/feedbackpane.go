package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/survey"
	"rapport/data/text"
)

// feedbackPane stands beside the page: all that the person in view answered, or what
// was told and decided.
type feedbackPane struct {
	p     *feedback
	view  fyne.CanvasObject
	stack *kit.Stack
}

func newFeedbackPane(p *feedback) *feedbackPane {
	v := &feedbackPane{p: p, stack: kit.NewStack(0)}
	v.view = kit.NewScroll(kit.NewPad(20, 22, 20, 22, v.stack))
	return v
}

func (v *feedbackPane) draw() {
	switch r := v.p.current(); {
	case r.person != nil:
		v.stack.Set(v.person(*r.person)...)
	case r.feedback.ID != "":
		v.stack.Set(v.feedback(r.feedback)...)
	default:
		v.stack.Set(kit.NewSectionHead(kit.BodyBold, "How this works", "", nil),
			told("ear", kit.Accent, "They say something of how you do", "Write it down in their words, or ask them by mail: one click and a send answer, and it comes back with your mail."), kit.NewHairline(),
			told("gavel", kit.Accent, "You accept or decline, and say why", "In words that they may read."), kit.NewHairline(),
			told("check", kit.Accent, "They hear of it within 48 hours", "Yes or no: what is never answered is what makes people stop telling."), kit.NewHairline())
	}
	v.view.Refresh()
}

// person shows somebody who was asked.
func (v *feedbackPane) person(who survey.Person) []fyne.CanvasObject {
	p := v.p
	name := kit.NewLink(who.Contact.Name, func() { p.w.open(route{place: placeContact, id: who.Ask.Contact}) })
	rows := []fyne.CanvasObject{kit.NewColumns(12, []kit.Col{kit.Fixed(36), kit.Flex(1)}, kit.NewAvatar(text.Initials(who.Contact.Name), kit.Customer, 36),
		kit.NewStack(1, kit.NewText(kit.Title, who.Contact.Name).Bending(), kit.NewText(kit.Small, v.answeredWords(who)).In(kit.Ink2).Bending()))}
	if a := wordsOf(who); a.Words != "" {
		rows = append(rows, kit.NewSpace(14), kit.NewParagraph(kit.LeadQuote, kit.Ink, "“"+a.Words+"”").AtMost(9))
	}
	if who.CloseBy != "" && !who.Closed {
		rows = append(rows, kit.NewSpace(14), v.closeBox(who))
	}
	if !who.Answered() {
		return append(rows, kit.NewSpace(16), kit.NewRow(8, name))
	}
	write := kit.NewButton(kit.Primary, "Write to "+data.FirstName(who.Contact.Name), func() { p.w.writeTo(data.Address{Name: who.Contact.Name, Email: who.Ask.Address}) }).WithIcon("mail")
	rows = append(rows, kit.NewSpace(12), kit.NewRow(8, write), kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "Turn it into", "", nil))
	rows = append(rows, deedRow("message-circle", "Feedback to decide", v.feedbackWords(who), "Make", "F", func() { p.fromAnswer(who) }), kit.NewHairline(),
		deedRow("target", "A need, in their words", "with this answer as its source", "Make", "L", func() { p.needFrom(who) }), kit.NewHairline())
	rows = append(rows, kit.NewSpace(22), kit.NewSectionHead(kit.BodyBold, "All answers", "", nil))
	for _, a := range who.Answers {
		rows = append(rows, v.answerRow(a), kit.NewHairline())
	}
	return rows
}

// answeredWords is "answered 12 Nov, from 4 down to 2".
func (v *feedbackPane) answeredWords(who survey.Person) string {
	now := v.p.w.now()
	if !who.Answered() {
		return "asked " + dayOf(who.Ask.On, now) + ", no answer yet"
	}
	a, ok := answerTo(who, v.p.shown(), v.p.number)
	if !ok {
		a = who.Answers[0]
	}
	words := "answered " + data.ShortDate(a.Sent().In(now.Location()), now)
	q, _ := v.p.shown().Survey.Question(a.Question)
	switch was, is := q.Form.Place(a.Before), q.Form.Place(a.Choice); {
	case a.Before == "" || is == was:
	case is > was:
		words += fmt.Sprintf(", from %s up to %s", a.Before, a.Choice)
	default:
		words += fmt.Sprintf(", from %s down to %s", a.Before, a.Choice)
	}
	return words
}

func (v *feedbackPane) closeBox(who survey.Person) fyne.CanvasObject {
	words := kit.NewStack(2, kit.NewParagraph(kit.BodyBold, kit.Ink, "Close the loop by "+dayOf(who.CloseBy, v.p.w.now())),
		kit.NewParagraph(kit.Small, kit.Ink2, "Seven days after a low answer somebody should have spoken with them. Make feedback of it; it is closed once they know what came of it."))
	return kit.NewPanel(kit.AlertSoft, 10, 12, kit.NewColumns(12, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewPad(2, 0, 0, 0, kit.NewIcon("timer", 16, kit.Alert)), words))
}

// feedbackWords say whether feedback was made of it already.
func (v *feedbackPane) feedbackWords(who survey.Person) string {
	for _, f := range v.p.answer.facts.Feedback {
		for _, a := range who.Answers {
			if f.Answer == a.ID {
				return "made already, " + strings.ToLower(decisionLook(f).word)
			}
		}
	}
	return "and tell them in 48 hours"
}

func deedRow(icon, name, words, verb, key string, do func()) fyne.CanvasObject {
	return kit.NewPad(8, 0, 8, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, kit.NewIcon(icon, 16, kit.Accent),
		kit.NewStack(0, kit.NewText(kit.Body, name).Bending(), kit.NewText(kit.Small, words).In(kit.Ink2).Bending()), kit.NewSmallButton(kit.Plain, verb, do).WithKey(key)))
}

func (v *feedbackPane) answerRow(a survey.PersonAnswer) fyne.CanvasObject {
	asked := "About the whole"
	if q, ok := v.p.shown().Survey.Question(a.Question); ok {
		asked = q.Words
	}
	body := []fyne.CanvasObject{kit.NewParagraph(kit.Small, kit.Ink2, asked)}
	said := a.Choice
	if a.Words != "" {
		said = strings.TrimSpace(said + "  “" + strings.Join(strings.Fields(a.Words), " ") + "”")
	}
	body = append(body, kit.NewParagraph(kit.Body, kit.Ink, said))
	if a.Mark != "" {
		body = append(body, kit.NewParagraph(kit.Small, kit.Ink2, upperFirst(a.Mark)))
	}
	if a.Interaction != "" && v.p.answer.accounts[a.Account].ID != "" {
		body = append(body, kit.NewPad(3, 0, 0, 0, kit.NewRow(0, kit.NewReceiptLink("The mail", func() {
			v.p.w.openAt(route{place: placeAccount, id: a.Account}, target{tab: tabTimeline, item: a.Interaction})
		}))))
	}
	return kit.NewPad(8, 0, 8, 0, kit.NewStack(2, body...))
}

// feedback shows what was told, and what came of it.
func (v *feedbackPane) feedback(f data.Feedback) []fyne.CanvasObject {
	p, now := v.p, v.p.w.now()
	where := p.saidBy(f)
	if name := p.answer.accounts[f.Account].Name; name != where {
		where += ", " + name
	}
	level := string(f.Level)
	if f.Theme != "" {
		level += ", " + f.Theme
	}
	rows := []fyne.CanvasObject{
		kit.NewColumns(8, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewLink(where, func() { p.w.open(route{place: placeAccount, id: f.Account}) }), kit.NewSpring()),
		kit.NewText(kit.Small, strings.TrimPrefix(level+", "+dayOf(f.On, now), ", ")).In(kit.Ink2).Bending(),
		kit.NewSpace(12), kit.NewParagraph(kit.LeadQuote, kit.Ink, "“"+f.Words+"”").AtMost(9),
	}
	if f.Interaction != "" {
		rows = append(rows, kit.NewSpace(6), kit.NewRow(0, kit.NewReceiptLink("Where they said it", func() {
			p.w.openAt(route{place: placeAccount, id: f.Account}, target{tab: tabTimeline, item: f.Interaction})
		})))
	}
	look := decisionLook(f)
	rows = append(rows, kit.NewSpace(20), kit.NewSectionHead(kit.BodyBold, "Decision", "", kit.NewTag(look.tone, look.icon, look.word)))
	if f.Why != "" {
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Body, kit.Ink, f.Why))
	}
	if f.Fits != "" {
		rows = append(rows, kit.NewSpace(6), kit.NewColumns(8, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1)}, kit.NewIcon("compass", 14, kit.Ink2), kit.NewParagraph(kit.Small, kit.Ink2, f.Fits)))
	}
	if f.Owner != "" {
		rows = append(rows, kit.NewSpace(6), kit.NewText(kit.Small, f.Owner+" sees to it").In(kit.Ink2).Bending())
	}
	decide, tell := kit.NewButton(kit.Plain, "Decide", func() { p.decide(f) }).WithKey("D"), kit.NewButton(kit.Plain, "They know", func() { p.tell(f) }).WithKey("T")
	buttons := []fyne.CanvasObject{decide}
	if f.Decision == data.Accepted || f.Decision == data.Declined {
		buttons = []fyne.CanvasObject{tell, decide}
		if c := p.answer.facts.Contacts[f.Contact]; f.Told == "" && len(c.Emails) > 0 {
			buttons = append([]fyne.CanvasObject{kit.NewButton(kit.Primary, "Write to "+data.FirstName(c.Name), func() { p.writeOf(f, c) }).WithIcon("mail")}, buttons...)
		}
	}
	rows = append(rows, kit.NewSpace(12), kit.NewRow(8, buttons...), kit.NewSpace(20), kit.NewSectionHead(kit.BodyBold, "Do they know", "", kit.NewLine(toldSpans(f, now)...)))
	return append(rows, v.creditRows(f)...)
}

func (v *feedbackPane) creditRows(f data.Feedback) (rows []fyne.CanvasObject) {
	if f.How != "" {
		rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "Told by "+string(f.How)).In(kit.Ink2).Bending())
	}
	var helped []string
	for _, id := range f.Helped {
		helped = append(helped, v.p.answer.facts.Contacts[id].Name)
	}
	if len(helped) > 0 {
		rows = append(rows, kit.NewSpace(6), kit.NewParagraph(kit.Small, kit.Ink2, "Worked out with "+strings.Join(helped, ", ")))
	}
	if f.Credit != "" {
		rows = append(rows, kit.NewSpace(6), kit.NewParagraph(kit.Small, kit.Ink2, "Credit: "+f.Credit))
	}
	return rows
}
