package chart

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawBubbles(t *rapid.T, most int) Bubbles {
	b := Bubbles{Title: "Profit", On: -1, Corners: [4]string{"Repair", "Keep", "Leave", "Change"},
		X: Scale{Name: "Quality", Ticks: []ScaleTick{{0, "0"}, {50, "50"}, {100, "100"}}}, Y: Scale{Name: "Margin", Zero: true, Ticks: []ScaleTick{{-20, "-20"}, {0, "0"}, {100, "100"}}}}
	n := rapid.IntRange(0, most).Draw(t, "points")
	for i := range n {
		b.Points = append(b.Points, Bubble{Key: fmt.Sprint(i), Name: rapid.StringN(0, 40, -1).Draw(t, "name"), Letter: "A", X: float64(rapid.IntRange(0, 100).Draw(t, "x")),
			Y: float64(rapid.IntRange(-20, 100).Draw(t, "y")), Size: float64(1000 - i), Goal: rapid.Bool().Draw(t, "goal"), ToX: float64(rapid.IntRange(0, 100).Draw(t, "to x")), ToY: 50})
	}
	if n > 0 {
		b.On = rapid.IntRange(-1, n-1).Draw(t, "on")
	}
	return b
}

func TestNamesOfBubblesCoverNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBubbles(t, 40)
		p := b.Lay(776, 606, plain)
		for i, s := range p.Spots {
			if !s.Said || i == b.On {
				continue
			}
			if !(Box{0, 0, p.W, p.H}).holds(s.Name) {
				t.Fatalf("the name of %d lies at %v, out of the sheet", i, s.Name)
			}
			for k, o := range p.Spots {
				disc := Box{o.Center.X - o.Radius, o.Center.Y - o.Radius, 2 * o.Radius, 2 * o.Radius}
				if k != i && (s.Name.meets(disc) || o.Said && s.Name.meets(o.Name)) {
					t.Fatalf("the name of %d lies on %d", i, k)
				}
			}
		}
		if b.On >= 0 && !p.Spots[b.On].Said {
			t.Fatal("who is looked at is not named")
		}
	})
}

func TestBubblesLieWhereTheirFiguresAre(t *testing.T) {
	b := Bubbles{On: -1, X: Scale{Ticks: []ScaleTick{{0, ""}, {100, ""}}}, Y: Scale{Ticks: []ScaleTick{{-20, ""}, {100, ""}}},
		Points: []Bubble{{X: 50, Y: 40, Size: 4}, {X: 0, Y: -20, Size: 1}, {X: 100, Y: 100, Size: 0}}}
	p := b.Lay(800, 600, plain)
	middle, corner, end := p.Spots[0], p.Spots[1], p.Spots[2]
	if far(middle.Center, Point{p.Plot.X + p.Plot.W/2, p.Plot.Y + p.Plot.H/2}) > 0.01 || far(corner.Center, Point{p.Plot.X, p.Plot.Y + p.Plot.H}) > 0.01 || far(end.Center, Point{p.Plot.X + p.Plot.W, p.Plot.Y}) > 0.01 {
		t.Errorf("%v %v %v in %v", middle.Center, corner.Center, end.Center, p.Plot)
	}
	if middle.Radius != 2*corner.Radius || end.Radius != leastRadius {
		t.Errorf("four times the revenue is a radius of %g, not of twice %g; none is %g", middle.Radius, corner.Radius, end.Radius)
	}
}

func TestOfManyOnlyTheLargestAreDiscs(t *testing.T) {
	b := Bubbles{On: 1500, X: Scale{Ticks: []ScaleTick{{0, ""}, {100, ""}}}, Y: Scale{Ticks: []ScaleTick{{0, ""}, {2000, ""}}}}
	for i := range 2000 {
		b.Points = append(b.Points, Bubble{Name: fmt.Sprint("Account ", i), X: float64(i * 37 % 101), Y: float64(i * 7919 % 2000), Size: float64(3000 - i), Goal: true, ToX: 50, ToY: 50})
	}
	p := b.Lay(776, 606, plain)
	discs, named := 0, 0
	for _, s := range p.Spots {
		if s.Radius > dotRadius {
			discs++
		}
		if s.Said {
			named++
		}
	}
	if discs != someDiscs+1 || named == 0 || named > discs || !p.Spots[1500].Said {
		t.Errorf("%d discs, %d named", discs, named)
	}
}

