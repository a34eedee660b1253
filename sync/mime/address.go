package mime

import (
	"strings"

	"rapport/data"
	"rapport/data/text"
)

// parseAddresses reads a list of addresses without ever failing: groups give
// their members, routes and comments are passed over, semicolons and missing
// commas part addresses as commas do, and an entry without an address is kept as
// a name.
func parseAddresses(value string) []data.Address {
	var list []data.Address
	for _, entry := range splitAddresses(value) {
		if a, ok := parseAddress(entry); ok {
			list = append(list, a)
		}
	}
	return list
}

// maxAddresses is how many bytes of a list are read, far more than any mail to
// people has.
const maxAddresses = 256 << 10

// splitAddresses parts a list at commas, semicolons and the end of a group's
// name, but not in quotes, comments or angle brackets, and after an angle bracket
// where the next entry follows without a comma.
func splitAddresses(s string) []string {
	var entries []string
	s = s[:min(len(s), maxAddresses)]
	var entry strings.Builder
	cut := func() {
		if e := strings.TrimSpace(entry.String()); e != "" {
			entries = append(entries, e)
		}
		entry.Reset()
	}
	quotes := balanced(s)
	quoted, angle, comment := false, false, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (quoted || comment > 0):
			entry.WriteByte(c)
			i++
			c = s[i]
		case c == '"' && comment == 0 && quotes:
			quoted = !quoted
		case quoted:
		case c == '(' && strings.IndexByte(s[i:], ')') > 0:
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = strings.IndexByte(s[i:], '>') > 0
		case c == '>':
			angle = false
			entry.WriteByte(c)
			if follows(s[i+1:]) {
				cut()
			}
			continue
		case angle:
		case c == ',' || c == ';':
			cut()
			continue
		case c == ':' && !strings.Contains(entry.String(), "@") && !strings.EqualFold(strings.TrimSpace(entry.String()), "mailto"):
			entry.Reset() // a group's name
			continue
		}
		entry.WriteByte(c)
	}
	cut()
	return entries
}

// balanced says whether quotes come in pairs; else they are no quotes at all.
func balanced(s string) bool {
	return (strings.Count(s, `"`)-strings.Count(s, `\"`))%2 == 0
}

// follows says whether another address comes after an angle bracket, rather than
// a comment or the end of the entry.
func follows(rest string) bool {
	rest = strings.TrimSpace(rest[:min(len(rest), 1000)])
	return rest != "" && !strings.ContainsAny(rest[:1], ",;(>") && strings.ContainsAny(rest, "@<")
}

// parseAddress reads one entry: "Name <address>", "address (Name)", "address" or
// a name alone.
func parseAddress(entry string) (data.Address, bool) {
	name, address := entry, ""
	if open := strings.LastIndexByte(entry, '<'); open >= 0 {
		name, address = entry[:open], strings.TrimSuffix(strings.TrimSpace(cutComments(entry[open+1:])), ">")
		if route := strings.LastIndexByte(address, ':'); strings.HasPrefix(address, "@") && route > 0 {
			address = address[route+1:]
		}
		address, _, _ = strings.Cut(address, ">")
	} else if strings.Contains(entry, "@") {
		name, address = bareAddress(entry)
	} else if word := strings.Fields(cutComments(entry)); len(word) == 1 && (strings.Contains(entry, "(") || strings.EqualFold(entry, "mailer-daemon")) {
		name, address = bareAddress(entry)
	} else {
		name = cutComments(entry)
	}
	address = unspaced(decodeWords(address))
	name = OneLine(decodeWords(unescape(name)))
	a := data.Address{Email: text.NormalAddress(Printable(address))}
	if !strings.Contains(a.Email, "@") && !isLocal(entry, a.Email) {
		if name == "" {
			name = address
		}
		a.Email = ""
	}
	if name != "" {
		a.Name = text.Name(name, a.Email)
	}
	if a.Name == a.Email {
		a.Name = ""
	}
	return a, a != data.Address{}
}

// isLocal says whether a word without "@" is an address at the server itself,
// rather than somebody's name.
func isLocal(entry, address string) bool {
	return address != "" && strings.ContainsAny(entry, "<(") || address == "mailer-daemon"
}

// bareAddress reads an entry without angle brackets: the word with "@" is the
// address, a comment its name, and else what stands before it.
func bareAddress(entry string) (name, address string) {
	if open := strings.IndexByte(entry, '('); open >= 0 {
		if end := strings.LastIndexByte(entry, ')'); end > open {
			name = entry[open+1 : end]
		}
	}
	plain := cutComments(entry)
	if strings.HasPrefix(strings.TrimSpace(plain), `"`) && strings.Contains(plain, `"@`) {
		return name, strings.ReplaceAll(strings.TrimSpace(plain), `"`, "") // a quoted local part
	}
	words := strings.Fields(plain)
	for i, w := range words {
		if strings.Contains(w, "@") {
			if strings.HasSuffix(w, "@") || strings.HasPrefix(w, "@") {
				return name, strings.Join(words, "") // blanks around the sign
			}
			if name == "" {
				name = strings.Join(words[:i], " ")
			}
			return name, w
		}
	}
	return name, strings.TrimSpace(plain)
}

// cutComments removes what stands in parentheses.
func cutComments(s string) string {
	if strings.IndexByte(s, '(') < 0 {
		return s
	}
	var out strings.Builder
	depth := 0
	for i := range len(s) {
		switch {
		case s[i] == '(':
			depth++
		case s[i] == ')' && depth > 0:
			depth--
		case depth == 0:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

var escapes = strings.NewReplacer(`\"`, `"`, `\\`, `\`)

// unescape takes quotes and their escapes off a name.
func unescape(s string) string {
	s = strings.TrimSpace(s)
	if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = s[1 : len(s)-1]
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return escapes.Replace(s)
}

// messageIDs are the ids in a header's value, without brackets. Where there are
// no brackets, words with "@" are taken for ids.
func messageIDs(value string) []string {
	value = Printable(value)
	var ids []string
	for rest := value; ; {
		_, after, ok := strings.Cut(rest, "<")
		if !ok {
			break
		}
		id, tail, closed := strings.Cut(after, ">")
		if id = unspaced(id); id != "" {
			ids = append(ids, strings.TrimLeft(id, "<"))
		}
		if !closed {
			break
		}
		rest = tail
	}
	if ids != nil {
		return ids
	}
	for _, w := range strings.Fields(value) {
		if strings.Contains(w, "@") {
			ids = append(ids, strings.Trim(w, `<>,;"`))
		}
	}
	return ids
}

// messageID is the one id of a value; a value that has no form of an id is its
// own.
func messageID(value string) string {
	if ids := messageIDs(value); len(ids) > 0 {
		return ids[0]
	}
	return strings.Trim(unspaced(Printable(value)), "<>")
}
