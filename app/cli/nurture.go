package cli

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/nurture"
	"rapport/data/store"
)

func nurtureDueVerb() *verb {
	return &verb{
		name: "nurture due", args: "[ACCOUNT|CONTACT]", does: "List what would do a relationship good now: a mail, a step, something to send; each with its reason",
		more: `It is made from what is on this laptop: a question that nobody answered, a first meeting or
order, a stage reached, a renewal within 90 days, a birthday, their news, and silence against the rhythm.
Nothing is sent. What a wish of theirs is against waits, and so does selling to whom you know
for less than 30 days, or after a wish was gone against; -all says so, and what you answered.

  rapport nurture due
  rapport nurture draft 1 -yes`,
		most: 1, flags: []flag{{name: "all", does: "what waits and what was answered too, with the reason"}, zoneFlag, jsonFlag}, run: runNurtureDue,
	}
}

func nurtureDraftVerb() *verb {
	return &verb{
		name: "nurture draft", args: "N", does: "Begin the mail that a suggestion asks for, in your Drafts folder",
		more: `N is its number in nurture due, or its ID. Nothing in the mail is made up: each piece says
what it rests on, and what is yours to say stands in square brackets. A question is answered in
its conversation. The sent copy, when sync reads it, closes the suggestion.

  rapport nurture draft 1 -yes
  rapport nurture draft 1 -mailto`,
		least: 1, most: 1, flags: append([]flag{{name: "subject", value: "WORDS", does: "the subject"}}, draftFlags...), run: runNurtureDraft,
	}
}

func nurtureStepVerb() *verb {
	return &verb{
		name: "nurture step", args: "N", does: "Make a step of a suggestion, in the account's plan",
		more:  "N is its number in nurture due, or its ID.\n\n  rapport nurture step 2 -owner 'Maya Lindqvist'",
		least: 1, most: 1, flags: []flag{ownerFlag, zoneFlag, jsonFlag}, run: runNurtureStep,
	}
}

func nurtureDoneVerb() *verb {
	return &verb{
		name: "nurture done", args: "N", does: "Say that you did what a suggestion asks for",
		more:  "N is its number in nurture due, or its ID.",
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runNurtureDone,
	}
}

func nurtureDeclineVerb() *verb {
	return &verb{
		name: "nurture decline", args: "N", does: "Put a suggestion off, or have none for this person any more",
		more:  "N is its number in nurture due, or its ID. Without flags it may come again in two weeks.\n\n  rapport nurture decline 3 -until 2027-01-10\n  rapport nurture decline 3 -never",
		least: 1, most: 1, flags: []flag{
			{name: "until", value: "DATE", does: "not before this day"},
			{name: "never", does: "nothing for this person any more; rapport undo takes it back"},
			zoneFlag, jsonFlag,
		}, run: runNurtureDecline,
	}
}

type nurtureJSON struct {
	N           int                `json:"n"`
	ID          string             `json:"id"`
	Trigger     string             `json:"trigger"`
	Way         string             `json:"way"`
	Channel     string             `json:"channel"`
	Account     string             `json:"account"`
	AccountID   string             `json:"accountId"`
	Contact     string             `json:"contact"`
	ContactID   string             `json:"contactId"`
	Words       string             `json:"words"`
	Reason      string             `json:"reason"`
	Interaction string             `json:"interaction"`
	On          string             `json:"on"`
	Content     string             `json:"content"`
	Held        string             `json:"held"`
	Said        string             `json:"said"`
	Until       string             `json:"until"`
	Draft       string             `json:"draft"`
	DraftState  string             `json:"draftState"`
	Facts       []nurtureFactsJSON `json:"facts"`
}

type nurtureFactsJSON struct {
	Line string `json:"line"`
	From string `json:"from"`
}

