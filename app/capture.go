package app

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// capture takes a line about something that happened and shows, while it is
// written, what it is understood as.
type capture struct {
	w       *window
	slot    bridge.Slot
	overlay *kit.Overlay
	field   *kit.Field
	view    *kit.Stack
	facts   *kit.Stack
	save    *kit.Button
	another *kit.Button
	trouble string

	names   data.CaptureNames
	by      string
	context string          // Account.ID of the page that is open, or that was chosen
	chosen  bool            // the person chose the account
	not     map[string]bool // Contact.ID of those whom a name does not mean
	got     data.Capture
	picks   []fyne.Focusable // what Tab goes through behind the line
	kept    int              // how many were saved since it opened
	// wishes are those of the people who are understood, asked for by warn when
	// these become others.
	wishes []data.Wishes
	warn   bridge.Slot
	people []string // Contact.IDs that wishes are of
}

// openCapture asks what happened. account is the one that is meant when the line
// names none; "" for none.
func (w *window) openCapture(account string) {
	if !w.frozen() {
		w.captureLine(account, "")
	}
}

// captureLine is openCapture with a line that is written already.
func (w *window) captureLine(account, line string) *capture {
	c := &capture{w: w, context: account, not: map[string]bool{}}
	c.build()
	c.field.SetText(line)
	c.open()
	c.field.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown}) // to the end
	bridge.Load(w.bg, &c.slot, func(ctx context.Context) (captureWorld, error) { return askCapture(ctx, w.db) }, func(a captureWorld, err error) {
		if err != nil {
			c.trouble, _ = troubleWords(err)
			c.draw()
			return
		}
		c.names, c.by = a.names, a.by
		c.read()
	})
	return c
}

// captureWorld is what lines are understood by.
type captureWorld struct {
	names data.CaptureNames
	by    string
}

func askCapture(ctx context.Context, db *store.DB) (a captureWorld, err error) {
	accounts, err := db.Accounts(ctx)
	if err != nil {
		return a, err
	}
	contacts, err := db.Contacts(ctx, "")
	if err != nil {
		return a, err
	}
	a.names = data.NewCaptureNames(accounts, contacts)
	a.by, err = db.Setting(ctx, store.SettingUserName)
	return a, err
}

// captureLines is how many lines of what is written are seen.
const captureLines = 3

func (c *capture) build() {
	c.field = kit.NewArea("Called Piotr yesterday, 10 min, he agreed the night test", captureLines)
	c.field.OnChanged = func(string) { c.read() }
	c.field.OnKey = c.key
	c.facts = kit.NewStack(0)
	c.save = kit.NewButton(kit.Primary, "Save", func() { c.keep(false) }).WithKey("Enter")
	c.another = kit.NewButton(kit.Plain, "Save and add", func() { c.keep(true) }).WithKey("Shift Enter")
	body := kit.NewStack(9, c.field, c.facts)
	c.view = kit.NewStack(0, kit.NewDialog("pen-line", kit.Ours, "What happened?", body, "Works offline; undo with "+undoKeys, c.another, c.save))
	c.overlay = kit.NewOverlay(kit.DialogWidth, c.view)
	c.overlay.OnClose = func() {
		c.slot.Drop()
		c.warn.Drop()
	}
	c.draw()
}

func (c *capture) open() { c.w.pop(c.overlay, c.field.Focusable()) }

// key saves with Enter, and leaves the line with Tab.
func (c *capture) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.keep(shiftHeld())
	case fyne.KeyTab:
		if len(c.picks) > 0 {
			c.w.focus(c.picks[0])
		} else {
			c.w.focus(c.another)
		}
	default:
		return false
	}
	return true
}

// shiftHeld says whether Shift is down now, where the driver can tell.
func shiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

// read understands the line anew.
func (c *capture) read() {
	line := c.field.Text()
	accounts, contacts := c.names.Near(line)
	in := data.CaptureInput{Now: c.w.now(), By: c.by, Accounts: accounts}
	for _, p := range contacts {
		if !c.not[p.ID] {
			in.Contacts = append(in.Contacts, p)
		}
	}
	if a, ok := c.names.Account(c.context); ok {
		in.Account = &a
		if !slices.ContainsFunc(in.Accounts, func(o data.Account) bool { return o.ID == a.ID }) {
			in.Accounts = append(in.Accounts, a)
		}
	}
	c.got, c.trouble = data.ParseCapture(line, in), ""
	switch {
	case in.Account == nil || c.got.Account.ID != in.Account.ID && !c.chosen:
	case c.chosen:
		c.got.Account, c.got.AccountWhy = *in.Account, "You chose it"
	case len(c.got.Contacts) == 0 && c.w.here().place != placeAccount && c.got.AccountWhy != "You named it":
		c.got.AccountWhy = "Its row is chosen"
	}
	c.draw()
	c.heed()
}

