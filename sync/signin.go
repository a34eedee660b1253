package sync

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/login"
	"rapport/sync/mail"
	"rapport/sync/secret"
)

// Provider is who lets mail programs in by a sign-in in the browser.
type Provider = login.Provider

// Client is what a provider knows this program by.
type Client = login.Client

// Code is what a person enters on a provider's page, on any device.
type Code = login.Code

// Providers are who lets mail programs in by a sign-in in the browser: those that
// are known, with the workspace's own. db is nil where there is no workspace yet.
func Providers(ctx context.Context, db *store.DB) ([]Provider, error) {
	if db == nil {
		return login.Providers(nil), nil
	}
	own, err := ownProviders(ctx, db)
	return login.Providers(own), err
}

func ownProviders(ctx context.Context, db *store.DB) (own []Provider, err error) {
	text, err := db.Setting(ctx, store.SettingProviders)
	if err != nil || text == "" {
		return nil, err
	}
	if err := json.Unmarshal([]byte(text), &own); err != nil {
		return nil, fmt.Errorf("setting %s: %w", store.SettingProviders, err)
	}
	return own, nil
}

// ProviderNamed finds one of the Providers by its name; the error wraps
// data.ErrNotFound where there is none.
func ProviderNamed(ctx context.Context, db *store.DB, name string) (Provider, error) {
	list, err := Providers(ctx, db)
	if err != nil {
		return Provider{}, err
	}
	p, ok := login.Named(list, name)
	if !ok {
		return p, fmt.Errorf("provider %s: %w", name, data.ErrNotFound)
	}
	return p, nil
}

// ProviderAt finds who gives the tokens that a mail server takes; false where
// nobody is known to.
func ProviderAt(ctx context.Context, db *store.DB, host string) (Provider, bool, error) {
	list, err := Providers(ctx, db)
	p, ok := login.At(list, host)
	return p, ok, err
}

// CalendarProviderAt finds who gives the tokens that a calendar server takes, as
// it is asked for calendars; false where nobody is known to.
func CalendarProviderAt(ctx context.Context, db *store.DB, host string) (Provider, bool, error) {
	list, err := Providers(ctx, db)
	if err != nil {
		return Provider{}, false, err
	}
	p, ok := login.AtCalendars(list, host)
	return p, ok, nil
}

// KnownProviderAt is ProviderAt among those that are known without a workspace.
func KnownProviderAt(host string) (Provider, bool) { return ProviderAmong(login.Providers(nil), host) }

// ProviderAmong is ProviderAt among those of a list.
func ProviderAmong(list []Provider, host string) (Provider, bool) { return login.At(list, host) }

// PutProvider keeps a provider of the workspace's own, or what is to be different
// of one that is known; the secret of its client ID goes to the keeper, "" leaves
// the one that is there.
func PutProvider(ctx context.Context, db *store.DB, keys secret.Keeper, p Provider, clientSecret string) error {
	own, err := ownProviders(ctx, db)
	if err != nil {
		return err
	}
	own = append(slices.DeleteFunc(own, func(o Provider) bool { return o.Name == p.Name }), p)
	whole, _ := login.Named(login.Providers(own), p.Name)
	if err := whole.Check(); err != nil {
		return err
	}
	secrets := map[string]string{}
	if clientSecret != "" {
		secrets[clientSecretName(p.Name)] = clientSecret
	}
	return withSecrets(keys, secrets, func() error { return putProviders(ctx, db, own) })
}

// OwnProvider is what the workspace itself has of a provider; the zero Provider
// with its name if nothing.
func OwnProvider(ctx context.Context, db *store.DB, name string) (Provider, error) {
	own, err := ownProviders(ctx, db)
	if p, ok := login.Named(own, name); ok {
		return p, err
	}
	return Provider{Name: name}, err
}

// RemoveProvider forgets what the workspace itself has of a provider. Mailboxes
// that are signed in to stay so as long as the provider is known without it.
func RemoveProvider(ctx context.Context, db *store.DB, keys secret.Keeper, name string) error {
	own, err := ownProviders(ctx, db)
	if err != nil {
		return err
	}
	rest := slices.DeleteFunc(slices.Clone(own), func(o Provider) bool { return o.Name == name })
	if len(rest) == len(own) {
		return fmt.Errorf("provider %s: %w", name, data.ErrNotFound)
	}
	if err := putProviders(ctx, db, rest); err != nil {
		return err
	}
	return keys.Delete(clientSecretName(name))
}

func putProviders(ctx context.Context, db *store.DB, own []Provider) error {
	text := ""
	if len(own) > 0 {
		list, err := json.Marshal(own)
		if err != nil {
			return err
		}
		text = string(list)
	}
	_, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingProviders, text) })
	return err
}

func clientSecretName(provider string) string { return "oauth/" + provider + "/client-secret" }

// ClientVariables name the environment variables that say which client ID, and
// which secret of it, a provider knows this program by.
func ClientVariables(p Provider) (id, secret string) {
	name := "RAPPORT_" + strings.ToUpper(strings.ReplaceAll(p.Name, "-", "_")) + "_CLIENT_"
	return name + "ID", name + "SECRET"
}

// ClientOf is what a provider knows this program by: what the environment says,
// else what the workspace has; keys is nil where there is none yet. Where there is
// none it returns a *data.Problem.
func ClientOf(keys secret.Keeper, p Provider) (Client, error) {
	id, key := ClientVariables(p)
	if c := (Client{ID: os.Getenv(id), Secret: os.Getenv(key)}); c.ID != "" {
		return c, nil
	}
	c := Client{ID: p.ClientID}
	if c.ID == "" {
		return c, &data.Problem{Kind: data.NoClientID, About: p.Shown()}
	}
	if keys == nil {
		return c, nil
	}
	var err error
	if c.Secret, err = keys.Value(clientSecretName(p.Name)); errors.Is(err, data.ErrNotFound) {
		err = nil
	}
	return c, err
}

