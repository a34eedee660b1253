package data

import (
	"fmt"
	"net/mail"
	"strings"
	"time"

	"rapport/data/text"
)

// Draft is a mail that a person writes here and sends from their own mail
// program. Rapport sends nothing.
type Draft struct {
	ID string `json:"id"`
	// Mailbox is the Mailbox.ID into whose Drafts folder it may go, "" where
	// there is none with a server.
	Mailbox string    `json:"mailbox"`
	From    Address   `json:"from"`
	To      []Address `json:"to"`
	Cc      []Address `json:"cc,omitempty"`
	Subject string    `json:"subject"`
	// MessageID, InReplyTo and References are without angle brackets. The
	// Message-ID stays the same from the first keeping on: by it the draft is
	// known again wherever it lies.
	MessageID  string   `json:"messageId"`
	InReplyTo  string   `json:"inReplyTo,omitempty"`
	References []string `json:"references,omitempty"`
	// Answers is the Message.ID of the mail that it answers, "" of a new one.
	Answers string `json:"answers,omitempty"`
	// Text is what the person writes, a paragraph a line; Quote is the answered
	// mail, marked, with the line that says whose it is, and stands below.
	Text  string `json:"text"`
	Quote string `json:"quote,omitempty"`
	// Page is the whole as HTML, beside the text, where the mail was made by us; "" of
	// what a person writes.
	Page string `json:"page,omitempty"`

	WrittenAt time.Time `json:"-"` // changed last
	QueuedAt  time.Time `json:"-"` // when the person let it go to the Drafts folder
	PutAt     time.Time `json:"-"` // when it came to lie there
	Folder    string    `json:"-"` // in which folder
	SentAt    time.Time `json:"-"` // when it was sent from there, as its sent copy says
	// Problem says why it has not left yet, and what to do.
	Problem string `json:"-"`
}

// DraftState is how far a draft is.
type DraftState string

// The states of a draft, in their order.
const (
	DraftKept DraftState = "kept here"
	DraftWait DraftState = "waiting"
	DraftPut  DraftState = "in drafts"
	DraftSent DraftState = "sent"
)

// State is how far the draft is.
func (d Draft) State() DraftState {
	switch {
	case !d.SentAt.IsZero():
		return DraftSent
	case !d.PutAt.IsZero():
		return DraftPut
	case !d.QueuedAt.IsZero():
		return DraftWait
	}
	return DraftKept
}

// StateWords says how far the draft is, for people: "in Drafts since 09:41",
// "opened at 09:41" of one that went to a mail program by a link or a file.
func (d Draft) StateWords(now time.Time) string {
	switch d.State() {
	case DraftSent:
		return "sent " + atOrOn(d.SentAt, now)
	case DraftPut:
		if d.Folder == "" {
			return "opened " + atOrOn(d.PutAt, now)
		}
		_, when, _ := strings.Cut(atOrOn(d.PutAt, now), " ")
		return "in " + d.Folder + " since " + when
	case DraftWait:
		return "waits to leave"
	}
	return "kept here"
}

// atOrOn is "at 09:41" of today, else "on Mon 16 Nov".
func atOrOn(t, now time.Time) string {
	if DaysBetween(t, now) == 0 {
		return "at " + Clock(t, now)
	}
	return "on " + DayName(t, now)
}

// ToWords are the people it goes to, "Anna Kessler and 2 more".
func (d Draft) ToWords() string {
	list := d.Recipients()
	if len(list) == 0 {
		return "nobody yet"
	}
	first := text.Name(list[0].Name, list[0].Email)
	if len(list) == 1 {
		return first
	}
	return fmt.Sprintf("%s and %d more", first, len(list)-1)
}

// Body is the whole text: what the person wrote, then the quote.
func (d Draft) Body() string {
	own := strings.TrimRight(d.Text, " \t\n")
	switch {
	case d.Quote == "":
		return own
	case own == "":
		return "\n\n" + d.Quote
	}
	return own + "\n\n" + d.Quote
}

