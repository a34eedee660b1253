package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// longest is how long a test waits for what must come.
const longest = 20 * time.Second

// follow reads a line once.
func (s *shelf) follow(l *Line) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	if err := l.Fetch(ctx, s.cursor, s.put); err != nil {
		s.t.Fatalf("sync: %v", err)
	}
}

// await waits until there is news.
func (s *shelf) await(l *Line) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	if err := l.Await(ctx, nil); err != nil {
		s.t.Fatalf("await: %v", err)
	}
}

// standing is a line on a server, with pauses that suit a test; it is closed
// with the test.
func standing(t *testing.T, address string) *Line {
	l := NewLine(source(address))
	l.times.first, l.times.settle, l.times.poll = 10*time.Millisecond, 10*time.Millisecond, 10*time.Millisecond
	t.Cleanup(l.Close)
	return l
}

// idling is a server with IDLE. listening is called once it waits, with what
// ends that wait: "DONE" has come, and its answer is due.
func idling(n int, caps string, listening func(c *fakeConn)) *fake {
	f := &fake{caps: caps, folders: []*fakeFolder{inboxOf(n)}}
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command != "IDLE" {
			return false
		}
		tag := c.tag
		c.say("+ idling")
		listening(c)
		line, err := c.in.ReadString('\n')
		if err == nil && strings.TrimSpace(line) == "DONE" {
			c.say("%s OK idled", tag)
		}
		return true
	}
	return f
}

func TestNewMailIsHeardAndRead(t *testing.T) {
	with := func(more ...imap.Cap) imap.CapSet {
		caps := fullCaps()
		for _, c := range more {
			caps[c] = struct{}{}
		}
		return caps
	}
	for name, caps := range map[string]imap.CapSet{
		"IDLE":                          with(imap.CapIdle, imap.CapUnselect),
		"IDLE, and no way to leave":     with(imap.CapIdle),
		"no IDLE, so it is asked":       with(imap.CapUnselect),
		"a bare RFC 3501 server":        {imap.CapIMAP4rev1: {}},
		"IMAP4rev2, which has them all": {imap.CapIMAP4rev2: {}, imap.CapIMAP4rev1: {}},
	} {
		t.Run(name, func(t *testing.T) {
			m := startMemory(t, memoryOptions{caps: caps})
			m.fill(t, "INBOX", 0, 3)
			l, s := standing(t, m.address), newShelf(t)
			s.follow(l)
			for i := range 5 {
				heard := make(chan struct{})
				go func() { defer close(heard); s.await(l) }()
				m.fill(t, "INBOX", 3+i, 1) // before, while or after it begins to listen
				<-heard
				s.follow(l)
				if len(s.at) != 4+i {
					t.Fatalf("%d mails, want %d", len(s.at), 4+i)
				}
			}
			s.once()
		})
	}
}

func TestAMailBetweenReadingAndListeningIsNews(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: imap.CapSet{imap.CapIMAP4rev2: {}, imap.CapIMAP4rev1: {}}})
	m.fill(t, "INBOX", 0, 3)
	l, s := standing(t, m.address), newShelf(t)
	s.follow(l)
	m.fill(t, "INBOX", 3, 1)
	s.await(l)
	s.follow(l)
	if len(s.at) != 4 {
		t.Errorf("%d mails, want 4", len(s.at))
	}
}

func TestALineTakesOneConnection(t *testing.T) {
	for name, caps := range map[string]string{"IDLE": " IDLE UNSELECT", "no IDLE": " UNSELECT"} {
		t.Run(name, func(t *testing.T) {
			until := make(chan struct{})
			var once atomic.Bool
			reached := func(*fakeConn) {
				if once.CompareAndSwap(false, true) {
					close(until)
				}
			}
			f := startFake(t, idling(3, caps, reached))
			f.hook = also(f.hook, "NOOP", reached)
			l, s := standing(t, f.address), newShelf(t)
			s.follow(l)
			if err := l.Await(t.Context(), until); err != nil {
				t.Fatal(err)
			}
			s.follow(l)
			s.follow(l)
			if f.connections() != 1 {
				t.Errorf("%d connections", f.connections())
			}
			if n := len(f.commands("UNSELECT")); n != 1 {
				t.Errorf("the folder was left %d times before it was asked about", n)
			}
		})
	}
}

// also calls do for a command that the server then answers as usual.
func also(hook func(*fakeConn, string, string) bool, command string, do func(*fakeConn)) func(*fakeConn, string, string) bool {
	return func(c *fakeConn, got, args string) bool {
		if got == command {
			do(c)
		}
		return hook != nil && hook(c, got, args)
	}
}

