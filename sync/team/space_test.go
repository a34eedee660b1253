package team

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/change"
)

// A house is a space as one laptop sees it.
type house struct {
	t       testing.TB
	person  Person
	device  Device
	keys    Keys
	records []change.Record
	m       change.Membership
	clock   change.HLC
}

// founded is a new space of somebody.
func founded(t testing.TB, seed byte) *house {
	t.Helper()
	p := somebody(t, seed)
	h := &house{t: t, person: p, device: laptop(t, p, "laptop"), clock: change.Next(0, start)}
	k, r, name, body, err := NewSpace(change.Record{Name: "Larkfield", Kind: "team", Called: "Maya", At: h.clock}, h.device)
	if err != nil {
		t.Fatal(err)
	}
	h.keys = k
	h.take(name, body)
	if h.m.Space != r.ID || h.m.Members[p.ID()].Role != change.Owner || h.m.Members[p.ID()].Card != p.Card().String() {
		t.Fatalf("%+v", h.m)
	}
	return h
}

// take opens a record's piece and judges the space anew.
func (h *house) take(name string, body []byte) SignedRecord {
	h.t.Helper()
	r, err := OpenRecord(name, body, h.keys)
	if err != nil {
		h.t.Fatal(err)
	}
	h.records = append(h.records, r.Record)
	h.m = change.Judge(h.keys.Space, h.records)
	return r
}

// say seals a record of this laptop and takes it.
func (h *house) say(r change.Record) (string, []byte) {
	h.t.Helper()
	h.clock++
	r.At, r.After = h.clock, h.m.Heads
	epoch := h.m.Epochs[len(h.m.Epochs)-1]
	_, name, body, err := SealRecord(r, h.keys, epoch, h.device)
	if err != nil {
		h.t.Fatal(err)
	}
	got := h.take(name, body)
	if why := h.m.Void[got.ID]; why != "" {
		h.t.Fatalf("%+v: %s", r, why)
	}
	return name, body
}

// join lets somebody answer an invitation and be admitted, and returns their
// laptop.
func (h *house) join(i Invitation, seed byte, called string, opened Invitation) *house {
	h.t.Helper()
	p := somebody(h.t, seed)
	guest := &house{t: h.t, person: p, device: laptop(h.t, p, called+"'s laptop"), clock: h.clock}
	name, body, err := opened.Answer(called, guest.device)
	if err != nil {
		h.t.Fatal(err)
	}
	a, err := OpenAnswer(name, body, h.m.Space, h.person)
	if err != nil {
		h.t.Fatal(err)
	}
	r, err := a.Admit(h.m, i.Until)
	if err != nil {
		h.t.Fatal(err)
	}
	h.say(r)
	guest.hearAll(h)
	return guest
}

// hearAll gives a laptop keys by a key piece, and all records.
func (h *house) hearAll(from *house) {
	h.t.Helper()
	name, body, err := SealKeys(from.keys.KeysFor(from.m, h.person.ID()), h.person.Card(), from.device)
	if err != nil {
		h.t.Fatal(err)
	}
	g, err := OpenKeys(name, body, from.keys.Space, h.person)
	if err != nil {
		h.t.Fatal(err)
	}
	if g.By.Person.ID() != from.person.ID() {
		h.t.Fatalf("the keys are by %s", g.By.Person.ID())
	}
	h.keys, h.records, h.m = g.Keys, slices.Clone(from.records), from.m
}

func TestASpaceFromItsBeginningToARemoval(t *testing.T) {
	maya := founded(t, 1)
	i, r := NewInvitation(maya.m, maya.device, change.Editor, "Tom", start.AddDate(0, 0, 7))
	r.History = true
	maya.say(r)
	opened, err := ReadInvitation(i.File(maya.device), start)
	if err != nil || opened.Name != "Larkfield" || opened.Called != "Maya" || opened.Role != change.Editor || !opened.Until.Equal(i.Until) {
		t.Fatalf("%+v, %v", opened, err)
	}
	tom := maya.join(i, 2, "Tom", opened)
	if m := tom.m.Members[tom.person.ID()]; m.Role != change.Editor || m.Name != "Tom" || !tom.keys.Epochs[tom.m.Epochs[0]].Whole() {
		t.Fatalf("%+v", m)
	}
	name, body := tom.say(change.Record{Deed: change.AddDevice})
	maya.take(name, body)
	if maya.m.Devices[tom.device.ID()] != tom.person.ID() {
		t.Fatal("Tom's laptop is nobody's")
	}

	log := tom.device.NewLog()
	maya.say(change.Record{Deed: change.Remove, Person: tom.person.ID(), Seen: change.Vector{log: 4}})
	if !maya.m.NeedsRotation() {
		t.Fatal("Tom has the key, and nobody says so")
	}
	next := NewEpoch()
	maya.keys.Add(next)
	name, body = maya.say(change.Record{Deed: change.Rotate, Epoch: next.ID})
	if r, err := OpenRecord(name, body, tom.keys); err != nil || r.Epoch == next.ID {
		t.Fatalf("those who were there cannot read that the key changed: %v", err)
	}
	if maya.m.NeedsRotation() || len(maya.keys.KeysFor(maya.m, tom.person.ID()).Epochs) != 0 {
		t.Fatal("Tom may still have keys")
	}
	j := maya.m.Judgement(log)
	if j.Role(4) != change.Editor || j.Role(5) != "" {
		t.Fatalf("%+v", j)
	}
}

