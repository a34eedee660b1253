package calendar

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"rapport/data"
	"rapport/sync/caldav"
)

// reads runs the source and checks what it brought, what it has then, and what it
// asked for it.
func (k *kept) reads(t *testing.T, step string, f *davFake, s *Source, brought, has, asked string) {
	t.Helper()
	f.said()
	if got := strings.Join(k.read(t, s), " "); got != brought {
		t.Errorf("%s: brought %q, want %q", step, got, brought)
	}
	if got := strings.Join(slices.Sorted(maps.Keys(k.meetings)), " "); got != has {
		t.Errorf("%s: has %q, want %q", step, got, has)
	}
	if got := f.said(); got != asked {
		t.Errorf("%s: asked %q, want %q", step, got, asked)
	}
}

// A server may cut what changed into pages (RFC 6578 3.6). All of them are read,
// and an entry counts as the last page has it.
func TestWhatChangedComesInPages(t *testing.T) {
	f := newDAVFake(t)
	f.page = 2
	f.put("a", "b", "c", "d", "e")
	s := f.source()
	var k kept
	k.reads(t, "first", f, s, "a b c d e", "a b c d e", "stand, sync from the beginning, sync from 2, sync from 4, multiget 5")
	f.put("f", "a")
	f.remove("b")
	f.put("c")
	f.remove("f")
	k.reads(t, "then", f, s, "a c", "a c d e", "sync from 5, sync from 8, multiget 2")
	k.reads(t, "nothing", f, s, "", "a c d e", "sync from 10")
	if b := k.batches[0]; b.Cursor != "" || b.Whole {
		t.Errorf("nothing changed: %+v", b)
	}
}

// Cut within its pages, a reading has lost nothing and goes on from where the
// calendar stood before.
func TestPagesThatBreakOffLoseNothing(t *testing.T) {
	f := newDAVFake(t)
	f.put("a", "b")
	s := f.source()
	var k kept
	k.read(t, s)
	before := k.cursor
	f.page = 1
	f.put("c", "d")
	f.remove("a")
	pages := 0
	f.quirk = func(w http.ResponseWriter, _ *http.Request, body string) bool {
		if strings.Contains(body, "sync-collection") {
			pages++
		}
		if pages == 2 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return pages == 2
	}
	if err := s.Fetch(t.Context(), k.cursor, k.emit); err == nil {
		t.Fatal("a page that never came is no trouble")
	}
	if k.cursor != before || len(k.meetings) != 2 {
		t.Errorf("cut, it has %v from %s", slices.Sorted(maps.Keys(k.meetings)), k.cursor)
	}
	k.reads(t, "again", f, s, "c d", "b c d", "sync from 2, sync from 3, sync from 4, multiget 2")
}

// Pages that never end, and an answer that is not whole, are not believed: all
// entries are listed instead, or nothing is changed.
func TestPagesThatNeverEnd(t *testing.T) {
	f := newDAVFake(t)
	f.put("a", "b", "c")
	s := f.source()
	var k kept
	k.read(t, s)
	f.page, f.stuck = 1, true
	f.put("d", "e")
	k.reads(t, "stuck", f, s, "d e", "a b c d e", "sync from 3, stand, sync from the beginning, sync from 0, tags, multiget 2")
	f.page, f.stuck = 0, false
	f.quirk = func(w http.ResponseWriter, _ *http.Request, body string) bool {
		if !strings.Contains(body, "sync-collection") {
			return false
		}
		w.WriteHeader(http.StatusMultiStatus)
		_, _ = io.WriteString(w, `<D:multistatus xmlns:D="DAV:"><D:response><D:href>/home/work/a</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>`)
		return true
	}
	f.put("g")
	err := s.Fetch(t.Context(), k.cursor, k.emit)
	if len(k.meetings) != 5 || !hasKind(err, data.Dropped) {
		t.Errorf("half an answer left %v, %v", slices.Sorted(maps.Keys(k.meetings)), err)
	}
}

