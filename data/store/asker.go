package store

import (
	"context"

	"rapport/data"
)

// Askers are who waits to be let into a space, by their ID.
func (db *DB) Askers(ctx context.Context, space string) ([]data.Asker, error) {
	list, err := query(ctx, db.read, func(r row) (a data.Asker, err error) {
		var at int64
		err = r.Scan(&a.Person, &a.Name, &a.Laptop, &a.MeantFor, &a.Side, &a.Role, &a.History, &at, &a.RefusedBy)
		a.At = timeOf(at)
		return a, err
	}, `SELECT person, name, laptop, meant_for, side, role, history, at,
		coalesce((SELECT t.by_name FROM turned_away t WHERE t.space_id = a.space_id AND t.person = a.person), '') FROM asker a WHERE space_id = ? ORDER BY person`, space)
	return list, wrapNoun(err, "who asks to come into space %s", space)
}

// PutAskers keeps who waits to be let into a space, in place of who did before. Who
// waited already keeps the time.
func (tx *Tx) PutAskers(space string, list []data.Asker) error {
	tx.touched("space")
	people := make([]string, len(list))
	for i, a := range list {
		people[i] = a.Person
		if _, err := tx.exec(`
			INSERT INTO asker (space_id, person, name, laptop, meant_for, side, role, history, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (space_id, person) DO UPDATE SET name = excluded.name, laptop = excluded.laptop, meant_for = excluded.meant_for, side = excluded.side, role = excluded.role, history = excluded.history`,
			space, a.Person, a.Name, a.Laptop, a.MeantFor, string(a.Side), string(a.Role), a.History, tx.now.Unix()); err != nil {
			return wrapNoun(err, "asker %s", a.Name)
		}
	}
	_, err := tx.exec(`DELETE FROM asker WHERE space_id = ? AND person NOT IN (SELECT value FROM json_each(?))`, space, asJSON(people))
	return wrapNoun(err, "space %s", space)
}

// TurnedAway are who was refused where they asked to come into a space and is no member,
// the last refused first.
func (db *DB) TurnedAway(ctx context.Context, space string) ([]data.TurnedAway, error) {
	list, err := query(ctx, db.read, func(r row) (a data.TurnedAway, err error) {
		var at int64
		err = r.Scan(&a.Person, &a.Name, &a.MeantFor, &a.By, &at)
		a.At = timeOf(at)
		return a, err
	}, `SELECT person, name, meant_for, by_name, at FROM turned_away WHERE space_id = ? ORDER BY at DESC, person`, space)
	return list, wrapNoun(err, "who was refused in space %s", space)
}

// PutTurnedAway keeps who was refused in a space, in place of what was known.
func (tx *Tx) PutTurnedAway(space string, list []data.TurnedAway) error {
	tx.touched("space")
	if _, err := tx.exec(`DELETE FROM turned_away WHERE space_id = ?`, space); err != nil {
		return wrapNoun(err, "space %s", space)
	}
	for _, a := range list {
		if _, err := tx.exec(`INSERT INTO turned_away (space_id, person, name, meant_for, by_name, at) VALUES (?, ?, ?, ?, ?, ?)`,
			space, a.Person, a.Name, a.MeantFor, a.By, a.At.Unix()); err != nil {
			return wrapNoun(err, "who was refused in space %s", space)
		}
	}
	return nil
}
