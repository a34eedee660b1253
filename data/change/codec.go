package change

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
	var at, op string
	read(m, "log", &c.Log, &err)
	read(m, "counter", &c.Counter, &err)
	read(m, "at", &at, &err)
	readVector(m, "deps", &c.Deps, &err)
	read(m, "schema", &c.Schema, &err)
	read(m, "actor", &c.Actor, &err)
	read(m, "op", &op, &err)
	c.Op = Op(op)
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
func read[T any](m object, name string, v *T, err *error) {
	raw := m.of(name)
	if raw == nil || *err != nil {
		return
	}
	var wrong error
	switch v := any(v).(type) {
	case *string:
		wrong = readString(raw, v)
	case *uint64:
		wrong = readNumber(raw, v)
	default:
		wrong = json.Unmarshal(raw, v)
	}
	if wrong != nil {
		*err = malformed("%s is of the wrong type", name)
	}
}

func readVector(m object, name string, v *Vector, err *error) {
	raw := m.of(name)
	if raw == nil || *err != nil || string(raw) == "null" {
		return
	}
	entries, wrong := readObject(raw)
	if wrong != nil {
		*err = wrong
		return
	}
	*v = make(Vector, len(entries))
	for _, e := range entries {
		var n uint64
		read(entries, e.name, &n, err)
		(*v)[e.name] = n
	}
}

// object is the members of a JSON object, by name.
type object []member

type member struct {
	name  string
	value json.RawMessage
}

// of is the value of a member, nil where it is not there.
func (o object) of(name string) json.RawMessage {
	if i, ok := slices.BinarySearchFunc(o, name, func(m member, name string) int { return strings.Compare(m.name, name) }); ok {
		return o[i].value
	}
	return nil
}

// readObject returns the members of a JSON object. Unlike json.Unmarshal it tells
// upper from lower case and refuses a name that occurs twice, so that every
// implementation reads the same change. The values are parts of text.
func readObject(text []byte) (object, error) {
	text = bytes.TrimLeft(text, jsonSpace)
	if len(text) == 0 || text[0] != '{' || !json.Valid(text) {
		return nil, malformed("not a JSON object")
	}
	var members object
	rest := bytes.TrimLeft(text[1:], jsonSpace)
	for rest[0] != '}' {
		end := valueEnd(rest)
		var m member
		if err := readString(rest[:end], &m.name); err != nil {
			return nil, malformed("%v", err)
		}
		rest = bytes.TrimLeft(rest[end:], jsonSpace+":")
		end = valueEnd(rest)
		m.value = rest[:end]
		rest = bytes.TrimLeft(rest[end:], jsonSpace+",")
		members = append(members, m)
	}
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	for i := range members[:max(len(members)-1, 0)] {
		if members[i].name == members[i+1].name {
			return nil, malformed("%q occurs twice", members[i].name)
		}
	}
	return members, nil
}

// jsonSpace is what may stand between the tokens of JSON.
const jsonSpace = " \t\r\n"

// valueEnd is where the value that begins valid JSON ends.
func valueEnd(text []byte) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case (c == '}' || c == ']') && depth > 0:
			depth--
		case depth == 0 && (c == ',' || c == '}' || c == ']' || c == ':' || strings.IndexByte(jsonSpace, c) >= 0):
			return i
		default:
			continue
		}
		if depth == 0 && !quoted {
			return i + 1
		}
	}
	return len(text)
}

// readString unmarshals a string, most of which are as they are written.
func readString(raw []byte, v *string) error {
	if raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0 {
		*v = string(raw[1 : len(raw)-1])
		return nil
	}
	return json.Unmarshal(raw, v)
}

// readNumber unmarshals a number, most of which are a few digits.
func readNumber(raw []byte, v *uint64) error {
	if len(raw) > 18 {
		return json.Unmarshal(raw, v)
	}
	var n uint64
	for _, c := range raw {
		if c < '0' || c > '9' {
			return json.Unmarshal(raw, v)
		}
		n = 10*n + uint64(c-'0')
	}
	*v = n
	return nil
}