// SignInBrowser lets a person sign in to a provider on the page that open shows
// them, and waits for them. What it returns is the secret of a mailbox that is
// signed in to by data.ByToken. Its errors are those of login.Flow.InBrowser.
func SignInBrowser(ctx context.Context, p Provider, c Client, address string, open func(page string) error) (string, error) {
	return sealed(login.Flow{Provider: p, Client: c, Address: address}.InBrowser(ctx, open))
}

// SignInDevice is SignInBrowser on another device: show tells the person the page
// and the code. Its errors are those of login.Flow.ByCode.
func SignInDevice(ctx context.Context, p Provider, c Client, address string, show func(Code) error) (string, error) {
	return sealed(login.Flow{Provider: p, Client: c, Address: address}.ByCode(ctx, show))
}

func sealed(g login.Grant, err error) (string, error) {
	if err != nil {
		return "", err
	}
	return g.Whole(), nil
}

// keepable is a mailbox's secret in the form that every keeper takes.
func keepable(m data.Mailbox, secret string) string {
	if m.SignIn.Provider() == "" {
		return secret
	}
	g, err := login.Open(secret)
	if err != nil {
		return secret
	}
	return g.Seal()
}

// keepClient keeps the client that a sign-in was made with, for the next one,
// where there is none yet.
func keepClient(ctx context.Context, db *store.DB, keys secret.Keeper, m data.Mailbox, secret string) error {
	name := m.SignIn.Provider()
	if name == "" {
		return nil
	}
	p, err := ProviderNamed(ctx, db, name)
	if err != nil {
		return err
	}
	g, err := login.Open(secret)
	if err != nil {
		return nil // reading says what is wrong
	}
	if c, err := ClientOf(keys, p); err == nil && c.ID != "" {
		return nil
	}
	own, err := OwnProvider(ctx, db, name)
	if err != nil {
		return err
	}
	own.ClientID = g.Client.ID
	return PutProvider(ctx, db, keys, own, g.Client.Secret)
}

// mailboxSource is a mailbox with what it is signed in to with, which the keeper
// has; tokens outlives it, so that one that is good is used again.
func mailboxSource(db *store.DB, keys secret.Keeper, m data.Mailbox, tokens *tokenCache) mail.Source {
	return mail.Source{
		Mailbox: m, Password: secretOf(keys, m.SecretName(), m.Address),
		Token: func(ctx context.Context, refused string) (string, error) {
			return tokens.token(ctx, db, keys, grantOfMailbox(m), refused)
		},
	}
}

// grantOf is a sign-in by tokens: at which provider, where its secret is kept,
// whom it concerns, and whether it is for calendars.
type grantOf struct {
	signIn        data.SignIn
	secret, about string
	calendars     bool
}

func grantOfMailbox(m data.Mailbox) grantOf {
	return grantOf{signIn: m.SignIn, secret: m.SecretName(), about: m.Address}
}

func grantOfCalendar(c data.Calendar) grantOf {
	return grantOf{signIn: c.SignIn, secret: c.PasswordSecret(), about: c.Name, calendars: true}
}

// tokenCache has the tokens of mailboxes and calendars by where their secrets
// are, so that one that is good is used again in the next run. Its zero value is
// ready.
type tokenCache struct {
	mu sync.Mutex
	of map[string]*login.Tokens
}

func (c *tokenCache) token(ctx context.Context, db *store.DB, keys secret.Keeper, g grantOf, refused string) (string, error) {
	p, err := ProviderNamed(ctx, db, g.signIn.Provider())
	if errors.Is(err, data.ErrNotFound) {
		return "", &data.Problem{Kind: data.SignInAgain, About: g.about, Cause: err}
	}
	if err != nil {
		return "", err
	}
	if g.calendars {
		p = p.ForCalendars()
	}
	return c.tokens(keys, g, p).Token(ctx, refused)
}

func (c *tokenCache) tokens(keys secret.Keeper, g grantOf, p Provider) *login.Tokens {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.of[g.secret]
	if !ok || !sameProvider(t.Flow.Provider, p) {
		t = &login.Tokens{
			Flow: login.Flow{Provider: p, Address: g.about},
			Kept: func() (string, error) { return keptSignIn(keys, g) },
			Keep: func(s string) error { return keys.Put(g.secret, s) },
		}
		if c.of == nil {
			c.of = map[string]*login.Tokens{}
		}
		c.of[g.secret] = t
	}
	return t
}

// sameProvider says whether two providers give tokens in the same way.
func sameProvider(a, b Provider) bool {
	return a.Name == b.Name && a.TokenURL == b.TokenURL && slices.Equal(a.Scopes, b.Scopes)
}

func keptSignIn(keys secret.Keeper, g grantOf) (string, error) {
	v, err := keys.Value(g.secret)
	if errors.Is(err, data.ErrNotFound) {
		err = &data.Problem{Kind: data.SignInAgain, About: g.about, Cause: err}
	}
	return v, err
}

// secretOf asks the keeper when it is needed; a missing secret is a problem that
// a person can solve.
func secretOf(keys secret.Keeper, name, about string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		v, err := keys.Value(name)
		if errors.Is(err, data.ErrNotFound) {
			return "", &data.Problem{Kind: data.NoPassword, About: about, Cause: err}
		}
		return v, err
	}
}
