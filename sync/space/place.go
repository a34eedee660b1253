package space

import (
	"context"
	"path/filepath"
	"strings"

	"rapport/data"
	"rapport/sync/team"
	"rapport/sync/team/folder"
)

// The kinds of places, as data.Space.Place begins.
const (
	inFolder = "folder:" // and its path
	onHub    = "nats:"   // and its servers with commas between them, a slash, and what the place is called there
)

// FolderPlace is the place of a space that is carried in a shared folder.
func FolderPlace(path string) (string, error) {
	abs, err := filepath.Abs(path)
	return inFolder + abs, err
}

// placeOf is the way to a space's place. fresh makes the place where it is new to
// the space.
func (s *Spaces) placeOf(ctx context.Context, sp data.Space, fresh bool) (team.Carrier, error) {
	path, ok := strings.CutPrefix(sp.Place, inFolder)
	switch {
	case ok && fresh:
		return folder.Make(ctx, path, sp.ID, s.db.Dir())
	case ok:
		return folder.Open(ctx, path, sp.ID, s.db.Dir())
	case strings.HasPrefix(sp.Place, onHub):
		return s.hubOf(ctx, sp.Place, fresh)
	case sp.Place == "":
		return nil, &data.Invalid{Field: "place", Says: sp.Name + " is exchanged by bundle files; use rapport bundle export and import"}
	}
	return nil, &data.Invalid{Field: "place", Says: "this version of Rapport does not know the place " + sp.Place}
}
