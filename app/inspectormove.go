package app

import (
	"context"
	"errors"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// commands are what can be done with the entry in view.
func (v *inspector) commands() []command {
	any := func() bool { return v.entry.ID != "" }
	changes := func() bool { return any() && !v.t.p.back.on() } // nothing of a past day can be changed
	hand := func() bool { return changes() && isLogged(v.entry.Kind) }
	filed := func() bool { return changes() && !isLogged(v.entry.Kind) && v.entry.Kind != data.Press }
	mail := func() bool { return changes() && v.entry.Kind == data.Mail }
	return append(append(v.promiseCommands(), []command{
		{name: "Answer this mail", words: "reply write draft", icon: "reply", key: "A", when: mail, do: v.answer},
		{name: "Open the brief", words: "prepare meeting page", icon: "book-open-text", key: "B", when: func() bool { return any() && v.entry.Kind == data.Meet && !v.entry.Cancelled }, do: func() { v.w.openBrief(v.entry.ID) }},
		{name: "Move to another account", words: "file sender wrong", icon: "arrow-left-right", key: "M", when: func() bool { return changes() && v.movable() }, do: v.move},
		{name: layoutWords, words: "html formatted headings lists links tables layout", icon: "list", when: v.hasLayout, do: v.readLayout},
		{name: "Open what is attached", words: "attachment file pdf download", icon: "file-down", key: "O", when: v.hasAttachments, do: v.chooseAttachment},
		{name: "Open its page in the browser", words: "news link web read all", icon: "globe", key: "O", when: func() bool { return any() && v.entry.Link != "" }, do: v.openPage},
		{name: "Open the raw source", words: "mail header eml original", icon: "receipt-text", when: func() bool { _, ok := v.message(); return ok }, do: v.openSource},
		{name: "Not this account", words: "take off timeline wrong remove mail only this", icon: "x", when: filed, do: v.takeOff},
		{name: "File this one to another account too", words: "add timeline several accounts", icon: "plus", when: filed, do: v.fileToo},
		{name: sharingName, words: "share private secret colleagues team rule conversation person", icon: "eye", when: mail, do: v.share},
		{name: neverAgainName, words: "forget leave out for good sender domain conversation delete", icon: "eye-off", when: mail, do: v.neverAgain},
		{name: "Copy the text", words: "clipboard", icon: "copy", when: any, do: v.copyText},
		{name: "Edit this entry", words: "change call visit note", icon: "pen-line", key: "E", when: hand, do: v.edit},
		{name: "Delete this entry", words: "remove call visit note", icon: "x", key: "Delete", when: hand, do: v.delete},
	}...), v.personPages()...)
}

// pagesOffered is how many of an entry's people are offered with their page.
const pagesOffered = 6

// personPages open the pages of those who had a part in the entry; the first has
// a key.
func (v *inspector) personPages() (list []command) {
	for _, p := range v.entry.People {
		if p.Contact != "" && len(list) < pagesOffered {
			c := v.w.personPage(data.Contact{ID: p.Contact, Name: text.Name(p.Name, p.Email)})
			if len(list) == 0 {
				c.key = "Shift W"
			}
			list = append(list, c)
		}
	}
	return list
}

// neverAgain asks how much of the mail in view is to be forgotten for good.
func (v *inspector) neverAgain() {
	sender := ""
	for _, p := range v.entry.People {
		if p.Part == "from" {
			sender = p.Email
			break
		}
	}
	v.w.neverAgain(sender, v.entry.ID)
}

// answer opens the panel for an answer to the mail in view.
func (v *inspector) answer() {
	if m, ok := v.message(); ok {
		v.w.answerMail(m.ID)
	}
}

// mover is whose address decides where the entry is filed: the first who is not
// ours, before that whoever it was matched by.
func (v *inspector) mover() (data.Participant, bool) {
	var first data.Participant
	for _, p := range v.entry.People {
		if p.Side == data.Us || p.Email == "" {
			continue
		}
		for _, m := range v.entry.Matches {
			if m.Account == v.t.p.id && m.Email == p.Email {
				return p, true
			}
		}
		if first.Email == "" {
			first = p
		}
	}
	return first, first.Email != ""
}

func (v *inspector) movable() bool {
	_, ok := v.mover()
	return ok || isLogged(v.entry.Kind)
}

// move asks for the account where the entry belongs. An entry logged by hand
// goes there itself; of a mail or meeting it is the person, with all of theirs.
func (v *inspector) move() {
	if v.entry.ID == "" {
		return
	}
	if isLogged(v.entry.Kind) {
		id := v.entry.ID
		v.w.chooseAccount("Which account was it with?", v.t.p.id, func(a data.Account) {
			v.changeEntry(id, "Moved to "+a.Name, func(e *data.Entry) { e.Account = a.ID })
		})
		return
	}
	who, ok := v.mover()
	if !ok {
		v.w.say("Nobody outside is named, so it cannot be moved")
		return
	}
	name := text.Name(who.Name, who.Email)
	v.w.chooseAccount("Where does "+name+" belong?", v.t.p.id, func(a data.Account) { v.w.moveSender(who, a) })
}

// takeOff takes this mail or meeting alone off the account's timeline.
func (v *inspector) takeOff() {
	if v.entry.ID == "" || isLogged(v.entry.Kind) {
		return
	}
	id, account, name := v.entry.ID, v.t.p.id, v.t.p.answer.row.Name
	v.w.write(data.ByHandWords(data.TitleOf(v.entry.Interaction), name, false), func(tx *store.Tx) error { return tx.FileByHand(id, account, false) }, nil)
}

// fileToo puts this mail or meeting alone on another account's timeline too.
func (v *inspector) fileToo() {
	if v.entry.ID == "" || isLogged(v.entry.Kind) {
		return
	}
	id, title := v.entry.ID, data.TitleOf(v.entry.Interaction)
	v.w.chooseAccount("Where does this one belong too?", v.t.p.id, func(a data.Account) {
		v.w.write(data.ByHandWords(title, a.Name, true), func(tx *store.Tx) error { return tx.FileByHand(id, a.ID, true) }, nil)
	})
}

// moveSender makes an address one of the account's people, so that everything
// of theirs is filed there.
func (w *window) moveSender(who data.Participant, to data.Account) {
	name := text.Name(who.Name, who.Email)
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.Contact, error) {
		known, err := w.db.Known(ctx)
		if err != nil {
			return data.Contact{}, err
		}
		if k, ok := known.Contacts[who.Email]; ok {
			return w.db.Contact(ctx, k.ID)
		}
		return data.Contact{Name: name, Emails: []string{who.Email}, Side: data.Customer}, nil
	}, func(c data.Contact, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		c.AccountID = to.ID
		w.write(c.Name+" and all of theirs moved to "+to.Name, func(tx *store.Tx) error { return tx.PutContact(c) }, nil)
	})
}

