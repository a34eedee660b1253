package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rapport/data"
	"rapport/data/change"
	"rapport/data/store/powercut"
)

// The variables by which this test binary becomes the process that works until the
// power fails.
const (
	powerDir  = "RAPPORT_TEST_POWER_DIR"
	powerSeed = "RAPPORT_TEST_POWER_SEED"
	powerSync = "RAPPORT_TEST_POWER_SYNC" // another PRAGMA synchronous, to see that the disk can lose
)

func init() { becomes[powerDir] = workUntilThePowerFails }

// workUntilThePowerFails writes one edit after another and says of each that it is
// saved.
func workUntilThePowerFails() int {
	ctx := context.Background()
	seed, err := strconv.ParseUint(os.Getenv(powerSeed), 10, 64)
	if err != nil {
		return 2
	}
	chance := rand.New(rand.NewPCG(seed, 1))
	var db *DB
	for n := 0; ; n++ {
		if db == nil {
			if db, err = openPowered(ctx, os.Getenv(powerDir)); err != nil {
				break
			}
		}
		if err = edit(ctx, db, n, chance.IntN(40)); err != nil {
			break
		}
		fmt.Println("saved", n)
		if chance.IntN(12) == 0 { // the log goes into the file, and is gone
			if err = db.Close(); err != nil {
				break
			}
			db = nil
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func openPowered(ctx context.Context, dir string) (*DB, error) {
	db, err := Open(ctx, dir, Options{Instance: "power"})
	if err != nil {
		return nil, err
	}
	if level := os.Getenv(powerSync); level != "" {
		_, err = db.write.ExecContext(ctx, "PRAGMA synchronous = "+level)
	}
	return db, err
}

// edit is the nth thing that a person saves: the first makes a shared account, each
// later one a person of it and a promise to them, with so much text.
func edit(ctx context.Context, db *DB, n, kilobytes int) error {
	_, err := db.Write(ctx, "power", func(tx *Tx) error {
		if n == 0 {
			if err := tx.AddSpace(data.Space{ID: teamSpace, Name: "Larkfield", Kind: data.TeamSpace, Self: "maya"}, []byte(strings.Repeat("k", 32)), "devicemaya"); err != nil {
				return err
			}
			if err := tx.PutMembers(teamSpace, []data.Member{{ID: "maya", Name: "maya", Side: data.Us, Role: data.Owner}}); err != nil {
				return err
			}
			if err := putKestrel(tx); err != nil {
				return err
			}
			_, err := tx.ShareAccount("k", teamSpace)
			return err
		}
		who := powerPerson(n)
		if err := tx.PutContact(data.Contact{ID: who, AccountID: "k", Name: who}); err != nil {
			return err
		}
		_, err := PutPart(tx, data.Promise{Belongs: data.Belongs{ID: "p-" + who, Account: "k", Contact: who}, By: data.Us, What: "Send " + who + strings.Repeat(" the whole plan", 70*kilobytes), Made: "2026-11-10"})
		return err
	})
	return err
}

func powerPerson(n int) string { return fmt.Sprintf("person %d", n) }

// TestNothingSavedIsLostWhenThePowerFails lets people save on a disk, cuts its power
// after some write, and looks at what it left in many ways: all that somebody was told
// is saved is there, the next edit is there wholly or not at all, and the file is sound.
func TestNothingSavedIsLostWhenThePowerFails(t *testing.T) {
	cuts := 8
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		cuts = max(cuts, int(400*share))
	}
	seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64)
	if err != nil {
		seed = rand.Uint64()
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	saved := 0
	for n := range cuts {
		disk, told := cutThePower(t, 1+chance.IntN(3000), chance.Uint64(), "")
		saved += told
		for way := range 6 {
			if words := lookAfterTheCut(t, disk, told, rand.New(rand.NewPCG(seed, uint64(n*6+way)))); words != "" {
				t.Fatalf("seed %d, cut %d, way %d, %d edits were saved: %s", seed, n, way, told, words)
			}
		}
	}
	t.Logf("%d edits were saved before %d cuts", saved, cuts)
	if saved < cuts {
		t.Errorf("only %d edits were saved before %d cuts", saved, cuts)
	}
}

// TestADiskThatIsNotWaitedForLosesWhatWasSaved shows that the disk above can lose: it
// does where SQLite is told not to wait for it.
func TestADiskThatIsNotWaitedForLosesWhatWasSaved(t *testing.T) {
	for seed := range uint64(20) {
		disk, told := cutThePower(t, 2000, seed, "OFF")
		if lookAfterTheCut(t, disk, told, rand.New(rand.NewPCG(seed, 0))) != "" {
			return
		}
	}
	t.Error("twenty cuts lost nothing that was never synced")
}

// cutThePower runs the process on a disk of its own until the power has failed after
// so many writes, and returns how many edits it said were saved.
func cutThePower(t *testing.T, writes int, seed uint64, level string) (disk *powercut.Disk, told int) {
	t.Helper()
	dir := t.TempDir()
	disk, err := powercut.Mount(dir, "")
	if err != nil {
		t.Skipf("no disk can be mounted here, so its power is not cut: %v", err)
	}
	defer func() {
		if err := disk.Unmount(); err != nil {
			t.Error(err)
		}
	}()
	failed := disk.FailAfter(writes)
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), powerDir+"="+dir, powerSeed+"="+strconv.FormatUint(seed, 10), powerSync+"="+level)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var trouble strings.Builder
	c.Stderr = &trouble
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		told++
	}
	if err := c.Wait(); err == nil {
		t.Fatal("the process ended without a word")
	}
	select {
	case <-failed:
	default:
		t.Fatalf("the process ended before the power failed: %s", &trouble)
	}
	return disk, told
}

