package change

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// recordWire is the order and the names of a record's members as Encode writes
// them.
type recordWire struct {
	Space      string      `json:"space,omitempty"`
	After      []string    `json:"after,omitempty"`
	At         string      `json:"at"`
	Deed       Deed        `json:"deed"`
	Name       string      `json:"name,omitempty"`
	Kind       string      `json:"kind,omitempty"`
	Epoch      string      `json:"epoch,omitempty"`
	Person     string      `json:"person,omitempty"`
	Laptop     string      `json:"laptop,omitempty"`
	Card       string      `json:"card,omitempty"`
	Called     string      `json:"called,omitempty"`
	Side       string      `json:"side,omitempty"`
	Discipline string      `json:"discipline,omitempty"`
	Role       Role        `json:"role,omitempty"`
	History    bool        `json:"history,omitempty"`
	Invite     string      `json:"invite,omitempty"`
	Until      int64       `json:"until,omitempty"`
	Seen       Vector      `json:"seen,omitempty"`
	Ranges     []rangeWire `json:"ranges,omitempty"`
}

type rangeWire struct {
	Log   string `json:"log"`
	First uint64 `json:"first"`
	Last  uint64 `json:"last"`
}

// Encode returns the record's body as one line of JSON, without the line's end.
// The error wraps ErrMalformed: nothing is written that DecodeRecord would
// refuse.
func (r Record) Encode() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	if !r.Known() {
		return nil, malformed("deed %q is unknown", r.Deed)
	}
	w := recordWire{r.Space, r.After, r.At.String(), r.Deed, r.Name, r.Kind, r.Epoch, r.Person, r.Laptop, r.Card, r.Called, r.Side,
		r.Discipline, r.Role, r.History, r.Invite, r.Until, r.Seen, nil}
	for _, g := range r.Ranges {
		w.Ranges = append(w.Ranges, rangeWire(g))
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(w); err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n")), nil
}

// DecodeRecord reads a record's body. Members it does not know, and all but
// space, after and at of a deed it does not know, are left alone; ID, By and
// Device are for the caller to fill in. Errors wrap ErrMalformed.
func DecodeRecord(line []byte) (Record, error) {
	if !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") {
		return Record{}, malformed("not one line of UTF-8")
	}
	m, err := readObject(line)
	if err != nil {
		return Record{}, err
	}
	var r Record
	var at, deed string
	read(m, "space", &r.Space, &err)
	readTexts(m, "after", &r.After, &err)
	read(m, "at", &at, &err)
	read(m, "deed", &deed, &err)
	r.Deed = Deed(deed)
	if r.Known() {
		readDeed(m, &r, &err)
	}
	if err == nil {
		r.At, err = ParseHLC(at)
	}
	if err == nil {
		err = r.Check()
	}
	if err != nil {
		return Record{}, err
	}
	return r, nil
}

// readDeed reads what the deeds we know have.
func readDeed(m object, r *Record, err *error) {
	var role string
	var until uint64
	for name, v := range map[string]*string{"name": &r.Name, "kind": &r.Kind, "epoch": &r.Epoch, "person": &r.Person, "laptop": &r.Laptop, "card": &r.Card,
		"called": &r.Called, "side": &r.Side, "discipline": &r.Discipline, "role": &role, "invite": &r.Invite} {
		read(m, name, v, err)
	}
	read(m, "history", &r.History, err)
	read(m, "until", &until, err)
	readVector(m, "seen", &r.Seen, err)
	readRanges(m, &r.Ranges, err)
	r.Role, r.Until = Role(role), int64(min(until, maxCounter))
}

// readTexts unmarshals a list of texts.
func readTexts(m object, name string, v *[]string, err *error) {
	for _, raw := range elements(m, name, err) {
		var s string
		read(object{{name, raw}}, name, &s, err)
		*v = append(*v, s)
	}
}

func readRanges(m object, v *[]Range, err *error) {
	for _, raw := range elements(m, "ranges", err) {
		one, wrong := readObject(raw)
		if wrong != nil {
			*err = wrong
			return
		}
		var g Range
		read(one, "log", &g.Log, err)
		read(one, "first", &g.First, err)
		read(one, "last", &g.Last, err)
		*v = append(*v, g)
	}
}

// elements are those of a list; none where it is null or not there.
func elements(m object, name string, err *error) (list []json.RawMessage) {
	read(m, name, &list, err)
	return list
}
