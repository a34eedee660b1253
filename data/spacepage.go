package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// SpaceEntry is a space in the list of all.
type SpaceEntry struct {
	Space      Space
	Members    []Member
	Asking     []Asker      // who waits to be let in
	TurnedAway []TurnedAway // who was refused and is no member
	Accounts   int          // that are in it
	Conflicts  int          // for which people must choose
	Unsent     int          // changes of ours that were not sent yet
}

// SpaceInput is what the page of a space is made from.
type SpaceInput struct {
	SpaceEntry
	Shared []Account      // that are in it, by name
	Things map[string]int // how many of each kind are in it
	Early  int            // changes that came before what they build on
	// Devices are the laptops of all who are or were in it.
	Devices []Device
	KeptOut []KeptOut
	Refused []string // why pieces cannot be used, one for each piece
}

// KeptOut are changes of one member that touch nothing, and why. Whose they are is said
// by the laptop that signed them.
type KeptOut struct {
	By  string // the member's name, "" where it is not known
	Why string
	N   int
}

// Living are those of members who are still in.
func (e SpaceEntry) Living() []Member {
	list, _ := parted(e.Members, func(m Member) bool { return m.Role != "" })
	return list
}

// Guests are the members of other sides who are still in.
func (e SpaceEntry) Guests() []Member {
	list, _ := parted(e.Living(), func(m Member) bool { return m.Side != Us })
	return list
}

// Self is who we are in it; zero where that is not known.
func (e SpaceEntry) Self() Member {
	for _, m := range e.Members {
		if m.ID == e.Space.Self {
			return m
		}
	}
	return Member{}
}

// Words are the second line of a space in a list: "7 people, 12 accounts", or who
// of the customer is in it; for a guest, who else is.
func (e SpaceEntry) Words() string {
	if guests := e.Guests(); e.Space.Kind == JointSpace && len(guests) > 0 {
		if e.Space.RightsOf(e.Self()).Guest() {
			guests, _ = parted(e.Living(), func(m Member) bool { return m.ID != e.Space.Self })
		}
		var names []string
		for _, m := range guests {
			names = append(names, FirstName(m.Name))
		}
		return JoinAnd(names)
	}
	people := "only you"
	if n := len(e.Living()); n != 1 {
		people = Counted(n, "person", "people")
	}
	return sentence(people) + ", " + Counted(e.Accounts, "account", "accounts")
}

// KindWords say with whom a space is shared.
func (e SpaceEntry) KindWords() string {
	switch {
	case e.Space.RefusedBy != "":
		return "Not let in"
	case len(e.Members) == 0:
		return "Not open yet"
	case e.Space.Kind != JointSpace:
		return "Ours only"
	}
	sides := map[Side]bool{}
	for _, m := range e.Guests() {
		sides[m.Side] = true
	}
	switch {
	case sides[Customer] && sides[Partner]:
		return "Shared with a customer and a partner"
	case sides[Partner]:
		return "Shared with a partner"
	case sides[Customer]:
		return "Shared with a customer"
	}
	return "For a customer or a partner"
}

// KeyWords say who holds the key.
func (e SpaceEntry) KeyWords() string {
	if e.Space.RefusedBy != "" {
		return e.Space.RefusedBy + " did not let you in. Where that is a mistake, ask for another invitation and join with it here."
	}
	if len(e.Members) == 0 {
		return "Not open yet. It opens once whoever invited you has exchanged again."
	}
	if e.Self().Role == "" {
		return "You are no longer a member. What was here stays readable; nothing new comes."
	}
	n := len(e.Living())
	if n == 1 {
		return "Encrypted on its way; only you hold the key."
	}
	return "Encrypted on its way; only these " + strings.ToLower(SmallNumber(n)) + " people hold the key."
}

