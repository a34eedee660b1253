package team

import (
	"crypto/ed25519"
	"crypto/sha512"
	"math/big"
	"slices"
	"strings"

	"filippo.io/age"
)

// Whoever has a laptop that was withdrawn may have its person's keys. From then on keys
// of a space go to each of the person's other laptops, sealed for the laptop's own key:
// the X25519 key that belongs to its Ed25519 key, as age does it for ssh-ed25519.

// LaptopKeyTag is the tag of the names of the key pieces for one laptop in a space.
func LaptopKeyTag(space string, laptop ed25519.PublicKey) string {
	return fingerprint("rapport laptop key piece 1", []byte(space), []byte(keyText(laptop)))
}

// SealLaptopKeys makes a key piece for one laptop: the keys, signed by the device and
// readable on that laptop only.
func SealLaptopKeys(k Keys, to Certificate, d Device) (name string, body []byte, err error) {
	letters, err := laptopLetters(to.Key)
	if err != nil {
		return "", nil, err
	}
	s := sign(keysKind, k.Space+"\n"+to.Device(), []byte(k.Secret()), d)
	body, err = writeLetter(keysKind, k.Space, letters, s.bytes())
	return Tagged(KeyPiece, LaptopKeyTag(k.Space, to.Key), body), body, err
}

// OpenLaptopKeys opens and verifies a key piece for a laptop. Errors are *Refusal.
func OpenLaptopKeys(name string, body []byte, space string, d Device) (KeyGrant, error) {
	g, err := openLaptopKeys(name, body, space, d)
	return g, about(err, name)
}

func openLaptopKeys(name string, body []byte, space string, d Device) (KeyGrant, error) {
	if _, tag, _, err := Parts(name); err == nil && tag != LaptopKeyTag(space, d.Certificate.Key) {
		return KeyGrant{}, refuse(Foreign, "it is for another laptop")
	}
	if err := checkPiece(KeyPiece, name, body); err != nil {
		return KeyGrant{}, err
	}
	key, err := d.letters()
	if err != nil {
		return KeyGrant{}, err
	}
	return readGrant(body, space, d.ID(), key)
}

// letters is the key that opens what laptopLetters seals: RFC 8032's secret scalar.
func (d Device) letters() (*age.X25519Identity, error) {
	sum := sha512.Sum512(d.key.Seed())
	return age.ParseX25519Identity(strings.ToUpper(bech32("age-secret-key-", sum[:32])))
}

// laptopLetters is the age recipient that belongs to a laptop's public key: the same
// point on the Montgomery curve, u = (1 + y) / (1 − y) (RFC 7748, section 4.1).
func laptopLetters(key ed25519.PublicKey) (string, error) {
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	little := slices.Clone(key)
	little[31] &= 0x7f // the sign of x
	slices.Reverse(little)
	y, one := new(big.Int).SetBytes(little), big.NewInt(1)
	under := new(big.Int).ModInverse(new(big.Int).Mod(new(big.Int).Sub(one, y), p), p)
	if under == nil {
		return "", refuse(Forged, "the key of a laptop cannot be sealed for")
	}
	u := under.Mul(under, y.Add(y, one))
	text := u.Mod(u, p).FillBytes(make([]byte, 32))
	slices.Reverse(text)
	return bech32("age", text), nil
}
