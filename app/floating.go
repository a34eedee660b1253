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
func (w *window) popMenu(m *fyne.Menu, at fyne.Position) *widget.PopUpMenu {
	shown := widget.NewPopUpMenu(m, w.canvas)
	shown.ShowAtPosition(at)
	return shown
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

// topped lays one object at the top as high as it needs, and another under it
// over the rest.
func topped(top, rest fyne.CanvasObject) fyne.CanvasObject {
	return container.New(toppedLayout{}, top, rest)
}

type toppedLayout struct{}

func (toppedLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[1].MinSize() }

func (toppedLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := kit.HeightOf(o[0], size.Width)
	put(o[0], 0, 0, size.Width, h)
	put(o[1], 0, h, size.Width, size.Height-h)
}

// put moves and resizes an object.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}
