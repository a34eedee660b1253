package space

import (
	"context"
	"errors"

	"rapport/data"
	"rapport/data/store"
)

// Forget takes a space off this laptop that we share no more, or were never let into,
// with its keys; see store.Tx.ForgetSpace. It says how many things stayed, or went.
func (s *Spaces) Forget(ctx context.Context, id string, keep bool) (things int, err error) {
	done, err := s.turn(ctx, id)
	if err != nil {
		return 0, err
	}
	defer done()
	sp, err := s.db.Space(ctx, id)
	if err != nil {
		return 0, err
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if things, err = tx.ForgetSpace(id, keep); err != nil {
			return err
		}
		for _, key := range []string{store.SettingInvitedBy, store.SettingAnswered, store.SettingGivenKeys, store.SettingLooked} {
			if err := tx.PutSetting(key+id, ""); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return 0, err
	}
	s.mu.Lock()
	delete(s.companies, id)
	delete(s.learned, id)
	delete(s.rebuilt, id)
	delete(s.judged, id)
	delete(s.closed, id)
	s.mu.Unlock()
	return things, errors.Join(s.forgetSecret(keysSecret+id), s.forgetPlace(ctx, sp.Place))
}

// forgetPlace forgets the credentials of a place on a hub that no space has any more.
func (s *Spaces) forgetPlace(ctx context.Context, place string) error {
	if _, _, ok := hubParts(place); !ok {
		return nil
	}
	list, err := s.db.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, other := range list {
		if other.Place == place {
			return nil
		}
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingHub+place, "") }); err != nil {
		return err
	}
	return s.forgetSecret(hubSecret + place)
}

// forgetSecret takes a secret out of the keyring; one that is not there is nil.
func (s *Spaces) forgetSecret(name string) error {
	if err := s.keys.Delete(name); !errors.Is(err, data.ErrNotFound) {
		return err
	}
	return nil
}
