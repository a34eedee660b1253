package data

import (
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Tier is the care that an account is owed: A (closest work), B (steady work),
// C (light touch), or "" when nobody has decided.
type Tier string

// The tiers, in the order of care.
const (
	TierA Tier = "A"
	TierB Tier = "B"
	TierC Tier = "C"
)

// Tiers lists the tiers in the order of care.
var Tiers = []Tier{TierA, TierB, TierC}

// ParseTier reads a tier in either case. "" is no tier.
func ParseTier(s string) (Tier, error) {
	t := Tier(strings.ToUpper(strings.TrimSpace(s)))
	if t == "" || slices.Contains(Tiers, t) {
		return t, nil
	}
	return "", invalid("tier", "%q is not a tier; use A, B or C", s)
}

// Account is a customer organisation that the team looks after.
type Account struct {
	ID   string
	Name string
	// Domains are the mail domains that belong to it, normalised, sorted.
	Domains []string
	Tier    Tier
	// Sector is a short line about what it is, "Culture, 4 sites".
	Sector string
	// Owner is the name of the colleague who looks after it.
	Owner string
	// Since is the date since which it has been a customer, 2006-01-02, or "".
	Since string
	// RecordedAt is when this laptop learned of it.
	RecordedAt time.Time
}

// Tidy returns the account with its texts trimmed and its domains normalised,
// sorted and free of duplicates.
func (a Account) Tidy() Account {
	a.Name = strings.Join(strings.Fields(a.Name), " ")
	a.Sector = strings.TrimSpace(a.Sector)
	a.Owner = strings.TrimSpace(a.Owner)
	domains := make([]string, 0, len(a.Domains))
	for _, d := range a.Domains {
		if d = NormalDomain(d); d != "" {
			domains = append(domains, d)
		}
	}
	slices.Sort(domains)
	a.Domains = slices.Compact(domains)
	return a
}

// Check says why the account cannot be kept, or nil.
func (a Account) Check() error {
	if a.Name == "" {
		return invalid("name", "an account needs a name")
	}
	for _, d := range a.Domains {
		if !strings.Contains(d, ".") || strings.ContainsAny(d, "@/ \t") {
			return invalid("domain", "%q is not a mail domain; write it like kestrel.example", d)
		}
		if IsPublicDomain(d, nil) {
			return invalid("domain", "%s is used by people of many organisations, so it cannot name one account; add the person as a contact instead", d)
		}
	}
	if a.Since != "" {
		if _, err := time.Parse(time.DateOnly, a.Since); err != nil {
			return invalid("since", "%q is not a date; write it like 2021-03-31", a.Since)
		}
	}
	_, err := ParseTier(string(a.Tier))
	return err
}

// NormalDomain returns a mail domain in lower case without "@", white space or
// a final dot.
func NormalDomain(s string) string {
	s = strings.TrimSpace(strings.ToLower(s))
	s = strings.TrimPrefix(s, "@")
	return strings.TrimSuffix(s, ".")
}

// Fields are the account's shareable fields as the change log keeps them: one
// register for each single value, one for each domain (the value "1"), so that
// concurrent additions all stay.
func (a Account) Fields() Fields {
	f := Fields{}
	f.text("name", a.Name)
	f.text("tier", string(a.Tier))
	f.text("sector", a.Sector)
	f.text("owner", a.Owner)
	f.text("since", a.Since)
	f.set("domain/", a.Domains)
	return f
}

// AccountOf builds an account from its fields; names that it does not know are
// left alone for the version that does.
func AccountOf(id string, f Fields) Account {
	return Account{
		ID: id, Name: f["name"], Tier: Tier(f["tier"]), Sector: f["sector"],
		Owner: f["owner"], Since: f["since"], Domains: f.members("domain/"),
	}
}

// Initials are the letters that stand for a name on a tile or an avatar.
func Initials(name string) string { return text.Initials(name) }
