package app

import (
	"context"
	"time"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
	"rapport/sync/space"
)

// sharer does with spaces what needs keys and a place. Its methods may block on a
// disk, the network or the keyring: none is called on the window's goroutine.
type sharer interface {
	// Place is how a folder that all see is written down as a space's place.
	Place(folder string) (string, error)
	// HubPlace is how a place on a hub is written down. It goes there, and keeps the
	// credentials in the keyring.
	HubPlace(ctx context.Context, a space.HubAccess) (string, error)
	// Hint are the servers of the hub that an invitation names, or none.
	Hint(invitation []byte) []string
	Create(ctx context.Context, name string, kind data.SpaceKind, place string) (data.Space, error)
	// Invite makes the file of an invitation. It works once.
	Invite(ctx context.Context, space string, who data.Invitee) ([]byte, error)
	Join(ctx context.Context, invitation []byte, place string) (data.Space, error)
	// InviteByCode makes a short code that finds an invitation, JoinByCode joins with
	// one. Who came by a code waits for Confirm or TurnAway.
	InviteByCode(ctx context.Context, space string, who data.Invitee) (string, error)
	JoinByCode(ctx context.Context, code, place string) (data.Space, error)
	Confirm(ctx context.Context, space, person string) error
	// Recover makes this laptop a device of the person whose recovery key was typed;
	// RecoverSpaces takes in what that person shares at a place or in a bundle.
	Recover(ctx context.Context, typed string) error
	RecoverSpaces(ctx context.Context, place, bundle string) ([]space.Recovered, error)
	TurnAway(ctx context.Context, space, person string) error
	// KeptOut is what people wrote who were not allowed to; Accept lets it in.
	KeptOut(ctx context.Context, space string) ([]data.KeptChange, error)
	Accept(ctx context.Context, space string, which []data.KeptChange) (int, error)
	// SetRole gives a member another role; Remove takes one out, or oneself.
	SetRole(ctx context.Context, space, member string, role data.SpaceRole) error
	Remove(ctx context.Context, space, member string) error
	// Forget takes a space that we share no more off this laptop; with keep, what it
	// holds stays as ours. It says how many things that is.
	Forget(ctx context.Context, space string, keep bool) (things int, err error)
	// WithdrawLaptop has a laptop speak for its person no more, in every space where
	// we may.
	WithdrawLaptop(ctx context.Context, device string) error
	// Exchange gives what is new here and takes what is new there, and says how it
	// went in a sentence without its full stop.
	Exchange(ctx context.Context, space string) (string, error)
	// TakeBundle takes in what a bundle has of a space, and says how it went in a
	// sentence without its full stop.
	TakeBundle(ctx context.Context, space, path string) (string, error)
	// Ask has Follow exchange all spaces now.
	Ask()
	// Write has the others told what is written at here, and Writers are what they write
	// at, of which OnWriters has do called on another goroutine when it changes. These
	// wait for nothing.
	Write(data.Writing)
	Writers() []data.Writing
	OnWriters(do func())
	// Follow exchanges all spaces by itself until ctx ends. admitted hears on other
	// goroutines who was let into which space.
	Follow(ctx context.Context, admitted func(names []string, space string)) error
}

// canShare says whether spaces can be made, joined and exchanged: not while the
// keyring has not answered, and not while pictures are made.
func (w *window) canShare() bool { return w.sharer != nil }

// teamSharer is the sharer of a workspace.
type teamSharer struct{ *space.Spaces }

func newSharer(db *store.DB, keys secret.Keeper, clock func() time.Time) sharer {
	return teamSharer{space.New(db, keys, clock)}
}

func (t teamSharer) Place(folder string) (string, error) { return space.FolderPlace(folder) }

func (t teamSharer) Exchange(ctx context.Context, id string) (string, error) {
	r, err := t.Sync(ctx, id)
	return exchangeWords(r), err
}

func (t teamSharer) TakeBundle(ctx context.Context, id, path string) (string, error) {
	r, err := t.ImportBundle(ctx, id, path)
	return exchangeWords(r), err
}

func (t teamSharer) Follow(ctx context.Context, admitted func([]string, string)) error {
	return t.Spaces.Follow(ctx, func(r space.Report, err error) {
		if err == nil && len(r.Admitted) > 0 {
			admitted(r.Admitted, r.Space.Name)
		}
	})
}

// startExchanging exchanges all spaces by itself for as long as the window is open.
// How each exchange went is kept with its space, where status bar and pages read it.
func (w *window) startExchanging() {
	w.writing.begin()
	admitted := bridge.Relay(w.bg, func(names []string, space string) {
		is := " is"
		if len(names) > 1 {
			is = " are"
		}
		w.say(data.JoinAnd(names) + is + " in " + space + " now")
	})
	w.bg.Alongside(func(ctx context.Context) error { return w.sharer.Follow(ctx, admitted) }, func(err error) {
		if err != nil && !w.bg.Over() {
			w.fail(err)
		}
	})
}

// exchangeWords say what an exchange did.
func exchangeWords(r space.Report) string {
	switch {
	case r.Withdrawn:
		return "this laptop was withdrawn"
	case r.Left:
		return "you are no longer a member"
	case r.TurnedAway != "":
		return r.TurnedAway + " did not let you in"
	case r.Pending:
		return "it opens once whoever invited you has exchanged again"
	}
	var words []string
	if n := r.Received.Applied; n > 0 {
		words = append(words, "took "+data.Counted(n, "change", "changes"))
	}
	if r.Sent > 0 {
		words = append(words, "gave "+data.Counted(r.Sent, "piece", "pieces"))
	}
	if len(r.Admitted) > 0 {
		words = append(words, "let "+data.JoinAnd(r.Admitted)+" in")
	}
	if n := len(r.ToConfirm); n > 0 {
		words = append(words, "found "+data.Counted(n, "person who waits for your yes", "people who wait for your yes"))
	}
	if n := r.Received.KeptOut + len(r.Refused); n > 0 {
		words = append(words, thousands(n)+" kept out")
	}
	if len(words) == 0 {
		return "nothing new on either side"
	}
	return data.JoinAnd(words)
}
