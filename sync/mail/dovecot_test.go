package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
	"rapport/sync/dovecot"
)

// realServer is a Dovecot on this laptop, with one user.
type realServer struct {
	*dovecot.Server
	address string
	saved   int
}

// startDovecot starts it with the capabilities that are given, all of its own if
// none, and ends it with the test.
func startDovecot(t *testing.T, capabilities string) *realServer {
	t.Helper()
	dir, err := os.MkdirTemp("", "dc") // short: paths of sockets have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	server, err := dovecot.StartAs(dir, capabilities)
	if errors.Is(err, dovecot.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Logf("Dovecot said:\n%s", server.Log())
		}
	})
	return &realServer{Server: server, address: server.Address()}
}

// deliver puts mails straight into a folder, named as people see it.
func (d *realServer) deliver(t *testing.T, folder string, mails ...string) {
	t.Helper()
	for _, raw := range mails {
		d.saved++
		came := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(d.saved) * time.Minute)
		if err := d.Deliver(encodeFolder(folder), []byte(raw), came, true); err != nil {
			t.Fatal(err)
		}
	}
}

// adm runs doveadm on the mailbox.
func (d *realServer) adm(t *testing.T, args ...string) {
	t.Helper()
	if err := d.Adm(args...); err != nil {
		t.Fatal(err)
	}
}

// truth is what the server holds, read in the plainest way there is: every mail
// of every folder that is not left out, by its bytes.
func (d *realServer) truth(t *testing.T) map[data.Location]string {
	t.Helper()
	client, err := imapclient.DialInsecure(d.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("test", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	folders, err := client.List("", "*", nil).Collect()
	if err != nil {
		t.Fatal(err)
	}
	all := map[data.Location]string{}
	for _, f := range folders {
		switch top, _, _ := strings.Cut(f.Mailbox, "/"); top {
		case "Trash", "Junk", "Drafts":
			continue
		}
		state, err := client.Select(f.Mailbox, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			continue // a folder that only holds folders
		}
		if state.NumMessages == 0 {
			continue
		}
		mails, err := client.Fetch(imap.SeqSet{imap.SeqRange{Start: 1}}, &imap.FetchOptions{
			UID: true, BodySection: []*imap.FetchItemBodySection{{Peek: true}},
		}).Collect()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			sum := sha256.Sum256(m.BodySection[0].Bytes)
			all[data.Location{Mailbox: "m1", Folder: f.Mailbox, UIDValidity: state.UIDValidity, UID: uint32(m.UID)}] = hex.EncodeToString(sum[:])
		}
	}
	return all
}

// marks are what the server has of marks, read in the plainest way there is.
func (d *realServer) marks(t *testing.T, folders []string) map[data.Location]data.Flags {
	t.Helper()
	client, err := imapclient.DialInsecure(d.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("test", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	all := map[data.Location]data.Flags{}
	for _, f := range folders {
		state, err := client.Select(f, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			t.Fatal(err)
		}
		if state.NumMessages == 0 {
			continue
		}
		mails, err := client.Fetch(imap.SeqSet{imap.SeqRange{Start: 1}}, &imap.FetchOptions{UID: true, Flags: true}).Collect()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range mails {
			all[data.Location{Mailbox: "m1", Folder: f, UIDValidity: state.UIDValidity, UID: uint32(m.UID)}] = flagsOf(m.Flags)
		}
	}
	return all
}

// marked fails unless the shelf knows the marks that the server has.
func (s *shelf) marked(d *realServer, when string) {
	s.t.Helper()
	var folders []string
	for l := range s.at {
		if !slices.Contains(folders, l.Folder) {
			folders = append(folders, l.Folder)
		}
	}
	wrong, set := 0, 0
	for l, flags := range d.marks(s.t, folders) {
		if flags != "" {
			set++
		}
		if s.flags[l] != flags {
			wrong++
			s.t.Logf("%s: %s/%d has %q, want %q", when, l.Folder, l.UID, s.flags[l], flags)
		}
	}
	if wrong > 0 || set == 0 {
		s.t.Errorf("%s: %d places have other marks than on the server, where %d have some", when, wrong, set)
	}
}

// equals fails unless the shelf holds what the server does.
func (s *shelf) equals(d *realServer, when string) {
	s.t.Helper()
	truth := d.truth(s.t)
	for l, id := range truth {
		if s.at[l] != id {
			s.t.Errorf("%s: %s/%d is missing or another mail", when, l.Folder, l.UID)
		}
	}
	for l := range s.at {
		if _, ok := truth[l]; !ok {
			s.t.Errorf("%s: %s/%d (of %d) is not on the server", when, l.Folder, l.UID, l.UIDValidity)
		}
	}
	if len(s.bad) > 0 {
		s.t.Errorf("%s: unreadable %v", when, s.bad)
	}
}

// post makes n mails of many kinds, each with bytes of its own.
func post(from, n int) []string {
	var mails []string
	for i := from; i < from+n; i++ {
		mails = append(mails, odd(i))
	}
	return mails
}

// odd is one of the shapes that mail comes in.
func odd(i int) string {
	head := fmt.Sprintf("From: \"Holt, Karin\" <karin%d@kestrel.example>\nTo: Maya <maya@larkfield.example>, team: a@x.example;\nSubject: =?utf-8?q?Angebot_f=C3=BCr_%d?=\n"+
		"Date: %s\n", i%7, i, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i)*time.Hour).Format(time.RFC1123Z))
	id := fmt.Sprintf("Message-ID: <%d@kestrel.example>\n", i)
	switch i % 6 {
	case 0:
		return head + id + "\nDear Maya,\n\nall is well.\n"
	case 1:
		return head + "\nno Message-ID in this one\n" // and none is made up
	case 2:
		return head + id + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>Gr=FC=DFe</p>\n" +
			"--b\nContent-Type: application/pdf; name=\"a.pdf\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment\n\n" + strings.Repeat("AAAA", 400) + "\n--b--\n"
	case 3:
		return head + id + "Content-Type: text/plain; charset=x-nobody-knows\n\nGr\xfc\xdfe {12} from\nFrom the north\n"
	case 4:
		return fmt.Sprintf("Subject: a header without its end %d", i)
	}
	return head + id + "\n" + strings.Repeat("a long text, line by line\n", 900)
}

var dovecotKinds = map[string]string{"all that it can": "", "no more than RFC 3501": "IMAP4rev1"}

func loadedDovecot(t *testing.T, capabilities string) *realServer {
	d := startDovecot(t, capabilities)
	d.deliver(t, "INBOX", post(0, 180)...)
	d.deliver(t, "Sent", post(1000, 60)...)
	d.deliver(t, "Archive", post(2000, 40)...)
	d.deliver(t, "Kunden/Müller & Söhne", post(3000, 30)...)
	d.deliver(t, "Kunden/株式会社", post(4000, 10)...)
	for _, f := range []string{"Trash", "Junk", "Drafts", "Trash/Old"} {
		d.deliver(t, f, post(5000, 3)...)
	}
	return d
}

func TestDovecotFromFirstSyncToLast(t *testing.T) {
	t.Parallel()
	for name, capabilities := range dovecotKinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := loadedDovecot(t, capabilities)
			s := newShelf(t)
			src := source(d.address)
			s.sync(src)
			s.equals(d, "first sync")
			s.marked(d, "first sync")
			s.once()
			if len(s.at) != 320 {
				t.Errorf("%d mails, want 320", len(s.at))
			}
			came := func() int { n := s.arrivals(); s.batches = nil; return n }
			came()
			s.sync(src)
			if n := came(); n != 0 {
				t.Errorf("nothing changed, and %d mails came", n)
			}

			d.adm(t, "expunge", "-u", "test", "mailbox", "INBOX", "1:20")
			d.adm(t, "move", "-u", "test", "Archive", "mailbox", "INBOX", "30:39")
			d.deliver(t, "INBOX", post(6000, 5)...)
			d.deliver(t, "New folder", post(7000, 4)...)
			d.adm(t, "flags", "add", "-u", "test", `\Flagged`, "mailbox", "Sent", "1:10")
			s.sync(src)
			s.equals(d, "after a day's work")
			// Of the ten that were moved, four have no Message-ID to be known by.
			if n := came(); n != 4+5+4 {
				t.Errorf("%d mails came, want 13", n)
			}
			s.marked(d, "after a day's work")

			d.adm(t, "mailbox", "update", "-u", "test", "--uid-validity", "1700000001", "Archive")
			d.adm(t, "mailbox", "delete", "-u", "test", "New folder")
			s.sync(src)
			s.equals(d, "after a folder was numbered anew and one removed")
			s.marked(d, "after a folder was numbered anew and one removed")
			// Only those without a Message-ID come again.
			if n := came(); n != 17 {
				t.Errorf("%d of 50 mails came again, want 17", n)
			}
			s.sync(src)
			if n := came(); n != 0 {
				t.Errorf("nothing changed, and %d mails came", n)
			}
		})
	}
}

