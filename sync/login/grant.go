package login

import (
	"encoding/json"
	"errors"
	"log/slog"
	"time"

	"golang.org/x/oauth2"
)

// Client is what a provider knows a program by. Rapport comes without one: an
// organisation or a person registers their own.
type Client struct {
	ID string
	// Secret comes with the ID at some providers; "" at the others.
	Secret string
}

// Grant is what a person allowed: it opens a mailbox until they take it back. It
// is a secret, and prints as a word.
type Grant struct {
	Client  Client
	Refresh string // "" at a provider that gives none: Access is then all there is
	Access  string
	Expiry  time.Time // of Access; the zero time if it is not known
}

// String hides what the grant holds.
func (Grant) String() string { return "a sign-in" }

// GoString hides what the grant holds.
func (g Grant) GoString() string { return g.String() }

// LogValue hides what the grant holds.
func (g Grant) LogValue() slog.Value { return slog.StringValue(g.String()) }

type sealed struct {
	V       int       `json:"v"`
	ID      string    `json:"id"`
	Secret  string    `json:"secret,omitempty"`
	Refresh string    `json:"refresh,omitempty"`
	Access  string    `json:"access,omitempty"`
	Expiry  time.Time `json:"expiry,omitzero"`
}

// mostSealed is what every system's keyring takes; Windows takes least.
const mostSealed = 2400

// Seal is the grant as one secret for a keeper. The access token is left out
// where the whole would be too long for a keyring: another is got with the rest.
func (g Grant) Seal() string {
	whole := g.Whole()
	if len(whole) <= mostSealed || g.Refresh == "" {
		return whole
	}
	g.Access, g.Expiry = "", time.Time{}
	return g.Whole()
}

// Whole is the grant as one secret with all that it has, however long.
func (g Grant) Whole() string {
	return asJSON(sealed{1, g.Client.ID, g.Client.Secret, g.Refresh, g.Access, g.Expiry.UTC()})
}

func asJSON(v sealed) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("bug: a grant is texts and a time: " + err.Error())
	}
	return string(text)
}

var errNoGrant = errors.New("what is kept is no sign-in")

// Open reads what Seal or Whole wrote.
func Open(secret string) (Grant, error) {
	var s sealed
	if json.Unmarshal([]byte(secret), &s) != nil || s.V != 1 || s.ID == "" || s.Refresh == "" && s.Access == "" {
		return Grant{}, errNoGrant // the decoder's words may repeat a password
	}
	return Grant{Client{s.ID, s.Secret}, s.Refresh, s.Access, s.Expiry}, nil
}

// margin is how long an access token must still be good: signing in takes a
// while, and clocks differ.
const margin = time.Minute

// isFresh says whether the access token can be used at a moment.
func (g Grant) isFresh(now time.Time) bool {
	return g.Access != "" && (g.Expiry.IsZero() || now.Add(margin).Before(g.Expiry))
}

// renewed is the grant with what a provider gave, as of a moment. A refresh token
// stays unless another came.
func (g Grant) renewed(t *oauth2.Token, now time.Time) Grant {
	g.Access, g.Expiry = t.AccessToken, time.Time{}
	if t.ExpiresIn > 0 {
		g.Expiry = now.Add(time.Duration(t.ExpiresIn) * time.Second)
	} else if !t.Expiry.IsZero() {
		g.Expiry = t.Expiry
	}
	if t.RefreshToken != "" {
		g.Refresh = t.RefreshToken
	}
	return g
}
