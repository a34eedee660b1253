package team

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/change"

	"golang.org/x/crypto/scrypt"
)

// An Invitation is what somebody gets who shall join a space: a file, or a short
// code with which their laptop finds the same thing in the carrier. With the
// file comes a one-time secret, so who brings that back is let in without a
// question: send it as you would send a key. Of who comes by a code, a person
// must confirm the fingerprint.
type Invitation struct {
	Space string
	Name  string // the space's
	By    Certificate
	// Called is the inviter's name.
	Called string
	// Secret is the one-time secret. Put it into no log.
	Secret string
	Role   change.Role
	Until  time.Time // not after
	// Hint is where the space travels, for people or programs; it may be empty.
	Hint string
}

type invitationWire struct {
	Space  string      `json:"space"`
	Name   string      `json:"name"`
	Called string      `json:"called"`
	Secret string      `json:"secret"`
	Role   change.Role `json:"role"`
	Until  int64       `json:"until"`
	Hint   string      `json:"hint,omitempty"`
}

const (
	invitationKind = "invitation 1"
	codeKind       = "code 1"
	answerKind     = "answer 1"
	maxLetter      = 100_000 // bytes of an invitation or an answer
)

// Hashes of secrets say by their beginning how much their bearer is trusted.
const (
	byFile = "file-"
	byCode = "code-"
)

// NewInvitation makes an invitation and the record that announces it, which is
// sealed with SealRecord. What the record needs is in it but At and After.
func NewInvitation(m change.Membership, d Device, role change.Role, called string, until time.Time) (Invitation, change.Record) {
	return newInvitation(byFile, m, d, role, called, until)
}

func newInvitation(way string, m change.Membership, d Device, role change.Role, called string, until time.Time) (Invitation, change.Record) {
	secret := make([]byte, secretLength)
	rand.Read(secret)
	i := Invitation{Space: m.Space, Name: m.Name, By: d.Certificate, Called: m.Members[d.Certificate.Person.ID()].Name,
		Secret: way + Text(secret), Role: role, Until: until}
	return i, change.Record{Deed: change.Invite, Invite: i.Hash(), Role: role, Called: called, Until: until.Unix()}
}

// Hash is what the record tells of the secret.
func (i Invitation) Hash() string { return secretHash(i.Secret) }

func secretHash(secret string) string {
	way := byFile
	if strings.HasPrefix(secret, byCode) {
		way = byCode
	}
	return way + hashOf("invitation secret 1", []byte(secret))
}

// File is the invitation as a file to give to the person invited.
func (i Invitation) File(d Device) []byte {
	text := asLine(invitationWire{i.Space, i.Name, i.Called, i.Secret, i.Role, i.Until.Unix(), i.Hint})
	return append([]byte("rapport "+invitationKind+"\n"), sign(invitationKind, "", text, d).bytes()...)
}

// ReadInvitation reads and verifies what File wrote, and says so when its time
// is over. Errors are *Refusal.
func ReadInvitation(file []byte, now time.Time) (Invitation, error) {
	rest, ok := strings.CutPrefix(string(file[:min(len(file), maxLetter)]), "rapport "+invitationKind+"\n")
	if !ok {
		return Invitation{}, refuse(Forged, "this file is no invitation of Rapport's, or one of a newer version; ask for another")
	}
	s, err := readStatement(invitationKind, "", []byte(rest))
	if err != nil {
		return Invitation{}, refuse(Forged, "this invitation is damaged; ask for another")
	}
	var w invitationWire
	if err := readLine(s.text, &w); err != nil || CheckSpace(w.Space) != nil || w.Secret == "" {
		return Invitation{}, refuse(Forged, "this invitation is damaged; ask for another")
	}
	i := Invitation{w.Space, w.Name, s.certificate, w.Called, w.Secret, w.Role, time.Unix(w.Until, 0).UTC(), w.Hint}
	if now.After(i.Until) {
		return i, refuse(Late, "this invitation was good until %s; ask for another", dateText(i.Until))
	}
	return i, nil
}

// NewCode makes an invitation that a short code finds: the code to tell the
// person, the piece for the carrier, and the record that announces it.
func NewCode(m change.Membership, d Device, role change.Role, called string, until time.Time) (code, name string, body []byte, r change.Record, err error) {
	i, r := newInvitation(byCode, m, d, role, called, until)
	letters := make([]byte, 10)
	rand.Read(letters)
	code = strings.ToUpper(Text(letters)[:10])
	tag, key, err := codeKeys(code)
	if err != nil {
		return "", "", nil, r, err
	}
	e := envelope{codeKind, m.Space, tag}
	body = e.seal(key, newNonce(), i.File(d))
	return code[:5] + "-" + code[5:], Tagged(KeyPiece, tag, body), body, r, nil
}

// codeKeys makes of a code the tag by which its piece is found and the key that
// opens it. It takes a tenth of a second on purpose, so that codes are not tried
// in bulk.
func codeKeys(code string) (tag string, key []byte, err error) {
	b, err := scrypt.Key([]byte(code), []byte("rapport invitation code 1"), 1<<15, 8, 1, 2*secretLength)
	if err != nil {
		return "", nil, err
	}
	return Text(b[:secretLength])[:fingerprintLength], b[secretLength:], nil
}

// A Code is a short code as somebody typed it, ready to find its piece.
type Code struct {
	// Tag is that of the piece's name.
	Tag string
	key []byte
}

// LooksLikeCode says whether a text has the form of a short code.
func LooksLikeCode(typed string) bool {
	code := plainCode(typed)
	return len(code) == 10 && strings.Trim(code, recoveryLetters) == ""
}

