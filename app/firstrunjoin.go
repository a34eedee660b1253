package app

import (
	"context"
	"errors"

	"rapport/app/kit"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/space"
)

// join offers the two ways into a team: with an invitation, or, for whoever is in it
// already, with the recovery key.
func (f *firstRun) join() {
	cards := []*choiceCard{
		newChoiceCard("key-round", "I have an invitation", "A file that you were sent, or a code that you were told. Your workspace is made, and asks for it.", "1", f.invited),
		newChoiceCard("history", "This is a new laptop of mine", "With the recovery key that you printed, your spaces are here again. Nobody has to invite you.", "2", f.recover),
	}
	f.step(f.title("Join my team", "Your team's accounts come from a folder that all of you see, your own hub, or a bundle. What is only yours stays on this laptop."),
		kit.NewSpace(20), cards[0], kit.NewSpace(12), cards[1])
	f.offered = cards
	f.s.win.Canvas().Focus(cards[0])
}

// invited makes a workspace and asks for the invitation in it.
func (f *firstRun) invited() {
	f.s.then = func(w *window) {
		w.open(route{place: placeSharing})
		w.askJoin()
	}
	f.s.openWorkspace(f.s.home)
}

// recover asks for the recovery key and makes a workspace of what it opens.
func (f *firstRun) recover() {
	r := newRecoverForm(f.s.bg)
	again := kit.NewButton(kit.Primary, "Get them back", func() {
		r.try(func(ctx context.Context, typed string, at whereabouts) ([]space.Recovered, error) {
			return recoverInto(ctx, f.s, typed, at)
		}, func(list []space.Recovered, err error) {
			f.s.then = func(w *window) { w.showRecovered(list, err) }
			f.s.openWorkspace(f.s.home)
		})
	})
	r.whenEscaped(f.back)
	f.leave = r.drop
	r.changed = func() { f.frame.Refresh() }
	r.buttons = kit.NewRow(10, again, kit.NewButton(kit.Ghost, "Back", f.back))
	for _, field := range r.fields {
		field.OnSubmit = func(string) { again.OnTap() }
	}
	f.step(f.title("This is a new laptop of mine", "The recovery key stands on the paper that your old laptop printed, in groups of letters. It stays on this laptop, in the keyring."),
		kit.NewSpace(18), r.body(), kit.NewSpace(16), r.buttons)
	f.s.win.Canvas().Focus(r.key.Focusable())
}

// recoverInto makes the person's workspace and takes their spaces into it.
func recoverInto(ctx context.Context, s *session, typed string, at whereabouts) (list []space.Recovered, err error) {
	db, err := store.Open(ctx, s.home, store.Options{Now: s.clock})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := sync.Keys(ctx, db)
	if err != nil {
		return nil, err
	}
	return recoverSpaces(ctx, newSharer(db, keys, s.clock), typed, at)
}
