package sync

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync/calendar"
	"rapport/sync/mail"
)

// A Target takes what goes out: at least once, and never twice seen, since it
// looks first whether an earlier try has arrived.
type Target interface {
	// Put hands it over and says where it lies. Trouble with the world outside
	// is a *data.Problem.
	Put(ctx context.Context, o data.Outgoing) (data.Delivered, error)
}

// sendEvery is how often the engine looks whether something is due to leave.
const sendEvery = time.Second

// Send hands over now what waits in the outbox. Where the window is open on the
// workspace, it asks the window's engine to, and waits. Why something stays is
// told by the outbox, not by the error.
func (e *Engine) Send(ctx context.Context) error {
	release, err := lock(e.db.Dir())
	if errors.Is(err, errLocked) {
		return e.askHolder(ctx)
	}
	if err != nil {
		return err
	}
	defer release()
	return e.send(ctx, true)
}

// keepSending hands over what becomes due, until the context ends. Ask makes it
// try again at once what failed.
func (e *Engine) keepSending(ctx context.Context) {
	tick := time.NewTicker(sendEvery)
	defer tick.Stop()
	wake := e.next(e.wake)
	for hurry := false; ctx.Err() == nil; {
		if err := e.send(ctx, hurry); err != nil && ctx.Err() == nil {
			e.o.Log.Warn("outbox not read", "err", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
			hurry = false
		case <-wake:
			wake, hurry = e.next(e.wake), true
		}
	}
}

// send hands over everything that is due, one after the other; hurry makes due
// what failed before.
func (e *Engine) send(ctx context.Context, hurry bool) error {
	done, err := e.turn(ctx, "outbox")
	if err != nil {
		return err
	}
	defer done()
	if hurry {
		if err := e.hurry(ctx); err != nil {
			return err
		}
	}
	due, _, err := e.db.Outgoing(ctx, e.o.Now())
	if err != nil {
		return err
	}
	lines := draftLines{}
	defer lines.close()
	for _, o := range due {
		if err := e.deliver(ctx, o, lines); err != nil {
			return err
		}
	}
	return nil
}

// draftLines are the lines to mailboxes that one pass put drafts over, by Mailbox.ID,
// so that many drafts take one sign-in.
type draftLines map[string]*mail.DraftLine

func (l draftLines) to(m data.Mailbox, s mail.Source) Target {
	if l[m.ID] == nil {
		l[m.ID] = mail.NewDraftLine(s)
	}
	return l[m.ID]
}

func (l draftLines) close() {
	for _, line := range l {
		line.Close()
	}
}

func (e *Engine) hurry(ctx context.Context) error {
	waits, err := e.db.Outbox(ctx)
	if err != nil || waits.Waits() == 0 {
		return err
	}
	_, err = e.db.Write(ctx, "", (*store.Tx).HurryOutbox)
	return err
}

// deliver hands over one thing and notes how it went. Cut anywhere, the next try
// finds out whether this one arrived.
func (e *Engine) deliver(ctx context.Context, o data.Outgoing, lines draftLines) error {
	_, err := e.db.Write(ctx, "", func(tx *store.Tx) error { return tx.Leave(o.ID) })
	if errors.Is(err, data.ErrNotFound) {
		return nil // called back meanwhile
	}
	if err != nil {
		return err
	}
	o.Tries++
	where, err := e.put(ctx, o, lines)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	arrived := err == nil
	_, err = e.db.Write(ctx, "", func(tx *store.Tx) error {
		if arrived {
			return tx.Arrived(o, where)
		}
		e.o.Log.Warn("not put", "tries", o.Tries)
		return tx.Stay(o, e.sentence(err), e.o.Now().Add(stayFor(err, o.Tries)), mayHaveArrived(err))
	})
	if arrived && o.Calendar != "" && err == nil {
		e.Ask() // so that the entry is seen where it lies now
	}
	return err
}

// put finds the target and asks whether it may be written to.
func (e *Engine) put(ctx context.Context, o data.Outgoing, lines draftLines) (data.Delivered, error) {
	if o.Calendar != "" {
		return e.putEntry(ctx, o)
	}
	boxes, err := e.db.Mailboxes(ctx)
	if err != nil {
		return data.Delivered{}, err
	}
	i := slices.IndexFunc(boxes, func(m data.Mailbox) bool { return m.ID == o.Draft.Mailbox })
	if i < 0 {
		return data.Delivered{}, &data.Problem{Kind: data.NoDrafts, About: o.Draft.From.Email}
	}
	allowed, err := e.db.SettingList(ctx, store.SettingDrafts)
	if err != nil {
		return data.Delivered{}, err
	}
	if !o.Yes && !slices.Contains(allowed, boxes[i].ID) {
		return data.Delivered{}, &data.Problem{Kind: data.DraftForbidden, About: boxes[i].Address}
	}
	return lines.to(boxes[i], e.mailSource(boxes[i])).Put(ctx, o)
}

// putEntry puts a calendar entry where the person said.
func (e *Engine) putEntry(ctx context.Context, o data.Outgoing) (data.Delivered, error) {
	calendars, err := e.db.Calendars(ctx)
	if err != nil {
		return data.Delivered{}, err
	}
	i := slices.IndexFunc(calendars, func(c data.Calendar) bool { return c.ID == o.Calendar })
	if i < 0 {
		return data.Delivered{}, &data.Problem{Kind: data.EntryRefused, About: "The calendar that was removed"}
	}
	var t Target = entries{e.calendarSource(calendars[i])}
	return t.Put(ctx, o)
}

// entries is a calendar as what takes entries.
type entries struct{ *calendar.Source }

// Put puts a follow-up into the calendar; the server invites nobody, since it
// names nobody to it.
func (s entries) Put(ctx context.Context, o data.Outgoing) (data.Delivered, error) {
	var ics strings.Builder
	if err := codec.WriteFollowUp(&ics, o.FollowUp, codec.Noted); err != nil {
		return data.Delivered{}, err
	}
	had, err := s.Source.Put(ctx, o.FollowUp.UID, ics.String())
	return data.Delivered{Folder: s.Calendar.Name, Had: had}, err
}

// needsHand is trouble that stays until a person does something about it, so
// that trying soon again is of no use.
var needsHand = []data.ProblemKind{
	data.WrongPassword, data.NoPassword, data.NoDrafts, data.MailboxFull, data.DraftRefused, data.DraftForbidden, data.EntryRefused, data.SignInAgain, data.BadCertificate, data.OtherCertificate, data.NoEncryption,
}

// stayFor is how long something stays after so many tries in a row.
func stayFor(err error, tries int) time.Duration {
	p, ok := data.AsProblem(err)
	switch {
	case ok && p.Wait > 0:
		return p.Wait
	case ok && slices.Contains(needsHand, p.Kind):
		return time.Hour
	}
	return data.Backoff(tries, rand.Float64())
}

// mayHaveArrived says whether a try may have succeeded though nobody heard.
func mayHaveArrived(err error) bool {
	p, ok := data.AsProblem(err)
	return !ok || p.Kind == data.Dropped || p.Kind == data.TimedOut || p.Kind == data.ServerSaid
}

// WriteDraft is a draft as a mail file, as it would lie in the Drafts folder.
func WriteDraft(d data.Draft, at time.Time) ([]byte, error) { return mail.Compose(d, at) }
