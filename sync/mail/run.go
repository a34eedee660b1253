package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// run is one pass over a mailbox.
type run struct {
	Source
	emit     func(data.Batch) error
	cursor   cursor
	password *string
	sess     *session

	since time.Time // how far back, a day in UTC; zero for all
	mode  mode      // how this server's mails are had
	later bool      // a run before this one came to its end
	stuck int       // connections lost since a mail last came
	done  int       // mails handed over in this run
	parts []*reading
}

// reading is one folder in one run.
type reading struct {
	place
	state     folder
	unchanged bool
	scouted   bool // asked about before its turn
	opened    bool // searched, so that want is known
	failed    bool // left for the next run
	partial   bool // not all could be had, so the next run looks again
	want      []imap.UID
	sizes     map[imap.UID]int64 // of mails that were scouted
	suspects  []imap.UID         // the line was lost over them
	large     []imap.UID         // too large to be read whole
	gone      imap.UIDSet
	stored    imap.UIDSet // when the run began; later ones came with their marks
	next      uint32      // UIDNEXT
	count     uint32      // mails on the server
	marks     uint64      // HIGHESTMODSEQ, 0 where there is none
	swept     string      // the day of the look at all marks, if there was one
	flagged   []data.Flagged
	linked    map[string]bool // keys of the traits of mails that were known
}

// do reads the newest of Inbox and Sent first, then every folder to its end, and
// only then says what is gone, so that a mail that moved is never away.
func (r *run) do(ctx context.Context) error {
	r.since = r.Mailbox.ReadFrom(r.Now())
	if err := r.hello(ctx); err != nil {
		return r.problem(err)
	}
	listed, complete, err := r.list(ctx)
	if err != nil {
		return r.problem(err)
	}
	places, missing := chosen(listed, r.Mailbox)
	for _, name := range missing {
		if err := r.note(name, "the server has no folder of this name"); err != nil {
			return err
		}
	}
	r.later = r.cursor.anyDone()
	for _, p := range places {
		state := r.cursor.Folders[p.name]
		r.parts = append(r.parts, &reading{place: p, state: state, stored: state.Have.UIDSet})
	}
	for _, step := range []func(context.Context) error{
		r.each(r.check), r.scoutFirst, r.each(r.readFirst), r.scoutRest, r.readScouted, r.each(r.readRest), r.each(r.finish),
	} {
		if err := step(ctx); err != nil {
			return r.problem(err)
		}
	}
	if !complete {
		return nil
	}
	return r.forget(listed)
}

// each does something about every folder, though the server may refuse it about
// some.
func (r *run) each(do func(context.Context, *reading) error) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, rd := range r.parts {
			if err := r.tolerate(rd, do(ctx, rd)); err != nil {
				return err
			}
		}
		return nil
	}
}

// tolerate takes it that the server refuses something about one folder: the
// ledger hears of it and the others go on.
func (r *run) tolerate(rd *reading, err error) error {
	var said *imap.Error
	if !errors.As(err, &said) || errors.Is(err, errEmit) {
		return err
	}
	rd.failed = true
	r.Log.Warn("folder refused", "source", r.logName(), "err", string(said.Code))
	return r.note(rd.name, folderWords(err))
}

// note puts a remark about a folder into the ledger.
func (r *run) note(folder, odd string) error {
	return r.hand(data.Batch{Folder: folder, Odd: []string{odd}, OnServer: -1, Cursor: r.cursor.text()})
}

// hand gives a batch to emit and marks its error as emit's.
func (r *run) hand(b data.Batch) error {
	b.Mailbox, b.Done, b.Total = r.Mailbox.ID, r.done, r.total()
	if err := r.emit(b); err != nil {
		return &emitError{err}
	}
	return nil
}

// send hands over a batch about a folder together with the state that it leads
// to; the state counts only once the batch is accepted.
func (r *run) send(rd *reading, b data.Batch, state folder) error {
	b.Folder, b.OnServer = rd.name, int(rd.count)
	b.Cursor = r.cursor.with(rd.name, state)
	r.done += len(b.Arrived) + len(b.Moved)
	if err := r.hand(b); err != nil {
		return err
	}
	rd.state = state
	r.cursor.Folders[rd.name] = state
	return nil
}

