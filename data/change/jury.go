package change

import (
	"maps"
	"math"
	"slices"
)

// A rank says who may take a standing from whom: only the higher from the lower.
// The founder is highest; an owner stands one below the owner who made them one.
type rank int

const (
	nobody  rank = 0
	founder rank = math.MaxInt32 - 1
)

// ranks are those of the roles but owner.
var ranks = map[Role]rank{Reader: 1, Contributor: 2, Editor: 3, Admin: 4}

// A standing is what a person is in a space at some time.
type standing struct {
	role Role
	rank rank
}

// given is the standing that somebody of a rank gives with a role.
func given(role Role, by rank) standing {
	if role == Owner {
		return standing{Owner, by - 1}
	}
	return standing{role, ranks[role]}
}

// A jury decides which records have an effect.
type jury struct {
	space    string
	order    []Record
	missing  []string
	before   []bits           // by place in order: the places of all that come before
	about    map[string][]int // by person: the places of the records that change their standing
	laptops  laptops
	refusals refusals
	valid    []bool
	decided  []bool
	rank     []rank // by place: the rank at which its author made a decided record
	why      []string
}

func newJury(space string, records []Record) *jury {
	j := &jury{space: space, about: map[string][]int{}, laptops: newLaptops(), refusals: newRefusals()}
	j.order, j.missing = inOrder(space, records)
	n := len(j.order)
	j.before, j.valid, j.decided, j.rank, j.why = make([]bits, n), make([]bool, n), make([]bool, n), make([]rank, n), make([]string, n)
	place := make(map[string]int, n)
	for i, r := range j.order {
		place[r.ID] = i
		j.before[i] = newBits(n)
		for _, id := range r.After {
			j.before[i].add(place[id])
			j.before[i].merge(j.before[place[id]])
		}
		if p := r.about(); p != "" {
			j.about[p] = append(j.about[p], i)
		}
		j.laptops.note(r, i)
		j.refusals.note(r, i)
	}
	return j
}

// decide goes through the records by the rank of their authors, highest first.
// That is enough to know, since a record from below gives only standings that
// are lower still, and takes only such: whether somebody has a rank, or a higher
// one, depends on no record of that rank or a lower one but their own. So of one
// rank, those who withdraw a laptop of their own come first, then those who give up
// a standing of their own, then those who refuse somebody. On what brings a laptop in no other record depends: it
// comes last.
func (j *jury) decide() {
	for {
		top, left := nobody, false
		ranks := make([]rank, len(j.order))
		for i := range j.order {
			if !j.decided[i] && j.turn(i) != bringsLast {
				ranks[i] = j.authority(i)
				top, left = max(top, ranks[i]), true
			}
		}
		if !left {
			break
		}
		for turn := range bringsLast {
			for i := range j.order {
				if !j.decided[i] && j.turn(i) == turn && ranks[i] == top && j.authority(i) == top {
					j.settle(i, top)
				}
			}
		}
	}
	for i := range j.order {
		if !j.decided[i] {
			j.settle(i, j.authority(i))
		}
	}
}

// bringsLast is the turn of the records that bring laptops in.
const bringsLast = 4

// turn is when a record is decided among those of its rank.
func (j *jury) turn(i int) int {
	switch r := j.order[i]; {
	case r.Deed == AddDevice:
		return bringsLast
	case r.Deed == Withdraw && r.Person == r.By:
		return 0
	case r.about() == r.By && r.Deed != Create:
		return 1
	case r.Deed == Refuse:
		return 2
	}
	return 3
}

// settle decides a record that its author made at a rank.
func (j *jury) settle(i int, at rank) {
	j.rank[i], j.decided[i] = at, true
	j.why[i] = j.objection(i, at)
	j.valid[i] = j.why[i] == ""
}

