package feed

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"rapport/data"
	"rapport/sync/web"
)

// MostSize is how many bytes a feed may have.
const MostSize = 8 << 20

// Source brings the news of one feed. It satisfies the engine's Source.
type Source struct {
	Feed data.Feed
	// Link gives the feed's address.
	Link func(ctx context.Context) (string, error)
	// Relink is told the address that the feed has moved to for good; nil forgets
	// it.
	Relink func(ctx context.Context, link string) error
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Transport reaches servers; nil is the usual one.
	Transport http.RoundTripper
	// Patience is how long one question may take; 0 is two minutes.
	Patience time.Duration
	// Log may be nil. Links and titles are never written to it.
	Log *slog.Logger
}

// Name is the source's name in the ledger.
func (s *Source) Name() string { return s.Feed.SourceName() }

// Fetch asks the feed whether it has changed, and emits what it holds if it has.
// One whose server once said that it is gone for good is not asked again. Trouble
// with the world outside is a *data.Problem.
func (s *Source) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	last := parseCursor(since)
	if last.Gone {
		return s.problem(data.FeedGone, nil)
	}
	a, err := s.ask(ctx, last)
	if err != nil {
		return err
	}
	next := last
	switch a.Status {
	case http.StatusOK:
	case http.StatusNotModified:
		return s.unchanged(ctx, a, next, since, emit)
	case http.StatusGone:
		next.Gone = true
		if err := emit(data.Batch{Feed: s.Feed.ID, OnServer: -1, Cursor: next.String()}); err != nil {
			return err
		}
		return s.problem(data.FeedGone, nil)
	case http.StatusNotFound:
		return s.problem(data.FeedMissing, nil)
	default:
		return s.door().Refusal(a)
	}
	next.ETag, next.Modified, next.Hash = a.Header.Get("ETag"), a.Header.Get("Last-Modified"), hashOf(a.Body)
	if next.Hash == last.Hash {
		return s.unchanged(ctx, a, next, since, emit)
	}
	r, err := Read(a.Body, a.Header.Get("Content-Type"), a.At)
	if err != nil {
		return s.problem(data.NotFeed, err)
	}
	next.Items = len(r.Headlines)
	s.log().Info("feed read", "found", next.Items)
	if err := emit(data.Batch{Feed: s.Feed.ID, Headlines: r.Headlines, Odd: r.Odd, OnServer: next.Items, Done: next.Items, Total: next.Items, Cursor: next.String()}); err != nil {
		return err
	}
	return s.relink(ctx, a)
}

// unchanged emits that nothing is new.
func (s *Source) unchanged(ctx context.Context, a web.Answer, next cursor, since string, emit func(data.Batch) error) error {
	b := data.Batch{Feed: s.Feed.ID, OnServer: next.Items}
	if c := next.String(); c != since {
		b.Cursor = c
	}
	if err := emit(b); err != nil {
		return err
	}
	return s.relink(ctx, a)
}

func (s *Source) ask(ctx context.Context, last cursor) (web.Answer, error) {
	link, err := s.Link(ctx)
	if err != nil {
		return web.Answer{}, fmt.Errorf("%s: link: %w", s.Name(), err)
	}
	address, err := web.Address(link)
	if err != nil {
		return web.Answer{}, s.ours(s.door().Failed(ctx, err))
	}
	q := web.Question{Method: http.MethodGet, At: address, Header: http.Header{"Accept": {"application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"}}}
	if last.ETag != "" {
		q.Header.Set("If-None-Match", last.ETag)
	}
	if last.Modified != "" {
		q.Header.Set("If-Modified-Since", last.Modified)
	}
	a, err := s.door().Ask(ctx, q)
	return a, s.ours(err)
}

// ours puts what the door says of any server into the words for a feed.
func (s *Source) ours(err error) error {
	p, ok := data.AsProblem(err)
	if !ok {
		return err
	}
	switch p.Kind {
	case data.TooLarge:
		return s.problem(data.FeedTooLarge, nil)
	case data.NotCalendar:
		return s.problem(data.NotFeed, errors.New(p.Detail))
	}
	return err
}

func (s *Source) door() web.Door {
	return web.Door{About: s.Feed.Shown, Transport: s.Transport, Patience: s.Patience, Now: s.Now, Most: MostSize}
}

// problem is trouble with the feed; why says more, in words that hold nothing of
// it.
func (s *Source) problem(kind data.ProblemKind, why error) error {
	p := &data.Problem{Kind: kind, About: s.Feed.Shown, Cause: why}
	if why != nil {
		p.Detail = why.Error()
	}
	return p
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

func (s *Source) log() *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:16])
}

// Address reads a link that a person gives for a feed, and says whose it is as
// people may see it: its host. A link with a user or password is refused, since
// feeds of news are for everybody.
func Address(link string) (u *url.URL, shown string, err error) {
	u, err = web.Address(link)
	if err != nil {
		return nil, "", &data.Invalid{Field: "link", Says: "a feed's link begins with https://; plain http is for this laptop only"}
	}
	if u.User != nil {
		return nil, "", &data.Invalid{Field: "link", Says: "a feed's link holds no user or password; Rapport reads what is for everybody"}
	}
	return u, u.Host, nil
}
