package data

import (
	"net/url"
	"strings"
)

// MailtoMost is how long a mailto link may be: Windows cuts or refuses longer
// ones.
const MailtoMost = 2000

// Mailto is the draft as a link that opens the user's own mail program (RFC
// 6068). Where the whole text would make it longer than most, the quote is left
// out, then the text; whole says that nothing was. The sender is the mail
// program's to choose.
func Mailto(d Draft, most int) (link string, whole bool) {
	for _, body := range []string{d.Body(), strings.TrimRight(d.Text, " \t\n"), ""} {
		if link = mailto(d, body); len(link) <= most || body == "" {
			return link, body == d.Body()
		}
	}
	return link, false
}

func mailto(d Draft, body string) string {
	var fields []string
	field := func(name, value string) {
		if value != "" {
			fields = append(fields, name+"="+escape(value))
		}
	}
	if len(d.Cc) > 0 {
		fields = append(fields, "cc="+addressPart(d.Cc))
	}
	field("subject", d.Subject)
	if d.InReplyTo != "" {
		field("in-reply-to", "<"+d.InReplyTo+">")
	}
	field("body", strings.ReplaceAll(strings.Trim(body, "\n"), "\n", "\r\n"))
	link := "mailto:" + addressPart(d.To)
	if len(fields) > 0 {
		link += "?" + strings.Join(fields, "&")
	}
	return link
}

// addressPart is addresses joined by commas, as they stand in a link.
func addressPart(list []Address) string {
	var out []string
	for _, a := range list {
		local, domain, _ := strings.Cut(a.Email, "@")
		out = append(out, escape(local)+"@"+escape(domain))
	}
	return strings.Join(out, ",")
}

// escape writes all but letters, digits and marks without a meaning as percent
// and number; a blank is %20, never a plus, which means itself there.
func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
