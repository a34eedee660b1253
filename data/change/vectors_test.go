package change

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// vectorFile is one file of testdata/vectors; docs/sharing-format.md says how to read it.
type vectorFile struct {
	About   string            `json:"about"`
	Changes []json.RawMessage `json:"changes"`
	Expect  *outcome          `json:"expect"`
	Refuse  []struct {
		Why  string `json:"why"`
		Text string `json:"text"`
	} `json:"refuse"`
	Forward []string `json:"forward"`
	Clock   []struct {
		Why  string `json:"why"`
		Last string `json:"last"`
		Now  int64  `json:"now_ms"`
		Next string `json:"next"`
	} `json:"clock"`
}

type outcome struct {
	Have     Vector            `json:"have"`
	Waiting  int               `json:"waiting"`
	Groups   map[string]string `json:"groups"`
	Entities []entityOutcome   `json:"entities"`
}

type entityOutcome struct {
	Kind   string                      `json:"kind"`
	ID     string                      `json:"id"`
	Fate   Fate                        `json:"fate"`
	Fields map[string][]versionOutcome `json:"fields"`
}

type versionOutcome struct {
	Log     string `json:"log"`
	Counter uint64 `json:"counter"`
	Op      Op     `json:"op"`
	Value   string `json:"value"`
}

func TestVectors(t *testing.T) {
	files, err := filepath.Glob("testdata/vectors/*.json")
	if err != nil || len(files) < 25 {
		t.Fatalf("only %d vector files: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			f := readVectors(t, file)
			if len(f.Changes)+len(f.Refuse)+len(f.Forward)+len(f.Clock) == 0 || f.About == "" {
				t.Fatal("the file says nothing")
			}
			if f.Changes != nil {
				testOutcome(t, f)
			}
			testTexts(t, f)
			testClock(t, f)
		})
	}
}

func readVectors(t *testing.T, file string) vectorFile {
	text, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	var f vectorFile
	dec := json.NewDecoder(text)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		t.Fatal(err)
	}
	return f
}

// testOutcome applies the changes in many orders, some of them given twice.
func testOutcome(t *testing.T, f vectorFile) {
	var changes []Change
	for _, line := range f.Changes {
		c, err := Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		mustRoundTrip(t, line)
		changes = append(changes, c)
	}
	backwards := slices.Clone(changes)
	slices.Reverse(backwards)
	orders := [][]Change{changes, backwards, append(slices.Clone(changes), changes...)}
	for i := range changes { // one is withheld and given last
		orders = append(orders, append(slices.Delete(slices.Clone(changes), i, i+1), changes[i]))
	}
	random := rand.New(rand.NewPCG(2, 26))
	for range 30 {
		order := append(slices.Clone(changes), changes[random.IntN(len(changes))])
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		orders = append(orders, order)
	}
	for _, order := range orders {
		r := NewReplica()
		for _, c := range order {
			r.Receive(c)
		}
		if got := outcomeOf(r); !reflect.DeepEqual(got, *f.Expect) {
			g, _ := json.MarshalIndent(got, "", " ")
			t.Fatalf("%s\nin the order %v the outcome is\n%s", f.About, dots(order), g)
		}
	}
}

func dots(order []Change) (list []Dot) {
	for _, c := range order {
		list = append(list, c.Dot)
	}
	return list
}

func outcomeOf(r *Replica) outcome {
	out := outcome{Have: r.Have, Waiting: r.Waiting(), Groups: r.Groups("contact"), Entities: []entityOutcome{}}
	for ref, e := range r.Entities {
		one := entityOutcome{Kind: ref.Kind, ID: ref.ID, Fate: e.Fate(), Fields: map[string][]versionOutcome{}}
		for slot, register := range e {
			if slot.Part != Field {
				continue
			}
			for _, v := range register {
				one.Fields[slot.Name] = append(one.Fields[slot.Name], versionOutcome{v.Log, v.Counter, v.Op, v.Value})
			}
		}
		out.Entities = append(out.Entities, one)
	}
	slices.SortFunc(out.Entities, func(a, b entityOutcome) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func testTexts(t *testing.T, f vectorFile) {
	for _, r := range f.Refuse {
		if c, err := Decode([]byte(r.Text)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %s was read as %+v, %v", r.Why, r.Text, c, err)
		}
	}
	for _, text := range f.Forward {
		mustRoundTrip(t, []byte(text))
	}
}

func testClock(t *testing.T, f vectorFile) {
	for _, c := range f.Clock {
		last, err := ParseHLC(c.Last)
		if err != nil {
			t.Fatal(err)
		}
		if got := Next(last, time.UnixMilli(c.Now)).String(); got != c.Next {
			t.Errorf("%s: %s is followed by %s, not %s", c.Why, c.Last, got, c.Next)
		}
	}
}
