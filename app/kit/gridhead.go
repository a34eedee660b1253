package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// GridDay is the head of a day over a DayGrid.
type GridDay struct {
	Name, Number string // "Tue", "17"
	Note         string // small at the right: "4 h free"
	Today        bool
}

// GridChip is something of a whole day.
type GridChip struct {
	Icon, Text string
	Tone       Tone
	Outlined   bool // for what lies ahead
	On, Struck bool
}

// GridBand is a row of chips over a DayGrid, with its name at the left.
type GridBand struct {
	Name  string
	Cells [][]GridChip // by day
}

// GridHead names the days over a DayGrid and shows what belongs to whole days.
type GridHead struct {
	widget.BaseWidget
	Days   []GridDay
	Bands  []GridBand
	OnDay  func(day int)
	OnChip func(band, day, chip int)

	face  *face
	names []*canvas.Text // three of each day
	rules []*canvas.Rectangle
	sides []*canvas.Rectangle
	words []*canvas.Text // the bands' names
	chips []*headChip
}

// Heights in a GridHead, before Scaled.
const (
	headDays  = 36
	headChips = 24
	headRoom  = 7 // over and under the chips of a band
)

type headChip struct {
	ground *canvas.Rectangle
	image  *glyph
	label  *canvas.Text
}

// NewGridHead returns a head without days; set the fields, then Refresh.
func NewGridHead() *GridHead {
	h := &GridHead{}
	h.ExtendBaseWidget(h)
	return h
}

// bandHeight is the room of a band: of its fullest day.
func bandHeight(b GridBand) float32 {
	most := 1
	for _, c := range b.Cells {
		most = max(most, len(c))
	}
	return Scaled(headChips)*float32(most) + 2*float32(most-1) + Scaled(2*headRoom)
}

func (h *GridHead) height() float32 {
	all := Scaled(headDays) + 1
	for _, b := range h.Bands {
		all += bandHeight(b) + 1
	}
	return all
}

// CreateRenderer draws the head.
func (h *GridHead) CreateRenderer() fyne.WidgetRenderer {
	h.names, h.rules, h.sides, h.words, h.chips = nil, nil, nil, nil, nil
	least := func() fyne.Size { return fyne.NewSize(Scaled(GridGutter)+float32(len(h.Days))*40, h.height()) }
	h.face = newFace(h, least, h.place, nil)
	h.face.paint = h.paint
	h.paint()
	return h.face
}

func (h *GridHead) paint() {
	h.rules, h.sides = grown(h.rules, len(h.Bands)+1), grown(h.sides, len(h.Days))
	for len(h.names) < 3*len(h.Days) {
		h.names = append(h.names, canvas.NewText("", nil))
	}
	for len(h.words) < 2*len(h.Bands) {
		h.words = append(h.words, canvas.NewText("", nil))
	}
	var objects []fyne.CanvasObject
	for _, r := range h.rules[:len(h.Bands)+1] {
		fill(r, Hair, Clear, 0)
		objects = append(objects, r)
	}
	for i, d := range h.Days {
		fill(h.sides[i], Hair, Clear, 0)
		name, number := Ink2, Ink
		if d.Today {
			name, number = Accent, Accent
		}
		texts := h.names[3*i : 3*i+3]
		dress(texts[0], Small, name)
		dress(texts[1], Title, number)
		dress(texts[2], Micro, Ink3)
		texts[0].Text, texts[1].Text = d.Name, d.Number
		objects = append(objects, texts[0], texts[1], texts[2])
		if len(h.Bands) > 0 {
			objects = append(objects, h.sides[i])
		}
	}
	n := 0
	for i, b := range h.Bands {
		for k := range 2 {
			dress(h.words[2*i+k], Micro, Ink2)
			objects = append(objects, h.words[2*i+k])
		}
		for _, cell := range b.Cells {
			for _, c := range cell {
				if n == len(h.chips) {
					h.chips = append(h.chips, &headChip{ground: box(6), image: newGlyph(), label: canvas.NewText("", nil)})
				}
				h.chips[n].dress(c)
				objects = append(objects, h.chips[n].ground, h.chips[n].image.Raster, h.chips[n].label)
				n++
			}
		}
	}
	h.face.objects = objects
}

