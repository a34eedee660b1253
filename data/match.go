package data

import (
	"fmt"
	"slices"
	"strings"

	"rapport/data/text"
)

// MatchKind is by what a person was recognised.
type MatchKind string

// The ways to recognise somebody, strongest first.
const (
	ByContact MatchKind = "contact" // the address is a contact's
	ByDomain  MatchKind = "domain"  // the domain is an account's
	ByHand    MatchKind = "hand"    // a person logged it there
	ByTeam    MatchKind = "team"    // a colleague has it there, and shared it
	ByFeed    MatchKind = "feed"    // the account's own feed brought it
)

// Match says that an interaction belongs to an account, by whom, and why.
type Match struct {
	Account string // Account.ID
	Contact string // Contact.ID, "" by domain
	Email   string // the address that decided
	Kind    MatchKind
	Reason  string // a sentence without its full stop
}

// Known is what filing goes by. The zero value knows nobody.
type Known struct {
	// Own are our own addresses and OwnDomains our own mail domains.
	Own        map[string]bool
	OwnDomains map[string]bool
	// Public are mail domains that the team added to the public ones.
	Public []string
	// Contacts by address, and accounts by domain.
	Contacts map[string]KnownContact
	Domains  map[string]KnownAccount
	// Hand is what a person said about single mails and meetings, by
	// Interaction.ID.
	Hand map[string][]HandRule
	// Ignored are addresses, and domains written "@kestrel.example", that a
	// person said are no customers.
	Ignored map[string]bool
}

// KnownContact is whose address it is.
type KnownContact struct {
	ID, Name, Account string
	Side              Side
	Archived          string // Account.Archived of the account
}

// KnownAccount is whose domain it is.
type KnownAccount struct{ ID, Name, Archived string }

// SideOf says whose somebody with the address is; "" for strangers. A customer's
// contact without an account is a stranger until an account has them.
func (k Known) SideOf(email string) Side {
	if k.IsOwn(email) {
		return Us
	}
	if c, ok := k.Contacts[email]; ok && (c.Account != "" || c.Side == Partner) {
		return c.Side
	}
	if _, _, ok := k.account(email); ok {
		return Customer
	}
	return ""
}

// IsOwn says whether an address is ours. A public mail domain is never ours as
// a whole.
func (k Known) IsOwn(email string) bool {
	if k.Own[email] {
		return true
	}
	d := text.Domain(email)
	return k.OwnDomains[d] && !IsPublicDomain(d, k.Public)
}

// IsIgnored says whether a person said that this address is no customer's.
func (k Known) IsIgnored(email string) bool {
	return k.Ignored[email] || k.Ignored["@"+text.Domain(email)]
}

// Match recognises one address: as a contact's, else by its domain or the
// domain above it. Public mail domains recognise nobody. Who was made a contact
// is one, though their domain is ignored.
func (k Known) Match(email string) (Match, bool) {
	if k.IsOwn(email) || k.Ignored[email] {
		return Match{}, false
	}
	if c, ok := k.Contacts[email]; ok && c.Account != "" {
		return Match{
			Account: c.Account, Contact: c.ID, Email: email, Kind: ByContact,
			Reason: fmt.Sprintf("%s is an address of %s", email, c.Name) + archivedWords(c.Archived),
		}, true
	}
	if k.IsIgnored(email) {
		return Match{}, false
	}
	if a, domain, ok := k.account(email); ok {
		return Match{
			Account: a.ID, Email: email, Kind: ByDomain,
			Reason: fmt.Sprintf("the domain %s belongs to %s", domain, a.Name) + archivedWords(a.Archived),
		}, true
	}
	return Match{}, false
}

// archivedWords say of a mail that is filed with an account that we left.
func archivedWords(on string) string {
	if on == "" {
		return ""
	}
	return "; the account is archived since " + on
}

func (k Known) account(email string) (KnownAccount, string, bool) {
	for d := text.Domain(email); strings.Contains(d, "."); _, d, _ = strings.Cut(d, ".") {
		if IsPublicDomain(d, k.Public) {
			return KnownAccount{}, "", false
		}
		if a, ok := k.Domains[d]; ok {
			return a, d, true
		}
	}
	return KnownAccount{}, "", false
}

// Verdict is where an interaction belongs: its matches, one for each account,
// or the reason why it is on no timeline.
type Verdict struct {
	Matches []Match
	Skip    string // one of the Skip… or Automated… reasons, "" when matched
}

// File decides to which accounts an interaction with these people belongs. An
// automated one belongs to none. People are in the order of their weight, the
// sender or organiser first; of several people at one account, a contact
// decides before a domain, and the first before the next.
func File(k Known, people []Participant, automated string) Verdict {
	if automated != "" {
		return Verdict{Skip: automated}
	}
	var v Verdict
	strangers, ignored := 0, 0
	for _, p := range people {
		switch m, ok := k.Match(p.Email); {
		case ok:
			v.add(m)
		case p.Email == "" || k.IsOwn(p.Email):
		case k.IsIgnored(p.Email):
			ignored++
		default:
			strangers++
		}
	}
	switch {
	case len(v.Matches) > 0:
	case strangers > 0:
		v.Skip = SkipUnknown
	case ignored > 0:
		v.Skip = SkipRule
	case len(people) > 1:
		v.Skip = SkipInternal
	default:
		v.Skip = SkipEmpty
	}
	return v
}

func (v *Verdict) add(m Match) {
	i := slices.IndexFunc(v.Matches, func(o Match) bool { return o.Account == m.Account })
	switch {
	case i < 0:
		v.Matches = append(v.Matches, m)
	case v.Matches[i].Kind == ByDomain && m.Kind == ByContact:
		v.Matches[i] = m
	}
}

// PeopleOf lists a mail's people, the sender first, each with their side.
func PeopleOf(m Message, k Known) []Participant {
	var list []Participant
	add := func(part string, addresses []Address) {
		for _, a := range addresses {
			if a.Email == "" || slices.ContainsFunc(list, func(p Participant) bool { return p.Email == a.Email }) {
				continue
			}
			list = append(list, k.participant(a, part))
		}
	}
	add("from", m.From)
	add("to", m.To)
	add("cc", m.Cc)
	add("bcc", m.Bcc)
	return list
}

// AttendeesOf lists a meeting date's people, the organiser first, rooms left
// out, each with their side.
func AttendeesOf(o Occurrence, k Known) []Participant {
	var list []Participant
	if o.Organizer.Email != "" {
		list = append(list, k.participant(o.Organizer, "organizer"))
	}
	for _, a := range o.Attendees {
		if a.Name != "" && text.Fold(a.Name) == text.Fold(o.Place) {
			continue // the room
		}
		if i := slices.IndexFunc(list, func(p Participant) bool { return a.Email != "" && p.Email == a.Email }); i >= 0 {
			list[i].Answer = a.Answer
			continue
		}
		p := k.participant(a.Address, "attendee")
		p.Answer = a.Answer
		list = append(list, p)
	}
	return list
}

func (k Known) participant(a Address, part string) Participant {
	p := Participant{Address: a, Part: part, Side: k.SideOf(a.Email)}
	if c, ok := k.Contacts[a.Email]; ok {
		p.Contact = c.ID
		if p.Name == "" {
			p.Name = c.Name
		}
	}
	return p
}

// DirectionOf is who started a mail: Out when its sender is ours, else In.
func DirectionOf(people []Participant) Direction {
	if len(people) > 0 && people[0].Part == "from" && people[0].Side == Us {
		return Out
	}
	return In
}