func TestWhatCountsAsNews(t *testing.T) {
	for _, c := range []struct {
		name string
		told string
		news bool
	}{
		{"a new mail", "* 4 EXISTS", true},
		{"a mail that goes", "* 2 EXPUNGE", true},
		{"a mail that goes and one that comes", "* 2 EXPUNGE\r\n* 3 EXISTS", true},
		{"a flag", `* 2 FETCH (FLAGS (\Seen))`, true},
		{"a flag, as CONDSTORE tells it", `* 2 FETCH (UID 2 MODSEQ (7) FLAGS (\Seen))`, true},
		{"that it is still there", "* OK Still here", false},
		{"as many mails as before", "* 3 EXISTS\r\n* 0 RECENT", false},
		{"what nobody knows", "* 7 XNEWS\r\n* VANISHED 3", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			until := make(chan struct{})
			var over atomic.Bool
			f := startFake(t, idling(3, " IDLE UNSELECT", func(fc *fakeConn) {
				if strings.Contains(c.told, "XNEWS") {
					fc.say("* VANISHED 3")
				} else {
					fc.say("%s", c.told)
				}
				if !c.news {
					over.Store(true)
					fc.say("* 4 EXISTS") // this one is
				}
			}))
			l, s := standing(t, f.address), newShelf(t)
			s.follow(l)
			ctx, cancel := context.WithTimeout(t.Context(), longest)
			defer cancel()
			if err := l.Await(ctx, until); err != nil {
				t.Fatal(err)
			}
			if !c.news && !over.Load() {
				t.Error("it was taken for news")
			}
		})
	}
}

func TestAnEndOfTheConnectionIsNoTrouble(t *testing.T) {
	var rounds atomic.Int32
	var f *fake
	f = idling(3, " IDLE UNSELECT", func(c *fakeConn) {
		switch rounds.Add(1) {
		case 1:
			c.say("* BYE session expired, please log in again")
			_ = c.Close()
		case 2:
			// A mail comes while nobody listens.
			f.folders[0].mails = append(f.folders[0].mails, &fakeMail{uid: 4, raw: letter(4)})
			f.folders[0].next = 5
			_ = c.Close()
		}
	})
	startFake(t, f)
	l, s := standing(t, f.address), newShelf(t)
	s.follow(l)
	s.await(l)
	if rounds.Load() != 2 || f.connections() != 3 {
		t.Errorf("%d rounds on %d connections", rounds.Load(), f.connections())
	}
	s.follow(l)
	if s.once(); len(s.at) != 4 {
		t.Errorf("%d mails, want 4", len(s.at))
	}
}

func TestASilentPeerIsFoundWithTheRound(t *testing.T) {
	var rounds atomic.Int32
	f := startFake(t, idling(3, " IDLE UNSELECT", func(c *fakeConn) {
		if rounds.Add(1) == 1 {
			_, _ = c.in.ReadString('\n') // DONE, which is never answered
			_, _ = c.in.ReadString('\n') // until the other side gives up
			return
		}
		c.say("* 4 EXISTS")
	}))
	l, s := standing(t, f.address), newShelf(t)
	l.times.refresh, l.Patience = 20*time.Millisecond, patient
	s.follow(l)
	s.await(l)
	if f.connections() != 2 {
		t.Errorf("%d connections", f.connections())
	}
}

func TestARoundIsRenewedOnTheSameConnection(t *testing.T) {
	var rounds atomic.Int32
	f := startFake(t, idling(3, " IDLE UNSELECT", func(c *fakeConn) {
		if rounds.Add(1) == 3 {
			c.say("* 4 EXISTS")
		}
	}))
	l, s := standing(t, f.address), newShelf(t)
	l.times.refresh = 10 * time.Millisecond
	s.follow(l)
	s.await(l)
	if rounds.Load() < 3 || f.connections() != 1 {
		t.Errorf("%d rounds on %d connections", rounds.Load(), f.connections())
	}
}

func TestAServerThatRefusesIdleIsAsked(t *testing.T) {
	f := &fake{caps: " IDLE UNSELECT", folders: []*fakeFolder{inboxOf(3)}}
	f.hook = func(c *fakeConn, command, _ string) bool {
		switch command {
		case "IDLE":
			c.say("%s BAD not today", c.tag)
			return true
		case "NOOP":
			c.say("* 4 EXISTS")
		}
		return false
	}
	startFake(t, f)
	l, s := standing(t, f.address), newShelf(t)
	s.follow(l)
	s.await(l)
	if len(f.commands("IDLE")) != 1 || f.connections() != 1 {
		t.Errorf("%d times IDLE on %d connections", len(f.commands("IDLE")), f.connections())
	}
}

func TestAFolderThatCannotBeListenedToIsLeftToTheClock(t *testing.T) {
	f := &fake{caps: " IDLE UNSELECT", folders: []*fakeFolder{inboxOf(3)}}
	until := make(chan struct{})
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command != "EXAMINE" {
			return false
		}
		if c.f.count("EXAMINE") == 1 {
			return false
		}
		c.say("%s NO not twice", c.tag)
		close(until)
		return true
	}
	startFake(t, f)
	l, s := standing(t, f.address), newShelf(t)
	s.follow(l)
	if err := l.Await(t.Context(), until); err != nil {
		t.Error(err)
	}
}

