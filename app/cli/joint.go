package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func planPutVerb() *verb {
	return &verb{
		name: "plan put", args: "ACCOUNT", does: "Put what the customer may see of a plan into a joint space",
		more: `Without -yes it only says what the members of the space would read: each line that is new
there, that reads otherwise or that goes. Nothing follows by itself: what changes in the plan
later stays here until it is put there again.

  rapport plan put kestrel.example -to "Kestrel and us"
  rapport plan put kestrel.example -to "Kestrel and us" -yes`,
		least: 1, most: 1, flags: []flag{{name: "to", value: "SPACE", does: "the joint space"}, {name: "yes", does: "do it"}, jsonFlag}, run: runPlanPut,
	}
}

func planTakeBackVerb() *verb {
	return &verb{
		name: "plan take-back", args: "ACCOUNT", does: "Take a plan out of a joint space",
		more:  "What was answered to it goes too. What was read there cannot be unread.",
		least: 1, most: 1, flags: []flag{{name: "from", value: "SPACE", does: "the joint space"}, {name: "yes", does: "do it"}, jsonFlag}, run: runPlanTakeBack,
	}
}

func jointListVerb() *verb {
	return &verb{name: "joint list", does: "List the joint plans that you share", flags: []flag{jsonFlag}, run: runJointList}
}

// jointPlanFlag names the joint plan that a command is about.
var jointPlanFlag = flag{name: "plan", value: "PLAN", does: "which joint plan, by its title or its space; needed where there are several"}

func jointShowVerb() *verb {
	return &verb{name: "joint show", args: "[PLAN]", does: "Print a joint plan as all its members see it", most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runJointShow}
}

func jointTickVerb() *verb {
	return &verb{
		name: "joint tick", args: "STEP", does: "Say that a step of a joint plan is done",
		more:  "STEP is its words, or some of them.\n\n  rapport joint tick \"Install in Hall 2\" -on 2026-11-20",
		least: 1, most: 1, flags: []flag{onFlag, jointPlanFlag, jsonFlag}, run: runJointTick,
	}
}

func jointCorrectVerb() *verb {
	return &verb{
		name: "joint correct", args: "LINE BECOMES", does: "Say what a line of a joint plan should read",
		more: `LINE is its words, or some of them. BECOMES stands in place of the words; with -number in
place of the number, with -day in place of the day. Who put the plan there takes it over, or
declines it with a reason.

  rapport joint correct "Energy saved" 39 -number
  rapport joint correct "Install in Hall 2" 2026-12-01 -day`,
		least: 2, most: 2, flags: []flag{{name: "number", does: "its number, not its words"}, {name: "day", does: "the day by which it is due, not its words"}, jointPlanFlag, jsonFlag}, run: runJointCorrect,
	}
}

func jointAddVerb() *verb {
	return &verb{
		name: "joint add", args: "SECTION WORDS", does: "Add something to a joint plan",
		more:  "SECTION is world (what you want to reach), hurts (what stands in your way) or steps.\n\n  rapport joint add steps \"Tell the night guards\"",
		least: 2, most: 2, flags: []flag{jointPlanFlag, jsonFlag}, run: runJointAdd,
	}
}

func jointDropVerb() *verb {
	return &verb{
		name: "joint drop", args: "REPLY", does: "Take back something that you answered to a joint plan", least: 1, most: 1, flags: []flag{jsonFlag}, run: runJointDrop,
	}
}

type jointChangeJSON struct {
	Section string `json:"section"`
	Was     string `json:"was"`     // "" for a line that is new there
	Becomes string `json:"becomes"` // "" for one that goes
}

type jointPutJSON struct {
	Account string            `json:"account"`
	Space   string            `json:"space"`
	Readers []string          `json:"readers"` // of other sides
	Changes []jointChangeJSON `json:"changes"`
	Held    []string          `json:"held"` // lines that stay here for a word in them
	Done    bool              `json:"done"`
}

