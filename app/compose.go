package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// saveAfter is how long after the last letter a draft is kept.
const saveAfter = time.Second

// compose is the panel in which a mail is written. What is written is kept as a
// draft by itself; it leaves only when the person says where to, and nothing is
// sent.
type compose struct {
	w       *window
	start   composeStart
	draft   data.Draft // as it was kept last
	overlay *kit.Overlay

	to, cc, subject, body, quote *kit.Field
	view, more                   *kit.Stack
	everybody                    *kit.Button
	put, open                    *kit.Button

	factSlot  bridge.Slot
	facts     data.DraftFacts
	trouble   string
	touched   bool // something was typed
	gone      bool // let go, or thrown away: nothing is kept any more
	quoteSeen bool
	remarked  string // what is drawn below the text
	stopSave  func()
	breached  breached // remembers what it went against; nil for nothing
}

// composeStart is what a panel begins with.
type composeStart struct {
	draft    data.Draft
	message  data.MessageRow // the answered mail; zero for a new one
	answer   data.Answer
	facts    data.DraftFacts
	contacts []data.Contact
	accounts []data.Account
	allowed  bool // the mailbox may be given drafts
	// along, if set, is kept in the same write with which the draft leaves.
	along func(*store.Tx) error
}

// answerMail opens the panel for an answer to a mail, or the draft of one that
// was begun before.
func (w *window) answerMail(id string) {
	w.beginDraft(func(ctx context.Context) (s composeStart, err error) {
		if s.message, err = w.db.Message(ctx, id); err != nil {
			return s, err
		}
		if s.answer, err = w.db.Answer(ctx, s.message, ""); err != nil {
			return s, err
		}
		s.answer.Zone = w.now().Location()
		if s.draft, err = data.Reply(s.message.Message, s.answer); err != nil {
			return s, err
		}
		return s, w.askDraft(ctx, &s, func(d data.Draft) bool { return d.Answers == id })
	})
}

// writeTo opens the panel for a new mail to somebody, or the one to them that was
// begun before.
func (w *window) writeTo(who data.Address) { w.writeAbout(who, "", nil) }

// writeToAll is writeTo for several.
func (w *window) writeToAll(to []data.Address) { w.beginTo(to, "", nil) }

// writeAbout is writeTo with a subject; along, if set, is kept when it leaves.
func (w *window) writeAbout(who data.Address, subject string, along func(*store.Tx) error) {
	w.beginTo([]data.Address{who}, subject, along)
}

func (w *window) beginTo(to []data.Address, subject string, along func(*store.Tx) error) {
	w.beginDraft(func(ctx context.Context) (s composeStart, err error) {
		if s.answer, err = w.db.Answer(ctx, data.MessageRow{}, ""); err != nil {
			return s, err
		}
		s.draft = data.Draft{Mailbox: s.answer.Mailbox, From: s.answer.From, To: to, Subject: subject}.Tidy()
		s.along = along
		return s, w.askDraft(ctx, &s, func(d data.Draft) bool { return d.Answers == "" && begunTo(d.To, s.draft.To) })
	})
}

// begunTo says whether a draft that was begun is the one to these: to one, that
// it goes to them first; to several, that it goes to just those.
func begunTo(begun, to []data.Address) bool {
	if len(to) == 1 {
		return len(begun) > 0 && begun[0].Email == to[0].Email
	}
	return len(to) > 0 && slices.EqualFunc(begun, to, func(a, b data.Address) bool { return a.Email == b.Email })
}

// openDraft opens the panel for a draft that is kept here.
func (w *window) openDraft(d data.Draft) {
	w.beginDraft(func(ctx context.Context) (s composeStart, err error) {
		if d.Answers != "" {
			s.message, err = w.db.Message(ctx, d.Answers)
			if err != nil && !errors.Is(err, data.ErrNotFound) { // the mail may be forgotten since
				return s, err
			}
		}
		if s.answer, err = w.db.Answer(ctx, s.message, d.From.Email); err != nil {
			return s, err
		}
		s.answer.Zone, s.draft = w.now().Location(), d
		return s, w.askDraft(ctx, &s, func(o data.Draft) bool { return o.ID == d.ID })
	})
}

// askDraft reads what the panel needs beside the draft, and takes up the one
// that was begun before.
func (w *window) askDraft(ctx context.Context, s *composeStart, same func(data.Draft) bool) (err error) {
	drafts, err := w.db.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if d.State() == data.DraftKept && same(d) {
			s.draft = d
			break
		}
	}
	if s.contacts, err = w.db.Contacts(ctx, ""); err != nil {
		return err
	}
	if s.accounts, err = w.db.Accounts(ctx); err != nil {
		return err
	}
	if s.facts, err = w.db.DraftFacts(ctx, s.draft); err != nil {
		return err
	}
	s.allowed, err = w.db.DraftsAllowed(ctx, s.draft.Mailbox)
	return err
}

