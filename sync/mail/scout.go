package mail

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Opening a folder, searching it and asking for its mails' sizes are three round
// trips before the first of its mails is asked for. Of folders that are read for
// the first time all of it is asked at once, many folders in a row: a server does
// what changes the open folder in the order it was asked (RFC 9051, section 5.5).
// Their newest mails are then asked for in the same way, see volley, so that of a long
// round trip only the mails of folders beyond sizedAhead wait again.

// Bounds on what is asked at once.
const (
	scoutedAtOnce = 32  // folders; their commands must fit into what a server takes without reading
	sizedAhead    = 500 // of a folder's newest mails
)

// scouted is what a server says of a folder before it is read.
type scouted struct {
	state   *imap.SelectData
	present imap.UIDSet
	wanted  imap.UIDSet // of these, those within what is to be read
	sizes   map[imap.UID]int64
}

// scout finds out about folders that were never read to their end, a few round
// trips for all of them. What it does not find out, because the server refuses it
// or the answers do not fit together, is found out when the folder's turn comes,
// with all the care that this takes.
func (r *run) scout(ctx context.Context, parts []*reading) error {
	var asked []*reading
	for _, rd := range parts {
		if !rd.unchanged && !rd.failed && !rd.opened && !rd.state.Done && !rd.scouted {
			rd.scouted = true
			asked = append(asked, rd)
		}
	}
	for len(asked) > 0 {
		if err := r.hello(ctx); err != nil {
			return err
		}
		some := asked[:min(len(asked), scoutedAtOnce)]
		asked = asked[len(some):]
		seen, err := r.sess.scout(r, some)
		if l, gone := asLost(err); gone {
			return r.again(ctx, l)
		}
		if err != nil {
			return err
		}
		for i, rd := range some {
			if err := r.learn(rd, seen[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// learn takes what a scout says of a folder, if it is all that opening it would
// say.
func (r *run) learn(rd *reading, seen *scouted) error {
	if seen == nil {
		return nil
	}
	if err := r.identify(rd, seen.state); err != nil {
		return err
	}
	if size(seen.present) < int(rd.count) {
		return nil
	}
	rd.sizes = seen.sizes
	rd.begin(r.sift(rd, seen.present, seen.wanted))
	return nil
}

// scout asks about some folders and then takes the answers. The first is asked
// about last, and stays open. An element is nil where the server refused
// something.
func (s *session) scout(r *run, folders []*reading) ([]*scouted, error) {
	s.open = ""
	answered := s.wire.expect()
	defer answered()
	takes, all := make([]func() (*scouted, error), len(folders)), make([]*scouted, len(folders))
	for i, rd := range slices.Backward(folders) {
		takes[i] = s.askAbout(r, rd)
	}
	for i, take := range slices.Backward(takes) {
		seen, err := take()
		err = s.heed(s.explain(err))
		switch {
		case err == nil:
			if all[i] = seen; i == 0 {
				s.open = folders[0].name
			}
		case !errors.As(err, new(*imap.Error)):
			return nil, err
		}
	}
	return all, nil
}

// askAbout sends what is to be asked about a folder; what it returns takes the
// answers.
func (s *session) askAbout(r *run, rd *reading) (take func() (*scouted, error)) {
	opened := s.client.Select(rd.name, s.readOnly())
	present := s.client.UIDSearch(searchSince(time.Time{}), s.ranges())
	var wanted *imapclient.SearchCommand
	if criteria := r.narrowing(rd); criteria != nil {
		wanted = s.client.UIDSearch(criteria, s.ranges())
	}
	var sizes <-chan sizesGot
	if n := rd.counted(); n > 0 && !r.mode.bare && !r.mayKnow(rd) {
		newest := imap.SeqSet{imap.SeqRange{Start: n - min(n, sizedAhead) + 1}}
		sizes = s.takeSizes(s.client.Fetch(newest, &imap.FetchOptions{UID: true, RFC822Size: true}))
	}
	return func() (*scouted, error) {
		seen := &scouted{}
		var errs [4]error
		seen.state, errs[0] = opened.Wait()
		seen.present, errs[1] = uidsOf(present)
		seen.wanted = seen.present
		if wanted != nil {
			seen.wanted, errs[2] = uidsOf(wanted)
		}
		if sizes != nil {
			got := <-sizes
			seen.sizes, errs[3] = got.sizes, got.err
		}
		for _, err := range errs {
			if err != nil {
				return nil, err // of a folder that cannot be opened the first says why
			}
		}
		return seen, nil
	}
}

// counted is how many mails a folder has, as far as the list of folders says; 0
// where it does not.
func (rd *reading) counted() uint32 {
	if rd.status == nil || rd.status.NumMessages == nil {
		return 0
	}
	return *rd.status.NumMessages
}

// sizesGot is what a FETCH of sizes came to.
type sizesGot struct {
	sizes map[imap.UID]int64
	err   error
}

// takeSizes takes the answer in a goroutine of its own, which ends with the
// session at the latest: Dovecot answers a FETCH while it still searches, and
// the library's reader waits for whoever takes it.
func (s *session) takeSizes(cmd *imapclient.FetchCommand) <-chan sizesGot {
	done := make(chan sizesGot, 1)
	go func() {
		got := sizesGot{sizes: map[imap.UID]int64{}}
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			if m := s.read(msg, 0); m.uid != 0 && m.sized {
				got.sizes[m.uid] = m.size
			}
		}
		got.err = cmd.Close()
		done <- got
	}()
	return done
}

// isRead says whether nothing of a folder that was scouted is left to be read.
func (rd *reading) isRead() bool {
	return rd.scouted && rd.opened && len(rd.want) == 0 && len(rd.suspects) == 0 && len(rd.stored) == 0
}
