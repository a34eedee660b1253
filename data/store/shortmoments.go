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
	threads  map[string]string
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
		packed, err := packedInteractions(ctx, q, `i.n IN (SELECT value FROM json_each(?1))`, asJSON(list))
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
	read := func(first int64) func() (string, error) {
		return aside(func() (string, error) {
			return packedInteractions(ctx, q, `i.n >= ?1 AND i.n < ?2`, first, first+interactionsAtOnce)
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

// The packing: a line for each interaction with those of its people that count.
const (
	interactionEnds = "\x1e"
	personEnds      = "\x1f"
)

// packedInteractions are the interactions that a condition names; "" for none. Who
// of us was only copied is in touch with nobody, see ourPeople.set, and is left out.
func packedInteractions(ctx context.Context, q asker, which string, args ...any) (string, error) {
	packed, err := one(ctx, q, func(r row) (s *string, err error) {
		err = r.Scan(&s)
		return s, err
	}, `
		SELECT group_concat(CASE p.place WHEN 0 THEN concat_ws(' ', char(30) || i.n, i.at, i.kind, i.direction, i.thread) || char(31) ELSE '' END
			|| concat_ws(' ', p.place, p.part, p.side, iif(p.answer IN ('declined', 'absent'), '-', p.contact_id), '')
			|| CASE WHEN p.side <> 'us' THEN '' WHEN p.email <> '' THEN p.email ELSE ' ' || replace(replace(p.name, char(30), ' '), char(31), ' ') END, char(31))
		FROM interaction i CROSS JOIN participant p ON p.interaction_n = i.n
		WHERE `+which+` AND i.kind <> 'note' AND i.cancelled = 0 AND i.automated = '' AND (p.place = 0 OR p.contact_id <> '' OR p.side = 'us' AND p.part NOT IN ('cc', 'bcc'))`, args...)
	if err != nil || packed == nil {
		return "", err
	}
	return *packed, nil
}

// take takes packed interactions apart.
func (m *momentReader) take(packed string) error {
	if packed == "" {
		return nil
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	for line := range strings.SplitSeq(packed[len(interactionEnds):], interactionEnds) {
		if err := m.interaction(line); err != nil {
			return err
		}
	}
	return nil
}

// packedPerson is one person of an interaction.
type packedPerson struct {
	place         string
	part          string
	side          data.Side
	contact       string // Contact.ID, "" for none, "-" where they declined
	email, person string // of one of us; person only where there is no email
}

func (m *momentReader) interaction(line string) error {
	head, rest, _ := strings.Cut(line, personEnds)
	var f [5]string // n at kind direction thread
	for i := range f {
		f[i], head, _ = strings.Cut(head, " ")
	}
	n, err := strconv.ParseInt(f[0], 10, 64)
	if err != nil {
		return err
	}
	at, err := strconv.ParseInt(f[1], 10, 64)
	if err != nil {
		return err
	}
	kind := slices.Index(kindCodes, data.Kind(f[2]))
	if kind < 0 {
		return fmt.Errorf("bug: interaction %d is of kind %q", n, f[2])
	}
	var room [8]packedPerson
	people := room[:0]
	for packed := range strings.SplitSeq(rest, personEnds) {
		var p packedPerson
		var side string
		for _, into := range []*string{&p.place, &p.part, &side, &p.contact, &p.email} {
			*into, packed, _ = strings.Cut(packed, " ")
		}
		p.side, p.person = data.Side(side), packed
		if p.place != "" { // nothing is between two interactions
			people = append(people, p)
		}
	}
	for _, p := range people {
		if p.contact == "" || p.contact == "-" {
			continue
		}
		place := 1
		if p.place == "0" {
			place = 0
		}
		long := momentOf(data.Moment{Kind: kindCodes[kind]}, data.Direction(f[3]), place, p.part, p.side)
		short := shortMoment{at: at, n: n, thread: m.thread(f[4], f[0]), kind: kindCode(kind), copied: long.Copied, side: sideCode(max(0, slices.Index(sideCodes, long.Side)))}
		short.ours = m.ours.set(p, people, kindCodes[kind])
		c := m.contacts[p.contact]
		if c == nil {
			c = &contactWarmth{moments: make([]shortMoment, 0, 8)}
			m.contacts[strings.Clone(p.contact)] = c
		}
		c.moments = append(c.moments, short)
	}
	return nil
}

// thread keeps a conversation's name once. What belongs to none is one of its
// own.
func (m *momentReader) thread(thread, n string) string {
	if thread == "" {
		return "alone " + n
	}
	if known, ok := m.threads[thread]; ok {
		return known
	}
	thread = strings.Clone(thread) // not all that it was read with
	m.threads[thread] = thread
	return thread
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
func (o *ourPeople) set(p packedPerson, people []packedPerson, kind data.Kind) int32 {
	if o.group == nil {
		o.number, o.group, o.groups = map[string]int32{}, map[string]int32{"": 0}, [][]int32{nil}
	}
	var room [8]int32
	group := room[:0]
	for _, u := range people {
		with := kind != data.Mail || p.place == "0" && u.part == "to" || u.place == "0" && p.part == "to"
		if u.side == data.Us && u.contact != "-" && with {
			group = append(group, o.person(u))
		}
	}
	slices.Sort(group)
	group = slices.Compact(group)
	var key []byte
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

func (o *ourPeople) person(u packedPerson) int32 {
	key := cmp.Or(u.email, u.person)
	n, ok := o.number[key]
	if !ok {
		n = int32(len(o.names))
		o.names, o.number[strings.Clone(key)] = append(o.names, strings.Clone(key)), n
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
