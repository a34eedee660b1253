package kit

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
)

// count writes a whole number with a comma between thousands.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Silence is a stretch of weeks, in which nobody spoke, of a YearStrip.
type Silence struct {
	From, To int // first and last week
	Text     string
}

// YearStrip is a year in weeks: what we began above the axis, what they began below, silences
// between. A brush marks the weeks that are looked at; it is moved by pointer or Left and Right.
type YearStrip struct {
	press
	Ours, Theirs []int // how many per week, oldest first; equally long
	Silences     []Silence
	Months       map[int]string // the label under a week
	From, To     int            // the brush, first and last week
	OnBrush      func(from, to int)

	face        *face
	bars        []*canvas.Rectangle
	gaps        []*canvas.Rectangle
	labels      []*canvas.Text
	axis        *canvas.Rectangle
	brush, ring *canvas.Rectangle
	grabbed     bool
	grip        float32
}

// StripHeight is the height of a YearStrip.
const StripHeight = 70

// NewYearStrip returns a strip without weeks; set the fields, then Refresh.
func NewYearStrip() *YearStrip {
	y := &YearStrip{axis: box(0), brush: box(6), ring: newRing()}
	y.begin(y, nil)
	return y
}

// Tapped puts the middle of the brush where the pointer is.
func (y *YearStrip) Tapped(e *fyne.PointEvent) {
	y.moveTo(y.weekAt(e.Position.X) - (y.To-y.From)/2)
}

// Dragged moves the brush with the pointer.
func (y *YearStrip) Dragged(e *fyne.DragEvent) {
	week := y.weekAt(e.Position.X)
	if !y.grabbed {
		y.grabbed, y.grip = true, float32(week-y.From)
		if week < y.From || week > y.To {
			y.grip = float32(y.To-y.From) / 2
		}
	}
	y.moveTo(week - int(y.grip))
}

// DragEnd lets go of the brush.
func (y *YearStrip) DragEnd() { y.grabbed = false }

// TypedKey moves the brush with Left and Right.
func (y *YearStrip) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		y.moveTo(y.From - 1)
	case fyne.KeyRight:
		y.moveTo(y.From + 1)
	default:
		y.press.TypedKey(e)
	}
}

// Cursor is a hand: the brush can be moved.
func (y *YearStrip) Cursor() desktop.Cursor { return desktop.PointerCursor }

func (y *YearStrip) moveTo(from int) {
	width := y.To - y.From
	from = max(min(from, len(y.Ours)-1-width), 0)
	if from == y.From {
		return
	}
	y.From, y.To = from, from+width
	y.Refresh()
	if y.OnBrush != nil {
		y.OnBrush(y.From, y.To)
	}
}

// CreateRenderer draws the strip.
func (y *YearStrip) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(260, Scaled(StripHeight)) }
	y.face = newFace(y, least, y.place, nil)
	y.face.paint = y.paint
	y.paint()
	return y.face
}

const (
	stripAxis = 27 // height of the axis
	stripMost = 22 // longest bar above it
	stripLess = 18 // longest bar below it
)

func (y *YearStrip) paint() {
	objects := []fyne.CanvasObject{}
	y.gaps = grown(y.gaps, len(y.Silences))
	y.bars = grown(y.bars, 2*len(y.Ours))
	for len(y.labels) < len(y.Silences)+len(y.Months) {
		y.labels = append(y.labels, canvas.NewText("", nil))
	}
	for i := range y.Silences {
		fill(y.gaps[i], CoolSoft, Clear, 0)
		y.gaps[i].CornerRadius = 3
		objects = append(objects, y.gaps[i])
	}
	fill(y.axis, Edge, Clear, 0)
	objects = append(objects, y.axis)
	for i := range y.Ours {
		fill(y.bars[2*i], Accent, Clear, 0)
		fill(y.bars[2*i+1], Theirs, Clear, 0)
		y.bars[2*i].CornerRadius, y.bars[2*i+1].CornerRadius = 2, 2
		objects = append(objects, y.bars[2*i], y.bars[2*i+1])
	}
	for i, t := range y.labels[:len(y.Silences)+len(y.Months)] {
		dress(t, Micro, Ink2)
		if i < len(y.Silences) {
			dress(t, Mark, Cool)
		}
		objects = append(objects, t)
	}
	fill(y.brush, Clear, Ink2, 1.5)
	y.brush.Hidden = y.To < y.From || len(y.Ours) == 0
	y.face.objects = append(objects, y.brush, y.ring)
}

func grown(list []*canvas.Rectangle, n int) []*canvas.Rectangle {
	for len(list) < n {
		list = append(list, box(0))
	}
	return list
}

// pitch is the room of a week.
func (y *YearStrip) pitch() float32 {
	return y.Size().Width / float32(max(len(y.Ours), 1))
}

func (y *YearStrip) weekAt(x float32) int {
	return int(math.Floor(float64(x / y.pitch())))
}

func (y *YearStrip) place(s fyne.Size) {
	p := y.pitch()
	most := y.most()
	put(y.axis, 0, stripAxis, s.Width, 1)
	width := min(max(p-6, 3), 9)
	for i := range y.Ours {
		x := float32(i)*p + (p-width)/2
		up := barLength(y.Ours[i], most, stripMost)
		down := barLength(y.Theirs[i], most, stripLess)
		put(y.bars[2*i], x, stripAxis-1-up, width, up)
		put(y.bars[2*i+1], x, stripAxis+2, width, down)
		y.bars[2*i].Hidden, y.bars[2*i+1].Hidden = up == 0, down == 0
	}
	y.placeLabels(s, p)
	put(y.brush, float32(y.From)*p, 0, float32(y.To-y.From+1)*p, 54)
	showRing(y.ring, y.focused, fyne.NewSize(s.Width, 54), 6)
}

func (y *YearStrip) placeLabels(s fyne.Size, p float32) {
	for i, gap := range y.Silences {
		x, w := float32(gap.From)*p, float32(gap.To-gap.From+1)*p
		put(y.gaps[i], x, 5, w, 44)
		t := y.labels[i]
		t.Text = clip(Mark, gap.Text, w)
		t.Alignment = fyne.TextAlignCenter
		put(t, x, 9, w, t.MinSize().Height)
	}
	i := len(y.Silences)
	for week, name := range y.Months {
		t := y.labels[i]
		t.Text = name
		w := measure(Micro, name)
		put(t, min(float32(week)*p+2, s.Width-w), 55, w, t.MinSize().Height)
		i++
	}
}

func (y *YearStrip) most() int {
	m := 1
	for i := range y.Ours {
		m = max(m, y.Ours[i], y.Theirs[i])
	}
	return m
}

// barLength grows with the root, so that one mail is seen beside a week of twenty.
func barLength(n, most int, longest float32) float32 {
	if n <= 0 {
		return 0
	}
	return max(float32(math.Sqrt(float64(n)/float64(most)))*longest, 4)
}
