package calendar

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/sync/web"
)

const secretPath = "/private-8c1f/basic.ics"

// feed is a server and a source that reads it.
type feed struct {
	*Source
	server *httptest.Server
	asked  []*http.Request
	now    time.Time
	logged bytes.Buffer
}

func newFeed(t *testing.T, answer http.HandlerFunc) *feed {
	t.Helper()
	f := &feed{now: day("2026-06-01")}
	f.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked = append(f.asked, r)
		answer(w, r)
	}))
	t.Cleanup(f.server.Close)
	f.Source = &Source{
		Calendar: data.Calendar{ID: "cal", Name: "Maya, work", Shown: "calendar.larkfield.example"},
		Link:     func(context.Context) (string, error) { return f.server.URL + secretPath, nil },
		Zone:     berlin,
		Now:      func() time.Time { return f.now },
		Log:      slog.New(slog.NewTextHandler(&f.logged, nil)),
	}
	return f
}

// fetch runs the source once; got is false when nothing was emitted.
func (f *feed) fetch(t *testing.T, since string) (b data.Batch, got bool, err error) {
	t.Helper()
	err = f.Fetch(t.Context(), since, func(batch data.Batch) error {
		if got {
			t.Error("a second batch was emitted")
		}
		b, got = batch, true
		return nil
	})
	var words string
	for e := err; e != nil; e = errors.Unwrap(e) {
		words += e.Error() + "\n"
	}
	for _, secret := range []string{"8c1f", "basic.ics", "hunter2"} {
		if strings.Contains(words+f.logged.String()+strings.Join(b.Odd, " "), secret) {
			t.Errorf("the private link or password is told: %s %s", words, f.logged.String())
		}
	}
	return b, got, err
}

func manyMeetings(n int) string {
	var events []string
	for i := range n {
		events = append(events, fmt.Sprintf("UID:m%d\nDTSTAMP:20260101T000000Z\nDTSTART:202601%02dT090000Z\nSUMMARY:Call %d", i, i%28+1, i))
	}
	return vcalendar(events...)
}

func page(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) }
}

