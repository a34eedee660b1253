package mime

import (
	"bytes"
	"encoding/binary"
	"strings"

	"rapport/data"
)

// isOutlooks knows the part in which Outlook packs what it sends to itself.
func isOutlooks(kind, name string) bool {
	return kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" || strings.EqualFold(name, "winmail.dat")
}

// outlookRemark is said of a mail with such a part.
const outlookRemark = "it came as winmail.dat, which only Outlook writes"

// The attributes of [MS-OXTNEF] that are read.
const (
	tnefBody   = 0x800c
	tnefFile   = 0x9002 // another attachment begins
	tnefTitle  = 0x8010
	tnefData   = 0x800f
	tnefMagic  = 0x223e9f78
	tnefHeader = 6
)

// unpack lists what a winmail.dat holds, by the short names that it gives, and
// reads its text where the mail has no other. False means that it is none, and is
// listed as it is.
func (c *content) unpack(b []byte) bool {
	c.remark(outlookRemark)
	if len(b) < tnefHeader || binary.LittleEndian.Uint32(b) != tnefMagic {
		return false
	}
	var found []attachment
	body := ""
	for b = b[tnefHeader:]; len(b) >= 11; {
		id, size := binary.LittleEndian.Uint16(b[1:]), int64(binary.LittleEndian.Uint32(b[5:]))
		if size > int64(len(b)-11) {
			c.remark("a part of it was damaged on the way")
			break
		}
		value := b[9 : 9+size]
		b = b[9+size+2:]
		switch {
		case id == tnefBody:
			body = guessText(bytes.TrimRight(value, "\x00"))
		case id == tnefFile:
			found = append(found, attachment{Attachment: data.Attachment{Type: "application/octet-stream", Hash: data.MessageIDOf(nil)}})
		case len(found) == 0:
		case id == tnefTitle:
			found[len(found)-1].Name = fileName(guessText(bytes.TrimRight(value, "\x00")))
		case id == tnefData:
			last := &found[len(found)-1]
			last.bytes, last.Size, last.Hash = value, size, data.MessageIDOf(value)
		}
	}
	c.attached = append(c.attached, found...)
	if strings.TrimSpace(strings.Join(c.text, "")) == "" && body != "" {
		c.text = append(c.text, body)
	}
	return true
}