func runNurtureDue(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := db.Nurture(c.ctx, now)
		if err != nil {
			return err
		}
		open := nurture.Due(list, now)
		if !c.on("all") {
			list = open
		}
		if len(c.args) > 0 {
			about, err := known.subject(c.args[0])
			if err != nil {
				return err
			}
			list = ofSubject(list, about)
		}
		shown := make([]nurtureJSON, len(list))
		for i, s := range list {
			if shown[i], err = c.nurtureOf(db, s, open, now); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(shown))
		}
		if len(list) == 0 {
			c.note("nothing is due; what waits and what was answered shows with -all")
			return nil
		}
		rows := make([][]string, len(shown))
		for i, s := range shown {
			rows[i] = []string{nurtureNumber(s.N), s.Account, s.Words, nurtureStands(s)}
		}
		return table(c.out, []column{{head: "N"}, {head: "ACCOUNT", most: 24}, {head: "WHAT"}, {head: "BECAUSE", rest: true}}, rows)
	})
}

func ofSubject(list []nurture.Suggestion, about subject) (own []nurture.Suggestion) {
	for _, s := range list {
		if s.Account.ID == about.account.ID && (about.contact.ID == "" || s.Contact.ID == about.contact.ID) {
			own = append(own, s)
		}
	}
	return own
}

func nurtureNumber(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// nurtureStands is the reason, and what keeps it back or became of it.
func nurtureStands(s nurtureJSON) string {
	switch {
	case s.N > 0:
		return s.Reason
	case s.Said == string(data.NurtureNotNow):
		return "not before " + s.Until + ": " + s.Reason
	case s.DraftState != "":
		return s.DraftState + ": " + s.Reason
	case s.Said != "":
		return s.Said + ": " + s.Reason
	}
	return "waits, " + s.Held
}

// nurtureOf shows a suggestion; open are those that have a number.
func (c *call) nurtureOf(db *store.DB, s nurture.Suggestion, open []nurture.Suggestion, now time.Time) (nurtureJSON, error) {
	j := nurtureJSON{ID: s.ID, Trigger: string(s.Trigger), Way: string(s.Way), Channel: string(s.Channel), Account: s.Account.Name, AccountID: s.Account.ID,
		Contact: s.Contact.Name, ContactID: s.Contact.ID, Words: s.Words, Reason: s.Because.Words, Interaction: s.Because.Interaction,
		On: s.On.In(now.Location()).Format(time.DateOnly), Content: s.Bring.Title, Held: s.Held, Facts: []nurtureFactsJSON{}}
	for i, o := range open {
		if o.ID == s.ID {
			j.N = i + 1
		}
	}
	if j.N == 0 && s.Answer.Key != "" {
		j.Said, j.Until, j.Draft = string(s.Answer.Said), s.Answer.Until, s.Answer.Draft
	}
	if s.Way != nurture.Step {
		for _, line := range nurture.Write(s, data.Answer{}, now).Lines {
			j.Facts = append(j.Facts, nurtureFactsJSON{line.Words, line.From})
		}
	}
	if j.Draft == "" {
		return j, nil
	}
	d, err := db.Draft(c.ctx, j.Draft)
	if errors.Is(err, data.ErrNotFound) {
		j.DraftState = "draft thrown away"
		return j, nil
	}
	j.DraftState = string(d.State())
	return j, err
}

// suggestion is the open suggestion that the first argument names.
func (c *call) suggestion(db *store.DB, now time.Time) (nurture.Suggestion, error) {
	all, err := db.Nurture(c.ctx, now)
	if err != nil {
		return nurture.Suggestion{}, err
	}
	list := nurture.Due(all, now)
	ref := strings.TrimSpace(c.args[0])
	if n, err := strconv.Atoi(ref); err == nil {
		if n < 1 || n > len(list) {
			return nurture.Suggestion{}, misuse(c.verb, "there is no suggestion %d; rapport nurture due lists %s", n, data.Counted(len(list), "suggestion", "suggestions"))
		}
		return list[n-1], nil
	}
	for _, s := range list {
		if s.ID == ref {
			return s, nil
		}
	}
	for _, s := range all {
		if s.ID == ref {
			return s, &data.Invalid{Field: "suggestion", Says: "it is not open any more, or waits; rapport nurture due -all says why"}
		}
	}
	return nurture.Suggestion{}, fmt.Errorf("suggestion %q: %w; rapport nurture due lists them", ref, data.ErrNotFound)
}

func runNurtureDraft(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		s, err := c.suggestion(db, now)
		if err != nil {
			return err
		}
		if s.Way == nurture.Step {
			return &data.Invalid{Field: "suggestion", Says: "it asks for a step, not for a mail; use rapport nurture step, or rapport draft new to write all the same"}
		}
		l, err := db.NurtureLetter(c.ctx, s, c.text("mailbox"), now)
		if err != nil {
			return err
		}
		d := l.Draft
		c.overwrite(&d.Subject, "subject")
		for _, line := range l.Lines {
			c.note("%s  <- %s", strings.ReplaceAll(line.Words, "\n", " "), line.From)
		}
		if !c.has("body") {
			c.values["body"] = []string{d.Text}
		}
		c.beside = func(tx *store.Tx, d data.Draft) error {
			a := nurture.Said(s, data.NurtureDrafted, now)
			a.Draft = d.ID
			return tx.AnswerNurture(a)
		}
		return c.letGo(db, d.Tidy())
	})
}

