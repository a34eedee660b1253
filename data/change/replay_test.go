package change

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// TestReplayInAnyOrder reads each entity's history in a random order and wants
// what the replica has that applied everything in turn.
func TestReplayInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := run(r)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(r, "order"), 7))
		for _, d := range w.devices {
			for ref, want := range d.replica.Entities {
				var history []Change
				for _, c := range w.sent {
					if c.Entity == ref && d.replica.Have.Has(c.Dot) {
						history = append(history, c)
					}
				}
				random.Shuffle(len(history), func(i, j int) { history[i], history[j] = history[j], history[i] })
				if got := Replay(history); !reflect.DeepEqual(got, want) {
					r.Fatalf("%v: replay gives %v, the replica has %v", ref, got, want)
				}
			}
		}
	})
}
