package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func unknownAddVerb() *verb {
	return &verb{
		name: "unknown add", args: "ACCOUNT|CONTACT WHAT", does: "Keep what you do not know and should ask",
		more:  `  rapport unknown add kestrel.example "Who decides on the north wing?" -owner Priya`,
		least: 2, most: 2, flags: []flag{ownerFlag, onFlag, jsonFlag}, run: runUnknownAdd,
	}
}

func unknownListVerb() *verb {
	return listing[data.Unknown]{
		name: "unknown list", does: "List what you do not know and should ask", none: "no question is open",
		columns: []column{{head: "OF", most: 24}, {head: "WHAT", rest: true}, {head: "WHO ASKS", most: 16}, {head: "SINCE"}},
		row: func(n names, p data.Unknown, _ time.Time) []string {
			return []string{n.whose(p.Belongs), joinWords(p.What, p.Answer), p.Owner, p.Since}
		},
		shape: func(n names, p data.Unknown, _ time.Time) any { return unknownOf(n, p) },
	}.verb()
}

func unknownAnswerVerb() *verb {
	return &verb{
		name: "unknown answer", args: "UNKNOWN ANSWER", does: "Keep the answer to what you did not know",
		more:  "UNKNOWN is its ID, the beginning of that, or words of it.",
		least: 2, most: 2, flags: []flag{onFlag, fromFlag, jsonFlag}, run: runUnknownAnswer,
	}
}

type unknownJSON struct {
	partJSON
	What     string `json:"what"`
	Owner    string `json:"owner"`
	Since    string `json:"since"`
	Answer   string `json:"answer"`
	Answered string `json:"answered"`
}

func unknownOf(n names, p data.Unknown) unknownJSON {
	return unknownJSON{partJSON: n.part(p.Belongs), What: p.What, Owner: p.Owner, Since: p.Since, Answer: p.Answer, Answered: p.Answered}
}

func unknownName(p data.Unknown) string { return p.What }

func runUnknownAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Unknown{Belongs: s.belongs(), What: strings.TrimSpace(c.args[1])}
		if p.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if p.Since, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "To ask "+s.name()+": "+p.What, p, func(p data.Unknown) any { return unknownOf(known, p) })
	})
}

func runUnknownAnswer(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], unknownName)
		if err != nil {
			return err
		}
		p.Answer = strings.TrimSpace(c.args[1])
		if p.Answered, err = c.dayOr("on", now); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &p.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, joinWords(p.What, p.Answer), p, func(p data.Unknown) any { return unknownOf(known, p) })
	})
}
