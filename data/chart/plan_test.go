package chart

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// plain measures every letter alike.
var plain = Letters{Scale: 1, Width: func(_ Font, s string) float32 { return 6 * float32(len([]rune(s))) }}

func drawPeople(t *rapid.T, most int) Map {
	m := Map{Columns: []Tick{{"Against", 0}, {"Champions us", 1}}, Rows: []Tick{{"Decides", 0.9}}}
	spots := []float32{0.125, 0.25, 0.375, 0.5, 0.75, 0.875}
	for i := range rapid.IntRange(0, most).Draw(t, "people") {
		m.People = append(m.People, Person{Key: fmt.Sprint(i), Name: rapid.StringN(0, 40, -1).Draw(t, "name"), X: rapid.SampledFrom(spots).Draw(t, "x"),
			Y: float32(rapid.IntRange(0, 100).Draw(t, "y")) / 100, Placed: rapid.Bool().Draw(t, "placed")})
	}
	return m
}

func TestWordsCoverNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPeople(t, 30)
		on := rapid.IntRange(-1, len(m.People)-1).Draw(t, "on")
		p := m.Lay(848, 580, on, plain)
		for i, s := range p.People {
			if !s.Said || i == on {
				continue
			}
			for k, o := range p.People {
				disc := Box{o.Center.X - o.Radius, o.Center.Y - o.Radius, 2 * o.Radius, 2 * o.Radius}
				if k != i && !o.Hidden && s.Words.meets(disc) || k != i && o.Said && s.Words.meets(o.Words) {
					t.Fatalf("the words of %d lie on %d", i, k)
				}
			}
		}
		if on >= 0 && !p.People[on].Hidden && !p.People[on].Said {
			t.Fatal("nothing is said of who is looked at")
		}
	})
}

func TestPeopleStandWithinTheMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPeople(t, 60)
		w, h := rapid.Float32Range(400, 1600).Draw(t, "w"), rapid.Float32Range(400, 1000).Draw(t, "h")
		p := m.Lay(w, h, -1, plain)
		for i, s := range p.People {
			disc := Box{s.Center.X - s.Radius, s.Center.Y - s.Radius, 2 * s.Radius, 2 * s.Radius}
			if m.People[i].Placed && !(Box{p.Plot.X - 0.5, p.Plot.Y - 0.5, p.Plot.W + 1, p.Plot.H + 1}).holds(disc) {
				t.Fatalf("%d stands at %v, out of %v", i, s.Center, p.Plot)
			}
		}
		same := m.Lay(w, h, -1, plain)
		for i := range p.People {
			if same.People[i] != p.People[i] {
				t.Fatal("the same people stand elsewhere")
			}
		}
	})
}

func TestFewPeopleDoNotCoverEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawPeople(t, 6)
		p := m.Lay(848, 580, -1, plain)
		for i, s := range p.People {
			for k, o := range p.People[:i] {
				if m.People[i].Placed && m.People[k].Placed && far(s.Center, o.Center) < s.Radius+o.Radius {
					t.Fatalf("%d lies on %d", i, k)
				}
			}
		}
	})
}

func TestWhoIsNotPlacedWaitsBeneath(t *testing.T) {
	m := Map{}
	for i := range 80 {
		m.People = append(m.People, Person{Key: fmt.Sprint(i), Name: "Somebody"})
	}
	p := m.Lay(848, 580, 0, plain)
	hidden := 0
	for _, s := range p.People {
		if s.Hidden {
			hidden++
		} else if s.Center.Y < p.Plot.Y+p.Plot.H || s.Center.Y+s.Radius > 580 {
			t.Errorf("somebody waits at %v", s.Center)
		}
	}
	if hidden == 0 || p.More.Text != fmt.Sprintf("%d more in the list", hidden) || p.Waiting.Text == "" {
		t.Errorf("%d are hidden, it says %q", hidden, p.More.Text)
	}
}

func TestAPlaceComesBackFromItsPoint(t *testing.T) {
	p := Map{}.Lay(848, 580, -1, plain)
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float32Range(0, 1).Draw(t, "x"), rapid.Float32Range(0, 1).Draw(t, "y")
		bx, by := p.Place(p.At(x, y))
		if bx-x > 1e-4 || x-bx > 1e-4 || by-y > 1e-4 || y-by > 1e-4 {
			t.Fatalf("%g, %g comes back as %g, %g", x, y, bx, by)
		}
	})
}

func TestArrowsGoWhereTheyPoint(t *testing.T) {
	p := Plan{}
	for _, at := range []Point{{200, 500}, {202, 420}, {420, 500}, {200, 100}} {
		p.People = append(p.People, Spot{Center: at})
	}
	for name, c := range map[string]struct{ on, dx, dy, want int }{
		"the one at the right, not the one above that is a little to the right": {0, 1, 0, 2},
		"up":                            {0, 0, -1, 1},
		"further up":                    {1, 0, -1, 3},
		"nobody stands there":           {2, 1, 0, 2},
		"where nobody else stands left": {2, -1, 0, 0},
		"from nobody to the first":      {-1, 0, 1, 0},
		"aside where nobody is ahead":   {3, 1, 0, 2},
	} {
		if got := p.Near(c.on, c.dx, c.dy); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
