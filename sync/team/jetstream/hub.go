// Package jetstream carries a team's pieces over a hub: a cluster of NATS
// servers that the team runs itself, with a JetStream stream for each space.
// The hub is a relay and never the only copy. It sees sealed pieces, their
// sizes and times.
//
// A space has an account of its own on the hub, so that the server itself keeps
// its members from every other space, and in it one stream that keeps each
// piece once: the subject is its name, and neither overwriting nor removing is
// allowed to members. docs/hub says how such a hub is set up; Write makes its
// files, Make its streams, and Check says what is wrong with it. This package
// knows no keys but the credentials that are handed to it.
package jetstream

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"rapport/data"
	"rapport/sync/team"
)

// Settings say how to reach a space on a hub.
type Settings struct {
	// Servers are one or more of the hub's, as tls://host:4222.
	Servers []string
	Space   string
	// Creds is the text of a credentials file: a user's JWT and its key's seed.
	// The caller keeps it where secrets lie.
	Creds []byte
	// CA is the PEM of the authority that signed the servers' certificates;
	// empty for those that this laptop trusts already.
	CA []byte
	// Unsafe takes a hub that Check finds fault with, such as one server on this
	// laptop, where nothing is asked of it that people rely on.
	Unsafe bool
}

// Hub is the carrier of one space over a hub; Open makes one. It is a
// team.Watcher too. It holds one connection, which comes back by itself.
type Hub struct {
	space string
	about string // the hub's name for people
	nc    *nats.Conn

	mu    sync.Mutex
	calls map[*call]bool
	held  *listing
}

// call is a question that the hub may refuse.
type call struct{ end context.CancelCauseFunc }

// Open connects to a hub and refuses one that is not safely set, with a
// *data.Problem that says what is wrong, unless the settings say Unsafe.
func Open(ctx context.Context, s Settings) (*Hub, error) {
	h, err := connect(ctx, s)
	if err != nil || s.Unsafe {
		return h, err
	}
	if err := h.safe(ctx); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}

// safe refuses what Check finds wrong.
func (h *Hub) safe(ctx context.Context) error {
	faults, err := h.faults(ctx)
	if err == nil && len(faults) > 0 {
		err = &data.Problem{Kind: data.HubUnsafe, About: h.about, Detail: strings.Join(faults, "; ")}
	}
	return err
}

// Close ends the connection.
func (h *Hub) Close() { h.nc.Close() }

// connect asks for a connection and does not wait for it beyond ctx.
func connect(ctx context.Context, s Settings) (*Hub, error) {
	h, options, err := prepare(s)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	type outcome struct {
		nc  *nats.Conn
		err error
	}
	done := make(chan outcome)
	go func() {
		nc, err := dial(ctx, strings.Join(s.Servers, ","), options)
		select {
		case done <- outcome{nc, err}:
		case <-ctx.Done():
			if nc != nil {
				nc.Close()
			}
		}
	}()
	select {
	case o := <-done:
		h.nc = o.nc
		return h, trouble(o.err, h.about)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// findWithin is how long a hub is looked for; answerWithin is how long one that is there
// may take to greet us, since it may have thousands to greet.
const (
	findWithin   = 5 * time.Second
	answerWithin = 45 * time.Second
)

// dials is how often a hub is called that was there and hung up, as one does to which
// thousands of laptops come at once; dialWait is the longest wait before the second
// call, and doubles.
const (
	dials    = 5
	dialWait = time.Second
)

// dial connects, and calls again where the hub hung up before it knew who calls. Each
// laptop waits for another while, so that they do not come at once again.
func dial(ctx context.Context, servers string, options []nats.Option) (nc *nats.Conn, err error) {
	for n := range dials {
		if nc, err = nats.Connect(servers, options...); !hungUp(err) {
			return nc, err
		}
		wait := time.NewTimer(rand.N(dialWait << n))
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return nil, ctx.Err()
		}
	}
	return nc, err
}

// hungUp says whether a hub was there and let us go: it closed the line, or asked
// whether we live before it had answered.
func hungUp(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) ||
		err != nil && strings.Contains(err.Error(), "expected 'PONG'")
}

