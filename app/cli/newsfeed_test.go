package cli

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// newsServer is a customer's server with one feed.
type newsServer struct {
	mu     sync.Mutex
	body   []byte
	status int
	huge   bool
	asked  int
	marked bool // it was asked by the mark that it gave
}

// ServeHTTP answers with what the feed says now.
func (s *newsServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	mark := strconv.Quote(strconv.Itoa(len(s.body)))
	s.marked = r.Header.Get("If-None-Match") == mark
	switch {
	case s.huge:
		io.CopyN(w, endless{}, 100<<20)
	case s.status != 0:
		w.WriteHeader(s.status)
	case s.marked:
		w.WriteHeader(http.StatusNotModified)
	default:
		w.Header().Set("ETag", mark)
		w.Write(s.body)
	}
}

// endless is a text without end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// news plays a customer's server: "news start", "news shows FILE", "news huge",
// "news gone", "news asked N" and "news marked".
func news(ts *testscript.TestScript, _ bool, args []string) {
	if args[0] == "start" {
		s := &newsServer{}
		served := httptest.NewServer(s)
		ts.Defer(served.Close)
		ts.Value(serversKey{}).(*servers).news = s
		ts.Setenv("NEWS_URL", served.URL)
		return
	}
	s := ts.Value(serversKey{}).(*servers).news
	s.mu.Lock()
	defer s.mu.Unlock()
	switch args[0] {
	case "shows":
		body, err := os.ReadFile(ts.MkAbs(args[1]))
		ts.Check(err)
		s.body, s.status, s.huge = body, 0, false
	case "huge":
		s.huge = true
	case "gone":
		s.status, s.huge = http.StatusGone, false
	case "asked":
		if fmt.Sprint(s.asked) != args[1] {
			ts.Fatalf("asked %d times, not %s", s.asked, args[1])
		}
	case "marked":
		if !s.marked {
			ts.Fatalf("it was not asked by its mark")
		}
	default:
		ts.Fatalf("news %s", args[0])
	}
}

// later lets time pass for the commands that follow.
func later(ts *testscript.TestScript, _ bool, args []string) {
	now, err := time.Parse(time.RFC3339, ts.Getenv("RAPPORT_TEST_NOW"))
	ts.Check(err)
	by, err := time.ParseDuration(args[0])
	ts.Check(err)
	ts.Setenv("RAPPORT_TEST_NOW", now.Add(by).Format(time.RFC3339))
}
