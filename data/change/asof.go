package change

// AsOf returns the membership as somebody had it who knew some of its records and
// those that these follow, as a snapshot names them. It is false while one of them
// is not here.
func (m Membership) AsOf(heads []string) (Membership, bool) {
	byID := map[string]Record{}
	for _, r := range m.Order {
		byID[r.ID] = r
	}
	known := map[string]Record{}
	for todo := heads; len(todo) > 0; {
		id := todo[len(todo)-1]
		todo = todo[: len(todo)-1 : len(todo)-1]
		if _, done := known[id]; done {
			continue
		}
		r, here := byID[id]
		if !here {
			return Membership{}, false
		}
		known[id] = r
		todo = append(todo, r.After...)
	}
	var records []Record
	for _, r := range known {
		records = append(records, r)
	}
	return Judge(m.Space, records), true
}

// SameVerdicts says whether two memberships let in and keep out the same of all
// changes that a vector has. lets says which changes a role lets in of a side: the same
// text for those that write alike, and that of an owner of no side for what writes
// everything, as what was accepted does.
func (m Membership) SameVerdicts(other Membership, of Vector, lets func(side string, role Role) string) bool {
	in := func(j Judgement, counter uint64) string {
		s := j.span(counter)
		switch {
		case s.Accepted:
			return lets("", Owner)
		case j.Person == "", s.Withdrawn:
			return lets("", "")
		}
		return lets(j.Side, s.Role)
	}
	for log, last := range of {
		a, b := m.Judgement(log), other.Judgement(log)
		for _, spans := range [][]Span{a.Spans, b.Spans} {
			for _, s := range spans {
				if s.First <= last && in(a, s.First) != in(b, s.First) {
					return false
				}
			}
		}
	}
	return true
}