// total is how many mails this run has to read, as far as it is known.
func (r *run) total() int {
	n := r.done
	for _, rd := range r.parts {
		switch {
		case rd.unchanged, rd.failed:
		case rd.opened:
			n += len(rd.want)
		case rd.status != nil && rd.status.NumMessages != nil:
			n += max(0, int(*rd.status.NumMessages)-size(rd.state.Have.UIDSet))
		}
	}
	return n
}

// list is every folder; complete is false where the server's list could not be
// read and the usual names were tried one by one.
func (r *run) list(ctx context.Context) (listed []*imap.ListData, complete bool, err error) {
	listed, err = retry(ctx, r, (*session).list)
	l, gone := asLost(err)
	switch {
	case err == nil && len(listed) > 0:
		return listed, true, nil
	case gone && l.how != malformed, err != nil && !gone && !errors.As(err, new(*imap.Error)):
		return nil, false, err
	}
	r.Log.Warn("folder list not readable", "source", r.logName())
	if gone {
		r.hangUp()
	}
	for _, name := range slices.Concat(usualFolders, r.Mailbox.Folders) {
		if err := r.hello(ctx); err != nil {
			return nil, false, err
		}
		status, err := r.sess.status(name)
		switch l, gone := asLost(err); {
		case err == nil:
			listed = append(listed, &imap.ListData{Mailbox: status.Mailbox, Status: status})
		case gone && l.how == malformed:
			r.hangUp()
		case !errors.As(err, new(*imap.Error)):
			return nil, false, err
		}
	}
	if err := r.hello(ctx); err != nil {
		return nil, false, err
	}
	return listed, false, r.note("", "the list of folders could not be read, so the usual names were tried")
}

// check finds out whether anything changed in a folder since it was read.
func (r *run) check(ctx context.Context, rd *reading) error {
	if !rd.state.Done || !r.covered(rd.state) || r.badDue(rd.state) {
		return nil
	}
	if !isWhole(rd.status) {
		status, err := retry(ctx, r, func(s *session) (*imap.StatusData, error) { return s.status(rd.name) })
		if err != nil {
			return err
		}
		rd.status = status
	}
	// A status that is not there says nothing; least of all that the folder is
	// empty.
	s := rd.status
	rd.unchanged = isWhole(s) && s.UIDValidity == rd.state.Validity &&
		uint32(s.UIDNext) == rd.state.Next && *s.NumMessages == rd.state.Count &&
		s.HighestModSeq == rd.state.Marks && (s.HighestModSeq != 0 || !r.lookDue(rd))
	if rd.unchanged {
		rd.count, rd.next = rd.state.Count, rd.state.Next
	}
	return nil
}

func isWhole(s *imap.StatusData) bool {
	return s != nil && s.NumMessages != nil && s.UIDNext != 0 && s.UIDValidity != 0
}

// covered says whether what was read reaches as far back as is wanted now.
func (r *run) covered(f folder) bool {
	return f.Since == "" || r.sinceDay() != "" && f.Since <= r.sinceDay()
}

func (r *run) sinceDay() string {
	if r.since.IsZero() {
		return ""
	}
	return r.since.Format(time.DateOnly)
}

// badDue says whether the unreadable mails of a folder are to be tried again.
func (r *run) badDue(f folder) bool {
	day, err := time.Parse(time.DateOnly, f.BadDay)
	return !f.Bad.IsZero() && (err != nil || r.Now().Sub(day) > 7*24*time.Hour)
}

func (rd *reading) isFirst() bool { return rd.role == inbox || rd.role == sent }

// scoutFirst asks about Inbox and Sent, so that nothing else is waited for before
// their newest mails.
func (r *run) scoutFirst(ctx context.Context) error {
	return r.scout(ctx, slices.DeleteFunc(slices.Clone(r.parts), func(rd *reading) bool { return !rd.isFirst() }))
}