func runPlanPut(c *call) error {
	if c.text("to") == "" {
		return misuse(c.verb, "say which joint space it goes to, with -to")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		s, err := c.theSpace(db, c.text("to"))
		if err != nil {
			return err
		}
		look, err := db.LookJoint(c.ctx, a.ID, s.ID, now)
		if err != nil {
			return err
		}
		if c.on("yes") {
			if _, err := db.Write(c.ctx, "Plan of "+a.Name+" put into "+s.Name, func(tx *store.Tx) error {
				_, err := tx.PutJoint(look)
				return err
			}); err != nil {
				return err
			}
		}
		j := jointPutJSON{Account: a.Name, Space: s.Name, Readers: []string{}, Changes: []jointChangeJSON{}, Held: []string{}, Done: c.on("yes")}
		for _, m := range look.Stand.Guests() {
			j.Readers = append(j.Readers, m.Name)
		}
		for _, x := range look.Changes {
			j.Changes = append(j.Changes, jointChangeJSON(x))
		}
		for _, h := range look.Held {
			j.Held = append(j.Held, h.Text)
			c.note("%s is held back: %q has the word %q", strings.ToLower(h.Section), h.Text, h.Word)
		}
		if c.on("json") {
			return writeJSON(c.out, j)
		}
		c.print(plainText(j.words()))
		return nil
	})
}

// words say what was or would be done, line by line.
func (j jointPutJSON) words() string {
	var b strings.Builder
	for _, x := range j.Changes {
		switch {
		case x.Was == "":
			fmt.Fprintf(&b, "new in %s: %s\n", x.Section, x.Becomes)
		case x.Becomes == "":
			fmt.Fprintf(&b, "goes from %s: %s\n", x.Section, x.Was)
		default:
			fmt.Fprintf(&b, "reads otherwise in %s: %s\n  in place of: %s\n", x.Section, x.Becomes, x.Was)
		}
	}
	readers := "Nobody of theirs is in " + j.Space + " so far"
	if len(j.Readers) > 0 {
		readers = data.JoinAnd(j.Readers) + " read it there"
	}
	switch {
	case j.Done && len(j.Changes) == 0:
		fmt.Fprintf(&b, "%s has the plan of %s as it is.\n", j.Space, j.Account)
	case j.Done:
		fmt.Fprintf(&b, "It is in %s now. %s, once you and they have exchanged.\n", j.Space, readers)
	case len(j.Changes) == 0:
		fmt.Fprintf(&b, "Nothing would change: %s has the plan of %s as it is. %s.\n", j.Space, j.Account, readers)
	default:
		fmt.Fprintf(&b, "%s. Nothing else goes there. Say -yes to do it.\n", readers)
	}
	return b.String()
}

func runPlanTakeBack(c *call) error {
	if c.text("from") == "" {
		return misuse(c.verb, "say which joint space it is taken from, with -from")
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[0])
		if err != nil {
			return err
		}
		s, err := c.theSpace(db, c.text("from"))
		if err != nil {
			return err
		}
		stands, err := db.JointStands(c.ctx, a.ID)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(stands, func(x data.JointStand) bool { return x.Space.ID == s.ID && x.There() }) {
			return &data.Invalid{Field: "space", Says: "the plan of " + a.Name + " is not in " + s.Name}
		}
		if !c.on("yes") {
			c.printf("The plan of %s would go from %s, with what was answered to it. What was read cannot be unread. Say -yes to do it.\n", a.Name, s.Name)
			return nil
		}
		label := "Plan of " + a.Name + " taken out of " + s.Name
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.TakeBackJointPlan(s.ID, a.ID) }); err != nil {
			return err
		}
		return c.done(label, func() any {
			return jointPutJSON{Account: a.Name, Space: s.Name, Readers: []string{}, Changes: []jointChangeJSON{}, Held: []string{}, Done: true}
		})
	})
}

type jointListJSON struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Space    string `json:"space"`
	Put      string `json:"put"` // date
	By       string `json:"by"`
	Lines    int    `json:"lines"`
	Waiting  int    `json:"waiting"`  // replies that nobody answered
	MayReply bool   `json:"mayReply"` // that you may answer to it
	MayPut   bool   `json:"mayPut"`   // that you may put it there anew
}

