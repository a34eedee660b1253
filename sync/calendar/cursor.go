package calendar

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// readerVersion is raised when a better reader should read calendars again that
// have not changed.
const readerVersion = 1

// stale is how old an expansion may get before an unchanged calendar is expanded
// again, since the window moves with the days.
const stale = 30 * 24 * time.Hour

// cursor is what is remembered of the last good reading.
type cursor struct {
	Version  int    `json:"v"`
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"` // Last-Modified, as written
	Hash     string `json:"hash,omitempty"`
	Meetings int    `json:"meetings"`
	Expanded int64  `json:"expanded"` // unix seconds
	Zone     string `json:"zone"`
}

// parseCursor reads a cursor; one that cannot be read is none.
func parseCursor(s string) cursor {
	var c cursor
	if err := json.Unmarshal([]byte(s), &c); err != nil {
		return cursor{}
	}
	return c
}

func (c cursor) String() string {
	out, err := json.Marshal(c)
	if err != nil {
		panic("bug: cursor: " + err.Error())
	}
	return string(out)
}

// serves says whether what was read then still serves: by this reader, in this
// zone, and not too long ago.
func (c cursor) serves(zone string, now time.Time) bool {
	age := now.Sub(time.Unix(c.Expanded, 0))
	return c.Version == readerVersion && c.Zone == zone && age >= 0 && age < stale
}

// contentHash is the same for two texts that differ in DTSTAMP only, which some
// servers write anew each time.
func contentHash(raw []byte) string {
	h := sha256.New()
	for l := range bytes.Lines(raw) {
		if !bytes.HasPrefix(bytes.ToUpper(l[:min(len(l), 8)]), []byte("DTSTAMP")) {
			h.Write(l)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