func (m *headChip) dress(c GridChip) {
	ground, edge, ink, icon := tones[c.Tone].soft, tones[c.Tone].mark, tones[c.Tone].ink, tones[c.Tone].ink
	switch {
	case c.On:
		ground, edge, ink, icon = Accent, Clear, OnAccent, OnAccent
	case c.Struck:
		ground, edge, ink, icon = Bg, Hair, Ink3, Ink3
	case c.Outlined:
		ground, edge, ink, icon = Bg, Edge, Ink2, Ink2
	case c.Tone == Neutral, c.Tone == Ours:
		edge = Clear
	}
	stroke := float32(0)
	if edge != Clear {
		stroke = 1
	}
	fill(m.ground, ground, edge, stroke)
	dress(m.label, Small, ink)
	m.label.TextStyle.Strikethrough = c.Struck
	m.label.Text = c.Text
	m.image.set(c.Icon, icon)
}

func (h *GridHead) place(s fyne.Size) {
	for i, d := range h.Days {
		x, w := gridColumn(i, len(h.Days), s.Width)
		texts := h.names[3*i : 3*i+3]
		name, number := measure(Small, d.Name), measure(Title, d.Number)
		base := Scaled(headDays) / 2
		put(texts[0], x+8, base-lineHeight(Small)/2+1, name, lineHeight(Small))
		put(texts[1], x+8+name+7, base-lineHeight(Title)/2, number, lineHeight(Title))
		texts[2].Text = d.Note
		room := w - 8 - name - 7 - number - 16
		if measure(Micro, d.Note) > room {
			texts[2].Text = ""
		}
		note := measure(Micro, texts[2].Text)
		put(texts[2], x+w-8-note, base-lineHeight(Micro)/2+1, note, lineHeight(Micro))
		put(h.sides[i], x, Scaled(headDays)+1, 1, max(s.Height-Scaled(headDays)-1, 0))
	}
	put(h.rules[0], 0, Scaled(headDays), s.Width, 1)
	top, n := Scaled(headDays)+1, 0
	for i, b := range h.Bands {
		height := bandHeight(b)
		h.placeName(i, b.Name, top, height)
		for day, cell := range b.Cells {
			x, w := gridColumn(day, len(h.Days), s.Width)
			for k := range cell {
				h.chips[n].place(cell[k].Text, cell[k].Icon, x+gridGap, top+Scaled(headRoom)+float32(k)*(Scaled(headChips)+2), w-2*gridGap-2)
				n++
			}
		}
		top += height
		put(h.rules[i+1], 0, top, s.Width, 1)
		top++
	}
}

// placeName writes a band's name at the left, in two lines where it has two words.
func (h *GridHead) placeName(band int, name string, top, height float32) {
	first, second := h.words[2*band], h.words[2*band+1]
	first.Text, second.Text = name, ""
	if measure(Micro, name) > Scaled(GridGutter)-14 {
		for i := len(name) - 1; i > 0; i-- {
			if name[i] == ' ' {
				first.Text, second.Text = name[:i], name[i+1:]
				break
			}
		}
	}
	line, lines := lineHeight(Micro), float32(1)
	if second.Text != "" {
		lines = 2
	}
	y := top + max((min(height, Scaled(headChips+2*headRoom))-lines*line)/2, 0)
	put(first, 10, y, Scaled(GridGutter)-10, line)
	put(second, 10, y+line, Scaled(GridGutter)-10, line)
}

func (m *headChip) place(text, icon string, x, y, w float32) {
	height := Scaled(headChips)
	put(m.ground, x, y, w, height)
	left := x + 8
	m.image.Hidden = icon == ""
	if icon != "" {
		put(m.image, left, y+(height-14)/2, 14, 14)
		left += 20
	}
	m.label.Text = clip(Small, text, max(x+w-6-left, 0))
	put(m.label, left, y+(height-lineHeight(Small))/2, max(x+w-6-left, 0), lineHeight(Small))
}

// Tapped calls for the day or the chip under the pointer.
func (h *GridHead) Tapped(e *fyne.PointEvent) {
	s := h.Size()
	for day := range h.Days {
		x, w := gridColumn(day, len(h.Days), s.Width)
		if e.Position.X < x || e.Position.X > x+w {
			continue
		}
		if e.Position.Y <= Scaled(headDays) {
			if h.OnDay != nil {
				h.OnDay(day)
			}
			return
		}
		h.tapBand(day, e.Position.Y-Scaled(headDays)-1)
		return
	}
}

func (h *GridHead) tapBand(day int, y float32) {
	for band, b := range h.Bands {
		height := bandHeight(b)
		if y > height {
			y -= height + 1
			continue
		}
		chip := int((y - Scaled(headRoom)) / (Scaled(headChips) + 2))
		if day < len(b.Cells) && chip >= 0 && chip < len(b.Cells[day]) && h.OnChip != nil {
			h.OnChip(band, day, chip)
		}
		return
	}
}
