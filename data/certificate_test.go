package data

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAFingerprintIsReadAsItIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pin := fmt.Sprintf("%x", rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "bytes"))
		shown := Fingerprint(pin)
		colons := strings.TrimPrefix(shown, "SHA256:")
		for _, form := range []string{shown, colons, pin, strings.ToUpper(pin), "SHA256:" + pin, "sha256 Fingerprint=" + colons, " " + shown + "\n"} {
			if got, err := PinOf(form); err != nil || got != pin {
				t.Fatalf("%q is read as %q, %v", form, got, err)
			}
		}
	})
}

func TestWhatIsNoFingerprintIsRefused(t *testing.T) {
	for _, s := range []string{"", "SHA256:", "SHA1:" + strings.Repeat("ab", 20), strings.Repeat("ab", 20), strings.Repeat("ab", 33), strings.Repeat("zz", 32)} {
		if pin, err := PinOf(s); err == nil || !errors.As(err, new(*Invalid)) {
			t.Errorf("%q is read as %q, %v", s, pin, err)
		}
	}
}

func TestAPinBelongsToAnEncryptedConnection(t *testing.T) {
	pin := strings.Repeat("0a", 32)
	for _, c := range []struct {
		name     string
		security Security
		pin      string
		ok       bool
	}{
		{"none", TLS, "", true},
		{"TLS", TLS, pin, true},
		{"STARTTLS", StartTLS, pin, true},
		{"no encryption", Plain, pin, false},
		{"not as it is kept", TLS, strings.ToUpper(pin), false},
		{"no fingerprint", TLS, "abc", false},
	} {
		m := Mailbox{Address: "a@b.example", Host: "127.0.0.1", Port: 993, User: "a", Security: c.security, Pinned: c.pin}
		if err := m.Check(); (err == nil) != c.ok {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
