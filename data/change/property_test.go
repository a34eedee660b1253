package change

import (
	"flag"
	"maps"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestMain lets RAPPORT_LONG, the share of the full campaign, ask for thousands
// of histories.
func TestMain(m *testing.M) {
	flag.Parse()
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		if err := flag.Set("rapid.checks", strconv.Itoa(max(100, int(5000*share)))); err != nil {
			panic("bug: " + err.Error())
		}
	}
	os.Exit(m.Run())
}

// run makes a world and lets things happen in it.
func run(t *rapid.T) *world {
	w := newWorld(t)
	t.Repeat(map[string]func(*rapid.T){
		"write":       w.write,
		"write more":  w.write,
		"write again": w.write,
		"deliver":     w.deliver,
		"catch up":    w.catchUp,
		"keep album":  w.keepAlbum,
		"clone":       w.clone,
		"":            w.sameHaveSameState,
	})
	return w
}

func TestAllReplicasBecomeEqualAndLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := run(t)
		late := w.join(album{applied: set{}})
		seed := rapid.Uint64().Draw(t, "last orders")
		for i, d := range w.devices {
			w.giveAll(d, seed+uint64(i), w.sent)
		}
		for _, d := range w.devices {
			if n := d.replica.Waiting(); n > 0 {
				t.Fatalf("%d changes wait though everything was given", n)
			}
			if len(d.applied) != len(w.sent) {
				t.Fatalf("%d of %d changes were applied", len(d.applied), len(w.sent))
			}
			mustEqual(t, late.replica, d.replica)
		}
		w.mustBe(late.replica)
	})
}

func TestHistoryWithoutErasedValuesGivesTheSameState(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := run(t)
		whole, purged := w.join(album{applied: set{}}), w.join(album{applied: set{}})
		var history []Change
		for _, c := range w.sent {
			for _, erase := range w.sent {
				if erase.Erases(c) {
					c = c.Blank()
				}
				known := erase.Op == OpErase && c.Op == OpSet && named(erase) == named(c) && w.saw[erase.Dot][c.Dot]
				if known && c.Value != "" {
					t.Fatalf("history keeps %q after an erase by someone who had it", c.Value)
				}
			}
			history = append(history, c)
		}
		w.giveAll(whole, 1, w.sent)
		w.giveAll(purged, 2, history)
		mustEqual(t, whole.replica, purged.replica)
	})
}

func TestJoiningIsReversible(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := run(t)
		d := w.join(album{applied: set{}})
		w.giveAll(d, 1, w.sent)
		before := d.album()
		groups := d.replica.Groups("contact")
		smaller, link := Ref{"contact", "ada"}, Slot{Link, "zoe"}
		step := func(c Change) { w.acknowledge(d, c, maps.Clone(d.applied), d.applied) }

		d.author.Have = d.replica.Have.Clone()
		step(d.author.Same(start, "contact", "zoe", "ada", nil))
		if got := d.replica.Groups("contact"); got["zoe"] != got["ada"] || got["zoe"] == "" {
			t.Fatalf("joined, yet the groups are %v", got)
		}
		step(d.author.Unsame(start, "contact", "ada", "zoe", d.replica.Entities[smaller][link]))

		if got := d.replica.Groups("contact"); !maps.Equal(got, groups) {
			t.Fatalf("parted again, the groups are %v and were %v", got, groups)
		}
		delete(d.replica.Entities[smaller], link)
		if len(before.entities[smaller]) == 0 {
			delete(d.replica.Entities, smaller)
		}
		if !reflect.DeepEqual(d.replica.Entities, before.entities) {
			t.Fatalf("joining and parting changed more than the link")
		}
	})
}

func TestLocalEditsTellOnlyWhatIsNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := run(t)
		d := w.join(album{applied: set{}})
		w.giveAll(d, 1, w.sent)
		d.author.Have = d.replica.Have.Clone()
		ref := Ref{"contact", "ada"}
		first := d.author.Set(start, ref, "name", "Ada", nil)
		second := d.author.Set(start, ref, "phone", "1", nil)
		if !maps.Equal(first.Deps, d.replica.Have) || len(second.Deps) != 0 {
			t.Fatalf("deps are %v, then %v, of %v", first.Deps, second.Deps, d.replica.Have)
		}
		line, err := second.Encode()
		if err != nil || strings.Contains(string(line), "deps") {
			t.Fatalf("%s, %v", line, err)
		}
	})
}

func TestApplyLeavesTheOldRegisterAlone(t *testing.T) {
	a := Author{Log: "a", Schema: 1, Have: Vector{}}
	ref := Ref{"contact", "ada"}
	one := Register(nil).Apply(a.Set(start, ref, "name", "Ada", nil))
	two := one.Apply(a.Set(start, ref, "name", "Ada L.", nil))
	kept := append(Register(nil), two...)
	three := two.Apply(a.Set(start, ref, "name", "Ada Lovelace", two))
	if len(one) != 1 || !reflect.DeepEqual(two, kept) || len(three) != 1 {
		t.Fatalf("%v, %v, %v", one, two, three)
	}
	if got := (Register{}).Shown(); !reflect.DeepEqual(got, Version{}) {
		t.Fatalf("an empty register shows %v", got)
	}
}

func TestWhatTheWindowAsksOfARegister(t *testing.T) {
	set := func(v string) Version { return Version{Op: OpSet, Value: v} }
	for _, tt := range []struct {
		name              string
		r                 Register
		conflict, present bool
	}{
		{"never written", nil, false, false},
		{"one value", Register{set("x")}, false, true},
		{"made absent", Register{set("")}, false, false},
		{"the same value written apart", Register{set("x"), set("x")}, false, true},
		{"two values", Register{set("x"), set("y")}, true, true},
		{"removed and added apart", Register{set(""), set("x")}, true, true},
		{"erased and made absent apart", Register{set(""), {Op: OpErase}}, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.r.Conflict() != tt.conflict || tt.r.Present() != tt.present {
				t.Errorf("conflict %v, present %v", tt.r.Conflict(), tt.r.Present())
			}
		})
	}
}

func TestVector(t *testing.T) {
	v := Vector{"a": 2}
	if !v.Has(Dot{"a", 2}) || v.Has(Dot{"a", 3}) || v.Has(Dot{"b", 1}) {
		t.Error("Has is wrong")
	}
	if !v.Covers(nil) || !v.Covers(Vector{"a": 1}) || v.Covers(Vector{"a": 3}) || v.Covers(Vector{"b": 1}) {
		t.Error("Covers is wrong")
	}
	w := v.Clone()
	w.Merge(Vector{"a": 1, "b": 4})
	if !maps.Equal(w, Vector{"a": 2, "b": 4}) || !maps.Equal(v, Vector{"a": 2}) {
		t.Errorf("merged to %v, from %v", w, v)
	}
	if got := w.Since(v); !maps.Equal(got, Vector{"b": 4}) {
		t.Errorf("since: %v", got)
	}
}
