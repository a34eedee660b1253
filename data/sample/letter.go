package sample

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// party is somebody who writes or gets a mail.
type party struct {
	data.Address
	role, firm, phone string
	ours              bool
	language          string
}

func ours(p Person) party {
	return party{
		Address: data.Address{Name: p.Name, Email: p.Email},
		role:    p.Role, firm: "Larkfield Lighting", phone: p.Phone, ours: true,
	}
}

func theirs(a account, c contact) party {
	firm := a.Name
	if c.Side == data.Partner {
		firm = "Hobday & Marsh"
	}
	return party{Address: data.Address{Name: c.Name, Email: c.Emails[0]}, role: c.Role, firm: firm, phone: c.Phone, language: c.language}
}

// given is the name that people call them by; a shared mailbox has one name.
func (p party) given() string {
	if p.role == "" && p.firm == "" {
		return p.Name
	}
	name, _, _ := strings.Cut(p.Name, " ")
	return name
}

// program is what somebody writes mail with; it decides the form of the mail.
type program int

const (
	plain8bit    program = iota // plain text, 8bit, quotes below "On … wrote:"
	plainQuoted                 // plain text, quoted-printable, interleaved answers
	office                      // text and HTML, a block of header lines above the quote
	phone                       // base64, short signature
	latin1                      // ISO-8859-1, quoted-printable
	htmlOnly                    // HTML and no text
	programCount = 6
)

// program is the one that the person always uses.
func (p party) program() program {
	h := fnv.New32a()
	h.Write([]byte(p.Email))
	return []program{plain8bit, plainQuoted, office, office, phone, latin1, plain8bit, htmlOnly}[h.Sum32()%8]
}

// letter is a mail before it is written as MIME.
type letter struct {
	id       string // Message-ID without brackets
	at       time.Time
	from     party
	to, cc   []party
	subject  string
	body     string // own words: greeting, paragraphs, name
	language string
	sign     bool // add a signature
	parent   *letter
	headers  []string // further header lines
	attached []data.Attachment
}

func (l *letter) automated() bool {
	return slices.ContainsFunc(l.headers, func(h string) bool {
		return strings.HasPrefix(h, "List-Id:") || strings.HasPrefix(h, "Auto-Submitted:") || strings.HasPrefix(h, "Precedence:")
	}) || strings.Contains(l.from.Email, "reply@") || strings.HasPrefix(l.from.Email, "mailer-daemon@")
}

// references are the IDs of the conversation so far, oldest first.
func (l *letter) references() []string {
	var ids []string
	for p := l.parent; p != nil; p = p.parent {
		ids = append(ids, p.id)
	}
	slices.Reverse(ids)
	return ids
}

// text is the whole readable text: own words, signature, quote.
func (l *letter) text() string { return l.textTo(3) }

func (l *letter) textTo(depth int) string {
	own := l.body
	if l.wraps() {
		own = wrap(own, 76)
	}
	if l.sign {
		own += "\n\n" + l.signature()
	}
	if l.parent == nil || depth == 0 {
		return own + "\n"
	}
	return l.withQuote(own, l.parent.textTo(depth-1))
}

func (l *letter) wraps() bool {
	p := l.from.program()
	return p == plain8bit || p == plainQuoted || p == latin1
}

func (l *letter) signature() string {
	p := l.from
	if p.program() == phone && !p.ours {
		return map[string]string{"": "Sent from my phone", "de": "Von unterwegs gesendet", "fr": "Envoyé de mon téléphone"}[l.language]
	}
	lines := []string{p.Name}
	if p.role != "" {
		lines = append(lines, p.role)
	}
	if p.firm != "" {
		lines = append(lines, p.firm)
	}
	if p.phone != "" {
		lines = append(lines, p.phone)
	}
	if p.program() == office {
		return strings.Join(lines, "\n")
	}
	return "-- \n" + strings.Join(lines, "\n")
}

func (l *letter) withQuote(own, quoted string) string {
	switch l.from.program() {
	case office, htmlOnly:
		return own + "\n\n" + l.parent.headBlock(l.language) + "\n\n" + quoted
	case plainQuoted:
		return l.interleaved(own)
	}
	return own + "\n\n" + l.parent.wroteLine(l.language) + "\n" + prefixed(quoted) + "\n"
}

// interleaved answers below the sentence that it answers.
func (l *letter) interleaved(own string) string {
	paragraphs := strings.Split(l.parent.body, "\n\n")
	if len(paragraphs) < 3 {
		return l.parent.wroteLine(l.language) + "\n" + prefixed(l.parent.body) + "\n\n" + own + "\n"
	}
	greeting, rest, ok := strings.Cut(own, "\n\n")
	if !ok {
		greeting, rest = "", own
	}
	return greeting + "\n\n" + l.parent.wroteLine(l.language) + "\n" + prefixed(wrap(paragraphs[1], 72)) + "\n\n" + rest + "\n"
}

func (l *letter) wroteLine(language string) string {
	switch language {
	case "de":
		return fmt.Sprintf("Am %s um %s schrieb %s:", l.at.Format("02.01.2006"), l.at.Format("15:04"), l.from.Name)
	case "fr":
		return fmt.Sprintf("Le %s à %s, %s <%s> a écrit :", l.at.Format("02/01/2006"), l.at.Format("15:04"), l.from.Name, l.from.Email)
	}
	return fmt.Sprintf("On %s, %s <%s> wrote:", l.at.Format("Mon, 2 Jan 2006 at 15:04"), l.from.Name, l.from.Email)
}

func (l *letter) headBlock(language string) string {
	words := map[string][4]string{
		"":   {"From", "Sent", "To", "Subject"},
		"de": {"Von", "Gesendet", "An", "Betreff"},
		"fr": {"De", "Envoyé", "À", "Objet"},
	}[language]
	var to []string
	for _, p := range l.to {
		to = append(to, p.Name)
	}
	return fmt.Sprintf("________________________________\n%s: %s <%s>\n%s: %s\n%s: %s\n%s: %s",
		words[0], l.from.Name, l.from.Email, words[1], l.at.Format("2 January 2006 15:04"),
		words[2], strings.Join(to, "; "), words[3], l.subject)
}

// message is the letter as a reader of its MIME form would return it.
func (l *letter) message() data.Message {
	m := data.Message{
		ID: data.MessageIDOf([]byte(l.id)), MessageID: l.id, References: l.references(), Date: l.at.UTC().Truncate(time.Second),
		Subject: l.subject, From: []data.Address{l.from.Address}, To: addresses(l.to), Cc: addresses(l.cc),
		Text: l.text(), Attached: l.attached,
	}
	if l.parent != nil {
		m.InReplyTo = l.parent.id
	}
	m.Size = int64(len(m.Text)) + 900
	return m
}

func addresses(list []party) []data.Address {
	var out []data.Address
	for _, p := range list {
		out = append(out, p.Address)
	}
	return out
}

func prefixed(s string) string {
	s = strings.TrimRight(s, "\n")
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if line == "" || strings.HasPrefix(line, ">") {
			lines[i] = ">" + line
		} else {
			lines[i] = "> " + line
		}
	}
	return strings.Join(lines, "\n")
}

// wrap breaks lines that are wider than width bytes at spaces.
func wrap(s string, width int) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/width)
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		for len(line) > width {
			cut := strings.LastIndexByte(line[:width], ' ')
			if cut <= 0 {
				break
			}
			b.WriteString(line[:cut])
			b.WriteByte('\n')
			line = line[cut+1:]
		}
		b.WriteString(line)
	}
	return b.String()
}
