//go:build unix

package dovecot_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/dovecot"
	"rapport/sync/login/logintest"
)

// drawer keeps secrets in memory.
type drawer map[string]string

func (d drawer) Value(name string) (string, error) {
	v, ok := d[name]
	if !ok {
		return "", data.ErrNotFound
	}
	return v, nil
}
func (d drawer) Put(name, v string) error { d[name] = v; return nil }
func (d drawer) Delete(name string) error { delete(d, name); return nil }
func (d drawer) Where() string            { return "memory" }

// TestTokensOpenARealServer signs in to a provider in the browser and reads, with
// its tokens, a Dovecot that asks the provider whose a token is: by the standard
// mechanism and by its forerunner, with a token that ran out in between, and not
// any more once the person took the sign-in back.
func TestTokensOpenARealServer(t *testing.T) {
	for _, mechanism := range []string{"oauthbearer", "xoauth2"} {
		t.Run(mechanism, func(t *testing.T) { readByToken(t, mechanism) })
	}
}

func readByToken(t *testing.T, mechanism string) {
	p := logintest.Start()
	t.Cleanup(p.Close)
	p.Address = dovecot.User
	server := startTaking(t, dovecot.Options{Introspect: p.URL + "/introspect", Mechanisms: mechanism})
	deliver := func(n int) {
		t.Helper()
		raw := fmt.Sprintf("From: anna@kestrel.example\r\nTo: maya@larkfield.example\r\nSubject: Lamps %d\r\nMessage-ID: <%d@kestrel.example>\r\n\r\nHello\r\n", n, n)
		if err := server.Deliver("INBOX", []byte(raw), time.Now(), false); err != nil {
			t.Fatal(err)
		}
	}
	deliver(1)
	db, err := store.Open(t.Context(), t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	keys := drawer{}
	entry := p.Entry()
	entry.ClientID = p.Client.ID
	if err := sync.PutProvider(t.Context(), db, keys, entry, p.Client.Secret); err != nil {
		t.Fatal(err)
	}
	secret, err := sync.SignInBrowser(t.Context(), entry, p.Client, "maya@larkfield.example", logintest.BrowseBeside)
	if err != nil {
		t.Fatal(err)
	}
	m := data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: server.Port, Security: data.Plain, User: dovecot.User, SignIn: data.ByToken(entry.Name)}
	if _, err := sync.AddMailbox(t.Context(), db, keys, m, secret); err != nil {
		t.Fatal(err)
	}
	read := func(want int, trouble string) {
		t.Helper()
		lines, err := sync.New(db, keys, sync.Options{}).Once(t.Context())
		if (trouble == "") != (err == nil) || len(lines) == 0 || !strings.Contains(lines[0].Problem, trouble) || (trouble == "") != (lines[0].Problem == "") {
			t.Fatalf("%+v, %v; want the trouble %q", lines, err, trouble)
		}
		if n := mailsIn(t, db); n != want {
			t.Errorf("%d mails are here, want %d", n, want)
		}
	}
	read(1, "")
	p.Expire() // as an hour later
	deliver(2)
	read(2, "")
	p.Expire()
	p.Revoke(true)
	deliver(3)
	read(2, "no longer valid")
	for _, token := range p.Secrets() {
		if strings.Contains(server.Log(), token) {
			t.Error("a token stands in the server's log")
		}
	}
}

func mailsIn(t *testing.T, db *store.DB) (n int) {
	t.Helper()
	for _, err := range db.Messages(context.Background(), data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

func startTaking(t *testing.T, o dovecot.Options) *dovecot.Server {
	t.Helper()
	dir, err := os.MkdirTemp("", "dc") // short: paths of sockets have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	server, err := dovecot.StartWith(dir, o)
	if errors.Is(err, dovecot.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Stop()
		if t.Failed() {
			t.Logf("Dovecot said:\n%s", server.Log())
		}
	})
	return server
}
