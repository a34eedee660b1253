//go:build unix

package dovecot_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
	"rapport/sync/dovecot"
)

// tollgate stands before a server. It counts who comes through and what they say,
// and cuts the line where the server says that the nth APPEND was completed, before
// the client hears it.
type tollgate struct {
	listens net.Listener
	cutAt   int // 0 for never

	mu     gosync.Mutex
	passed int
	added  int
	said   bytes.Buffer
}

func startTollgate(t *testing.T, port, cutAt int) *tollgate {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &tollgate{listens: ln, cutAt: cutAt}
	var open gosync.WaitGroup
	open.Go(func() {
		for {
			client, err := ln.Accept()
			if err != nil {
				return
			}
			open.Go(func() { g.pass(client, port) })
		}
	})
	t.Cleanup(func() { ln.Close(); open.Wait() })
	return g
}

func (g *tollgate) port() int { return g.listens.Addr().(*net.TCPAddr).Port }

// pass carries one connection until either side ends it.
func (g *tollgate) pass(client net.Conn, port int) {
	server, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		client.Close()
		return
	}
	g.mu.Lock()
	g.passed++
	g.mu.Unlock()
	done := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.MultiWriter(server, g), client)
		server.Close()
		close(done)
	}()
	defer func() { client.Close(); server.Close(); <-done }()
	room := make([]byte, 32<<10)
	var last []byte // what was read may end within the words
	for {
		n, err := server.Read(room)
		words := append(last, room[:n]...)
		if g.cuts(words) {
			return
		}
		last = append([]byte(nil), words[max(0, len(words)-len(completed)+1):]...)
		if n > 0 {
			if _, err := client.Write(room[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// Write notes what clients say.
func (g *tollgate) Write(p []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.said.Write(p)
}

const completed = "Append completed"

// cuts says whether the server's words are those to cut before.
func (g *tollgate) cuts(words []byte) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	before := g.added
	g.added += bytes.Count(words, []byte(completed))
	return g.cutAt > before && g.cutAt <= g.added
}

// TestManyDraftsTakeOneSignIn puts thirty drafts over one connection in their order;
// cut behind any of them, each lies there once after the next try.
func TestManyDraftsTakeOneSignIn(t *testing.T) {
	for _, tt := range []struct{ cutAt, signIns, again int }{{0, 1, 0}, {1, 2, 1}, {17, 2, 1}, {surveyed, 1, 1}} {
		t.Run(fmt.Sprintf("cut at %d", tt.cutAt), func(t *testing.T) {
			server := startTaking(t, dovecot.Options{})
			old := "From: maya@larkfield.example\r\nTo: x@elsewhere.example\r\nSubject: An old draft\r\n\r\nx\r\n"
			if err := server.Deliver("Drafts", []byte(old), time.Now(), false); err != nil { // so that there is such a folder
				t.Fatal(err)
			}
			gate := startTollgate(t, server.Port, tt.cutAt)
			now := time.Now().Truncate(time.Second)
			clock := func() time.Time { return now }
			db, err := store.Open(t.Context(), t.TempDir(), store.Options{Now: clock})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			box, err := sync.AddMailbox(t.Context(), db, password{},
				data.Mailbox{Address: "maya@larkfield.example", Host: "127.0.0.1", Port: gate.port(), Security: data.Plain, User: dovecot.User}, dovecot.Password)
			if err != nil {
				t.Fatal(err)
			}
			askThirty(t, db, box)
			engine := sync.New(db, password{}, sync.Options{Now: clock})
			before := gate.count()
			if err := engine.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := gate.count() - before; n != tt.signIns {
				t.Errorf("%d connections, want %d", n, tt.signIns)
			}
			if out, err := db.Outbox(t.Context()); err != nil || out.Drafts != tt.again {
				t.Fatalf("%d drafts wait, want %d: %v", out.Drafts, tt.again, err)
			}
			now = now.Add(time.Hour) // by when it is settled whether the one that was cut arrived
			if err := engine.Send(t.Context()); err != nil {
				t.Fatal(err)
			}
			if out, err := db.Outbox(t.Context()); err != nil || out.Drafts != 0 {
				t.Fatalf("%d drafts still wait (%s): %v", out.Drafts, out.Problem, err)
			}
			if n := len(draftsOn(t, server)); n != surveyed {
				t.Errorf("drafts for %d people lie there, want %d", n, surveyed)
			}
			if n := filesIn(t, server, "Drafts"); n != surveyed+1 {
				t.Errorf("%d mails lie in Drafts, want %d", n, surveyed+1)
			}
			gate.inOrder(t)
		})
	}
}

func (g *tollgate) count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.passed
}

// inOrder checks that the drafts were sent in the order in which they were let go.
func (g *tollgate) inOrder(t *testing.T) {
	t.Helper()
	g.mu.Lock()
	said := g.said.String()
	g.mu.Unlock()
	at := -1
	for i := range surveyed {
		now := strings.Index(said, fmt.Sprintf("person%02d@kestrel.example", i))
		if now <= at {
			t.Errorf("draft %d was sent at byte %d, the one before at %d", i, now, at)
		}
		at = now
	}
}

// filesIn is how many mails lie in a folder of the server.
func filesIn(t *testing.T, server *dovecot.Server, folder string) (n int) {
	t.Helper()
	for _, sub := range []string{"cur", "new"} {
		files, err := filepath.Glob(filepath.Join(server.Box(folder), sub, "*"))
		if err != nil {
			t.Fatal(err)
		}
		n += len(files)
	}
	return n
}
