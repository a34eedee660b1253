package cli

import (
	"slices"
	"strconv"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func rehearseVerb() *verb {
	return &verb{
		name: "rehearse", args: "[next|MEETING|ACCOUNT]", does: "Ask what to know by heart before a meeting: names, open promises, the play's questions",
		more: `At most twelve cards, two minutes, offline. Cards come back as SM-2 says (Wozniak 1990); how
well you know them stays on this laptop. With -card and -grade you say how an answer went.

  rapport rehearse next
  rapport rehearse next -card 2 -grade 5`,
		most: 1, flags: []flag{
			{name: "card", value: "N", does: "the card that was answered, by its number in the list"},
			{name: "grade", value: "N", does: "how it went: 0 nothing came, 3 with effort, 5 at once"},
			zoneFlag, jsonFlag,
		}, run: runRehearse,
	}
}

type cardJSON struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Question string `json:"question"`
	Answer   string `json:"answer"`
	Times    int    `json:"times"`
	Due      string `json:"due"`
}

func runRehearse(c *call) error {
	if c.has("card") != c.has("grade") {
		return misuse(c.verb, "-card and -grade go together: which card, and how it went")
	}
	return c.readNow(func(db *store.DB, now time.Time) error {
		meeting, err := c.briefed(db, now)
		if err != nil {
			return err
		}
		in, err := db.BriefInput(c.ctx, meeting, now)
		if err != nil {
			return err
		}
		states, err := store.Parts[data.Rehearsal](c.ctx, db, store.PartQuery{})
		if err != nil {
			return err
		}
		cards := data.RehearsalCards(in, states)
		if c.has("card") {
			return c.gradeCard(db, cards, now)
		}
		if c.on("json") {
			return writeArray(c.out, each(cards, func(k data.Card) cardJSON {
				return cardJSON{k.ID, k.Kind, k.Question, k.Answer, k.State.Times, k.State.Due}
			}))
		}
		if len(cards) == 0 {
			c.note("nothing is to be rehearsed for this meeting; you know it, or nobody wrote it down")
			return nil
		}
		rows := make([][]string, len(cards))
		for i, k := range cards {
			rows[i] = []string{strconv.Itoa(i + 1), k.Question, k.Answer}
		}
		return table(c.out, []column{{head: "N"}, {head: "QUESTION", most: 70}, {head: "ANSWER", rest: true}}, rows)
	})
}

func (c *call) gradeCard(db *store.DB, cards []data.Card, now time.Time) error {
	n, err := c.number("card")
	if err != nil {
		return err
	}
	grade, err := c.number("grade")
	if err != nil {
		return err
	}
	if n < 1 || n > len(cards) {
		return misuse(c.verb, "there is no card %d; rapport rehearse lists %s", n, data.Counted(len(cards), "card", "cards"))
	}
	if !slices.Contains([]int{0, 1, 2, 3, 4, 5}, grade) {
		return misuse(c.verb, "flag -grade needs a number from 0 to 5")
	}
	k := cards[n-1]
	r := k.State
	r.ID, r.Question = k.ID, k.Question
	r = r.Graded(grade, now)
	return keepPart(c, db, "Asked again on "+r.Due+": "+k.Question, r, func(r data.Rehearsal) any {
		return cardJSON{k.ID, k.Kind, k.Question, k.Answer, r.Times, r.Due}
	})
}