func (w *window) beginDraft(ask func(context.Context) (composeStart, error)) {
	if w.frozen() {
		return
	}
	bridge.Load(w.bg, &w.composeSlot, ask, func(s composeStart, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		c := &compose{w: w, start: s, draft: s.draft, facts: s.facts, stopSave: func() {}}
		if c.draft.ID == "" {
			c.draft.ID = store.NewID()
		}
		c.build()
		c.show(c.body)
	})
}

// show opens the panel with the keyboard in a field.
func (c *compose) show(in *kit.Field) {
	c.w.pop(c.overlay, in.Focusable())
	c.draw()
}

// written is the draft as the fields say it. An error names who cannot be
// understood; the draft then keeps whom it had.
func (c *compose) written() (d data.Draft, err error) {
	d = c.draft
	to, toErr := data.Recipients(c.to.Text(), c.start.contacts, c.start.accounts)
	cc, ccErr := data.Recipients(c.cc.Text(), c.start.contacts, c.start.accounts)
	if toErr == nil {
		d.To = to
	}
	if ccErr == nil {
		d.Cc = cc
	}
	d.Subject, d.Text = c.subject.Text(), c.body.Text()
	if c.quoteSeen {
		d.Quote = strings.TrimRight(c.quote.Text(), " \t\n")
	}
	return d.Tidy(), errors.Join(toErr, ccErr)
}

// changed hears every letter.
func (c *compose) changed(string) {
	c.touched, c.trouble = true, ""
	c.stopSave()
	c.stopSave = c.w.bg.Later(saveAfter, c.save)
	if c.remarks() != c.remarked { // laying out at every letter would be felt
		c.draw()
	}
}

// leaves keeps what goes along with the draft's leaving.
func (c *compose) leaves(tx *store.Tx) error {
	if c.breached != nil {
		if err := c.breached(tx, ""); err != nil {
			return err
		}
	}
	if c.start.along == nil {
		return nil
	}
	return c.start.along(tx)
}

// peopleChanged asks anew what is known of those the draft goes to.
func (c *compose) peopleChanged(s string) {
	c.changed(s)
	d, _ := c.written() // whoever is understood already
	bridge.Load(c.w.bg, &c.factSlot, func(ctx context.Context) (data.DraftFacts, error) { return c.w.db.DraftFacts(ctx, d) },
		func(f data.DraftFacts, err error) {
			if err == nil {
				c.facts = f
				c.draw()
			}
		})
}

// save keeps the draft on this laptop.
func (c *compose) save() {
	if c.gone || !c.touched {
		return
	}
	d, _ := c.written() // a name that is half typed is kept when it is whole
	bridge.Act(c.w.bg, func(ctx context.Context) error {
		_, err := c.w.db.Write(ctx, "", func(tx *store.Tx) error {
			_, err := tx.PutDraft(d)
			return err
		})
		if errors.Is(err, data.ErrConflict) {
			return nil // it was let go meanwhile, with all that was written
		}
		return err
	}, func(err error) {
		if err != nil {
			c.fail(err)
		}
	})
}

// closed keeps what was written when the panel goes.
func (c *compose) closed() {
	c.stopSave()
	c.factSlot.Drop()
	if c.gone || !c.touched {
		return
	}
	c.save()
	c.w.say("The draft is kept; begin it again to go on")
}

func (c *compose) fail(err error) {
	what, todo := troubleWords(err)
	c.trouble = what + "."
	if p, ok := data.AsProblem(err); ok && todo != "" {
		c.trouble += " " + p.Todo() + "."
	}
	c.draw()
}

// toEverybody makes the answer one to everybody who got the mail.
func (c *compose) toEverybody() {
	a := c.start.answer
	a.All, a.NoQuote = true, true
	d, err := data.Reply(c.start.message.Message, a)
	if err != nil {
		c.fail(err)
		return
	}
	c.to.SetText(data.AddressLine(d.To))
	c.cc.SetText(data.AddressLine(d.Cc))
}

// tab goes on to the next field, or to the buttons.
func (c *compose) tab(next fyne.Focusable) func(fyne.KeyName) bool {
	return func(k fyne.KeyName) bool {
		if k != fyne.KeyTab || shiftHeld() {
			return false
		}
		c.w.focus(next)
		return true
	}
}
