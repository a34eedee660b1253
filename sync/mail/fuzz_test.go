package mail

import (
	"bytes"
	"io"
	"net"
	"testing"
	"testing/iotest"
	"time"
	"unicode/utf8"
)

func FuzzFolderNames(f *testing.F) {
	for _, s := range []string{"INBOX", "R&-D", "Entw&APw-rfe", "&U,BTFw-", "&2D3eAA-", "R&D", "&", "&AGE-", "a&-&-b", "&====-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if name, err := decodeFolder(s); err == nil && encodeFolder(name) != s {
			t.Errorf("%q is read %q and written %q", s, name, encodeFolder(name))
		}
		if !utf8.ValidString(s) {
			return
		}
		if name, err := decodeFolder(encodeFolder(s)); err != nil || name != s {
			t.Errorf("%q is written %q and read %q, %v", s, encodeFolder(s), name, err)
		}
	})
}

// FuzzSealed reads what S/MIME and Outlook wrap mails in.
type answers struct {
	net.Conn
	io.Reader
}

func (a answers) Read(p []byte) (int, error)      { return a.Reader.Read(p) }
func (a answers) SetReadDeadline(time.Time) error { return nil }

func FuzzWire(f *testing.F) {
	for _, s := range []string{
		"* LIST () \"/\" R&D\r\n* 1 FETCH (UID 3 BODY[] {5}\r\nhello)\r\nT1 OK done\r\n", "* STATUS \"B\xfcro\" (MESSAGES 3)\r\n", "* VANISHED 1:3\r\n", "* BYE\r\n",
		"* 1 FETCH (FLAGS (\\Seen a]b) MODSEQ 12 X-GM-MSGID 5 INTERNALDATE NIL UID 3)\r\n", "* OK [PERMANENTFLAGS (a]b)] x\r\n", "* 1 FETCH (BODY[] {99999999999999999999}\r\n", "* LIST (\r\n", "*\r\n", "*\xff\xa2\xb1#\xd7T\xf7\v\vSTATUS\n", "*  STATUS \"B\xfcro\" ()\r\n",
		"* \xcbW\x19(\xf8 FETCH \n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		read := func(r io.Reader) []byte {
			all, _ := io.ReadAll(newWire(answers{Reader: r}, time.Second, ""))
			return all
		}
		whole := read(bytes.NewReader(b))
		if !bytes.Equal(whole, read(iotest.OneByteReader(bytes.NewReader(b)))) {
			t.Errorf("%q reads otherwise byte by byte", b)
		}
		if again := read(bytes.NewReader(whole)); !bytes.Equal(again, whole) {
			t.Errorf("repaired once it is %q, twice %q", whole, again)
		}
	})
}

func FuzzCursor(f *testing.F) {
	for _, s := range []string{
		`{"version":1,"folders":{"INBOX":{"validity":7,"have":"100+9785 2 1+3","bad":"5","done":true,"next":9,"count":3,"since":"2026-01-02"}}}`, `{"version":1,"folders":{"":{}}}`,
		`{"version":2}`, `null`, `{"version":1,"folders":{"a":{"have":"4294967295"}}}`, `{"version":1,"folders":{"a":{"have":"1+4294967295"}}}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := parseCursor(s)
		if c.Folders == nil {
			t.Fatal("it has no folders to write to")
		}
		written := c.text()
		if again := parseCursor(written).text(); again != written {
			t.Errorf("%s comes back as %s", written, again)
		}
	})
}
