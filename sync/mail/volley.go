package mail

import (
	"context"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
)

// A folder that was scouted is opened again before its mails are asked for. What is
// asked does not depend on the answer, so it is sent right behind, and the next folder
// behind that: a server does what changes the open folder in the order it was asked
// (see scout). The answer to the opening decides whether what came behind it is taken.

// volley is what was asked of scouted folders and is under way, in its order.
type volley struct {
	*run
	sess  *session
	shots []shot
	bytes int64
	wrong *reading // its last opening did not find the folder that was scouted
	lost  *lost
}

// shot is one group of mails of a folder.
type shot struct {
	rd     *reading
	opened <-chan openedAs // of the first of a folder that had to be opened
	group  group
	done   chan brought
}

// openedAs is what opening a folder came to.
type openedAs struct {
	state *imap.SelectData
	err   error
}

// readScouted reads the newest mails of folders that were scouted, of all in a row.
// What does not come as it should is left on the list of what is wanted, and readRest
// sees to it with all the care that this takes.
func (r *run) readScouted(ctx context.Context) error {
	v := &volley{run: r, sess: r.sess}
	defer v.end()
	for _, rd := range r.parts {
		groups := r.volleyOf(rd)
		for i, g := range groups {
			for v.isFull(g) {
				if err := v.take(ctx); err != nil {
					return err
				}
			}
			if v.lost != nil {
				break
			}
			v.fire(rd, g, i == 0)
		}
	}
	for len(v.shots) > 0 {
		if err := v.take(ctx); err != nil {
			return err
		}
	}
	if v.lost != nil {
		return r.again(ctx, v.lost)
	}
	return nil
}

// volleyOf are the groups of a folder that can be asked for unseen: of known sizes,
// none of them large, none of them stored perhaps.
func (r *run) volleyOf(rd *reading) []group {
	if r.sess == nil || rd.unchanged || rd.failed || !rd.scouted || !rd.opened || len(rd.stored) > 0 || len(rd.suspects) > 0 ||
		r.mode != (mode{}) || r.mayKnow(rd) {
		return nil
	}
	groups := r.groups(rd.want[:rd.sized(rd.want)], rd.sizes)
	if len(largeOf(groups)) > 0 {
		return nil
	}
	return groups
}

// isFull says whether a group has to wait until others have come.
func (v *volley) isFull(g group) bool {
	return len(v.shots) > 0 && (len(v.shots) == v.Limits.Pending || v.bytes+g.bytes > heldBatches*v.Limits.Bytes)
}

// fire asks for a group, and before the first of a folder opens it.
func (v *volley) fire(rd *reading, g group, first bool) {
	s := shot{rd: rd, group: g, done: make(chan brought, 1)}
	if first && (len(v.shots) > 0 || v.sess.open != rd.name) {
		s.opened = v.sess.openBehind(rd)
	}
	at, take := v.location(rd, 0), v.sess.wholeBehind(imap.UIDSetNum(g.uids...))
	go func() {
		got, err := take()
		s.done <- broughtBy(g, at, got, err)
	}()
	v.shots, v.bytes = append(v.shots, s), v.bytes+g.bytes
}

// openBehind opens a folder before what was asked earlier is answered.
func (s *session) openBehind(rd *reading) <-chan openedAs {
	answered := s.wire.expect()
	cmd := s.client.Select(rd.name, s.readOnly())
	done := make(chan openedAs, 1)
	go func() {
		defer answered()
		state, err := cmd.Wait()
		done <- openedAs{state, s.heed(s.explain(err))}
	}()
	return done
}

// take takes the first group that is under way, and hands over what it brought.
func (v *volley) take(ctx context.Context) error {
	s := v.shots[0]
	v.shots, v.bytes = v.shots[1:], v.bytes-s.group.bytes
	b := <-s.done
	if s.opened != nil {
		if err := v.judge(s.rd, <-s.opened); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil || v.wrong == s.rd {
		return err
	}
	if err := v.run.take(s.rd, b); err != nil {
		return err
	}
	return v.weigh(b.err)
}

// judge says whether a folder was opened, and is the one that was scouted.
func (v *volley) judge(rd *reading, o openedAs) error {
	v.wrong, v.sess.open = rd, ""
	if o.err == nil && rd.validityOf(o.state) == rd.state.Validity {
		v.wrong, v.sess.open = nil, rd.name
	}
	return v.weigh(o.err)
}

// weigh notes that the line was lost, and returns what ends the run: a server that
// asks for patience. The rest is for readRest.
func (v *volley) weigh(err error) error {
	if l, gone := asLost(err); gone && v.lost == nil {
		v.lost = l
	}
	if p, told := data.AsProblem(err); told {
		return p
	}
	return nil
}

// end ends what is under way when a run stops.
func (v *volley) end() {
	queue := make([]chan brought, len(v.shots))
	for i, s := range v.shots {
		queue[i] = s.done
	}
	v.drain(queue)
}
