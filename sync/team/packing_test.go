package team

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func TestWhatIsPacked(t *testing.T) {
	some := func(n, size int) (list []Held) {
		for i := range n {
			list = append(list, Held{Epoch: "e", First: uint64(i + 1), Last: uint64(i + 1), Size: size, Settled: true})
		}
		return list
	}
	with := func(list []Held, alter func([]Held)) []Held {
		alter(list)
		return list
	}
	for _, tt := range []struct {
		name     string
		list     []Held
		from, to int
	}{
		{"nothing", nil, 0, 0},
		{"too few", some(PackAt-1, 700), 0, 0},
		{"enough", some(PackAt, 700), 0, PackAt},
		{"more than enough", some(2*PackAt, 700), 0, PackAt},
		{"the first ones are large", with(some(PackAt+2, 700), func(l []Held) { l[0].Size, l[1].Size = 100_000, 300_000 }), 2, PackAt + 2},
		{"the last is of today", with(some(PackAt, 700), func(l []Held) { l[PackAt-1].Settled = false }), 0, 0},
		{"another key in between", with(some(PackAt+9, 700), func(l []Held) {
			for i := range 9 {
				l[i].Epoch = "d"
			}
		}), 9, PackAt + 9},
		{"a gap in between", with(some(PackAt+9, 700), func(l []Held) {
			for i := range l[9:] {
				l[9+i].First, l[9+i].Last = uint64(100+i), uint64(100+i)
			}
		}), 9, PackAt + 9},
		{"larger ones with their like", with(some(PackAt+9, 20_000), func(l []Held) { l[8].Size = 700 }), 9, PackAt + 9},
		{"no more than fits a piece", some(PackAt, 60_000), 0, 12},
		{"all are large", some(100, 64<<10), 0, 0},
	} {
		if from, to := ToPack(tt.list); from != tt.from || to != tt.to {
			t.Errorf("%s: %d to %d, want %d to %d", tt.name, from, to, tt.from, tt.to)
		}
	}
}

// TestAYearOfATeamStaysFewFiles lets 20 people write on 250 days, each day up to 160
// times so far apart that each is a segment of its own. Sizes are about
// those that were measured: 660 bytes of one change, 960 of a pack of 32.
func TestAYearOfATeamStaysFewFiles(t *testing.T) {
	const people, days = 20, 250
	random := rand.New(rand.NewPCG(1, 2))
	total, most, written, repacked := 0, 0, 0, 0
	logs := make([][]Held, people)
	times := make([][]int, people) // the day of each
	for day := range days {
		files := 0
		for p := range people {
			next := uint64(1)
			if n := len(logs[p]); n > 0 {
				next = logs[p][n-1].Last + 1
			}
			for range random.IntN(160) {
				n := 1 + random.IntN(6)
				logs[p] = append(logs[p], Held{Epoch: "e", First: next, Last: next + uint64(n) - 1, Size: 650 + 15*n})
				times[p] = append(times[p], day)
				next += uint64(n)
				written++
			}
			waiting := 0 // packed today, and taken away tomorrow
			for {
				for i := range logs[p] {
					logs[p][i].Settled = times[p][i] < day
				}
				from, to := ToPack(logs[p])
				if from == to {
					break
				}
				first, last := logs[p][from], logs[p][to-1]
				pack := Held{Epoch: "e", First: first.First, Last: last.Last, Size: 650 + 10*int(last.Last-first.First+1)}
				logs[p] = append(append(append([]Held{}, logs[p][:from]...), pack), logs[p][to:]...)
				times[p] = append(append(append([]int{}, times[p][:from]...), day), times[p][to:]...)
				waiting += to - from
				repacked++
			}
			files += len(logs[p]) + waiting
		}
		most = max(most, files)
		total = files
	}
	t.Logf("%d segments were written and %d packs made of them; %d files lie there in the end, %d at most", written, repacked, total, most)
	const others = 2*people + 100*12 + 500 // words, snapshots of a newcomer a month, records and keys
	if most+others >= 20_000 {
		t.Errorf("%d files lie there, and %d others", most, others)
	}
	if repacked > written/16 {
		t.Errorf("%d packs were made of %d segments", repacked, written)
	}
	for p, list := range logs {
		for i, h := range list[1:] {
			if h.First != list[i].Last+1 {
				t.Fatal(fmt.Sprint("person ", p, ": a gap before ", h.First))
			}
		}
	}
}
