package space

import (
	"context"
	"errors"
	"os"
	"strings"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/team"
)

// The names under which secrets of sharing are kept.
const (
	personSecret = "team/person"
	deviceSecret = "team/device"
	keysSecret   = "team/keys/"
)

// identity is who shares from this workspace: a person, and this laptop as one of
// that person's devices.
type identity struct {
	person team.Person
	device team.Device
}

// identity is who we are; a workspace that has never shared gets a new person. One
// that shares, and whose keys are not here, was copied without them: it stays who it is.
func (s *Spaces) identity(ctx context.Context) (identity, error) {
	secret, err := s.secret(ctx, personSecret)
	if errors.Is(err, data.ErrNotFound) {
		if list, err := s.db.Spaces(ctx); err != nil {
			return identity{}, err
		} else if len(list) > 0 {
			return identity{}, &data.Problem{Kind: data.KeysElsewhere, About: s.db.Dir()}
		}
		p, err := team.NewPerson()
		if err != nil {
			return identity{}, err
		}
		return s.become(ctx, p)
	}
	if err != nil {
		return identity{}, err
	}
	certificate, err := s.db.Setting(ctx, store.SettingDevice)
	if err != nil {
		return identity{}, err
	}
	key, err := s.secret(ctx, deviceSecret)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return identity{}, err
	}
	is := proof{secret, key, certificate}
	s.mu.Lock()
	known, me := s.proof == is, s.me
	s.mu.Unlock()
	if known {
		return me, nil
	}
	p, err := team.ReadPerson(secret)
	if err != nil {
		return identity{}, err
	}
	if key == "" || certificate == "" {
		return s.become(ctx, p)
	}
	d, err := team.ReadDevice(key, certificate)
	if err != nil { // the file is older or newer than what the keyring holds
		return identity{}, &data.Problem{Kind: data.KeysElsewhere, About: s.db.Dir(), Cause: err}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.proof, s.me = is, identity{p, d}
	return s.me, nil
}

// proof is the texts that an identity was read from.
type proof struct{ person, device, certificate string }

// secret is one of the keyring, which may wait for a dialog of the system's; it is
// not waited for beyond ctx.
func (s *Spaces) secret(ctx context.Context, name string) (string, error) {
	type answer struct {
		value string
		err   error
	}
	said := make(chan answer, 1)
	go func() {
		value, err := s.keys.Value(name)
		said <- answer{value, err}
	}()
	select {
	case a := <-said:
		return a.value, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// become makes this laptop a device of a person, and keeps both.
func (s *Spaces) become(ctx context.Context, p team.Person) (identity, error) {
	d := team.NewDevice(p, laptopName())
	if err := s.keys.Put(personSecret, p.Secret()); err != nil {
		return identity{}, err
	}
	if err := s.keys.Put(deviceSecret, d.Secret()); err != nil {
		return identity{}, err
	}
	_, err := s.db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingDevice, d.Certificate.String()) })
	return identity{p, d}, err
}

// laptopName is what the members of a space see of this laptop.
func laptopName() string {
	name, err := os.Hostname()
	if name, _, _ = strings.Cut(name, "."); err != nil || name == "" {
		return "a laptop"
	}
	return name
}

// RecoveryKey is the person who shares from here as text to print: with it a new
// laptop is that person again. A workspace that has never shared gets one.
func (s *Spaces) RecoveryKey(ctx context.Context) (string, error) {
	me, err := s.identity(ctx)
	if err != nil {
		return "", err
	}
	return me.person.RecoveryKey(), nil
}

// CheckRecoveryKey says what is wrong with a recovery key as it was typed, with the
// group of letters to look at, or nil. It never repeats what was typed.
func CheckRecoveryKey(typed string) error {
	_, err := team.PersonFromRecovery(typed)
	return err
}

// Recover makes this laptop a device of the person whose recovery key was typed.
// A workspace that shares as another person already is left as it is.
func (s *Spaces) Recover(ctx context.Context, typed string) error {
	p, err := team.PersonFromRecovery(typed)
	if err != nil {
		return err
	}
	spaces, err := s.db.Spaces(ctx)
	if err != nil {
		return err
	}
	if secret, err := s.keys.Value(personSecret); err == nil && secret != p.Secret() && len(spaces) > 0 {
		return &data.Invalid{Field: "recovery key", Says: "this workspace shares as somebody else already; use a new workspace for this key"}
	}
	if me, err := s.known(ctx, p); err != nil || me {
		return err
	}
	if err := s.nothingWaits(ctx); err != nil {
		return err
	}
	_, err = s.become(ctx, p)
	return err
}

// nothingWaits says why a workspace that shares already cannot go on as another
// device: what its former one wrote and never gave to anybody could not be given any
// more, and everything written after it would wait for it with the others.
func (s *Spaces) nothingWaits(ctx context.Context) error {
	list, _, err := s.db.SpaceEntries(ctx)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Unsent > 0 {
			return &data.Invalid{Field: e.Space.Name, Says: data.Counted(e.Unsent, "change", "changes") + " in this workspace never left the laptop from which it was copied; exchange there once more and copy it again, or get your spaces back in a new workspace"}
		}
	}
	return nil
}

// known says whether this laptop is a person's device already.
func (s *Spaces) known(ctx context.Context, p team.Person) (bool, error) {
	secret, err := s.secret(ctx, personSecret)
	if errors.Is(err, data.ErrNotFound) || err == nil && secret != p.Secret() {
		return false, nil
	}
	if err == nil {
		_, err = s.identity(ctx)
	}
	if problem, ok := data.AsProblem(err); ok && problem.Kind == data.KeysElsewhere {
		return false, nil
	}
	return err == nil, err
}

// keysOf are the keys that this laptop holds of a space: none before somebody let
// us in.
func (s *Spaces) keysOf(ctx context.Context, space string) (team.Keys, error) {
	secret, err := s.secret(ctx, keysSecret+space)
	if errors.Is(err, data.ErrNotFound) {
		return team.Keys{Space: space, Epochs: map[string]team.Epoch{}}, nil
	}
	if err != nil {
		return team.Keys{}, err
	}
	return team.ReadKeys(secret)
}

func (s *Spaces) putKeys(k team.Keys) error { return s.keys.Put(keysSecret+k.Space, k.Secret()) }
