package data

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// WireMark begins every WireID, and no other ID.
const WireMark = "~"

// WireID is what something whose ID is a hash of what it says is called in a space:
// the same for everybody who has it and the space's ID key, and telling nothing to
// others, who could otherwise guess a mail and know that it is there
// (docs/sharing-spaces.md, section 3).
func WireID(idKey []byte, local string) string {
	mac := hmac.New(sha256.New, idKey)
	mac.Write([]byte(local))
	return WireMark + hex.EncodeToString(mac.Sum(nil)[:16])
}
