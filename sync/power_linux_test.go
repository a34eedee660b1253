package sync

import (
	"bufio"
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"rapport/data/sample"
	"rapport/data/store/powercut"
	"rapport/sync/demo"
)

// TestReadingGoesOnAfterThePowerFailed cuts the power of the disk in the middle of
// reading a mailbox and a calendar, lets another run go on with what the disk left,
// and compares the workspace with the server: 4 cuts, and by RAPPORT_LONG up to 60.
func TestReadingGoesOnAfterThePowerFailed(t *testing.T) {
	cuts := 4
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		cuts = max(cuts, int(60*share))
	}
	seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	w := sample.Make(sample.Options{})
	servers, err := demo.Serve(context.Background(), w)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	begun := t.TempDir()
	addSample(t, begun, w, servers)
	reads := func(dir string) []string {
		return append(os.Environ(), killDir+"="+dir, killPassword+"="+servers.Password, killLink+"="+servers.CalendarURL)
	}
	kept := 0
	for range cuts {
		disk, batches := cutWhileReading(t, begun, 20+chance.IntN(4000), reads)
		kept += batches
		dir := t.TempDir()
		if err := disk.Leave(dir, chance); err != nil {
			t.Fatal(err)
		}
		if out, err := child(reads(dir)).CombinedOutput(); err != nil {
			t.Fatalf("the run after: %v\n%s", err, out)
		}
		compareWithServer(t, dir, w)
	}
	t.Logf("%d batches were kept before %d cuts", kept, cuts)
}

// cutWhileReading runs the reading process on a disk that has a workspace until the
// power has failed after so many writes, or all is read, and returns how many batches
// it said were kept.
func cutWhileReading(t *testing.T, begun string, writes int, reads func(dir string) []string) (disk *powercut.Disk, batches int) {
	t.Helper()
	dir := t.TempDir()
	disk, err := powercut.Mount(dir, begun)
	if err != nil {
		t.Skipf("no disk can be mounted here, so its power is not cut: %v", err)
	}
	defer func() {
		if err := disk.Unmount(); err != nil {
			t.Error(err)
		}
	}()
	failed := disk.FailAfter(writes)
	c := child(reads(dir))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	defer close(read)
	go func() {
		select {
		case <-failed:
			c.Process.Kill()
		case <-read:
		}
	}()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		batches++
	}
	err = c.Wait()
	disk.Fail()
	t.Logf("%d of %d writes came, %d batches were kept, %v", disk.Writes(), writes, batches, err)
	return disk, batches
}
