//go:build !windows

package folder

import (
	"errors"
	"io/fs"
	"syscall"
)

// reveal gives a written file its name, or fails with fs.ErrExist.
func (f *Folder) reveal(temporary, final string, body []byte) error {
	err := f.link(temporary, final)
	switch {
	case err == nil, errors.Is(err, fs.ErrExist), errors.Is(err, fs.ErrNotExist):
		return err
	}
	return exclusively(final, body)
}

// What the system says when there is no room, when nothing can be changed, and
// when the drive has gone.
var (
	full     = []error{syscall.ENOSPC, syscall.EDQUOT}
	fixed    = []error{syscall.EROFS}
	vanished = []error{syscall.ENOTCONN, syscall.ESTALE, syscall.ENODEV, syscall.EHOSTDOWN, syscall.EIO, syscall.ETIMEDOUT, syscall.ENOTDIR}
)
