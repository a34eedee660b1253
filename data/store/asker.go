package store

import (
	"context"

	"rapport/data"
)

// TurnedAway is why a piece is not used with which somebody asked to come in whom a
// person here refused.
const TurnedAway = "whoever asks with it was refused here"

// Askers are who waits to be let into a space, by their ID.
func (db *DB) Askers(ctx context.Context, space string) ([]data.Asker, error) {
	list, err := query(ctx, db.read, func(r row) (a data.Asker, err error) {
		var at int64
		err = r.Scan(&a.Person, &a.Name, &a.Laptop, &a.MeantFor, &a.Side, &a.Role, &a.History, &at)
		a.At = timeOf(at)
		return a, err
	}, `SELECT person, name, laptop, meant_for, side, role, history, at FROM asker WHERE space_id = ? ORDER BY person`, space)
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
