package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rapport/data"
	"rapport/sync/mime"
)

func outgoing(n int) data.Outgoing {
	d := aDraft()
	d.MessageID, d.QueuedAt = fmt.Sprintf("draft%d@larkfield.example", n), composedAt
	return data.Outgoing{Draft: d}
}

// takesDrafts makes a scripted server keep what is appended, and find it by its
// Message-ID. after, if set, is called when the literal has come, before the
// answer; it says that it answered.
func takesDrafts(f *fake, after func(c *fakeConn) bool) {
	f.hook = func(c *fakeConn, command, args string) bool {
		switch {
		case command == "UID SEARCH" && strings.HasPrefix(args, "HEADER "):
			c.say("* SEARCH%s", c.foundWith(args))
			c.ok()
			return true
		case command != "APPEND":
			return false
		}
		name, size := "", 0
		if _, err := fmt.Sscanf(args[:strings.IndexByte(args, ' ')], "%s", &name); err != nil {
			return false
		}
		if _, err := fmt.Sscanf(args[strings.LastIndexByte(args, '{'):], "{%d}", &size); err != nil {
			return false
		}
		folder := f.folder(strings.Trim(name, `"`))
		if folder == nil {
			c.say("%s NO [TRYCREATE] no such folder", c.tag)
			return true
		}
		c.say("+ go on")
		raw := make([]byte, size+2)
		if _, err := io.ReadFull(c.in, raw); err != nil {
			return true
		}
		f.mu.Lock()
		folder.mails = append(folder.mails, &fakeMail{uid: folder.next, raw: string(raw[:size])})
		folder.next++
		f.mu.Unlock()
		if after != nil && after(c) {
			return true
		}
		c.ok()
		return true
	}
}

func (c *fakeConn) foundWith(args string) (found string) {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	words := strings.Fields(strings.NewReplacer(`"`, "", "(", "", ")", "").Replace(args))
	for _, m := range c.selected.mails {
		if strings.Contains(m.raw, "<"+words[2]+">") {
			found += fmt.Sprintf(" %d", m.uid)
		}
	}
	return found
}

func draftServer(t *testing.T, names ...string) *fake {
	f := &fake{folders: []*fakeFolder{{wire: "INBOX", validity: 1, next: 1}}}
	for _, n := range names {
		name, attrs, _ := strings.Cut(n, " ")
		f.folders = append(f.folders, &fakeFolder{wire: name, attrs: attrs, validity: 1, next: 1})
	}
	return startFake(t, f)
}

func put(t *testing.T, address string, o data.Outgoing) (data.Delivered, error) {
	t.Helper()
	return Drafts{source(address)}.Put(t.Context(), o)
}

func TestADraftIsPutOnce(t *testing.T) {
	f := draftServer(t, "Drafts", "Sent")
	takesDrafts(f, nil)
	for n, want := range []data.Delivered{{Folder: "Drafts"}, {Folder: "Drafts", Had: true}} {
		got, err := put(t, f.address, outgoing(1))
		if err != nil || got != want {
			t.Errorf("try %d: %+v, %v", n+1, got, err)
		}
	}
	f.rest()
	mails := f.folder("Drafts").mails
	if len(mails) != 1 || mime.Parse([]byte(mails[0].raw), composedAt).MessageID != "draft1@larkfield.example" {
		t.Errorf("%d mails in Drafts", len(mails))
	}
	if said := f.commands("APPEND"); len(said) != 1 || !strings.Contains(said[0], `(\Draft \Seen)`) {
		t.Errorf("commands %q", said)
	}
	if made := f.commands("CREATE"); len(made) > 0 {
		t.Errorf("it made a folder: %q", made)
	}
}

func TestADraftWhoseAnswerWasLostIsNotPutAgain(t *testing.T) {
	f := draftServer(t, "Drafts", "Sent", "Trash")
	takesDrafts(f, func(c *fakeConn) bool { return c.Close() == nil })
	_, err := put(t, f.address, outgoing(1))
	if p, ok := data.AsProblem(err); !ok || p.Kind != data.Dropped {
		t.Fatalf("cut before the answer: %v", err)
	}
	f.rest()
	takesDrafts(f, nil)
	o := outgoing(1)
	o.Again = true
	if got, err := put(t, f.address, o); err != nil || !got.Had {
		t.Errorf("the next try: %+v, %v", got, err)
	}

	// Meanwhile the person has sent it, or thrown it away.
	for _, name := range []string{"Sent", "Trash"} {
		f.rest()
		f.folder(name).mails, f.folder("Drafts").mails = append(f.folder(name).mails, f.folder("Drafts").mails...), nil
		got, err := put(t, f.address, o)
		if err != nil || got != (data.Delivered{Folder: name, Gone: true}) {
			t.Errorf("in %s: %+v, %v", name, got, err)
		}
		f.rest()
		f.folder("Drafts").mails, f.folder(name).mails = f.folder(name).mails, nil
	}
	if said := f.commands("APPEND"); len(said) != 1 {
		t.Errorf("%d appends", len(said))
	}
}

