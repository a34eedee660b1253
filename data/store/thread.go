package store

import (
	"maps"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/text"
)

// talks are the conversations that a write reads and makes. Every name goes on
// to another one, and that which goes on to itself names the conversation, so
// that two become one by a single step, whatever came first. Of the names that
// mails know a conversation by (text.Node.Key) the least is its own: it does not
// depend on the order of arrival.
type talks struct {
	up    map[int64]int64 // as the write has it
	kept  map[int64]int64 // as the file has it
	ended map[int64]bool  // names that were conversations' own and are no more
	// headless are the subjects that headless mails are known to bear.
	headless map[int64]bool
	// bearers are the different mails, by their dates, that bear a Message-ID
	// which came up before.
	bearers map[string]map[int64]bool
}

// bearersMost is how many mails of different dates may bear one Message-ID and
// be joined by it. Copies of a mail have its date; a program that gives all its
// mails the same Message-ID would else make one conversation of years.
const bearersMost = 8

// node is a mail as threading sees it, looked at once.
type node struct {
	text.Node
	names    []int64 // all that the mail bears or names
	subject  int64   // the name of its bare subject; 0 for none
	headless bool
}

func nodeOf(m data.Message) node { return named(data.ThreadNode(m)) }

// named looks at a mail as threading sees it.
func named(tn text.Node) node {
	n := node{Node: tn}
	for _, id := range n.Names() {
		n.names = append(n.names, data.ThreadName(id))
	}
	if key := n.SubjectKey(); key != "" {
		n.subject, n.headless = data.ThreadName(key), n.Headless()
	}
	return n
}

func (tx *Tx) beginTalks() *talks {
	if tx.talks.up == nil {
		tx.talks = talks{
			up: map[int64]int64{}, kept: map[int64]int64{}, ended: map[int64]bool{}, headless: map[int64]bool{},
			bearers: map[string]map[int64]bool{},
		}
	}
	return &tx.talks
}

// readThreads reads what threading needs of mails at once, so that threadFor
// need not ask for each.
func (tx *Tx) readThreads(list []readied) error {
	t := tx.beginTalks()
	var names []int64
	var subjects []any
	for _, m := range list {
		n := m.node
		names = append(names, n.names...)
		if n.subject != 0 {
			subjects = append(subjects, n.subject)
		}
	}
	if err := inEvenChunks(subjects, func(marks string, args []any) error {
		found, err := query(tx.ctx, prepared{tx}, scanInt64, `SELECT DISTINCT subject_name FROM message WHERE headless = 1 AND subject_name IN (`+marks+`)`, args...)
		for _, s := range found {
			t.headless[s] = true
		}
		return err
	}); err != nil {
		return err
	}
	if err := tx.readNames(names); err != nil {
		return err
	}
	return tx.readBearers(list)
}

// readBearers reads the dates of the mails that bear the Message-IDs of these.
// Only those are asked for whose name came up before.
func (tx *Tx) readBearers(list []readied) error {
	t := &tx.talks
	var ids []any
	for _, a := range list {
		id := a.Message.MessageID
		if id == "" || t.bearers[id] != nil {
			continue
		}
		t.bearers[id] = map[int64]bool{}
		if _, known := t.up[data.ThreadName(text.CleanID(id))]; known {
			ids = append(ids, id)
		}
	}
	return inEvenChunks(ids, func(marks string, args []any) error {
		_, err := query(tx.ctx, prepared{tx}, func(r row) (struct{}, error) {
			var id string
			var date int64
			if err := r.Scan(&id, &date); err != nil {
				return struct{}{}, err
			}
			t.bearers[id][date] = true
			return struct{}{}, nil
		}, `SELECT message_id, date FROM message WHERE message_id <> '' AND message_id IN (`+marks+`) GROUP BY message_id, date`, args...)
		return err
	})
}

// apart says whether a mail is one of so many with its Message-ID that this
// names none of them, and counts it.
func (t *talks) apart(m data.Message) bool {
	dates := t.bearers[m.MessageID]
	if dates == nil {
		return false
	}
	if at := m.Date.Unix(); len(dates) <= bearersMost {
		dates[at] = true
	}
	return len(dates) > bearersMost
}

