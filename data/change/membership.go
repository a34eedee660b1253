package change

import (
	"cmp"
	"container/heap"
	"maps"
	"slices"
)

// A Membership is who shares a space and what each may do, as its records say.
// It depends on nothing but the set of records: the same records give the same
// membership, in whatever order they came. Make it with Judge.
type Membership struct {
	Space string
	Name  string
	Kind  string
	// Members are all who were ever added, by person. Who has left has no Role.
	Members map[string]Member
	// Devices are whose each device is, by fingerprint.
	Devices map[string]string
	// Withdrawn are the laptops that speak for nobody any more, by fingerprint, each with
	// the ID of the record that said so first. They stay among Devices.
	Withdrawn map[string]string
	// Epochs in their order; the last is the one to seal with.
	Epochs []string
	// Invitations that were made, by the hash of their secret.
	Invitations map[string]Invitation
	// Refusals are the records by which somebody who asked to come in was refused, in
	// their order.
	Refusals []Record
	// Heads are the records that no other one follows, sorted: what the next
	// record comes after.
	Heads []string
	// Order is the records in the one order in which all replicas read them.
	// Those that follow one that is not here yet are not among them.
	Order []Record
	// Void says of each record without effect why, by ID, in words for people.
	Void map[string]string
	// Missing are the records that others follow and that are not here, sorted.
	Missing []string

	accepted    []accepted
	withdrawals []withdrawal
	stale       bool
}

// A Member is a person in a space.
type Member struct {
	Person     string
	Card       string
	Name       string
	Side       string
	Discipline string
	Role       Role // empty for who has left
	// From is the place in Membership.Epochs of the first epoch whose changes the
	// member may read: 0 for who joined with the history.
	From  int
	Since HLC // when it was said, not to be relied on
	terms []term
}

// A term is a time in which a member had one role: it judges the changes of the
// member's logs beyond what seen says.
type term struct {
	role  Role
	seen  Vector
	place int // in the order
}

// accepted is a range that an accept let in.
type accepted struct {
	Range
	place int // in the order
}

// A withdrawal is what a withdraw said of the logs of a laptop.
type withdrawal struct {
	person, laptop string
	seen           Vector
	place          int // in the order
}

// An Invitation is an invite record and what became of it.
type Invitation struct {
	Record
	UsedBy []string // the persons that were added with it; more than one is a warning
	// Refused are the persons whom it lets in no more, sorted: nobody who made it had
	// heard of their refusal.
	Refused []string
}

// NeedsRotation says whether an admin's laptop must begin another epoch: somebody
// who has left, or a laptop that was withdrawn, or who was let in and refused at one time, still has the key of the last, or somebody who joined from now on may
// read none yet.
func (m Membership) NeedsRotation() bool { return m.stale }

// Judge reads the records of a space, each of which was verified to be what its
// author signed, and says what comes of them. A record that its author was not
// allowed to make is kept in the order and has no effect.
//
// An author's standing for a record is what the records before it gave; but
// where others took that standing away at the same time, without having seen
// the record, they are believed. So who was removed gains nothing by pretending
// that a record is old. It cannot be turned round: only those who stand higher
// can take away.
func Judge(space string, records []Record) Membership {
	j := newJury(space, records)
	j.decide()
	return j.membership()
}

// inOrder returns the records that come from the space's create record, each
// after those that it follows; of those that may come next a removal is first,
// then the earlier clock, then the smaller ID. missing are the records that are
// followed and not here.
func inOrder(space string, records []Record) (order []Record, missing []string) {
	byID := map[string]Record{}
	for _, r := range records {
		byID[r.ID] = r
	}
	left, followers, absent := map[string]int{}, map[string][]string{}, map[string]bool{}
	var next queue
	for id, r := range byID {
		left[id] = len(r.After)
		for _, before := range r.After {
			followers[before] = append(followers[before], id)
			if _, here := byID[before]; !here {
				absent[before] = true
			}
		}
	}
	if first, here := byID[space]; here && first.Deed == Create {
		heap.Push(&next, first)
	}
	for next.Len() > 0 {
		r := heap.Pop(&next).(Record)
		order = append(order, r)
		for _, id := range followers[r.ID] {
			if left[id]--; left[id] == 0 {
				heap.Push(&next, byID[id])
			}
		}
	}
	return order, slices.Sorted(maps.Keys(absent))
}

// queue is a heap of the records that may come next.
type queue []Record

func (q queue) Len() int           { return len(q) }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q queue) Less(i, j int) bool { return earlier(q[i], q[j]) < 0 }
func (q *queue) Push(x any)        { *q = append(*q, x.(Record)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	r := (*q)[last]
	*q = (*q)[:last]
	return r
}

// earlier orders records of which neither follows the other.
func earlier(a, b Record) int {
	return cmp.Or(cmp.Compare(removal(b), removal(a)), cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
}

func removal(r Record) int {
	if r.Deed == Remove {
		return 1
	}
	return 0
}
