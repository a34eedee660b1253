package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync/space"
)

// drop does what a file that was dropped on the window asks for, by what it is. Of
// several it takes the first that it can use.
func (w *window) drop(paths []string) {
	if len(paths) == 0 {
		return
	}
	bridge.Load(w.bg, &w.dropped, func(context.Context) (map[string]space.File, error) {
		kinds := map[string]space.File{}
		for _, path := range paths {
			kind, err := space.FileKind(path)
			if err != nil {
				return nil, err
			}
			kinds[path] = kind
		}
		return kinds, nil
	}, func(kinds map[string]space.File, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		for _, path := range paths {
			if w.takeDropped(path, kinds[path]) {
				return
			}
		}
		w.say(cannotUse(paths[0]))
	})
}

// takeDropped begins what a file is for, and says whether it is for something.
func (w *window) takeDropped(path string, is space.File) bool {
	switch {
	case is.Bundle != "":
		w.askBundle(path, is.Bundle)
	case is.Invitation:
		w.askJoinWith(path)
	case slices.Contains(append(listEndings, ".txt"), strings.ToLower(filepath.Ext(path))):
		w.importFile(path)
	default:
		return false
	}
	return true
}

// cannotUse says why a file is left alone, and where it goes instead.
func cannotUse(path string) string {
	name := filepath.Base(path)
	switch strings.ToLower(filepath.Ext(path)) {
	case ".eml", ".mbox":
		return name + " is mail; rapport import keeps mail that lies in files"
	case ".ics":
		return name + " is a calendar; add it under Settings, where its path goes"
	}
	return name + " is no list, vCard, bundle or invitation, so nothing was done with it"
}

// askBundle asks before what a bundle holds is taken in.
func (w *window) askBundle(path, id string) {
	if w.frozen() || !w.canShare() {
		return
	}
	f := newForm(w.bg)
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (data.Space, error) { return w.db.Space(ctx, id) }, func(s data.Space, err error) {
		switch {
		case errors.Is(err, data.ErrNotFound):
			w.say(filepath.Base(path) + " is of a space that this laptop does not share; join it first with an invitation")
			return
		case err != nil:
			w.fail(err)
			return
		}
		for _, line := range []string{
			"What " + filepath.Base(path) + " has of " + s.Name + " and this laptop lacks is taken in, as with every exchange: what its author was not allowed to write is kept apart.",
			"Nothing is sent. To give something back, export a bundle.",
		} {
			f.rows = append(f.rows, kit.NewParagraph(kit.Body, kit.Ink, line))
		}
		yes := kit.NewButton(kit.Primary, "Take it in", func() { w.takeBundle(f, s, path) })
		w.askOf(f, "package-open", "Take a bundle into "+s.Name, kit.NewButton(kit.Plain, "Cancel", w.dismiss), yes)
	})
}

// takeBundle takes a bundle in and says what came of it.
func (w *window) takeBundle(f *form, s data.Space, path string) {
	f.waiting("Taking it in")
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (string, error) { return w.sharer.TakeBundle(ctx, s.ID, path) }, func(words string, err error) {
		if err != nil {
			f.say(err)
			return
		}
		w.dismiss()
		w.reload()
		w.refreshState()
		w.say(s.Name + ": " + words)
	})
}