func TestTheDraftsFolderIsFound(t *testing.T) {
	tests := []struct {
		name    string
		folders []string
		want    string
	}{
		{"by what the server says", []string{"Drafts", `Notes \Drafts`}, "Notes"},
		{"by its usual name", []string{"Sent", "Drafts"}, "Drafts"},
		{"in German", []string{"Entw&APw-rfe"}, "Entwürfe"},
		{"below the inbox", []string{"INBOX/Drafts"}, "INBOX/Drafts"},
		{"the highest of several", []string{"INBOX/Drafts", "Drafts"}, "Drafts"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := draftServer(t, tt.folders...)
			takesDrafts(f, nil)
			if got, err := put(t, f.address, outgoing(1)); err != nil || got.Folder != tt.want {
				t.Errorf("got %+v, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestWhyADraftIsNotPut(t *testing.T) {
	refuses := func(answer string) func(*fake) {
		return func(f *fake) {
			f.hook = func(c *fakeConn, command, args string) bool {
				if command == "APPEND" {
					c.say("%s %s", c.tag, answer)
				}
				if command == "UID SEARCH" {
					c.say("* SEARCH")
					c.ok()
				}
				return command == "APPEND" || command == "UID SEARCH"
			}
		}
	}
	tests := []struct {
		name    string
		folders []string
		script  func(*fake)
		want    data.ProblemKind
	}{
		{"no folder for drafts", []string{"Sent"}, func(f *fake) { takesDrafts(f, nil) }, data.NoDrafts},
		{"it cannot be opened to add", []string{`Drafts \Noselect`}, func(f *fake) { takesDrafts(f, nil) }, data.NoDrafts},
		{"the mailbox is full", []string{"Drafts"}, refuses("NO [OVERQUOTA] no room"), data.MailboxFull},
		{"the mailbox is full, in words", []string{"Drafts"}, refuses("NO Quota exceeded"), data.MailboxFull},
		{"the folder has gone", []string{"Drafts"}, refuses("NO [TRYCREATE] create it"), data.NoDrafts},
		{"it is not allowed", []string{"Drafts"}, refuses("NO [NOPERM] read-only"), data.DraftRefused},
		{"later", []string{"Drafts"}, refuses("NO [UNAVAILABLE] backend is down"), data.Busy},
		{"refused after the literal", []string{"Drafts"}, func(f *fake) {
			takesDrafts(f, func(c *fakeConn) bool { c.say("%s NO not today", c.tag); return true })
		}, data.DraftRefused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := draftServer(t, tt.folders...)
			tt.script(f)
			_, err := put(t, f.address, outgoing(1))
			if p, ok := data.AsProblem(err); !ok || p.Kind != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}

	t.Run("no server", func(t *testing.T) {
		_, err := put(t, freePort(t), outgoing(1))
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.Refused {
			t.Errorf("got %v", err)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := (Drafts{source(freePort(t))}).Put(ctx, outgoing(1)); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDovecotTakesDrafts(t *testing.T) {
	for _, caps := range []string{"", "IMAP4rev1"} {
		t.Run("with "+caps, func(t *testing.T) {
			d := startDovecot(t, caps)
			d.adm(t, "mailbox", "create", "-u", "test", "Drafts")
			for n := range 2 { // a short and a long one
				o := outgoing(n)
				if n == 1 {
					o.Draft.Text = strings.Repeat("Wir kommen am Dienstag. ", 400)
				}
				for try := range 2 {
					got, err := put(t, d.address, o)
					if err != nil || got.Folder != "Drafts" || got.Had != (try == 1) {
						t.Fatalf("draft %d, try %d: %+v, %v", n, try, got, err)
					}
				}
			}
			files, err := filepath.Glob(filepath.Join(d.Box("Drafts"), "cur/*"))
			if err != nil || len(files) != 2 {
				t.Fatalf("%d files in Drafts, %v", len(files), err)
			}
			for _, name := range files {
				raw, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(filepath.Base(name), ":2,DS") {
					t.Errorf("%s is not marked as a draft that was seen", filepath.Base(name))
				}
				m := mime.Parse(raw, composedAt)
				if len(m.Odd) > 0 || m.InReplyTo != "two@kestrel.example" || m.Sender().Email != "maya@larkfield.example" {
					t.Errorf("%+v", m)
				}
			}

			// Reading the mailbox does not bring the drafts in.
			s := newShelf(t)
			s.sync(source(d.address))
			chosen := source(d.address)
			chosen.Mailbox.Folders = []string{"Drafts"}
			s.sync(chosen)
			if n := s.arrivals(); n != 0 {
				t.Errorf("%d drafts were read as mail", n)
			}
		})
	}
}

// TestADraftIsPutOnceWhereverTheLineIsCut cuts the connection after so many bytes
// in one direction, tries again, and looks into the folder.
func TestADraftIsPutOnceWhereverTheLineIsCut(t *testing.T) {
	f := draftServer(t, "Drafts", "Sent", "Trash")
	takesDrafts(f, nil)
	cut := func(read, write int64) func(context.Context, string, string) (net.Conn, error) {
		return func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
			return &cutConn{Conn: &cutWriting{conn, write}, left: read}, err
		}
	}
	n, whole := 0, map[bool]bool{}
	for at := int64(40); at < 6000; at += 31 {
		for _, reading := range []bool{true, false} {
			if whole[reading] {
				continue
			}
			n++
			o, src := outgoing(n), source(f.address)
			if src.Dial = cut(at, 1<<20); !reading {
				src.Dial = cut(1<<20, at)
			}
			_, err := Drafts{src}.Put(t.Context(), o)
			whole[reading] = err == nil
			f.rest() // a server that still works on the first try is waited for by the outbox
			o.Again = true
			if _, err := put(t, f.address, o); err != nil {
				t.Fatal(err)
			}
			f.rest()
			times := 0
			for _, m := range f.folder("Drafts").mails {
				if strings.Contains(m.raw, "<"+o.Draft.MessageID+">") {
					times++
				}
			}
			if times != 1 {
				t.Fatalf("cut after %d bytes (reading %v): the draft lies there %d times", at, reading, times)
			}
		}
	}
	if !whole[true] || !whole[false] || n < 20 {
		t.Errorf("%d cuts never came to the end of a try: %v", n, whole)
	}
}

// TestASignInThatFailsIsTriedOnceForAllDrafts has a line to where nobody listens.
func TestASignInThatFailsIsTriedOnceForAllDrafts(t *testing.T) {
	src, tried := source(freePort(t)), 0
	src.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		tried++
		return (&net.Dialer{}).DialContext(ctx, network, address)
	}
	l := NewDraftLine(src)
	defer l.Close()
	var problem *data.Problem
	if _, err := l.Put(t.Context(), outgoing(1)); !errors.As(err, &problem) {
		t.Fatalf("got %v", err)
	}
	before := tried
	if _, err := l.Put(t.Context(), outgoing(2)); !errors.As(err, &problem) || tried != before || before == 0 {
		t.Errorf("%d tries, then %d: %v", before, tried, err)
	}
}

// TestALineThatWasLostWhileItStoodIdleIsMadeAnew has the server hang up between two
// drafts.
func TestALineThatWasLostWhileItStoodIdleIsMadeAnew(t *testing.T) {
	f := draftServer(t, "Drafts", "Sent", "Trash")
	takesDrafts(f, nil)
	src := source(f.address)
	var last net.Conn
	src.Dial = func(ctx context.Context, network, address string) (conn net.Conn, err error) {
		last, err = (&net.Dialer{}).DialContext(ctx, network, address)
		return last, err
	}
	l := NewDraftLine(src)
	defer l.Close()
	for n := range 3 {
		if got, err := l.Put(t.Context(), outgoing(n)); err != nil || got.Folder != "Drafts" {
			t.Fatalf("draft %d: %+v, %v", n, got, err)
		}
		if err := last.Close(); err != nil {
			t.Fatal(err)
		}
	}
	f.rest()
	if n := len(f.folder("Drafts").mails); n != 3 {
		t.Errorf("%d drafts lie there, want 3", n)
	}
}

// cutWriting ends after so many bytes were written.
type cutWriting struct {
	net.Conn
	left int64
}

func (c *cutWriting) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p[:min(int64(len(p)), c.left)])
	if c.left -= int64(n); err == nil && n < len(p) {
		_ = c.Close()
		err = io.ErrClosedPipe
	}
	return n, err
}

// freePort is an address at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}
