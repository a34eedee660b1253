package mail

import (
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/data"
)

// patient is how long the tests wait for a server that says nothing.
const patient = 150 * time.Millisecond

func TestLiteralCutShortIsAskedForAgain(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(40)}}
	f.hook = func(c *fakeConn, command, args string) bool {
		if c.number > 1 || command != "UID FETCH" || !strings.Contains(args, "BODY.PEEK[]") {
			return false
		}
		m := c.selected.mails[39]
		half := goodAnswer(40, m)
		c.say("%s", goodAnswer(39, c.selected.mails[38]))
		_, _ = c.Write([]byte(half[:len(half)-60]))
		_ = c.Close()
		return true
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	s.once()
	if len(s.at) != 40 || f.connections() != 2 {
		t.Errorf("%d mails on %d connections, want 40 on 2", len(s.at), f.connections())
	}
	for _, m := range s.msgs {
		if !strings.Contains(m.Text, "this is letter number") {
			t.Errorf("half a mail is kept: %q", m.Text)
		}
	}
}

func TestByeInMidFetchResumes(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(130)}}
	var byes atomic.Int32
	f.hook = func(c *fakeConn, command, args string) bool {
		if command != "UID FETCH" || !strings.Contains(args, "BODY.PEEK[]") || byes.Add(1) > 3 {
			return false
		}
		c.say("* BYE the server goes down for a moment")
		_ = c.Close()
		return true
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	s.once()
	if len(s.at) != 130 || len(s.bad) != 0 {
		t.Errorf("%d mails, unreadable %v", len(s.at), s.bad)
	}
}

func TestSilentServerIsNoticed(t *testing.T) {
	for _, at := range []string{"greeting", "CAPABILITY", "LOGIN", "LIST", "EXAMINE", "UID SEARCH", "UID FETCH"} {
		t.Run(at, func(t *testing.T) {
			f := &fake{folders: []*fakeFolder{inboxOf(3)}}
			f.hook = func(_ *fakeConn, command, _ string) bool { return command == at }
			startFake(t, f)
			src := source(f.address)
			src.Patience = patient / 3
			if at == "greeting" {
				ln, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				defer ln.Close()
				src = source(ln.Addr().String())
				src.Patience = patient / 3
			}
			err := newShelf(t).try(src)
			if p, ok := data.AsProblem(err); !ok || p.Kind != data.TimedOut {
				t.Errorf("error %v, want a time-out", err)
			}
		})
	}
}

func TestGreetingsThatAreNone(t *testing.T) {
	for greeting, want := range map[string]data.ProblemKind{
		"HTTP/1.1 400 Bad Request":           data.ServerSaid,
		"SSH-2.0-OpenSSH_9.2":                data.ServerSaid,
		"* BYE too busy, come back at night": data.ServerSaid,
		"\x00\x01\x02\x03":                   data.ServerSaid,
	} {
		f := startFake(t, &fake{greeting: greeting})
		for _, security := range []data.Security{data.Plain, data.StartTLS} {
			src := source(f.address)
			src.Mailbox.Security = security
			err := newShelf(t).try(src)
			if p, ok := data.AsProblem(err); !ok || p.Kind != want {
				t.Errorf("%q over %s: %v, want %s", greeting, security, err, want)
			}
			if strings.Contains(greeting, "busy") && !strings.Contains(err.Error(), "too busy") {
				t.Errorf("the server's words are not told: %v", err)
			}
		}
	}
}

func TestDataBeforeTheEncryptionIsRefused(t *testing.T) {
	good, trusted := certificate(t, time.Now().Add(time.Hour))
	f := &fake{}
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command == "STARTTLS" {
			_, _ = fmt.Fprintf(c, "%s OK begin\r\n* OK [ALERT] injected\r\n", c.tag)
			_ = tls.Server(c.Conn, good).Handshake()
			return true
		}
		return false
	}
	startFake(t, f)
	src := source(f.address)
	src.Mailbox.Security, src.RootCAs = data.StartTLS, trusted
	err := newShelf(t).try(src)
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.NoEncryption {
		t.Errorf("error %v, want no encryption", err)
	}
	preauth := startFake(t, &fake{greeting: "* PREAUTH welcome"})
	src = source(preauth.address)
	src.Mailbox.Security = data.StartTLS
	if p, ok := data.AsProblem(newShelf(t).try(src)); !ok || p.Kind != data.NoEncryption {
		t.Errorf("PREAUTH before the encryption: %v", p)
	}
}

func TestFolderNamesThatAreNoUTF7(t *testing.T) {
	for _, wire := range []string{"R&D", "&", "Büro", "B\xfcro", "&AGE-bc", "R&-D", "Entw&APw-rfe2"} {
		t.Run(wire, func(t *testing.T) {
			odd := inboxOf(3)
			odd.wire = wire
			f := startFake(t, &fake{folders: []*fakeFolder{inboxOf(5), odd}})
			s := newShelf(t)
			s.sync(source(f.address))
			if len(s.at) != 8 {
				t.Errorf("%d mails, want 8; folders %v", len(s.at), s.odd)
			}
			s.sync(source(f.address))
			s.once()
		})
	}
}