// prepare checks settings and turns them into options.
func prepare(s Settings) (*Hub, []nats.Option, error) {
	if err := team.CheckSpace(s.Space); err != nil {
		return nil, nil, err
	}
	about, err := checkServers(s.Servers)
	if err != nil {
		return nil, nil, err
	}
	h := &Hub{space: s.Space, about: about, calls: map[*call]bool{}}
	options := []nats.Option{
		nats.Name("rapport"), nats.SetCustomDialer(&net.Dialer{Timeout: findWithin}), nats.Timeout(answerWithin), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second),
		nats.ReconnectBufSize(-1), nats.PingInterval(20 * time.Second), nats.ErrorHandler(h.complaint),
	}
	if len(s.Creds) > 0 {
		inbox, err := inboxOf(s.Creds)
		if err != nil {
			return nil, nil, err
		}
		options = append(options, nats.UserCredentialBytes(s.Creds), nats.CustomInboxPrefix(inbox))
	}
	secure := &tls.Config{MinVersion: tls.VersionTLS12}
	if len(s.CA) > 0 {
		secure.RootCAs = x509.NewCertPool()
		if !secure.RootCAs.AppendCertsFromPEM(s.CA) {
			return nil, nil, &data.Invalid{Field: "ca", Says: "there is no certificate in it"}
		}
	}
	if !s.Unsafe || len(s.CA) > 0 {
		options = append(options, nats.Secure(secure))
	}
	return h, options, nil
}

// checkServers refuses addresses that are none, or that hold a password. It
// returns what the hub is called for people.
func checkServers(servers []string) (about string, err error) {
	for _, server := range servers {
		u, err := url.Parse(server)
		if err != nil || (u.Scheme != "tls" && u.Scheme != "nats") || u.Hostname() == "" || u.User != nil {
			return "", &data.Invalid{Field: "server", Says: "name the hub as tls://host:4222, with nothing else in it"}
		}
		if about == "" {
			about = u.Hostname()
		}
	}
	if about == "" {
		return "", &data.Invalid{Field: "server", Says: "name the hub, as tls://host:4222"}
	}
	return about, nil
}

// inboxOf is where the answers to a user go, and where only it may listen.
func inboxOf(creds []byte) (string, error) {
	token, err := jwt.ParseDecoratedJWT(creds)
	if err == nil {
		var claims *jwt.UserClaims
		if claims, err = jwt.DecodeUserClaims(token); err == nil {
			if _, err = jwt.ParseDecoratedUserNKey(creds); err == nil {
				return inboxFor(claims.Subject), nil
			}
		}
	}
	return "", &data.Invalid{Field: "credentials", Says: "these are none for a hub; a file of them begins with BEGIN NATS USER JWT"}
}

// PlaceOf is what the place of a space is called on a hub, by the credentials of one
// who may reach it: what Settings call Space.
func PlaceOf(creds []byte) (string, error) {
	if _, err := inboxOf(creds); err != nil {
		return "", err
	}
	token, err := jwt.ParseDecoratedJWT(creds)
	if err != nil {
		return "", err
	}
	claims, err := jwt.DecodeUserClaims(token)
	if err != nil {
		return "", err
	}
	for _, subject := range claims.Pub.Allow {
		parts := strings.Split(subject, ".")
		if len(parts) == 5 && subject == piecesOf(parts[1])+"*.*" && team.CheckSpace(parts[1]) == nil {
			return parts[1], nil
		}
	}
	return "", &data.Invalid{Field: "credentials", Says: "these are not a member's of a space; ask whoever runs the hub for yours"}
}

func inboxFor(user string) string { return "_INBOX_" + user }

// complaint ends the questions under way when the hub refuses something: it
// answers no forbidden question, and they would wait in vain.
func (h *Hub) complaint(_ *nats.Conn, _ *nats.Subscription, err error) {
	if !errors.Is(err, nats.ErrPermissionViolation) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.calls {
		c.end(nats.ErrPermissionViolation)
	}
}

// trouble turns what the client says into a problem that a person can act on,
// where it is one.
func trouble(err error, about string) error {
	if _, known := data.AsProblem(err); err == nil || known {
		return err
	}
	p := &data.Problem{About: about, Cause: err}
	var dns *net.DNSError
	var certificate *tls.CertificateVerificationError
	is := func(list ...error) bool {
		for _, e := range list {
			if errors.Is(err, e) {
				return true
			}
		}
		return false
	}
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &dns):
		p.Kind = data.UnknownHost
	case errors.As(err, &certificate):
		p.Kind = data.BadCertificate
	case is(nats.ErrAuthorization, nats.ErrAuthExpired, nats.ErrAuthRevoked, nats.ErrAccountAuthExpired, nats.ErrPermissionViolation, nkeys.ErrInvalidSeed):
		p.Kind = data.HubRefused
	case is(nats.ErrSecureConnWanted):
		p.Kind, p.Detail = data.HubUnsafe, "it does not encrypt"
	case is(nats.ErrNoServers, nats.ErrReconnectBufExceeded, nats.ErrDisconnected, nats.ErrConnectionReconnecting, nats.ErrConnectionClosed):
		p.Kind = data.Offline
	case is(nats.ErrTimeout, nats.ErrNoResponders, context.DeadlineExceeded):
		p.Kind = data.TimedOut
	default:
		return err
	}
	return p
}

var _ team.Watcher = (*Hub)(nil)
