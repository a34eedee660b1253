package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"unicode"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// lost is a connection that ended: how, and the server's last words.
type lost struct {
	how     loss
	goodbye string
	cause   error
}

// loss is a way in which a connection ends.
type loss string

const (
	dropped   loss = "the server closed the connection"
	silent    loss = "the server stopped answering"
	malformed loss = "the server's answer could not be understood"
)

func (l *lost) Error() string { return string(l.how) }
func (l *lost) Unwrap() error { return l.cause }

// asLost finds out whether an error means that the connection is gone.
func asLost(err error) (*lost, bool) {
	var l *lost
	ok := errors.As(err, &l)
	return l, ok
}

// problem tells an error of a session in the words of data.Problem. Errors of
// emit and of the context pass as they are.
func (s Source) problem(err error) error {
	var said *imap.Error
	l, gone := asLost(err)
	switch {
	case err == nil, errors.Is(err, errEmit), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, new(*data.Problem)):
		return err
	case gone && pleaIn(l.goodbye) > 0: // its last words, read before anything could heed them
		return s.busy(l.goodbye, pleaIn(l.goodbye))
	case gone && l.how == silent:
		return s.trouble(data.TimedOut, "", err)
	case gone && l.how == dropped:
		return s.trouble(data.Dropped, l.goodbye, err)
	case gone:
		return s.trouble(data.ServerSaid, string(malformed), err)
	case errors.As(err, &said):
		return s.trouble(data.ServerSaid, said.Text, err)
	}
	return s.trouble(data.ServerSaid, "", err)
}

func (s Source) trouble(kind data.ProblemKind, detail string, cause error) *data.Problem {
	return &data.Problem{Kind: kind, About: s.Mailbox.Host, Detail: words(detail), Cause: cause}
}

// words are a server's words made fit for one line: printable, short.
func words(s string) string {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, s)), " ")
	if runes := []rune(s); len(runes) > 160 {
		s = string(runes[:160]) + "…"
	}
	return strings.TrimRight(s, ".")
}

// dialProblem says why no connection came about.
func (s Source) dialProblem(err error) error {
	var unknown *net.DNSError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return s.trouble(data.UnknownHost, "", err)
	case errors.As(err, &unknown):
		return s.trouble(data.Offline, "", err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return s.trouble(data.Refused, "", err)
	case isTimeout(err):
		return s.trouble(data.TimedOut, "", err)
	case errors.Is(err, syscall.ECONNRESET):
		return s.trouble(data.Dropped, "", err)
	}
	return s.trouble(data.Offline, "", err)
}

// handshakeProblem says why no encryption came about.
func (s Source) handshakeProblem(err error) error {
	var (
		untrusted *data.Untrusted
		refused   *tls.CertificateVerificationError
		notTLS    tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &untrusted):
		return s.trouble(data.OtherCertificate, "", err)
	case errors.As(err, &refused) && len(refused.UnverifiedCertificates) > 0:
		shown := s.certificate(refused.UnverifiedCertificates[0])
		shown.Why = untrustedWords(refused.Err)
		return s.trouble(data.BadCertificate, shown.Why, &data.Untrusted{Certificate: shown, Cause: err})
	case errors.As(err, &notTLS):
		return s.trouble(data.NoEncryption, "", err)
	case isTimeout(err):
		return s.trouble(data.TimedOut, "", err)
	}
	return s.trouble(data.Dropped, "", err)
}

// loginProblem says why signing in failed: by what the server says it is about
// the password, about the account, or about the server itself.
func (s Source) loginProblem(err error) error {
	var said *imap.Error
	if !errors.As(err, &said) {
		return s.problem(err)
	}
	said.Text = hide(said.Text, s.Mailbox.User)
	if words := saidIn(said); pleaIn(words) > 0 || isHitch(words) {
		return s.refusal(words, err)
	}
	switch said.Code {
	case imap.ResponseCodeServerBug, imap.ResponseCodeContactAdmin, imap.ResponseCodeOverQuota:
		return s.trouble(data.ServerSaid, said.Text, err)
	case imap.ResponseCodePrivacyRequired:
		return s.trouble(data.NoEncryption, "", err)
	}
	if said.Type == imap.StatusResponseTypeBad {
		return s.trouble(data.ServerSaid, said.Text, err)
	}
	return s.trouble(data.WrongPassword, "", err)
}

// hide replaces secrets in a text that a server sent back.
func hide(s string, secrets ...string) string {
	for _, secret := range secrets {
		if len(secret) > 2 {
			s = strings.ReplaceAll(s, secret, "…")
		}
	}
	return s
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout()
}

// folderWords is why a folder was left out this time, for the ledger.
func folderWords(err error) string {
	var said *imap.Error
	if errors.As(err, &said) && said.Text != "" {
		return fmt.Sprintf("the folder could not be read (%s)", words(said.Text))
	}
	return "the folder could not be read"
}
