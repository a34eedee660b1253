package demo

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"rapport/data/sample"
)

func serve(t *testing.T, world sample.World) *Servers {
	t.Helper()
	s, err := Serve(t.Context(), world)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func dial(t *testing.T, s *Servers, password string) (*imapclient.Client, error) {
	t.Helper()
	c, err := imapclient.DialInsecure(net.JoinHostPort(s.IMAPHost, strconv.Itoa(s.IMAPPort)), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c, c.Login(s.User, password).Wait()
}

func TestMailIsServedByteForByte(t *testing.T) {
	world := sample.Make(sample.Options{})
	want := map[string][]sample.Mail{}
	for m := range world.Mail() {
		want[m.Folder] = append(want[m.Folder], m)
	}
	s := serve(t, world)
	c, err := dial(t, s, s.Password)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range world.Folders {
		selected, err := c.Select(f.Name, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if int(selected.NumMessages) != len(want[f.Name]) {
			t.Fatalf("%s holds %d mails, want %d", f.Name, selected.NumMessages, len(want[f.Name]))
		}
		if selected.NumMessages == 0 {
			continue
		}
		body, head := &imap.FetchItemBodySection{Peek: true}, &imap.FetchItemBodySection{Peek: true, Specifier: imap.PartSpecifierHeader}
		got, err := c.Fetch(imap.SeqSet{{Start: 1, Stop: 0}}, &imap.FetchOptions{UID: true, Flags: true, InternalDate: true, RFC822Size: true, BodySection: []*imap.FetchItemBodySection{body, head}}).Collect()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if len(got) != len(want[f.Name]) {
			t.Fatalf("%s: %d mails fetched, want %d", f.Name, len(got), len(want[f.Name]))
		}
		for _, m := range got {
			w := want[f.Name][m.SeqNum-1]
			if m.RFC822Size != int64(len(w.Raw)) {
				t.Errorf("%s %d: %d bytes, want %d", f.Name, m.UID, m.RFC822Size, len(w.Raw))
			}
			if h := m.FindBodySection(head); len(h) == 0 || !bytes.HasPrefix(w.Raw, h) {
				t.Errorf("%s %d: the header %.200q does not begin %.200q", f.Name, m.UID, h, w.Raw)
			}
			if !bytes.Equal(m.FindBodySection(body), w.Raw) {
				t.Errorf("%s %d: the mail is %.200q, the world holds %.200q", f.Name, m.UID, m.FindBodySection(body), w.Raw)
			}
			if m.InternalDate.Unix() != w.At.Unix() || len(m.Flags) != len(w.Flags) {
				t.Errorf("%s %d: received %v with %v, want %v with %v", f.Name, m.UID, m.InternalDate, m.Flags, w.At, w.Flags)
			}
		}
	}
}

func TestFoldersSayWhatTheyAreFor(t *testing.T) {
	world := sample.Make(sample.Options{})
	s := serve(t, world)
	c, err := dial(t, s, s.Password)
	if err != nil {
		t.Fatal(err)
	}
	list, err := c.List("", "*", &imap.ListOptions{ReturnSpecialUse: true, ReturnStatus: &imap.StatusOptions{NumMessages: true, UIDValidity: true}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != len(world.Folders) {
		t.Errorf("%d folders listed, want %d", len(list), len(world.Folders))
	}
	for i, l := range list {
		f := world.Folders[i]
		if l.Mailbox != f.Name {
			t.Errorf("folder %d is %q, want %q", i, l.Mailbox, f.Name)
		}
		if f.Use != "" && (len(l.Attrs) != 1 || string(l.Attrs[0]) != f.Use) {
			t.Errorf("%s is for %v, want %s", f.Name, l.Attrs, f.Use)
		}
		if l.Status == nil || l.Status.UIDValidity == 0 {
			t.Errorf("%s has no status", f.Name)
		}
	}
}

func TestOnlyThePasswordOfThisRunOpensTheMailbox(t *testing.T) {
	world := sample.Make(sample.Options{})
	first, second := serve(t, world), serve(t, world)
	if first.Password == second.Password || first.CalendarURL == second.CalendarURL {
		t.Error("two runs share a secret")
	}
	if _, err := dial(t, first, second.Password); err == nil {
		t.Error("another run's password opened the mailbox")
	}
}

func TestCalendarFeed(t *testing.T) {
	world := sample.Make(sample.Options{})
	s := serve(t, world)
	get := func(url, tag string) (*http.Response, []byte) {
		t.Helper()
		q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		if tag != "" {
			q.Header.Set("If-None-Match", tag)
		}
		r, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return r, b
	}
	r, body := get(s.CalendarURL, "")
	if r.StatusCode != http.StatusOK || !bytes.Equal(body, world.Calendar) {
		t.Errorf("the feed answers %s with %d bytes, want %d", r.Status, len(body), len(world.Calendar))
	}
	tag := r.Header.Get("ETag")
	if r, body := get(s.CalendarURL, tag); tag == "" || r.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("asked with its own tag %q the feed answers %s and %d bytes", tag, r.Status, len(body))
	}
	if r, _ := get(s.CalendarURL[:len(s.CalendarURL)-len("/maya.ics")], ""); r.StatusCode != http.StatusNotFound {
		t.Errorf("another path answers %s", r.Status)
	}
}

func TestServersEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Serve(ctx, sample.Make(sample.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	c, err := dial(t, s, s.Password)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	s.ended.Wait()
	if err := c.Noop().Wait(); err == nil {
		t.Error("a connection outlived the context")
	}
	if conn, err := net.Dial("tcp", net.JoinHostPort(s.IMAPHost, strconv.Itoa(s.IMAPPort))); err == nil {
		conn.Close()
		t.Error("the mail server still listens")
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close after the end: %v", err)
	}
}

func TestAWorldWithoutFoldersIsRefused(t *testing.T) {
	if s, err := Serve(t.Context(), sample.World{}); err == nil {
		s.Close()
		t.Error("served nothing at all")
	}
}

func BenchmarkServe(b *testing.B) {
	world := sample.Make(sample.Options{})
	for b.Loop() {
		s, err := Serve(b.Context(), world)
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
