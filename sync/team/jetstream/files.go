package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"

	"rapport/data"
)

// newKey makes a key and keeps its seed where nsc looks for it.
func (w *writer) newKey(create func() (nkeys.KeyPair, error)) (nkeys.KeyPair, error) {
	key, err := create()
	if err != nil {
		return nil, err
	}
	seed, err := key.Seed()
	if err != nil {
		return nil, err
	}
	return key, put(w.keyPath(public(key)), string(seed))
}

func (w *writer) keyOf(public string) (nkeys.KeyPair, error) {
	seed, err := read(w.keyPath(public))
	if err != nil {
		return nil, err
	}
	return nkeys.FromSeed([]byte(strings.TrimSpace(seed)))
}

func (w *writer) keyPath(public string) string {
	return filepath.Join(w.dir, "keys", "keys", public[:1], public[1:3], public+".nk")
}

// public is a key's public half, which every key has.
func public(key nkeys.KeyPair) string {
	p, err := key.PublicKey()
	if err != nil {
		panic("bug: a key without its public half: " + err.Error())
	}
	return p
}

func read(path string) (string, error) {
	b, err := os.ReadFile(path)
	return string(b), err
}

// put writes a file that nobody else may read, whole or not at all.
func put(path, text string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	aside, err := os.CreateTemp(filepath.Dir(path), ".rapport-*.tmp")
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name())
	_, err = aside.WriteString(text)
	if err == nil {
		err = aside.Sync()
	}
	if err = errors.Join(err, aside.Close()); err != nil {
		return err
	}
	return os.Rename(aside.Name(), path)
}

func take(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (w *writer) trouble(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return &data.Problem{Kind: data.ReadOnly, About: w.dir, Cause: err, Once: true}
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: a file of this hub is missing: %w", w.dir, err)
	}
	return err
}

// servers writes what each server reads: its own file, and the accounts that all
// have in common.
func (w *writer) servers() error {
	err := put(filepath.Join(w.dir, "servers", "accounts.conf"), w.accountsFile())
	for _, host := range w.plan.Hosts {
		err = errors.Join(err, put(filepath.Join(w.dir, "servers", host+".conf"), w.serverFile(host)))
	}
	return err
}

func (w *writer) accountsFile() string {
	var b strings.Builder
	operator, _ := read(w.store(w.plan.Name + ".jwt"))
	fmt.Fprintf(&b, "# Who may reach which space. Written by rapport hub init; after a change: nats-server --signal reload\n")
	fmt.Fprintf(&b, "operator: %s\nsystem_account: %s\nresolver: MEMORY\nresolver_preload: {\n", operator, w.claims.SystemAccount)
	slices.SortFunc(w.accounts, func(a, other *jwt.AccountClaims) int { return strings.Compare(a.Name, other.Name) })
	for _, a := range w.accounts {
		token, _ := read(w.store("accounts", a.Name, a.Name+".jwt"))
		fmt.Fprintf(&b, "  # %s\n  %s: %s\n", a.Name, a.Subject, token)
	}
	b.WriteString("}\n")
	return b.String()
}

// serverFile is one server's configuration. docs/hub says what each line is for.
func (w *writer) serverFile(host string) string {
	config, store := w.plan.Config, w.plan.Store
	if config == "" {
		config = "/etc/rapport-hub"
	}
	if store == "" {
		store = "/var/lib/rapport-hub"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `# A server of Rapport's hub, written by rapport hub init.
server_name: %[1]q
listen: "0.0.0.0:4222"
max_payload: 2MB
tls {
  cert_file: "%[2]s/cert.pem"
  key_file: "%[2]s/key.pem"
  timeout: 30 # seconds: on Monday morning all laptops come at once
}
authorization {
  timeout: 60
}
jetstream {
  store_dir: %[3]q
  sync_interval: always
}
`, host, filepath.ToSlash(config), filepath.ToSlash(store))
	if len(w.plan.Hosts) > 1 {
		fmt.Fprintf(&b, `cluster {
  name: %[1]q
  listen: "0.0.0.0:6222"
  tls {
    cert_file: "%[2]s/cert.pem"
    key_file: "%[2]s/key.pem"
    ca_file: "%[2]s/ca.pem"
    verify: true
  }
  routes: [
`, w.plan.Name, filepath.ToSlash(config))
		for _, other := range w.plan.Hosts {
			if other != host {
				fmt.Fprintf(&b, "    \"tls://%s:6222\"\n", other)
			}
		}
		b.WriteString("  ]\n}\n")
	}
	b.WriteString("include \"accounts.conf\"\n")
	return b.String()
}
