package kit

import (
	"image"
	"image/color"
	"math"
)

// ink is a small picture that shapes are laid on, each by how far a point is from its edge. It
// draws curves in one object where lines side by side would show seams.
type ink struct {
	img   *image.NRGBA
	scale float64 // pixels per unit
}

func newInk(w, h int, units float32) *ink {
	return &ink{img: image.NewNRGBA(image.Rect(0, 0, w, h)), scale: float64(w) / float64(max(units, 1))}
}

type point struct{ x, y float64 }

// lay colours every point by how much of its pixel lies inside: distance is in units, negative inside.
func (k *ink) lay(c color.Color, distance func(point) float64) {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	b := k.img.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			d := distance(point{(float64(x) + 0.5) / k.scale, (float64(y) + 0.5) / k.scale}) * k.scale
			if d < 0.5 {
				k.blend(x, y, n, min(0.5-d, 1))
			}
		}
	}
}

func (k *ink) blend(x, y int, c color.NRGBA, cover float64) {
	a := float64(c.A) / 255 * cover
	old := k.img.NRGBAAt(x, y)
	under := float64(old.A) / 255 * (1 - a)
	sum := a + under
	if sum <= 0 {
		return
	}
	mix := func(over, below uint8) uint8 {
		return uint8(math.Round((float64(over)*a + float64(below)*under) / sum))
	}
	k.img.SetNRGBA(x, y, color.NRGBA{mix(c.R, old.R), mix(c.G, old.G), mix(c.B, old.B), uint8(math.Round(sum * 255))})
}

// disc is the distance from a filled circle.
func disc(center point, radius float64) func(point) float64 {
	return func(p point) float64 { return math.Hypot(p.x-center.x, p.y-center.y) - radius }
}

// ringed is the distance from the edge of a shape drawn with a width.
func ringed(shape func(point) float64, width float64) func(point) float64 {
	return func(p point) float64 { return math.Abs(shape(p)) - width/2 }
}

// both is the distance from what two shapes share.
func both(a, b func(point) float64) func(point) float64 {
	return func(p point) float64 { return max(a(p), b(p)) }
}

// stroke is the distance from a line through points, drawn with a width and round ends.
func stroke(points []point, width float64) func(point) float64 {
	return func(p point) float64 {
		nearest := math.Inf(1)
		for i := 1; i < len(points); i++ {
			nearest = min(nearest, toSegment(p, points[i-1], points[i]))
		}
		return nearest - width/2
	}
}

func toSegment(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	t := 0.0
	if length := dx*dx + dy*dy; length > 0 {
		t = min(max(((p.x-a.x)*dx+(p.y-a.y)*dy)/length, 0), 1)
	}
	return math.Hypot(p.x-a.x-t*dx, p.y-a.y-t*dy)
}
