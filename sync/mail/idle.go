package mail

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// Line is a mailbox whose connection stays open between readings, so that what
// comes is heard at once (IDLE, RFC 2177). It is the only connection that it
// has. One goroutine uses it at a time.
type Line struct {
	Source
	sess     *session // nil when nothing is open
	folder   string   // the folder that is listened to; "" for none
	cursor   cursor   // where the last reading came to
	told     sight    // what was news last
	failures int      // watches in a row that ended at once
	refused  bool     // the server has IDLE and refuses it
	times    times
}

// times are what a line waits for.
type times struct {
	first   time.Duration // of the first round of IDLE, at whose end a server tells what it kept to itself
	refresh time.Duration // of IDLE: below what NAT, Dovecot and Microsoft 365 forget
	poll    time.Duration // between two questions where the server has no IDLE
	settle  time.Duration // so long what goes or is flagged may go on
	lived   time.Duration // a watch that lasted so long is a good one
}

// NewLine returns a line that is not open yet.
func NewLine(s Source) *Line {
	return &Line{Source: s.withDefaults(), times: times{
		first: 20 * time.Second, refresh: 9 * time.Minute, poll: 90 * time.Second, settle: 2 * time.Second, lived: time.Minute,
	}}
}

// Fetch reads as Source.Fetch does, on the connection that is open if there is
// one. After a reading that went well it stays open, until Close.
func (l *Line) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	if err := l.Mailbox.Check(); err != nil {
		return err
	}
	r := &run{Source: l.Source, emit: emit, cursor: parseCursor(since), sess: l.take(ctx)}
	err := r.do(ctx)
	if err == nil {
		l.keep(r)
		return nil
	}
	r.hangUp()
	if ctx.Err() != nil && !errors.Is(err, errEmit) {
		return ctx.Err()
	}
	var refused *emitError
	if errors.As(err, &refused) {
		return refused.error
	}
	return err
}

// take is the session that is open, bound to ctx; nil if there is none that
// lives.
func (l *Line) take(ctx context.Context) *session {
	sess := l.sess
	l.sess = nil
	if sess == nil {
		return nil
	}
	if sess.isOver() {
		sess.close()
		return nil
	}
	sess.bind(ctx)
	return sess
}

// keep takes over what a reading leaves: its session and how far it came.
func (l *Line) keep(r *run) {
	if r.sess != nil {
		r.sess.stop()
	}
	l.sess, l.cursor, l.folder = r.sess, r.cursor, ""
	if len(r.parts) > 0 { // the Inbox, or the first that a person chose
		l.folder = r.parts[0].name
	}
}

// Close signs out and lets go of the connection. It does not wait for the server.
func (l *Line) Close() {
	if l.sess == nil {
		return
	}
	if l.sess.isOver() {
		l.sess.close()
	} else {
		l.sess.bye()
	}
	l.sess = nil
}

// Await returns nil when there may be something to read: the server says so, or
// until is closed, or the server cannot be reached any more, which a reading
// then finds out. A server that ends the connection, as Gmail and Yahoo do now
// and then, is no trouble: it connects again, later each time. Its only error is
// that of ctx, with which everything is let go at once.
//
// The mails that came after the last Fetch are news, however early they were.
func (l *Line) Await(ctx context.Context, until <-chan struct{}) error {
	err := l.await(ctx, until)
	if err != nil {
		l.sess = closed(l.sess)
		return err
	}
	l.leave()
	if l.sess != nil {
		l.sess.stop() // it outlives ctx
	}
	return nil
}

func (l *Line) await(ctx context.Context, until <-chan struct{}) error {
	for {
		if l.failures > 0 && !l.rest(ctx, until) {
			return ctx.Err()
		}
		began := time.Now()
		err := l.watch(ctx, until)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if time.Since(began) > l.times.lived {
			l.failures = 0
		}
		lostAs, gone := asLost(err)
		switch {
		case err == nil:
			l.failures = 0
			return nil
		case errors.As(err, new(*imap.Error)): // the folder cannot be listened to
			return waitFor(ctx, until)
		case !gone: // it cannot be reached: let a reading say why
			l.failures++
			return nil
		case time.Since(began) <= l.times.lived:
			l.failures++
		}
		l.sess = closed(l.sess)
		l.Log.Info("watch ended", "source", "mail", "err", string(lostAs.how))
	}
}

func closed(sess *session) *session {
	if sess != nil {
		sess.close()
	}
	return nil
}

func waitFor(ctx context.Context, until <-chan struct{}) error {
	select {
	case <-until:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// rest waits before it connects again: 5 times Backoff, doubled for each failure
// in a row, at most 15 minutes, less up to half of it by chance. It says whether
// it waited to the end.
func (l *Line) rest(ctx context.Context, until <-chan struct{}) bool {
	wait := 15 * time.Minute
	if l.failures < 9 {
		wait = min(wait, 5*l.Backoff<<(l.failures-1))
	}
	timer := time.NewTimer(wait - rand.N(wait/2+1))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-until:
	case <-ctx.Done():
	}
	return false
}
