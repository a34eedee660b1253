package mail

import (
	"encoding/base64"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// folderBase64 is the base64 of RFC 3501 section 5.1.3: "," for "/", no padding.
var folderBase64 = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)

var errFolderName = errors.New("not modified UTF-7")

// encodeFolder writes a folder's name in modified UTF-7.
func encodeFolder(name string) string {
	var out strings.Builder
	var wide []rune
	flush := func() {
		if len(wide) == 0 {
			return
		}
		var b []byte
		for _, u := range utf16.Encode(wide) {
			b = append(b, byte(u>>8), byte(u))
		}
		out.WriteString("&" + folderBase64.EncodeToString(b) + "-")
		wide = wide[:0]
	}
	for _, r := range name {
		if r < 0x20 || r > 0x7e {
			wide = append(wide, r)
			continue
		}
		flush()
		out.WriteRune(r)
		if r == '&' {
			out.WriteByte('-')
		}
	}
	flush()
	return out.String()
}

// decodeFolder reads a folder's name from modified UTF-7, and refuses what
// encodeFolder would write in another way.
func decodeFolder(wire string) (string, error) {
	var out strings.Builder
	for rest := wire; rest != ""; {
		plain, after, shifted := strings.Cut(rest, "&")
		out.WriteString(plain)
		if !shifted {
			break
		}
		b64, tail, closed := strings.Cut(after, "-")
		if !closed {
			return "", errFolderName
		}
		if b64 == "" {
			out.WriteByte('&')
		} else if err := decodeShift(&out, b64); err != nil {
			return "", err
		}
		rest = tail
	}
	name := out.String()
	if !utf8.ValidString(name) || encodeFolder(name) != wire {
		return "", errFolderName
	}
	return name, nil
}

func decodeShift(out *strings.Builder, b64 string) error {
	b, err := folderBase64.DecodeString(b64)
	if err != nil || len(b)%2 != 0 {
		return errFolderName
	}
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		units = append(units, uint16(b[i])<<8|uint16(b[i+1]))
	}
	out.WriteString(string(utf16.Decode(units)))
	return nil
}
