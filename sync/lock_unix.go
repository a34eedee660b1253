//go:build unix

package sync

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"rapport/data"
)

// lock takes the workspace's lock, or returns errLocked. The system gives it
// back when the process ends, however it ends.
func lock(dir string) (release func(), err error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &data.Problem{Kind: data.ReadOnly, About: dir, Cause: err}
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errLocked
		}
		return nil, err
	}
	return func() { f.Close() }, nil
}
