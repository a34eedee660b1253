package data

import (
	"strconv"
	"time"
)

// Traits are what tells a mail apart without its text: a few lines of its header
// and its size. By them a mail is known again under another number or in another
// folder.
type Traits struct {
	MessageID string
	Date      time.Time // by its own header; zero without
	Size      int64     // bytes on the server
	Subject   string
	From      []Address
	To        []Address
	Cc        []Address
}

// TraitsOf are the traits of a mail.
func TraitsOf(m Message) Traits {
	return Traits{MessageID: m.MessageID, Date: m.Date, Size: m.Size, Subject: m.Subject, From: m.From, To: m.To, Cc: m.Cc}
}

// Key is the same for mails with the same traits, and for no others. It is "" for
// a mail that they cannot tell apart: one without a Message-ID, a date or a size.
// A Message-ID alone is not enough, since programs use one for several mails.
func (t Traits) Key() string {
	if t.MessageID == "" || t.Date.IsZero() || t.Size <= 0 {
		return ""
	}
	parts := []string{"traits", t.MessageID, strconv.FormatInt(t.Date.Unix(), 10), strconv.FormatInt(t.Size, 10), t.Subject}
	for _, list := range [][]Address{t.From, t.To, t.Cc} {
		parts = append(parts, strconv.Itoa(len(list)))
		for _, a := range list {
			parts = append(parts, a.Name, a.Email)
		}
	}
	return hashID(parts...)
}
