package mime

import "bytes"

// The object identifiers of RFC 5652 as they are written: of data that is signed,
// and of data.
var (
	oidSigned = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
	oidData   = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}
)

// signedContent is what a CMS signature holds in its middle: nil where the signed
// data lies elsewhere. signed is false for anything else, encrypted data among
// them. It reads BER, in which lengths may be left open and texts be in pieces;
// signatures are not looked at.
func signedContent(b []byte) (inner []byte, signed bool) {
	info, ok := ber(b, 0x30)
	if !ok {
		return nil, false
	}
	if kind, ok := ber(info, 0x06); !ok || !bytes.Equal(kind, oidSigned) {
		return nil, false
	}
	body, ok := ber(berRest(info), 0xa0)
	if ok {
		body, ok = ber(body, 0x30) // SignedData: version, digests, the content
	}
	if !ok {
		return nil, true
	}
	content, ok := ber(berRest(berRest(body)), 0x30)
	if !ok {
		return nil, true
	}
	if kind, ok := ber(content, 0x06); !ok || !bytes.Equal(kind, oidData) {
		return nil, true
	}
	if held, ok := ber(berRest(content), 0xa0); ok {
		return octets(held, 0), true
	}
	return nil, true
}

// element is one value of BER: its tag, what it holds, and what follows it.
func element(b []byte) (tag byte, held, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return 0, nil, nil, false
	}
	tag, n, at := b[0], int(b[1]), 2
	switch {
	case n == 0x80:
		return tag, b[2:], nil, tag&0x20 != 0 // to the end that its pieces tell
	case n > 0x80:
		size := n - 0x80
		if size > 4 || len(b) < 2+size {
			return 0, nil, nil, false
		}
		n, at = 0, 2+size
		for _, c := range b[2:at] {
			n = n<<8 | int(c)
		}
	}
	end := min(at+n, len(b)) // a mail that was cut holds less
	return tag, b[at:end], b[end:], true
}

// ber is what the first element holds, if it has that tag.
func ber(b []byte, want byte) ([]byte, bool) {
	tag, held, _, ok := element(b)
	return held, ok && tag == want
}

// berRest is what follows the first element.
func berRest(b []byte) []byte {
	_, _, rest, ok := element(b)
	if !ok {
		return nil
	}
	if rest == nil && len(b) > 1 && b[1] == 0x80 {
		return openRest(b[2:], 0)
	}
	return rest
}

// openRest is what follows an element of open length.
func openRest(b []byte, depth int) []byte {
	for depth < maxDepth && len(b) >= 2 {
		if b[0] == 0 && b[1] == 0 {
			return b[2:]
		}
		if _, _, rest, ok := element(b); !ok {
			return nil
		} else if rest == nil && b[1] == 0x80 {
			b = openRest(b[2:], depth+1)
		} else {
			b = rest
		}
	}
	return nil
}

// octets joins the pieces of a text.
func octets(b []byte, depth int) []byte {
	var out []byte
	for depth < maxDepth && len(b) >= 2 && (b[0] != 0 || b[1] != 0) {
		tag, held, _, ok := element(b)
		switch {
		case ok && tag == 0x04:
			out = append(out, held...)
		case ok && tag == 0x24:
			out = append(out, octets(held, depth+1)...)
		default:
			return out
		}
		b = berRest(b)
	}
	return out
}