// SpacePlaceWords say where a space is carried.
func SpacePlaceWords(place string) string {
	kind, where, _ := strings.Cut(place, ":")
	switch kind {
	case "":
		return "by bundle files"
	case "folder":
		where = strings.ReplaceAll(where, "\\", "/")
		parts := strings.Split(strings.Trim(where, "/"), "/")
		return "folder “" + strings.Join(parts[max(len(parts)-2, 0):], "/") + "”"
	case "nats":
		where, _, _ = strings.Cut(where, ",")
		where = strings.TrimPrefix(strings.TrimPrefix(where, "tls:"), "//")
		host, _, _ := strings.Cut(where, "/")
		host, _, _ = strings.Cut(host, ":")
		return "hub “" + host + "”"
	}
	return place
}

// An Audience are members who see and may do the same.
type Audience struct {
	Words   string // "Our six", "Anna"
	Side    Side
	Members []Member
}

// AccessMark is what a cell of the table of access says at a glance.
type AccessMark int

// The marks.
const (
	AccessYes    AccessMark = iota // they have it
	AccessPartly                   // something of it, or by another way
	AccessNone                     // they have nothing of it
)

// AccessCell is what an audience may do with a row.
type AccessCell struct {
	Mark AccessMark
	Word string
}

// AccessRow is one line of the table of access.
type AccessRow struct {
	What  string
	N     int // how many things of it are in the space
	Cells []AccessCell
}

// accessRows are the rows by the kinds that they stand for.
var accessRows = []struct {
	what  string
	kinds []string
}{
	{"Joint plans", []string{KindJointPlan}},
	{"Answers to them", []string{KindJointReply}},
	{"Accounts and their people", []string{KindAccount, KindContact, KindAffiliation, KindProfile, KindRelation, KindStakeholder, KindMerge}},
	{"Plans: goals and steps", []string{KindPlan, KindObjective, KindStep, KindRisk, KindForesight}},
	{"Promises, needs and cures", []string{KindPromise, KindNeed, KindInitiative}},
	{"Calls, visits and notes", []string{KindInteraction}},
	{"Facts, wishes and ratings", []string{KindFact, KindUnknown, KindPreference, KindRating, KindTrust, KindDoor}},
	{"Value, offers and money", []string{KindValue, KindOffer, KindSpace, KindUse}},
}

// jointRows is how many of accessRows, from the first, are of what a joint space is
// for. It shows others only where it has them; a team's space shows these so.
const jointRows = 2

// Audiences are the members who are in, by side and by what their role lets them
// do, ours first.
func (e SpaceEntry) Audiences() (list []Audience) {
	type class struct {
		side                Side
		all, notes, replies bool
	}
	of := map[class]int{}
	members := e.Living()
	sides := []Side{Us, Customer, Partner}
	slices.SortStableFunc(members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(slices.Index(sides, a.Side), slices.Index(sides, b.Side)), cmp.Compare(slices.Index(SpaceRoles, a.Role), slices.Index(SpaceRoles, b.Role)))
	})
	ours := 0
	for _, m := range members {
		if m.Side == Us {
			ours++
		}
		may := e.Space.RightsOf(m)
		c := class{m.Side, may.MayWrite(KindAccount), may.MayWrite(KindInteraction), may.MayWrite(KindJointReply)}
		at, ok := of[c]
		if !ok {
			at = len(list)
			of[c], list = at, append(list, Audience{Side: m.Side})
		}
		list[at].Members = append(list[at].Members, m)
	}
	for i, a := range list {
		list[i].Words = a.called(e.Space.Self, ours)
	}
	return list
}

func (a Audience) called(self string, ours int) string {
	n := len(a.Members)
	switch {
	case n == 1 && a.Members[0].ID == self:
		return "You"
	case n == 1:
		return FirstName(a.Members[0].Name)
	case a.Side == Us && n == ours:
		return "Our " + strings.ToLower(SmallNumber(n))
	case a.Side == Us:
		return SmallNumber(n) + " of us"
	case a.Side == Partner:
		return SmallNumber(n) + " partners"
	}
	return SmallNumber(n) + " customers"
}

