package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Tip shows why or when about an object while the pointer rests on it. It takes the hover of what
// lies inside it, so do not put buttons in it (they have a Tip of their own) nor rows of a list.
type Tip struct {
	widget.BaseWidget
	Text    string
	content fyne.CanvasObject
	timer   hint
}

// NewTip returns an object with words that show after half a second.
func NewTip(content fyne.CanvasObject, text string) *Tip {
	t := &Tip{Text: text, content: content}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer shows the object.
func (t *Tip) CreateRenderer() fyne.WidgetRenderer {
	place := func(s fyne.Size) { put(t.content, 0, 0, s.Width, s.Height) }
	return newFace(t, func() fyne.Size { return t.content.MinSize() }, place, nil, t.content)
}

func (t *Tip) naturalWidth() float32 { return natural(t.content) }

// MouseIn begins to wait.
func (t *Tip) MouseIn(*desktop.MouseEvent) { t.timer.wait(t, t.Text) }

// MouseMoved does nothing.
func (t *Tip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the words away.
func (t *Tip) MouseOut() { t.timer.end() }

// hint waits on the window's own clock and shows the words of a tip.
type hint struct {
	waiting *fyne.Animation
	shown   *widget.PopUp
}

const restBefore = 500 * time.Millisecond

func (h *hint) wait(over fyne.CanvasObject, text string) {
	h.end()
	if text == "" {
		return
	}
	h.waiting = fyne.NewAnimation(restBefore, func(done float32) {
		if done >= 1 && h.waiting != nil {
			h.waiting = nil
			h.show(over, text)
		}
	})
	h.waiting.Start()
}

func (h *hint) end() {
	if h.waiting != nil {
		h.waiting.Stop()
		h.waiting = nil
	}
	if h.shown != nil {
		h.shown.Hide()
		h.shown = nil
	}
}

func (h *hint) show(over fyne.CanvasObject, text string) {
	driver := fyne.CurrentApp().Driver()
	c := driver.CanvasForObject(over)
	if c == nil {
		return
	}
	body := newTipBody(text)
	h.shown = widget.NewPopUp(body, c)
	at := driver.AbsolutePositionForObject(over).AddXY(0, over.Size().Height+6)
	size := h.shown.MinSize()
	at.X = max(min(at.X, c.Size().Width-size.Width-8), 8)
	if at.Y+size.Height > c.Size().Height-8 {
		at.Y -= over.Size().Height + size.Height + 12
	}
	h.shown.ShowAtPosition(at)
}

// tipBody is the dark words of a tip.
type tipBody struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	label  *Text
}

func newTipBody(text string) *tipBody {
	t := &tipBody{ground: box(4), label: NewText(Small, text).In(Bg)}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tipBody) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(measure(Small, t.label.Text)+18, Scaled(26)) }
	place := func(s fyne.Size) {
		put(t.ground, 0, 0, s.Width, s.Height)
		put(t.label, 9, 0, s.Width-18, s.Height)
	}
	return newFace(t, least, place, func() { fill(t.ground, Ink, Clear, 0) }, t.ground, t.label)
}
