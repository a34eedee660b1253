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

// Care is the kind of relationship that an account wants.
type Care string

// The kinds of care. A transactional account is spared the heavy plan.
const (
	Relational    Care = "relational"
	Transactional Care = "transactional"
)

// Mode is what we do with an account now.
type Mode string

// The modes.
const (
	Cultivate Mode = "cultivate"
	Maintain  Mode = "maintain"
	Grow      Mode = "grow"
	WindDown  Mode = "wind down"
)

// LadderStage is how far a relationship has come.
type LadderStage string

// The stages of the ladder, in order.
const (
	Exploratory    LadderStage = "exploratory"
	BasicStage     LadderStage = "basic"
	Cooperative    LadderStage = "cooperative"
	Interdependent LadderStage = "interdependent"
	Integrated     LadderStage = "integrated"
)

// Cares, Modes and LadderStages list the values that can be chosen, stages in
// their order.
var (
	Cares        = []Care{Relational, Transactional}
	Modes        = []Mode{Cultivate, Maintain, Grow, WindDown}
	LadderStages = []LadderStage{Exploratory, BasicStage, Cooperative, Interdependent, Integrated}
)

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
	// Parent is the Account.ID of the organisation that it belongs to, or "".
	Parent string
	// Type is the Profile.ID of its customer type, or "".
	Type string
	// Care says what kind of relationship it is; "" counts as relational.
	Care  Care
	Mode  Mode
	Stage LadderStage
	// TierOn is the date of the decision for its tier, TierWhy its reasons.
	TierOn  string
	TierWhy string
	// Archived is the date on which the team left it, or "", ArchivedWhy the
	// reason. An archived account keeps its history and its mail is filed, but it
	// asks for nothing.
	Archived    string
	ArchivedWhy string
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
	if _, err := ParseTier(string(a.Tier)); err != nil {
		return err
	}
	if a.Parent != "" && a.Parent == a.ID {
		return invalid("parent", "an account cannot belong to itself")
	}
	return firstErr(checkOneOf("care", a.Care, Cares), checkOneOf("mode", a.Mode, Modes), checkOneOf("stage", a.Stage, LadderStages), checkDate("tier date", a.TierOn), checkDate("archived", a.Archived))
}

// Living are the accounts that are not archived, in their order.
func Living(accounts []Account) []Account {
	list, _ := parted(accounts, func(a Account) bool { return a.Archived == "" })
	return list
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
	f.text("parent", a.Parent)
	f.text("type", a.Type)
	f.text("care", string(a.Care))
	f.text("mode", string(a.Mode))
	f.text("stage", string(a.Stage))
	f.text("tier-on", a.TierOn)
	f.text("tier-why", a.TierWhy)
	f.text("archived", a.Archived)
	f.text("archived-why", a.ArchivedWhy)
	f.set("domain/", a.Domains)
	return f
}

// AccountOf builds an account from its fields; names that it does not know are
// left alone for the version that does.
func AccountOf(id string, f Fields) Account {
	return Account{
		ID: id, Name: f["name"], Tier: Tier(f["tier"]), Sector: f["sector"],
		Owner: f["owner"], Since: f["since"], Domains: f.members("domain/"),
		Parent: f["parent"], Type: f["type"], Care: Care(f["care"]), Mode: Mode(f["mode"]), Stage: LadderStage(f["stage"]),
		TierOn: f["tier-on"], TierWhy: f["tier-why"], Archived: f["archived"], ArchivedWhy: f["archived-why"],
	}
}

// Initials are the letters that stand for a name on a tile or an avatar.
func Initials(name string) string { return text.Initials(name) }