// authority is the rank at which the author of a record made it, as far as is
// decided.
func (j *jury) authority(i int) rank {
	r := j.order[i]
	if r.Deed == Create && r.ID == j.space {
		return founder
	}
	past := j.standing(r.By, func(k int) bool { return j.before[i].has(k) })
	if r.Deed == AddDevice {
		return past.rank // a device gives no rights, and what it wrote late is judged by its counter
	}
	limit := past.rank
	for before := founder + 1; limit < before; {
		before = limit
		for _, k := range j.about[r.By] {
			if j.valid[k] && k != i && !j.before[i].has(k) && !j.before[k].has(i) {
				limit = min(limit, j.left(k, limit))
			}
		}
	}
	if j.withdrawn(i, limit) {
		return nobody
	}
	return limit
}

// left is what a record leaves to its person, who stands at a rank and had not
// seen it: the whole rank where it may not take from that.
func (j *jury) left(k int, at rank) rank {
	c := j.order[k]
	switch {
	case j.rank[k] < at || j.rank[k] == at && c.By != c.Person:
	case c.Deed == Remove:
		return nobody
	case c.Deed == GiveRole:
		return given(c.Role, j.rank[k]).rank
	}
	return at
}

// standing is what the decided and valid records among some give a person.
func (j *jury) standing(person string, among func(int) bool) standing {
	var s standing
	for _, i := range j.about[person] {
		if j.valid[i] && among(i) {
			s, _ = j.step(s, i)
		}
	}
	return s
}

// step is the standing after a record about its person, and whether the record
// had an effect.
func (j *jury) step(s standing, i int) (standing, bool) {
	r := j.order[i]
	own := r.By == r.Person && j.rank[i] == s.rank
	may := j.rank[i] > s.rank || own
	gift := given(r.Role, j.rank[i])
	switch {
	case r.Deed == Create:
		return standing{Owner, founder}, true
	case s.rank == nobody && j.refused(i):
	case r.Deed == AddMember && may && gift.rank > s.rank:
		return gift, true
	case r.Deed == GiveRole && may:
		return gift, true
	case r.Deed == Remove && may:
		return standing{}, true
	}
	return s, false
}

// objection says why a record by an author of a rank is not allowed; nothing
// when it is.
func (j *jury) objection(i int, by rank) string {
	r := j.order[i]
	switch {
	case r.Deed == Create && r.ID != j.space, r.Deed != Create && r.Space != j.space:
		return "it belongs to another space"
	case r.Deed == Create:
		return ""
	case j.withdrawn(i, by) || by == nobody && j.withdrawn(i, j.standing(r.By, func(k int) bool { return j.before[i].has(k) }).rank):
		return "the laptop that signed it was withdrawn, or was not known when one of its person's was"
	case by == nobody:
		return "its author was no member, or was removed at the same time"
	case !r.Known():
		return "a newer version of Rapport wrote it"
	case r.Deed == Withdraw && !j.laptops.known(r.Person, r.Laptop, j.before[i]):
		return "the person has no such laptop"
	case r.Deed == AddDevice, (r.Deed == Remove || r.Deed == Withdraw) && r.Person == r.By:
		return ""
	case r.Deed == GiveRole && r.Person == r.By:
		if given(r.Role, by).rank >= by || r.Role == Owner {
			return "nobody gives themselves a role that can do more"
		}
		return ""
	case by < ranks[Admin]:
		return "only owners and admins may do this"
	case r.Role != "" && given(r.Role, by).rank >= by, r.Role == Owner && by <= ranks[Admin]:
		return "an admin gives only the roles below admin"
	case r.Deed != GiveRole && r.Deed != Remove && r.Deed != Withdraw:
		return ""
	}
	if past := j.standing(r.Person, func(k int) bool { return j.before[i].has(k) }); past.rank >= by {
		return "the person it is about stands as high as its author, or higher"
	}
	return ""
}

