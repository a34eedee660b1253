package sync

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/sync/mime"
	"rapport/sync/secret"
)

// File is an attachment that is kept on this laptop.
type File struct {
	data.Attachment
	// Path is where its bytes lie, under a name that tells nothing; OpenableCopy
	// gives them their own.
	Path string
	// Risk says why opening it may do harm, as a sentence without its full stop;
	// "" where nothing speaks against it.
	Risk string
}

// filesFolder is where attachments lie in a workspace, each by its hash.
const filesFolder = "files"

// pathOf is where the bytes with that hash lie or would lie.
func pathOf(dir, hash string) string {
	return filepath.Join(dir, filesFolder, hash[:min(2, len(hash))], hash)
}

// IsKept says whether an attachment's bytes are on this laptop.
func IsKept(dir string, a data.Attachment) bool {
	if a.Hash == "" {
		return false
	}
	info, err := os.Stat(pathOf(dir, a.Hash))
	return err == nil && info.Mode().IsRegular() && info.Size() == a.Size
}

// Attachment gives one of a mail's attachments, counted from 0: at once if it is
// kept, else by reading the mail again, after which all of its attachments are
// kept. Its errors are those of Pull, and data.ErrNotFound for a number that the
// mail does not have.
func Attachment(ctx context.Context, db *store.DB, keys secret.Keeper, m data.MessageRow, n int, o PullOptions) (File, error) {
	if n < 0 || n >= len(m.Attached) {
		return File{}, fmt.Errorf("attachment %d of message %s: %w", n+1, m.ID, data.ErrNotFound)
	}
	wanted := m.Attached[n]
	if !IsKept(db.Dir(), wanted) {
		raw, err := Pull(ctx, db, keys, m, o)
		if err != nil {
			return File{}, err
		}
		if wanted, err = keepAll(db.Dir(), raw, wanted, n); err != nil {
			return File{}, err
		}
		if !slices.Contains(m.Attached, wanted) { // only its beginning was known
			if _, err := complete(ctx, db, m, raw); err != nil {
				return File{}, err
			}
		}
	}
	f := File{Attachment: wanted, Path: pathOf(db.Dir(), wanted.Hash)}
	content, err := os.ReadFile(f.Path)
	if err != nil {
		return f, fmt.Errorf("attachment: %w", err)
	}
	if data.MessageIDOf(content) != wanted.Hash {
		return f, fmt.Errorf("attachment: %w", errors.Join(errChanged, os.Remove(f.Path)))
	}
	name := wanted.Name
	if name == "" {
		name = wanted.FileName()
	}
	f.Risk = data.FileRisk(name, content)
	return f, nil
}

var errChanged = errors.New("the file changed on the disk and was thrown away; ask for it again")

// keepAll keeps every attachment of a mail and returns the one that is wanted: of
// a mail that was known only at its beginning, the one of that name.
func keepAll(dir string, raw []byte, wanted data.Attachment, n int) (data.Attachment, error) {
	list, contents := mime.Attached(raw)
	for i, a := range list {
		if err := keepFile(dir, a.Hash, contents[i]); err != nil {
			return wanted, err
		}
	}
	same := func(a data.Attachment) bool {
		return wanted.Hash != "" && a.Hash == wanted.Hash || a.Name == wanted.Name && a.Type == wanted.Type
	}
	if n < len(list) && same(list[n]) {
		return list[n], nil
	}
	if i := slices.IndexFunc(list, same); i >= 0 {
		return list[i], nil
	}
	return wanted, fmt.Errorf("attachment: %w", data.ErrNotFound)
}

// keepFile keeps bytes under their hash, whole or not at all.
func keepFile(dir, hash string, content []byte) error {
	path := pathOf(dir, hash)
	if info, err := os.Stat(path); err == nil && info.Size() == int64(len(content)) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	return writeWhole(path, content, 0o600)
}

// writeWhole writes a file beside its place and moves it there when all of it is
// on the disk.
func writeWhole(path string, content []byte, mode fs.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return fmt.Errorf("attachment: %w", err)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("attachment: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return nil
}

// copiesKept is how long the copies that were opened lie there.
const copiesKept = 7 * 24 * time.Hour

// OpenableCopy is a copy of an attachment under its own name, for the system's
// program to open. It cannot be written to, so that nobody takes it for the place
// to keep changes in; it goes away some days later. The name is clean, whatever
// the mail says.
func OpenableCopy(dir string, f File, now time.Time) (string, error) {
	path, err := openablePath(dir, f.Hash, f.FileName(), now)
	if err != nil {
		return "", err
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == f.Size {
		return path, nil
	}
	content, err := os.ReadFile(f.Path)
	if err != nil {
		return "", fmt.Errorf("attachment: %w", err)
	}
	return path, writeWhole(path, content, 0o400)
}

// OpenablePage is a page of ours under a name, for the system's program to open
// and print, as OpenableCopy is of an attachment. The same page lies in the same
// place.
func OpenablePage(dir, name string, page []byte, now time.Time) (string, error) {
	sum := sha256.Sum256(page)
	path, err := openablePath(dir, hex.EncodeToString(sum[:]), name, now)
	if err != nil {
		return "", err
	}
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(page)) {
		return path, nil
	}
	return path, writeWhole(path, page, 0o400)
}

// openablePath makes the folder for a file that is to be opened, only ours to
// read, and throws old ones away.
func openablePath(dir, hash, name string, now time.Time) (string, error) {
	root := filepath.Join(dir, filesFolder, "opened")
	removeOld(root, now)
	place := filepath.Join(root, hash[:min(16, len(hash))])
	if err := os.MkdirAll(place, 0o700); err != nil {
		return "", fmt.Errorf("file to open: %w", err)
	}
	return filepath.Join(place, name), nil
}

// removeOld throws away copies that were made long ago. One that another program
// holds stays until the next time.
func removeOld(root string, now time.Time) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > copiesKept {
			_ = os.RemoveAll(filepath.Join(root, e.Name()))
		}
	}
}

// SaveAttachment writes an attachment where somebody wants it: into a folder under
// its clean name, or to a file that is not there yet. It returns the path.
func SaveAttachment(f File, to string) (string, error) {
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		to = filepath.Join(to, f.FileName())
	}
	if _, err := os.Lstat(to); err == nil {
		return to, &data.Invalid{Field: "file", Says: to + " is there already; name another file"}
	}
	content, err := os.ReadFile(f.Path)
	if err != nil {
		return to, fmt.Errorf("attachment: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(to)); err != nil {
		return to, &data.Problem{Kind: data.NoFile, About: filepath.Dir(to), Cause: err}
	}
	return to, writeWhole(to, content, 0o600)
}
