package change

import (
	"slices"
	"unicode/utf8"
)

// A Role is what a member may do in a space. The core knows which roles may
// change the membership; what each may write is told to it by a May.
type Role string

// The roles, most able first. The empty Role is that of nobody.
const (
	Owner       Role = "owner"
	Admin       Role = "admin"
	Editor      Role = "editor"
	Contributor Role = "contributor"
	Reader      Role = "reader"
)

// Roles are all roles, most able first.
var Roles = []Role{Owner, Admin, Editor, Contributor, Reader}

// A Deed is what a membership record does. Deeds that are not listed here come
// from a newer version: their records are kept and forwarded, and do nothing.
type Deed string

// The deeds.
const (
	Create    Deed = "create" // the space, its first epoch, and its author as owner
	Invite    Deed = "invite" // whoever brings the secret of this hash shall be added
	AddMember Deed = "add"
	AddDevice Deed = "device" // the signing device is its author's
	GiveRole  Deed = "role"
	Remove    Deed = "remove" // by others, or by oneself
	Rotate    Deed = "rotate" // from now on another epoch's key
	Accept    Deed = "accept" // let quarantined changes in
	Rename    Deed = "rename"
	Withdraw  Deed = "withdraw" // a laptop of a member speaks for them no more
	Refuse    Deed = "refuse"   // who asks to come in is not whom an invitation was meant for
)

// A Record is one signed statement about who shares a space. Its text fields
// are read from its body; ID, By and Device are facts that whoever verified its
// signature fills in.
type Record struct {
	ID     string // a hash of the body; that of the create record is the space's ID
	By     string // the person whose device signed it
	Device string // the fingerprint of that device

	Space string   // empty in create
	After []string // the records that its author knew and no other known one followed; sorted
	At    HLC
	Deed  Deed

	Name       string  // of create and rename: the space's
	Kind       string  // of create: team or joint
	Epoch      string  // of create and rotate: its ID
	Person     string  // of add, role, remove, withdraw and refuse
	Laptop     string  // of withdraw: the fingerprint of that person's device
	Card       string  // of create, add and role: the person's keys, which the core only carries
	Called     string  // of create and add: the person's name; of invite: whom it is meant for; of refuse: the name they gave
	Side       string  // of create, invite and add
	Discipline string  // of create, invite and add
	Role       Role    // of invite, add and role
	History    bool    // of invite and add: with what was written before
	Invite     string  // of invite: a hash of its secret; of add and refuse: the invitation that was used, if any
	Until      int64   // of invite: unix seconds after which it is not honoured
	Seen       Vector  // of add, role, remove and withdraw: how much of the person's logs its author had seen
	Ranges     []Range // of accept
}

// A Range is a run of changes of one log, First and Last included.
type Range struct {
	Log         string
	First, Last uint64
}

// Known says whether this package understands what the record does.
func (r Record) Known() bool {
	switch r.Deed {
	case Create, Invite, AddMember, AddDevice, GiveRole, Remove, Rotate, Accept, Rename, Withdraw, Refuse:
		return true
	}
	return false
}

// about is the person whose standing the record changes; empty for none.
func (r Record) about() string {
	switch r.Deed {
	case Create:
		return r.By
	case AddMember, GiveRole, Remove:
		return r.Person
	}
	return ""
}

// The bounds of a record.
const (
	maxName   = 200  // bytes of a name
	maxAfter  = 1000 // records that it follows
	maxRanges = 1000
)

// Check returns nil for a record that keeps to the format, else an error that
// wraps ErrMalformed and names what is wrong.
func (r Record) Check() error {
	switch {
	case r.Deed == "":
		return malformed("no deed")
	case len(r.After) > maxAfter || !slices.IsSorted(r.After) || len(slices.Compact(slices.Clone(r.After))) != len(r.After) || slices.Contains(r.After, ""):
		return malformed("after is not a sorted list of different records")
	case (r.Deed == Create) != (r.Space == "") || (r.Deed == Create) != (len(r.After) == 0):
		return malformed("only create has no space and follows nothing")
	case !r.Known():
		return nil
	}
	for _, s := range []string{r.Name, r.Called, r.Side, r.Discipline, r.Kind, r.Person, r.Laptop, r.Card, r.Epoch, r.Invite, string(r.Role)} {
		if !utf8.ValidString(s) || len(s) > maxName {
			return malformed("a text is not UTF-8, or longer than %d bytes", maxName)
		}
	}
	for log, n := range r.Seen {
		if log == "" || n < 1 || n > maxCounter {
			return malformed("seen has no proper counters")
		}
	}
	return r.checkDeed()
}

func (r Record) checkDeed() error {
	switch r.Deed {
	case Create:
		if r.Name == "" || r.Kind != "team" && r.Kind != "joint" || r.Epoch == "" || r.Card == "" {
			return malformed("create without name, kind, epoch or card")
		}
	case Invite:
		if r.Invite == "" || !slices.Contains(Roles, r.Role) || r.Until < 1 {
			return malformed("invite without secret's hash, role or end")
		}
	case AddMember:
		if r.Person == "" || r.Card == "" || !slices.Contains(Roles, r.Role) {
			return malformed("add without person, card or role")
		}
	case GiveRole:
		if r.Person == "" || r.Card == "" || !slices.Contains(Roles, r.Role) {
			return malformed("role without person, card or role")
		}
	case Remove:
		if r.Person == "" {
			return malformed("remove without person")
		}
	case Withdraw:
		if r.Person == "" || r.Laptop == "" {
			return malformed("withdraw without person or laptop")
		}
	case Refuse:
		if r.Person == "" {
			return malformed("refuse without person")
		}
	case Rotate:
		if r.Epoch == "" {
			return malformed("rotate without epoch")
		}
	case Rename:
		if r.Name == "" {
			return malformed("rename without name")
		}
	case Accept:
		if len(r.Ranges) == 0 || len(r.Ranges) > maxRanges || slices.ContainsFunc(r.Ranges, Range.wrong) {
			return malformed("accept without proper ranges")
		}
	}
	return nil
}

func (g Range) wrong() bool {
	return g.Log == "" || g.First < 1 || g.Last < g.First || g.Last > maxCounter || !utf8.ValidString(g.Log)
}