func TestTheEndOfTheContextEndsListeningAtOnce(t *testing.T) {
	for name, caps := range map[string]string{"IDLE": " IDLE UNSELECT", "no IDLE": " UNSELECT"} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			stop := func(*fakeConn) { cancel() }
			f := idling(3, caps, stop)
			f.hook = also(f.hook, "NOOP", stop)
			startFake(t, f)
			l, s := standing(t, f.address), newShelf(t)
			s.follow(l)
			if err := l.Await(ctx, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("%v, want cancelled", err)
			}
			f.rest() // the connection is gone
			s.follow(l)
		})
	}
}

func TestAServerThatIsAwayIsLeftToAReading(t *testing.T) {
	f := startFake(t, idling(3, " IDLE UNSELECT", func(c *fakeConn) { _ = c.Close() }))
	var away atomic.Bool
	src := source(f.address)
	src.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if away.Load() {
			return nil, &net.OpError{Op: "dial", Err: errors.New("network is unreachable")}
		}
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	l, s := NewLine(src), newShelf(t)
	t.Cleanup(l.Close)
	s.follow(l)
	away.Store(true)
	s.await(l)
	p, ok := data.AsProblem(l.Fetch(t.Context(), s.cursor, s.put))
	if !ok || p.Kind != data.Offline {
		t.Errorf("the reading says %v", p)
	}
}

func TestAFolderThatNeverFitsIsNewsOnce(t *testing.T) {
	next := func(n, count uint32) *imap.SelectData {
		return &imap.SelectData{UIDValidity: 7, UIDNext: imap.UID(n), NumMessages: count}
	}
	l := &Line{folder: "INBOX", cursor: cursor{Folders: map[string]folder{"INBOX": {Validity: 7, Done: true, Next: 10, Count: 5}}}}
	for i, c := range []struct {
		state *imap.SelectData
		news  bool
	}{
		{next(10, 5), false}, // as it was read
		{next(0, 5), false},  // a server that does not say UIDNEXT
		{next(10, 6), true},  // it counts another way
		{next(10, 6), false}, // and still does
		{next(11, 7), true},
		{&imap.SelectData{UIDValidity: 8, UIDNext: 10, NumMessages: 5}, true},
	} {
		if got := l.isNews(c.state); got != c.news {
			t.Errorf("sight %d: news %v, want %v", i, got, c.news)
		}
	}
}

// spyConn tells what is written.
type spyConn struct {
	net.Conn
	wrote func([]byte)
}

func (c spyConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.wrote(p)
	return n, err
}

// TestDovecotTellsAtOnce prints how long a new mail takes from its delivery to
// the reader's hands: how much of it Dovecot keeps to itself (it waits for half
// a second before it tells anybody), and how much is ours.
func TestDovecotTellsAtOnce(t *testing.T) {
	d := startDovecot(t, "")
	d.deliver(t, "INBOX", post(0, 50)...)
	for i := range 16 {
		d.deliver(t, fmt.Sprint("Folder ", i), post(100*i+1000, 2)...)
	}
	idles := make(chan struct{}, 1000)
	src := source(d.address)
	src.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return spyConn{conn, func(p []byte) {
			if strings.HasSuffix(string(p), " IDLE\r\n") {
				idles <- struct{}{}
			}
		}}, err
	}
	l, s := NewLine(src), newShelf(t)
	t.Cleanup(l.Close)
	s.follow(l)
	poster := dialDovecot(t, d)
	const mails = 5
	var kept, ours time.Duration
	for i := range mails {
		heard := make(chan time.Time)
		go func() { s.await(l); heard <- time.Now() }()
		<-idles
		raw := letter(9000 + i)
		cmd := poster.Append("INBOX", int64(len(raw)), nil)
		_, err := cmd.Write([]byte(raw))
		if err := errors.Join(err, cmd.Close()); err != nil {
			t.Fatal(err)
		}
		if _, err := cmd.Wait(); err != nil {
			t.Fatal(err)
		}
		delivered := time.Now()
		told := <-heard
		var came time.Time
		ctx, cancel := context.WithTimeout(t.Context(), longest)
		err = l.Fetch(ctx, s.cursor, func(b data.Batch) error {
			if len(b.Arrived) > 0 {
				came = time.Now()
			}
			return s.put(b)
		})
		cancel()
		if err != nil || came.IsZero() {
			t.Fatalf("what was told is not there: %v", err)
		}
		kept, ours = kept+told.Sub(delivered), ours+came.Sub(told)
	}
	s.once()
	t.Logf("a new mail waits %s in Dovecot until it tells, and is read %s later (mean of %d; %d folders)", kept/mails, ours/mails, mails, 17)
}
