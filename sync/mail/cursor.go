package mail

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// cursor is what was stored of each folder, by its decoded name. It travels as
// one line of JSON.
type cursor struct {
	Version int               `json:"version"`
	Folders map[string]folder `json:"folders"`
}

// cursorVersion changes when an older cursor must not be believed.
const cursorVersion = 1

// folder is what was stored of one folder under one UIDVALIDITY. What is to be
// read is what the server has beyond Have, so it does not matter where a run was
// cut, nor in which order it reads.
type folder struct {
	Validity uint32 `json:"validity"`
	// Have are the mails that are stored.
	Have uids `json:"have,omitzero"`
	// Bad are those that the server has and could not hand over, last tried on
	// BadDay (2006-01-02). They are tried again after a week.
	Bad    uids   `json:"bad,omitzero"`
	BadDay string `json:"badDay,omitempty"`
	// Done says that all was read; then Next and Count are the UIDNEXT and the
	// number of mails of that moment, by which a folder that did not change is
	// known. Since is how far back it was read, "" for all.
	Done  bool   `json:"done,omitempty"`
	Next  uint32 `json:"next,omitempty"`
	Count uint32 `json:"count,omitempty"`
	Since string `json:"since,omitempty"`
	// Marks is the HIGHESTMODSEQ up to which the marks of the mails in Have are
	// stored; 0 where the server has none. Swept is then the day (2006-01-02) on
	// which all of them were looked at.
	Marks uint64 `json:"marks,omitempty"`
	Swept string `json:"swept,omitempty"`
	// Seek says that the folder came late, so that its mails may be stored already,
	// from another folder or under another name.
	Seek bool `json:"seek,omitempty"`
	// Renumber says that locations under an older UIDVALIDITY are still stored;
	// they are forgotten once all is read again, so that nothing is away in the
	// meantime.
	Renumber bool `json:"renumber,omitempty"`
}

// parseCursor reads a cursor; one that it cannot read is the beginning, at the
// price of reading again what is stored.
func parseCursor(s string) cursor {
	var c cursor
	if err := json.Unmarshal([]byte(s), &c); err != nil || c.Version != cursorVersion || c.Folders == nil {
		return cursor{Version: cursorVersion, Folders: map[string]folder{}}
	}
	return c
}

// anyDone says whether a folder was read to its end.
func (c cursor) anyDone() bool {
	for _, f := range c.Folders {
		if f.Done {
			return true
		}
	}
	return false
}

// with is the cursor with one folder's state replaced, as text; the cursor
// itself stays as it is.
func (c cursor) with(name string, f folder) string {
	next := cursor{Version: c.Version, Folders: maps.Clone(c.Folders)}
	next.Folders[name] = f
	return next.text()
}

func (c cursor) text() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic("bug: a cursor that is no JSON: " + err.Error())
	}
	return string(b)
}

// uids is a set of UIDs. As text it is a list of "gap+run": so many numbers
// after the last one comes one, and so many more follow it. A mailbox of 10,000
// mails without holes takes 8 bytes.
type uids struct{ imap.UIDSet }

// MarshalText writes the set.
func (u uids) MarshalText() ([]byte, error) {
	var out []byte
	last := uint32(0)
	for i, r := range u.UIDSet {
		if i > 0 {
			out = append(out, ' ')
		}
		out = strconv.AppendUint(out, uint64(uint32(r.Start)-last), 10)
		if r.Stop > r.Start {
			out = append(out, '+')
			out = strconv.AppendUint(out, uint64(r.Stop-r.Start), 10)
		}
		last = uint32(r.Stop)
	}
	return out, nil
}

var errUIDs = errors.New("not a set of UIDs")

// UnmarshalText reads what MarshalText wrote.
func (u *uids) UnmarshalText(b []byte) error {
	u.UIDSet = nil
	last := uint64(0)
	for _, field := range strings.Fields(string(b)) {
		gap, run, _ := strings.Cut(field, "+")
		g, err := strconv.ParseUint(gap, 10, 32)
		if err != nil || g == 0 {
			return fmt.Errorf("%w: %q", errUIDs, field)
		}
		n := uint64(0)
		if run != "" {
			if n, err = strconv.ParseUint(run, 10, 32); err != nil {
				return fmt.Errorf("%w: %q", errUIDs, field)
			}
		}
		start := last + g
		if last = start + n; last > 1<<32-1 {
			return fmt.Errorf("%w: %q", errUIDs, field)
		}
		u.AddRange(imap.UID(start), imap.UID(last))
	}
	return nil
}

// IsZero says whether the set is empty, so that JSON leaves it out.
func (u uids) IsZero() bool { return len(u.UIDSet) == 0 }

// list is every UID of a set, in order.
func list(set imap.UIDSet) []imap.UID {
	all, ok := set.Nums()
	if !ok {
		return nil // a set with an open end, which no search answers with
	}
	return all
}

// size is how many UIDs are in a set.
func size(set imap.UIDSet) int {
	n := 0
	for _, r := range set {
		n += int(r.Stop-r.Start) + 1
	}
	return n
}

// without is what of a is not in b.
func without(a, b imap.UIDSet) imap.UIDSet {
	var rest imap.UIDSet
	for _, r := range a {
		start, stop := uint64(r.Start), uint64(r.Stop)
		for len(b) > 0 && uint64(b[0].Stop) < start {
			b = b[1:]
		}
		for i := 0; i < len(b) && uint64(b[i].Start) <= stop; i++ {
			if uint64(b[i].Start) > start {
				rest = append(rest, imap.UIDRange{Start: imap.UID(start), Stop: b[i].Start - 1})
			}
			start = uint64(b[i].Stop) + 1
		}
		if start <= stop {
			rest = append(rest, imap.UIDRange{Start: imap.UID(start), Stop: r.Stop})
		}
	}
	return rest
}

// union is what is in a or in b.
func union(a, b imap.UIDSet) imap.UIDSet {
	all := slices.Clone(a)
	all.AddSet(b)
	return all
}

// last is the highest UID of a set, 0 for none.
func last(set imap.UIDSet) imap.UID {
	if len(set) == 0 {
		return 0
	}
	return set[len(set)-1].Stop
}
