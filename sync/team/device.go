package team

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"strings"
)

// A Device is one laptop of a person, with a key that signs what it writes.
// Keep Secret in the keyring, and Certificate anywhere.
type Device struct {
	Certificate Certificate
	key         ed25519.PrivateKey
}

// NewDevice makes a device of a person. Its name is for people, as in "Maya's
// laptop"; it is told to the members of every space.
func NewDevice(p Person, name string) Device {
	seed := make([]byte, secretLength)
	rand.Read(seed)
	return certified(p, ed25519.NewKeyFromSeed(seed), name)
}

func certified(p Person, key ed25519.PrivateKey, name string) Device {
	c := Certificate{Person: p.Card(), Key: key.Public().(ed25519.PublicKey), Name: name}
	c.byPerson = ed25519.Sign(p.identity, c.text())
	c.byDevice = ed25519.Sign(key, c.text())
	return Device{Certificate: c, key: key}
}

// ID is the device's fingerprint, with which the names of its logs begin.
func (d Device) ID() string { return d.Certificate.Device() }

// Secret is the device's key as text for the keyring.
func (d Device) Secret() string { return writeSecret(deviceSecret, d.key.Seed()) }

// ReadDevice puts a device together again from what Secret wrote and from its
// certificate's text.
func ReadDevice(secret, certificate string) (Device, error) {
	seed, err := readSecret(deviceSecret, secret)
	if err != nil {
		return Device{}, err
	}
	c, err := ReadCertificate([]byte(certificate))
	if err != nil {
		return Device{}, err
	}
	key := ed25519.NewKeyFromSeed(seed[:])
	if !key.Public().(ed25519.PublicKey).Equal(c.Key) {
		return Device{}, refuse(Forged, "this device's key and its certificate do not belong together")
	}
	return Device{Certificate: c, key: key}, nil
}

// NewLog names a new log of the device, for one installation and one space. A
// copied or restored workspace must go on under a new one.
func (d Device) NewLog() string {
	nonce := make([]byte, 8)
	rand.Read(nonce)
	return d.ID() + "-" + Text(nonce)
}

// LogDevice is the fingerprint of the device that a log belongs to, and false
// for what is no log of a device.
func LogDevice(log string) (device string, ok bool) {
	device, nonce, _ := strings.Cut(log, "-")
	return device, len(device) == fingerprintLength && len(nonce) == 13 && strings.Trim(device+nonce, textLetters) == ""
}

// textLetters are those that Text writes.
const textLetters = "abcdefghijklmnopqrstuvwxyz234567"

// A Certificate says that a device is a person's. Both have signed it, so that
// nobody can claim another's device.
type Certificate struct {
	Person Card
	Key    ed25519.PublicKey // the device's
	Name   string            // for people

	byPerson, byDevice []byte
}

// Device is the device's fingerprint.
func (c Certificate) Device() string { return fingerprint("rapport device 1", c.Key) }

// text is what both sign.
func (c Certificate) text() []byte {
	return []byte("rapport certificate 1\n" + c.Person.String() + "\n" + keyText(c.Key) + "\n" + c.Name)
}

// certificateWire is a certificate as JSON.
type certificateWire struct {
	Person   string `json:"person"`
	Device   string `json:"device"`
	Name     string `json:"name,omitempty"`
	ByPerson string `json:"byPerson"`
	ByDevice string `json:"byDevice"`
}

// String is the certificate as text: one JSON object on one line. It is no
// secret.
func (c Certificate) String() string {
	return string(asLine(certificateWire{c.Person.String(), keyText(c.Key), c.Name, keyText(c.byPerson), keyText(c.byDevice)}))
}

// maxNames is the longest name of a device, person or space in bytes.
const maxNames = 200

// ReadCertificate reads what String wrote and checks both signatures.
func ReadCertificate(text []byte) (Certificate, error) {
	var w certificateWire
	if err := readLine(text, &w); err != nil {
		return Certificate{}, err
	}
	card, err := ReadCard(w.Person)
	if err != nil {
		return Certificate{}, err
	}
	key, okKey := readKey(w.Device)
	byPerson, okPerson := bytesOf(w.ByPerson, ed25519.SignatureSize)
	byDevice, okDevice := bytesOf(w.ByDevice, ed25519.SignatureSize)
	c := Certificate{card, key, w.Name, byPerson, byDevice}
	switch {
	case !okKey || !okPerson || !okDevice || len(w.Name) > maxNames:
		return Certificate{}, refuse(Forged, "the certificate of a device cannot be read")
	case !ed25519.Verify(c.Person.Identity, c.text(), byPerson):
		return Certificate{}, refuse(Forged, "the certificate of a device is not signed by the person it names")
	case !ed25519.Verify(c.Key, c.text(), byDevice):
		return Certificate{}, refuse(Forged, "the certificate of a device is not signed by that device")
	}
	return c, nil
}

// asLine is v as JSON on one line, with < and & as they are.
func asLine(v any) []byte {
	var line strings.Builder
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("bug: " + err.Error())
	}
	return []byte(strings.TrimSuffix(line.String(), "\n"))
}

// readLine reads what asLine wrote, and nothing that asLine would write
// otherwise: signed texts have one form, so that none means two things.
func readLine[T any](line []byte, v *T) error {
	if err := json.Unmarshal(line, v); err != nil || string(asLine(*v)) != string(line) {
		return refuse(Forged, "its text is not in the form that Rapport writes")
	}
	return nil
}
