package space

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/secret"
)

// The variables by which this test binary becomes one of the processes below.
const (
	childDir  = "RAPPORT_SPACE_CHILD"
	childDoes = "RAPPORT_SPACE_CHILD_DOES"
	childSeed = "RAPPORT_SPACE_CHILD_SEED"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := beChild(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// beChild is one laptop's process. "work" edits and exchanges until it is killed,
// "settle" exchanges once, "tell" prints the state hash and what people see.
func beChild(ctx context.Context, dir string) error {
	db, err := store.Open(ctx, dir, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	keys, err := secret.Open(dir)
	if err != nil {
		return err
	}
	s := New(db, keys, nil)
	list, err := db.Spaces(ctx)
	if err != nil || len(list) != 1 {
		return fmt.Errorf("%d spaces, %w", len(list), err)
	}
	id := list[0].ID
	switch os.Getenv(childDoes) {
	case "settle":
		_, err = s.Sync(ctx, id)
		return err
	case "tell":
		hash, err := db.StateHash(ctx, id)
		if err != nil {
			return err
		}
		a, err := db.Account(ctx, "k")
		if err != nil {
			return err
		}
		people, err := db.Contacts(ctx, "k")
		fmt.Println(hash, a.Name, len(people))
		return err
	}
	seed, err := strconv.ParseUint(os.Getenv(childSeed), 10, 64)
	if err != nil {
		return err
	}
	chance := rand.New(rand.NewPCG(seed, 1))
	for n := 0; ; n++ {
		name := fmt.Sprintf("%s %d", filepath.Base(dir), n)
		what := []string{"name", "person"}[chance.IntN(2)]
		if _, err := db.Write(ctx, name, func(tx *store.Tx) error {
			if what == "name" {
				return tx.ChangeAccount("k", func(a *data.Account) { a.Name = name })
			}
			return tx.PutContact(data.Contact{AccountID: "k", Name: name})
		}); err != nil {
			return err
		}
		fmt.Println("saved", what) // it is on the disk; nothing may lose it
		if chance.IntN(3) == 0 {
			if _, err := s.Sync(ctx, id); err != nil {
				return err
			}
		}
	}
}

// process is one laptop of the test below.
type process struct {
	dir, home string
	people    int // that it said were saved, at least
}

func (p *process) command(does string, seed uint64) *exec.Cmd {
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childDir+"="+p.dir, childDoes+"="+does, childSeed+"="+strconv.FormatUint(seed, 10),
		"HOME="+p.home, "XDG_CONFIG_HOME="+p.home, secret.FileVariable+"=1")
	return c
}

// workUntilKilled lets the process save so many edits, and kills it.
func (p *process) workUntilKilled(edits int, seed uint64) error {
	c := p.command("work", seed)
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	said := make([]byte, 0, 64)
	for strings.Count(string(said), "\n") < edits {
		b := make([]byte, 64)
		n, err := out.Read(b)
		if said = append(said, b[:n]...); err != nil {
			return fmt.Errorf("it ended by itself after %q: %w", said, c.Wait())
		}
	}
	if err := c.Process.Kill(); err != nil {
		return err
	}
	_ = c.Wait() // it was killed
	p.people += strings.Count(string(said), "saved person\n")
	return nil
}

func (p *process) run(t *testing.T, does string) string {
	t.Helper()
	out, err := p.command(does, 0).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", does, err, out)
	}
	return strings.TrimSpace(string(out))
}

// TestProcessesThatAreKilledEndUpTheSame lets five processes, each with a workspace
// of its own, edit one account over one folder, kills each again and again in the
// middle of it, and then wants all of them to have the same.
func TestProcessesThatAreKilledEndUpTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts dozens of processes")
	}
	seed, err := strconv.ParseUint(os.Getenv("RAPPORT_TEST_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	all := fiveProcesses(t)
	for range 4 {
		edits, seeds := make([]int, len(all)), make([]uint64, len(all))
		for i := range all {
			edits[i], seeds[i] = 1+chance.IntN(6), chance.Uint64()
		}
		errs := make([]error, len(all))
		var working sync.WaitGroup
		for i, p := range all {
			working.Go(func() { errs[i] = p.workUntilKilled(edits[i], seeds[i]) })
		}
		working.Wait()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	allTheSame(t, all)
}

// allTheSame lets the processes exchange, and wants all of them to have the same, and
// everybody who was saved.
func allTheSame(t *testing.T, all []*process) {
	t.Helper()
	for range 2 { // the second brings everybody what the last one gave
		for _, p := range all {
			p.run(t, "settle")
		}
	}
	want, saved := all[0].run(t, "tell"), 0
	for _, p := range all {
		saved += p.people
	}
	if people, err := strconv.Atoi(want[strings.LastIndexByte(want, ' ')+1:]); err != nil || people < saved {
		t.Errorf("of %d people that were saved, %s is left", saved, want)
	}
	for _, p := range all[1:] {
		if got := p.run(t, "tell"); got != want {
			t.Errorf("one has %s, another %s", got, want)
		}
	}
}

// fiveProcesses makes a space of five workspaces over one folder.
func fiveProcesses(t *testing.T) []*process {
	t.Helper()
	ctx := context.Background()
	root := t.TempDir()
	place := filepath.Join(root, "shared")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv(secret.FileVariable, "1")
	var all []*process
	var first *Spaces
	var id string
	for _, name := range []string{"maya", "jonas", "ines", "tomas", "elin"} {
		p := &process{dir: filepath.Join(root, name), home: filepath.Join(root, name+"-home")}
		if err := os.Mkdir(p.home, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv("HOME", p.home)
		t.Setenv("XDG_CONFIG_HOME", p.home)
		db, err := store.Open(ctx, p.dir, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		keys, err := secret.Open(p.dir)
		if err != nil {
			t.Fatal(err)
		}
		s := New(db, keys, nil)
		if _, err := db.Write(ctx, "", func(tx *store.Tx) error { return tx.PutSetting(store.SettingUserName, name) }); err != nil {
			t.Fatal(err)
		}
		where, err := FolderPlace(place)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
		if first == nil {
			first, id = s, founded(t, s, where)
			continue
		}
		file, err := first.Invite(ctx, id, data.Invitee{Name: name, History: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Join(ctx, file, where); err != nil {
			t.Fatal(err)
		}
		for _, who := range []*Spaces{first, s} {
			if _, err := who.Sync(ctx, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	return all
}

// founded makes a space with one account, and returns its ID.
func founded(t *testing.T, s *Spaces, place string) string {
	t.Helper()
	ctx := context.Background()
	sp, err := s.Create(ctx, "Larkfield", data.TeamSpace, place)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.db.Write(ctx, "", func(tx *store.Tx) error {
		if err := tx.PutAccount(data.Account{ID: "k", Name: "Kestrel"}); err != nil {
			return err
		}
		_, err := tx.ShareAccount("k", sp.ID)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return sp.ID
}
