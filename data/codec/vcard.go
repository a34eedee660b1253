package codec

import (
	"io"
	"mime/quotedprintable"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"
	"golang.org/x/text/encoding/htmlindex"

	"rapport/data"
)

// Card is a person as a vCard has them.
type Card struct {
	Contact      data.Contact // name, addresses, role, first phone
	Organisation string
	Phones       []string // all of them
	Birthday     string   // date, "" where it has no year
	Broken       string   // why it cannot be kept, or ""
}

// largestCards is how much of a file of vCards is read.
const largestCards = 256 << 20

// ReadCards reads vCards of the versions 2.1, 3.0 and 4.0. One that cannot be
// read is returned with why, and the others are not lost.
func ReadCards(r io.Reader) ([]Card, error) {
	text, err := io.ReadAll(io.LimitReader(r, largestCards))
	if err != nil {
		return nil, err
	}
	var list []Card
	for _, lines := range cardsIn(string(text)) {
		list = append(list, readCard(lines))
	}
	return list, nil
}

// cardsIn parts a text into cards, as whole lines from BEGIN to END. What lies
// inside another card, as an AGENT of 2.1 does, is left out. A BEGIN before an
// END begins anew, and the one before it stays as it is.
func cardsIn(text string) (cards [][]string) {
	var lines []string
	inside := 0
	for _, line := range wholeLines(text) {
		word := strings.ToUpper(strings.ReplaceAll(line, " ", ""))
		agent := len(lines) > 0 && inside == 1 && strings.HasPrefix(strings.ToUpper(lines[len(lines)-1]), "AGENT")
		switch {
		case word == "BEGIN:VCARD" && agent:
			inside++
			continue
		case word == "BEGIN:VCARD":
			if inside > 0 {
				cards = append(cards, lines)
			}
			lines, inside = nil, 1
		case word == "END:VCARD" && inside > 1:
			inside--
			continue
		}
		if inside == 1 {
			lines = append(lines, line)
		}
		if word == "END:VCARD" && inside == 1 {
			cards, lines, inside = append(cards, lines), nil, 0
		}
	}
	if inside > 0 {
		cards = append(cards, lines)
	}
	return cards
}

// wholeLines joins folded lines: those that go on after a blank, and those of
// quoted-printable that end with "=".
func wholeLines(text string) (lines []string) {
	text = strings.TrimPrefix(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\ufeff")
	for _, line := range strings.Split(text, "\n") {
		n := len(lines)
		switch {
		case n > 0 && isQuotedPrintable(lines[n-1]) && strings.HasSuffix(lines[n-1], "="):
			lines[n-1] = strings.TrimSuffix(lines[n-1], "=") + strings.TrimLeft(line, " \t")
		case n > 0 && line != "" && (line[0] == ' ' || line[0] == '\t'):
			lines[n-1] += line[1:]
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

func isQuotedPrintable(line string) bool {
	head, _, _ := strings.Cut(line, ":")
	return strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
}

func readCard(lines []string) Card {
	for i, line := range lines {
		lines[i] = modern(line)
	}
	card, err := vcard.NewDecoder(strings.NewReader(strings.Join(lines, "\r\n") + "\r\n")).Decode()
	if card == nil {
		return Card{Broken: "it holds nothing that can be read"}
	}
	c := Card{Organisation: part(card.Value(vcard.FieldOrganization), 0), Birthday: birthday(card.Value(vcard.FieldBirthday))}
	c.Contact = data.Contact{Name: nameOf(card), Role: card.Value(vcard.FieldTitle), Emails: preferred(card[vcard.FieldEmail])}
	if c.Contact.Role == "" {
		c.Contact.Role = card.Value(vcard.FieldRole)
	}
	for _, phone := range preferred(card[vcard.FieldTelephone]) {
		c.Phones = append(c.Phones, strings.TrimPrefix(phone, "tel:"))
	}
	if len(c.Phones) > 0 {
		c.Contact.Phone = c.Phones[0]
	}
	if c.Contact.Name == "" && len(c.Contact.Emails) > 0 {
		c.Contact.Name = c.Contact.Emails[0]
	}
	c.Contact = c.Contact.Tidy()
	if err != nil {
		c.Broken = "it does not end"
	} else if err := c.Contact.Check(); err != nil {
		c.Broken = err.Error()
	}
	return c
}

// modern writes a line of vCard 2.1 as one of 3.0: its values are decoded, and
// its parameters without a name are types.
func modern(line string) string {
	head, value, ok := cutValue(line)
	if !ok {
		return line
	}
	names := strings.Split(head, ";")
	kept, quoted, charset := names[:1], false, ""
	for _, p := range names[1:] {
		name, v, named := strings.Cut(p, "=")
		switch name = strings.ToUpper(strings.TrimSpace(name)); {
		case name == "ENCODING" && strings.EqualFold(v, "quoted-printable"), !named && name == "QUOTED-PRINTABLE":
			quoted = true
		case name == "CHARSET":
			charset = v
		case !named && name != "":
			kept = append(kept, "TYPE="+strings.ToLower(name))
		default:
			kept = append(kept, p)
		}
	}
	if quoted {
		if b, err := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value))); err == nil {
			value = string(b)
		}
	}
	value = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", "").Replace(inUTF8(value, charset))
	return strings.Join(kept, ";") + ":" + value
}

// cutValue parts a line at the colon before its value; those in quotation marks
// are not it.
func cutValue(line string) (head, value string, ok bool) {
	inQuotes := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			inQuotes = !inQuotes
		case line[i] == ':' && !inQuotes:
			return line[:i], line[i+1:], true
		}
	}
	return "", "", false
}

