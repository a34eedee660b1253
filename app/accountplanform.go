package app

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// askKept shows a form of a plan's part that the store keeps by a rule of its
// own; read returns what was filled in, or why it cannot be kept.
func askKept[T data.Part](w *window, f partForm, icon, title, verb string, read func() (T, error), label func(T) string, put func(*store.Tx, T) (T, error)) {
	w.dialog(f.form, icon, title, verb, func() {
		p, err := read()
		if err == nil {
			err = p.Check()
		}
		if err != nil {
			f.say(err)
			return
		}
		id := ""
		w.keep(f.form, label(p), func(tx *store.Tx) error {
			kept, err := put(tx, p)
			id = kept.Belonging().ID
			return err
		}, func() { w.standOn(id) })
	})
}

// headLines are the questions of a plan's head.
var headLines = []struct {
	label, hint string
	of          func(*data.Plan) *string
}{
	{"What they want", "their issue, in one sentence", func(p *data.Plan) *string { return &p.Why }},
	{"Where they were", "four halls, calls at night", func(p *data.Plan) *string { return &p.From }},
	{"Where both go", "one bus, their own staff", func(p *data.Plan) *string { return &p.To }},
	{"In 12 months", "where both want to be", func(p *data.Plan) *string { return &p.In12 }},
	{"In 36 months", "where both want to be", func(p *data.Plan) *string { return &p.In36 }},
}

// editPlanHead asks for the head of a plan; where nobody began one, for what its
// template asks.
func (w *window) editPlanHead(in data.PlanInput) {
	if in.Plan.ID == "" {
		w.beginPlan(in)
		return
	}
	f, p := newPartForm(w, partWorld{}), in.Plan
	var lines []*kit.Field
	for _, l := range headLines {
		lines = append(lines, f.line(l.label, l.hint, *l.of(&p)))
	}
	until := f.line("Valid until", "28 February, in 3 months", shownDate(p.Until, f.now))
	every := f.line("Reviewed every", fmt.Sprintf("%d weeks, as its tier asks", data.Plan{}.EveryWeeks(in.Account.Tier)), typedAs(float64(p.Every)))
	profit := f.line("Profit goal", "52,000 EUR a year", "")
	if p.GoalCents > 0 {
		profit.SetText(data.MoneyWords(p.GoalCents, "") + " " + p.Currency)
	}
	quality := f.line("Quality goal", "0 to 100", typedAs(float64(p.GoalQuality)))
	f.writesAt(in.Plan)
	askKept(w, f, "target", "Who and why", "Save", func() (_ data.Plan, err error) {
		for i, line := range lines {
			*headLines[i].of(&p) = strings.TrimSpace(line.Text())
		}
		if p.Until, err = f.date("until", until); err != nil {
			return p, err
		}
		if p.Every, err = typedWhole("every", strings.TrimSuffix(strings.TrimSpace(every.Text()), " weeks")); err != nil {
			return p, err
		}
		if p.GoalQuality, err = typedWhole("quality", quality.Text()); err != nil {
			return p, err
		}
		p.GoalCents, p.Currency, err = typedMoney(profit.Text(), "EUR")
		return p, err
	}, func(data.Plan) string { return "Plan of " + in.Account.Name + " written" }, (*store.Tx).PutPlan)
}

// typedWhole reads a whole number that a person typed, 0 for nothing.
func typedWhole(field, s string) (int, error) {
	n, err := typedNumber(field, s)
	if err == nil && n != float64(int(n)) {
		err = &data.Invalid{Field: field, Says: strconv.Quote(s) + " is not a whole number"}
	}
	return int(n), err
}

var purposeChoices = append([]data.Purpose{""}, data.Purposes...)

// editObjective asks for an objective, new or changed.
func (w *window) editObjective(before data.Objective) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		owner := before.Owner
		if before.ID == "" {
			owner = world.me
		}
		what := f.line("What they gain", "No visible flicker in any hall", before.What)
		ours := f.line("What we gain", "Hall 2 as proof; they do not see this", before.Ours)
		purpose := f.choice("Why", slices.Index(purposeChoices, before.Purpose), "Not said", "Their success", "Growth", "To keep", "Price")
		measure := f.line("What is counted", "Halls steady", before.Measure)
		unit := f.line("In", "kWh, hours; empty for a count", before.Unit)
		begin := f.line("It was", "0", typedAs(before.Begin))
		current := f.line("It is", "1", typedAs(before.Current))
		target := f.line("It shall be", "5", typedAs(before.Target))
		by := f.line("By when", "12 March", shownDate(before.By, f.now))
		us := f.line("Who of us", "who answers for it", owner)
		them := f.line("Who of them", "who wants it there", world.named(before.Contact))
		title, verb := "New objective", "Add objective"
		if before.ID != "" {
			title, verb = "Edit this objective", "Save"
		}
		f.writesAt(before)
		askKept(w, f, "target", title, verb, func() (o data.Objective, err error) {
			o = before
			o.What, o.Ours, o.Purpose = strings.TrimSpace(what.Text()), strings.TrimSpace(ours.Text()), purposeChoices[purpose.On]
			o.Measure, o.Unit, o.Owner = strings.TrimSpace(measure.Text()), strings.TrimSpace(unit.Text()), strings.TrimSpace(us.Text())
			for _, n := range []struct {
				field *kit.Field
				into  *float64
			}{{begin, &o.Begin}, {current, &o.Current}, {target, &o.Target}} {
				if *n.into, err = typedNumber("measure", n.field.Text()); err != nil {
					return o, err
				}
			}
			if o.By, err = f.date("by", by); err != nil {
				return o, err
			}
			if o.ID == "" || o.Current != before.Current {
				o.On = f.now.Format(time.DateOnly)
			}
			o.Contact, err = f.who(them)
			return o, err
		}, func(o data.Objective) string { return "Objective kept: " + said(o.Name()) }, (*store.Tx).PutObjective)
	})
}

