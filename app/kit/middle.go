package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// middle puts an object of a width in the middle of its room, a little above half.
type middle struct {
	widget.BaseWidget
	content fyne.CanvasObject
	width   float32
}

func newMiddle(content fyne.CanvasObject, width float32) *middle {
	m := &middle{content: content, width: width}
	m.ExtendBaseWidget(m)
	return m
}

// wide is the width of the content: more where its buttons need it, less where the room is small.
func (m *middle) wide(room float32) float32 {
	return min(max(m.width, m.content.MinSize().Width), room)
}

func (m *middle) HeightFor(width float32) float32 {
	return HeightOf(m.content, m.wide(width)) + 48
}

func (m *middle) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size {
		return fyne.NewSize(m.content.MinSize().Width, HeightOf(m.content, max(m.width, m.content.MinSize().Width)))
	}
	place := func(s fyne.Size) {
		w := m.wide(s.Width)
		h := HeightOf(m.content, w)
		put(m.content, (s.Width-w)/2, max((s.Height-h)*0.45, 0), w, h)
	}
	return newFace(m, least, place, nil, m.content)
}