func TestNewcomersFromNowOnDoNotReadWhatWas(t *testing.T) {
	maya := founded(t, 1)
	old := maya.m.Epochs[0]
	i, r := NewInvitation(maya.m, maya.device, change.Reader, "Anna", start)
	maya.say(r)
	anna := maya.join(i, 3, "Anna", i)
	next := NewEpoch()
	maya.keys.Add(next)
	maya.say(change.Record{Deed: change.Rotate, Epoch: next.ID})
	anna.hearAll(maya)
	if anna.keys.Epochs[old].Whole() || !anna.keys.Epochs[next.ID].Whole() {
		t.Fatal("who joined from now on reads what was, or not what will be")
	}
	d := &desk{device: maya.device, keys: maya.keys, epoch: old, author: change.Author{Log: maya.device.NewLog(), Schema: 1, Have: change.Vector{}}}
	name, body := d.seal(t, d.write(2))
	if _, err := OpenSegment(name, body, anna.keys); !isRefused(err, NoKey) {
		t.Fatalf("%v", err)
	}
	d.epoch = next.ID
	name, body = d.seal(t, d.write(2))
	if _, err := OpenSegment(name, body, anna.keys); err != nil {
		t.Fatal(err)
	}
}

func isRefused(err error, why Why) bool {
	r, ok := IsRefusal(err)
	return ok && r.Why == why && len(r.Says) > 20
}

func TestInvitationByCode(t *testing.T) {
	maya := founded(t, 1)
	until := start.AddDate(0, 0, 1)
	code, name, body, r, err := NewCode(maya.m, maya.device, change.Contributor, "Anna", until)
	if err != nil {
		t.Fatal(err)
	}
	maya.say(r)
	typed, err := ReadCode(" " + strings.ToLower(strings.ReplaceAll(code, "-", " ")))
	if err != nil {
		t.Fatal(err)
	}
	if _, tag, _, _ := Parts(name); tag != typed.Tag {
		t.Fatal("the code does not find its piece")
	}
	i, err := typed.Open(name, body, until)
	if err != nil || i.Space != maya.m.Space || i.Role != change.Contributor {
		t.Fatalf("%+v, %v", i, err)
	}
	guest := laptop(t, somebody(t, 4), "Anna's laptop")
	name2, answer, err := i.Answer("Anna", guest)
	if err != nil {
		t.Fatal(err)
	}
	a, err := OpenAnswer(name2, answer, maya.m.Space, maya.person)
	if err != nil || !a.MustConfirm() || a.Fingerprint() != Spoken(somebody(t, 4).ID()) || len(a.Fingerprint()) != 31 {
		t.Fatalf("%+v, %v", a, err)
	}
	if _, err := a.Admit(maya.m, until); err != nil {
		t.Fatal(err)
	}
	if _, err := typed.Open(name, body, until.Add(time.Second)); !isRefused(err, Late) {
		t.Errorf("after its time: %v", err)
	}
	other, err := ReadCode("AAAAA-AAAAA")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Open(name, body, until); !isRefused(err, Foreign) {
		t.Errorf("another code: %v", err)
	}
	var wrong *data.Invalid
	if _, err := ReadCode("AAAA"); !errors.As(err, &wrong) {
		t.Errorf("half a code: %v", err)
	}
}

