package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
)

// view is a window on something higher than itself. It is Fyne's, without the shadows that one lays
// over the first and last row: our edges are hairlines.
type view struct {
	container.Scroll
}

func newView(content fyne.CanvasObject) *view {
	v := &view{}
	v.Direction, v.Content = container.ScrollVerticalOnly, content
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer leaves content and scroll bars, which answer the pointer, of what Fyne draws.
func (v *view) CreateRenderer() fyne.WidgetRenderer {
	r := &viewRenderer{WidgetRenderer: v.Scroll.CreateRenderer(), shown: []fyne.CanvasObject{v.Content}}
	for _, o := range r.WidgetRenderer.Objects() {
		if _, bar := o.(desktop.Hoverable); bar && o != v.Content {
			r.shown = append(r.shown, o)
		}
	}
	return r
}

type viewRenderer struct {
	fyne.WidgetRenderer
	shown []fyne.CanvasObject
}

func (r *viewRenderer) Objects() []fyne.CanvasObject { return r.shown }