// Access is what each audience may see and do: what is in the space, and what never
// goes into any. Within a space everybody sees the same.
func (in SpaceInput) Access(audiences []Audience) (rows []AccessRow) {
	others := 0
	for kind, n := range in.Things {
		if kind != KindObservation {
			others += n
		}
	}
	for i, r := range accessRows {
		row := AccessRow{What: r.what}
		for _, kind := range r.kinds {
			row.N += in.Things[kind]
		}
		others -= row.N
		if in.Space.Kind == JointSpace && i < jointRows || row.N > 0 || in.Space.Kind != JointSpace && i >= jointRows {
			rows = append(rows, in.cells(row, r.kinds[0], audiences))
		}
	}
	if others > 0 {
		rows = append(rows, in.cells(AccessRow{What: "All else that was put there", N: others}, KindTeamPlan, audiences))
	}
	mail, warmth := AccessRow{What: "Mail and calendars"}, AccessRow{What: "Warmth and dials"}
	told := AccessCell{AccessNone, "Not here"}
	if mail.N = in.Things[KindObservation]; mail.N > 0 {
		mail.What, told = "Mail, as far as it is told", AccessCell{AccessPartly, "By its rule"}
	}
	for range audiences {
		mail.Cells = append(mail.Cells, told)
		warmth.Cells = append(warmth.Cells, AccessCell{AccessPartly, "Counted anew"})
	}
	if in.Space.Kind == JointSpace && in.Things[KindAccount] == 0 {
		return append(rows, mail) // nothing to count them from
	}
	return append(rows, mail, warmth)
}

