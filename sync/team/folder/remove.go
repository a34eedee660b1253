package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"rapport/sync/team"
)

// Remove takes a piece away, wherever it lies; one that is not there is nil. A file
// under its name that is not the whole piece is left alone.
func (f *Folder) Remove(ctx context.Context, name string) error {
	if _, _, _, err := team.Parts(name); err != nil {
		return err
	}
	_, err := aside(ctx, func() (struct{}, error) { return struct{}{}, f.remove(name) })
	return err
}

func (f *Folder) remove(name string) error {
	for _, path := range []string{filepath.Join(f.dir, name), filepath.Join(f.sub(name), name)} {
		body, err := readPiece(path)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !team.Fits(name, body) {
			continue
		}
		if err == nil {
			err = os.Remove(path)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return f.trouble(err, writing)
		}
	}
	return nil
}
