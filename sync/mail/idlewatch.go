package mail

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/emersion/go-imap/v2"
)

// sight is how a folder looks to who opens it.
type sight struct{ validity, next, count uint32 }

// watch listens to one folder until there is news or until is closed; both are
// nil. It opens the connection where there is none. A *lost says that the
// connection ended.
func (l *Line) watch(ctx context.Context, until <-chan struct{}) error {
	if l.folder == "" {
		return waitFor(ctx, until)
	}
	sess, err := l.hello(ctx)
	if err != nil {
		return err
	}
	sess.news.take()
	state, err := sess.examine(l.folder)
	if err != nil || l.isNews(state) {
		return err
	}
	heard := &hearing{news: sess.news, count: state.NumMessages, round: l.times.first}
	for !heard.over {
		if err := l.listen(sess, heard, until); err != nil {
			return err
		}
	}
	return nil
}

// listen is one round of listening, by IDLE where the server has it and does not
// refuse it.
func (l *Line) listen(sess *session, h *hearing, until <-chan struct{}) error {
	if l.refused || !sess.has(imap.CapIdle) {
		return l.poll(sess, h, until)
	}
	err := l.idle(sess, h, until)
	if errors.As(err, new(*imap.Error)) {
		l.refused, err = true, nil
	}
	return err
}

// hello is the session that is open, else a new one.
func (l *Line) hello(ctx context.Context) (*session, error) {
	r := &run{Source: l.Source, sess: l.take(ctx)}
	err := r.hello(ctx)
	l.sess = r.sess
	return r.sess, err
}

// isNews says whether a folder that was just opened is another than the last
// reading left it. The same sight is news once: a folder that never fits, since
// the server counts in a way of its own, would be read for ever.
func (l *Line) isNews(state *imap.SelectData) bool {
	now := sight{state.UIDValidity, uint32(state.UIDNext), state.NumMessages}
	read := l.cursor.Folders[l.folder]
	same := read.Done && read.Count == now.count &&
		(now.next == 0 || read.Next == now.next) && (now.validity == 0 || read.Validity == now.validity)
	if same || now == l.told {
		return false
	}
	l.told = now
	return true
}

// hearing is what one watch has come to.
type hearing struct {
	news    *news
	round   time.Duration    // how long the next round of IDLE is
	count   uint32           // mails in the folder, as far as was told
	settled <-chan time.Time // set while changes other than new mail go on
	over    bool             // there is something to read, or the wait is over
}

// take takes in what was told. A new mail is news at once; what goes or is
// flagged often comes in a row, and is let settle.
func (h *hearing) take(settle time.Duration) {
	told := h.news.take()
	if told.exists != nil {
		h.over = h.over || *told.exists > h.count
		told.changed = told.changed || *told.exists != h.count
		h.count = *told.exists
	}
	if told.changed && h.settled == nil {
		h.settled = time.After(settle)
	}
}

// idle is one round of IDLE: until there is news, or it is time to prove that
// both ends still live. The library keeps the connection locked meanwhile, and
// waits for ever: so the round is ours, and so is the patience for its end.
func (l *Line) idle(sess *session, h *hearing, until <-chan struct{}) error {
	cmd, err := ask(sess, sess.client.Idle)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }() // ends with DONE or the connection
	refresh := time.NewTimer(h.round)
	defer refresh.Stop()
	h.round = l.times.refresh
	for round := true; round && !h.over; {
		select {
		case <-h.news.bell:
			h.take(l.times.settle)
		case <-h.settled:
			h.over = true
		case <-until:
			h.over = true
		case <-refresh.C:
			round = false
		case err := <-ended:
			return sess.ending(err)
		}
	}
	_, err = ask(sess, func() (struct{}, error) {
		if err := cmd.Close(); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, <-ended
	})
	return err
}

// poll is one round where the server has no IDLE: NOOP on the open folder, which
// costs the server next to nothing, tells the same, and keeps the connection
// from being forgotten (RFC 9051, section 6.1.2). 90 seconds are what a person
// hardly notices and no server minds.
func (l *Line) poll(sess *session, h *hearing, until <-chan struct{}) error {
	wait := time.NewTimer(l.times.poll - rand.N(l.times.poll/4+1))
	defer wait.Stop()
	select {
	case <-h.news.bell:
		h.take(l.times.settle)
	case <-h.settled:
		h.over = true
	case <-until:
		h.over = true
	case <-sess.client.Closed():
		return sess.ending(nil)
	case <-wait.C:
		_, err := ask(sess, func() (struct{}, error) { return struct{}{}, sess.client.Noop().Wait() })
		return err
	}
	return nil
}

// ending is how the session came to its end.
func (s *session) ending(err error) error {
	if err == nil || errors.As(err, new(*imap.Error)) {
		err = errEnded
	}
	return s.explain(err)
}

var errEnded = errors.New("the connection has ended")

// leave closes the folder that was listened to, since what a server says in
// passing of a folder that is open may be old. Where it cannot be left without
// taking deleted mails away, the connection is given up.
func (l *Line) leave() {
	switch {
	case l.sess == nil || l.sess.open == "":
	case l.sess.isOver(), !l.sess.has(imap.CapUnselect):
		l.Close()
	default:
		l.sess.client.Unselect() // its answer comes before those of a reading
		l.sess.open = ""
	}
}
