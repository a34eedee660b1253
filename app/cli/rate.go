package cli

import (
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func rateVerb() *verb {
	return &verb{
		name: "rate", args: "ACCOUNT|CONTACT SCORE", does: "Say what you feel about a relationship, 0 to 100, beside the computed number",
		more:  `  rapport rate "Anna Kessler" 70 -why "warm at the opening, but short of time"`,
		least: 2, most: 2, flags: []flag{
			{name: "why", value: "WORDS", does: "what makes you feel so"},
			{name: "by", value: "NAME", does: "who rates; you, where nobody is named"},
			onFlag, jsonFlag,
		}, run: runRate,
	}
}

type ratingJSON struct {
	partJSON
	Score int    `json:"score"`
	By    string `json:"by"`
	On    string `json:"on"`
	Why   string `json:"why"`
}

func runRate(c *call) error {
	score, err := strconv.Atoi(c.args[1])
	if err != nil {
		return misuse(c.verb, "a rating is a number from 0 to 100; %q is none", c.args[1])
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Rating{Belongs: s.belongs(), Score: score, Why: strings.TrimSpace(c.text("why"))}
		if p.By, err = c.owner(db, "by"); err != nil {
			return err
		}
		if p.By == "" {
			return misuse(c.verb, "say who rates with -by")
		}
		if p.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+" rated "+strconv.Itoa(score)+" by "+p.By, p, func(p data.Rating) any {
			return ratingJSON{partJSON: known.part(p.Belongs), Score: p.Score, By: p.By, On: p.On, Why: p.Why}
		})
	})
}
