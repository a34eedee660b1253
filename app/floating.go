package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rapport/app/kit"
)

// pop shows something floating over the page, in place of what floats there
// already, and gives it the keyboard.
func (w *window) pop(o *kit.Overlay, focus fyne.Focusable) {
	w.router.reset()
	o.Open(w.canvas, focus)
}

// dismiss takes away what floats over the page.
func (w *window) dismiss() {
	if o := topOverlay(w.canvas); o != nil {
		o.Close()
	}
}

// popMenu shows a menu at a place of the window.
func (w *window) popMenu(m *fyne.Menu, at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(m, w.canvas, at)
}

// failedView is what a page shows in place of an answer that it did not get.
func failedView(err error, retry func()) fyne.CanvasObject {
	what, todo := troubleWords(err)
	if todo != "" {
		todo += "."
	}
	return kit.NewFailed("file-x-2", what, todo, kit.NewButton(kit.Plain, "Try again", retry))
}

// tall gives an object a height that it would not ask for, as a scroll has none.
func tall(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atLeast{fyne.NewSize(0, height)}, o)
}

// atLeast lays one object out over all the room and asks for a least size.
type atLeast struct{ size fyne.Size }

func (a atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return a.size.Max(objects[0].MinSize())
}

func (a atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
}
