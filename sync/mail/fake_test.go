package mail

import (
	"bufio"
	"fmt"
	"net"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fake is a scripted server. Left alone it is a bare RFC 3501 one; a test says
// what it does wrong.
type fake struct {
	caps     string // after IMAP4rev1
	greeting string
	folders  []*fakeFolder
	// hook sees every command first, and says that it answered.
	hook func(c *fakeConn, command, args string) bool

	address string
	mu      sync.Mutex
	lines   []string // all commands but LOGIN
	calls   int      // connections
	serving int      // connections that are open
}

type fakeFolder struct {
	wire     string // the name as it is on the wire
	attrs    string
	validity uint32
	next     uint32
	mails    []*fakeMail
}

type fakeMail struct {
	uid uint32
	raw string
	// answer, if any, is the FETCH answer to a command that asks for the body;
	// "" ends the connection.
	answer func(seq int, m *fakeMail) string
	hidden bool // in no FETCH answer
}

// silence is an answer that never comes.
const silence = "silence"

type fakeConn struct {
	net.Conn
	f        *fake
	number   int // which connection this is, from 1
	in       *bufio.Reader
	tag      string
	selected *fakeFolder
}

func startFake(t *testing.T, f *fake) *fake {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.address = ln.Addr().String()
	var open sync.WaitGroup
	var conns []net.Conn
	open.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			f.mu.Lock()
			f.calls++
			c := &fakeConn{Conn: conn, f: f, number: f.calls, in: bufio.NewReader(conn)}
			conns = append(conns, conn)
			f.serving++
			f.mu.Unlock()
			open.Go(func() {
				c.serve()
				f.mu.Lock()
				f.serving--
				f.mu.Unlock()
			})
		}
	})
	t.Cleanup(func() {
		_ = ln.Close()
		f.mu.Lock()
		for _, c := range conns {
			_ = c.Close()
		}
		f.mu.Unlock()
		open.Wait()
	})
	return f
}

// rest waits until every connection has ended, so that the test may change what
// the server holds.
func (f *fake) rest() {
	for {
		f.mu.Lock()
		n := f.serving
		f.mu.Unlock()
		if n == 0 {
			return
		}
		runtime.Gosched()
	}
}

func (f *fake) connections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls
}

func (f *fake) commands(prefix string) []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []string
	for _, l := range f.lines {
		if strings.HasPrefix(l, prefix) {
			list = append(list, l)
		}
	}
	return list
}

func (c *fakeConn) say(format string, args ...any) { _, _ = fmt.Fprintf(c, format+"\r\n", args...) }
func (c *fakeConn) ok()                            { c.say("%s OK done", c.tag) }

func (c *fakeConn) serve() {
	defer c.Close()
	if c.f.greeting != "" {
		c.say("%s", c.f.greeting)
	} else {
		c.say("* OK ready")
	}
	for {
		line, err := c.in.ReadString('\n')
		if err != nil {
			return
		}
		tag, rest, _ := strings.Cut(strings.TrimRight(line, "\r\n"), " ")
		command, args, _ := strings.Cut(rest, " ")
		if command == "UID" {
			sub, more, _ := strings.Cut(args, " ")
			command, args = "UID "+sub, more
		}
		c.tag = tag
		c.f.mu.Lock()
		if command != "LOGIN" {
			c.f.lines = append(c.f.lines, command+" "+args)
		}
		c.f.mu.Unlock()
		if c.f.hook != nil && c.f.hook(c, command, args) {
			continue
		}
		if !c.answer(command, args) {
			return
		}
	}
}

