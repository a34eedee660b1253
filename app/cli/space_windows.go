package cli

import (
	"syscall"
	"unsafe"
)

// freeSpace is how many bytes a user may still write where the folder lies.
func freeSpace(dir string) (free uint64, ok bool) {
	path, err := syscall.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	ask := syscall.NewLazyDLL("kernel32.dll").NewProc("GetDiskFreeSpaceExW")
	done, _, _ := ask.Call(uintptr(unsafe.Pointer(path)), uintptr(unsafe.Pointer(&free)), 0, 0)
	return free, done != 0
}
