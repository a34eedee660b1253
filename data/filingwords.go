package data

import (
	"fmt"
	"strings"

	"rapport/data/text"
)

// Called is what somebody who waits is called: the name they use, else what
// their address tells.
func (s Sender) Called() string { return text.Name(s.Name, s.Email) }

// FiledWords says what filing does, as undo names it: "Filed Karin Holt and 4
// mails to Northmoor University". to is the account's name, "" for several.
func FiledWords(list []Proposal, to string) string {
	who := Counted(len(list), "sender", "senders")
	var senders []Sender
	meetings := 0
	for _, p := range list {
		senders = append(senders, p.Sender)
		meetings += p.Sender.Meetings
	}
	moved := Counted(Moving(senders...), "mail", "mails")
	if meetings > 0 {
		moved = fmt.Sprintf("%d mails and meetings", Moving(senders...))
	}
	if len(list) == 1 {
		who, moved = list[0].Sender.Called(), thingsWords(list[0].Sender.Mails, list[0].Sender.Meetings)
	}
	s := "Filed " + who
	if moved != "" {
		s += " and " + moved
	}
	if to != "" {
		s += " to " + to
	}
	return s
}

// thingsWords counts mails and meetings: "4 mails", "4 mails and 2 meetings".
func thingsWords(mails, meetings int) string {
	var parts []string
	if mails > 0 {
		parts = append(parts, Counted(mails, "mail", "mails"))
	}
	if meetings > 0 {
		parts = append(parts, Counted(meetings, "meeting", "meetings"))
	}
	return JoinAnd(parts)
}

// NoCustomerWords says that an address, or a domain written "@kestrel.example",
// is no customer's, as undo names it. name is who uses the address.
func NoCustomerWords(pattern, name string) string {
	if domain, whole := strings.CutPrefix(pattern, "@"); whole {
		return "Nobody at " + domain + " is a customer"
	}
	return text.Name(name, pattern) + " is not a customer"
}
