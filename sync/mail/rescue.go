package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// rescue asks again for mails that did not come. Where the connection was lost
// over them they are halved until the one is found that the server cannot hand
// over; where they only were not in the answer they are asked for by number,
// since some servers name the UID too late.
func (r *run) rescue(ctx context.Context, rd *reading, rest []imap.UID, cause error) error {
	if forNow(cause) {
		return cause
	}
	l, gone := asLost(cause)
	if gone {
		if err := r.again(ctx, l); err != nil {
			return err
		}
	}
	if len(rest) == 0 {
		return nil
	}
	if len(rest) == 1 {
		return r.rescueOne(ctx, rd, rest[0])
	}
	if !gone {
		return r.askByNumber(ctx, rd, rest)
	}
	slices.Sort(rest)
	at := len(rest) / 2
	if l.how == silent {
		at = 1 // answers come in order, so the first is the likeliest; halving costs too much patience
	}
	for _, part := range [][]imap.UID{rest[:at], rest[at:]} {
		if err := r.attempt(ctx, rd, part, r.mode); err != nil {
			return err
		}
	}
	return nil
}

// attempt fetches mails with one command and rescues what did not come.
func (r *run) attempt(ctx context.Context, rd *reading, part []imap.UID, m mode) error {
	if len(part) == 1 {
		return r.rescueOne(ctx, rd, part[0])
	}
	b, err := r.fetchNow(ctx, rd, part, m)
	if err != nil {
		return err
	}
	if rest := b.rest(); len(rest) > 0 || isLost(b.err) {
		return r.rescue(ctx, rd, rest, b.err)
	}
	return nil
}

// fetchNow opens the folder if need be, fetches mails with one command, hands
// over what came, and fetches the beginning of those that are too large.
func (r *run) fetchNow(ctx context.Context, rd *reading, part []imap.UID, m mode) (brought, error) {
	if err := r.reopen(ctx, rd); err != nil {
		return brought{}, err
	}
	g := group{uids: part, large: len(part) == 1 && slices.Contains(rd.large, part[0])}
	b := fetchGroup(r.sess, m, r.location(rd, 0), g)
	err := r.take(rd, b)
	if err == nil && len(b.large) > 0 && !isLost(b.err) {
		large := fetchGroup(r.sess, m, r.location(rd, 0), group{uids: b.large, large: true})
		err = r.take(rd, large)
		b.mails, b.err = append(b.mails, large.mails...), errors.Join(b.err, large.err)
		rd.large, b.large = append(rd.large, b.large...), nil
	}
	if err == nil && forNow(b.err) {
		err = b.err
	}
	return b, err
}

func isLost(err error) bool { _, gone := asLost(err); return gone }

// errMoved says that a folder was numbered anew in the middle of a run.
var errMoved = &imap.Error{Type: imap.StatusResponseTypeNo, Text: "it changed while it was read; the next run reads it again"}

// reopen opens the folder on a new connection, and refuses to go on by old
// numbers if the server has new ones.
func (r *run) reopen(ctx context.Context, rd *reading) error {
	if err := r.hello(ctx); err != nil {
		return err
	}
	if r.sess.open == rd.name {
		return nil
	}
	state, err := retry(ctx, r, func(s *session) (*imap.SelectData, error) { return s.examine(rd.name) })
	if err != nil {
		return err
	}
	if v := state.UIDValidity; v != 0 && v != rd.state.Validity {
		return errMoved
	}
	return nil
}

// askByNumber fetches mails by their sequence numbers, and stays with that for
// the rest of the run if it helps.
func (r *run) askByNumber(ctx context.Context, rd *reading, rest []imap.UID) error {
	m := r.mode
	m.bySequence = true
	b, err := r.fetchNow(ctx, rd, rest, m)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(b.mails, func(a data.Arrival) bool { return !slices.Contains(rd.large, imap.UID(a.Location.UID)) }) {
		r.mode = m
	}
	if isLost(b.err) {
		return r.rescue(ctx, rd, b.rest(), b.err)
	}
	for _, uid := range b.rest() {
		if err := r.rescueOne(ctx, rd, uid); err != nil {
			return err
		}
	}
	return nil
}

// rescueOne tries one mail in every way. One that comes in none is set aside as
// unreadable if that is certain, and tried once more at the folder's end where it
// may have been the line.
func (r *run) rescueOne(ctx context.Context, rd *reading, uid imap.UID) error {
	var why error
	for _, m := range []mode{{}, {bySequence: true}, {bare: true}, {bare: true, bySequence: true}} {
		b, err := r.fetchNow(ctx, rd, []imap.UID{uid}, m)
		if err != nil {
			return err
		}
		if len(b.mails) > 0 {
			r.mode.bare = r.mode.bare || m.bare && !m.bySequence
			return nil
		}
		if b.err != nil || why == nil {
			why = b.err
		}
		if l, gone := asLost(b.err); gone {
			if err := r.again(ctx, l); err != nil {
				return err
			}
			if l.how != malformed {
				return r.suspect(ctx, rd, uid, why)
			}
		}
	}
	return r.giveUp(ctx, rd, uid, why)
}

// suspect sets a mail aside over which the line was lost; the second time it is
// given up.
func (r *run) suspect(ctx context.Context, rd *reading, uid imap.UID, why error) error {
	if slices.Contains(rd.suspects, uid) {
		return r.giveUp(ctx, rd, uid, why)
	}
	rd.suspects = append(rd.suspects, uid)
	rd.drop(imap.UIDSetNum(uid))
	return nil
}

// retrySuspects tries mails over which the line was lost once more, now that the
// rest of the folder has come.
func (r *run) retrySuspects(ctx context.Context, rd *reading) error {
	for _, uid := range rd.suspects {
		if err := r.rescueOne(ctx, rd, uid); err != nil {
			return err
		}
	}
	return nil
}

// giveUp sets a mail aside with the reason, unless it is gone by now.
func (r *run) giveUp(ctx context.Context, rd *reading, uid imap.UID, why error) error {
	if err := r.reopen(ctx, rd); err != nil {
		return err
	}
	only := imap.UIDSetNum(uid)
	rd.drop(only)
	present, err := r.sess.search(searchSince(time.Time{}, only))
	if err == nil && len(present) == 0 {
		rd.partial = true // the count that the folder was opened with is not true any more
		return nil
	}
	if l, gone := asLost(err); gone {
		return r.again(ctx, l)
	}
	if forNow(err) {
		return err
	}
	r.stuck = 0
	r.Log.Warn("mail set aside", "source", r.logName(), "uid", uint32(uid))
	state := rd.state
	state.Bad = uids{union(state.Bad.UIDSet, only)}
	state.BadDay = r.Now().UTC().Format(time.DateOnly)
	return r.send(rd, data.Batch{Unreadable: []data.Unreadable{{
		Location: r.location(rd, uid), Reason: reason(why),
	}}}, state)
}

// reason is why a mail could not be had, in words.
func reason(why error) string {
	var said *imap.Error
	l, gone := asLost(why)
	switch {
	case gone && l.how == silent:
		return "the server stops answering when it is asked for"
	case gone && l.how == dropped:
		return "the server closes the connection when it is asked for"
	case gone:
		return "the server's answer about it cannot be understood"
	case errors.As(why, &said):
		return fmt.Sprintf("the server refuses it (%s)", words(said.Text))
	}
	return "the server lists it and does not hand it over"
}
