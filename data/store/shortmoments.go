package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"rapport/data"
)

// momentReader reads what happened with contacts, many interactions at a time.
type momentReader struct {
	ours     *ourPeople
	lock     *sync.Mutex // of ours
	contacts map[string]*contactWarmth
	threads  threadNames
}

// interactionsAtOnce is how many interactions one value holds. Packed together
// and in the order of the table they are read five times as fast as row by row
// and contact by contact.
const interactionsAtOnce = 5000

// from reads all, or only what is touched.
func (m *momentReader) from(ctx context.Context, q asker, touchedOnly bool, touched touchedHistory) error {
	if touchedOnly {
		list := make([]int64, 0, len(touched.interactions))
		for n := range touched.interactions {
			list = append(list, n)
		}
		slices.Sort(list)
		packed, err := readPacked(ctx, q, `IN (SELECT value FROM json_each(?1))`, asJSON(list))
		if err != nil {
			return err
		}
		if err := m.take(packed); err != nil {
			return err
		}
		ours, err := query(ctx, q, scanString, `SELECT DISTINCT email FROM participant WHERE interaction_n IN (SELECT value FROM json_each(?1)) AND side = 'us' AND email <> ''`, asJSON(list))
		if err != nil {
			return err
		}
		return m.called(ctx, q, ours)
	}
	if err := m.readAll(ctx, q); err != nil {
		return err
	}
	m.lock.Lock()
	ours := slices.Collect(maps.Keys(m.ours.number))
	m.lock.Unlock()
	return m.called(ctx, q, ours)
}

// readAll reads every interaction. While some are taken apart the next are read.
func (m *momentReader) readAll(ctx context.Context, q asker) error {
	last, err := one(ctx, q, scanInt64, `SELECT coalesce(max(n), 0) FROM interaction`)
	if err != nil {
		return err
	}
	read := func(first int64) func() (packed, error) {
		return aside(func() (packed, error) {
			return readPacked(ctx, q, `BETWEEN ?1 AND ?2`, first, first+interactionsAtOnce-1)
		})
	}
	next := read(0)
	for first := int64(0); first <= last; first += interactionsAtOnce {
		packed, err := next()
		if err != nil {
			return err
		}
		if first+interactionsAtOnce <= last {
			next = read(first + interactionsAtOnce)
		}
		if err := m.take(packed); err != nil {
			next() //nolint:errcheck // what went wrong first is said
			return err
		}
	}
	return nil
}

// called asks how those of us with these addresses were called last. They are few,
// and reading that with every interaction takes as long as all the rest.
func (m *momentReader) called(ctx context.Context, q asker, addresses []string) error {
	for _, email := range addresses {
		name, err := one(ctx, q, scanString, `SELECT name FROM participant WHERE email = ? AND side = 'us' AND name <> '' ORDER BY interaction_n DESC LIMIT 1`, email)
		if noRows(err) != nil {
			return err
		}
		m.lock.Lock()
		if n, ok := m.ours.number[email]; ok && name != "" {
			m.ours.names[n] = name
		}
		m.lock.Unlock()
	}
	return nil
}

// packed is what happened with whom, in two texts that are read one beside the other:
// a line for each interaction that counts and a line for each person, both in the
// order of interaction.n. To read each table by itself, in its order, is quicker than
// to look up the people of each interaction.
type packed struct{ interactions, people string }

// The packing.
const (
	lineEnds  = "\x1e"
	fieldEnds = "\x1f"
)

// readPacked reads the interactions whose number a condition names. Who of us was
// only copied is in touch with nobody, see ourPeople.set, and is left out, and so is
// who is no contact and none of us. What a stranger may have written, the name of a
// person, ends no line.
func readPacked(ctx context.Context, q asker, which string, args ...any) (p packed, err error) {
	for _, part := range []struct {
		into     *string
		question string
	}{
		{&p.interactions, `
			SELECT group_concat(format('%d` + fieldEnds + `%d` + fieldEnds + `%s` + fieldEnds + `%s` + fieldEnds + `%s', n, at, kind, direction, thread), '` + lineEnds + `')
			FROM interaction WHERE n ` + which + ` AND kind <> 'note' AND cancelled = 0 AND automated = ''`},
		{&p.people, `
			SELECT group_concat(format('%d` + fieldEnds + `%d` + fieldEnds + `%s` + fieldEnds + `%s` + fieldEnds + `%s` + fieldEnds + `%s` + fieldEnds + `%s', interaction_n, place, part, side, answer, contact_id,
				iif(side <> 'us', '', replace(iif(email <> '', email, name), '` + lineEnds + `', ' '))), '` + lineEnds + `')
			FROM participant WHERE interaction_n ` + which + ` AND (contact_id <> '' OR side = 'us' AND part NOT IN ('cc', 'bcc'))`},
	} {
		text, err := one(ctx, q, func(r row) (s *string, err error) {
			err = r.Scan(&s)
			return s, err
		}, part.question, args...)
		if err != nil {
			return p, err
		}
		if text != nil {
			*part.into = *text
		}
	}
	return p, nil
}

// take takes packed interactions apart.
func (m *momentReader) take(p packed) error {
	if p.people == "" {
		return nil
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	current := packedInteraction{n: -1}
	for line := range strings.SplitSeq(p.people, lineEnds) {
		number, person, _ := strings.Cut(line, fieldEnds)
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return err
		}
		for current.n < n && p.interactions != "" {
			m.keep(&current)
			line, p.interactions, _ = strings.Cut(p.interactions, lineEnds)
			if err := current.begin(line); err != nil {
				return err
			}
		}
		if current.n == n { // else it does not count
			current.add(person)
		}
	}
	m.keep(&current)
	return nil
}

