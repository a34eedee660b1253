package team

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"slices"
)

// A statement is a text that a device signed, with its certificate. On the wire
// it is the signature, the certificate on a line, and the text.
type statement struct {
	certificate Certificate
	signature   []byte
	text        []byte
}

// sign makes a statement of a kind. The kind and the context, as the space, are
// signed with the text, so that no statement is taken for another.
func sign(kind, context string, text []byte, d Device) statement {
	return statement{d.Certificate, ed25519.Sign(d.key, signedText(kind, context, text)), text}
}

func signedText(kind, context string, text []byte) []byte {
	return slices.Concat([]byte("rapport "+kind+"\n"+context+"\n"), text)
}

func (s statement) bytes() []byte {
	return slices.Concat(s.signature, []byte(s.certificate.String()), []byte{'\n'}, s.text)
}

// readStatement reads and verifies what bytes wrote.
func readStatement(kind, context string, b []byte) (statement, error) {
	if len(b) < ed25519.SignatureSize {
		return statement{}, refuse(Forged, "it is too short to be signed")
	}
	line, text, ok := bytes.Cut(b[ed25519.SignatureSize:], []byte{'\n'})
	if !ok {
		return statement{}, refuse(Forged, "it holds no certificate")
	}
	c, err := ReadCertificate(line)
	if err != nil {
		return statement{}, err
	}
	s := statement{c, b[:ed25519.SignatureSize], text}
	if !ed25519.Verify(c.Key, signedText(kind, context, text), s.signature) {
		return statement{}, refuse(Forged, "it is not signed by the device it names")
	}
	return s, nil
}

// hashOf is the whole hash of a text of a kind, in the letters of names.
func hashOf(kind string, text []byte) string {
	sum := sha256.Sum256(slices.Concat([]byte("rapport "+kind+"\n"), text))
	return Text(sum[:])
}
