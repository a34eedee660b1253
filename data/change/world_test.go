package change

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"time"

	"pgregory.net/rapid"
)

// A world is some devices that write, copy and mislay changes, and a record of
// what each person had seen when writing. The record is kept as plain sets of
// dots, so that what the outcome must be follows from it without asking the code
// under test.
type world struct {
	t       *rapid.T
	devices []*device
	sent    []Change
	had     map[Dot]set // by change: what its device had applied
	saw     map[Dot]set // by change: what its author had looked at
	logs    int
	values  int
}

type set map[Dot]bool

type device struct {
	replica *Replica
	author  Author
	skew    time.Duration
	applied set
	albums  []album
}

// An album is the state as it was at some time: an open form, or a backup.
type album struct {
	have     Vector
	entities map[Ref]Entity
	applied  set
}

var start = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func newWorld(t *rapid.T) *world {
	w := &world{t: t, had: map[Dot]set{}, saw: map[Dot]set{}}
	for range rapid.IntRange(2, 4).Draw(t, "devices") {
		w.join(album{applied: set{}})
	}
	return w
}

// join adds a device that starts from an album, with a log of its own.
func (w *world) join(from album) *device {
	w.logs++
	d := &device{replica: NewReplica(), applied: maps.Clone(from.applied)}
	d.replica.Have = from.have.Clone()
	for ref, e := range from.entities {
		d.replica.Entities[ref] = maps.Clone(e)
	}
	// Names of logs must not sort by age, nor at random: a failure must replay.
	d.author = Author{Log: fmt.Sprintf("log%d", (w.logs*7)%10+10*w.logs), Actor: fmt.Sprint("actor", w.logs), Schema: 1}
	years := rapid.IntRange(-1, 1).Draw(w.t, "clock is off by years")
	d.skew = time.Duration(years) * 365 * 24 * time.Hour
	w.devices = append(w.devices, d)
	return d
}

func (d *device) album() album {
	a := album{have: d.replica.Have.Clone(), entities: map[Ref]Entity{}, applied: maps.Clone(d.applied)}
	for ref, e := range d.replica.Entities {
		a.entities[ref] = maps.Clone(e)
	}
	return a
}

func (w *world) device() *device { return rapid.SampledFrom(w.devices).Draw(w.t, "device") }

// write lets someone do something about what they see, or saw a while ago.
func (w *world) write(t *rapid.T) {
	d := w.device()
	seen := d.album()
	if n := len(d.albums); n > 0 && rapid.IntRange(0, 4).Draw(t, "from an old form") == 0 {
		seen = d.albums[rapid.IntRange(0, n-1).Draw(t, "album")]
	}
	d.author.Have = d.replica.Have.Clone()
	if rapid.IntRange(0, 4).Draw(t, "told is lost") == 0 {
		d.author.Told = nil
	}
	w.values++
	now := start.Add(d.skew + time.Duration(w.values/3)*time.Second)
	ids := []string{"ada", "bob", "cyd"}
	id := rapid.SampledFrom(ids).Draw(t, "entity")
	ref := Ref{"contact", id}
	field := rapid.SampledFrom([]string{"name", "phone"}).Draw(t, "field")
	last, had, saw := d.author.At, maps.Clone(d.applied), seen.applied
	var c Change
	switch rapid.SampledFrom([]Op{OpSet, OpSet, OpSet, "absent", OpDelete, OpUndelete, OpSame, OpUnsame, OpErase}).Draw(t, "op") {
	case OpSet:
		c = d.author.Set(now, ref, field, fmt.Sprint("value ", w.values), seen.entities[ref].Field(field))
	case "absent":
		c = d.author.Set(now, ref, field, "", seen.entities[ref].Field(field))
	case OpDelete:
		c = d.author.Delete(now, ref, seen.entities[ref])
	case OpUndelete:
		c = d.author.Undelete(now, ref, seen.entities[ref][Slot{Part: Life}])
	case OpSame, OpUnsame:
		other := rapid.SampledFrom(slices.DeleteFunc(ids, func(s string) bool { return s == id })).Draw(t, "other")
		link := seen.entities[Ref{"contact", min(id, other)}][Slot{Link, max(id, other)}]
		if rapid.Bool().Draw(t, "join") {
			c = d.author.Same(now, "contact", id, other, link)
		} else {
			c = d.author.Unsame(now, "contact", id, other, link)
		}
	case OpErase:
		c, saw = d.author.Erase(now, ref, field), had
	}
	if c.At <= last {
		t.Fatalf("the clock of %s went from %v to %v", c.Log, last, c.At)
	}
	w.acknowledge(d, c, had, saw)
}

