package mail

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-message/mail"

	"rapport/data"
	"rapport/data/text"
	"rapport/sync/mime"
)

// Compose writes a draft as a mail (RFC 5322) with this date: one part of plain
// text in format=flowed, as 7bit where it can be, else quoted-printable. Its
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
	body := strings.ReplaceAll(text.Flow(mime.Printable(d.Body())), "\n", "\r\n") + "\r\n"
	h.Set("MIME-Version", "1.0")
	h.SetContentType("text/plain", map[string]string{"charset": "utf-8", "format": "flowed"})
	h.Set("Content-Transfer-Encoding", encodingFor(body))
	var raw bytes.Buffer
	w, err := mail.CreateSingleInlineWriter(&raw, h)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	if _, err := io.WriteString(w, body); err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return raw.Bytes(), nil
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
