package cli

import (
	"io"
	"strings"
	"unicode"
)

// screen is how many cells wide the tables and texts are.
const screen = 96

// column is one column of a table. What does not fit is cut with "…".
type column struct {
	head  string
	least int // cells
	most  int // cells, 0: as wide as its widest cell
	right bool
	rest  bool // takes what the others leave
}

// table writes rows under heads, each column as wide as its widest cell. An
// empty head on every column writes no line of heads.
func table(w io.Writer, columns []column, rows [][]string) error {
	heads, any := make([]string, len(columns)), false
	for i, c := range columns {
		heads[i] = c.head
		any = any || c.head != ""
	}
	if any {
		rows = append([][]string{heads}, rows...)
	}
	rows = cleanRows(rows)
	widths := widthsOf(columns, rows)
	var b strings.Builder
	for _, row := range rows {
		var l strings.Builder
		for i, cell := range row {
			if i > 0 {
				l.WriteString("  ")
			}
			cell = cut(cell, widths[i])
			gap := strings.Repeat(" ", widths[i]-cells(cell))
			if columns[i].right {
				l.WriteString(gap + cell)
			} else {
				l.WriteString(cell + gap)
			}
		}
		b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func cleanRows(rows [][]string) [][]string {
	clean := make([][]string, len(rows))
	for i, row := range rows {
		clean[i] = make([]string, len(row))
		for j, cell := range row {
			clean[i][j] = strings.Join(strings.Fields(plainText(cell)), " ")
		}
	}
	return clean
}

func widthsOf(columns []column, rows [][]string) []int {
	widths := make([]int, len(columns))
	rest, used := -1, 2*(len(columns)-1)
	for i, c := range columns {
		widths[i] = c.least
		for _, row := range rows {
			widths[i] = max(widths[i], cells(row[i]))
		}
		if c.most > 0 {
			widths[i] = min(widths[i], c.most)
		}
		if c.rest {
			rest = i
			continue
		}
		used += widths[i]
	}
	if rest >= 0 {
		widths[rest] = min(widths[rest], max(screen-used, 16))
	}
	return widths
}

// cut shortens a text to a width.
func cut(s string, width int) string {
	if cells(s) <= width {
		return s
	}
	used, end := 1, 0
	for i, r := range s {
		if used += cellsOf(r); used > width {
			break
		}
		end = i + len(string(r))
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// cells is how wide a text is on a terminal.
func cells(s string) int {
	n := 0
	for _, r := range s {
		n += cellsOf(r)
	}
	return n
}

func cellsOf(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, wide):
		return 2
	}
	return 1
}

// wide are the letters that take two cells, by the blocks of Unicode's
// EastAsianWidth.txt.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{{0x1100, 0x115f, 1}, {0x2e80, 0x303e, 1}, {0x3041, 0xa4cf, 1}, {0xa960, 0xa97f, 1}, {0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfe30, 0xfe6f, 1}, {0xff00, 0xff60, 1}, {0xffe0, 0xffe6, 1}},
	R32: []unicode.Range32{{0x1f300, 0x1f64f, 1}, {0x1f900, 0x1f9ff, 1}, {0x20000, 0x3fffd, 1}},
}

// plainText is a text that cannot steer a terminal: control characters and
// those that turn the direction of writing are gone, but for line breaks and
// tabs.
func plainText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
