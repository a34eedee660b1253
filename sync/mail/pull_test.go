package mail

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/sync/mime"
)

var may = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

// bigLetter is a mail of some megabytes, no two parts of which are alike.
func bigLetter(n int) string {
	var b strings.Builder
	b.WriteString(letter(n))
	for i := range 60_000 {
		fmt.Fprintf(&b, "Line %d of a long mail, and no end of it.\r\n", i)
	}
	return b.String()
}

// placesOf are the places on the shelf of the mail with that subject.
func (s *shelf) placesOf(subject string) (m data.Message, at []data.Location) {
	s.t.Helper()
	for l, id := range s.at {
		if s.msgs[id].Subject == subject {
			m, at = s.msgs[id], append(at, l)
		}
	}
	if len(at) == 0 {
		s.t.Fatalf("no mail %q is on the shelf", subject)
	}
	slices.SortFunc(at, func(a, b data.Location) int { return strings.Compare(a.Folder, b.Folder) })
	return m, at
}

func pull(src Source, m data.Message, at []data.Location) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return src.Pull(ctx, m, at, nil)
}

func wantKind(t *testing.T, err error, kind data.ProblemKind) {
	t.Helper()
	if p, ok := data.AsProblem(err); !ok || p.Kind != kind {
		t.Errorf("the error is %v, want a problem of kind %q", err, kind)
	}
}

func TestAMailIsPulled(t *testing.T) {
	server := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive")
	big := bigLetter(1)
	server.put(t, "Archive", big, may)
	server.put(t, "INBOX", big, may)
	server.fill(t, "INBOX", 2, 3)
	src := source(server.address)
	src.Limits.Whole = 300 << 10
	s := newShelf(t)
	s.sync(src)

	small, at := s.placesOf("Letter 3")
	if raw, err := pull(src, small, at); err != nil || string(raw) != letter(3) {
		t.Errorf("%d bytes of a small mail, %v", len(raw), err)
	}
	cut, places := s.placesOf("Letter 1")
	if !cut.TextCut || len(places) != 2 {
		t.Fatalf("the large mail is cut %v, in %v", cut.TextCut, places)
	}
	var told []int64
	raw, err := src.Pull(context.Background(), cut, places, func(done, total int64) {
		told = append(told, done)
		if total != int64(len(big)) {
			t.Errorf("%d of %d bytes, want %d", done, total, len(big))
		}
	})
	if err != nil || string(raw) != big {
		t.Errorf("%d of %d bytes of a large mail, %v", len(raw), len(big), err)
	}
	if len(told) < 3 || told[len(told)-1] != int64(len(big)) || !slices.IsSorted(told) {
		t.Errorf("the progress was %v", told)
	}
	// Where one place is wrong, the other serves.
	places[0].UID = 99
	if raw, err := pull(src, cut, places); err != nil || string(raw) != big {
		t.Errorf("%d bytes from the other place, %v", len(raw), err)
	}
}

func TestOnlyTheMailItselfIsPulled(t *testing.T) {
	server := startMemory(t, memoryOptions{caps: fullCaps()})
	server.put(t, "INBOX", bigLetter(1), may)
	server.fill(t, "INBOX", 2, 3)
	src := source(server.address)
	src.Limits.Whole = 300 << 10
	s := newShelf(t)
	s.sync(src)
	m, at := s.placesOf("Letter 3")
	cut, cutAt := s.placesOf("Letter 1")
	for says, change := range map[string]func(*data.Message, *data.Location){
		"another mail has its number":    func(_ *data.Message, l *data.Location) { l.UID++ },
		"nothing has its number":         func(_ *data.Message, l *data.Location) { l.UID = 77 },
		"the folder was numbered anew":   func(_ *data.Message, l *data.Location) { l.UIDValidity++ },
		"the folder is gone":             func(_ *data.Message, l *data.Location) { l.Folder = "Gone" },
		"it lies in another mailbox":     func(_ *data.Message, l *data.Location) { l.Mailbox = "m2" },
		"another cut mail has its place": func(m *data.Message, l *data.Location) { *m, *l = cut, cutAt[0]; m.ID = data.MessageIDOf(nil) },
	} {
		m, l := m, at[0]
		change(&m, &l)
		raw, err := pull(src, m, []data.Location{l})
		if raw != nil {
			t.Errorf("%s: %d bytes came", says, len(raw))
		}
		wantKind(t, err, data.MailGone)
	}
	m.Size = maxPulled + 1
	_, err := pull(src, m, at)
	wantKind(t, err, data.MailTooLarge)
}

