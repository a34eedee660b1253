package secret

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"rapport/data"

	"filippo.io/age"
)

// workFactor of the passphrase's key derivation: about a tenth of a second.
const workFactor = 15

// file keeps secrets in one age file outside the workspace, sealed with the
// user's passphrase or with a random key in a file that only the user can read.
type file struct {
	path       string
	passphrase string
	mu         sync.Mutex
	values     map[string]string // what was read, so that the seal is opened once
	of         fs.FileInfo       // the file that values are of
}

func openFile(workspace string) (Keeper, error) {
	config, err := os.UserConfigDir()
	if err != nil {
		return nil, &data.Problem{Kind: data.NoKeyring, About: workspace, Cause: err}
	}
	sum := sha256.Sum256([]byte(workspace))
	dir := filepath.Join(config, "rapport", "secrets")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, &data.Problem{Kind: data.NoKeyring, About: workspace, Cause: err}
	}
	f := &file{passphrase: os.Getenv(PassphraseVariable)}
	name := hex.EncodeToString(sum[:8])
	if f.passphrase != "" {
		f.path = filepath.Join(dir, name+".sealed")
	} else {
		f.path = filepath.Join(dir, name+".age")
	}
	return f, nil
}

func (f *file) Where() string {
	if f.passphrase != "" {
		return "a file sealed with your passphrase"
	}
	return "a file on this laptop, sealed with a key that lies beside it; set " + PassphraseVariable + " to seal it with a passphrase"
}

func (f *file) Put(name, value string) error {
	return f.change(func(values map[string]string) { values[name] = value })
}

func (f *file) Delete(name string) error {
	return f.change(func(values map[string]string) { delete(values, name) })
}

func (f *file) Value(name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.isFresh() {
		of, _ := os.Stat(f.path) // before it is read: what is older is read again
		values, err := f.read()
		if err != nil {
			return "", err
		}
		f.values, f.of = values, of
	}
	v, ok := f.values[name]
	if !ok {
		return "", fmt.Errorf("secret %s: %w", name, data.ErrNotFound)
	}
	return v, nil
}

// isFresh says that no other process has replaced the file since it was read.
func (f *file) isFresh() bool {
	info, err := os.Stat(f.path)
	return err == nil && f.of != nil && os.SameFile(info, f.of) && info.ModTime().Equal(f.of.ModTime()) && info.Size() == f.of.Size()
}

func (f *file) change(do func(map[string]string)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	values, err := f.read()
	if err != nil {
		return err
	}
	do(values)
	if err := f.write(values); err != nil {
		return &data.Problem{Kind: data.ReadOnly, About: f.path, Cause: err}
	}
	f.of = nil // read again when it is asked for
	return nil
}

func (f *file) read() (map[string]string, error) {
	sealed, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return map[string]string{}, nil
	}
	if err != nil {
		return nil, &data.Problem{Kind: data.NoKeyring, About: f.path, Cause: err}
	}
	identity, _, err := f.keys()
	if err != nil {
		return nil, err
	}
	opened, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, &data.Problem{Kind: data.WrongPassphrase, About: f.path, Cause: err}
	}
	values := map[string]string{}
	if err := json.NewDecoder(opened).Decode(&values); err != nil {
		return nil, &data.Problem{Kind: data.WrongPassphrase, About: f.path, Cause: err}
	}
	return values, nil
}

// write replaces the file by a whole new one, so that a cut leaves the old.
func (f *file) write(values map[string]string) error {
	_, recipient, err := f.keys()
	if err != nil {
		return err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return err
	}
	if err := json.NewEncoder(w).Encode(values); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return replaceFile(f.path, &sealed)
}

func replaceFile(path string, content io.Reader) error {
	part, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return err
	}
	defer os.Remove(part.Name())
	if _, err := io.Copy(part, content); err != nil {
		part.Close()
		return err
	}
	if err := errors.Join(part.Sync(), part.Close()); err != nil {
		return err
	}
	return os.Rename(part.Name(), path)
}

// keys are what opens and what seals the file.
func (f *file) keys() (age.Identity, age.Recipient, error) {
	if f.passphrase != "" {
		identity, err := age.NewScryptIdentity(f.passphrase)
		if err != nil {
			return nil, nil, err
		}
		recipient, err := age.NewScryptRecipient(f.passphrase)
		if err != nil {
			return nil, nil, err
		}
		recipient.SetWorkFactor(workFactor)
		return identity, recipient, nil
	}
	identity, err := f.laptopKey()
	if err != nil {
		return nil, nil, &data.Problem{Kind: data.NoKeyring, About: f.path, Cause: err}
	}
	return identity, identity.Recipient(), nil
}

// laptopKey is the random key in the file beside; it is made on first use.
func (f *file) laptopKey() (*age.X25519Identity, error) {
	path := filepath.Join(filepath.Dir(f.path), "key")
	identity, err := readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return identity, err
	}
	made, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	// Linking a whole file into place lets only one of two processes make it.
	part := path + "." + rand.Text()
	if err := os.WriteFile(part, []byte(made.String()+"\n"), 0o600); err != nil {
		return nil, err
	}
	defer os.Remove(part)
	if err := os.Link(part, path); err != nil && !errors.Is(err, fs.ErrExist) {
		if err := os.Rename(part, path); err != nil {
			return nil, err
		}
	}
	return readKey(path)
}

func readKey(path string) (*age.X25519Identity, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return age.ParseX25519Identity(strings.TrimSpace(string(text)))
}
