package data

import "reflect"

// partIn finds a part among those of its kind.
func partIn[T Part](list []T, id string) (Part, bool) {
	for _, p := range list {
		if p.Belonging().ID == id {
			return p, true
		}
	}
	return nil, false
}

// Part is one of the account's parts that the plan is made from; false where there
// is none of that kind and ID. The team's own offers are none.
func (in PlanInput) Part(kind, id string) (Part, bool) {
	switch kind {
	case KindPlan:
		return in.Plan, in.Plan.ID != "" && in.Plan.ID == id
	case KindFact:
		return partIn(in.Facts, id)
	case KindNeed:
		return partIn(in.Needs, id)
	case KindInitiative:
		return partIn(in.Initiatives, id)
	case KindObjective:
		return partIn(in.Objectives, id)
	case KindStep:
		return partIn(in.Steps, id)
	case KindPromise:
		return partIn(in.Promises, id)
	case KindValue:
		return partIn(in.Values, id)
	case KindSpace:
		return partIn(in.Spaces, id)
	case KindUse:
		return partIn(in.Uses, id)
	case KindPreference:
		return partIn(in.Preferences, id)
	case KindRisk:
		return partIn(in.Risks, id)
	case KindUnknown:
		return partIn(in.Unknowns, id)
	case KindForesight:
		return partIn(in.Foresights, id)
	}
	return nil, false
}

// RestoreSection says what brings a section of a plan back to how it was: the parts
// to keep as they were then, and those to take away, since they were not there. It
// goes by the lines of either page, those that found no room too. What is computed, what lives elsewhere,
// and when the plan was reviewed is left as it is.
func RestoreSection(was, is PlanInput, section string) (put, drop []Part) {
	seen := map[string]bool{}
	for _, in := range []PlanInput{was, is} {
		s, _ := ComposePlan(in).Section(section)
		for _, l := range s.Whole() {
			if l.ID == "" || seen[l.KeyOf()] {
				continue
			}
			seen[l.KeyOf()] = true
			then, there := was.Part(l.Kind, l.ID)
			now, here := is.Part(l.Kind, l.ID)
			switch {
			case there && !(here && reflect.DeepEqual(then, now)):
				put = append(put, restored(then, now))
			case here && !there:
				drop = append(drop, now)
			}
		}
	}
	return put, drop
}

// restored is a part as it was; the head of a plan stays reviewed when it was
// reviewed last.
func restored(then, now Part) Part {
	was, ok := then.(Plan)
	is, there := now.(Plan)
	if ok && there {
		was.Reviewed, was.ReviewedBy, was.Next = is.Reviewed, is.ReviewedBy, is.Next
		return was
	}
	return then
}
