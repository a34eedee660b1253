package cli

import (
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var objectiveFlags = []flag{
	{name: "ours", value: "WORDS", does: "what we gain by it; the customer does not see it"},
	{name: "purpose", value: "WHY", does: "their success, growth, keep them or price defence"},
	{name: "measure", value: "WORDS", does: "what is counted, like \"Halls steady\""},
	{name: "unit", value: "UNIT", does: "in what it is counted"},
	{name: "begin", value: "N", does: "where the measure began"},
	{name: "now", value: "N", does: "where it is now"},
	{name: "target", value: "N", does: "where it is to be"},
	ownerFlag,
	{name: "theirs", value: "CONTACT", does: "who of them answers for it"},
	{name: "by", value: "DATE", does: "by when"},
	{name: "place", value: "N", does: "its place in the plan, from 1"},
}

func objectiveAddVerb() *verb {
	return &verb{
		name: "objective add", args: "ACCOUNT WHAT", does: "Agree on what a customer will have reached",
		more: `A plan has at most three. WHAT is their side of it, in their world.

  rapport objective add kestrel.example "No visible flicker before 12 March" \
      -measure "Halls steady" -target 5 -owner "Priya Raman" -theirs "Beatrice Holm"`,
		least: 2, most: 2, flags: append(objectiveFlags, fromFlag, jsonFlag), run: runObjectiveAdd,
	}
}

func objectiveListVerb() *verb {
	return listing[data.Objective]{
		name: "objective list", does: "List objectives", none: "no objective is open",
		columns: []column{{head: "FOR", most: 24}, {head: "WHAT", rest: true}, {head: "MEASURE", most: 32}, {head: "WE", most: 16}, {head: "THEY", most: 16}, {head: "BY"}},
		row: func(n names, o data.Objective, _ time.Time) []string {
			return []string{n.byID()[o.Account], o.Name(), measureWords(o), o.Owner, n.contactName(o.Contact), o.By}
		},
		shape: func(n names, o data.Objective, _ time.Time) any { return objectiveOf(n, o) },
		sort:  func(list []data.Objective, _ time.Time) { data.SortObjectives(list) },
	}.verb()
}

func objectiveSetVerb() *verb {
	return &verb{
		name: "objective set", args: "OBJECTIVE", does: "Change what is kept of an objective",
		more:  "OBJECTIVE is its ID, the beginning of that, or words of it. What no flag names stays.",
		least: 1, most: 1, flags: append([]flag{{name: "what", value: "WORDS", does: "what they gain"}}, append(objectiveFlags, fromFlag, jsonFlag)...), run: runObjectiveSet,
	}
}

func objectiveReachVerb() *verb {
	return &verb{name: "objective reach", args: "OBJECTIVE", does: "Say that an objective is reached", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runObjectiveEnd}
}

func objectiveDropVerb() *verb {
	return &verb{name: "objective drop", args: "OBJECTIVE", does: "Say that an objective is pursued no more", least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runObjectiveEnd}
}

type objectiveJSON struct {
	partJSON
	What    string  `json:"what"`
	Ours    string  `json:"ours"`
	Purpose string  `json:"purpose"`
	Measure string  `json:"measure"`
	Unit    string  `json:"unit"`
	Begin   float64 `json:"begin"`
	Now     float64 `json:"now"`
	Target  float64 `json:"target"`
	Owner   string  `json:"owner"`
	On      string  `json:"on"`
	By      string  `json:"by"`
	Place   int     `json:"place"`
	Reached string  `json:"reached"`
	Dropped string  `json:"dropped"`
}

func objectiveOf(n names, o data.Objective) objectiveJSON {
	return objectiveJSON{
		partJSON: n.part(o.Belongs), What: o.What, Ours: o.Ours, Purpose: string(o.Purpose), Measure: o.Measure, Unit: o.Unit,
		Begin: o.Begin, Now: o.Current, Target: o.Target, Owner: o.Owner, On: o.On, By: o.By, Place: o.Place, Reached: o.Reached, Dropped: o.Dropped,
	}
}

// measureWords are "Halls steady 1 of 5", "" where nothing is counted.
func measureWords(o data.Objective) string {
	if o.Measure == "" {
		return ""
	}
	return o.Measure + " " + o.FarWords()
}

func plainNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

func runObjectiveAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		o := data.Objective{Belongs: data.Belongs{Account: a.ID}, What: strings.TrimSpace(c.args[1]), On: now.Format(time.DateOnly)}
		if o.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if err := c.fillObjective(db, known, &o, now); err != nil {
			return err
		}
		return c.keepObjective(db, known, "Objective with "+a.Name+": "+o.Name(), o)
	})
}

// fillObjective takes over what the flags say; whoever changes a number says it of
// today.
func (c *call) fillObjective(db *store.DB, known names, o *data.Objective, now time.Time) (err error) {
	for flag, into := range map[string]*string{"what": &o.What, "ours": &o.Ours, "measure": &o.Measure, "unit": &o.Unit, "owner": &o.Owner, "purpose": (*string)(&o.Purpose)} {
		c.overwrite(into, flag)
	}
	if err := c.course(course{&o.Begin, &o.Current, &o.Target, &o.By, &o.Place}, now); err != nil {
		return err
	}
	if c.has("begin") || c.has("now") || c.has("target") {
		o.On = now.Format(time.DateOnly)
	}
	if c.has("theirs") {
		who, err := known.contactOf(data.Account{ID: o.Account}, c.text("theirs"))
		if err != nil {
			return err
		}
		o.Contact = who.ID
	}
	return c.learnedFrom(db, &o.Belongs)
}

// course is where an objective's measure and dates are kept.
type course struct {
	begin, now, target *float64
	by                 *string
	place              *int
}

// course takes over what the flags say of one.
func (c *call) course(o course, now time.Time) (err error) {
	for flag, into := range map[string]*float64{"begin": o.begin, "now": o.now, "target": o.target} {
		if !c.has(flag) {
			continue
		}
		if *into, err = strconv.ParseFloat(strings.TrimSpace(c.text(flag)), 64); err != nil {
			return misuse(c.verb, "flag -%s needs a number; %q is none", flag, c.text(flag))
		}
	}
	if c.has("by") {
		if *o.by, err = c.dueDay("by", now); err != nil {
			return err
		}
	}
	if c.has("place") {
		*o.place, err = c.number("place")
	}
	return err
}

// ended is the day on which an objective was reached, or dropped where the command
// says so.
func (c *call) ended(now time.Time) (reached, dropped string, err error) {
	day, err := c.dayOr("on", now)
	if strings.HasSuffix(c.verb.name, " drop") {
		return "", day, err
	}
	return day, "", err
}

func (c *call) keepObjective(db *store.DB, known names, label string, o data.Objective) error {
	return keepBy(c, db, label, o, (*store.Tx).PutObjective, func(o data.Objective) any { return objectiveOf(known, o) })
}

func runObjectiveSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -now or -target")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		o, err := partOf(c, db, c.args[0], data.Objective.Name)
		if err != nil {
			return err
		}
		if err := c.fillObjective(db, known, &o, now); err != nil {
			return err
		}
		return c.keepObjective(db, known, o.Name()+": "+strings.Join(c.changed(), ", "), o)
	})
}

func runObjectiveEnd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		o, err := partOf(c, db, c.args[0], data.Objective.Name)
		if err != nil {
			return err
		}
		if o.Reached, o.Dropped, err = c.ended(now); err != nil {
			return err
		}
		label := "Reached: "
		if o.Dropped != "" {
			label = "Dropped: "
		}
		return c.keepObjective(db, known, label+o.Name(), o)
	})
}
