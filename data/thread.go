package data

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"time"

	"rapport/data/text"
)

// ThreadWithin is how long after a mail an answer that names nothing is still
// taken for one by its subject; see text.ThreadsBySubject.
const ThreadWithin = 30 * 24 * time.Hour

// ThreadNode is a mail as threading sees it. A mail without a Message-ID goes
// under the ID of its timeline entry; what a program wrote has no subject, since
// programs write the same one for years.
func ThreadNode(m Message) text.Node {
	n := text.Node{
		ID: m.ID, MessageID: m.MessageID, InReplyTo: m.InReplyTo, References: m.References,
		From: m.Sender().Email, At: m.Date.Unix(),
	}
	if m.Automated == "" {
		n.Subject = m.Subject
	}
	for _, a := range slices.Concat(m.To, m.Cc) {
		if a.Email != "" {
			n.To = append(n.To, a.Email)
		}
	}
	if text.CleanID(m.MessageID) == "" {
		n.MessageID = InteractionIDOf(m)
	}
	return n
}

// ThreadName is the number under which a Message-ID, or a subject, is kept for
// threading: the first eight bytes of its SHA-256, never zero.
func ThreadName(id string) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(max(1, binary.BigEndian.Uint64(sum[:8])))
}

// ThreadID is the ID of the conversation that goes by a name; NameOfThread
// turns it back, into 0 where it is no such ID.
func ThreadID(name int64) string { return fmt.Sprintf("%016x", uint64(name)) }

// NameOfThread is the name that a conversation's ID was made of.
func NameOfThread(id string) int64 {
	name, err := strconv.ParseUint(id, 16, 64)
	if err != nil {
		return 0
	}
	return int64(name)
}