func jointListOf(s data.JointStand) jointListJSON {
	return jointListJSON{s.Plan.ID, s.Plan.Title, s.Space.Name, s.Plan.Put, s.Plan.PutBy, len(s.Plan.LinesInOrder()), len(s.Open()), s.MayReply, s.MayPut}
}

func runJointList(c *call) error {
	return c.read(func(db *store.DB) error {
		list, err := db.JointStands(c.ctx, "")
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(list, jointListOf))
		}
		if len(list) == 0 {
			c.note("no plan is shared with a customer or a partner")
			return nil
		}
		var rows [][]string
		for _, s := range list {
			x := jointListOf(s)
			rows = append(rows, []string{x.Title, x.Space, x.Put, x.By, fmt.Sprint(x.Waiting)})
		}
		return table(c.out, []column{{head: "PLAN", most: 32}, {head: "SPACE", most: 32}, {head: "PUT"}, {head: "BY", rest: true}, {head: "WAITING"}}, rows)
	})
}

// theJointPlan is the one that ref names by its title, its space or its ID; "" is the
// only one.
func (c *call) theJointPlan(db *store.DB, ref string) (data.JointStand, error) {
	list, err := db.JointStands(c.ctx, "")
	if err != nil {
		return data.JointStand{}, err
	}
	if ref = strings.TrimSpace(ref); ref != "" {
		list = firstThatFit(list,
			func(s data.JointStand) bool { return s.Plan.ID == ref },
			func(s data.JointStand) bool { return strings.EqualFold(s.Plan.Title, ref) },
			func(s data.JointStand) bool { return strings.EqualFold(s.Space.Name, ref) },
			func(s data.JointStand) bool { return strings.Contains(text.Fold(s.Plan.Title), text.Fold(ref)) })
	}
	switch {
	case len(list) == 1:
		return list[0], nil
	case len(list) == 0 && ref == "":
		return data.JointStand{}, fmt.Errorf("joint plan: %w", data.ErrNotFound)
	case len(list) == 0:
		return data.JointStand{}, fmt.Errorf("joint plan %q: %w", ref, data.ErrNotFound)
	}
	a := &data.Ambiguous{Ref: cmp.Or(ref, "joint plan")}
	for _, s := range list[:min(len(list), 8)] {
		a.Candidates = append(a.Candidates, s.Plan.Title+" in "+s.Space.Name)
	}
	return data.JointStand{}, a
}

type jointJSON struct {
	jointListJSON
	Sections []planPart       `json:"sections"`
	Replies  []jointReplyJSON `json:"replies"` // the latest first
}

type jointReplyJSON struct {
	ID       string `json:"id"`
	Line     string `json:"line"` // "kind/id#register", "" for something new
	Register string `json:"register"`
	Section  string `json:"section"`
	Was      string `json:"was"`
	Becomes  string `json:"becomes"`
	On       string `json:"on"`
	By       string `json:"by"`
	Mine     bool   `json:"mine"`
	Answer   string `json:"answer"` // accepted, declined or ""
	Why      string `json:"why"`
}

func jointReplyOf(s data.JointStand, r data.JointReply) jointReplyJSON {
	a, _ := s.Plan.AnswerTo(r.ID)
	return jointReplyJSON{r.ID, r.Line, r.Register, r.Section, r.Was, r.Becomes, r.On, r.By, s.Mine[r.ID], string(a.Answer), a.Why}
}

func runJointShow(c *call) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		ref := ""
		if len(c.args) > 0 {
			ref = c.args[0]
		}
		s, err := c.theJointPlan(db, ref)
		if err != nil {
			return err
		}
		v := data.ComposeJoint(s.Plan, s.Replies, now)
		if !c.on("json") {
			c.print(plainText(data.SheetText(v.Sheet, now, screen)))
			return nil
		}
		j := jointJSON{jointListJSON: jointListOf(s), Sections: []planPart{}, Replies: []jointReplyJSON{}}
		for _, section := range v.Sections {
			part := planPart{Key: section.Key, Label: section.Label, On: section.On, Lines: []planLine{}}
			for _, l := range section.Lines {
				part.Lines = append(part.Lines, planLineOf(l))
			}
			j.Sections = append(j.Sections, part)
		}
		for _, r := range v.Replies {
			j.Replies = append(j.Replies, jointReplyOf(s, r))
		}
		return writeJSON(c.out, j)
	})
}

