package mime

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"rapport/data"
)

// der is a value of DER.
func der(tag byte, held ...[]byte) []byte {
	b := slices.Concat(held...)
	switch {
	case len(b) < 0x80:
		return slices.Concat([]byte{tag, byte(len(b))}, b)
	case len(b) < 0x100:
		return slices.Concat([]byte{tag, 0x81, byte(len(b))}, b)
	}
	return slices.Concat([]byte{tag, 0x82, byte(len(b) >> 8), byte(len(b))}, b)
}

// open is a value of BER whose length is left open.
func open(tag byte, held ...[]byte) []byte {
	return slices.Concat([]byte{tag, 0x80}, slices.Concat(held...), []byte{0, 0})
}

// opaque is a mail signed by S/MIME in one piece: in DER, or as streaming
// programs write it.
func opaque(mail string, streamed bool) []byte {
	digests := der(0x31, der(0x30, der(0x06, []byte{0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1})))
	if !streamed {
		return der(0x30, der(0x06, oidSigned), der(0xa0, der(0x30, der(0x02, []byte{1}), digests,
			der(0x30, der(0x06, oidData), der(0xa0, der(0x04, []byte(mail)))), der(0x31))))
	}
	half := len(mail) / 2
	return open(0x30, der(0x06, oidSigned), open(0xa0, open(0x30, der(0x02, []byte{1}), digests,
		open(0x30, der(0x06, oidData), open(0xa0, open(0x24, der(0x04, []byte(mail[:half])), der(0x04, []byte(mail[half:]))))), der(0x31))))
}

// tnefOf is a winmail.dat with a text and one file.
func tnefOf(body, name, content string) []byte {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, uint32(tnefMagic))
	b.Write([]byte{1, 0})
	add := func(level byte, id uint16, value string) {
		b.WriteByte(level)
		_ = binary.Write(&b, binary.LittleEndian, id)
		b.Write([]byte{2, 0})
		_ = binary.Write(&b, binary.LittleEndian, uint32(len(value)))
		b.WriteString(value)
		b.Write([]byte{0, 0})
	}
	add(1, tnefBody, body+"\x00")
	add(2, tnefFile, strings.Repeat("\x00", 14))
	add(2, tnefTitle, name+"\x00")
	add(2, tnefData, content)
	return b.Bytes()
}

func inBase64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// names are what the mail carries.
func names(m data.Message) string {
	var list []string
	for _, a := range m.Attached {
		list = append(list, a.Name)
	}
	return strings.Join(list, ", ")
}

