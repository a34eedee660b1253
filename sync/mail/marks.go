package mail

import (
	"context"
	"errors"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// flaggedAtOnce is how many marks go into one batch.
const flaggedAtOnce = 1000

// readMarks looks at the marks of mails that are stored. A server with CONDSTORE
// says which changed. Of another's folders the newest mails are looked at whenever
// the folder is opened, and all of them once a day. Marks that cannot be read stop
// nothing else.
func (r *run) readMarks(ctx context.Context, rd *reading) error {
	look := r.lookAt(rd)
	if len(look.uids) == 0 {
		return nil
	}
	_, err := retry(ctx, r, func(s *session) (struct{}, error) {
		if s.open != rd.name {
			if _, err := s.examine(rd.name); err != nil {
				return struct{}{}, err
			}
		}
		rd.flagged = nil
		return struct{}{}, r.takeMarks(s, rd, look)
	})
	l, gone := asLost(err)
	switch {
	case err == nil:
		if look.all {
			rd.swept = r.today()
		}
		return nil
	case gone && l.how == malformed:
		if err := r.again(ctx, l); err != nil {
			return err
		}
	case !errors.As(err, new(*imap.Error)):
		return err
	}
	rd.flagged, rd.marks = nil, rd.state.Marks // the next run asks again
	return r.note(rd.name, "the marks on its mails could not be read")
}

// look is whose marks are asked for.
type look struct {
	uids  imap.UIDSet
	since uint64 // only those that changed since this MODSEQ; 0 for every one
	all   bool
}

// lookAt decides whose marks are asked for. Those of mails that are yet to be read
// come with them.
func (r *run) lookAt(rd *reading) look {
	have := rd.stored
	if len(have) == 0 || rd.marks != 0 && rd.marks == rd.state.Marks {
		return look{}
	}
	span := imap.UIDSet{imap.UIDRange{Start: have[0].Start, Stop: last(have)}}
	switch {
	case rd.marks != 0 && rd.state.Marks != 0 && rd.state.Marks < rd.marks:
		return look{uids: span, since: rd.state.Marks}
	case rd.marks != 0, r.sweepDue(rd.state):
		return look{uids: span, all: true}
	}
	return look{uids: newest(have, r.Limits.Newest)}
}

// takeMarks asks for marks and hands them over in pieces as they come; the last
// piece waits for the folder's end.
func (r *run) takeMarks(s *session, rd *reading, look look) error {
	options := &imap.FetchOptions{UID: true, Flags: true, ChangedSince: look.since}
	var refused error
	err := s.send(look.uids, options)(0, func(_ uint32, m raw) {
		if !m.flagged || !rd.stored.Contains(m.uid) || refused != nil {
			return
		}
		if len(rd.flagged) == flaggedAtOnce {
			refused = r.send(rd, data.Batch{Flagged: rd.flagged}, rd.state)
			rd.flagged = nil
		}
		rd.flagged = append(rd.flagged, data.Flagged{Location: r.location(rd, m.uid), Flags: m.flags})
	})
	if refused != nil {
		return refused
	}
	return err
}

// lookDue says whether a folder of a server without CONDSTORE is opened to look at
// marks though nothing else changed in it: one where mail comes and goes always,
// another once a day.
func (r *run) lookDue(rd *reading) bool {
	return rd.role == inbox || rd.role == sent || rd.role == everything || r.sweepDue(rd.state)
}

func (r *run) sweepDue(f folder) bool { return f.Swept != r.today() }

func (r *run) today() string { return r.Now().UTC().Format(time.DateOnly) }

// newest are the n highest of a set.
func newest(set imap.UIDSet, n int) imap.UIDSet {
	var top imap.UIDSet
	for i := len(set) - 1; i >= 0 && n > 0; i-- {
		part := set[i]
		if size := int(part.Stop-part.Start) + 1; size > n {
			part.Start = part.Stop - imap.UID(n-1)
		}
		n -= int(part.Stop-part.Start) + 1
		top.AddRange(part.Start, part.Stop)
	}
	return top
}
