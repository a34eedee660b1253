package chart

// Columns are figures side by side, the last one now, with a line that they are to reach.
type Columns struct {
	Title, Note string
	Values      []float64
	Names       []string // under the columns, as many or none
	Line        float64
	LineName    string
	// Ticks are heights to name at the left; none in a small place.
	Ticks []ScaleTick
}

// Head is the title and the note.
func (c Columns) Head() (title, note string) { return c.Title, c.Note }

// Draw lays the columns out.
func (c Columns) Draw(w, h float32, l Letters) Drawing {
	d := Drawing{W: w, H: h}
	k := l.Scale
	top, bottom, left := 20*k, float32(0), float32(0)
	if len(c.Names) > 0 {
		bottom = 22 * k
	}
	for _, t := range c.Ticks {
		left = max(left, l.Width(AxisFont, t.Name)+10*k)
	}
	high := max(c.Line, 1e-9)
	for _, v := range c.Values {
		high = max(high, v)
	}
	for _, t := range c.Ticks {
		high = max(high, t.At)
	}
	room := max(h-top-bottom, 1)
	y := func(v float64) float32 { return top + room*(1-float32(v/high)) }
	for _, t := range c.Ticks {
		d.line(Point{left, y(t.At)}, Point{w, y(t.At)}, Hair, 1, false)
		d.say(t.Name, Box{0, y(t.At) - 8*k, left - 8*k, 16 * k}, AxisFont, Ink2, AtRight)
	}
	n := float32(max(len(c.Values), 1))
	pitch := (w - left) / n
	for i, v := range c.Values {
		x, wide := left+pitch*float32(i), min(pitch-7*k, 60*k)
		x += (pitch - 7*k - wide) / 2
		if len(c.Ticks) == 0 {
			x = left + pitch*float32(i)
		}
		at := Box{x, y(v), wide, max(top+room-y(v), 1)}
		if i == len(c.Values)-1 {
			d.bar(at, 3*k, Accent)
		} else {
			d.bar(at, 3*k, Accent)
			d.bar(Box{at.X + 1*k, at.Y + 1*k, at.W - 2*k, at.H - 2*k}, 2*k, AccentSoft)
		}
		if i < len(c.Names) {
			d.say(c.Names[i], Box{left + pitch*float32(i) - 20*k, h - 16*k, pitch + 33*k, 16 * k}, AxisFont, Ink2, InMiddle)
		}
	}
	if c.Line > 0 {
		d.line(Point{left, y(c.Line)}, Point{w, y(c.Line)}, Alarm, 1.5*k, false)
		d.say(c.LineName, Box{left, max(y(c.Line)-18*k, 0), w - left, 16 * k}, NoteFont, Alarm, AtRight)
	}
	return d
}

// Calibrated is what was said to be so likely against what came of it, with the intervals.
type Calibrated struct {
	Title, Note  string
	XName, YName string
	Steps        []CalibratedStep
	Empty        string
}

// CalibratedStep is what came of what was said alike; all are 0 to 1.
type CalibratedStep struct {
	Said, Came, Low, High float64
	Words                 string // "3 of 4"
}

// Head is the title and the note.
func (c Calibrated) Head() (title, note string) { return c.Title, c.Note }

// Draw lays it out as a square; on the dashed line all came as was said.
func (c Calibrated) Draw(w, h float32, l Letters) Drawing {
	d := Drawing{W: w, H: h}
	k := l.Scale
	left, top, bottom := 44*k, 24*k, 44*k
	side := max(min(w-left-60*k, h-top-bottom), 1)
	at := func(x, y float64) Point { return Point{left + side*float32(x), top + side*(1-float32(y))} }
	d.say(c.YName, Box{left, 0, w - left, 16 * k}, NoteFont, Ink2, AtLeft)
	d.say(c.XName, Box{left, top + side + 24*k, side, 16 * k}, NoteFont, Ink2, InMiddle)
	for i, name := range []string{"0", "25 %", "50 %", "75 %", "100 %"} {
		x := float64(i) / 4
		d.line(at(0, x), at(1, x), Hair, 1, false)
		d.line(at(x, 0), at(x, 1), Hair, 1, false)
		d.say(name, Box{0, at(0, x).Y - 8*k, left - 8*k, 16 * k}, AxisFont, Ink2, AtRight)
		d.say(name, Box{at(x, 0).X - 30*k, top + side + 6*k, 60 * k, 16 * k}, AxisFont, Ink2, InMiddle)
	}
	d.line(at(0, 0), at(1, 1), Control, 1.5*k, true)
	if len(c.Steps) == 0 {
		d.say(c.Empty, Box{left, top + side/2 - 10*k, side, 20 * k}, TextFont, Ink2, InMiddle)
	}
	for _, s := range c.Steps {
		d.line(at(s.Said, s.Low), at(s.Said, s.High), Accent, 2*k, false)
		for _, end := range []float64{s.Low, s.High} {
			p := at(s.Said, end)
			d.line(Point{p.X - 4*k, p.Y}, Point{p.X + 4*k, p.Y}, Accent, 2*k, false)
		}
		p := at(s.Said, s.Came)
		d.disc(p, 5*k, Accent, Ground, 1.5*k)
		d.say(s.Words, Box{p.X + 9*k, p.Y - 8*k, 60 * k, 16 * k}, NoteFont, Ink2, AtLeft)
	}
	return d
}
