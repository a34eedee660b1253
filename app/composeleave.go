package app

import (
	"context"
	"net/url"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// ready is the draft as it may leave, or false after saying what it lacks.
func (c *compose) ready() (data.Draft, bool) {
	d, err := c.written()
	if err == nil {
		err = d.Check()
	}
	if err == nil {
		err = data.RefuseAutomated(d, c.facts)
	}
	if err != nil {
		c.fail(err)
	}
	return d, err == nil
}

// putIntoDrafts lets the draft go to the mailbox's Drafts folder; the first time
// it asks whether Rapport may.
func (c *compose) putIntoDrafts() {
	d, ok := c.ready()
	switch {
	case !ok:
	case d.Mailbox == "":
		c.fail(&data.Invalid{Field: "mailbox", Says: "no mailbox with a server is connected; open it in your mail program instead"})
	default:
		c.heed(d, "Put it into Drafts anyway", func() {
			if c.start.allowed {
				c.queue(d, false)
				return
			}
			c.askYes(d)
		})
	}
}

// heed goes on with a draft that goes against no wish; else it asks before, and
// what is broken is remembered when the draft leaves.
func (c *compose) heed(d data.Draft, anyway string, goOn func()) {
	list := data.DraftAgainst(d, c.facts, c.w.now())
	if len(list) == 0 {
		goOn()
		return
	}
	c.save()
	c.stopSave()
	c.gone = true // the panel waits behind the question
	c.w.askBreach(list, anyway, func(breached breached) {
		c.breached = breached
		goOn()
	}, func() {
		c.gone = false
		c.show(c.body)
	})
}

// askYes asks for the yes before anything is written to the person's server.
func (c *compose) askYes(d data.Draft) {
	words := kit.NewParagraph(kit.Body, kit.Ink, "Rapport may put drafts into the Drafts folder of "+d.From.Email+
		". You find them there in your mail program, change them and send them yourself. Rapport sends nothing, and changes nothing else on the server.")
	var asked *kit.Overlay
	again := func() {
		c.gone = false
		c.show(c.body)
	}
	later := kit.NewButton(kit.Plain, "Not now", func() { asked.Close() })
	yes := kit.NewButton(kit.Primary, "Allow and put", func() {
		asked.OnClose = nil
		asked.Close()
		c.start.allowed = true
		c.queue(d, true)
	}).WithKey("Enter")
	asked = kit.NewOverlay(kit.DialogWidth, kit.NewStack(0, kit.NewDialog("mail", kit.Ours, "Put drafts into your mailbox?", words, "Asked once for each mailbox", later, yes)))
	asked.OnClose = again
	c.save()
	c.gone = true // the panel waits behind the question
	c.w.pop(asked, yes)
}

// undoWindow is how long a draft stays before it leaves, so that Undo is quicker.
const undoWindow = offerShown

// queue writes the draft and lets it go.
func (c *compose) queue(d data.Draft, allow bool) {
	var u store.Undo
	c.stopSave()
	c.gone = true
	label := "Draft to " + d.ToWords() + " goes to Drafts of " + d.From.Email
	bridge.Act(c.w.bg, func(ctx context.Context) error {
		if allow {
			if _, err := c.w.db.Write(ctx, "", func(tx *store.Tx) error { return tx.AllowDrafts(d.Mailbox, true) }); err != nil {
				return err
			}
		}
		var err error
		u, err = c.w.db.Write(ctx, label, func(tx *store.Tx) error {
			if _, err := tx.PutDraft(d); err != nil {
				return err
			}
			if err := c.leaves(tx); err != nil {
				return err
			}
			return tx.QueueDraft(d.ID, false, tx.Now().Add(undoWindow))
		})
		return err
	}, func(err error) {
		if err != nil {
			c.gone = false
			if !c.overlay.IsOpen() {
				c.show(c.body)
			}
			c.fail(err)
			return
		}
		c.overlay.Close()
		c.w.did(u)
	})
}

// openInProgram opens the draft in the person's own mail program by a link. What
// does not fit into one goes to the clipboard.
func (c *compose) openInProgram() {
	if d, ok := c.ready(); ok {
		c.heed(d, "Open it anyway", func() { c.handOver(d) })
	}
}

func (c *compose) handOver(d data.Draft) {
	link, whole := data.Mailto(d, data.MailtoMost)
	u, err := url.Parse(link)
	if err == nil {
		err = c.w.app.OpenURL(u)
	}
	if err != nil {
		c.gone = false
		if !c.overlay.IsOpen() {
			c.show(c.body)
		}
		c.fail(&data.Invalid{Field: "mail program", Says: "no mail program could be opened; put the draft into Drafts instead"})
		return
	}
	if !whole {
		c.w.app.Clipboard().SetContent(d.Body())
	}
	c.stopSave()
	c.gone = true
	bridge.Act(c.w.bg, func(ctx context.Context) error {
		_, err := c.w.db.Write(ctx, "", func(tx *store.Tx) error {
			if _, err := tx.PutDraft(d); err != nil {
				return err
			}
			if err := c.leaves(tx); err != nil {
				return err
			}
			return tx.HandOver(d.ID)
		})
		return err
	}, func(err error) {
		c.overlay.Close()
		switch {
		case err != nil:
			c.w.fail(err)
		case whole:
			c.w.say("Opened in your mail program")
		default:
			c.w.say("Opened in your mail program; the text is on the clipboard, paste it there")
		}
	})
}
