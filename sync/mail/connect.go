package mail

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
)

// connect opens a connection, encrypts it as the mailbox asks, and signs in.
// The connection ends with ctx.
func (s Source) connect(ctx context.Context, password string) (*session, error) {
	conn, err := s.Dial(ctx, "tcp", net.JoinHostPort(s.Mailbox.Host, strconv.Itoa(s.Mailbox.Port)))
	if err != nil {
		return nil, s.dialProblem(err)
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() }) // unblocks whatever waits for it
	w, err := s.protect(ctx, conn)
	if err != nil {
		stop()
		_ = conn.Close() // err says what matters
		return nil, err
	}
	heard := newNews()
	sess := &session{
		client: imapclient.New(w, &imapclient.Options{UnilateralDataHandler: heard.handler()}),
		wire:   w, raw: conn, source: s, stop: stop, news: heard,
	}
	w.readBy(sess.client.Closed())
	if err := sess.signIn(password); err != nil {
		sess.close()
		return nil, err
	}
	return sess, nil
}

// protect makes the connection fit for a password.
func (s Source) protect(ctx context.Context, conn net.Conn) (*wire, error) {
	greeting := ""
	switch s.Mailbox.Security {
	case data.TLS:
	case data.StartTLS:
		if err := s.startTLS(conn); err != nil {
			return nil, err
		}
		// The greeting has been read; the library waits for one.
		greeting = "* OK encrypted\r\n"
	case data.Plain:
		if !data.IsLoopback(s.Mailbox.Host) {
			return nil, s.trouble(data.NoEncryption, "", nil)
		}
		return newWire(conn, s.Patience, ""), nil
	}
	client := tls.Client(conn, s.trusting())
	limited, cancel := context.WithTimeout(ctx, s.Patience)
	defer cancel()
	if err := client.HandshakeContext(limited); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if errors.Is(err, context.DeadlineExceeded) {
			return nil, s.trouble(data.TimedOut, "", err)
		}
		return nil, s.handshakeProblem(err)
	}
	return newWire(client, s.Patience, greeting), nil
}

// startTLS asks for encryption on a plain connection, and believes nothing that
// came before it: a server that offers none, that has signed us in already, or
// that has more to say before the encryption begins (RFC 9051, section 6.2.1) is
// refused.
func (s Source) startTLS(conn net.Conn) error {
	_ = conn.SetDeadline(time.Now().Add(s.Patience)) // on a closed connection reading says so
	in := bufio.NewReaderSize(conn, 8<<10)
	greeting, err := plainLine(in)
	switch {
	case err != nil:
		return s.plainProblem(err)
	case !strings.HasPrefix(greeting, "* OK"):
		return s.greetingProblem(greeting)
	}
	if _, err := io.WriteString(conn, "S1 STARTTLS\r\n"); err != nil {
		return s.plainProblem(err)
	}
	for {
		line, err := plainLine(in)
		if err != nil {
			return s.plainProblem(err)
		}
		if strings.HasPrefix(line, "* ") {
			continue // untagged data from before the encryption is forgotten
		}
		if !strings.HasPrefix(line, "S1 OK") {
			return s.trouble(data.NoEncryption, "", nil)
		}
		break
	}
	if in.Buffered() > 0 {
		return s.trouble(data.NoEncryption, "it sent more before the encryption began", nil)
	}
	return conn.SetDeadline(time.Time{})
}

var errPlainLine = errors.New("a line without end")

func plainLine(in *bufio.Reader) (string, error) {
	line, err := in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return "", errPlainLine
	}
	return strings.ToUpper(strings.TrimSpace(string(line))), err
}

func (s Source) plainProblem(err error) error {
	switch {
	case errors.Is(err, errPlainLine):
		return s.trouble(data.ServerSaid, notIMAP, err)
	case isTimeout(err):
		return s.trouble(data.TimedOut, "", err)
	}
	return s.trouble(data.Dropped, "", err)
}

const notIMAP = "it answers, but not as a mail server does"

func (s Source) greetingProblem(line string) error {
	switch {
	case strings.HasPrefix(line, "* PREAUTH"):
		return s.trouble(data.NoEncryption, "", nil)
	case strings.HasPrefix(line, "* BYE"):
		return s.refusal(strings.ToLower(strings.TrimPrefix(line, "* BYE ")), nil)
	}
	return s.trouble(data.ServerSaid, notIMAP, nil)
}
