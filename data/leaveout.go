package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// SkipLeftOut is why the ledger says that a mail is not here: a person said so.
const SkipLeftOut = "you left it out"

// LeaveOutKind is what a rule leaves out.
type LeaveOutKind string

// The kinds of rules, widest first.
const (
	OutDomain       LeaveOutKind = "domain"       // whatever anybody of a mail domain wrote
	OutSender       LeaveOutKind = "sender"       // whatever an address wrote
	OutConversation LeaveOutKind = "conversation" // a conversation, whoever writes in it
	OutMail         LeaveOutKind = "mail"         // one mail
)

// LeaveOut says that mail is forgotten for good and never read again. It keeps
// nothing of the mails themselves.
type LeaveOut struct {
	ID   string
	Kind LeaveOutKind
	// Pattern is an address, a domain as "@kestrel.example", or the
	// Interaction.ID of a mail; "" for a conversation, which is known by its marks.
	Pattern string
	// Shown is what people read, without a subject: "one mail of 12 Nov from
	// anna@kestrel.example".
	Shown string
	At    time.Time
	// Forgot is how many mails were here, Skipped how many lie on servers and
	// are left out.
	Forgot, Skipped int
}

// Check says why the rule cannot be kept, or nil. Own mail stays: a rule about
// ourselves would leave out all that we wrote.
func (r LeaveOut) Check(k Known) error {
	switch r.Kind {
	case OutSender:
		switch {
		case !strings.Contains(strings.Trim(r.Pattern, "@"), "@") || r.Pattern != text.NormalAddress(r.Pattern):
			return invalid("sender", "%q is not a mail address; write it like anna@kestrel.example", r.Pattern)
		case k.Own[r.Pattern]:
			return invalid("sender", "%s is your own address; leave out a folder, or a single mail", r.Pattern)
		}
	case OutDomain:
		domain := strings.TrimPrefix(r.Pattern, "@")
		switch {
		case r.Pattern == domain || !strings.Contains(domain, ".") || text.Domain("x"+r.Pattern) != domain:
			return invalid("domain", "%q is not a mail domain; write it like @kestrel.example", r.Pattern)
		case IsPublicDomain(domain, nil):
			return invalid("domain", "people of many organisations have their address at %s; leave out the sender", domain)
		case k.IsOwn("anybody@" + domain):
			return invalid("domain", "%s is your own mail domain; leave out the sender, or a folder", domain)
		}
	case OutMail:
		if r.Pattern == "" {
			return invalid("mail", "say which mail")
		}
	case OutConversation:
	default:
		return invalid("kind", "%q cannot be left out; use a sender, a domain, a conversation or a mail", string(r.Kind))
	}
	return nil
}

// Words name what is left out: "everything from @kestrel.example".
func (r LeaveOut) Words() string {
	switch r.Kind {
	case OutSender:
		return "everything from " + r.Pattern
	case OutDomain:
		return "everything from anybody at " + strings.TrimPrefix(r.Pattern, "@")
	}
	return r.Shown
}

// Ref is by what a command names the rule: its pattern, or the beginning of its
// ID.
func (r LeaveOut) Ref() string {
	if r.Kind == OutSender || r.Kind == OutDomain {
		return r.Pattern
	}
	return r.ID[:min(8, len(r.ID))]
}

// ShownOf names a mail, or a conversation of so many, without its subject.
func ShownOf(kind LeaveOutKind, m Message, others int, now time.Time) string {
	from := m.Sender().Email
	if from == "" {
		from = "nobody named"
	}
	if kind == OutConversation {
		return fmt.Sprintf("a conversation of %s, the last of %s from %s", Counted(others, "mail", "mails"), ShortDate(m.Date, now), from)
	}
	return fmt.Sprintf("one mail of %s from %s", ShortDate(m.Date, now), from)
}

// MarkOf is a Message-ID as a rule keeps it: a hash, "" for "".
func MarkOf(messageID string) string {
	if messageID == "" {
		return ""
	}
	sum := sha256.Sum256([]byte("left out\n" + messageID))
	return hex.EncodeToString(sum[:16])
}

// MarksOf are the marks of a mail and of those that it answers or names. The
// first is its own, "" where it has no Message-ID.
func MarksOf(m Message) []string {
	marks := []string{MarkOf(m.MessageID)}
	for _, id := range append([]string{m.InReplyTo}, m.References...) {
		if mark := MarkOf(id); mark != "" && !slices.Contains(marks, mark) {
			marks = append(marks, mark)
		}
	}
	return marks
}

// LeaveOuts are the rules as mail is held against them. The zero value leaves out
// nothing.
type LeaveOuts struct {
	Rules []LeaveOut
	// Marks are those of conversations, with the ID of their rule.
	Marks map[string]string
}

// Find returns the rule that leaves out a mail, and false if none does: that of
// the mail itself before that of its conversation, its sender and its domain.
func (l LeaveOuts) Find(m Message) (LeaveOut, bool) {
	if len(l.Rules) == 0 {
		return LeaveOut{}, false
	}
	id := ""
	for _, r := range l.Rules {
		if r.Kind != OutMail {
			continue
		}
		if id == "" {
			id = InteractionIDOf(m)
		}
		if r.Pattern == id {
			return r, true
		}
	}
	if len(l.Marks) > 0 {
		for _, mark := range MarksOf(m) {
			if rule, found := l.Marks[mark]; found && mark != "" {
				return l.byID(rule)
			}
		}
	}
	for _, a := range m.From {
		if r, found := l.ofSender(a.Email); found {
			return r, true
		}
	}
	return LeaveOut{}, false
}

func (l LeaveOuts) byID(id string) (LeaveOut, bool) {
	i := slices.IndexFunc(l.Rules, func(r LeaveOut) bool { return r.ID == id })
	if i < 0 {
		return LeaveOut{}, false
	}
	return l.Rules[i], true
}

// ofSender finds the rule about an address, or about its domain or one above it.
func (l LeaveOuts) ofSender(email string) (LeaveOut, bool) {
	if email == "" {
		return LeaveOut{}, false
	}
	for _, r := range l.Rules {
		switch r.Kind {
		case OutSender:
			if r.Pattern == email {
				return r, true
			}
		case OutDomain:
			domain := "@" + text.Domain(email)
			if domain == r.Pattern || strings.HasSuffix(domain, "."+strings.TrimPrefix(r.Pattern, "@")) {
				return r, true
			}
		}
	}
	return LeaveOut{}, false
}
