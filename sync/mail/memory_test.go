package mail

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"rapport/data"
)

// memory is go-imap's own server in this process.
type memory struct {
	user    *imapmemserver.User
	address string
	folders map[string]int // how many mails were put where
}

type memoryOptions struct {
	caps imap.CapSet
	tls  *tls.Config // wraps the listener
	up   *tls.Config // offered by STARTTLS
}

func startMemory(t *testing.T, o memoryOptions, folders ...string) *memory {
	t.Helper()
	store := imapmemserver.New()
	user := imapmemserver.NewUser("test", "secret")
	store.AddUser(user)
	for _, f := range append([]string{"INBOX"}, folders...) {
		if err := user.Create(f, nil); err != nil {
			t.Fatal(err)
		}
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return store.NewSession(), nil, nil
		},
		Caps: o.caps, TLSConfig: o.up, InsecureAuth: o.up == nil, Logger: log.New(io.Discard, "", 0),
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := ln.Addr().String()
	if o.tls != nil {
		ln = tls.NewListener(ln, o.tls)
	}
	go func() { _ = server.Serve(ln) }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })
	return &memory{user: user, address: address, folders: map[string]int{}}
}

func (m *memory) put(t *testing.T, folder, raw string, came time.Time) {
	t.Helper()
	if _, err := m.user.Append(folder, literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{Time: came}); err != nil {
		t.Fatal(err)
	}
	m.folders[folder]++
}

// fill puts n letters into a folder.
func (m *memory) fill(t *testing.T, folder string, from, n int) {
	t.Helper()
	for i := from; i < from+n; i++ {
		m.put(t, folder, letter(i), time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(i)*time.Hour))
	}
}

// dial is a client of the test's own, signed in.
func (m *memory) dial(t *testing.T) *imapclient.Client {
	t.Helper()
	client, err := imapclient.DialInsecure(m.address, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	if err := client.Login("test", "secret").Wait(); err != nil {
		t.Fatal(err)
	}
	return client
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

func fullCaps() imap.CapSet {
	return imap.CapSet{
		imap.CapIMAP4rev1: {}, imap.CapESearch: {}, imap.CapListExtended: {}, imap.CapListStatus: {},
		imap.CapSpecialUse: {}, imap.CapUIDPlus: {}, imap.CapMove: {}, imap.CapNamespace: {},
	}
}

func TestEveryMailOnceWithAndWithoutExtensions(t *testing.T) {
	for name, caps := range map[string]imap.CapSet{
		"a bare RFC 3501 server": {imap.CapIMAP4rev1: {}},
		"all extensions":         fullCaps(),
		"IMAP4rev2":              {imap.CapIMAP4rev2: {}, imap.CapIMAP4rev1: {}},
	} {
		t.Run(name, func(t *testing.T) {
			m := startMemory(t, memoryOptions{caps: caps}, "Sent", "Clients/Kestrel & Söhne", "Archive", "Trash", "Entwürfe")
			m.fill(t, "INBOX", 0, 230)
			m.fill(t, "Sent", 1000, 60)
			m.fill(t, "Clients/Kestrel & Söhne", 2000, 7)
			m.fill(t, "Trash", 3000, 5)
			m.fill(t, "Entwürfe", 4000, 5)
			s := newShelf(t)
			s.sync(source(m.address))
			s.once()
			if got, want := len(s.at), 230+60+7; got != want {
				t.Errorf("%d mails, want %d", got, want)
			}
			if len(s.folder("Clients/Kestrel & Söhne")) != 7 {
				t.Error("the folder with an ampersand is not read")
			}

			before := s.arrivals()
			s.sync(source(m.address))
			if s.arrivals() != before {
				t.Errorf("a second run brought %d mails again", s.arrivals()-before)
			}

			m.fill(t, "INBOX", 230, 3)
			s.sync(source(m.address))
			s.once()
			if s.arrivals() != before+3 {
				t.Errorf("three new mails, %d came", s.arrivals()-before)
			}
		})
	}
}

func TestNewestOfInboxAndSentComeFirst(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Sent", "Archive")
	m.fill(t, "INBOX", 0, 200)
	m.fill(t, "Sent", 1000, 200)
	m.fill(t, "Archive", 2000, 10)
	s := newShelf(t)
	s.sync(source(m.address))
	first, second := s.batches[0], s.batches[1]
	if first.Folder != "INBOX" || len(first.Arrived) != 50 || first.Arrived[0].Location.UID != 200 || first.Arrived[49].Location.UID != 151 {
		t.Errorf("first came %d mails of %s, beginning with %d", len(first.Arrived), first.Folder, first.Arrived[0].Location.UID)
	}
	if second.Folder != "Sent" || len(second.Arrived) != 50 || second.Arrived[0].Location.UID != 200 {
		t.Errorf("then came %d mails of %s", len(second.Arrived), second.Folder)
	}
	if first.Total == 0 || first.Done != 50 || first.OnServer != 200 {
		t.Errorf("progress says %d of %d, %d on the server", first.Done, first.Total, first.OnServer)
	}
	last := s.batches[len(s.batches)-1]
	if last.Done != last.Total || last.Done != 410 {
		t.Errorf("in the end progress says %d of %d", last.Done, last.Total)
	}
}

func TestARunCutAtAnyBatchGoesOn(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Sent", "Archive")
	m.fill(t, "INBOX", 0, 90)
	m.fill(t, "Sent", 1000, 30)
	m.fill(t, "Archive", 2000, 12)
	src := source(m.address)
	src.Limits = Limits{First: 10, Count: 10}
	for cut := 1; ; cut++ {
		s := newShelf(t)
		s.stop = cut
		err := s.try(src)
		if err == nil {
			if cut < 15 {
				t.Fatalf("only %d batches", cut)
			}
			return
		}
		if !errors.Is(err, errFull) {
			t.Fatalf("cut at %d: %v, want the error of emit", cut, err)
		}
		s.sync(src)
		s.once()
		if len(s.at) != 132 {
			t.Errorf("cut at %d: %d mails, want 132", cut, len(s.at))
		}
	}
}

func TestCancelledRunEndsWithTheContextsError(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()})
	m.fill(t, "INBOX", 0, 90)
	src := source(m.address)
	src.Limits = Limits{First: 10, Count: 10}
	s := newShelf(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := src.Fetch(ctx, "", func(b data.Batch) error {
		if len(s.batches) == 3 {
			cancel()
		}
		return s.put(b)
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want cancelled", err)
	}
	s.sync(src)
	s.once()
	if len(s.at) != 90 {
		t.Errorf("%d mails, want 90", len(s.at))
	}
}

func TestOnlyWhatCameSinceTheDay(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()})
	m.put(t, "INBOX", letter(1), time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC))
	m.put(t, "INBOX", letter(2), time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC))
	m.put(t, "INBOX", letter(3), time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
	s := newShelf(t)
	src := source(m.address)
	src.Mailbox.SinceMonths = 12
	s.sync(src)
	if got := s.folder("INBOX"); !slices.Equal(got, []uint32{2, 3}) {
		t.Errorf("came %v, want 2 and 3", got)
	}
	src.Mailbox.SinceMonths = 0
	s.sync(src)
	s.once()
	if got := s.folder("INBOX"); !slices.Equal(got, []uint32{1, 2, 3}) {
		t.Errorf("after the choice of all there are %v, want 1 to 3", got)
	}
}

