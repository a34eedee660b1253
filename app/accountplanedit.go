package app

import (
	"time"

	"rapport/data"
	"rapport/data/store"
)

// planDeeds are what can be done with a part that a line shows. done and fresh may
// be nil.
type planDeeds struct {
	edit, drop, done, fresh func()
}

func partOf[T data.Part](list []T, id string) (p T, ok bool) {
	for _, p := range list {
		if p.Belonging().ID == id {
			return p, true
		}
	}
	return p, false
}

// deedsOf are what can be done with a part: changing it with its form, taking it
// off the plan.
func deedsOf[T data.Part](t *planTab, list []T, id string, edit func(T), drop, done func(T, string) (T, string)) (d planDeeds, ok bool) {
	p, ok := partOf(list, id)
	if !ok {
		return d, false
	}
	today := t.p.w.now().Format(time.DateOnly)
	d.edit = func() { edit(p) }
	d.drop = func() { deletePart(t.p.w, "Deleted from the plan", p) }
	if drop != nil {
		d.drop = func() {
			gone, label := drop(p, today)
			putPart(t.p.w, label, gone)
		}
	}
	if done != nil {
		d.done = func() {
			kept, label := done(p, today)
			putPart(t.p.w, label, kept)
		}
	}
	return d, true
}

// freshOf says of a part that it still holds: its day, which read finds with its
// words, becomes today. nil where there is no such part.
func freshOf[T data.Part](t *planTab, list []T, id string, read func(*T) (day *string, words string)) func() {
	p, ok := partOf(list, id)
	if !ok {
		return nil
	}
	return func() {
		day, words := read(&p)
		*day = t.p.w.now().Format(time.DateOnly)
		putPart(t.p.w, "Still true: "+said(words), p)
	}
}

// deeds are what can be done with the part of a line.
func (t *planTab) deeds(kind, id string) (d planDeeds, ok bool) {
	w, in := t.p.w, t.answer.in
	switch kind {
	case data.KindPlan:
		return planDeeds{edit: func() { w.editPlanHead(in) }}, true
	case data.KindFact:
		d, ok = deedsOf(t, in.Facts, id, w.editFact, nil, nil)
		d.fresh = freshOf(t, in.Facts, id, func(f *data.Fact) (*string, string) { return &f.On, f.Value })
		d.done = d.fresh
	case data.KindNeed:
		d, ok = deedsOf(t, in.Needs, id, w.editNeed, func(n data.Need, day string) (data.Need, string) {
			n.Closed = day
			return n, "No need any more: " + said(n.Name())
		}, nil)
		d.fresh = freshOf(t, in.Needs, id, func(n *data.Need) (*string, string) { return &n.On, n.Name() })
	case data.KindObjective:
		return deedsOf(t, in.Objectives, id, w.editObjective, func(o data.Objective, day string) (data.Objective, string) {
			o.Dropped = day
			return o, "Objective dropped: " + said(o.Name())
		}, func(o data.Objective, day string) (data.Objective, string) {
			o.Reached = day
			return o, "Objective reached: " + said(o.Name())
		})
	case data.KindStep:
		return deedsOf(t, in.Steps, id, func(s data.Step) { w.editStep(s, in.Objectives) }, func(s data.Step, day string) (data.Step, string) {
			s.Dropped = day
			return s, "Step dropped: " + said(s.What)
		}, func(s data.Step, day string) (data.Step, string) {
			s.Done = day
			return s, "Step done: " + said(s.What)
		})
	case data.KindPromise:
		return deedsOf(t, in.Promises, id, w.editPromise, nil, func(p data.Promise, day string) (data.Promise, string) {
			p.Kept = day
			return p, "Kept: " + said(p.What)
		})
	case data.KindValue:
		return deedsOf(t, in.Values, id, w.editValue, nil, nil)
	case data.KindPreference:
		return deedsOf(t, in.Preferences, id, w.editWish, nil, nil)
	case data.KindRisk:
		d, ok = deedsOf(t, in.Risks, id, w.editRisk, func(r data.Risk, day string) (data.Risk, string) {
			r.Closed = day
			return r, "Risk closed: " + said(r.What)
		}, nil)
		d.fresh = freshOf(t, in.Risks, id, func(r *data.Risk) (*string, string) { return &r.On, r.What })
	case data.KindUnknown:
		return deedsOf(t, in.Unknowns, id, w.editUnknown, nil, nil)
	case data.KindPlay, data.KindTrainingNote:
		return planDeeds{edit: func() { w.openAt(route{place: placeTraining}, target{tab: learnedAll, item: id}) }}, true
	case data.KindForesight:
		return deedsOf(t, in.Foresights, id, w.editForesight, nil, nil)
	case data.KindUse:
		d, ok = deedsOf(t, in.Uses, id, func(u data.Use) { w.editUse(u, in.Offers) }, nil, nil)
		d.fresh = freshOf(t, in.Uses, id, func(u *data.Use) (*string, string) { return &u.On, u.What })
	case data.KindSpace:
		offer := func(s data.Whitespace) string {
			o, _ := partOf(in.Offers, s.Offer)
			return o.Name
		}
		d, ok = deedsOf(t, in.Spaces, id, func(s data.Whitespace) { w.editSpace(s, offer(s)) }, nil, nil)
		d.fresh = freshOf(t, in.Spaces, id, func(s *data.Whitespace) (*string, string) { return &s.On, offer(*s) })
	}
	return d, ok
}

