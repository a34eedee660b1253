package calendar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rapport/data"
	"rapport/sync/caldav"
	"rapport/sync/radicale"
	"rapport/sync/web"
)

// kept is what a workspace would have of a calendar after the batches of its
// source.
type kept struct {
	meetings map[string]data.Meeting
	cursor   string
	batches  []data.Batch
}

func (k *kept) emit(b data.Batch) error {
	if k.meetings == nil {
		k.meetings = map[string]data.Meeting{}
	}
	if b.Whole {
		for uid := range k.meetings {
			if !slices.Contains(b.Held, uid) {
				delete(k.meetings, uid)
			}
		}
	}
	for _, uid := range b.Lost {
		delete(k.meetings, uid)
	}
	for _, m := range b.Meetings {
		k.meetings[m.UID] = m
	}
	if b.Cursor != "" {
		k.cursor = b.Cursor
	}
	k.batches = append(k.batches, b)
	return nil
}

// read reads the source once and returns the UIDs of what it brought.
func (k *kept) read(t *testing.T, s *Source) (uids []string) {
	t.Helper()
	k.batches = nil
	if err := s.Fetch(t.Context(), k.cursor, k.emit); err != nil {
		t.Fatal(err)
	}
	for _, b := range k.batches {
		for _, m := range b.Meetings {
			uids = append(uids, m.UID)
		}
	}
	slices.Sort(uids)
	return uids
}

// dates are what an agenda would list of it.
func (k *kept) dates() (list []string) {
	for _, m := range k.meetings {
		for _, o := range m.Occurrences {
			line := o.Start.UTC().Format("01-02 15:04 ") + o.Summary
			if o.Cancelled {
				line += ", cancelled"
			}
			list = append(list, line)
		}
	}
	slices.Sort(list)
	return list
}

func davSource(link, user, password string) *Source {
	return &Source{
		Calendar: data.Calendar{ID: "cal", Name: "Work", Kind: data.DAVCalendar, Shown: "calendar.example", User: user},
		Link:     func(context.Context) (string, error) { return link, nil },
		Password: func(context.Context) (string, error) { return password, nil },
		Zone:     berlin, Now: func() time.Time { return day("2026-06-01") },
		Window: Window{day("2026-01-01"), day("2027-01-01")},
	}
}

func startRadicale(t *testing.T) *radicale.Server {
	t.Helper()
	s, err := radicale.Start(t.TempDir())
	if errors.Is(err, radicale.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Log(s.Log())
		}
	})
	return s
}

