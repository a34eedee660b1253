package sync

import (
	"errors"
	"path/filepath"
	"syscall"

	"rapport/data"
)

// sharingViolation is what Windows says when another process has the file open
// for itself.
const sharingViolation syscall.Errno = 32

// lock takes the workspace's lock by opening its file for this process alone, or
// returns errLocked. The system gives it back when the process ends.
func lock(dir string) (release func(), err error) {
	name, err := syscall.UTF16PtrFromString(filepath.Join(dir, lockName))
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, errLocked
	}
	if err != nil {
		return nil, &data.Problem{Kind: data.ReadOnly, About: dir, Cause: err}
	}
	return func() { syscall.CloseHandle(h) }, nil
}
