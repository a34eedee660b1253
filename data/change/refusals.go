package change

import "slices"

// refusals are what records say of those who asked to come in, by their places in the
// order.
type refusals struct {
	of      map[string][]int // by person: where they were refused
	invites map[string][]int // by the hash of the secret: where the invitation was made
}

func newRefusals() refusals { return refusals{map[string][]int{}, map[string][]int{}} }

func (l refusals) note(r Record, place int) {
	switch r.Deed {
	case Refuse:
		l.of[r.Person] = append(l.of[r.Person], place)
	case Invite:
		l.invites[r.Invite] = append(l.invites[r.Invite], place)
	}
}

// refused says whether a decided record that lets somebody in is about a person who was
// refused by an author of its own author's rank or above. A refusal binds what its author had not
// seen, too, as a removal does; what they had seen is done, and only a removal ends it.
// It is taken back by an invitation that was made by somebody who knew of it, or, where
// no invitation is used, by whoever lets the person in and knows of it.
func (j *jury) refused(i int) bool {
	r := j.order[i]
	if r.Deed != AddMember && r.Deed != GiveRole {
		return false
	}
	return slices.ContainsFunc(j.refusals.of[r.Person], func(k int) bool {
		if !j.valid[k] || j.rank[k] < j.rank[i] || j.before[k].has(i) {
			return false
		}
		if r.Invite == "" {
			return !j.before[i].has(k)
		}
		return !slices.ContainsFunc(j.refusals.invites[r.Invite], func(v int) bool { return j.before[i].has(v) && j.before[v].has(k) })
	})
}

// refuseAnswers keeps of each invitation whom it lets in no more.
func (j *jury) refuseAnswers(m *Membership) {
	for person, places := range j.refusals.of {
		for _, k := range places {
			for hash, i := range m.Invitations {
				made := j.refusals.invites[hash]
				renewed := slices.ContainsFunc(made, func(v int) bool { return j.valid[v] && j.before[v].has(k) })
				if j.valid[k] && !renewed && !slices.Contains(i.Refused, person) {
					i.Refused = append(i.Refused, person)
					slices.Sort(i.Refused)
					m.Invitations[hash] = i
				}
			}
		}
	}
}
