package app

import (
	"context"
	"time"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

// sessionOf makes a training session of a meeting, its people and times with it.
func (w *window) sessionOf(m data.Agenda) {
	bridge.Load(w.bg, new(bridge.Slot), w.db.MoneyRules, func(rules data.MoneyRules, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.editSession(data.SessionFrom(m, w.now().Location()), rules.Currency)
	})
}

// playOf makes a play of what worked: it asks for a stretch of an account's timeline,
// from the day of the entry in view where there is one, and shows the steps that it
// had, to be worded anew.
func (w *window) playOf(account data.Account, since time.Time) {
	f := newPartForm(w, partWorld{})
	f.reads = true // the play is kept by the form after this one
	name := f.line("Name", "When we are late with a promise", "")
	var day string
	if !since.IsZero() {
		day = shownDate(since.In(f.now.Location()).Format(time.DateOnly), f.now)
	}
	from := f.line("From", "the day it began", day)
	to := f.line("Until", "today", "")
	w.dialog(f.form, "route", "A play of what worked with "+account.Name, "Show the steps", func() {
		begins, err := f.dayAt("from", from)
		if err == nil && begins.IsZero() {
			err = &data.Invalid{Field: "from", Says: "say on which day it began"}
		}
		ends := f.now
		if err == nil && to.Text() != "" {
			ends, err = f.dayAt("until", to)
			ends = ends.AddDate(0, 0, 1).Add(-time.Second)
		}
		if err != nil {
			f.say(err)
			return
		}
		bridge.Load(w.bg, new(bridge.Slot), func(ctx context.Context) (data.Play, error) {
			return w.playOfStretch(ctx, account, begins, ends, name.Text(), f.now)
		},
			func(p data.Play, err error) {
				if err != nil {
					f.say(err)
					return
				}
				w.editPlay(p)
			})
	})
}

// playOfStretch makes the play of what happened from the beginning of a day to a
// moment.
func (w *window) playOfStretch(ctx context.Context, account data.Account, begins, ends time.Time, name string, now time.Time) (data.Play, error) {
	stretch, err := w.db.Stretch(ctx, account.ID, begins.Add(-time.Second), ends, now)
	if err != nil {
		return data.Play{}, err
	}
	me, err := w.db.Setting(ctx, store.SettingUserName)
	if err != nil {
		return data.Play{}, err
	}
	return data.PlayFrom(account, stretch, name, me, now)
}
