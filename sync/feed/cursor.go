package feed

import "encoding/json"

// readerVersion is raised when a better reader should read feeds again that have
// not changed.
const readerVersion = 1

// cursor is what is remembered of the last good reading.
type cursor struct {
	Version  int    `json:"v"`
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"` // Last-Modified, as written
	Hash     string `json:"hash,omitempty"`     // of the whole text
	Items    int    `json:"items"`
	Gone     bool   `json:"gone,omitempty"` // the server said so, for good
}

// parseCursor reads a cursor; one that cannot be read, or is of another reader, is
// none.
func parseCursor(s string) cursor {
	var c cursor
	if err := json.Unmarshal([]byte(s), &c); err != nil || c.Version != readerVersion {
		return cursor{Version: readerVersion}
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