func runNurtureStep(c *call) error {
	return c.nurtureAnswer(func(db *store.DB, s nurture.Suggestion, now time.Time) (string, func(*store.Tx) error, error) {
		owner, err := c.owner(db, "owner")
		return "Step: " + s.Words, func(tx *store.Tx) error {
			step, err := store.PutPart(tx, nurture.MakeStep(s, owner, now))
			if err != nil {
				return err
			}
			a := nurture.Said(s, data.NurtureStep, now)
			a.Step = step.ID
			return tx.AnswerNurture(a)
		}, err
	})
}

func runNurtureDone(c *call) error {
	return c.nurtureAnswer(func(_ *store.DB, s nurture.Suggestion, now time.Time) (string, func(*store.Tx) error, error) {
		return "Done: " + s.Words, func(tx *store.Tx) error { return tx.AnswerNurture(nurture.Said(s, data.NurtureDone, now)) }, nil
	})
}

func runNurtureDecline(c *call) error {
	if c.on("never") && c.has("until") {
		return misuse(c.verb, "flags -never and -until exclude each other")
	}
	return c.nurtureAnswer(func(_ *store.DB, s nurture.Suggestion, now time.Time) (string, func(*store.Tx) error, error) {
		if c.on("never") {
			return "No suggestions for " + s.Contact.Name + " any more", func(tx *store.Tx) error { return tx.AnswerNurture(nurture.Said(s, data.NurtureNever, now)) }, nil
		}
		until, err := c.day("until", now)
		if err == nil && until != "" && until <= now.Format(time.DateOnly) {
			err = misuse(c.verb, "-until is a day that is still to come")
		}
		a := nurture.NotNow(s, until, now)
		return "Not before " + a.Until + ": " + s.Words, func(tx *store.Tx) error { return tx.AnswerNurture(a) }, err
	})
}

// nurtureAnswer writes what answer makes of the suggestion that the first argument
// names, and says so.
func (c *call) nurtureAnswer(answer func(*store.DB, nurture.Suggestion, time.Time) (string, func(*store.Tx) error, error)) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		s, err := c.suggestion(db, now)
		if err != nil {
			return err
		}
		label, write, err := answer(db, s, now)
		if err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, label, write); err != nil {
			return err
		}
		after, err := db.Nurture(c.ctx, now)
		if err != nil {
			return err
		}
		for _, a := range after {
			if a.ID == s.ID {
				s = a
			}
		}
		shown, err := c.nurtureOf(db, s, nurture.Due(after, now), now)
		if err != nil {
			return err
		}
		return c.done(label, func() any { return shown })
	})
}
