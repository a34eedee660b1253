package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// SkillCell is one person with one topic.
type SkillCell struct {
	Step    int  // 0 none to 3
	Needed  bool // it is asked for and lacking
	Overdue bool // it is to be refreshed
}

// SkillRow is one person.
type SkillRow struct {
	Name, Initials string
	Cells          []SkillCell
}

// SkillMatrix says who can do what: a person in each row, a topic in each column, up to three pips
// where they meet. What is needed stands in a frame. Topics that find no room are left out, the last
// first.
type SkillMatrix struct {
	widget.BaseWidget
	Label string   // over the names
	Heads []string // topics
	Rows  []SkillRow

	OnCell func(row, column int, at fyne.Position) // at is on the canvas

	face    *face
	label   *canvas.Text
	heads   []*canvas.Text
	rules   []*canvas.Rectangle
	discs   []*canvas.Circle
	letters []*canvas.Text
	names   []*canvas.Text
	frames  []*canvas.Rectangle
	pips    []*canvas.Rectangle
}

// The measures of a matrix.
const (
	skillRow, skillHead, skillColumn, skillName = 36, 25, 79, 168
	skillFrameWide, skillFrameHigh              = 59, 27
	skillPipWide, skillPipHigh, skillPipGap     = 10, 6, 2
)

// NewSkillMatrix returns a matrix without rows; set the fields, then Refresh.
func NewSkillMatrix() *SkillMatrix {
	m := &SkillMatrix{label: canvas.NewText("", nil)}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer draws the matrix.
func (m *SkillMatrix) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(skillName+skillColumn, m.HeightFor(0)) }
	m.face = newFace(m, least, m.place, nil)
	m.face.paint = m.paint
	m.paint()
	return m.face
}

// HeightFor is the height of all rows under their heads.
func (m *SkillMatrix) HeightFor(float32) float32 {
	return Scaled(skillHead) + Scaled(skillRow)*float32(len(m.Rows)) + 1
}

// columns are how many topics find room.
func (m *SkillMatrix) columns(width float32) int {
	return min(len(m.Heads), max(int((width-skillName+skillColumn-skillFrameWide)/skillColumn), 1))
}

func (m *SkillMatrix) paint() {
	rows, columns := len(m.Rows), len(m.Heads)
	for len(m.rules) < rows+1 {
		m.rules = append(m.rules, box(0))
	}
	for len(m.heads) < columns {
		m.heads = append(m.heads, canvas.NewText("", nil))
	}
	for len(m.names) < rows {
		m.names, m.letters, m.discs = append(m.names, canvas.NewText("", nil)), append(m.letters, canvas.NewText("", nil)), append(m.discs, canvas.NewCircle(nil))
	}
	for len(m.frames) < rows*columns {
		m.frames = append(m.frames, box(6))
		for range 3 {
			m.pips = append(m.pips, box(3))
		}
	}
	dress(m.label, Micro, Ink3)
	objects := []fyne.CanvasObject{m.label}
	for i := range rows + 1 {
		fill(m.rules[i], Hair, Clear, 0)
		objects = append(objects, m.rules[i])
	}
	for k := range columns {
		dress(m.heads[k], Micro, Ink3)
		m.heads[k].Alignment = fyne.TextAlignCenter
		objects = append(objects, m.heads[k])
	}
	for i, r := range m.Rows {
		dress(m.names[i], Body, Ink)
		m.discs[i].FillColor = Color(AccentSoft)
		initialsIn(m.letters[i], r.Initials, Accent, 20)
		m.letters[i].Alignment = fyne.TextAlignCenter
		objects = append(objects, m.names[i], m.discs[i], m.letters[i])
		for k := range columns {
			objects = append(objects, m.paintCell(i, k)...)
		}
	}
	m.face.objects = objects
}

func (m *SkillMatrix) paintCell(row, column int) []fyne.CanvasObject {
	c, n := m.cell(row, column), row*len(m.Heads)+column
	frame := m.frames[n]
	fill(frame, AlertSoft, Alert, 1)
	if !c.Needed {
		fill(frame, Clear, WarmMark, 1)
	}
	frame.Hidden = !c.Needed && !c.Overdue
	objects := []fyne.CanvasObject{frame}
	for i := range 3 {
		pip := m.pips[3*n+i]
		tint := Hair
		if i < c.Step {
			tint = Accent
		}
		fill(pip, tint, Clear, 0)
		objects = append(objects, pip)
	}
	return objects
}