func (in SpaceInput) cells(row AccessRow, kind string, audiences []Audience) AccessRow {
	for _, a := range audiences {
		cell := AccessCell{AccessYes, "Read"}
		switch {
		case row.N == 0:
			cell = AccessCell{AccessNone, "Nothing yet"}
		case in.Space.RightsOf(a.Members[0]).MayWrite(kind):
			cell.Word = "Write"
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// MemberWords are what is known of a member, under their name: role, discipline,
// and until when their laptops are known to have had everything.
func MemberWords(m Member, now time.Time) string {
	if m.Role == "" {
		return "Left; reads no more of what is new"
	}
	words := sentence(string(m.Role))
	if m.Discipline != "" {
		words += ", " + m.Discipline
	}
	if !m.HeardAt.IsZero() {
		words += " · heard " + lowerDay(m.HeardAt, now)
	}
	return words
}

// SeenWords say how far a member's laptops were when one last said so: "Has seen all
// that is here", "Has seen all until today 09:14"; "" for who never said.
func SeenWords(m Member, now time.Time) string {
	switch {
	case m.Role == "" || m.HeardAt.IsZero():
		return ""
	case m.Lacks == 0:
		return "Has seen all that is here"
	case m.SeenUntil.IsZero():
		return "Has not seen " + Counted(m.Lacks, "change", "changes")
	}
	return "Has seen all until " + lowerDay(m.SeenUntil, now)
}

// lowerDay is "today 09:14" within a sentence.
func lowerDay(t, now time.Time) string {
	words := DayAndClock(t, now)
	if DaysBetween(t, now) == 0 || DaysBetween(t, now) == 1 {
		return strings.ToLower(words[:1]) + words[1:]
	}
	return words
}

// FactMark is how a fact about a space is to be taken.
type FactMark int

// The marks of facts.
const (
	FactFine  FactMark = iota // all is well
	FactWaits                 // something waits, and goes on by itself
	FactAway                  // the place is out of reach; everything else works
	FactWrong                 // somebody has to look
)

// A SpaceFact says one thing of how the exchange with a space stands.
type SpaceFact struct {
	Mark  FactMark
	Words string
	More  string // what to do, or what it means; may be ""
}

// Withdrawn is this laptop, and true, where it was withdrawn from the space: what it has
// stays on it, and what it writes reaches nobody.
func (in SpaceInput) Withdrawn() (Device, bool) {
	for _, d := range in.Devices {
		if d.Here && !d.WithdrawnAt.IsZero() {
			return d, true
		}
	}
	return Device{}, false
}

// withdrawnFact says that this laptop was withdrawn, and by whom.
func (in SpaceInput) withdrawnFact(d Device, now time.Time) SpaceFact {
	words := "This laptop was withdrawn " + lowerDay(d.WithdrawnAt, now)
	for _, m := range in.Members {
		switch {
		case m.ID != d.WithdrawnBy:
		case m.ID == in.Space.Self:
			words += ", from another laptop of yours"
		default:
			words += " by " + m.Name
		}
	}
	return SpaceFact{FactWrong, words, "What is here stays, and nothing new comes. What is written here reaches nobody. Where that is a mistake, ask an owner or admin to invite you into a new workspace."}
}

// Facts say how the exchange with a space stands, the most pressing first.
func (in SpaceInput) Facts(now time.Time) []SpaceFact {
	list := []SpaceFact{in.exchangeFact(now)}
	if what, todo, _ := strings.Cut(in.Space.Alarm, "; "); what != "" {
		list = slices.Insert(list, 0, SpaceFact{FactWrong, sentence(what), sentence(todo) + "."})
	}
	laptop, withdrawn := in.Withdrawn()
	if withdrawn {
		list = slices.Insert(list, 0, in.withdrawnFact(laptop, now))
	}
	if in.Unsent > 0 && !withdrawn {
		verb := "wait"
		if in.Unsent == 1 {
			verb = "waits"
		}
		list = append(list, SpaceFact{FactWaits, Counted(in.Unsent, "change", "changes") + " of yours " + verb + " here", "Goes with the next exchange."})
	}
	if in.Early > 0 {
		list = append(list, SpaceFact{FactWaits, Counted(in.Early, "change", "changes") + " came before what went ahead of it", "Comes in by itself once that is here."})
	}
	for _, k := range in.KeptOut {
		by := k.By
		if by == "" {
			by = "somebody who is not known"
		}
		list = append(list, SpaceFact{FactWrong, Counted(k.N, "change", "changes") + " of " + by + " kept out", sentence(KeptChange{Why: k.Why}.WhyWords()) + "."})
	}
	for i, why := range in.Refused {
		if n := countOf(in.Refused, why); slices.Index(in.Refused, why) == i {
			list = append(list, SpaceFact{FactWrong, Counted(n, "piece", "pieces") + " of the space cannot be used", sentence(why) + "."})
		}
	}
	return list
}

func countOf(list []string, one string) (n int) {
	for _, s := range list {
		if s == one {
			n++
		}
	}
	return n
}

func (in SpaceInput) exchangeFact(now time.Time) SpaceFact {
	last := "Not exchanged yet"
	at, byBundle := in.Space.FedAt()
	switch {
	case byBundle:
		last = "Last bundle taken in " + lowerDay(at, now)
	case !at.IsZero():
		last = "Last exchanged " + lowerDay(at, now)
	}
	what, todo, _ := strings.Cut(in.Space.Problem, "; ")
	if todo != "" {
		todo = sentence(todo) + "."
	}
	switch {
	case what == "" && at.IsZero():
		return SpaceFact{FactWaits, last, "The others get what is here with the first exchange."}
	case what == "":
		return SpaceFact{FactFine, last, ""}
	case in.Space.Away():
		return SpaceFact{FactAway, sentence(strings.TrimSuffix(what, ".")), strings.TrimSpace(todo + " " + last + ".")}
	}
	return SpaceFact{FactWrong, sentence(strings.TrimSuffix(what, ".")), strings.TrimSpace(todo + " " + last + ".")}
}

// Away says that the last exchange did not find the space's place, as when a drive is
// not connected: a fact, no error.
func (s Space) Away() bool {
	if s.Problem == "" {
		return false
	}
	for _, kind := range []ProblemKind{FolderGone, Offline} {
		begins, _, _ := strings.Cut((&Problem{Kind: kind, About: "\x00"}).Error(), "\x00")
		if strings.HasPrefix(strings.ToLower(s.Problem), strings.ToLower(begins)) {
			return true
		}
	}
	return false
}