func TestAFeedIsReadOnceAndThenAskedWhetherItChanged(t *testing.T) {
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") == `"one"` && r.Header.Get("If-Modified-Since") == "Mon, 05 Jan 2026 09:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"one"`)
		w.Header().Set("Last-Modified", "Mon, 05 Jan 2026 09:00:00 GMT")
		page(manyMeetings(12))(w, r)
	})
	first, _, err := f.fetch(t, "")
	if err != nil || !first.Whole || len(first.Meetings) != 12 || first.OnServer != 12 || first.Calendar != "cal" {
		t.Fatalf("first: %+v, %v", first, err)
	}
	second, got, err := f.fetch(t, first.Cursor)
	if err != nil || !got || second.Whole || len(second.Meetings) != 0 || second.OnServer != 12 || second.Cursor != "" {
		t.Fatalf("unchanged: %+v, %v", second, err)
	}
	f.now = f.now.AddDate(0, 0, 31)
	third, _, err := f.fetch(t, first.Cursor)
	if err != nil || !third.Whole || len(third.Meetings) != 12 {
		t.Fatalf("a month later the window has moved, so it is read again: %+v, %v", third, err)
	}
	f.Zone = newYork
	if fourth, _, err := f.fetch(t, third.Cursor); err != nil || !fourth.Whole {
		t.Fatalf("in another zone it is read again: %+v, %v", fourth, err)
	}
}

func TestAFeedWithoutETagIsKnownByItsText(t *testing.T) {
	body := manyMeetings(3)
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) { page(body)(w, r) })
	first, _, err := f.fetch(t, "")
	if err != nil {
		t.Fatal(err)
	}
	body = strings.ReplaceAll(body, "DTSTAMP:20260101", "DTSTAMP:20260601") // as Google does on each request
	if b, _, err := f.fetch(t, first.Cursor); err != nil || b.Whole {
		t.Errorf("the same but for DTSTAMP was read again: %v", err)
	}
	body = strings.ReplaceAll(body, "Call 2", "Call two")
	b, _, err := f.fetch(t, first.Cursor)
	if err != nil || b.Whole || len(b.Meetings) != 1 || b.Meetings[0].UID != "m2" || len(b.Lost) > 0 {
		t.Errorf("the one that changed was not read alone: %+v %v", b, err)
	}
	body = strings.Replace(body, "UID:m1", "UID:m9", 1)
	last, _, err := f.fetch(t, b.Cursor)
	if err != nil || len(last.Meetings) != 1 || last.Meetings[0].UID != "m9" || len(last.Lost) != 1 || last.Lost[0] != "m1" {
		t.Errorf("one that went and one that came: %+v %v", last, err)
	}
}

func TestGzip(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = io.WriteString(z, manyMeetings(3))
	_ = z.Close()
	for _, said := range []bool{true, false} {
		f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
			if said {
				w.Header().Set("Content-Encoding", "gzip")
			}
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(packed.Bytes())
		})
		if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 3 {
			t.Errorf("gzip that is announced %v: %d meetings, %v", said, len(b.Meetings), err)
		}
	}
}

func TestPasswordOfAFeed(t *testing.T) {
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "maya" || password != "hunter2" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		page(manyMeetings(1))(w, r)
	})
	if _, _, err := f.fetch(t, ""); !isProblem(err, data.Forbidden) {
		t.Errorf("without a password: %v", err)
	}
	f.Calendar.User = "maya"
	f.Password = func(context.Context) (string, error) { return "hunter2", nil }
	if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 1 {
		t.Errorf("with it: %v", err)
	}
}

func isProblem(err error, kind data.ProblemKind) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind && p.About == "calendar.larkfield.example"
}

func TestTroubleWithAFeed(t *testing.T) {
	redirect := func(to string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) }
	}
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		want   data.ProblemKind
	}{
		{"401", status(401), data.Forbidden},
		{"403", status(403), data.Forbidden},
		{"404", status(404), data.NoFile},
		{"410", status(410), data.NoFile},
		{"500", status(500), data.ServerSaid},
		{"204 without a text", status(204), data.ServerSaid},
		{"a sign-in page instead of a calendar", page("<html><body>BEGIN by signing in</body></html>"), data.NotCalendar},
		{"half a calendar", page(strings.TrimSuffix(manyMeetings(12), "END:VCALENDAR\n")), data.CalendarCut},
		{"nothing", page(""), data.CalendarCut},
		{"a connection that ends in the middle", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100000")
			page(manyMeetings(12))(w, r)
		}, data.CalendarCut},
		{"a connection that is closed at once", func(w http.ResponseWriter, r *http.Request) {
			c, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = c.Close()
			}
		}, data.Dropped},
		{"redirects without end", redirect(secretPath), data.ServerSaid},
		{"a redirect to a link without encryption", redirect("http://calendar.larkfield.example" + secretPath), data.PlainLink},
		{"a redirect to a file", redirect("file:///private-8c1f"), data.NotCalendar},
		{"too many bytes, packed", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
			zeros := make([]byte, 1<<20)
			for range web.MaxSize>>20 + 1 {
				if _, err := z.Write(zeros); err != nil {
					return
				}
			}
			_ = z.Close()
		}, data.TooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newFeed(t, tt.answer)
			_, got, err := f.fetch(t, "")
			if !isProblem(err, tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if got {
				t.Error("a batch was emitted in spite of it")
			}
		})
	}
}

func TestAServerThatHangs(t *testing.T) {
	release := make(chan struct{})
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) { <-release })
	defer close(release)
	f.Patience = 50 * time.Millisecond
	if _, got, err := f.fetch(t, ""); !isProblem(err, data.TimedOut) || got {
		t.Errorf("got %v", err)
	}
}

func TestCancelIsNoTrouble(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan struct{})
	defer close(release)
	f := newFeed(t, func(http.ResponseWriter, *http.Request) { cancel(); <-release })
	err := f.Fetch(ctx, "", func(data.Batch) error { t.Error("a batch was emitted"); return nil })
	if _, told := data.AsProblem(err); !errors.Is(err, context.Canceled) || told {
		t.Errorf("got %v", err)
	}
}

func TestNobodyListens(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	f := newFeed(t, page(""))
	f.Link = func(context.Context) (string, error) { return "http://" + address + secretPath, nil }
	if _, _, err := f.fetch(t, ""); !isProblem(err, data.Refused) {
		t.Errorf("got %v", err)
	}
}

func TestACertificateThatCannotBeTrusted(t *testing.T) {
	server := httptest.NewUnstartedServer(page(manyMeetings(1)))
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	defer server.Close()
	f := newFeed(t, page(""))
	f.Link = func(context.Context) (string, error) { return server.URL + secretPath, nil }
	if _, _, err := f.fetch(t, ""); !isProblem(err, data.BadCertificate) {
		t.Errorf("got %v", err)
	}
	f.Transport = server.Client().Transport
	if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 1 {
		t.Errorf("with its certificate known: %v", err)
	}
}

func TestARedirectFromEncryptedToPlain(t *testing.T) {
	plain := newFeed(t, page(manyMeetings(1)))
	server := httptest.NewTLSServer(http.RedirectHandler(plain.server.URL+secretPath, http.StatusFound))
	defer server.Close()
	f := newFeed(t, page(""))
	f.Transport = server.Client().Transport
	f.Link = func(context.Context) (string, error) { return server.URL + secretPath, nil }
	if _, _, err := f.fetch(t, ""); !isProblem(err, data.PlainLink) || len(plain.asked) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestRedirectsAreFollowedWithoutTellingWhereFrom(t *testing.T) {
	var from string
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == secretPath {
			http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
			return
		}
		from = r.Header.Get("Referer")
		page(manyMeetings(1))(w, r)
	})
	if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 1 || from != "" {
		t.Errorf("got %d meetings, referer %q, %v", len(b.Meetings), from, err)
	}
}

func TestAFeedThatMovedForGoodIsRemembered(t *testing.T) {
	for _, c := range []struct {
		name   string
		status []int
		moved  bool
	}{
		{"for good", []int{301}, true},
		{"for good, twice", []int{308, 301}, true},
		{"until another time", []int{302}, false},
		{"for good, then until another time", []int{301, 307}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var kept string
			f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
				var at int
				if _, err := fmt.Sscanf(r.URL.Path, "/hop%d-8c1f", &at); err != nil {
					at = 0
				}
				if at < len(c.status) {
					http.Redirect(w, r, fmt.Sprintf("/hop%d-8c1f", at+1), c.status[at])
					return
				}
				page(manyMeetings(1))(w, r)
			})
			f.Relink = func(_ context.Context, link string) error { kept = link; return nil }
			if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 1 {
				t.Fatal(b, err)
			}
			want := ""
			if c.moved {
				want = fmt.Sprintf("%s/hop%d-8c1f", f.server.URL, len(c.status))
			}
			if kept != want {
				t.Errorf("kept %q, want %q", kept, want)
			}
		})
	}
}

func TestAServerThatAsksForPatience(t *testing.T) {
	for _, c := range []struct {
		name, after string
		status      int
		kind        data.ProblemKind
		wait        time.Duration
	}{
		{"in seconds", "600", 429, data.Busy, 10 * time.Minute},
		{"until a moment", "Mon, 01 Jun 2026 01:00:00 GMT", 503, data.Busy, time.Hour},
		{"for a month", "99999999", 503, data.Busy, 24 * time.Hour},
		{"without a time", "", 429, data.Busy, 0},
		{"out of order", "", 503, data.ServerSaid, 0},
		{"in the past", "Mon, 01 Jun 2020 01:00:00 GMT", 503, data.ServerSaid, 0},
		{"in words", "soon", 503, data.ServerSaid, 0},
	} {
		f := newFeed(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", c.after)
			w.WriteHeader(c.status)
		})
		f.now = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
		_, _, err := f.fetch(t, "")
		if p, ok := data.AsProblem(err); !ok || p.Kind != c.kind || p.Wait != c.wait {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestAPasswordGoesToItsOwnSiteOnly(t *testing.T) {
	var heard []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		heard = append(heard, r.Header.Get("Authorization"))
		page(manyMeetings(1))(w, r)
	}))
	defer other.Close()
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+secretPath, http.StatusFound)
	})
	f.Calendar.User, f.Password = "maya", func(context.Context) (string, error) { return "hunter2", nil }
	if _, _, err := f.fetch(t, ""); err != nil || len(heard) != 1 || heard[0] != "" {
		t.Errorf("the other site heard %q, %v", heard, err)
	}
}

func TestATokenThatRanOutIsMadeNew(t *testing.T) {
	f := newFeed(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer new" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		page(manyMeetings(1))(w, r)
	})
	var refused []string
	f.Calendar.SignIn = data.ByToken("google")
	f.Token = func(_ context.Context, no string) (string, error) {
		if refused = append(refused, no); no == "old" {
			return "new", nil
		}
		return "old", nil
	}
	if b, _, err := f.fetch(t, ""); err != nil || len(b.Meetings) != 1 || fmt.Sprint(refused) != "[ old]" {
		t.Errorf("asked with %q: %v", refused, err)
	}
}

func TestAFolderOfFiles(t *testing.T) {
	dir := t.TempDir()
	s := &Source{Calendar: data.Calendar{ID: "cal", Name: "Maya", Path: dir}, Zone: berlin, Now: func() time.Time { return day("2026-06-01") }}
	var batches []data.Batch
	fetch := func(since string) (string, error) {
		batches = nil
		err := s.Fetch(t.Context(), since, func(b data.Batch) error {
			batches = append(batches, b)
			if b.Cursor != "" {
				since = b.Cursor
			}
			return nil
		})
		return since, err
	}
	write := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	one := func(uid, title string) string {
		return vcalendar("UID:" + uid + "\nDTSTART:20260605T090000Z\nSUMMARY:" + title)
	}
	write("a.ics", one("a", "Hall 2"))
	write("team/b.ICS", one("b", "Pier works"))
	write("notes.txt", one("c", "no calendar"))
	write(".hidden/d.ics", one("d", "hidden"))
	write("broken.ics", "<html>")
	since, err := fetch("")
	if err != nil || len(batches) != 1 || !batches[0].Whole || len(batches[0].Meetings) != 2 || batches[0].OnServer != 3 || len(batches[0].Odd) != 1 {
		t.Fatalf("got %+v, %v", batches, err)
	}
	since, err = fetch(since)
	if err != nil || len(batches) != 1 || batches[0].Whole || len(batches[0].Meetings)+len(batches[0].Lost) > 0 || batches[0].Cursor != "" {
		t.Fatalf("unchanged: %+v, %v", batches, err)
	}
	write("team/b.ICS", one("b", "Pier works, moved"))
	if err := os.Remove(filepath.Join(dir, "a.ics")); err != nil {
		t.Fatal(err)
	}
	since, err = fetch(since)
	if err != nil || len(batches[0].Meetings) != 1 || batches[0].Meetings[0].UID != "b" || fmt.Sprint(batches[0].Lost) != "[a]" {
		t.Fatalf("one changed and one gone: %+v, %v", batches, err)
	}
	for i := range 12 {
		write(fmt.Sprintf("many/%d.ics", i), one(fmt.Sprint("m", i), "Call"))
	}
	if since, err = fetch(since); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "many")); err != nil {
		t.Fatal(err)
	}
	if _, err = fetch(since); !isFileProblem(err, data.CalendarShrunk, dir) || len(batches) > 0 {
		t.Errorf("most of it vanished: %v", err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err = fetch(since); !isFileProblem(err, data.NoFile, dir) || len(batches) > 0 {
		t.Errorf("the folder vanished: %v", err)
	}
}

func TestFeedAddresses(t *testing.T) {
	tests := []struct{ name, link, want string }{
		{"https", "https://calendar.example/a.ics?key=1", "https://calendar.example/a.ics?key=1"},
		{"webcal", "webcal://calendar.example/a.ics", "https://calendar.example/a.ics"},
		{"webcal in capitals, with blanks", " WEBCAL://calendar.example/a.ics\n", "https://calendar.example/a.ics"},
		{"webcal to a port of this laptop", "webcal://127.0.0.1:5232/a.ics", "http://127.0.0.1:5232/a.ics"},
		{"http to this laptop", "http://localhost:5232/a.ics", "http://localhost:5232/a.ics"},
		{"http to elsewhere", "http://calendar.example/a.ics", ""},
		{"a file", "file:///etc/passwd", ""},
		{"no protocol", "calendar.example/a.ics", ""},
		{"no host", "https:///a.ics", ""},
		{"nonsense", "https://a b/%zz", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		u, err := web.Address(tt.link)
		if got := fmt.Sprint(u); (err == nil) != (tt.want != "") || err == nil && got != tt.want {
			t.Errorf("%s: got %s, %v", tt.name, got, err)
		}
	}
}

func TestAFeedThatShrinksIsNotBelieved(t *testing.T) {
	tests := []struct {
		name          string
		before, after int
		want          data.ProblemKind // "" when it is believed
	}{
		{"from 12 to 5", 12, 5, data.CalendarShrunk},
		{"from 12 to none", 12, 0, data.CalendarShrunk},
		{"from 12 to 6", 12, 6, ""},
		{"from 9 to none: it was small", 9, 0, ""},
		{"from none to none", 0, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := tt.before
			f := newFeed(t, func(w http.ResponseWriter, r *http.Request) { page(manyMeetings(n))(w, r) })
			first, _, err := f.fetch(t, "")
			if err != nil {
				t.Fatal(err)
			}
			n = tt.after
			b, got, err := f.fetch(t, first.Cursor)
			if tt.want != "" && (got || !isProblem(err, tt.want)) {
				t.Errorf("it was believed: %+v, %v", b, err)
			}
			if tt.want == "" && (err != nil || b.OnServer != tt.after || len(b.Lost) != tt.before-tt.after) {
				t.Errorf("got %d meetings, %v", len(b.Meetings), err)
			}
		})
	}
}

func TestEntriesThatCannotBeReadAreHeld(t *testing.T) {
	f := newFeed(t, page(vcalendar("UID:bad\nDTSTART:soon", "UID:good\nDTSTART:20260105T090000Z")))
	b, _, err := f.fetch(t, "")
	if err != nil || !b.Whole || len(b.Held) != 1 || b.Held[0] != "bad" || b.OnServer != 2 {
		t.Errorf("got %+v, %v", b, err)
	}
}

func TestAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "maya.ics")
	s := &Source{Calendar: data.Calendar{ID: "cal", Name: "Maya", Path: path}, Zone: berlin, Now: func() time.Time { return day("2026-06-01") }}
	fetch := func(since string) (b data.Batch, err error) {
		err = s.Fetch(t.Context(), since, func(batch data.Batch) error { b = batch; return nil })
		return b, err
	}
	if s.Name() != "calendar:Maya" {
		t.Errorf("it is called %q", s.Name())
	}
	if _, err := fetch(""); !isFileProblem(err, data.NoFile, path) {
		t.Errorf("a file that is not there: %v", err)
	}
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(manyMeetings(12))
	first, err := fetch("")
	if err != nil || len(first.Meetings) != 12 {
		t.Fatalf("got %d, %v", len(first.Meetings), err)
	}
	if again, err := fetch(first.Cursor); err != nil || again.Whole || again.OnServer != 12 {
		t.Errorf("unchanged: %+v, %v", again, err)
	}
	write("<html>")
	if _, err := fetch(first.Cursor); !isFileProblem(err, data.NotCalendar, path) {
		t.Errorf("a web page: %v", err)
	}
	stop := errors.New("stop")
	write(manyMeetings(1))
	if err := s.Fetch(t.Context(), "", func(data.Batch) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("what emit says is not handed back: %v", err)
	}
}

func isFileProblem(err error, kind data.ProblemKind, path string) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind && p.About == path
}
