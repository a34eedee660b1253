package login

import (
	"context"
	"sync"
	"time"

	"rapport/data"
)

// Tokens hands out the access tokens of one grant that a keeper has, and renews
// them when they are due. Its method may be called from any goroutine.
type Tokens struct {
	// Flow says whose the grant is; its Client is not used: a grant is bound to
	// the one that it was given to.
	Flow Flow
	// Kept is the grant as it is sealed now; it may have been replaced by
	// another process. Keep replaces it.
	Kept func() (string, error)
	Keep func(sealed string) error

	mu    sync.Mutex
	last  string // as it was sealed
	grant Grant
}

// Token returns an access token that is good for a while yet. Refused is one
// that a server did not take, "" at first: the same one is not given again.
//
// Its errors are those of ctx, of Kept and Keep, and *data.Problem: SignInAgain
// when only a person can go on.
func (t *Tokens) Token(ctx context.Context, refused string) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.read(); err != nil {
		return "", err
	}
	if t.isGood(refused) {
		return t.grant.Access, nil
	}
	err := t.renew(ctx)
	if p, ok := data.AsProblem(err); ok && p.Kind == data.SignInAgain {
		// Another process may have renewed it a moment ago, or a person signed in.
		before := t.last
		if t.read() == nil && t.last != before {
			if t.isGood(refused) {
				return t.grant.Access, nil
			}
			err = t.renew(ctx)
		}
	}
	if err != nil {
		return "", err
	}
	return t.grant.Access, nil
}

// isGood says whether the access token at hand can be given.
func (t *Tokens) isGood(refused string) bool {
	now := time.Now
	if t.Flow.Now != nil {
		now = t.Flow.Now
	}
	return t.grant.Access != refused && t.grant.isFresh(now())
}

// read takes over what is kept, unless it is what was read or kept last.
func (t *Tokens) read() error {
	kept, err := t.Kept()
	if err != nil || kept == t.last {
		return err
	}
	g, err := Open(kept)
	if err != nil {
		return &data.Problem{Kind: data.SignInAgain, About: t.Flow.about(), Cause: err}
	}
	t.last, t.grant = kept, g
	return nil
}

// renew gets an access token and keeps the grant with it before anybody uses it:
// a provider that changes refresh tokens takes the old one only once.
func (t *Tokens) renew(ctx context.Context) error {
	g, err := t.Flow.renew(ctx, t.grant)
	if err != nil {
		return err
	}
	t.grant = g
	next := g.Seal()
	if err := t.Keep(next); err != nil {
		return err
	}
	t.last = next
	return nil
}
