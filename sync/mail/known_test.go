package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// cameAgain are the subjects of mails that arrived since the batches were emptied.
func (s *shelf) cameAgain() []string {
	var list []string
	for _, b := range s.batches {
		for _, a := range b.Arrived {
			list = append(list, a.Message.Subject)
		}
	}
	slices.Sort(list)
	return list
}

// fat is a letter of some kilobytes, as most are.
func fat(n int) string { return letter(n) + strings.Repeat("and so on, line after line\r\n", 100) }

func fatFolder(name string, from, n int) *fakeFolder {
	f := folderOf(name, from, n)
	for i, m := range f.mails {
		m.raw = fat(from + i)
	}
	return f
}

// renumber gives a folder a new UIDVALIDITY and its mails other numbers.
func (f *fakeFolder) renumber(by uint32) {
	f.validity++
	f.next += by
	for _, m := range f.mails {
		m.uid += by
	}
}

func TestAFolderNumberedAnewIsNotDownloadedAgain(t *testing.T) {
	const n = 2000
	archive := fatFolder("Archive", 1000, n)
	f := startFake(t, &fake{folders: []*fakeFolder{folderOf("INBOX", 1, 5), archive}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	first := f.bytesSent()

	archive.renumber(17)
	archive.mails[3].flags = `\Answered`
	s.batches = nil
	s.sync(src)
	f.rest()
	again := f.bytesSent()
	if came := s.cameAgain(); len(came) != 0 {
		t.Errorf("%d mails were downloaded again", len(came))
	}
	if got := s.folder("Archive"); len(got) != n || got[0] != 18 {
		t.Errorf("Archive has %d mails from %d on", len(got), got[0])
	}
	if got := s.marksOf("Archive"); len(got) != 1 || got[21] != `\Answered` {
		t.Errorf("marks %v", got)
	}
	if odd := s.odd["Archive"]; len(odd) != 1 || !strings.Contains(odd[0], "2000 of them were known again") {
		t.Errorf("the ledger says %q", odd)
	}
	if again*5 > first {
		t.Errorf("%d bytes came, %d in the first reading", again, first)
	}
	t.Logf("%d bytes after the numbers changed, %d in the first reading: 1 in %.1f", again, first, float64(first)/float64(again))

	s.batches = nil
	s.sync(src)
	if len(s.cameAgain()) != 0 || len(s.at) != n+5 {
		t.Errorf("a later run brought %d mails; %d places", len(s.cameAgain()), len(s.at))
	}
}

func TestARelinkingRunCutAtAnyBatchGoesOn(t *testing.T) {
	for cut := 1; ; cut++ {
		archive := fatFolder("Archive", 1000, 60)
		archive.mails[10].raw = strings.Replace(archive.mails[10].raw, "Message-ID", "X-Nothing", 1)
		f := startFake(t, &fake{folders: []*fakeFolder{folderOf("INBOX", 1, 5), archive}})
		s, src := newShelf(t), source(f.address)
		s.sync(src)
		f.rest()
		archive.renumber(1)
		s.batches, s.seen, s.stop = nil, 0, cut
		err := s.try(src)
		if err == nil && cut > 2 {
			return
		}
		if err != nil && !errors.Is(err, errFull) {
			t.Fatal(err)
		}
		s.stop = 0
		s.sync(src)
		if came := s.cameAgain(); len(came) > 1 || len(s.folder("Archive")) != 60 {
			t.Errorf("cut at %d: %v came again; %d places", cut, came, len(s.folder("Archive")))
		}
	}
}

func TestOnlyWhatIsSureIsLinked(t *testing.T) {
	archive := fatFolder("Archive", 1000, 10)
	f := startFake(t, &fake{folders: []*fakeFolder{folderOf("INBOX", 1, 5), archive}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	archive.renumber(30)
	edit := func(i int, old, new string) {
		m := archive.mails[i]
		m.raw = strings.Replace(m.raw, old, new, 1)
	}
	edit(0, "Subject: Letter", "Subject: Lettre")             // another subject
	edit(1, "and so on", "and so forth on")                   // another size
	edit(2, "maya@larkfield", "otto@larkfield")               // another person
	edit(3, "Message-ID", "X-Message")                        // nothing to be known by
	archive.mails[5].raw = archive.mails[4].raw               // twice the same
	edit(6, "Date: ", "Date: Thursday the ")                  // another date, or none
	archive.mails[7].raw = "\r\n" + archive.mails[7].raw[2:]  // no header
	edit(8, "and so on, line after line", "AND SO ON, LINE ") // shorter
	s.batches = nil
	s.sync(src)
	// The ninth is the only one that nothing was done to.
	if came := s.cameAgain(); len(came) != 9 || slices.Contains(came, "Letter 1009") {
		t.Errorf("there came again %q", came)
	}
	for l, id := range s.at {
		if l.Folder == "Archive" && id != data.MessageIDOf([]byte(archive.mails[l.UID-31].raw)) {
			t.Errorf("%d is taken for another mail", l.UID)
		}
	}
}

func TestARenamedFolderIsNotDownloadedAgain(t *testing.T) {
	old := fatFolder("Kunden", 1000, 300)
	f := startFake(t, &fake{folders: []*fakeFolder{folderOf("INBOX", 1, 5), old}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	old.wire = "Clients"
	s.batches = nil
	s.sync(src)
	if came := s.cameAgain(); len(came) != 0 {
		t.Errorf("%d mails were downloaded again", len(came))
	}
	if len(s.folder("Clients")) != 300 || len(s.folder("Kunden")) != 0 {
		t.Errorf("%d mails under the new name, %d under the old", len(s.folder("Clients")), len(s.folder("Kunden")))
	}
	linked, gone := -1, -1
	for i, b := range s.batches {
		if len(b.Moved) > 0 {
			linked = i
		}
		if len(b.Gone) > 0 && gone < 0 {
			gone = i
		}
	}
	if linked < 0 || gone < linked {
		t.Errorf("the old places went in batch %d, the new came in %d", gone, linked)
	}
}

func TestMovedMailIsNotDownloadedAgain(t *testing.T) {
	inbox, archive := fatFolder("INBOX", 1, 30), fatFolder("Archive", 1000, 10)
	f := startFake(t, &fake{folders: []*fakeFolder{inbox, archive}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	move := func(from, to *fakeFolder) {
		f.rest()
		m := *from.mails[4]
		m.uid = to.next
		from.mails = slices.Delete(from.mails, 4, 5)
		to.mails, to.next = append(to.mails, &m), to.next+1
		s.batches = nil
		s.sync(src)
		if came := s.cameAgain(); len(came) != 0 {
			t.Errorf("from %s to %s: %v came again", from.wire, to.wire, came)
		}
		if len(s.folder("INBOX")) != len(inbox.mails) || len(s.folder("Archive")) != len(archive.mails) {
			t.Errorf("Inbox has %v, Archive %v", s.folder("INBOX"), s.folder("Archive"))
		}
	}
	move(inbox, archive)
	move(archive, inbox)
}

// Where one folder holds everything, what Inbox brought lies there too.
func TestWhatLiesInAllMailTooComesOnce(t *testing.T) {
	inbox, all := fatFolder("INBOX", 1, 80), fatFolder("[Gmail]/All Mail", 1, 200)
	all.attrs = `\All`
	f := startFake(t, &fake{folders: []*fakeFolder{inbox, all}})
	s := newShelf(t)
	s.sync(source(f.address))
	if n := s.arrivals(); n != 200 || len(s.at) != 280 {
		t.Errorf("%d mails came, at %d places; want 200 at 280", n, len(s.at))
	}
}

func TestServersThatGiveNoHeaderLines(t *testing.T) {
	for name, answer := range map[string]func(c *fakeConn){
		"refused":   func(c *fakeConn) { c.say("%s BAD I know no HEADER.FIELDS", c.tag) },
		"malformed": func(c *fakeConn) { c.say("* 1 FETCH (UID 31 BODY[HEADER.FIELDS (\r\n%s OK done", c.tag) },
		"cut short": func(c *fakeConn) {
			c.say("* 1 FETCH (UID 31 RFC822.SIZE 50 BODY[HEADER.FIELDS (DATE)] {900}\r\nMessage-ID")
			_ = c.Close()
		},
		"very long": func(c *fakeConn) {
			head := "X: " + strings.Repeat("x", maxTelling)
			c.say("* 1 FETCH (UID 31 RFC822.SIZE 50 BODY[HEADER.FIELDS (DATE)] {%d}\r\n%s)\r\n%s OK done", len(head), head, c.tag)
		},
	} {
		t.Run(name, func(t *testing.T) {
			archive := fatFolder("Archive", 1000, 20)
			f := &fake{folders: []*fakeFolder{folderOf("INBOX", 1, 5), archive}}
			startFake(t, f)
			s, src := newShelf(t), source(f.address)
			s.sync(src)
			f.rest()
			archive.renumber(30)
			f.hook = func(c *fakeConn, _, args string) bool {
				if !strings.Contains(args, "HEADER.FIELDS") {
					return false
				}
				if c.f.count("headers") > 3 && name == "cut short" {
					return false
				}
				answer(c)
				return true
			}
			s.sync(src)
			if got := s.folder("Archive"); len(got) != 20 || len(s.bad) != 0 {
				t.Errorf("Archive has %v, unreadable %v", got, s.bad)
			}
		})
	}
}

func TestTroubleWithTheWorkspaceEndsTheRunAsItIs(t *testing.T) {
	archive := fatFolder("Archive", 1000, 20)
	f := startFake(t, &fake{folders: []*fakeFolder{archive}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	archive.renumber(30)
	broken := fmt.Errorf("known mails: %w", errFull)
	src.Known = func(context.Context, []data.Traits) ([]string, error) { return nil, broken }
	if err := s.try(src); err != broken {
		t.Errorf("error %v, want that of the workspace as it is", err)
	}
}
