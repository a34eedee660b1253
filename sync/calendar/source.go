package calendar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"rapport/data"
)

// Source brings the meetings of one calendar: a file on this laptop, or a feed.
// It satisfies the engine's Source.
type Source struct {
	Calendar data.Calendar
	// Link gives the feed's address, which is often a secret; it is not asked
	// when the calendar is a file.
	Link func(ctx context.Context) (string, error)
	// Password is asked when the calendar has a user.
	Password func(ctx context.Context) (string, error)
	// Zone is the user's, for floating and all-day meetings; nil is UTC.
	Zone *time.Location
	// Window is what is expanded; the zero Window is ten years back and two
	// ahead.
	Window Window
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Client fetches feeds; nil is one with fitting limits. Its redirects are
	// checked by the source.
	Client *http.Client
	// Patience is how long a feed may take; 0 is two minutes.
	Patience time.Duration
	// Log may be nil. Links and titles are never written to it.
	Log *slog.Logger
}

// Window is a span of time, To exclusive.
type Window struct{ From, To time.Time }

// shrinkFrom is the number of meetings from which the loss of more than half is
// not believed.
const shrinkFrom = 10

// Name is the source's name in the ledger.
func (s *Source) Name() string { return s.Calendar.SourceName() }

// Fetch reads the calendar and emits one batch: all its meetings, or none when
// nothing has changed since the cursor. Trouble with the world outside is a
// *data.Problem, and then nothing is emitted, so nothing that is stored is lost.
func (s *Source) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	now, last := s.now(), parseCursor(since)
	if !last.serves(s.zone().String(), now) {
		last.ETag, last.Modified, last.Hash = "", "", "" // read it anew
	}
	got, err := s.load(ctx, last)
	if err != nil {
		return err
	}
	next := cursor{
		Version: readerVersion, ETag: got.etag, Modified: got.modified, Meetings: last.Meetings,
		Expanded: last.Expanded, Zone: s.zone().String(), Hash: last.Hash,
	}
	if !got.unchanged {
		next.Hash = contentHash(got.body)
		got.unchanged = next.Hash == last.Hash
	}
	if got.unchanged {
		return emit(data.Batch{Calendar: s.Calendar.ID, OnServer: last.Meetings, Cursor: next.String()})
	}
	batch, err := s.batch(ctx, got.body, last, now)
	if err != nil {
		return err
	}
	next.Meetings, next.Expanded = batch.OnServer, now.Unix()
	batch.Cursor = next.String()
	return emit(batch)
}

// batch reads a calendar's text, and refuses one that lost too much at once.
func (s *Source) batch(ctx context.Context, body []byte, last cursor, now time.Time) (data.Batch, error) {
	began := time.Now()
	window := s.window(now)
	r, err := Meetings(ctx, body, Options{Calendar: s.Calendar.ID, Zone: s.zone(), From: window.From, To: window.To})
	switch {
	case errors.Is(err, ErrNotCalendar):
		return data.Batch{}, s.problem(data.NotCalendar, "", err)
	case errors.Is(err, ErrCut):
		return data.Batch{}, s.problem(data.CalendarCut, "", err)
	case errors.Is(err, ErrTooMuch):
		return data.Batch{}, s.problem(data.TooLarge, "", err)
	case err != nil:
		return data.Batch{}, fmt.Errorf("%s: %w", s.Name(), err)
	}
	n := len(r.Meetings) + len(r.Held)
	if last.Meetings >= shrinkFrom && 2*n < last.Meetings {
		return data.Batch{}, s.problem(data.CalendarShrunk, fmt.Sprintf("it had %d, now it has %d", last.Meetings, n), nil)
	}
	s.log().Info("calendar read", "source", s.Name(), "found", n, "took", time.Since(began))
	return data.Batch{
		Calendar: s.Calendar.ID, Meetings: r.Meetings, Whole: true, Held: r.Held, Odd: r.Odd,
		OnServer: n, Done: n, Total: n,
	}, nil
}

// about is what people call the calendar's place; never the private link.
func (s *Source) about() string {
	if s.Calendar.Path != "" {
		return s.Calendar.Path
	}
	if s.Calendar.Shown != "" {
		return s.Calendar.Shown
	}
	return s.Calendar.Name
}

func (s *Source) problem(kind data.ProblemKind, detail string, cause error) error {
	return &data.Problem{Kind: kind, About: s.about(), Detail: detail, Cause: cause}
}

func (s *Source) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func (s *Source) zone() *time.Location {
	if s.Zone == nil {
		return time.UTC
	}
	return s.Zone
}

func (s *Source) window(now time.Time) Window {
	if s.Window != (Window{}) {
		return s.Window
	}
	return Window{From: now.AddDate(-10, 0, 0), To: now.AddDate(2, 0, 0)}
}

func (s *Source) log() *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}
