package team

import (
	"fmt"
	"slices"
	"strings"

	"rapport/data"
)

// A recovery key is a person's secret to print on paper: twelve groups of five
// letters that begin with RK. The last six letters are a checksum, which finds
// up to four wrong letters and any two that changed places.
const (
	recoveryMark  = "RK"
	recoveryFinal = 0x2bc830a3 // BIP 350's, so that no key of age's is one
	groupSize     = 5
)

// recoveryLength is how many letters a recovery key has: its mark, 256 bits and
// the checksum.
const recoveryLength = len(recoveryMark) + 52 + 6

const recoveryLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

// RecoveryKey is the person as text to print. Whoever holds it is the person.
func (p Person) RecoveryKey() string {
	text := recoveryMark + strings.ToUpper(Text(p.root[:]))
	for _, d := range checkDigits(recoveryDigits(text), recoveryFinal) {
		text += recoveryLetters[d : d+1]
	}
	return grouped(text, groupSize)
}

func recoveryDigits(text string) []byte {
	digits := make([]byte, len(text))
	for i := range text {
		digits[i] = byte(strings.IndexByte(recoveryLetters, text[i]))
	}
	return digits
}

// PersonFromRecovery reads a recovery key as somebody typed it: in any case,
// with any spaces and hyphens, and with 0, 1 and 8 for O, I and B. The error is
// a *data.Invalid that says where to look.
func PersonFromRecovery(typed string) (Person, error) {
	text := strings.NewReplacer("0", "O", "1", "I", "8", "B", "-", "", " ", "", "\t", "", "\n", "", "\r", "").Replace(strings.ToUpper(typed))
	if strange := strings.Trim(text, recoveryLetters); strange != "" {
		return Person{}, wrongRecovery("it has letters A to Z and digits 2 to 7 only")
	}
	switch {
	case len(text) != recoveryLength:
		return Person{}, wrongRecovery("%d letters and digits were entered; it has %d", len(text), recoveryLength)
	case text[:len(recoveryMark)] != recoveryMark:
		return Person{}, wrongRecovery("it begins with %s", recoveryMark)
	case !recoveryHolds(text):
		if group, ok := wrongGroup(text); ok {
			return Person{}, wrongRecovery("look at group %d again; one letter in it is wrong", group)
		}
		return Person{}, wrongRecovery("some letters are wrong or changed places; compare it with the paper")
	}
	b, err := letters.DecodeString(strings.ToLower(text[len(recoveryMark) : recoveryLength-6]))
	if err != nil || len(b) != secretLength {
		return Person{}, wrongRecovery("some letters are wrong; compare it with the paper")
	}
	return personOf([secretLength]byte(b))
}

func recoveryHolds(text string) bool {
	body := recoveryDigits(text)
	return slices.Equal(body[recoveryLength-6:], checkDigits(body[:recoveryLength-6], recoveryFinal))
}

// wrongGroup finds the group of the one wrong letter, counted from 1, where one
// other letter would make the key right.
func wrongGroup(text string) (group int, ok bool) {
	for i := range text {
		for _, other := range recoveryLetters {
			if try := text[:i] + string(other) + text[i+1:]; recoveryHolds(try) {
				return i/groupSize + 1, true
			}
		}
	}
	return 0, false
}

func wrongRecovery(format string, args ...any) error {
	return &data.Invalid{Field: "recovery key", Says: fmt.Sprintf(format, args...)}
}
