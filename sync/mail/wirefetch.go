package mail

import (
	"bytes"
	"strings"
)

// repairFetch is a FETCH answer, up to its first literal, without what the
// library would die of: items that nobody asked for, a date or a size that is
// none, MODSEQ without its parentheses, and marks that no server may set. A line
// that does not read like one stays as it is.
func repairFetch(line []byte) []byte {
	open := bytes.IndexByte(line, '(')
	if open < 0 {
		return line
	}
	out := bytes.NewBuffer(make([]byte, 0, len(line)+2))
	out.Write(line[:open])
	separator, at := byte('('), open+1
	for at < len(line) {
		name, value, next := fetchItem(line, at)
		if next < 0 || isKept(name) {
			// A literal follows, or the end, or something that only the library
			// may judge.
			if separator == '(' || line[at] != ')' {
				out.WriteByte(separator)
			}
			out.Write(line[at:])
			return out.Bytes()
		}
		if value = repairItem(strings.ToUpper(name), value); value != "" {
			out.WriteByte(separator)
			out.WriteString(name)
			out.WriteByte(' ')
			out.WriteString(value)
			separator = ' '
		}
		for at = next; at < len(line) && line[at] == ' '; at++ {
		}
	}
	return line
}

// isKept says whether an item and all that follows is left to the library: what
// holds the mail itself.
func isKept(name string) bool {
	name = strings.ToUpper(name)
	return strings.HasPrefix(name, "BODY") || strings.HasPrefix(name, "BINARY") || strings.HasPrefix(name, "RFC822.HEADER") ||
		strings.HasPrefix(name, "RFC822.TEXT") || name == "RFC822" || name == "ENVELOPE"
}

// fetchItem reads an item's name and value at i and says where they end; -1 where
// there is none.
func fetchItem(line []byte, i int) (name, value string, next int) {
	n := bytes.IndexAny(line[i:], " ()\r\n")
	if n <= 0 {
		return "", "", -1
	}
	name = string(line[i : i+n])
	i += n
	if line[i] != ' ' {
		return name, "", -1
	}
	i++
	end := valueEnd(line, i)
	if end < 0 {
		return name, "", -1
	}
	return name, string(line[i:end]), end
}

// valueEnd is where the atom, string or list that begins at i ends; -1 where it
// does not.
func valueEnd(line []byte, i int) int {
	depth := 0
	for j := i; j < len(line); j++ {
		switch line[j] {
		case '"':
			_, end := tokenAt(line, j)
			if end < 0 {
				return -1
			}
			j = end - 1
		case '(':
			depth++
		case ')':
			if depth == 0 {
				return j
			}
			depth--
		case ' ':
			if depth == 0 {
				return j
			}
		case '\r', '\n', '{':
			return -1
		}
		if depth == 0 && line[j] == ')' {
			return j + 1
		}
	}
	return -1
}

// repairItem is the value of an item as the library can bear it; "" leaves the
// item out.
func repairItem(name, value string) string {
	switch name {
	case "UID":
		return value
	case "RFC822.SIZE":
		if strings.Trim(value, "0123456789") != "" {
			return ""
		}
		return value
	case "INTERNALDATE":
		if value == `""` || strings.EqualFold(value, "NIL") {
			return ""
		}
		return value
	case "MODSEQ":
		if !strings.HasPrefix(value, "(") {
			return "(" + value + ")"
		}
		return value
	case "FLAGS":
		return repairFlags(value)
	}
	return ""
}

// repairFlags leaves out the marks that are no atoms.
func repairFlags(value string) string {
	var kept []string
	for _, flag := range strings.Fields(strings.Trim(value, "()")) {
		if !strings.ContainsAny(strings.TrimPrefix(flag, `\`), `(){%*"\]`) {
			kept = append(kept, flag)
		}
	}
	return "(" + strings.Join(kept, " ") + ")"
}
