package data

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// DraftFacts are what is known about a draft's recipients and its conversation.
type DraftFacts struct {
	// Seen is what is known of each address, by the address.
	Seen map[string]AddressSeen
	// Thread are the mails of the conversation, oldest first; none of a new one.
	Thread []Interaction
	// Wishes are those of the contacts whom the draft goes to.
	Wishes []Wishes
	// AnsweredAt is when the answered mail was sent; zero of a new one.
	AnsweredAt time.Time
	// Others are the drafts of the last months, to see what went to many.
	Others []Draft
}

// AddressSeen is how often an address was met.
type AddressSeen struct {
	Contact string // the name of the contact whose it is, "" for none
	Mails   int    // interactions with it
	// Automated is why none of the mails from it is a person's, "" where one is
	// or none came.
	Automated string
}

// manyPeople is from how many recipients on a draft says so.
const manyPeople = 8

// DraftWarnings are what a person may want to know before the draft leaves, the
// most serious first, each a sentence without its full stop. None of them keeps
// it from leaving.
func DraftWarnings(d Draft, f DraftFacts, now time.Time) []string {
	var list []string
	if words := AgainstWords(DraftAgainst(d, f, now)); words != "" {
		list = append(list, words)
	}
	list = append(list, takenOff(d, f, now)...)
	for _, a := range d.Recipients() {
		if s, ok := f.Seen[a.Email]; !ok || s.Contact == "" && s.Mails == 0 {
			list = append(list, a.Email+" was never seen here before; check its spelling")
		}
	}
	if n := len(d.Recipients()); n >= manyPeople {
		list = append(list, "It goes to "+Counted(n, "person", "people"))
	}
	if later := newest(f); !later.At.IsZero() && later.At.After(f.AnsweredAt) {
		list = append(list, "The conversation has gone on: there is a newer mail, of "+DayName(later.At, now))
	}
	if same := sameSentence(d, f.Others); same != "" {
		list = append(list, same)
	}
	if d.Subject == "" {
		list = append(list, "It has no subject")
	}
	if speaksOfAttachment.MatchString(d.Text) {
		list = append(list, "It speaks of an attachment; add that in your mail program")
	}
	return list
}

// DraftAgainst are the wishes that the draft would go against, were it sent now.
func DraftAgainst(d Draft, f DraftFacts, now time.Time) []Warning {
	return Against(PlannedTouch{Channel: ByMail, At: now, Text: d.Subject + "\n" + d.Text}, f.Wishes)
}

// RefuseAutomated says with *Invalid that a recipient is a program, as far as
// its mails tell, or nil.
func RefuseAutomated(d Draft, f DraftFacts) error {
	for _, a := range d.Recipients() {
		if s := f.Seen[a.Email]; s.Automated != "" && s.Automated != AutomatedList && s.Contact == "" {
			return invalid("to", "no person writes from %s (%s), so nobody would read it", a.Email, s.Automated)
		}
	}
	return nil
}

// newest is the last mail of the conversation.
func newest(f DraftFacts) Interaction {
	if len(f.Thread) == 0 {
		return Interaction{}
	}
	return f.Thread[len(f.Thread)-1]
}

// takenOff names recipients who took part earlier and are not on the newest mail
// of the conversation.
func takenOff(d Draft, f DraftFacts, now time.Time) (list []string) {
	last := newest(f)
	for _, a := range d.Recipients() {
		earlier := slices.ContainsFunc(f.Thread, func(i Interaction) bool { return i.ID != last.ID && hasPerson(i, a.Email) })
		if earlier && !hasPerson(last, a.Email) {
			list = append(list, text.Name(a.Name, a.Email)+" is not on the newest mail of this conversation, of "+DayName(last.At, now))
		}
	}
	return list
}

func hasPerson(i Interaction, email string) bool {
	return slices.ContainsFunc(i.People, func(p Participant) bool { return p.Email == email })
}

var speaksOfAttachment = regexp.MustCompile(`(?i)\b(attached|attachment|enclosed|im anhang|angehängt|beigefügt|anbei)\b`)

// IsSentCopy says whether a mail from one of the person's own addresses is what
// became of a draft: the same mail, or, since some programs number a mail anew
// when they send it, an answer to the same mail, or a mail with the same subject
// to the same people, that was sent after the draft was let go.
func IsSentCopy(d Draft, m Message) bool {
	if d.MessageID != "" && m.MessageID == d.MessageID {
		return true
	}
	if d.QueuedAt.IsZero() || m.Date.Before(d.QueuedAt.Add(-sentSlack)) || m.Sender().Email != d.From.Email {
		return false
	}
	if d.InReplyTo != "" {
		return m.InReplyTo == d.InReplyTo && sharesRecipient(d, m)
	}
	return m.InReplyTo == "" && d.Subject != "" && strings.EqualFold(d.Subject, m.Subject) && sharesRecipient(d, m)
}

// sentSlack is how much a server's clock may be behind this laptop's.
const sentSlack = 5 * time.Minute

func sharesRecipient(d Draft, m Message) bool {
	return slices.ContainsFunc(slices.Concat(m.To, m.Cc), func(a Address) bool {
		return slices.ContainsFunc(d.To, func(b Address) bool { return a.Email == b.Email })
	})
}
