package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"rapport/data"
	"rapport/sync/team"
	"rapport/sync/team/carriertest"
)

const space = "testspace"

// laptop opens one more carrier of a shared folder.
func laptop(t *testing.T, shared string) *Folder {
	t.Helper()
	f, err := Make(t.Context(), shared, space, "")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// place is a shared folder whose carriers are set as change says.
func place(change func(f *Folder)) func(t *testing.T) carriertest.Place {
	return func(t *testing.T) carriertest.Place {
		shared := t.TempDir()
		dir := filepath.Join(shared, ours, space)
		return carriertest.Place{
			Open: func(t *testing.T) team.Carrier {
				f := laptop(t, shared)
				change(f)
				return f
			},
			Lay: func(t *testing.T, name string, body []byte) {
				t.Helper()
				write(t, whereLaid(dir, name), body)
			},
			Remove: func(t *testing.T, name string) {
				t.Helper()
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			},
			Beside: func(t *testing.T, file string, body []byte) {
				t.Helper()
				write(t, filepath.Join(dir, file), body)
				write(t, filepath.Join(dir, "a", file), body)
			},
		}
	}
}

// whereLaid is where another laptop may have put a piece: half of them in the
// space's folder, half in the subfolder.
func whereLaid(dir, name string) string {
	_, _, hash, err := team.Parts(name)
	if err != nil || hash[1] < 'm' {
		return filepath.Join(dir, name)
	}
	return filepath.Join(dir, hash[:1], name)
}

func write(t *testing.T, path string, body []byte) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, body, 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestFolderKeepsThePromises(t *testing.T) {
	carriertest.Run(t, place(func(*Folder) {}))
}

// Some file systems know no links, and some drives tell of no changes.
func TestFolderKeepsThePromisesWithoutLinksAndEvents(t *testing.T) {
	carriertest.Run(t, place(func(f *Folder) {
		f.link = func(string, string) error { return syscall.EPERM }
		f.unheeded, f.Poll = true, 5*time.Millisecond
	}))
}

func TestPiecesSpreadOverSubfolders(t *testing.T) {
	shared := t.TempDir()
	one, two := laptop(t, shared), laptop(t, shared)
	want := map[string][]byte{}
	for n := range flat - 40 { // laid, since each put waits for the disk
		name, body := carriertest.Piece(n)
		write(t, filepath.Join(one.dir, name), body)
		want[name] = body
	}
	for n := flat - 40; n < flat+60; n++ {
		if n%20 == 0 { // each round of a laptop begins with a listing
			carriertest.Lists(t, one, want)
			carriertest.Lists(t, two, want)
		}
		name, body := carriertest.Piece(n)
		carriertest.Put(t, []team.Carrier{one, two}[n%2], name, body)
		want[name] = body
	}
	carriertest.Holds(t, laptop(t, shared), want)
	_ = filepath.WalkDir(shared, func(path string, e fs.DirEntry, err error) error {
		if err != nil || strings.HasPrefix(e.Name(), before) {
			t.Errorf("%s was left: %v", path, err)
		}
		return nil
	})
	if direct := len(entries(t, one.dir)); direct > flat+20+32 {
		t.Errorf("%d files and subfolders lie directly in the space's folder", direct)
	}
}

func TestAYearOfATeamOverfillsNoFolder(t *testing.T) {
	count := map[string]int{}
	f := &Folder{dir: "x"}
	for n := range 20_000 {
		name, _ := carriertest.Piece(n)
		count[f.sub(name)]++
	}
	for sub, n := range count {
		if n > 1000 {
			t.Errorf("%s would hold %d files", sub, n)
		}
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

func TestWhatALaptopLeftHalfWrittenIsTidiedUp(t *testing.T) {
	f := laptop(t, t.TempDir())
	old, young := filepath.Join(f.dir, "~rapport-1.tmp"), filepath.Join(f.dir, "~rapport-2.tmp")
	write(t, old, nil)
	write(t, young, nil)
	long := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(old, long, long); err != nil {
		t.Fatal(err)
	}
	carriertest.Lists(t, f, nil)
	if got := fmt.Sprint(entries(t, f.dir)); got != "[~rapport-2.tmp]" {
		t.Errorf("%s are left", got)
	}
}

// A drive that is not connected must never look like a space with nothing in it.
func TestAFolderThatIsNotThereIsToldEverywhere(t *testing.T) {
	shared := filepath.Join(t.TempDir(), "drive")
	if _, err := Make(t.Context(), shared, space, ""); kindOf(err) != data.FolderGone {
		t.Errorf("make: %v, want %s", err, data.FolderGone)
	}
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	f := laptop(t, shared)
	name, body := carriertest.Piece(1)
	carriertest.Put(t, f, name, body)
	for _, gone := range []string{filepath.Join(shared, ours), shared} { // an empty mount point, and none
		if err := os.RemoveAll(gone); err != nil {
			t.Fatal(err)
		}
		_, listed := f.List(t.Context())
		_, got := f.Get(t.Context(), name)
		for what, err := range map[string]error{"list": listed, "get": got, "put": f.PutNew(t.Context(), name, body)} {
			if kindOf(err) != data.FolderGone {
				t.Errorf("%s: %v, want %s", what, err, data.FolderGone)
			}
		}
		if _, err := os.Stat(f.dir); err == nil {
			t.Error("the folder was made anew")
		}
	}
}

func kindOf(err error) data.ProblemKind {
	if p, ok := data.AsProblem(err); ok {
		return p.Kind
	}
	return ""
}

func TestTheWatchOutlivesItsFolder(t *testing.T) {
	shared := filepath.Join(t.TempDir(), "drive")
	if err := os.Mkdir(shared, 0o755); err != nil {
		t.Fatal(err)
	}
	f := laptop(t, shared)
	f.Poll = 5 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	news := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- f.Watch(ctx, func() {
			select {
			case news <- struct{}{}:
			case <-ctx.Done():
			}
		})
	}()
	heard := func(what string) {
		t.Helper()
		select {
		case <-news:
		case <-ctx.Done():
			t.Fatalf("%s was not told", what)
		}
	}
	heard("the start")
	if err := os.Rename(shared, shared+"-away"); err != nil {
		t.Fatal(err)
	}
	heard("that it went")
	if err := os.Rename(shared+"-away", shared); err != nil {
		t.Fatal(err)
	}
	heard("that it came back")
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestAWorkspaceNeverLiesInASharedFolder(t *testing.T) {
	tests := []struct {
		why               string
		shared, workspace string
		lay               string // a file
		want              string // part of the refusal, or "" for none
	}{
		{"apart", "cloud", "home/workspace", "", ""},
		{"a name that only begins alike", "cloud", "cloud2", "", ""},
		{"the same folder", "cloud", "cloud", "", "holds the workspace"},
		{"the workspace in the cloud", "cloud", "cloud/rapport", "", "holds the workspace"},
		{"the workspace deep in the cloud, not made yet", "cloud", "cloud/a/b/c", "", "holds the workspace"},
		{"the cloud in the workspace", "home/workspace/cloud", "home/workspace", "", "lies in the workspace"},
		{"by a way round", "cloud", "home/../cloud/x", "", "holds the workspace"},
		{"by a link", "cloud", "link/x", "", "holds the workspace"},
		{"another's workspace is the folder", "cloud", "home", "cloud/rapport.db", "is itself a workspace"},
		{"another's workspace in it", "cloud", "home", "cloud/maya/rapport.db", "there is a workspace in"},
		{"another's, in another case", "cloud", "home", "cloud/maya/Rapport.DB", "there is a workspace in"},
		{"another program's file", "cloud", "home", "cloud/other.db", ""},
	}
	for _, tt := range tests {
		t.Run(tt.why, func(t *testing.T) {
			root := t.TempDir()
			for _, dir := range []string{"cloud", "home/workspace/cloud", "cloud2"} {
				if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(filepath.Join(root, "cloud"), filepath.Join(root, "link")); err != nil {
				if runtime.GOOS == "windows" {
					t.Skip("this user may make no links here: ", err)
				}
				t.Fatal(err)
			}
			if tt.lay != "" {
				write(t, filepath.Join(root, tt.lay), []byte("SQLite format 3\x00"))
			}
			_, err := Make(t.Context(), filepath.Join(root, tt.shared), space, filepath.Join(root, tt.workspace))
			var invalid *data.Invalid
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (!errors.As(err, &invalid) || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want a refusal with %q", err, tt.want)
			}
		})
	}
}

func TestASpaceHasASafeName(t *testing.T) {
	shared := t.TempDir()
	for _, space := range []string{"", "..", "a/b", "A", `a\b`, "nul."} {
		if _, err := Make(t.Context(), shared, space, ""); err == nil {
			t.Errorf("space %q is taken", space)
		}
	}
	if left := entries(t, shared); len(left) > 0 {
		t.Errorf("%q were made", left)
	}
}

// Whoever may use the shared folder may use what Rapport makes in it.
func TestOthersMayUseWhatIsMade(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are told otherwise there")
	}
	shared := t.TempDir()
	if err := os.Chmod(shared, 0o770); err != nil {
		t.Fatal(err)
	}
	f := laptop(t, shared)
	name, body := carriertest.Piece(1)
	carriertest.Put(t, f, name, body)
	for path, want := range map[string]fs.FileMode{f.dir: 0o770, filepath.Dir(f.dir): 0o770, filepath.Join(f.dir, name): 0o660} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has %v, want %v", path, info.Mode(), want)
		}
	}
}

// BenchmarkListing lists 200 spaces with what a team of 20 puts in a year.
func BenchmarkListing(b *testing.B) {
	shared := b.TempDir()
	var folders []*Folder
	for s := range 200 {
		f, err := Make(b.Context(), shared, fmt.Sprintf("space%d", s), "")
		if err != nil {
			b.Fatal(err)
		}
		folders = append(folders, f)
		for n := range 100 {
			name, body := carriertest.Piece(s*1000 + n)
			if err := os.WriteFile(filepath.Join(f.dir, name), body, 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		for _, f := range folders {
			if pieces, err := f.List(b.Context()); err != nil || len(pieces) != 100 {
				b.Fatal(len(pieces), err)
			}
		}
	}
}
