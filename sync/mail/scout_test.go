package mail

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
)

// boxes is an Inbox of 7 mails with folders A, B, C … of 5 mails beside it.
func boxes(n int) []*fakeFolder {
	list := []*fakeFolder{inboxOf(7)}
	for i := range n {
		f := &fakeFolder{wire: boxName(i), validity: 7, next: 6}
		for uid := 1; uid <= 5; uid++ {
			f.mails = append(f.mails, &fakeMail{uid: uint32(uid), raw: letter(100*(i+1) + uid)})
		}
		list = append(list, f)
	}
	return list
}

func boxName(i int) string { return fmt.Sprintf("%c%d", 'A'+i%26, i/26) }

// all fails unless every mail of boxes came once.
func (s *shelf) all(folders []*fakeFolder) {
	s.t.Helper()
	s.once()
	for _, f := range folders {
		if got := s.folder(f.wire); len(got) != len(f.mails) {
			s.t.Errorf("of %s the mails %v came, want %d", f.wire, got, len(f.mails))
		}
	}
	places := map[string]data.Location{} // by Message.ID
	for l, id := range s.at {
		if other, twice := places[id]; twice {
			s.t.Errorf("one mail lies at %v and at %v", l, other)
		}
		places[id] = l
	}
}

// about are the commands of one kind, by the folder that they name.
func about(commands []string) map[string]int {
	n := map[string]int{}
	for _, c := range commands {
		_, name, _ := strings.Cut(c, " ")
		n[strings.Trim(name, `"`)]++
	}
	return n
}

// A server that answers nothing of the volley until all of it has come is the
// proof that nothing of it waits for an answer.
func TestFoldersAreAskedAboutInOneVolley(t *testing.T) {
	folders := boxes(5)
	held := false
	f := startFake(t, &fake{caps: " LIST-EXTENDED LIST-STATUS", folders: folders, hook: func(c *fakeConn, command, args string) bool {
		if held || command != "EXAMINE" || strings.Contains(args, "INBOX") {
			return false
		}
		held = true
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second)) // what never comes fails the test below
		for want := 1; ; want++ {
			more, err := c.in.Peek(want)
			if err != nil {
				t.Errorf("after EXAMINE %s only %q came", args, more)
				break
			}
			// Four more folders, each with a search and a question for sizes; that
			// of the first is asked last.
			if strings.Count(string(more), "EXAMINE") == 4 && strings.Count(string(more), "RFC822.SIZE") == 5 && strings.HasSuffix(string(more), "\n") {
				break
			}
		}
		_ = c.SetReadDeadline(time.Time{})
		return false
	}})
	s := newShelf(t)
	s.sync(source(f.address))
	s.all(folders)
	if !held {
		t.Error("no folder was opened")
	}
	want := map[string]int{"INBOX": 1, "A0": 1, "B0": 2, "C0": 2, "D0": 2, "E0": 2} // what was asked about last stays open
	for name, n := range about(f.commands("EXAMINE ")) {
		if n != want[name] {
			t.Errorf("%s was opened %d times, want %d", name, n, want[name])
		}
	}
	for _, l := range f.commands("UID FETCH ") {
		if strings.HasSuffix(l, "(UID RFC822.SIZE)") || strings.HasSuffix(l, "(RFC822.SIZE UID)") {
			t.Errorf("sizes were asked for once more: %s", l)
		}
	}
}

// A server that answers nothing about the second folder until the mails of the last are
// asked for is the proof that no folder waits for another.
func TestScoutedFoldersAreReadInARow(t *testing.T) {
	folders := boxes(5)
	held := false
	f := startFake(t, &fake{caps: " LIST-EXTENDED LIST-STATUS", folders: folders, hook: func(c *fakeConn, command, args string) bool {
		if command != "EXAMINE" || !strings.Contains(args, "B0") || c.f.count(command+args) != 2 {
			return false
		}
		held = true
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second)) // what never comes fails the test below
		for want := 1; ; want++ {
			more, err := c.in.Peek(want)
			if err != nil {
				t.Errorf("after EXAMINE %s only %q came", args, more)
				break
			}
			// Three more folders, and the mails of all four.
			if strings.Count(string(more), "EXAMINE") == 3 && strings.Count(string(more), "BODY.PEEK[]") == 4 && strings.HasSuffix(string(more), "\n") {
				break
			}
		}
		_ = c.SetReadDeadline(time.Time{})
		return false
	}})
	s := newShelf(t)
	s.sync(source(f.address))
	s.all(folders)
	if !held {
		t.Error("no folder was opened again")
	}
}

func TestMoreFoldersThanAVolleyHolds(t *testing.T) {
	folders := boxes(2*scoutedAtOnce + 3)
	f := startFake(t, &fake{folders: folders})
	s := newShelf(t)
	s.sync(source(f.address))
	s.all(folders)
}

