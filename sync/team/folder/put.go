package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rapport/sync/team"
)

// attempts is how often a put begins again because another laptop came between:
// with the piece itself, or by tidying up.
const attempts = 5

func (f *Folder) put(ctx context.Context, name string, body []byte) error {
	for range attempts {
		if err := ctx.Err(); err != nil {
			return err
		}
		found, err := f.find(name)
		switch {
		case err != nil:
			return err
		case found.whole:
			return nil
		case found.at != "":
			err = f.mend(found.at, body)
		default:
			err = f.add(name, body)
		}
		if !errors.Is(err, fs.ErrExist) && !errors.Is(err, fs.ErrNotExist) {
			return f.trouble(err, writing)
		}
	}
	return fmt.Errorf("%s: something else lies there under its name", name)
}

// add gives a piece its name where nothing has it yet. It never overwrites.
func (f *Folder) add(name string, body []byte) error {
	dir, err := f.home(name)
	if err != nil {
		return err
	}
	temporary, err := f.write(dir, body)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	final := filepath.Join(dir, name)
	if err := f.reveal(temporary, final, body); err != nil {
		return err
	}
	if dir == f.dir {
		f.direct.Add(1)
	}
	syncFolder(dir)
	return nil
}

// mend replaces a file whose bytes are not those of its name. Whoever mends it
// writes the same bytes, so nothing can be lost by it.
func (f *Folder) mend(path string, body []byte) error {
	temporary, err := f.write(filepath.Dir(path), body)
	if err != nil {
		return err
	}
	defer os.Remove(temporary)
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// home is the folder for a new piece: the space's own while that holds few.
func (f *Folder) home(name string) (string, error) {
	if f.direct.Load() < 0 {
		entries, err := entriesOf(f.dir)
		if err != nil {
			return "", err
		}
		f.direct.Store(int64(len(entries)))
	}
	if f.direct.Load() < flat {
		return f.dir, nil
	}
	return f.sub(name), f.folder(f.sub(name))
}

// Temporary files have a name that Nextcloud, OneDrive and Dropbox leave alone.
const before, after = "~rapport-", ".tmp"

func isOurTemporary(name string) bool {
	return strings.HasPrefix(name, before) && strings.HasSuffix(name, after)
}

// write makes a temporary file that the disk has when this returns.
func (f *Folder) write(dir string, body []byte) (path string, err error) {
	file, err := os.CreateTemp(dir, before+"*"+after)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(f.shared); err == nil {
		_ = file.Chmod(info.Mode()&0o666 | 0o400) // as open to others as the shared folder
	}
	if err := fill(file, body); err != nil {
		_ = os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// fill writes a file, waits until the disk has it, and closes it.
func fill(file *os.File, body []byte) error {
	_, err := file.Write(body)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// exclusively writes a piece directly under its name, for file systems that can
// neither link nor rename without overwriting. Until it is done, others see a
// piece that is not whole, and wait.
func exclusively(final string, body []byte) error {
	file, err := os.OpenFile(final, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if err := fill(file, body); err != nil {
		_ = os.Remove(final)
		return err
	}
	return nil
}

// syncFolder makes a new name last, on systems where that needs asking.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // some systems cannot, and some need not
		_ = d.Close()
	}
}

var _ team.Watcher = (*Folder)(nil)