func TestDovecotCutAtEveryBatch(t *testing.T) {
	t.Parallel()
	for name, capabilities := range dovecotKinds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := loadedDovecot(t, capabilities)
			src := source(d.address)
			src.Limits = Limits{First: 20, Count: 15}
			s := newShelf(t)
			for runs := 0; ; runs++ {
				s.seen, s.stop = 0, 3 // two batches are kept in each run
				err := s.try(src)
				if err == nil {
					break
				}
				if !errors.Is(err, errFull) {
					t.Fatal(err)
				}
				if runs > 100 {
					t.Fatal("it does not come to an end")
				}
			}
			s.equals(d, "after many cuts")
			s.once()
		})
	}
}

func TestDovecotWithABrokenLine(t *testing.T) {
	t.Parallel()
	d := loadedDovecot(t, "")
	src := source(d.address)
	src.Limits = Limits{Count: 20}
	truth := d.truth(t)
	for _, after := range []int64{1500, 9000, 40000, 150000} {
		cut := src
		cut.Dial = cutAfter(after)
		s := newShelf(t)
		s.sync(cut)
		if !maps.Equal(s.at, truth) {
			t.Errorf("cut after every %d bytes: %d mails, want %d", after, len(s.at), len(truth))
		}
		s.once()
	}
}

// dialDovecot is a client of the test's own, signed in.
func dialDovecot(t *testing.T, d *realServer) *imapclient.Client {
	t.Helper()
	client, err := imapclient.DialInsecure(d.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	if err := client.Login("test", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	return client
}
