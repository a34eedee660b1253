package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// GridLook is the ground of an entry in a DayGrid.
type GridLook int

// The grounds of entries.
const (
	GridPlain GridLook = iota // among us
	GridReady                 // with a customer, and prepared
	GridOpen                  // with a customer, and nothing prepared yet
)

// GridBlock is an entry in a DayGrid.
type GridBlock struct {
	Day           int // column
	From, To      int // minutes after midnight
	Lane, Lanes   int // of those beside each other
	Title, Second string
	Tier          string // "A", "B", "C", "" for none
	Icon          string // at the lower right, "" for none
	Look          GridLook
	Struck        bool // it was called off
}

// DayGrid draws days beside each other, hour by hour, with what happens in them. It takes the
// keyboard so that its page has it, and hands all keys on.
type DayGrid struct {
	press
	Days     int
	From, To int // first hour, and the hour it ends with
	Blocks   []GridBlock
	On       int // the current block, -1 for none
	NowDay   int // column of now, -1 for none
	Now      int // minutes after midnight
	NowText  string
	OnTap    func(block int)
	OnOpen   func(block int) // a second tap on the current block

	face  *face
	hours []*canvas.Text
	rules []*canvas.Rectangle
	sides []*canvas.Rectangle
	marks []*gridMark
	now   *canvas.Rectangle
	nowAt *canvas.Text
	ring  *canvas.Rectangle
}

// Sizes in a DayGrid, before Scaled.
const (
	// GridGutter is the width of the hours at the left.
	GridGutter = 58
	// GridHour is the height of an hour.
	GridHour = 57
	gridGap  = 4 // between an entry and the line of its day
	gridTop  = 8 // over the first hour, for its name
)

// role is how an entry's name is written: bold where it is with a customer, small where there is no
// room for more.
func (b GridBlock) role() Role {
	bold := b.Look != GridPlain && !b.Struck
	switch short := b.To-b.From < 20; {
	case short && bold:
		return MicroBold
	case short:
		return Micro
	case bold:
		return SmallBold
	}
	return Small
}

// gridMark is what an entry is drawn with.
type gridMark struct {
	ground, bar, tier     *canvas.Rectangle
	title, second, letter *canvas.Text
	image                 *glyph
}

func newGridMark() *gridMark {
	m := &gridMark{ground: box(6), bar: box(1.5), tier: box(4), title: canvas.NewText("", nil), second: canvas.NewText("", nil), letter: canvas.NewText("", nil), image: newGlyph()}
	m.letter.Alignment = fyne.TextAlignCenter
	return m
}

func (m *gridMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.ground, m.bar, m.title, m.second, m.tier, m.letter, m.image.Raster}
}

// NewDayGrid returns a grid without days; set the fields, then Refresh.
func NewDayGrid() *DayGrid {
	g := &DayGrid{From: 8, To: 19, On: -1, NowDay: -1}
	g.begin(g, nil)
	return g
}

// TopOf is how far below the grid's edge a time of day is.
func (g *DayGrid) TopOf(minute int) float32 {
	return Scaled(gridTop) + Scaled(GridHour)*float32(minute-60*g.From)/60
}

// Tapped makes the entry under the pointer the current one, or opens it when it is.
func (g *DayGrid) Tapped(e *fyne.PointEvent) {
	for i := range g.Blocks {
		x, y, w, h := g.spot(i, g.Size())
		if p := e.Position; p.X < x || p.X > x+w || p.Y < y || p.Y > y+h {
			continue
		}
		if i == g.On && g.OnOpen != nil {
			g.OnOpen(i)
		} else if g.OnTap != nil {
			g.OnTap(i)
		}
		return
	}
}

// TypedKey hands every key on: the page knows what is current.
func (g *DayGrid) TypedKey(e *fyne.KeyEvent) { strayKey(g, e) }

// CreateRenderer draws the grid.
func (g *DayGrid) CreateRenderer() fyne.WidgetRenderer {
	g.now, g.nowAt, g.ring = box(1), canvas.NewText("", nil), newRing()
	g.hours, g.rules, g.sides, g.marks = nil, nil, nil, nil
	least := func() fyne.Size {
		return fyne.NewSize(Scaled(GridGutter)+float32(g.Days)*40, Scaled(2*gridTop)+Scaled(GridHour)*float32(max(g.To-g.From, 1)))
	}
	g.face = newFace(g, least, g.place, nil)
	g.face.paint = g.paint
	g.paint()
	return g.face
}

func (g *DayGrid) paint() {
	hours := max(g.To-g.From, 1)
	g.rules, g.sides = grown(g.rules, hours+1), grown(g.sides, g.Days)
	for len(g.hours) < hours+1 {
		g.hours = append(g.hours, canvas.NewText("", nil))
	}
	for len(g.marks) < len(g.Blocks) {
		g.marks = append(g.marks, newGridMark())
	}
	var objects []fyne.CanvasObject
	for i := range hours + 1 {
		fill(g.rules[i], Hair, Clear, 0)
		dress(g.hours[i], Micro, Ink2)
		g.hours[i].Alignment = fyne.TextAlignTrailing
		g.hours[i].Text = twoDigits((g.From+i)%24) + ":00"
		g.hours[i].Hidden = g.NowDay >= 0 && abs(g.Now-60*(g.From+i)) < 18
		objects = append(objects, g.rules[i], g.hours[i])
	}
	for _, s := range g.sides[:g.Days] {
		fill(s, Hair, Clear, 0)
		objects = append(objects, s)
	}
	for i, b := range g.Blocks {
		g.marks[i].dress(b, i == g.On)
		objects = append(objects, g.marks[i].objects()...)
	}
	fill(g.now, Alert, Clear, 0)
	dress(g.nowAt, MicroBold, Alert)
	g.nowAt.Alignment, g.nowAt.Text = fyne.TextAlignTrailing, g.NowText
	if g.NowDay >= 0 && g.Now >= 60*g.From && g.Now <= 60*g.To {
		objects = append(objects, g.now, g.nowAt)
	}
	g.face.objects = append(objects, g.ring)
}

