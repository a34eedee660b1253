package data

import (
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Share is how much of an interaction from mail may leave this laptop, for the
// members of the space that its account is in.
type Share string

// The rules, narrowest first. ShareNothing is what "" means: mail is private
// until a person says otherwise.
const (
	ShareNothing Share = "nothing"
	ShareContact Share = "contact" // that we spoke: who, when, which way, with which account
	ShareSubject Share = "subject" // and the subject
	ShareText    Share = "text"    // and the text, and what is attached by name
)

// Shares are the rules, narrowest first.
var Shares = []Share{ShareNothing, ShareContact, ShareSubject, ShareText}

// Check says why the rule is none, or nil.
func (s Share) Check() error {
	if s == "" || slices.Contains(Shares, s) {
		return nil
	}
	return invalid("share", "%q is not a rule; use nothing, contact, subject or text", string(s))
}

// width is how much the rule lets out: 0 is nothing. What is no rule lets out
// nothing.
func (s Share) width() int { return max(0, slices.Index(Shares, s)) }

// Words say for people what the rule shares.
func (s Share) Words() string {
	return [...]string{"nothing", "that we spoke: who and when", "who, when and the subject", "who, when, the subject and the text"}[s.width()]
}

// Strictest is the narrowest of the rules; of none it is ShareNothing.
func Strictest(rules ...Share) Share {
	if len(rules) == 0 {
		return ShareNothing
	}
	least := slices.MinFunc(rules, func(a, b Share) int { return a.width() - b.width() })
	return Shares[least.width()]
}

// Widest is the rule that lets out the most; of none it is ShareNothing.
func Widest(rules ...Share) Share {
	most := ShareNothing
	for _, r := range rules {
		most = Shares[max(most.width(), r.width())]
	}
	return most
}

// ShareInput is all that decides what leaves of one mail.
type ShareInput struct {
	// Mail is the entry as the timeline of the account shows it. Only mail
	// leaves by these rules.
	Mail Interaction
	// Text is its readable text, with quotes and signature; Attached the names of
	// what came with it.
	Text     string
	Attached []string
	// Mailboxes are the rules of the mailboxes that have it.
	Mailboxes []Share
	// Exceptions are the rules of its conversation and of the contacts in it that
	// have one of their own. They count in place of the mailboxes'.
	Exceptions []Share
	// Private says that a private contact takes part, or that the conversation is
	// private: then nothing leaves, whatever else is said.
	Private bool
	// Space are the names of the contacts that the members of the space know, by
	// Contact.ID.
	Space map[string]string
	// Account is the account's ID, and Automated why a program wrote the mail.
	Account   string
	Automated string
	// By is the name of who shares it.
	By string
}

// Rule is the one that holds: of a private one nothing leaves; else the
// strictest exception; else the strictest of the mailboxes' rules.
func (in ShareInput) Rule() Share {
	switch {
	case in.Private, in.Automated != "", in.Mail.Kind != Mail, in.Account == "":
		return ShareNothing
	case len(in.Exceptions) > 0:
		return Strictest(in.Exceptions...)
	}
	return Strictest(in.Mailboxes...)
}

// Shared is what leaves of one interaction: this, and nothing beside it.
type Shared struct {
	ID        string         `json:"id"`
	Account   string         `json:"account"`
	At        time.Time      `json:"at"`
	Direction Direction      `json:"direction"`
	By        string         `json:"by,omitempty"`
	With      []SharedPerson `json:"with,omitempty"`
	// Others is how many more took part, of whom nothing is told.
	Others   int      `json:"others,omitempty"`
	Subject  string   `json:"subject,omitempty"`
	Text     string   `json:"text,omitempty"`
	Attached []string `json:"attached,omitempty"`
}

// SharedPerson is a contact that the members of the space know already.
type SharedPerson struct {
	Contact string `json:"contact"`
	Name    string `json:"name,omitempty"`
}

// Leaves is what leaves of a mail under the rule that holds for it, and false
// where nothing does. It is the only way from a mail to a colleague: previews and
// what is sent are both made by it.
//
//	field                       contact  subject  text
//	ID, account, when, way, by     x        x       x
//	contacts that they know        x        x       x
//	how many others took part      x        x       x
//	subject                                 x       x
//	own text, names of files                        x
//
// Never: addresses, names as headers have them, who got a blind copy, text that
// is quoted from other mails (each goes by its own rule), what is attached itself,
// the conversation's ID, the mailbox and its folders, links into calls and the
// codes behind them. The ID is a hash, and
// travels under the space's key (SHARING.md).
func Leaves(in ShareInput) (Shared, bool) {
	width := in.Rule().width()
	if width == 0 {
		return Shared{}, false
	}
	s := Shared{ID: in.Mail.ID, Account: in.Account, At: in.Mail.At.UTC().Truncate(time.Second), Direction: in.Mail.Direction, By: in.By}
	s.With, s.Others = in.known()
	if width >= ShareSubject.width() {
		s.Subject = WithoutCalls(in.Mail.Subject)
	}
	if width >= ShareText.width() {
		s.Text = strings.TrimSpace(WithoutCalls(text.Own(in.Text)))
		s.Attached = slices.Clone(in.Attached)
	}
	return s, true
}

// known are the contacts of the space who took part openly, and the number of
// the others who did, without ourselves.
func (in ShareInput) known() (with []SharedPerson, others int) {
	for _, p := range in.Mail.People {
		name, isKnown := in.Space[p.Contact]
		switch {
		case p.Part == "bcc", p.Side == Us:
		case p.Contact == "" || !isKnown:
			others++
		case !slices.ContainsFunc(with, func(s SharedPerson) bool { return s.Contact == p.Contact }):
			with = append(with, SharedPerson{Contact: p.Contact, Name: name})
		}
	}
	return with, others
}
