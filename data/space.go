package data

import (
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// A Space is people who share: one set of keys and one history. Having access to
// it is holding its keys; within it everybody sees the same.
type Space struct {
	ID        string // the hash of its first record
	Name      string
	Kind      SpaceKind
	Self      string // who we are in it: a member's ID
	Place     string // where its pieces are carried: "folder:PATH", "nats:URL,URL/PLACE"; "" for bundle files only
	CreatedAt time.Time
	SyncedAt  time.Time // when an exchange with its place last went well; zero: never
	BundleAt  time.Time // when a bundle was last taken in well, as far as the log of exchanges goes back; zero: never
	Problem   string    // why the last exchange did not go well, or ""
	Alarm     string    // whose laptops made different things of the same changes, or ""
	RefusedBy string    // who refused us, by name, where we asked to come in; "" for nobody
}

// FedAt is when what others wrote last came: with an exchange, or with a bundle where
// none went well yet; zero: never.
func (s Space) FedAt() (at time.Time, byBundle bool) {
	if s.SyncedAt.IsZero() {
		return s.BundleAt, !s.BundleAt.IsZero()
	}
	return s.SyncedAt, false
}

// SpaceKind is for whom a space is.
type SpaceKind string

// The kinds of spaces.
const (
	TeamSpace  SpaceKind = "team"  // ours: accounts with all that we know of them
	JointSpace SpaceKind = "joint" // with the customer or a partner: only what was put there on purpose
)

// Check says why the space cannot be kept, or nil.
func (s Space) Check() error {
	switch {
	case strings.TrimSpace(s.Name) == "":
		return invalid("name", "a space needs a name")
	case s.Kind != TeamSpace && s.Kind != JointSpace:
		return invalid("kind", "%q is no kind of space; use team or joint", string(s.Kind))
	}
	return nil
}

// SpaceRole is what a member may do in a space.
type SpaceRole string

// The roles, the one with most rights first.
const (
	Owner       SpaceRole = "owner"
	Admin       SpaceRole = "admin"       // and members, but no owner
	Editor      SpaceRole = "editor"      // all that the space holds
	Contributor SpaceRole = "contributor" // what happened, and comments
	Reader      SpaceRole = "reader"
)

// SpaceRoles are all of them, the one with most rights first.
var SpaceRoles = []SpaceRole{Owner, Admin, Editor, Contributor, Reader}

// Check says why the role is none, or nil.
func (r SpaceRole) Check() error {
	if slices.Contains(SpaceRoles, r) {
		return nil
	}
	return invalid("role", "%q is no role; use owner, admin, editor, contributor or reader", string(r))
}

// contributed are the kinds that a contributor writes.
var contributed = []string{KindInteraction, KindObservation, KindJointReply}

// Rights are what a member may do: by the kind of the space, by the side that they
// are of, and by their role.
type Rights struct {
	In   SpaceKind
	Side Side
	Role SpaceRole
}

// RightsOf are a member's rights in a space.
func (s Space) RightsOf(m Member) Rights { return Rights{s.Kind, m.Side, m.Role} }

// MayWrite says whether things of a kind are written. It is asked for every change
// that comes from another laptop, and must not say otherwise in a later version: all
// laptops have to keep out the same.
//
// A guest of a joint space answers to what was put there, and writes nothing else,
// whatever the role: what they sent as a thing of ours would otherwise be one.
func (r Rights) MayWrite(kind string) bool {
	switch {
	case r.Role == Reader || !slices.Contains(SpaceRoles, r.Role):
		return false
	case r.Guest():
		return kind == KindJointReply
	case r.Role == Contributor:
		return slices.Contains(contributed, kind)
	}
	return true
}

// Guest says whether they are in a joint space for the customer or a partner.
func (r Rights) Guest() bool {
	return r.In == JointSpace && (r.Side == Customer || r.Side == Partner)
}

// MayAdmit says whether a role invites people, changes their roles and removes
// them. Only an owner makes or removes owners and admins.
func (r SpaceRole) MayAdmit(of SpaceRole) bool {
	switch r {
	case Owner:
		return true
	case Admin:
		return of != Owner && of != Admin
	}
	return false
}

// A Member is a person who shares a space.
type Member struct {
	ID         string
	Name       string
	Side       Side
	Discipline string    // sales, support, delivery, finance …
	Role       SpaceRole // "" for who was removed
	Since      time.Time
	HeardAt    time.Time // when one of their devices last said what it has; zero: never
	// Lacks is how many of the changes here their devices had not then, and SeenUntil
	// when the first of these was written; zero where that is not known. DB.Presence
	// sets them.
	Lacks     int
	SeenUntil time.Time
}

// An Asker is somebody who came by a short code and waits for a yes: a person here
// compares the fingerprint of their ID first. Name and Laptop are what they say of
// themselves.
type Asker struct {
	Person   string // their ID as a member
	Name     string
	Laptop   string
	MeantFor string // whom the invitation was made for
	Side     Side
	Role     SpaceRole // that they get
	History  bool      // with what was written before
	At       time.Time // when this laptop first heard of it
	// RefusedBy is who refused them before, by name, with an earlier invitation; "" for
	// nobody.
	RefusedBy string
}

// Words say who the asker would be, under their name.
func (a Asker) Words() string {
	words := sentence(string(a.Role)) + ", by a code"
	if a.MeantFor != "" && !strings.EqualFold(a.MeantFor, a.Name) {
		words += " that was meant for " + a.MeantFor
	}
	if a.Laptop != "" {
		words += ", on the laptop " + a.Laptop
	}
	if a.RefusedBy != "" {
		words += "; refused by " + a.RefusedBy + " before"
	}
	return words
}

// TurnedAway is somebody who asked to come into a space and was refused: on all laptops
// of the space, until they bring an invitation that was made since.
type TurnedAway struct {
	Person   string // their ID
	Name     string // as they said
	MeantFor string // whom the invitation was made for, "" where that is not known
	By       string // who refused them, by name
	At       time.Time
}

// Words say who refused them, under their name.
func (a TurnedAway) Words(now time.Time) string {
	words := "Refused by " + a.By + ", " + lowerDay(a.At, now)
	if a.MeantFor != "" && !strings.EqualFold(a.MeantFor, a.Name) {
		words += "; the code was meant for " + a.MeantFor
	}
	return words
}

// An Invitee is whom an invitation is for, and as what.
type Invitee struct {
	Name       string
	Side       Side // "" is Us
	Discipline string
	Role       SpaceRole // "" is Editor
	History    bool      // with what was written before
}

// Tidy fills in what was left out.
func (i Invitee) Tidy() Invitee {
	i.Name, i.Discipline = strings.TrimSpace(i.Name), strings.TrimSpace(i.Discipline)
	if i.Side == "" {
		i.Side = Us
	}
	if i.Role == "" {
		i.Role = Editor
	}
	return i
}

// Check says why nobody can be invited so, or nil.
func (i Invitee) Check() error {
	if i.Name == "" {
		return invalid("name", "say whom the invitation is for")
	}
	if err := checkOneOf("side", i.Side, []Side{Us, Customer, Partner}); err != nil {
		return err
	}
	return i.Role.Check()
}

// A Conflict is a field for which people must choose: versions that were written
// apart, each by someone who had not seen the other.
type Conflict struct {
	Space    string
	Kind, ID string
	Title    string // what the thing is called
	Account  string // Account.ID, or ""
	Field    string // "" for a thing that was deleted here and edited there
	Versions []FieldVersion
	// Base is the value that all of them replaced, "" for none; HasBase is false where
	// it is not known, or an erase took it away.
	Base    string
	HasBase bool
}

// A FieldVersion is one of several values of a field.
type FieldVersion struct {
	Value string // "" is absent
	By    string // the member's name, or ""
	Mine  bool
	At    time.Time
	Shown bool
}

// Received says what came of changes from other laptops.
type Received struct {
	Applied int // changes that are in now
	Waiting int // changes that wait for others
	KeptOut int // changes whose author was not allowed to make them
	Things  []ThingRef
}

// titleFields are the fields that say what a thing is called, the best first.
var titleFields = []string{"name", "title", "what", "subject", "outcome", "theirs", "need", "text"}

// ThingTitle is what a shareable thing is called, by its fields; its kind where
// nothing says it; see Titled.
func ThingTitle(kind string, f Fields) string {
	for _, name := range titleFields {
		if f[name] != "" {
			return text.Preview(f[name], 80)
		}
	}
	return kind
}

// Titled is a title as it stands on a line of its own: of a thing that has none, what
// it is, "Plan".
func Titled(kind, title string) string {
	if title == kind || title == "" {
		return sentence(ThingWord(kind))
	}
	return title
}

// A ThingRef names a shareable thing.
type ThingRef struct{ Kind, ID string }

// A SharedThing is a thing that goes into a space, with what it is called.
type SharedThing struct {
	ThingRef
	Title string
}