func (w *world) acknowledge(d *device, c Change, had, saw set) {
	if _, twice := w.had[c.Dot]; twice {
		w.t.Fatalf("dot %v was given twice", c.Dot)
	}
	w.had[c.Dot], w.saw[c.Dot] = had, maps.Clone(saw)
	w.sent = append(w.sent, c)
	w.give(d, c)
	if !d.applied[c.Dot] {
		w.t.Fatalf("own change %v was not applied at once", c.Dot)
	}
}

// give sends a change over the wire to a device.
func (w *world) give(d *device, c Change) {
	line, err := c.Encode()
	if err != nil {
		w.t.Fatal(err)
	}
	came, err := Decode(line)
	if err != nil {
		w.t.Fatalf("%s: %v", line, err)
	}
	for _, a := range d.replica.Receive(came) {
		if d.applied[a.Dot] {
			w.t.Fatalf("%v was applied twice", a.Dot)
		}
		for past := range w.had[a.Dot] {
			if !d.applied[past] {
				w.t.Fatalf("%v was applied before %v, which its author had", a.Dot, past)
			}
		}
		d.applied[a.Dot] = true
	}
}

// deliver gives a device a few changes of anywhere: with gaps, late, again.
func (w *world) deliver(t *rapid.T) {
	d := w.device()
	for range rapid.IntRange(1, 6).Draw(t, "how many") {
		if len(w.sent) > 0 {
			w.give(d, w.sent[rapid.IntRange(0, len(w.sent)-1).Draw(t, "change")])
		}
	}
}

// catchUp gives a device all there is, in a wild order.
func (w *world) catchUp(t *rapid.T) { w.giveAll(w.device(), rapid.Uint64().Draw(t, "order"), w.sent) }

func (w *world) giveAll(d *device, seed uint64, changes []Change) {
	random := rand.New(rand.NewPCG(seed, 1))
	for _, i := range random.Perm(len(changes)) {
		w.give(d, changes[i])
		if random.IntN(4) == 0 {
			w.give(d, changes[random.IntN(len(changes))])
		}
	}
}

func (w *world) keepAlbum(*rapid.T) {
	d := w.device()
	d.albums = append(d.albums, d.album())
}

// clone starts another device from a copy or an old backup of one.
func (w *world) clone(t *rapid.T) {
	if len(w.devices) >= 7 {
		t.Skip("enough devices")
	}
	d := w.device()
	from := d.album()
	if n := len(d.albums); n > 0 && rapid.Bool().Draw(t, "from a backup") {
		from = d.albums[rapid.IntRange(0, n-1).Draw(t, "album")]
	}
	w.join(from)
}

// sameHaveSameState is what must hold at any time between any two devices.
func (w *world) sameHaveSameState(t *rapid.T) {
	for i, a := range w.devices {
		for _, b := range w.devices[:i] {
			if maps.Equal(a.applied, b.applied) {
				mustEqual(t, a.replica, b.replica)
			}
		}
	}
}

func mustEqual(t *rapid.T, a, b *Replica) {
	if !maps.Equal(a.Have, b.Have) {
		t.Fatalf("vectors differ:\n%v\n%v", a.Have, b.Have)
	}
	if !reflect.DeepEqual(a.Entities, b.Entities) {
		t.Fatalf("states differ:\n%v\n%v", a.Entities, b.Entities)
	}
}

