package mail

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"rapport/data"
)

// guesses tries the usual names at the domain, with encryption from the first
// byte, as far as the greeting. It says nothing to the server.
func (f *search) guesses(ctx context.Context) []Found {
	hosts := []string{"imap." + f.domain, "mail." + f.domain}
	errs := make([]error, len(hosts))
	sideBySide(len(hosts), func(i int) { errs[i] = f.greeted(ctx, hosts[i]) })
	var found []Found
	for i, host := range hosts {
		f.answered = f.answered || errs[i] == nil || spoke(errs[i])
		switch {
		case errs[i] != nil:
			f.note(fmt.Sprintf("tried %s:993: %s", host, whyNot(errs[i])))
		case len(found) == 0:
			found = append(found, Found{
				Host: host, Port: 993, Security: data.TLS, User: f.address, UserForm: WholeAddress, By: ByGuess, SignIn: WithPassword,
			})
		}
	}
	return found
}

var errNotGreeted = errors.New("it does not greet as a mail server does")

// greeted connects and reads the greeting of a mail server that can be trusted
// to be what it is called.
func (f *search) greeted(ctx context.Context, host string) error {
	conn, err := f.Dial(ctx, "tcp", net.JoinHostPort(host, "993"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // nothing was written
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	client := tls.Client(conn, &tls.Config{ServerName: host, RootCAs: f.RootCAs, MinVersion: tls.VersionTLS12})
	if err := client.HandshakeContext(ctx); err != nil {
		return err
	}
	line, err := plainLine(bufio.NewReaderSize(client, 8<<10))
	switch {
	case err != nil:
		return err
	case !strings.HasPrefix(line, "* OK"):
		return errNotGreeted
	}
	return nil
}
