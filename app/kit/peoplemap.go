package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"

	"rapport/data/chart"
)

// PeopleMap shows a chart.Map. Arrows walk to the nearest in a direction; Shift and an arrow lift the
// current person, or dragging does, and Enter or letting go puts them down elsewhere. All of it is one
// part, so that sixty people move at once.
type PeopleMap struct {
	press
	Map chart.Map
	On  int // the current person, -1 for none

	OnMove func(on int)                   // another became the current one, or nobody is lifted any more
	OnOpen func(on int)                   // Enter, or a second tap
	OnMenu func(on int, at fyne.Position) // right click or Shift+F10; at is on the canvas
	OnLift func(on int, x, y float32)     // the current person hovers over another place
	// OnPlace hears where somebody was put down. They stand where they were until Map says otherwise.
	OnPlace func(on int, x, y float32)
	// Rests are the places of X that Shift and an arrow go to, from the left; Step is how far they go up
	// and down.
	Rests []float32
	Step  float32

	face   *face
	plan   chart.Plan
	laid   fyne.Size
	rules  []*canvas.Rectangle
	words  []*canvas.Text
	curves *canvas.Raster // all lines but those of the lifted person
	moving *canvas.Raster // those
	mover  chart.Box      // the room that they take
	marks  []*mapMark
	lit    *canvas.Rectangle
	ring   *canvas.Rectangle
	shift  bool
	lifted bool
	byDrag bool
	grip   fyne.Position // from the lifted disc's middle to the pointer
	at     chart.Point   // of the lifted person
}

// mapMark is a person as drawn.
type mapMark struct {
	halo, disc           *canvas.Circle
	back                 *canvas.Rectangle
	initials, name, note *canvas.Text
	band                 *WarmthDisc
}

func newMapMark() *mapMark {
	m := &mapMark{halo: canvas.NewCircle(nil), disc: canvas.NewCircle(nil), back: box(4), initials: canvas.NewText("", nil),
		name: canvas.NewText("", nil), note: canvas.NewText("", nil), band: NewWarmthDot(NeverMet)}
	m.initials.Alignment = fyne.TextAlignCenter
	m.band.Side = 10
	return m
}

// NewPeopleMap returns a map without people; set the fields, then Refresh.
func NewPeopleMap() *PeopleMap {
	m := &PeopleMap{On: -1, lit: box(4), ring: newRing(), Step: 0.05}
	m.curves = canvas.NewRaster(func(w, h int) image.Image {
		return m.drawCurves(w, h, chart.Box{W: m.laid.Width, H: m.laid.Height}, false)
	})
	m.moving = canvas.NewRaster(func(w, h int) image.Image { return m.drawCurves(w, h, m.mover, true) })
	m.begin(m, m.open)
	return m
}

// CreateRenderer draws the map.
func (m *PeopleMap) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(Scaled(360), Scaled(240)) }
	m.face = newFace(m, least, m.place, nil)
	m.face.paint = m.paint
	m.paint()
	return m.face
}

// chartLetters measure as the window writes.
func chartLetters() chart.Letters {
	return chart.Letters{Scale: Scaled(1), Width: func(f chart.Font, s string) float32 { return measure(chartRoles[f], s) }}
}