// A token that the server has forgotten, in whatever way it says so, leads to the
// whole list; what is the same there is not read again.
func TestAForgottenToken(t *testing.T) {
	for _, status := range []int{http.StatusForbidden, http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionFailed, http.StatusGone, http.StatusInsufficientStorage} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			f := newDAVFake(t)
			f.refuses = status
			f.put("a", "b", "c")
			s := f.source()
			var k kept
			k.read(t, s)
			f.put("b")
			f.remove("c")
			f.forget()
			k.reads(t, "forgotten", f, s, "b", "a b", "sync from 3, stand, sync from the beginning, multiget 1")
			k.reads(t, "then", f, s, "", "a b", "sync from 6")
		})
	}
}

// A server without sync-collection is asked for its tag, and for all etags when
// that has changed; without a tag for all etags each time.
func TestAServerWithoutSyncCollection(t *testing.T) {
	f := newDAVFake(t)
	f.syncs = false
	f.put("a", "b", "c")
	s := f.source()
	var k kept
	k.reads(t, "first", f, s, "a b c", "a b c", "stand, tags, multiget 3")
	k.reads(t, "the same tag", f, s, "", "a b c", "stand")
	f.put("b")
	f.remove("c")
	k.reads(t, "another tag", f, s, "b", "a b", "stand, tags, multiget 1")

	f.tag = false
	k.reads(t, "without a tag", f, s, "", "a b", "stand, tags")
	f.put("d")
	k.reads(t, "one more", f, s, "d", "a b d", "stand, tags, multiget 1")
	if k.batches[len(k.batches)-1].Whole {
		t.Error("one more entry is told as the whole calendar")
	}
}

// A server that says that it knows sync-collection and does not is read by its
// etags, as is one that stops knowing it.
func TestAServerThatOnlyClaimsSyncCollection(t *testing.T) {
	f := newDAVFake(t)
	f.quirk = func(w http.ResponseWriter, _ *http.Request, body string) bool {
		if strings.Contains(body, "<sync-collection") {
			w.WriteHeader(http.StatusNotImplemented)
			return true
		}
		return false
	}
	f.put("a", "b")
	s := f.source()
	var k kept
	k.reads(t, "first", f, s, "a b", "a b", "stand, sync from the beginning, tags, multiget 2")
	f.put("b")
	k.reads(t, "then", f, s, "b", "a b", "stand, sync from the beginning, tags, multiget 1")
	f.quirk = nil
	f.put("a")
	k.reads(t, "it has learned it", f, s, "a", "a b", "stand, sync from the beginning, multiget 1")
	f.remove("b")
	k.reads(t, "and goes on so", f, s, "", "a", "sync from 4")
}

// What a server tells as changed without an etag, as drafts of RFC 6578 did, is
// read.
func TestChangesWithoutAnETag(t *testing.T) {
	f := newDAVFake(t)
	f.put("a")
	s := f.source()
	var k kept
	k.read(t, s)
	f.put("b")
	f.quirk = func(w http.ResponseWriter, _ *http.Request, body string) bool {
		if strings.Contains(body, "<sync-collection") {
			multi(w, "<D:response><D:href>/home/work/b</D:href><D:status>HTTP/1.1 201 Created</D:status></D:response><D:sync-token>"+tokenBegins+"2</D:sync-token>")
			return true
		}
		return false
	}
	k.reads(t, "then", f, s, "b", "a b", "sync from 1, multiget 1")
}

