package team

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	"rapport/data/change"
)

// A Snapshot is the state of a space at a vector, for newcomers. Whoever takes
// it trusts its author with it, as nothing in it can be checked change by
// change: take it from owners and admins.
type Snapshot struct {
	Space string
	Epoch string // whose key seals it
	Have  change.Vector
	Heads []string // the membership records by which it was judged, sorted
	// Tips are the names of the segments that end where Have does, by log, so that
	// what follows can be told.
	Tips     map[string]string
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
	Of    string            `json:"of"`
	Part  int               `json:"part"`
	Parts int               `json:"parts"`
	Have  change.Vector     `json:"have"`
	Heads []string          `json:"heads"`
	Tips  map[string]string `json:"tips"`
}

const (
	snapshotKind = "snapshot 1"
	maxParts     = 10_000
	maxVersions  = 1000 // of one register
)

// A SealedPart is a piece of a snapshot.
type SealedPart struct {
	Name string
	Body []byte
}

// SealSnapshot makes the pieces of a snapshot, sealed with an epoch's content
// key, in order. It fails with ErrTooLarge for a single text that is too large to
// travel in one.
func SealSnapshot(s Snapshot, k Keys, epoch string, d Device) ([]SealedPart, error) {
	e, ok := k.Epochs[epoch]
	if !ok || !e.Whole() {
		return nil, refuse(NoKey, "there is no key for the epoch to seal with")
	}
	runs := splitRegisters(s.Entities)
	w := snapshotWire{Of: Text(newNonce()), Parts: len(runs), Have: s.Have.Clone(), Heads: append([]string{}, s.Heads...), Tips: map[string]string{}}
	maps.Copy(w.Tips, s.Tips)
	var parts []SealedPart
	for i, lines := range runs {
		w.Part = i + 1
		text := slices.Concat(asLine(w), []byte{'\n'}, pack(lines))
		body := envelope{snapshotKind, k.Space, epoch}.seal(e.content, newNonce(), sign(snapshotKind, k.Space, text, d).bytes())
		if len(body) > MaxPiece {
			return nil, ErrTooLarge
		}
		parts = append(parts, SealedPart{Name(SnapshotPiece, body), body})
	}
	return parts, nil
}

// splitRegisters writes registers one a line, in runs that each fit a piece; one
// at least. A register whose versions are together too large takes a line for each.
func splitRegisters(entities map[change.Ref]change.Entity) [][]byte {
	runs := [][]byte{nil}
	add := func(line []byte) {
		if last := runs[len(runs)-1]; len(last) > 0 && len(last)+len(line) > wholesome {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(append(runs[len(runs)-1], line...), '\n')
	}
	refs := slices.SortedFunc(maps.Keys(entities), func(a, b change.Ref) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
	})
	for _, ref := range refs {
		slots := slices.SortedFunc(maps.Keys(entities[ref]), func(a, b change.Slot) int {
			return cmp.Or(cmp.Compare(a.Part, b.Part), cmp.Compare(a.Name, b.Name))
		})
		for _, slot := range slots {
			r := entities[ref][slot]
			if line := change.RegisterLine(ref, slot, r); len(line) <= wholesome || len(r) == 1 {
				add(line)
				continue
			}
			for i := range r {
				add(change.RegisterLine(ref, slot, r[i:i+1]))
			}
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
	e, _, inner, err := openPiece(SnapshotPiece, snapshotKind, name, body, k, contentKey)
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
	if err := w.check(); err != nil {
		return SnapshotPart{}, err
	}
	text, err := unpack(packed)
	if err != nil {
		return SnapshotPart{}, err
	}
	p := SnapshotPart{w.Of, w.Part, w.Parts, Snapshot{k.Space, e.epoch, w.Have, w.Heads, w.Tips, map[change.Ref]change.Entity{}, s.certificate}}
	for l := range bytes.Lines(text) {
		ref, slot, r, err := change.ReadRegister(bytes.TrimSuffix(l, []byte{'\n'}))
		if err != nil {
			return SnapshotPart{}, refuse(Forged, "what it holds cannot be read: %s", err)
		}
		if err := p.join(ref, slot, r); err != nil {
			return SnapshotPart{}, err
		}
	}
	return p, nil
}

func (w snapshotWire) check() error {
	switch {
	case w.Part < 1 || w.Part > w.Parts || w.Parts > maxParts || w.Of == "":
		return refuse(Forged, "it says to be part %d of %d", w.Part, w.Parts)
	case len(w.Tips) != len(w.Have) || len(w.Heads) > maxHeads || !slices.IsSorted(w.Heads):
		return refuse(Forged, "it does not say rightly where its logs end")
	}
	for log, n := range w.Have {
		if n < 1 || !isSegmentName(w.Tips[log]) {
			return refuse(Forged, "it does not say rightly where its logs end")
		}
	}
	return nil
}

// join puts versions of a register to those that are here. Each change left one
// version at most, and is one of those that the snapshot has.
func (s *Snapshot) join(ref change.Ref, slot change.Slot, r change.Register) error {
	if s.Entities[ref] == nil {
		s.Entities[ref] = change.Entity{}
	}
	was := s.Entities[ref][slot]
	for _, v := range r {
		twice := slices.ContainsFunc(was, func(o change.Version) bool { return o.Dot == v.Dot })
		if twice || !s.Have.Has(v.Dot) || len(was) >= maxVersions {
			return refuse(Forged, "a register in it holds what it cannot hold")
		}
		was = append(was, v)
	}
	change.Sort(was)
	s.Entities[ref][slot] = was
	return nil
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
		if !p.goesWith(first) || have[p.Part] {
			return Snapshot{}, refuse(Forged, "its parts are of different snapshots")
		}
		have[p.Part] = true
		for ref, e := range p.Entities {
			for slot, r := range e {
				if err := whole.join(ref, slot, r); err != nil {
					return Snapshot{}, err
				}
			}
		}
	}
	if len(have) < first.Parts {
		return Snapshot{}, refuse(Early, "%d of %d parts of the snapshot are here", len(have), first.Parts)
	}
	return whole, nil
}

// goesWith says whether two parts say to be of one snapshot.
func (p SnapshotPart) goesWith(o SnapshotPart) bool {
	return p.Of == o.Of && p.Parts == o.Parts && p.Epoch == o.Epoch && maps.Equal(p.Have, o.Have) && maps.Equal(p.Tips, o.Tips) &&
		slices.Equal(p.Heads, o.Heads) && p.By.Device() == o.By.Device()
}
