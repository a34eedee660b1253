package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"rapport/app/kit"
)

// filling lays objects one under another, each as high as it needs at the width
// there is; the last one takes all that is left.
type filling struct{}

func (filling) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.Size{}
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			least = fyne.NewSize(max(least.Width, m.Width), least.Height+m.Height)
		}
	}
	return least
}

func (filling) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		h := kit.HeightOf(o, size.Width)
		if i == len(objects)-1 {
			h = max(size.Height-y, 0)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h
	}
}

// filled is objects one under another of which the last takes what is left.
func filled(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(filling{}, objects...)
}

// paneWithFoot is a pane whose last object stands at its bottom, as high as it
// needs; the one before takes what is left.
type paneWithFoot struct{}

func (paneWithFoot) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return filling{}.MinSize(objects)
}

func (paneWithFoot) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	last := len(objects) - 1
	h := min(kit.HeightOf(objects[last], size.Width), size.Height)
	filling{}.Layout(objects[:last], fyne.NewSize(size.Width, size.Height-h))
	objects[last].Move(fyne.NewPos(0, size.Height-h))
	objects[last].Resize(fyne.NewSize(size.Width, h))
}

// stage shows one object out of several: a list, or why there is none.
type stage struct{ box *fyne.Container }

func newStage(first fyne.CanvasObject) stage { return stage{container.NewStack(first)} }

// show puts an object on the stage, unless it is there already.
func (s stage) show(o fyne.CanvasObject) {
	if s.box.Objects[0] != o {
		s.box.Objects = []fyne.CanvasObject{o}
		s.box.Refresh()
	}
}

// waits returns what a slot does when the first answer takes long: the stage says
// that it waits.
func (s stage) waits(asked *bool) func() {
	return func() {
		if !*asked {
			s.show(reading())
		}
	}
}

// answered says whether an answer came, and notes in asked that one did. Where none
// came, the older one stays and the window says why; where there is no older one,
// the stage does.
func (s stage) answered(w *window, err error, asked *bool, retry func()) bool {
	switch {
	case err == nil:
		*asked = true
	case *asked:
		w.fail(err)
	default:
		s.show(failedView(err, retry))
	}
	return err == nil
}

// reading is what a place shows while an answer takes long.
func reading() fyne.CanvasObject {
	return kit.NewEmpty(kit.NewIcon("loader-circle", 36, kit.Ink3), "Reading…", "The rest of the window works meanwhile.")
}

// framed is a row of a list whose parts are laid out by its body.
type framed struct {
	widget.BaseWidget
	body fyne.CanvasObject
}

// CreateRenderer shows the body.
func (f *framed) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.body) }

// under is the place right below an object, for menus.
func under(o fyne.CanvasObject) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
	return at.AddXY(0, o.Size().Height+4)
}

// lined lays the first object over all the room and the second, a hairline, at
// its bottom.
type lined struct{}

func (lined) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (lined) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(size)
	objects[1].Move(fyne.NewPos(0, size.Height-1))
	objects[1].Resize(fyne.NewSize(size.Width, 1))
}

// filledUnder is an object over all the room with a line at its bottom.
func filledUnder(o, line fyne.CanvasObject) *fyne.Container {
	return container.New(lined{}, o, line)
}

// keepFocus gives the keyboard to a page whose objects were drawn anew, when
// nothing has it.
func (w *window) keepFocus(p page) {
	if w.page() == p && w.canvas.Focused() == nil {
		w.refocus()
	}
}