// editSection changes what keys act on: the part of the line, else what its
// section is made of.
func (t *planTab) editSection() {
	r := t.row()
	if r.more {
		t.openSection()
		return
	}
	l := r.on(t.column)
	if d, ok := t.deeds(l.Kind, l.ID); ok {
		d.edit()
		return
	}
	t.addTo(r.section.Key)
}

// addTo adds to a section.
func (t *planTab) addTo(section string) {
	p, w, of := t.p, t.p.w, t.p.belongs()
	switch section {
	case data.PlanWhy, data.PlanMoney:
		w.editPlanHead(t.answer.in)
	case data.PlanWorld:
		w.editFact(data.Fact{Belongs: of, Name: "goal"})
	case data.PlanHurts, data.PlanExpects:
		p.addNeed()
	case data.PlanGoals:
		t.addObjective()
	case data.PlanValue:
		side := data.Customer
		if t.column == 1 {
			side = data.Us
		}
		w.editValue(data.ValueEntry{Belongs: of, To: side})
	case data.PlanSteps:
		t.addStep("")
	case data.PlanPromises:
		p.addPromise()
	case data.PlanPeople:
		p.turnTo(tabPeople)
	case data.PlanSpace:
		p.turnTo(tabValue)
	case data.PlanWishes:
		p.addWish()
	case data.PlanRisks:
		w.editRisk(data.Risk{Belongs: of})
	case data.PlanUnknown:
		w.editUnknown(data.Unknown{Belongs: of})
	case data.PlanForesee:
		w.editForesight(data.Foresight{Belongs: of})
	}
}

func (t *planTab) addObjective() {
	if err := data.CheckObjectives(t.answer.in.Objectives, data.Objective{Belongs: t.p.belongs()}); err != nil {
		t.p.w.fail(err)
		return
	}
	t.p.w.editObjective(data.Objective{Belongs: t.p.belongs()})
}

func (t *planTab) addStep(goal string) {
	t.p.w.editStep(data.Step{Belongs: t.p.belongs(), Objective: goal}, t.answer.in.Objectives)
}

// tick says that what a line shows is done: a step, a promise, an objective; of a
// fact that it still holds.
func (t *planTab) tick(l data.SheetLine) {
	if d, ok := t.deeds(l.Kind, l.ID); ok && d.done != nil && !t.p.back.on() {
		d.done()
	}
}

// drop takes what a line shows off the plan.
func (t *planTab) drop() {
	l := t.row().on(t.column)
	if d, ok := t.deeds(l.Kind, l.ID); ok && d.drop != nil {
		d.drop()
	}
}

