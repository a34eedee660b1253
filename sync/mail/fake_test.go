package mail

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fake is a scripted server. Left alone it is a bare RFC 3501 one, which fails the
// test at a word that such a server does not know; a test says what else it knows
// and what it does wrong.
type fake struct {
	caps     string // after IMAP4rev1; " CONDSTORE" and " LIST-STATUS" are served, the others are only words
	greeting string
	folders  []*fakeFolder
	lineEnd  string // instead of CR LF
	terse    bool   // says OK and no more
	// hook sees every command first, and says that it answered.
	hook func(c *fakeConn, command, args string) bool

	t       *testing.T
	address string
	mu      sync.Mutex
	sent    int      // bytes
	lines   []string // all commands but LOGIN
	calls   int      // connections
	counts  map[string]int
	serving int // connections that are open
}

type fakeFolder struct {
	wire     string // the name as it is on the wire
	attrs    string
	validity uint32
	next     uint32
	mails    []*fakeMail
	modSeq   uint64 // HIGHESTMODSEQ, with CONDSTORE
}

type fakeMail struct {
	uid    uint32
	raw    string
	size   string // what the server says of it; "" is the truth
	flags  string
	modSeq uint64
	// answer, if any, is the FETCH answer to a command that asks for the body;
	// "" ends the connection.
	answer func(seq int, m *fakeMail) string
	hidden bool // in no FETCH answer
}

// silence is an answer that never comes.
const silence = "silence"

// thenClose at the end of an answer ends the connection there.
const thenClose = "\x00"

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
	f.t, f.address = t, ln.Addr().String()
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

// count is how often it was called with this key, for hooks that answer the first
// of a kind in their own way.
func (f *fake) count(key string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts == nil {
		f.counts = map[string]int{}
	}
	f.counts[key]++
	return f.counts[key]
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

// Write counts what is sent.
func (c *fakeConn) Write(p []byte) (int, error) {
	c.f.mu.Lock()
	c.f.sent += len(p)
	c.f.mu.Unlock()
	return c.Conn.Write(p)
}

// Close happens before whatever the other side does on its next connection: what a
// hook did until then, one of that connection finds done.
func (c *fakeConn) Close() error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	return c.Conn.Close()
}

// bytesSent is what went over the line since it was asked last.
func (f *fake) bytesSent() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.sent
	f.sent = 0
	return n
}

func (c *fakeConn) say(format string, args ...any) {
	_, _ = fmt.Fprintf(c, format+cmp.Or(c.f.lineEnd, "\r\n"), args...)
}

func (c *fakeConn) ok() {
	if c.f.terse {
		c.say("%s OK", c.tag)
	} else {
		c.say("%s OK done", c.tag)
	}
}

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
		if !c.f.knows(command, args) {
			c.f.t.Errorf("a server with IMAP4rev1%s was asked: %s %s", c.f.caps, command, args)
			c.say("%s BAD what is that?", c.tag)
			continue
		}
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
			if strings.Contains(args, "RETURN (STATUS") {
				c.say(`* STATUS "%s" (MESSAGES %d UIDNEXT %d UIDVALIDITY %d%s)`, f.wire, len(f.mails), f.next, f.validity, f.highest(args, " HIGHESTMODSEQ %d"))
			}
		}
	case "EXAMINE", "STATUS":
		quotedName, items, _ := strings.Cut(args, " (")
		name := strings.Trim(quotedName, `"`)
		f := c.f.folder(name)
		if f == nil {
			c.selected = nil
			c.say("%s NO no such folder", c.tag)
			return true
		}
		if command == "STATUS" {
			c.say(`* STATUS "%s" (MESSAGES %d UIDNEXT %d UIDVALIDITY %d%s)`, f.wire, len(f.mails), f.next, f.validity, f.highest(items, " HIGHESTMODSEQ %d"))
			break
		}
		c.selected = f
		c.say("* %d EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY %d] ok\r\n* OK [UIDNEXT %d] ok%s", len(f.mails), f.validity, f.next, f.highest(items, "\r\n* OK [HIGHESTMODSEQ %d] ok"))
	case "UID SEARCH":
		if c.selected == nil {
			c.say("%s BAD no folder is open", c.tag)
			return true
		}
		var found strings.Builder
		_, set, uids := strings.Cut(args, "UID ")
		for _, m := range c.selected.mails {
			if !uids || inSet(set, m.uid, c.selected.mails[len(c.selected.mails)-1].uid) {
				fmt.Fprintf(&found, " %d", m.uid)
			}
		}
		c.say("* SEARCH%s", found.String())
	case "UID FETCH", "FETCH":
		if c.selected == nil {
			c.say("%s BAD no folder is open", c.tag)
			return true
		}
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

