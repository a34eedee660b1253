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
func senderName(s data.Sender) string { return s.Called() }

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
