package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// KnowRow is a row of a KnowMatrix.
type KnowRow struct {
	Name  string
	Steps []int // 0 none to 3 often, one for each of us
	Icon  string
	Tint  fyne.ThemeColorName
}

// KnowMatrix says who of us knows whom: one of us in each column, one of them in each row, a dot where
// they know each other, the wider the more often.
type KnowMatrix struct {
	widget.BaseWidget
	Heads []string // initials of us
	Rows  []KnowRow
	On    int // the current row, -1 for none

	OnRow  func(row int)
	OnHead func(column int)

	face    *face
	rules   []*canvas.Rectangle
	lit     *canvas.Rectangle
	heads   []*canvas.Circle
	letters []*canvas.Text
	names   []*canvas.Text
	dots    []*canvas.Circle
	icons   []*glyph
}

// The measures of a matrix.
const (
	knowRow, knowHead, knowColumn, knowIcon, knowDisc = 31, 34, 29, 16, 22
)

// knowDots are how wide the dots are, by step.
var knowDots = [...]float32{2, 5, 9, 14}

// NewKnowMatrix returns a matrix without rows; set the fields, then Refresh.
func NewKnowMatrix() *KnowMatrix {
	m := &KnowMatrix{On: -1, lit: box(6)}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer draws the matrix.
func (m *KnowMatrix) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size {
		return fyne.NewSize(float32(len(m.Heads))*knowColumn+knowIcon+80, m.HeightFor(0))
	}
	m.face = newFace(m, least, m.place, nil)
	m.face.paint = m.paint
	m.paint()
	return m.face
}

// HeightFor is the height of all rows under their heads.
func (m *KnowMatrix) HeightFor(float32) float32 {
	return Scaled(knowHead) + Scaled(knowRow)*float32(len(m.Rows))
}

func (m *KnowMatrix) paint() {
	rows, columns := len(m.Rows), len(m.Heads)
	for len(m.rules) < rows+2 {
		m.rules = append(m.rules, box(0))
	}
	for len(m.heads) < columns {
		m.heads, m.letters = append(m.heads, canvas.NewCircle(nil)), append(m.letters, canvas.NewText("", nil))
	}
	for len(m.names) < rows {
		m.names, m.icons = append(m.names, canvas.NewText("", nil)), append(m.icons, newGlyph())
	}
	for len(m.dots) < rows*columns {
		m.dots = append(m.dots, canvas.NewCircle(nil))
	}
	fill(m.lit, AccentSoft, Clear, 0)
	m.lit.Hidden = m.On < 0 || m.On >= rows
	objects := make([]fyne.CanvasObject, 0, (rows+1)*(columns+3))
	for i, r := range m.rules[:rows+2] {
		fill(r, Hair, Clear, 0)
		r.Hidden = m.On >= 0 && (i == m.On+1 || i == m.On+2)
		objects = append(objects, r)
	}
	objects = append(objects, m.lit)
	for i, name := range m.Heads {
		m.heads[i].FillColor = Color(AccentSoft)
		initialsIn(m.letters[i], name, Accent, 20)
		m.letters[i].Alignment = fyne.TextAlignCenter
		objects = append(objects, m.heads[i], m.letters[i])
	}
	for i, r := range m.Rows {
		dress(m.names[i], Body, Ink)
		m.icons[i].set(r.Icon, r.Tint)
		m.icons[i].Hidden = r.Icon == ""
		objects = append(objects, m.names[i], m.icons[i].Raster)
		for k := range columns {
			dot := m.dots[i*columns+k]
			dot.FillColor = Color(Edge)
			if m.step(i, k) > 0 {
				dot.FillColor = Color(Accent)
			}
			objects = append(objects, dot)
		}
	}
	m.face.objects = objects
}

func (m *KnowMatrix) step(row, column int) int {
	if column >= len(m.Rows[row].Steps) {
		return 0
	}
	return min(max(m.Rows[row].Steps[column], 0), len(knowDots)-1)
}

// column is the middle of a column.
func (m *KnowMatrix) column(k int, width float32) float32 {
	return width - 35 - float32(len(m.Heads)-1-k)*knowColumn
}

func (m *KnowMatrix) place(s fyne.Size) {
	head, row := Scaled(knowHead), Scaled(knowRow)
	put(m.rules[0], 0, 0, s.Width, 1)
	for i := range m.Rows {
		put(m.rules[i+1], 0, head+float32(i)*row, s.Width, 1)
	}
	put(m.rules[len(m.Rows)+1], 0, head+float32(len(m.Rows))*row, s.Width, 1)
	for k := range m.Heads {
		x := m.column(k, s.Width)
		put(m.heads[k], x-knowDisc/2, (head-knowDisc)/2, knowDisc, knowDisc)
		h := m.letters[k].MinSize().Height
		put(m.letters[k], x-knowDisc/2, (head-h)/2, knowDisc, h)
	}
	for i, r := range m.Rows {
		y := head + (float32(i)+0.5)*row
		m.names[i].Text = clip(Body, r.Name, m.column(0, s.Width)-knowColumn/2-4)
		h := m.names[i].MinSize().Height
		put(m.names[i], 0, y-h/2, s.Width, h)
		put(m.icons[i], s.Width-knowIcon+1, y-knowIcon/2, knowIcon, knowIcon)
		for k := range m.Heads {
			d := knowDots[m.step(i, k)]
			put(m.dots[i*len(m.Heads)+k], m.column(k, s.Width)-d/2, y-d/2, d, d)
		}
	}
	if m.On >= 0 && m.On < len(m.Rows) {
		put(m.lit, -8, head+float32(m.On)*row, s.Width+16, row)
	}
}

// Tapped tells which row or column was meant.
func (m *KnowMatrix) Tapped(e *fyne.PointEvent) {
	if y := e.Position.Y - Scaled(knowHead); y >= 0 {
		if row := int(y / Scaled(knowRow)); row < len(m.Rows) && m.OnRow != nil {
			m.OnRow(row)
		}
		return
	}
	for k := range m.Heads {
		if x := m.column(k, m.Size().Width); e.Position.X > x-knowColumn/2 && e.Position.X <= x+knowColumn/2 && m.OnHead != nil {
			m.OnHead(k)
			return
		}
	}
}

// Cursor is a hand.
func (m *KnowMatrix) Cursor() desktop.Cursor { return desktop.PointerCursor }
