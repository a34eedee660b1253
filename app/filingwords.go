package app

import (
	"strconv"
	"strings"
	"unicode"

	"rapport/data"
	"rapport/data/text"
)

func itoa(n int) string { return strconv.Itoa(n) }

// senderName is what somebody who waits is called.
func senderName(s data.Sender) string { return text.Name(s.Name, s.Email) }

// thingsWords counts mails and meetings: "4 mails", "4 mails and 2 meetings".
func thingsWords(mails, meetings int) string {
	var parts []string
	if mails > 0 {
		parts = append(parts, data.Counted(mails, "mail", "mails"))
	}
	if meetings > 0 {
		parts = append(parts, data.Counted(meetings, "meeting", "meetings"))
	}
	return data.JoinAnd(parts)
}

// filedWords says what filing does, for the undo bar: "Filed Karin Holt and 4
// mails to Northmoor University".
func filedWords(list []data.Proposal, to string) string {
	who := data.Counted(len(list), "sender", "senders")
	var senders []data.Sender
	meetings := 0
	for _, p := range list {
		senders = append(senders, p.Sender)
		meetings += p.Sender.Meetings
	}
	moved := data.Counted(data.Moving(senders...), "mail", "mails")
	if meetings > 0 {
		moved = itoa(data.Moving(senders...)) + " mails and meetings"
	}
	if len(list) == 1 {
		who, moved = senderName(list[0].Sender), thingsWords(list[0].Sender.Mails, list[0].Sender.Meetings)
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

// accountNameOf makes an account's name of a mail domain: "Fenwick Foundry" of
// fenwick-foundry.example.
func accountNameOf(domain string) string {
	label, _, _ := strings.Cut(text.RegistrableDomain(domain), ".")
	words := strings.FieldsFunc(label, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, w := range words {
		words[i] = upperFirst(w)
	}
	return strings.Join(words, " ")
}

// waitWords is the line under the page's name.
func waitWords(n int) string {
	if n == 0 {
		return "Nobody waits. Nothing is filed until you say so, and all of it can be undone."
	}
	waits := "senders wait"
	if n == 1 {
		waits = "sender waits"
	}
	return thousands(n) + " " + waits + ", about " + data.Counted(data.FilingMinutes(n), "minute", "minutes") +
		". Nothing is filed until you say so, and all of it can be undone."
}