// A name is a register's name in the record.
type name struct{ kind, id, part, name string }

func named(c Change) name {
	switch c.Op {
	case OpDelete, OpUndelete:
		return name{c.Entity.Kind, c.Entity.ID, "life", ""}
	case OpSame, OpUnsame:
		return name{c.Entity.Kind, c.Entity.ID, "link", c.With}
	}
	return name{c.Entity.Kind, c.Entity.ID, "field", c.Field}
}

// standing returns what must be left of each register once all is known: every
// change but those that the author of another change to the same register had
// looked at.
func (w *world) standing() map[name][]Change {
	left := map[name][]Change{}
	for _, c := range w.sent {
		replaced := slices.ContainsFunc(w.sent, func(by Change) bool {
			return named(by) == named(c) && w.saw[by.Dot][c.Dot]
		})
		if !replaced {
			left[named(c)] = append(left[named(c)], c)
		}
	}
	for _, list := range left {
		slices.SortFunc(list, func(a, b Change) int {
			return -cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Log, b.Log))
		})
	}
	return left
}

// fate returns what must have become of an entity.
func (w *world) fate(ref Ref, left map[name][]Change) Fate {
	var deletes, edits []Change
	for of, list := range left {
		if of.kind != ref.Kind || of.id != ref.ID {
			continue
		}
		for _, c := range list {
			switch c.Op {
			case OpDelete:
				deletes = append(deletes, c)
			case OpSet, OpUndelete:
				edits = append(edits, c)
			}
		}
	}
	for _, edit := range edits {
		if !slices.ContainsFunc(deletes, func(d Change) bool { return w.saw[d.Dot][edit.Dot] }) && len(deletes) > 0 {
			return Returned
		}
	}
	if len(deletes) > 0 {
		return Deleted
	}
	return Kept
}

// mustBe compares a replica that has everything with what must be.
func (w *world) mustBe(r *Replica) {
	left := w.standing()
	for ref, e := range r.Entities {
		for slot, register := range e {
			of := name{ref.Kind, ref.ID, string(slot.Part), slot.Name}
			if got, want := brief(register), briefChanges(left[of]); !slices.Equal(got, want) {
				w.t.Fatalf("%v holds\n%v\nand should hold\n%v", of, got, want)
			}
		}
		if got, want := e.Fate(), w.fate(ref, left); got != want {
			w.t.Fatalf("%v is %s and should be %s", ref, got, want)
		}
	}
	for of := range left {
		if len(r.Entities[Ref{of.kind, of.id}][Slot{Part(of.part), of.name}]) == 0 {
			w.t.Fatalf("%v is gone", of)
		}
	}
	if got, want := r.Groups("contact"), w.groups(left); !maps.Equal(got, want) {
		w.t.Fatalf("groups are %v and should be %v", got, want)
	}
}

func brief(r Register) []string {
	var lines []string
	for _, v := range r {
		lines = append(lines, fmt.Sprint(v.Dot, v.At, v.Actor, v.Op, v.Value))
	}
	return lines
}

func briefChanges(list []Change) []string {
	var lines []string
	for _, c := range list {
		lines = append(lines, fmt.Sprint(c.Dot, c.At, c.Actor, c.Op, c.Value))
	}
	return lines
}

// groups spreads the smallest ID over the joined pairs until nothing moves.
func (w *world) groups(left map[name][]Change) map[string]string {
	group := map[string]string{}
	for range w.sent {
		for of, list := range left {
			if !slices.ContainsFunc(list, func(c Change) bool { return c.Op == OpSame }) {
				continue
			}
			a, b := cmp.Or(group[of.id], of.id), cmp.Or(group[of.name], of.name)
			group[of.id], group[of.name] = min(a, b), min(a, b)
		}
	}
	return group
}
