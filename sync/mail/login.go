package mail

import (
	"errors"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"rapport/data"
)

// signIn waits for the greeting and authenticates: with a token where the mailbox
// has one, else by AUTHENTICATE PLAIN where that is advertised, else by LOGIN
// where that is not forbidden.
func (s *session) signIn(secret string) error {
	answered := s.wire.expect()
	defer answered()
	if err := s.greet(); err != nil {
		return err
	}
	if s.client.State() == imap.ConnStateAuthenticated { // PREAUTH, on a connection that we trust
		s.caps = s.client.Caps()
		return nil
	}
	if s.source.Mailbox.SignIn.Provider() != "" {
		if err := s.signInWith(secret); err != nil {
			return err
		}
	} else if err := s.explain(s.authenticate(secret)); err != nil {
		return s.source.loginProblem(hidden(err, secret))
	}
	s.caps = s.client.Caps()
	return nil
}

func (s *session) greet() error {
	err := s.client.WaitGreeting()
	var said *imap.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return s.source.refusal(saidIn(said), err)
	}
	switch l, ok := asLost(s.explain(err)); {
	case ok && l.goodbye != "": // a greeting that is a farewell; the library tells either of the two
		return s.source.refusal(l.goodbye, err)
	case ok && l.how != malformed:
		return s.source.problem(l)
	}
	return s.source.trouble(data.ServerSaid, notIMAP, err)
}

func (s *session) authenticate(password string) error {
	caps, user := s.client.Caps(), s.source.Mailbox.User
	if caps.Has(imap.AuthCap("PLAIN")) {
		err := s.client.Authenticate(sasl.NewPlainClient("", user, password))
		var said *imap.Error
		if !errors.As(err, &said) || said.Type != imap.StatusResponseTypeBad {
			return err
		}
		// It does not know what it advertises; LOGIN is the older way.
	}
	if caps.Has(imap.CapLoginDisabled) {
		return s.loginDisabled()
	}
	return s.client.Login(user, password).Wait()
}

func (s *session) loginDisabled() error {
	if s.source.Mailbox.Security == data.Plain {
		return s.source.trouble(data.NoEncryption, "", nil)
	}
	return s.source.trouble(data.ServerSaid, "it takes no password in a way that Rapport knows", nil)
}

// hidden takes the password out of a server's words.
func hidden(err error, password string) error {
	var said *imap.Error
	if errors.As(err, &said) {
		said.Text = hide(said.Text, password)
	}
	return err
}
