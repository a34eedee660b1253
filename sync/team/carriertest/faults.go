package carriertest

import (
	"bytes"
	"strings"
	"testing"

	"rapport/sync/team"
)

// layable skips where nothing lies beneath the carrier that could be broken.
func layable(t *testing.T, p Place) {
	if p.Lay == nil {
		t.Skip("nothing can be laid beneath this carrier")
	}
}

func halfWritten(t *testing.T, p Place) {
	layable(t, p)
	c := p.Open(t)
	name, body := Piece(1)
	for _, cut := range []int{0, 1, len(body) / 2, len(body) - 1} {
		p.Lay(t, name, body[:cut])
		Absent(t, c, name)
		if _, err := c.List(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	p.Lay(t, name, body)
	Holds(t, c, map[string][]byte{name: body})
}

// mended lays what no program puts there, and wants a put to set it right.
func mended(t *testing.T, p Place) {
	layable(t, p)
	_, other := Piece(2)
	name, body := Piece(1)
	flipped := bytes.Clone(body)
	flipped[3] ^= 1
	for _, broken := range [][]byte{nil, body[:5], append(bytes.Clone(body), 0), flipped, other, make([]byte, len(body)), make([]byte, 3*team.MaxPiece)} {
		p.Lay(t, name, broken)
		c := p.Open(t)
		Absent(t, c, name)
		Put(t, c, name, body)
		Holds(t, c, map[string][]byte{name: body})
		Holds(t, p.Open(t), map[string][]byte{name: body})
	}
}

func late(t *testing.T, p Place) {
	layable(t, p)
	c := p.Open(t)
	want := map[string][]byte{}
	for n := range 20 { // each after a listing that did not have it
		name, body := Piece(n)
		Lists(t, c, want)
		Absent(t, c, name)
		p.Lay(t, name, body)
		want[name] = body
	}
	Holds(t, c, want)
}

func removed(t *testing.T, p Place) {
	if p.Remove == nil {
		t.Skip("nobody can remove a piece here")
	}
	one, two := p.Open(t), p.Open(t)
	want := map[string][]byte{}
	for n := range 5 {
		name, body := Piece(n)
		Put(t, one, name, body)
		want[name] = body
	}
	Holds(t, two, want)
	for n := range 5 {
		name, body := Piece(n)
		p.Remove(t, name)
		Absent(t, two, name)
		delete(want, name)
		Lists(t, one, want)
		Lists(t, two, want)
		Put(t, two, name, body)
		want[name] = body
		Holds(t, one, want)
	}
}

// foreign lays what cloud folders, operating systems and people leave about.
func foreign(t *testing.T, p Place) {
	if p.Beside == nil {
		t.Skip("there are no files here")
	}
	name, body := Piece(1)
	c := p.Open(t)
	Put(t, c, name, body)
	for _, file := range []string{
		name + " (conflicted copy 2026-03-01 101010)", name + " (Maya's conflicted copy 2026-03-01)", name + ".sync-conflict-20260301-101010-ABCDEFG",
		name + "-LAPTOP-7", name + " (1)", "Copy of " + name, name + "~", "." + name + ".swp", ".~" + name, "~$" + name, name + ".part", name + ".tmp",
		".syncthing." + name + ".tmp", "." + name + ".icloud", name + ".crdownload", ".DS_Store", "._" + name, "Thumbs.db", "desktop.ini", ".stignore",
		"README.txt", "s-", "s-short", name[:len(name)-1],
	} {
		p.Beside(t, file, body)
		p.Beside(t, file+"2", nil)
	}
	Holds(t, c, map[string][]byte{name: body})
	Holds(t, p.Open(t), map[string][]byte{name: body})
}

func twice(t *testing.T, p Place) {
	if p.Beside == nil {
		t.Skip("there are no files here")
	}
	name, body := Piece(1)
	_, other := Piece(2)
	c := p.Open(t)
	Put(t, c, name, body)
	p.Beside(t, strings.ToUpper(name), other) // on a file system that folds case, these are the bytes of name itself
	Put(t, c, name, body)
	if got, err := c.Get(t.Context(), name); err != nil || !bytes.Equal(got, body) {
		t.Fatalf("get: %d bytes and %v, want the piece", len(got), err)
	}
	pieces, err := c.List(t.Context())
	if err != nil || len(pieces) > 1 {
		t.Fatalf("%d pieces are listed and %v, want one", len(pieces), err)
	}
}
