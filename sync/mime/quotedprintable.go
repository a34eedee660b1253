package mime

import "bytes"

// plainQuoted undoes quoted-printable that is as it should be, into memory of
// its own; ok is false for what needs more care. Most is as it should be, and
// the careful way of the library takes 9 kB of buffers for each part.
func plainQuoted(b []byte) (out []byte, ok bool) {
	out = make([]byte, 0, len(b))
	for len(b) > 0 {
		line, ended := b, false
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			line, ended = b[:i+1], true
		}
		b = b[len(line):]
		if out, ok = appendQuotedLine(out, line, ended); !ok {
			return nil, false
		}
	}
	return out, true
}

// longestQuoted is above what a line may have (76) and below what the library
// would part.
const longestQuoted = 1000

// appendQuotedLine adds what a line stands for, with its end if it has one.
func appendQuotedLine(out, line []byte, ended bool) (_ []byte, ok bool) {
	text := line
	if ended {
		text = bytes.TrimSuffix(line[:len(line)-1], []byte("\r"))
	}
	end := line[len(text):]
	if n := len(text); n > longestQuoted || n > 0 && (text[n-1] == ' ' || text[n-1] == '\t') || bytes.IndexByte(text, '\r') >= 0 {
		return out, false
	}
	for {
		i := bytes.IndexByte(text, '=')
		switch {
		case i < 0:
			return append(append(out, text...), end...), true
		case i == len(text)-1:
			return append(out, text[:i]...), ended // it goes on in the next line
		case i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2]):
			return out, false
		}
		out = append(append(out, text[:i]...), unhex(text[i+1])<<4|unhex(text[i+2]))
		text = text[i+3:]
	}
}
