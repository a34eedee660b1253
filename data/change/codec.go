package change

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// wire is the order and the names of a change's members as Encode writes them.
type wire struct {
	Log     string `json:"log"`
	Counter uint64 `json:"counter"`
	At      string `json:"at"`
	Deps    Vector `json:"deps,omitempty"`
	Schema  int    `json:"schema"`
	Actor   string `json:"actor,omitempty"`
	Op      Op     `json:"op"`
	Kind    string `json:"kind"`
	Entity  string `json:"entity"`
	Field   string `json:"field,omitempty"`
	With    string `json:"with,omitempty"`
	Value   string `json:"value,omitempty"`
	Over    Vector `json:"over,omitempty"`
}

// Encode returns the change as one line of JSON, without the line's end. A
// decoded change comes out as the bytes it was decoded from. The error wraps
// ErrMalformed: nothing is written that Decode would refuse.
func (c Change) Encode() ([]byte, error) {
	if c.raw != nil {
		return bytes.Clone(c.raw), nil
	}
	if err := c.Check(); err != nil {
		return nil, err
	}
	if !c.Known() {
		return nil, malformed("op %q is unknown", c.Op)
	}
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(wire{c.Log, c.Counter, c.At.String(), c.Deps, c.Schema, c.Actor, c.Op,
		c.Entity.Kind, c.Entity.ID, c.Field, c.With, c.Value, c.Over})
	if err != nil {
		return nil, fmt.Errorf("change: %w", err)
	}
	return bytes.TrimSuffix(line.Bytes(), []byte("\n")), nil
}

// Decode reads one change. Members it does not know, and everything but the
// envelope of an operation it does not know, are left alone and survive in
// Encode. Errors wrap ErrMalformed.
func Decode(line []byte) (Change, error) {
	if !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") {
		return Change{}, malformed("not one line of UTF-8")
	}
	m, err := readObject(line)
	if err != nil {
		return Change{}, err
	}
	c := Change{raw: bytes.Clone(line)}
	var at string
	read(m, "log", &c.Log, &err)
	read(m, "counter", &c.Counter, &err)
	read(m, "at", &at, &err)
	readVector(m, "deps", &c.Deps, &err)
	read(m, "schema", &c.Schema, &err)
	read(m, "actor", &c.Actor, &err)
	read(m, "op", &c.Op, &err)
	if c.Known() {
		read(m, "kind", &c.Entity.Kind, &err)
		read(m, "entity", &c.Entity.ID, &err)
		read(m, "field", &c.Field, &err)
		read(m, "with", &c.With, &err)
		read(m, "value", &c.Value, &err)
		readVector(m, "over", &c.Over, &err)
	}
	if err == nil {
		c.At, err = ParseHLC(at)
	}
	if err == nil {
		err = c.Check()
	}
	if err != nil {
		return Change{}, err
	}
	return c, nil
}

// read unmarshals a member into v and keeps the first error in err. A member that
// is null or not there leaves v alone.
func read[T any](m map[string]json.RawMessage, name string, v *T, err *error) {
	raw, ok := m[name]
	if !ok || *err != nil {
		return
	}
	if json.Unmarshal(raw, v) != nil {
		*err = malformed("%s is of the wrong type", name)
	}
}

func readVector(m map[string]json.RawMessage, name string, v *Vector, err *error) {
	raw, ok := m[name]
	if !ok || *err != nil || string(raw) == "null" {
		return
	}
	entries, wrong := readObject(raw)
	if wrong != nil {
		*err = wrong
		return
	}
	*v = Vector{}
	for log := range entries {
		var n uint64
		read(entries, log, &n, err)
		(*v)[log] = n
	}
}

// readObject returns the members of a JSON object. Unlike json.Unmarshal it tells
// upper from lower case and refuses a name that occurs twice, so that every
// implementation reads the same change.
func readObject(text []byte) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	if start, err := dec.Token(); err != nil || start != json.Delim('{') || !json.Valid(text) {
		return nil, malformed("not a JSON object")
	}
	members := map[string]json.RawMessage{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, malformed("%v", err)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, malformed("%v", err)
		}
		if _, twice := members[name.(string)]; twice {
			return nil, malformed("%q occurs twice", name)
		}
		members[name.(string)] = raw
	}
	return members, nil
}
