package calendar

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"rapport/data"
)

// shelf is a calendar that lies in many texts, each with a name of its own: the
// files of a folder, the entries of a CalDAV calendar.
type shelf struct {
	*Source
	// texts reads entries by name; what is missing of them is missing.
	texts func(ctx context.Context, names []string) (map[string]entry, error)

	last, next cursor
	since      string
	now        time.Time
	emit       func(data.Batch) error

	batch  data.Batch
	taken  int // texts in batch
	broken int
	missed int // listed, and not to be had
	all    int // texts to read
	read   int
}

// entry is one of them, and the tag that changes when it does.
type entry struct{ etag, ics string }

// mostTaken is how many texts are kept at once: each time costs a write of the
// whole cursor.
const mostTaken = 500

// changes are what is to be done with a shelf.
type changes struct {
	tags map[string]string // by name: those that are new or may have changed
	gone []string
	// whole says that tags are all there are: what is not among them is gone.
	whole bool
	done  func(*cursor) // what to remember when all is read
}

// take reads what changed, in batches, each with the cursor that goes on after
// it. Cut anywhere, what was read is not asked for again.
func (s *shelf) take(ctx context.Context, c changes) error {
	if c.whole {
		if err := s.shrunk(s.last.Meetings, len(c.tags)); err != nil {
			return err
		}
		for name := range s.last.Items {
			if _, there := c.tags[name]; !there {
				c.gone = append(c.gone, name)
			}
		}
	}
	anew := s.last.Items == nil || s.last.Part
	s.next = s.last
	s.next.Version, s.next.Zone, s.next.Part = readerVersion, s.zone().String(), anew
	if s.next.Items = maps.Clone(s.last.Items); s.next.Items == nil {
		s.next.Items, s.next.Expanded = map[string]item{}, s.now.Unix()
	}
	var names []string
	for name, etag := range c.tags {
		if have, known := s.last.Items[name]; !known || etag == "" || have.ETag != etag {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	s.all = len(names)
	s.begin()
	for chunk := range slices.Chunk(names, shelfBatch) {
		texts, err := s.texts(ctx, chunk)
		if err != nil {
			return err
		}
		for _, name := range chunk {
			if t, there := texts[name]; there {
				if t.etag == "" {
					t.etag = c.tags[name]
				}
				if err := s.open(ctx, name, t); err != nil {
					return err
				}
			} else {
				s.missed++
			}
			s.read++
		}
		if s.taken >= mostTaken {
			if err := s.hand(); err != nil {
				return err
			}
		}
	}
	return s.finish(c, anew)
}

const shelfBatch = 50

func (s *shelf) begin() {
	s.batch, s.taken = data.Batch{Calendar: s.Calendar.ID, OnServer: len(s.next.Items)}, 0
}

// open reads one text. One that cannot be read costs no other, and what is stored
// of it stays.
func (s *shelf) open(ctx context.Context, name string, t entry) error {
	s.taken++
	r, err := Meetings(ctx, []byte(t.ics), s.options(s.now))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrNotCalendar), errors.Is(err, ErrCut), errors.Is(err, ErrTooMuch):
		s.broken++
		s.next.Items[name] = item{ETag: t.etag, UIDs: s.last.Items[name].UIDs}
		return nil
	case err != nil:
		return s.unread(err)
	}
	is := item{ETag: t.etag, UIDs: r.Held}
	for _, m := range r.Meetings {
		is.UIDs = append(is.UIDs, m.UID)
		s.batch.Meetings = slices.DeleteFunc(s.batch.Meetings, func(have data.Meeting) bool { return have.UID == m.UID })
		s.batch.Meetings = append(s.batch.Meetings, m)
	}
	for _, odd := range r.Odd {
		if len(s.batch.Odd) < maxNotes {
			s.batch.Odd = append(s.batch.Odd, odd)
		}
	}
	s.next.Items[name] = is
	return nil
}

// hand gives what was read so far on, without its end.
func (s *shelf) hand() error {
	s.next.Meetings = len(s.next.Items)
	s.batch.OnServer, s.batch.Done, s.batch.Total = len(s.next.Items), s.read, s.all
	s.batch.Cursor = changedCursor(s.next, s.since)
	if err := s.emit(s.batch); err != nil {
		return err
	}
	s.begin()
	return nil
}

// finish gives the rest on, with what is gone: the UIDs that were there and that
// no text has any more.
func (s *shelf) finish(c changes, anew bool) error {
	for _, name := range c.gone {
		delete(s.next.Items, name)
	}
	there := map[string]bool{}
	for _, i := range s.next.Items {
		for _, uid := range i.UIDs {
			there[uid] = true
		}
	}
	if anew {
		s.batch.Whole = true
		in := map[string]bool{}
		for _, m := range s.batch.Meetings {
			in[m.UID] = true
		}
		for uid := range there {
			if !in[uid] {
				s.batch.Held = append(s.batch.Held, uid)
			}
		}
		slices.Sort(s.batch.Held)
	} else {
		lost := map[string]bool{}
		for _, i := range s.last.Items {
			for _, uid := range i.UIDs {
				if !there[uid] {
					lost[uid] = true
				}
			}
		}
		s.batch.Lost = slices.Sorted(maps.Keys(lost))
	}
	if s.broken > 0 {
		s.batch.Odd = append(s.batch.Odd, data.Counted(s.broken, "entry", "entries")+" could not be read; what is stored of them stays")
	}
	s.next.Part = false
	// What could not be had is asked for again: nothing is remembered that would
	// pass over it.
	if s.missed == 0 {
		c.done(&s.next)
	} else {
		s.batch.Odd = append(s.batch.Odd, data.Counted(s.missed, "entry", "entries")+" could not be had from the server; the next reading asks again")
	}
	s.log().Info("calendar read", "source", s.Name(), "found", len(s.next.Items), "changed", s.all, "gone", len(s.batch.Lost))
	return s.hand()
}
