package change

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// A party is some people who share a space: they add, demote and remove each
// other, write, copy laptops, and hear of each other late and in any order.
type party struct {
	t       *rapid.T
	laptops []*seat
	records []Record
	changes []Change
	made    int
}

// A seat is a laptop: what it has heard, and what it makes of that.
type seat struct {
	person, device string
	records        map[string]Record
	m              Membership
	replica        *Replica
	history        []Change
	author         Author
	clock          HLC
	skew           time.Duration
}

const spaceID = "r-space"

// mayWrite is the table of roles for tests.
func mayWrite(_ string, role Role, c Change) bool {
	switch role {
	case Owner, Admin, Editor:
		return true
	case Contributor:
		return c.Entity.Kind == "note"
	}
	return false
}

func newParty(t *rapid.T) *party {
	p := &party{t: t}
	p.seat("p0")
	p.publish(p.laptops[0], Record{ID: spaceID, Deed: Create, Name: "space", Kind: "team", Epoch: "e0", Card: "card p0"})
	for i := range 3 {
		p.admit(p.laptops[0], fmt.Sprint("p", i+1), []Role{Admin, Editor, Reader}[i])
	}
	return p
}

// seat gives a person another laptop.
func (p *party) seat(person string) *seat {
	s := &seat{person: person, device: fmt.Sprint("d", len(p.laptops), person), records: map[string]Record{}, replica: NewReplica()}
	s.skew = time.Duration(rapid.IntRange(-1, 1).Draw(p.t, "clock is off by years")) * 365 * 24 * time.Hour
	s.newLog()
	p.laptops = append(p.laptops, s)
	s.judge()
	return s
}

// newLog is what a copied or restored laptop does.
func (s *seat) newLog() {
	nonce := 0
	if _, n, ok := strings.Cut(s.author.Log, "-"); ok {
		fmt.Sscan(n, &nonce)
	}
	s.author = Author{Log: fmt.Sprint(s.device, "-", nonce+1), Actor: s.person, Schema: 1}
}

// judge makes of the records and changes what they say now.
func (s *seat) judge() {
	var list []Record
	for _, r := range s.records {
		list = append(list, r)
	}
	s.m = Judge(spaceID, list)
	s.replica.Rejudge(s.history, s.m.Verdicts(mayWrite))
}

func (s *seat) hear(r Record) {
	if _, known := s.records[r.ID]; !known {
		s.records[r.ID] = r
		s.judge()
	}
}

func (s *seat) receive(c Change) { s.history = append(s.history, s.replica.Receive(c)...) }

func (p *party) now(s *seat) time.Time {
	return start.Add(s.skew + time.Duration(p.made/3)*time.Second)
}

// publish completes a record as its author's laptop does, and keeps it there.
func (p *party) publish(s *seat, r Record) Record {
	p.made++
	s.clock = Next(s.clock, p.now(s))
	r.By, r.Device, r.At = s.person, s.device, s.clock
	if r.Deed != Create {
		r.Space, r.After = spaceID, s.m.Heads
		r.ID = p.id()
	}
	r = p.wire(r)
	p.records = append(p.records, r)
	s.hear(r)
	return r
}

// id is a name that does not sort by age, nor at random.
func (p *party) id() string {
	h := fnv.New32a()
	fmt.Fprint(h, "record", p.made)
	return fmt.Sprintf("r%08x-%d", h.Sum32(), p.made)
}

// wire writes a record and reads it back, as it travels.
func (p *party) wire(r Record) Record {
	line, err := r.Encode()
	if err != nil {
		p.t.Fatalf("%+v: %v", r, err)
	}
	back, err := DecodeRecord(line)
	if err != nil {
		p.t.Fatalf("%s: %v", line, err)
	}
	back.ID, back.By, back.Device = r.ID, r.By, r.Device
	return back
}

// seen is how much of a person's logs a laptop has.
func (s *seat) seen(person string) Vector {
	v := Vector{}
	for log, n := range s.replica.Have {
		device, _, _ := strings.Cut(log, "-")
		if s.m.Devices[device] == person {
			v[log] = n
		}
	}
	return v
}

// admit adds somebody new, with a laptop that says whose it is.
func (p *party) admit(by *seat, person string, role Role) {
	p.publish(by, Record{Deed: AddMember, Person: person, Card: "card " + person, Role: role, Seen: by.seen(person)})
	p.register(person, by)
}

// register gives a person a laptop that has heard what another has.
func (p *party) register(person string, from *seat) *seat {
	s := p.seat(person)
	for _, r := range from.records {
		s.records[r.ID] = r
	}
	s.judge()
	p.publish(s, Record{Deed: AddDevice})
	return s
}

func (p *party) someone(t *rapid.T) *seat { return rapid.SampledFrom(p.laptops).Draw(t, "laptop") }

func anyPerson(t *rapid.T) string { return fmt.Sprint("p", rapid.IntRange(0, 5).Draw(t, "person")) }

func anyRole(t *rapid.T) Role { return rapid.SampledFrom(Roles).Draw(t, "role") }

