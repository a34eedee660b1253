package mime

import (
	"bytes"
	"encoding/base64"
	"io"
	"strings"

	"github.com/jhillyerd/enmime/v2"
)

// part is a part of a mail, or the mail itself: bytes, or parts in parts.
type part struct {
	header header
	kind   string // a media type
	params map[string]string
	body   []byte
	parts  []part
	odd    string
}

// maxDepth is how deep parts may lie in parts.
const maxDepth = 40

// partOf takes a part apart at its boundary. It is our own since enmime's takes
// twice as long for every level of parts that do not end, so that a mail of a few
// hundred lines keeps it busy for ever; here each level reads its bytes once.
func partOf(h header, body []byte, depth int) part {
	p := part{header: h, body: body}
	p.kind, p.params = parseParams(OneLine(h.get("Content-Type")))
	if !strings.Contains(p.kind, "/") {
		p.kind = "text/plain"
	}
	if !strings.HasPrefix(p.kind, "multipart/") {
		return p
	}
	pieces, ended := splitParts(body, p.params["boundary"])
	switch {
	case len(bytes.TrimSpace(body)) == 0:
		p.kind = "text/plain" // nothing to take apart
		return p
	case len(pieces) == 0:
		p.kind, p.odd = "text/plain", "its parts could not be told apart; it is shown as text"
		return p
	case depth == maxDepth:
		p.kind, p.odd = "application/octet-stream", "its parts lie too deep in each other"
		return p
	case !ended:
		p.odd = "it ends before its last part does"
	}
	for _, piece := range pieces {
		head, rest := partHeader(piece)
		child := partOf(head, rest, depth+1)
		if p.kind == "multipart/digest" && head.get("Content-Type") == "" {
			child.kind = "message/rfc822" // RFC 2046, section 5.1.5
		}
		p.parts = append(p.parts, child)
	}
	return p
}

// partHeader parts the header of a part from its body. A part that begins with an
// empty line, or with none of a header, has no header.
func partHeader(piece []byte) (header, []byte) {
	if line, rest := FirstLine(piece); len(line) == 0 {
		return nil, rest
	} else if _, _, ok := HeaderLine(line); !ok {
		return nil, piece
	}
	h, body, _ := splitHeader(piece)
	return h, body
}

// splitParts are the pieces between the lines of a boundary; ended says whether
// the last such line closes them.
func splitParts(body []byte, boundary string) (pieces [][]byte, ended bool) {
	if boundary == "" {
		return nil, false
	}
	mark := []byte("--" + boundary)
	start, at := -1, 0
	for at < len(body) {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		line, _ := FirstLine(body[i:])
		at = i + len(mark)
		tail := bytes.TrimRight(line[len(mark):], " \t")
		if i > 0 && body[i-1] != '\n' && body[i-1] != '\r' || len(tail) > 0 && !bytes.Equal(tail, []byte("--")) {
			continue // in the middle of a line, or the beginning of a longer boundary
		}
		if start >= 0 {
			pieces = append(pieces, trimLineEnd(body[start:max(start, i)]))
		}
		at = i + len(line)
		_, rest := FirstLine(body[at:])
		start = len(body) - len(rest)
		at = start
		if len(tail) > 0 {
			return pieces, len(pieces) > 0
		}
	}
	if start >= 0 && start < len(body) {
		pieces = append(pieces, body[start:])
	}
	return pieces, false
}

func trimLineEnd(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// hasWords says whether bytes are words with blanks between them, as base64 never
// is, though it may hold line ends and blanks at theirs.
func hasWords(b []byte) bool {
	lines, words := 0, 0
	for line := range bytes.Lines(b[:min(len(b), 4096)]) {
		if fields := len(bytes.Fields(line)); fields > 0 {
			lines++
			if fields > 2 {
				words++
			}
		}
	}
	return words > 0 && words*2 >= lines
}

// leafParser undoes the transfer encodings, as far as they can be undone.
var leafParser = enmime.NewParser(
	enmime.SkipMalformedParts(true),
	enmime.DisableTextConversion(true),
	enmime.DisableCharacterDetection(true),
	enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }),
)

// decoded is what a part holds, its transfer encoding undone. The header that
// enmime sees has only what concerns it, so that nothing in the real one can
// break it.
func (p part) decoded() (b []byte, odd string) {
	encoding := strings.ToLower(strings.Trim(OneLine(cutComments(p.header.get("Content-Transfer-Encoding"))), `"' ;`))
	switch encoding {
	case "base64":
		// What is as it should be needs no more memory than it decodes to.
		b := make([]byte, base64.StdEncoding.DecodedLen(len(p.body)))
		if n, err := base64.StdEncoding.Decode(b, p.body); err == nil {
			return b[:n], ""
		}
	case "quoted-printable":
		if b, ok := plainQuoted(p.body); ok {
			return b, ""
		}
	default:
		return p.body, ""
	}
	if encoding == "base64" && strings.HasPrefix(p.kind, "text/") && hasWords(p.body) {
		return p.body, "the text is not in base64 as it says"
	}
	return decodedWithCare(p.body, encoding)
}

// decodedWithCare is what bytes hold that are not encoded as they should be.
func decodedWithCare(body []byte, encoding string) (b []byte, odd string) {
	head := "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n"
	leaf, err := leafParser.ReadParts(io.MultiReader(strings.NewReader(head), bytes.NewReader(body)))
	if err != nil {
		return body, "a part of it could not be decoded"
	}
	for _, e := range leaf.Errors {
		if e.Name == enmime.ErrorMalformedBase64 {
			odd = "a part of it was damaged on the way"
		}
	}
	return leaf.Content, odd
}