func plainCode(typed string) string {
	return strings.NewReplacer("0", "O", "1", "I", "8", "B", "-", "", " ", "").Replace(strings.ToUpper(strings.TrimSpace(typed)))
}

// ReadCode reads a short code in any case, with any spaces and hyphens. It takes
// a tenth of a second.
func ReadCode(typed string) (Code, error) {
	code := plainCode(typed)
	if !LooksLikeCode(code) {
		return Code{}, &data.Invalid{Field: "code", Says: "a code has ten letters or digits, as in K7QMB-2XWRT"}
	}
	tag, key, err := codeKeys(code)
	return Code{tag, key}, err
}

// Open opens the piece that a code finds. Errors are *Refusal.
func (c Code) Open(name string, body []byte, now time.Time) (Invitation, error) {
	i, err := c.open(name, body, now)
	return i, about(err, name)
}

func (c Code) open(name string, body []byte, now time.Time) (Invitation, error) {
	if err := checkPiece(KeyPiece, name, body); err != nil {
		return Invitation{}, err
	}
	e, nonce, sealed, err := readEnvelope(codeKind, body)
	if err != nil {
		return Invitation{}, err
	}
	if e.epoch != c.Tag {
		return Invitation{}, refuse(Foreign, "it belongs to another code")
	}
	file, err := e.open(c.key, nonce, sealed)
	if err != nil {
		return Invitation{}, err
	}
	i, err := ReadInvitation(file, now)
	if err == nil && (i.Space != e.space || !strings.HasPrefix(i.Secret, byCode)) {
		return Invitation{}, refuse(Forged, "it is no invitation by code to this space")
	}
	return i, err
}

// An Answer is what comes back of an invitation: somebody who wants to join.
type Answer struct {
	Space  string
	Invite string      // the hash of the secret they brought
	By     Certificate // theirs
	Called string
}

type answerWire struct {
	Space  string `json:"space"`
	Secret string `json:"secret"`
	Called string `json:"called"`
}

// AnswerTag is the tag of the names of the answers to somebody's invitations.
func AnswerTag(space string, inviter Card) string {
	return fingerprint("rapport answer 1", []byte(space), []byte(inviter.String()))
}

// Answer makes the answer to an invitation, readable by the inviter only. It
// travels as a piece, or as a file by any other way.
func (i Invitation) Answer(called string, d Device) (name string, body []byte, err error) {
	text := asLine(answerWire{i.Space, i.Secret, called})
	body, err = writeLetter(answerKind, i.Space, i.By.Person.Letters, sign(answerKind, i.Space, text, d).bytes())
	return Tagged(KeyPiece, AnswerTag(i.Space, i.By.Person), body), body, err
}

// OpenAnswer opens and verifies an answer to an invitation by p. Errors are
// *Refusal.
func OpenAnswer(name string, body []byte, space string, p Person) (Answer, error) {
	a, err := openAnswer(name, body, space, p)
	return a, about(err, name)
}

func openAnswer(name string, body []byte, space string, p Person) (Answer, error) {
	if err := checkPiece(KeyPiece, name, body); err != nil {
		return Answer{}, err
	}
	text, err := readLetter(answerKind, space, body, p.letters)
	if err != nil {
		return Answer{}, err
	}
	s, err := readStatement(answerKind, space, text)
	if err != nil {
		return Answer{}, err
	}
	var w answerWire
	if err := readLine(s.text, &w); err != nil {
		return Answer{}, err
	}
	if w.Space != space || len(w.Called) > maxNames {
		return Answer{}, refuse(Forged, "it answers an invitation to another space")
	}
	return Answer{space, secretHash(w.Secret), s.certificate, w.Called}, nil
}

// Fingerprint is that of the person who answers, as it is compared aloud.
func (a Answer) Fingerprint() string { return Spoken(a.By.Person.ID()) }

// MustConfirm says whether a person must compare the fingerprint before the one
// who answers is let in: they came by a code, which others may have tried out.
func (a Answer) MustConfirm() bool { return !strings.HasPrefix(a.Invite, byFile) }

// Admit returns the record that lets in who answered, but for At and After; or a
// *Refusal that says why not: no such invitation stands, they were refused, it was
// used, or its time is over.
func (a Answer) Admit(m change.Membership, now time.Time) (change.Record, error) {
	i, ok := m.Invitations[a.Invite]
	person := a.By.Person.ID()
	switch {
	case a.Space != m.Space:
		return change.Record{}, refuse(Foreign, "%s answers an invitation to another space", a.Called)
	case !ok:
		return change.Record{}, refuse(Forged, "%s answers an invitation that nobody made", a.Called)
	case m.Members[person].Role != "":
		return change.Record{}, refuse(Foreign, "%s is a member already", a.Called)
	case slices.Contains(i.Refused, person):
		return change.Record{}, refuse(Late, "%s was refused; where that was a mistake, make another invitation", a.Called)
	case len(i.UsedBy) > 0:
		return change.Record{}, refuse(Late, "the invitation that %s answers was used already; make another", a.Called)
	case now.Unix() > i.Until:
		return change.Record{}, refuse(Late, "the invitation that %s answers was good until %s; make another", a.Called, dateText(time.Unix(i.Until, 0).UTC()))
	}
	return change.Record{Deed: change.AddMember, Person: person, Card: a.By.Person.String(), Called: a.Called, Side: i.Side, Discipline: i.Discipline,
		Role: i.Role, History: i.History, Invite: a.Invite}, nil
}

func dateText(t time.Time) string { return t.Format("2 January 2006") }