func (r *run) scoutRest(ctx context.Context) error { return r.scout(ctx, r.parts) }

// readFirst reads the newest mails of Inbox and Sent.
func (r *run) readFirst(ctx context.Context, rd *reading) error {
	if rd.unchanged || rd.failed || !rd.isFirst() {
		return nil
	}
	return r.read(ctx, rd, r.Limits.First)
}

// readRest reads a folder to its end: the marks of what is stored, then the mails.
func (r *run) readRest(ctx context.Context, rd *reading) error {
	if rd.unchanged || rd.failed || rd.isRead() {
		return nil
	}
	for _, step := range []func() error{
		func() error { return r.ready(ctx, rd) },
		func() error { return r.readMarks(ctx, rd) },
		func() error { return r.read(ctx, rd, -1) },
		func() error { return r.retrySuspects(ctx, rd) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// finish says what is gone from a folder, and that it is read to its end.
func (r *run) finish(_ context.Context, rd *reading) error {
	if rd.failed {
		return nil
	}
	if rd.unchanged {
		return r.send(rd, data.Batch{}, rd.state)
	}
	state := rd.state
	gone := list(rd.gone)
	const piece = 1000
	for len(gone) > piece {
		state = state.lose(gone[:piece])
		if err := r.send(rd, data.Batch{Gone: r.locations(rd, gone[:piece])}, state); err != nil {
			return err
		}
		gone = gone[piece:]
	}
	state = state.lose(gone)
	b := data.Batch{Gone: r.locations(rd, gone), Flagged: rd.flagged}
	if state.Renumber {
		b.Renumbered = state.Validity
		b.Odd = []string{fmt.Sprintf("the server numbers its mails anew; %d of them were known again", len(rd.linked))}
	}
	state.Renumber, state.Seek = false, false
	state.Done, state.Next, state.Count, state.Since = !rd.partial, rd.next, rd.count, r.sinceDay()
	state.Marks, state.Swept = rd.marks, cmp.Or(rd.swept, state.Swept)
	return r.send(rd, b, state)
}

// forget says of folders that the server no longer has that their mails are gone
// from there.
func (r *run) forget(listed []*imap.ListData) error {
	for name, state := range r.cursor.Folders {
		if slices.ContainsFunc(listed, func(l *imap.ListData) bool { return l.Mailbox == name }) {
			continue
		}
		rd := &reading{place: place{name: name}, state: state}
		rest := cursor{Version: cursorVersion, Folders: map[string]folder{}}
		for other, f := range r.cursor.Folders {
			if other != name {
				rest.Folders[other] = f
			}
		}
		b := data.Batch{Folder: name, Gone: r.locations(rd, list(union(state.Have.UIDSet, state.Bad.UIDSet))), Cursor: rest.text()}
		if state.Renumber { // those under its older numbers too
			b.Renumbered = state.Validity
		}
		if err := r.hand(b); err != nil {
			return err
		}
		r.cursor = rest
	}
	return nil
}

func (r *run) locations(rd *reading, gone []imap.UID) []data.Location {
	var places []data.Location
	for _, uid := range gone {
		places = append(places, r.location(rd, uid))
	}
	return places
}

func (r *run) location(rd *reading, uid imap.UID) data.Location {
	return data.Location{Mailbox: r.Mailbox.ID, Folder: rd.name, UIDValidity: rd.state.Validity, UID: uint32(uid)}
}

// lose is the state without mails that are gone.
func (f folder) lose(gone []imap.UID) folder {
	set := imap.UIDSetNum(gone...)
	f.Have = uids{without(f.Have.UIDSet, set)}
	f.Bad = uids{without(f.Bad.UIDSet, set)}
	return f
}

// keep is the state with mails that are stored now.
func (f folder) keep(set imap.UIDSet) folder {
	f.Have = uids{union(f.Have.UIDSet, set)}
	f.Bad = uids{without(f.Bad.UIDSet, set)}
	return f
}