func (m *PeopleMap) paint() {
	m.laid = fyne.Size{} // the people may be others
	for len(m.rules) < len(m.Map.Columns)+1 {
		m.rules = append(m.rules, box(0))
	}
	for len(m.words) < len(m.Map.Columns)+len(m.Map.Rows)+2 {
		m.words = append(m.words, canvas.NewText("", nil))
	}
	for len(m.marks) < len(m.Map.People) {
		m.marks = append(m.marks, newMapMark())
	}
	var objects []fyne.CanvasObject
	for _, r := range m.rules[:len(m.Map.Columns)+1] {
		fill(r, Hair, Clear, 0)
		objects = append(objects, r)
	}
	objects = append(objects, m.curves, m.moving)
	for _, w := range m.words[:len(m.Map.Columns)+len(m.Map.Rows)+2] {
		dress(w, Micro, Ink2)
		objects = append(objects, w)
	}
	fill(m.lit, AccentSoft, Clear, 0)
	for i, p := range m.Map.People {
		objects = append(objects, m.marks[i].back)
		m.marks[i].dress(p, i == m.On)
	}
	objects = append(objects, m.lit)
	for i := range m.Map.People {
		if i != m.On {
			objects = append(objects, m.marks[i].objects()...)
		}
	}
	if m.On >= 0 && m.On < len(m.Map.People) {
		objects = append(objects, m.marks[m.On].objects()...) // over all others, for they may be lifted
	}
	m.face.objects = append(objects, m.ring)
}

func (m *mapMark) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{m.halo, m.disc, m.initials, m.name, m.note, m.band}
}

// mapTones are the colours of the sides of people.
var mapTones = map[chart.Side]Tone{chart.Theirs: Customer, chart.Partner: Third, chart.Ours: Ours}

func (m *mapMark) dress(p chart.Person, on bool) {
	band := Band(p.Band)
	m.halo.FillColor, m.halo.StrokeColor, m.halo.StrokeWidth = Color(Bg), Color(bands[band].mark), 2
	m.disc.FillColor = Color(tones[mapTones[p.Side]].soft)
	ink := tones[mapTones[p.Side]].ink
	if band == NeverMet {
		m.halo.StrokeColor, m.halo.StrokeWidth, ink = Color(Ctl), 1, Ink2
		m.disc.FillColor = Color(Bg)
	}
	initialsIn(m.initials, p.Initials, ink, p.Diameter())
	m.initials.TextSize = Scaled(chart.InitialSize(p.Diameter()))
	fill(m.back, Bg, Clear, 0)
	dress(m.name, SmallBold, Ink)
	dress(m.note, Micro, Ink2)
	m.band.Band, m.band.Side = band, Scaled(10)
	m.back.Hidden = on
}

func (m *PeopleMap) place(s fyne.Size) {
	if m.laid != s {
		m.plan, m.laid = m.Map.Lay(s.Width, s.Height, m.On, chartLetters()), s
	}
	if m.lifted && m.On >= 0 && m.On < len(m.plan.People) {
		spot := &m.plan.People[m.On]
		spot.Center, spot.Hidden = m.at, false
		m.plan.Say(m.Map, s.Width, s.Height, m.On, chartLetters())
	}
	m.placeGrid()
	put(m.curves, 0, 0, s.Width, s.Height)
	m.placeMoving()
	m.lit.Hidden = true
	for i, spot := range m.plan.People {
		m.marks[i].place(spot)
		if i == m.On && spot.Said {
			put(m.lit, spot.Words.X-6, spot.Words.Y-3, spot.Words.W+12, spot.Words.H+6)
			m.lit.Hidden = false
		}
	}
	showRing(m.ring, false, s, 0)
	if m.focused && m.On >= 0 && m.On < len(m.plan.People) {
		spot := m.plan.People[m.On]
		fill(m.ring, Clear, Accent, 2)
		m.ring.CornerRadius = spot.Radius + 4
		put(m.ring, spot.Center.X-spot.Radius-4, spot.Center.Y-spot.Radius-4, 2*spot.Radius+8, 2*spot.Radius+8)
		m.ring.Show()
	}
}

func (m *PeopleMap) placeGrid() {
	n, plot := len(m.plan.Columns), m.plan.Plot
	for i, c := range m.plan.Columns {
		put(m.rules[i], c.Line, plot.Y, 1, plot.H)
	}
	put(m.rules[n], plot.X, plot.Y+plot.H, plot.W+1, 1)
	labels := append(append(append([]chart.Label{}, m.plan.Columns...), m.plan.Rows...), m.plan.Waiting, m.plan.More)
	for i, l := range labels {
		m.words[i].Text, m.words[i].Hidden = l.Text, l.Text == ""
		put(m.words[i], l.X, l.Y, l.W, l.H)
	}
}

