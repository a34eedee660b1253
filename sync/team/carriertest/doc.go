// Package carriertest is what every team.Carrier must keep to, told once: its
// promises, and what it does when a client, a server or a person lays something
// broken beneath it. A carrier's test calls Run with a way to make places.
package carriertest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"rapport/sync/team"
)

// A Place is where several laptops' carriers meet, empty at first.
type Place struct {
	// Open returns one more laptop's carrier of this place.
	Open func(t *testing.T) team.Carrier
	// Lay puts any bytes under a name, past the carrier's checks, and replaces
	// what lay there; nil where nothing lies but what carriers put.
	Lay func(t *testing.T, name string, body []byte)
	// Remove takes a piece away, as somebody does who tidies up; nil where
	// nobody can.
	Remove func(t *testing.T, name string)
	// Beside puts a file beside the pieces, under a name that is no piece's;
	// nil where there are no files.
	Beside func(t *testing.T, file string, body []byte)
	// Few is how many pieces are thousands here, where each put takes long; Many
	// where it is 0.
	Few int
}

// Many is how many pieces a place is filled with; a tenth under -short. Where pieces can be laid, most of them are.
const Many = 3000

// patience is how long a test waits for what must come before it gives up.
const patience = time.Minute

// Run runs the whole suite. Each part gets a place of its own from fresh.
func Run(t *testing.T, fresh func(t *testing.T) Place) {
	parts := []struct {
		name string
		run  func(t *testing.T, p Place)
	}{
		{"an empty place is empty", empty},
		{"a piece arrives at another laptop", arrives},
		{"the same piece again is no trouble", again},
		{"other bytes under a name are refused", taken},
		{"sizes from nothing to the largest", sizes},
		{"hostile names are refused", hostile},
		{"the caller's bytes are the caller's", kept},
		{"laptops put at the same time", together},
		{"a cancelled context ends all at once", cancelled},
		{"thousands of pieces", many},
		{"news are told", watched},
		{"half-written pieces wait till they are whole", halfWritten},
		{"broken pieces are mended", mended},
		{"a piece comes late into the listing", late},
		{"a removed piece is put again", removed},
		{"a piece can be taken away where the carrier says so", takenAway},
		{"copies and foreign files are left out", foreign},
		{"a name in another case is another's", twice},
		{"what holds for a moment is heard", moment},
	}
	for _, part := range parts {
		t.Run(part.name, func(t *testing.T) { part.run(t, fresh(t)) })
	}
}

// Piece makes the n-th piece of a test: its name and body differ for each n.
func Piece(n int) (name string, body []byte) {
	body = fmt.Appendf(nil, "piece %d\x00\xff\r\n of a test", n)
	kind := []team.Kind{team.SegmentPiece, team.MemberPiece, team.KeyPiece, team.SnapshotPiece, team.WordPiece}[n%5]
	if kind == team.KeyPiece {
		return team.Tagged(kind, "tag", body), body
	}
	return team.Name(kind, body), body
}

// Put puts a piece and wants no error.
func Put(t *testing.T, c team.Carrier, name string, body []byte) {
	t.Helper()
	if err := c.PutNew(t.Context(), name, body); err != nil {
		t.Fatalf("put %s: %v", name, err)
	}
}

// Holds wants exactly these pieces in a listing, each with its size, and each
// to be got whole.
func Holds(t *testing.T, c team.Carrier, want map[string][]byte) {
	t.Helper()
	Lists(t, c, want)
	for name, body := range want {
		got, err := c.Get(t.Context(), name)
		if err != nil || string(got) != string(body) {
			t.Fatalf("get %s: %d bytes and %v, want its %d", name, len(got), err, len(body))
		}
	}
}

// Lists wants exactly these pieces in a listing, each once and with its size.
func Lists(t *testing.T, c team.Carrier, want map[string][]byte) {
	t.Helper()
	pieces, err := c.List(t.Context())
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	found := map[string]bool{}
	for _, piece := range pieces {
		body, ok := want[piece.Name]
		switch {
		case !ok:
			t.Errorf("%s is listed, and nobody put it", piece.Name)
		case found[piece.Name]:
			t.Errorf("%s is listed twice", piece.Name)
		case piece.Size != int64(len(body)):
			t.Errorf("%s is listed with %d bytes, want %d", piece.Name, piece.Size, len(body))
		}
		found[piece.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !found[name] {
			t.Errorf("%s is not listed", name)
		}
	}
	if t.Failed() {
		t.FailNow()
	}
}

// Absent wants a piece not to be there, or not wholly.
func Absent(t *testing.T, c team.Carrier, name string) {
	t.Helper()
	if body, err := c.Get(t.Context(), name); !errors.Is(err, team.ErrNotThere) {
		t.Fatalf("get %s: %d bytes and %v, want ErrNotThere", name, len(body), err)
	}
}

// within bounds what must come, so that a test that waits for nothing ends.
func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	return ctx
}