// editStep asks for a joint step, new or changed; goals are the objectives that it
// may lead to.
func (w *window) editStep(before data.Step, goals []data.Objective) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		ours := strings.Join(before.Owners, ", ")
		if before.ID == "" {
			ours = world.me
		}
		ids, names, chosen := []string{""}, []string{"None of them"}, 0
		for _, o := range goals {
			if !o.Open() {
				continue
			}
			if o.ID == before.Objective {
				chosen = len(ids)
			}
			ids, names = append(ids, o.ID), append(names, o.Name())
		}
		var with []string
		for _, id := range before.With {
			with = append(with, world.named(id))
		}
		what := f.line("What", "Night test of the dimming bus", before.What)
		starts := f.line("Begins", "only where it takes days", shownDate(before.Starts, f.now))
		due := f.line("By when", "Friday, in 2 weeks, 5 December", shownDate(before.Due, f.now))
		us := f.line("Who of us", "Priya Raman, Tomas Olsen", ours)
		them := f.line("Who of them", "Piotr Malik; partners too", strings.Join(with, ", "))
		goal := newPick(w, names, chosen)
		f.add("Objective", kit.NewRow(0, goal.chip))
		minutes := f.line("Our hours", "4", typedAs(float64(before.Minutes)/60))
		asks, inside := kit.NewCheckbox("it asks something of them", before.Asks, nil), kit.NewCheckbox("for us only", before.Inside, nil)
		f.add("", kit.NewRow(16, asks, inside))
		askPart(w, f, "list-checks", "step", before, func() (s data.Step, err error) {
			s = before
			s.What, s.Objective, s.Asks, s.Inside = strings.TrimSpace(what.Text()), ids[goal.on], asks.On, inside.On
			s.Owners, s.With = namesIn(us.Text()), nil
			for _, name := range namesIn(them.Text()) {
				c, err := data.ContactNamed(name, world.people)
				if err != nil {
					return s, err
				}
				s.With = append(s.With, c.ID)
			}
			if s.Starts, err = f.date("starts", starts); err != nil {
				return s, err
			}
			if s.Due, err = f.date("due", due); err != nil {
				return s, err
			}
			hours, err := typedNumber("hours", minutes.Text())
			s.Minutes = int(hours * 60)
			return s, err
		}, func(s data.Step) string { return said(s.What) })
	})
}

// namesIn are the names between commas.
func namesIn(s string) (list []string) {
	for name := range strings.SplitSeq(s, ",") {
		if name = strings.TrimSpace(name); name != "" {
			list = append(list, name)
		}
	}
	return list
}

// editRisk asks for a risk or for what one side hangs on.
func (w *window) editRisk(before data.Risk) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		what := f.line("What", "Lenders withdraw their loans", before.What)
		is := f.choice("It is", max(slices.Index(data.RiskKinds, before.Is), 0), "A risk", "We need them", "They need us", "For both")
		chance := f.line("How likely", "percent, or empty", typedAs(float64(before.Chance)))
		meets := f.line("What we do", "Night test before they visit", before.Meets)
		owner := f.line("Who of us", "who sees to it", before.Owner)
		askPart(w, f, "triangle-alert", "risk", before, func() (r data.Risk, err error) {
			r = before
			r.What, r.Is, r.Meets, r.Owner = strings.TrimSpace(what.Text()), data.RiskKinds[is.On], strings.TrimSpace(meets.Text()), strings.TrimSpace(owner.Text())
			r.Chance, err = share(chance)
			return datedAnew(before, r, func(r *data.Risk) *string { return &r.On }, f.now), err
		}, func(r data.Risk) string { return said(r.What) })
	})
}

// cameChoices are what may have come of what was foreseen.
var cameChoices = []data.Came{"", data.CameTrue, data.CameFalse}

// editForesight asks for what somebody of us foresees, and what became of it.
func (w *window) editForesight(before data.Foresight) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPartForm(w, world)
		owner := before.Owner
		if before.ID == "" {
			owner = world.me
		}
		what := f.line("What", "Hall 3 gets its budget", before.What)
		chance := f.line("How likely", "60 percent", typedAs(float64(before.Chance)))
		by := f.line("By when", "1 March", shownDate(before.By, f.now))
		who := f.line("Who of us", "who believes it", owner)
		came := f.choice("Did it come", slices.Index(cameChoices, before.Came), "Not known yet", "Yes", "No")
		askPart(w, f, "telescope", "foresight", before, func() (v data.Foresight, err error) {
			v = before
			v.What, v.Owner, v.Came, v.Scored = strings.TrimSpace(what.Text()), strings.TrimSpace(who.Text()), cameChoices[came.On], before.Scored
			if v.Came == "" {
				v.Scored = ""
			} else if v.Came != before.Came {
				v.Scored = f.now.Format(time.DateOnly)
			}
			if v.On == "" {
				v.On = f.now.Format(time.DateOnly)
			}
			if v.Chance, err = share(chance); err != nil {
				return v, err
			}
			v.By, err = f.date("by", by)
			return v, err
		}, func(v data.Foresight) string { return said(v.What) })
	})
}