func (m *mapMark) place(s chart.Spot) {
	for _, o := range []fyne.CanvasObject{m.halo, m.disc, m.initials} {
		setShown(o, !s.Hidden)
	}
	for _, o := range []fyne.CanvasObject{m.name, m.note, m.band} {
		setShown(o, s.Said)
	}
	if !s.Said {
		m.back.Hidden = true
	}
	r := s.Radius
	put(m.halo, s.Center.X-r, s.Center.Y-r, 2*r, 2*r)
	put(m.disc, s.Center.X-r+4, s.Center.Y-r+4, 2*r-8, 2*r-8)
	h := m.initials.MinSize().Height
	put(m.initials, s.Center.X-r, s.Center.Y-h/2, 2*r, h)
	m.name.Text, m.note.Text = s.Name, s.Note
	half := s.Words.H * 16 / 31
	put(m.back, s.Words.X-3, s.Words.Y-2, s.Words.W+6, s.Words.H+4)
	put(m.name, s.Words.X, s.Words.Y, s.Words.W, half)
	put(m.note, s.Words.X+Scaled(14), s.Words.Y+half, s.Words.W-Scaled(14), s.Words.H-half)
	put(m.band, s.Words.X, s.Words.Y+half+(s.Words.H-half-m.band.Side)/2, m.band.Side, m.band.Side)
}

