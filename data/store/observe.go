package store

import (
	"context"
	"maps"
	"slices"

	"rapport/data"
	"rapport/data/change"
)

// Observe decides anew what the members of a space are told of at most a number of
// the mails for which something changed that decides it, and writes what differs to
// the space's log: what may be told now, and what may not be any more, which is
// taken back. It says of how many it decided; 0 is that nothing is left to do.
func (db *DB) Observe(ctx context.Context, space string, most int) (int, error) {
	due, err := one(ctx, db.read, scanInt, `SELECT EXISTS (SELECT 1 FROM to_observe WHERE space_id = ?)`, space)
	if err != nil || due == 0 {
		return 0, wrapNoun(err, "space %s", space)
	}
	done := 0
	_, err = db.Write(ctx, "", func(tx *Tx) error {
		o, may, err := tx.observer(space)
		if err != nil || !may {
			return err
		}
		marked, err := markedIn(tx.ctx, tx.sql, space, most)
		if err != nil {
			return err
		}
		for _, m := range marked {
			if err := o.tell(m); err != nil {
				return wrapNoun(err, "interaction %s", m.interaction)
			}
			if _, err := tx.exec(`DELETE FROM to_observe WHERE space_id = ? AND interaction = ?`, space, m.interaction); err != nil {
				return err
			}
		}
		done = len(marked)
		return nil
	})
	return done, wrapNoun(err, "space %s", space)
}

// marked is a mail of which it must be decided anew.
type marked struct {
	interaction string
	forgotten   bool
}

func markedIn(ctx context.Context, q asker, space string, most int) ([]marked, error) {
	return query(ctx, q, func(r row) (m marked, err error) {
		err = r.Scan(&m.interaction, &m.forgotten)
		return m, err
	}, `SELECT interaction, forgotten FROM to_observe WHERE space_id = ? LIMIT ?`, space, most)
}

// observer tells the members of one space of mails.
type observer struct {
	tx    *Tx
	space string
	kind  data.SpaceKind
	key   []byte
	self  string
	by    string
	known map[string]map[string]string // names of contacts by account
}

// observer is false where whoever sits here may tell nothing there.
func (tx *Tx) observer(space string) (o *observer, may bool, err error) {
	o = &observer{tx: tx, space: space, known: map[string]map[string]string{}}
	var self data.Rights
	err = tx.sql.QueryRowContext(tx.ctx, `
		SELECT s.kind, s.id_key, s.self, coalesce(m.side, ''), coalesce(m.role, '')
		FROM space s LEFT JOIN member m ON m.space_id = s.id AND m.id = s.self WHERE s.id = ?`, space).Scan(&o.kind, &o.key, &o.self, &self.Side, &self.Role)
	if err != nil {
		return nil, false, err
	}
	if o.by, err = settingIn(tx.ctx, tx.sql, SettingUserName); err != nil {
		return nil, false, err
	}
	self.In = o.kind
	return o, self.MayWrite(data.KindObservation), nil
}

// told is what the members of the space are told of a mail: by account, by the very
// rules that the preview shows. A joint space is told of no mail.
func (o *observer) told(interaction string) (map[string]data.Shared, error) {
	if o.kind != data.TeamSpace {
		return nil, nil
	}
	accounts, err := query(o.tx.ctx, prepared{o.tx}, scanString, `
		SELECT m.account_id FROM interaction i JOIN match m ON m.interaction_n = i.n JOIN home h ON h.kind = 'account' AND h.entity = m.account_id
		WHERE i.id = ? AND h.space_id = ? AND i.kind = 'mail'`, interaction, o.space)
	if err != nil || len(accounts) == 0 {
		return nil, err
	}
	all := map[string]data.Shared{}
	for _, account := range accounts {
		s, leaves, err := o.leaves(interaction, account)
		if err != nil {
			return nil, err
		}
		if leaves {
			all[account] = s
		}
	}
	return all, nil
}

// leaves is what leaves of a mail on an account's timeline.
func (o *observer) leaves(interaction, account string) (data.Shared, bool, error) {
	in, err := shareInput(o.tx.ctx, prepared{o.tx}, interaction, account)
	if err != nil {
		return data.Shared{}, false, err
	}
	in.By = o.by
	if in.Space, err = o.knownAt(account); err != nil {
		return data.Shared{}, false, err
	}
	s, leaves := data.Leaves(in)
	return s, leaves, nil
}

// knownAt are the names of the contacts at an account, whom the members know.
func (o *observer) knownAt(account string) (map[string]string, error) {
	if names, ok := o.known[account]; ok {
		return names, nil
	}
	names, err := namesAt(o.tx.ctx, o.tx.sql, account)
	o.known[account] = names
	return names, err
}

// decision is what a space is told of one mail, by account, and of which accounts it
// is told no more.
type decision struct {
	tell map[string]data.Shared
	back []string
}

