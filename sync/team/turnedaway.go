package team

import "rapport/data/change"

const turnedAwayKind = "refused 1"

// TurnedAway tells somebody who answered an invitation that a person refused them. It
// says no more than that, and for one invitation only. Nothing says yet that its author
// may: believe it of who made the invitation, since nobody else reads the answer.
type TurnedAway struct {
	Space  string
	Invite string // the hash of the secret they brought
	By     Certificate
	Called string // the author's name
}

type turnedAwayWire struct {
	Space  string `json:"space"`
	Invite string `json:"invite"`
	Called string `json:"called"`
}

// TurnedAwayTag is the tag of the names of the pieces that tell a person of a refusal.
func TurnedAwayTag(space string, to Card) string {
	return fingerprint("rapport refused 1", []byte(space), []byte(to.String()))
}

// TurnAway makes the piece that tells who answered that they were refused, readable by
// them only. called is the name of who refuses.
func (a Answer) TurnAway(called string, d Device) (name string, body []byte, err error) {
	text := asLine(turnedAwayWire{a.Space, a.Invite, called})
	s := sign(turnedAwayKind, a.Space+"\n"+a.By.Person.ID(), text, d)
	body, err = writeLetter(turnedAwayKind, a.Space, a.By.Person.Letters, s.bytes())
	return Tagged(KeyPiece, TurnedAwayTag(a.Space, a.By.Person), body), body, err
}

// Refuse returns the record by which who answered is refused, but for At and After.
func (a Answer) Refuse() change.Record {
	return change.Record{Deed: change.Refuse, Person: a.By.Person.ID(), Called: a.Called, Invite: a.Invite}
}

// OpenTurnedAway opens and verifies what TurnAway made, for p. Errors are *Refusal.
func OpenTurnedAway(name string, body []byte, space string, p Person) (TurnedAway, error) {
	t, err := openTurnedAway(name, body, space, p)
	return t, about(err, name)
}

func openTurnedAway(name string, body []byte, space string, p Person) (TurnedAway, error) {
	if err := checkPiece(KeyPiece, name, body); err != nil {
		return TurnedAway{}, err
	}
	text, err := readLetter(turnedAwayKind, space, body, p.letters)
	if err != nil {
		return TurnedAway{}, err
	}
	s, err := readStatement(turnedAwayKind, space+"\n"+p.ID(), text)
	if err != nil {
		return TurnedAway{}, err
	}
	var w turnedAwayWire
	if err := readLine(s.text, &w); err != nil {
		return TurnedAway{}, err
	}
	if w.Space != space || len(w.Called) > maxNames {
		return TurnedAway{}, refuse(Forged, "it is about another space")
	}
	return TurnedAway{space, w.Invite, s.certificate, w.Called}, nil
}