func setShown(o fyne.CanvasObject, on bool) {
	if on != o.Visible() {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

// placeMoving gives the lines of the lifted person the room that they take.
func (m *PeopleMap) placeMoving() {
	m.mover = chart.Box{}
	for _, line := range m.Map.Lines {
		if m.drawsLine(line) && m.moves(line) {
			m.mover = m.mover.With(m.plan.Room(line))
		}
	}
	m.moving.Hidden = m.mover == chart.Box{}
	put(m.moving, m.mover.X, m.mover.Y, m.mover.W, m.mover.H)
}

// moves says whether a line hangs on the lifted person.
func (m *PeopleMap) moves(l chart.Line) bool { return m.lifted && (l.From == m.On || l.To == m.On) }

// drawCurves draws lines within a room, those of the lifted person or all others, as one picture: Fyne's
// own curves cost a whole map each, and its software painter does not come to an end with some of them.
func (m *PeopleMap) drawCurves(w, h int, room chart.Box, moving bool) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if room.W <= 0 || w <= 0 || h <= 0 {
		return img
	}
	scale := float64(w) / float64(room.W)
	pen := rasterx.NewDasher(w, h, rasterx.NewScannerGV(w, h, img, img.Rect))
	dashed := []float64{4 * scale, 4 * scale}
	for _, look := range []struct {
		is     chart.LineKind
		tint   fyne.ThemeColorName
		dashes []float64
	}{{chart.Above, Edge, nil}, {chart.Beside, Ctl, dashed}, {chart.Against, Alert, dashed}} {
		pen.Clear()
		pen.SetStroke(fixed.Int26_6(1.5*scale*64), 0, rasterx.ButtCap, nil, nil, rasterx.Round, look.dashes, 0)
		pen.SetColor(Color(look.tint))
		drawn := false
		for _, line := range m.Map.Lines {
			if line.Is == look.is && m.moves(line) == moving && m.drawsLine(line) {
				m.stroke(pen, line, scale, room)
				drawn = true
			}
		}
		if drawn {
			pen.Draw()
		}
	}
	return img
}

// drawsLine says whether both are to be seen, and the line is of a kind that is always drawn or of the
// current person's.
func (m *PeopleMap) drawsLine(l chart.Line) bool {
	n := len(m.plan.People)
	return l.From < n && l.To < n && !m.plan.People[l.From].Hidden && !m.plan.People[l.To].Hidden &&
		(l.Is == chart.Above || l.From == m.On || l.To == m.On)
}

func (m *PeopleMap) stroke(pen *rasterx.Dasher, line chart.Line, scale float64, room chart.Box) {
	at := func(p chart.Point) fixed.Point26_6 {
		return rasterx.ToFixedP(float64(p.X-room.X)*scale, float64(p.Y-room.Y)*scale)
	}
	from, c1, c2, to := m.plan.Curve(line)
	pen.Start(at(from))
	pen.CubeBezier(at(c1), at(c2), at(to))
	pen.Stop(false)
}

// Select makes a person the current one, by place in Map.People.
func (m *PeopleMap) Select(i int) {
	if i == m.On || i < -1 || i >= len(m.Map.People) {
		return
	}
	m.putBack()
	m.On = i
	m.Refresh()
	if m.OnMove != nil {
		m.OnMove(i)
	}
}

// Spot is where somebody stands, from the upper left corner of the map.
func (m *PeopleMap) Spot(i int) (fyne.Position, bool) {
	if i < 0 || i >= len(m.plan.People) {
		return fyne.Position{}, false
	}
	c := m.plan.People[i].Center
	return fyne.NewPos(c.X, c.Y), true
}

// Lifted says whether the current person hovers over another place.
func (m *PeopleMap) Lifted() bool { return m.lifted }

// Held says whether the pointer holds the lifted person.
func (m *PeopleMap) Held() bool { return m.lifted && m.byDrag }

// PutBack lets the lifted person stand where they stood and tells OnMove; it says whether there was one.
func (m *PeopleMap) PutBack() bool {
	if !m.lifted {
		return false
	}
	m.putBack()
	m.Refresh()
	if m.OnMove != nil {
		m.OnMove(m.On)
	}
	return true
}

func (m *PeopleMap) putBack() { m.lifted, m.byDrag = false, false }

func (m *PeopleMap) open() {
	switch {
	case m.lifted:
		m.putDown()
	case m.On >= 0 && m.On < len(m.Map.People) && m.OnOpen != nil:
		m.OnOpen(m.On)
	}
}

// putDown tells where the lifted person was put and lets them stand where they stood.
func (m *PeopleMap) putDown() {
	x, y := m.plan.Place(m.at)
	m.putBack()
	m.Refresh()
	if m.OnPlace != nil {
		m.OnPlace(m.On, x, y)
	}
}

// Tapped makes the person at the pointer the current one, or opens them where they are it already.
func (m *PeopleMap) Tapped(e *fyne.PointEvent) {
	i := m.under(e.Position)
	m.take()
	switch {
	case i < 0:
		m.PutBack()
	case i == m.On:
		m.putBack()
		m.open()
	default:
		m.Select(i)
	}
}

// TappedSecondary offers what can be done with the person at the pointer.
func (m *PeopleMap) TappedSecondary(e *fyne.PointEvent) {
	if i := m.under(e.Position); i >= 0 {
		m.Select(i)
		if m.OnMenu != nil {
			m.OnMenu(i, e.AbsolutePosition)
		}
	}
}

func (m *PeopleMap) take() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(m); c != nil {
		c.Focus(m)
	}
}

func (m *PeopleMap) under(at fyne.Position) int { return m.plan.Under(chart.Point{X: at.X, Y: at.Y}) }

// Dragged moves the person under the pointer.
func (m *PeopleMap) Dragged(e *fyne.DragEvent) {
	if !m.byDrag {
		from := e.Position.Subtract(e.Dragged)
		i := m.under(from)
		if i < 0 {
			return
		}
		m.Select(i)
		spot, _ := m.Spot(i)
		m.grip = from.Subtract(spot)
		m.putBack()
		m.byDrag = true
	}
	at := e.Position.Subtract(m.grip)
	m.lift(chart.Point{X: at.X, Y: at.Y})
}

