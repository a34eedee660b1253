//go:build unix

package dovecot_test

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// tellingServer is a mail server in this process that tells of a mail the moment
// it is put there, and remembers when it wrote EXISTS on the wire.
type tellingServer struct {
	user *imapmemserver.User
	port int
	told atomic.Int64 // nanoseconds since 1970
}

func startTelling(tb testing.TB) *tellingServer {
	tb.Helper()
	s := &tellingServer{user: imapmemserver.NewUser("maya", "secret")}
	must(tb, s.user.Create("INBOX", nil))
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			u := imapmemserver.New()
			u.AddUser(s.user)
			return u.NewSession(), nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIdle: {}, imap.CapUnselect: {}, imap.CapESearch: {}}, InsecureAuth: true,
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(tb, err)
	s.port = ln.Addr().(*net.TCPAddr).Port
	ended := make(chan struct{})
	go func() { _ = server.Serve(telling{ln, s}); close(ended) }()
	tb.Cleanup(func() { _ = server.Close(); <-ended })
	return s
}

func (s *tellingServer) deliver(tb testing.TB, n int) {
	tb.Helper()
	raw := fmt.Sprintf("From: Anna <anna@kestrel.example>\r\nTo: maya@larkfield.example\r\nSubject: Heard %d\r\nMessage-ID: <h%d@kestrel.example>\r\nDate: %s\r\n\r\n%s\r\n",
		n, n, time.Now().Format(time.RFC1123Z), strings.Repeat("The lamps are here. ", 100))
	_, err := s.user.Append("INBOX", letter{strings.NewReader(raw)}, &imap.AppendOptions{})
	must(tb, err)
}

type letter struct{ *strings.Reader }

func (l letter) Size() int64 { return l.Reader.Size() }

// telling watches what a server writes.
type telling struct {
	net.Listener
	s *tellingServer
}

func (t telling) Accept() (net.Conn, error) {
	c, err := t.Listener.Accept()
	return tellingConn{c, t.s}, err
}

type tellingConn struct {
	net.Conn
	s *tellingServer
}

func (c tellingConn) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte(" EXISTS\r\n")) {
		c.s.told.CompareAndSwap(0, time.Now().UnixNano())
	}
	return c.Conn.Write(p)
}

// BenchmarkHeard measures Rapport's own share of hearing of a mail: from the
// server's EXISTS on the wire to the row of the account's timeline that a page
// can read, fetched, parsed, matched, indexed and kept with synchronous=FULL.
// What the server takes to notice the mail is not in it.
func BenchmarkHeard(b *testing.B) {
	server := startTelling(b)
	db, err := store.Open(b.Context(), b.TempDir(), store.Options{})
	must(b, err)
	defer db.Close()
	keys := drawer{}
	account := data.Account{Name: "Kestrel Museums", Domains: []string{"kestrel.example"}}
	_, err = db.Write(b.Context(), "", func(tx *store.Tx) (err error) {
		account, err = tx.AddAccount(account)
		return err
	})
	must(b, err)
	_, err = sync.AddMailbox(b.Context(), db, keys, data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: server.port, Security: data.Plain, User: "maya"}, "secret")
	must(b, err)
	rows := make(chan int, 1)
	stopWatch := db.Watch(func(store.Changed) {
		list, err := db.Timeline(context.Background(), data.TimelineQuery{Account: account.ID}, time.Now())
		if err == nil {
			select {
			case <-rows:
			default:
			}
			select {
			case rows <- len(list):
			default: // another commit was quicker, and has more to tell
			}
		}
	})
	defer stopWatch()
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- sync.New(db, keys, sync.Options{}).Run(ctx) }()
	defer func() { stop(); <-ended }()
	n := 0
	hear := func() time.Duration {
		n++
		server.told.Store(0)
		server.deliver(b, n)
		for have := range rows {
			if have >= n {
				break
			}
		}
		return time.Since(time.Unix(0, server.told.Load()))
	}
	hear() // signs in and listens
	var took []time.Duration
	for b.Loop() {
		took = append(took, hear())
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}
