package store

import (
	"context"
	"testing"
	"time"

	"rapport/data"
)

// TestReadingMessagesTakesOneConnection reads within a reading, as deep as there
// are connections.
func TestReadingMessagesTakesOneConnection(t *testing.T) {
	db := fromAnna(t)
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	var read func(deep int) int
	read = func(deep int) (n int) {
		if deep == 0 {
			return 1
		}
		for _, err := range db.Messages(ctx, data.MessageQuery{}) {
			if err != nil {
				t.Fatal(err)
			}
			n += read(deep - 1)
		}
		return n
	}
	if n := read(readers); n != 1 {
		t.Errorf("read %d times, want once", n)
	}
}