// packedInteraction is an interaction, with its people as far as they were read.
type packedInteraction struct {
	n, at     int64
	kind      kindCode
	direction data.Direction
	thread    string
	people    []packedPerson
}

// packedPerson is one person of an interaction.
type packedPerson struct {
	first   bool // the sender or organiser
	part    string
	side    data.Side
	away    bool   // they declined, or did not come
	contact string // Contact.ID, "" for none
	ours    string // of one of us the address, or the name where there is none
}

// begin starts with another interaction.
func (i *packedInteraction) begin(line string) (err error) {
	i.people = i.people[:0]
	var n, at, kind, direction string
	for _, into := range []*string{&n, &at, &kind, &direction} {
		*into, line, _ = strings.Cut(line, fieldEnds)
	}
	i.direction, i.thread = data.Direction(direction), line
	if i.n, err = strconv.ParseInt(n, 10, 64); err != nil {
		return err
	}
	code := slices.Index(kindCodes, data.Kind(kind))
	if code < 0 {
		return fmt.Errorf("bug: interaction %d is of kind %q", i.n, kind)
	}
	i.kind = kindCode(code)
	i.at, err = strconv.ParseInt(at, 10, 64)
	return err
}

func (i *packedInteraction) add(line string) {
	var p packedPerson
	var place, side, answer string
	for _, into := range []*string{&place, &p.part, &side, &answer, &p.contact} {
		*into, line, _ = strings.Cut(line, fieldEnds)
	}
	p.first, p.side, p.away, p.ours = place == "0", data.Side(side), answer == "declined" || answer == "absent", line
	i.people = append(i.people, p)
}

// keep notes what an interaction was for those of its people that are contacts.
func (m *momentReader) keep(i *packedInteraction) {
	thread := int32(-1) // not named yet
	for k := range i.people {
		p := &i.people[k]
		if p.contact == "" || p.away {
			continue
		}
		if thread < 0 {
			thread = m.threads.add(i.thread, i.n)
		}
		place := 1
		if p.first {
			place = 0
		}
		long := momentOf(data.Moment{Kind: kindCodes[i.kind]}, i.direction, place, p.part, p.side)
		short := shortMoment{at: i.at, n: i.n, thread: thread, kind: i.kind, copied: long.Copied, side: sideCode(max(0, slices.Index(sideCodes, long.Side)))}
		short.ours = m.ours.set(p, i.people, i.kind)
		c := m.contacts[p.contact]
		if c == nil {
			c = &contactWarmth{moments: make([]shortMoment, 0, 8)}
			m.contacts[strings.Clone(p.contact)] = c
		}
		c.moments = append(c.moments, short)
	}
}

// threadNames are the names of conversations by number. A conversation may have
// several numbers; what belongs to none is one of its own.
type threadNames []string

func (t *threadNames) add(thread string, n int64) int32 {
	if thread == "" {
		thread = "alone " + strconv.FormatInt(n, 10)
	} else {
		thread = strings.Clone(thread) // not all that it was read with
	}
	*t = append(*t, thread)
	return int32(len(*t) - 1)
}

// ourPeople are those of us who were in touch with anybody, by number, and the
// groups of them that were so together.
type ourPeople struct {
	names  []string         // as they were called last
	number map[string]int32 // by address, or by name where there is none
	groups [][]int32        // the first is nobody
	group  map[string]int32
}

// set is the number of the group of us that a person was in touch with in one
// interaction: who wrote to whom, or all who met.
func (o *ourPeople) set(p *packedPerson, people []packedPerson, kind kindCode) int32 {
	if o.group == nil {
		o.number, o.group, o.groups = map[string]int32{}, map[string]int32{"": 0}, [][]int32{nil}
	}
	var room [8]int32
	group := room[:0]
	for k := range people {
		u := &people[k]
		with := kindCodes[kind] != data.Mail || p.first && u.part == "to" || u.first && p.part == "to"
		if u.side == data.Us && !u.away && with {
			group = append(group, o.person(u.ours))
		}
	}
	slices.Sort(group)
	group = slices.Compact(group)
	var bytes [32]byte
	key := bytes[:0]
	for _, n := range group {
		key = append(key, byte(n), byte(n>>8), byte(n>>16), byte(n>>24))
	}
	known, ok := o.group[string(key)]
	if !ok {
		known = int32(len(o.groups))
		o.groups, o.group[string(key)] = append(o.groups, slices.Clone(group)), known
	}
	return known
}

// person is the number of one of us, by address, or by name where there is none.
func (o *ourPeople) person(key string) int32 {
	n, ok := o.number[key]
	if !ok {
		n = int32(len(o.names))
		key = strings.Clone(key) // not all that it was read with
		o.names, o.number[key] = append(o.names, key), n
	}
	return n
}

// know are the names of those of us who were in touch with a contact in the year
// before now, the most often first.
func (o *ourPeople) know(moments []shortMoment, now time.Time) []string {
	from, to := now.AddDate(-1, 0, 0).Unix(), now.Unix()
	times := map[int32]int{}
	for _, m := range moments {
		if m.ours != 0 && m.at >= from && m.at <= to {
			for _, n := range o.groups[m.ours] {
				times[n]++
			}
		}
	}
	if len(times) == 0 {
		return nil
	}
	numbers := make([]int32, 0, len(times))
	for n := range times {
		numbers = append(numbers, n)
	}
	slices.SortFunc(numbers, func(a, b int32) int {
		return cmp.Or(cmp.Compare(times[b], times[a]), strings.Compare(o.names[a], o.names[b]), cmp.Compare(a, b))
	})
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = o.names[n]
	}
	return names
}