// highest is the folder's HIGHESTMODSEQ, where it was asked for.
func (f *fakeFolder) highest(items, format string) string {
	if !strings.Contains(items, "MODSEQ") && !strings.Contains(items, "CONDSTORE") {
		return ""
	}
	return fmt.Sprintf(format, f.modSeq)
}

var changedSince = regexp.MustCompile(`\(CHANGEDSINCE (\d+)\)`)

func (c *fakeConn) fetch(byUID bool, args string) bool {
	set, items, _ := strings.Cut(args, " ")
	since := uint64(0)
	if found := changedSince.FindStringSubmatch(items); found != nil {
		since, _ = strconv.ParseUint(found[1], 10, 64)
	}
	for i, m := range c.selected.mails {
		n, last := uint32(i+1), uint32(len(c.selected.mails))
		if byUID {
			n, last = m.uid, c.selected.mails[len(c.selected.mails)-1].uid
		}
		if m.hidden || !inSet(set, n, last) || since > 0 && m.modSeq <= since {
			continue
		}
		if !strings.Contains(items, "BODY.PEEK[]") {
			c.say("* %d FETCH (%s)", i+1, glanceAnswer(items, m))
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
		if cut, closes := strings.CutSuffix(answer, thenClose); closes {
			_, _ = io.WriteString(c, cut)
			return false
		}
		if !strings.Contains(items, "INTERNALDATE") {
			answer = internalDate.ReplaceAllString(answer, "")
		}
		if !strings.Contains(items, "RFC822.SIZE") {
			answer = sizeItem.ReplaceAllString(answer, "")
		}
		if !strings.Contains(items, "FLAGS") {
			answer = flagsItem.ReplaceAllString(answer, "")
		}
		c.say("%s", answer)
	}
	return true
}

var sizeItem = regexp.MustCompile(` RFC822\.SIZE \S+`)

var flagsItem = regexp.MustCompile(` FLAGS \([^)]*\)`)

// glanceAnswer is what an answer without the mail says of it.
func glanceAnswer(items string, m *fakeMail) string {
	answer := fmt.Sprintf("UID %d", m.uid)
	if strings.Contains(items, "RFC822.SIZE") {
		answer += " RFC822.SIZE " + m.says()
	}
	if strings.Contains(items, "FLAGS") {
		answer += fmt.Sprintf(" FLAGS (%s)", m.flags)
	}
	if strings.Contains(items, "CHANGEDSINCE") {
		answer += fmt.Sprintf(" MODSEQ (%d)", m.modSeq)
	}
	if strings.Contains(items, "HEADER.FIELDS") {
		head, _, _ := strings.Cut(m.raw, "\r\n\r\n")
		head += "\r\n\r\n"
		answer += fmt.Sprintf(" BODY[HEADER.FIELDS (DATE)] {%d}\r\n%s", len(head), head)
	}
	return answer
}

var internalDate = regexp.MustCompile(` INTERNALDATE (NIL|"[^"]*")`)

func goodAnswer(seq int, m *fakeMail) string {
	return fmt.Sprintf("* %d FETCH (UID %d FLAGS (%s) RFC822.SIZE %s INTERNALDATE \"01-Jun-2026 10:00:00 +0000\" BODY[] {%d}\r\n%s)",
		seq, m.uid, m.flags, m.says(), len(m.raw), m.raw)
}

func (m *fakeMail) says() string { return cmp.Or(m.size, strconv.Itoa(len(m.raw))) }

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
