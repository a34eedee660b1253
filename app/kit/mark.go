package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Tone is the meaning a colour stands for.
type Tone int

// The tones of tags, boxes and marks.
const (
	Neutral  Tone = iota // grey: a word, nothing more
	Ours                 // pine: us, a cure, on the way
	Customer             // plum: a need, their side
	Third                // a partner
	Caution              // honey: an old fact, warmth
	Quiet                // blue: silence, cooling
	Frozen               // deep blue: cold
	Late                 // red: overdue, error, conflict
)

type tint struct{ ink, mark, soft fyne.ThemeColorName }

var tones = map[Tone]tint{
	Neutral:  {Ink2, Ink2, Hover},
	Ours:     {Accent, Accent, AccentSoft},
	Customer: {Theirs, Theirs, TheirsSoft},
	Third:    {Partner, Partner, PartnerSoft},
	Caution:  {Warm, WarmMark, WarmSoft},
	Quiet:    {Cool, CoolMark, CoolSoft},
	Frozen:   {Cold, ColdMark, ColdSoft},
	Late:     {Alert, Alert, AlertSoft},
}

// Tag is a word on a soft ground, with an icon that says the same.
type Tag struct {
	widget.BaseWidget
	Tone       Tone
	Icon, Text string
	ground     *canvas.Rectangle
	image      *glyph
	label      *canvas.Text
}

// NewTag returns a tag; icon may be "".
func NewTag(tone Tone, icon, text string) *Tag {
	t := &Tag{Tone: tone, Icon: icon, Text: text}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes everything the tag shows.
func (t *Tag) Set(tone Tone, icon, text string) {
	t.Tone, t.Icon, t.Text = tone, icon, text
	t.Refresh()
}

// CreateRenderer draws the tag in the vertical middle of its room.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	t.ground, t.label = box(4), canvas.NewText("", nil)
	t.image = newGlyph()
	return newFace(t, t.least, t.place, t.paint, t.ground, t.image.Raster, t.label)
}

func (t *Tag) least() fyne.Size {
	return fyne.NewSize(t.before()+measure(Micro, t.Text)+6, Scaled(18))
}

// before is the room before the word.
func (t *Tag) before() float32 {
	if t.Icon == "" {
		return 6
	}
	return 6 + 12 + 6
}

func (t *Tag) paint() {
	c := tones[t.Tone]
	fill(t.ground, c.soft, Clear, 0)
	dress(t.label, Micro, c.ink)
	t.image.Hidden = t.Icon == ""
	t.image.set(t.Icon, c.ink)
}

func (t *Tag) place(s fyne.Size) {
	h := min(Scaled(18), s.Height)
	top := (s.Height - h) / 2
	put(t.ground, 0, top, s.Width, h)
	put(t.image, 6, top+(h-12)/2, 12, 12)
	t.label.Text = clip(Micro, t.Text, s.Width-t.before()-5)
	lh := t.label.MinSize().Height
	put(t.label, t.before(), (s.Height-lh)/2, s.Width-t.before(), lh)
}

// Tier is the letter of an account's tier: A filled, B outlined, C faint.
type Tier struct {
	widget.BaseWidget
	Letter string
	ground *canvas.Rectangle
	label  *canvas.Text
}

// NewTier returns the mark of a tier; another letter than A, B or C is shown faint, "" not at all.
func NewTier(letter string) *Tier {
	t := &Tier{Letter: letter}
	t.ExtendBaseWidget(t)
	return t
}

// Set changes the letter.
func (t *Tier) Set(letter string) { t.Letter = letter; t.Refresh() }

// CreateRenderer draws the mark.
func (t *Tier) CreateRenderer() fyne.WidgetRenderer {
	t.ground, t.label = box(4), canvas.NewText("", nil)
	t.label.Alignment = fyne.TextAlignCenter
	min := func() fyne.Size {
		if t.Letter == "" {
			return fyne.Size{}
		}
		return fyne.NewSquareSize(18)
	}
	place := func(s fyne.Size) {
		x, y := (s.Width-18)/2, (s.Height-18)/2
		put(t.ground, x, y, 18, 18)
		h := t.label.MinSize().Height
		put(t.label, x, y+(18-h)/2, 18, h)
	}
	return newFace(t, min, place, t.paint, t.ground, t.label)
}

