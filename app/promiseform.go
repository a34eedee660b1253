package app

import (
	"slices"
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// promiseForm asks for a promise.
type promiseForm struct {
	partForm
	what, who, due, owner *kit.Field
	by                    *kit.Segmented
	before                data.Promise
}

// promiseSides are the choices of who owes it, in their order.
var promiseSides = []data.Side{data.Us, data.Customer, data.Partner}

func newPromiseForm(w *window, world partWorld, before data.Promise) *promiseForm {
	f := &promiseForm{partForm: newPartForm(w, world), before: before}
	owner := before.Owner
	if before.ID == "" && owner == "" {
		owner = world.me
	}
	f.what = f.line("What", "Flicker measurement report, Hall 2", before.What)
	f.by = f.choice("Who owes it", slices.Index(promiseSides, before.By), "We", "They", "A partner")
	f.who = f.line("Who of them", "to whom it was made, or who made it", world.named(before.Contact))
	f.due = f.line("By when", "Friday, in 2 weeks, 5 December", shownDate(before.Due, f.now))
	f.owner = f.line("Who of us", "who keeps it", owner)
	f.touch = func() (data.PlannedTouch, []string) {
		p, err := f.promise()
		if err != nil || p.Due == before.Due && p.Contact == before.Contact && p.What == before.What {
			return data.PlannedTouch{}, nil
		}
		return plannedFor(p, f.now)
	}
	return f
}

// plannedFor is the touch that keeping a promise of ours will be, with whom; none
// where it has no day, or is owed to nobody.
func plannedFor(p data.Promise, now time.Time) (data.PlannedTouch, []string) {
	day, err := time.ParseInLocation(time.DateOnly, p.Due, now.Location())
	if err != nil || p.By != data.Us || p.Contact == "" {
		return data.PlannedTouch{}, nil
	}
	return data.PlannedTouch{At: day.Add(12 * time.Hour), Text: p.What}, []string{p.Contact}
}

// promise is what was filled in, or why it cannot be read.
func (f *promiseForm) promise() (p data.Promise, err error) {
	p = f.before
	p.What, p.By = strings.TrimSpace(f.what.Text()), promiseSides[f.by.On]
	if p.Contact, err = f.partForm.who(f.who); err != nil {
		return p, err
	}
	if p.Due, err = f.date("due", f.due); err != nil {
		return p, err
	}
	p.Owner = ""
	if p.By == data.Us {
		p.Owner = strings.TrimSpace(f.owner.Text())
	}
	if p.Made == "" {
		p.Made = f.now.Format(time.DateOnly)
	}
	return p, nil
}

// editPromise asks for a new promise of the account that before names, or for a
// change of one.
func (w *window) editPromise(before data.Promise) {
	w.withParts(before.Account, func(world partWorld) {
		f := newPromiseForm(w, world, before)
		askPart(w, f.partForm, "handshake", "promise", before, f.promise, func(p data.Promise) string { return said(p.What) })
	})
}

// keepPromise says that a promise was kept today.
func (w *window) keepPromise(p data.Promise) {
	p.Kept, p.Dropped, p.Why = w.now().Format(time.DateOnly), "", ""
	putPart(w, "Kept: "+said(p.What), p)
}

// postponePromise asks for another day for a promise.
func (w *window) postponePromise(p data.Promise) {
	f := newPartForm(w, partWorld{})
	before := ""
	if p.Late(f.now) == 0 {
		before = shownDate(p.Due, f.now)
	}
	due := f.line("By when", "Friday, in 2 weeks, 5 December", before)
	later := p
	f.touch = func() (data.PlannedTouch, []string) { return plannedFor(later, f.now) }
	var show func()
	show = func() {
		w.dialog(f.form, "calendar-clock", "Another day for "+said(p.What), "Set the day", func() {
			date, err := f.date("due", due)
			if err == nil && date == "" {
				err = &data.Invalid{Field: "due", Says: "say the day, like Friday or in 2 weeks"}
			}
			if err != nil {
				f.say(err)
				return
			}
			later.Due = date
			w.keepHeeding(f, said(p.What)+" is due "+later.DueWords(f.now)+" now", keeping(later), show, nil)
		})
	}
	show()
}

// letGoOfPromise asks why both let go of a promise.
func (w *window) letGoOfPromise(p data.Promise) {
	f := newPartForm(w, partWorld{})
	why := f.line("Why", "they found another way", "")
	w.dialog(f.form, "handshake", "Let go of "+said(p.What), "Let go", func() {
		gone := p
		gone.Dropped, gone.Why = f.now.Format(time.DateOnly), strings.TrimSpace(why.Text())
		w.keep(f.form, "Let go: "+said(p.What), keeping(gone), nil)
	})
}
