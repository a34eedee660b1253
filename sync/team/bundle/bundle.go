// Package bundle carries a team's pieces in one file, by mail or on a stick, to
// those who share no folder and no hub. A bundle begins with an index and its
// hash; the pieces follow. It is written whole or not at all, and one that was
// cut or altered on its way is found out before anything is taken from it but
// whole pieces.
//
//	rapport bundle 1 SPACE COUNT
//	NAME SIZE          COUNT times
//	HASH               SHA-256 of all above, as team.Text writes it
//	the bodies, one after the other, in the order of the index
package bundle

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"rapport/data"
	"rapport/sync/team"
)

// File is the carrier of one space over a bundle; Open makes one. Each put
// writes the file anew, so whoever has many pieces uses Export. Carriers of this
// program on one file wait for each other; two programs must not write one
// bundle at the same time.
type File struct {
	path, space string
}

// Open returns the carrier of a space over a bundle, which the first put makes
// where it is not there. It touches nothing.
func Open(path, space string) (*File, error) {
	if err := team.CheckSpace(space); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	return &File{path: abs, space: space}, nil
}

// Space is the ID of the space that a bundle says it is of; a *data.Problem where
// the file is no bundle, or is not there.
func Space(path string) (string, error) {
	b, err := open(path)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = &data.Problem{Kind: data.NoFile, About: path, Cause: err, Once: true}
		}
		return "", err
	}
	defer b.close()
	return b.space, nil
}

// List returns what the index names, and a *data.Problem when the file is not
// a whole bundle. A file that is not there is an empty bundle.
func (f *File) List(ctx context.Context) ([]team.Piece, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := f.read()
	if err != nil {
		return nil, err
	}
	defer b.close()
	return b.pieces, b.damage()
}

// Get returns a piece. It returns whole pieces of a damaged bundle too.
func (f *File) Get(ctx context.Context, name string) ([]byte, error) {
	if _, _, _, err := team.Parts(name); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b, err := f.read()
	if err != nil {
		return nil, err
	}
	defer b.close()
	return b.get(name)
}

// PutNew writes the bundle anew with one more piece.
func (f *File) PutNew(ctx context.Context, name string, body []byte) error {
	if err := team.Fit(name, body); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	unlock := lock(f.path)
	defer unlock()
	b, err := f.read()
	if err != nil {
		return err
	}
	defer b.close()
	if err := b.damage(); err != nil {
		return err
	}
	if _, err := b.get(name); err == nil {
		return nil
	}
	source := b.bodies()
	delete(source, name) // there, with other bytes
	source[name] = func() ([]byte, error) { return body, nil }
	return write(ctx, f.path, f.space, source)
}

// read opens the bundle; one that is not there has no pieces.
func (f *File) read() (*reading, error) {
	b, err := open(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &reading{path: f.path, space: f.space}, nil
	case err != nil:
		return nil, err
	case b.space != f.space:
		b.close()
		return nil, &data.Invalid{Field: "bundle", Says: fmt.Sprintf("%s is one of another space", f.path)}
	}
	return b, nil
}

// locks has a lock for each bundle that this program writes.
var locks sync.Map

func lock(path string) (unlock func()) {
	l, _ := locks.LoadOrStore(path, new(sync.Mutex))
	l.(*sync.Mutex).Lock()
	return l.(*sync.Mutex).Unlock
}

// trouble turns what the system says into a problem, where it is one.
func trouble(err error, path string) error {
	if _, known := data.AsProblem(err); err == nil || known {
		return err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &data.Problem{Kind: data.NoFile, About: path, Cause: err, Once: true}
	case isFull(err):
		return &data.Problem{Kind: data.DiskFull, About: path, Cause: err, Once: true}
	case errors.Is(err, fs.ErrPermission):
		return &data.Problem{Kind: data.Forbidden, About: path, Cause: err, Once: true}
	}
	return err
}

func damaged(path, detail string) error {
	return &data.Problem{Kind: data.BundleDamaged, About: path, Detail: detail, Once: true}
}

var _ team.Carrier = (*File)(nil)

// syncFolder makes a new name last, on systems where that needs asking.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}