// lift lets the current person hover over a point, within the plot.
func (m *PeopleMap) lift(at chart.Point) {
	x, y := m.plan.Place(at)
	first := !m.lifted
	m.lifted, m.at = true, m.plan.At(x, y)
	m.place(m.Size())
	if first {
		m.curves.Refresh()
	}
	m.moving.Refresh()
	if m.OnLift != nil {
		m.OnLift(m.On, x, y)
	}
}

// DragEnd puts the person down.
func (m *PeopleMap) DragEnd() {
	if m.byDrag && m.lifted {
		m.putDown()
	}
}

// KeyDown notes Shift, which lifts.
func (m *PeopleMap) KeyDown(e *fyne.KeyEvent) { m.shifted(e, true) }

// KeyUp notes Shift.
func (m *PeopleMap) KeyUp(e *fyne.KeyEvent) { m.shifted(e, false) }

func (m *PeopleMap) shifted(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		m.shift = down
	}
}

// FocusLost forgets Shift and puts back who was lifted.
func (m *PeopleMap) FocusLost() {
	m.shift = false
	m.PutBack()
	m.press.FocusLost()
}

// TypedKey walks the map, lifts with Shift, and puts back with Escape.
func (m *PeopleMap) TypedKey(e *fyne.KeyEvent) {
	way, ok := map[fyne.KeyName][2]int{fyne.KeyLeft: {-1, 0}, fyne.KeyRight: {1, 0}, fyne.KeyUp: {0, -1}, fyne.KeyDown: {0, 1}}[e.Name]
	switch {
	case ok && m.shift:
		m.nudge(way[0], way[1])
	case ok:
		m.PutBack()
		m.Select(m.plan.Near(m.On, way[0], way[1]))
	case e.Name == fyne.KeyEscape && m.PutBack():
	case e.Name == fyne.KeyHome:
		m.Select(0)
	case e.Name == fyne.KeyEnd:
		m.Select(len(m.Map.People) - 1)
	case e.Name == desktop.KeyMenu || e.Name == fyne.KeyF10 && m.shift:
		m.menuHere()
	default:
		m.press.TypedKey(e)
	}
}

func (m *PeopleMap) menuHere() {
	if spot, ok := m.Spot(m.On); ok && m.OnMenu != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(m)
		m.OnMenu(m.On, at.Add(spot))
	}
}

// nudge lifts the current person a step.
func (m *PeopleMap) nudge(dx, dy int) {
	spot, ok := m.Spot(m.On)
	if !ok {
		return
	}
	x, y := m.plan.Place(chart.Point{X: spot.X, Y: spot.Y})
	if p := m.Map.People[m.On]; !m.lifted && p.Placed {
		x, y = p.X, p.Y
	}
	if dx != 0 {
		x = m.rest(x, dx)
	}
	y = clamp01(y - float32(dy)*m.Step)
	at := m.plan.At(x, y)
	m.lift(at)
}

// rest is the next place to stand at in a direction.
func (m *PeopleMap) rest(x float32, dx int) float32 {
	const near = 0.01
	best := x
	for _, r := range m.Rests {
		if dx > 0 && r > x+near {
			return r
		}
		if dx < 0 && r < x-near {
			best = r
		}
	}
	return best
}

func clamp01(x float32) float32 { return min(max(x, 0), 1) }

// MouseMoved names who is under the pointer when there is no room for their words.
func (m *PeopleMap) MouseMoved(e *desktop.MouseEvent) {
	tip := ""
	if i := m.under(e.Position); i >= 0 && !m.plan.People[i].Said {
		tip = m.Map.People[i].Name + ", " + m.Map.People[i].Note
	}
	if tip != m.Tip {
		m.Tip = tip
		m.timer.end()
		m.timer.wait(m, tip)
	}
}

// Cursor is a hand: people can be moved.
func (m *PeopleMap) Cursor() desktop.Cursor { return desktop.PointerCursor }
