package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Widths of the window at which panes fold.
const (
	FoldInspector = 1180 // below: the inspector slides over the main column
	FoldSide      = 1080 // below: the side list is a menu button
)

// Shell is the frame of the window: rail, side list, main column, inspector, status bar.
type Shell struct {
	widget.BaseWidget
	// OnFold is called when the window got so narrow or wide that panes fold or unfold.
	OnFold func(side, inspector bool)

	rail, status          fyne.CanvasObject
	side, main, inspector fyne.CanvasObject
	sideWidth             float32
	inspectorWidth        float32
	sideOpen              bool // shown over the main column while folded
	inspectorOpen         bool
	folded                [2]bool

	face    *face
	grounds [3]*Ground
	edges   [2]*Ground
	handle  *handle
}

// NewShell returns the frame around a rail and a status bar.
func NewShell(rail, status fyne.CanvasObject) *Shell {
	s := &Shell{rail: rail, status: status, sideWidth: 216, inspectorWidth: 340}
	s.grounds = [3]*Ground{NewGround(Pane), NewGround(Bg), NewGround(Pane)}
	s.edges = [2]*Ground{NewUpright(), NewUpright()}
	s.handle = newHandle(func(dx float32) {
		s.inspectorWidth = min(max(s.inspectorWidth-dx, 280), 440)
		s.Refresh()
	})
	s.ExtendBaseWidget(s)
	return s
}

// SetPage shows a page: its side list and inspector may be nil. A width of 0 keeps the one before.
func (s *Shell) SetPage(side, main, inspector fyne.CanvasObject, sideWidth, inspectorWidth float32) {
	s.side, s.main, s.inspector = side, main, inspector
	if sideWidth > 0 {
		s.sideWidth = sideWidth
	}
	if inspectorWidth > 0 {
		s.inspectorWidth = inspectorWidth
	}
	s.sideOpen, s.inspectorOpen = false, false
	s.Refresh()
}

// Folded says which panes have no room of their own now.
func (s *Shell) Folded() (side, inspector bool) {
	w := s.Size().Width
	return w < FoldSide, w < FoldInspector
}

// OpenInspector slides a folded inspector over the main column, or away.
func (s *Shell) OpenInspector(open bool) { s.inspectorOpen = open; s.Refresh() }

// InspectorOpen says whether the inspector can be seen.
func (s *Shell) InspectorOpen() bool {
	_, folded := s.Folded()
	return s.inspector != nil && (!folded || s.inspectorOpen)
}

// OpenSide shows a folded side list over the main column, or takes it away.
func (s *Shell) OpenSide(open bool) { s.sideOpen = open; s.Refresh() }

// SideOpen says whether the side list can be seen.
func (s *Shell) SideOpen() bool {
	folded, _ := s.Folded()
	return s.side != nil && (!folded || s.sideOpen)
}

// InspectorWidth is the width the person gave the inspector.
func (s *Shell) InspectorWidth() float32 { return s.inspectorWidth }

// menuBarHeight is what Fyne's menu bar takes of the window above the shell, so that a screen of
// 960×600 has room for both.
const menuBarHeight = 24

// CreateRenderer lays the frame out.
func (s *Shell) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(960, 600-menuBarHeight) }
	s.face = newFace(s, least, s.place, nil)
	s.face.paint = s.paint
	s.paint()
	return s.face
}

func (s *Shell) paint() {
	objects := []fyne.CanvasObject{s.grounds[1]}
	if s.main != nil {
		objects = append(objects, s.main)
	}
	if s.SideOpen() {
		objects = append(objects, s.grounds[0], s.side, s.edges[0])
	}
	if s.InspectorOpen() {
		objects = append(objects, s.grounds[2], s.inspector, s.edges[1], s.handle)
	}
	s.face.objects = append(objects, s.status, s.rail)
}

func (s *Shell) place(size fyne.Size) {
	s.refold()
	h := size.Height - Scaled(StatusHeight)
	rail := railWidth()
	put(s.rail, 0, 0, rail, size.Height)
	put(s.status, rail, h, size.Width-rail, size.Height-h)
	left, right := rail, size.Width
	side, inspector := s.Folded()
	if s.SideOpen() {
		put(s.grounds[0], left, 0, s.sideWidth, h)
		put(s.side, left, 0, s.sideWidth-1, h)
		put(s.edges[0], left+s.sideWidth-1, 0, 1, h)
		if !side {
			left += s.sideWidth
		}
	}
	if s.InspectorOpen() {
		x := size.Width - s.inspectorWidth
		put(s.grounds[2], x, 0, s.inspectorWidth, h)
		put(s.edges[1], x, 0, 1, h)
		put(s.inspector, x+1, 0, s.inspectorWidth-1, h)
		put(s.handle, x-3, 0, 7, h)
		if !inspector {
			right = x
		}
	}
	put(s.grounds[1], left, 0, right-left, h)
	if s.main != nil {
		put(s.main, left, 0, right-left, h)
	}
}

// refold notices that the window crossed a width at which panes fold.
func (s *Shell) refold() {
	side, inspector := s.Folded()
	if s.Size().Width <= 0 || s.folded == [2]bool{side, inspector} {
		return
	}
	s.folded = [2]bool{side, inspector}
	s.sideOpen, s.inspectorOpen = false, false
	s.paint()
	if s.OnFold != nil {
		s.OnFold(side, inspector)
	}
}

// handle is the edge of a pane that can be dragged.
type handle struct {
	widget.BaseWidget
	moved func(dx float32)
}

func newHandle(moved func(dx float32)) *handle {
	h := &handle{moved: moved}
	h.ExtendBaseWidget(h)
	return h
}

func (h *handle) CreateRenderer() fyne.WidgetRenderer {
	return newFace(h, func() fyne.Size { return fyne.NewSize(7, 7) }, nil, nil)
}

func (h *handle) Dragged(e *fyne.DragEvent) { h.moved(e.Dragged.DX) }
func (h *handle) DragEnd()                  {}
func (h *handle) Cursor() desktop.Cursor    { return desktop.HResizeCursor }
