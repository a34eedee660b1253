package cli

import (
	"cmp"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func promiseAddVerb() *verb {
	return &verb{
		name: "promise add", args: "ACCOUNT|CONTACT WHAT", does: "Keep a promise, ours or theirs, with its date",
		more: `  rapport promise add "Anna Kessler" "send the flicker report" -due friday
  rapport promise add kestrel.example "confirm the hall" -by customer -due "end of the month"`,
		least: 2, most: 2, flags: []flag{
			{name: "by", value: "WHO", does: "who promised it: us (the rule), customer or partner"},
			{name: "due", value: "DAY", does: "by when: 2026-11-20, friday, tomorrow, in 2 weeks"},
			ownerFlag,
			{name: "on", value: "DATE", does: "when it was promised; else today"},
			fromFlag, jsonFlag,
		}, run: runPromiseAdd,
	}
}

func promiseListVerb() *verb {
	v := listing[data.Promise]{
		name: "promise list", does: "List what was promised and is open, what is most over first",
		more: `With -mail it lists what people seem to promise in their mails and nobody decided on yet,
with the mail that says so. Nothing of that counts before a person keeps it:

  rapport promise add kestrel.example "send the flicker report" -due friday -from 3f2a91c04d77`,
		none:    "nothing is promised and open",
		columns: []column{{head: "WHO", most: 10}, {head: "WHAT", rest: true}, {head: "DUE"}, {head: "WITH", most: 24}},
		row: func(n names, p data.Promise, now time.Time) []string {
			return []string{promiser(p), p.What, promiseState(p, now), n.whose(p.Belongs)}
		},
		shape: func(n names, p data.Promise, now time.Time) any { return promiseOf(n, p, now) }, sort: data.SortPromises,
	}.verb()
	kept := v.run
	v.flags = append([]flag{{name: "mail", does: "what mails seem to promise, of which nobody decided"}}, v.flags...)
	v.run = func(c *call) error {
		if c.on("mail") {
			return runPromiseMail(c)
		}
		return kept(c)
	}
	return v
}

func promiseKeepVerb() *verb {
	return &verb{
		name: "promise keep", args: "PROMISE", does: "Say that a promise was kept",
		more:  "PROMISE is its ID, the beginning of that, or words of it.\n\n  rapport promise keep \"flicker report\"",
		least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runPromiseKeep,
	}
}

func promiseDropVerb() *verb {
	return &verb{
		name: "promise drop", args: "PROMISE -why WORDS", does: "Say that both let go of a promise",
		more:  "A promise that was let go counts as neither kept nor broken.",
		least: 1, most: 1, flags: []flag{{name: "why", value: "WORDS", does: "what was agreed"}, onFlag, jsonFlag}, run: runPromiseDrop,
	}
}

type promiseJSON struct {
	partJSON
	By       string `json:"by"`
	Owner    string `json:"owner"`
	What     string `json:"what"`
	Made     string `json:"made"`
	Due      string `json:"due"`
	Kept     string `json:"kept"`
	Dropped  string `json:"dropped"`
	Why      string `json:"why"`
	Open     bool   `json:"open"`
	DaysOver int    `json:"daysOver"`
}

func promiseOf(n names, p data.Promise, now time.Time) promiseJSON {
	return promiseJSON{
		partJSON: n.part(p.Belongs), By: string(p.By), Owner: p.Owner, What: p.What, Made: p.Made, Due: p.Due, Kept: p.Kept, Dropped: p.Dropped, Why: p.Why,
		Open: p.Open(), DaysOver: p.Late(now),
	}
}

func promiser(p data.Promise) string {
	if p.By == data.Us {
		return cmp.Or(p.Owner, "we")
	}
	return "they"
}

func promiseState(p data.Promise, now time.Time) string {
	switch {
	case p.Kept != "":
		return "kept " + p.Kept
	case p.Dropped != "":
		return "let go " + p.Dropped
	}
	return p.DueWords(now)
}

// dueInLine is when a promise is due within a line: "tomorrow", "Fri 27 Nov".
func dueInLine(p data.Promise, now time.Time) string {
	words := p.DueWords(now)
	if strings.ContainsAny(words, "0123456789") {
		return words
	}
	return strings.ToLower(words)
}

func promiseLine(p data.Promise, now time.Time) string {
	return promiser(p) + ": " + p.What + " (" + promiseState(p, now) + ")"
}

func promiseName(p data.Promise) string { return p.What }

func runPromiseAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Promise{Belongs: s.belongs(), By: sideOf(c.text("by")), What: strings.TrimSpace(c.args[1])}
		if p.Made, err = c.dayOr("on", now); err != nil {
			return err
		}
		if p.Due, err = c.dueDay("due", now); err != nil {
			return err
		}
		if p.By == data.Us || c.has("owner") {
			if p.Owner, err = c.owner(db, "owner"); err != nil {
				return err
			}
		}
		if err := c.learnedFrom(db, &p.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, "Promise: "+p.What+", "+dueInLine(p, now), p, func(p data.Promise) any { return promiseOf(known, p, now) })
	})
}

// sideOf reads who promised; nothing is us. What is none of them is refused
// where it is kept.
func sideOf(s string) data.Side {
	switch s = strings.ToLower(strings.TrimSpace(s)); s {
	case "", "we", "us", "me":
		return data.Us
	case "they", "them", "customer":
		return data.Customer
	}
	return data.Side(s)
}

func runPromiseKeep(c *call) error {
	return c.settlePromise("Promise kept", func(p *data.Promise, date string) { p.Kept, p.Dropped, p.Why = date, "", "" })
}

func runPromiseDrop(c *call) error {
	if strings.TrimSpace(c.text("why")) == "" {
		return misuse(c.verb, "say with -why what was agreed in its place")
	}
	return c.settlePromise("Promise let go", func(p *data.Promise, date string) {
		p.Kept, p.Dropped, p.Why = "", date, strings.TrimSpace(c.text("why"))
	})
}

func (c *call) settlePromise(did string, settle func(p *data.Promise, date string)) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], promiseName)
		if err != nil {
			return err
		}
		date, err := c.dayOr("on", now)
		if err != nil {
			return err
		}
		settle(&p, date)
		return keepPart(c, db, did+": "+p.What, p, func(p data.Promise) any { return promiseOf(known, p, now) })
	})
}
