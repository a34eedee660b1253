package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Moment is what a timeline row shows.
type Moment struct {
	Day, Time string // Day is "" when the row above has the same
	Icon      string
	Tone      Tone // whose it is, or Late
	Met       bool // both sides together: the disc is dark
	Planned   bool // not yet: the disc is a ring
	Title     string
	Detail    string
	Tag       string // "" is none
	TagTone   Tone
	TagIcon   string
	Who       string // initials at the right, "" none
	WhoSide   Tone
	Privacy   string // icon at the right: lock, users, handshake
	First     bool   // the spine begins here
	Last      bool   // the spine ends here
}

// Measures of the timeline: where things stand from the left of the list.
const (
	timelineEdge  = 12 // the ground of a row is wider than its content
	timelineSpine = 92 // centre of the spine
	timelineText  = 120
	// TimelineHeight is the height of a moment's row.
	TimelineHeight = 46
	// GapHeight is the height of a silence's row.
	GapHeight = 48
	// MonthHeight is the height of a month's heading.
	MonthHeight = 32
)

// TimelineRow is a moment on the timeline.
type TimelineRow struct {
	widget.BaseWidget
	Moment   Moment
	Selected bool

	above, below *canvas.Rectangle
	disc         *canvas.Circle
	icon         *Icon
	day, time    *Text
	title        *Columns
	heading      *Text
	tag          *Tag
	detail       *Text
	who          *Avatar
	privacy      *Icon
}

// NewTimelineRow returns a row without contents.
func NewTimelineRow() *TimelineRow {
	r := &TimelineRow{
		above: box(0), below: box(0), disc: canvas.NewCircle(nil), icon: NewIcon("", 14, Ink),
		day: NewText(BodyBold, ""), time: NewText(Micro, "").In(Ink3),
		heading: NewText(BodyBold, ""), tag: NewTag(Neutral, "", ""),
		detail: NewText(Small, "").In(Ink2).Bending(), who: NewAvatar("", Ours, 20), privacy: NewIcon("", 14, Ink2),
	}
	r.title = NewColumns(8, []Col{Fit(), Fit()}, r.heading, r.tag)
	r.ExtendBaseWidget(r)
	return r
}

// Set fills the row.
func (r *TimelineRow) Set(m Moment, selected bool) {
	r.Moment, r.Selected = m, selected
	r.Refresh()
}

// CreateRenderer draws the row.
func (r *TimelineRow) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(240, Scaled(TimelineHeight)) }
	return newFace(r, least, r.place, r.paint, r.above, r.below, r.disc, r.icon, r.day, r.time,
		r.title, r.detail, r.who, r.privacy)
}

func (r *TimelineRow) paint() {
	m := r.Moment
	fill(r.above, Edge, Clear, 0)
	fill(r.below, Edge, Clear, 0)
	r.above.Hidden, r.below.Hidden = m.First, m.Last
	r.paintDisc()
	r.day.Text, r.time.Text = m.Day, m.Time
	r.heading.Text, r.detail.Text = m.Title, m.Detail
	r.tag.Tone, r.tag.Icon, r.tag.Text = m.TagTone, m.TagIcon, m.Tag
	r.tag.Hidden = m.Tag == ""
	r.who.Initials, r.who.Side, r.who.Lifted = m.Who, m.WhoSide, r.Selected
	r.who.Hidden = m.Who == ""
	r.privacy.Name, r.privacy.Tint = m.Privacy, Ink2
	if m.Privacy == "handshake" {
		r.privacy.Tint = Theirs
	}
}

func (r *TimelineRow) paintDisc() {
	m, c := r.Moment, tones[r.Moment.Tone]
	r.disc.FillColor, r.disc.StrokeWidth = Color(c.soft), 0
	r.icon.Name, r.icon.Tint = m.Icon, c.ink
	switch {
	case m.Planned:
		r.disc.FillColor, r.disc.StrokeColor, r.disc.StrokeWidth = Color(Bg), Color(c.ink), 1.25
	case m.Met:
		r.disc.FillColor = Color(Ink2)
		r.icon.Tint = Bg
	case r.Selected:
		r.disc.FillColor = Color(Bg)
	}
}

func (r *TimelineRow) place(s fyne.Size) {
	mid := s.Height / 2
	put(r.above, timelineSpine-1, 0, 2, mid-13)
	put(r.below, timelineSpine-1, mid+13, 2, s.Height-mid-13)
	put(r.disc, timelineSpine-13, mid-13, 26, 26)
	put(r.icon, timelineSpine-7, mid-7, 14, 14)
	high, low := lineHeight(BodyBold), lineHeight(Small)
	top := (s.Height - high - low + 1) / 2
	timeTop := top + high
	if r.Moment.Day == "" {
		timeTop = (s.Height - low) / 2
	}
	put(r.day, timelineEdge, top, 62, high)
	put(r.time, timelineEdge, timeTop, 62, low)
	right := s.Width - timelineEdge
	put(r.privacy, right-14, (s.Height-14)/2, 14, 14)
	put(r.who, right-44, (s.Height-20)/2, 20, 20)
	room := max(right-44-12-timelineText, 0)
	put(r.title, timelineText, top, room, high)
	put(r.detail, timelineText, top+high-1, room, low)
}

