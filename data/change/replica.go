package change

// A Replica is the whole state of a space in memory, for tests, rebuilding and
// comparing. The store keeps the same registers as rows. It is not safe for use
// by several goroutines at once.
type Replica struct {
	Have     Vector // what was applied
	Entities map[Ref]Entity
	// Judge says what may touch the state; nil lets everything in. What it
	// quarantines counts in Have, so that nothing waits for it.
	Judge       func(Change) Verdict
	Quarantined map[Dot]Verdict

	waiting map[string]map[uint64]Change // by log and counter
}

// NewReplica returns a replica that has seen nothing.
func NewReplica() *Replica {
	return &Replica{Have: Vector{}, Entities: map[Ref]Entity{}, Quarantined: map[Dot]Verdict{}, waiting: map[string]map[uint64]Change{}}
}

// Receive takes a change in whatever order it comes and returns the changes that
// could be applied now, in the order in which they were: none for a duplicate or
// for one that must wait, several where others had waited for this one. Of two
// different changes with one dot, the first to come is taken.
func (r *Replica) Receive(c Change) []Change {
	if _, waits := r.waiting[c.Log][c.Counter]; waits || r.Have.Has(c.Dot) {
		return nil
	}
	if r.waiting[c.Log] == nil {
		r.waiting[c.Log] = map[uint64]Change{}
	}
	r.waiting[c.Log][c.Counter] = c
	var applied []Change
	for before := -1; before < len(applied); {
		before = len(applied)
		for log := range r.waiting {
			applied = append(applied, r.drain(log)...)
		}
	}
	return applied
}

// drain applies what is ready of one log.
func (r *Replica) drain(log string) []Change {
	var applied []Change
	for {
		c, ok := r.waiting[log][r.Have[log]+1]
		if !ok || !Ready(r.Have, c) {
			return applied
		}
		delete(r.waiting[log], c.Counter)
		if len(r.waiting[log]) == 0 {
			delete(r.waiting, log)
		}
		r.apply(c)
		applied = append(applied, c)
	}
}

func (r *Replica) apply(c Change) {
	r.Have.Add(c.Dot)
	if r.Judge != nil {
		if v := r.Judge(c); v != Let {
			r.Quarantined[c.Dot] = v
			return
		}
	}
	if !c.Known() {
		return
	}
	e := r.Entities[c.Entity]
	if e == nil {
		e = Entity{}
		r.Entities[c.Entity] = e
	}
	e[c.Slot()] = e[c.Slot()].Apply(c)
}

// Rejudge builds the state anew under another judge. history is every change
// that was applied, in an order in which each could be, which is that of
// Receive's answers. What waits goes on waiting.
func (r *Replica) Rejudge(history []Change, judge func(Change) Verdict) {
	r.Have, r.Entities, r.Quarantined, r.Judge = Vector{}, map[Ref]Entity{}, map[Dot]Verdict{}, judge
	for _, c := range history {
		r.apply(c)
	}
}

// Waiting returns how many changes wait for others.
func (r *Replica) Waiting() int {
	n := 0
	for _, log := range r.waiting {
		n += len(log)
	}
	return n
}

// Groups returns the joined IDs of a kind, each with the smallest of its group.
func (r *Replica) Groups(kind string) map[string]string {
	var links [][2]string
	for ref, e := range r.Entities {
		for slot, register := range e {
			if ref.Kind == kind && slot.Part == Link && register.Joined() {
				links = append(links, [2]string{ref.ID, slot.Name})
			}
		}
	}
	return Groups(links)
}
