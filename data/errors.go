package data

import (
	"errors"
	"fmt"
	"strings"
)

// ErrNotFound says that nothing has the name or ID that was asked for.
var ErrNotFound = errors.New("not found")

// ErrConflict says that what is stored already stands in the way of a write,
// as a second account with the same domain does.
var ErrConflict = errors.New("already there")

// Invalid is a value that cannot be kept. Its text is a sentence for people:
// what is wrong with which field, and what would be right.
type Invalid struct {
	Field string
	Says  string
}

// Error returns the field and what is wrong with it.
func (e *Invalid) Error() string { return e.Field + ": " + e.Says }

func invalid(field, format string, args ...any) *Invalid {
	return &Invalid{Field: field, Says: fmt.Sprintf(format, args...)}
}

// Ambiguous is a name that fits more than one thing. Candidates are printed for
// people, best first.
type Ambiguous struct {
	Ref        string
	Candidates []string
}

// Error names the reference and its candidates on lines of their own.
func (e *Ambiguous) Error() string {
	return fmt.Sprintf("%q fits more than one; say which:\n  %s", e.Ref, strings.Join(e.Candidates, "\n  "))
}