// membership is what comes of the valid records, read in their order.
func (j *jury) membership() Membership {
	m := Membership{Space: j.space, Members: map[string]Member{}, Devices: map[string]string{}, Invitations: map[string]Invitation{},
		Order: j.order, Void: map[string]string{}, Missing: j.missing}
	m.Withdrawn = map[string]string{}
	standings, heads, rotated := map[string]standing{}, map[string]bool{}, -1
	var removals []int
	for i, r := range j.order {
		heads[r.ID] = true
		for _, id := range r.After {
			delete(heads, id)
		}
		why := j.why[i]
		if why == "" && r.about() != "" {
			s, effect := j.step(standings[r.about()], i)
			if effect {
				standings[r.about()] = s
				m.stand(r, s, i)
			} else if s.rank == nobody && j.refused(i) {
				why = "the person it lets in was refused, and no invitation was made since"
				removals = append(removals, i) // whoever let them in may have given them the key
			} else {
				why = "something else was said of that person at the same time, or before"
			}
		}
		switch {
		case why != "":
			m.Void[r.ID] = why
			continue
		case r.Deed == Remove, r.Deed == Withdraw:
			removals = append(removals, i)
		case r.Deed == Rotate:
			rotated = i
		}
		m.take(r, i)
	}
	for _, i := range removals {
		after := rotated >= 0 && j.before[rotated].has(i)
		member := m.Members[j.order[i].Person].Role != ""
		m.stale = m.stale || member == (j.order[i].Deed == Withdraw) && !after
	}
	for _, p := range m.Members {
		m.stale = m.stale || p.Role != "" && p.From >= len(m.Epochs)
	}
	m.Heads = slices.Sorted(maps.Keys(heads))
	j.refuseAnswers(&m)
	return m
}

// stand keeps what a record made of its person.
func (m *Membership) stand(r Record, s standing, place int) {
	p := m.Members[r.about()]
	if r.Deed == Create || r.Deed == AddMember {
		p.Person, p.Card, p.Name, p.Side, p.Discipline = r.about(), r.Card, r.Called, r.Side, r.Discipline
		p.From, p.Since = len(m.Epochs), r.At
		if r.History {
			p.From = 0
		}
	}
	if p.Card == "" {
		p.Person, p.Card, p.Since = r.Person, r.Card, r.At
	}
	p.Role = s.role
	p.terms = append(p.terms, term{s.role, r.Seen, place})
	m.Members[p.Person] = p
}

// take keeps what a valid record says beside standings.
func (m *Membership) take(r Record, place int) {
	switch r.Deed {
	case Create:
		m.Name, m.Kind, m.Epochs = r.Name, r.Kind, []string{r.Epoch}
		m.own(r.Device, r.By)
	case AddDevice:
		m.own(r.Device, r.By)
	case Withdraw:
		if _, twice := m.Withdrawn[r.Laptop]; !twice {
			m.Withdrawn[r.Laptop] = r.ID
		}
		m.withdrawals = append(m.withdrawals, withdrawal{r.Person, r.Laptop, r.Seen, place})
	case Invite:
		if _, twice := m.Invitations[r.Invite]; !twice {
			m.Invitations[r.Invite] = Invitation{Record: r}
		}
	case AddMember:
		if i, ok := m.Invitations[r.Invite]; ok {
			i.UsedBy = append(i.UsedBy, r.Person)
			m.Invitations[r.Invite] = i
		}
	case Refuse:
		m.Refusals = append(m.Refusals, r)
	case Rotate:
		m.Epochs = append(m.Epochs, r.Epoch)
	case Rename:
		m.Name = r.Name
	case Accept:
		for _, g := range r.Ranges {
			m.accepted = append(m.accepted, accepted{g, place})
		}
	}
}

// own makes a device somebody's; it stays whose it was first.
func (m *Membership) own(device, person string) {
	if _, taken := m.Devices[device]; !taken && device != "" {
		m.Devices[device] = person
	}
}

// bits is a set of places.
type bits []uint64

func newBits(n int) bits      { return make(bits, (n+63)/64) }
func (b bits) add(i int)      { b[i/64] |= 1 << (i % 64) }
func (b bits) has(i int) bool { return b[i/64]>>(i%64)&1 == 1 }
func (b bits) merge(other bits) {
	for i, w := range other {
		b[i] |= w
	}
}