// anyDeed is a record about somebody, allowed or not.
func anyDeed(t *rapid.T, seen func(string) Vector) Record {
	person := anyPerson(t)
	switch d := rapid.SampledFrom([]Deed{AddMember, GiveRole, GiveRole, Remove, Remove, Rotate, Rename, Invite, Accept, AddDevice, Withdraw, Refuse}).Draw(t, "deed"); d {
	case AddMember, GiveRole:
		return Record{Deed: d, Person: person, Card: "card " + person, Role: anyRole(t), Seen: seen(person)}
	case Remove:
		return Record{Deed: d, Person: person, Seen: seen(person)}
	case Refuse:
		return Record{Deed: d, Person: person}
	case Withdraw:
		return Record{Deed: d, Person: person, Laptop: fmt.Sprint("d", rapid.IntRange(0, 8).Draw(t, "laptop"), person), Seen: seen(person)}
	case Rotate:
		return Record{Deed: d, Epoch: fmt.Sprint("e", rapid.IntRange(1, 9).Draw(t, "epoch"))}
	case Rename:
		return Record{Deed: d, Name: fmt.Sprint("name ", rapid.IntRange(1, 9).Draw(t, "name"))}
	case Invite:
		return Record{Deed: d, Invite: fmt.Sprint("secret ", rapid.IntRange(1, 3).Draw(t, "secret")), Role: anyRole(t), Until: 1}
	case Accept:
		first := rapid.Uint64Range(1, 6).Draw(t, "first")
		return Record{Deed: d, Ranges: []Range{{fmt.Sprint("d", rapid.IntRange(0, 5).Draw(t, "device"), person, "-1"), first, first + 2}}}
	}
	return Record{Deed: AddDevice}
}

// govern lets somebody say something about the members.
func (p *party) govern(t *rapid.T) {
	s := p.someone(t)
	p.publish(s, anyDeed(t, s.seen))
}

// forge lets somebody sign a record that pretends to be older: it follows what
// they like, its clock is what they like, and so is how much they had seen.
func (p *party) forge(t *rapid.T) {
	s := p.someone(t)
	p.forged(t, s.person, s.device)
}

func (p *party) forged(t *rapid.T, person, device string) Record {
	r := anyDeed(t, func(string) Vector { return anySeen(t) })
	p.made++
	r.ID, r.By, r.Device, r.Space = p.id(), person, device, spaceID
	r.At = HLC(rapid.Uint64Range(1, 1<<62).Draw(t, "at"))
	for range rapid.IntRange(1, 3).Draw(t, "how many before") {
		r.After = append(r.After, rapid.SampledFrom(p.records).Draw(t, "after").ID)
	}
	slices.Sort(r.After)
	r.After = slices.Compact(r.After)
	r = p.wire(r)
	p.records = append(p.records, r)
	return r
}

func anySeen(t *rapid.T) Vector {
	v := Vector{}
	for range rapid.IntRange(0, 3).Draw(t, "logs seen") {
		v[fmt.Sprint("d", rapid.IntRange(0, 5).Draw(t, "device"), anyPerson(t), "-1")] = rapid.Uint64Range(1, 99).Draw(t, "counter")
	}
	return v
}

// write lets somebody edit something, whether they may or not.
func (p *party) write(t *rapid.T) {
	s := p.someone(t)
	ref := Ref{rapid.SampledFrom([]string{"note", "contact"}).Draw(t, "kind"), rapid.SampledFrom([]string{"x", "y"}).Draw(t, "entity")}
	p.made++
	s.author.Have = s.replica.Have.Clone()
	c := s.author.Set(p.now(s), ref, "name", fmt.Sprint("value ", p.made), s.replica.Entities[ref].Field("name"))
	p.changes = append(p.changes, c)
	s.receive(c)
}

// gossip brings somebody a few records and changes of anywhere.
func (p *party) gossip(t *rapid.T) {
	s := p.someone(t)
	for range rapid.IntRange(1, 6).Draw(t, "how many") {
		if rapid.Bool().Draw(t, "a record") {
			s.hear(rapid.SampledFrom(p.records).Draw(t, "record"))
		} else if len(p.changes) > 0 {
			s.receive(rapid.SampledFrom(p.changes).Draw(t, "change"))
		}
	}
}

// meet brings somebody everything.
func (p *party) meet(t *rapid.T) { p.giveAll(p.someone(t), rapid.Uint64().Draw(t, "order")) }

func (p *party) giveAll(s *seat, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	records, changes := slices.Clone(p.records), slices.Clone(p.changes)
	random.Shuffle(len(records), reflect.Swapper(records))
	random.Shuffle(len(changes), reflect.Swapper(changes))
	half := len(changes) / 2
	for _, c := range changes[:half] {
		s.receive(c)
	}
	for i, r := range records {
		if i%3 == 0 {
			s.hear(r)
		} else if _, known := s.records[r.ID]; !known {
			s.records[r.ID] = r
		}
	}
	s.judge()
	for _, c := range changes[half:] {
		s.receive(c)
	}
}

// copyLaptop goes on from a copy of a laptop, under a new log.
func (p *party) copyLaptop(t *rapid.T) {
	from := p.someone(t)
	s := &seat{person: from.person, device: from.device, records: map[string]Record{}, replica: NewReplica(), author: from.author, clock: from.clock}
	for id, r := range from.records {
		s.records[id] = r
	}
	s.history = slices.Clone(from.history)
	s.judge()
	s.author.Log = fmt.Sprint(from.device, "-", 2+len(p.laptops))
	s.author.Told = nil
	p.laptops = append(p.laptops, s)
}

// another lets a member take up one more laptop, or a newcomer join late.
func (p *party) another(t *rapid.T) { p.register(anyPerson(t), p.someone(t)) }

// revel lets things happen.
func revel(t *rapid.T) *party {
	p := newParty(t)
	few := func(do func(*rapid.T)) func(*rapid.T) {
		return func(t *rapid.T) {
			if len(p.laptops) >= 9 {
				t.Skip("enough laptops")
			}
			do(t)
		}
	}
	t.Repeat(map[string]func(*rapid.T){
		"write": p.write, "write more": p.write, "govern": p.govern, "govern more": p.govern, "forge": p.forge,
		"gossip": p.gossip, "gossip more": p.gossip, "meet": p.meet, "copy": few(p.copyLaptop), "another": few(p.another),
	})
	return p
}
