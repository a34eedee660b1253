package team

import (
	"crypto/sha256"
	"slices"

	"rapport/data/change"
)

// registerWire is one register of a space as a line of JSON, in snapshots and
// in the state's hash.
type registerWire struct {
	Kind     string        `json:"kind"`
	Entity   string        `json:"entity"`
	Part     change.Part   `json:"part"`
	Name     string        `json:"name,omitempty"`
	Versions []versionWire `json:"versions"`
}

type versionWire struct {
	Log     string        `json:"log"`
	Counter uint64        `json:"counter"`
	At      string        `json:"at"`
	Actor   string        `json:"actor,omitempty"`
	Op      change.Op     `json:"op"`
	Value   string        `json:"value,omitempty"`
	Over    change.Vector `json:"over,omitempty"`
}

func registerLine(ref change.Ref, slot change.Slot, r change.Register) []byte {
	w := registerWire{ref.Kind, ref.ID, slot.Part, slot.Name, make([]versionWire, 0, len(r))}
	for _, v := range r {
		w.Versions = append(w.Versions, versionWire{v.Log, v.Counter, v.At.String(), v.Actor, v.Op, v.Value, v.Over})
	}
	return asLine(w)
}

// opsOf are the operations that leave versions in the registers of each part.
var opsOf = map[change.Part][]change.Op{
	change.Field: {change.OpSet, change.OpErase},
	change.Life:  {change.OpDelete, change.OpUndelete},
	change.Link:  {change.OpSame, change.OpUnsame},
}

// readRegister reads what registerLine wrote.
func readRegister(line []byte) (change.Ref, change.Slot, change.Register, error) {
	var w registerWire
	if err := readLine(line, &w); err != nil {
		return change.Ref{}, change.Slot{}, nil, err
	}
	var r change.Register
	for _, v := range w.Versions {
		at, err := change.ParseHLC(v.At)
		if err != nil || v.Log == "" || v.Counter == 0 {
			return change.Ref{}, change.Slot{}, nil, refuse(Forged, "a version in it cannot be read")
		}
		r = append(r, change.Version{Dot: change.Dot{Log: v.Log, Counter: v.Counter}, At: at, Actor: v.Actor, Op: v.Op, Value: v.Value, Over: v.Over})
	}
	for _, v := range r {
		if !slices.Contains(opsOf[w.Part], v.Op) {
			return change.Ref{}, change.Slot{}, nil, refuse(Forged, "a version in it cannot be read")
		}
	}
	named := w.Part == change.Life && w.Name == "" || w.Part == change.Field && w.Name != "" || w.Part == change.Link && w.Name > w.Entity
	if !named || w.Kind == "" || w.Entity == "" || len(r) == 0 {
		return change.Ref{}, change.Slot{}, nil, refuse(Forged, "a register in it cannot be read")
	}
	return change.Ref{Kind: w.Kind, ID: w.Entity}, change.Slot{Part: w.Part, Name: w.Name}, r, nil
}

// A StateSum is a hash of a space's whole state that can be kept up to date: the
// exclusive or of the SHA-256 of every register's line. The zero StateSum is of
// an empty space. It is for finding faults, not for keeping out forgers.
type StateSum [sha256.Size]byte

// Toggle puts a register in, or takes out one that was put in.
func (s *StateSum) Toggle(ref change.Ref, slot change.Slot, r change.Register) {
	if len(r) == 0 {
		return
	}
	sum := sha256.Sum256(registerLine(ref, slot, r))
	for i := range s {
		s[i] ^= sum[i]
	}
}

// String is the hash as text.
func (s StateSum) String() string { return Text(s[:]) }

// SumOf is the sum of a whole state.
func SumOf(entities map[change.Ref]change.Entity) (s StateSum) {
	for ref, e := range entities {
		for slot, r := range e {
			s.Toggle(ref, slot, r)
		}
	}
	return s
}
