package login

import (
	"context"
	"errors"
	"time"

	"rapport/data"

	"golang.org/x/oauth2"
)

// Code is what a person enters on the provider's page, on any device.
type Code struct {
	// Page is where to enter the code.
	Page string
	Code string
	// Until is when the code is worth nothing any more.
	Until time.Time
}

// maxFailures is how often the provider may be out of reach while a
// person takes their time.
const maxFailures = 5

// ByCode lets a person sign in on another device: show tells them the page and
// the code. It asks the provider as often as that allows until they have.
//
// Its errors are those of show and ctx, *data.Invalid where the provider has no
// such sign-in, and *data.Problem.
func (f Flow) ByCode(ctx context.Context, show func(Code) error) (Grant, error) {
	f, err := f.ready()
	if err != nil {
		return Grant{}, err
	}
	if why := f.Provider.NoDevice(); why != "" {
		return Grant{}, &data.Invalid{Field: "device", Says: why + "; sign in in the browser on this laptop"}
	}
	config := f.Provider.config(f.Client)
	given, err := config.DeviceAuth(f.asking(ctx))
	if err != nil {
		return Grant{}, f.notLetIn(f.failed(ctx, err))
	}
	if given.DeviceCode == "" || given.UserCode == "" || given.VerificationURI == "" {
		return Grant{}, f.trouble(data.ServerSaid, "it answers, but not as a sign-in server does")
	}
	if given.Expiry.IsZero() {
		given.Expiry = time.Now().Add(f.Within)
	}
	if err := show(Code{given.VerificationURI, given.UserCode, given.Expiry}); err != nil {
		return Grant{}, err
	}
	token, err := f.poll(ctx, config, given)
	if err != nil {
		return Grant{}, err
	}
	return Grant{Client: f.Client}.renewed(token, f.Now()), nil
}

// poll asks until the person has agreed. The library waits before it asks, and
// longer when it is told to.
func (f Flow) poll(ctx context.Context, config *oauth2.Config, given *oauth2.DeviceAuthResponse) (*oauth2.Token, error) {
	for failures := 0; ; failures++ {
		token, err := config.DeviceAccessToken(f.asking(ctx), given)
		switch {
		case err == nil:
			return token, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !time.Now().Before(given.Expiry):
			return nil, f.trouble(data.SignInLate, "")
		case errors.As(err, new(*oauth2.RetrieveError)), f.unreached(err) == nil, failures == maxFailures:
			return nil, f.notLetIn(f.problem(err))
		}
	}
}
