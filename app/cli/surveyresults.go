package cli

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
)

func surveyResultsVerb() *verb {
	return &verb{
		name: "survey results", args: "SURVEY", does: "Show what came back, by person first",
		more:  "  rapport survey results \"How are we doing\" -json",
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runSurveyResults,
	}
}

type resultsJSON struct {
	surveyJSON
	People    []surveyPersonJSON  `json:"people"`
	Results   []questionFigures   `json:"results"`
	Uncounted []refusedAnswerJSON `json:"uncounted"`
}

type surveyPersonJSON struct {
	Contact   string             `json:"contact"`
	ContactID string             `json:"contactId"`
	Role      string             `json:"role"`
	Asked     string             `json:"askedOn"`
	Reminded  string             `json:"reminded"`
	CloseBy   string             `json:"closeBy"`
	Closed    bool               `json:"heardFromUs"`
	Answers   []surveyAnswerJSON `json:"answers"`
}

type surveyAnswerJSON struct {
	ID       string  `json:"id"`
	Question int     `json:"question"`
	Choice   string  `json:"choice"`
	Words    string  `json:"words"`
	At       *string `json:"at"`
	Low      bool    `json:"low"`
	Before   string  `json:"before"`
	Mark     string  `json:"mark"`
	Message  string  `json:"interaction"`
}

type questionFigures struct {
	Question int            `json:"question"`
	Answered int            `json:"answered"`
	Counts   map[string]int `json:"counts"`
	Figure   *figureJSON    `json:"figure"`
	Roles    []roleJSON     `json:"roles"`
	Blended  *float64       `json:"blended"`
	Says     string         `json:"says"`
}

type figureJSON struct {
	Kind  string  `json:"kind"`
	Value float64 `json:"value"`
	Low   float64 `json:"from"`
	High  float64 `json:"to"`
	N     int     `json:"n"`
}

type roleJSON struct {
	Role string `json:"role"`
	figureJSON
}

type refusedAnswerJSON struct {
	Contact string  `json:"contact"`
	From    string  `json:"sender"`
	At      *string `json:"at"`
	Words   string  `json:"words"`
	Why     string  `json:"why"`
}

func runSurveyResults(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := partOf(c, db, c.args[0], data.Survey.Name)
		if err != nil {
			return err
		}
		given, err := db.SurveyGiven(c.ctx, s.ID)
		if err != nil {
			return err
		}
		r := survey.Count(given)
		if c.on("json") {
			return writeJSON(c.out, resultsOf(known, r))
		}
		return c.printResults(known, r)
	})
}

func resultsOf(n names, r survey.Results) resultsJSON {
	out := resultsJSON{surveyJSON: surveyOf(n, r), People: []surveyPersonJSON{}, Results: []questionFigures{}, Uncounted: []refusedAnswerJSON{}}
	for _, p := range r.People {
		one := surveyPersonJSON{Contact: p.Contact.Name, ContactID: p.Ask.Contact, Role: p.Contact.Role, Asked: p.Ask.On, Reminded: p.Ask.Again,
			CloseBy: p.CloseBy, Closed: p.Closed, Answers: []surveyAnswerJSON{}}
		for _, a := range p.Answers {
			one.Answers = append(one.Answers, surveyAnswerJSON{ID: a.ID, Question: a.Question, Choice: a.Choice, Words: a.Words, At: moment(a.Sent()),
				Low: a.Low, Before: a.Before, Mark: a.Mark, Message: a.Interaction})
		}
		out.People = append(out.People, one)
	}
	for _, q := range r.Questions {
		one := questionFigures{Question: q.Question.Number, Answered: q.Answered, Counts: map[string]int{}, Roles: []roleJSON{}, Blended: q.Blended, Says: q.Words()}
		for i, option := range q.Question.Form.Options() {
			one.Counts[option] = q.Counts[i]
		}
		if q.All.Known {
			f := figureJSONOf(q.All)
			one.Figure = &f
		}
		for _, role := range q.Roles {
			one.Roles = append(one.Roles, roleJSON{role.Role, figureJSONOf(role.Figure)})
		}
		out.Results = append(out.Results, one)
	}
	for _, a := range r.Refused {
		out.Uncounted = append(out.Uncounted, refusedAnswerJSON{Contact: n.contactName(a.Contact), From: a.From, At: moment(a.Sent()), Words: a.Words, Why: a.Refused})
	}
	return out
}

func figureJSONOf(f survey.Figure) figureJSON {
	kind := "mean"
	if f.Promoter {
		kind = "nps"
	}
	return figureJSON{Kind: kind, Value: f.Value, Low: f.Low, High: f.High, N: f.N}
}

func (c *call) printResults(n names, r survey.Results) error {
	head := surveyOf(n, r)
	c.printf("%s: %d of %d answered\n", plainText(head.Title), head.Answered, head.Asked)
	for _, q := range r.Questions {
		c.printf("\n%d. %s\n", q.Question.Number, plainText(q.Question.Words))
		if err := c.printAnswers(r, q.Question); err != nil {
			return err
		}
		if q.Answered > 0 {
			c.printf("%s\n", q.Words())
		}
		for _, role := range q.Roles {
			c.printf("  %s: %s\n", plainText(role.Role), roleWords(role.Figure))
		}
	}
	for _, a := range r.Refused {
		c.note("not counted: %s, from %s: %s", n.contactName(a.Contact), a.From, a.Refused)
	}
	return nil
}

func roleWords(f survey.Figure) string {
	answers := "1 answer"
	if f.N != 1 {
		answers = fmt.Sprintf("%d answers", f.N)
	}
	if f.Promoter {
		return fmt.Sprintf("%+.0f, %s", f.Value, answers)
	}
	return fmt.Sprintf("%.1f, %s", f.Value, answers)
}

func (c *call) printAnswers(r survey.Results, q data.Question) error {
	var rows [][]string
	for _, p := range r.People {
		row := []string{p.Contact.Name, "", "no answer yet"}
		for _, a := range p.Answers {
			if a.Question != q.Number {
				continue
			}
			row[1], row[2] = a.Choice, strings.Join(strings.Fields(a.Words), " ")
			if a.Before != "" && a.Before != a.Choice {
				row[1] += ", was " + a.Before
			}
			if a.Mark != "" {
				row[2] = strings.TrimSpace(row[2] + " (" + a.Mark + ")")
			}
			if a.Low && !p.Closed {
				row[2] = strings.TrimSpace(row[2] + " Speak with them by " + p.CloseBy + ".")
			}
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		c.printf("nobody was asked yet\n")
		return nil
	}
	return table(c.out, []column{{head: "WHO", most: 28}, {head: "ANSWER"}, {head: "IN THEIR WORDS", rest: true}}, rows)
}