func TestInboxIsReadWhereTheListIsNot(t *testing.T) {
	sentFolder := inboxOf(4)
	sentFolder.wire = "Sent"
	f := &fake{folders: []*fakeFolder{inboxOf(5), sentFolder}}
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command == "LIST" {
			c.say("* LIST (\\HasNoChildren \"/ INBOX")
			return true
		}
		return false
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	if len(s.folder("INBOX")) != 5 || len(s.folder("Sent")) != 4 || len(s.odd[""]) != 1 {
		t.Errorf("mails %v, odd %v", s.at, s.odd)
	}
}

func TestUIDNextThatGoesBackReadsTheFolderAnew(t *testing.T) {
	f := startFake(t, &fake{folders: []*fakeFolder{inboxOf(9)}})
	s := newShelf(t)
	s.sync(source(f.address))
	restored := inboxOf(4)
	for _, m := range restored.mails {
		m.raw = strings.ReplaceAll(m.raw, "Letter", "Restored")
	}
	f.rest()
	f.folders[0].mails, f.folders[0].next = restored.mails, 5
	s.sync(source(f.address))
	if got := s.subjects(); !slices.Equal(got, []string{"Restored 1", "Restored 2", "Restored 3", "Restored 4"}) {
		t.Errorf("the shelf has %v", got)
	}
}

func TestAStatusThatIsNotThereIsNoEmptyFolder(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(9)}}
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command == "STATUS" {
			c.ok()
			return true
		}
		return false
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	f.rest()
	f.folders[0].mails = append(f.folders[0].mails, &fakeMail{uid: 10, raw: letter(10)})
	f.folders[0].next = 11
	s.sync(source(f.address))
	s.once()
	if len(s.at) != 10 {
		t.Errorf("%d mails, want 10", len(s.at))
	}
}

func TestASearchThatForgetsMailsForgetsNoMail(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(9)}}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	f.rest()
	f.hook = func(c *fakeConn, command, _ string) bool {
		if command == "UID SEARCH" {
			c.say("* SEARCH 3")
			c.ok()
			return true
		}
		return false
	}
	f.folders[0].mails, f.folders[0].next = append(f.folders[0].mails[1:], &fakeMail{uid: 10, raw: letter(10)}), 11
	s.sync(source(f.address))
	if got := s.folder("INBOX"); !slices.Equal(got, []uint32{2, 3, 4, 5, 6, 7, 8, 9, 10}) {
		t.Errorf("Inbox has %v", got)
	}
}

func TestAMailExpungedMeanwhileIsNotPoison(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(20)}}
	var gone atomic.Bool
	f.hook = func(c *fakeConn, command, args string) bool {
		if command == "UID FETCH" && strings.Contains(args, "BODY.PEEK[]") && gone.CompareAndSwap(false, true) {
			c.selected.mails = slices.Delete(c.selected.mails, 9, 10)
		}
		return false
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	s.sync(source(f.address))
	if len(s.at) != 19 || len(s.bad) != 0 {
		t.Errorf("%d mails, unreadable %v", len(s.at), s.bad)
	}
}

func TestOneRefusedFolderDoesNotStopTheOthers(t *testing.T) {
	other := inboxOf(4)
	other.wire = "Locked"
	third := inboxOf(3)
	third.wire = "Open"
	f := &fake{folders: []*fakeFolder{inboxOf(5), other, third}}
	f.hook = func(c *fakeConn, command, args string) bool {
		if command == "EXAMINE" && strings.Contains(args, "Locked") {
			c.say("%s NO [NOPERM] you may not read this.", c.tag)
			return true
		}
		return false
	}
	startFake(t, f)
	s := newShelf(t)
	s.sync(source(f.address))
	if len(s.at) != 8 || len(s.odd["Locked"]) != 1 || !strings.Contains(s.odd["Locked"][0], "you may not read this") {
		t.Errorf("%d mails, odd %v", len(s.at), s.odd)
	}
}

func TestABareServerIsAskedLittleWhenNothingChanged(t *testing.T) {
	f := startFake(t, &fake{folders: []*fakeFolder{inboxOf(5)}})
	s := newShelf(t)
	s.sync(source(f.address))
	s.sync(source(f.address))
	if n := len(f.commands("STATUS")); n != 1 {
		t.Errorf("%d STATUS commands, want one in the second run", n)
	}
	if n := len(f.commands("EXAMINE")); n != 2 {
		t.Errorf("%d EXAMINE commands, want one in the second run, to look at the marks of the newest mails", n)
	}
}

func TestLogsHoldNoSecretAndNoMail(t *testing.T) {
	f := &fake{folders: []*fakeFolder{inboxOf(30)}}
	f.folders[0].mails[12].answer = func(int, *fakeMail) string { return "* 1 FETCH (BODY[ Letter karin@kestrel.example" }
	startFake(t, f)
	var log strings.Builder
	src := source(f.address)
	src.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s := newShelf(t)
	s.sync(src)
	if log.Len() == 0 {
		t.Error("the log says nothing of the trouble")
	}
	for _, word := range []string{"secret", "Letter", "kestrel", "Dear"} {
		if strings.Contains(log.String(), word) {
			t.Errorf("the log says %q: %s", word, log.String())
		}
	}
}
