package folder

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"rapport/data"
	"rapport/sync/team"
	"rapport/sync/team/carriertest"
)

const smallDisk = "RAPPORT_TEST_SMALL_DISK"

// TestFullAndFixedDisks runs this test binary again where it may mount a disk
// of one megabyte of its own.
func TestFullAndFixedDisks(t *testing.T) {
	if dir := os.Getenv(smallDisk); dir != "" {
		onSmallDisk(t, dir)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestFullAndFixedDisks$", "-test.v")
	child.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
	child.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	var out bytes.Buffer
	child.Stdout, child.Stderr = &out, &out
	if err := child.Start(); err != nil {
		t.Skip("this machine lets nobody have a disk of their own: ", err)
	}
	if err := child.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, out.Bytes())
	}
	if bytes.Contains(out.Bytes(), []byte("--- SKIP")) {
		t.Skipf("this machine lets nobody mount a disk of their own:\n%s", out.Bytes())
	}
}

func onSmallDisk(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skip(err)
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	f := laptop(t, dir)
	want := map[string][]byte{}
	for n := range 100 {
		body := bytes.Repeat([]byte{byte(n)}, 100_000)
		name := team.Name(team.SegmentPiece, body)
		err := f.PutNew(t.Context(), name, body)
		if err == nil {
			want[name] = body
			continue
		}
		if kindOf(err) != data.DiskFull {
			t.Fatalf("a full disk gives %v", err)
		}
		carriertest.Absent(t, f, name)
		break
	}
	if len(want) == 0 || len(want) > 10 {
		t.Fatalf("%d pieces of 100 KB were put on 1 MB", len(want))
	}
	carriertest.Holds(t, f, want)
	noLink := laptop(t, dir)
	noLink.link = func(string, string) error { return syscall.EPERM }
	last := bytes.Repeat([]byte{200}, 100_000)
	name := team.Name(team.SegmentPiece, last)
	if err := noLink.PutNew(t.Context(), name, last); kindOf(err) != data.DiskFull {
		t.Fatalf("a full disk without links gives %v", err)
	}
	carriertest.Holds(t, f, want)
	for some := range want { // room again
		if err := os.Remove(filepath.Join(f.dir, some)); err != nil {
			t.Fatal(err)
		}
		carriertest.Put(t, f, some, want[some])
		break
	}
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	carriertest.Holds(t, f, want)
	if err := f.PutNew(t.Context(), name, last); kindOf(err) != data.ReadOnly {
		t.Fatalf("a read-only disk gives %v", err)
	}
	if _, err := Make(t.Context(), dir, "another", ""); kindOf(err) != data.ReadOnly {
		t.Fatalf("a new space on a read-only disk gives %v", err)
	}
}