func TestAVolleyThatGoesWrongLosesNothing(t *testing.T) {
	cases := []struct {
		name string
		// wrong answers a command about a folder in the volley in its own way; n
		// is which one of that kind it is, from 1.
		wrong    func(c *fakeConn, command, args string, n int) bool
		missing  string // a folder that cannot be read at all
		examined int    // how often B0 is opened; 0: whatever
	}{
		{"a folder is refused for good", func(c *fakeConn, command, args string, _ int) bool {
			if command != "EXAMINE" || !strings.Contains(args, "B0") {
				return false
			}
			c.selected = nil
			c.say("%s NO it is locked", c.tag)
			return true
		}, "B0", 2},
		{"a folder is refused once", func(c *fakeConn, command, args string, n int) bool {
			if command != "EXAMINE" || !strings.Contains(args, "B0") || n > 1 {
				return false
			}
			c.selected = nil
			c.say("%s NO it is busy", c.tag)
			return true
		}, "", 2},
		{"a search finds fewer mails than there are", func(c *fakeConn, command, _ string, _ int) bool {
			if command != "UID SEARCH" || c.selected == nil || c.selected.wire != "B0" {
				return false
			}
			c.say("* SEARCH 2\r\n%s OK done", c.tag)
			return true
		}, "", 0},
		{"a search is refused", func(c *fakeConn, command, _ string, _ int) bool {
			if command != "UID SEARCH" || c.selected == nil || c.selected.wire != "B0" {
				return false
			}
			c.say("%s BAD no searching here", c.tag)
			return true
		}, "", 0},
		{"sizes are refused", func(c *fakeConn, command, _ string, _ int) bool {
			if command != "FETCH" || c.selected == nil || c.selected.wire != "B0" {
				return false
			}
			c.say("%s NO no sizes today", c.tag)
			return true
		}, "", 2},
		{"sizes are of some mails only", func(c *fakeConn, command, _ string, _ int) bool {
			if command != "FETCH" || c.selected == nil || c.selected.wire != "B0" {
				return false
			}
			c.say("* 5 FETCH (UID 5 RFC822.SIZE 300)\r\n%s OK done", c.tag)
			return true
		}, "", 0},
		{"the line is cut within the volley", func(c *fakeConn, command, args string, _ int) bool {
			if command != "EXAMINE" || !strings.Contains(args, "B0") || c.number > 1 {
				return false
			}
			_ = c.Close()
			return true
		}, "", 0},
		{"a folder is refused when it is opened again, and the one before stays open", func(c *fakeConn, command, args string, n int) bool {
			if command != "EXAMINE" || !strings.Contains(args, "B0") || n != 2 {
				return false
			}
			c.say("%s NO it is busy", c.tag)
			return true
		}, "", 3},
		{"a folder is numbered anew before it is opened again", func(c *fakeConn, command, args string, n int) bool {
			if command == "EXAMINE" && strings.Contains(args, "B0") && n == 2 {
				c.f.folders[2].validity++
			}
			return false
		}, "", 3},
		{"the line is cut when a folder is opened again", func(c *fakeConn, command, args string, n int) bool {
			if command != "EXAMINE" || !strings.Contains(args, "B0") || n != 2 {
				return false
			}
			_ = c.Close()
			return true
		}, "", 3},
		{"a mail does not come the first time", func(c *fakeConn, command, args string, n int) bool {
			if command != "UID FETCH" || c.selected.wire != "B0" || n > 3 {
				return false
			}
			c.say("%s OK done", c.tag)
			return true
		}, "", 0},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			folders := boxes(4)
			f := startFake(t, &fake{caps: " LIST-EXTENDED LIST-STATUS", folders: folders, hook: func(c *fakeConn, command, args string) bool {
				key := command
				if command == "EXAMINE" {
					key += args
				}
				return test.wrong(c, command, args, c.f.count(key))
			}})
			s := newShelf(t)
			s.sync(source(f.address))
			if test.missing != "" {
				if len(s.folder(test.missing)) != 0 || len(s.odd[test.missing]) == 0 {
					t.Errorf("%s: %v, the ledger says %q", test.missing, s.folder(test.missing), s.odd[test.missing])
				}
				folders = slices.DeleteFunc(slices.Clone(folders), func(f *fakeFolder) bool { return f.wire == test.missing })
			}
			s.all(folders)
			if n := about(f.commands("EXAMINE "))["B0"]; test.examined > 0 && n != test.examined {
				t.Errorf("B0 was opened %d times, want %d", n, test.examined)
			}
			s.batches = nil
			s.sync(source(f.address))
			if s.arrivals() != 0 {
				t.Errorf("the next pass brought %d mails", s.arrivals())
			}
		})
	}
}
