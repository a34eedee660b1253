package logintest

import (
	"net"
	"strings"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/emersion/go-sasl"
)

// Mail is an IMAP server that is signed in to with tokens.
type Mail struct {
	Port int
	// Mechanisms are those that it takes: OAUTHBEARER, XOAUTH2.
	Mechanisms []string
	// Opens says whether a token opens the mailbox of a user.
	Opens func(user, token string) bool

	user   *imapmemserver.User
	server *imapserver.Server
	mu     sync.Mutex
	tried  []string
}

// StartMail starts a mail server for one user, whose inbox holds the mails.
func StartMail(opens func(user, token string) bool, mechanisms []string, mails ...string) (*Mail, error) {
	m := &Mail{Mechanisms: mechanisms, Opens: opens, user: imapmemserver.NewUser("nobody", "")}
	if err := m.user.Create("INBOX", nil); err != nil {
		return nil, err
	}
	for _, raw := range mails {
		raw = strings.ReplaceAll(raw, "\n", "\r\n")
		if _, err := m.user.Append("INBOX", literal{strings.NewReader(raw)}, &imap.AppendOptions{}); err != nil {
			return nil, err
		}
	}
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapSASLIR: {}, imap.CapESearch: {}}
	for _, mechanism := range mechanisms {
		caps[imap.AuthCap(mechanism)] = struct{}{}
	}
	m.server = imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &session{UserSession: imapmemserver.NewUserSession(m.user), mail: m}, nil, nil
		},
		Caps: caps, InsecureAuth: true,
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	m.Port = ln.Addr().(*net.TCPAddr).Port
	go func() { _ = m.server.Serve(ln) }() // ends with Close
	return m, nil
}

// Close ends the server.
func (m *Mail) Close() { _ = m.server.Close() }

// Tried are the mechanisms that were tried, in order.
func (m *Mail) Tried() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.tried...)
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

type session struct {
	*imapmemserver.UserSession
	mail *Mail
}

// Login refuses: this server takes no password.
func (s *session) Login(string, string) error { return imapserver.ErrAuthFailed }

// AuthenticateMechanisms are those that the server takes.
func (s *session) AuthenticateMechanisms() []string { return s.mail.Mechanisms }

// Authenticate signs in with a token.
func (s *session) Authenticate(mechanism string) (sasl.Server, error) {
	s.mail.mu.Lock()
	s.mail.tried = append(s.mail.tried, mechanism)
	s.mail.mu.Unlock()
	switch mechanism {
	case sasl.OAuthBearer:
		return bearer{sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
			if !s.mail.Opens(o.Username, o.Token) {
				return &sasl.OAuthBearerError{Status: "invalid_token", Schemes: "bearer"}
			}
			return nil
		})}, nil
	case "XOAUTH2":
		return &xoauth2{mail: s.mail}, nil
	}
	return nil, &imap.Error{Type: imap.StatusResponseTypeNo, Text: "no such mechanism"}
}

// bearer refuses as a mail server does.
type bearer struct{ sasl.Server }

// Next answers the client.
func (b bearer) Next(response []byte) (challenge []byte, done bool, err error) {
	challenge, done, err = b.Server.Next(response)
	if err != nil {
		err = &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeAuthenticationFailed, Text: "invalid token"}
	}
	return challenge, done, err
}

// xoauth2 is the server's side of XOAUTH2: a refusal is a challenge with JSON,
// which the client answers with an empty line.
type xoauth2 struct {
	mail    *Mail
	refused bool
}

// Next answers the client.
func (x *xoauth2) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case x.refused && len(response) == 0:
		return nil, true, &imap.Error{Type: imap.StatusResponseTypeNo, Code: imap.ResponseCodeAuthenticationFailed, Text: "Invalid credentials (Failure)"}
	case x.refused:
		return nil, true, &imap.Error{Type: imap.StatusResponseTypeBad, Text: "an empty line was expected"}
	case response == nil:
		return nil, false, nil
	}
	user, rest, ok := strings.Cut(string(response), "\x01")
	token, end, ok2 := strings.Cut(rest, "\x01")
	user, ok3 := strings.CutPrefix(user, "user=")
	token, ok4 := strings.CutPrefix(token, "auth=Bearer ")
	if !ok || !ok2 || !ok3 || !ok4 || end != "\x01" {
		return nil, true, &imap.Error{Type: imap.StatusResponseTypeBad, Text: "not XOAUTH2"}
	}
	if !x.mail.Opens(user, token) {
		x.refused = true
		return []byte(`{"status":"400","schemes":"Bearer","scope":"https://mail.example/"}`), false, nil
	}
	return nil, true, nil
}