// lookAfterTheCut opens what a disk left in one way, and says what is wrong with it.
func lookAfterTheCut(t *testing.T, disk *powercut.Disk, told int, chance *rand.Rand) string {
	t.Helper()
	dir := t.TempDir()
	if err := disk.Leave(dir, chance); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	db, err := Open(ctx, dir, Options{Instance: "power"})
	if err != nil {
		return err.Error()
	}
	defer db.Close()
	checks, err := db.Check(ctx)
	if err != nil {
		return err.Error()
	}
	if i := slices.IndexFunc(checks, func(c Checkup) bool { return !c.Well }); i >= 0 {
		return checks[i].What + ": " + checks[i].Says
	}
	return db.whatIsAmiss(t, told)
}

// whatIsAmiss compares a workspace with so many edits that were saved.
func (db *DB) whatIsAmiss(t *testing.T, told int) string {
	t.Helper()
	people, err := query(context.Background(), db.read, scanString, `SELECT id FROM contact WHERE id LIKE 'person %' ORDER BY n`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Account(context.Background(), "k")
	there := len(people)
	if err == nil {
		there++
	}
	if there < told || there > told+1 {
		return fmt.Sprintf("%d edits are there", there)
	}
	if there == 0 {
		return ""
	}
	promises, err := Parts[data.Promise](context.Background(), db, PartQuery{Account: "k"})
	if err != nil {
		t.Fatal(err)
	}
	changed := map[change.Ref]bool{}
	for _, c := range sent(t, db) {
		changed[c.Entity] = true
	}
	for n := 1; n < there; n++ {
		who := powerPerson(n)
		switch {
		case !slices.Contains(people, who):
			return who + " is not there"
		case !slices.ContainsFunc(promises, func(p data.Promise) bool { return p.ID == "p-"+who && strings.HasPrefix(p.What, "Send "+who) }):
			return "the promise to " + who + " is not there"
		case !changed[change.Ref{Kind: data.KindContact, ID: who}] || !changed[change.Ref{Kind: data.KindPromise, ID: "p-" + who}]:
			return "the change log does not know of " + who
		}
	}
	before := stateHash(t, db)
	if err := db.RebuildSpace(context.Background(), teamSpace); err != nil {
		return err.Error()
	}
	if stateHash(t, db) != before {
		return "the change log gives something else than what is seen"
	}
	return ""
}
