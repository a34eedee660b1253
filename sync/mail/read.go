package mail

import (
	"context"
	"errors"
	"slices"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
	"rapport/sync/mime"
)

// sizedAtOnce is how many mails' sizes are asked for in one command. Nothing is
// under way while they are asked for, so on a slow line each of these costs two
// round trips; an answer has some 40 bytes for each mail.
const sizedAtOnce = 4000

// heldBatches is how many batches of full size may be under way at once. Of smaller
// ones, as most are, there may be more, so that a line of a long round trip is never
// idle.
const heldBatches = 3

// read reads up to n mails of what a folder still wants, all if n is negative.
func (r *run) read(ctx context.Context, rd *reading, n int) error {
	for n != 0 {
		if err := r.ready(ctx, rd); err != nil {
			return err
		}
		if len(rd.want) == 0 {
			return nil
		}
		chunk := rd.want[:min(len(rd.want), sizedAtOnce)]
		if sized := rd.sized(chunk); sized > 0 {
			chunk = chunk[:sized]
		}
		if n > 0 {
			chunk = chunk[:min(len(chunk), n)]
			n -= len(chunk)
		}
		if err := r.readChunk(ctx, rd, slices.Clone(chunk)); err != nil {
			return err
		}
	}
	return nil
}

// ready opens a folder unless it is open.
func (r *run) ready(ctx context.Context, rd *reading) error {
	if rd.opened && r.sess != nil && r.sess.open == rd.name {
		return nil
	}
	if err := r.hello(ctx); err != nil {
		return err
	}
	return r.open(ctx, rd)
}

// sized is of how many mails at the beginning of a chunk the sizes are known.
func (rd *reading) sized(chunk []imap.UID) int {
	for i, uid := range chunk {
		if _, known := rd.sizes[uid]; !known {
			return i
		}
	}
	return len(chunk)
}

// group is a set of mails that are fetched with one command.
type group struct {
	uids  []imap.UID
	bytes int64 // as far as they are known
	large bool
}

// groups parts a chunk by count and by bytes. Large mails stand alone.
func (r *run) groups(chunk []imap.UID, sizes map[imap.UID]int64) []group {
	var groups []group
	var open group
	for _, uid := range chunk {
		size := sizes[uid]
		if size > r.Limits.Whole {
			groups = append(groups, group{uids: []imap.UID{uid}, large: true})
			continue
		}
		if len(open.uids) == r.Limits.Count || len(open.uids) > 0 && open.bytes+size > r.Limits.Bytes {
			groups = append(groups, open)
			open = group{}
		}
		open.uids, open.bytes = append(open.uids, uid), open.bytes+size
	}
	if len(open.uids) > 0 {
		groups = append(groups, open)
	}
	return groups
}

// unsized parts a chunk without knowing sizes: small groups, since any mail may
// be large, and each counts as one of full size.
func (r *run) unsized(chunk []imap.UID) []group {
	var groups []group
	for part := range slices.Chunk(chunk, max(1, r.Limits.Count/5)) {
		groups = append(groups, group{uids: part, bytes: r.Limits.Bytes})
	}
	return groups
}

// brought is what one group's command came to.
type brought struct {
	group group
	mails []data.Arrival
	large []imap.UID // turned out to be too large to be read whole
	err   error
}

// plan parts a chunk into groups, without the mails that are stored already.
func (r *run) plan(ctx context.Context, rd *reading, chunk []imap.UID) ([]group, error) {
	if r.mode.bare {
		return r.unsized(chunk), nil
	}
	lines := r.mayKnow(rd)
	if !lines && rd.sized(chunk) == len(chunk) {
		groups := r.groups(chunk, rd.sizes)
		rd.large = largeOf(groups)
		return groups, nil
	}
	seen, err := r.sess.glance(imap.UIDSetNum(chunk...), lines)
	l, gone := asLost(err)
	switch {
	case gone:
		r.mode.blind = r.mode.blind || lines && l.how == malformed
		r.mode.bare = r.mode.bare || !lines && l.how == malformed // a size that breaks the answer
		return nil, r.again(ctx, l)
	case errors.As(err, new(*imap.Error)) && lines:
		r.mode.blind = true // it knows no header lines
		return nil, nil
	case errors.As(err, new(*imap.Error)):
		return r.unsized(chunk), nil
	case err != nil:
		return nil, err
	}
	linked, err := r.link(ctx, rd, seen)
	if err != nil {
		return nil, err
	}
	chunk = slices.DeleteFunc(chunk, linked.Contains)
	sizes := make(map[imap.UID]int64, len(seen))
	for _, m := range seen {
		sizes[m.uid] = m.size
	}
	groups := r.groups(chunk, sizes)
	rd.large = largeOf(groups)
	return groups, nil
}

