package team

import (
	"maps"
	"slices"

	"rapport/data/change"
)

// A Word is what a device says it has: so others see how far it is, and whether
// the same changes made the same of it.
type Word struct {
	Space  string
	Device string // its fingerprint
	Person string
	At     change.HLC
	Have   change.Vector
	Heads  []string // of the membership records, sorted
	State  string   // change.StateSum
}

type wordWire struct {
	At    string        `json:"at"`
	Have  change.Vector `json:"have"`
	Heads []string      `json:"heads"`
	State string        `json:"state"`
}

const wordKind = "word 1"

// WordTag is the tag of the names of a device's words in a space.
func WordTag(space, device string) string {
	return fingerprint("rapport word 1", []byte(space), []byte(device))
}

// SealWord makes a piece of the word of a device, sealed with the member key of
// an epoch.
func SealWord(w Word, k Keys, epoch string, d Device) (name string, body []byte, err error) {
	e, ok := k.Epochs[epoch]
	if !ok {
		return "", nil, refuse(NoKey, "there is no key for the epoch to seal with")
	}
	text := asLine(wordWire{w.At.String(), w.Have.Clone(), append([]string{}, w.Heads...), w.State})
	body = envelope{wordKind, k.Space, epoch}.seal(e.members, newNonce(), sign(wordKind, k.Space, text, d).bytes())
	if len(body) > MaxPiece {
		return "", nil, ErrTooLarge
	}
	return Tagged(WordPiece, WordTag(k.Space, d.ID()), body), body, nil
}

// OpenWord opens and verifies a word. Errors are *Refusal.
func OpenWord(name string, body []byte, k Keys) (Word, error) {
	w, err := openWord(name, body, k)
	return w, about(err, name)
}

func openWord(name string, body []byte, k Keys) (Word, error) {
	_, _, inner, err := openPiece(WordPiece, wordKind, name, body, k, memberKey)
	if err != nil {
		return Word{}, err
	}
	s, err := readStatement(wordKind, k.Space, inner)
	if err != nil {
		return Word{}, err
	}
	var w wordWire
	if err := readLine(s.text, &w); err != nil {
		return Word{}, err
	}
	at, err := change.ParseHLC(w.At)
	if err != nil || !isHash(w.State) || !slices.IsSorted(w.Heads) {
		return Word{}, refuse(Forged, "what it says cannot be read")
	}
	out := Word{k.Space, s.certificate.Device(), s.certificate.Person.ID(), at, w.Have, w.Heads, w.State}
	if _, tag, _, _ := Parts(name); tag != WordTag(k.Space, out.Device) {
		return Word{}, refuse(Forged, "its name is that of another device's word")
	}
	return out, nil
}

// Diverges says whether two who have the same changes and the same membership
// records made different states of them, which must never be: tell people, and
// build the state anew from the changes.
func (w Word) Diverges(other Word) bool {
	return w.State != other.State && maps.Equal(w.Have, other.Have) && slices.Equal(w.Heads, other.Heads)
}
