package text

import (
	"strings"
	"unicode/utf8"
)

// flowWidth is how many letters a line of a mail takes at most, where it can be broken (RFC 3676, section 4.2).
const flowWidth = 72

// signatureMark is the line before a signature (RFC 3676, section 4.3), the only one that keeps a blank at its end.
const signatureMark = "-- "

// Flow writes paragraphs as lines in format=flowed without DelSp (RFC 3676): long ones are broken at blanks into lines
// that end with one, quote marks stand before each line and without blanks between them, and a line that would be
// misread is stuffed with a blank. Line ends are LF. Whoever knows the format sees the paragraphs whole again; to
// others they are lines of 72 letters.
func Flow(s string) string {
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s), "\n")
	var out []string
	for _, line := range lines {
		marks, words := quoteMarks(line)
		if words != signatureMark {
			words = strings.TrimRight(words, " \t")
		}
		out = append(out, flowLine(marks, words)...)
	}
	return strings.Join(out, "\n")
}

// quoteMarks parts a line "> >> words" into its marks, ">>>", and its words.
func quoteMarks(line string) (marks, words string) {
	rest := line
	for {
		switch {
		case strings.HasPrefix(rest, ">"):
			marks, rest = marks+">", rest[1:]
		case marks != "" && strings.HasPrefix(rest, " >"):
			rest = rest[1:]
		case marks != "":
			return marks, strings.TrimPrefix(rest, " ")
		default:
			return "", line
		}
	}
}

func flowLine(marks, words string) []string {
	var out []string
	for rest := words; ; {
		head, tail := breakAt(rest, flowWidth-len(marks)-1)
		out = append(out, marks+stuffed(marks, head))
		if tail == "" {
			return out
		}
		rest = tail
	}
}

// breakAt parts words behind the last blanks that begin within the width, else behind the first ones; tail is "" where
// the words fit or have no blank.
func breakAt(words string, width int) (head, tail string) {
	if utf8.RuneCountInString(words) <= width || words == signatureMark {
		return words, ""
	}
	letters, end := 0, -1
	for i := 0; i < len(words); {
		r, size := utf8.DecodeRuneInString(words[i:])
		if letters++; r == ' ' && i+size < len(words) && words[i+size] != ' ' {
			if letters > width && end >= 0 {
				break
			}
			end = i + size
		}
		i += size
	}
	if end < 0 || words[:end] == signatureMark {
		return words, ""
	}
	return words[:end], words[end:]
}

// stuffed is a line's words with a blank before them where they would be taken for something else. Behind quote marks
// one always stands, as people expect it, but for empty lines.
func stuffed(marks, words string) string {
	switch {
	case words == "":
		return ""
	case marks != "", strings.HasPrefix(words, " "), strings.HasPrefix(words, ">"), strings.HasPrefix(words, "From "):
		return " " + words
	}
	return words
}

// Quoted puts a quote mark before every line.
func Quoted(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		switch {
		case line == "", strings.HasPrefix(line, ">"):
			lines[i] = ">" + line
		default:
			lines[i] = "> " + line
		}
	}
	return strings.Join(lines, "\n")
}

// WithoutSignature is a body without what its sender's program added at its end: signature and legal notice. The
// history stays.
func WithoutSignature(body string) string {
	var b strings.Builder
	for _, part := range Split(body) {
		if part.Kind == KindOwn || part.Kind == KindQuote {
			b.WriteString(part.Text)
		}
	}
	return strings.TrimRight(b.String(), " \t\n")
}
