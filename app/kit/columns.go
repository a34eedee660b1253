package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Col says how wide a column is and where its object lies in the height of the row.
type Col struct {
	width float32
	flex  float32
	least float32
	fit   bool
	top   bool
	full  bool
}

// Fixed is a column of one width.
func Fixed(width float32) Col { return Col{width: width} }

// Flex is a column that shares the width the others leave, by weight.
func Flex(weight float32) Col { return Col{flex: weight} }

// Fit is a column as wide as its object asks for.
func Fit() Col { return Col{fit: true} }

// AtLeast gives a flexible column a least width.
func (c Col) AtLeast(width float32) Col { c.least = width; return c }

// AtTop puts the object at the top of the row instead of the middle.
func (c Col) AtTop() Col { c.top = true; return c }

// Full gives the object the whole height of the row.
func (c Col) Full() Col { c.full = true; return c }

// Columns lays objects side by side in columns that never overlap. It is a Flow.
type Columns struct {
	widget.BaseWidget
	Gap   float32
	cols  []Col
	items []fyne.CanvasObject
}

// NewColumns returns a row of objects, one for each column. Hidden objects in fitting columns take
// no room. It panics when the numbers differ.
func NewColumns(gap float32, cols []Col, items ...fyne.CanvasObject) *Columns {
	if len(cols) != len(items) {
		panic("bug: as many columns as objects are needed")
	}
	c := &Columns{Gap: gap, cols: cols, items: items}
	c.ExtendBaseWidget(c)
	return c
}

// NewRow returns objects side by side, each as wide as it asks for.
func NewRow(gap float32, items ...fyne.CanvasObject) *Columns {
	cols := make([]Col, len(items))
	for i := range cols {
		cols[i] = Fit()
	}
	return NewColumns(gap, cols, items...)
}

// NewSpread returns one object at the left that may be cut, and one at the right that is not.
func NewSpread(gap float32, left, right fyne.CanvasObject) *Columns {
	return NewColumns(gap, []Col{Flex(1), Fit()}, left, right)
}

// HeightFor returns the height of the highest object at its column's width.
func (c *Columns) HeightFor(width float32) float32 {
	h := float32(0)
	for i, w := range c.Widths(width) {
		if c.takes(i) {
			h = max(h, HeightOf(c.items[i], w))
		}
	}
	return h
}

// Widths returns the width of each column when the row is as wide as given.
func (c *Columns) Widths(width float32) []float32 {
	widths := make([]float32, len(c.cols))
	free, weight, shown := width, float32(0), 0
	for i, col := range c.cols {
		if !c.takes(i) {
			continue
		}
		shown++
		switch {
		case col.flex > 0:
			weight += col.flex
			continue
		case col.fit:
			widths[i] = natural(c.items[i])
		default:
			widths[i] = col.width
		}
		free -= widths[i]
	}
	free -= float32(max(shown-1, 0)) * c.Gap
	for i, col := range c.cols {
		if col.flex > 0 && c.takes(i) {
			widths[i] = max(free*col.flex/weight, col.least, 0)
		}
	}
	return c.squeezed(widths, width, shown)
}

// squeezed takes what is too much from the fitting columns, the widest first, so that nothing overlaps.
func (c *Columns) squeezed(widths []float32, width float32, shown int) []float32 {
	sum := float32(max(shown-1, 0)) * c.Gap
	for _, w := range widths {
		sum += w
	}
	for over := sum - width; over > 0.5; {
		widest := -1
		for i, col := range c.cols {
			if col.fit && (widest < 0 || widths[i] > widths[widest]) {
				widest = i
			}
		}
		if widest < 0 || widths[widest] <= 0 {
			return widths
		}
		take := min(over, max(widths[widest]/2, 1), widths[widest])
		widths[widest] -= take
		over -= take
	}
	return widths
}

func (c *Columns) takes(i int) bool {
	return c.items[i].Visible()
}

// CreateRenderer lays the objects out.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer {
	return newFace(c, c.least, c.place, nil, c.items...)
}

func (c *Columns) naturalWidth() float32 {
	w, shown := float32(0), 0
	for i, col := range c.cols {
		if !c.takes(i) {
			continue
		}
		shown++
		if col.width > 0 {
			w += col.width
		} else {
			w += max(natural(c.items[i]), col.least)
		}
	}
	return w + float32(max(shown-1, 0))*c.Gap
}

func (c *Columns) least() fyne.Size {
	w, h, shown := float32(0), float32(0), 0
	for i, col := range c.cols {
		if !c.takes(i) {
			continue
		}
		shown++
		m := c.items[i].MinSize()
		h = max(h, m.Height)
		switch {
		case col.fit:
			w += m.Width
		case col.flex > 0:
			w += max(col.least, min(m.Width, 24))
		default:
			w += col.width
		}
	}
	return fyne.NewSize(w+float32(max(shown-1, 0))*c.Gap, h)
}

func (c *Columns) place(s fyne.Size) {
	x := float32(0)
	for i, w := range c.Widths(s.Width) {
		if !c.takes(i) {
			continue
		}
		o, col := c.items[i], c.cols[i]
		h := min(HeightOf(o, w), s.Height)
		switch {
		case col.full:
			put(o, x, 0, w, s.Height)
		case col.top:
			put(o, x, 0, w, h)
		default:
			put(o, x, (s.Height-h)/2, w, h)
		}
		x += w + c.Gap
	}
}
