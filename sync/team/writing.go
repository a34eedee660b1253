package team

import "rapport/data/change"

// Writing is what a device says of the thing that its user writes at just now. It is
// told by a Herald and no piece: nobody keeps it.
type Writing struct {
	Space  string
	Device string // its fingerprint
	Person string
	// At is later in each that a device says: an earlier one is an echo.
	At change.HLC
	// Account is whose thing it is, an ID as the space's changes have it.
	Account string
	Kind    string
	Entity  string // "" for one that is new
}

type writingWire struct {
	At      string `json:"at"`
	Account string `json:"account"`
	Kind    string `json:"kind"`
	Entity  string `json:"entity,omitempty"`
}

const (
	writingKind = "writing 1"
	maxWritten  = 200 // bytes of an ID or a kind
)

// WritingTag is the tag under which a device tells what is written at in a space.
func WritingTag(space, device string) string {
	return fingerprint("rapport writing 1", []byte(space), []byte(device))
}

// SealWriting signs what a device says, and seals it with the member key of an epoch.
func SealWriting(w Writing, k Keys, epoch string, d Device) ([]byte, error) {
	e, ok := k.Epochs[epoch]
	if !ok {
		return nil, refuse(NoKey, "there is no key for the epoch to seal with")
	}
	text := asLine(writingWire{w.At.String(), w.Account, w.Kind, w.Entity})
	body := envelope{writingKind, k.Space, epoch}.seal(e.members, newNonce(), sign(writingKind, k.Space, text, d).bytes())
	if len(body) > MaxTold {
		return nil, ErrTooLarge
	}
	return body, nil
}

// OpenWriting opens and verifies what was heard under a tag. Errors are *Refusal. It
// does not say that the person is a member.
func OpenWriting(by string, body []byte, k Keys) (Writing, error) {
	if len(body) > MaxTold {
		return Writing{}, refuse(Forged, "it is larger than what is told")
	}
	_, _, inner, err := openSealed(writingKind, body, k, memberKey)
	if err != nil {
		return Writing{}, err
	}
	s, err := readStatement(writingKind, k.Space, inner)
	if err != nil {
		return Writing{}, err
	}
	var w writingWire
	if err := readLine(s.text, &w); err != nil {
		return Writing{}, err
	}
	at, err := change.ParseHLC(w.At)
	if err != nil || w.Account == "" || w.Kind == "" || max(len(w.Account), len(w.Kind), len(w.Entity)) > maxWritten {
		return Writing{}, refuse(Forged, "what it says cannot be read")
	}
	out := Writing{k.Space, s.certificate.Device(), s.certificate.Person.ID(), at, w.Account, w.Kind, w.Entity}
	if by != WritingTag(k.Space, out.Device) {
		return Writing{}, refuse(Forged, "another device says it than the one it is told under")
	}
	return out, nil
}
