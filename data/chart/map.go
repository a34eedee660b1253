// Package chart lays out the map of an account's people, and draws it on paper as SVG or PNG. The
// window shows what is laid out here with widgets of its own, so that paper and screen agree.
//
// It knows neither accounts nor windows: it takes names, numbers from 0 to 1 and colours. It reads no
// file and no clock.
package chart

// Map is people by how far they are for us (X, to the right) and what they can move (Y, upwards), with
// lines between them. What cannot be placed stands in a row beneath.
type Map struct {
	Title   string   // of the paper
	Note    string   // under the title
	People  []Person // in the order of the list beside the map
	Lines   []Line
	Columns []Tick // the lines of the grid, from the left
	Rows    []Tick // names of heights
}

// Tick is a name at a place of an axis, 0 to 1.
type Tick struct {
	Name string
	At   float32
}

// Person is somebody on a Map.
type Person struct {
	Key            string // what the caller knows them by
	Initials, Name string
	Note           string // the second line
	Side           Side
	Band           Band
	X, Y           float32 // 0 to 1
	Placed         bool    // else X and Y say nothing
}

// Line joins two people, by place in Map.People, under their discs.
type Line struct {
	From, To int
	Is       LineKind
}

// LineKind is what a line looks like.
type LineKind int

// The looks of lines. Those but Above are drawn where one of both is looked at.
const (
	Above   LineKind = iota // solid: one reports to the other
	Beside                  // dashed: they know or work with each other, or one sways the other
	Against                 // dashed and red: they are at odds
)

// Side is whose a person is.
type Side int

// The sides.
const (
	Theirs Side = iota
	Partner
	Ours
)

// Band is how warm somebody is. The window's widgets count them alike.
type Band int

// The bands, from nothing upwards.
const (
	Unmet Band = iota
	Cold
	Cooling
	Warm
)

// Diameter is how wide a person's disc is, before scaling: the more they can move the wider. Who is not
// placed is narrow.
func (p Person) Diameter() float32 {
	if !p.Placed {
		return waitingDisc
	}
	return 38 + 14*clamp(p.Y)
}

func clamp(x float32) float32 { return min(max(x, 0), 1) }
