package team

import (
	"errors"
	"fmt"
	"strings"

	"rapport/data/change"
)

const recordKind = "record 1"

// NewSpace makes a space whose owner is the device's person: its keys, its first
// record, and that record as a piece. Of the record it needs Name, Kind and At;
// Called, Side and Discipline are the owner's.
func NewSpace(r change.Record, d Device) (Keys, change.Record, string, []byte, error) {
	k, epoch := NewKeys()
	r.Deed, r.Epoch, r.Card = change.Create, epoch.ID, d.Certificate.Person.String()
	text, err := r.Encode()
	if err != nil {
		return Keys{}, r, "", nil, err
	}
	k.Space = hashOf(recordKind, text)
	r, name, body, err := SealRecord(r, k, epoch.ID, d)
	return k, r, name, body, err
}

// SealRecord signs a membership record and seals it with an epoch's member key,
// so that all who have that key read it, members from now on too. It returns the
// record with its ID and author.
func SealRecord(r change.Record, k Keys, epoch string, d Device) (change.Record, string, []byte, error) {
	return sealRecord(r, k, epoch, d, newNonce())
}

func sealRecord(r change.Record, k Keys, epoch string, d Device, nonce []byte) (change.Record, string, []byte, error) {
	e, ok := k.Epochs[epoch]
	if !ok {
		return r, "", nil, fmt.Errorf("membership record: no key for epoch %s", epoch)
	}
	if r.Deed != change.Create {
		r.Space = k.Space
	}
	text, err := r.Encode()
	if err != nil {
		return r, "", nil, err
	}
	r.ID, r.By, r.Device = hashOf(recordKind, text), d.Certificate.Person.ID(), d.ID()
	if err := checkCards(r, d.Certificate); err != nil {
		return r, "", nil, err
	}
	body := envelope{recordKind, k.Space, epoch}.seal(e.members, nonce, sign(recordKind, "", text, d).bytes())
	return r, Name(MemberPiece, body), body, nil
}

// A SignedRecord is a membership record as it was opened and verified.
type SignedRecord struct {
	change.Record
	Certificate Certificate // of the device that signed it
	Piece       string
	Epoch       string // whose member key sealed it
}

// OpenRecord opens and verifies a piece: its name, its seal, its signature by a
// device that its certificate says is a person's. Whether that person may say
// such a thing is change.Judge's business. Errors are *Refusal.
func OpenRecord(name string, body []byte, k Keys) (SignedRecord, error) {
	r, err := openRecord(name, body, k)
	return r, about(err, name)
}

func openRecord(name string, body []byte, k Keys) (SignedRecord, error) {
	e, _, inner, err := openPiece(MemberPiece, recordKind, name, body, k, memberKey)
	if err != nil {
		return SignedRecord{}, err
	}
	s, err := readStatement(recordKind, "", inner)
	if err != nil {
		return SignedRecord{}, err
	}
	r, err := change.DecodeRecord(s.text)
	if err != nil {
		return SignedRecord{}, refuse(Forged, "what it says cannot be read: %s", strings.TrimPrefix(err.Error(), "malformed change: "))
	}
	r.ID, r.By, r.Device = hashOf(recordKind, s.text), s.certificate.Person.ID(), s.certificate.Device()
	if own := r.Space == k.Space || r.Deed == change.Create && r.ID == k.Space; !own {
		return SignedRecord{}, refuse(Foreign, "it is of another space than its envelope says")
	}
	return SignedRecord{r, s.certificate, name, e.epoch}, checkCards(r, s.certificate)
}

// checkCards says whether the keys that a record tells of a person are those of
// the person's ID.
func checkCards(r change.Record, author Certificate) error {
	if r.Card == "" || !r.Known() {
		return nil
	}
	card, err := ReadCard(r.Card)
	switch {
	case err != nil:
		return err
	case r.Deed == change.Create && r.Card != author.Person.String():
		return refuse(Forged, "it makes somebody owner of a space who did not sign it")
	case r.Deed != change.Create && card.ID() != r.Person:
		return refuse(Forged, "it gives a person keys that are not theirs")
	}
	return nil
}

// IsRefusal finds the refusal in an error, if there is one.
func IsRefusal(err error) (*Refusal, bool) {
	var r *Refusal
	ok := errors.As(err, &r)
	return r, ok
}
