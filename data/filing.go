package data

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Sender is somebody unknown who took part in mails or meetings that wait in
// Filing.
type Sender struct {
	Address
	Mails, Meetings int // in which they took part
	// Interactions are the IDs of those mails and meetings, newest first.
	Interactions []string
	First, Last  time.Time
	// Subjects are the latest of those mails and meetings, newest first, at
	// most three.
	Subjects []string
	// SignatureHint is the line of a signature that names them or their
	// organisation, "Piotr Malik, Kestrel estates"; "" when there is none.
	SignatureHint string
	// Card is what their newest signature says of them.
	Card text.Card
	// With are the accounts whose people took part in the same mails and
	// meetings.
	With []Company
	// Automated says why all their mail is a program's; "" for people. See
	// IsAutomated.
	Automated string
}

// Company is how often a stranger was seen together with people of an account.
type Company struct {
	Account         string // Account.ID
	Mails, Meetings int
	People          []string // names of the account's people there, each once
}

// FilingInput is what proposals are made from.
type FilingInput struct {
	Now      time.Time
	Senders  []Sender
	Accounts []Account
	Contacts []Contact
	Known    Known
	// PeopleAtDomain counts the filed people by mail domain: contacts, and
	// addresses seen at an account's domain.
	PeopleAtDomain map[string]int
	// What the head of the page counts.
	FiledToday, NotCustomers, SkippedByRule int
	// NotToday is how many of NotCustomers were said so today.
	NotToday int
}

// DomainGroup is a mail domain with its senders that wait.
type DomainGroup struct {
	Domain string
	// Public says that people of many organisations use the domain.
	Public bool
	// Note says in words what is known of the domain.
	Note    string
	Senders []Proposal
}

// Proposal is where a sender seems to belong, and why. It decides nothing: a
// person confirms.
type Proposal struct {
	Sender  Sender
	Account Account // zero ID: no idea yet
	// Contact is the contact whose further address this seems to be; zero ID:
	// a person of their own.
	Contact Contact
	// Side is Partner where the domain's filed people are partners.
	Side    Side
	Why     string // one line
	Reasons []Reason
	Sure    Sure
}

// Reason is one thing that speaks for a proposal.
type Reason struct {
	Says     string // "The domain belongs to this account"
	Detail   string // "12 filed people", or ""
	Strength Strength
	About    About // what it goes by
}

// About is what a reason goes by; "" when nothing speaks for an account.
type About string

// What reasons go by.
const (
	AboutDomain    About = "domain"
	AboutName      About = "name"
	AboutPeople    About = "people"
	AboutSignature About = "signature"
)

// Strength is how much a reason weighs.
type Strength string

// The strengths.
const (
	Strong Strength = "strong"
	Some   Strength = "some"
)

// Sure is how sure a proposal is, in words for people.
type Sure string

// The degrees of sureness, best first. NoIdea goes with no account.
const (
	IsSure   Sure = "sure"
	IsLikely Sure = "likely"
	IsGuess  Sure = "a guess"
	NoIdea   Sure = ""
)

// ProposeFiling groups the senders by domain and says where each seems to
// belong. Groups with most mails and meetings come first, then by domain; the
// order of the input changes nothing. Senders whose mail is a program's, who
// are ours, already filed, or no customers by a person's word are left out.
func ProposeFiling(in FilingInput) []DomainGroup {
	f := newFiler(in)
	byDomain := map[string][]Proposal{}
	for _, s := range in.Senders {
		if f.waits(s) {
			d := text.Domain(s.Email)
			byDomain[d] = append(byDomain[d], f.propose(s))
		}
	}
	groups := make([]DomainGroup, 0, len(byDomain))
	for d, list := range byDomain {
		slices.SortFunc(list, func(a, b Proposal) int {
			return cmp.Or(b.Sender.times()-a.Sender.times(), strings.Compare(a.Sender.Email, b.Sender.Email))
		})
		groups = append(groups, DomainGroup{Domain: d, Public: f.public(d), Note: f.note(d), Senders: list})
	}
	slices.SortFunc(groups, func(a, b DomainGroup) int {
		return cmp.Or(b.times()-a.times(), strings.Compare(a.Domain, b.Domain))
	})
	return groups
}

// SureOnes lists the proposals of the groups that are sure, in their order.
func SureOnes(groups []DomainGroup) []Proposal {
	var list []Proposal
	for _, g := range groups {
		for _, p := range g.Senders {
			if p.Sure == IsSure {
				list = append(list, p)
			}
		}
	}
	return list
}

// FilingMinutes is about how long it takes to file that many senders, at five a
// minute; at least a minute for one.
func FilingMinutes(senders int) int { return (senders + 4) / 5 }

func (s Sender) times() int { return s.Mails + s.Meetings }

// times is how often a group was met. Free mail is no organisation: its senders
// are decided about one by one, so it counts as the busiest of them.
func (g DomainGroup) times() int {
	n := 0
	for _, p := range g.Senders {
		if g.Public {
			n = max(n, p.Sender.times())
		} else {
			n += p.Sender.times()
		}
	}
	return n
}

// Moving counts the mails and meetings that wait with any of the senders, each
// once: what filing all of them moves.
func Moving(senders ...Sender) int {
	seen := map[string]bool{}
	for _, s := range senders {
		for _, id := range s.Interactions {
			seen[id] = true
		}
	}
	return len(seen)
}

// FiledEntry is one decision of Filing that a person made, with what it moved.
type FiledEntry struct {
	Undo   int64 // the way back
	At     time.Time
	Label  string // "Filed Karin Holt and 4 mails to Northmoor University"
	People int    // how many it filed, at least 1
	// Changed says that what it made was changed since, so that it is not to be
	// taken back alone.
	Changed bool
}

// NoCustomer is an address, or a domain written "@kestrel.example", that a
// person said is no customer's.
type NoCustomer struct {
	Pattern string
	At      time.Time // when they said so
	Waits   int       // mails and meetings that this keeps off every timeline
}

// SkippedSender is whose mail is kept off timelines because a program wrote it.
type SkippedSender struct {
	Address
	Reason  string // one of the Automated… reasons
	Mails   int
	Last    time.Time
	Subject string // of the latest
	Message string // Message.ID of the latest
}
