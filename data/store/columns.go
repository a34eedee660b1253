package store

import "strings"

// leading scans further columns before those of the scan function it is given
// to.
type leading struct {
	row
	into []any
}

func (l leading) Scan(dest ...any) error {
	return l.row.Scan(append(append([]any{}, l.into...), dest...)...)
}

// prefixed puts a table's name before each of its columns.
func prefixed(table, columns string) string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = table + "." + strings.TrimSpace(n)
	}
	return strings.Join(names, ", ")
}
