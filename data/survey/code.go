package survey

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Code is what the subject of an answer carries: TOKEN-Q-AA-SIGN, each of the
// ends eight letters (40 bits). TOKEN names who was asked, Q the question, AA the
// place of the answer among the form's options; a code of question 0 stands for the
// whole mail. SIGN is the beginning of an HMAC-SHA256 (RFC 2104) of the rest.
type Code struct {
	Token    string
	Question int // 0 to 9
	Place    int // 0 to 99
	Sign     string
}

// letters are those of Crockford's base32, which leaves out I, L, O and U, so that
// a code can be read aloud and typed.
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

var encoding = base32.NewEncoding(letters).WithPadding(base32.NoPadding)

// TokenBytes is how many random bytes a token is made of.
const TokenBytes = 5

// Token writes random bytes as a token.
func Token(random [TokenBytes]byte) string { return encoding.EncodeToString(random[:]) }

// KeyName names a key without telling it: by it a laptop knows whether a code can
// be its own.
func KeyName(key []byte) string {
	sum := sha256.Sum256(append([]byte("rapport survey key\x00"), key...))
	return hex.EncodeToString(sum[:4])
}

// Signed is the code with its signature.
func (c Code) Signed(key []byte) Code {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "rapport survey\x00%s\x00%d\x00%d", c.Token, c.Question, c.Place)
	c.Sign = encoding.EncodeToString(mac.Sum(nil)[:TokenBytes])
	return c
}

// Genuine says whether the signature is that of the key.
func (c Code) Genuine(key []byte) bool {
	return hmac.Equal([]byte(c.Sign), []byte(c.Signed(key).Sign))
}

// String writes the code.
func (c Code) String() string {
	return fmt.Sprintf("%s-%d-%02d-%s", c.Token, c.Question, c.Place, c.Sign)
}

// wholeMark is in every code of question 0, so that texts without one are soon passed by.
const wholeMark = "-0-00-"

var codes = regexp.MustCompile(`(?i)\b([0-9A-Z]{8})-([0-9OIL])-([0-9OIL]{2})-([0-9A-Z]{8})\b`)

// misread are the letters that are taken for digits.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// FindCode finds the first code in a text, whatever stands around it.
func FindCode(s string) (Code, bool) {
	m := codes.FindStringSubmatch(s)
	if m == nil {
		return Code{}, false
	}
	for i := range m {
		m[i] = misread.Replace(strings.ToUpper(m[i]))
	}
	question, err1 := strconv.Atoi(m[2])
	place, err2 := strconv.Atoi(m[3])
	return Code{Token: m[1], Question: question, Place: place, Sign: m[4]}, err1 == nil && err2 == nil
}
