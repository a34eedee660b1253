package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/listen"
	"rapport/data/survey"
)

// feedbackAnswer is what the page of feedback shows.
type feedbackAnswer struct {
	facts    survey.Facts
	surveys  []survey.Results // the one made last first
	accounts map[string]data.Account
	heard    []listen.Proposal // what nobody decided yet, the loudest first
}

// feedback is the page of what customers tell us: what they said, what they
// answered, and what we decided.
type feedback struct {
	w      *window
	slot   bridge.Slot
	later  bridge.Slot // of what was heard in mail
	asked  bool
	answer feedbackAnswer
	shows  string // what of the side list is in view; see feedbackView
	number int    // of the question in view, from 0
	goes   string // Feedback.ID of the row to stand on when it is drawn, or ""
	rows   []feedbackRow

	side  *feedbackSide
	head  *feedbackHead
	list  *kit.List
	stage stage
	pane  *feedbackPane
	main  fyne.CanvasObject
}

func newFeedback(w *window, _ route) page {
	p := &feedback{w: w, list: kit.NewList()}
	p.side, p.head, p.pane = newFeedbackSide(p), newFeedbackHead(p), newFeedbackPane(p)
	p.dressList()
	p.stage = newStage(p.list)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *feedback) title() string { return "Feedback" }

func (p *feedback) panes() panes {
	return panes{side: p.side.view, sideWidth: 208, main: p.main, inspector: p.pane.view, width: 332}
}

func (p *feedback) folded(side, _ bool) { p.head.folded(side) }

func (p *feedback) focus() {
	if len(p.rows) > 0 {
		p.list.Take()
	} else if p.asked {
		p.side.list.Take()
	}
}

func (w *window) askFeedback(ctx context.Context) (a feedbackAnswer, err error) {
	if a.facts, err = w.db.SurveyFacts(ctx); err != nil {
		return a, err
	}
	for _, s := range a.facts.Newest() {
		a.surveys = append(a.surveys, survey.Count(a.facts.Of(s)))
	}
	list, err := w.db.Accounts(ctx)
	a.accounts = make(map[string]data.Account, len(list))
	for _, one := range list {
		a.accounts[one.ID] = one
	}
	return a, err
}

func (p *feedback) load() {
	p.loadFacts()
	p.loadHeard()
}

func (p *feedback) loadFacts() {
	bridge.Load(p.w.bg, &p.slot, p.w.askFeedback, func(a feedbackAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			a.heard = p.answer.heard
			p.answer = a
			p.draw()
			p.w.refreshChrome()
		}
	})
}

// loadHeard asks what was heard in mail, which takes longer than the rest.
func (p *feedback) loadHeard() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.later, func(ctx context.Context) ([]listen.Proposal, error) { return p.w.db.FeedbackProposals(ctx, "", now) },
		func(list []listen.Proposal, err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			p.answer.heard = list
			if p.asked {
				p.draw()
				p.w.refreshChrome()
			}
		})
}

func (p *feedback) minute() { p.loadFacts() }

// shown is the survey in view, nil for a list of feedback.
func (p *feedback) shown() *survey.Results {
	i := slices.IndexFunc(p.answer.surveys, func(r survey.Results) bool { return surveyView(r.Survey.ID) == p.shows })
	if i < 0 {
		return nil
	}
	return &p.answer.surveys[i]
}

// current is the row that the keyboard is on.
func (p *feedback) current() feedbackRow {
	if i := p.list.Current(); i >= 0 && i < len(p.rows) {
		return p.rows[i]
	}
	return feedbackRow{}
}

func (p *feedback) show(view string) {
	if p.shows == view {
		return
	}
	p.shows, p.number = view, 0
	p.draw()
	p.list.Select(p.firstRow())
	p.w.refreshChrome()
}

func (p *feedback) firstRow() int {
	return max(0, slices.IndexFunc(p.rows, func(r feedbackRow) bool { return !r.still() }))
}

// goTo shows the list in which something that was said stands, and stands on it.
func (p *feedback) goTo(to target) {
	p.shows, p.goes = to.tab, to.item
	if p.asked {
		p.draw()
	}
}

func (p *feedback) draw() {
	p.side.rows = p.sideRows()
	if !slices.ContainsFunc(p.side.rows, func(r feedbackSideRow) bool { return r.view == p.shows && r.view != "" }) {
		p.shows = viewToDecide
		if len(p.answer.surveys) > 0 {
			p.shows = surveyView(p.answer.surveys[0].Survey.ID)
		}
	}
	at := cmp.Or(p.goes, p.current().key())
	p.rows = p.rowsShown()
	p.side.draw()
	p.head.draw()
	row := slices.IndexFunc(p.rows, func(r feedbackRow) bool { return !r.still() && r.key() == at })
	if row < 0 {
		row = p.firstRow()
	}
	p.goes = ""
	p.list.Keep(row)
	p.pane.draw()
	if len(p.rows) == 0 {
		p.stage.show(p.nothing())
	} else {
		p.stage.show(p.list)
	}
	p.main.Refresh() // the head may be another height now
	p.w.keepFocus(p)
}

