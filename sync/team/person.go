package team

import (
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"rapport/data"

	"filippo.io/age"
)

// secretLength is the length in bytes of every secret of this package.
const secretLength = 32

// A Person is who takes part in spaces: an identity that certifies the person's
// devices, and a key that others write to. Both are made from one secret, which
// is what the recovery key prints. Keep Secret in the keyring and nowhere else.
type Person struct {
	root     [secretLength]byte
	identity ed25519.PrivateKey
	letters  *age.X25519Identity
}

// NewPerson makes a person.
func NewPerson() (Person, error) {
	var root [secretLength]byte
	rand.Read(root[:])
	return personOf(root)
}

// personOf derives a person's two keys from the one secret.
func personOf(root [secretLength]byte) (Person, error) {
	letters, err := age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", derive(root[:], "rapport person letters 1"))))
	if err != nil {
		return Person{}, err
	}
	return Person{
		root:     root,
		identity: ed25519.NewKeyFromSeed(derive(root[:], "rapport person identity 1")),
		letters:  letters,
	}, nil
}

// Secret is the person as text for the keyring.
func (p Person) Secret() string { return writeSecret(personSecret, p.root[:]) }

// ReadPerson reads what Secret wrote.
func ReadPerson(secret string) (Person, error) {
	root, err := readSecret(personSecret, secret)
	if err != nil {
		return Person{}, err
	}
	return personOf(root)
}

// Card is what others may know of the person.
func (p Person) Card() Card {
	return Card{Identity: p.identity.Public().(ed25519.PublicKey), Letters: p.letters.Recipient().String()}
}

// ID is the person's ID; see Card.ID.
func (p Person) ID() string { return p.Card().ID() }

// A Card is what others must know of a person: the key that certifies devices,
// and the age recipient that secrets are wrapped for.
type Card struct {
	Identity ed25519.PublicKey
	Letters  string // an age recipient, age1…
}

// ID is the person's ID in every space: a fingerprint of both keys, so that
// nobody can put another key under it.
func (c Card) ID() string { return fingerprint("rapport person 1", []byte(c.String())) }

// String is the card as text: both keys, with a dot between them.
func (c Card) String() string { return keyText(c.Identity) + "." + c.Letters }

// ReadCard reads what String wrote.
func ReadCard(text string) (Card, error) {
	key, letters, _ := strings.Cut(text, ".")
	identity, ok := readKey(key)
	recipient, err := age.ParseX25519Recipient(letters)
	if !ok || err != nil || recipient.String() != letters {
		return Card{}, refuse(Forged, "the keys of a person cannot be read")
	}
	return Card{identity, letters}, nil
}

// fingerprintLength is that of 130 bits as Text writes them.
const fingerprintLength = 26

// fingerprint is the short hash by which keys are known and compared.
func fingerprint(of string, parts ...[]byte) string {
	sum := sha256.New()
	sum.Write([]byte(of))
	for _, part := range parts {
		sum.Write([]byte{'\n'})
		sum.Write(part)
	}
	return Text(sum.Sum(nil))[:fingerprintLength]
}

// Spoken is a fingerprint as two people compare it aloud: in groups of letters.
func Spoken(fingerprint string) string { return grouped(strings.ToUpper(fingerprint), 5) }

// derive makes a key for one purpose from a secret.
func derive(secret []byte, purpose string) []byte {
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, secretLength)
	if err != nil {
		panic("bug: " + err.Error())
	}
	return key
}

// The first words of secrets as text, so that none is taken for another.
const (
	personSecret = "rapport-person-1-"
	deviceSecret = "rapport-device-1-"
	epochSecret  = "rapport-epoch-1-"
	memberSecret = "rapport-members-1-"
)

func writeSecret(kind string, secret []byte) string { return kind + Text(secret) }

func readSecret(kind, text string) (secret [secretLength]byte, err error) {
	rest, ok := strings.CutPrefix(text, kind)
	b, wrong := letters.DecodeString(rest)
	if !ok || wrong != nil || len(b) != secretLength || Text(b) != rest {
		return secret, &data.Invalid{Field: "key", Says: "what the keyring holds under this name is no key of Rapport's, or is damaged"}
	}
	copy(secret[:], b)
	return secret, nil
}

// keyText writes a public key or a signature.
func keyText(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// bytesOf reads what keyText wrote, and no other spelling of it.
func bytesOf(text string, length int) ([]byte, bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(text)
	return b, err == nil && len(b) == length && keyText(b) == text
}

func readKey(text string) (ed25519.PublicKey, bool) {
	return bytesOf(text, ed25519.PublicKeySize)
}

// grouped parts a text into groups with a hyphen between them.
func grouped(s string, size int) string {
	var groups []string
	for len(s) > size {
		groups, s = append(groups, s[:size]), s[size:]
	}
	return strings.Join(append(groups, s), "-")
}
