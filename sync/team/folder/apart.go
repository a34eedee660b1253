package folder

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rapport/data"
)

// database is the workspace's file, which no other program may copy while it is
// being written.
const database = "rapport.db"

const why = "a cloud that copies a database while it is being written breaks it; the pieces of what a team shares lie there in its stead"

// apart refuses a shared folder that holds the workspace's own, or lies in it.
func apart(shared, workspace string) error {
	if shared == "" {
		return &data.Invalid{Field: "folder", Says: "name the folder that all of the team see"}
	}
	outer, inner := real(shared), real(workspace)
	switch {
	case workspace == "":
	case outer == inner, lies(inner, outer):
		return refused("%s holds the workspace in %s; choose a folder apart from it: %s", shared, workspace, why)
	case lies(outer, inner):
		return refused("%s lies in the workspace %s; choose a folder apart from it, which all of the team see", shared, workspace)
	}
	if _, err := os.Stat(filepath.Join(shared, database)); err == nil {
		return refused("%s is itself a workspace; choose another folder: %s", shared, why)
	}
	return nil
}

func refused(format string, args ...any) error {
	return &data.Invalid{Field: "folder", Says: fmt.Sprintf(format, args...)}
}

// real is a path without links, as far as it is there.
func real(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if resolved, err := filepath.EvalSymlinks(abs); err == nil {
		return resolved
	}
	parent := filepath.Dir(abs)
	if parent == abs {
		return abs
	}
	return filepath.Join(real(parent), filepath.Base(abs))
}

// lies says whether one path lies in another.
func lies(inner, outer string) bool {
	relative, err := filepath.Rel(outer, inner)
	return err == nil && relative != "." && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// A shared folder may be a whole cloud; a workspace in it is looked for this far.
const (
	deep = 3
	wide = 5000
)

// holdsNoWorkspace refuses a shared folder with somebody's workspace in it.
func holdsNoWorkspace(shared string) error {
	looked := 0
	var at string
	_ = filepath.WalkDir(shared, func(path string, e fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(shared, path)
		switch looked++; {
		case looked > wide:
			return fs.SkipAll
		case err != nil: // what may not be read holds none of ours
			return fs.SkipDir
		case !e.IsDir() && strings.EqualFold(e.Name(), database):
			at = filepath.Dir(path)
			return fs.SkipAll
		case e.IsDir() && (relative == ours || strings.Count(relative, string(filepath.Separator)) >= deep):
			return fs.SkipDir
		}
		return nil
	})
	if at != "" {
		return refused("there is a workspace in %s; move it out of %s first: %s", at, shared, why)
	}
	return nil
}
