package mime

import (
	"mime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rapport/data/text"
)

func FuzzAddresses(f *testing.F) {
	for _, s := range []string{
		`Ann <ann@a.example>, "Bob, of B" <bob@b.example>`, `Team: ann@a.example, bob@b.example;`, `<@r.example,@s.example:ann@a.example>`,
		`ann@a.example (Ann (of A))`, `=?utf-8?q?M=C3=BCller=2C?= Uwe <u@b.example>`, `"open <a@b>, c@d`, `undisclosed-recipients:;`, `a @ b . example`, `<<a@b>>`, `\"a\" <a@b>`, "@00\xb7\x8b.\xad", `@".`, `mailto:mailto:a@b.example`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		list := parseAddresses(value)
		if !slices.Equal(list, parseAddresses(value)) {
			t.Error("read twice, they are other addresses")
		}
		for _, a := range list {
			if a.Email == "" && a.Name == "" || a.Email != text.NormalAddress(a.Email) || !utf8.ValidString(a.Name+a.Email) || strings.ContainsAny(a.Name+a.Email, "\n\x00") {
				t.Errorf("an address is %+v", a)
			}
		}
	})
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "=?utf-8?B?w7w?= =?UTF-8?b?w7w=?=", "=?iso-8859-1*de?Q?=FC?= x", "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "=?utf-8?q?a b?=", "Gr\xfc\xdfe",
		"=?utf-8?q?=C3?= =?utf-8?q?=BC?=", "=?x?y?z?=", "=?utf-7?q?+APw-?=", "plain",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if got := decodeWords(value); !utf8.ValidString(got) {
			t.Errorf("%q is read %q", value, got)
		}
		if !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) || isASCIIText([]byte(value)) || strings.Contains(value, "\uFFFD") {
			return
		}
		for _, encoding := range []mime.WordEncoder{mime.BEncoding, mime.QEncoding} {
			if got := decodeWords(strings.ReplaceAll(encoding.Encode("utf-8", value), "\r\n", "")); got != value {
				t.Errorf("%q comes back as %q", value, got)
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, s := range []string{
		"Tue, 3 Mar 2026 10:20:30 +0100", "Tue Mar  3 10:20:30 2026", "2026-03-03T10:20:30Z", "March 3, 2026 1:20 PM", "3-Mar-26 10.20 EST", "Tue, 31 Feb 2026 24:00:60 +9999 (x)", "",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		at, ok := Date(value)
		if !ok {
			if !at.IsZero() {
				t.Errorf("%q is no date and is %v", value, at)
			}
			return
		}
		if at.Year() < 1970 || at.Year() > 9999 {
			t.Errorf("%q is read as %v", value, at)
		}
		if again, ok := Date(at.Format(time.RFC1123Z)); !ok || !again.Equal(at) {
			t.Errorf("%v comes back as %v", at, again)
		}
	})
}

func FuzzCharset(f *testing.F) {
	for label, b := range map[string]string{
		"": "Gr\xfc\xdfe", "utf-8": "Gr\xc3\xbc\xc3\x9fe", "utf-16": "\xfe\xff\x00a", "iso-2022-jp": "\x1b$BF|K\\\x1b(B", "utf-7": "+APw-", "gb2312": "\xc4\xe3", "windows-1252": "\x80",
		"hz-gb-2312": "~{<:Ky2;~}", "x-user-defined": "\xff", "\"utf8": "\xff\xfe", "replacement": "a", "big5": "\xa4\xa4", "koi8-r": "\xf0\xd2",
	} {
		f.Add(label, []byte(b))
	}
	f.Fuzz(func(t *testing.T, label string, b []byte) {
		got, odd := decodeText(b, label)
		if !utf8.ValidString(got) || !utf8.ValidString(odd) || strings.ContainsAny(odd, "\r\n\x1b") {
			t.Errorf("%q in %q is read %q, %q", b, label, got, odd)
		}
		if again, _ := decodeText(b, label); again != got {
			t.Errorf("read twice it is %q and %q", got, again)
		}
		if isASCIIText(b) && !isStateful(tidyLabel(label)) && got != string(b) {
			t.Errorf("%q became %q", b, got)
		}
	})
}

func FuzzParams(f *testing.F) {
	for _, s := range []string{
		`attachment; filename="a b.pdf"`, `attachment; filename*0*=utf-8''%C3; filename*1*=%BC.txt`, `a/b; boundary="x\"y`, `;;=;`, `a; b*99999999999999999999=c`, `a; filename*=''`, `a; b*1=c; b*0=d; b*0=e`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		value, params := parseParams(s)
		if strings.ContainsAny(value, " \t;") {
			t.Errorf("the value is %q", value)
		}
		for name, v := range params {
			if name == "" || strings.ToLower(name) != name {
				t.Errorf("a parameter is %q = %q", name, v)
			}
		}
		if name := fileName(params["filename"]); strings.ContainsAny(name, "/\\\n\x00") || !utf8.ValidString(name) {
			t.Errorf("a file is called %q", name)
		}
	})
}

func FuzzSealed(f *testing.F) {
	f.Add(opaque("Content-Type: text/plain\r\n\r\nHello", false))
	f.Add(opaque("Content-Type: text/plain\r\n\r\nHello", true))
	f.Add(tnefOf("The text", "a.pdf", "%PDF"))
	f.Add([]byte("\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80\x30\x80\x24\x80\x24\x80"))
	f.Fuzz(func(t *testing.T, b []byte) {
		inner, signed := signedContent(b)
		if len(inner) > len(b) || len(inner) > 0 && !signed {
			t.Errorf("%d bytes of %d, signed %v", len(inner), len(b), signed)
		}
		var c content
		c.unpack(b)
		for _, a := range c.attached {
			if a.Size != int64(len(a.bytes)) || len(a.bytes) > len(b) {
				t.Errorf("an attachment is %+v", a.Attachment)
			}
		}
	})
}

// answers is a connection on which a server has said something and hung up.
