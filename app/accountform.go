package app

import (
	"context"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// dialog shows a form over the page with a button that keeps it.
func (w *window) dialog(f *form, icon, title, verb string, keep func()) {
	if !f.reads && w.frozen() {
		return
	}
	keys := "Enter"
	if f.fields[0].Lines > 1 {
		keys = "Shift Enter" // Enter begins a new line there
	}
	button := kit.NewButton(kit.Primary, verb, keep).WithKey(keys)
	foot := "Works offline; undo with " + undoKeys
	if f.reads {
		foot = "Works offline; nothing here is changed"
	}
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog(icon, kit.Ours, title, f.body(), foot, button))
	f.changed, f.buttons = o.Relayout, button
	for _, field := range f.fields {
		field.OnSubmit = func(string) { keep() }
	}
	w.writing.opened(f, o)
	w.pop(o, f.fields[0].Focusable())
	f.fields[0].SelectAll()
}

// keep writes what a form holds, closes it and offers undo; what goes wrong is
// said in the form, which stays.
func (w *window) keep(f *form, label string, do func(*store.Tx) error, then func()) {
	var u store.Undo
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		u, err = w.db.Write(ctx, label, do)
		return err
	}, func(err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.dismiss()
		w.did(u)
		if then != nil {
			then()
		}
	})
}

// undoKeys are the keys that undo.
var undoKeys = primary("Z").words(system)

// accountForm asks for an account.
type accountForm struct {
	*form
	name, domains, sector, owner, since *kit.Field
	tier                                *kit.Segmented
	before                              data.Account
	now                                 time.Time
}

// accountTiers are the choices of the form, in their order.
var accountTiers = []data.Tier{data.TierA, data.TierB, data.TierC, ""}

func newAccountForm(bg *bridge.Bridge, before data.Account, now time.Time) *accountForm {
	f := &accountForm{form: newForm(bg), before: before, now: now}
	f.name = f.field("Name", kit.NewField("Kestrel Museums"))
	f.domains = f.field("Mail domains", kit.NewField("kestrel.example, kestrelmuseums.example"))
	on := 3
	for i, t := range accountTiers {
		if before.ID != "" && t == before.Tier {
			on = i
		}
	}
	f.tier = kit.NewSegmented([]string{"A closest", "B steady", "C light", "Not yet"}, on, nil)
	f.add("Tier", kit.NewRow(0, f.tier))
	f.sector = f.field("What it is", kit.NewField("Culture, 4 sites"))
	f.owner = f.field("Owner", kit.NewField("who of you looks after it"))
	f.since = f.field("Customer since", kit.NewField("31 March 2021, if you know"))
	f.name.SetText(before.Name)
	f.domains.SetText(strings.Join(before.Domains, ", "))
	f.sector.SetText(before.Sector)
	f.owner.SetText(before.Owner)
	f.since.SetText(shownPast(before.Since, now))
	return f
}

// account is what was filled in, tidied, or why it cannot be kept.
func (f *accountForm) account() (a data.Account, err error) {
	a = f.before
	if a.Since, err = typedPast("since", f.since.Text(), f.now); err != nil {
		return a, err
	}
	a.Name, a.Sector, a.Owner = f.name.Text(), f.sector.Text(), f.owner.Text()
	a.Domains = listed(f.domains.Text())
	a.Tier = accountTiers[f.tier.On]
	a = a.Tidy()
	return a, a.Check()
}

// listed are the pieces of a text that commas, semicolons or blanks part.
func listed(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",; \t\n", r) })
}

// editAccount asks for a new account, or for a change of one. then, if set, is
// called with what was kept.
func (w *window) editAccount(before data.Account, then func(data.Account)) {
	f := newAccountForm(w.bg, before, w.now())
	f.about = data.Writing{Account: before.ID, Kind: data.KindAccount, ID: before.ID}
	title, verb := "New account", "Add account"
	if before.ID != "" {
		title, verb = "Edit "+before.Name, "Save"
	} else {
		w.proposeOwner(f)
	}
	w.dialog(f.form, "building-2", title, verb, func() {
		a, err := f.account()
		if err != nil {
			f.say(err)
			return
		}
		label := a.Name + " added"
		if before.ID != "" {
			label = a.Name + " changed"
		}
		var kept data.Account
		w.keep(f.form, label, func(tx *store.Tx) (err error) {
			kept, err = tx.AddAccount(a)
			return err
		}, func() {
			if then != nil {
				then(kept)
			}
		})
	})
}

// proposeOwner fills in the person who sits here, unless they typed another.
func (w *window) proposeOwner(f *accountForm) {
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (string, error) { return w.db.Setting(ctx, store.SettingUserName) },
		func(name string, err error) {
			if err == nil && f.owner.Text() == "" {
				f.owner.SetText(name)
			}
		})
}

// deleteAccount takes an account away; undo brings it back.
func (w *window) deleteAccount(a data.Account, then func()) {
	w.write(a.Name+" deleted; its mail waits in Filing", func(tx *store.Tx) error { return tx.DeleteAccount(a.ID) }, then)
}
