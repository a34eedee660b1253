package store

import (
	"maps"
	"strings"

	"rapport/data"
)

// referenceField is the field by which a thing names an interaction.
const referenceField = "interaction"

// onTheWire are the fields of a thing as a space's log has them.
func (tx *Tx) onTheWire(space string, f data.Fields) (data.Fields, error) {
	id := f[referenceField]
	if space == localSpace || id == "" || strings.HasPrefix(id, data.WireMark) {
		return f, nil
	}
	if err := tx.isLogged(id); err == nil {
		return f, nil // its ID is random, and it is shared under it
	}
	wire, err := tx.wireID(space, id)
	if err != nil {
		return nil, err
	}
	f = maps.Clone(f)
	f[referenceField] = wire
	return f, nil
}

// wireID is the ID under which an interaction travels in a space; the way back is
// kept.
func (tx *Tx) wireID(space, local string) (string, error) {
	var key []byte
	if err := (prepared{tx}).QueryRowContext(tx.ctx, `SELECT id_key FROM space WHERE id = ?`, space).Scan(&key); err != nil {
		return "", err
	}
	wire := data.WireID(key, local)
	_, err := tx.exec(`INSERT INTO wire_id (space_id, wire, local) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, space, wire, local)
	return wire, err
}

// asHere are the fields of a thing of a space with the IDs that this laptop knows.
// An interaction that it does not have keeps the name that it travels under.
func (tx *Tx) asHere(space string, f data.Fields) (data.Fields, error) {
	if space == localSpace || !strings.HasPrefix(f[referenceField], data.WireMark) {
		return f, nil
	}
	local, err := one(tx.ctx, prepared{tx}, scanString, `SELECT local FROM wire_id WHERE space_id = ? AND wire = ?`, space, f[referenceField])
	if isNotFound(err) {
		return f, nil
	}
	f = maps.Clone(f)
	f[referenceField] = local
	return f, err
}
