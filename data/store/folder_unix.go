//go:build unix

package store

import "syscall"

var errDiskQuota error = syscall.EDQUOT