func (t *Tier) paint() {
	dress(t.label, MicroBold, Ink2)
	t.label.TextSize = 11
	t.label.Text = t.Letter
	switch t.Letter {
	case "":
		fill(t.ground, Clear, Clear, 0)
	case "A":
		fill(t.ground, Ink2, Clear, 0)
		t.label.Color = Color(Bg)
	case "B":
		fill(t.ground, Clear, Ctl, 1)
	default:
		fill(t.ground, Clear, Edge, 1)
	}
}

// StagePips shows how far a relationship has come: one, two or three of three squares and a word.
type StagePips struct {
	widget.BaseWidget
	Stage int // 0 to 3
	Word  string
	pips  [3]*canvas.Rectangle
	label *canvas.Text
}

// NewStagePips returns the squares and the word behind them; word may be "".
func NewStagePips(stage int, word string) *StagePips {
	p := &StagePips{Stage: stage, Word: word}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes stage and word.
func (p *StagePips) Set(stage int, word string) { p.Stage, p.Word = stage, word; p.Refresh() }

// CreateRenderer draws squares and word.
func (p *StagePips) CreateRenderer() fyne.WidgetRenderer {
	p.label = canvas.NewText("", nil)
	objects := []fyne.CanvasObject{p.label}
	for i := range p.pips {
		p.pips[i] = box(2)
		objects = append(objects, p.pips[i])
	}
	return newFace(p, p.least, p.place, p.paint, objects...)
}

func (p *StagePips) least() fyne.Size {
	w := float32(26)
	if p.Word != "" {
		w += 7 + measure(Body, p.Word)
	}
	return fyne.NewSize(w, lineHeight(Body))
}

func (p *StagePips) paint() {
	for i, pip := range p.pips {
		if i < p.Stage {
			fill(pip, Ink2, Ink2, 1)
		} else {
			fill(pip, Clear, Ctl, 1)
		}
	}
	dress(p.label, Body, Ink2)
}

func (p *StagePips) place(s fyne.Size) {
	for i, pip := range p.pips {
		put(pip, float32(i)*9, (s.Height-8)/2, 8, 8)
	}
	p.label.Text = clip(Body, p.Word, s.Width-33)
	h := p.label.MinSize().Height
	put(p.label, 33, (s.Height-h)/2, s.Width-33, h)
}

// SourceMark is the small number that leads to the evidence of what stands before it.
type SourceMark struct {
	press
	Number string
	Lit    bool // its evidence is shown now
	OnTap  func()
	ground *canvas.Rectangle
	ring   *canvas.Rectangle
	label  *canvas.Text
}

// NewSourceMark returns a mark.
func NewSourceMark(number string, onTap func()) *SourceMark {
	m := &SourceMark{Number: number, OnTap: onTap}
	m.begin(m, func() {
		if m.OnTap != nil {
			m.OnTap()
		}
	})
	return m
}

// CreateRenderer draws the mark.
func (m *SourceMark) CreateRenderer() fyne.WidgetRenderer {
	m.ground, m.ring, m.label = box(4), newRing(), canvas.NewText("", nil)
	m.label.Alignment = fyne.TextAlignCenter
	least := func() fyne.Size {
		return fyne.NewSize(max(measure(Mark, m.Number)+9, 15), lineHeight(Mark))
	}
	place := func(s fyne.Size) {
		h := min(lineHeight(Mark), s.Height)
		put(m.ground, 0, (s.Height-h)/2, s.Width, h)
		showRing(m.ring, m.focused, s, 4)
		lh := m.label.MinSize().Height
		put(m.label, 0, (s.Height-lh)/2, s.Width, lh)
	}
	paint := func() {
		dress(m.label, Mark, Ink2)
		m.label.Text = m.Number
		switch {
		case m.Lit:
			fill(m.ground, Accent, Clear, 0)
			m.label.Color = Color(OnAccent)
		case m.hovered:
			fill(m.ground, AccentSoft, Clear, 0)
			m.label.Color = Color(Accent)
		default:
			fill(m.ground, Hover, Clear, 0)
		}
	}
	return newFace(m, least, place, paint, m.ring, m.ground, m.label)
}

// NewReceiptLink returns the words that open the evidence of a number: "31 receipts".
func NewReceiptLink(text string, onTap func()) *Button {
	return NewLink(text, onTap).WithIcon("receipt-text")
}
