package calendar

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// davFake is a CalDAV server whose ways can be chosen: what it knows of RFC 6578,
// how it cuts its answers, what it wants of a sign-in. Its home is at /home/, with
// one calendar at /home/work/.
type davFake struct {
	*httptest.Server
	// Ways.
	syncs   bool   // it knows sync-collection
	tag     bool   // it has a getctag
	page    int    // entries in one answer to sync-collection; 0 is all
	bearer  string // the token it wants; "" takes anybody
	refuses int    // the status with which it answers a token that it has forgotten
	stuck   bool   // its pages never end: each answer has the token that was sent
	quirk   func(w http.ResponseWriter, r *http.Request, body string) (answered bool)

	lock     sync.Mutex
	entries  map[string]string // by name
	versions map[string]int    // by name: the change that it was made or deleted by
	now      int               // changes so far
	oldest   int               // the oldest token that it still knows
	asked    []string          // what was asked, in short
	base     string            // before the path of what it names
}

func newDAVFake(t *testing.T) *davFake {
	t.Helper()
	f := &davFake{syncs: true, tag: true, refuses: http.StatusForbidden, entries: map[string]string{}, versions: map[string]int{}}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	return f
}

func (f *davFake) source() *Source { return davSource(f.URL+"/home/work/", "", "") }

// put makes or changes an entry, as another client would.
func (f *davFake) put(names ...string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	for _, name := range names {
		f.now++
		f.versions[name] = f.now
		f.entries[name] = entryOf(vevent("UID:"+name, "DTSTART:20260603T090000Z", fmt.Sprintf("SUMMARY:%s at %d", name, f.now)))
	}
}

func (f *davFake) remove(name string) {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.now++
	f.versions[name] = f.now
	delete(f.entries, name)
}

// forget makes the server forget all tokens that it has given out.
func (f *davFake) forget() {
	f.lock.Lock()
	defer f.lock.Unlock()
	f.now++
	f.oldest = f.now
}

// said are the questions since it was asked last.
func (f *davFake) said() string {
	f.lock.Lock()
	defer f.lock.Unlock()
	words := strings.Join(f.asked, ", ")
	f.asked = nil
	return words
}

func (f *davFake) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	f.lock.Lock()
	defer f.lock.Unlock()
	f.asked = append(f.asked, questionOf(r.Method, string(body)))
	if f.bearer != "" && r.Header.Get("Authorization") != "Bearer "+f.bearer {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	if f.quirk != nil && f.quirk(w, r, string(body)) {
		return
	}
	f.answer(w, r, string(body))
}

// questionOf names a question: "sync from 7", "multiget 2".
func questionOf(method, body string) string {
	switch {
	case strings.Contains(body, "<sync-collection"):
		if token := tokenIn(body); token != "" {
			return "sync from " + strings.TrimPrefix(token, tokenBegins)
		}
		return "sync from the beginning"
	case strings.Contains(body, "calendar-multiget"):
		return fmt.Sprint("multiget ", strings.Count(body, "<href>"))
	case strings.Contains(body, "calendar-home-set"):
		return "stand"
	case method == "PROPFIND":
		return "tags"
	}
	return method
}

const tokenBegins = "http://fake.example/sync/"

var tokenPattern = regexp.MustCompile(`<sync-token>([^<]*)</sync-token>`)

func tokenIn(body string) string {
	if at := tokenPattern.FindStringSubmatch(body); at != nil {
		return at[1]
	}
	return ""
}

