package folder

import (
	"os"
	"syscall"
)

// reveal gives a written file its name, or fails with fs.ErrExist. Folders that
// a cloud keeps do not like links; a move without replacing does the same.
func (f *Folder) reveal(temporary, final string, body []byte) error {
	from, err := syscall.UTF16PtrFromString(temporary)
	if err != nil {
		return err
	}
	to, err := syscall.UTF16PtrFromString(final)
	if err != nil {
		return err
	}
	err = syscall.MoveFile(from, to)
	if err == syscall.ERROR_PATH_NOT_FOUND { // a path beyond 260 letters, which only this call minds
		return exclusively(final, body)
	}
	if err != nil {
		return &os.LinkError{Op: "move", Old: temporary, New: final, Err: err}
	}
	return nil
}

// What the system says when there is no room, when nothing can be changed, and
// when the drive has gone.
var (
	full     = []error{syscall.Errno(39), syscall.Errno(112)}                                                                              // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
	fixed    = []error{syscall.Errno(19)}                                                                                                  // ERROR_WRITE_PROTECT
	vanished = []error{syscall.Errno(15), syscall.Errno(21), syscall.Errno(53), syscall.Errno(64), syscall.Errno(67), syscall.Errno(1167)} // INVALID_DRIVE, NOT_READY, BAD_NETPATH, NETNAME_DELETED, BAD_NET_NAME, DEVICE_NOT_CONNECTED
)
