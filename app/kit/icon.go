package kit

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rapport/assets"
)

// Icon is one of our icons in one colour.
type Icon struct {
	widget.BaseWidget
	Name  string // as assets.Icon knows it; "" draws nothing and takes no room
	Tint  fyne.ThemeColorName
	Side  float32 // width and height
	image *glyph
}

// NewIcon returns the named icon, side units wide and high, in a colour.
func NewIcon(name string, side float32, tint fyne.ThemeColorName) *Icon {
	i := &Icon{Name: name, Tint: tint, Side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set changes name and colour together; use it in list rows.
func (i *Icon) Set(name string, tint fyne.ThemeColorName) {
	if i.Name == name && i.Tint == tint {
		return
	}
	i.Name, i.Tint = name, tint
	i.Refresh()
}

// CreateRenderer draws the icon centred in the room it is given.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	i.image = newGlyph()
	return newFace(i, i.least, i.place, i.paint, i.image.Raster)
}

func (i *Icon) least() fyne.Size {
	if i.Name == "" {
		return fyne.Size{}
	}
	return fyne.NewSquareSize(i.Side)
}

func (i *Icon) place(s fyne.Size) {
	put(i.image, (s.Width-i.Side)/2, (s.Height-i.Side)/2, i.Side, i.Side)
}

func (i *Icon) paint() {
	i.image.set(i.Name, i.Tint)
	i.image.Hidden = i.Name == ""
}

// IconResource returns the named icon as Fyne's own widgets and menus want it, in the text colour.
func IconResource(name string) fyne.Resource {
	return theme.NewThemedResource(iconResource(name))
}

func iconResource(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", assets.Icon(name))
}

// Logo is the mark of Rapport, in the colours of the current look.
type Logo struct {
	widget.BaseWidget
	side float32
}

// NewLogo returns the mark, side units wide and high.
func NewLogo(side float32) *Logo {
	l := &Logo{side: side}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the mark in the middle of its room.
func (l *Logo) CreateRenderer() fyne.WidgetRenderer {
	picture := canvas.NewRaster(drawLogo)
	min := func() fyne.Size { return fyne.NewSquareSize(l.side) }
	place := func(s fyne.Size) { put(picture, (s.Width-l.side)/2, (s.Height-l.side)/2, l.side, l.side) }
	return newFace(l, min, place, nil, picture)
}

func drawLogo(w, h int) image.Image {
	if IsDark() {
		return drawSVG(assets.LogoDark, w, h)
	}
	return drawSVG(assets.Logo, w, h)
}

// WindowIcon is the picture a desktop shows for the program.
func WindowIcon() fyne.Resource {
	return fyne.NewStaticResource("rapport-512.png", assets.LogoPicture)
}
