package login

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"rapport/data"

	"golang.org/x/oauth2"
)

// Flow is one sign-in of one mailbox at a provider. Provider and Client are
// needed; the zero value of every other field is what a user wants.
type Flow struct {
	Provider Provider
	Client   Client
	// Address is the mailbox's: the provider's page proposes it.
	Address string
	// Transport is how the provider is reached; the usual one if nil.
	Transport http.RoundTripper
	// Now is the clock that tokens are dated by; time.Now if nil.
	Now func() time.Time
	// Patience is how long the provider may take for an answer; 30 s if 0.
	Patience time.Duration
	// Within is how long a person has for the sign-in in the browser; 10 minutes
	// if 0.
	Within time.Duration
}

func (f Flow) ready() (Flow, error) {
	if f.Client.ID == "" {
		return f, f.trouble(data.NoClientID, "")
	}
	if err := f.Provider.Check(); err != nil {
		return f, err
	}
	if f.Transport == nil {
		f.Transport = http.DefaultTransport
	}
	if f.Now == nil {
		f.Now = time.Now
	}
	if f.Patience <= 0 {
		f.Patience = 30 * time.Second
	}
	if f.Within <= 0 {
		f.Within = 10 * time.Minute
	}
	return f, nil
}

// asking is a context in which the library asks the provider by our client,
// which follows no redirect, since it carries secrets, and ends with the context
// and with patience. The library neither passes its context on everywhere nor
// closes every answer, so answers are read here.
func (f Flow) asking(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{
		Transport:     trip(func(r *http.Request) (*http.Response, error) { return f.ask(ctx, r) }),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
}

// mostAnswer is how long an answer of a provider may be.
const mostAnswer = 1 << 20

func (f Flow) ask(ctx context.Context, r *http.Request) (*http.Response, error) {
	limited, cancel := context.WithTimeout(ctx, f.Patience)
	defer cancel()
	answer, err := f.Transport.RoundTrip(r.WithContext(limited))
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, nil
}

type trip func(*http.Request) (*http.Response, error)

// RoundTrip does what the function does.
func (t trip) RoundTrip(r *http.Request) (*http.Response, error) { return t(r) }

// renew gets another access token for a grant.
func (f Flow) renew(ctx context.Context, g Grant) (Grant, error) {
	f.Client = g.Client
	f, err := f.ready()
	if err != nil {
		return g, err
	}
	if g.Refresh == "" {
		p := f.trouble(data.SignInAgain, "")
		p.About = f.about()
		return g, p
	}
	token, err := f.Provider.config(g.Client).TokenSource(f.asking(ctx), &oauth2.Token{RefreshToken: g.Refresh}).Token()
	if err != nil {
		return g, f.failed(ctx, err)
	}
	return g.renewed(token, f.Now()), nil
}

// failed is the error of the context where that has ended, else the provider's.
func (f Flow) failed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return f.problem(err)
}
