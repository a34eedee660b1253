package mail

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"rapport/data"
)

// bearer signs in with an access token, by OAUTHBEARER (RFC 7628) or XOAUTH2,
// its forerunner, which Google and Microsoft have. A server that refuses says why
// in JSON, as a challenge; it is answered, so that the server's own words follow.
type bearer struct {
	mechanism, user, token string
	refused                refusal
}

// refusal is what a server says of a token that it does not take.
type refusal struct {
	Status string `json:"status"`
}

const xoauth2 = "XOAUTH2"

// bearerFor is the sign-in with a token that a server offers, the standard one
// first; nil if it offers none.
func bearerFor(caps imap.CapSet, user, token string) *bearer {
	for _, mechanism := range []string{sasl.OAuthBearer, xoauth2} {
		if caps.Has(imap.AuthCap(mechanism)) {
			return &bearer{mechanism: mechanism, user: user, token: token}
		}
	}
	return nil
}

// Start is the whole message: a token needs no second one.
func (b *bearer) Start() (mechanism string, response []byte, err error) {
	if b.mechanism == sasl.OAuthBearer {
		return sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: b.user, Token: b.token}).Start()
	}
	return xoauth2, []byte("user=" + b.user + "\x01auth=Bearer " + b.token + "\x01\x01"), nil
}

// Next hears why the token was refused, and lets the server end the exchange.
func (b *bearer) Next(challenge []byte) ([]byte, error) {
	_ = json.Unmarshal(challenge, &b.refused) // what is no JSON says nothing
	if b.mechanism == sasl.OAuthBearer {
		return []byte{1}, nil
	}
	return nil, nil
}

// meaning is the refusal in words, with the server's last ones where they name
// another reason than the token; "" where they say no more than no.
func (r refusal) meaning(said string) string {
	switch status := strings.ToLower(r.Status); {
	case status == "insufficient_scope", status == "403":
		return "it was not allowed to read mail"
	case strings.Contains(strings.ToLower(said), "disabled"):
		return said
	}
	return ""
}

// signInWith authenticates with a token. A token that is refused is a
// *data.Problem of its own kind, since another one may do.
func (s *session) signInWith(token string) error {
	b := bearerFor(s.client.Caps(), s.source.Mailbox.User, token)
	if b == nil {
		return s.source.trouble(data.NoTokens, "", nil)
	}
	done := s.wire.barely()
	err := s.explain(s.client.Authenticate(b))
	done()
	if err == nil {
		return nil
	}
	var said *imap.Error
	problem := s.source.loginProblem(hidden(err, token))
	if p, ok := data.AsProblem(problem); ok && p.Kind == data.WrongPassword && errors.As(err, &said) {
		return s.source.trouble(data.TokenRefused, b.refused.meaning(said.Text), nil)
	}
	return problem
}
