package team

import (
	"fmt"
	"testing"

	"rapport/data/change"
)

// busy is a log of 100,000 changes in its segments.
func busy(b *testing.B) (d *desk, changes []change.Change, runs [][]change.Change) {
	d = newDesk(b, 1)
	for i := range 100_000 { // four fields each of 25,000 things
		ref := change.Ref{Kind: "contact", ID: fmt.Sprintf("7f3e4a6b11%06d", i/4)}
		changes = append(changes, d.author.Set(start, ref, []string{"name", "phone", "mail", "note"}[i%4], fmt.Sprintf("value %d", i), nil))
	}
	runs, err := Split(changes)
	if err != nil {
		b.Fatal(err)
	}
	return d, changes, runs
}

// BenchmarkSeal seals 100,000 changes.
func BenchmarkSeal(b *testing.B) {
	d, _, runs := busy(b)
	for b.Loop() {
		d.tip = Tip{}
		for _, run := range runs {
			d.seal(b, run)
		}
	}
}

// BenchmarkOpen verifies and opens 100,000 changes, and BenchmarkNewcomer puts
// them into a replica too: what a newcomer does but for the disk.
func BenchmarkOpen(b *testing.B)     { newcomer(b, false) }
func BenchmarkNewcomer(b *testing.B) { newcomer(b, true) }

func newcomer(b *testing.B, apply bool) {
	d, changes, runs := busy(b)
	var names []string
	var bodies [][]byte
	size := 0
	for _, run := range runs {
		name, body := d.seal(b, run)
		names, bodies, size = append(names, name), append(bodies, body), size+len(body)
	}
	for b.Loop() {
		var tip Tip
		replica := change.NewReplica()
		n := 0
		for i := range names {
			s, err := OpenSegment(names[i], bodies[i], d.keys)
			if err != nil {
				b.Fatal(err)
			}
			if tip, err = tip.Follow(s); err != nil {
				b.Fatal(err)
			}
			n += len(s.Changes)
			for _, c := range s.Changes {
				if apply {
					replica.Receive(c)
				}
			}
		}
		if n != len(changes) {
			b.Fatalf("%d changes came out", n)
		}
	}
	b.ReportMetric(float64(size)/float64(len(changes)), "bytes/change")
	b.ReportMetric(float64(len(names)), "segments")
}
