package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// KindNeed and KindInitiative are their names in the change log.
const (
	KindNeed       = "need"
	KindInitiative = "initiative"
)

// Need is something that the customer wants, in their words, with what stands in
// the way. Contact said it.
type Need struct {
	Belongs
	Words    string `reg:"words"` // theirs
	Title    string `reg:"title"` // in short, ours
	Obstacle string `reg:"obstacle"`
	// Owner is who of us sees to the obstacle.
	Owner string `reg:"owner"`
	// Expects is what they expect, Met how that stands.
	Expects string `reg:"expects"`
	Met     Met    `reg:"met"`
	On      string `reg:"on"`     // date on which it was said
	Closed  string `reg:"closed"` // date since which it is no need any more
}

// Met is how an expectation stands. "" is not known.
type Met string

// The states of an expectation.
const (
	NotMet   Met = "not met"
	OnTheWay Met = "on the way"
	IsMet    Met = "met"
)

// MetStates are all of them.
var MetStates = []Met{NotMet, OnTheWay, IsMet}

// PartKind is KindNeed.
func (n Need) PartKind() string { return KindNeed }

// Standing is open until it is closed, without a date.
func (n Need) Standing() (string, bool) { return "", n.Closed == "" }

// Name is its short title, or their words.
func (n Need) Name() string {
	if n.Title != "" {
		return n.Title
	}
	return n.Words
}

// Check says why the need cannot be kept, or nil.
func (n Need) Check() error {
	switch {
	case strings.TrimSpace(n.Words) == "" && strings.TrimSpace(n.Title) == "":
		return invalid("words", "say what they need, in their words")
	case n.Account == "":
		return invalid("account", "say whose need it is")
	}
	return firstErr(checkOneOf("met", n.Met, MetStates), checkDate("on", n.On), checkDate("closed", n.Closed))
}

// Initiative is something that is done about needs, by us with them.
type Initiative struct {
	Belongs
	What  string   `reg:"what"`
	Needs []string `reg:"need/"` // Need.IDs that it answers
	// Is says whether it ends the trouble or eases it for a time; Gives whether
	// the customer gains the capability or comes to depend on us.
	Is    Remedy          `reg:"is"`
	Gives Gift            `reg:"gives"`
	State InitiativeState `reg:"state"`
	Owner string          `reg:"owner"` // of us; theirs is Belongs.Contact
	On    string          `reg:"on"`    // date on which it began or was proposed
	Done  string          `reg:"done"`  // date
	// OurShare and TheirShare are the percent of the benefit that each side has.
	OurShare   int `reg:"our-share"`
	TheirShare int `reg:"their-share"`
}

// Remedy is what an initiative does about a trouble.
type Remedy string

// Gift is what an initiative leaves behind.
type Gift string

// InitiativeState is how far an initiative is.
type InitiativeState string

// The remedies, gifts and states.
const (
	Cure      Remedy = "cure"
	Treatment Remedy = "treatment"

	Helps   Gift = "help"
	Enables Gift = "enable"

	Proposed InitiativeState = "proposed"
	UnderWay InitiativeState = "under way"
	IsDone   InitiativeState = "done"
	LetGo    InitiativeState = "let go"
)

// Remedies, Gifts and InitiativeStates list the values that can be chosen.
var (
	Remedies         = []Remedy{Cure, Treatment}
	Gifts            = []Gift{Helps, Enables}
	InitiativeStates = []InitiativeState{Proposed, UnderWay, IsDone, LetGo}
)

// PartKind is KindInitiative.
func (i Initiative) PartKind() string { return KindInitiative }

// Standing is open until it is done or let go.
func (i Initiative) Standing() (string, bool) { return "", i.State != IsDone && i.State != LetGo }

// Check says why the initiative cannot be kept, or nil.
func (i Initiative) Check() error {
	switch {
	case strings.TrimSpace(i.What) == "":
		return invalid("what", "say what is done")
	case i.Account == "":
		return invalid("account", "say for which account")
	case i.OurShare < 0 || i.TheirShare < 0 || i.OurShare+i.TheirShare > 100:
		return invalid("share", "shares of the benefit are percents that together are at most 100")
	case i.State == IsDone && i.Done == "":
		return invalid("done", "say when it was done")
	}
	return firstErr(checkOneOf("is", i.Is, Remedies), checkOneOf("gives", i.Gives, Gifts), checkOneOf("state", i.State, InitiativeStates),
		checkDate("on", i.On), checkDate("done", i.Done))
}

// Treated is how often a need was only eased in the year up to now, and the cure
// that is proposed or under way, if any.
type Treated struct {
	Times int
	Cure  *Initiative
}

// TreatmentOf counts the treatments of a need in the 12 months up to now, and
// finds its cure.
func TreatmentOf(need string, list []Initiative, now time.Time) (t Treated) {
	from := now.AddDate(-1, 0, 0).Format(time.DateOnly)
	to := now.Format(time.DateOnly)
	for k, i := range list {
		if !slices.Contains(i.Needs, need) || i.State == LetGo {
			continue
		}
		when := i.On
		if i.Done != "" {
			when = i.Done
		}
		if i.Is == Treatment && when > from && when <= to {
			t.Times++
		}
		if i.Is == Cure && t.Cure == nil {
			t.Cure = &list[k]
		}
	}
	return t
}

// Words say how often, "Treated 4 times in 12 months"; "" for less than twice,
// which is no pattern.
func (t Treated) Words() string {
	if t.Times < 2 {
		return ""
	}
	return fmt.Sprintf("Treated %d times in 12 months", t.Times)
}

// CureWords are "Cure proposed: new dimming bus", "" without one.
func (t Treated) CureWords() string {
	if t.Cure == nil {
		return ""
	}
	state := t.Cure.State
	if state == "" {
		state = Proposed
	}
	return "Cure " + string(state) + ": " + t.Cure.What
}
