package store

import (
	"context"
	"slices"
	"strings"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/text"
)

// projectObservation keeps what a register tells of a mail, and makes the timelines
// say it.
func (tx *Tx) projectObservation(ref change.Ref) error {
	spaces, err := query(tx.ctx, prepared{tx}, scanString, `
		SELECT id FROM space WHERE id <> ?1 AND EXISTS (SELECT 1 FROM version WHERE space_id = space.id AND kind = ?2 AND entity = ?3)
			OR EXISTS (SELECT 1 FROM observation WHERE space_id = space.id AND id = ?3)`, localSpace, ref.Kind, ref.ID)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		if err := tx.projectObservationIn(space, ref); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) projectObservationIn(space string, ref change.Ref) error {
	e, err := tx.entityIn(space, ref)
	if err != nil {
		return err
	}
	before, err := one(tx.ctx, prepared{tx}, scanString, `SELECT wire FROM observation WHERE space_id = ? AND id = ?`, space, ref.ID)
	if noRows(err) != nil {
		return err
	}
	v := e[observedSlot].Shown()
	s, whole := data.ReadObserved(v.Value)
	if whole && e.Fate() != change.Deleted {
		tx.nobodyTold = false
		_, err = tx.exec(`
			INSERT INTO observation (space_id, id, wire, account_id, log, actor, body) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (space_id, id) DO UPDATE SET wire = excluded.wire, account_id = excluded.account_id, log = excluded.log, actor = excluded.actor, body = excluded.body`,
			space, ref.ID, s.ID, s.Account, v.Log, v.Actor, v.Value)
	} else {
		_, err = tx.exec(`DELETE FROM observation WHERE space_id = ? AND id = ?`, space, ref.ID)
	}
	if err != nil {
		return err
	}
	tx.touched(data.KindInteraction)
	if before != "" && before != s.ID {
		if err := tx.showObserved(space, before); err != nil {
			return err
		}
	}
	if !whole {
		return nil
	}
	return tx.showObserved(space, s.ID)
}

// whoTold is the member who told an observation o: whose laptop signed it, whatever it says
// of its actor; that only where no record tells whose it is.
const whoTold = `coalesce((SELECT d.member FROM device d WHERE d.space_id = o.space_id AND d.id = substr(o.log, 1, instr(o.log, '-') - 1)), o.actor)`

// observedBy is what one member told of a mail.
type observedBy struct {
	data.Shared
	member string
}

// observations are what the members of a space told of a mail.
func observations(ctx context.Context, q asker, space, wire string) ([]observedBy, error) {
	list, err := query(ctx, q, func(r row) (o observedBy, err error) {
		var body, name string
		err = r.Scan(&body, &o.member, &name)
		o.Shared, _ = data.ReadObserved(body)
		o.By = name
		return o, err
	}, `SELECT body, `+whoTold+`, coalesce((SELECT name FROM member m WHERE m.space_id = o.space_id AND m.id = `+whoTold+`), '')
		FROM observation o WHERE wire = ? AND space_id = ? ORDER BY id`, wire, space)
	return list, err
}

// showObserved makes the one entry of a mail that colleagues told of, on the
// timelines where our own copy of it is not. Where nothing is told of it any more,
// or our own copy came, the entry goes.
func (tx *Tx) showObserved(space, wire string) error {
	list, err := observations(tx.ctx, prepared{tx}, space, wire)
	if err != nil {
		return err
	}
	shown := map[string]bool{} // accounts
	var tell []data.Shared
	for _, o := range list {
		on, err := tx.showsOn(space, wire, o.Account)
		if err != nil {
			return err
		}
		if on {
			shown[o.Account] = true
			tell = append(tell, o.Shared)
		}
	}
	n, err := tx.interactionNumber(wire)
	switch {
	case noRows(err) != nil:
		return err
	case len(tell) == 0 && err != nil:
		return nil
	case len(tell) == 0:
		return tx.hideEntry(wire)
	}
	return tx.showUnion(wire, n, data.Union(tell), shown)
}

