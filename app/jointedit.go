package app

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// mayCorrect says whether something of the current line can be corrected.
func (p *joint) mayCorrect() bool {
	l, ok := p.jointLine(p.line())
	return ok && p.answer.stand.MayReply && len(correctable(l)) > 0
}

// correctable are the values of a line that can be corrected, its words first.
func correctable(l data.JointLine) (list []data.SheetField) {
	if kind, _, words := l.Ref(); data.CanCorrect(kind, words) {
		list = append(list, data.SheetField{Register: words, Label: "Words", Value: l.Text})
	}
	for _, f := range l.Also {
		if l.CanReply(f.Register) {
			list = append(list, f)
		}
	}
	return list
}

// correct asks what the current line should read: its words, its number, its day.
func (p *joint) correct() {
	j, ok := p.jointLine(p.line())
	if !ok || !p.mayCorrect() {
		if p.answer.stand.MayReply && p.row().kind == planNothing {
			p.add()
		}
		return
	}
	f := newPartForm(p.w, partWorld{})
	list := correctable(j)
	fields := make([]*kit.Field, len(list))
	shown := make([]string, len(list))
	for i, v := range list {
		shown[i] = v.Value
		if v.Register == "due" {
			shown[i] = shownDate(v.Value, f.now)
		}
		if i == 0 && v.Label == "Words" {
			fields[i] = f.area(v.Label, "what it should read", shown[i], 2)
		} else {
			label := cmp.Or(v.Label, "How much") // a unit, as kWh, stays as it is
			if v.Register == "due" {
				label = upperFirst(label)
			}
			fields[i] = f.line(label, "", shown[i])
		}
	}
	f.rows = append(f.rows, kit.NewParagraph(kit.Small, kit.Ink2, "It stands under the line for all who read this, until "+cmp.Or(p.answer.stand.Plan.PutBy, "whoever put it there")+" takes it over or says why not."))
	p.w.dialog(f.form, "pen-line", "Correct "+said(j.Text), "Correct it", func() {
		var replies []data.JointReply
		for i, v := range list {
			typed := strings.TrimSpace(fields[i].Text())
			if typed == strings.TrimSpace(shown[i]) {
				continue
			}
			if v.Register == "due" {
				day, err := f.date("due", fields[i])
				if err != nil {
					f.say(err)
					return
				}
				typed = day
			}
			r := j.Correct(v.Register, typed, f.now)
			if i == 0 && v.Label == "Words" {
				r = j.Correct("", typed, f.now)
			}
			r.Plan = p.answer.stand.Plan.ID
			if err := r.Check(); err != nil {
				f.say(err)
				return
			}
			replies = append(replies, r)
		}
		if len(replies) == 0 {
			f.say(&data.Invalid{Field: "becomes", Says: "nothing is different; write what it should read, or press Escape"})
			return
		}
		p.w.keep(f.form, "Should read: "+said(replies[0].Becomes), p.keepingReply(replies...), nil)
	})
}

// jointSections are where something can be added, with what it is.
var jointSections = []struct{ key, name, hint string }{
	{data.PlanSteps, "A step", "Tell the night guards"}, {data.PlanWorld, "What you want", "Open the winter loan on 12 March"}, {data.PlanHurts, "What is in the way", "Night access needs a guard"},
}

// add asks for something new; it begins with the section of the current line.
func (p *joint) add() {
	if !p.answer.stand.MayReply {
		return
	}
	f := newPartForm(p.w, partWorld{})
	on, names := 0, make([]string, len(jointSections))
	for i, s := range jointSections {
		names[i] = s.name
		if s.key == p.row().section.Key {
			on = i
		}
	}
	words := f.area("Words", jointSections[on].hint, "", 2)
	which := f.choice("It is", on, names...)
	f.rows = slices.Insert(f.rows, 0, f.rows[len(f.rows)-1])
	f.rows = f.rows[:len(f.rows)-1]
	p.w.dialog(f.form, "plus", "Add to the joint plan", "Add it", func() {
		r := data.JointReply{Plan: p.answer.stand.Plan.ID, Section: jointSections[which.On].key, Becomes: strings.TrimSpace(words.Text()), On: f.now.Format(time.DateOnly)}
		if err := r.Check(); err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "Added: "+said(r.Becomes), p.keepingReply(r), nil)
	})
}
