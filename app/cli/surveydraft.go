package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/survey"
	"rapport/sync"
)

func surveyDraftVerb() *verb {
	return &verb{
		name: "survey draft", args: "SURVEY ACCOUNT|CONTACT …", does: "Put one personal mail for each person into your Drafts folder",
		more: `Nothing is sent: you send the mails from your mail program. Each answer in them is a
link; one click and a send answers, and the next rapport sync counts it. An account means
everybody there with a mail address. Left out, with the reason, is who was asked already,
who was asked in another survey within 30 days, and who does not want such mail.

  rapport survey draft "How are we doing" "Kestrel Museums" -yes
  rapport survey draft "How are we doing" "Kestrel Museums" -remind -yes`,
		least: 2, most: -1, run: runSurveyDraft,
		flags: []flag{
			{name: "opening", value: "WORDS", does: "what stands before the questions"},
			{name: "mailbox", value: "ADDRESS", does: "from which of your mailboxes; answers come back to it"},
			{name: "remind", does: "remind those who have not answered, once"},
			{name: "dry-run", does: "say who would get it, and write nothing"},
			{name: "yes", does: "put these into the mailbox's Drafts folder"},
			anywayFlag, jsonFlag,
		},
	}
}

type invitedJSON struct {
	Contact   string `json:"contact"`
	ContactID string `json:"contactId"`
	Address   string `json:"address"`
	Skipped   string `json:"skipped"`
	Draft     string `json:"draft"`
	Problem   string `json:"problem"`
}

func runSurveyDraft(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := partOf(c, db, c.args[0], data.Survey.Name)
		if err != nil {
			return err
		}
		if s.Close != "" {
			return &data.Invalid{Field: "survey", Says: fmt.Sprintf("%s was closed on %s; make a new one", s.Title, s.Close)}
		}
		people, err := c.audience(known)
		if err != nil {
			return err
		}
		from, err := db.Answer(c.ctx, data.MessageRow{}, c.text("mailbox"))
		if err != nil {
			return err
		}
		list, err := db.SurveyInvitees(c.ctx, s, people, c.on("remind"), now)
		if err != nil {
			return err
		}
		if strings.TrimSpace(c.text("anyway")) == "" {
			survey.Heed(list)
		}
		if c.on("dry-run") {
			return c.invited(list, nil)
		}
		if err := c.mayPut(db, data.Draft{Mailbox: from.Mailbox, From: from.From}); err != nil {
			return err
		}
		drafts, err := c.putSurvey(db, s, list, from, now)
		if err != nil {
			return err
		}
		return c.invited(list, drafts)
	})
}

// audience are the people that the arguments after the first name.
func (c *call) audience(known names) (list []data.Contact, err error) {
	for _, ref := range c.args[1:] {
		s, err := known.subject(ref)
		if err != nil {
			return nil, err
		}
		if s.contact.ID != "" {
			list = append(list, s.contact)
			continue
		}
		for _, p := range known.contacts {
			if p.AccountID == s.account.ID && p.Side != data.Us && len(p.Emails) > 0 {
				list = append(list, p)
			}
		}
	}
	if len(list) == 0 {
		return nil, &data.Invalid{Field: "who", Says: "nobody there has a mail address"}
	}
	return list, nil
}

// putSurvey writes the mails, and puts them into the Drafts folder. It returns the
// drafts by Contact.ID, as they stand then.
func (c *call) putSurvey(db *store.DB, s data.Survey, list []survey.Invitee, from data.Answer, now time.Time) (map[string]data.Draft, error) {
	drafts := map[string]data.Draft{}
	if len(survey.Asked(list)) == 0 {
		return drafts, nil
	}
	letter := survey.Letter{Survey: s, From: from.From, Again: c.on("remind"), Opening: cmp.Or(strings.TrimSpace(c.text("opening")), survey.UsualOpening)}
	_, err := db.Write(c.ctx, "Survey "+s.Title+" put into Drafts", func(tx *store.Tx) (err error) {
		if drafts, err = tx.AskSurvey(from.Mailbox, list, letter, c.on("yes"), tx.Now()); err != nil {
			return err
		}
		for _, i := range survey.Asked(list) {
			if err := tx.PutBreaches(data.BreachesOf(i.Against, now, "", c.text("anyway"), "")); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	keys, err := sync.Keys(c.ctx, db)
	if err != nil {
		return nil, err
	}
	if err := sync.New(db, keys, sync.Options{Now: c.now}).Send(c.ctx); err != nil {
		return nil, err
	}
	for id, d := range drafts {
		if drafts[id], err = db.Draft(c.ctx, d.ID); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// invited says who got it and who did not; drafts is nil where nothing was written.
func (c *call) invited(list []survey.Invitee, drafts map[string]data.Draft) error {
	waits := false
	shown := make([]invitedJSON, len(list))
	for i, one := range list {
		d := drafts[one.Contact.ID]
		shown[i] = invitedJSON{Contact: one.Contact.Name, ContactID: one.Contact.ID, Address: one.Address.Email, Skipped: one.Skip, Draft: d.ID, Problem: d.Problem}
		waits = waits || d.State() == data.DraftWait
	}
	if c.on("json") {
		if err := writeArray(c.out, asTheyAre(shown)); err != nil {
			return err
		}
	} else if err := c.printInvited(list, drafts); err != nil {
		return err
	}
	if waits {
		return exitCode(exitPartly)
	}
	return nil
}

func (c *call) printInvited(list []survey.Invitee, drafts map[string]data.Draft) error {
	rows, put, waits := make([][]string, len(list)), 0, 0
	for i, one := range list {
		d, ok := drafts[one.Contact.ID]
		state := "would be asked"
		switch {
		case one.Skip != "":
			state = "left out: " + one.Skip
		case ok && d.State() == data.DraftWait:
			state, waits = "waits to leave", waits+1
		case ok:
			state, put = "in "+d.Folder, put+1
		}
		rows[i] = []string{one.Contact.Name, one.Address.Email, state}
	}
	if err := table(c.out, []column{{head: "WHO", most: 28}, {head: "ADDRESS"}, {head: "", rest: true}}, rows); err != nil || drafts == nil {
		return err
	}
	c.note("%d of %d put into Drafts; send them from your mail program", put, len(list))
	if waits > 0 {
		c.note("%d wait to leave; rapport sync tries again", waits)
	}
	return nil
}
