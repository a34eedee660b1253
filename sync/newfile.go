package sync

import (
	"errors"
	"io/fs"
	"os"

	"rapport/data"
)

// WriteNew writes a file that is not there yet, for its owner alone. One that is
// there is left as it is, and said so.
func WriteNew(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return errors.New(path + " is there already; name a new file")
	case errors.Is(err, fs.ErrNotExist):
		return &data.Problem{Kind: data.NoFile, About: path, Cause: err}
	case err != nil:
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}
