package cli

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
)

func surveyCreateVerb() *verb {
	return &verb{
		name: "survey create", args: "TITLE -ask QUESTION …", does: "Make a survey that goes to people by mail",
		more: `A question says before a colon how it is answered: a scale from 0 or 1 up to 10, with
what its ends mean; a choice; or text, in words. The title becomes the mail's subject.

  rapport survey create "How are we doing?" -ask "1-5 never | always: How well do we keep what we promise?" \
    -ask "0-10: Would you recommend us to a colleague?" -ask "text: What is the one thing to change?"`,
		least: 1, most: 1, run: runSurveyCreate,
		flags: []flag{
			{name: "ask", value: "QUESTION", does: "a question, in their order", many: true},
			{name: "account", value: "ACCOUNT", does: "the account that it is made for (else it is the team's)"},
			jsonFlag,
		},
	}
}

func surveyListVerb() *verb {
	return &verb{name: "survey list", does: "List the surveys, with how many answered", flags: []flag{jsonFlag}, run: runSurveyList}
}

func surveyCloseVerb() *verb {
	return &verb{
		name: "survey close", args: "SURVEY", does: "Close a survey: what comes later does not count",
		least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runSurveyClose,
	}
}

func surveyDueVerb() *verb {
	return &verb{
		name: "survey due", does: "List the accounts that should be asked again, by tier",
		more:  "Accounts of tier A are asked twice a year, others once. Who is due longest comes first,\nwho was never asked last.",
		flags: []flag{jsonFlag}, run: runSurveyDue,
	}
}

type surveyJSON struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Account   string         `json:"account"`
	On        string         `json:"on"`
	Closed    string         `json:"closed"`
	By        string         `json:"by"`
	Questions []questionJSON `json:"questions"`
	Asked     int            `json:"asked"`
	Answered  int            `json:"answered"`
}

type questionJSON struct {
	Number int    `json:"number"`
	Words  string `json:"words"`
	Form   string `json:"form"`
}

func surveyOf(n names, r survey.Results) surveyJSON {
	s := r.Survey
	out := surveyJSON{ID: s.ID, Title: s.Title, Account: n.byID()[s.Account], On: s.On, Closed: s.Close, By: s.By, Questions: []questionJSON{}, Asked: len(r.People)}
	for _, q := range s.Questions() {
		out.Questions = append(out.Questions, questionJSON{Number: q.Number, Words: q.Words, Form: q.Form.String()})
	}
	for _, p := range r.People {
		if p.Answered() {
			out.Answered++
		}
	}
	return out
}

func runSurveyCreate(c *call) error {
	var questions []data.Question
	for _, ask := range c.values["ask"] {
		q, err := data.ReadQuestion(ask)
		if err != nil {
			return err
		}
		questions = append(questions, q)
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s := data.Survey{Title: strings.TrimSpace(c.args[0]), On: now.Format(time.DateOnly)}.WithQuestions(questions)
		if c.has("account") {
			a, err := known.account(c.text("account"))
			if err != nil {
				return err
			}
			s.Account = a.ID
		}
		var err error
		if s.By, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		return keepPart(c, db, "Survey made: "+s.Title, s, func(s data.Survey) any { return surveyOf(known, survey.Results{Survey: s}) })
	})
}

func runSurveyList(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		facts, err := db.SurveyFacts(c.ctx)
		if err != nil {
			return err
		}
		var list []surveyJSON
		for _, s := range facts.Newest() {
			list = append(list, surveyOf(known, survey.Count(facts.Of(s))))
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(list))
		}
		if len(list) == 0 {
			c.note("there is no survey yet; make one with rapport survey create")
			return nil
		}
		rows := make([][]string, len(list))
		for i, s := range list {
			state := "open"
			if s.Closed != "" {
				state = "closed " + s.Closed
			}
			rows[i] = []string{shortID(s.ID), s.On, s.Title, s.Account, strconv.Itoa(len(s.Questions)), fmt.Sprintf("%d of %d", s.Answered, s.Asked), state}
		}
		return table(c.out, []column{{head: "ID"}, {head: "MADE"}, {head: "TITLE", rest: true}, {head: "ACCOUNT", most: 24}, {head: "QUESTIONS"}, {head: "ANSWERED"}, {head: "STATE"}}, rows)
	})
}

func runSurveyClose(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := partOf(c, db, c.args[0], data.Survey.Name)
		if err != nil {
			return err
		}
		if s.Close, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "Survey closed: "+s.Title, s, func(s data.Survey) any { return surveyOf(known, survey.Results{Survey: s}) })
	})
}

type dueSurveyJSON struct {
	Account   string `json:"account"`
	AccountID string `json:"accountId"`
	Tier      string `json:"tier"`
	Last      string `json:"last"`
	On        string `json:"on"`
}

func runSurveyDue(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		facts, err := db.SurveyFacts(c.ctx)
		if err != nil {
			return err
		}
		due := facts.DueAgain(known.accounts, now)
		if c.on("json") {
			return writeArray(c.out, each(due, func(d survey.Due) dueSurveyJSON {
				return dueSurveyJSON{Account: d.Account.Name, AccountID: d.Account.ID, Tier: string(d.Account.Tier), Last: d.Last, On: d.On}
			}))
		}
		if len(due) == 0 {
			c.note("nobody is due to be asked again")
			return nil
		}
		rows := make([][]string, len(due))
		for i, d := range due {
			since := d.On
			if d.Last == "" {
				since = "never asked"
			}
			rows[i] = []string{d.Account.Name, string(d.Account.Tier), d.Last, since}
		}
		return table(c.out, []column{{head: "ACCOUNT", rest: true}, {head: "TIER"}, {head: "ASKED LAST"}, {head: "DUE SINCE"}}, rows)
	})
}
