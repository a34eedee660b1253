package jetstream

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"rapport/sync/team"
)

// The names of a space on the hub. A piece's subject is its name and its size,
// so that a listing knows both without reading it.
func streamOf(space string) string { return "rapport-" + space }
func piecesOf(space string) string { return "rapport." + space + ".piece." }
func newsOf(space string) string   { return "rapport." + space + ".news" }
func nowOf(space string) string    { return "rapport." + space + ".now." }

func subjectOf(space, name string, size int) string {
	return piecesOf(space) + name + "." + strconv.Itoa(size)
}

// pieceOf reads a subject back; foreign ones are none.
func pieceOf(space, subject string) (team.Piece, bool) {
	rest, ok := strings.CutPrefix(subject, piecesOf(space))
	name, size, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(size)
	_, _, _, foreign := team.Parts(name)
	return team.Piece{Name: name, Size: int64(n)}, ok && err == nil && foreign == nil && n >= 0 && n <= team.MaxPiece
}

// tries is how many messages may lie under one subject: the piece, and broken
// ones that came before it and cannot be removed.
const tries = 8

// config is a stream's, with the fields that matter here; the rest is the
// server's usual.
type config struct {
	Name              string     `json:"name"`
	Subjects          []string   `json:"subjects"`
	Retention         string     `json:"retention"`
	Storage           string     `json:"storage"`
	Replicas          int        `json:"num_replicas"`
	Discard           string     `json:"discard"`
	DiscardPerSubject bool       `json:"discard_new_per_subject"`
	MaxPerSubject     int        `json:"max_msgs_per_subject"`
	MaxMessages       int        `json:"max_msgs"`
	MaxBytes          int64      `json:"max_bytes"`
	MaxAge            int64      `json:"max_age"`
	MaxSize           int        `json:"max_msg_size"`
	Duplicates        int64      `json:"duplicate_window,omitempty"`
	AllowDirect       bool       `json:"allow_direct"`
	AllowRollup       bool       `json:"allow_rollup_hdrs"`
	PersistMode       string     `json:"persist_mode,omitempty"`
	RePublish         *republish `json:"republish,omitempty"`
	Mirror            *struct{}  `json:"mirror,omitempty"`
	Sources           []struct{} `json:"sources,omitempty"`
}

type republish struct {
	From        string `json:"src,omitempty"`
	To          string `json:"dest"`
	HeadersOnly bool   `json:"headers_only,omitempty"`
}

// wanted is the stream of a space as it should be. What its members are told of
// each new piece is its arrival, not its bytes.
func wanted(space string, replicas int) config {
	return config{
		Name: streamOf(space), Subjects: []string{piecesOf(space) + "*.*"}, Retention: "limits", Storage: "file", Replicas: replicas,
		Discard: "new", DiscardPerSubject: true, MaxPerSubject: tries, MaxMessages: -1, MaxBytes: -1, MaxSize: team.MaxPiece + 4096,
		Duplicates: int64(100 * time.Millisecond), AllowDirect: true, // a piece that was removed can be put again at once
		RePublish: &republish{From: piecesOf(space) + "*.*", To: newsOf(space), HeadersOnly: true},
	}
}

// faultsOf says what is wrong with a stream, in words for whoever runs the hub.
func faultsOf(c config, space string) []string {
	want := wanted(space, 3)
	var faults []string
	fault := func(wrong bool, format string, args ...any) {
		if wrong {
			faults = append(faults, fmt.Sprintf(format, args...))
		}
	}
	fault(c.Replicas < want.Replicas, "it keeps %d copies, and 3 are needed", c.Replicas)
	fault(c.Storage != want.Storage, "it keeps pieces in %s, not in files", c.Storage)
	fault(c.PersistMode == "async", "it says that a piece is stored before it is")
	fault(c.Retention != want.Retention || c.MaxAge != 0 || c.MaxMessages > 0, "it forgets pieces by itself")
	fault(c.Discard != want.Discard || !c.DiscardPerSubject || c.MaxPerSubject < 1, "a piece could be overwritten")
	fault(c.AllowRollup, "a member could remove pieces")
	fault(c.MaxSize != -1 && c.MaxSize < team.MaxPiece, "it takes pieces of at most %d bytes, and %d are needed", c.MaxSize, team.MaxPiece)
	fault(c.Mirror != nil || len(c.Sources) > 0, "it takes pieces from another stream")
	return faults
}
