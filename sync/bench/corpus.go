package bench

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"rapport/data/sample"
)

// Mail is a mail as a server holds it.
type Mail struct {
	Folder string
	Raw    []byte    // lines end with CR LF
	At     time.Time // when the server received it
	Seen   bool
}

// Corpus is a collection of mail to measure with.
type Corpus struct {
	World sample.World // whose mail it is; its accounts and contacts are what filing goes by
	Mails iter.Seq[Mail]
	N     int
}

// folders are how many folders a generated corpus has: Inbox, Sent and fifteen
// more.
const folders = 17

// Generated is a corpus of n mails of the sample world, the same for the same
// numbers: conversations with quotes, HTML, attachments, newsletters, broken
// mails, each with the lines that servers on the way put before it, 2.9 kB on
// average, in 17 folders. With attached each mail has besides an attachment of
// so many bytes.
func Generated(n, attached int) Corpus {
	w := sample.Make(sample.Options{Accounts: max(n/100, 50), Mails: n})
	return Corpus{World: w, N: w.MailCount(), Mails: func(yield func(Mail) bool) {
		i := 0
		for m := range w.Mail() {
			i++
			raw := travelled(m.Raw)
			if attached > 0 {
				raw = withAttachment(raw, attached)
			}
			if !yield(Mail{Folder: folderOf(m.Folder, i), Raw: raw, At: m.At, Seen: i%10 != 0}) {
				return
			}
		}
	}}
}

// folderOf spreads what is in neither Inbox nor Sent over the other folders.
func folderOf(name string, i int) string {
	if name == "INBOX" || name == "Sent" {
		return name
	}
	return fmt.Sprintf("Projects %02d", i%(folders-2)+1)
}

// travelled is a mail with the lines that a mail gets on its way. The same mail
// gets the same ones, so that copies stay copies. One that begins with no header
// stays as it is.
func travelled(raw []byte) []byte {
	name, _, ok := bytes.Cut(raw[:min(len(raw), 80)], []byte(":"))
	if !ok || len(name) == 0 || bytes.ContainsAny(name, " \t\r\n") {
		return raw
	}
	chance := chanceOf(raw)
	token := func(n int) string { return base64.RawURLEncoding.EncodeToString(bytesOf(chance, n)) }
	var b bytes.Buffer
	b.Grow(len(raw) + 1600)
	b.WriteString("Return-Path: <bounce-" + token(12) + "@mail.example>\r\n")
	for hop := range 3 {
		fmt.Fprintf(&b, "Received: from mx%d.%s.example (mx%d.%s.example [192.0.2.%d])\r\n\tby in%d.larkfield.example (Postfix) with ESMTPS id %s\r\n\tfor <maya@larkfield.example>; Mon, 5 Jan 2026 10:1%d:0%d +0000 (UTC)\r\n",
			hop, token(4), hop, token(4), chance.IntN(250), hop, token(12), hop, hop)
	}
	fmt.Fprintf(&b, "Authentication-Results: in1.larkfield.example;\r\n\tdkim=pass (2048-bit key) header.d=mail.example header.i=@mail.example header.b=%s;\r\n\tspf=pass smtp.mailfrom=bounce@mail.example; dmarc=pass\r\n", token(6))
	b.WriteString("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example; s=k1; t=1767607863;\r\n\tbh=" + token(32) + "=;\r\n\th=From:To:Subject:Date:Message-ID:MIME-Version:Content-Type;\r\n\tb=")
	for range 5 {
		b.WriteString(token(51) + "\r\n\t ")
	}
	b.WriteString(token(30) + "==\r\n")
	b.Write(raw)
	return b.Bytes()
}

// withAttachment puts a mail beside a file of so many bytes into a new one with
// the same header.
func withAttachment(raw []byte, n int) []byte {
	head, body, ok := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !ok {
		return raw
	}
	var outer, inner []string
	for _, line := range strings.Split(string(head), "\r\n") {
		folded := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
		lower := strings.ToLower(line)
		switch {
		case folded && len(inner) > 0 && inner[len(inner)-1] != "":
			inner = append(inner, line)
		case strings.HasPrefix(lower, "content-"):
			inner = append(inner, line)
		case strings.HasPrefix(lower, "mime-version:"):
		default:
			outer = append(outer, line)
			if len(inner) > 0 {
				inner = append(inner, "")
			}
		}
	}
	var b bytes.Buffer
	b.Grow(len(raw) + n*4/3 + n/50)
	const mark = "=_with_a_file"
	b.WriteString(strings.Join(outer, "\r\n") + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"" + mark + "\"\r\n\r\n--" + mark + "\r\n")
	for _, line := range inner {
		if line != "" {
			b.WriteString(line + "\r\n")
		}
	}
	b.WriteString("\r\n")
	b.Write(body)
	b.WriteString("\r\n--" + mark + "\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\nContent-Disposition: attachment; filename=\"plan.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	chance := chanceOf(raw)
	for n > 0 {
		part := min(n, 57)
		b.WriteString(base64.StdEncoding.EncodeToString(bytesOf(chance, part)) + "\r\n")
		n -= part
	}
	b.WriteString("--" + mark + "--\r\n")
	return b.Bytes()
}

// chanceOf draws the same lots for the same bytes.
func chanceOf(raw []byte) *rand.Rand {
	sum := sha256.Sum256(raw)
	return rand.New(rand.NewPCG(binary.LittleEndian.Uint64(sum[:]), 0))
}

func bytesOf(chance *rand.Rand, n int) []byte {
	b := make([]byte, (n+7)/8*8)
	for i := 0; i < len(b); i += 8 {
		binary.LittleEndian.PutUint64(b[i:], chance.Uint64())
	}
	return b[:n]
}
