package mail

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"rapport/sync/mime"
)

// errNotDir is what a path through a file is.
const errNotDir = syscall.ENOTDIR

// drawers are the archive's folders in the order in which they are read, with
// where their mails lie. No mail is held.
func (a Archive) drawers(ctx context.Context) ([]drawer, error) {
	info, err := os.Stat(a.Path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		d := drawer{name: strings.ToValidUTF8(filepath.Base(a.Path), "\ufffd"), files: []string{a.Path}}
		if a.Kind == Mbox {
			return a.mboxes(ctx, []drawer{d})
		}
		return []drawer{d}, nil
	}
	list, err := a.walk(ctx)
	if err != nil || a.Kind != Mbox {
		return list, err
	}
	return a.mboxes(ctx, list)
}

// walk gathers the files of a folder and all beneath it.
func (a Archive) walk(ctx context.Context) ([]drawer, error) {
	var list []drawer
	places := map[string]int{}
	in := func(name string) *drawer {
		i, known := places[name]
		if !known {
			i, places[name] = len(list), len(list)
			list = append(list, drawer{name: strings.ToValidUTF8(name, "\ufffd")})
		}
		return &list[i]
	}
	err := filepath.WalkDir(a.Path, func(path string, e fs.DirEntry, err error) error {
		name, belongs := a.drawerOf(path, e)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && path == a.Path:
			return err
		case err != nil:
			d := in(name)
			d.odd = append(d.odd, "a folder could not be opened: "+reasonOf(err))
			return nil
		case belongs && e.IsDir():
			in(name) // an empty folder is one too
		case belongs:
			d := in(name)
			d.files = append(d.files, path)
		}
		return nil
	})
	slices.SortStableFunc(list, func(x, y drawer) int { return rank(x.name) - rank(y.name) })
	return list, err
}

// rank puts the inbox first.
func rank(folder string) int {
	if strings.EqualFold(folder, "INBOX") {
		return 0
	}
	return 1
}

// drawerOf says which of the archive's folders a file is in, and whether it
// belongs there at all. Of a Maildir only cur and new do: what is in tmp was
// never delivered.
func (a Archive) drawerOf(path string, e fs.DirEntry) (name string, belongs bool) {
	file := filepath.Base(path)
	dir := filepath.Dir(path)
	hidden := strings.HasPrefix(file, ".")
	regular := e != nil && e.Type().IsRegular()
	switch a.Kind {
	case Maildir:
		if e != nil && e.IsDir() {
			return a.maildirName(dir), path != a.Path && (file == "cur" || file == "new")
		}
		inside := filepath.Base(dir) == "cur" || filepath.Base(dir) == "new"
		return a.maildirName(filepath.Dir(dir)), regular && !hidden && inside
	case EML:
		name := a.relative(dir)
		if name == "." {
			name = filepath.Base(a.Path)
		}
		return name, regular && !hidden && strings.EqualFold(filepath.Ext(file), ".eml")
	}
	return a.relative(path), regular && !hidden
}

func (a Archive) relative(path string) string {
	rel, err := filepath.Rel(a.Path, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(rel)
}

// maildirName is a folder's name as people know it. Maildir++ writes
// ".Clients.Kestrel" beside cur, in modified UTF-7; others nest folders.
func (a Archive) maildirName(dir string) string {
	rel := a.relative(dir)
	if rel == "." || strings.HasPrefix(rel, "../") || rel == ".." {
		return "INBOX"
	}
	var parts []string
	for part := range strings.SplitSeq(rel, "/") {
		plus, isPlus := strings.CutPrefix(part, ".")
		if !isPlus {
			parts = append(parts, part)
			continue
		}
		for piece := range strings.SplitSeq(plus, ".") {
			if decoded, err := decodeFolder(piece); err == nil {
				piece = decoded
			}
			parts = append(parts, piece)
		}
	}
	return strings.Join(parts, "/")
}

// holdsMaildir says whether there is a folder with cur or new at or beneath the
// path.
func holdsMaildir(root string) bool {
	found := false
	_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() && path != root && (e.Name() == "cur" || e.Name() == "new") {
			found = true
			return fs.SkipAll
		}
		return nil // what cannot be opened holds none that could be read
	})
	return found
}

// holdsMail says whether there is at least one mail.
func (a Archive) holdsMail() (found bool, err error) {
	err = filepath.WalkDir(a.Path, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			if path == a.Path {
				return err
			}
			return nil // the ledger says so when it is read
		}
		if _, belongs := a.drawerOf(path, e); path != a.Path && !belongs || e.IsDir() {
			return nil
		}
		ok := a.Kind == Maildir
		if !ok {
			if ok, err = a.isMail(path); err != nil && path == a.Path {
				return err
			}
			// In a folder, a file that ends in .eml is one, however broken.
			ok = ok || a.Kind == EML && path != a.Path
		}
		if ok {
			found = true
			return fs.SkipAll
		}
		return nil
	})
	return found, err
}

// isMail says whether a file begins as one of the archive's kind does.
func (a Archive) isMail(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, err := f.Read(head)
	if n == 0 {
		if errors.Is(err, fs.ErrPermission) {
			return false, err
		}
		return false, nil
	}
	head = bytes.TrimPrefix(head[:n], byteOrderMark)
	if a.Kind == Mbox {
		return bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte("From ")), nil
	}
	_, found, _ := mime.ParseHeader(head, time.Time{})
	return found && bytes.IndexByte(head, 0) < 0, nil
}

// mboxes finds where the mails lie in each file, and leaves out files that are
// no mbox, as indexes beside them are.
func (a Archive) mboxes(ctx context.Context, files []drawer) ([]drawer, error) {
	var list []drawer
	for _, d := range files {
		if len(d.files) == 0 {
			if len(d.odd) > 0 {
				list = append(list, d)
			}
			continue
		}
		path := d.files[0]
		d.files = nil
		ok, err := a.isMail(path)
		if err == nil && !ok {
			continue
		}
		if err == nil {
			d.mbox = path
			d.spans, err = spansOf(ctx, path)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			d.odd = append(d.odd, "the file could not be read to its end: "+reasonOf(err))
		}
		list = append(list, d)
	}
	return list, nil
}