// Google's calendars: signed in to by a token that runs out within the hour, found
// by the address of the user, with names that it escapes in its own way, some with
// sync-collection and some without, and an own word for too many questions.
func TestGooglesWays(t *testing.T) {
	f := newDAVFake(t)
	f.bearer = "fresh"
	f.quirk = googleFinds
	f.put("series_R20260608T080000@google.com.ics", "b@google.com.ics")
	renewed := 0
	s := f.source()
	s.Calendar.SignIn = data.ByToken("google")
	s.Token = func(_ context.Context, refused string) (string, error) {
		if refused == "stale" {
			renewed++
			return "fresh", nil
		}
		return "stale", nil
	}
	client, _, err := s.dav(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	found, err := client.Find(t.Context(), f.URL+"/caldav/v2/maya%40gmail.example/user")
	if err != nil || len(found) != 2 {
		t.Fatalf("found %+v, %v", found, err)
	}
	slices.SortFunc(found, func(a, b caldav.Calendar) int { return strings.Compare(a.Name, b.Name) })
	if own, holidays := found[1], found[0]; own.Name != "Work" || !own.Syncs || own.ReadOnly || own.At != f.URL+"/caldav/v2/maya%40gmail.example/events/" ||
		holidays.Name != "Holidays" || holidays.Syncs || !holidays.ReadOnly || holidays.Tag == "" {
		t.Errorf("found %+v", found)
	}
	if renewed == 0 {
		t.Error("the token that had run out was not made new")
	}

	f.quirk = nil
	f.base = f.URL // it names its entries by whole addresses
	var k kept
	k.reads(t, "with the report", f, s, "b@google.com.ics series_R20260608T080000@google.com.ics", "b@google.com.ics series_R20260608T080000@google.com.ics",
		"stand, stand, sync from the beginning, sync from the beginning, multiget 2, multiget 2")
	f.put("b@google.com.ics")
	f.refuses = http.StatusGone // "Sync token is no longer valid, a full sync is required"
	f.forget()
	k.read(t, s)
	if got := len(k.batches[len(k.batches)-1].Meetings); got != 1 {
		t.Errorf("after a token that it calls gone %d entries were read", got)
	}

	f.syncs = false // as its subscribed calendars are
	k.read(t, s)
	f.said()
	k.read(t, s)
	if got := f.said(); got != "stand, stand" {
		t.Errorf("by the tag it asks %q", got)
	}

	f.quirk = func(w http.ResponseWriter, _ *http.Request, _ string) bool {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
	if err := s.Fetch(t.Context(), k.cursor, k.emit); !hasKind(err, data.Busy) {
		t.Errorf("asked too often: %v", err)
	}
	if p, _ := data.AsProblem(s.Fetch(t.Context(), k.cursor, k.emit)); p == nil || p.Wait.Seconds() != 30 {
		t.Errorf("it may be asked again after %+v", p)
	}
	if len(k.meetings) != 2 {
		t.Errorf("in the end it has %v", slices.Sorted(maps.Keys(k.meetings)))
	}
}

// googleFinds answers the search for calendars: the user's address says where
// their home is, the home lists their own calendar and one that is subscribed to.
func googleFinds(w http.ResponseWriter, r *http.Request, body string) bool {
	const home = "/caldav/v2/maya%40gmail.example/"
	switch {
	case questionOf(r.Method, body) != "stand":
		return false
	case r.URL.EscapedPath() == home+"user":
		multi(w, `<D:response><D:href>`+home+`user</D:href><D:propstat><D:status>HTTP/1.1 200 OK</D:status><D:prop><D:resourcetype><D:principal/></D:resourcetype><D:displayname>maya@gmail.example</D:displayname>`+
			`<D:current-user-principal><D:href>`+home+`user</D:href></D:current-user-principal><C:calendar-home-set><D:href>`+home+`</D:href></C:calendar-home-set></D:prop></D:propstat>`+
			`<D:propstat><D:status>HTTP/1.1 404 Not Found</D:status><D:prop><S:getctag/></D:prop></D:propstat></D:response>`)
	case r.URL.EscapedPath() == home:
		multi(w, googleCalendar(home+"events/", "Work", "<D:write/>", "<D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report>")+
			googleCalendar("/caldav/v2/nl.dutch%23holiday%40group.v.calendar.google.com/events/", "Holidays", "<D:read/>", "<D:supported-report><D:report><C:calendar-query/></D:report></D:supported-report>"))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
	return true
}

func googleCalendar(href, name, right, reports string) string {
	return responseOf(href, `<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>`+name+`</D:displayname><S:getctag>63900000001</S:getctag>`+
		`<D:current-user-privilege-set><D:privilege><D:read/></D:privilege><D:privilege>`+right+`</D:privilege></D:current-user-privilege-set>`+
		`<D:supported-report-set>`+reports+`</D:supported-report-set><C:supported-calendar-component-set><C:comp name="VEVENT"/></C:supported-calendar-component-set>`)
}
