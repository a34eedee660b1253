package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nkeys"

	"rapport/data"
	"rapport/sync/team"
)

// A Plan says what the files of a hub are for. Its zero fields stand for the
// usual.
type Plan struct {
	// Name is the operator's and the cluster's; rapport where empty.
	Name string
	// Hosts are the servers by the names that laptops and the other servers know
	// them by: three, or one for a test.
	Hosts []string
	// Spaces are made where they are not there yet; others stay as they are.
	Spaces []SpacePlan
	// Where the servers keep what is theirs: /etc/rapport-hub and
	// /var/lib/rapport-hub where empty.
	Config, Store string
}

// A SpacePlan is one space and who may reach it.
type SpacePlan struct {
	ID string
	// Members get credentials, each a file of their own, unless they have some.
	Members []string
	// Remove takes the hub from members: their credentials are worth nothing
	// from the moment the servers know of it.
	Remove []string
}

// Admin is the user of each space that makes its stream. Its credentials stay
// with whoever runs the hub.
const Admin = "admin"

// System is the account and user that see the servers themselves.
const System = "SYS"

// Write makes the files of a hub in a folder, as nsc keeps them, and beside them
// servers with what each server reads. Writing again adds what the plan has
// more and changes no key. It returns the credentials that are new, by path.
//
// With nsc it is looked at so: nsc --data-dir DIR/stores --keystore-dir
// DIR/keys/keys list accounts.
func Write(dir string, p Plan) (fresh []string, err error) {
	if p.Name == "" {
		p.Name = "rapport"
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	w := &writer{dir: dir, plan: p}
	if err := w.operator(); err != nil {
		return nil, w.trouble(err)
	}
	for _, space := range p.Spaces {
		if err := w.space(space); err != nil {
			return w.fresh, w.trouble(err)
		}
	}
	return w.fresh, w.trouble(errors.Join(w.sign(), w.servers()))
}

func (p Plan) check() error {
	bad := func(field, format string, args ...any) error {
		return &data.Invalid{Field: field, Says: fmt.Sprintf(format, args...)}
	}
	if len(p.Hosts) != 1 && len(p.Hosts) < 3 {
		return bad("server", "a hub has three servers or more, so that it can lose one; one alone is for a test")
	}
	for _, name := range append([]string{p.Name}, p.Hosts...) {
		if !isWord(name) {
			return bad("name", "%.60q is none: letters, digits, dots and hyphens", name)
		}
	}
	for _, s := range p.Spaces {
		if err := team.CheckSpace(s.ID); err != nil {
			return err
		}
		for _, m := range append(append([]string{}, s.Members...), s.Remove...) {
			if !isWord(strings.Replace(m, "@", "", 1)) || strings.EqualFold(m, Admin) {
				return bad("member", "%.60q is no name here: letters, digits, dots, hyphens and one @, and not %s", m, Admin)
			}
		}
	}
	return nil
}

// isWord says whether a name is safe in paths and in a server's configuration.
func isWord(s string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	return s != "" && len(s) <= 100 && strings.Trim(s, allowed) == "" && s[0] != '.' && s[0] != '-' && !strings.Contains(s, "..")
}

// writer writes a hub's files.
type writer struct {
	dir      string
	plan     Plan
	key      nkeys.KeyPair // the operator's
	claims   *jwt.OperatorClaims
	accounts []*jwt.AccountClaims
	fresh    []string
}

func (w *writer) store(parts ...string) string {
	return filepath.Join(append([]string{w.dir, "stores", w.plan.Name}, parts...)...)
}

func (w *writer) credsPath(account, user string) string {
	return filepath.Join(w.dir, "keys", "creds", w.plan.Name, account, user+".creds")
}

// operator reads or makes the operator, the system account and its user, and
// reads the accounts that are there.
func (w *writer) operator() error {
	token, err := read(w.store(w.plan.Name + ".jwt"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if w.key, err = w.newKey(nkeys.CreateOperator); err != nil {
			return err
		}
		w.claims = jwt.NewOperatorClaims(public(w.key))
		w.claims.Name = w.plan.Name
		if err := put(w.store(".nsc"), fmt.Sprintf(`{"managed":false,"name":%q,"kind":"operator","version":"1"}`, w.plan.Name)); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		if w.claims, err = jwt.DecodeOperatorClaims(token); err != nil {
			return err
		}
		if w.key, err = w.keyOf(w.claims.Subject); err != nil {
			return err
		}
	}
	if err := w.known(); err != nil {
		return err
	}
	system, err := w.account(System)
	if err != nil {
		return err
	}
	w.claims.SystemAccount = system.Subject
	return w.user(system, strings.ToLower(System), func(u *jwt.UserClaims) { u.Sub.Allow.Add(">"); u.Pub.Allow.Add(">") })
}

// known reads the accounts that are there already.
func (w *writer) known() error {
	paths, err := filepath.Glob(w.store("accounts", "*", "*.jwt"))
	for _, path := range paths {
		token, bad := read(path)
		if bad == nil {
			var claims *jwt.AccountClaims
			if claims, bad = jwt.DecodeAccountClaims(token); bad == nil {
				w.accounts = append(w.accounts, claims)
			}
		}
		err = errors.Join(err, bad)
	}
	return err
}

// account returns an account, made where it is not there.
func (w *writer) account(name string) (*jwt.AccountClaims, error) {
	for _, a := range w.accounts {
		if a.Name == name {
			return a, nil
		}
	}
	key, err := w.newKey(nkeys.CreateAccount)
	if err != nil {
		return nil, err
	}
	a := jwt.NewAccountClaims(public(key))
	a.Name = name
	w.accounts = append(w.accounts, a)
	return a, nil
}

// space makes what is missing of a space's account, its administrator and its
// members. Nothing is shared between accounts: no exports, no imports.
func (w *writer) space(p SpacePlan) error {
	a, err := w.account(p.ID)
	if err != nil {
		return err
	}
	a.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: jwt.NoLimit, Streams: 1, Consumer: jwt.NoLimit, MaxAckPending: jwt.NoLimit}
	a.Limits.Exports, a.Limits.Imports = 0, 0
	if err := w.user(a, Admin, func(u *jwt.UserClaims) { allow(u, p.ID, true) }); err != nil {
		return err
	}
	for _, m := range p.Members {
		if err := w.user(a, m, func(u *jwt.UserClaims) { allow(u, p.ID, false) }); err != nil {
			return err
		}
	}
	for _, m := range p.Remove {
		if err := w.remove(a, m); err != nil {
			return err
		}
	}
	return nil
}

// allow gives a user what a space's member may do: put pieces, list and get
// them, hear of new ones, and tell and hear what holds for a moment. An administrator may make, change and clear the
// stream besides. Nobody makes consumers, which could deliver anywhere.
func allow(u *jwt.UserClaims, space string, admin bool) {
	stream := streamOf(space)
	u.Pub.Allow.Add(piecesOf(space)+"*.*", nowOf(space)+"*", "$JS.API.STREAM.INFO."+stream, "$JS.API.STREAM.MSG.GET."+stream, "$JS.API.DIRECT.GET."+stream)
	u.Sub.Allow.Add(inboxFor(u.Subject)+".>", newsOf(space), nowOf(space)+"*")
	if admin {
		for _, verb := range []string{"CREATE", "UPDATE", "PURGE", "DELETE", "MSG.DELETE"} {
			u.Pub.Allow.Add("$JS.API.STREAM." + verb + "." + stream)
		}
	}
}

// user makes a user with credentials, unless there is one of that name.
func (w *writer) user(a *jwt.AccountClaims, name string, rights func(*jwt.UserClaims)) error {
	path := w.store("accounts", a.Name, "users", name+".jwt")
	if _, err := read(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	signer, err := w.keyOf(a.Subject)
	if err != nil {
		return err
	}
	key, err := w.newKey(nkeys.CreateUser)
	if err != nil {
		return err
	}
	u := jwt.NewUserClaims(public(key))
	u.Name = name
	rights(u)
	token, err := u.Encode(signer)
	if err != nil {
		return err
	}
	seed, err := key.Seed()
	if err != nil {
		return err
	}
	creds, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		return err
	}
	w.fresh = append(w.fresh, w.credsPath(a.Name, name))
	return errors.Join(put(w.credsPath(a.Name, name), string(creds)), put(path, token))
}

// remove revokes a user and takes its files away.
func (w *writer) remove(a *jwt.AccountClaims, name string) error {
	path := w.store("accounts", a.Name, "users", name+".jwt")
	token, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &data.Invalid{Field: "member", Says: fmt.Sprintf("%s has no credentials for %s", name, a.Name)}
	}
	if err != nil {
		return err
	}
	u, err := jwt.DecodeUserClaims(token)
	if err != nil {
		return err
	}
	a.Revoke(u.Subject)
	return errors.Join(take(w.credsPath(a.Name, name)), take(path))
}

// sign writes the operator's and all accounts' tokens.
func (w *writer) sign() error {
	token, err := w.claims.Encode(w.key)
	err = errors.Join(err, put(w.store(w.plan.Name+".jwt"), token))
	for _, a := range w.accounts {
		token, bad := a.Encode(w.key)
		err = errors.Join(err, bad, put(w.store("accounts", a.Name, a.Name+".jwt"), token))
	}
	return err
}
