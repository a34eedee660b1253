package change

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
)

// registerWire is one register of a space as a line of JSON, in snapshots and
// in the state's hash.
type registerWire struct {
	Kind     string        `json:"kind"`
	Entity   string        `json:"entity"`
	Part     Part          `json:"part"`
	Name     string        `json:"name,omitempty"`
	Versions []versionWire `json:"versions"`
}

type versionWire struct {
	Log     string `json:"log"`
	Counter uint64 `json:"counter"`
	At      string `json:"at"`
	Actor   string `json:"actor,omitempty"`
	Op      Op     `json:"op"`
	Value   string `json:"value,omitempty"`
	Over    Vector `json:"over,omitempty"`
}

// RegisterLine is a register as one line of JSON, without the line's end: always the
// same for the same versions.
func RegisterLine(ref Ref, slot Slot, r Register) []byte {
	w := registerWire{ref.Kind, ref.ID, slot.Part, slot.Name, make([]versionWire, 0, len(r))}
	for _, v := range r {
		w.Versions = append(w.Versions, versionWire{v.Log, v.Counter, v.At.String(), v.Actor, v.Op, v.Value, v.Over})
	}
	return canonical(w)
}

// opsOf are the operations that leave versions in the registers of each part.
var opsOf = map[Part][]Op{
	Field: {OpSet, OpErase},
	Life:  {OpDelete, OpUndelete},
	Link:  {OpSame, OpUnsame},
}

// ReadRegister reads what RegisterLine wrote, and nothing else. Errors wrap
// ErrMalformed.
func ReadRegister(line []byte) (Ref, Slot, Register, error) {
	var w registerWire
	if err := json.Unmarshal(line, &w); err != nil || !bytes.Equal(canonical(w), line) {
		return Ref{}, Slot{}, nil, malformed("a register is not in the form that Rapport writes")
	}
	var r Register
	for _, v := range w.Versions {
		at, err := ParseHLC(v.At)
		if err != nil || v.Log == "" || v.Counter == 0 || !slices.Contains(opsOf[w.Part], v.Op) {
			return Ref{}, Slot{}, nil, malformed("a version in it cannot be read")
		}
		r = append(r, Version{Dot: Dot{Log: v.Log, Counter: v.Counter}, At: at, Actor: v.Actor, Op: v.Op, Value: v.Value, Over: v.Over})
	}
	named := w.Part == Life && w.Name == "" || w.Part == Field && w.Name != "" || w.Part == Link && w.Name > w.Entity
	if !named || w.Kind == "" || w.Entity == "" || len(r) == 0 {
		return Ref{}, Slot{}, nil, malformed("a register in it cannot be read")
	}
	return Ref{Kind: w.Kind, ID: w.Entity}, Slot{Part: w.Part, Name: w.Name}, r, nil
}

func canonical(v any) []byte {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("bug: " + err.Error())
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n"))
}

// A StateSum is a hash of a space's whole state that can be kept up to date: the
// exclusive or of the SHA-256 of every register's line. The zero StateSum is of
// an empty space. It is for finding faults, not for keeping out forgers.
type StateSum [sha256.Size]byte

// Toggle puts a register in, or takes out one that was put in.
func (s *StateSum) Toggle(ref Ref, slot Slot, r Register) {
	if len(r) == 0 {
		return
	}
	sum := sha256.Sum256(RegisterLine(ref, slot, r))
	for i := range s {
		s[i] ^= sum[i]
	}
}

// String is the hash as text: RFC 4648's base32 in lower case, without padding.
func (s StateSum) String() string { return letters.EncodeToString(s[:]) }

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// SumOf is the sum of a whole state.
func SumOf(entities map[Ref]Entity) (s StateSum) {
	for ref, e := range entities {
		for slot, r := range e {
			s.Toggle(ref, slot, r)
		}
	}
	return s
}
