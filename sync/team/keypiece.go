package team

import (
	"bytes"
	"fmt"
	"io"

	"rapport/data/change"

	"filippo.io/age"
)

const keysKind = "keys 1"

// KeysFor are the keys that a member may have: all, or for those who joined from
// now on the whole epochs since then and of older ones what opens the membership.
// They are empty for who is no member.
func (k Keys) KeysFor(m change.Membership, person string) Keys {
	out := Keys{Space: k.Space, Epochs: map[string]Epoch{}}
	member := m.Members[person]
	if member.Role == "" {
		return out
	}
	out.IDKey = k.IDKey
	for i, id := range m.Epochs {
		e, ok := k.Epochs[id]
		switch {
		case !ok:
		case i < member.From:
			out.Add(e.MembersOnly())
		default:
			out.Add(e)
		}
	}
	return out
}

// KeyTag is the tag of the names of a person's key pieces in a space. It tells
// nothing to who does not know the person's keys.
func KeyTag(space string, to Card) string {
	return fingerprint("rapport key piece 1", []byte(space), []byte(to.String()))
}

// SealKeys makes a key piece for one person: the keys, signed by the device and
// readable by that person only.
func SealKeys(k Keys, to Card, d Device) (name string, body []byte, err error) {
	s := sign(keysKind, k.Space+"\n"+to.ID(), []byte(k.Secret()), d)
	body, err = writeLetter(keysKind, k.Space, to.Letters, s.bytes())
	return Tagged(KeyPiece, KeyTag(k.Space, to), body), body, err
}

// A KeyGrant is a key piece as it was opened: keys, and who gave them. Nothing
// says yet that its giver may: take it from who invited this person, or from
// somebody whom the membership has as owner or admin.
type KeyGrant struct {
	Keys
	By Certificate
}

// OpenKeys opens and verifies a key piece for a person. Errors are *Refusal.
func OpenKeys(name string, body []byte, space string, p Person) (KeyGrant, error) {
	g, err := openKeys(name, body, space, p)
	return g, about(err, name)
}

func openKeys(name string, body []byte, space string, p Person) (KeyGrant, error) {
	if _, tag, _, err := Parts(name); err == nil && tag != KeyTag(space, p.Card()) {
		return KeyGrant{}, refuse(Foreign, "it is for somebody else")
	}
	if err := checkPiece(KeyPiece, name, body); err != nil {
		return KeyGrant{}, err
	}
	return readGrant(body, space, p.ID(), p.letters)
}

// readGrant opens the letter in a key piece, to a person or a laptop.
func readGrant(body []byte, space, to string, key age.Identity) (KeyGrant, error) {
	text, err := readLetter(keysKind, space, body, key)
	if err != nil {
		return KeyGrant{}, err
	}
	s, err := readStatement(keysKind, space+"\n"+to, text)
	if err != nil {
		return KeyGrant{}, err
	}
	k, err := ReadKeys(string(s.text))
	if err != nil || k.Space != space {
		return KeyGrant{}, refuse(Forged, "the keys in it cannot be read, or are another space's")
	}
	return KeyGrant{k, s.certificate}, nil
}

// writeLetter seals a text for one age recipient, behind a line that says what
// it is.
func writeLetter(kind, space, to string, text []byte) ([]byte, error) {
	recipient, err := age.ParseX25519Recipient(to)
	if err != nil {
		return nil, fmt.Errorf("letter to %s: %w", to, err)
	}
	body := bytes.NewBufferString("rapport " + kind + " " + space + "\n")
	w, err := age.Encrypt(body, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err = w.Close() // writes the end
	return body.Bytes(), err
}

// readLetter opens what writeLetter sealed.
func readLetter(kind, space string, body []byte, key age.Identity) ([]byte, error) {
	sealed, ok := bytes.CutPrefix(body, []byte("rapport "+kind+" "+space+"\n"))
	if !ok {
		return nil, refuse(Foreign, "it belongs to another space, or is another kind of piece")
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), key)
	if err != nil {
		return nil, refuse(Forged, "it cannot be opened with this key")
	}
	text, err := io.ReadAll(io.LimitReader(r, MaxPiece))
	if err != nil {
		return nil, refuse(Forged, "its seal is broken: it was altered, or cut short")
	}
	return text, nil
}