// reply keeps an answer to the joint plan that is meant; make says what it is.
func (c *call) reply(label string, make func(data.JointStand, time.Time) (data.JointReply, error)) error {
	return c.read(func(db *store.DB) error {
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		s, err := c.theJointPlan(db, c.text("plan"))
		if err != nil {
			return err
		}
		r, err := make(s, now)
		if err != nil {
			return err
		}
		r.Plan = s.Plan.ID
		if r.By, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		if _, err := db.Write(c.ctx, label+r.Becomes, func(tx *store.Tx) (err error) {
			r, err = tx.PutJointReply(r)
			return err
		}); err != nil {
			return err
		}
		s.Mine = map[string]bool{r.ID: true}
		return c.done(label+r.Becomes, func() any { return jointReplyOf(s, r) })
	})
}

// jointLine is the line of a joint plan that ref names by its words.
func jointLine(s data.JointStand, ref string, fits func(data.JointLine) bool) (data.JointLine, error) {
	list := slices.DeleteFunc(s.Plan.LinesInOrder(), func(l data.JointLine) bool { return !fits(l) })
	ref = strings.TrimSpace(ref)
	found := firstThatFit(list,
		func(l data.JointLine) bool { return strings.EqualFold(l.Text, ref) },
		func(l data.JointLine) bool { return ref != "" && strings.Contains(text.Fold(l.Text), text.Fold(ref)) })
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return data.JointLine{}, fmt.Errorf("line %q of the joint plan: %w", ref, data.ErrNotFound)
	}
	a := &data.Ambiguous{Ref: ref}
	for _, l := range found[:min(len(found), 8)] {
		a.Candidates = append(a.Candidates, l.Text)
	}
	return data.JointLine{}, a
}

func runJointTick(c *call) error {
	return c.reply("Step done: ", func(s data.JointStand, now time.Time) (r data.JointReply, err error) {
		l, err := jointLine(s, c.args[0], func(l data.JointLine) bool { return l.Section == data.PlanSteps })
		if err != nil {
			return r, err
		}
		r = l.Tick("")
		r.On = now.Format(time.DateOnly)
		r.Becomes, err = c.dayOr("on", now)
		return r, err
	})
}

func runJointCorrect(c *call) error {
	return c.reply("Should read: ", func(s data.JointStand, now time.Time) (r data.JointReply, err error) {
		register := ""
		switch {
		case c.on("number") && c.on("day"):
			return r, misuse(c.verb, "say either -number or -day")
		case c.on("number"):
			register = "amount"
		case c.on("day"):
			register = "due"
		}
		l, err := jointLine(s, c.args[0], func(l data.JointLine) bool { return l.CanReply(register) })
		if err != nil {
			return r, err
		}
		return l.Correct(register, strings.TrimSpace(c.args[1]), now), nil
	})
}

func runJointAdd(c *call) error {
	return c.reply("Added: ", func(s data.JointStand, now time.Time) (data.JointReply, error) {
		return data.JointReply{Section: data.JointSection(c.args[0]), Becomes: strings.TrimSpace(c.args[1]), On: now.Format(time.DateOnly)}, nil
	})
}

func runJointDrop(c *call) error {
	return c.read(func(db *store.DB) error {
		r, err := partOf(c, db, c.args[0], func(r data.JointReply) string { return r.Becomes })
		if err != nil {
			return err
		}
		label := "Taken back: " + r.Becomes
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return store.DeletePart(tx, r) }); err != nil {
			return err
		}
		return c.done(label, func() any { return jointReplyOf(data.JointStand{Mine: map[string]bool{r.ID: true}}, r) })
	})
}
