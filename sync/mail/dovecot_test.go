package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data"
)

// dovecot is a real server on a free port of this laptop, with one user.
type dovecot struct {
	dir, address string
	owner        int // who the mails belong to
	saved        int
}

const dovecotProgram = "/usr/sbin/dovecot"

// startDovecot starts it with the capabilities that are given, all of its own if
// none, and ends it with the test.
func startDovecot(t *testing.T, capabilities string) *dovecot {
	t.Helper()
	if _, err := os.Stat(dovecotProgram); err != nil {
		t.Skip("Dovecot is not installed (Debian: dovecot-imapd)")
	}
	dir, err := os.MkdirTemp("", "dc") // short: paths of sockets have a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	d := &dovecot{dir: dir, address: freePort(t), owner: os.Getuid()}
	group := os.Getgid()
	if d.owner == 0 {
		d.owner, group = 65534, 65534 // Dovecot hands no mail of root's over
	}
	d.mkdir(t, "run", "state", "mail/test/Maildir")
	d.write(t, "users", fmt.Sprintf("test:{PLAIN}secret:%d:%d::%s/mail/test::\n", d.owner, group, dir))
	d.write(t, "dovecot.conf", d.config(t, capabilities))
	if os.Getuid() == 0 {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	d.own(t)
	var output bytes.Buffer
	cmd := exec.Command(dovecotProgram, "-F", "-c", filepath.Join(dir, "dovecot.conf"))
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		if log, err := os.ReadFile(filepath.Join(dir, "log")); t.Failed() && err == nil {
			t.Logf("Dovecot said:\n%s%s", output.String(), log)
		}
	})
	d.await(t)
	return d
}

// await waits until the server takes connections.
func (d *dovecot) await(t *testing.T) {
	t.Helper()
	for range 500 {
		if conn, err := net.Dial("tcp", d.address); err == nil {
			_ = conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("Dovecot did not start")
}

func freePort(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func (d *dovecot) config(t *testing.T, capabilities string) string {
	t.Helper()
	_, port, _ := net.SplitHostPort(d.address)
	internal, login, group := "dovecot", "dovenull", "dovecot"
	if os.Getuid() != 0 {
		me, err := user.Current()
		if err != nil {
			t.Fatal(err)
		}
		mine, err := user.LookupGroupId(me.Gid)
		if err != nil {
			t.Fatal(err)
		}
		internal, login, group = me.Username, me.Username, mine.Name
	}
	conf := fmt.Sprintf(`base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
first_valid_uid = 100
last_valid_uid = 65534
default_internal_user = %[2]s
default_login_user = %[3]s
default_internal_group = %[4]s
mail_max_userip_connections = 50
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%%u %[1]s/users
}
userdb {
  driver = passwd-file
  args = username_format=%%u %[1]s/users
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \Drafts
  }
  mailbox Sent {
    special_use = \Sent
  }
  mailbox Trash {
    special_use = \Trash
  }
  mailbox Junk {
    special_use = \Junk
  }
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = %[5]s
  }
  inet_listener imaps {
    port = 0
  }
}
`, d.dir, internal, login, group, port)
	if capabilities != "" {
		conf += "protocol imap {\n  imap_capability = " + capabilities + "\n}\n"
	}
	return conf
}

func (d *dovecot) mkdir(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(d.dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
}

func (d *dovecot) write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// own gives the mails to whom they belong.
func (d *dovecot) own(t *testing.T) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	err := filepath.Walk(filepath.Join(d.dir, "mail"), func(path string, _ os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, d.owner, d.owner)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// deliver puts mails straight into a folder's Maildir. The folder is named as
// on the wire, with "/" between parts.
func (d *dovecot) deliver(t *testing.T, folder string, mails ...string) {
	t.Helper()
	box := "mail/test/Maildir"
	if folder != "INBOX" {
		box += "/." + strings.ReplaceAll(encodeFolder(folder), "/", ".")
	}
	d.mkdir(t, box+"/cur", box+"/new", box+"/tmp")
	if folder != "INBOX" {
		d.write(t, box+"/maildirfolder", "")
	}
	for _, raw := range mails {
		d.saved++
		name := fmt.Sprintf("%s/cur/%d.M%dP1.host:2,S", box, 1300000000+d.saved, d.saved)
		d.write(t, name, strings.ReplaceAll(raw, "\r\n", "\n"))
		came := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(d.saved) * time.Minute)
		if err := os.Chtimes(filepath.Join(d.dir, name), came, came); err != nil {
			t.Fatal(err)
		}
	}
	d.own(t)
}

// adm runs doveadm on the mailbox.
func (d *dovecot) adm(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.Command("doveadm", append([]string{"-c", filepath.Join(d.dir, "dovecot.conf")}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("doveadm %v: %v\n%s", args, err, out)
	}
}

// truth is what the server holds, read in the plainest way there is: every mail
// of every folder that is not left out, by its bytes.
func (d *dovecot) truth(t *testing.T) map[data.Location]string {
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

// equals fails unless the shelf holds what the server does.
func (s *shelf) equals(d *dovecot, when string) {
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

func loadedDovecot(t *testing.T, capabilities string) *dovecot {
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
	for name, capabilities := range dovecotKinds {
		t.Run(name, func(t *testing.T) {
			d := loadedDovecot(t, capabilities)
			s := newShelf(t)
			src := source(d.address)
			s.sync(src)
			s.equals(d, "first sync")
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
			if n := came(); n != 10+5+4 {
				t.Errorf("%d mails came, want 19", n)
			}

			d.adm(t, "mailbox", "update", "-u", "test", "--uid-validity", "1700000001", "Archive")
			d.adm(t, "mailbox", "delete", "-u", "test", "New folder")
			s.sync(src)
			s.equals(d, "after a folder was numbered anew and one removed")
			came()
			s.sync(src)
			if n := came(); n != 0 {
				t.Errorf("nothing changed, and %d mails came", n)
			}
		})
	}
}

func TestDovecotCutAtEveryBatch(t *testing.T) {
	for name, capabilities := range dovecotKinds {
		t.Run(name, func(t *testing.T) {
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