func TestHowMailsCome(t *testing.T) {
	pgp := "-----BEGIN PGP MESSAGE-----\nhQEMA\n-----END PGP MESSAGE-----\n"
	inner := "Content-Type: text/plain; charset=utf-8\r\n\r\nGrüße aus der Mitte\r\n"
	for _, c := range []struct {
		says, mail string
		text, list string
		form       data.Form
		odd        string
	}{
		{"encrypted by PGP", "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n" + pgp + "--b--\n",
			"", "", data.Form{Encrypted: "PGP"}, ""},
		{"encrypted by PGP, and mangled on the way", "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\n" + pgp + "--b--\n",
			"", "encrypted.asc", data.Form{Encrypted: "PGP"}, ""},
		{"encrypted by PGP in its text", "\nSee below.\n\n" + pgp + "\nBye\n", "See below.\n\n\n\nBye", "", data.Form{Encrypted: "PGP"}, ""},
		{"a quoted PGP message", "\n> -----BEGIN PGP MESSAGE-----\n> hQEMA\n> -----END PGP MESSAGE-----\nI cannot read this.\n",
			"> -----BEGIN PGP MESSAGE-----\n> hQEMA\n> -----END PGP MESSAGE-----\nI cannot read this.", "", data.Form{}, ""},
		{"encrypted by S/MIME", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + inBase64(der(0x30, der(0x06, []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3}))) + "\n",
			"", "", data.Form{Encrypted: "S/MIME"}, ""},
		{"signed by S/MIME", "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; filename=smime.p7s\n\nMIIB\n--b--\n",
			"Hello", "", data.Form{Signed: "S/MIME"}, ""},
		{"signed by S/MIME in one piece", "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + inBase64(opaque(inner, false)) + "\n",
			"Grüße aus der Mitte", "", data.Form{Signed: "S/MIME"}, ""},
		{"signed in one piece by a streaming program, and not said", "Content-Type: application/x-pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + inBase64(opaque(inner, true)) + "\n",
			"Grüße aus der Mitte", "", data.Form{Signed: "S/MIME"}, ""},
		{"signed by PGP", "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n--b--\n",
			"Hello", "", data.Form{Signed: "PGP"}, ""},
		{"signed by PGP in its text", "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n- -- \nAnn\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n",
			"Hello\n-- \nAnn", "", data.Form{Signed: "PGP"}, ""},
		{"an invitation beside its text", "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nMeet\n--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n--b--\n",
			"Meet", "", data.Form{Calendar: true}, ""},
		{"an invitation as a file", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nMeet\n--b\nContent-Type: application/octet-stream; name=Invite.ICS\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\n--b--\n",
			"Meet", "Invite.ICS", data.Form{Calendar: true}, ""},
		{"a page for some programs", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nText\n--b\nContent-Type: text/x-amp-html\n\n<html amp4email>\n--b\nContent-Type: text/html\n\n<p>Text</p>\n--b--\n",
			"Text", "", data.Form{}, ""},
		{"winmail.dat", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the file.\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n" + inBase64(tnefOf("See", "Angebot.pdf", "%PDF")) + "\n--b--\n",
			"See the file.", "Angebot.pdf", data.Form{}, outlookRemark},
		{"winmail.dat alone", "Content-Type: application/octet-stream; name=WINMAIL.DAT\nContent-Transfer-Encoding: base64\n\n" + inBase64(tnefOf("The text in it", "a.pdf", "%PDF")) + "\n",
			"The text in it", "a.pdf", data.Form{}, outlookRemark},
		{"a broken winmail.dat", "Content-Type: application/ms-tnef; name=winmail.dat\n\nnothing of the kind\n",
			"", "winmail.dat", data.Form{}, outlookRemark},
		{"an image that the page shows", "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Hello</p><img src=\"cid:a%40b\">\n--b\nContent-Type: image/png; name=logo.png\nContent-ID: <a@b>\n\nx\n--b\nContent-Type: image/png; name=photo.png\nContent-ID: <c@d>\n\nx\n--b--\n",
			"Hello", "photo.png", data.Form{Page: true}, ""},
		{"an image shown by its place", "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"logo.png\">Hello\n--b\nContent-Type: image/png\nContent-Location: logo.png\n\nx\n--b--\n",
			"Hello", "", data.Form{Page: true}, ""},
		{"a server's report", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nNot delivered\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n--b\nContent-Type: message/rfc822\n\nSubject: What I wrote/sent\n\nHello\n--b--\n",
			"Not delivered", "sent.eml", data.Form{}, ""},
		{"text of an unknown kind", "Content-Type: text/x-markdown; charset=utf-8\n\n# Hello\n", "# Hello", "", data.Form{}, ""},
		{"enriched text", "Content-Type: text/enriched\n\n<bold>Now</bold> is <<the time\nfor all.\n\n<color><param>red</param>Ann</color>\n", "Now is <the time for all.\nAnn", "", data.Form{}, ""},
		{"a flowed text", "Content-Type: text/plain; format=flowed\n\n> one \n> line\n>> deeper\nNot \nlong\n-- \nAnn\n", "> one line\n>> deeper\nNot long\n-- \nAnn", "", data.Form{}, ""},
		{"a flowed text whose blanks are not its own", "Content-Type: text/plain; format=flowed; delsp=yes\n\nDonau \ndampf\n From\n", "Donaudampf\nFrom", "", data.Form{}, ""},
		{"parts in parts", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nplain\n--c\nContent-Type: text/html\n\n<p>page</p>\n--c--\n--b--\n--a\n\nfooter\n--a--\n",
			"plain\n\nfooter", "", data.Form{}, ""},
	} {
		m := Parse([]byte("Message-ID: <1@a>\nDate: Tue, 3 Mar 2026 10:20:30 +0100\n"+c.mail), served)
		sound(t, m)
		if strings.TrimSpace(m.Text) != c.text || names(m) != c.list || m.Form != c.form || strings.Join(m.Odd, "; ") != c.odd {
			t.Errorf("%s:\n text %q, want %q\n files %q, want %q\n form %+v, want %+v\n odd %q, want %q", c.says, m.Text, c.text, names(m), c.list, m.Form, c.form, m.Odd, c.odd)
		}
	}
}

func TestAttachedGivesTheBytes(t *testing.T) {
	raw := []byte("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n--b\nContent-Type: text/csv; name=a.csv\nContent-Transfer-Encoding: base64\n\n" + inBase64([]byte("a;b")) +
		"\n--b\nContent-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n" + inBase64(tnefOf("", "b.pdf", "%PDF")) + "\n--b--\n")
	list, contents := Attached(raw)
	if len(list) != 2 || string(contents[0]) != "a;b" || string(contents[1]) != "%PDF" || !slices.Equal(list, Parse(raw, served).Attached) {
		t.Errorf("it carries %+v: %q", list, contents)
	}
	for i, a := range list {
		if a.Hash != data.MessageIDOf(contents[i]) || a.Size != int64(len(contents[i])) {
			t.Errorf("%s has %d bytes, hash %s", a.Name, a.Size, a.Hash)
		}
	}
}
