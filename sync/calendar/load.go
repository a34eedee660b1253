package calendar

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"

	"rapport/data"
	"rapport/sync/web"
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
		body, err := s.loadFile(s.Calendar.Path)
		return loaded{body: body}, err
	}
	return s.loadFeed(ctx, last)
}

func (s *Source) loadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, s.fileProblem(err)
	}
	defer f.Close()
	body, err := web.Limited(f)
	if err == nil {
		body, err = unpacked(body)
	}
	return body, s.readProblem(err)
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

// unpacked undoes gzip that nobody spoke of.
func unpacked(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		return body, nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return web.Limited(packed)
}

func (s *Source) readProblem(err error) error {
	switch {
	case errors.Is(err, web.ErrTooLarge):
		return s.problem(data.TooLarge, "", err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return s.problem(data.CalendarCut, "", err)
	}
	return err
}

// door is how the calendar's server is asked.
func (s *Source) door() web.Door {
	d := web.Door{About: s.about(), Transport: s.Transport, Patience: s.Patience, Now: s.Now}
	if s.Calendar.SignIn.Provider() != "" || s.Calendar.User != "" {
		d.Authorize = s.authorize
	}
	return d
}

// authorize is the header that opens the calendar: a token, or user and password.
func (s *Source) authorize(ctx context.Context, refused string) (string, error) {
	if s.Calendar.SignIn.Provider() != "" {
		token, err := s.Token(ctx, refusedToken(refused))
		return "Bearer " + token, err
	}
	password, err := s.Password(ctx)
	return BasicAuth(s.Calendar.User, password), err
}

func refusedToken(header string) string {
	if len(header) < len("Bearer ") {
		return ""
	}
	return header[len("Bearer "):]
}

// BasicAuth is the Authorization header of a user and a password.
func BasicAuth(user, password string) string {
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
}

// loadFeed asks the feed whether it has changed, and for it if it has.
func (s *Source) loadFeed(ctx context.Context, last cursor) (loaded, error) {
	if s.Link == nil {
		return loaded{}, s.problem(data.NotCalendar, "it has neither a file nor a link", nil)
	}
	link, err := s.Link(ctx)
	if err != nil {
		return loaded{}, fmt.Errorf("%s: link: %w", s.Name(), err)
	}
	door := s.door()
	address, err := web.Address(link)
	if err != nil {
		return loaded{}, door.Failed(ctx, err)
	}
	q := web.Question{Method: http.MethodGet, At: address, Header: http.Header{"Accept": {"text/calendar, */*;q=0.1"}}}
	if last.ETag != "" {
		q.Header.Set("If-None-Match", last.ETag)
	}
	if last.Modified != "" {
		q.Header.Set("If-Modified-Since", last.Modified)
	}
	a, err := door.Ask(ctx, q)
	if err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) && ctx.Err() == nil {
			err = s.problem(data.CalendarCut, "", err)
		}
		return loaded{}, err
	}
	switch a.Status {
	case http.StatusNotModified:
		return loaded{unchanged: true, etag: last.ETag, modified: last.Modified}, s.relink(ctx, a)
	case http.StatusOK:
	default:
		return loaded{}, door.Refusal(a)
	}
	body, err := unpacked(a.Body)
	if err != nil {
		return loaded{}, s.readProblem(err)
	}
	return loaded{body: body, etag: a.Header.Get("ETag"), modified: a.Header.Get("Last-Modified")}, s.relink(ctx, a)
}

// relink keeps where the feed has moved to for good.
func (s *Source) relink(ctx context.Context, a web.Answer) error {
	if a.Moved == nil || s.Relink == nil {
		return nil
	}
	if err := s.Relink(ctx, a.Moved.String()); err != nil {
		return fmt.Errorf("%s: link: %w", s.Name(), err)
	}
	return nil
}
