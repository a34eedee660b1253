//go:build unix

package sync

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/sample"
	"rapport/data/store"
	"rapport/sync/demo"
)

// The variables by which the test starts itself again as the process to be
// killed.
const (
	killDir      = "RAPPORT_TEST_KILL_DIR"
	killPassword = "RAPPORT_TEST_KILL_PASSWORD"
	killLink     = "RAPPORT_TEST_KILL_LINK"
)

// TestMain is the process that is killed when the test has started it so.
func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		os.Exit(syncUntilKilled(dir))
	}
	os.Exit(m.Run())
}

// syncUntilKilled reads everything once and says after each batch that it was
// kept.
func syncUntilKilled(dir string) int {
	ctx := context.Background()
	db, err := store.Open(ctx, dir, store.Options{Instance: "kill"})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer db.Close()
	said := func(data.Status) { fmt.Println("kept") }
	if _, err := New(db, keysOfEnvironment{}, Options{Report: said}).Once(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// keysOfEnvironment answers with what the parent process passed on.
type keysOfEnvironment struct{ keysInMemory }

func (keysOfEnvironment) Value(name string) (string, error) {
	if len(name) > 4 && name[len(name)-4:] == "link" {
		return os.Getenv(killLink), nil
	}
	return os.Getenv(killPassword), nil
}

// TestAKilledRunLosesAndDoublesNothing kills a reading process without warning,
// again and again on one workspace, and then compares the workspace with the
// server: 20 times, and by RAPPORT_LONG up to 200 times.
func TestAKilledRunLosesAndDoublesNothing(t *testing.T) {
	kills := 20
	if share, err := strconv.ParseFloat(os.Getenv("RAPPORT_LONG"), 64); err == nil {
		kills = max(kills, int(200*share))
	}
	ctx := context.Background()
	w := sample.Make(sample.Options{})
	servers, err := demo.Serve(ctx, w)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	dir := t.TempDir()
	env := append(os.Environ(), killDir+"="+dir, killPassword+"="+servers.Password, killLink+"="+servers.CalendarURL)
	addSample(t, dir, w, servers)
	seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	chance := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	killed := 0
	for range kills {
		if killAfter(t, env, 1+chance.IntN(4), time.Duration(chance.IntN(20))*time.Millisecond) {
			killed++
		}
	}
	t.Logf("%d of %d runs were killed in the middle", killed, kills)
	if killed < 3 {
		t.Errorf("only %d runs were killed in the middle", killed)
	}
	if out, err := child(env).CombinedOutput(); err != nil {
		t.Fatalf("the run after: %v\n%s", err, out)
	}
	compareWithServer(t, dir, w)
}

func child(env []string) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = env
	return c
}

// killAfter starts a run and kills it a moment after so many reports; false
// means that it was done before.
func killAfter(t *testing.T, env []string, reports int, moment time.Duration) bool {
	t.Helper()
	c := child(env)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; n < reports && lines.Scan(); n++ {
	}
	timer := time.AfterFunc(moment, func() { c.Process.Kill() })
	defer timer.Stop()
	for lines.Scan() {
	}
	return c.Wait() != nil && !c.ProcessState.Exited()
}

func addSample(t *testing.T, dir string, w sample.World, servers *demo.Servers) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, dir, store.Options{Instance: "kill"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := putSample(ctx, db, w); err != nil {
		t.Fatal(err)
	}
	box := data.Mailbox{Address: w.Mailbox, Host: servers.IMAPHost, Port: servers.IMAPPort, Security: data.Plain, User: servers.User}
	if _, err := AddMailbox(ctx, db, keysInMemory{}, box, servers.Password); err != nil {
		t.Fatal(err)
	}
	if _, err := AddCalendar(ctx, db, keysInMemory{}, w.CalendarName, servers.CalendarURL, "", ""); err != nil {
		t.Fatal(err)
	}
}

func compareWithServer(t *testing.T, dir string, w sample.World) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, dir, store.Options{Instance: "kill"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	places, ids := map[string]int{}, map[string]bool{}
	for m := range w.Mail() {
		if readFolder(w, m.Folder) {
			places[m.Folder]++
			ids[data.MessageIDOf(m.Raw)] = true
		}
	}
	distinct := 0
	for m, err := range db.Messages(ctx, data.MessageQuery{}) {
		if err != nil {
			t.Fatal(err)
		}
		distinct++
		if !ids[m.ID] {
			t.Errorf("a mail that the server has not: %s", m.ID)
		}
		for _, l := range m.Locations {
			places[l.Folder]--
		}
	}
	if distinct != len(ids) {
		t.Errorf("%d distinct mails, the server has %d", distinct, len(ids))
	}
	for folder, n := range places {
		if n != 0 {
			t.Errorf("folder %s: %d too few", folder, n)
		}
	}
	checks, err := db.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if !c.Well {
			t.Errorf("%s: %s", c.What, c.Says)
		}
	}
}
