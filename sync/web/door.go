package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Bounds of one question.
const (
	MaxSize      = 64 << 20 // bytes of an answer, unpacked
	maxRedirects = 8
	patience     = 2 * time.Minute
)

var errTooLarge = errors.New("too large")

// Door is how one server is asked. Only About is needed; the zero value of every
// other field is what a user wants.
type Door struct {
	// About is what people call the place, without anything private.
	About string
	// Authorize gives the Authorization header of a question; refused is the one
	// that the server did not take, "" at first. nil asks without.
	Authorize func(ctx context.Context, refused string) (string, error)
	// Transport is how the server is reached; the usual one if nil.
	Transport http.RoundTripper
	// Patience is how long one question may take, its answer and its redirects
	// with it; 2 minutes if 0.
	Patience time.Duration
	// Most is how many bytes an answer may have, unpacked; MaxSize if 0.
	Most int64
	// Now is the clock that a server's "not before" is read by; time.Now if nil.
	Now func() time.Time
}

func (d Door) now() time.Time {
	if d.Now != nil {
		return d.Now()
	}
	return time.Now()
}

// Question is one request. Its header is not changed.
type Question struct {
	Method string
	At     *url.URL
	Header http.Header
	Body   string
}

// Answer is what came of it, whatever its status says.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	// At is where the answer came from, after redirects.
	At *url.URL
	// Moved is the address to ask from now on, where every redirect on the way
	// said that it is for good; nil where nothing has moved.
	Moved *url.URL
}

// Ask puts a question and reads its whole answer. Redirects are followed with the
// same question. Trouble on the way is a *data.Problem; a refusal by the server is
// an Answer, but for one that asks for patience.
func (d Door) Ask(ctx context.Context, q Question) (Answer, error) {
	limit := d.Patience
	if limit <= 0 {
		limit = patience
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	a, err := d.follow(limited, q)
	if err != nil {
		return Answer{}, d.Failed(ctx, err)
	}
	if a.Status == http.StatusTooManyRequests || a.Status == http.StatusServiceUnavailable {
		return a, d.Refusal(a)
	}
	return a, nil
}

// follow asks from redirect to redirect.
func (d Door) follow(ctx context.Context, q Question) (Answer, error) {
	first, forGood := q.At, true
	for range maxRedirects + 1 {
		a, err := d.once(ctx, q, first)
		if err != nil {
			return a, err
		}
		to := a.Header.Get("Location")
		if !isRedirect(a.Status) || to == "" {
			if a.At = q.At; forGood && q.At != first {
				a.Moved = q.At
			}
			return a, nil
		}
		if q.At, err = next(q.At, to); err != nil {
			return a, err
		}
		forGood = forGood && (a.Status == http.StatusMovedPermanently || a.Status == http.StatusPermanentRedirect)
		if a.Status == http.StatusSeeOther {
			q.Method, q.Body = http.MethodGet, ""
		}
	}
	return Answer{}, errRedirects
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// next is where a redirect leads, unless it may not be followed.
func next(from *url.URL, to string) (*url.URL, error) {
	u, err := from.Parse(to)
	if err != nil {
		return nil, errBadLink
	}
	if from.Scheme == "https" && u.Scheme == "http" {
		return nil, errPlainLink
	}
	return Address(u.String())
}

// once asks one address, and again where a credential that has run out can be
// made new.
func (d Door) once(ctx context.Context, q Question, first *url.URL) (Answer, error) {
	if d.Authorize == nil || !sameSite(first, q.At) {
		return d.send(ctx, q, "")
	}
	credential, err := d.Authorize(ctx, "")
	if err != nil {
		return Answer{}, err
	}
	a, err := d.send(ctx, q, credential)
	if err != nil || a.Status != http.StatusUnauthorized || !strings.HasPrefix(credential, "Bearer ") {
		return a, err
	}
	if credential, err = d.Authorize(ctx, credential); err != nil {
		return Answer{}, err
	}
	return d.send(ctx, q, credential)
}

func (d Door) send(ctx context.Context, q Question, credential string) (Answer, error) {
	r, err := http.NewRequestWithContext(ctx, q.Method, "", strings.NewReader(q.Body))
	if err != nil {
		return Answer{}, err
	}
	r.URL, r.Host = q.At, q.At.Host
	for name, values := range q.Header {
		r.Header[name] = values
	}
	r.Header.Set("User-Agent", "Rapport")
	if q.At.User != nil && credential == "" {
		password, _ := q.At.User.Password()
		r.SetBasicAuth(q.At.User.Username(), password)
	}
	if credential != "" {
		r.Header.Set("Authorization", credential)
	}
	client := http.Client{Transport: d.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		return Answer{}, err
	}
	defer response.Body.Close()
	body, err := limited(response.Body, cmp.Or(d.Most, MaxSize))
	return Answer{Status: response.StatusCode, Header: response.Header, Body: body}, err
}

// ErrTooLarge is what Limited returns of more than MaxSize bytes.
var ErrTooLarge = errTooLarge

// Limited reads up to MaxSize bytes.
func Limited(r io.Reader) ([]byte, error) { return limited(r, MaxSize) }

func limited(r io.Reader, most int64) ([]byte, error) {
	var b bytes.Buffer
	n, err := b.ReadFrom(io.LimitReader(r, most+1))
	if err == nil && n > most {
		err = errTooLarge
	}
	return b.Bytes(), err
}