// showsOn says whether a mail that colleagues told of stands on an account's timeline
// by what they told: the account is in the space, our own copy is not there, and
// nobody here took it off.
func (tx *Tx) showsOn(space, wire, account string) (bool, error) {
	n, err := tx.count(`
		SELECT EXISTS (SELECT 1 FROM home WHERE kind = 'account' AND entity = ?3 AND space_id = ?1)
			AND NOT EXISTS (SELECT 1 FROM wire_id w JOIN interaction i ON i.id = w.local JOIN match m ON m.interaction_n = i.n
				WHERE w.space_id = ?1 AND w.wire = ?2 AND m.account_id = ?3)
			AND NOT EXISTS (SELECT 1 FROM wire_id w JOIN hand_filing f ON f.place = w.local || ' ' || ?3
				WHERE w.space_id = ?1 AND w.wire = ?2 AND f.is_on = 0)`, space, wire, account)
	return n > 0, err
}

// showUnion makes the entry of what colleagues told.
func (tx *Tx) showUnion(wire string, n int64, u data.Shared, accounts map[string]bool) error {
	tx.touched(data.KindInteraction)
	body := data.ObservedPreview(u)
	subject, preview := data.ObservedTitle(u), text.Preview(u.Text, previewRunes)
	if n == 0 {
		result, err := tx.exec(`
			INSERT INTO interaction (id, kind, direction, at, recorded_at, minutes, all_day, subject, preview, text, place, source,
				thread, cancelled, automated, skip)
			VALUES (?, 'mail', ?, ?, ?, 0, 0, ?, ?, ?, '', ?, '', 0, '', '')`,
			wire, string(u.Direction), u.At.Unix(), tx.now.Unix(), subject, preview, body, data.SharedByTeam)
		if err != nil {
			return err
		}
		if n, err = result.LastInsertId(); err != nil {
			return err
		}
	} else if _, err := tx.exec(`UPDATE interaction SET direction = ?, at = ?, subject = ?, preview = ?, text = ? WHERE n = ?`,
		string(u.Direction), u.At.Unix(), subject, preview, body, n); err != nil {
		return err
	}
	people, err := tx.peopleObserved(u)
	if err != nil {
		return err
	}
	if err := tx.putParticipants(n, people); err != nil {
		return err
	}
	var matches []data.Match
	for account := range accounts {
		matches = append(matches, data.Match{Account: account, Kind: data.ByTeam, Reason: data.ObservedReason(u)})
	}
	slices.SortFunc(matches, func(a, b data.Match) int { return strings.Compare(a.Account, b.Account) })
	if err := tx.putMatches(filed{n: n, kind: data.Mail, at: u.At.Unix(), people: people}, u.Direction, matches); err != nil {
		return err
	}
	tx.indexEntryLater(n, entryWords{subject: u.Subject, people: people, text: body})
	return nil
}

// peopleObserved are those who took part as far as this laptop knows them: whoever
// wrote comes first.
func (tx *Tx) peopleObserved(u data.Shared) ([]data.Participant, error) {
	them, us := "from", "to"
	if u.Direction == data.Out {
		them, us = us, them
	}
	ours := data.Participant{Address: data.Address{Name: u.By}, Part: us, Side: data.Us}
	var people []data.Participant
	for _, p := range u.With {
		c, err := one(tx.ctx, prepared{tx}, scanContact, `SELECT `+contactColumns+` FROM contact WHERE id = ?`, p.Contact)
		if isNotFound(err) {
			continue // gone, or not here yet: references are soft
		}
		if err != nil {
			return nil, err
		}
		is := data.Participant{Address: data.Address{Name: c.Name}, Part: them, Side: c.Side, Contact: c.ID}
		if len(c.Emails) > 0 {
			is.Email = c.Emails[0]
		}
		people = append(people, is)
	}
	if us == "from" {
		return append([]data.Participant{ours}, people...), nil
	}
	return append(people, ours), nil
}

