package codec

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// A List reads a list that a spreadsheet or another program wrote: lines of
// values between commas, semicolons, tabs or bars, in UTF-8, UTF-16 or
// Windows-1252, with line breaks inside quotation marks. Its first line names
// the columns. It holds one row at a time.
type List struct {
	in      *bufio.Reader
	ahead   []string // lines that were read and not used
	line    int      // of the file, that was read last
	comma   byte
	charset string
	header  []string
}

// A Row is one row of a list.
type Row struct {
	Line  int // in the file, of its first one; the list's first line is 1
	Cells []string
	// Broken says why the row cannot be trusted, or "". Its cells are then as
	// near to what was meant as can be had.
	Broken string
}

// longestRow is how many lines a row with line breaks in it may have: past that a
// quotation mark was never closed.
const longestRow = 200

// sniffed is how many bytes decide the separator.
const sniffed = 64 << 10

// ReadList begins to read a list. It returns io.EOF for one without a line.
func ReadList(r io.Reader) (*List, error) {
	l := &List{charset: "UTF-8"}
	in := bufio.NewReaderSize(r, sniffed)
	head, err := in.Peek(sniffed)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}), bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		l.charset = "UTF-16"
		in = bufio.NewReaderSize(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in), sniffed)
		if head, err = in.Peek(sniffed); err != nil && err != io.EOF {
			return nil, err
		}
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = in.Discard(3) // they are in the buffer
		head = head[3:]
	}
	l.in = in
	l.comma = separatorOf(head)
	if sep, ok := l.namedSeparator(head); ok {
		l.comma = sep
		if _, err := l.readLine(); err != nil {
			return nil, err
		}
	}
	first, err := l.Next()
	if err != nil {
		return nil, err
	}
	for i, name := range first.Cells {
		first.Cells[i] = strings.Join(strings.Fields(name), " ")
	}
	for len(first.Cells) > 1 && first.Cells[len(first.Cells)-1] == "" { // a separator at the end of each line
		first.Cells = first.Cells[:len(first.Cells)-1]
	}
	l.header = first.Cells
	return l, nil
}

// Header is the names of the columns.
func (l *List) Header() []string { return l.header }

// Separator is the mark between values.
func (l *List) Separator() byte { return l.comma }

// Charset is how what was read so far was written: "UTF-8", "UTF-16" or
// "Windows-1252".
func (l *List) Charset() string { return l.charset }

// namedSeparator is that of a first line like "sep=;", which spreadsheets write.
func (l *List) namedSeparator(head []byte) (byte, bool) {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSpace(line)
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}

