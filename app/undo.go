package app

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/data"
	"rapport/data/store"
)

// undoList is what was undone in this session and can be done again.
type undoList struct{ forward []store.Undo }

// forget drops what could be done again: something else happened since.
func (u *undoList) forget() { u.forward = nil }

// write changes the workspace in one transaction that the label names, and
// offers undo in the status bar; then, if set, is called after it was kept. What
// goes wrong is told in the status bar.
func (w *window) write(label string, do func(*store.Tx) error, then func()) {
	if w.frozen() {
		return
	}
	var u store.Undo
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		u, err = w.db.Write(ctx, label, do)
		return err
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.did(u)
		if then != nil {
			then()
		}
	})
}

// undo goes back behind the latest write; in a field it undoes typing instead.
func (w *window) undo() {
	if w.typed(&fyne.ShortcutUndo{}) || w.frozen() {
		return
	}
	var back store.Undo
	bridge.Act(w.bg, func(ctx context.Context) (err error) {
		back, err = w.db.UndoLast(ctx)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, data.ErrNotFound):
			w.say("Nothing to undo")
		case err != nil:
			w.fail(err)
		default:
			w.undos.forward = append(w.undos.forward, back)
			w.say("Undone: " + back.Label)
		}
	})
}

// redo does again what was undone last.
func (w *window) redo() {
	if w.typed(&fyne.ShortcutRedo{}) {
		return
	}
	n := len(w.undos.forward)
	if n == 0 {
		w.say("Nothing to do again")
		return
	}
	next := w.undos.forward[n-1]
	w.undos.forward = w.undos.forward[:n-1]
	bridge.Act(w.bg, func(ctx context.Context) error {
		_, err := w.db.Undo(ctx, next.ID)
		return err
	}, func(err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.say("Done again: " + next.Label)
	})
}

// typed gives an editing shortcut to the field that somebody types in, and says
// whether there is one.
func (w *window) typed(s fyne.Shortcut) bool {
	field, ok := w.canvas.Focused().(fyne.Shortcutable)
	if ok {
		field.TypedShortcut(s)
	}
	return ok
}
