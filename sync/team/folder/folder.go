// Package folder carries a team's pieces in a folder that all its laptops see:
// on a NAS, or kept the same by Nextcloud, OneDrive, Syncthing and their like.
// It needs no server and no lock. It never changes a piece, never removes one,
// and takes nothing for a piece whose bytes are not those that its name
// promises; so what clients upload in halves, copy aside or leave about does no
// harm.
//
// In the shared folder there is one called rapport, in it one for each space,
// and in that the pieces: the first ones directly, and once these are more than
// flat, each later one in a subfolder called as its hash begins.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"rapport/sync/team"
)

const (
	ours = "rapport" // the folder in the shared one that holds all spaces
	flat = 256       // pieces that lie directly in a space's folder
)

// Folder is the carrier of one space in a shared folder; make one with Open or
// Make. It is a team.Watcher too.
type Folder struct {
	shared string // as the person chose it
	dir    string // the space's own
	direct atomic.Int64
	link   func(old, new string) error

	// Poll is how often Watch looks by itself, since no system tells of what
	// others put on a network drive; half a minute where it is 0.
	Poll     time.Duration
	unheeded bool // in tests: the system tells nothing
}

// Open returns the carrier of a space whose folder Make made, here or on
// another laptop. It does not make the folder anew: where that is gone, a drive
// is not connected, and every method says so. The workspace's own folder must
// not lie in the shared one, nor the other way round (*data.Invalid).
func Open(ctx context.Context, shared, space, workspace string) (*Folder, error) {
	if err := team.CheckSpace(space); err != nil {
		return nil, err
	}
	if _, err := aside(ctx, func() (struct{}, error) { return struct{}{}, apart(shared, workspace) }); err != nil {
		return nil, err
	}
	f := &Folder{shared: shared, dir: filepath.Join(shared, ours, space), link: os.Link}
	f.direct.Store(-1)
	return f, nil
}

// Make is Open for a space that is new to this shared folder, or was removed
// from it. The shared folder itself must be there, and hold no workspace.
func Make(ctx context.Context, shared, space, workspace string) (*Folder, error) {
	f, err := Open(ctx, shared, space, workspace)
	if err != nil {
		return nil, err
	}
	if _, err := aside(ctx, func() (struct{}, error) { return struct{}{}, f.make() }); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *Folder) make() error {
	if err := holdsNoWorkspace(f.shared); err != nil {
		return err
	}
	if err := f.folder(filepath.Dir(f.dir)); err != nil {
		return err
	}
	if err := f.folder(f.dir); err != nil {
		return err
	}
	note, err := os.OpenFile(filepath.Join(f.shared, ours, "README.txt"), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil // there already, or not to be had: the pieces do without
	}
	_, err = note.WriteString(readme)
	return errors.Join(err, note.Close())
}

const readme = `Rapport, a workspace for account teams, keeps here what a team shares.

Everything is sealed. Nothing here needs to be opened, renamed or tidied up by
hand; a file that is removed is put back by the laptops that have it. The
workspace itself, with its database, must never be put into a shared folder.
`

// folder makes one folder in an existing one, as open to others as the shared
// folder is.
func (f *Folder) folder(dir string) error {
	err := os.Mkdir(dir, 0o777)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil
	case err != nil:
		return f.trouble(err, writing)
	}
	if info, err := os.Stat(f.shared); err == nil {
		_ = os.Chmod(dir, info.Mode()&(fs.ModePerm|fs.ModeSetgid)) // network drives have their own rules
	}
	return nil
}

// List returns the pieces; sizes are those of the files. It reads the folders
// anew each time, since clocks and times of folders cannot be trusted where
// clients set them.
func (f *Folder) List(ctx context.Context) ([]team.Piece, error) {
	return aside(ctx, func() ([]team.Piece, error) { return f.list(ctx) })
}

// Get returns a piece, or team.ErrNotThere.
func (f *Folder) Get(ctx context.Context, name string) ([]byte, error) {
	if _, _, _, err := team.Parts(name); err != nil {
		return nil, err
	}
	return aside(ctx, func() ([]byte, error) {
		found, err := f.find(name)
		switch {
		case err != nil:
			return nil, err
		case found.whole:
			return found.body, nil
		}
		return nil, fmt.Errorf("%s: %w", name, team.ErrNotThere)
	})
}

// PutNew puts a piece: written aside, waited for until the disk has it, and
// only then given its name.
func (f *Folder) PutNew(ctx context.Context, name string, body []byte) error {
	if err := team.Fit(name, body); err != nil {
		return err
	}
	_, err := aside(ctx, func() (struct{}, error) { return struct{}{}, f.put(ctx, name, body) })
	return err
}

// aside does what may hang, as a drive does whose server has gone, and does not
// wait for it beyond ctx. What hangs ends when the system gives it up.
func aside[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	if err := ctx.Err(); err != nil {
		return *new(T), err
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := do()
		done <- outcome{value, err}
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		return *new(T), ctx.Err()
	}
}

// found is what lies under a piece's name.
type found struct {
	body  []byte
	whole bool
	at    string // the file, if there is one; with broken bytes unless whole
}

// find looks for a piece at both places where it can lie.
func (f *Folder) find(name string) (found, error) {
	var broken found
	for _, path := range []string{filepath.Join(f.dir, name), filepath.Join(f.sub(name), name)} {
		body, err := readPiece(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return found{}, f.trouble(err, reading)
		case team.Fits(name, body):
			return found{body: body, whole: true, at: path}, nil
		default:
			broken.at = path
		}
	}
	if broken.at == "" {
		if _, err := os.Stat(f.dir); err != nil {
			return found{}, f.trouble(err, reading)
		}
	}
	return broken, nil
}

// readPiece reads no more of a file than a piece can have, and one byte.
func readPiece(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, team.MaxPiece+1))
}

// sub is the subfolder of a piece: called as its hash begins.
func (f *Folder) sub(name string) string {
	_, _, hash, _ := team.Parts(name)
	return filepath.Join(f.dir, hash[:1])
}
