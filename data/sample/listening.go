package sample

import (
	"fmt"
	"time"

	"rapport/data"
)

// told are what customers said of the company: account | person | days ago | level |
// theme | words | decision | why | told days after | how | fits.
const told = `
Kestrel Museums | Ines Fournier | 36 | whisper | reports | Numbers, not slides | accepted | Costs us nothing, helps her judge | 1 | mail | cure, not treatment
Kestrel Museums | Grace Oduya | 94 | chatter | invoices | Invoices split by site | accepted | From December, Joris | 0 | call |
Kestrel Museums | Piotr Malik | 11 | chatter | nights | A night engineer on call | declined | Two nights a year; a spare driver cures it | | | cure, not treatment
Kestrel Museums | Anna Kessler | 69 | whisper | offers | Shorter quotes | accepted | One page, annex on request | 1 | meeting |
Quayside Ferries | Owen Pryce | 1 | shout | dates | You booked the crane and then moved the date | | | | |
Quayside Ferries | Piet Groen | 8 | whisper | invoices | I have to match your invoices by hand | | | | |
Alder Vale Hospitals | Clara Whitlow | 3 | shout | noise | Your people talk in the corridor at night | later | We ask the crew on Thursday | | |
Saltmarsh Dairy | Hanna Voss | 52 | chatter | people | The same two faces each time would help | accepted | Sofia and Tomas come, and nobody else | 2 | visit |
Northmoor University | Philippa Dorn | 30 | whisper | plans | Send the drawing before the meeting | accepted | Two days before, always | 1 | mail |
`

// kestrelAnswers: person | then | now | days ago | words. The time before was in May.
const kestrelAnswers = `
Anna Kessler | 4 | 4 | 49 | You tell me early when it slips.
Beatrice Holm | 4 | 2 | 5 | The report is late and the hall still shimmers. I like you all, but I cannot film my own exhibition.
Piotr Malik | 4 | 5 | 50 | Tomas always turns up.
Ines Fournier | 2 | 3 | 36 | Better. Send me numbers, not slides.
Martin Oyelaran | 5 | 4 | 41 |
`

// howWeDo are the questions that the museum was asked twice.
var howWeDo = []data.Question{
	{Words: "How well do we keep what we promise?", Form: data.AnswerForm{Low: 1, High: 5, LowWord: "never", HighWord: "always"}},
	{Words: "Would you recommend us to a colleague?", Form: data.AnswerForm{High: 10}},
	{Words: "What is the one thing that we should change?"},
}

// listening makes what customers said, and what they answered when they were asked.
func (r *relator) listening() {
	r.fields(told, func(f []string) {
		b := data.Feedback{Belongs: r.belongs(f[0], f[1], number(f[2])), On: r.date(number(f[2])), Level: data.Volume(f[3]), Theme: f[4], Words: f[5],
			Decision: data.Decision(f[6]), Why: f[7], How: data.Channel(f[9]), Fits: f[10], Owner: r.c.find(f[0]).lead.Name}
		if b.Decision != "" {
			b.Decided = r.date(max(number(f[2])-1, 0))
		}
		if f[8] != "" {
			b.Told = r.date(number(f[2]) - number(f[8]))
		}
		r.add(b)
	})
	before := r.survey("How are we doing?", "Kestrel Museums", 186, howWeDo[:1])
	now := r.survey("How are we doing?", "Kestrel Museums", 50, howWeDo)
	r.ask(now, "Kestrel Museums", "Grace Oduya", 50)
	r.fields(kestrelAnswers, func(f []string) {
		was, is := r.ask(before, "Kestrel Museums", f[0], 186), r.ask(now, "Kestrel Museums", f[0], 50)
		r.answer(was, 1, f[1], "", 180)
		r.answer(is, 1, f[2], f[4], number(f[3]))
		r.answer(is, 2, fmt.Sprint(2*number(f[2])), "", number(f[3]))
	})
	r.answered("After the install", "Quayside Ferries", 22, 4, 4, data.Question{Words: "Is everything where you expect it?", Form: data.AnswerForm{Choices: []string{"Yes", "Mostly", "No"}}})
	r.answered("One thing to change", "Northmoor University", 75, 4, 3, data.Question{Words: "If we changed one thing, which?"})
}

func (r *relator) survey(title, account string, ago int, questions []data.Question) data.Survey {
	s := data.Survey{Belongs: r.belongs(account, "", ago), Title: title, On: r.date(ago), By: maya.Name}.WithQuestions(questions)
	r.add(s)
	return s
}

func (r *relator) ask(s data.Survey, account, person string, ago int) data.SurveyAsk {
	b := r.belongs(account, person, ago)
	a := data.SurveyAsk{Belongs: b, Survey: s.ID, Token: idOf(r.seed, "token", b.ID)[:8], Key: "sample", On: r.date(ago)}
	if emails := r.c.person(person).Emails; len(emails) > 0 {
		a.Address = emails[0]
	}
	r.add(a)
	return a
}

func (r *relator) answer(a data.SurveyAsk, question int, choice, words string, ago int) {
	b := a.Belongs
	b.ID, b.RecordedAt = "", time.Time{}
	mine := r.belongs("", "", ago)
	b.ID, b.RecordedAt = mine.ID, mine.RecordedAt
	r.add(data.SurveyAnswer{Belongs: b, Survey: a.Survey, Ask: a.ID, Question: question, Choice: choice, Words: words, At: r.d.at(ago, "10:20").Unix(), From: a.Address})
}

// answered is a survey of one question to the first few of an account, some of whom
// answered.
func (r *relator) answered(title, account string, ago, asked, came int, q data.Question) {
	s := r.survey(title, account, ago, []data.Question{q})
	words := []string{"Labels on the new drivers.", "Yes, and the crew cleaned up.", "Keep the same people.", "Tell me the day before, not on the day."}
	for i, p := range r.c.find(account).people[:asked] {
		a := r.ask(s, account, p.Name, ago)
		if i >= came {
			continue
		}
		choice := ""
		if options := q.Form.Options(); len(options) > 0 {
			choice = options[i%2]
		}
		r.answer(a, 1, choice, words[i%len(words)], ago-1-i)
	}
}
