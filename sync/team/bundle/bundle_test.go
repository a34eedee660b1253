package bundle

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rapport/data"
	"rapport/sync/team"
	"rapport/sync/team/carriertest"
)

const space = "testspace"

func carrier(t testing.TB, path string) *File {
	t.Helper()
	f, err := Open(path, space)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestBundleKeepsThePromises(t *testing.T) {
	carriertest.Run(t, func(t *testing.T) carriertest.Place {
		path := filepath.Join(t.TempDir(), "team.rapport")
		return carriertest.Place{
			Few:  300,
			Open: func(t *testing.T) team.Carrier { return carrier(t, path) },
			Remove: func(t *testing.T, name string) {
				t.Helper()
				c := carrier(t, path)
				pieces, err := c.List(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if _, err := Export(t.Context(), path, space, c, Lacking(pieces, []string{name})); err != nil {
					t.Fatal(err)
				}
			},
		}
	})
}

// filled makes a bundle of some pieces.
func filled(t testing.TB, count int) (path string, want map[string][]byte) {
	t.Helper()
	from := carrier(t, filepath.Join(t.TempDir(), "from"))
	want = map[string][]byte{}
	var names []string
	for n := range count {
		name, body := carriertest.Piece(n)
		if err := from.PutNew(t.Context(), name, body); err != nil {
			t.Fatal(err)
		}
		want[name] = body
		names = append(names, name)
	}
	gone, _ := carriertest.Piece(count)
	path = filepath.Join(t.TempDir(), "bundle")
	got, err := Export(t.Context(), path, space, from, append(names, gone))
	if err != nil || got.Pieces != count || got.Missing != 1 {
		t.Fatalf("export: %+v and %v", got, err)
	}
	return path, want
}

func TestWhatTheOtherLacksTravels(t *testing.T) {
	path, want := filled(t, 8)
	into := carrier(t, filepath.Join(t.TempDir(), "into"))
	name, body := carriertest.Piece(3)
	carriertest.Put(t, into, name, body)
	got, err := Import(t.Context(), path, space, into)
	if err != nil || got.Pieces != 7 || got.Known != 1 || got.Missing != 0 {
		t.Fatalf("import: %+v and %v", got, err)
	}
	carriertest.Holds(t, into, want)
	if got, err := Import(t.Context(), path, space, into); err != nil || got.Pieces != 0 || got.Known != 8 {
		t.Fatalf("import again: %+v and %v", got, err)
	}
	here, err := into.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if lacks := Lacking(here, []string{name}); len(lacks) != 7 {
		t.Errorf("the other lacks %d, want 7", len(lacks))
	}
}

func TestTheSamePiecesMakeTheSameBytes(t *testing.T) {
	one, _ := filled(t, 8)
	two, _ := filled(t, 8)
	if a, b := contents(t, one), contents(t, two); !bytes.Equal(a, b) {
		t.Error("they differ")
	}
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A bundle cut at any byte, or with any byte altered, is told; nothing is taken
// from it but what is whole.
func TestCutAndAlteredBundlesAreTold(t *testing.T) {
	path, want := filled(t, 4)
	whole := contents(t, path)
	check := func(what string, at int, bytes []byte) {
		t.Helper()
		broken := filepath.Join(t.TempDir(), "broken")
		if err := os.WriteFile(broken, bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		into := carrier(t, filepath.Join(t.TempDir(), "into"))
		_, err := Import(t.Context(), broken, space, into)
		var invalid *data.Invalid
		if p, ok := data.AsProblem(err); (!ok || p.Kind != data.BundleDamaged && p.Kind != data.NotBundle) && !errors.As(err, &invalid) {
			t.Fatalf("%s at %d: %v, want a problem", what, at, err)
		}
		pieces, err := into.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pieces {
			if got, err := into.Get(t.Context(), p.Name); err != nil || string(got) != string(want[p.Name]) {
				t.Fatalf("%s at %d: %s was taken with other bytes", what, at, p.Name)
			}
		}
	}
	for at := range whole {
		if at%7 != 0 && at > 40 && at < len(whole)-3 { // each import waits for the disk
			continue
		}
		check("cut", at, whole[:at])
		altered := bytes.Clone(whole)
		altered[at] ^= 0x20
		check("altered", at, altered)
	}
	check("longer", len(whole), append(bytes.Clone(whole), 'x'))
}

func TestADamagedBundleTakesNothingMore(t *testing.T) {
	path, _ := filled(t, 3)
	whole := contents(t, path)
	if err := os.WriteFile(path, whole[:len(whole)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	f := carrier(t, path)
	name, body := carriertest.Piece(9)
	_, listed := f.List(t.Context())
	for what, err := range map[string]error{"list": listed, "put": f.PutNew(t.Context(), name, body)} {
		if p, ok := data.AsProblem(err); !ok || p.Kind != data.BundleDamaged {
			t.Errorf("%s: %v, want %s", what, err, data.BundleDamaged)
		}
	}
	if got := contents(t, path); !bytes.Equal(got, whole[:len(whole)-1]) {
		t.Error("it was changed")
	}
}

func TestABundleIsOfOneSpace(t *testing.T) {
	path, _ := filled(t, 2)
	other, err := Open(path, "another")
	if err != nil {
		t.Fatal(err)
	}
	var invalid *data.Invalid
	if _, err := other.List(t.Context()); !errors.As(err, &invalid) {
		t.Errorf("list: %v, want *data.Invalid", err)
	}
	if _, err := Import(t.Context(), path, "another", carrier(t, path)); !errors.As(err, &invalid) {
		t.Errorf("import: %v, want *data.Invalid", err)
	}
}

func TestWhatIsNoBundle(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte("Dear Maya,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	into := carrier(t, filepath.Join(dir, "into"))
	for path, want := range map[string]data.ProblemKind{text: data.NotBundle, filepath.Join(dir, "none"): data.NoFile} {
		_, err := Import(t.Context(), path, space, into)
		if p, ok := data.AsProblem(err); !ok || p.Kind != want {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// FuzzIndex reads any bytes as a bundle: it never panics, and what it takes is
// whole.
func FuzzIndex(f *testing.F) {
	path, _ := filled(f, 2)
	f.Add(contents(f, path))
	f.Add([]byte(magic + " testspace 1000000\n"))
	f.Add([]byte(magic + " testspace -1\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "bundle")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		b, err := open(path)
		if err != nil {
			return
		}
		defer b.close()
		for _, p := range b.pieces {
			if body, err := b.get(p.Name); err == nil && !team.Fits(p.Name, body) {
				t.Fatalf("%s is not whole", p.Name)
			}
		}
	})
}
