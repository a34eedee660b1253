package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var stepFlags = []flag{
	{name: "objective", value: "OBJECTIVE", does: "what it leads to"},
	{name: "starts", value: "DATE", does: "when it begins, where it takes longer than a day"},
	{name: "due", value: "DATE", does: "by when"},
	{name: "owner", value: "NAME", does: "who of us does it", many: true},
	{name: "with", value: "CONTACT", does: "who of them or of a partner does it", many: true},
	{name: "asks", does: "it asks something of them, like an order or a reference"},
	{name: "inside", does: "the customer does not see it"},
	{name: "minutes", value: "N", does: "our time for it"},
}

func stepAddVerb() *verb {
	return &verb{
		name: "step add", args: "ACCOUNT WHAT", does: "Plan a joint step",
		more: `  rapport step add kestrel.example "Night test of the dimming bus" -due 2026-11-24 \
      -owner "Priya Raman" -with "Piotr Malik" -objective flicker`,
		least: 2, most: 2, flags: append(stepFlags, fromFlag, jsonFlag), run: runStepAdd,
	}
}

func stepListVerb() *verb {
	return listing[data.Step]{
		name: "step list", does: "List joint steps", none: "no step is open",
		columns: []column{{head: "FOR", most: 24}, {head: "WHAT", rest: true}, {head: "DUE"}, {head: "WHO", most: 40}, {head: ""}},
		row: func(n names, s data.Step, now time.Time) []string {
			mark := ""
			if s.Late(now) > 0 {
				mark = "over"
			}
			return []string{n.byID()[s.Account], s.What, s.Due, strings.Join(stepPeople(n, s), ", "), mark}
		},
		shape: func(n names, s data.Step, _ time.Time) any { return stepOf(n, s) },
	}.verb()
}

func stepSetVerb() *verb {
	return &verb{
		name: "step set", args: "STEP", does: "Change what is kept of a step",
		more:  "STEP is its ID, the beginning of that, or words of it. What no flag names stays.",
		least: 1, most: 1, flags: append([]flag{{name: "what", value: "WORDS", does: "what is to be done"}}, append(stepFlags, fromFlag, jsonFlag)...), run: runStepSet,
	}
}

func stepDoneVerb() *verb {
	return &verb{name: "step done", args: "STEP", does: "Say that a step is done", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runStepEnd}
}

func stepDropVerb() *verb {
	return &verb{name: "step drop", args: "STEP", does: "Say that a step is not taken", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runStepEnd}
}

type stepJSON struct {
	partJSON
	What      string   `json:"what"`
	Objective string   `json:"objective"`
	Starts    string   `json:"starts"`
	Due       string   `json:"due"`
	Owners    []string `json:"owners"`
	With      []string `json:"with"` // contacts' names
	Asks      bool     `json:"asks"`
	Inside    bool     `json:"inside"`
	Minutes   int      `json:"minutes"`
	Done      string   `json:"done"`
	Dropped   string   `json:"dropped"`
}

func stepOf(n names, s data.Step) stepJSON {
	with := []string{}
	for _, id := range s.With {
		with = append(with, n.contactName(id))
	}
	return stepJSON{
		partJSON: n.part(s.Belongs), What: s.What, Objective: s.Objective, Starts: s.Starts, Due: s.Due, Owners: full(s.Owners), With: with,
		Asks: s.Asks, Inside: s.Inside, Minutes: s.Minutes, Done: s.Done, Dropped: s.Dropped,
	}
}

// stepPeople are the names of who takes a step, ours first.
func stepPeople(n names, s data.Step) []string {
	list := append([]string{}, s.Owners...)
	for _, id := range s.With {
		if name := n.contactName(id); name != "" {
			list = append(list, name)
		}
	}
	return list
}

func stepName(s data.Step) string { return s.What }

func runStepAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		s := data.Step{Belongs: data.Belongs{Account: a.ID}, What: strings.TrimSpace(c.args[1])}
		if !c.has("owner") && !c.has("with") {
			me, err := db.Setting(c.ctx, store.SettingUserName)
			if err != nil {
				return err
			}
			if me != "" {
				s.Owners = []string{me}
			}
		}
		if err := c.fillStep(db, known, &s, now); err != nil {
			return err
		}
		return keepPart(c, db, "Step with "+a.Name+": "+s.What, s, func(s data.Step) any { return stepOf(known, s) })
	})
}

// fillStep takes over what the flags say.
func (c *call) fillStep(db *store.DB, known names, s *data.Step, now time.Time) (err error) {
	c.overwrite(&s.What, "what")
	for flag, into := range map[string]*string{"starts": &s.Starts, "due": &s.Due} {
		if !c.has(flag) {
			continue
		}
		if *into, err = c.dueDay(flag, now); err != nil {
			return err
		}
	}
	if c.has("objective") {
		o, err := partOf(c, db, c.text("objective"), data.Objective.Name)
		if err != nil {
			return err
		}
		s.Objective = o.ID
	}
	if c.has("owner") {
		s.Owners = c.values["owner"]
	}
	if c.has("with") {
		s.With = nil
	}
	for _, ref := range c.values["with"] {
		who, err := known.contactOf(data.Account{ID: s.Account}, ref)
		if err != nil {
			return err
		}
		s.With = append(s.With, who.ID)
	}
	if c.has("minutes") {
		if s.Minutes, err = c.number("minutes"); err != nil {
			return err
		}
	}
	s.Asks, s.Inside = s.Asks || c.on("asks"), s.Inside || c.on("inside")
	return c.learnedFrom(db, &s.Belongs)
}

func runStepSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -due or -owner")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := partOf(c, db, c.args[0], stepName)
		if err != nil {
			return err
		}
		if err := c.fillStep(db, known, &s, now); err != nil {
			return err
		}
		return keepPart(c, db, s.What+": "+strings.Join(c.changed(), ", "), s, func(s data.Step) any { return stepOf(known, s) })
	})
}

func runStepEnd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := partOf(c, db, c.args[0], stepName)
		if err != nil {
			return err
		}
		day, err := c.dayOr("on", now)
		if err != nil {
			return err
		}
		label := "Done: "
		if s.Done, s.Dropped = day, ""; c.verb.name == "step drop" {
			s.Done, s.Dropped, label = "", day, "Dropped: "
		}
		return keepPart(c, db, label+s.What, s, func(s data.Step) any { return stepOf(known, s) })
	})
}