// GapBar is a silence: one square a day, open while inside the rhythm, full after it; over 30 days
// one square a week.
type GapBar struct {
	widget.BaseWidget
	Days, Rhythm int
	Note         string // who ended it: "we broke the silence"; "" is none
	ground       *canvas.Rectangle
	squares      []*canvas.Rectangle
	words        *Line
	face         *face
}

// NewGapBar returns the bar of a silence. A rhythm of 0 means none was agreed.
func NewGapBar(days, rhythm int, note string) *GapBar {
	g := &GapBar{Days: days, Rhythm: rhythm, Note: note, ground: box(6), words: NewLine().Bending()}
	g.ExtendBaseWidget(g)
	return g
}

// Set changes the silence.
func (g *GapBar) Set(days, rhythm int, note string) {
	g.Days, g.Rhythm, g.Note = days, rhythm, note
	g.Refresh()
}

// Squares is how many squares are drawn, and how many of them are open.
func (g *GapBar) Squares() (all, open int) {
	if g.Days <= 30 {
		return g.Days, min(g.Rhythm, g.Days)
	}
	all = min((g.Days+6)/7, 52)
	return all, min((g.Rhythm+6)/7, all)
}

// CreateRenderer draws the bar, 30 high.
func (g *GapBar) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(160, Scaled(30)) }
	g.face = newFace(g, least, g.place, nil)
	g.face.paint = g.paint
	g.paint()
	return g.face
}

func (g *GapBar) paint() {
	fill(g.ground, CoolSoft, Clear, 0)
	all, open := g.Squares()
	for len(g.squares) < all {
		g.squares = append(g.squares, box(2.5))
	}
	g.face.objects = []fyne.CanvasObject{g.ground, g.words}
	for i := range all {
		if i < open {
			fill(g.squares[i], Clear, Ctl, 1)
		} else {
			fill(g.squares[i], CoolMark, CoolMark, 1)
		}
		g.face.objects = append(g.face.objects, g.squares[i])
	}
	g.words.Spans = g.spans()
}

func (g *GapBar) spans() []Span {
	note := ""
	if g.Rhythm > 0 {
		note = "rhythm is " + count(g.Rhythm)
	}
	if g.Note != "" && note != "" {
		note += " · "
	}
	return []Span{
		{Text: count(g.Days) + " quiet days", Role: SmallBold, Tint: Cool},
		{Text: note + g.Note, Role: Small, Tint: Cool, Gap: 10},
	}
}

func (g *GapBar) place(s fyne.Size) {
	put(g.ground, 0, 0, s.Width, s.Height)
	all, _ := g.Squares()
	x := float32(12)
	for i := range all {
		put(g.squares[i], x, (s.Height-9)/2, 9, 9)
		x += 11
	}
	put(g.words, x+9, 0, max(s.Width-x-15, 0), s.Height)
}

// TimelineGap is a silence on the timeline: the spine is dotted beside it.
type TimelineGap struct {
	widget.BaseWidget
	Bar  *GapBar
	dots [7]*canvas.Circle
}

// NewTimelineGap returns a row for a silence; fill it with Bar.Set.
func NewTimelineGap() *TimelineGap {
	g := &TimelineGap{Bar: NewGapBar(0, 0, "")}
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer draws the row.
func (g *TimelineGap) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{g.Bar}
	for i := range g.dots {
		g.dots[i] = canvas.NewCircle(nil)
		objects = append(objects, g.dots[i])
	}
	least := func() fyne.Size { return fyne.NewSize(240, Scaled(GapHeight)) }
	place := func(s fyne.Size) {
		for i, d := range g.dots {
			put(d, timelineSpine-1, 2+float32(i)*(s.Height-6)/6, 2, 2)
		}
		h := Scaled(30)
		put(g.Bar, timelineText, (s.Height-h)/2, max(s.Width-timelineText-timelineEdge, 0), h)
	}
	paint := func() {
		for _, d := range g.dots {
			d.FillColor = Color(CoolMark)
		}
	}
	return newFace(g, least, place, paint, objects...)
}

// NewMonthHead returns the name of a month over its moments.
func NewMonthHead(month string) *MonthHead {
	m := &MonthHead{label: NewText(SmallBold, month).In(Ink2)}
	m.ExtendBaseWidget(m)
	return m
}

// MonthHead is the heading of a month on the timeline.
type MonthHead struct {
	widget.BaseWidget
	label *Text
}

// Set changes the month.
func (m *MonthHead) Set(month string) { m.label.Set(month) }

// CreateRenderer draws the heading.
func (m *MonthHead) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(80, Scaled(MonthHeight)) }
	place := func(s fyne.Size) { put(m.label, timelineEdge, 0, s.Width-2*timelineEdge, s.Height) }
	return newFace(m, least, place, nil, m.label)
}
