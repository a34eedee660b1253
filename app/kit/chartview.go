package kit

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"rapport/data/chart"
)

// chartTints are the colours of charts as the window has them.
var chartTints = map[chart.Tone]fyne.ThemeColorName{
	chart.Ground: Bg, chart.Ink: Ink, chart.Ink2: Ink2, chart.Ink3: Ink3, chart.Hair: Hair, chart.Edge: Edge, chart.Control: Ctl,
	chart.Accent: Accent, chart.AccentSoft: AccentSoft, chart.Alarm: Alert, chart.AlarmSoft: AlertSoft, chart.Caution: WarmMark,
}

// chartRoles are the letters of charts as the window has them.
var chartRoles = map[chart.Font]Role{
	chart.NameFont: SmallBold, chart.NoteFont: Micro, chart.AxisFont: Micro, chart.TextFont: Body, chart.LetterFont: MicroBold, chart.QuietFont: SmallQuote,
}

// tintOf is the colour of a tone now.
func tintOf(t chart.Tone) color.NRGBA {
	if t == chart.NoTone {
		return color.NRGBA{}
	}
	c, _ := color.NRGBAModel.Convert(Color(chartTints[t])).(color.NRGBA)
	return c
}

// drawn is a drawing as the window shows it: one picture of its shapes, and its words over it.
type drawn struct {
	drawing chart.Drawing
	shapes  *canvas.Raster
	words   []*canvas.Text
}

func newDrawn() *drawn {
	d := &drawn{}
	d.shapes = canvas.NewRaster(func(w, h int) image.Image {
		if d.drawing.W <= 0 || d.drawing.H <= 0 || w <= 0 {
			return image.NewRGBA(image.Rect(0, 0, max(w, 1), max(h, 1)))
		}
		return d.drawing.Picture(float32(w)/d.drawing.W, tintOf)
	})
	return d
}

// show takes another drawing and returns the objects to be drawn.
func (d *drawn) show(drawing chart.Drawing) []fyne.CanvasObject {
	d.drawing = drawing
	for len(d.words) < len(drawing.Words) {
		d.words = append(d.words, canvas.NewText("", nil))
	}
	objects := []fyne.CanvasObject{d.shapes}
	put(d.shapes, 0, 0, drawing.W, drawing.H)
	aligns := map[chart.Align]fyne.TextAlign{chart.InMiddle: fyne.TextAlignCenter, chart.AtRight: fyne.TextAlignTrailing}
	for i, w := range drawing.Words {
		t := d.words[i]
		dress(t, chartRoles[w.Font], chartTints[w.Tone])
		t.Text, t.Alignment = w.Text, aligns[w.Align]
		h := t.MinSize().Height
		put(t, w.X, w.Y+(w.H-h)/2, w.W, h)
		objects = append(objects, t)
	}
	d.shapes.Refresh()
	return objects
}

// ChartView shows a chart in all of its room. A chart that says how high it is gets that height.
type ChartView struct {
	widget.BaseWidget
	Chart chart.Chart
	High  float32 // before scaling, where the chart does not say
	face  *face
	drawn *drawn
}

// NewChartView returns a view of a chart.
func NewChartView(c chart.Chart, high float32) *ChartView {
	v := &ChartView{Chart: c, High: high}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer draws the chart.
func (v *ChartView) CreateRenderer() fyne.WidgetRenderer {
	v.drawn = newDrawn()
	v.face = newFace(v, func() fyne.Size { return fyne.NewSize(Scaled(120), v.height()) }, v.place, nil)
	return v.face
}

func (v *ChartView) height() float32 {
	if sized, ok := v.Chart.(interface{ Height() float32 }); ok {
		return Scaled(sized.Height())
	}
	return Scaled(v.High)
}

func (v *ChartView) place(s fyne.Size) {
	if v.Chart != nil && s.Width > 0 {
		v.face.objects = v.drawn.show(v.Chart.Draw(s.Width, max(s.Height, 1), chartLetters()))
	}
}
