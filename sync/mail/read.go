package mail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// sizedAtOnce is how many mails' sizes are asked for in one command.
const sizedAtOnce = 1000

// read reads up to n mails of what a folder still wants, all if n is negative.
func (r *run) read(ctx context.Context, rd *reading, n int) error {
	for n != 0 {
		if !rd.opened || r.sess == nil || r.sess.open != rd.name {
			if err := r.hello(ctx); err != nil {
				return err
			}
			if err := r.open(ctx, rd); err != nil {
				return err
			}
		}
		if len(rd.want) == 0 {
			return nil
		}
		chunk := rd.want[:min(len(rd.want), sizedAtOnce)]
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

// group is a set of mails that are fetched with one command.
type group struct {
	uids  []imap.UID
	large bool
}

// groups parts a chunk by count and by bytes. Large mails stand alone.
func (r *run) groups(chunk []imap.UID, sizes map[imap.UID]int64) []group {
	var groups []group
	var open group
	var bytes int64
	for _, uid := range chunk {
		size := sizes[uid]
		if size > r.Limits.Whole {
			groups = append(groups, group{uids: []imap.UID{uid}, large: true})
			continue
		}
		if len(open.uids) == r.Limits.Count || len(open.uids) > 0 && bytes+size > r.Limits.Bytes {
			groups = append(groups, open)
			open, bytes = group{}, 0
		}
		open.uids, bytes = append(open.uids, uid), bytes+size
	}
	if len(open.uids) > 0 {
		groups = append(groups, open)
	}
	return groups
}

// unsized parts a chunk without knowing sizes: small groups, since any mail may
// be large.
func (r *run) unsized(chunk []imap.UID) []group {
	var groups []group
	for part := range slices.Chunk(chunk, max(1, r.Limits.Count/5)) {
		groups = append(groups, group{uids: part})
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

// readChunk reads mails in groups, several under way at once, and hands them over
// in their order. What did not come is asked for again.
func (r *run) readChunk(ctx context.Context, rd *reading, chunk []imap.UID) error {
	groups := r.unsized(chunk)
	if !r.mode.bare {
		sizes, err := r.sess.sizes(imap.UIDSetNum(chunk...))
		if l, gone := asLost(err); gone {
			r.mode.bare = r.mode.bare || l.how == malformed // a size that breaks the answer
			return r.again(ctx, l)
		}
		if err == nil {
			groups = r.groups(chunk, sizes)
			rd.large = largeOf(groups)
		}
	}
	var queue []chan brought
	defer func() { r.drain(queue) }()
	for len(groups) > 0 || len(queue) > 0 {
		for len(groups) > 0 && len(queue) < r.Limits.Pending {
			queue = append(queue, r.start(rd, groups[0]))
			groups = groups[1:]
		}
		b := <-queue[0]
		queue = queue[1:]
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
	go func() { done <- fetchGroup(sess, m, at, g, r.Limits.Whole) }()
	return done
}

func fetchGroup(sess *session, m mode, at data.Location, g group, limit int64) brought {
	b := brought{group: g}
	var got []raw
	set := imap.UIDSetNum(g.uids...)
	if g.large {
		got, b.err = sess.beginning(set, m)
	} else {
		got, b.err = sess.whole(set, m, limit)
	}
	for _, mail := range got {
		if mail.tooLarge {
			b.large = append(b.large, mail.uid)
			continue
		}
		at.UID = uint32(mail.uid)
		b.mails = append(b.mails, data.Arrival{Message: mail.message(), Location: at})
	}
	slices.SortFunc(b.mails, func(x, y data.Arrival) int { return int(int64(y.Location.UID) - int64(x.Location.UID)) })
	return b
}

// message parses a mail. One that is too large is known by its size and by what
// was read of it, since its bytes never come here; what was read never changes,
// so the same mail has the same ID in every folder.
func (m raw) message() data.Message {
	if m.whole != nil {
		return Parse(m.whole, m.came)
	}
	msg := Parse(slices.Concat(m.head, m.body), m.came)
	h := sha256.New()
	fmt.Fprintf(h, "beginning of %d bytes\n%d\n", m.size, len(m.head))
	h.Write(m.head)
	h.Write(m.body)
	msg.ID, msg.Size, msg.TextCut = hex.EncodeToString(h.Sum(nil)), m.size, true
	msg.Odd = append(msg.Odd, "too large to be read whole; its beginning was read")
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
