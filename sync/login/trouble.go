package login

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/url"
	"os"
	"regexp"

	"rapport/data"

	"golang.org/x/oauth2"
)

// answers are what the codes of errors mean (RFC 6749, section 5.2, RFC 8628,
// section 3.5, OpenID Connect and Microsoft's own).
var answers = map[string]data.ProblemKind{
	"invalid_grant":           data.SignInAgain,
	"interaction_required":    data.SignInAgain,
	"consent_required":        data.SignInAgain,
	"login_required":          data.SignInAgain,
	"invalid_client":          data.WrongClientID,
	"unauthorized_client":     data.WrongClientID,
	"invalid_scope":           data.WrongClientID,
	"access_denied":           data.SignInDenied,
	"authorization_declined":  data.SignInDenied,
	"expired_token":           data.SignInLate,
	"code_expired":            data.SignInLate,
	"temporarily_unavailable": data.ServerSaid,
	"server_error":            data.ServerSaid,
	"slow_down":               data.ServerSaid,
}

// problem tells what went wrong with a provider. Neither the library's words nor
// the provider's go into it, since both repeat what was sent; its code does.
func (f Flow) problem(err error) error {
	if err == nil || errors.As(err, new(*data.Problem)) || errors.Is(err, context.Canceled) {
		return err
	}
	var said *oauth2.RetrieveError
	if errors.As(err, &said) {
		status := 0
		if said.Response != nil {
			status = said.Response.StatusCode
		}
		return f.refusal(said.ErrorCode, said.ErrorDescription, status)
	}
	if p := f.unreached(err); p != nil {
		return p
	}
	return f.trouble(data.ServerSaid, "it answers, but not as a sign-in server does")
}

// refusal is what a provider's code of an error means.
func (f Flow) refusal(code, description string, status int) *data.Problem {
	kind, known := answers[code]
	switch {
	case known && kind == data.SignInAgain:
		p := f.trouble(kind, namedCode("", description))
		p.About = f.about()
		return p
	case known:
		return f.trouble(kind, namedCode("", description))
	case code == "" && (status >= 500 || status == 429):
		return f.trouble(data.ServerSaid, "its sign-in server is not well")
	case code == "":
		return f.trouble(data.ServerSaid, "it answers, but not as a sign-in server does")
	}
	return f.trouble(data.SignInFailed, namedCode(code, description))
}

var (
	codeForm      = regexp.MustCompile(`^[a-z][a-z_]{1,40}$`)
	microsoftCode = regexp.MustCompile(`^AADSTS[0-9]{3,9}\b`)
)

// namedCode is what can be searched for: Microsoft's own number, else the code.
func namedCode(code, description string) string {
	if number := microsoftCode.FindString(description); number != "" {
		return number
	}
	if codeForm.MatchString(code) {
		return code
	}
	return ""
}

// unreached says why a provider could not be asked; nil if it could.
func (f Flow) unreached(err error) error {
	var (
		unknown *net.DNSError
		cert    *tls.CertificateVerificationError
		op      *net.OpError
		asking  *url.Error
		timeout net.Error
	)
	switch {
	case errors.As(err, &cert):
		return f.trouble(data.BadCertificate, "")
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return f.trouble(data.TimedOut, "")
	case errors.As(err, &unknown), errors.As(err, &op), errors.As(err, &asking):
		return f.trouble(data.Offline, "")
	}
	return nil
}

func (f Flow) trouble(kind data.ProblemKind, detail string) *data.Problem {
	return &data.Problem{Kind: kind, About: f.Provider.Shown(), Detail: detail}
}

// about is what a sign-in is for: the mailbox, else the provider.
func (f Flow) about() string {
	if f.Address != "" {
		return f.Address
	}
	return f.Provider.Shown()
}
