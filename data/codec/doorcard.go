package codec

import (
	"strings"
	"unicode/utf8"

	"rapport/data"
)

// DoorCard is how a team can be reached, to be sent to a customer.
type DoorCard struct {
	Name  string // of the person who sends it
	Email string // theirs
	Doors []data.Door
}

// WriteDoorCard writes the card as a vCard 3.0 (RFC 2426), which every address
// book reads: CRLF line ends, lines folded at 75 bytes. A door's hours and who
// answers stand in the note.
func WriteDoorCard(c DoorCard) []byte {
	var b strings.Builder
	line := func(name, value string) {
		if value != "" {
			b.WriteString(foldLine(name+":"+value) + "\r\n")
		}
	}
	line("BEGIN", "VCARD")
	line("VERSION", "3.0")
	line("FN", escapeCard(c.Name))
	line("N", escapeCard(c.Name)+";;;;")
	line("EMAIL;TYPE=INTERNET,PREF", escapeCard(c.Email))
	var notes []string
	for _, d := range c.Doors {
		switch {
		case strings.Contains(d.Reach, "://"):
			line("URL", escapeCard(d.Reach))
		case strings.Contains(d.Reach, "@"):
			line("EMAIL;TYPE=INTERNET", escapeCard(d.Reach))
		case strings.ContainsAny(d.Reach, "0123456789"):
			line("TEL;TYPE=VOICE,WORK", escapeCard(d.Reach))
		}
		notes = append(notes, doorNote(d))
	}
	line("NOTE", escapeCard(strings.Join(notes, "\n")))
	line("END", "VCARD")
	return []byte(b.String())
}

// doorNote is a door in one line of words.
func doorNote(d data.Door) string {
	words := d.Name + ": " + d.Reach
	for _, more := range []string{d.Hours, d.Owner} {
		if more != "" {
			words += ", " + more
		}
	}
	return words
}

var cardEscapes = strings.NewReplacer(`\`, `\\`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`, ",", `\,`, ";", `\;`)

func escapeCard(s string) string { return cardEscapes.Replace(strings.TrimSpace(s)) }

// foldLine breaks a line after at most 75 bytes, never within a letter.
func foldLine(s string) string {
	var b strings.Builder
	used := 0
	for _, r := range s {
		n := utf8.RuneLen(r)
		if n < 0 {
			n = len(string(utf8.RuneError))
		}
		if used+n > 75 {
			b.WriteString("\r\n ")
			used = 1
		}
		b.WriteRune(r)
		used += n
	}
	return b.String()
}