func entryOf(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//Client//EN\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func vevent(lines ...string) string {
	return "BEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

func TestARealServerIsFoundReadAndFollowed(t *testing.T) {
	server := startRadicale(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(server.MakeCalendar("work", "Work", "#3a7bd5ff"))
	must(server.MakeCalendar("home", "Home &amp; garden", "#00ff00"))
	client := caldav.Client{Door: web.Door{About: "radicale", Authorize: func(context.Context, string) (string, error) {
		return BasicAuth(radicale.User, radicale.Password), nil
	}}}
	for _, from := range []string{server.URL, server.URL + "/", server.URL + "/maya/", strings.Replace(server.URL, "http://", "webcal://", 1)} {
		list, err := client.Find(t.Context(), from)
		must(err)
		slices.SortFunc(list, func(a, b caldav.Calendar) int { return strings.Compare(a.Name, b.Name) })
		if len(list) != 2 || list[0].Name != "Home & garden" || list[1].Name != "Work" || list[1].Colour != "#3a7bd5" || list[1].At != server.Calendar("work") ||
			!list[1].Syncs || list[1].ReadOnly || list[1].Tag == "" {
			t.Fatalf("from %s: %+v", from, list)
		}
	}
	if list, err := client.Find(t.Context(), server.Calendar("work")); err != nil || len(list) != 1 || list[0].Name != "Work" {
		t.Errorf("from its own address: %+v, %v", list, err)
	}
	stranger := caldav.Client{Door: web.Door{About: "radicale", Authorize: func(context.Context, string) (string, error) { return BasicAuth("maya", "wrong"), nil }}}
	if _, err := stranger.Find(t.Context(), server.Calendar("work")); !hasKind(err, data.WrongPassword) {
		t.Errorf("with a wrong password: %v", err)
	}

	source := davSource(server.Calendar("work"), radicale.User, radicale.Password)
	var k kept
	series := vevent("UID:series", "DTSTART;TZID=Europe/Berlin:20260601T100000", "DTEND;TZID=Europe/Berlin:20260601T110000", "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Weekly call")
	must(server.Put("work", "one.ics", entryOf(vevent("UID:one", "DTSTART:20260603T090000Z", "DTEND:20260603T100000Z", "SUMMARY:Hall 2"))))
	must(server.Put("work", "series.ics", entryOf(series)))
	expect := func(step string, brought string, want ...string) {
		t.Helper()
		if got := fmt.Sprint(k.read(t, source)); got != brought {
			t.Errorf("%s: brought %s, want %s", step, got, brought)
		}
		if got := k.dates(); !slices.Equal(got, want) {
			t.Errorf("%s: the agenda is\n%s\nwant\n%s", step, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	weekly := []string{"06-01 08:00 Weekly call", "06-08 08:00 Weekly call", "06-15 08:00 Weekly call"}
	expect("first", "[one series]", "06-01 08:00 Weekly call", "06-03 09:00 Hall 2", weekly[1], weekly[2])
	expect("nothing changed", "[]", "06-01 08:00 Weekly call", "06-03 09:00 Hall 2", weekly[1], weekly[2])
	if b := k.batches[0]; b.Whole || b.Cursor != "" || b.OnServer != 2 {
		t.Errorf("nothing changed: %+v", b)
	}
	must(server.Put("work", "two three.ics", entryOf(vevent("UID:two", "DTSTART;VALUE=DATE:20260610", "SUMMARY:Fair"))))
	expect("one added", "[two]", weekly[0], "06-03 09:00 Hall 2", weekly[1], "06-09 22:00 Fair", weekly[2])
	must(server.Put("work", "one.ics", entryOf(vevent("UID:one", "DTSTART:20260604T090000Z", "DTEND:20260604T100000Z", "SUMMARY:Hall 2 moved", "SEQUENCE:1"))))
	expect("one changed", "[one]", weekly[0], "06-04 09:00 Hall 2 moved", weekly[1], "06-09 22:00 Fair", weekly[2])
	moved := vevent("UID:series", "RECURRENCE-ID;TZID=Europe/Berlin:20260608T100000", "DTSTART;TZID=Europe/Berlin:20260609T140000", "DTEND;TZID=Europe/Berlin:20260609T150000", "SUMMARY:Weekly call later")
	must(server.Put("work", "series.ics", entryOf(series, moved)))
	expect("one occurrence moved", "[series]", weekly[0], "06-04 09:00 Hall 2 moved", "06-09 12:00 Weekly call later", "06-09 22:00 Fair", weekly[2])
	must(server.Delete("work", "one.ics"))
	expect("one deleted", "[]", weekly[0], "06-09 12:00 Weekly call later", "06-09 22:00 Fair", weekly[2])
	if got := fmt.Sprint(k.batches[len(k.batches)-1].Lost); got != "[one]" {
		t.Errorf("lost %s", got)
	}

	c := parseCursor(k.cursor)
	c.Token += "nonsense"
	k.cursor = c.String()
	must(server.Delete("work", "two%20three.ics"))
	expect("after a token that the server does not know", "[]", weekly[0], "06-09 12:00 Weekly call later", weekly[2])

	had, err := source.Put(t.Context(), "follow-up@rapport", entryOf(vevent("UID:follow-up@rapport", "DTSTART:20260620T090000Z", "SUMMARY:Follow-up")))
	if err != nil || had {
		t.Fatal(had, err)
	}
	had, err = source.Put(t.Context(), "follow-up@rapport", entryOf(vevent("UID:follow-up@rapport", "DTSTART:20260621T090000Z", "SUMMARY:Another")))
	if err != nil || !had {
		t.Errorf("what lies there already: had %v, %v", had, err)
	}
	expect("our own came back, once", "[follow-up@rapport]", weekly[0], "06-09 12:00 Weekly call later", weekly[2], "06-20 09:00 Follow-up")

	many := map[string]bool{}
	for i := range 70 {
		uid := fmt.Sprintf("m%02d", i)
		many[uid] = true
		must(server.Put("home", uid+".ics", entryOf(vevent("UID:"+uid, "DTSTART:20260701T090000Z", "SUMMARY:Many"))))
	}
	other := davSource(server.Calendar("home"), radicale.User, radicale.Password)
	texts, err := client.Texts(t.Context(), mustURL(t, server.Calendar("home")), append([]string{"missing.ics"}, "m00.ics", "m01.ics"))
	if err != nil || len(texts) != 2 {
		t.Errorf("one that is missing empties the batch: %d, %v", len(texts), err)
	}
	var h kept
	if got := h.read(t, other); len(got) != len(many) {
		t.Errorf("of 70 came %d", len(got))
	}
}

func hasKind(err error, kind data.ProblemKind) bool {
	p, ok := data.AsProblem(err)
	return ok && p.Kind == kind
}

func mustURL(t *testing.T, link string) *url.URL {
	t.Helper()
	u, err := web.Address(link)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Without the report of changes a real server is followed by its tag and its
// etags, and comes to the same.
func TestARealServerIsFollowedByItsTags(t *testing.T) {
	server := startRadicale(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(server.MakeCalendar("work", "Work", "#3a7bd5ff"))
	to := mustURL(t, server.URL)
	var refused atomic.Int32
	through := httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || strings.Contains(string(body), "<sync-collection") {
			refused.Add(1)
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		through.ServeHTTP(w, r)
	}))
	t.Cleanup(front.Close)
	source := davSource(strings.Replace(server.Calendar("work"), server.URL, front.URL, 1), radicale.User, radicale.Password)
	var k kept
	for _, step := range []struct {
		name    string
		do      func() error
		brought string
		want    []string
	}{
		{"two", func() error {
			return errors.Join(server.Put("work", "a.ics", entryOf(vevent("UID:a", "DTSTART:20260603T090000Z", "SUMMARY:A"))),
				server.Put("work", "b.ics", entryOf(vevent("UID:b", "DTSTART:20260604T090000Z", "SUMMARY:B"))))
		}, "[a b]", []string{"06-03 09:00 A", "06-04 09:00 B"}},
		{"nothing", func() error { return nil }, "[]", []string{"06-03 09:00 A", "06-04 09:00 B"}},
		{"one changed", func() error {
			return server.Put("work", "a.ics", entryOf(vevent("UID:a", "DTSTART:20260605T090000Z", "SUMMARY:A moved", "SEQUENCE:1")))
		}, "[a]", []string{"06-04 09:00 B", "06-05 09:00 A moved"}},
		{"one deleted", func() error { return server.Delete("work", "b.ics") }, "[]", []string{"06-05 09:00 A moved"}},
	} {
		must(step.do())
		if got := fmt.Sprint(k.read(t, source)); got != step.brought {
			t.Errorf("%s: brought %s, want %s", step.name, got, step.brought)
		}
		if got := k.dates(); !slices.Equal(got, step.want) {
			t.Errorf("%s: the agenda is %q, want %q", step.name, got, step.want)
		}
	}
	if refused.Load() == 0 {
		t.Error("the report of changes was never asked for")
	}
}
