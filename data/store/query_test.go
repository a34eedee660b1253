package store

import (
	"slices"
	"strings"
	"testing"
)

// Batches have any number of mails. Their questions have few lengths, ask about
// each of them, and about nothing else.
func TestEvenChunksAskAboutAllInFewLengths(t *testing.T) {
	lengths := map[int]bool{}
	for n := range 2*chunk + 2 {
		list := make([]any, n)
		for i := range list {
			list[i] = i
		}
		whole := slices.Clone(list)
		asked := map[any]bool{}
		if err := inEvenChunks(list, func(marks string, args []any) error {
			if have := strings.Count(marks, "?"); have != len(args) || have > chunk {
				t.Fatalf("%d marks for %d values", have, len(args))
			}
			lengths[len(args)] = true
			for _, a := range args {
				asked[a] = true
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if len(asked) != n || !slices.Equal(list, whole) {
			t.Errorf("of %d values %d are asked about, and the list is then %v", n, len(asked), list)
		}
	}
	if len(lengths) != 10 {
		t.Errorf("%d lengths, want the ten powers of two up to %d", len(lengths), chunk)
	}
}
