package mail

import (
	"context"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// open opens a folder and finds out what of it is to be read, newest first.
func (r *run) open(ctx context.Context, rd *reading) error {
	state, err := retry(ctx, r, func(s *session) (*imap.SelectData, error) { return s.examine(rd.name) })
	if err != nil {
		return err
	}
	if err := r.identify(rd, state); err != nil {
		return err
	}
	if rd.opened {
		return nil
	}
	found, err := retry(ctx, r, func(s *session) (*found, error) {
		if s.open != rd.name {
			if _, err := s.examine(rd.name); err != nil {
				return nil, err
			}
		}
		return r.look(s, rd)
	})
	if err != nil {
		return err
	}
	rd.opened = true
	rd.want = list(found.want)
	slices.Reverse(rd.want)
	rd.gone, rd.partial = found.gone, found.unsure
	if rd.next == 0 {
		rd.next = uint32(last(found.want)) + 1
	}
	return nil
}

// identify compares what the server says of a folder with what was stored of it.
// Under another UIDVALIDITY nothing that was stored means anything. A UIDNEXT
// that went back says the same without saying it.
func (r *run) identify(rd *reading, state *imap.SelectData) error {
	validity := state.UIDValidity
	if validity == 0 && rd.status != nil {
		validity = rd.status.UIDValidity
	}
	if validity == 0 {
		validity = 1 // a server without: its UIDs are all that there is
	}
	old, next := rd.state, uint32(state.UIDNext)
	if next == 0 && rd.status != nil {
		next = uint32(rd.status.UIDNext)
	}
	if !rd.opened || old.Validity != validity {
		rd.count, rd.next = state.NumMessages, next // as of the search; what comes later is for the next run
	}
	switch {
	case old.Validity != validity:
		rd.state = folder{Validity: validity, Renumber: old.Validity != 0}
		rd.opened, rd.suspects = false, nil
	case next != 0 && (next < old.Next || next <= uint32(last(old.Have.UIDSet))):
		rd.count, rd.next = state.NumMessages, next
		rd.opened, rd.suspects = false, nil
		all := union(old.Have.UIDSet, old.Bad.UIDSet)
		return r.send(rd, data.Batch{
			Gone: r.locations(rd, list(all)),
			Odd:  []string{"the server numbers its mails anew without saying so; the folder is read again"},
		}, folder{Validity: validity})
	}
	return nil
}

// found is what a search brought: what to read, what is gone, and whether the
// server's answers fit together.
type found struct {
	want, gone imap.UIDSet
	unsure     bool
}

// look searches a folder that is open: only beyond what was read where that
// accounts for all that the server counts, else all of it.
func (r *run) look(s *session, rd *reading) (*found, error) {
	if rd.count == 0 {
		return &found{gone: union(rd.state.Have.UIDSet, rd.state.Bad.UIDSet)}, nil
	}
	if rd.state.Done && r.covered(rd.state) && !r.badDue(rd.state) {
		beyond := imap.UIDSet{imap.UIDRange{Start: imap.UID(rd.state.Next)}}
		fresh, err := s.search(searchSince(time.Time{}, beyond))
		if err != nil {
			return nil, err
		}
		fresh = from(fresh, rd.state.Next) // "n:*" names the last mail even where it is below n
		accounted := int(rd.state.Count)+size(fresh) == int(rd.count)
		if accounted && (len(fresh) > 0 || rd.next == rd.state.Next) {
			want, err := r.within(s, rd, fresh)
			return &found{want: without(want, rd.state.Have.UIDSet)}, err
		}
	}
	return r.lookThrough(s, rd)
}

func (r *run) lookThrough(s *session, rd *reading) (*found, error) {
	present, err := s.search(searchSince(time.Time{}))
	if err != nil || size(present) < int(rd.count) {
		if _, gone := asLost(err); gone {
			return nil, err
		}
		// A search that is refused or forgets some: ask for the numbers themselves.
		fetched, err := s.numbers()
		if err != nil {
			return nil, err
		}
		present = union(present, fetched)
	}
	f := &found{unsure: size(present) < int(rd.count)}
	known := union(rd.state.Have.UIDSet, rd.state.Bad.UIDSet)
	if !f.unsure {
		f.gone = without(known, present)
	}
	wanted, err := r.within(s, rd, present)
	if err != nil {
		return nil, err
	}
	settled := known
	if r.badDue(rd.state) {
		settled = rd.state.Have.UIDSet
	}
	f.want = without(wanted, settled)
	return f, nil
}

// within narrows a set to the mails that came since the day from which the
// mailbox is read, and leaves drafts out of a folder that holds everything.
func (r *run) within(s *session, rd *reading, set imap.UIDSet) (imap.UIDSet, error) {
	if len(set) == 0 || r.since.IsZero() && rd.role != everything {
		return set, nil
	}
	criteria := searchSince(r.since)
	if first := set[0].Start; first > 1 {
		criteria.UID = []imap.UIDSet{{imap.UIDRange{Start: first}}}
	}
	if rd.role == everything {
		criteria.NotFlag = []imap.Flag{imap.FlagDraft}
	}
	narrowed, err := s.search(criteria)
	if err != nil {
		return nil, err
	}
	return without(set, without(set, narrowed)), nil
}

// from is what of a set is at or above n.
func from(set imap.UIDSet, n uint32) imap.UIDSet {
	if n <= 1 {
		return set
	}
	return without(set, imap.UIDSet{imap.UIDRange{Start: 1, Stop: imap.UID(n - 1)}})
}