// TestAnArrowLeadsAhead wherever anything lies there, first to what is more ahead than
// aside, and to nothing that something else is nearer than both ahead and aside. That arrows reach all is not promised: of
// circles nearly above each other some are passed over, and J and K walk them all.
func TestAnArrowLeadsAhead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := Bubbles{On: -1, X: Scale{Ticks: []ScaleTick{{0, ""}, {100, ""}}}, Y: Scale{Ticks: []ScaleTick{{0, ""}, {100, ""}}}}
		for i, at := range rapid.SliceOfNDistinct(rapid.IntRange(0, 9999), 1, 20, rapid.ID[int]).Draw(t, "at") {
			b.Points = append(b.Points, Bubble{Key: fmt.Sprint(i), X: float64(at % 100), Y: float64(at / 100)})
		}
		p := b.Lay(776, 606, plain)
		way := rapid.SampledFrom([][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}).Draw(t, "way")
		from := rapid.IntRange(0, len(b.Points)-1).Draw(t, "from")
		seen := func(i int) (ahead, aside float32) {
			x, y := p.Spots[i].Center.X-p.Spots[from].Center.X, p.Spots[i].Center.Y-p.Spots[from].Center.Y
			aside = x*float32(way[1]) + y*float32(way[0])
			return x*float32(way[0]) + y*float32(way[1]), max(aside, -aside)
		}
		to := p.Near(from, way[0], way[1])
		ahead, aside := seen(to)
		if to != from && ahead <= 0 {
			t.Fatalf("%v from %d leads back to %d", way, from, to)
		}
		for i := range p.Spots {
			a, s := seen(i)
			front, chosen := s <= 2*a, aside <= 2*ahead
			if a > 0 && (to == from || front && !chosen || front == chosen && a < ahead && s < aside) {
				t.Errorf("%v from %d leads to %d, and %d is nearer", way, from, to, i)
			}
		}
	})
}

func TestNiceTicksHoldBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e9, 1e9).Draw(t, "low")
		high := low + rapid.Float64Range(1e-3, 1e9).Draw(t, "more")
		most := rapid.IntRange(3, 12).Draw(t, "most")
		ticks := NiceTicks(low, high, most)
		slack := (high - low) * 1e-6
		if len(ticks) < 2 || len(ticks) > most || ticks[0] > low+slack+math.Abs(low)*1e-6 || ticks[len(ticks)-1] < high-slack-math.Abs(high)*1e-6 {
			t.Fatalf("%v for %g to %g", ticks, low, high)
		}
	})
	for _, c := range []struct {
		low, high float64
		want      string
	}{{0, 96_000, "[0 20000 40000 60000 80000 100000]"}, {-8000, 115_000, "[-40000 0 40000 80000 120000]"}, {0, 0, "[0 0.2 0.4 0.6 0.8 1]"}} {
		if got := fmt.Sprintf("%.6g", NiceTicks(c.low, c.high, 6)); got != c.want {
			t.Errorf("%g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
}

// someCharts are one of each, filled and empty.
func someCharts(name string) map[string]Chart {
	bars := Bars{Title: name, Heads: [3]string{"What", "", "How much"}, Rows: []Bar{{Name: name, Under: name, Share: 0.5, Mark: 0.3, Words: "52 %", After: "58", Tone: Accent}, {Name: "b", Share: 2, Mark: -1, Low: 0.2, High: 0.9, Tone: Alarm}}}
	return map[string]Chart{
		"bars": bars, "no bars": Bars{Title: name, Empty: "none"}, "columns": Columns{Title: name, Values: []float64{1, 2, 0}, Names: []string{"a", name, "c"}, Line: 3, LineName: "promised", Ticks: []ScaleTick{{1, "1"}}},
		"no columns": Columns{}, "calibrated": Calibrated{Title: name, Steps: []CalibratedStep{{0.5, 1, 0.2, 1, "1 of 1"}}}, "not calibrated": Calibrated{Empty: name},
		"bubbles": Bubbles{Title: name, On: -1, Points: []Bubble{{Name: name, X: math.NaN()}}}, "no bubbles": Bubbles{On: -1},
	}
}

func TestEveryChartIsDrawnOnPaper(t *testing.T) {
	for name, c := range someCharts("Kestrel & <Co>") {
		svg, err := SVG(c)
		if err != nil {
			t.Fatal(err)
		}
		text := words(t, svg)
		if title, _ := c.Head(); !strings.Contains(text, title) {
			t.Errorf("%s: no title", name)
		}
		b, err := PNG(c, 1)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil || img.Bounds().Dx() != sheetWidth {
			t.Errorf("%s: %v, %v", name, img.Bounds(), err)
		}
	}
}

func TestChartsAreXMLWhateverNamesThereAre(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, c := range someCharts(rapid.String().Draw(t, "name")) {
			svg, err := SVG(c)
			if err != nil {
				t.Fatal(err)
			}
			words(t, svg)
		}
	})
}

func TestAnEmptySheetIsSmall(t *testing.T) {
	for _, c := range someCharts("x") {
		for _, size := range [][2]float32{{0, 0}, {1, 1}, {40, 300}} {
			d := c.Draw(size[0], size[1], plain)
			if d.W != size[0] {
				t.Errorf("%v", d)
			}
		}
	}
}
