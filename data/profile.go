package data

import (
	"slices"
	"strings"
)

// KindProfile is its name in the change log.
const KindProfile = "profile"

// Profile is a type of customer: what is true of all of its kind, until one
// account says otherwise. It is the team's own.
type Profile struct {
	Belongs
	Name string `reg:"name"` // "Museum"
	// Says are facts by name (see FactNames), several of one name on lines.
	Says map[string]string `reg:"says/"`
}

// PartKind is KindProfile.
func (p Profile) PartKind() string { return KindProfile }

// Standing is open, without a date.
func (p Profile) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (p Profile) Check() error {
	if strings.TrimSpace(p.Name) == "" {
		return invalid("name", "a customer type needs a name")
	}
	for name := range p.Says {
		if n, ok := FactNameOf(name); !ok || !n.Account {
			return invalid("fact", "%q is not known of accounts; use one of %s", name, strings.Join(factNames(false), ", "))
		}
	}
	return nil
}

// InheritedFrom is the source of a fact that an account has from its type.
const InheritedFrom = "from its customer type"

// FactsOf are an account's facts that still hold: its own, and of each name that
// it has none of its own those of its type.
func FactsOf(account string, own []Fact, typ Profile) []Fact {
	var list []Fact
	for _, f := range own {
		if f.Account == account && f.Contact == "" && f.Until == "" {
			list = append(list, f)
		}
	}
	for _, name := range FactNames {
		if typ.Says[name.Name] == "" || slices.ContainsFunc(list, func(f Fact) bool { return f.Name == name.Name }) {
			continue
		}
		for line := range strings.Lines(typ.Says[name.Name]) {
			if line = strings.TrimSpace(line); line != "" {
				list = append(list, Fact{Belongs: Belongs{Account: account}, Name: name.Name, Value: line, Source: InheritedFrom, Confidence: IsLikely})
			}
		}
	}
	return list
}