func TestAPullGoesOnWhereTheConnectionWasCut(t *testing.T) {
	server := startMemory(t, memoryOptions{caps: fullCaps()})
	big := bigLetter(1)
	server.put(t, "INBOX", big, may)
	src := source(server.address)
	s := newShelf(t)
	s.sync(src)
	m, at := s.placesOf("Letter 1")
	src.Dial = cutAfter(1_300_000) // in the middle of the second piece
	if raw, err := pull(src, m, at); err != nil || string(raw) != big {
		t.Errorf("%d of %d bytes, %v", len(raw), len(big), err)
	}
	src.Dial = cutAfter(600) // never as far as a mail
	_, err := pull(src, m, at)
	wantKind(t, err, data.Dropped)
	if p, ok := data.AsProblem(err); ok && p.Todo() != "Try again" {
		t.Errorf("of a pull that nobody repeats it says %q", p.Todo())
	}
}

func TestPullFromOddServers(t *testing.T) {
	for says, answer := range map[string]func(seq int, m *fakeMail) string{
		"one that gives all where a part was asked": nil,
		"the UID after the mail": func(seq int, m *fakeMail) string {
			return fmt.Sprintf("* %d FETCH (BODY[] {%d}\r\n%s UID %d)", seq, len(m.raw), m.raw, m.uid)
		},
		"no UID at all": func(seq int, m *fakeMail) string {
			return fmt.Sprintf("* %d FETCH (BODY[] {%d}\r\n%s)", seq, len(m.raw), m.raw)
		},
	} {
		t.Run(says, func(t *testing.T) {
			inbox := inboxOf(3)
			inbox.mails[1].answer = answer
			f := startFake(t, &fake{folders: []*fakeFolder{inbox}})
			m := mime.Parse([]byte(letter(2)), composedAt)
			at := []data.Location{{Mailbox: "m1", Folder: "INBOX", UIDValidity: 7, UID: 2}}
			if raw, err := pull(source(f.address), m, at); err != nil || string(raw) != letter(2) {
				t.Errorf("%q, %v", raw, err)
			}
			if wrote := f.commands("SELECT"); len(wrote) > 0 {
				t.Errorf("it opened a folder for writing: %v", wrote)
			}
		})
	}
}

func TestPullTellsWhatIsWrong(t *testing.T) {
	f := startFake(t, &fake{folders: []*fakeFolder{inboxOf(1)}})
	m, at := mime.Parse([]byte(letter(1)), composedAt), []data.Location{{Mailbox: "m1", Folder: "INBOX", UIDValidity: 7, UID: 1}}
	src := source(f.address)
	src.Password = func(context.Context) (string, error) { return "", data.ErrNotFound }
	_, err := pull(src, m, at)
	wantKind(t, err, data.NoPassword)

	src = source("127.0.0.1:1")
	_, err = pull(src, m, at)
	wantKind(t, err, data.Refused)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := source(f.address).Pull(ctx, m, at, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled, it says %v", err)
	}
}

func TestDovecotGivesEveryMailAgain(t *testing.T) {
	d := startDovecot(t, "")
	d.deliver(t, "INBOX", post(0, 12)...)
	d.deliver(t, "Kunden/Müller & Söhne", strings.ReplaceAll(bigLetter(1), "\r\n", "\n"), "Subject: no end\nX-Long: "+strings.Repeat("a b ", 200_000)+"\n")
	src := source(d.address)
	src.Limits.Whole = 300 << 10
	s := newShelf(t)
	s.sync(src)
	cut := 0
	for l, id := range s.at {
		m := s.msgs[id]
		raw, err := pull(src, m, []data.Location{l})
		if err != nil || int64(len(raw)) != m.Size {
			t.Errorf("%s %d: %d of %d bytes, %v", l.Folder, l.UID, len(raw), m.Size, err)
		}
		if m.TextCut {
			cut++
		}
	}
	if len(s.at) != 14 || cut != 2 {
		t.Errorf("%d mails, %d of them cut", len(s.at), cut)
	}
}
