package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Key is a key of the page and what it does.
type Key struct {
	Caps []string // "J", "K"
	Word string
}

// StatusBar is the only place for messages: what the program does or did at the left, the keys of
// the page at the right.
type StatusBar struct {
	widget.BaseWidget
	words  *Line
	bar    *ProgressBar
	action *Button
	cap    *KeyHint
	left   *Columns
	keys   []fyne.CanvasObject
	face   *face
	ground *Ground
	edge   *Ground
}

// StatusHeight is the height of the bar.
const StatusHeight = 28

// NewStatusBar returns an empty bar.
func NewStatusBar() *StatusBar {
	s := &StatusBar{words: NewLine().Bending(), bar: NewProgressBar(0), action: NewLink("", nil),
		cap: NewKeyHint(""), ground: NewGround(Bg), edge: NewHairline()}
	s.bar.Height = 4
	s.left = NewColumns(8, []Col{Fit(), Fixed(48), Fit(), Fit()}, s.words, s.bar, s.action, s.cap)
	s.quiet()
	s.ExtendBaseWidget(s)
	return s
}

// Say shows words; spans without a role are small.
func (s *StatusBar) Say(spans ...Span) {
	s.quiet()
	s.words.Set(micro(spans)...)
	s.Refresh()
}

// Offer shows words and one thing to do about them, with its key ("" is none): Undo, Details.
func (s *StatusBar) Offer(spans []Span, action, key string, onTap func()) {
	s.quiet()
	s.words.Set(micro(spans)...)
	s.offer(action, key, onTap)
	s.Refresh()
}

// Busy shows words and how much is done, 0 to 1, with one thing to do: Pause. A negative share
// draws no bar.
func (s *StatusBar) Busy(spans []Span, share float32, action string, onTap func()) {
	s.quiet()
	s.words.Set(micro(spans)...)
	if share >= 0 {
		s.bar.Set(share)
		s.bar.Show()
	}
	s.offer(action, "", onTap)
	s.Refresh()
}

// SetKeys shows the keys of the page. In a narrow window the first ones stay.
func (s *StatusBar) SetKeys(keys ...Key) {
	s.keys = s.keys[:0]
	for _, k := range keys {
		s.keys = append(s.keys, newKeyNote(k))
	}
	s.Refresh()
}

func newKeyNote(k Key) fyne.CanvasObject {
	var items []fyne.CanvasObject
	for _, c := range k.Caps {
		items = append(items, NewKeyHint(c))
	}
	return NewRow(4, append(items, NewPad(0, 0, 0, 3, NewText(Micro, k.Word).In(Ink2)))...)
}

func (s *StatusBar) quiet() {
	s.bar.Hide()
	s.action.Hide()
	s.cap.Hide()
}

func (s *StatusBar) offer(action, key string, onTap func()) {
	if action == "" {
		return
	}
	s.action.OnTap = onTap
	s.action.Text = action
	s.action.Show()
	s.action.Refresh()
	if key != "" {
		s.cap.Key = key
		s.cap.Show()
		s.cap.Refresh()
	}
}

// micro gives spans without a role the size of the bar.
func micro(spans []Span) []Span {
	out := make([]Span, len(spans))
	for i, sp := range spans {
		if sp.Role == Body {
			sp.Role = Micro
		}
		if sp.Role == BodyBold {
			sp.Role = MicroBold
		}
		out[i] = sp
	}
	return out
}

// CreateRenderer draws the bar.
func (s *StatusBar) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(200, Scaled(StatusHeight)) }
	s.face = newFace(s, least, s.place, nil)
	s.face.paint = func() {
		s.face.objects = append([]fyne.CanvasObject{s.ground, s.edge, s.left}, s.keys...)
	}
	s.face.paint()
	return s.face
}

func (s *StatusBar) place(size fyne.Size) {
	put(s.ground, 0, 0, size.Width, size.Height)
	put(s.edge, 0, 0, size.Width, 1)
	said := min(natural(s.left), size.Width-32)
	put(s.left, 16, 1, said, size.Height-1)
	room := size.Width - 16 - 16 - said - 24
	shown, used := 0, float32(0)
	for _, k := range s.keys {
		if used+natural(k) > room {
			break
		}
		used += natural(k) + 18
		shown++
	}
	x := size.Width - 16 - max(used-18, 0)
	for i, k := range s.keys {
		if i >= shown {
			k.Hide()
			continue
		}
		k.Show()
		put(k, x, 1, natural(k), size.Height-1)
		x += natural(k) + 18
	}
}