func (f *davFake) answer(w http.ResponseWriter, r *http.Request, body string) {
	switch question := questionOf(r.Method, body); {
	case question == "stand":
		multi(w, f.stand())
	case question == "tags":
		var all strings.Builder
		all.WriteString(responseOf(f.base+"/home/work/", "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype>"))
		for _, name := range f.names() {
			all.WriteString(f.tagged(name))
		}
		multi(w, all.String())
	case strings.HasPrefix(question, "sync"):
		f.answerSync(w, tokenIn(body))
	case strings.HasPrefix(question, "multiget"):
		var all strings.Builder
		for _, at := range regexp.MustCompile(`<href>([^<]*)</href>`).FindAllStringSubmatch(body, -1) {
			all.WriteString(f.entry(at[1]))
		}
		multi(w, all.String())
	case r.Method == http.MethodGet:
		text, there := f.entries[nameOf(r.URL.EscapedPath())]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = io.WriteString(w, text)
	case r.Method == http.MethodPut:
		w.WriteHeader(http.StatusCreated)
	default:
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
}

func nameOf(path string) string {
	name, _ := url.PathUnescape(path[strings.LastIndexByte(path, '/')+1:])
	return name
}

func (f *davFake) names() (names []string) {
	for name := range f.entries {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (f *davFake) stand() string {
	props := "<D:resourcetype><D:collection/><C:calendar/></D:resourcetype><D:displayname>Work</D:displayname>"
	if f.tag {
		props += fmt.Sprintf("<S:getctag>tag-%d</S:getctag>", f.now)
	}
	if f.syncs {
		props += "<D:supported-report-set><D:supported-report><D:report><D:sync-collection/></D:report></D:supported-report></D:supported-report-set>"
	}
	return responseOf(f.base+"/home/work/", props)
}

// tagged is an entry with its etag.
func (f *davFake) tagged(name string) string {
	return responseOf(f.base+"/home/work/"+url.PathEscape(name), fmt.Sprintf(`<D:getetag>"%d"</D:getetag>`, f.versions[name]))
}

func (f *davFake) entry(href string) string {
	name := nameOf(href)
	text, there := f.entries[name]
	if !there {
		return "<D:response><D:href>" + href + "</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>"
	}
	return responseOf(href, fmt.Sprintf(`<D:getetag>"%d"</D:getetag><C:calendar-data><![CDATA[%s]]></C:calendar-data>`, f.versions[name], text))
}

// answerSync tells what changed since a token, a page at a time: an answer that is
// cut says so with the status 507 of the calendar itself (RFC 6578 3.6).
func (f *davFake) answerSync(w http.ResponseWriter, token string) {
	if !f.syncs {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	since, err := strconv.Atoi(strings.TrimPrefix(token, tokenBegins))
	if token != "" && (err != nil || since < f.oldest) {
		w.WriteHeader(f.refuses)
		_, _ = io.WriteString(w, `<D:error xmlns:D="DAV:"><D:valid-sync-token/></D:error>`)
		return
	}
	var names []string
	for name, version := range f.versions {
		if _, there := f.entries[name]; version > since && (there || token != "") {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return f.versions[a] - f.versions[b] })
	next, cut := f.now, ""
	if f.page > 0 && len(names) > f.page {
		names = names[:f.page]
		next = f.versions[names[len(names)-1]]
		cut = "<D:response><D:href>" + f.base + "/home/work/</D:href><D:status>HTTP/1.1 507 Insufficient Storage</D:status><D:error><D:number-of-matches-within-limits/></D:error></D:response>"
	}
	if f.stuck {
		next = since
	}
	var all strings.Builder
	for _, name := range names {
		if _, there := f.entries[name]; there {
			all.WriteString(f.tagged(name))
		} else {
			all.WriteString("<D:response><D:href>" + f.base + "/home/work/" + url.PathEscape(name) + "</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>")
		}
	}
	multi(w, all.String()+cut+"<D:sync-token>"+tokenBegins+strconv.Itoa(next)+"</D:sync-token>")
}

func responseOf(href, props string) string {
	return "<D:response><D:href>" + href + "</D:href><D:propstat><D:prop>" + props + "</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
}

func multi(w http.ResponseWriter, responses string) {
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.WriteHeader(http.StatusMultiStatus)
	_, _ = io.WriteString(w, `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/">`+responses+`</D:multistatus>`)
}