// touch is what the line would be to those who take part, by Contact.ID; a note
// touches nobody.
func (c *capture) touch() (t data.PlannedTouch, with []string) {
	if c.got.Kind != data.Note {
		with = c.got.Entry().With
	}
	return data.PlannedTouch{Channel: data.ChannelOf(c.got.Kind), At: c.got.At, Text: c.got.Text}, with
}

// heed asks for the wishes of those who take part, when these become others.
func (c *capture) heed() {
	_, with := c.touch()
	if slices.Equal(with, c.people) {
		return
	}
	c.people, c.wishes = with, nil
	bridge.Load(c.w.bg, &c.warn, func(ctx context.Context) ([]data.Wishes, error) { return c.w.db.Wishes(ctx, with, c.w.now()) },
		func(list []data.Wishes, err error) {
			if err == nil { // saving asks again
				c.wishes = list
				c.draw()
			}
		})
}

// against are the wishes that the line goes against, as far as they are known.
func (c *capture) against() []data.Warning {
	t, with := c.touch()
	if !slices.Equal(with, c.people) {
		return nil
	}
	return data.Against(t, c.wishes)
}

// mean says which of several people a name means.
func (c *capture) mean(one data.Contact) {
	for _, p := range c.got.Candidates {
		if p.ID != one.ID && p.AccountID != "" && sharesName(p.Name, one.Name) {
			c.not[p.ID] = true
		}
	}
	c.read()
	c.w.focus(c.field.Focusable())
}

// sharesName says whether two names have a word in common, so that one word can
// mean both.
func sharesName(a, b string) bool {
	words := strings.Fields(strings.ToLower(a))
	return slices.ContainsFunc(strings.Fields(strings.ToLower(b)), func(w string) bool { return slices.Contains(words, w) })
}

// chooseAccount asks for the account and comes back with the line as it was.
func (c *capture) chooseAccount() {
	again := func() {
		c.open()
		c.read()
	}
	c.w.chooseAccount("Which account was it with?", "", func(a data.Account) {
		c.context, c.chosen = a.ID, true
		again()
	})
	if o := topOverlay(c.w.canvas); o != nil && o != c.overlay {
		closed := o.OnClose
		o.OnClose = func() {
			if closed != nil {
				closed()
			}
			if !c.overlay.IsOpen() {
				again()
			}
		}
	}
}

// ready says whether the line can be kept, and why not.
func (c *capture) ready() error {
	if len(c.got.Missing) > 0 && strings.TrimSpace(c.field.Text()) != "" {
		return &data.Invalid{Field: "line", Says: "say " + c.got.Missing[0]}
	}
	return c.got.Entry().Check(c.w.now())
}

// keep saves the entry; more empties the line for the next one. What goes
// against a wish asks before.
func (c *capture) keep(more bool) {
	if err := c.ready(); err != nil {
		c.trouble, _ = troubleWords(err)
		c.draw()
		return
	}
	t, with := c.touch()
	c.people = nil // the question that is open stands in its place
	c.w.heeding(&c.warn, t, with, "Log it anyway", func(breached breached) { c.log(more, breached) }, func() {
		c.open()
		c.read()
	})
}

func (c *capture) log(more bool, breached breached) {
	entry, label := c.got.Entry(), captureLabel(c.got)
	var u store.Undo
	bridge.Act(c.w.bg, func(ctx context.Context) (err error) {
		u, err = c.w.db.Write(ctx, label, func(tx *store.Tx) (err error) {
			if entry, err = tx.AddEntry(entry, tx.Now()); err != nil {
				return err
			}
			return breached(tx, entry.ID)
		})
		return err
	}, func(err error) {
		if err != nil {
			c.trouble, _ = troubleWords(err)
			if !c.overlay.IsOpen() {
				c.open()
			}
			c.draw()
			return
		}
		c.w.did(u)
		c.w.showLogged(entry)
		if !more {
			c.overlay.Close()
			return
		}
		c.kept++
		c.not = map[string]bool{}
		c.field.SetText("")
		if !c.overlay.IsOpen() {
			c.open()
		}
		c.w.focus(c.field.Focusable())
	})
}

// showLogged goes to what was logged where its account's timeline is in view,
// whatever the filter shows.
func (w *window) showLogged(e data.Entry) {
	if p, ok := w.page().(*accountPage); ok && p.id == e.Account && p.inTimeline() {
		p.showOn(e.ID)
	}
}

// captureLabel says what was kept: "Call with Piotr Malik at Kestrel Museums
// logged".
func captureLabel(c data.Capture) string {
	s := kindWord(c.Kind)
	if names := captureWith(c); names != "" {
		s += " with " + names
	}
	return s + " at " + c.Account.Name + " logged"
}

// captureWith are the people of a capture, "Piotr Malik and Anna Kessler".
func captureWith(c data.Capture) string {
	names := make([]string, len(c.Contacts))
	for i, p := range c.Contacts {
		names[i] = p.Name
	}
	return data.JoinAnd(names)
}