func (m *SkillMatrix) cell(row, column int) SkillCell {
	if column >= len(m.Rows[row].Cells) {
		return SkillCell{}
	}
	return m.Rows[row].Cells[column]
}

// left is where the frame of a column begins.
func (m *SkillMatrix) left(column int) float32 { return skillName + float32(column)*skillColumn }

func (m *SkillMatrix) place(s fyne.Size) {
	head, high := Scaled(skillHead), Scaled(skillRow)
	shown := m.columns(s.Width)
	m.label.Text = m.Label
	h := m.label.MinSize().Height
	put(m.label, 0, (head-h)/2, skillName, h)
	put(m.rules[0], 0, head-1, s.Width, 1)
	for k, text := range m.heads[:len(m.Heads)] {
		text.Hidden = k >= shown
		text.Text = clip(Micro, m.Heads[k], skillColumn-6)
		put(text, m.left(k)-(skillColumn-skillFrameWide)/2, (head-h)/2, skillColumn, h)
	}
	for i, r := range m.Rows {
		top := head + float32(i)*high
		middle := top + (high-1)/2
		put(m.discs[i], 0, middle-11, 22, 22)
		lh := m.letters[i].MinSize().Height
		put(m.letters[i], 0, middle-lh/2, 22, lh)
		m.names[i].Text = clip(Body, r.Name, skillName-34)
		nh := m.names[i].MinSize().Height
		put(m.names[i], 30, middle-nh/2, skillName-30, nh)
		put(m.rules[i+1], 0, top+high-1, s.Width, 1)
		for k := range m.Heads {
			n := i*len(m.Heads) + k
			c := m.cell(i, k)
			m.frames[n].Hidden = k >= shown || !c.Needed && !c.Overdue
			put(m.frames[n], m.left(k), middle-skillFrameHigh/2, skillFrameWide, skillFrameHigh)
			x := m.left(k) + (skillFrameWide-3*skillPipWide-2*skillPipGap)/2
			for p := range 3 {
				pip := m.pips[3*n+p]
				pip.Hidden = k >= shown
				put(pip, x+float32(p)*(skillPipWide+skillPipGap), middle-skillPipHigh/2, skillPipWide, skillPipHigh)
			}
		}
	}
}

// Tapped tells which cell was meant.
func (m *SkillMatrix) Tapped(e *fyne.PointEvent) {
	row := int((e.Position.Y - Scaled(skillHead)) / Scaled(skillRow))
	column := int((e.Position.X - m.left(0) + (skillColumn-skillFrameWide)/2) / skillColumn)
	if m.OnCell == nil || e.Position.Y < Scaled(skillHead) || e.Position.X < m.left(0)-10 || row >= len(m.Rows) || column >= m.columns(m.Size().Width) {
		return
	}
	m.OnCell(row, column, e.AbsolutePosition)
}

// Cursor is a hand.
func (m *SkillMatrix) Cursor() desktop.Cursor { return desktop.PointerCursor }

// SkillPips are the pips of one step, for a legend.
type SkillPips struct {
	widget.BaseWidget
	Step   int
	Needed bool // the frame alone
	frame  *canvas.Rectangle
	pips   [3]*canvas.Rectangle
}

// NewSkillPips returns pips.
func NewSkillPips(step int, needed bool) *SkillPips {
	p := &SkillPips{Step: step, Needed: needed, frame: box(4)}
	for i := range p.pips {
		p.pips[i] = box(3)
	}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer draws the pips.
func (p *SkillPips) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size {
		if p.Needed {
			return fyne.NewSize(16, 12)
		}
		return fyne.NewSize(3*skillPipWide+2*skillPipGap, 12)
	}
	place := func(s fyne.Size) {
		put(p.frame, 0, (s.Height-12)/2, 16, 12)
		for i, pip := range p.pips {
			put(pip, float32(i)*(skillPipWide+skillPipGap), (s.Height-skillPipHigh)/2, skillPipWide, skillPipHigh)
		}
	}
	paint := func() {
		fill(p.frame, AlertSoft, Alert, 1)
		p.frame.Hidden = !p.Needed
		for i, pip := range p.pips {
			pip.Hidden = p.Needed
			tint := Hair
			if i < p.Step {
				tint = Accent
			}
			fill(pip, tint, Clear, 0)
		}
	}
	return newFace(p, least, place, paint, p.frame, p.pips[0], p.pips[1], p.pips[2])
}
