package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func riskAddVerb() *verb {
	return &verb{
		name: "risk add", args: "ACCOUNT WHAT", does: "Write down what may go wrong, or what one side hangs on",
		more:  `  rapport risk add kestrel.example "Lenders withdraw if Hall 2 shimmers" -chance 25 -meets "Night test first"`,
		least: 2, most: 2, flags: []flag{
			{name: "is", value: "KIND", does: "risk, we depend on them, they depend on us, or obstacle for both; else risk"},
			{name: "chance", value: "PERCENT", does: "how likely it is"},
			{name: "meets", value: "WORDS", does: "what we do about it"},
			ownerFlag, onFlag, fromFlag, jsonFlag,
		}, run: runRiskAdd,
	}
}

func riskListVerb() *verb {
	return listing[data.Risk]{
		name: "risk list", does: "List risks and dependencies", none: "no risk is open",
		columns: []column{{head: "FOR", most: 24}, {head: "WHAT", rest: true}, {head: "KIND"}, {head: "CHANCE", right: true}, {head: "MET BY", most: 32}, {head: "OWNER", most: 16}},
		row: func(n names, r data.Risk, _ time.Time) []string {
			chance := ""
			if r.Chance > 0 {
				chance = plainNumber(float64(r.Chance)) + " %"
			}
			return []string{n.byID()[r.Account], r.What, string(r.Is), chance, r.Meets, r.Owner}
		},
		shape: func(n names, r data.Risk, _ time.Time) any { return riskOf(n, r) },
	}.verb()
}

func riskCloseVerb() *verb {
	return &verb{name: "risk close", args: "RISK", does: "Say that a risk is over", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runRiskClose}
}

func foresightAddVerb() *verb {
	return &verb{
		name: "foresight add", args: "ACCOUNT WHAT", does: "Say what you believe will come to pass",
		more: `It is scored when its day has come, for the team as a whole.

  rapport foresight add kestrel.example "Hall 3 gets its budget" -chance 60 -by 2027-03-01`,
		least: 2, most: 2, flags: []flag{
			{name: "chance", value: "PERCENT", does: "how likely it is"},
			{name: "by", value: "DATE", does: "by when"},
			ownerFlag, fromFlag, jsonFlag,
		}, run: runForesightAdd,
	}
}

func foresightListVerb() *verb {
	l := listing[data.Foresight]{
		name: "foresight list", does: "List what was foreseen", more: "With -all it also says how good the team's foresight was, all of it together.", none: "nothing is foreseen",
		columns: []column{{head: "FOR", most: 24}, {head: "WHAT", rest: true}, {head: "CHANCE", right: true}, {head: "BY"}, {head: "CAME"}},
		row: func(n names, f data.Foresight, now time.Time) []string {
			came := string(f.Came)
			if f.Due(now) {
				came = "say if it came"
			}
			return []string{n.byID()[f.Account], f.What, plainNumber(float64(f.Chance)) + " %", f.By, came}
		},
		shape: func(n names, f data.Foresight, _ time.Time) any { return foresightOf(n, f) },
	}
	v := l.verb()
	v.run = func(c *call) error {
		if err := l.run(c); err != nil || c.on("json") || !c.on("all") {
			return err
		}
		return c.read(func(db *store.DB) error {
			list, err := store.Parts[data.Foresight](c.ctx, db, store.PartQuery{})
			c.note("scored: %s", data.Calibrate(list).Words())
			return err
		})
	}
	return v
}

func foresightScoreVerb() *verb {
	return &verb{
		name: "foresight score", args: "FORESIGHT yes|no", does: "Say whether what was foreseen came to pass",
		least: 2, most: 2, flags: []flag{onFlag, jsonFlag}, run: runForesightScore,
	}
}

type riskJSON struct {
	partJSON
	What   string `json:"what"`
	Is     string `json:"is"`
	Chance int    `json:"chance"`
	Meets  string `json:"meets"`
	Owner  string `json:"owner"`
	On     string `json:"on"`
	Closed string `json:"closed"`
}

func riskOf(n names, r data.Risk) riskJSON {
	return riskJSON{partJSON: n.part(r.Belongs), What: r.What, Is: string(r.Is), Chance: r.Chance, Meets: r.Meets, Owner: r.Owner, On: r.On, Closed: r.Closed}
}

type foresightJSON struct {
	partJSON
	What   string `json:"what"`
	Chance int    `json:"chance"`
	By     string `json:"by"`
	Owner  string `json:"owner"`
	On     string `json:"on"`
	Came   string `json:"came"`
	Scored string `json:"scored"`
}

func foresightOf(n names, f data.Foresight) foresightJSON {
	return foresightJSON{partJSON: n.part(f.Belongs), What: f.What, Chance: f.Chance, By: f.By, Owner: f.Owner, On: f.On, Came: string(f.Came), Scored: f.Scored}
}

func riskName(r data.Risk) string           { return r.What }
func foresightName(f data.Foresight) string { return f.What }

func runRiskAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		r := data.Risk{Belongs: data.Belongs{Account: a.ID}, What: strings.TrimSpace(c.args[1]), Is: data.MayFail}
		c.overwrite((*string)(&r.Is), "is")
		c.overwrite(&r.Meets, "meets")
		if r.Chance, err = c.number("chance"); err != nil {
			return err
		}
		if r.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		if r.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &r.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, "Risk with "+a.Name+": "+r.What, r, func(r data.Risk) any { return riskOf(known, r) })
	})
}

func runRiskClose(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		r, err := partOf(c, db, c.args[0], riskName)
		if err != nil {
			return err
		}
		if r.Closed, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "Over: "+r.What, r, func(r data.Risk) any { return riskOf(known, r) })
	})
}

func runForesightAdd(c *call) error {
	if !c.has("chance") || !c.has("by") {
		return misuse(c.verb, "say how likely it is and by when, like -chance 60 -by 2027-03-01")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		f := data.Foresight{Belongs: data.Belongs{Account: a.ID}, What: strings.TrimSpace(c.args[1]), On: now.Format(time.DateOnly)}
		if f.Chance, err = c.number("chance"); err != nil {
			return err
		}
		if f.By, err = c.dueDay("by", now); err != nil {
			return err
		}
		if f.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &f.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, "Foreseen with "+a.Name+": "+f.What, f, func(f data.Foresight) any { return foresightOf(known, f) })
	})
}

func runForesightScore(c *call) error {
	came := data.Came(strings.ToLower(c.args[1]))
	if came != data.CameTrue && came != data.CameFalse {
		return misuse(c.verb, "say yes or no; %q is neither", c.args[1])
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		f, err := partOf(c, db, c.args[0], foresightName)
		if err != nil {
			return err
		}
		f.Came = came
		if f.Scored, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, f.What+": "+string(came), f, func(f data.Foresight) any { return foresightOf(known, f) })
	})
}
