package mail

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// marksOf are the marks on the shelf of a folder's mails, by UID.
func (s *shelf) marksOf(folder string) map[uint32]data.Flags {
	marks := map[uint32]data.Flags{}
	for l := range s.at {
		if l.Folder == folder && s.flags[l] != "" {
			marks[l.UID] = s.flags[l]
		}
	}
	return marks
}

func (s *shelf) flaggedBatches() (n int) {
	for _, b := range s.batches {
		n += len(b.Flagged)
	}
	return n
}

// folderOf is a folder with letters from a number on, of the UIDs 1 to n.
func folderOf(name string, from, n int) *fakeFolder {
	f := inboxOf(n)
	f.wire = name
	for i, m := range f.mails {
		m.raw = letter(from + i)
	}
	return f
}

func (f *fakeFolder) mark(uid int, flags string) {
	f.modSeq++
	f.mails[uid-1].flags, f.mails[uid-1].modSeq = flags, f.modSeq
}

func TestMarksWithCondstore(t *testing.T) {
	inbox, archive := folderOf("INBOX", 1, 60), folderOf("Archive", 1000, 40)
	for _, f := range []*fakeFolder{inbox, archive} {
		for uid := range f.mails {
			f.mark(uid+1, "")
		}
	}
	inbox.mark(3, `\Seen $Forwarded`)
	f := startFake(t, &fake{caps: " CONDSTORE", folders: []*fakeFolder{inbox, archive}})
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	if got := s.marksOf("INBOX"); len(got) != 1 || got[3] != `$Forwarded \Seen` {
		t.Errorf("after the first reading the marks are %v", got)
	}
	if n := len(f.commands("UID FETCH")); n != 6 {
		t.Errorf("%d FETCH commands, want sizes and mails of each folder, and of Inbox's newest first: %v", n, f.commands("UID FETCH"))
	}

	f.rest()
	f.lines = nil
	s.sync(src)
	if got := f.commands("EXAMINE"); len(got) != 0 {
		t.Errorf("nothing changed, and it said %v", got)
	}

	f.rest()
	f.lines = nil
	archive.mark(7, `\Answered \Seen`)
	archive.mark(8, `\Flagged`)
	archive.mark(8, ``)
	before, odds := s.arrivals(), len(s.odd["Archive"])
	s.sync(src)
	if got := s.marksOf("Archive"); len(got) != 1 || got[7] != `\Answered \Seen` {
		t.Errorf("the marks are %v", got)
	}
	if s.arrivals() != before || s.flaggedBatches() != 2 || len(s.odd["Archive"]) != odds {
		t.Errorf("two marks changed: %d mails came, %d marks, odd %v", s.arrivals()-before, s.flaggedBatches(), s.odd)
	}
	if got := f.commands("UID FETCH"); len(got) != 1 || !strings.HasSuffix(got[0], "(CHANGEDSINCE 40)") || len(f.commands("UID SEARCH")) != 0 {
		t.Errorf("it said %v", f.commands(""))
	}

	// A server that was restored counts from an older state: all are looked at.
	f.rest()
	f.lines = nil
	archive.modSeq = 5
	archive.mails[8].flags = `\Seen`
	s.sync(src)
	if got := s.marksOf("Archive"); len(got) != 2 || got[9] != `\Seen` {
		t.Errorf("after the count went back the marks are %v; it said %v", got, f.commands("UID FETCH"))
	}
}

func TestMarksOfARunThatWasCut(t *testing.T) {
	inbox := folderOf("INBOX", 1, 60)
	for uid := range inbox.mails {
		inbox.mark(uid+1, "")
	}
	for _, caps := range []string{" CONDSTORE", ""} {
		f := startFake(t, &fake{caps: caps, folders: []*fakeFolder{inbox}})
		s, src := newShelf(t), source(f.address)
		src.Limits = Limits{First: 10, Count: 10}
		s.stop = 4
		if err := s.try(src); !errors.Is(err, errFull) {
			t.Fatal(err)
		}
		f.rest()
		inbox.mark(60, `\Seen`) // stored before the cut, without it
		s.sync(src)
		if got := s.marksOf("INBOX"); got[60] != `\Seen` {
			t.Errorf("with%s: a mark that changed while the run was away is %q", caps, got[60])
		}
		f.rest()
		inbox.mark(60, ``)
	}
}

