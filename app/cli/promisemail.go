package cli

import (
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

type seenPromiseJSON struct {
	promiseJSON
	Who      string `json:"who"` // who wrote it
	Sentence string `json:"sentence"`
	Likely   bool   `json:"likely"` // names a date, and depends on nothing
	Message  string `json:"message"`
	At       string `json:"at"`
}

// runPromiseMail lists what mails seem to promise.
func runPromiseMail(c *call) error {
	if c.on("all") {
		return misuse(c.verb, "flags -mail and -all exclude each other")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s := subject{}
		if len(c.args) > 0 {
			var err error
			if s, err = known.subject(c.args[0]); err != nil {
				return err
			}
		}
		list, err := db.SeenPromises(c.ctx, s.account.ID, now)
		if err != nil {
			return err
		}
		var shown []data.PromiseProposal
		for _, p := range list {
			if s.contact.ID == "" || p.Promise.Contact == s.contact.ID {
				shown = append(shown, p)
			}
		}
		if c.on("json") {
			return writeArray(c.out, each(shown, func(p data.PromiseProposal) seenPromiseJSON { return seenPromiseOf(known, p, now) }))
		}
		if len(shown) == 0 {
			c.note("no mail of the last weeks seems to promise anything that nobody decided on")
			return nil
		}
		rows := make([][]string, len(shown))
		for i, p := range shown {
			rows[i] = []string{shortID(p.Promise.Interaction), p.Promise.Made, text.Name(p.Who.Name, p.Who.Email), p.Promise.What, p.Promise.DueWords(now), known.byID()[p.Promise.Account]}
		}
		return table(c.out, []column{{head: "MAIL"}, {head: "OF"}, {head: "WHO", most: 18}, {head: "SEEMS TO PROMISE", rest: true}, {head: "DUE"}, {head: "WITH", most: 24}}, rows)
	})
}

func seenPromiseOf(n names, p data.PromiseProposal, now time.Time) seenPromiseJSON {
	return seenPromiseJSON{promiseJSON: promiseOf(n, p.Promise, now), Who: text.Name(p.Who.Name, p.Who.Email), Sentence: p.Sentence, Likely: p.Likely,
		Message: p.Promise.Interaction, At: p.Promise.Made}
}
