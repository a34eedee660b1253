package data

import (
	"slices"
	"strings"
)

// Fields are the shareable values of one thing by register name. A name with a
// slash is one member of a set: "domain/kestrel.example" → "1". A value that is
// not there is a register that is empty.
type Fields map[string]string

func (f Fields) text(name, value string) {
	if value != "" {
		f[name] = value
	}
}

func (f Fields) set(prefix string, members []string) {
	for _, m := range members {
		f[prefix+m] = "1"
	}
}

func (f Fields) members(prefix string) []string {
	var list []string
	for name := range f {
		if m, ok := strings.CutPrefix(name, prefix); ok {
			list = append(list, m)
		}
	}
	slices.Sort(list)
	return list
}

// setMember is which member of a set a register is about, by the value that it has
// or had; false for what is no set.
func setMember(register, value string) (set, member string, ok bool) {
	set, member, ok = strings.Cut(register, "/")
	if words, joint := jointMember(register, value); joint {
		return set, words, ok
	}
	if strings.HasPrefix(register, addressSet) {
		_, member, _ = strings.Cut(value, " ")
	}
	return set, member, ok
}

// Kinds of shareable things, as the change log names them.
const (
	KindAccount     = "account"
	KindContact     = "contact"
	KindInteraction = "interaction"
)

// KnownField says whether this version understands the register of the kind.
// What it does not understand is kept, forwarded and never shown as if it were.
func KnownField(kind, field string) bool {
	name, _, _ := strings.Cut(field, "/")
	return slices.Contains(knownFields[kind], name)
}

var knownFields = map[string][]string{
	KindAccount:     {"name", "tier", "sector", "owner", "since", "parent", "type", "care", "mode", "stage", "tier-on", "tier-why", "archived", "archived-why", "domain"},
	KindContact:     {"name", "account", "role", "phone", "side", "address"},
	KindObservation: {ObservationField},
	KindInteraction: {"kind", "at", "minutes", "account", "with", "subject", "text", "by"},
}
