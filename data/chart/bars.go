package chart

// Bars are things with a share each, one under the other.
type Bars struct {
	Title, Note string
	Rows        []Bar
	// Heads name the columns, "" for none: the things, their bars, what is at the right.
	Heads [3]string
	Empty string // what is said where there are none
}

// Bar is one thing. Mark is a line across the bar; Low and High are an interval around Share, drawn in
// place of a bar where High is more than nothing. All are 0 to 1, Mark less than nothing for none.
type Bar struct {
	Key, Name, Under string
	Share, Mark      float64
	Low, High        float64
	Words, After     string // at the right: the figure, and beside it a smaller one
	Tone             Tone
}

// The heights of rows of bars, and the room for names.
const (
	barRow, barRowTwo = 29, 42
	barHead           = 24
)

// Head is the title and the note.
func (b Bars) Head() (title, note string) { return b.Title, b.Note }

// Row is how high a row is, before scaling.
func (b Bars) Row() float32 {
	for _, r := range b.Rows {
		if r.Under != "" {
			return barRowTwo
		}
	}
	return barRow
}

// Height is how high all rows are, before scaling.
func (b Bars) Height() float32 {
	h := b.Row() * float32(len(b.Rows))
	if b.Heads != [3]string{} {
		h += barHead
	}
	if len(b.Rows) == 0 {
		h += barRow
	}
	return h
}

// Draw lays the bars out; rows that have no room are left out.
func (b Bars) Draw(w, h float32, l Letters) Drawing {
	d := Drawing{W: w, H: h}
	k, y := l.Scale, float32(0)
	if len(b.Rows) == 0 {
		d.say(b.Empty, Box{0, 0, w, 20 * k}, TextFont, Ink2, AtLeft)
		return d
	}
	var wide, right, after float32
	for _, r := range b.Rows {
		wide = max(wide, l.Width(TextFont, r.Name), l.Width(NoteFont, r.Under))
		right, after = max(right, l.Width(NameFont, r.Words)), max(after, l.Width(NoteFont, r.After))
	}
	wide = min(wide, 0.46*w) + 18*k
	if after > 0 {
		after += 6 * k
	}
	track := Box{wide, 0, max(w-wide-right-after-18*k, 20*k), 10 * k}
	if b.Heads != [3]string{} {
		d.say(b.Heads[0], Box{0, 0, wide, 16 * k}, NoteFont, Ink3, AtLeft)
		d.say(b.Heads[1], Box{track.X, 0, track.W, 16 * k}, NoteFont, Ink3, AtLeft)
		d.say(b.Heads[2], Box{w - 200*k, 0, 200 * k, 16 * k}, NoteFont, Ink3, AtRight)
		y += barHead * k
	}
	for _, r := range b.Rows {
		row := b.Row() * k
		if y+row > h+1 {
			break
		}
		r.draw(&d, Box{track.X, y + (row-track.H)/2, track.W, track.H}, Box{0, y, w, row}, wide, after, l)
		y += row
	}
	return d
}

func (r Bar) draw(d *Drawing, track, row Box, wide, after float32, l Letters) {
	k := l.Scale
	name := Box{0, row.Y, wide - 12*k, row.H}
	if r.Under != "" {
		name.H = row.H / 2
		d.say(cut(NoteFont, r.Under, name.W, l), Box{0, row.Y + row.H/2 - 3*k, name.W, row.H / 2}, NoteFont, Ink2, AtLeft)
		name.Y += 3 * k
	}
	d.say(cut(TextFont, r.Name, name.W, l), name, TextFont, Ink, AtLeft)
	d.say(r.Words, Box{0, row.Y, row.W - after, row.H}, NameFont, Ink, AtRight)
	d.say(r.After, Box{0, row.Y, row.W, row.H}, NoteFont, Ink2, AtRight)
	x := func(share float64) float32 { return track.X + track.W*clamp(float32(share)) }
	middle := track.Y + track.H/2
	if r.High > 0 {
		d.line(Point{track.X, middle}, Point{track.X + track.W, middle}, Hair, 1, false)
		d.line(Point{x(r.Low), middle}, Point{x(r.High), middle}, r.Tone, 2*k, false)
		for _, end := range []float64{r.Low, r.High} {
			d.line(Point{x(end), middle - 4*k}, Point{x(end), middle + 4*k}, r.Tone, 2*k, false)
		}
		d.disc(Point{x(r.Share), middle}, 5*k, r.Tone, NoTone, 0)
		return
	}
	d.bar(track, 5*k, Hair)
	d.bar(Box{track.X, track.Y, x(r.Share) - track.X, track.H}, 5*k, r.Tone)
	if r.Mark >= 0 {
		d.line(Point{x(r.Mark), track.Y - 4*k}, Point{x(r.Mark), track.Y + track.H + 4*k}, Ink, 2*k, false)
	}
}
