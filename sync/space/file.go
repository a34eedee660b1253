package space

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"

	"rapport/data"
	"rapport/sync/team/bundle"
)

// A File is what a file that somebody was given is to spaces; the zero File is
// nothing of theirs.
type File struct {
	Bundle     string // the ID of the space that the bundle is of
	Invitation bool
}

// FileKind looks at the beginning of a file. A folder is nothing; a file that begins
// as a bundle and is none is a *data.Problem.
func FileKind(path string) (File, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return File{}, nil
	}
	if err != nil {
		return File{}, &data.Problem{Kind: data.NoFile, About: path, Cause: err, Once: true}
	}
	defer f.Close()
	head := make([]byte, 64)
	n, err := io.ReadFull(f, head)
	if err != nil && n == 0 {
		return File{}, nil // empty, or a folder
	}
	switch head = head[:n]; {
	case bytes.HasPrefix(head, []byte("rapport bundle ")):
		id, err := bundle.Space(path)
		return File{Bundle: id}, err
	case bytes.HasPrefix(head, []byte("rapport invitation ")):
		return File{Invitation: true}, nil
	}
	return File{}, nil
}
