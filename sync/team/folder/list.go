package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rapport/sync/team"
)

// Spaces are the IDs of the spaces that lie in a shared folder, sorted. The folder
// itself must be there.
func Spaces(ctx context.Context, shared string) ([]string, error) {
	return aside(ctx, func() ([]string, error) {
		f := &Folder{shared: shared, dir: filepath.Join(shared, ours)}
		if _, err := entriesOf(shared); err != nil {
			return nil, f.trouble(err, reading)
		}
		entries, err := entriesOf(f.dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, f.trouble(err, reading)
		}
		var ids []string
		for _, e := range entries {
			if e.IsDir() && team.CheckSpace(e.Name()) == nil {
				ids = append(ids, e.Name())
			}
		}
		slices.Sort(ids)
		return ids, nil
	})
}

// list reads the space's folder and its subfolders.
func (f *Folder) list(ctx context.Context) ([]team.Piece, error) {
	here, err := entriesOf(f.dir)
	if err != nil {
		return nil, f.trouble(err, reading)
	}
	pieces := piecesOf(f.dir, here, nil)
	f.direct.Store(int64(len(pieces)))
	seen := make(map[string]bool, len(pieces))
	for _, p := range pieces {
		seen[p.Name] = true
	}
	for _, sub := range subsOf(here) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		dir := filepath.Join(f.dir, sub)
		there, err := entriesOf(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, f.trouble(err, reading)
		}
		pieces = append(pieces, piecesOf(dir, there, seen)...)
	}
	return pieces, nil
}

func entriesOf(dir string) ([]fs.DirEntry, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.ReadDir(-1)
}

// piecesOf picks the pieces that are not seen yet, and removes what a laptop
// left half-written long ago.
func piecesOf(dir string, entries []fs.DirEntry, seen map[string]bool) []team.Piece {
	var pieces []team.Piece
	for _, e := range entries {
		name := e.Name()
		if isOurTemporary(name) {
			tidy(dir, e)
			continue
		}
		if _, _, _, err := team.Parts(name); err != nil || seen[name] || !isFile(e) {
			continue
		}
		if info, err := e.Info(); err == nil { // else it has just gone
			pieces = append(pieces, team.Piece{Name: name, Size: info.Size()})
		}
	}
	return pieces
}

// isFile leaves out folders, links and devices. A file that a cloud keeps
// elsewhere until it is opened is irregular to Windows, and a file to us.
func isFile(e fs.DirEntry) bool {
	return e.Type()&(fs.ModeDir|fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) == 0
}

// subsOf picks the subfolders for pieces: one letter of a hash.
func subsOf(entries []fs.DirEntry) []string {
	var subs []string
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && len(name) == 1 && strings.Contains("abcdefghijklmnopqrstuvwxyz234567", name) {
			subs = append(subs, name)
		}
	}
	return subs
}

// forgotten is the age at which a temporary file belongs to nobody any more.
const forgotten = 24 * time.Hour

func tidy(dir string, e fs.DirEntry) {
	if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > forgotten {
		_ = os.Remove(filepath.Join(dir, e.Name())) // else another time
	}
}
