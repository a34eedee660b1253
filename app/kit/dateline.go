package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// DateLine is a line of days that ends today. A knob stands on the day that is looked at; it is
// moved by pointer, or by Left and Right.
type DateLine struct {
	press
	Days   int // how many days back the line begins
	Back   int // how many days back the knob stands
	Ticks  []TrackTick
	OnMove func(back int)

	face   *face
	axis   *canvas.Rectangle
	gone   *canvas.Rectangle // from the knob to today: what is not known yet
	knob   *canvas.Circle
	ring   *canvas.Rectangle
	marks  []*canvas.Rectangle
	labels []*canvas.Text
}

// DateLineHeight is the height of a DateLine.
const DateLineHeight = 30

const (
	dateAxis = 8
	dateKnob = 14
)

// NewDateLine returns a line without days; set the fields, then Refresh.
func NewDateLine() *DateLine {
	d := &DateLine{axis: box(1), gone: box(1), knob: canvas.NewCircle(nil), ring: newRing()}
	d.begin(d, nil)
	return d
}

// Tapped puts the knob where the pointer is.
func (d *DateLine) Tapped(e *fyne.PointEvent) { d.moveTo(d.backAt(e.Position.X)) }

// Dragged moves the knob with the pointer.
func (d *DateLine) Dragged(e *fyne.DragEvent) { d.moveTo(d.backAt(e.Position.X)) }

// DragEnd lets go of the knob.
func (d *DateLine) DragEnd() {}

// TypedKey moves the knob by a day with Left and Right.
func (d *DateLine) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		d.moveTo(d.Back + 1)
	case fyne.KeyRight:
		d.moveTo(d.Back - 1)
	default:
		d.press.TypedKey(e)
	}
}

// Cursor is a hand: the knob can be moved.
func (d *DateLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// backAt is the day under a place; the whole knob fits on the line at both ends.
func (d *DateLine) backAt(x float32) int {
	share := (x - dateKnob/2) / max(d.Size().Width-dateKnob, 1)
	return int(math.Round(float64((1 - share) * float32(d.Days))))
}

// at is where the middle of a day is.
func (d *DateLine) at(back int, width float32) float32 {
	return dateKnob/2 + (1-float32(back)/float32(max(d.Days, 1)))*(width-dateKnob)
}

func (d *DateLine) moveTo(back int) {
	if back = max(min(back, d.Days), 0); back == d.Back {
		return
	}
	d.Back = back
	d.Refresh()
	if d.OnMove != nil {
		d.OnMove(back)
	}
}

// CreateRenderer draws the line.
func (d *DateLine) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(160, Scaled(DateLineHeight)) }
	d.face = newFace(d, least, d.place, nil)
	d.face.paint = d.paint
	d.paint()
	return d.face
}

func (d *DateLine) paint() {
	d.marks = grown(d.marks, len(d.Ticks))
	for len(d.labels) < len(d.Ticks) {
		d.labels = append(d.labels, canvas.NewText("", nil))
	}
	fill(d.axis, WarmMark, Clear, 0)
	fill(d.gone, Edge, Clear, 0)
	objects := []fyne.CanvasObject{d.axis, d.gone}
	for i, tick := range d.Ticks {
		fill(d.marks[i], Edge, Clear, 0)
		dress(d.labels[i], Micro, Ink2)
		d.labels[i].Text = tick.Name
		objects = append(objects, d.marks[i], d.labels[i])
	}
	d.knob.FillColor, d.knob.StrokeColor, d.knob.StrokeWidth = Color(WarmMark), Color(Raised), 2
	d.face.objects = append(objects, d.knob, d.ring)
}

func (d *DateLine) place(s fyne.Size) {
	knob := d.at(d.Back, s.Width)
	put(d.axis, 0, dateAxis-1, knob, 2)
	put(d.gone, knob, dateAxis-0.5, s.Width-knob, 1)
	put(d.knob, knob-dateKnob/2, dateAxis-dateKnob/2, dateKnob, dateKnob)
	end := float32(-8)
	for i, tick := range d.Ticks {
		x, w := d.at(d.Days-tick.Day, s.Width), measure(Micro, tick.Name)
		put(d.marks[i], x, dateAxis+3, 1, 4)
		d.labels[i].Hidden = x < end+8 || x+w > s.Width
		if !d.labels[i].Hidden {
			put(d.labels[i], x, dateAxis+7, w, lineHeight(Micro))
			end = x + w
		}
	}
	showRing(d.ring, d.focused, s, 6)
}
