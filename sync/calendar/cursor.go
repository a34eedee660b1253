package calendar

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// readerVersion is raised when a better reader should read calendars again that
// have not changed.
const readerVersion = 3

// stale is how old an expansion may get before an unchanged calendar is expanded
// again, since the window moves with the days.
const stale = 30 * 24 * time.Hour

// cursor is what is remembered of the last good reading.
type cursor struct {
	Version  int    `json:"v"`
	Expanded int64  `json:"expanded"` // unix seconds
	Zone     string `json:"zone"`

	// Of a file or a feed.
	ETag     string            `json:"etag,omitempty"`
	Modified string            `json:"modified,omitempty"` // Last-Modified, as written
	Hash     string            `json:"hash,omitempty"`     // of the whole text
	Meetings int               `json:"meetings"`
	Known    map[string]string `json:"known,omitempty"` // by UID: Reading.Hashes; "" of what could not be read

	// Of a folder or a CalDAV calendar.
	Token string          `json:"token,omitempty"` // RFC 6578
	Tag   string          `json:"tag,omitempty"`   // getctag
	Items map[string]item `json:"items,omitempty"` // by name
	Part  bool            `json:"part,omitempty"`  // a first reading is not at its end
}

// item is one file of a folder, or one resource of a CalDAV calendar, as it was
// read last.
type item struct {
	ETag string   `json:"e"`
	UIDs []string `json:"u,omitempty"`
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
		if len(l) < 7 || !bytes.EqualFold(l[:7], []byte("DTSTAMP")) {
			h.Write(l)
		}
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15])
}

// hashOf is contentHash of one meeting.
func hashOf(ics string) string {
	h := sha256.New()
	for l := range strings.Lines(ics) {
		if !strings.HasPrefix(l, "DTSTAMP") {
			h.Write([]byte(l))
		}
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}
