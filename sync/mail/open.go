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
	rd.begin(found)
	return nil
}

// begin takes what a search found of a folder.
func (rd *reading) begin(f *found) {
	rd.opened = true
	rd.want = list(f.want)
	slices.Reverse(rd.want)
	rd.gone, rd.partial = f.gone, f.unsure
	if rd.next == 0 {
		rd.next = uint32(last(f.want)) + 1
	}
}

// identify compares what the server says of a folder with what was stored of it.
// Under another UIDVALIDITY nothing that was stored means anything. A UIDNEXT
// that went back says the same without saying it.
func (r *run) identify(rd *reading, state *imap.SelectData) error {
	validity := rd.validityOf(state)
	old, next := rd.state, uint32(state.UIDNext)
	if next == 0 && rd.status != nil {
		next = uint32(rd.status.UIDNext)
	}
	marks := state.HighestModSeq
	if marks == 0 && rd.status != nil {
		marks = rd.status.HighestModSeq
	}
	if !rd.opened || old.Validity != validity {
		rd.count, rd.next, rd.marks = state.NumMessages, next, marks // as of the search; what comes later is for the next run
	}
	switch {
	case old.Validity != validity:
		// Marks come with the mails, so they are known as of now.
		rd.state = folder{Validity: validity, Renumber: old.Validity != 0, Seek: r.later, Marks: rd.marks, Swept: r.today()}
		rd.opened, rd.suspects, rd.stored = false, nil, nil
	case next != 0 && (next < old.Next || next <= uint32(last(old.Have.UIDSet))):
		rd.count, rd.next, rd.marks = state.NumMessages, next, marks
		rd.opened, rd.suspects, rd.stored = false, nil, nil
		all := union(old.Have.UIDSet, old.Bad.UIDSet)
		return r.send(rd, data.Batch{
			Gone: r.locations(rd, list(all)),
			Odd:  []string{"the server numbers its mails anew without saying so; the folder is read again"},
		}, folder{Validity: validity, Renumber: old.Renumber, Seek: true, Marks: rd.marks, Swept: r.today()})
	}
	return nil
}

// validityOf is the UIDVALIDITY that a folder has.
func (rd *reading) validityOf(state *imap.SelectData) uint32 {
	switch {
	case state.UIDValidity != 0:
		return state.UIDValidity
	case rd.status != nil && rd.status.UIDValidity != 0:
		return rd.status.UIDValidity
	}
	return 1 // a server without: its UIDs are all that there is
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
		if rd.next != 0 && rd.next == rd.state.Next && rd.count == rd.state.Count {
			return &found{}, nil // only marks can have changed
		}
		beyond := imap.UIDSet{imap.UIDRange{Start: imap.UID(rd.state.Next)}}
		fresh, err := s.search(searchSince(time.Time{}, beyond))
		if err != nil {
			return nil, err
		}
		fresh = from(fresh, rd.state.Next) // "n:*" names the last mail even where it is below n
		accounted := int(rd.state.Count)+size(fresh) == int(rd.count)
		if accounted && (len(fresh) > 0 || rd.next == rd.state.Next) {
			want, err := r.within(s, rd, fresh)
			known := union(rd.state.Have.UIDSet, rd.state.Bad.UIDSet) // beyond Next where a run was cut after it read some
			return &found{want: without(want, rd.state.Have.UIDSet), gone: without(from(known, rd.state.Next), fresh)}, err
		}
	}
	return r.lookThrough(s, rd)
}

func (r *run) lookThrough(s *session, rd *reading) (*found, error) {
	present, err := s.search(searchSince(time.Time{}))
	if err != nil || size(present) < int(rd.count) {
		if isLost(err) || forNow(err) {
			return nil, err
		}
		// A search that is refused or forgets some: ask for the numbers themselves.
		fetched, err := s.numbers()
		if err != nil {
			return nil, err
		}
		present = union(present, fetched)
	}
	wanted, err := r.within(s, rd, present)
	if err != nil {
		return nil, err
	}
	return r.sift(rd, present, wanted), nil
}

// sift compares what a server has, and what of that is wanted, with what was read.
func (r *run) sift(rd *reading, present, wanted imap.UIDSet) *found {
	f := &found{unsure: size(present) < int(rd.count)}
	known := union(rd.state.Have.UIDSet, rd.state.Bad.UIDSet)
	if !f.unsure {
		f.gone = without(known, present)
	}
	settled := known
	if r.badDue(rd.state) {
		settled = rd.state.Have.UIDSet
	}
	f.want = without(intersection(wanted, present), settled)
	return f
}

// within narrows a set to the mails that came since the day from which the
// mailbox is read, and leaves drafts out of a folder that holds everything, and
// of that for drafts, which is read only where a person chose it.
func (r *run) within(s *session, rd *reading, set imap.UIDSet) (imap.UIDSet, error) {
	criteria := r.narrowing(rd)
	if len(set) == 0 || criteria == nil {
		return set, nil
	}
	if first := set[0].Start; first > 1 {
		criteria.UID = []imap.UIDSet{{imap.UIDRange{Start: first}}}
	}
	narrowed, err := s.search(criteria)
	if err != nil {
		return nil, err
	}
	return intersection(set, narrowed), nil
}

// narrowing is what a folder's mails are searched by for those that are wanted;
// nil where all are.
func (r *run) narrowing(rd *reading) *imap.SearchCriteria {
	if r.since.IsZero() && !rd.drafts {
		return nil
	}
	criteria := searchSince(r.since)
	if rd.drafts {
		criteria.NotFlag = []imap.Flag{imap.FlagDraft}
	}
	return criteria
}

// intersection is what is in both sets.
func intersection(a, b imap.UIDSet) imap.UIDSet { return without(a, without(a, b)) }

// from is what of a set is at or above n.
func from(set imap.UIDSet, n uint32) imap.UIDSet {
	if n <= 1 {
		return set
	}
	return without(set, imap.UIDSet{imap.UIDRange{Start: 1, Stop: imap.UID(n - 1)}})
}
