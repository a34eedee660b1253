package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strings"

	"rapport/data"
)

// wireMark begins the ID of an interaction from mail or calendar as it travels.
// Such an ID is a hash of what it says, so whoever guesses a mail could tell that
// it is here; under the space's key nobody outside can.
const wireMark = "~"

// referenceField is the field by which a thing names an interaction.
const referenceField = "interaction"

// onTheWire are the fields of a thing as a space's log has them.
func (tx *Tx) onTheWire(space string, f data.Fields) (data.Fields, error) {
	id := f[referenceField]
	if space == localSpace || id == "" || strings.HasPrefix(id, wireMark) {
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
	wire := wireOf(key, local)
	_, err := tx.exec(`INSERT INTO wire_id (space_id, wire, local) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, space, wire, local)
	return wire, err
}

// wireOf is what something is called under a space's key.
func wireOf(key []byte, local string) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(local))
	return wireMark + hex.EncodeToString(sum.Sum(nil)[:16])
}

// asHere are the fields of a thing of a space with the IDs that this laptop knows.
// An interaction that it does not have keeps the name that it travels under.
func (tx *Tx) asHere(space string, f data.Fields) (data.Fields, error) {
	if space == localSpace || !strings.HasPrefix(f[referenceField], wireMark) {
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