func TestAnswersThatAreNotLetIn(t *testing.T) {
	maya := founded(t, 1)
	until := start.AddDate(0, 0, 1)
	i, r := NewInvitation(maya.m, maya.device, change.Editor, "Tom", until)
	maya.say(r)
	answer := func(i Invitation, seed byte) Answer {
		name, body, err := i.Answer("Tom", laptop(t, somebody(t, seed), "x"))
		if err != nil {
			t.Fatal(err)
		}
		a, err := OpenAnswer(name, body, maya.m.Space, maya.person)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	guessed := i
	guessed.Secret = byFile + Text(make([]byte, secretLength))
	if _, err := answer(guessed, 5).Admit(maya.m, start); !isRefused(err, Forged) {
		t.Errorf("a guessed secret: %v", err)
	}
	if _, err := answer(i, 1).Admit(maya.m, start); !isRefused(err, Foreign) {
		t.Errorf("a member: %v", err)
	}
	if _, err := answer(i, 5).Admit(maya.m, until.Add(time.Second)); !isRefused(err, Late) {
		t.Errorf("too late: %v", err)
	}
	r, err := answer(i, 5).Admit(maya.m, until)
	if err != nil {
		t.Fatal(err)
	}
	maya.say(r)
	if _, err := answer(i, 6).Admit(maya.m, start); !isRefused(err, Late) {
		t.Errorf("a secret that was used: %v", err)
	}
	other := founded(t, 7)
	if _, err := answer(i, 5).Admit(other.m, start); !isRefused(err, Foreign) {
		t.Errorf("another space: %v", err)
	}
}

func TestWordsTellWhoHasWhatAndWhetherItIsTheSame(t *testing.T) {
	d := newDesk(t, 1)
	replica := change.NewReplica()
	for _, c := range d.write(50) {
		replica.Receive(c)
	}
	w := Word{At: 7, Have: replica.Have, Heads: []string{hashOf("x", nil)}, State: change.SumOf(replica.Entities).String()}
	name, body, err := SealWord(w, d.keys, d.epoch, d.device)
	if err != nil {
		t.Fatal(err)
	}
	if _, tag, _, _ := Parts(name); tag != WordTag(d.keys.Space, d.device.ID()) {
		t.Error("the name does not tell whose word it is")
	}
	got, err := OpenWord(name, body, d.keys)
	w.Space, w.Device, w.Person = d.keys.Space, d.device.ID(), d.device.Certificate.Person.ID()
	if err != nil || !reflect.DeepEqual(got, w) {
		t.Fatalf("%+v, %v", got, err)
	}
	other := w
	other.State = change.StateSum{}.String()
	further := other
	further.Have = change.Vector{"x-1": 1}
	unheard := other
	unheard.Heads = nil
	if w.Diverges(got) || !w.Diverges(other) || w.Diverges(further) || w.Diverges(unheard) {
		t.Error("divergence is not told rightly")
	}
}

func TestTheSumOfAStateDoesNotDependOnTheWayThere(t *testing.T) {
	d := newDesk(t, 1)
	changes := d.write(60)
	replica := change.NewReplica()
	var kept change.StateSum
	for _, c := range changes {
		before := replica.Entities[c.Entity][c.Slot()]
		kept.Toggle(c.Entity, c.Slot(), before)
		replica.Receive(c)
		kept.Toggle(c.Entity, c.Slot(), replica.Entities[c.Entity][c.Slot()])
	}
	if kept != change.SumOf(replica.Entities) || kept == (change.StateSum{}) {
		t.Error("the sum that was kept up is another")
	}
	less := change.NewReplica()
	for _, c := range changes[:59] {
		less.Receive(c)
	}
	if change.SumOf(less.Entities) == kept {
		t.Error("another state has the same sum")
	}
}

func TestSnapshots(t *testing.T) {
	d := newDesk(t, 1)
	replica := change.NewReplica()
	for i := range 6 {
		replica.Receive(d.author.Set(start, change.Ref{Kind: "note", ID: string(rune('a' + i))}, "text", noise(300_000), nil))
	}
	replica.Receive(d.author.Delete(start, change.Ref{Kind: "note", ID: "a"}, replica.Entities[change.Ref{Kind: "note", ID: "a"}]))
	tips := map[string]string{d.author.Log: Name(SegmentPiece, nil)}
	pieces, err := SealSnapshot(Snapshot{Have: replica.Have, Heads: []string{"h"}, Tips: tips, Entities: replica.Entities}, d.keys, d.epoch, d.device)
	if err != nil {
		t.Fatal(err)
	}
	var parts []SnapshotPart
	for _, piece := range pieces {
		if err := Fit(piece.Name, piece.Body); err != nil {
			t.Fatal(err)
		}
		p, err := OpenSnapshot(piece.Name, piece.Body, d.keys)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, p)
	}
	if len(parts) < 2 {
		t.Fatalf("it came in %d parts", len(parts))
	}
	if _, err := WholeSnapshot(parts[1:]); !isRefused(err, Early) {
		t.Errorf("without a part: %v", err)
	}
	slices.Reverse(parts)
	whole, err := WholeSnapshot(parts)
	if err != nil || !maps.Equal(whole.Have, replica.Have) || !reflect.DeepEqual(whole.Entities, replica.Entities) || whole.By.Device() != d.device.ID() {
		t.Fatalf("%v", err)
	}
	mixed := slices.Clone(parts)
	mixed[0].Of = "another"
	if _, err := WholeSnapshot(mixed); !isRefused(err, Forged) {
		t.Errorf("parts of two: %v", err)
	}
	empty, err := SealSnapshot(Snapshot{}, d.keys, d.epoch, d.device)
	if err != nil {
		t.Fatal(err)
	}
	for _, piece := range empty {
		if p, err := OpenSnapshot(piece.Name, piece.Body, d.keys); err != nil || p.Parts != 1 || len(p.Entities) != 0 {
			t.Errorf("an empty space: %+v, %v", p, err)
		}
	}
}