// answer is what a good server does; false ends the connection.
func (c *fakeConn) answer(command, args string) bool {
	switch command {
	case "CAPABILITY":
		c.say("* CAPABILITY IMAP4rev1%s", c.f.caps)
	case "LIST":
		for _, f := range c.f.folders {
			c.say(`* LIST (%s) "/" "%s"`, f.attrs, f.wire)
		}
	case "EXAMINE", "STATUS":
		name := strings.Trim(strings.SplitN(args, " (", 2)[0], `"`)
		f := c.f.folder(name)
		if f == nil {
			c.say("%s NO no such folder", c.tag)
			return true
		}
		if command == "STATUS" {
			c.say(`* STATUS "%s" (MESSAGES %d UIDNEXT %d UIDVALIDITY %d)`, f.wire, len(f.mails), f.next, f.validity)
			break
		}
		c.selected = f
		c.say("* %d EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY %d] ok\r\n* OK [UIDNEXT %d] ok", len(f.mails), f.validity, f.next)
	case "UID SEARCH":
		var found strings.Builder
		_, set, uids := strings.Cut(args, "UID ")
		for _, m := range c.selected.mails {
			if !uids || inSet(set, m.uid, c.selected.mails[len(c.selected.mails)-1].uid) {
				fmt.Fprintf(&found, " %d", m.uid)
			}
		}
		c.say("* SEARCH%s", found.String())
	case "UID FETCH", "FETCH":
		if !c.fetch(command == "UID FETCH", args) {
			return false
		}
	case "LOGOUT":
		c.say("* BYE till soon")
	}
	c.ok()
	return true
}

func (f *fake) folder(name string) *fakeFolder {
	for _, folder := range f.folders {
		if folder.wire == name {
			return folder
		}
	}
	return nil
}

func (c *fakeConn) fetch(byUID bool, args string) bool {
	set, items, _ := strings.Cut(args, " ")
	for i, m := range c.selected.mails {
		n, last := uint32(i+1), uint32(len(c.selected.mails))
		if byUID {
			n, last = m.uid, c.selected.mails[len(c.selected.mails)-1].uid
		}
		if m.hidden || !inSet(set, n, last) {
			continue
		}
		if !strings.Contains(items, "BODY.PEEK[]") {
			c.say("* %d FETCH (UID %d RFC822.SIZE %d)", i+1, m.uid, len(m.raw))
			continue
		}
		answer := goodAnswer(i+1, m)
		if m.answer != nil {
			answer = m.answer(i+1, m)
		}
		switch answer {
		case silence:
			_, _ = c.in.ReadString('\n') // until the other side loses patience
			return false
		case "":
			return false
		}
		if !strings.Contains(items, "INTERNALDATE") {
			answer = internalDate.ReplaceAllString(answer, "")
		}
		c.say("%s", answer)
	}
	return true
}

var internalDate = regexp.MustCompile(` INTERNALDATE (NIL|"[^"]*")`)

func goodAnswer(seq int, m *fakeMail) string {
	return fmt.Sprintf("* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE \"01-Jun-2026 10:00:00 +0000\" BODY[] {%d}\r\n%s)", seq, m.uid, len(m.raw), len(m.raw), m.raw)
}

// inSet says whether a number is in a set like 1,3:5,9:*.
func inSet(set string, n, last uint32) bool {
	number := func(s string) uint32 {
		if s == "*" {
			return last
		}
		v, _ := strconv.ParseUint(s, 10, 32)
		return uint32(v)
	}
	for part := range strings.SplitSeq(strings.Fields(set)[0], ",") {
		from, to, ranged := strings.Cut(part, ":")
		a, b := number(from), number(from)
		if ranged {
			b = number(to)
		}
		if a > b {
			a, b = b, a
		}
		if n >= a && n <= b {
			return true
		}
	}
	return false
}

// inboxOf is an Inbox with letters of the UIDs 1 to n.
func inboxOf(n int) *fakeFolder {
	f := &fakeFolder{wire: "INBOX", validity: 7, next: uint32(n + 1)}
	for i := 1; i <= n; i++ {
		f.mails = append(f.mails, &fakeMail{uid: uint32(i), raw: letter(i)})
	}
	return f
}
