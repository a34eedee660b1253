package team

import (
	"bytes"
	"cmp"
	"iter"
	"maps"
	"slices"

	"rapport/data/change"
)

// A Snapshot is the state of a space at a vector, for newcomers. Whoever takes
// it trusts its author with it, as nothing in it can be checked change by
// change: take it from owners and admins.
type Snapshot struct {
	Space    string
	Have     change.Vector
	Heads    []string // the membership records by which it was judged, sorted
	Entities map[change.Ref]change.Entity
	By       Certificate
}

// A SnapshotPart is one piece of a snapshot.
type SnapshotPart struct {
	Of    string // what the parts of one snapshot have in common
	Part  int    // from 1
	Parts int
	Snapshot
}

type snapshotWire struct {
	Of    string        `json:"of"`
	Part  int           `json:"part"`
	Parts int           `json:"parts"`
	Have  change.Vector `json:"have"`
	Heads []string      `json:"heads"`
}

const (
	snapshotKind = "snapshot 1"
	maxParts     = 10_000
)

// SealSnapshot makes the pieces of a snapshot, sealed with an epoch's content
// key: names and bodies in order. Registers come in any order.
func SealSnapshot(s Snapshot, k Keys, epoch string, d Device) (iter.Seq2[string, []byte], error) {
	e, ok := k.Epochs[epoch]
	if !ok || !e.Whole() {
		return nil, refuse(NoKey, "there is no key for the epoch to seal with")
	}
	parts := splitRegisters(s.Entities)
	w := snapshotWire{Of: Text(newNonce()), Parts: len(parts), Have: s.Have.Clone(), Heads: append([]string{}, s.Heads...)}
	return func(yield func(string, []byte) bool) {
		for i, lines := range parts {
			w.Part = i + 1
			text := slices.Concat(asLine(w), []byte{'\n'}, pack(lines))
			body := envelope{snapshotKind, k.Space, epoch}.seal(e.content, newNonce(), sign(snapshotKind, k.Space, text, d).bytes())
			if !yield(Name(SnapshotPiece, body), body) {
				return
			}
		}
	}, nil
}

// splitRegisters writes registers one a line, in runs that each fit a piece; one
// at least.
func splitRegisters(entities map[change.Ref]change.Entity) [][]byte {
	runs := [][]byte{nil}
	refs := slices.SortedFunc(maps.Keys(entities), func(a, b change.Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	for _, ref := range refs {
		slots := slices.SortedFunc(maps.Keys(entities[ref]), func(a, b change.Slot) int {
			return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Name, b.Name))
		})
		for _, slot := range slots {
			line := registerLine(ref, slot, entities[ref][slot])
			if last := runs[len(runs)-1]; len(last) > 0 && len(last)+len(line) > wholesome {
				runs = append(runs, nil)
			}
			runs[len(runs)-1] = append(append(runs[len(runs)-1], line...), '\n')
		}
	}
	return runs
}

// OpenSnapshot opens and verifies one piece of a snapshot. Errors are *Refusal.
func OpenSnapshot(name string, body []byte, k Keys) (SnapshotPart, error) {
	p, err := openSnapshot(name, body, k)
	return p, about(err, name)
}

func openSnapshot(name string, body []byte, k Keys) (SnapshotPart, error) {
	_, _, inner, err := openPiece(SnapshotPiece, snapshotKind, name, body, k, contentKey)
	if err != nil {
		return SnapshotPart{}, err
	}
	s, err := readStatement(snapshotKind, k.Space, inner)
	if err != nil {
		return SnapshotPart{}, err
	}
	line, packed, _ := bytes.Cut(s.text, []byte{'\n'})
	var w snapshotWire
	if err := readLine(line, &w); err != nil {
		return SnapshotPart{}, err
	}
	if w.Part < 1 || w.Part > w.Parts || w.Parts > maxParts || w.Of == "" {
		return SnapshotPart{}, refuse(Forged, "it says to be part %d of %d", w.Part, w.Parts)
	}
	text, err := unpack(packed)
	if err != nil {
		return SnapshotPart{}, err
	}
	p := SnapshotPart{w.Of, w.Part, w.Parts, Snapshot{k.Space, w.Have, w.Heads, map[change.Ref]change.Entity{}, s.certificate}}
	for l := range bytes.Lines(text) {
		ref, slot, r, err := readRegister(bytes.TrimSuffix(l, []byte{'\n'}))
		if err != nil {
			return SnapshotPart{}, err
		}
		if p.Entities[ref] == nil {
			p.Entities[ref] = change.Entity{}
		}
		p.Entities[ref][slot] = r
	}
	return p, nil
}

// WholeSnapshot puts the parts of one snapshot together, in whatever order they
// come. It fails with a *Refusal: Early while some are missing.
func WholeSnapshot(parts []SnapshotPart) (Snapshot, error) {
	if len(parts) == 0 {
		return Snapshot{}, refuse(Early, "no part of the snapshot is here yet")
	}
	first, have := parts[0], map[int]bool{}
	whole := first.Snapshot
	whole.Entities = map[change.Ref]change.Entity{}
	for _, p := range parts {
		same := p.Of == first.Of && p.Parts == first.Parts && maps.Equal(p.Have, first.Have) && slices.Equal(p.Heads, first.Heads) &&
			p.By.Device() == first.By.Device()
		if !same {
			return Snapshot{}, refuse(Forged, "its parts are of different snapshots")
		}
		have[p.Part] = true
		for ref, e := range p.Entities {
			if whole.Entities[ref] == nil {
				whole.Entities[ref] = change.Entity{}
			}
			maps.Copy(whole.Entities[ref], e)
		}
	}
	if len(have) < first.Parts {
		return Snapshot{}, refuse(Early, "%d of %d parts of the snapshot are here", len(have), first.Parts)
	}
	return whole, nil
}
