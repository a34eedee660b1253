package data

import (
	"slices"
	"strings"
	"time"
)

// KindStakeholder is its name in the change log.
const KindStakeholder = "stakeholder"

// Stakeholder is a contact's part in an account: what they are there, how much
// they can move, and where they stand. A person judges, with a reason and a date.
type Stakeholder struct {
	Belongs
	Roles []Role `reg:"role/"`
	// Influence is 0 to 100: below 34 they use it, below 67 they shape it, above
	// they decide.
	Influence int `reg:"influence"`
	// Support is from -2 (against) to +2 (champions us); it counts only with On,
	// the date of the judgement.
	Support int    `reg:"support"`
	On      string `reg:"on"`
	Why     string `reg:"why"`
	By      string `reg:"by"` // who of us judged
	// Answers are those given to SupportQuestions, by the question's name: yes, no.
	Answers map[string]string `reg:"answer/"`
}

// Role is what somebody is in an account.
type Role string

// The roles, those that an account should have covered first.
const (
	Sponsor    Role = "executive sponsor"
	Decider    Role = "decision maker"
	Champion   Role = "champion"
	UserRole   Role = "user"
	Gatekeeper Role = "gatekeeper"
	Buyer      Role = "buyer"
	Expert     Role = "expert"
	Critic     Role = "critic"
)

// Roles are all roles; RequiredRoles those whose cover is authority
// (Palmatier 2008).
var (
	Roles         = []Role{Sponsor, Decider, Champion, UserRole, Gatekeeper, Buyer, Expert, Critic}
	RequiredRoles = []Role{Sponsor, Decider, Champion}
)

// PartKind is KindStakeholder.
func (s Stakeholder) PartKind() string { return KindStakeholder }

// Standing is always open; its judgement is due to be looked at after
// FactsStale days.
func (s Stakeholder) Standing() (string, bool) { return Fact{On: s.On}.Standing() }

// Is says whether they have a role.
func (s Stakeholder) Is(r Role) bool { return slices.Contains(s.Roles, r) }

// Judged says whether their support was judged at all; before, nothing is known.
func (s Stakeholder) Judged() bool { return s.On != "" }

// Stale says whether the judgement is older than FactsStale days.
func (s Stakeholder) Stale(now time.Time) bool {
	return s.On != "" && daysSinceDate(s.On, now) > FactsStale
}

// Check says why it cannot be kept, or nil.
func (s Stakeholder) Check() error {
	switch {
	case s.Account == "" || s.Contact == "":
		return invalid("contact", "say who, and at which account")
	case s.Influence < 0 || s.Influence > 100:
		return invalid("influence", "%d is outside 0 to 100", s.Influence)
	case s.Support < -2 || s.Support > 2:
		return invalid("support", "%d is outside -2 to 2", s.Support)
	case s.Support != 0 && s.On == "":
		return invalid("on", "say when this was judged")
	case s.On != "" && strings.TrimSpace(s.Why) == "":
		return invalid("why", "give the reason for this judgement")
	}
	for _, r := range s.Roles {
		if err := checkOneOf("role", r, Roles); err != nil {
			return err
		}
	}
	return checkDate("on", s.On)
}

// SupportWords are the names of support from -2 to 2.
var SupportWords = [...]string{"against", "doubtful", "neutral", "for", "champions us"}

// SupportWord is what a support is called, "not judged" where it was not.
func (s Stakeholder) SupportWord() string {
	if !s.Judged() {
		return "not judged"
	}
	return SupportWords[min(max(s.Support, -2), 2)+2]
}

// InfluenceWord is what an influence is called: uses, shapes or decides.
func InfluenceWord(influence int) string {
	switch {
	case influence >= 67:
		return "decides"
	case influence >= 34:
		return "shapes"
	}
	return "uses"
}

// SupportQuestion guides a judgement of somebody's support.
type SupportQuestion struct {
	Name, Asks string
	Yes, No    int // what an answer adds to the support
}

// SupportQuestions are asked in this order. Their sum is a proposal; a person
// decides.
var SupportQuestions = []SupportQuestion{
	{Name: "spoke-for-us", Asks: "Have they spoken for us when we were not there?", Yes: 2},
	{Name: "gave-time", Asks: "Have they given us time or information that they did not owe?", Yes: 1},
	{Name: "gains", Asks: "Do they gain something by what we do together?", Yes: 1, No: -1},
	{Name: "doubts", Asks: "Have they said a doubt that still stands?", Yes: -1},
	{Name: "prefers-other", Asks: "Do they prefer another supplier, or doing it themselves?", Yes: -2},
}

// ProposeSupport is what the answers come to, -2 to 2, with what spoke for and
// against; answered is false while no question was answered.
func ProposeSupport(answers map[string]string) (support int, reasons []string, answered bool) {
	for _, q := range SupportQuestions {
		step := 0
		switch answers[q.Name] {
		case "yes":
			step = q.Yes
		case "no":
			step = q.No
		default:
			continue
		}
		answered = true
		support += step
		if step != 0 {
			reasons = append(reasons, q.Asks+" "+sentence(answers[q.Name])+".")
		}
	}
	return min(max(support, -2), 2), reasons, answered
}