// mend does the one step that a finding asks for.
func (t *planTab) mend(f data.PlanFinding) {
	p, w := t.p, t.p.w
	switch f.Rule {
	case "why", "expired":
		w.editPlanHead(t.answer.in)
	case "price":
		t.addObjective()
	case "proof":
		w.editValue(data.ValueEntry{Belongs: p.belongs(), To: data.Customer})
	case "decider", "thread":
		p.turnTo(tabPeople)
	case "cure":
		w.editInitiative(data.Initiative{Belongs: p.belongs(), Needs: []string{f.ID}, State: data.Proposed, Is: data.Cure})
	case "stale":
		t.askStill(f)
	case "review":
		t.finishReview()
	case "shown":
		t.showThem()
	case "many", "heavy":
		t.stand(data.PlanGoals)
	case "budget":
		t.stand(data.PlanSteps)
	default:
		if d, ok := t.deeds(f.Kind, f.ID); ok {
			d.edit()
		}
	}
}

// askStill asks whoever knows whether an old fact still holds: by mail where there
// is an address, else as a promise of ours to ask.
func (t *planTab) askStill(f data.PlanFinding) {
	fact, _ := partOf(t.answer.in.Facts, f.ID)
	for _, c := range t.answer.in.Contacts {
		if (c.Contact.ID == f.Who && f.Who != "" || c.Contact.Name == fact.Source) && len(c.Contact.Emails) > 0 {
			t.p.w.writeTo(data.Address{Name: c.Contact.Name, Email: c.Contact.Emails[0]})
			return
		}
	}
	if d, ok := t.deeds(f.Kind, f.ID); ok {
		d.edit()
	}
}

// stand makes the first line of a section the one that keys act on.
func (t *planTab) stand(section string) {
	for i, r := range t.rows {
		if r.section.Key == section && r.key != "" {
			t.list.Select(i)
			t.focus()
			return
		}
	}
}

// showThem notes that somebody of them saw the joint version today.
func (t *planTab) showThem() {
	w, in := t.p.w, t.answer.in
	joint := data.JointSheet(t.answer.page.Sheet, in.Now)
	w.withParts(in.Account.ID, func(world partWorld) {
		f := newPartForm(w, world)
		who := f.line("To whom", "Anna Kessler", world.named(t.answer.page.Known.Who.ID))
		on := f.line("When", "today", shownPast(f.now.Format(time.DateOnly), f.now))
		how := f.line("How", "in a meeting, as a page", "in a meeting")
		askKept(w, f, "handshake", "They saw their page", "Note it", func() (s data.Shown, err error) {
			s = data.Shown{Belongs: t.p.belongs(), How: how.Text(), Marks: joint.ShownMarks()}
			if s.Contact, err = f.who(who); err != nil {
				return s, err
			}
			s.On, err = f.pastDate("on", on)
			return s, err
		}, func(data.Shown) string { return "The plan was shown" }, store.PutPart[data.Shown])
	})
}

// finishReview says that the plan was reviewed; the date of the next review can be
// changed.
func (t *planTab) finishReview() {
	w, in := t.p.w, t.answer.in
	p := in.Plan
	p.Account = in.Account.ID
	p = p.ReviewedOn(t.answer.me, in.Account.Tier, w.now())
	f := newPartForm(w, partWorld{})
	next := f.line("Next review", "in 4 weeks", shownDate(p.Next, f.now))
	askKept(w, f, "list-checks", "Reviewed", "Set the day", func() (_ data.Plan, err error) {
		if p.Next, err = f.date("next", next); err == nil && p.Next == "" {
			err = &data.Invalid{Field: "next", Says: "say when it is looked at next, like in 4 weeks"}
		}
		return p, err
	}, func(p data.Plan) string {
		return "Plan of " + in.Account.Name + " reviewed, next on " + shownDate(p.Next, f.now)
	}, (*store.Tx).PutPlan)
}
