package powercut

import (
	"context"
	"math/rand/v2"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// sector is what a disk writes wholly or not at all, in bytes.
const sector = 512

// file is a plain file of the disk.
type file struct {
	fs.Inode
	disk *Disk
	mode uint32
	now  []byte   // as programs read it
	safe []byte   // as it was synced
	late []change // since then, in their order
}

// change is bytes that were written, or a new size where they are nil.
type change struct {
	at    int64
	bytes []byte
}

// apply changes content, which grows where it must.
func (c change) apply(content []byte) []byte {
	if c.bytes == nil {
		return sized(content, c.at)
	}
	if end := c.at + int64(len(c.bytes)); end > int64(len(content)) {
		content = sized(content, end)
	}
	copy(content[c.at:], c.bytes)
	return content
}

func sized(content []byte, size int64) []byte {
	if size <= int64(len(content)) {
		return content[:size]
	}
	return append(content, make([]byte, size-int64(len(content)))...)
}

func (f *file) attr(out *fuse.Attr) {
	out.Mode, out.Size, out.Nlink, out.Blksize = syscall.S_IFREG|f.mode, uint64(len(f.now)), 1, 4096
	out.Blocks = (out.Size + 511) / 512
}

func (f *file) change(c change) {
	f.now, f.late = c.apply(f.now), append(f.late, c)
}

// Open lets the system keep what it read: nobody else changes a file.
func (f *file) Open(context.Context, uint32) (fs.FileHandle, uint32, syscall.Errno) {
	return nil, fuse.FOPEN_KEEP_CACHE, f.disk.do(false, func() {})
}

// Getattr says how large it is.
func (f *file) Getattr(_ context.Context, _ fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	return f.disk.do(false, func() { f.attr(&out.Attr) })
}

// Setattr sets its size and rights.
func (f *file) Setattr(_ context.Context, _ fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	size, sizes := in.GetSize()
	return f.disk.do(sizes, func() {
		if sizes {
			f.change(change{at: int64(size)})
		}
		if mode, ok := in.GetMode(); ok {
			f.mode = mode &^ syscall.S_IFMT
		}
		f.attr(&out.Attr)
	})
}

// Read reads what was written, synced or not.
func (f *file) Read(_ context.Context, _ fs.FileHandle, into []byte, at int64) (fuse.ReadResult, syscall.Errno) {
	n := 0
	errno := f.disk.do(false, func() {
		if at < int64(len(f.now)) {
			n = copy(into, f.now[at:])
		}
	})
	return fuse.ReadResultData(into[:n]), errno
}

// Write keeps bytes until they are synced.
func (f *file) Write(_ context.Context, _ fs.FileHandle, bytes []byte, at int64) (uint32, syscall.Errno) {
	errno := f.disk.do(true, func() { f.change(change{at, append([]byte{}, bytes...)}) })
	return uint32(len(bytes)), errno
}

// Fsync makes all that was written safe.
func (f *file) Fsync(context.Context, fs.FileHandle, uint32) syscall.Errno {
	return f.disk.do(true, func() { f.safe, f.late = slices.Clone(f.now), nil })
}

// found is the file after the power came back. Of the late changes each sector is
// there or not, whatever came before it; those in a new part of the file that did not
// arrive are zeros or what lay on the disk before.
func (f *file) found(chance *rand.Rand) []byte {
	content := slices.Clone(f.safe)
	kept := []float64{0, 0.5, 0.9, 1}[chance.IntN(4)]
	for _, c := range f.late {
		if c.bytes == nil {
			if chance.Float64() < kept {
				content = c.apply(content)
			}
			continue
		}
		for _, part := range sectors(c) {
			if chance.Float64() < kept {
				content = arrive(content, part, chance)
			}
		}
	}
	return content
}

// sectors parts a change where sectors of the disk end.
func sectors(c change) (parts []change) {
	for len(c.bytes) > 0 {
		n := min(sector-int(c.at%sector), len(c.bytes))
		parts = append(parts, change{c.at, c.bytes[:n]})
		c = change{c.at + int64(n), c.bytes[n:]}
	}
	return parts
}

// arrive applies a part of a change, and fills the gap before it.
func arrive(content []byte, part change, chance *rand.Rand) []byte {
	before := len(content)
	content = part.apply(content)
	if chance.IntN(2) == 0 {
		for i := before; i < int(part.at); i++ {
			content[i] = byte(chance.Uint32())
		}
	}
	return content
}