// changeEntry changes something that was logged by hand.
func (v *inspector) changeEntry(id, label string, change func(*data.Entry)) {
	bridge.Load(v.w.bg, &v.w.goSlot, func(ctx context.Context) (data.Entry, error) { return v.w.db.Entry(ctx, id) }, func(e data.Entry, err error) {
		if err != nil {
			v.w.fail(err)
			return
		}
		change(&e)
		v.w.write(label, func(tx *store.Tx) error { return tx.PutEntry(e, v.entry.RecordedAt) }, nil)
	})
}

// delete takes an entry away that was logged by hand; undo brings it back.
func (v *inspector) delete() {
	if id := v.entry.ID; id != "" && isLogged(v.entry.Kind) {
		v.w.write(kindWord(v.entry.Kind)+" deleted", func(tx *store.Tx) error {
			err := tx.DeleteEntry(id)
			if errors.Is(err, data.ErrNotFound) {
				return nil // somebody was quicker
			}
			return err
		}, nil)
	}
}

// chosenAccounts is how many accounts the chooser lists.
const chosenAccounts = 12

// chooseAccount asks for an account by name, leaving one out.
func (w *window) chooseAccount(question, without string, then func(data.Account)) {
	bridge.Load(w.bg, &w.goSlot, w.db.Accounts, func(all []data.Account, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		view := kit.NewPalette(question).To("take it")
		o := kit.NewOverlay(kit.PaletteWidth, view)
		var fits []data.Account
		view.OnType = func(typed string) {
			fits = fits[:0]
			words := queryWords(typed)
			for _, a := range all {
				if a.ID != without && matches(a.Name+" "+strings.Join(a.Domains, " "), words) {
					fits = append(fits, a)
				}
			}
			fits = fits[:min(len(fits), chosenAccounts)]
			rows := make([]kit.PaletteRow, len(fits))
			for i, a := range fits {
				rows[i] = kit.PaletteRow{Initials: data.Initials(a.Name), Spans: described(a.Name, words, a.Sector)}
			}
			note := ""
			if len(fits) == 0 {
				note = "No account is called so"
			}
			view.SetRows(rows, note)
			o.Relayout()
		}
		view.OnEscape = o.Close
		view.OnChoose = func(row int) {
			a := fits[row]
			o.Close()
			then(a)
		}
		view.OnType("")
		w.pop(o, view.Focusable())
	})
}
