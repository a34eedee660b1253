package calendar

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"rapport/data"
)

// Bounds of a fetch.
const (
	maxSize      = 64 << 20 // bytes, unpacked
	maxRedirects = 8
	patience     = 2 * time.Minute
)

// loaded is what came of asking for a calendar.
type loaded struct {
	body           []byte
	etag, modified string
	unchanged      bool // since the ETag or Last-Modified that was sent
}

// load reads the file or asks the feed.
func (s *Source) load(ctx context.Context, last cursor) (loaded, error) {
	if s.Calendar.Path != "" {
		return s.loadFile()
	}
	return s.loadFeed(ctx, last)
}

func (s *Source) loadFile() (loaded, error) {
	f, err := os.Open(s.Calendar.Path)
	if err != nil {
		return loaded{}, s.fileProblem(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return loaded{}, s.problem(data.NotCalendar, "it is a folder", nil)
	}
	body, err := s.readAll(f)
	return loaded{body: body}, err
}

func (s *Source) fileProblem(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s.problem(data.NoFile, "", err)
	case errors.Is(err, fs.ErrPermission):
		return s.problem(data.Forbidden, "", err)
	}
	return fmt.Errorf("%s: %w", s.Name(), err)
}

// readAll reads up to the size limit, unpacking what is gzip without saying so.
func (s *Source) readAll(r io.Reader) ([]byte, error) {
	body, err := limited(r)
	if err == nil && bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		var packed *gzip.Reader
		if packed, err = gzip.NewReader(bytes.NewReader(body)); err == nil {
			body, err = limited(packed)
		}
	}
	switch {
	case errors.Is(err, errTooLarge):
		return nil, s.problem(data.TooLarge, "", err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, s.problem(data.CalendarCut, "", err)
	}
	return body, err
}

var errTooLarge = errors.New("too large")

func limited(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxSize+1))
	if err == nil && len(body) > maxSize {
		err = errTooLarge
	}
	return body, err
}

// loadFeed asks the feed whether it has changed, and for it if it has.
func (s *Source) loadFeed(ctx context.Context, last cursor) (loaded, error) {
	request, err := s.request(ctx, last)
	if err != nil {
		return loaded{}, err
	}
	limit := s.Patience
	if limit == 0 {
		limit = patience
	}
	fetch, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	response, err := s.client().Do(request.WithContext(fetch))
	if err != nil {
		return loaded{}, s.feedProblem(ctx, err)
	}
	defer response.Body.Close()
	if response.StatusCode == http.StatusNotModified {
		return loaded{unchanged: true, etag: last.ETag, modified: last.Modified}, nil
	}
	if response.StatusCode != http.StatusOK {
		return loaded{}, s.statusProblem(response.StatusCode)
	}
	body, err := s.readAll(response.Body)
	if err != nil {
		return loaded{}, s.feedProblem(ctx, err)
	}
	return loaded{body: body, etag: response.Header.Get("ETag"), modified: response.Header.Get("Last-Modified")}, nil
}

// request builds the question. No error of it holds the link.
func (s *Source) request(ctx context.Context, last cursor) (*http.Request, error) {
	if s.Link == nil {
		return nil, s.problem(data.NotCalendar, "it has neither a file nor a link", nil)
	}
	link, err := s.Link(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: link: %w", s.Name(), err)
	}
	address, err := feedAddress(link)
	if err != nil {
		return nil, s.feedProblem(ctx, err)
	}
	request := (&http.Request{Method: http.MethodGet, URL: address, Host: address.Host, Header: http.Header{}}).WithContext(ctx)
	request.Header.Set("Accept", "text/calendar, */*;q=0.1")
	request.Header.Set("User-Agent", "Rapport")
	if last.ETag != "" {
		request.Header.Set("If-None-Match", last.ETag)
	}
	if last.Modified != "" {
		request.Header.Set("If-Modified-Since", last.Modified)
	}
	if s.Calendar.User != "" && s.Password != nil {
		password, err := s.Password(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: password: %w", s.Name(), err)
		}
		request.SetBasicAuth(s.Calendar.User, password)
	}
	return request, nil
}

var (
	errBadLink   = errors.New("the link is not a web address")
	errPlainLink = errors.New("the link is not encrypted")
	errRedirects = errors.New("it leads from link to link without end")
)

// feedAddress reads a link: https, webcal as https, and http to this laptop only.
func feedAddress(link string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || u.Hostname() == "" {
		return nil, errBadLink // url's own error holds the link
	}
	switch u.Scheme = strings.ToLower(u.Scheme); u.Scheme {
	case "webcal", "webcals":
		u.Scheme = "https"
		if data.IsLoopback(u.Hostname()) && u.Port() != "" {
			u.Scheme = "http" // a calendar server on this laptop has no certificate
		}
	case "https":
	case "http":
		if !data.IsLoopback(u.Hostname()) {
			return nil, errPlainLink
		}
	default:
		return nil, errBadLink
	}
	return u, nil
}

// client is the client with our own rule for redirects: few, and never from an
// encrypted link to one that is not.
func (s *Source) client() *http.Client {
	c := http.Client{}
	if s.Client != nil {
		c = *s.Client
	}
	c.CheckRedirect = func(next *http.Request, via []*http.Request) error {
		next.Header.Del("Referer") // it would hand the private link on
		if len(via) >= maxRedirects {
			return errRedirects
		}
		if via[len(via)-1].URL.Scheme == "https" && next.URL.Scheme != "https" {
			return errPlainLink
		}
		_, err := feedAddress(next.URL.String())
		return err
	}
	return &c
}
