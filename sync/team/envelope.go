package team

import (
	"bytes"
	"crypto/cipher"
	"crypto/rand"
	"maps"
	"slices"
	"strings"

	"golang.org/x/crypto/chacha20poly1305"
)

// An envelope is all that those without a key can read of a sealed piece: one
// line with its kind and version, the space and the epoch. Behind it come a
// nonce of 24 bytes and what is sealed with XChaCha20-Poly1305, the line being
// its associated data.
type envelope struct {
	kind  string // "segment 1"
	space string
	epoch string
}

func (e envelope) line() []byte {
	return []byte("rapport " + e.kind + " " + e.space + " " + e.epoch + "\n")
}

// maxEnvelope is longer than any envelope's line.
const maxEnvelope = 200

// readEnvelope parts a sealed piece.
func readEnvelope(kind string, body []byte) (e envelope, nonce, sealed []byte, err error) {
	line, rest, ok := bytes.Cut(body, []byte{'\n'})
	words := strings.Split(string(line[:min(len(line), maxEnvelope)]), " ")
	switch {
	case !ok || len(words) != 5 || words[0] != "rapport":
		return e, nil, nil, refuse(Forged, "it does not begin as Rapport's pieces do")
	case words[1]+" "+words[2] != kind && isNewer(kind, words[1], words[2]):
		return e, nil, nil, refuse(Newer, "a newer version of Rapport wrote it; update Rapport to read it")
	case words[1]+" "+words[2] != kind:
		return e, nil, nil, refuse(Forged, "it says that it is another kind of piece than its name does")
	case CheckSpace(words[3]) != nil || len(words[4]) != fingerprintLength || strings.Trim(words[4], textLetters) != "":
		return e, nil, nil, refuse(Forged, "it names no space and epoch")
	case len(rest) < chacha20poly1305.NonceSizeX+chacha20poly1305.Overhead:
		return e, nil, nil, refuse(Forged, "it ends before what is sealed in it begins")
	}
	return envelope{kind, words[3], words[4]}, rest[:chacha20poly1305.NonceSizeX], rest[chacha20poly1305.NonceSizeX:], nil
}

// isNewer says whether a kind's word goes with a version that is none of ours.
func isNewer(kind, word, version string) bool {
	ours, _, _ := strings.Cut(kind, " ")
	return word == ours && version != "" && strings.Trim(version, "0123456789") == "" && version[0] != '0'
}

func newNonce() []byte {
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	return nonce
}

// seal puts text into an envelope.
func (e envelope) seal(key, nonce, text []byte) []byte {
	line := e.line()
	return aead(key).Seal(slices.Concat(line, nonce), nonce, text, line)
}

// open returns what seal put in.
func (e envelope) open(key, nonce, sealed []byte) ([]byte, error) {
	text, err := aead(key).Open(nil, nonce, sealed, e.line())
	if err != nil {
		return nil, refuse(Forged, "its seal is broken: it was altered, or made by somebody without the key")
	}
	return text, nil
}

func aead(key []byte) cipher.AEAD {
	a, err := chacha20poly1305.NewX(key)
	if err != nil {
		panic("bug: " + err.Error())
	}
	return a
}

// Sender reads, without a key, which space and epoch a sealed piece says it is
// of. Nothing bears that out until the piece was opened.
func Sender(body []byte) (space, epoch string, ok bool) {
	line, _, _ := bytes.Cut(body[:min(len(body), maxEnvelope)], []byte{'\n'})
	words := strings.Split(string(line), " ")
	if len(words) != 5 || words[0] != "rapport" {
		return "", "", false
	}
	return words[3], words[4], true
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
