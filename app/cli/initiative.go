package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var initiativeFlags = []flag{
	{name: "need", value: "NEED", does: "a need that it answers", many: true},
	{name: "is", value: "WHAT", does: "cure: it ends the trouble; treatment: it eases it for a time"},
	{name: "gives", value: "WHAT", does: "help: they depend on us; enable: they can do it themselves"},
	{name: "state", value: "STATE", does: "proposed, under way, done or let go"},
	ownerFlag,
	{name: "our-share", value: "PERCENT", does: "our share of the benefit"},
	{name: "their-share", value: "PERCENT", does: "their share of the benefit"},
	{name: "on", value: "DATE", does: "when it was proposed or began; else today"},
	fromFlag, jsonFlag,
}

func initiativeAddVerb() *verb {
	return &verb{
		name: "initiative add", args: "ACCOUNT|CONTACT WHAT", does: "Keep what is done about a customer's needs",
		more:  `  rapport initiative add kestrel.example "new dimming bus" -need flicker -is cure -gives enable`,
		least: 2, most: 2, flags: initiativeFlags, run: runInitiativeAdd,
	}
}

func initiativeListVerb() *verb {
	return listing[data.Initiative]{
		name: "initiative list", does: "List what is done about needs", none: "no initiative is open",
		columns: []column{{head: "FOR", most: 24}, {head: "WHAT", rest: true}, {head: "IS"}, {head: "GIVES"}, {head: "STATE"}, {head: "OWNER", most: 16}},
		row: func(n names, p data.Initiative, _ time.Time) []string {
			return []string{n.whose(p.Belongs), p.What, string(p.Is), string(p.Gives), string(p.State), p.Owner}
		},
		shape: func(n names, p data.Initiative, _ time.Time) any { return initiativeOf(n, p) },
	}.verb()
}

func initiativeSetVerb() *verb {
	return &verb{
		name: "initiative set", args: "INITIATIVE", does: "Change what is kept of an initiative",
		more:  "INITIATIVE is its ID, the beginning of that, or words of it. What no flag names stays.",
		least: 1, most: 1, flags: initiativeFlags, run: runInitiativeSet,
	}
}

func initiativeDoneVerb() *verb {
	return &verb{
		name: "initiative done", args: "INITIATIVE", does: "Say that an initiative is done",
		least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runInitiativeDone,
	}
}

type initiativeJSON struct {
	partJSON
	What       string   `json:"what"`
	Needs      []string `json:"needs"`
	Is         string   `json:"is"`
	Gives      string   `json:"gives"`
	State      string   `json:"state"`
	Owner      string   `json:"owner"`
	On         string   `json:"on"`
	Done       string   `json:"done"`
	OurShare   int      `json:"ourShare"`
	TheirShare int      `json:"theirShare"`
}

func initiativeOf(n names, p data.Initiative) initiativeJSON {
	return initiativeJSON{
		partJSON: n.part(p.Belongs), What: p.What, Needs: full(p.Needs), Is: string(p.Is), Gives: string(p.Gives), State: string(p.State),
		Owner: p.Owner, On: p.On, Done: p.Done, OurShare: p.OurShare, TheirShare: p.TheirShare,
	}
}

func initiativeName(p data.Initiative) string { return p.What }

func runInitiativeAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Initiative{Belongs: s.belongs(), What: strings.TrimSpace(c.args[1]), State: data.Proposed, On: now.Format(time.DateOnly)}
		if p.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if err := c.fillInitiative(db, &p, now); err != nil {
			return err
		}
		return keepPart(c, db, "Initiative for "+s.name()+": "+p.What, p, func(p data.Initiative) any { return initiativeOf(known, p) })
	})
}

// fillInitiative takes over what the flags say.
func (c *call) fillInitiative(db *store.DB, p *data.Initiative, now time.Time) (err error) {
	c.overwrite((*string)(&p.Is), "is")
	c.overwrite((*string)(&p.Gives), "gives")
	c.overwrite((*string)(&p.State), "state")
	c.overwrite(&p.Owner, "owner")
	if c.has("on") {
		if p.On, err = c.day("on", now); err != nil {
			return err
		}
	}
	if p.State != data.IsDone {
		p.Done = ""
	} else if p.Done == "" {
		p.Done = now.Format(time.DateOnly)
	}
	for flag, into := range map[string]*int{"our-share": &p.OurShare, "their-share": &p.TheirShare} {
		if !c.has(flag) {
			continue
		}
		if *into, err = c.number(flag); err != nil {
			return err
		}
	}
	if c.has("need") {
		p.Needs = nil
	}
	for _, ref := range c.values["need"] {
		n, err := partOf(c, db, ref, data.Need.Name)
		if err != nil {
			return err
		}
		p.Needs = append(p.Needs, n.ID)
	}
	return c.learnedFrom(db, &p.Belongs)
}

func runInitiativeSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -state or -need")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], initiativeName)
		if err != nil {
			return err
		}
		if err := c.fillInitiative(db, &p, now); err != nil {
			return err
		}
		return keepPart(c, db, p.What+": "+strings.Join(c.changed(), ", "), p, func(p data.Initiative) any { return initiativeOf(known, p) })
	})
}

func runInitiativeDone(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], initiativeName)
		if err != nil {
			return err
		}
		p.State = data.IsDone
		if p.Done, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "Done: "+p.What, p, func(p data.Initiative) any { return initiativeOf(known, p) })
	})
}
