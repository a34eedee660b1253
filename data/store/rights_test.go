//go:build unix

package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rapport/data"
)

// TestNobodyElseMayReadAWorkspace makes one in a folder that all may read, as a
// chosen folder often is.
func TestNobodyElseMayReadAWorkspace(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0o022))
	db := openAt(t, dir)
	write(t, db, "", func(tx *Tx) error { return tx.PutAccount(data.Account{Name: "Kestrel"}) })
	if _, err := db.backup(context.Background(), "copy.db"); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		files++
		info, err := e.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the rights %s", e.Name(), info.Mode())
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files, %v", files, err)
	}
}
