package change

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestClockNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := HLC(rapid.Uint64().Draw(t, "last"))
		for range 20 {
			now := time.UnixMilli(rapid.Int64().Draw(t, "now"))
			next := Next(last, now)
			if next <= last && last != math.MaxUint64 || next < last {
				t.Fatalf("%v came after %v", next, last)
			}
			if ms := now.UnixMilli(); ms > 0 && ms < 1<<48 && next.Time().Before(now.Truncate(time.Millisecond)) {
				t.Fatalf("%v is before now, %v", next.Time(), now)
			}
			if back, err := ParseHLC(next.String()); err != nil || back != next {
				t.Fatalf("%v reads back as %v: %v", next, back, err)
			}
			last = next
		}
	})
}

func TestClockTextSortsAsItReads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := HLC(rapid.Uint64().Draw(t, "a")), HLC(rapid.Uint64().Draw(t, "b"))
		if (a < b) != (a.String() < b.String()) {
			t.Fatalf("%v and %v sort otherwise as text", a, b)
		}
	})
}

func TestClockTextHasOneForm(t *testing.T) {
	for _, s := range []string{"", "0", "00000000000000000", "000000000000000A", "+00000000000000a", "0x0000000000000a", "00000000_000000a"} {
		if _, err := ParseHLC(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q: %v", s, err)
		}
	}
}