// gridInks are ground, edge, bar and ink of each look.
var gridInks = map[GridLook][4]fyne.ThemeColorName{
	GridPlain: {Hover, Clear, Clear, Ink2},
	GridReady: {AccentSoft, Clear, Accent, Ink},
	GridOpen:  {Bg, Edge, Accent, Ink},
}

func (m *gridMark) dress(b GridBlock, on bool) {
	inks := gridInks[b.Look]
	second, icon, tier := Ink2, Accent, Ink2
	if on {
		inks = [4]fyne.ThemeColorName{Accent, Clear, OnAccent, OnAccent}
		second, icon, tier = OnAccent, OnAccent, OnAccent
	}
	if b.Struck && !on {
		inks = [4]fyne.ThemeColorName{Bg, Hair, Clear, Ink3}
		second, icon, tier = Ink3, Ink3, Ink3
	}
	stroke := float32(0)
	if inks[1] != Clear {
		stroke = 1
	}
	fill(m.ground, inks[0], inks[1], stroke)
	fill(m.bar, inks[2], Clear, 0)
	m.bar.Hidden = b.Look == GridPlain || b.Struck
	dress(m.title, b.role(), inks[3])
	m.title.TextStyle.Strikethrough = b.Struck
	dress(m.second, Micro, second)
	fill(m.tier, Clear, tier, 1)
	dress(m.letter, MicroBold, inks[3])
	m.letter.Text = b.Tier
	m.image.set(b.Icon, icon)
}

// spot is where an entry lies.
func (g *DayGrid) spot(i int, s fyne.Size) (x, y, w, h float32) {
	b := g.Blocks[i]
	left, width := g.column(b.Day, s.Width)
	lanes := float32(max(b.Lanes, 1))
	lane := (width - 2*gridGap) / lanes
	y = g.TopOf(b.From) + 1
	return left + gridGap + lane*float32(b.Lane), y, max(lane-2, 6), max(g.TopOf(b.To)-y-1, Scaled(12))
}

// column is where a day lies.
func (g *DayGrid) column(day int, width float32) (x, w float32) {
	return gridColumn(day, g.Days, width)
}

func gridColumn(day, days int, width float32) (x, w float32) {
	w = max(width-Scaled(GridGutter), 0) / float32(max(days, 1))
	return Scaled(GridGutter) + w*float32(day), w
}

func (g *DayGrid) place(s fyne.Size) {
	gutter := Scaled(GridGutter)
	for i := range max(g.To-g.From, 1) + 1 {
		y := g.TopOf(60 * (g.From + i))
		put(g.rules[i], gutter, y, s.Width-gutter, 1)
		put(g.hours[i], 0, y-lineHeight(Micro)/2, gutter-9, lineHeight(Micro))
	}
	for i := range g.Days {
		x, _ := g.column(i, s.Width)
		put(g.sides[i], x, 0, 1, s.Height)
	}
	for i, m := range g.marks[:len(g.Blocks)] {
		x, y, w, h := g.spot(i, s)
		m.place(g.Blocks[i], x, y, w, h)
	}
	g.placeNow(s)
	showRing(g.ring, false, s, 0)
	if g.focused && g.On >= 0 && g.On < len(g.Blocks) {
		x, y, w, h := g.spot(g.On, s)
		fill(g.ring, Clear, Accent, 2)
		g.ring.CornerRadius = 9
		put(g.ring, x-3, y-3, w+6, h+6)
		g.ring.Show()
	}
}

func (g *DayGrid) placeNow(s fyne.Size) {
	if g.NowDay < 0 {
		return
	}
	x, w := g.column(g.NowDay, s.Width)
	y := g.TopOf(g.Now)
	put(g.now, x, y-1, w, 2)
	put(g.nowAt, 0, y-lineHeight(Micro)/2, Scaled(GridGutter)-9, lineHeight(Micro))
}

func (m *gridMark) place(b GridBlock, x, y, w, h float32) {
	put(m.ground, x, y, w, h)
	inset := float32(7)
	if !m.bar.Hidden {
		edge := min(5, h/5)
		put(m.bar, x+4, y+edge, 3, h-2*edge)
		inset = 13
		if w < 70 {
			inset = 10
		}
	}
	room := w - inset - 6
	m.tier.Hidden = b.Tier == "" || w < 90 || h < 26
	m.letter.Hidden = m.tier.Hidden
	if !m.tier.Hidden {
		room -= 22
		put(m.tier, x+w-6-16, y+6, 16, 16)
		put(m.letter, x+w-6-16, y+6+(16-lineHeight(Micro))/2, 16, lineHeight(Micro))
	}
	role := b.role()
	top := y + min(5, max((h-lineHeight(role))/2, -2))
	m.title.Text = clip(role, b.Title, room)
	put(m.title, x+inset, top, max(room, 0), lineHeight(role))
	m.image.Hidden = b.Icon == "" || w < 60 || h < 42
	low := room
	if !m.tier.Hidden {
		low += 22
	}
	if !m.image.Hidden {
		put(m.image, x+w-6-16, y+h-20, 15, 15)
		if h < 62 {
			low -= 22
		}
	}
	m.second.Hidden = b.Second == "" || h < 5+lineHeight(role)+lineHeight(Micro)
	m.second.Text = clip(Micro, b.Second, low)
	put(m.second, x+inset, top+lineHeight(role)+1, max(low, 0), lineHeight(Micro))
}
