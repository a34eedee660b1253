package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// popForm shows a form over the page; submit is called by its button and by
// Enter in its fields.
func (w *window) popForm(icon, title, note, verb string, f *form, first *kit.Field, submit func()) {
	var o *kit.Overlay
	for _, field := range f.fields {
		field.OnSubmit = func(string) { submit() }
	}
	f.whenEscaped(func() { o.Close() })
	o = kit.NewOverlay(kit.DialogWidth, kit.NewDialog(icon, kit.Neutral, title, f.body(), note,
		kit.NewButton(kit.Plain, "Cancel", func() { o.Close() }), kit.NewButton(kit.Primary, verb, submit).WithKey("Enter")))
	o.OnClose = f.slot.Drop
	f.changed = o.Relayout
	w.pop(o, first.Focusable())
}

// keep changes something with the keeper of secrets at hand, then closes what
// floats and shows the sources anew. What goes wrong is shown in the form.
func (s *sources) keep(f *form, said string, do func(context.Context) error) {
	if s.w.keys == nil {
		f.say(errNoKeyring)
		return
	}
	bridge.Act(s.w.bg, do, func(err error) {
		if err != nil {
			f.say(err)
			return
		}
		s.w.dismiss()
		s.w.say(said)
		s.load()
		s.w.refreshState()
	})
}

func (s *sources) addMailbox() {
	f := newMailboxForm(s.w.bg, data.Mailbox{})
	add := s.chooseNew
	f.browser.done, f.browser.find = add, s.w.clientIn
	s.amongProviders(f)
	s.w.popForm("mail", "Add a mailbox", "Rapport only reads.", "Connect", f.form, f.address, func() { f.try(add) })
}

func (s *sources) addCalendar() {
	f := newCalendarForm(s.w.bg)
	s.w.popForm("calendar", "Add a calendar", "Rapport only reads.", "Add", f.form, f.where, func() {
		if f.isServer() {
			f.find(func(wanted []sync.FoundCalendar, access sync.DAVAccess) { s.addFound(f, wanted, access) })
			return
		}
		where, name, user, password := f.where.Text(), f.name.Text(), f.user.Text(), f.password.Text()
		s.keep(f.form, "Calendar added", func(ctx context.Context) error {
			_, err := sync.AddCalendar(ctx, s.w.db, s.w.keys, name, where, user, password)
			return err
		})
	})
}

