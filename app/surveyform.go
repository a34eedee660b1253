package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
)

// usualQuestions are what a new survey begins with.
const usualQuestions = "1-5 never | always: How well do we keep what we promise?\n0-10: Would you recommend us to a colleague?\nWhat is the one thing that we should change?"

// addSurvey asks for a survey's title and questions.
func (p *feedback) addSurvey() {
	f := partForm{form: newForm(p.w.bg), now: p.w.now()}
	title := f.line("Title", "How are we doing?", "How are we doing?")
	questions := f.area("Questions", "one a line", usualQuestions, 5)
	f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2,
		"One a line. Before a colon say how it is answered: 0-10, 1-5 never | always, choice Yes | No; else in words. Three questions get more answers than nine.")))
	p.w.dialog(f.form, "megaphone", "New survey", "Make it", func() {
		s, err := surveyOf(title.Text(), questions.Text())
		if err == nil {
			s.On = f.now.Format(time.DateOnly)
			err = s.Check()
		}
		if err != nil {
			f.say(err)
			return
		}
		s.ID = store.NewID()
		p.w.keep(f.form, "Survey made: "+s.Title, keeping(s), func() {
			p.shows, p.number = surveyView(s.ID), 0
			p.load()
		})
	})
}

func surveyOf(title, lines string) (s data.Survey, err error) {
	var list []data.Question
	for line := range strings.SplitSeq(lines, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		q, err := data.ReadQuestion(line)
		if err != nil {
			return s, err
		}
		list = append(list, q)
	}
	return data.Survey{Title: strings.TrimSpace(title)}.WithQuestions(list), nil
}

// askPeople asks who gets a survey, shows who would and who not, and puts one mail
// for each into Drafts.
func (p *feedback) askPeople(s data.Survey, again bool) {
	p.w.withEverybody(func(e everybody) {
		f := partForm{form: newForm(p.w.bg), now: p.w.now()}
		before := ""
		if again {
			before = p.silentNames()
		}
		who := f.line("Who", "accounts or people, with commas between", before)
		opening := f.area("Opening", "", survey.UsualOpening, 3)
		f.rows = append(f.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2,
			"Each gets a mail of their own with a link for every answer. The mails go to your Drafts folder; you send them from your mail program, and answers come back with your mail.")))
		title := "Ask by mail: " + s.Title
		if again {
			title = "Remind: " + s.Title
		}
		p.w.dialog(f.form, "send", title, "Show who gets it", func() {
			people, err := e.people(who.Text())
			if err != nil {
				f.say(err)
				return
			}
			p.preview(f, s, people, again, opening.Text())
		})
	})
}

// silentNames are the addresses of those who can be reminded.
func (p *feedback) silentNames() string {
	var names []string
	for _, one := range p.shown().People {
		if !one.Answered() && one.Ask.Again == "" && one.Ask.Address != "" {
			names = append(names, one.Ask.Address)
		}
	}
	return strings.Join(names, ", ")
}

// people are those that words name; an account stands for everybody there with an
// address.
func (e everybody) people(words string) (list []data.Contact, err error) {
	for ref := range strings.SplitSeq(words, ",") {
		if strings.TrimSpace(ref) == "" {
			continue
		}
		a, c, err := e.named(ref)
		if err != nil {
			return nil, err
		}
		if c.ID != "" {
			list = append(list, c)
			continue
		}
		for _, one := range e.contacts {
			if one.AccountID == a.ID && one.Side != data.Us && len(one.Emails) > 0 {
				list = append(list, one)
			}
		}
	}
	if len(list) == 0 {
		return nil, &data.Invalid{Field: "who", Says: "name an account or somebody with a mail address"}
	}
	return list, nil
}

// surveyAsking is what goes where.
type surveyAsking struct {
	list    []survey.Invitee
	from    data.Answer
	allowed bool
}

// preview shows who gets the mail and who does not, and asks for the yes.
func (p *feedback) preview(f partForm, s data.Survey, people []data.Contact, again bool, opening string) {
	f.waiting("Looking who can be asked")
	bridge.Load(p.w.bg, &f.slot, func(ctx context.Context) (a surveyAsking, err error) {
		if a.from, err = p.w.db.Answer(ctx, data.MessageRow{}, ""); err != nil {
			return a, err
		}
		if a.list, err = p.w.db.SurveyInvitees(ctx, s, people, again, f.now); err != nil || a.from.Mailbox == "" {
			return a, err
		}
		survey.Heed(a.list)
		a.allowed, err = p.w.db.DraftsAllowed(ctx, a.from.Mailbox)
		return a, err
	}, func(a surveyAsking, err error) {
		f.waiting("")
		switch asked := survey.Asked(a.list); {
		case err != nil:
			f.say(err)
		case a.from.Mailbox == "":
			f.say(&data.Invalid{Field: "mailbox", Says: "there is no mailbox with a server to put a draft into; add one in Settings"})
		case len(asked) == 0:
			f.say(errors.New(nobodyWords(a.list)))
		default:
			p.confirm(f, s, a, again, opening)
		}
	})
}

func nobodyWords(list []survey.Invitee) string {
	if len(list) == 1 {
		return list[0].Contact.Name + " " + list[0].Skip
	}
	return fmt.Sprintf("none of these %d can be asked; %s %s", len(list), list[0].Contact.Name, list[0].Skip)
}

// leftOutShown is how many who are left out are named.
const leftOutShown = 6

// confirm says what goes where, and does it after the yes.
func (p *feedback) confirm(f partForm, s data.Survey, a surveyAsking, again bool, opening string) {
	asked := survey.Asked(a.list)
	mails := data.Counted(len(asked), "mail goes", "mails go")
	body := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, upperFirst(mails)+" to the Drafts folder of "+a.from.From.Email+". Nothing is sent.")}
	if !a.allowed {
		body = append(body, kit.NewParagraph(kit.Small, kit.Ink2, "Rapport changes nothing else on the server, and asks again the next time."))
	}
	var out []survey.Invitee
	for _, i := range a.list {
		if i.Skip != "" {
			out = append(out, i)
		}
	}
	for _, i := range out[:min(len(out), leftOutShown)] {
		body = append(body, kit.NewParagraph(kit.Small, kit.Ink2, "Left out: "+i.Contact.Name+", "+i.Skip))
	}
	if n := len(out) - leftOutShown; n > 0 {
		body = append(body, kit.NewText(kit.Small, "and "+data.Counted(n, "other", "others")).In(kit.Ink2))
	}
	letter := survey.Letter{Survey: s, From: a.from.From, Again: again, Opening: strings.TrimSpace(opening)}
	put := kit.NewButton(kit.Primary, "Put "+data.Counted(len(asked), "mail", "mails")+" into Drafts", func() {
		p.w.keep(f.form, "Survey "+s.Title+": "+data.Counted(len(asked), "mail goes", "mails go")+" to Drafts", func(tx *store.Tx) error {
			_, err := tx.AskSurvey(a.from.Mailbox, a.list, letter, true, tx.Now().Add(undoWindow))
			return err
		}, nil)
	}).WithKey("Enter")
	f.ask(append(body, kit.NewRow(8, put, kit.NewButton(kit.Plain, "Back", f.uncover)))...)
	focusOn(put)
}