// A server of Microsoft's or Yahoo's cannot say what changed.
func TestMarksWithoutCondstore(t *testing.T) {
	inbox, archive := folderOf("INBOX", 1, 400), folderOf("Archive", 1000, 300)
	f := startFake(t, &fake{folders: []*fakeFolder{inbox, archive}})
	s, src := newShelf(t), source(f.address)
	now := src.Now()
	src.Now = func() time.Time { return now }
	src.Limits.Newest = 100
	s.sync(src)

	f.rest()
	f.lines = nil
	inbox.mark(350, `\Answered`)
	inbox.mark(5, `\Flagged`)
	archive.mark(299, `\Seen`)
	s.sync(src)
	if got := s.marksOf("INBOX"); len(got) != 1 || got[350] != `\Answered` {
		t.Errorf("of Inbox's newest the marks are %v", got)
	}
	if got := f.commands("EXAMINE"); len(got) != 1 || len(f.commands("UID SEARCH")) != 0 {
		t.Errorf("it said %v", f.commands(""))
	}
	if n := s.flaggedBatches(); n != 100 {
		t.Errorf("%d marks were handed over, want those of the newest 100", n)
	}

	f.rest()
	archive.mails, archive.next = append(archive.mails, &fakeMail{uid: 301, raw: letter(1300)}), 302
	s.sync(src)
	if got := s.marksOf("Archive"); len(got) != 1 || got[299] != `\Seen` {
		t.Errorf("of a folder that was opened for a new mail the marks are %v", got)
	}

	f.rest()
	archive.mark(2, `\Flagged \Seen`)
	now = now.AddDate(0, 0, 1)
	s.sync(src)
	if in, ar := s.marksOf("INBOX"), s.marksOf("Archive"); in[5] != `\Flagged` || ar[2] != `\Flagged \Seen` {
		t.Errorf("a day later the marks are %v and %v", in, ar)
	}
	f.rest()
	f.lines = nil
	s.sync(src)
	if got := f.commands("EXAMINE"); len(got) != 1 {
		t.Errorf("all marks are looked at once a day; it said %v", f.commands(""))
	}
	s.once()
}

func TestManyMarksComeInPieces(t *testing.T) {
	inbox := folderOf("INBOX", 1, 2*flaggedAtOnce+7)
	f := startFake(t, &fake{caps: " CONDSTORE", folders: []*fakeFolder{inbox}})
	inbox.modSeq = 1
	s, src := newShelf(t), source(f.address)
	s.sync(src)
	f.rest()
	for uid := range inbox.mails {
		inbox.mark(uid+1, `\Seen`)
	}
	s.sync(src)
	if got := s.marksOf("INBOX"); len(got) != len(inbox.mails) {
		t.Errorf("%d of %d marks", len(got), len(inbox.mails))
	}
	for _, b := range s.batches {
		if len(b.Flagged) > flaggedAtOnce {
			t.Errorf("a batch of %d marks", len(b.Flagged))
		}
	}
}

func TestMarksThatCannotBeReadStopNothing(t *testing.T) {
	for name, answer := range map[string]func(c *fakeConn){
		"refused":   func(c *fakeConn) { c.say("%s NO not today", c.tag) },
		"malformed": func(c *fakeConn) { c.say("* 1 FETCH (UID 1 FLAGS (\"\r\n%s OK done", c.tag) },
	} {
		t.Run(name, func(t *testing.T) {
			inbox := folderOf("INBOX", 1, 20)
			f := &fake{caps: " CONDSTORE", folders: []*fakeFolder{inbox}}
			inbox.modSeq = 1
			startFake(t, f)
			s, src := newShelf(t), source(f.address)
			s.sync(src)
			f.rest()
			inbox.mark(5, `\Seen`)
			inbox.mails, inbox.next = append(inbox.mails, &fakeMail{uid: 21, raw: letter(21)}), 22
			f.hook = func(c *fakeConn, command, args string) bool {
				if !strings.Contains(args, "CHANGEDSINCE") {
					return false
				}
				answer(c)
				return true
			}
			s.sync(src)
			if len(s.at) != 21 || len(s.odd["INBOX"]) != 1 {
				t.Errorf("%d mails, odd %v", len(s.at), s.odd)
			}
			f.rest()
			f.hook = nil
			s.sync(src)
			if got := s.marksOf("INBOX"); got[5] != `\Seen` {
				t.Errorf("the next run knows %v", got)
			}
		})
	}
}

func TestMarksOfGoImapsServer(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive")
	m.fill(t, "INBOX", 0, 20)
	m.fill(t, "Archive", 100, 20)
	s, src := newShelf(t), source(m.address)
	s.sync(src)
	client := m.dial(t)
	for folder, flags := range map[string][]imap.Flag{"INBOX": {imap.FlagAnswered, "$Junk"}, "Archive": {imap.FlagSeen}} {
		if _, err := client.Select(folder, nil).Wait(); err != nil {
			t.Fatal(err)
		}
		if err := client.Store(imap.UIDSetNum(4), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: flags}, nil).Close(); err != nil {
			t.Fatal(err)
		}
	}
	s.sync(src)
	if got := s.marksOf("INBOX"); len(got) != 1 || got[4] != `$Junk \Answered` {
		t.Errorf("Inbox has %v", got)
	}
	src.Now = func() time.Time { return time.Date(2026, 7, 2, 0, 1, 0, 0, time.UTC) }
	s.sync(src)
	if got := s.marksOf("Archive"); len(got) != 1 || got[4] != `\Seen` {
		t.Errorf("Archive has %v", got)
	}
}

func TestNewest(t *testing.T) {
	set := imap.UIDSet{{Start: 1, Stop: 10}, {Start: 20, Stop: 21}, {Start: 30, Stop: 30}}
	for n, want := range map[int]string{0: "", 1: "30", 2: "21,30", 3: "20:21,30", 4: "10,20:21,30", 100: "1:10,20:21,30"} {
		if got := newest(set, n).String(); got != want {
			t.Errorf("the newest %d are %q, want %q", n, got, want)
		}
	}
	if !slices.Equal(set, imap.UIDSet{{Start: 1, Stop: 10}, {Start: 20, Stop: 21}, {Start: 30, Stop: 30}}) {
		t.Errorf("the set itself changed: %s", fmt.Sprint(set))
	}
}
