// Package secret keeps passwords and private links where they belong: in the
// operating system's keyring, or, where there is none, in a sealed file. It
// never writes one to a log, and an error never holds one.
package secret

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rapport/data"

	"github.com/zalando/go-keyring"
)

// Keeper keeps secrets by name for one workspace. Its methods may block on a
// dialog of the system's, so none belongs on a window's goroutine.
type Keeper interface {
	// Put keeps a value, replacing the one before.
	Put(name, value string) error
	// Value returns what was kept, or an error that wraps data.ErrNotFound.
	Value(name string) (string, error)
	// Delete forgets a value; one that is not there is no error.
	Delete(name string) error
	// Where says in words where the secrets lie.
	Where() string
}

// service is the name under which the keyring lists our secrets.
const service = "app.rapport.desktop"

// PassphraseVariable names the environment variable that seals the file.
const PassphraseVariable = "RAPPORT_PASSPHRASE"

// FileVariable, set to 1, leaves the system's keyring alone: servers, tests and
// CI have none that would answer.
const FileVariable = "RAPPORT_NO_KEYRING"

// Open returns the keeper for a workspace's folder. A passphrase in the
// environment chooses the sealed file; else the keyring is used where it
// answers. What is not there is looked for under the names of the folders from
// which the workspace was moved, and kept under its own from then on.
func Open(workspace string, movedFrom ...string) (Keeper, error) {
	own, err := open(workspace)
	if err != nil || len(movedFrom) == 0 {
		return own, err
	}
	k := moved{Keeper: own}
	for _, folder := range movedFrom {
		former, err := open(folder)
		if err != nil {
			return nil, err
		}
		k.former = append(k.former, former)
	}
	return k, nil
}

func open(workspace string) (Keeper, error) {
	dir, err := filepath.Abs(workspace)
	if err != nil {
		return nil, err
	}
	if os.Getenv(PassphraseVariable) == "" && os.Getenv(FileVariable) != "1" && keyringAnswers() {
		return ring{dir}, nil
	}
	return openFile(dir)
}

func keyringAnswers() bool {
	_, err := keyring.Get(service, "probe")
	return err == nil || errors.Is(err, keyring.ErrNotFound)
}

// ring is the system's keyring; names are set apart by workspace.
type ring struct{ workspace string }

func (r ring) key(name string) string { return r.workspace + " " + name }

func (r ring) Put(name, value string) error {
	return r.explain(name, keyring.Set(service, r.key(name), value))
}

func (r ring) Value(name string) (string, error) {
	v, err := keyring.Get(service, r.key(name))
	return v, r.explain(name, err)
}

func (r ring) Delete(name string) error {
	err := keyring.Delete(service, r.key(name))
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return r.explain(name, err)
}

func (r ring) Where() string { return "the system's keyring" }

func (r ring) explain(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return fmt.Errorf("secret %s: %w", name, data.ErrNotFound)
	}
	return &data.Problem{Kind: data.NoKeyring, About: name, Cause: err}
}
