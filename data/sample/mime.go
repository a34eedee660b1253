package sample

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"
	"unicode/utf8"
)

const crlf = "\r\n"

// raw writes the letter as its author's program would, and as the mail server
// of Larkfield keeps it.
func (l *letter) raw() []byte {
	var b bytes.Buffer
	b.Grow(2048)
	l.writeHeader(&b)
	l.writeBody(&b)
	return b.Bytes()
}

func (l *letter) writeHeader(b *bytes.Buffer) {
	if l.from.Email != maya.Email {
		fmt.Fprintf(b, "Return-Path: <%s>"+crlf, l.returnPath())
		fmt.Fprintf(b, "Received: from mx.%s by mail.larkfield.example with ESMTPS id %s;"+crlf+"\t%s"+crlf,
			domainOf(l.from.Email), l.id[:min(8, len(l.id))], l.at.Add(7*time.Second).Format(time.RFC1123Z))
	}
	line(b, "Date", l.at.Format(time.RFC1123Z))
	line(b, "From", addressList([]party{l.from}))
	if len(l.to) > 0 {
		line(b, "To", addressList(l.to))
	}
	if len(l.cc) > 0 {
		line(b, "Cc", addressList(l.cc))
	}
	line(b, "Subject", encoded(l.subject))
	line(b, "Message-ID", "<"+l.id+">")
	if l.parent != nil {
		line(b, "In-Reply-To", "<"+l.parent.id+">")
		line(b, "References", "<"+strings.Join(l.references(), ">"+crlf+" <")+">")
	}
	for _, h := range l.headers {
		b.WriteString(h + crlf)
	}
	line(b, "MIME-Version", "1.0")
	if agent := agents[l.from.program()]; agent != "" && len(l.headers) == 0 {
		line(b, "X-Mailer", agent)
	}
}

// agents are invented mail programs.
var agents = [programCount]string{
	plain8bit: "Kittiwake 4.2", plainQuoted: "Kittiwake 3.9", office: "Desk Mail 16.0", phone: "Pocket Post 12", htmlOnly: "WebPost",
}

func (l *letter) returnPath() string {
	for _, h := range l.headers {
		if strings.HasPrefix(h, "Auto-Submitted: auto-") {
			return ""
		}
	}
	return l.from.Email
}

func (l *letter) writeBody(b *bytes.Buffer) {
	if len(l.attached) == 0 {
		l.writeText(b)
		return
	}
	mark := "=_mixed_" + l.mark()
	fmt.Fprintf(b, "Content-Type: multipart/mixed; boundary=%q"+crlf+crlf, mark)
	fmt.Fprintf(b, "--%s"+crlf, mark)
	l.writeText(b)
	for _, a := range l.attached {
		fmt.Fprintf(b, crlf+"--%s"+crlf+"Content-Type: %s; name=%q"+crlf, mark, a.Type, a.Name)
		fmt.Fprintf(b, "Content-Disposition: attachment; filename=%q"+crlf+"Content-Transfer-Encoding: base64"+crlf+crlf, a.Name)
		writeBase64(b, bytes.Repeat([]byte("Larkfield "), int(a.Size)/10+1)[:a.Size])
	}
	fmt.Fprintf(b, crlf+"--%s--"+crlf, mark)
}

func (l *letter) mark() string { return strings.Map(letterOrDigit, l.id[:min(16, len(l.id))]) }

func letterOrDigit(r rune) rune {
	if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
		return r
	}
	return 'x'
}

func (l *letter) writeText(b *bytes.Buffer) {
	text := l.text()
	switch l.from.program() {
	case office:
		l.writeAlternative(b, text)
	case htmlOnly:
		writePart(b, "text/html; charset=utf-8", "quoted-printable", asHTML(text))
	case phone:
		writePart(b, "text/plain; charset=utf-8", "base64", text)
	case latin1:
		if raw, ok := toLatin1(text); ok {
			writePart(b, "text/plain; charset=iso-8859-1", "quoted-printable", raw)
			return
		}
		writePart(b, "text/plain; charset=utf-8", "quoted-printable", text)
	case plainQuoted:
		writePart(b, "text/plain; charset=utf-8", "quoted-printable", text)
	default:
		writePart(b, "text/plain; charset=utf-8", "8bit", text)
	}
}

func (l *letter) writeAlternative(b *bytes.Buffer, text string) {
	mark := "=_alt_" + l.mark()
	fmt.Fprintf(b, "Content-Type: multipart/alternative; boundary=%q"+crlf+crlf+"--%s"+crlf, mark, mark)
	writePart(b, "text/plain; charset=utf-8", "quoted-printable", text)
	fmt.Fprintf(b, crlf+"--%s"+crlf, mark)
	writePart(b, "text/html; charset=utf-8", "quoted-printable", asHTML(text))
	fmt.Fprintf(b, crlf+"--%s--"+crlf, mark)
}

func writePart(b *bytes.Buffer, kind, coding, text string) {
	line(b, "Content-Type", kind)
	line(b, "Content-Transfer-Encoding", coding)
	b.WriteString(crlf)
	text = strings.ReplaceAll(text, "\n", crlf)
	switch coding {
	case "base64":
		writeBase64(b, []byte(text))
	case "quoted-printable":
		w := quotedprintable.NewWriter(b)
		w.Write([]byte(text))
		w.Close()
	default:
		b.WriteString(text)
	}
}

func writeBase64(b *bytes.Buffer, raw []byte) {
	const perLine = 57
	for len(raw) > 0 {
		n := min(perLine, len(raw))
		b.WriteString(base64.StdEncoding.EncodeToString(raw[:n]) + crlf)
		raw = raw[n:]
	}
}

// asHTML is the text as a page, a paragraph for each blank line.
func asHTML(text string) string {
	var b strings.Builder
	b.WriteString("<html><head><meta charset=\"utf-8\"><style>p{margin:0 0 8px}</style></head><body>\n")
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		b.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(p), "\n", "<br>\n") + "</p>\n")
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

func toLatin1(s string) (string, bool) {
	var b strings.Builder
	for _, r := range s {
		if r > 0xff {
			return "", false
		}
		b.WriteByte(byte(r))
	}
	return b.String(), true
}

func line(b *bytes.Buffer, name, value string) { b.WriteString(name + ": " + value + crlf) }

func addressList(list []party) string {
	var out []string
	for _, p := range list {
		out = append(out, address(p.Name, p.Email))
	}
	return strings.Join(out, ","+crlf+" ")
}

func address(name, email string) string {
	switch {
	case name == "":
		return email
	case !ascii(name):
		return mime.QEncoding.Encode("utf-8", name) + " <" + email + ">"
	case strings.ContainsAny(name, `.,&()@"`):
		return `"` + strings.ReplaceAll(name, `"`, `\"`) + `" <` + email + ">"
	}
	return name + " <" + email + ">"
}

// encoded is the text as a header may carry it, folded between encoded words.
func encoded(s string) string {
	if ascii(s) {
		return s
	}
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", s), " =?", crlf+" =?")
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func domainOf(email string) string { return email[strings.LastIndexByte(email, '@')+1:] }
