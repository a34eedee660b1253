package mime

import (
	"slices"
	"strconv"
	"strings"
)

// parseParams reads a value with parameters, as Content-Type and
// Content-Disposition have, without ever failing: quotes may be missing or open,
// parameters may be empty, repeated (the first counts) or parted and encoded as
// RFC 2231 says, or encoded as RFC 2047 says although it forbids that.
func parseParams(header string) (value string, params map[string]string) {
	parts := splitParams(header)
	if len(parts) == 0 {
		return "", nil
	}
	value = strings.ToLower(strings.TrimSpace(parts[0]))
	if i := strings.IndexAny(value, " \t;"); i > 0 {
		value = value[:i]
	}
	params = map[string]string{}
	pieces := map[string][]piece{}
	for _, p := range parts[1:] {
		name, text, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if !ok || name == "" {
			continue
		}
		text = unquote(strings.TrimSpace(text))
		if base, number, encoded, ok := continued(name); ok {
			pieces[base] = append(pieces[base], piece{number, encoded, text})
		} else if _, twice := params[name]; !twice {
			params[name] = text
		}
	}
	for name, list := range pieces {
		params[name] = joinPieces(list)
	}
	return value, params
}

// splitParams parts at semicolons outside quotes.
func splitParams(s string) []string {
	var parts []string
	var part strings.Builder
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted && i+1 < len(s):
			part.WriteByte(s[i])
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			parts = append(parts, part.String())
			part.Reset()
			continue
		}
		part.WriteByte(s[i])
	}
	if part.Len() > 0 || len(parts) > 0 {
		parts = append(parts, part.String())
	}
	return parts
}

func unquote(s string) string {
	if len(s) == 0 || s[0] != '"' {
		if i := strings.IndexAny(s, " \t"); i > 0 && strings.HasPrefix(s[i+1:], "(") {
			s = s[:i] // a comment after the value
		}
		return s
	}
	var out strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		// A backslash is an escape only before what needs one; else it is a path.
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// piece is one part of a parameter of RFC 2231: "filename*1*=…".
type piece struct {
	number  int
	encoded bool
	text    string
}

func continued(name string) (base string, number int, encoded, ok bool) {
	base, rest, ok := strings.Cut(name, "*")
	if !ok || base == "" {
		return "", 0, false, false
	}
	rest, encoded = strings.CutSuffix(rest, "*")
	if rest == "" {
		return base, 0, true, true
	}
	number, err := strconv.Atoi(rest)
	return base, number, encoded, err == nil
}

func joinPieces(list []piece) string {
	slices.SortStableFunc(list, func(a, b piece) int { return a.number - b.number })
	charset := ""
	var raw []byte
	for i, p := range list {
		if !p.encoded {
			raw = append(raw, p.text...)
			continue
		}
		text := p.text
		if i == 0 {
			if fields := strings.SplitN(text, "'", 3); len(fields) == 3 {
				charset, text = fields[0], fields[2]
			}
		}
		raw = append(raw, percent(text)...)
	}
	text, _ := decodeText(raw, charset)
	return text
}

func percent(s string) []byte {
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		} else {
			out = append(out, s[i])
		}
	}
	return out
}
