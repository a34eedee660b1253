package mail

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"testing"
	"time"

	"rapport/data"
)

// shelf stands for the store: it keeps what Fetch brings by the contract of
// data.Batch, and fails a test in which a mail comes twice.
type shelf struct {
	t       *testing.T
	cursor  string
	at      map[data.Location]string // → message ID
	msgs    map[string]data.Message
	bad     map[data.Location]string
	flags   map[data.Location]data.Flags
	arrived map[data.Location]int
	odd     map[string][]string
	batches []data.Batch
	// stop refuses the n-th batch that moves the cursor, counted from 1; 0
	// refuses none.
	stop int
	seen int
}

func newShelf(t *testing.T) *shelf {
	return &shelf{
		t: t, at: map[data.Location]string{}, flags: map[data.Location]data.Flags{}, msgs: map[string]data.Message{}, bad: map[data.Location]string{},
		arrived: map[data.Location]int{}, odd: map[string][]string{},
	}
}

var errFull = errors.New("the shelf is full")

func (s *shelf) put(b data.Batch) error {
	if b.Cursor != s.cursor {
		if s.seen++; s.seen == s.stop {
			return errFull
		}
	}
	s.batches = append(s.batches, b)
	if b.Renumbered != 0 {
		maps.DeleteFunc(s.at, func(l data.Location, _ string) bool {
			return l.Folder == b.Folder && l.UIDValidity != b.Renumbered
		})
	}
	for _, a := range b.Arrived {
		s.at[a.Location] = a.Message.ID
		s.msgs[a.Message.ID] = a.Message
		s.arrived[a.Location]++
		s.flags[a.Location] = a.Flags
		delete(s.bad, a.Location)
	}
	for _, p := range b.Moved {
		if _, ok := s.msgs[p.MessageID]; !ok {
			s.t.Errorf("%v holds a mail that is not known", p.Location)
		}
		s.at[p.Location], s.flags[p.Location] = p.MessageID, p.Flags
		delete(s.bad, p.Location)
	}
	for _, f := range b.Flagged {
		if _, ok := s.at[f.Location]; !ok {
			s.t.Errorf("%v has marks and no mail", f.Location)
		}
		s.flags[f.Location] = f.Flags
	}
	for _, l := range b.Gone {
		delete(s.at, l)
		delete(s.bad, l)
	}
	for _, u := range b.Unreadable {
		s.bad[u.Location] = u.Reason
	}
	s.odd[b.Folder] = append(s.odd[b.Folder], b.Odd...)
	s.cursor = b.Cursor
	return nil
}

// known is what the store says of traits: which mail they are of, where one alone
// has them.
func (s *shelf) known(_ context.Context, traits []data.Traits) ([]string, error) {
	known := map[string][]string{}
	for id, m := range s.msgs {
		key := data.TraitsOf(m).Key()
		known[key] = append(known[key], id)
	}
	ids := make([]string, len(traits))
	for i, t := range traits {
		if same := known[t.Key()]; t.Key() != "" && len(same) == 1 {
			ids[i] = same[0]
		}
	}
	return ids, nil
}

// sync runs a source over the shelf until its end.
func (s *shelf) sync(src Source) {
	s.t.Helper()
	if err := s.try(src); err != nil {
		s.t.Fatalf("sync: %v", err)
	}
}

func (s *shelf) try(src Source) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if src.Known == nil {
		src.Known = s.known
	}
	return src.Fetch(ctx, s.cursor, s.put)
}

// once fails if any place was filled twice.
func (s *shelf) once() {
	s.t.Helper()
	for l, n := range s.arrived {
		if n != 1 {
			s.t.Errorf("%s/%d came %d times", l.Folder, l.UID, n)
		}
	}
}

// folder lists the UIDs on the shelf of one folder.
func (s *shelf) folder(name string) []uint32 {
	var list []uint32
	for l := range s.at {
		if l.Folder == name {
			list = append(list, l.UID)
		}
	}
	slices.Sort(list)
	return list
}

func (s *shelf) subjects() []string {
	var list []string
	for _, id := range s.at {
		list = append(list, s.msgs[id].Subject)
	}
	slices.Sort(list)
	return list
}

func (s *shelf) arrivals() int {
	n := 0
	for _, b := range s.batches {
		n += len(b.Arrived)
	}
	return n
}

// source is a Source for a server on this laptop.
func source(address string) Source {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		panic(err)
	}
	n := 0
	if _, err := fmt.Sscan(port, &n); err != nil {
		panic(err)
	}
	return Source{
		Mailbox:  data.Mailbox{ID: "m1", Address: "maya@larkfield.example", Host: host, Port: n, Security: data.Plain, User: "test"},
		Password: func(context.Context) (string, error) { return "secret", nil },
		Now:      func() time.Time { return time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC) },
		Patience: 5 * time.Second,
		Backoff:  time.Millisecond,
	}
}

// letter is a plain mail.
func letter(n int) string {
	day := time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Hour)
	return fmt.Sprintf("From: Karin Holt <karin@kestrel.example>\r\nTo: maya@larkfield.example\r\nSubject: Letter %d\r\n"+
		"Date: %s\r\nMessage-ID: <%d@kestrel.example>\r\n\r\nDear Maya, this is letter number %d.\r\n", n, day.Format(time.RFC1123Z), n, n)
}