// Recipients are To and Cc.
func (d Draft) Recipients() []Address { return append(append([]Address{}, d.To...), d.Cc...) }

// Tidy returns the draft with its addresses normalised and named once, To
// before Cc, and its subject on one line.
func (d Draft) Tidy() Draft {
	d.From.Email = text.NormalAddress(d.From.Email)
	seen := map[string]bool{}
	d.To, d.Cc = once(d.To, seen), once(d.Cc, seen)
	d.Subject = strings.Join(strings.Fields(d.Subject), " ")
	return d
}

// once drops addresses that were seen before, and those that are none.
func once(list []Address, seen map[string]bool) []Address {
	var out []Address
	for _, a := range list {
		a.Email, a.Name = text.NormalAddress(a.Email), strings.Join(strings.Fields(a.Name), " ")
		if a.Email != "" && !seen[a.Email] {
			seen[a.Email] = true
			out = append(out, a)
		}
	}
	return out
}

// Check says why the draft cannot leave, or nil. A draft that is only kept here
// may lack anything.
func (d Draft) Check() error {
	if !isAddress(d.From.Email) {
		return invalid("from", "say from which address it is")
	}
	if len(d.To) == 0 {
		return invalid("to", "say to whom it goes")
	}
	for _, a := range d.Recipients() {
		local, _, _ := strings.Cut(a.Email, "@")
		switch {
		case !isAddress(a.Email):
			return invalid("to", "%q is not a mail address; write it like anna@kestrel.example", a.String())
		case isNoReply(local), local == "mailer-daemon":
			return invalid("to", "nobody reads mail to %s", a.Email)
		}
	}
	if d.Text == "" && d.Quote == "" && d.Subject == "" {
		return invalid("text", "write at least a subject or a few words")
	}
	return nil
}

func isAddress(email string) bool {
	local, domain, ok := strings.Cut(email, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(email, " \t\r\n<>,;\"") {
		return false
	}
	_, err := mail.ParseAddress("<" + email + ">")
	return err == nil
}

// MessageIDFor is the Message-ID of a new mail from an address: random is unique
// and of letters and digits.
func MessageIDFor(random, from string) string {
	domain := text.Domain(from)
	if domain == "" {
		domain = "localhost"
	}
	return random + "@" + domain
}

// Outgoing is a draft or a calendar entry on its way to a server, from the outbox.
type Outgoing struct {
	ID    int64 // of the outbox row
	Draft Draft
	// Calendar is the Calendar.ID that FollowUp goes to; "" for a draft.
	Calendar string
	FollowUp FollowUp
	// Yes says that the person allowed this one; else the mailbox must be
	// allowed.
	Yes bool
	// Again says that an earlier try may have arrived, though nobody heard.
	Again bool
	Tries int
}

// Delivered is where something outgoing lies now.
type Delivered struct {
	Folder string
	// Had says that it lay there already, from an earlier try.
	Had bool
	// Gone says that it was found elsewhere: sent, or thrown away, by whoever it
	// belongs to.
	Gone bool
}

// Outbox is what waits to leave, for the status bar.
type Outbox struct {
	Drafts  int
	Entries int // of calendars
	// Problem is why the oldest of them has not left, "" while none was tried.
	Problem string
}

// Waits counts all of it.
func (o Outbox) Waits() int { return o.Drafts + o.Entries }

// Words say what waits: "2 drafts wait", "1 draft and 1 calendar entry wait".
func (o Outbox) Words() string {
	entries := Counted(o.Entries, "calendar entry", "calendar entries")
	switch {
	case o.Entries == 0:
		return Counted(o.Drafts, "draft waits", "drafts wait")
	case o.Drafts == 0:
		return Counted(o.Entries, "calendar entry waits", "calendar entries wait")
	}
	return Counted(o.Drafts, "draft", "drafts") + " and " + entries + " wait"
}
