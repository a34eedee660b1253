package bundle

import (
	"errors"
	"syscall"
)

func isFull(err error) bool { // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
	return errors.Is(err, syscall.Errno(39)) || errors.Is(err, syscall.Errno(112))
}
