package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func waitingVerb() *verb {
	return &verb{
		name: "waiting", args: "[ACCOUNT]", does: "List who waits for an answer, we for theirs and they for ours",
		more: `Looked at are the conversations of the last 30 days. A mail that only says thanks, that
came to us as a copy, or whose sender one of us met or called since, waits for nobody; nor
does mail of ours that asks nothing.`,
		most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runWaiting,
	}
}

type waitingMailJSON struct {
	Owes      string   `json:"owes"`
	Since     string   `json:"since"`
	Person    string   `json:"person"`
	Email     string   `json:"email"`
	Account   string   `json:"account"`
	AccountID string   `json:"accountId"`
	ID        string   `json:"id"`
	Subject   string   `json:"subject"`
	Asks      string   `json:"asks"`
	Reasons   []string `json:"reasons"`
	Usual     int      `json:"usualMinutes"`
	Longer    bool     `json:"longer"`
}

func runWaiting(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		account, err := c.accountGiven(db)
		if err != nil {
			return err
		}
		ours, err := db.Waiting(c.ctx, account, now)
		if err != nil {
			return err
		}
		theirs, err := db.Awaited(c.ctx, account, now)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(append(ours, theirs...), func(w data.Waiting) waitingMailJSON { return waitingMailOf(w, now) }))
		}
		return c.writeOwed(ours, theirs, now)
	})
}

func waitingMailOf(w data.Waiting, now time.Time) waitingMailJSON {
	owes := "us"
	if w.By != data.Us {
		owes = "them"
	}
	return waitingMailJSON{
		Owes: owes, Since: w.Since.UTC().Format(time.RFC3339), Person: text.Name(w.Person.Name, w.Person.Email), Email: w.Person.Email,
		Account: w.Account.Name, AccountID: w.Account.ID, ID: w.Interaction.ID, Subject: w.Interaction.Subject, Asks: w.Asks,
		Reasons: full(w.Reasons), Usual: int(w.Usual.Minutes()), Longer: w.Longer(now),
	}
}

func (c *call) writeOwed(ours, theirs []data.Waiting, now time.Time) error {
	if len(ours)+len(theirs) == 0 {
		c.note("nobody waits for an answer")
		return nil
	}
	for i, part := range []struct {
		title string
		list  []data.Waiting
	}{{"They wait for our answer", ours}, {"We wait for theirs", theirs}} {
		if len(part.list) == 0 {
			continue
		}
		if i > 0 && len(ours) > 0 {
			c.print("\n")
		}
		c.printf("%s\n", part.title)
		rows := make([][]string, len(part.list))
		for i, w := range part.list {
			says := append([]string{data.TitleOf(w.Interaction)}, w.Reasons[1:]...)
			if usual := w.UsualWords(now); usual != "" {
				says = append(says, usual)
			}
			rows[i] = []string{"", data.Age(now.Sub(w.Since)), text.Name(w.Person.Name, w.Person.Email), w.Account.Name, strings.Join(says, "; ")}
		}
		if err := table(c.out, []column{{}, {right: true}, {most: 24}, {most: 24}, {rest: true}}, rows); err != nil {
			return err
		}
	}
	return nil
}
