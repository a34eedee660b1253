package mail

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"rapport/data"
	"rapport/data/text"
	"rapport/sync/mime"
)

// Compose writes a draft as a mail (RFC 5322) with this date: one part of plain
// text in format=flowed, as 7bit where it can be, else quoted-printable, with its
// page beside it where it has one. Its
// lines end with CRLF. Line breaks and controls in a name, an address or the
// subject are left out, so that nothing of it can become a header of its own.
func Compose(d data.Draft, at time.Time) ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	var h mail.Header
	h.SetDate(at)
	h.SetAddressList("From", headerAddresses([]data.Address{d.From}))
	h.SetAddressList("To", headerAddresses(d.To))
	if len(d.Cc) > 0 {
		h.SetAddressList("Cc", headerAddresses(d.Cc))
	}
	h.SetSubject(mime.OneLine(d.Subject))
	if d.MessageID != "" {
		h.SetMessageID(d.MessageID)
	}
	if d.InReplyTo != "" {
		h.SetMsgIDList("In-Reply-To", []string{d.InReplyTo})
	}
	if len(d.References) > 0 {
		h.SetMsgIDList("References", d.References)
	}
	h.Set("MIME-Version", "1.0")
	plain := composedPart{kind: "text/plain", params: map[string]string{"charset": "utf-8", "format": "flowed"},
		body: strings.ReplaceAll(text.Flow(mime.Printable(d.Body())), "\n", "\r\n") + "\r\n"}
	var raw bytes.Buffer
	if d.Page != "" {
		page := composedPart{kind: "text/html", params: map[string]string{"charset": "utf-8"}, body: strings.ReplaceAll(d.Page, "\n", "\r\n")}
		err := writeAlternatives(&raw, h, plain, page)
		return raw.Bytes(), wrapDraft(err)
	}
	plain.describe(&h.Header)
	err := plain.write(mail.CreateSingleInlineWriter(&raw, h))
	return raw.Bytes(), wrapDraft(err)
}

func wrapDraft(err error) error {
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	return nil
}

// composedPart is one form of a mail's text.
type composedPart struct {
	kind   string
	params map[string]string
	body   string // with CRLF
}

func (p composedPart) describe(h *message.Header) {
	h.SetContentType(p.kind, p.params)
	h.Set("Content-Transfer-Encoding", encodingFor(p.body))
}

// write fills the part that was begun, and ends it.
func (p composedPart) write(w io.WriteCloser, err error) error {
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, p.body)
	return errors.Join(err, w.Close())
}

// writeAlternatives writes a mail with several forms of one text, the plainest
// first (RFC 2046, section 5.1.4).
func writeAlternatives(raw io.Writer, h mail.Header, parts ...composedPart) error {
	w, err := mail.CreateInlineWriter(raw, h)
	if err != nil {
		return err
	}
	for _, p := range parts {
		var inline mail.InlineHeader
		p.describe(&inline.Header)
		if err := p.write(w.CreatePart(inline)); err != nil {
			return err
		}
	}
	return w.Close()
}

// headerAddresses are addresses with names on one line.
func headerAddresses(list []data.Address) []*mail.Address {
	out := make([]*mail.Address, len(list))
	for i, a := range list {
		out[i] = &mail.Address{Name: mime.OneLine(a.Name), Address: a.Email}
	}
	return out
}

// longestLine is how many bytes a line of a mail may have (RFC 5322, section
// 2.1.1).
const longestLine = 998

// encodingFor is 7bit for a text of ASCII whose lines any server bears.
func encodingFor(body string) string {
	for line := range strings.SplitSeq(body, "\r\n") {
		if len(line) > longestLine || strings.ContainsFunc(line, func(r rune) bool { return r >= 0x7f }) {
			return "quoted-printable"
		}
	}
	return "7bit"
}