// inUTF8 decodes a value of a charset; what is none of it, nor UTF-8, is taken
// for Windows-1252.
func inUTF8(s, charset string) string {
	if charset == "" || strings.EqualFold(charset, "utf-8") {
		if utf8.ValidString(s) {
			return s
		}
		charset = "windows-1252"
	}
	known, err := htmlindex.Get(charset)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	decoded, err := known.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return decoded
}

// nameOf is the name as it is written, or put together from its parts.
func nameOf(card vcard.Card) string {
	if name := strings.TrimSpace(plainValue(card.Value(vcard.FieldFormattedName))); name != "" {
		return name
	}
	parts := strings.Split(card.Value(vcard.FieldName), ";")
	at := func(i int) string {
		if i < len(parts) {
			return plainValue(parts[i])
		}
		return ""
	}
	return strings.Join(strings.Fields(at(1)+" "+at(2)+" "+at(0)), " ")
}

func plainValue(s string) string { return strings.ReplaceAll(s, `\;`, ";") }

// part is one part of a value with several.
func part(s string, i int) string {
	parts := strings.Split(strings.ReplaceAll(s, `\;`, "\x00"), ";")
	if i >= len(parts) {
		return ""
	}
	return strings.TrimSpace(strings.ReplaceAll(parts[i], "\x00", ";"))
}

// preferred are the values of a property, each once, the preferred one first.
func preferred(fields []*vcard.Field) (list []string) {
	rank := func(f *vcard.Field) int {
		switch {
		case f.Params.HasType("pref"):
			return 1
		case len(f.Params.Get(vcard.ParamPreferred)) > 0:
			return min(number(f.Params.Get(vcard.ParamPreferred)), 100)
		}
		return 101
	}
	sorted := append([]*vcard.Field(nil), fields...)
	sort.SliceStable(sorted, func(i, k int) bool { return rank(sorted[i]) < rank(sorted[k]) })
	seen := map[string]bool{}
	for _, f := range sorted {
		if v := strings.TrimSpace(strings.TrimPrefix(f.Value, "mailto:")); v != "" && !seen[v] {
			seen[v] = true
			list = append(list, v)
		}
	}
	return list
}

// birthday is a date with its year, or "".
func birthday(s string) string {
	day, err := DateColumn{}.Parse(s)
	if err != nil {
		return ""
	}
	return day
}
