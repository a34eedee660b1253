package calendar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"rapport/data"
)

// Source brings the meetings of one calendar: a file or a folder of files on this
// laptop, a feed, or a calendar on a CalDAV server. It satisfies the engine's
// Source.
type Source struct {
	Calendar data.Calendar
	// Link gives the calendar's address, which is often a secret; it is not asked
	// when the calendar is a file.
	Link func(ctx context.Context) (string, error)
	// Relink is told the address that a feed has moved to for good; nil forgets
	// it.
	Relink func(ctx context.Context, link string) error
	// Password is asked when the calendar has a user, and Token, as login.Tokens
	// has it, when it is signed in to by a provider.
	Password func(ctx context.Context) (string, error)
	Token    func(ctx context.Context, refused string) (string, error)
	// Zone is the user's, for floating and all-day meetings; nil is UTC.
	Zone *time.Location
	// Window is what is expanded; the zero Window is ten years back and two
	// ahead.
	Window Window
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Transport reaches servers; nil is the usual one.
	Transport http.RoundTripper
	// Patience is how long one question to a server may take; 0 is two minutes.
	Patience time.Duration
	// Log may be nil. Links and titles are never written to it.
	Log *slog.Logger
}

// Window is a span of time, To exclusive.
type Window struct{ From, To time.Time }

// WindowAt is what is expanded at a moment: ten years back and two ahead.
func WindowAt(now time.Time) Window {
	return Window{From: now.AddDate(-10, 0, 0), To: now.AddDate(2, 0, 0)}
}

// shrinkFrom is the number of meetings from which the loss of more than half is
// not believed.
const shrinkFrom = 10

// Name is the source's name in the ledger.
func (s *Source) Name() string { return s.Calendar.SourceName() }

// Fetch reads the calendar and emits what has changed since the cursor; of a
// calendar of which nothing is known, all its meetings. Trouble with the world
// outside is a *data.Problem, and what is not known to be gone is never lost.
func (s *Source) Fetch(ctx context.Context, since string, emit func(data.Batch) error) error {
	now, last := s.now(), parseCursor(since)
	if !last.serves(s.zone().String(), now) {
		last = cursor{Meetings: last.Meetings} // read it anew
	}
	switch {
	case s.Calendar.Kind == data.DAVCalendar:
		return s.fetchDAV(ctx, last, since, emit)
	case s.isFolder():
		return s.fetchFolder(ctx, last, since, emit)
	}
	got, err := s.load(ctx, last)
	if err != nil {
		return err
	}
	next := last
	next.Version, next.Zone, next.ETag, next.Modified = readerVersion, s.zone().String(), got.etag, got.modified
	if !got.unchanged {
		next.Hash = contentHash(got.body)
		got.unchanged = next.Hash == last.Hash
	}
	if got.unchanged {
		return emit(data.Batch{Calendar: s.Calendar.ID, OnServer: last.Meetings, Cursor: changedCursor(next, since)})
	}
	batch, err := s.batch(ctx, got.body, last, &next, now)
	if err != nil {
		return err
	}
	batch.Cursor = next.String()
	return emit(batch)
}

// changedCursor is a cursor to keep, or "" where it is the one that is kept, so
// that a calendar that has not changed costs no write.
func changedCursor(next cursor, since string) string {
	if c := next.String(); c != since {
		return c
	}
	return ""
}

// batch reads a calendar's text, of which next remembers what is read. It refuses
// one that lost too much at once.
func (s *Source) batch(ctx context.Context, body []byte, last cursor, next *cursor, now time.Time) (data.Batch, error) {
	began := time.Now()
	o := s.options(now)
	o.Known = last.Known
	r, err := Meetings(ctx, body, o)
	if err != nil {
		return data.Batch{}, s.unread(err)
	}
	n := len(r.Hashes) + len(r.Held)
	if err := s.shrunk(last.Meetings, n); err != nil {
		return data.Batch{}, err
	}
	b := data.Batch{Calendar: s.Calendar.ID, Meetings: r.Meetings, Held: r.Held, Odd: r.Odd, OnServer: n, Done: n, Total: n}
	next.Known, next.Meetings = r.Hashes, n
	for _, uid := range r.Held {
		next.Known[uid] = ""
	}
	if last.Known == nil {
		b.Whole, next.Expanded = true, now.Unix()
	}
	for uid := range last.Known {
		if _, there := next.Known[uid]; !there {
			b.Lost = append(b.Lost, uid)
		}
	}
	slices.Sort(b.Lost)
	s.log().Info("calendar read", "source", s.Name(), "found", n, "changed", len(b.Meetings), "took", time.Since(began))
	return b, nil
}

func (s *Source) options(now time.Time) Options {
	window := s.window(now)
	return Options{Calendar: s.Calendar.ID, Zone: s.zone(), From: window.From, To: window.To}
}

// unread is what it means that a calendar's text could not be read.
func (s *Source) unread(err error) error {
	switch {
	case errors.Is(err, ErrNotCalendar):
		return s.problem(data.NotCalendar, "", err)
	case errors.Is(err, ErrCut):
		return s.problem(data.CalendarCut, "", err)
	case errors.Is(err, ErrTooMuch):
		return s.problem(data.TooLarge, "", err)
	}
	return fmt.Errorf("%s: %w", s.Name(), err)
}

// shrunk is the problem of a calendar that has lost more than half of its
// meetings at once, or nil.
func (s *Source) shrunk(had, has int) error {
	if had < shrinkFrom || 2*has >= had {
		return nil
	}
	return s.problem(data.CalendarShrunk, fmt.Sprintf("it had %d, now it has %d", had, has), nil)
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
	return WindowAt(now)
}

func (s *Source) log() *slog.Logger {
	if s.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return s.Log
}
