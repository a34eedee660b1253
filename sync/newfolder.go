package sync

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// NewFile is a file that is to be written, by its name without a folder.
type NewFile struct {
	Name  string
	Bytes []byte
}

// WriteFolder writes files into a folder, which is made where it is not there.
// Where one of them is there already, nothing is written at all, and said so.
func WriteFolder(dir string, files []NewFile) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if _, err := os.Lstat(path); err == nil {
			return errors.New(path + " is there already; name another folder")
		}
	}
	for _, f := range files {
		if err := WriteNew(filepath.Join(dir, f.Name), f.Bytes); err != nil {
			return err
		}
	}
	return nil
}
