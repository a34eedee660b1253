package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// NewDialog returns the content of a floating question or form: icon and title over the body, a
// note and buttons under it. Where the window is too low for all of it, the body scrolls, so that
// the buttons can always be reached. Show it with NewOverlay(DialogWidth, …).
func NewDialog(icon string, tone Tone, title string, body fyne.CanvasObject, note string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	d := &dialog{body: body}
	d.head = NewColumns(10, []Col{Fixed(18), Flex(1), Fit()},
		NewIcon(icon, 18, tones[tone].ink), NewText(Heading, title).Bending(), NewKeyHint("Esc"))
	d.foot = NewColumns(12, []Col{Flex(1), Fit()}, NewText(Small, note).In(Ink3).Bending(), NewRow(8, buttons...))
	d.whole = NewPad(dialogTop, dialogSide, dialogTop, dialogSide, NewStack(dialogGap, d.head, body, d.foot))
	d.ExtendBaseWidget(d)
	return d
}

// Free room in a dialog, in pixels: above and below, at both sides, between its parts, and how
// much of that at the right is the scroll bar's.
const (
	dialogTop  = 16
	dialogSide = 18
	dialogGap  = 13
	dialogBar  = 12
)

// dialog is a Flow that keeps its head and foot in sight when it gets less height than it needs.
type dialog struct {
	widget.BaseWidget
	head, body, foot fyne.CanvasObject
	whole            *Pad    // all of it, where there is room
	scroll           *Scroll // the body, where there is not; nil while there was
	face             *face
}

// HeightFor returns the height at which nothing scrolls.
func (d *dialog) HeightFor(width float32) float32 { return d.whole.HeightFor(width) }

// CreateRenderer lays the dialog out.
func (d *dialog) CreateRenderer() fyne.WidgetRenderer {
	d.face = newFace(d, d.whole.MinSize, d.place, nil, d.whole)
	return d.face
}

func (d *dialog) place(s fyne.Size) {
	if d.HeightFor(s.Width) <= s.Height+1 {
		d.face.objects = []fyne.CanvasObject{d.whole}
		put(d.whole, 0, 0, s.Width, s.Height)
		return
	}
	if d.scroll == nil {
		d.scroll = NewScroll(NewPad(2, dialogBar, 2, 0, d.body))
	}
	d.face.objects = []fyne.CanvasObject{d.head, d.scroll, d.foot}
	w := s.Width - 2*dialogSide
	head, foot := HeightOf(d.head, w), HeightOf(d.foot, w)
	put(d.head, dialogSide, dialogTop, w, head)
	put(d.foot, dialogSide, s.Height-dialogTop-foot, w, foot)
	body := dialogTop + head + dialogGap
	put(d.scroll, dialogSide, body, w+dialogBar, s.Height-dialogTop-foot-dialogGap-body)
}
