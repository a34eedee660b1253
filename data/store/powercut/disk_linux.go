package powercut

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"time"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// Disk is a file system of folders and plain files, mounted on a folder.
type Disk struct {
	server *fuse.Server
	root   *folder

	mu     sync.Mutex
	writes int           // that came so far: whatever changes a file or a folder
	last   int           // after which write the power fails, 0 for never
	failed chan struct{} // closed when the power has failed
}

// Mount makes a disk on an empty folder. What is in the folder from is on it and
// synced; with "" it is empty. It fails where this system or this user may not mount one.
func Mount(dir, from string) (*Disk, error) {
	d := &Disk{failed: make(chan struct{})}
	d.root = newFolder(d)
	if err := d.root.begin(from); err != nil {
		return nil, err
	}
	keep := time.Second
	server, err := fs.Mount(dir, d.root, &fs.Options{
		EntryTimeout: &keep, AttrTimeout: &keep,
		MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "powercut", Name: "powercut", DisableXAttrs: true},
	})
	if err != nil {
		return nil, fmt.Errorf("mount a disk on %s: %w", dir, err)
	}
	d.server = server
	return d, nil
}

// FailAfter lets the power fail after so many more writes. The channel is closed
// when it has.
func (d *Disk) FailAfter(writes int) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.last = d.writes + max(1, writes)
	return d.failed
}

// Fail lets the power fail now: nothing is read or written any more.
func (d *Disk) Fail() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail()
}

func (d *Disk) fail() {
	if !d.dead() {
		close(d.failed)
	}
}

func (d *Disk) dead() bool {
	select {
	case <-d.failed:
		return true
	default:
		return false
	}
}

// Writes is how many writes came so far.
func (d *Disk) Writes() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.writes
}

// Unmount takes the disk off its folder. Nobody may use it any more.
func (d *Disk) Unmount() error { return d.server.Unmount() }

// Leave copies into a folder what a laptop finds after the power came back: all that
// was synced and, of what was written later, what chance lets. Another chance leaves
// something else.
func (d *Disk) Leave(dir string, chance *rand.Rand) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.root.leave(dir, chance)
}

// do runs what reads or writes under the disk's lock, while there is power.
func (d *Disk) do(writes bool, what func()) syscall.Errno {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dead() {
		return syscall.EIO
	}
	what()
	if writes {
		d.writes++
		if d.writes == d.last {
			d.fail()
		}
	}
	return 0
}
