package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// entryForm changes what was logged by hand.
type entryForm struct {
	*form
	kind          *kit.Segmented
	when, minutes *kit.Field
	words         *kit.Field
	before        data.Entry
	now           time.Time
}

func newEntryForm(bg *bridge.Bridge, e data.Entry, now time.Time) *entryForm {
	f := &entryForm{form: newForm(bg), before: e, now: now}
	f.words = f.field("What happened", kit.NewArea("They agreed to …", 4))
	f.kind = kit.NewSegmented([]string{"Call", "Visit", "Note"}, max(slices.Index(data.Logged, e.Kind), 0), nil)
	f.add("What it was", kit.NewRow(0, f.kind))
	f.when = f.field("When", kit.NewField("16 Nov 14:30, or yesterday"))
	f.minutes = f.field("Minutes", kit.NewField("how long, if you know"))
	f.words.SetText(strings.TrimSpace(e.Text))
	if e.Text == "" {
		f.words.SetText(e.Subject)
	}
	at := e.At.In(now.Location())
	f.when.SetText(at.Format("2006-01-02 15:04"))
	if at.Hour() == 0 && at.Minute() == 0 {
		f.when.SetText(at.Format(time.DateOnly))
	}
	if e.Minutes > 0 {
		f.minutes.SetText(strconv.Itoa(e.Minutes))
	}
	return f
}

// entry is what was filled in, or why it cannot be kept.
func (f *entryForm) entry() (data.Entry, error) {
	e := f.before
	e.Kind, e.Text = data.Logged[f.kind.On], strings.TrimSpace(f.words.Text())
	at, err := entryWhen(f.when.Text(), f.now)
	if err != nil {
		return e, err
	}
	e.At, e.Minutes = at, 0
	if s := strings.TrimSpace(f.minutes.Text()); s != "" {
		if e.Minutes, err = strconv.Atoi(s); err != nil {
			return e, &data.Invalid{Field: "minutes", Says: "write how long it took as a number of minutes, like 20"}
		}
	}
	return e, e.Check(f.now)
}

// entryWhen reads a date with or without a time, or words like "yesterday".
func entryWhen(s string, now time.Time) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, form := range []string{"2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(form, s, now.Location()); err == nil {
			return t, nil
		}
	}
	if at, _, _, ok := text.When(s, now); ok {
		return at, nil
	}
	return time.Time{}, &data.Invalid{Field: "at", Says: "write when it was like 2026-11-16 14:30, or yesterday"}
}

// edit asks for a change of what was logged by hand.
func (v *inspector) edit() {
	if v.entry.ID == "" || !isLogged(v.entry.Kind) {
		return
	}
	w, id, recorded := v.w, v.entry.ID, v.entry.RecordedAt
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.Entry, error) { return w.db.Entry(ctx, id) }, func(e data.Entry, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		f := newEntryForm(w.bg, e, w.now())
		w.dialog(f.form, "pen-line", "Edit this "+string(e.Kind), "Save", func() {
			e, err := f.entry()
			if err != nil {
				f.say(err)
				return
			}
			w.keep(f.form, kindWord(e.Kind)+" changed", func(tx *store.Tx) error { return tx.PutEntry(e, recorded) }, nil)
		})
	})
}
