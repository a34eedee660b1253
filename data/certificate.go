package data

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Certificate is what a server shows to prove that it is who it is called.
type Certificate struct {
	// Pin is the SHA-256 of the whole certificate, 64 hex digits in lower case.
	// It is of the certificate and not of its key alone, since that is the
	// fingerprint that whoever runs a server can read out.
	Pin     string
	Subject string // whom it names
	Issuer  string // who signed it; Subject again where it signed itself
	Names   []string
	From    time.Time
	Until   time.Time
	// Why says why this laptop does not trust it, as the end of a sentence; ""
	// where it does.
	Why string
}

// Fingerprint is the pin as people compare it: SHA256:AB:CD:….
func (c Certificate) Fingerprint() string { return Fingerprint(c.Pin) }

// Fingerprint is a pin as people compare it.
func Fingerprint(pin string) string {
	pairs := make([]string, 0, len(pin)/2)
	for i := 0; i+1 < len(pin); i += 2 {
		pairs = append(pairs, pin[i:i+2])
	}
	return "SHA256:" + strings.ToUpper(strings.Join(pairs, ":"))
}

// PinOf reads a fingerprint in any of its usual forms, with or without colons
// and the name before it ("SHA256:ab12…", "sha256 Fingerprint=AB:12:…"), and
// returns the pin: 64 hex digits in lower case.
func PinOf(fingerprint string) (string, error) {
	s := strings.ToLower(strings.TrimSpace(fingerprint))
	if _, after, ok := strings.Cut(s, "="); ok {
		s = after
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "sha256:"), "sha-256:")
	s = strings.NewReplacer(":", "", " ", "").Replace(s)
	if b, err := hex.DecodeString(s); err != nil || len(b) != 32 {
		return "", invalid("pin", "%q is not the SHA-256 fingerprint of a certificate; write it like SHA256: and 64 hex digits", fingerprint)
	}
	return s, nil
}

// Valid is from when to when it is valid, like "1 March 2026 to 1 March 2036".
func (c Certificate) Valid() string {
	const day = "2 January 2006"
	return c.From.Format(day) + " to " + c.Until.Format(day)
}

// Untrusted is an error: a server showed a certificate that was not accepted.
// It is the cause of a BadCertificate or an OtherCertificate problem, so that
// who asked can show it to a person.
type Untrusted struct {
	Certificate Certificate
	Cause       error
}

func (u *Untrusted) Error() string {
	return fmt.Sprintf("certificate %s: %s", u.Certificate.Fingerprint(), u.Certificate.Why)
}

// Unwrap returns the cause.
func (u *Untrusted) Unwrap() error { return u.Cause }
