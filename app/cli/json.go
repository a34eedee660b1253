package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"
	"time"
)

// writeJSON prints one JSON document with line breaks.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// writeJSONLine prints a value on one line, for output that goes on and on.
func writeJSONLine(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// writeArray prints a JSON array, one element a line, as they come: none of
// them is held. What has no element prints [].
func writeArray[T any](w io.Writer, list iter.Seq2[T, error]) error {
	var line bytes.Buffer
	e := json.NewEncoder(&line)
	e.SetEscapeHTML(false)
	before, end := "[\n", "[]\n"
	for v, err := range list {
		if err != nil {
			return err
		}
		line.Reset()
		line.WriteString(before)
		if err := e.Encode(v); err != nil {
			return err
		}
		if _, err := w.Write(bytes.TrimSuffix(line.Bytes(), []byte("\n"))); err != nil {
			return err
		}
		before, end = ",\n", "\n]\n"
	}
	_, err := io.WriteString(w, end)
	return err
}

// each yields what f makes of every element.
func each[A, B any](list []A, f func(A) B) iter.Seq2[B, error] {
	return func(yield func(B, error) bool) {
		for _, a := range list {
			if !yield(f(a), nil) {
				return
			}
		}
	}
}

// asTheyAre are the values of a list, for writeArray.
func asTheyAre[T any](list []T) iter.Seq2[T, error] {
	return each(list, func(v T) T { return v })
}

// full is a list that is never null in JSON.
func full[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// moment is a time as JSON has it: RFC 3339 in UTC, or null where there is none.
func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339)
	return &s
}