// addFound adds calendars of a server.
func (s *sources) addFound(f *calendarForm, wanted []sync.FoundCalendar, access sync.DAVAccess) {
	s.keep(f.form, data.Counted(len(wanted), "calendar", "calendars")+" added", func(ctx context.Context) error {
		for _, found := range wanted {
			if _, err := sync.AddFound(ctx, s.w.db, s.w.keys, "", found, access); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *sources) changeMailbox() {
	c, ok := s.current()
	if !ok || !c.isMail() {
		return
	}
	f := newMailboxForm(s.w.bg, c.mailbox)
	f.kept = func(ctx context.Context, m data.Mailbox) error {
		if s.w.keys == nil {
			return errNoKeyring
		}
		_, err := sync.TryKept(ctx, s.w.db, s.w.keys, m)
		return err
	}
	change := func(m data.Mailbox, password string) {
		s.keep(f.form, m.Address+" changed", func(ctx context.Context) error {
			if password != "" {
				_, err := sync.AddMailbox(ctx, s.w.db, s.w.keys, m, password)
				return err
			}
			_, err := s.w.db.Write(ctx, "", func(tx *store.Tx) error {
				_, err := tx.PutMailbox(m)
				return err
			})
			return err
		})
	}
	f.browser.done, f.browser.find = change, s.w.clientIn
	s.amongProviders(f)
	s.w.popForm("mail", "Change "+c.shown(), "", "Save", f.form, f.host, func() { f.try(change) })
}

// amongProviders lets a form offer the sign-in at the workspace's own providers.
// What cannot be read leaves it with those that are known.
func (s *sources) amongProviders(f *mailboxForm) {
	bridge.Load(s.w.bg, &f.knowing, func(ctx context.Context) ([]sync.Provider, error) { return sync.Providers(ctx, s.w.db) },
		func(list []sync.Provider, err error) {
			if err == nil {
				f.among(list)
			}
		})
}

// signInAgain lets a person sign in in the browser to a mailbox that is signed in
// to so.
func (s *sources) signInAgain() {
	c, ok := s.current()
	if !ok || !c.isMail() {
		return
	}
	f := newForm(s.w.bg)
	b := newBrowserSignIn(f)
	b.find = s.w.clientIn
	b.mailbox = func() (data.Mailbox, error) { return c.mailbox, nil }
	b.done = func(m data.Mailbox, secret string) {
		s.keep(f, "Signed in to "+m.Address, func(context.Context) error { return sync.ChangePassword(s.w.keys, m, secret) })
		s.w.readNow()
	}
	name := c.mailbox.SignIn.Provider()
	bridge.Load(s.w.bg, &f.slot, func(ctx context.Context) (sync.Provider, error) { return sync.ProviderNamed(ctx, s.w.db, name) },
		func(p sync.Provider, err error) {
			if err != nil {
				f.say(err)
				return
			}
			b.offer(p, false)
		})
	f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, "Your browser opens. Sign in as "+c.mailbox.User+" and allow Rapport to read your mail."), b.body)
	cancel := kit.NewButton(kit.Plain, "Cancel", s.w.dismiss)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("key-round", kit.Neutral, "Sign in to "+c.shown()+" again", f.body(), "", cancel))
	o.OnClose = f.drop
	f.changed = o.Relayout
	s.w.pop(o, fyne.Focusable(cancel))
}

func (s *sources) changePassword() {
	c, ok := s.current()
	if !ok || !c.isMail() {
		return
	}
	f := newForm(s.w.bg)
	password := f.field("Password", kit.NewSecret("large providers want an app password here"))
	s.w.popForm("key-round", "Password for "+c.shown(), "", "Save", f, password, func() {
		text := password.Text()
		f.waiting("Trying " + c.mailbox.Host)
		bridge.Load(s.w.bg, &f.slot, func(ctx context.Context) ([]string, error) { return sync.TryMailbox(ctx, c.mailbox, text) },
			func(_ []string, err error) {
				if err != nil {
					f.say(err)
					return
				}
				s.keep(f, "Password changed", func(context.Context) error { return sync.ChangePassword(s.w.keys, c.mailbox, text) })
				s.w.readNow()
			})
	})
}

// askRemove asks before a source goes: that cannot be undone.
func (s *sources) askRemove() {
	c, ok := s.current()
	if !ok {
		return
	}
	f := newForm(s.w.bg)
	remove := func() {
		s.keep(f, c.shown()+" removed", func(ctx context.Context) (err error) {
			switch {
			case c.isMail():
				_, err = sync.RemoveMailbox(ctx, s.w.db, s.w.keys, c.mailbox.ID)
			case c.isFeed():
				_, err = sync.RemoveFeed(ctx, s.w.db, s.w.keys, c.feed.ID)
			default:
				_, err = sync.RemoveCalendar(ctx, s.w.db, s.w.keys, c.calendar.ID)
			}
			return err
		})
	}
	body := kit.NewStack(8, kit.NewParagraph(kit.Body, kit.Ink, s.inspector.loss(c)+" This cannot be undone."), f.body())
	cancel := kit.NewButton(kit.Plain, "Keep it", s.w.dismiss)
	o := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("triangle-alert", kit.Caution, "Remove "+c.shown()+"?", body, "", cancel, kit.NewButton(kit.Danger, "Remove", remove)))
	f.changed = o.Relayout
	s.w.pop(o, fyne.Focusable(cancel))
}
