package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"math/bits"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// rows is what a scan function reads from: one row.
type row interface{ Scan(dest ...any) error }

// source is anything that can be asked: the readers, the writer, a transaction.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// query returns every row of a question, scanned.
func query[T any](ctx context.Context, q asker, scan func(row) (T, error), question string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, question, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// one returns the first row of a question, or the zero value and
// data.ErrNotFound.
func one[T any](ctx context.Context, q asker, scan func(row) (T, error), question string, args ...any) (T, error) {
	v, err := scan(q.QueryRowContext(ctx, question, args...))
	if err == nil {
		return v, nil
	}
	var none T
	if errors.Is(err, sql.ErrNoRows) {
		return none, data.ErrNotFound
	}
	return none, err
}

func scanString(r row) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}
func scanInt(r row) (n int, err error) {
	err = r.Scan(&n)
	return n, err
}

// timeOf is a stored time; 0 is the zero time.
func timeOf(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// asJSON writes a value whose kind cannot fail to be written.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic("bug: " + err.Error())
	}
	return string(b)
}

// listJSON writes a list; an empty one is [].
func listJSON[T any](list []T) string {
	if len(list) == 0 {
		return "[]"
	}
	return asJSON(list)
}

// fromJSON reads a value that was stored as JSON.
func fromJSON[T any](text string) (v T, err error) {
	return v, json.Unmarshal([]byte(text), &v)
}

// chunk is how many values are asked about at once.
const chunk = 512

// inChunks asks about a long list in parts that a statement can take.
func inChunks(list []any, ask func(marks string, args []any) error) error {
	for part := range slices.Chunk(list, chunk) {
		if err := ask(marksOf(len(part)), part); err != nil {
			return err
		}
	}
	return nil
}

// inEvenChunks is inChunks with parts of few lengths, for a question that is asked
// for each batch of mails and so is worth being prepared: reading the question
// takes as long as answering it. What is missing of a length is the last value
// again, which IN does not mind.
func inEvenChunks(list []any, ask func(marks string, args []any) error) error {
	return inChunks(list, func(_ string, args []any) error {
		even := 1 << bits.Len(uint(len(args)-1))
		for len(args) < even {
			args = append(args, args[len(args)-1])
		}
		return ask(marksOf(even), args)
	})
}

// marksOf are the marks of so many values of a question.
func marksOf(n int) string { return "?" + strings.Repeat(", ?", n-1) }