// nothing is what the page shows where there is nothing to show.
func (p *feedback) nothing() fyne.CanvasObject {
	add := kit.NewButton(kit.Plain, "New feedback", p.addFeedback).WithKey("N")
	if len(p.answer.facts.Feedback)+len(p.answer.surveys)+len(p.answer.heard) == 0 {
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nobody told you anything yet",
			"Write down what customers say of you, in their words: it is decided, and they hear what came of it within 48 hours. Or ask them, by mail.",
			kit.NewButton(kit.Primary, "New survey", p.addSurvey).WithKey("S"), add)
	}
	if r := p.shown(); r != nil {
		return kit.NewEmpty(kit.NewIcon("send", 36, kit.Ink3), "Nobody was asked yet", "Each person gets a mail of their own. It goes to your Drafts folder; you send it.",
			kit.NewButton(kit.Primary, "Ask people", func() { p.askPeople(r.Survey, false) }).WithKey("A"))
	}
	return kit.NewDone("check", "Nothing here", "What customers tell you stands here until it is decided and they know.", add)
}

func (p *feedback) hints() []hint {
	list := []hint{{[]string{"J", "K"}, "move"}}
	switch r := p.current(); {
	case r.heard != nil:
		list = append(list, hint{[]string{"Y"}, "keep"}, hint{[]string{"X"}, "no feedback"})
	case r.feedback.ID != "":
		list = append(list, hint{[]string{"D"}, "decide"}, hint{[]string{"T"}, "told"})
	case r.person != nil && r.person.Answered():
		list = append(list, hint{[]string{"F"}, "make feedback of it"})
	}
	if r := p.shown(); r != nil && len(r.Questions) > 1 {
		list = append(list, hint{[]string{"Q"}, "next question"})
	}
	return append(list, hint{[]string{"N"}, "new feedback"}, hint{[]string{"S"}, "new survey"})
}

func (p *feedback) commands() []command {
	onFeedback := func() bool { return p.current().feedback.ID != "" }
	onAnswer := func() bool { r := p.current(); return r.person != nil && r.person.Answered() }
	onSurvey := func() bool { r := p.shown(); return r != nil && r.Survey.Close == "" }
	list := []command{
		{name: "New feedback", words: "said told complaint praise whisper shout", icon: "plus", key: "N", do: p.addFeedback},
		{name: "New survey", words: "questions ask mail nps", icon: "plus", key: "S", do: p.addSurvey},
		{name: "Decide about this feedback", words: "accept decline later", icon: "gavel", key: "D", when: onFeedback, do: func() { p.decide(p.current().feedback) }},
		{name: "They know what came of it", words: "told closed loop answer", icon: "check", key: "T", when: onFeedback, do: func() { p.tell(p.current().feedback) }},
		{name: "Change this feedback", words: "edit", icon: "pen-line", key: "E", when: onFeedback, do: func() { p.w.editFeedback(p.current().feedback) }},
		{name: "Make feedback of this answer", words: "answer decide turn into", icon: "message-circle", key: "F", when: onAnswer, do: func() { p.fromAnswer(*p.current().person) }},
		{name: "Make a need of this answer", words: "answer need turn into link", icon: "target", key: "L", when: onAnswer, do: func() { p.needFrom(*p.current().person) }},
		{name: "Ask people this survey", words: "send mail drafts audience", icon: "send", key: "A", when: onSurvey, do: func() { p.askPeople(p.shown().Survey, false) }},
		{name: "Remind who has not answered", words: "survey again", icon: "mail", key: "R", when: func() bool { return onSurvey() && p.silent() > 0 }, do: func() { p.askPeople(p.shown().Survey, true) }},
		{name: "Close this survey", words: "end stop", icon: "x", when: onSurvey, do: p.closeSurvey},
		{name: "Next question", words: "survey", icon: "chevron-right", key: "Q", when: func() bool { r := p.shown(); return r != nil && len(r.Questions) > 1 }, do: p.nextQuestion},
	}
	return append(append(list, p.heardCommands()...), moveCommands(p.list)...)
}

// silent is how many of the survey in view can be reminded.
func (p *feedback) silent() (n int) {
	if r := p.shown(); r != nil {
		for _, one := range r.People {
			if !one.Answered() && one.Ask.Again == "" {
				n++
			}
		}
	}
	return n
}

func (p *feedback) nextQuestion() {
	if r := p.shown(); r != nil {
		p.number = (p.number + 1) % len(r.Questions)
		p.draw()
	}
}

func (p *feedback) closeSurvey() {
	s := p.shown().Survey
	s.Close = p.w.now().Format(time.DateOnly)
	putPart(p.w, "Survey closed: "+s.Title, s)
}

// needFrom opens the form of a need with what somebody answered.
func (p *feedback) needFrom(who survey.Person) {
	a := wordsOf(who)
	p.w.editNeed(data.Need{Belongs: data.Belongs{Account: who.Ask.Account, Contact: who.Ask.Contact, Interaction: a.Interaction}, Words: a.Words})
}

// wordsOf is the answer with the most words.
func wordsOf(who survey.Person) (best survey.PersonAnswer) {
	for _, a := range who.Answers {
		if best.ID == "" || len(a.Words) > len(best.Words) {
			best = a
		}
	}
	return best
}