// readChunk reads mails in groups, several under way at once, and hands them over
// in their order. What did not come is asked for again.
func (r *run) readChunk(ctx context.Context, rd *reading, chunk []imap.UID) error {
	groups, err := r.plan(ctx, rd, chunk)
	if err != nil {
		return err
	}
	var queue []chan brought
	var bytes int64 // under way
	defer func() { r.drain(queue) }()
	for len(groups) > 0 || len(queue) > 0 {
		for len(groups) > 0 && (len(queue) == 0 || len(queue) < r.Limits.Pending && bytes+groups[0].bytes <= heldBatches*r.Limits.Bytes) {
			queue, bytes = append(queue, r.start(rd, groups[0])), bytes+groups[0].bytes
			groups = groups[1:]
		}
		b := <-queue[0]
		queue, bytes = queue[1:], bytes-b.group.bytes
		if err := ctx.Err(); err != nil { // much may have come by then
			return err
		}
		if err := r.take(rd, b); err != nil {
			return err
		}
		for _, uid := range b.large {
			rd.large = append(rd.large, uid)
			groups = append(groups, group{uids: []imap.UID{uid}, large: true})
		}
		if rest := b.rest(); len(rest) > 0 || b.err != nil {
			// Let the others end, keep what they brought, and then see to it.
			others, err := r.takeAll(rd, queue)
			queue = nil
			if err != nil {
				return err
			}
			return r.rescue(ctx, rd, append(rest, others...), b.err)
		}
	}
	return nil
}

// drain ends what is under way when a run stops.
func (r *run) drain(queue []chan brought) {
	if len(queue) > 0 {
		r.hangUp()
	}
	for _, q := range queue {
		<-q
	}
}

func (r *run) takeAll(rd *reading, queue []chan brought) (rest []imap.UID, err error) {
	for i, q := range queue {
		b := <-q
		if err := r.take(rd, b); err != nil {
			r.drain(queue[i+1:])
			return nil, err
		}
		rest = append(rest, b.rest()...)
	}
	return rest, nil
}

func largeOf(groups []group) []imap.UID {
	var large []imap.UID
	for _, g := range groups {
		if g.large {
			large = append(large, g.uids...)
		}
	}
	return large
}

// rest are the mails of a group that did not come. One that turned out to be too
// large is on the way.
func (b brought) rest() []imap.UID {
	var rest []imap.UID
	for _, uid := range b.group.uids {
		if !slices.Contains(b.large, uid) && !slices.ContainsFunc(b.mails, func(a data.Arrival) bool { return a.Location.UID == uint32(uid) }) {
			rest = append(rest, uid)
		}
	}
	return rest
}

// start fetches and parses a group in a goroutine of its own, which ends with
// its session at the latest.
func (r *run) start(rd *reading, g group) chan brought {
	done := make(chan brought, 1)
	sess, m, at := r.sess, r.mode, r.location(rd, 0)
	go func() { done <- fetchGroup(sess, m, at, g) }()
	return done
}

func fetchGroup(sess *session, m mode, at data.Location, g group) brought {
	set := imap.UIDSetNum(g.uids...)
	if g.large {
		got, err := sess.beginning(set, m)
		return broughtBy(g, at, got, err)
	}
	got, err := sess.whole(set, m)
	return broughtBy(g, at, got, err)
}

// broughtBy parses what a group's command brought.
func broughtBy(g group, at data.Location, got []raw, err error) brought {
	b := brought{group: g, err: err}
	for _, mail := range got {
		if mail.tooLarge {
			b.large = append(b.large, mail.uid)
			continue
		}
		at.UID = uint32(mail.uid)
		b.mails = append(b.mails, data.Arrival{Message: mail.message(), Location: at, Flags: mail.flags})
	}
	slices.SortFunc(b.mails, func(x, y data.Arrival) int { return int(int64(y.Location.UID) - int64(x.Location.UID)) })
	return b
}

// message parses a mail. One that is too large is known by its beginning, since
// its bytes never come here.
func (m raw) message() data.Message {
	if m.parsed != nil {
		return *m.parsed
	}
	if m.whole != nil {
		return mime.Parse(m.whole, m.came)
	}
	msg := mime.Parse(slices.Concat(m.head, m.body), m.came)
	msg.ID, msg.Size, msg.TextCut = idOfBeginning(m.size, m.head, m.body), m.size, true
	msg.Odd = append(msg.Odd, data.OddBeginning)
	return msg
}

// take hands over what a group brought.
func (r *run) take(rd *reading, b brought) error {
	if len(b.mails) > 0 {
		r.stuck = 0
		var set imap.UIDSet
		for _, m := range b.mails {
			set.AddNum(imap.UID(m.Location.UID))
		}
		rd.drop(set)
		if err := r.send(rd, data.Batch{Arrived: b.mails}, rd.state.keep(set)); err != nil {
			return err
		}
	}
	return nil
}

// drop takes mails off the list of what is wanted.
func (rd *reading) drop(set imap.UIDSet) {
	rd.want = slices.DeleteFunc(rd.want, func(uid imap.UID) bool { return set.Contains(uid) })
}