// Next returns the next row that is not empty, or io.EOF. A row with fewer or
// more values than there are columns is broken, and so is one with a quotation
// mark that is never closed; the rows behind it are not lost.
func (l *List) Next() (Row, error) {
	for {
		line, err := l.readLine()
		if err != nil {
			return Row{}, err
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		row := l.row(line)
		if !row.isEmpty() {
			return row, nil
		}
	}
}

func (r Row) isEmpty() bool {
	for _, c := range r.Cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// row reads the row that begins with a line.
func (l *List) row(first string) Row {
	row := Row{Line: l.line}
	text, more := first, []string(nil)
	for {
		cells, open, wrong := split(text, l.comma)
		if !open {
			fit, counts := l.fit(cells)
			if wrong == "" {
				wrong = counts
			}
			if wrong == "" || len(more) == 0 {
				row.Cells, row.Broken = fit, wrong
				return row
			}
		}
		if !open || len(more) >= longestRow {
			break
		}
		next, err := l.readLine()
		if err != nil {
			break
		}
		more = append(more, next)
		text += "\n" + next
	}
	// A mark that was opened here and closed in another row: give those lines back.
	l.ahead = append(more, l.ahead...)
	l.line -= len(more)
	cells, _ := l.fit(strings.Split(first, string(l.comma)))
	row.Cells, row.Broken = cells, "a quotation mark is never closed"
	return row
}

// fit says whether a row has as many values as there are columns; empty ones at
// the end do not count.
func (l *List) fit(cells []string) ([]string, string) {
	if l.header == nil {
		return cells, ""
	}
	want := len(l.header)
	for len(cells) > want && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	switch {
	case len(cells) < want:
		return cells, "it has " + values(len(cells)) + " where the first line names " + values(want)
	case len(cells) > want:
		return cells, "it has " + values(len(cells)) + " where the first line names " + values(want) + "; a value with the separator in it needs quotation marks"
	}
	return cells, ""
}

func values(n int) string {
	if n == 1 {
		return "1 value"
	}
	return itoa(n) + " values"
}

// split parts a row into its values. open says that a quotation mark is not
// closed yet; wrong says what cannot be right.
func split(s string, comma byte) (cells []string, open bool, wrong string) {
	for {
		start := strings.TrimLeft(s, " ")
		if !strings.HasPrefix(start, `"`) {
			value, rest, more := strings.Cut(s, string(comma))
			cells = append(cells, strings.TrimSpace(value))
			if !more {
				return cells, false, wrong
			}
			s = rest
			continue
		}
		value, rest, closed := unquote(start[1:])
		cells = append(cells, value)
		if !closed {
			return cells, true, wrong
		}
		rest = strings.TrimLeft(rest, " ")
		if rest == "" {
			return cells, false, wrong
		}
		if rest[0] != comma {
			wrong = "there is text behind a closing quotation mark"
			_, rest, _ = strings.Cut(rest, string(comma))
			s = rest
			continue
		}
		s = rest[1:]
	}
}

// unquote reads up to the closing quotation mark; two of them are one of the
// value.
func unquote(s string) (value, rest string, closed bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			b.WriteString(s)
			return b.String(), "", false
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if !strings.HasPrefix(s, `"`) {
			return b.String(), s, true
		}
		b.WriteByte('"')
		s = s[1:]
	}
}

// readLine returns a line without its end, as UTF-8. Old Mac line ends are line
// ends too.
func (l *List) readLine() (string, error) {
	if len(l.ahead) > 0 {
		s := l.ahead[0]
		l.ahead = l.ahead[1:]
		l.line++
		return s, nil
	}
	s, err := l.in.ReadString('\n')
	if err != nil && (err != io.EOF || s == "") {
		return "", err
	}
	l.line++
	s = strings.TrimRight(s, "\r\n")
	if !utf8.ValidString(s) {
		l.charset = "Windows-1252"
		if decoded, err := charmap.Windows1252.NewDecoder().String(s); err == nil {
			s = decoded
		}
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	s = strings.ReplaceAll(s, "\x00", "")
	if first, rest, old := strings.Cut(s, "\r"); old && !strings.Contains(s, `"`) {
		l.ahead = append(strings.Split(rest, "\r"), l.ahead...)
		return first, nil
	}
	return s, nil
}

// separatorOf is the mark that parts the first lines most evenly.
func separatorOf(head []byte) byte {
	lines := strings.Split(strings.TrimPrefix(string(head), "\ufeff"), "\n")
	if len(lines) > 1 {
		lines = lines[:len(lines)-1] // it may be cut
	}
	best, most := byte(','), 0
	for _, comma := range []byte{',', ';', '\t', '|'} {
		want, even := 0, 0
		for _, line := range lines[:min(len(lines), 60)] {
			cells, open, _ := split(strings.TrimRight(line, "\r"), comma)
			switch {
			case open || len(cells) < 2 && want == 0:
			case want == 0:
				want, even = len(cells), 1
			case len(cells) == want:
				even++
			}
		}
		if score := even*8 + min(want, 7); even > 0 && score > most {
			best, most = comma, score
		}
	}
	return best
}

// WriteRow writes one row of a list.
func WriteRow(w io.Writer, comma byte, cells []string) error {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(comma)
		}
		if strings.ContainsAny(c, "\"\r\n\t"+string(comma)) || strings.TrimSpace(c) != c {
			c = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
		}
		b.WriteString(c)
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}
