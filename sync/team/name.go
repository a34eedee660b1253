package team

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"rapport/data"
)

// Kind says what a piece is, by the first letter of its name.
type Kind byte

// The kinds of pieces.
const (
	SegmentPiece  Kind = 's' // changes of one log
	MemberPiece   Kind = 'm' // a membership record
	KeyPiece      Kind = 'k' // keys for one person
	SnapshotPiece Kind = 'n' // the registers of a space at a vector, or a part of them
	WordPiece     Kind = 'w' // what a device says it has
)

const kinds = "smknw"

// MaxTag is the longest tag of a name: 16 bytes as Text writes them.
const MaxTag = 26

const hashLength = 52 // of 32 bytes, as Text writes them

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// Text writes bytes in the letters of names: RFC 4648's base32 in lower case,
// without padding. No file system takes two of them for one.
func Text(b []byte) string { return letters.EncodeToString(b) }

// Name is the name of a piece: its kind and the SHA-256 of its body, as in
// s-mfrggzdfmztwq2lk… It is 54 letters long.
func Name(kind Kind, body []byte) string {
	sum := sha256.Sum256(body)
	return string(kind) + "-" + Text(sum[:])
}

// Tagged is a name with a tag between kind and hash, by which those who know it
// find the piece without opening all: k-TAG-HASH. A tag has 1 to MaxTag of the
// letters a to z and digits; a piece's reader checks that the tag is its own.
func Tagged(kind Kind, tag string, body []byte) string {
	plain := Name(kind, body)
	return plain[:2] + tag + plain[1:]
}

// Parts reads a name. It fails with *data.Invalid for what neither Name nor
// Tagged makes, which includes every path, every reserved name of an operating
// system, and what cloud folders call their copies.
func Parts(name string) (kind Kind, tag, hash string, err error) {
	fields := strings.Split(name, "-")
	n := len(fields)
	switch {
	case n != 2 && n != 3, len(fields[0]) != 1, !strings.Contains(kinds, fields[0]):
	case n == 3 && !IsTag(fields[1]):
	case !isHash(fields[n-1]):
	case n == 3:
		return Kind(name[0]), fields[1], fields[2], nil
	default:
		return Kind(name[0]), "", fields[1], nil
	}
	return 0, "", "", &data.Invalid{Field: "piece", Says: fmt.Sprintf("%.100q is not the name of one", name)}
}

// IsTag says whether a text can be the tag of a name.
func IsTag(s string) bool { return len(s) > 0 && len(s) <= MaxTag && strings.Trim(s, tagLetters) == "" }

const tagLetters = "abcdefghijklmnopqrstuvwxyz0123456789"

// isHash says whether Text wrote this for 32 bytes: no other spelling of the
// same bytes passes.
func isHash(s string) bool {
	b, err := letters.DecodeString(s)
	return err == nil && len(s) == hashLength && Text(b) == s
}

// Fits says whether a body is the one that a name promises.
func Fits(name string, body []byte) bool {
	_, _, hash, err := Parts(name)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(body)
	return hash == Text(sum[:])
}

// Fit checks what PutNew of every carrier checks first: a valid name
// (*data.Invalid), a body that it promises (ErrTaken), of a size that every
// carrier takes (ErrTooLarge).
func Fit(name string, body []byte) error {
	if _, _, _, err := Parts(name); err != nil {
		return err
	}
	switch {
	case len(body) > MaxPiece:
		return fmt.Errorf("%s: %w", name, ErrTooLarge)
	case !Fits(name, body):
		return fmt.Errorf("%s: %w", name, ErrTaken)
	}
	return nil
}

// CheckSpace says whether an ID of a space can be part of a path and of a
// hub's subjects: 1 to 64 of the letters a to z and digits. It fails with
// *data.Invalid.
func CheckSpace(id string) error {
	if len(id) == 0 || len(id) > 64 || strings.Trim(id, tagLetters) != "" {
		return &data.Invalid{Field: "space", Says: fmt.Sprintf("%.100q is not the ID of one", id)}
	}
	return nil
}
