package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// KeyHint shows a key as a cap: "Ctrl K".
type KeyHint struct {
	widget.BaseWidget
	Key   string
	cap   *canvas.Rectangle
	label *canvas.Text
}

// NewKeyHint returns a cap with the words of a key on it.
func NewKeyHint(key string) *KeyHint {
	k := &KeyHint{Key: key}
	k.ExtendBaseWidget(k)
	return k
}

// CreateRenderer draws the cap.
func (k *KeyHint) CreateRenderer() fyne.WidgetRenderer {
	k.cap, k.label = box(4), canvas.NewText("", nil)
	k.label.Alignment = fyne.TextAlignCenter
	paint := func() {
		fill(k.cap, Raised, Edge, 1)
		dress(k.label, Micro, Ink2)
		k.label.Text = k.Key
		if k.Key == "" {
			k.cap.Hide()
		} else {
			k.cap.Show()
		}
	}
	return newFace(k, k.least, k.place, paint, k.cap, k.label)
}

func (k *KeyHint) least() fyne.Size {
	if k.Key == "" {
		return fyne.Size{}
	}
	return fyne.NewSize(max(measure(Micro, k.Key)+11, 17), Scaled(17))
}

func (k *KeyHint) place(s fyne.Size) {
	m := k.least()
	put(k.cap, (s.Width-m.Width)/2, (s.Height-m.Height)/2, m.Width, m.Height)
	h := k.label.MinSize().Height
	put(k.label, (s.Width-m.Width)/2, (s.Height-h)/2, m.Width, h)
}
