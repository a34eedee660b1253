package mail

import (
	"context"
	"math/rand/v2"
	"time"

	"rapport/data"
)

// Bounds on how long a run fights with a server before it leaves the rest to the
// next run: connections lost without a mail in between.
const (
	maxStuck       = 16 // enough to halve a batch of 100 to one mail and try that in every way
	maxStuckSilent = 3  // each costs the whole patience
	maxReconnects  = 4
)

// hello makes sure that there is a session.
func (r *run) hello(ctx context.Context) error {
	if r.sess != nil {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	sess, err := r.signedIn(ctx)
	if err != nil {
		return err
	}
	r.sess = sess
	return nil
}

// signedIn is a session by what the mailbox is signed in to with.
func (r *run) signedIn(ctx context.Context) (*session, error) {
	if r.Mailbox.SignIn.Provider() != "" {
		return r.signedInByToken(ctx)
	}
	if r.password == nil {
		password, err := r.Password(ctx)
		if err != nil {
			return nil, r.secretProblem(ctx, err)
		}
		r.password = &password
	}
	return r.connect(ctx, *r.password)
}

// signedInByToken tries once more, on a new connection, with a new token when the
// server refused the first: it may have been taken back before its time.
func (r *run) signedInByToken(ctx context.Context) (*session, error) {
	token, err := r.Token(ctx, "")
	if err != nil {
		return nil, r.secretProblem(ctx, err)
	}
	sess, err := r.connect(ctx, token)
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.TokenRefused {
		return sess, err
	}
	next, tokenErr := r.Token(ctx, token)
	switch {
	case tokenErr != nil:
		return nil, r.secretProblem(ctx, tokenErr)
	case next == token: // there is no other
		return nil, err
	}
	return r.connect(ctx, next)
}

// secretProblem says why there is nothing to sign in with.
func (r *run) secretProblem(ctx context.Context, err error) error {
	if _, told := data.AsProblem(err); told || ctx.Err() != nil {
		return err
	}
	return &data.Problem{Kind: data.NoPassword, About: r.Mailbox.Address, Cause: err}
}

// hangUp ends the session, politely if it lives.
func (r *run) hangUp() {
	if r.sess == nil {
		return
	}
	if _, cause := r.sess.wire.fate(); cause == nil {
		r.sess.bye()
	} else {
		r.sess.close()
	}
	r.sess = nil
}

// again makes a new session after one was lost, a few times with a growing
// pause. When too many were lost without a mail in between it gives up with the
// loss.
func (r *run) again(ctx context.Context, l *lost) error {
	r.hangUp()
	r.stuck++
	r.Log.Info("connection lost", "source", r.logName(), "err", string(l.how))
	if r.stuck >= maxStuck || l.how == silent && r.stuck >= maxStuckSilent {
		return l
	}
	wait := r.Backoff
	for try := 0; ; try++ {
		if try > 0 || l.how == dropped && r.stuck > 1 {
			if err := pause(ctx, wait); err != nil {
				return err
			}
			wait = min(2*wait, 15*r.Backoff)
		}
		err := r.hello(ctx)
		if err == nil || try == maxReconnects || !isPassing(err) {
			return err
		}
	}
}

// isPassing says whether an error of connecting may be over in a moment.
func isPassing(err error) bool {
	if _, gone := asLost(err); gone {
		return true
	}
	p, ok := data.AsProblem(err)
	if !ok {
		return false
	}
	switch p.Kind {
	case data.Dropped, data.Refused, data.ServerSaid, data.Offline:
		return true
	}
	return false
}

// pause waits, with a quarter of jitter, so that many laptops do not come back
// at the same moment.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d + rand.N(d/4+1))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// retry runs a command, once more on a new connection when the first was closed.
func retry[T any](ctx context.Context, r *run, command func(*session) (T, error)) (T, error) {
	v, err := command(r.sess)
	if l, gone := asLost(err); gone && l.how != silent && ctx.Err() == nil {
		if err := r.again(ctx, l); err != nil {
			return v, err
		}
		v, err = command(r.sess)
	}
	return v, err
}
