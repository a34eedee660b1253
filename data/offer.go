package data

import "strings"

// Names of the kinds in the change log.
const (
	KindOffer = "offer"
	KindSpace = "whitespace"
	KindUse   = "use"
)

// Offer is something that the team can supply. It is the team's own, so its
// Account is "".
type Offer struct {
	Belongs
	Name    string `reg:"name"`
	About   string `reg:"about"`
	Retired string `reg:"retired"` // date since which it is not offered any more
}

// PartKind is KindOffer.
func (o Offer) PartKind() string { return KindOffer }

// Standing is open while it is offered.
func (o Offer) Standing() (string, bool) { return "", o.Retired == "" }

// Check says why it cannot be kept, or nil.
func (o Offer) Check() error {
	if strings.TrimSpace(o.Name) == "" {
		return invalid("name", "an offer needs a name")
	}
	return checkDate("retired", o.Retired)
}

// Whitespace is who supplies an offer to one unit of a customer: a field of the
// matrix offer × unit.
type Whitespace struct {
	Belongs
	Offer string   `reg:"offer"` // Offer.ID
	Unit  string   `reg:"unit"`  // a site or department, "" for the whole
	With  Supplier `reg:"with"`
	Who   string   `reg:"who"`   // the competitor's name
	Cents int64    `reg:"cents"` // spent a year
	// Currency is ISO 4217; Ends the date on which their contract ends.
	Currency string `reg:"currency"`
	Ends     string `reg:"ends"`
	On       string `reg:"on"` // date on which this was known
	Source   string `reg:"source"`
}

// Supplier is who supplies something now.
type Supplier string

// The suppliers. "" is not known.
const (
	WithUs     Supplier = "with us"
	Competitor Supplier = "competitor"
	InHouse    Supplier = "in-house"
	NotNeeded  Supplier = "not needed"
)

// Suppliers are all of them.
var Suppliers = []Supplier{WithUs, Competitor, InHouse, NotNeeded}

// PartKind is KindSpace.
func (w Whitespace) PartKind() string { return KindSpace }

// Standing is due when their contract with another ends.
func (w Whitespace) Standing() (string, bool) {
	return w.Ends, w.With == Competitor || w.With == InHouse || w.With == ""
}

// Check says why it cannot be kept, or nil.
func (w Whitespace) Check() error {
	switch {
	case w.Account == "":
		return invalid("account", "say for which account")
	case w.Offer == "":
		return invalid("offer", "say which offer it is about")
	case w.Cents < 0:
		return invalid("spend", "what they spend cannot be negative")
	}
	return firstErr(checkOneOf("with", w.With, Suppliers), checkDate("ends", w.Ends), checkDate("on", w.On), checkCurrency(w.Currency))
}

// Use is one thing that what they own could do for them.
type Use struct {
	Belongs
	Offer string   `reg:"offer"` // Offer.ID that they have
	What  string   `reg:"what"`
	State UseState `reg:"state"`
	On    string   `reg:"on"` // date
	Note  string   `reg:"note"`
}

// UseState is how far a use is. "" is not known.
type UseState string

// The states of a use.
const (
	CouldUse UseState = "could"
	TriesUse UseState = "tries"
	UsesIt   UseState = "uses"
	NoUse    UseState = "not for them"
)

// UseStates are all of them.
var UseStates = []UseState{CouldUse, TriesUse, UsesIt, NoUse}

// PartKind is KindUse.
func (u Use) PartKind() string { return KindUse }

// Standing is open while they could use it or try it.
func (u Use) Standing() (string, bool) {
	return "", u.State == CouldUse || u.State == TriesUse || u.State == ""
}

// Check says why it cannot be kept, or nil.
func (u Use) Check() error {
	switch {
	case u.Account == "":
		return invalid("account", "say for which account")
	case strings.TrimSpace(u.What) == "":
		return invalid("what", "say what it could do for them")
	}
	return firstErr(checkOneOf("state", u.State, UseStates), checkDate("on", u.On))
}
