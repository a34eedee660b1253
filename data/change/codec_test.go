package change

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEncodeWritesTheDocumentedForm(t *testing.T) {
	c := Change{
		Dot: Dot{"k3q", 12}, At: 0x19d55c1c8b000002, Deps: Vector{"z9": 4, "m7": 31}, Schema: 1, Actor: "maya",
		Op: OpSet, Entity: Ref{"contact", "3f9a"}, Field: "name", Value: `"Ada <Byron> & Söhne"`, Over: Vector{"m7": 30},
	}
	const want = `{"log":"k3q","counter":12,"at":"19d55c1c8b000002","deps":{"m7":31,"z9":4},"schema":1,"actor":"maya",` +
		`"op":"set","kind":"contact","entity":"3f9a","field":"name","value":"\"Ada <Byron> & Söhne\"","over":{"m7":30}}`
	got, err := c.Encode()
	if err != nil || string(got) != want {
		t.Fatalf("got  %s, %v\nwant %s", got, err, want)
	}
}

func TestEncodeDecodeEncodeIsStable(t *testing.T) {
	counter := rapid.Uint64Range(1, maxCounter)
	vector := rapid.MapOfN(rapid.StringN(1, 4, -1), counter, 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		c := Change{
			Dot: Dot{"\u2028 own log", counter.Draw(t, "counter")}, At: HLC(rapid.Uint64().Draw(t, "at")),
			Deps: vector.Draw(t, "deps"), Schema: rapid.IntRange(1, 9).Draw(t, "schema"), Actor: rapid.String().Draw(t, "actor"),
			Op: OpSet, Entity: Ref{"k", rapid.StringN(1, 9, -1).Draw(t, "id")}, Field: rapid.StringN(1, 9, -1).Draw(t, "field"),
			Value: rapid.String().Draw(t, "value"), Over: vector.Draw(t, "over"),
		}
		line, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		mustRoundTrip(t, line)
		back, _ := Decode(line)
		if !reflect.DeepEqual(plain(back), plain(c)) {
			t.Fatalf("%#v\nreads back as\n%#v", c, back)
		}
	})
}

func TestEncodeRefusesWhatDecodeWould(t *testing.T) {
	good := Change{Dot: Dot{"a", 1}, Schema: 1, Op: OpSet, Entity: Ref{"contact", "ada"}, Field: "name"}
	if _, err := good.Encode(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*Change){
		"text that is not UTF-8": func(c *Change) { c.Value = "\xff" },
		"no log":                 func(c *Change) { c.Log = "" },
		"an op of its own":       func(c *Change) { c.Op = "merge" },
		"over itself":            func(c *Change) { c.Over = Vector{"a": 1} },
		"no field":               func(c *Change) { c.Field = "" },
	} {
		c := good
		spoil(&c)
		if line, err := c.Encode(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %s, %v", name, line, err)
		}
	}
}

func TestBlankForgetsTheBytesToo(t *testing.T) {
	c, err := Decode([]byte(`{"log":"a","counter":1,"at":"0000000000000000","schema":1,"op":"set","kind":"k","entity":"e","field":"f","value":"secret","newer":"secret"}`))
	if err != nil {
		t.Fatal(err)
	}
	line, err := c.Blank().Encode()
	if err != nil || strings.Contains(string(line), "secret") {
		t.Fatalf("%s, %v", line, err)
	}
}

// plain drops what a change remembers of its bytes, and the difference between
// an empty vector and none.
func plain(c Change) Change {
	c.raw = nil
	if len(c.Deps) == 0 {
		c.Deps = nil
	}
	if len(c.Over) == 0 {
		c.Over = nil
	}
	return c
}

type failer interface{ Fatalf(string, ...any) }

// mustRoundTrip checks a line that Decode takes: its bytes survive, and so does
// its meaning where the bytes are written anew.
func mustRoundTrip(t failer, line []byte) {
	c, err := Decode(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	if out, err := c.Encode(); err != nil || !bytes.Equal(out, line) {
		t.Fatalf("%s\ncame out as\n%s, %v", line, out, err)
	}
	if !c.Known() {
		return
	}
	anew, err := plain(c).Encode()
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	again, err := Decode(anew)
	if err != nil || !reflect.DeepEqual(plain(again), plain(c)) {
		t.Fatalf("%s\nwritten anew as\n%s\nreads as %#v, %v", line, anew, again, err)
	}
}

func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/vectors/*.json")
	if err != nil || len(files) == 0 {
		f.Fatalf("no vectors to start from: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		var v struct {
			Changes []json.RawMessage
			Refuse  []struct{ Text string }
			Forward []string
		}
		if err := json.Unmarshal(text, &v); err != nil {
			f.Fatal(err)
		}
		for _, c := range v.Changes {
			f.Add([]byte(c))
		}
		for _, r := range v.Refuse {
			f.Add([]byte(r.Text))
		}
		for _, s := range v.Forward {
			f.Add([]byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		c, err := Decode(line)
		if err != nil {
			if !errors.Is(err, ErrMalformed) {
				t.Fatalf("%q: %v", line, err)
			}
			return
		}
		mustRoundTrip(t, line)
		r := NewReplica()
		r.Have = c.Deps.Clone()
		r.Have.Merge(c.Over)
		r.Have[c.Log] = c.Counter - 1
		if got := len(r.Receive(c)); got != 1 {
			t.Fatalf("%q was ready, yet %d changes were applied", line, got)
		}
		for _, e := range r.Entities {
			e.Fate()
		}
	})
}

func TestReadObjectReadsWhatTheStandardLibraryReads(t *testing.T) {
	value := rapid.OneOf(
		rapid.Map(rapid.String(), func(s string) any { return s }),
		rapid.Map(rapid.Float64Range(-1e20, 1e20), func(n float64) any { return n }),
		rapid.Map(rapid.SliceOf(rapid.StringMatching(`[a-c"\\\\{}\[\],: ]{0,6}`)), func(l []string) any { return l }),
		rapid.Map(rapid.MapOf(rapid.StringMatching(`[a-c"\\\\{}\[\],: ]{0,6}`), rapid.Bool()), func(m map[string]bool) any { return m }),
		rapid.Just[any](nil),
	)
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.MapOf(rapid.String(), value).Draw(t, "object")
		text, err := json.Marshal(want)
		if rapid.Bool().Draw(t, "spaced") {
			text, err = json.MarshalIndent(want, " ", "\t")
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := readObject(text)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%s reads as %s, %v", text, got, err)
		}
		var all map[string]json.RawMessage
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		for name, raw := range all {
			if !bytes.Equal(got.of(name), raw) {
				t.Errorf("%q reads as %s, not %s", name, got.of(name), raw)
			}
		}
	})
}

// BenchmarkDecode reads a change as the log holds thousands of.
func BenchmarkDecode(b *testing.B) {
	line := []byte(`{"log":"019a7f3e-4a6b-7c11-8a90-2f6f4d1b8f01","counter":48213,"at":"0193a1b2c3d40001","deps":{"019a7f3e-4a6b-7c11-8a90-2f6f4d1b8f02":17},"schema":1,"op":"set","kind":"promise","entity":"bench promise 17","field":"due","value":"2026-12-04","over":{"019a7f3e-4a6b-7c11-8a90-2f6f4d1b8f01":4711}}`)
	for b.Loop() {
		if _, err := Decode(line); err != nil {
			b.Fatal(err)
		}
	}
}
