package mail

import (
	"context"

	"github.com/emersion/go-imap/v2"

	"rapport/data"
	"rapport/sync/mime"
)

// tellingLines are the header lines that data.Traits are read from.
var tellingLines = []string{"Message-ID", "Date", "Subject", "From", "Sender", "To", "Cc"}

// maxTelling is how many bytes they may have; a mail with more is downloaded.
const maxTelling = 64 << 10

// mayKnow says whether mails of a folder may be stored already: it was numbered
// anew, came late (under a new name, perhaps), was read before (mail is moved
// into it), or holds everything that the others hold.
func (r *run) mayKnow(rd *reading) bool {
	return r.Known != nil && !r.mode.blind &&
		(rd.state.Renumber || rd.state.Seek || rd.state.Done || rd.role == everything)
}

// link finds the mails among those that were glanced at that are stored already,
// and hands over where they lie now. Two in one folder that cannot be told apart
// are both left to be downloaded.
func (r *run) link(ctx context.Context, rd *reading, seen []raw) (imap.UIDSet, error) {
	times := map[string]int{}
	var asked []raw
	var traits []data.Traits
	for _, m := range seen {
		t := traitsOf(m)
		key := t.Key()
		if key == "" {
			continue
		}
		if times[key]++; times[key] == 1 && !rd.linked[key] {
			asked, traits = append(asked, m), append(traits, t)
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	ids, err := r.Known(ctx, traits)
	if err != nil {
		return nil, &emitError{err}
	}
	var b data.Batch
	var set imap.UIDSet
	for i, m := range asked {
		key := traits[i].Key()
		if ids[i] == "" || times[key] > 1 {
			continue
		}
		b.Moved = append(b.Moved, data.Placed{MessageID: ids[i], Location: r.location(rd, m.uid), Flags: m.flags})
		set.AddNum(m.uid)
		if rd.linked == nil {
			rd.linked = map[string]bool{}
		}
		rd.linked[key] = true
	}
	if len(set) == 0 {
		return nil, nil
	}
	r.stuck = 0
	rd.drop(set)
	return set, r.send(rd, b, rd.state.keep(set))
}

// traitsOf is what a glance says of a mail; the zero value, which is nobody's,
// where it did not see its lines.
func traitsOf(m raw) data.Traits {
	if m.head == nil || m.tooLarge || m.cutAnswer || m.uid == 0 {
		return data.Traits{}
	}
	msg, _, broken := mime.ParseHeader(m.head, m.came)
	if broken {
		return data.Traits{}
	}
	msg.Size = m.size
	return data.TraitsOf(msg)
}
