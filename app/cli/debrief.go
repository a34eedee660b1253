package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func debriefVerb() *verb {
	return &verb{
		name: "debrief", args: "[last|MEETING|ACCOUNT]", does: "Write down what came of a meeting",
		more: `Without an argument, or with last, it is the last meeting with a customer; with an account,
the last one with them. Promises and next steps name who and by when in their words, and
become promises and steps. Each flag may be given several times. With no flag it shows what
is written.

  rapport debrief kestrel.example -decided "Hall 2 gets the new bus" \
      -we "Tomas sends the flicker report to Beatrice by Friday" \
      -they "Anna names the budget holder, 1 Dec" -next "Night test, 24 Nov" -absent Samuel`,
		most: 1, flags: []flag{
			{name: "decided", value: "WORDS", does: "what was decided", many: true},
			{name: "we", value: "WORDS", does: "what we promised: what, who, by when", many: true},
			{name: "they", value: "WORDS", does: "what they promised", many: true},
			{name: "next", value: "WORDS", does: "the next step and its date", many: true},
			{name: "feedback", value: "WORDS", does: "what they said of us", many: true},
			{name: "there", value: "PERSON", does: "who came, also uninvited: a name of the invitation, or an address", many: true},
			{name: "absent", value: "PERSON", does: "who was invited and did not come", many: true},
			{name: "note", value: "WORDS", does: "anything else"},
			zoneFlag, jsonFlag,
		}, run: runDebrief,
	}
}

type debriefJSON struct {
	Meeting   string        `json:"meeting"`
	Title     string        `json:"title"`
	AccountID string        `json:"accountId"`
	On        string        `json:"on"`
	Decisions []string      `json:"decisions"`
	Feedback  []string      `json:"feedback"`
	Note      string        `json:"note"`
	There     []string      `json:"there"`  // addresses
	Absent    []string      `json:"absent"` // addresses
	By        string        `json:"by"`
	Promises  []promiseJSON `json:"promises"` // made in it
	Steps     []stepJSON    `json:"steps"`
}

func runDebrief(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		m, err := c.held(db, known, now)
		if err != nil {
			return err
		}
		o := data.Outcome{Decisions: c.values["decided"], We: c.values["we"], They: c.values["they"], Next: c.values["next"], Feedback: c.values["feedback"], Note: c.text("note")}
		if o.There, err = c.attendees(m, known, "there"); err != nil {
			return err
		}
		if o.Absent, err = c.attendees(m, known, "absent"); err != nil {
			return err
		}
		if !o.IsEmpty() {
			colleagues, err := db.Colleagues(c.ctx, m.Account.ID, now)
			if err != nil {
				return err
			}
			o.Others = data.OthersOf(colleagues, slices.DeleteFunc(slices.Clone(known.contacts), func(p data.Contact) bool { return p.AccountID != m.Account.ID }))
			if _, err := db.Write(c.ctx, "What came of "+plainText(m.Summary), func(tx *store.Tx) error { return tx.Conclude(o, m, now) }); err != nil {
				return err
			}
		}
		have, err := db.Debrief(c.ctx, m.ID)
		if err != nil {
			return err
		}
		return c.showDebrief(db, known, m, have, !o.IsEmpty(), now)
	})
}

// held is the meeting that the command is about: by its ID, or the last that took
// place, with anybody or with an account.
func (c *call) held(db *store.DB, known names, now time.Time) (data.Agenda, error) {
	account := ""
	if len(c.args) > 0 && c.args[0] != "last" {
		m, err := db.Meeting(c.ctx, c.args[0])
		if err == nil {
			return m, nil
		}
		a, err := known.account(c.args[0])
		if err != nil {
			return m, err
		}
		account = a.ID
	}
	dates, err := db.Agenda(c.ctx, now.Add(-ahead), now)
	if err != nil {
		return data.Agenda{}, err
	}
	for _, m := range slices.Backward(dates) {
		if m.Account.ID != "" && (account == "" || m.Account.ID == account) && !m.Cancelled && !m.AllDay {
			return m, nil
		}
	}
	return data.Agenda{}, fmt.Errorf("no meeting with a customer took place in the last 90 days; agenda -json gives the IDs of others")
}

// attendees are the addresses of the people whom a flag names.
func (c *call) attendees(m data.Agenda, known names, flag string) (list []string, err error) {
	for _, who := range c.values[flag] {
		email, err := attendee(m, who)
		if err != nil && flag == "there" {
			contact, missing := known.contactOf(m.Account, who)
			if missing == nil && len(contact.Emails) > 0 {
				email, err = contact.Emails[0], nil
			}
		}
		if err != nil {
			return nil, misuse(c.verb, "flag -%s: %v", flag, err)
		}
		list = append(list, email)
	}
	return list, nil
}

// attendee is the address of somebody invited, by address or by words of the name.
func attendee(m data.Agenda, who string) (string, error) {
	var found []data.Participant
	for _, p := range m.People {
		name := text.Name(p.Name, p.Email)
		if strings.EqualFold(p.Email, who) || text.Fold(name) == text.Fold(who) {
			return p.Email, nil
		}
		if strings.Contains(" "+text.Fold(name)+" ", " "+text.Fold(who)+" ") {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("nobody called %q is invited", who)
	case 1:
		return found[0].Email, nil
	}
	return "", fmt.Errorf("%q may be %s or %s; write the address", who, found[0].Email, found[1].Email)
}

func (c *call) showDebrief(db *store.DB, known names, m data.Agenda, d data.Debrief, written bool, now time.Time) error {
	promises, err := store.Parts[data.Promise](c.ctx, db, store.PartQuery{Interaction: m.ID})
	if err != nil {
		return err
	}
	steps, err := store.Parts[data.Step](c.ctx, db, store.PartQuery{Interaction: m.ID})
	if err != nil {
		return err
	}
	if c.on("json") {
		j := debriefJSON{Meeting: m.ID, Title: m.Summary, AccountID: m.Account.ID, On: d.On, Decisions: full(d.Decisions), Feedback: full(d.Feedback), Note: d.Note, There: full(d.There), Absent: full(d.Absent), By: d.By,
			Promises: []promiseJSON{}, Steps: []stepJSON{}}
		for _, p := range promises {
			j.Promises = append(j.Promises, promiseOf(known, p, now))
		}
		for _, s := range steps {
			j.Steps = append(j.Steps, stepOf(known, s))
		}
		return writeJSON(c.out, j)
	}
	lines := [][2]string{{"Meeting", data.WithoutLinks(m.Summary)}}
	add := func(label string, list []string) {
		for _, s := range list {
			lines = append(lines, [2]string{label, s})
		}
	}
	add("Decided", d.Decisions)
	for _, p := range promises {
		side := "They promised"
		if p.By == data.Us {
			side = "We promised"
		}
		lines = append(lines, [2]string{side, withDue(p.What, p.Due)})
	}
	for _, s := range steps {
		lines = append(lines, [2]string{"Next", withDue(s.What, s.Due)})
	}
	add("They said", d.Feedback)
	add("Came", d.There)
	add("Did not come", d.Absent)
	add("Note", slices.DeleteFunc([]string{d.Note}, func(s string) bool { return s == "" }))
	c.lines(lines)
	switch {
	case written:
		c.printf("rapport undo takes it back\n")
	case len(lines) == 1:
		c.note("nothing is written of this meeting yet; -decided, -we, -they and -next begin it")
	}
	return nil
}

func withDue(what, due string) string {
	if due == "" {
		return what
	}
	return what + ", by " + due
}