// settleObserved makes the timelines say each mail once, where the write filed mails
// that colleagues told of.
func (tx *Tx) settleObserved() error {
	for len(tx.filed) > 0 {
		var list []int64
		for n := range tx.filed {
			list = append(list, n)
		}
		tx.filed = nil
		slices.Sort(list)
		for _, n := range list {
			if err := tx.settleObservedOf(n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (tx *Tx) settleObservedOf(n int64) error {
	id, err := one(tx.ctx, prepared{tx}, scanString, `SELECT id FROM interaction WHERE n = ? AND kind = 'mail' AND source <> '`+data.SharedByTeam+`'`, n)
	if err != nil {
		return noRows(err)
	}
	spaces, err := query(tx.ctx, prepared{tx}, scanString, `
		SELECT h.space_id FROM match m JOIN home h ON h.kind = 'account' AND h.entity = m.account_id WHERE m.interaction_n = ?1
		UNION SELECT space_id FROM wire_id WHERE local = ?2`, n, id)
	if err != nil {
		return err
	}
	for _, space := range spaces {
		wire, err := tx.wireID(space, id)
		if err != nil {
			return err
		}
		if err := tx.showObserved(space, wire); err != nil {
			return err
		}
	}
	return nil
}

// refreshObserved names a contact anew in what colleagues told, who came, went or is
// called otherwise now.
func (tx *Tx) refreshObserved(contact string) error {
	if tx.nobodyTold {
		return nil
	}
	any, err := one(tx.ctx, prepared{tx}, scanInt, `SELECT EXISTS (SELECT 1 FROM observation)`)
	if tx.nobodyTold = err == nil && any == 0; err != nil || tx.nobodyTold {
		return err // nobody told anything yet, so that a list of thousands is read fast
	}
	return tx.showAgain(`
		SELECT o.space_id, o.wire FROM observation o JOIN contact c ON c.account_id = o.account_id WHERE c.id = ?1 AND instr(o.body, '"' || ?1 || '"') > 0
		UNION SELECT o.space_id, o.wire FROM participant p JOIN interaction i ON i.n = p.interaction_n JOIN observation o ON o.wire = i.id
			WHERE p.contact_id = ?1 AND i.source = '`+data.SharedByTeam+`'`, contact)
}

// refreshObservedAt makes an account's timeline say anew what colleagues told, since
// the account came into a space or left one.
func (tx *Tx) refreshObservedAt(account string) error {
	return tx.showAgain(`SELECT DISTINCT space_id, wire FROM observation WHERE account_id = ?1`, account)
}

func (tx *Tx) showAgain(question, about string) error {
	type place struct{ space, wire string }
	list, err := query(tx.ctx, prepared{tx}, func(r row) (p place, err error) {
		err = r.Scan(&p.space, &p.wire)
		return p, err
	}, question, about)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := tx.showObserved(p.space, p.wire); err != nil {
			return err
		}
	}
	return nil
}

// tellers asks for the names of those beside us who told of a mail, ours or theirs.
const tellers = `
	SELECT DISTINCT m.name FROM observation o JOIN space s ON s.id = o.space_id JOIN member m ON m.space_id = o.space_id AND m.id = ` + whoTold + `
	WHERE o.wire IN (SELECT ?1 UNION SELECT wire FROM wire_id WHERE local = ?1) AND m.id <> s.self`

// fillSeenBy says of mails which colleagues told the team of them.
func fillSeenBy(ctx context.Context, q asker, list []placed) error {
	any, err := one(ctx, q, scanInt, `SELECT EXISTS (SELECT 1 FROM observation)`)
	if err != nil || any == 0 {
		return err
	}
	for i := range list {
		if list[i].Kind != data.Mail {
			continue
		}
		if list[i].SeenBy, err = query(ctx, q, scanString, tellers+` AND o.account_id = ?2 ORDER BY m.name`, list[i].ID, list[i].Account); err != nil {
			return err
		}
	}
	return nil
}
