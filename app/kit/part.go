package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// face is the renderer of every part: what it is drawn with, how it lies and how it takes the
// colours of the moment. paint runs before each layout and may be nil, as may layout.
type face struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	paint   func()
}

func newFace(owner fyne.Widget, min func() fyne.Size, layout func(fyne.Size), paint func(), objects ...fyne.CanvasObject) *face {
	f := &face{owner: owner, objects: objects, min: min, layout: layout, paint: paint}
	if paint != nil {
		paint()
	}
	return f
}

func (f *face) Destroy()                     {}
func (f *face) MinSize() fyne.Size           { return f.min() }
func (f *face) Objects() []fyne.CanvasObject { return f.objects }

func (f *face) Layout(size fyne.Size) {
	if f.layout != nil {
		f.layout(size)
	}
}

func (f *face) Refresh() {
	if f.paint != nil {
		f.paint()
	}
	f.Layout(f.owner.Size())
	for _, o := range f.objects {
		o.Refresh()
	}
	canvas.Refresh(f.owner)
}

// put moves and resizes an object in one call. Words stand on whole units, so that all in a row have
// one baseline and the icon beside them is level: Fyne rounds a part of a pixel upwards.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	if _, words := o.(*canvas.Text); words {
		y = float32(math.Round(float64(y)))
	}
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// natural is the width an object asks for; texts that may be cut still ask for all of theirs here.
func natural(o fyne.CanvasObject) float32 {
	if n, ok := o.(interface{ naturalWidth() float32 }); ok {
		return n.naturalWidth()
	}
	return o.MinSize().Width
}

// A Flow is an object whose height depends on its width, as wrapped text does.
type Flow interface {
	fyne.CanvasObject
	// HeightFor returns the height needed at a width, without laying anything out.
	HeightFor(width float32) float32
}

// HeightOf returns the height an object needs at a width: HeightFor of a Flow, else its minimum.
// A hidden object needs none.
func HeightOf(o fyne.CanvasObject, width float32) float32 {
	if !o.Visible() {
		return 0
	}
	if f, ok := o.(Flow); ok {
		return f.HeightFor(width)
	}
	return o.MinSize().Height
}

// box is a rectangle of the given radius; colours are set by paint.
func box(radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(nil)
	r.CornerRadius = radius
	return r
}

// fill gives a rectangle its colours by name. A stroke of 0 has no edge.
func fill(r *canvas.Rectangle, ground, edge fyne.ThemeColorName, stroke float32) {
	r.FillColor = Color(ground)
	r.StrokeColor = Color(edge)
	r.StrokeWidth = stroke
}