// decide says what the space is told of a mail. It writes nothing: what is sent and
// what is previewed are both made by it.
func (o *observer) decide(m marked) (d decision, err error) {
	here, err := one(o.tx.ctx, prepared{o.tx}, scanInt, `SELECT count(*) FROM interaction WHERE id = ?`, m.interaction)
	if err != nil || here == 0 && !m.forgotten {
		return d, err // what happened stays told when its mail is thrown away
	}
	if d.tell, err = o.told(m.interaction); err != nil {
		return d, err
	}
	before, err := query(o.tx.ctx, prepared{o.tx}, scanString, `SELECT account_id FROM observed WHERE space_id = ? AND interaction = ?`, o.space, m.interaction)
	for _, account := range before {
		if _, still := d.tell[account]; !still {
			d.back = append(d.back, account)
		}
	}
	return d, err
}

// tell writes what differs from what was told of a mail before.
func (o *observer) tell(m marked) error {
	d, err := o.decide(m)
	if err != nil {
		return err
	}
	for _, account := range d.back {
		if err := o.takeBack(m.interaction, account); err != nil {
			return err
		}
	}
	for _, account := range slices.Sorted(maps.Keys(d.tell)) {
		if err := o.put(m.interaction, account, d.tell[account]); err != nil {
			return err
		}
	}
	return o.show(m.interaction)
}

// show makes the timelines say what is told of a mail that is here too.
func (o *observer) show(interaction string) error {
	wire, err := o.tx.wireID(o.space, interaction)
	if err != nil {
		return err
	}
	return o.tx.showObserved(o.space, wire)
}

// ref is what we tell of a mail on an account's timeline: the same on each of our
// laptops.
func (o *observer) ref(interaction, account string) change.Ref {
	return refOf(data.KindObservation, data.WireID(o.key, data.KindObservation+"\n"+interaction+"\n"+account+"\n"+o.self))
}

var observedSlot = change.Slot{Part: change.Field, Name: data.ObservationField}

func (o *observer) put(interaction, account string, s data.Shared) error {
	if _, err := o.tx.exec(`INSERT INTO observed (space_id, interaction, account_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, o.space, interaction, account); err != nil {
		return err
	}
	wire, err := o.tx.wireID(o.space, interaction)
	if err != nil {
		return err
	}
	ref, value := o.ref(interaction, account), s.Observed(wire)
	e, err := o.tx.entityIn(o.space, ref)
	if err != nil || e[observedSlot].Shown().Value == value && len(e[observedSlot]) == 1 {
		return err
	}
	now, _ := data.ReadObserved(value)
	for _, v := range e[observedSlot] {
		if before, ok := data.ReadObserved(v.Value); ok && now.TellsLess(before) {
			if err := o.erase(ref, e); err != nil {
				return err
			}
			break
		}
	}
	author, err := o.tx.mayWrite(o.space, ref.Kind)
	if err != nil {
		return err
	}
	if err := o.tx.apply(o.space, e, author.Set(o.tx.now, ref, data.ObservationField, value, e.Field(data.ObservationField))); err != nil {
		return err
	}
	return o.tx.projectObservation(ref)
}

// takeBack erases what was told, from the history of all laptops too. What was read
// cannot be unread.
func (o *observer) takeBack(interaction, account string) error {
	ref := o.ref(interaction, account)
	e, err := o.tx.entityIn(o.space, ref)
	if err != nil {
		return err
	}
	if e[observedSlot].Present() {
		if err := o.erase(ref, e); err != nil {
			return err
		}
	}
	if _, err := o.tx.exec(`DELETE FROM observed WHERE space_id = ? AND interaction = ? AND account_id = ?`, o.space, interaction, account); err != nil {
		return err
	}
	return o.tx.projectObservation(ref)
}

func (o *observer) erase(ref change.Ref, e change.Entity) error {
	author, err := o.tx.mayWrite(o.space, ref.Kind)
	if err != nil {
		return err
	}
	c := author.Erase(o.tx.now, ref, data.ObservationField)
	if err := o.tx.apply(o.space, e, c); err != nil {
		return err
	}
	return o.tx.blankHistory(o.space, c)
}

// forgetObserved asks for what was told of mails to be taken back, since a person has
// them forgotten.
func (tx *Tx) forgetObserved(messages []int64) error {
	for _, n := range messages {
		if _, err := tx.exec(`
			INSERT INTO to_observe (space_id, interaction, forgotten)
			SELECT w.space_id, w.local, 1 FROM message m JOIN interaction i ON i.n = m.interaction_n JOIN wire_id w ON w.local = i.id WHERE m.n = ?
			ON CONFLICT (space_id, interaction) DO UPDATE SET forgotten = 1`, n); err != nil {
			return err
		}
	}
	return nil
}

// ToTell is how many mails wait for a decision about what the members of a space are
// told of them.
func (db *DB) ToTell(ctx context.Context, space string) (int, error) {
	n, err := one(ctx, db.read, scanInt, `SELECT count(*) FROM to_observe WHERE space_id = ?`, space)
	return n, wrapNoun(err, "space %s", space)
}
