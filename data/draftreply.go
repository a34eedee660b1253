package data

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Answer says how a mail is to be answered.
type Answer struct {
	All     bool
	From    Address // whose mailbox it goes out from
	Mailbox string  // its Mailbox.ID, "" for none
	// Own are the person's own addresses, normalised; they are no recipients.
	Own map[string]bool
	// Zone is in which the quote tells the time; nil is UTC.
	Zone *time.Location
	// NoQuote leaves the answered mail out.
	NoQuote bool
}

// Reply begins the answer to a mail: to whom, in which conversation, and with
// what is quoted. Mail that no person wrote is refused with *Invalid, and so is
// one that leaves nobody to answer to.
func Reply(m Message, a Answer) (Draft, error) {
	if err := answerable(m); err != nil {
		return Draft{}, err
	}
	d := Draft{Mailbox: a.Mailbox, From: a.From, Subject: text.ReplySubject(m.Subject), Answers: m.ID}
	d.To, d.Cc = answerTo(m, a)
	if d = d.Tidy(); len(d.To) == 0 {
		d.To, d.Cc = d.Cc, nil
	}
	if len(d.To) == 0 {
		return Draft{}, invalid("to", "nobody but you is named in this mail; write a new one instead")
	}
	d.InReplyTo, d.References = chain(m)
	if !a.NoQuote {
		d.Quote = quoteOf(m, a.Zone)
	}
	return d, nil
}

// answerable refuses mail whose sender is no person. Somebody who writes to a
// list is one.
func answerable(m Message) error {
	local, _, _ := strings.Cut(m.Sender().Email, "@")
	switch {
	case m.Sender().Email == "":
		return invalid("to", "the mail names no sender")
	case m.Automated == "":
	case m.Automated == AutomatedList && !text.IsRoleAddress(local) && !isNoReply(local):
	default:
		return invalid("to", "no person wrote this mail (%s), so nobody would read an answer", m.Automated)
	}
	return nil
}

// answerTo is whom an answer goes to: whom the sender asks to answer, else the
// sender; of one's own mail, whom it went to. To all are also those of To, and
// those of Cc.
func answerTo(m Message, a Answer) (to, cc []Address) {
	to = m.ReplyTo
	if len(to) == 0 {
		to = m.From
	}
	if a.Own[m.Sender().Email] {
		to = m.To
		if a.All {
			cc = m.Cc
		}
	} else if a.All {
		to = slices.Concat(to, m.To)
		cc = m.Cc
	}
	others := func(list []Address) []Address {
		return slices.DeleteFunc(slices.Clone(list), func(p Address) bool {
			local, _, _ := strings.Cut(p.Email, "@")
			return a.Own[p.Email] || p.Email == a.From.Email || isNoReply(local)
		})
	}
	return others(to), others(cc)
}

// mostReferences is how many ids a chain keeps: the first, by which threads are
// known, and the latest.
const mostReferences = 20

// chain is In-Reply-To and References of an answer (RFC 5322, section 3.6.4).
func chain(m Message) (inReplyTo string, references []string) {
	for _, id := range append(slices.Clone(m.References), m.MessageID) {
		if isMessageID(id) && !slices.Contains(references, id) {
			references = append(references, id)
		}
	}
	if len(m.References) == 0 && isMessageID(m.InReplyTo) && m.InReplyTo != m.MessageID {
		references = append([]string{m.InReplyTo}, references...)
	}
	if len(references) > mostReferences {
		references = append(references[:1], references[len(references)-mostReferences+1:]...)
	}
	if isMessageID(m.MessageID) {
		inReplyTo = m.MessageID
	}
	return inReplyTo, references
}

// isMessageID says whether an id can stand in a header as it is.
func isMessageID(id string) bool {
	return id != "" && len(id) < 500 && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == '>' })
}

// quoteOf is a mail as its answer quotes it, without its signature.
func quoteOf(m Message, zone *time.Location) string {
	body := text.WithoutSignature(m.Text)
	if m.TextCut {
		body += "\n[…]"
	}
	if strings.TrimSpace(body) == "" {
		return ""
	}
	return attribution(m, body, zone) + "\n" + text.Quoted(body)
}

// attribution says when the quoted words were written, and by whom, in their
// language: English unless they are German.
func attribution(m Message, body string, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	at, who := m.Date.In(zone), m.Sender()
	name := text.Name(who.Name, who.Email)
	if text.Language(text.Own(body)) == "de" {
		return fmt.Sprintf("Am %s um %s schrieb %s:", at.Format("02.01.2006"), at.Format("15:04"), name)
	}
	return fmt.Sprintf("On %s at %s, %s wrote:", at.Format("Mon, 2 Jan 2006"), at.Format("15:04"), name)
}

// AnswerFrom chooses the mailbox that an answer goes out from: of those with a
// server the one that the mail was sent to, else one in which it lies, else the
// first. Without any, the zero Mailbox.
func AnswerFrom(m MessageRow, boxes []Mailbox) Mailbox {
	var best Mailbox
	rank := 0
	for _, b := range boxes {
		r := 1
		switch {
		case b.Imported():
			continue
		case m.Sender().Email == b.Address:
			r = 4
		case slices.ContainsFunc(slices.Concat(m.To, m.Cc), func(a Address) bool { return a.Email == b.Address }):
			r = 3
		case slices.ContainsFunc(m.Locations, func(l Location) bool { return l.Mailbox == b.ID }):
			r = 2
		}
		if r > rank {
			best, rank = b, r
		}
	}
	return best
}
