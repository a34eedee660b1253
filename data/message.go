package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Address is a name and a mail address as a header gave them: the name decoded,
// the address normalised. Either may be "".
type Address struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
}

// String is the name, or the address where there is no name.
func (a Address) String() string {
	if a.Name != "" {
		return a.Name
	}
	return a.Email
}

// Message is one mail, known by its bytes: two mails are the same only if every
// byte is. Where it lies on servers are its Locations.
type Message struct {
	// ID is the lower-case hex SHA-256 of the raw bytes.
	ID string
	// MessageID, InReplyTo and References are without angle brackets; "" and nil
	// where the mail has none.
	MessageID  string
	InReplyTo  string
	References []string
	// Date is when it was sent by its own header; where that is absent or
	// unreadable, the newest Received line, else the server's date.
	Date    time.Time
	Subject string
	From    []Address
	To      []Address
	Cc      []Address
	Bcc     []Address
	ReplyTo []Address
	Text    string // readable text, UTF-8, LF line ends
	TextCut bool   // the text was longer than is kept
	// Reading is the text of a Form.Page with its headings, lists, links and
	// tables, as sync/mime's Reading writes them; "" until somebody asked for it.
	Reading  string
	Size     int64 // bytes on the server
	Attached []Attachment
	// Automated says why this is not a person writing ("" when it is one), as
	// IsAutomated found from its header.
	Automated string
	// Invites are what it says about meetings, for whoever keeps it; it is not read
	// back with the message. A source fills in ICS only.
	Invites []Invitation
	// Form is how it came: encrypted, signed, an invitation.
	Form Form
	// Odd lists in words what was broken about it and how it was read anyway.
	Odd []string
}

// OddBeginning is the remark about a mail of which only the beginning was read.
const OddBeginning = "too large to be read whole; its beginning was read"

// BeginsOnly says that only the beginning of the mail was read: the rest of its
// text and what is attached can be read when somebody asks.
func (m Message) BeginsOnly() bool { return slices.Contains(m.Odd, OddBeginning) }

// Sender is the first From address, or the zero Address.
func (m Message) Sender() Address {
	if len(m.From) == 0 {
		return Address{}
	}
	return m.From[0]
}

// Location is a place of a message on a server. UIDs mean nothing without their
// UIDVALIDITY.
type Location struct {
	Mailbox     string // Mailbox.ID
	Folder      string // decoded name
	UIDValidity uint32
	UID         uint32
}

// MessageIDOf is the ID of a message with these bytes.
func MessageIDOf(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:])
}

// InteractionIDOf is the ID of the timeline entry that a mail belongs to. A sent
// copy, a received copy with a banner and a list copy with a footer share
// Message-ID, date and sender, so they make one entry, here and on a
// colleague's laptop. Without a Message-ID the subject and the text decide.
func InteractionIDOf(m Message) string {
	date, from := m.Date.UTC().Format(time.RFC3339), m.Sender().Email
	if m.MessageID != "" {
		return hashID("mail", m.MessageID, date, from)
	}
	return hashID("mail-", date, from, m.Subject, m.Text)
}

// OccurrenceIDOf is the ID of one date of a meeting, whoever's calendar or mail
// brought it. recurrenceID is "" for a meeting that happens once.
func OccurrenceIDOf(uid, recurrenceID string) string {
	return hashID("meeting", uid, recurrenceID)
}

// hashID joins the parts so that no two lists of parts read alike, and returns
// 128 bits of their SHA-256 in hex.
func hashID(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// HeaderFacts are the header lines by which automated mail is known.
type HeaderFacts struct {
	From          string // address, normalised
	ListID        string
	AutoSubmitted string
	Precedence    string
	ReturnPath    string // as written, "<>" for a bounce; "" when absent
	AutoReply     bool   // X-Autoreply, X-Autorespond or a vendor's like
}

// IsAutomated says in words why a mail was not written by a person to a person,
// or "".
func IsAutomated(h HeaderFacts) string {
	auto := strings.ToLower(strings.TrimSpace(h.AutoSubmitted))
	if i := strings.IndexByte(auto, ';'); i >= 0 {
		auto = strings.TrimSpace(auto[:i])
	}
	local, _, _ := strings.Cut(h.From, "@")
	switch precedence := strings.ToLower(strings.TrimSpace(h.Precedence)); {
	case strings.TrimSpace(h.ListID) != "":
		return AutomatedList
	case auto == "auto-replied", h.AutoReply:
		return AutomatedReply
	case auto != "" && auto != "no":
		return AutomatedSubmitted
	case precedence == "bulk", precedence == "list", precedence == "junk", precedence == "auto_reply":
		return AutomatedBulk
	case isNoReply(local):
		return AutomatedNoReply
	case strings.TrimSpace(h.ReturnPath) == "<>", local == "mailer-daemon":
		return AutomatedBounce
	}
	return ""
}

// The reasons of IsAutomated, as the ledger prints them.
const (
	AutomatedList      = "newsletter or list: it has a List-Id line"
	AutomatedReply     = "automatic answer"
	AutomatedSubmitted = "written by a program: it has an Auto-Submitted line"
	AutomatedBulk      = "bulk mail: it has a Precedence line"
	AutomatedNoReply   = "sent from a no-reply address"
	AutomatedBounce    = "a server's report about a mail"
)

// separators are what stands between the words of an address.
var separators = strings.NewReplacer("-", "", "_", "", ".", "")

// isNoReply knows the spellings of addresses that nobody reads.
func isNoReply(local string) bool {
	local = separators.Replace(strings.ToLower(local))
	for _, word := range []string{"noreply", "donotreply", "dontreply", "nepasrepondre", "nichtantworten", "keineantwort"} {
		if strings.HasPrefix(local, word) || strings.HasSuffix(local, word) {
			return true
		}
	}
	return false
}