// readNames reads where names go on to, and where those do.
func (tx *Tx) readNames(names []int64) error {
	t := &tx.talks
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	names = slices.DeleteFunc(names, func(n int64) bool { _, have := t.up[n]; return have })
	for len(names) > 0 {
		var next []int64
		asked := make([]any, len(names))
		for i, n := range names {
			asked[i] = n
		}
		err := inEvenChunks(asked, func(marks string, args []any) error {
			found, err := query(tx.ctx, prepared{tx}, func(r row) (p [2]int64, err error) {
				err = r.Scan(&p[0], &p[1])
				return p, err
			}, `SELECT name, up FROM thread_name WHERE name IN (`+marks+`)`, args...)
			for _, p := range found {
				t.up[p[0]], t.kept[p[0]] = p[1], p[1]
				if _, have := t.up[p[1]]; !have {
					next = append(next, p[1])
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		names = next
	}
	return nil
}

// own is the conversation that a name belongs to; false for a name that is new.
func (t *talks) own(name int64) (int64, bool) {
	up, ok := t.up[name]
	if !ok {
		return name, false
	}
	for t.up[up] != up {
		up = t.up[up]
	}
	return up, true
}

// join makes names one conversation, which goes by the least of its own names.
func (t *talks) join(own int64, name int64) int64 {
	other, known := t.own(name)
	if !known {
		t.up[name] = own
		return own
	}
	if other == own {
		return own
	}
	least, ended := min(own, other), max(own, other)
	t.up[least], t.up[ended] = least, least
	t.ended[ended] = true
	return least
}

// threadFor finds the conversation of a mail that readThreads has read and that
// is not kept yet, and makes those that it links one.
func (tx *Tx) threadFor(m *readied) (string, error) {
	t, n := &tx.talks, m.node
	if t.apart(m.Message) {
		n.MessageID = m.entry
		n = named(n.Node)
	}
	own := t.begin(data.ThreadName(n.Key()))
	for _, name := range n.names {
		own = t.join(own, name)
	}
	others, err := tx.bySubject(n)
	if err != nil {
		return "", err
	}
	for _, name := range others {
		own = t.join(own, name)
	}
	return data.ThreadID(own), nil
}

// begin makes a name one that its conversation can go by, and returns the
// conversation.
func (t *talks) begin(key int64) int64 {
	own, known := t.own(key)
	if !known || key >= own {
		t.up[key] = own
		return own
	}
	t.up[key], t.up[own] = key, key
	t.ended[own] = true
	return key
}

// bySubjectMost is how many mails of one subject are compared: a subject that
// more mails bear in a month says nothing.
const bySubjectMost = 200

// bySubject finds the conversations that go on in a mail by its subject, or
// that go on from it, and reads their names.
func (tx *Tx) bySubject(n node) (found []int64, err error) {
	if n.subject == 0 {
		return nil, nil
	}
	within := int64(data.ThreadWithin.Seconds())
	if tx.talks.headless[n.subject] {
		if found, err = tx.alike(`headless = 1 AND m.date > ?2 AND m.date <= ?3`, n.subject, n.At, n.At+within, func(other text.Node) bool {
			return other.Continues(n.Node, within)
		}); err != nil {
			return nil, err
		}
	}
	if !n.headless {
		return found, nil
	}
	tx.talks.headless[n.subject] = true
	before, err := tx.alike(`subject_name <> 0 AND m.date >= ?2 AND m.date < ?3`, n.subject, n.At-within, n.At, func(other text.Node) bool {
		return n.Continues(other, within)
	})
	return append(found, before...), err
}

// alike finds the conversations of kept mails of a subject that pass the test.
// What they answer is not read: either they are headless, or it does not matter.
func (tx *Tx) alike(where string, subject, from, to int64, passes func(text.Node) bool) ([]int64, error) {
	type candidate struct {
		mailCopy
		at     int64
		thread string
	}
	list, err := query(tx.ctx, prepared{tx}, func(r row) (c candidate, err error) {
		var people string
		if err := r.Scan(&c.ID, &c.MessageID, &c.Subject, &people, &c.at, &c.thread); err != nil {
			return c, err
		}
		p, err := fromJSON[messagePeople](people)
		c.From, c.To, c.Cc = p.From, p.To, p.Cc
		return c, err
	}, `
		SELECT m.id, m.message_id, m.subject, m.people, m.date, i.thread
		FROM message m JOIN interaction i ON i.n = m.interaction_n
		WHERE m.subject_name = ?1 AND `+where+` ORDER BY m.date DESC LIMIT ?4`, subject, from, to, bySubjectMost)
	if err != nil {
		return nil, err
	}
	var names []int64
	for _, c := range list {
		n := data.ThreadNode(c.Message)
		n.At = c.at
		if passes(n) {
			names = append(names, data.NameOfThread(c.thread))
		}
	}
	return names, tx.readNames(names)
}

// joinThreads keeps the conversations that the write made or joined, and moves
// the entries of those that ended.
func (tx *Tx) joinThreads() error {
	t := &tx.talks
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(t.up)), func(n int64) bool {
		kept, was := t.kept[n]
		return was && kept == t.up[n]
	})
	for part := range slices.Chunk(names, 250) {
		args := make([]any, 0, 2*len(part))
		for _, n := range part {
			args = append(args, n, t.up[n])
		}
		if _, err := tx.sql.ExecContext(tx.ctx, `
			INSERT INTO thread_name (name, up) VALUES (?, ?)`+strings.Repeat(`, (?, ?)`, len(part)-1)+`
			ON CONFLICT (name) DO UPDATE SET up = excluded.up`, args...); err != nil {
			return err
		}
	}
	for _, ended := range slices.Sorted(maps.Keys(t.ended)) {
		own, _ := t.own(ended)
		if own == ended {
			continue
		}
		if err := tx.touchedThread(data.ThreadID(ended)); err != nil {
			return err
		}
		if _, err := tx.exec(`UPDATE interaction SET thread = ? WHERE thread = ? AND thread <> ''`, data.ThreadID(own), data.ThreadID(ended)); err != nil {
			return err
		}
	}
	return nil
}
