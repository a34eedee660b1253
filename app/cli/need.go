package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var needFlags = []flag{
	{name: "title", value: "WORDS", does: "the need in short, in your words"},
	{name: "obstacle", value: "WORDS", does: "what stands in the way"},
	ownerFlag,
	{name: "expects", value: "WORDS", does: "what they expect"},
	{name: "met", value: "HOW", does: "how that stands: not met, on the way or met"},
	{name: "on", value: "DATE", does: "when they said it; else today"},
	fromFlag, jsonFlag,
}

func needAddVerb() *verb {
	return &verb{
		name: "need add", args: "ACCOUNT|CONTACT WORDS", does: "Keep what a customer needs, in their words",
		more:  `  rapport need add "Anna Kessler" "The light must not flicker on film" -obstacle "the old dimmers"`,
		least: 2, most: 2, flags: needFlags, run: runNeedAdd,
	}
}

func needListVerb() *verb {
	return listing[data.Need]{
		name: "need list", does: "List what customers need", none: "no need is open",
		columns: []column{{head: "WHOSE", most: 24}, {head: "NEED", rest: true}, {head: "OBSTACLE", most: 24}, {head: "EXPECTED"}},
		row: func(n names, p data.Need, _ time.Time) []string {
			return []string{n.whose(p.Belongs), p.Name(), p.Obstacle, string(p.Met)}
		},
		shape: func(n names, p data.Need, _ time.Time) any { return needOf(n, p) },
	}.verb()
}

func needSetVerb() *verb {
	return &verb{
		name: "need set", args: "NEED", does: "Change what is kept of a need",
		more:  "NEED is its ID, the beginning of that, or words of it. What no flag names stays.\n\n  rapport need set flicker -met \"on the way\"",
		least: 1, most: 1, flags: append([]flag{{name: "said", value: "WORDS", does: "the need, in their words"}}, needFlags...), run: runNeedSet,
	}
}

func needCloseVerb() *verb {
	return &verb{
		name: "need close", args: "NEED", does: "Say that a need is none any more",
		least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runNeedClose,
	}
}

type needJSON struct {
	partJSON
	Words    string `json:"words"`
	Title    string `json:"title"`
	Obstacle string `json:"obstacle"`
	Owner    string `json:"owner"`
	Expects  string `json:"expects"`
	Met      string `json:"met"`
	On       string `json:"on"`
	Closed   string `json:"closed"`
}

func needOf(n names, p data.Need) needJSON {
	return needJSON{partJSON: n.part(p.Belongs), Words: p.Words, Title: p.Title, Obstacle: p.Obstacle, Owner: p.Owner, Expects: p.Expects, Met: string(p.Met), On: p.On, Closed: p.Closed}
}

func runNeedAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Need{Belongs: s.belongs(), Words: strings.TrimSpace(c.args[1]), On: now.Format(time.DateOnly)}
		if p.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if err := c.fillNeed(db, &p, now); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+" needs: "+p.Name(), p, func(p data.Need) any { return needOf(known, p) })
	})
}

// fillNeed takes over what the flags say.
func (c *call) fillNeed(db *store.DB, p *data.Need, now time.Time) (err error) {
	c.overwrite(&p.Words, "said")
	c.overwrite(&p.Title, "title")
	c.overwrite(&p.Obstacle, "obstacle")
	c.overwrite(&p.Owner, "owner")
	c.overwrite(&p.Expects, "expects")
	c.overwrite((*string)(&p.Met), "met")
	if c.has("on") {
		if p.On, err = c.day("on", now); err != nil {
			return err
		}
	}
	return c.learnedFrom(db, &p.Belongs)
}

func runNeedSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -met or -obstacle")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], data.Need.Name)
		if err != nil {
			return err
		}
		if err := c.fillNeed(db, &p, now); err != nil {
			return err
		}
		return keepPart(c, db, p.Name()+": "+strings.Join(c.changed(), ", "), p, func(p data.Need) any { return needOf(known, p) })
	})
}

func runNeedClose(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], data.Need.Name)
		if err != nil {
			return err
		}
		if p.Closed, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "No need any more: "+p.Name(), p, func(p data.Need) any { return needOf(known, p) })
	})
}
