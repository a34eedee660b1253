package folder

import (
	"errors"
	"io/fs"
	"slices"

	"rapport/data"
)

type deed bool

const (
	reading deed = false
	writing deed = true
)

// trouble turns what the system says into a problem that a person can act on,
// where it is one. That a single file has gone is none.
func (f *Folder) trouble(err error, d deed) error {
	if _, known := data.AsProblem(err); err == nil || known {
		return err
	}
	is := func(list []error) bool {
		return slices.ContainsFunc(list, func(e error) bool { return errors.Is(err, e) })
	}
	var kind data.ProblemKind
	switch {
	case errors.Is(err, fs.ErrNotExist), is(vanished):
		kind = data.FolderGone
	case is(full):
		kind = data.DiskFull
	case d == writing && (errors.Is(err, fs.ErrPermission) || is(fixed)):
		kind = data.ReadOnly
	case errors.Is(err, fs.ErrPermission):
		kind = data.Forbidden
	default:
		return err
	}
	return &data.Problem{Kind: kind, About: f.shared, Cause: err}
}
