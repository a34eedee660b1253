package team

import (
	"crypto/rand"
	"strings"

	"rapport/data"
)

// An Epoch is the time between two changes of a space's key. Its secret opens
// everything of that time; its member key alone opens the membership records.
// Who joins from now on gets only the member keys of the epochs before.
type Epoch struct {
	ID      string
	secret  []byte // nil where only the member key is known
	content []byte
	members []byte
}

// NewEpoch makes an epoch with a new secret.
func NewEpoch() Epoch {
	secret := make([]byte, secretLength)
	rand.Read(secret)
	return epochOf(secret)
}

func epochOf(secret []byte) Epoch {
	e := memberEpoch(derive(secret, "rapport epoch members 1"))
	e.secret, e.content = secret, derive(secret, "rapport epoch content 1")
	return e
}

// memberEpoch is an epoch of which only the member key is known. The ID is a
// fingerprint of that key, so a false key is found out by everybody.
func memberEpoch(key []byte) Epoch {
	return Epoch{ID: fingerprint("rapport epoch 1", key), members: key}
}

// Whole says whether the epoch opens changes too, and not only the membership.
func (e Epoch) Whole() bool { return e.secret != nil }

// MembersOnly is the epoch without what opens changes.
func (e Epoch) MembersOnly() Epoch { return memberEpoch(e.members) }

// Text is the epoch as text for the keyring and for key pieces.
func (e Epoch) Text() string {
	if e.Whole() {
		return writeSecret(epochSecret, e.secret)
	}
	return writeSecret(memberSecret, e.members)
}

// ReadEpoch reads what Text wrote.
func ReadEpoch(text string) (Epoch, error) {
	if strings.HasPrefix(text, memberSecret) {
		key, err := readSecret(memberSecret, text)
		return memberEpoch(key[:]), err
	}
	secret, err := readSecret(epochSecret, text)
	return epochOf(secret[:]), err
}

// Keys are what a laptop holds of one space's keys.
type Keys struct {
	Space string
	// IDKey hides the IDs of entries from mail and calendar; see WireID. It is made with the
	// space and never changes.
	IDKey  []byte
	Epochs map[string]Epoch // by ID
}

// NewKeys are those of a new space, whose first epoch they hold. The space gets
// its ID with its first record.
func NewKeys() (Keys, Epoch) {
	k := Keys{IDKey: make([]byte, secretLength), Epochs: map[string]Epoch{}}
	rand.Read(k.IDKey)
	e := NewEpoch()
	k.Add(e)
	return k, e
}

// Add takes an epoch in. A whole one replaces one with its member key only, and
// never the other way round. It says whether anything is new.
func (k *Keys) Add(e Epoch) bool {
	if have, ok := k.Epochs[e.ID]; ok && (have.Whole() || !e.Whole()) {
		return false
	}
	if k.Epochs == nil {
		k.Epochs = map[string]Epoch{}
	}
	k.Epochs[e.ID] = e
	return true
}

// WireID is how an entry that was made of a mail or a meeting is called in the space:
// the same for everybody who has it, since its ID is a hash of what it says, and
// telling nothing to others.
func (k Keys) WireID(local string) string {
	return data.WireID(k.IDKey, local)
}

// keysWire is Keys as JSON.
type keysWire struct {
	Space  string   `json:"space"`
	IDKey  string   `json:"idKey"`
	Epochs []string `json:"epochs"`
}

// Secret is the keys as one text for the keyring.
func (k Keys) Secret() string {
	w := keysWire{Space: k.Space, IDKey: Text(k.IDKey), Epochs: []string{}}
	for _, id := range sorted(k.Epochs) {
		w.Epochs = append(w.Epochs, k.Epochs[id].Text())
	}
	return string(asLine(w))
}

// ReadKeys reads what Secret wrote.
func ReadKeys(secret string) (Keys, error) {
	var w keysWire
	err := readLine([]byte(secret), &w)
	idKey, wrong := letters.DecodeString(w.IDKey)
	if err != nil || wrong != nil || len(idKey) != secretLength {
		return Keys{}, &data.Invalid{Field: "key", Says: "the keys of the space cannot be read; they are damaged, or none of Rapport's"}
	}
	k := Keys{Space: w.Space, IDKey: idKey, Epochs: map[string]Epoch{}}
	for _, text := range w.Epochs {
		e, err := ReadEpoch(text)
		if err != nil {
			return Keys{}, err
		}
		k.Add(e)
	}
	return k, nil
}
