package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// AnswerScale is one answer on a scale: a dot for each step, a filled one with its
// number, a ring for the answer of the time before, and a line between them.
type AnswerScale struct {
	widget.BaseWidget
	steps       int
	now, before int // from 0; -1 for none
	word        string
	dots        []*canvas.Circle
	way         *canvas.Line
	ring, disc  *canvas.Circle
	label       *canvas.Text
}

// The sides of the three marks.
const (
	stepSide = 5
	ringSide = 9
	discSide = 17
)

// NewAnswerScale returns a scale without an answer.
func NewAnswerScale() *AnswerScale {
	a := &AnswerScale{steps: 2, now: -1, before: -1}
	a.ExtendBaseWidget(a)
	return a
}

// Set shows an answer: steps is how many there are, now and before which of them, -1
// for none; word stands in the disc of now.
func (a *AnswerScale) Set(steps, now, before int, word string) {
	a.steps, a.now, a.before, a.word = max(steps, 2), now, before, word
	a.Refresh()
}

// mostSteps is how many steps the longest scale has, 0 to 10.
const mostSteps = 11

// CreateRenderer draws the scale.
func (a *AnswerScale) CreateRenderer() fyne.WidgetRenderer {
	a.way, a.ring, a.disc, a.label = canvas.NewLine(nil), canvas.NewCircle(nil), canvas.NewCircle(nil), canvas.NewText("", nil)
	var objects []fyne.CanvasObject
	a.dots = nil // what was out of sight for long is drawn anew
	for range mostSteps {
		dot := canvas.NewCircle(nil)
		a.dots = append(a.dots, dot)
		objects = append(objects, dot)
	}
	objects = append(objects, a.way, a.ring, a.disc, a.label)
	return newFace(a, func() fyne.Size { return fyne.NewSize(120, discSide+3) }, a.place, a.paint, objects...)
}

func (a *AnswerScale) paint() {
	for i, d := range a.dots {
		d.FillColor, d.Hidden = Color(Edge), i >= a.steps
	}
	a.way.StrokeColor, a.way.StrokeWidth = Color(Ink2), 1.5
	a.way.Hidden = a.now < 0 || a.before < 0 || a.now == a.before
	a.ring.FillColor, a.ring.StrokeColor, a.ring.StrokeWidth = Color(Bg), Color(Ink2), 1.5
	a.ring.Hidden = a.before < 0 || a.before == a.now
	a.disc.FillColor, a.disc.Hidden = Color(Theirs), a.now < 0
	a.label.Text, a.label.Hidden = a.word, a.now < 0
	dress(a.label, MicroBold, OnAccent)
}

func (a *AnswerScale) place(s fyne.Size) {
	at := func(i int) float32 {
		return discSide/2 + (s.Width-discSide)*float32(i)/float32(a.steps-1)
	}
	y := s.Height / 2
	for i := range min(a.steps, len(a.dots)) {
		put(a.dots[i], at(i)-stepSide/2, y-stepSide/2, stepSide, stepSide)
	}
	if a.before >= 0 {
		put(a.ring, at(a.before)-ringSide/2, y-ringSide/2, ringSide, ringSide)
	}
	if a.now < 0 {
		return
	}
	if a.before >= 0 {
		a.way.Position1, a.way.Position2 = fyne.NewPos(at(a.before), y), fyne.NewPos(at(a.now), y)
	}
	put(a.disc, at(a.now)-discSide/2, y-discSide/2, discSide, discSide)
	m := a.label.MinSize()
	put(a.label, at(a.now)-m.Width/2, y-m.Height/2, m.Width, m.Height)
}
