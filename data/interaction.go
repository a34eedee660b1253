package data

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kind is what an interaction was.
type Kind string

// The kinds of interaction.
const (
	Mail  Kind = "mail"
	Meet  Kind = "meeting"
	Call  Kind = "call"
	Visit Kind = "visit"
	Note  Kind = "note"
	// Press is news that the customer published: it comes from a feed, has no people
	// and is no contact between us.
	Press Kind = "news"
)

// Logged are the kinds that a person records by hand.
var Logged = []Kind{Call, Visit, Note}

// Direction is who started an interaction.
type Direction string

// The directions. A meeting, a visit or a note has none of the first two unless
// somebody said so.
const (
	In   Direction = "in"  // they wrote or called
	Out  Direction = "out" // we did
	Both Direction = "both"
)

// Interaction is something that happened, as one account's timeline shows it.
type Interaction struct {
	// ID is InteractionIDOf a mail, OccurrenceIDOf a meeting, or random.
	ID        string
	Kind      Kind
	Direction Direction
	// At is when it happened (for a mail: was sent; for a meeting: begins).
	At      time.Time
	Minutes int // how long, 0 when unknown
	AllDay  bool
	Subject string
	// Preview is the first words of its text, on one line.
	Preview string
	People  []Participant
	// Account is the ID of the account whose timeline this is, and Reason says
	// in words why it is there.
	Account string
	Reason  string
	// Source is where it came from: a mailbox's address, a calendar's name, or
	// "logged by hand".
	Source string
	// Thread is shared by the mails of one conversation.
	Thread    string
	Cancelled bool
	// RecordedAt is when this laptop learned of it.
	RecordedAt time.Time
	// SeenBy are the colleagues who told the team of it, by name.
	SeenBy []string
	// Shared says, of entries of a timeline, that somebody beside us can read it.
	Shared bool
}

// Planned says whether it lies ahead of now.
func (i Interaction) Planned(now time.Time) bool { return i.At.After(now) }

// Participant is somebody's part in an interaction.
type Participant struct {
	Address
	// Part is from, to, cc, bcc, organizer, attendee or with.
	Part    string `json:"part"`
	Side    Side   `json:"side"`
	Contact string `json:"contact,omitempty"`
	Answer  string `json:"answer,omitempty"`
}

// The answers to an invitation. AnswerAbsent is nobody's answer: somebody said
// afterwards that they did not come.
const (
	AnswerAccepted  = "accepted"
	AnswerTentative = "tentative"
	AnswerDeclined  = "declined"
	AnswerAbsent    = "absent"
)

// Came says whether they took part, as far as anybody knows.
func (p Participant) Came() bool { return p.Answer != AnswerDeclined && p.Answer != AnswerAbsent }

// Entry is an interaction that a person logs by hand.
type Entry struct {
	ID      string
	Kind    Kind
	At      time.Time
	Minutes int
	Account string
	With    []string // contact IDs
	Subject string
	Text    string
	By      string // whose doing it was
}

// Check says why the entry cannot be kept, or nil.
func (e Entry) Check(now time.Time) error {
	switch {
	case !slices.Contains(Logged, e.Kind):
		return invalid("kind", "%q cannot be logged; use call, visit or note", e.Kind)
	case e.Account == "":
		return invalid("account", "say which account it was with")
	case e.At.IsZero():
		return invalid("at", "say when it happened")
	case e.At.After(now.Add(24 * time.Hour)):
		return invalid("at", "%s has not happened yet; put what lies ahead into your calendar", e.At.Format("2 Jan 2006"))
	case strings.TrimSpace(e.Text) == "" && strings.TrimSpace(e.Subject) == "":
		return invalid("text", "write at least a few words about what happened")
	case e.Minutes < 0:
		return invalid("minutes", "a duration cannot be negative")
	}
	return nil
}

// Fields are the entry's shareable fields; see Account.Fields.
func (e Entry) Fields() Fields {
	f := Fields{}
	f.text("kind", string(e.Kind))
	f.text("at", e.At.UTC().Format(time.RFC3339))
	if e.Minutes > 0 {
		f.text("minutes", strconv.Itoa(e.Minutes))
	}
	f.text("account", e.Account)
	f.text("subject", e.Subject)
	f.text("text", e.Text)
	f.text("by", e.By)
	f.set("with/", e.With)
	return f
}

// EntryOf builds an entry from its fields. A date or number that cannot be read
// is left zero.
func EntryOf(id string, f Fields) Entry {
	at, _ := time.Parse(time.RFC3339, f["at"])
	minutes, _ := strconv.Atoi(f["minutes"])
	return Entry{
		ID: id, Kind: Kind(f["kind"]), At: at, Minutes: minutes, Account: f["account"],
		With: f.members("with/"), Subject: f["subject"], Text: f["text"], By: f["by"],
	}
}
