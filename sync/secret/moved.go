package secret

import (
	"errors"

	"rapport/data"
)

// moved is the keeper of a workspace that lay in other folders before.
type moved struct {
	Keeper
	former []Keeper // the latest first
}

// Value takes a value from where it was kept before, and keeps it here.
func (m moved) Value(name string) (string, error) {
	value, err := m.Keeper.Value(name)
	for _, f := range m.former {
		if !errors.Is(err, data.ErrNotFound) {
			return value, err
		}
		if value, err = f.Value(name); err == nil {
			return value, m.Put(name, value)
		}
	}
	return value, err
}

// Put keeps a value here alone.
func (m moved) Put(name, value string) error {
	if err := m.Keeper.Put(name, value); err != nil {
		return err
	}
	return m.forget(name)
}

// Delete forgets a value here and where it was kept before.
func (m moved) Delete(name string) error {
	return errors.Join(m.Keeper.Delete(name), m.forget(name))
}

func (m moved) forget(name string) error {
	var errs []error
	for _, f := range m.former {
		errs = append(errs, f.Delete(name))
	}
	return errors.Join(errs...)
}
