package cli

import (
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func valueAddVerb() *verb {
	return &verb{
		name: "value add", args: "ACCOUNT|CONTACT us|customer|partner WHAT", does: "Keep what one side gained from the other",
		more: `With a contact, they vouch for it. Without -evidence and without -agreed it is a hope.

  rapport value add "Anna Kessler" customer "Less energy in the Print Room" \
      -amount 18400 -unit kWh -yearly -evidence "meter readings of a year"`,
		least: 3, most: 3,
		flags: []flag{
			{name: "amount", value: "N", does: "how much of it"},
			{name: "unit", value: "UNIT", does: "in what: kWh, hours, EUR"},
			{name: "yearly", does: "that much each year"},
			{name: "evidence", value: "WORDS", does: "how we know"},
			{name: "agreed", value: "DATE", does: "when the other side confirmed it"},
			onFlag, fromFlag, jsonFlag,
		},
		run: runValueAdd,
	}
}

func valueListVerb() *verb {
	return listing[data.ValueEntry]{
		name: "value list", does: "List what each side gained", none: "no value is written down", record: true,
		columns: []column{{head: "WHOSE", most: 24}, {head: "FOR"}, {head: "WHAT", rest: true}, {head: "HOW MUCH", right: true}, {head: "EVIDENCE", most: 24}},
		row: func(n names, v data.ValueEntry, _ time.Time) []string {
			evidence := v.Evidence
			if !v.Proven() {
				evidence = "a hope"
			}
			return []string{n.whose(v.Belongs), string(v.To), v.What, v.AmountWords(), evidence}
		},
		shape: func(n names, v data.ValueEntry, _ time.Time) any { return valueOf(n, v) },
	}.verb()
}

type valueJSON struct {
	partJSON
	To       string  `json:"to"`
	What     string  `json:"what"`
	Amount   float64 `json:"amount"`
	Unit     string  `json:"unit"`
	Yearly   bool    `json:"yearly"`
	Evidence string  `json:"evidence"`
	Proven   bool    `json:"proven"`
	On       string  `json:"on"`
	Agreed   string  `json:"agreed"`
}

func valueOf(n names, v data.ValueEntry) valueJSON {
	return valueJSON{partJSON: n.part(v.Belongs), To: string(v.To), What: v.What, Amount: v.Amount, Unit: v.Unit, Yearly: v.Yearly,
		Evidence: v.Evidence, Proven: v.Proven(), On: v.On, Agreed: v.Agreed}
}

func runValueAdd(c *call) error {
	amount := 0.0
	if c.has("amount") {
		n, err := strconv.ParseFloat(c.text("amount"), 64)
		if err != nil || n != n || n > 1e15 || n < -1e15 {
			return misuse(c.verb, "flag -amount needs a number; %q is none", c.text("amount"))
		}
		amount = n
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		v := data.ValueEntry{Belongs: s.belongs(), To: data.Side(strings.ToLower(c.args[1])), What: strings.TrimSpace(c.args[2]), Amount: amount,
			Unit: strings.TrimSpace(c.text("unit")), Yearly: c.on("yearly"), Evidence: strings.TrimSpace(c.text("evidence"))}
		if v.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		if v.Agreed, err = c.day("agreed", now); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &v.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+": "+v.What, v, func(v data.ValueEntry) any { return valueOf(known, v) })
	})
}
