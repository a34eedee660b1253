package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// PaletteRow is one thing the palette found, or the heading of a group.
type PaletteRow struct {
	Group    string // a heading; the other fields are empty then
	Icon     string // what it is; or
	Initials string // an account's tile, or a person's disc when Person is set
	Person   bool
	Tone     Tone
	Spans    []Span // what was found, matches in bold
	Key      string // the key that does the same
}

// Palette finds, opens and does: an entry over grouped rows over a footer.
type Palette struct {
	widget.BaseWidget
	OnType   func(string)
	OnChoose func(row int)
	OnEscape func()

	field *Field
	list  *List
	rows  []PaletteRow
	note  *Text
	hints fyne.CanvasObject
	esc   *KeyHint
	rules [2]*Ground
}

// PaletteWidth is how wide the palette is.
const PaletteWidth = 552

// NewPalette returns an empty palette; show it with NewOverlay(PaletteWidth, …).
func NewPalette(placeholder string) *Palette {
	p := &Palette{field: NewField(placeholder).enlarge(17), list: NewList(), note: NewText(Small, "").In(Ink3).Right(),
		esc: NewKeyHint("Esc"), rules: [2]*Ground{NewHairline(), NewHairline()}}
	p.hints = paletteHints("open")
	p.field.Icon, p.field.Bare = "search", true
	p.field.OnChanged = func(s string) {
		if p.OnType != nil {
			p.OnType(s)
		}
	}
	p.field.OnEscape = func() {
		if p.OnEscape != nil {
			p.OnEscape()
		}
	}
	p.field.OnSubmit = func(string) { p.choose(p.list.Current()) }
	p.field.OnKey = p.key
	p.fillList()
	p.ExtendBaseWidget(p)
	return p
}

func paletteHints(verb string) fyne.CanvasObject {
	return NewRow(18, newKeyNote(Key{Caps: []string{"↑", "↓"}, Word: "choose"}), newKeyNote(Key{Caps: []string{"Enter"}, Word: verb}))
}

// To names what Enter does with the chosen row, before the palette is shown:
// "open" unless it is named.
func (p *Palette) To(verb string) *Palette {
	p.hints = paletteHints(verb)
	return p
}

// SetRows shows what was found and a note about it ("7 results, offline"), the first row chosen.
func (p *Palette) SetRows(rows []PaletteRow, note string) {
	p.rows = rows
	p.note.Set(note)
	p.list.current = -1
	p.list.Reload()
	p.list.Select(0)
	p.Refresh()
}

// Focusable is what takes the typing.
func (p *Palette) Focusable() fyne.Focusable { return p.field.Focusable() }

// SetText replaces what is typed.
func (p *Palette) SetText(s string) { p.field.SetText(s) }

// Current is the number of the chosen row, -1 when there is none.
func (p *Palette) Current() int { return p.list.Current() }

func (p *Palette) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		p.list.Next(1)
	case fyne.KeyUp:
		p.list.Next(-1)
	case fyne.KeyPageDown, fyne.KeyPageUp:
		p.list.TypedKey(&fyne.KeyEvent{Name: k})
	default:
		return false
	}
	return true
}

func (p *Palette) choose(row int) {
	if p.OnChoose != nil && row >= 0 {
		p.OnChoose(row)
	}
}

const (
	groupRow RowKind = iota
	foundRow
)

func (p *Palette) fillList() {
	l := p.list
	l.Rules, l.Inset, l.OpenOnTap = false, 8, true
	l.Count = func() int { return len(p.rows) }
	l.Skip = func(row int) bool { return p.rows[row].Group != "" }
	l.Kind = func(row int) RowKind {
		if l.Skip(row) {
			return groupRow
		}
		return foundRow
	}
	l.Height = func(row int) float32 {
		if l.Skip(row) {
			return Scaled(36)
		}
		return Scaled(38)
	}
	l.Create = func(k RowKind) fyne.CanvasObject {
		if k == groupRow {
			return NewPad(12, 18, 0, 18, NewText(SmallBold, "").In(Ink2))
		}
		return newFound()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		if pad, ok := o.(*Pad); ok {
			pad.Content.(*Text).Set(p.rows[row].Group)
			return
		}
		o.(*found).set(p.rows[row], current)
	}
	l.OnOpen = p.choose
}

// HeightFor is as high as the rows, up to a limit.
func (p *Palette) HeightFor(float32) float32 {
	h := float32(0)
	for row := range p.rows {
		h += p.list.Height(row)
	}
	return 56 + min(max(h+12, 60), 376) + 38
}

// CreateRenderer lays entry, rows and footer out.
func (p *Palette) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(280, 160) }
	place := func(s fyne.Size) {
		k := p.esc.MinSize()
		put(p.field, 8, 13, s.Width-8-k.Width-26, 30)
		put(p.esc, s.Width-18-k.Width, 28-k.Height/2, k.Width, k.Height)
		put(p.rules[0], 0, 55, s.Width, 1)
		put(p.list, 0, 62, s.Width, max(s.Height-62-44, 0))
		put(p.rules[1], 0, s.Height-38, s.Width, 1)
		put(p.hints, 18, s.Height-37, natural(p.hints), 37)
		put(p.note, 18+natural(p.hints)+12, s.Height-37, max(s.Width-48-natural(p.hints), 0), 37)
	}
	return newFace(p, least, place, nil, p.field, p.esc, p.rules[0], p.list, p.rules[1], p.hints, p.note)
}

// found is a row of the palette.
type found struct {
	widget.BaseWidget
	icon   *Icon
	tile   *Tile
	person *Avatar
	words  *Line
	key    *KeyHint
}

func newFound() *found {
	f := &found{icon: NewIcon("", 18, Ink2), tile: NewTile("", 24), person: NewAvatar("", Customer, 24),
		words: NewLine().Bending(), key: NewKeyHint("")}
	f.ExtendBaseWidget(f)
	return f
}

func (f *found) set(r PaletteRow, current bool) {
	tint := Ink2
	if r.Tone != Neutral {
		tint = tones[r.Tone].ink
	}
	f.icon.Name, f.icon.Tint = r.Icon, tint
	f.tile.Initials, f.tile.Lifted, f.tile.Hidden = r.Initials, current, r.Initials == "" || r.Person
	f.person.Initials, f.person.Side, f.person.Lifted = r.Initials, r.Tone, current
	f.person.Hidden = r.Initials == "" || !r.Person
	f.words.Set(r.Spans...)
	f.key.Key = r.Key
	if current && r.Key == "" {
		f.key.Key = "Enter"
	}
	f.Refresh()
}

func (f *found) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(120, 38) }
	place := func(s fyne.Size) {
		put(f.icon, 21, (s.Height-18)/2, 18, 18)
		put(f.tile, 18, (s.Height-24)/2, 24, 24)
		put(f.person, 18, (s.Height-24)/2, 24, 24)
		k := f.key.MinSize()
		put(f.key, s.Width-18-k.Width, (s.Height-k.Height)/2, k.Width, k.Height)
		put(f.words, 52, 0, max(s.Width-52-k.Width-30, 0), s.Height)
	}
	return newFace(f, least, place, nil, f.icon, f.tile, f.person, f.words, f.key)
}
