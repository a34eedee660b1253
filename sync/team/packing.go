package team

// A Held is a segment of a log of one's own, for deciding what to pack.
type Held struct {
	Epoch       string
	First, Last uint64
	Size        int  // bytes of its piece
	Settled     bool // it was written long enough ago that all who are at work have it
}

// PackAt is how many small segments become one; those that came of packing are small in
// turn until they are not. So the number of a log's segments grows with what is
// written, and hardly with how often.
const PackAt = 32

const (
	packMost = 20_000  // changes
	packSize = 700_000 // bytes, which packed together are fewer
)

// tiers are the sizes below which segments are packed with their like; so that what
// is large already is not written again for each handful of new changes.
var tiers = []int{8 << 10, 64 << 10}

func tier(size int) int {
	for i, below := range tiers {
		if size < below {
			return i
		}
	}
	return len(tiers)
}

// ToPack is the first run of the segments of one log, in their order, that one pack
// should stand for: list[from:to], empty where there is none.
func ToPack(list []Held) (from, to int) {
	size := 0
	for i, h := range list {
		if !h.Settled || tier(h.Size) == len(tiers) {
			from, size = i+1, 0
			continue
		}
		if i > from && (!h.goesWith(list[i-1]) || h.Last-list[from].First >= packMost) {
			from, size = i, 0
		}
		if size += h.Size; i+1-from == PackAt || size > packSize {
			return from, i + 1
		}
	}
	return 0, 0
}

// goesWith says whether a segment follows another that it may be packed with.
func (h Held) goesWith(before Held) bool {
	return h.First == before.Last+1 && h.Epoch == before.Epoch && tier(h.Size) == tier(before.Size)
}
