//go:build linux || darwin || freebsd

package cli

import "syscall"

// freeSpace is how many bytes a user may still write where the folder lies.
func freeSpace(dir string) (free uint64, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return uint64(s.Bavail) * uint64(s.Bsize), true
}
