package space

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"rapport/data/store/powercut"
)

// TestNothingSharedIsLostWhenThePowerFails lets five processes edit one account over
// one folder, and cuts the power of one laptop after the other in the middle of it.
// What somebody was told is saved is there in the end, everywhere, and no laptop goes on
// from a state that it had before what it already gave: 5 cuts, and by RAPPORT_LONG up
// to 100.
func TestNothingSharedIsLostWhenThePowerFails(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts dozens of processes")
	}
	cuts := 5
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		cuts = max(cuts, int(100*share))
	}
	seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	all := fiveProcesses(t)
	for n := range cuts {
		p := all[n%len(all)]
		p.workUntilThePowerFails(t, 50+chance.IntN(1500), chance)
		if err := all[chance.IntN(len(all))].workUntilKilled(1+chance.IntN(4), chance.Uint64()); err != nil {
			t.Fatal(err)
		}
	}
	allTheSame(t, all)
}

// workUntilThePowerFails lets the process work on a disk whose power fails after so
// many writes, and leaves it what such a disk may leave.
func (p *process) workUntilThePowerFails(t *testing.T, writes int, chance *rand.Rand) {
	t.Helper()
	before := t.TempDir()
	if err := os.CopyFS(before, os.DirFS(p.dir)); err != nil {
		t.Fatal(err)
	}
	disk, err := powercut.Mount(p.dir, before)
	if err != nil {
		t.Skipf("no disk can be mounted here, so its power is not cut: %v", err)
	}
	failed := disk.FailAfter(writes)
	said, err := p.command("work", chance.Uint64()).Output()
	if wrong := disk.Unmount(); wrong != nil {
		t.Fatal(wrong)
	}
	select {
	case <-failed:
	default:
		t.Fatalf("it ended before the power failed: %v", err)
	}
	p.people += strings.Count(string(said), "saved person\n")
	if err := os.RemoveAll(p.dir); err != nil {
		t.Fatal(err)
	}
	if err := disk.Leave(p.dir, chance); err != nil {
		t.Fatal(err)
	}
}