func TestChosenFoldersOnly(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Trash", "Entwürfe", "Archive")
	m.fill(t, "INBOX", 0, 2)
	m.fill(t, "Trash", 10, 2)
	m.fill(t, "Entwürfe", 20, 2)
	s := newShelf(t)
	src := source(m.address)
	src.Mailbox.Folders = []string{"Trash", "Entw&APw-rfe", "Nowhere"}
	s.sync(src)
	if len(s.at) != 4 || len(s.folder("Trash")) != 2 || len(s.folder("Entwürfe")) != 2 {
		t.Errorf("came %v", s.at)
	}
	if len(s.odd["Nowhere"]) != 1 {
		t.Errorf("the ledger says %v of the folder that is not there", s.odd)
	}
}

func TestGoneAndMovedMails(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive")
	m.fill(t, "INBOX", 0, 20)
	s := newShelf(t)
	s.sync(source(m.address))
	client := m.dial(t)
	if _, err := client.Select("INBOX", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Move(imap.UIDSetNum(5, 6), "Archive").Wait(); err != nil {
		t.Fatal(err)
	}
	if err := client.Store(imap.UIDSetNum(9), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if err := client.Expunge().Close(); err != nil {
		t.Fatal(err)
	}
	s.batches = nil
	s.sync(source(m.address))
	s.once()
	if got := s.folder("INBOX"); len(got) != 17 || slices.Contains(got, 5) || slices.Contains(got, 9) {
		t.Errorf("Inbox has %v", got)
	}
	if len(s.folder("Archive")) != 2 {
		t.Errorf("Archive has %v", s.folder("Archive"))
	}
	arrived, gone := -1, -1
	for i, b := range s.batches {
		if len(b.Arrived) > 0 {
			arrived = i
		}
		if len(b.Gone) > 0 && gone < 0 {
			gone = i
		}
	}
	if arrived > gone {
		t.Error("a mail that moved was away before it came")
	}
}

// A folder that was read to its end gets mails; a run is cut after it stored them
// and before it could say that all is read; then some of just those go away.
func TestMailsGoneThatARunStoredBeforeItWasCut(t *testing.T) {
	for _, cut := range []int{1, 2, 3} {
		m := startMemory(t, memoryOptions{caps: fullCaps()})
		m.fill(t, "INBOX", 0, 3)
		src := source(m.address)
		src.Limits = Limits{First: 2, Count: 2}
		s := newShelf(t)
		s.sync(src)
		m.fill(t, "INBOX", 3, 6)
		s.batches, s.seen, s.stop = nil, 0, cut+1
		if err := s.try(src); !errors.Is(err, errFull) {
			t.Fatalf("cut at %d: %v, want the error of emit", cut, err)
		}
		client := m.dial(t)
		if _, err := client.Select("INBOX", nil).Wait(); err != nil {
			t.Fatal(err)
		}
		if err := client.Store(imap.UIDSetNum(7, 9), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
			t.Fatal(err)
		}
		if err := client.Expunge().Close(); err != nil {
			t.Fatal(err)
		}
		s.stop = 0
		s.sync(src)
		s.once()
		if got := s.folder("INBOX"); !slices.Equal(got, []uint32{1, 2, 3, 4, 5, 6, 8}) {
			t.Errorf("cut at %d: Inbox has %v, want all but 7 and 9", cut, got)
		}
	}
}

func TestFolderNumberedAnewAndFolderGone(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive", "Old")
	m.fill(t, "INBOX", 0, 5)
	m.fill(t, "Archive", 100, 8)
	m.fill(t, "Old", 200, 4)
	s := newShelf(t)
	s.sync(source(m.address))
	for _, f := range []string{"Archive", "Old"} {
		if err := m.user.Delete(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.user.Create("Archive", nil); err != nil {
		t.Fatal(err)
	}
	m.fill(t, "Archive", 100, 6)
	s.sync(source(m.address))
	if got := s.folder("Archive"); len(got) != 6 {
		t.Errorf("Archive has %v, want six mails under the new numbers", got)
	}
	for l := range s.at {
		if l.Folder == "Old" {
			t.Errorf("a mail lies in a folder that is gone: %v", l)
		}
	}
	if len(s.at) != 11 {
		t.Errorf("%d places, want 11", len(s.at))
	}
	before := s.arrivals()
	s.sync(source(m.address))
	if s.arrivals() != before {
		t.Error("a later run read the folder once more")
	}
}

// A folder is numbered anew, a run is cut while it reads it again, and then the
// folder is gone: nothing of either numbering may stay.
func TestFolderGoneWhileItWasNumberedAnew(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive")
	m.fill(t, "INBOX", 0, 2)
	m.fill(t, "Archive", 100, 8)
	src := source(m.address)
	src.Limits = Limits{First: 3, Count: 3}
	s := newShelf(t)
	s.sync(src)
	again := func(f func() error) {
		t.Helper()
		if err := f(); err != nil {
			t.Fatal(err)
		}
	}
	again(func() error { return m.user.Delete("Archive") })
	again(func() error { return m.user.Create("Archive", nil) })
	m.fill(t, "Archive", 200, 8)
	s.batches, s.seen, s.stop = nil, 0, 3 // some of it is kept
	if err := s.try(src); !errors.Is(err, errFull) {
		t.Fatalf("%v, want the error of emit", err)
	}
	validities := map[uint32]bool{}
	for l := range s.at {
		if l.Folder == "Archive" {
			validities[l.UIDValidity] = true
		}
	}
	if len(validities) != 2 {
		t.Fatalf("the cut left %d numberings, want both", len(validities))
	}
	again(func() error { return m.user.Delete("Archive") })
	s.stop = 0
	s.sync(src)
	if len(s.at) != 2 || len(s.folder("INBOX")) != 2 {
		t.Errorf("%d places are left, want the two of the Inbox: %v", len(s.at), s.at)
	}
}

func TestLargeMailIsReadAtItsBeginning(t *testing.T) {
	m := startMemory(t, memoryOptions{caps: fullCaps()}, "Archive")
	big := letter(1) + strings.Repeat("A long line of a long mail, and no end of it.\r\n", 20000)
	for _, f := range []string{"INBOX", "Archive"} {
		m.put(t, f, big, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
		m.fill(t, f, 2, 3)
	}
	src := source(m.address)
	src.Limits.Whole = 300 << 10
	s := newShelf(t)
	s.sync(src)
	s.once()
	if len(s.at) != 8 || len(s.msgs) != 4 {
		t.Fatalf("%d places of %d mails, want 8 of 4", len(s.at), len(s.msgs))
	}
	for _, msg := range s.msgs {
		if msg.Subject != "Letter 1" {
			continue
		}
		if !msg.TextCut || msg.Size != int64(len(big)) || !strings.HasPrefix(msg.Text, "Dear Maya") || len(msg.Odd) != 1 {
			t.Errorf("size %d (want %d), cut %v, odd %v, %d bytes of text", msg.Size, len(big), msg.TextCut, msg.Odd, len(msg.Text))
		}
	}
}

// certificate makes a key pair for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T, until time.Time) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"},
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}

func TestEncryptedConnections(t *testing.T) {
	good, trusted := certificate(t, time.Now().Add(24*time.Hour))
	old, trustedOld := certificate(t, time.Now().Add(-24*time.Hour))
	closed := func() string {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer ln.Close()
		return ln.Addr().String()
	}()
	cases := []struct {
		name     string
		options  memoryOptions
		security data.Security
		roots    *x509.CertPool
		password string
		address  string
		want     data.ProblemKind
	}{
		{"TLS", memoryOptions{tls: good}, data.TLS, trusted, "secret", "", ""},
		{"STARTTLS", memoryOptions{up: good}, data.StartTLS, trusted, "secret", "", ""},
		{"TLS with an expired certificate", memoryOptions{tls: old}, data.TLS, trustedOld, "secret", "", data.BadCertificate},
		{"STARTTLS with an expired certificate", memoryOptions{up: old}, data.StartTLS, trustedOld, "secret", "", data.BadCertificate},
		{"TLS signed by nobody", memoryOptions{tls: good}, data.TLS, nil, "secret", "", data.BadCertificate},
		{"STARTTLS that is not offered", memoryOptions{}, data.StartTLS, trusted, "secret", "", data.NoEncryption},
		{"TLS on a plain port", memoryOptions{}, data.TLS, trusted, "secret", "", data.NoEncryption},
		{"plain where a password is forbidden", memoryOptions{up: good}, data.Plain, trusted, "secret", "", data.NoEncryption},
		{"wrong password", memoryOptions{tls: good}, data.TLS, trusted, "guess", "", data.WrongPassword},
		{"nobody listens", memoryOptions{}, data.Plain, trusted, "secret", closed, data.Refused},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			m := startMemory(t, c.options)
			m.fill(t, "INBOX", 0, 3)
			src := source(m.address)
			if c.address != "" {
				src = source(c.address)
			}
			src.Mailbox.Security, src.RootCAs = c.security, c.roots
			src.Password = func(context.Context) (string, error) { return c.password, nil }
			s := newShelf(t)
			err := s.try(src)
			if c.want == "" {
				if err != nil || len(s.at) != 3 {
					t.Fatalf("%v, %d mails", err, len(s.at))
				}
				return
			}
			p, ok := data.AsProblem(err)
			if !ok || p.Kind != c.want {
				t.Fatalf("%v, want the problem %q", err, c.want)
			}
			if strings.Contains(err.Error(), c.password) {
				t.Errorf("the sentence has the password in it: %v", err)
			}
		})
	}
}

func TestNoPasswordIsSentInTheClear(t *testing.T) {
	src := source("127.0.0.1:143")
	src.Mailbox.Host = "imap.larkfield.example"
	src.Dial = func(context.Context, string, string) (net.Conn, error) {
		t.Error("it connected")
		return nil, errFull
	}
	if err := newShelf(t).try(src); err == nil {
		t.Error("a plain connection to another machine is accepted")
	}
}

func TestUnknownHost(t *testing.T) {
	src := source("127.0.0.1:143")
	src.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}}
	}
	p, ok := data.AsProblem(newShelf(t).try(src))
	if !ok || p.Kind != data.UnknownHost {
		t.Errorf("problem %v, want an unknown host", p)
	}
}

func TestMissingPasswordIsAProblem(t *testing.T) {
	src := source("127.0.0.1:143")
	src.Password = func(context.Context) (string, error) { return "", errFull }
	p, ok := data.AsProblem(newShelf(t).try(src))
	if !ok || p.Kind != data.NoPassword || !errors.Is(p, errFull) {
		t.Errorf("problem %v, want no password, with its cause", p)
	}
}
