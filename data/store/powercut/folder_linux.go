package powercut

import (
	"context"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// folder is a folder of the disk. Which names it has is its own to sync, apart from
// what stands in the files: a file system that keeps less than this would break
// more programs than ours.
type folder struct {
	fs.Inode
	disk *Disk
	safe map[string]fs.InodeEmbedder // names that were synced
	late []naming                    // since then, in their order
}

// naming is a name that was given, or taken away where what is nil.
type naming struct {
	name string
	what fs.InodeEmbedder
}

func newFolder(d *Disk) *folder { return &folder{disk: d, safe: map[string]fs.InodeEmbedder{}} }

// begin puts what is in another folder into this one, and synced.
func (f *folder) begin(from string) error {
	if from == "" {
		return nil
	}
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(from, e.Name())
		if e.IsDir() {
			n := newFolder(f.disk)
			if err := n.begin(path); err != nil {
				return err
			}
			f.safe[e.Name()] = n
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f.safe[e.Name()] = &file{disk: f.disk, mode: 0o600, now: content, safe: slices.Clone(content)}
	}
	return nil
}

// OnAdd shows the system what the folder begins with.
func (f *folder) OnAdd(ctx context.Context) {
	for name, what := range f.safe {
		kind := uint32(syscall.S_IFREG)
		if _, ok := what.(*folder); ok {
			kind = syscall.S_IFDIR
		}
		f.AddChild(name, f.NewPersistentInode(ctx, what, fs.StableAttr{Mode: kind}), false)
	}
}

func (f *folder) name(name string, what fs.InodeEmbedder) {
	f.late = append(f.late, naming{name, what})
}

// Create makes a file.
func (f *folder) Create(ctx context.Context, name string, _, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	n := &file{disk: f.disk, mode: mode &^ syscall.S_IFMT}
	if errno := f.disk.do(true, func() { f.name(name, n) }); errno != 0 {
		return nil, nil, 0, errno
	}
	n.attr(&out.Attr)
	return f.NewPersistentInode(ctx, n, fs.StableAttr{Mode: syscall.S_IFREG}), nil, fuse.FOPEN_KEEP_CACHE, 0
}

// Mkdir makes a folder.
func (f *folder) Mkdir(ctx context.Context, name string, _ uint32, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	n := newFolder(f.disk)
	if errno := f.disk.do(true, func() { f.name(name, n) }); errno != 0 {
		return nil, errno
	}
	out.Mode = syscall.S_IFDIR | 0o700
	return f.NewPersistentInode(ctx, n, fs.StableAttr{Mode: syscall.S_IFDIR}), 0
}

// Unlink takes a file's name away.
func (f *folder) Unlink(_ context.Context, name string) syscall.Errno {
	return f.disk.do(true, func() { f.name(name, nil) })
}

// Rmdir takes an empty folder's name away.
func (f *folder) Rmdir(_ context.Context, name string) syscall.Errno {
	if child := f.GetChild(name); child != nil && len(child.Children()) > 0 {
		return syscall.ENOTEMPTY
	}
	return f.disk.do(true, func() { f.name(name, nil) })
}

// Rename gives what has a name another one.
func (f *folder) Rename(_ context.Context, name string, to fs.InodeEmbedder, newName string, flags uint32) syscall.Errno {
	into, ok := to.(*folder)
	child := f.GetChild(name)
	if !ok || child == nil || flags != 0 {
		return syscall.EINVAL
	}
	return f.disk.do(true, func() {
		into.name(newName, child.Operations())
		f.name(name, nil)
	})
}

// Statfs says that the disk is never full.
func (f *folder) Statfs(_ context.Context, out *fuse.StatfsOut) syscall.Errno {
	out.Bsize, out.Frsize, out.Blocks, out.Bfree, out.Bavail, out.Files, out.Ffree, out.NameLen = 4096, 4096, 1<<28, 1<<28, 1<<28, 1<<20, 1<<20, 255
	return 0
}

// Getattr says that it is a folder of ours.
func (f *folder) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	out.Mode = syscall.S_IFDIR | 0o700
	return f.disk.do(false, func() {})
}

// Fsync makes the names of a folder safe.
func (f *folder) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return f.disk.do(true, func() { f.safe, f.late = f.namesAfter(len(f.late)), nil })
}

// namesAfter are the names after so many of the late namings.
func (f *folder) namesAfter(n int) map[string]fs.InodeEmbedder {
	names := maps.Clone(f.safe)
	for _, l := range f.late[:n] {
		if l.what == nil {
			delete(names, l.name)
		} else {
			names[l.name] = l.what
		}
	}
	return names
}

// leave copies a folder as it is found: file systems keep the order of names, so the
// first of the late ones are there.
func (f *folder) leave(dir string, chance *rand.Rand) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	names := f.namesAfter(chance.IntN(len(f.late) + 1))
	for _, name := range slices.Sorted(maps.Keys(names)) {
		path := filepath.Join(dir, name)
		var err error
		switch n := names[name].(type) {
		case *folder:
			err = n.leave(path, chance)
		case *file:
			err = os.WriteFile(path, n.found(chance), 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
