package kit

import (
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Block is a stretch of a day: a meeting.
type Block struct {
	From, To int // minutes after midnight
	Text     string
	Icon     string // shown when Text is ""
	Tone     Tone   // Ours for customers, Neutral for others
	Lane     int    // 0 is the highest; meetings at the same time have lanes of their own
}

// DayRibbon is the working day at a glance: hours, meetings, now.
type DayRibbon struct {
	widget.BaseWidget
	From, To int // first and last hour
	Blocks   []Block
	Now      int // minutes after midnight, -1 on another day
	NowText  string
	OnTap    func(block int) // a meeting was tapped

	face   *face
	hours  []*canvas.Text
	rules  []*canvas.Rectangle
	boxes  []*canvas.Rectangle
	words  []*canvas.Text
	images []*glyph
	now    *canvas.Rectangle
	nowAt  *canvas.Text
}

// RibbonHeight is the height of a DayRibbon, before Scaled.
const RibbonHeight = 64

// Heights in a ribbon, before Scaled.
const (
	ribbonWords = 3  // top of the hours
	ribbonTop   = 23 // top of the lines between the hours
	ribbonEnd   = 60 // their end
	ribbonBlock = 24 // height of a meeting that has its time for itself
)

// NewDayRibbon returns the ribbon of a day from one hour to another.
func NewDayRibbon(from, to int) *DayRibbon {
	d := &DayRibbon{From: from, To: to, Now: -1, now: box(1), nowAt: canvas.NewText("", nil)}
	d.ExtendBaseWidget(d)
	return d
}

// Tapped calls OnTap for the meeting under the pointer. Keys reach meetings as rows of the page.
func (d *DayRibbon) Tapped(e *fyne.PointEvent) {
	if d.OnTap == nil {
		return
	}
	lanes := lanesOf(d.Blocks)
	for i, b := range d.Blocks {
		top, height := laneAt(b.Lane, lanes[i])
		beside := lanes[i] > 1 && (e.Position.Y < top-1 || e.Position.Y > top+height+1)
		if x := e.Position.X; !beside && x >= d.x(b.From) && x <= d.x(b.To) {
			d.OnTap(i)
			return
		}
	}
}

// CreateRenderer draws the ribbon.
func (d *DayRibbon) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(240, Scaled(RibbonHeight)) }
	d.face = newFace(d, least, d.place, nil)
	d.face.paint = d.paint
	d.paint()
	return d.face
}

func (d *DayRibbon) x(minute int) float32 {
	all := float32(max(d.To-d.From, 1) * 60)
	return d.Size().Width * float32(min(max(minute-d.From*60, 0), (d.To-d.From)*60)) / all
}

func (d *DayRibbon) paint() {
	var objects []fyne.CanvasObject
	hours := max(d.To-d.From, 0)
	d.rules = grown(d.rules, hours+1)
	d.boxes = grown(d.boxes, len(d.Blocks))
	for len(d.hours) < hours {
		d.hours = append(d.hours, canvas.NewText("", nil))
	}
	for len(d.words) < len(d.Blocks) {
		d.words = append(d.words, canvas.NewText("", nil))
		d.images = append(d.images, newGlyph())
	}
	for i := range hours + 1 {
		fill(d.rules[i], Edge, Clear, 0)
		objects = append(objects, d.rules[i])
	}
	for i := range hours {
		dress(d.hours[i], Micro, Ink2)
		d.hours[i].Text = twoDigits(d.From + i)
		d.hours[i].Hidden = d.Now >= 0 && abs(d.Now-(d.From+i)*60) < 35
		objects = append(objects, d.hours[i])
	}
	for i, b := range d.Blocks {
		c := tones[b.Tone]
		fill(d.boxes[i], c.soft, Clear, 0)
		d.boxes[i].CornerRadius = 4
		dress(d.words[i], MicroBold, c.ink)
		objects = append(objects, d.boxes[i], d.words[i])
		if b.Text == "" && b.Icon != "" {
			d.images[i].set(b.Icon, c.ink)
			objects = append(objects, d.images[i].Raster)
		}
	}
	fill(d.now, Alert, Clear, 0)
	dress(d.nowAt, MicroBold, Alert)
	d.nowAt.Text = d.NowText
	if d.Now >= d.From*60 && d.Now <= d.To*60 {
		objects = append(objects, d.now, d.nowAt)
	}
	d.face.objects = objects
}

func (d *DayRibbon) place(s fyne.Size) {
	for i := range max(d.To-d.From, 0) + 1 {
		x := min(d.x((d.From+i)*60), s.Width-1)
		put(d.rules[i], x, Scaled(ribbonTop), 1, Scaled(ribbonEnd-ribbonTop))
		if i < d.To-d.From {
			put(d.hours[i], x, Scaled(ribbonWords), 30, d.hours[i].MinSize().Height)
		}
	}
	lanes := lanesOf(d.Blocks)
	for i, b := range d.Blocks {
		top, height := laneAt(b.Lane, lanes[i])
		d.placeBlock(i, top, height)
	}
	x := d.x(d.Now)
	put(d.now, x-1, Scaled(ribbonTop-2), 2, Scaled(ribbonEnd-ribbonTop+2))
	w := measure(MicroBold, d.NowText)
	put(d.nowAt, min(max(x-w/2+4, 0), s.Width-w), Scaled(ribbonWords), w, d.nowAt.MinSize().Height)
}

// placeBlock leaves one unit free behind a meeting, so that the next one is seen to be another.
func (d *DayRibbon) placeBlock(i int, top, height float32) {
	b := d.Blocks[i]
	x := d.x(b.From)
	w := max(d.x(b.To)-x-1, 4)
	put(d.boxes[i], x, top, w, height)
	h := d.words[i].MinSize().Height
	d.words[i].Text = ""
	if h < height+4 { // letters are lower than their line
		d.words[i].Text = clip(MicroBold, b.Text, w-10)
	}
	put(d.words[i], x+7, top+(height-h)/2, max(w-10, 0), h)
	side := float32(math.Floor(float64(min(14, height))))
	d.images[i].Hidden = w < side
	put(d.images[i], x+(w-side)/2, top+(height-side)/2, side, side)
}

// laneAt is where a lane of several lies. One alone is lower than the lines between the hours.
func laneAt(lane, lanes int) (top, height float32) {
	if lanes <= 1 {
		height = Scaled(ribbonBlock)
		return Scaled((ribbonTop+ribbonEnd)/2.0) - height/2, height
	}
	all := Scaled(RibbonHeight - ribbonTop)
	height = max((all-2*float32(lanes-1))/float32(lanes), 1)
	return Scaled(ribbonTop) + float32(lane)*(height+2), height
}

// lanesOf is, for each meeting, how many lanes there are while it lasts: those of all meetings that
// overlap it, or overlap one that does. A meeting at a quiet hour is not made thin by a crowded one.
func lanesOf(blocks []Block) []int {
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return blocks[a].From - blocks[b].From })
	lanes := make([]int, len(blocks))
	for from := 0; from < len(order); {
		end, most, to := 0, 0, from
		for ; to < len(order) && (to == from || blocks[order[to]].From < end); to++ {
			b := blocks[order[to]]
			end, most = max(end, b.To), max(most, b.Lane+1)
		}
		for ; from < to; from++ {
			lanes[order[from]] = most
		}
	}
	return lanes
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
