package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// TrackWidth is how wide a StepTrack is.
const TrackWidth = 342

// TrackTick is a month on a time line of days.
type TrackTick struct {
	Name string
	Day  int // from the beginning of the line
}

// TrackHead names the months of the StepTracks under it.
type TrackHead struct {
	widget.BaseWidget
	Days   int
	Ticks  []TrackTick
	labels []*canvas.Text
	face   *face
}

// NewTrackHead returns the names of the months over so many days. A name that would touch the one
// before is left out.
func NewTrackHead(days int, ticks []TrackTick) *TrackHead {
	t := &TrackHead{Days: days, Ticks: ticks}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer draws the names.
func (t *TrackHead) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(120, lineHeight(Micro)) }
	t.face = newFace(t, least, t.place, nil)
	t.face.paint = t.paint
	t.paint()
	return t.face
}

func (t *TrackHead) paint() {
	for len(t.labels) < len(t.Ticks) {
		t.labels = append(t.labels, canvas.NewText("", nil))
	}
	t.face.objects = nil
	for i, tick := range t.Ticks {
		dress(t.labels[i], Micro, Ink2)
		t.labels[i].Text = tick.Name
		t.face.objects = append(t.face.objects, t.labels[i])
	}
}

func (t *TrackHead) place(s fyne.Size) {
	end := float32(-8)
	for i, tick := range t.Ticks {
		x, w := dayAt(tick.Day, t.Days, s.Width), measure(Micro, tick.Name)
		t.labels[i].Hidden = x < end+8 || x+w > s.Width
		put(t.labels[i], x, (s.Height-lineHeight(Micro))/2, w, lineHeight(Micro))
		if !t.labels[i].Hidden {
			end = x + w
		}
	}
}

func dayAt(day, days int, width float32) float32 {
	return width * float32(min(max(day, 0), days)) / float32(max(days, 1))
}

// StepTrack is a stretch of days on a time line that begins today, in the colour of whom it asks
// most, and when it is in words beside it.
type StepTrack struct {
	widget.BaseWidget
	Days     int // of the whole line
	From, To int // days from today; negative is over
	Words    string
	Tone     Tone
	axis     *canvas.Rectangle
	span     *canvas.Rectangle
	label    *canvas.Text
}

// NewStepTrack returns the line of a step.
func NewStepTrack(days, from, to int, words string, tone Tone) *StepTrack {
	t := &StepTrack{Days: days, From: from, To: to, Words: words, Tone: tone}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer draws the stretch and its words.
func (t *StepTrack) CreateRenderer() fyne.WidgetRenderer {
	t.axis, t.span, t.label = box(0), box(4), canvas.NewText("", nil)
	least := func() fyne.Size { return fyne.NewSize(120, lineHeight(Micro)) }
	paint := func() {
		ink := Ink2
		if t.Tone == Late {
			ink = Alert
		}
		fill(t.axis, Edge, Clear, 0)
		fill(t.span, tones[t.Tone].mark, Clear, 0)
		dress(t.label, Small, ink)
	}
	return newFace(t, least, t.place, paint, t.axis, t.span, t.label)
}

func (t *StepTrack) place(s fyne.Size) {
	put(t.axis, 0, 0, 1, s.Height)
	x := dayAt(t.From, t.Days, s.Width-9) + 1
	w := max(dayAt(t.To+1, t.Days, s.Width-9)+1-x, 8)
	put(t.span, x, (s.Height-10)/2, w, 10)
	t.span.Hidden = t.Words == ""
	t.label.Text = clip(Small, t.Words, s.Width-12)
	width := measure(Small, t.label.Text)
	at := x + w + 7
	if at+width > s.Width { // no room behind it
		at = max(x-7-width, 3)
	}
	put(t.label, at, (s.Height-lineHeight(Small))/2, width, lineHeight(Small))
}
