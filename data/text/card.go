package text

import (
	"regexp"
	"strings"
	"unicode"
)

// A Card is what a signature says of its sender.
type Card struct {
	Name    string
	Role    string
	Company string
	Phones  []string // as written, the first given first; no fax
}

// ReadCard reads the signature of a mail's body. It goes by the sender's name: what stands under it, or beside it, is
// theirs. A signature that does not name the sender gives the zero Card, since it may be anybody's. It reads English,
// German and French.
func ReadCard(body, name string) Card {
	lines := signatureBlock(body)
	at, rest := -1, ""
	for i, l := range lines {
		if after, ok := afterName(l, name); ok {
			at, rest = i, after
			break
		}
	}
	if at < 0 {
		return Card{}
	}
	c := Card{Name: strings.Join(strings.Fields(name), " ")}
	const under = 10
	for i, l := range append([]string{rest}, lines[at+1:min(len(lines), at+1+under)]...) {
		for _, part := range cardParts.Split(l, -1) {
			part = strings.Trim(part, " ,;|·•–-*_")
			switch {
			case part == "":
			case len(phonesIn(part)) > 0:
				c.Phones = append(c.Phones, phonesIn(part)...)
			case c.Role == "" && i <= 3 && isRole(part):
				c.Role = part
			case c.Company == "" && legalForm.MatchString(part):
				c.Company = part
			}
		}
	}
	return c
}

// signatureBlock are the filled lines of a body's signature, and of what its sender wrote after a good-bye.
func signatureBlock(body string) []string {
	var lines []string
	bye := false
	for _, part := range Split(body) {
		if part.Kind == KindQuote {
			continue
		}
		for l := range strings.Lines(part.Text) {
			l = strings.TrimSpace(l)
			switch {
			case l == "" || isMailerLine(l):
			case part.Kind == KindSignature || part.Kind == KindOwn && bye:
				lines = append(lines, l)
			case part.Kind == KindOwn && goodbye.MatchString(strings.TrimRight(l, ",.!")):
				bye = true
			}
		}
	}
	return lines
}

// afterName says whether a line begins with a name, and what stands behind it. A title before it may stand.
func afterName(line, name string) (rest string, ok bool) {
	words := strings.Fields(foldRunes(name))
	if len(words) < 2 {
		return "", false
	}
	rest = strings.TrimLeft(line, "*_ ")
	for _, title := range []string{"Dr. ", "Prof. ", "Dipl.-Ing. ", "Mr. ", "Ms. ", "Herr ", "Frau "} {
		rest = strings.TrimPrefix(rest, title)
	}
	for range words {
		word, after, _ := strings.Cut(strings.TrimLeft(rest, " "), " ")
		bare := strings.TrimRight(word, ",;|*_")
		if !strings.EqualFold(foldRunes(bare), words[0]) {
			return "", false
		}
		words = words[1:]
		rest = word[len(bare):] + " " + after
	}
	return strings.TrimSpace(rest), true
}

var (
	cardParts = regexp.MustCompile(`\s*[|·•]\s*|,\s+|\s+[–-]\s+|\s{3,}`)
	legalForm = regexp.MustCompile(`\b(?:GmbH|AG|KG|e\.V\.|Ltd|Limited|Inc|LLC|LLP|plc|S\.?A\.?S?|SARL|B\.?V\.?|University|Universität|Museums?|Hospitals?)\b\.?`)
	phone     = regexp.MustCompile(`(?:\+|\(?0)[\d][\d ()/.\-–]{5,22}\d`)
	faxLine   = regexp.MustCompile(`(?i)\b(?:fax|telefax|f)\b\s*[:.]?\s*$`)
	roleWord  = regexp.MustCompile(`(?i)\b(?:head|director|manager|lead|leader|engineer|officer|chief|c[efiot]o|president|vp|partner|consultant|assistant|coordinator|administrator|analyst|architect|buyer|curator|designer|planner|technician|supervisor|professor|founder|owner|secretary|specialist|accountant|\S*(?:leiter|leiterin|leitung|führer|führerin|einkäufer|einkäuferin|referent|referentin|berater|beraterin|ingenieur|ingenieurin|assistenz|vorstand|prokurist|sachbearbeiter|sachbearbeiterin)|directeur|directrice|responsable|chef|ingénieur|acheteur|président)\b`)
)

func isRole(s string) bool {
	const longest = 60
	return len(s) <= longest && !strings.ContainsAny(s, "@:/") && !strings.ContainsFunc(s, unicode.IsDigit) && roleWord.MatchString(s) && !strings.HasSuffix(s, ".")
}

// phonesIn are the telephone numbers in a line; a number is one when it has seven to fifteen digits (E.164).
func phonesIn(s string) []string {
	var list []string
	for _, at := range phone.FindAllStringIndex(s, -1) {
		if faxLine.MatchString(s[:at[0]]) || !goodStart(s[:at[0]]) {
			continue
		}
		number := strings.TrimSpace(s[at[0]:at[1]])
		if n := len(Digits(number)); n >= 7 && n <= 15 {
			list = append(list, number)
		}
	}
	return list
}

// goodStart refuses what begins inside a longer number or word.
func goodStart(before string) bool {
	return before == "" || !unicode.IsDigit(rune(before[len(before)-1])) && before[len(before)-1] != '-'
}

// Digits are the digits of a text, as telephone numbers are compared.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
