package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// SectionLabel is the room at the left of a SectionLine for what a section is called.
const SectionLabel = 128

// SectionLine is a line of a section: at its left the section's name over how fresh it is, where the
// line is the first; its content beside. The name may reach below a line that is lower than both.
type SectionLine struct {
	widget.BaseWidget
	label   *Paragraph
	fresh   *Text
	name    string
	content fyne.CanvasObject
	// Room is free around the content; Rule draws a hairline at the bottom, over all the width where
	// the section ends there, else under the content.
	room   Room
	rule   *Ground
	ends   bool
	closer *face
}

// NewSectionLine returns a line without name and content; call Set.
func NewSectionLine() *SectionLine {
	s := &SectionLine{label: NewParagraph(BodyBold, Ink, "").AtMost(2), fresh: NewText(Small, "").In(Ink2).Bending(), content: NewSpring(), rule: NewHairline()}
	s.ExtendBaseWidget(s)
	return s
}

// Set changes everything that the line shows. label and fresh are "" but for the first line of a
// section. ruled draws a hairline under the line, over all the width where it ends the section.
func (s *SectionLine) Set(label, fresh string, content fyne.CanvasObject, room Room, ruled, ends bool) {
	if s.name != label {
		s.name = label
		s.label.Set(Span{Text: label, Role: BodyBold})
	}
	s.fresh.Set(fresh)
	s.label.Hidden, s.fresh.Hidden = label == "", fresh == ""
	s.content, s.room, s.ends = content, room, ends
	s.rule.Hidden = !ruled && !ends
	s.Refresh()
}

// SectionHeight is how high a section must be for its name and how fresh it is.
func SectionHeight(label string) float32 {
	return 3 + NewParagraph(BodyBold, Ink, label).AtMost(2).HeightFor(SectionLabel-12) + lineHeight(Small)
}

// CreateRenderer draws name, content and hairline.
func (s *SectionLine) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size {
		return s.content.MinSize().AddWidthHeight(SectionLabel, s.room.Top+s.room.Bottom)
	}
	s.closer = newFace(s, least, s.place, nil)
	s.closer.paint = func() { s.closer.objects = []fyne.CanvasObject{s.rule, s.label, s.fresh, s.content} }
	s.closer.paint()
	return s.closer
}

func (s *SectionLine) place(size fyne.Size) {
	h := s.label.HeightFor(SectionLabel - 12)
	put(s.label, 0, s.room.Top+3, SectionLabel-12, h)
	put(s.fresh, 0, s.room.Top+3+h, SectionLabel-12, lineHeight(Small))
	put(s.content, SectionLabel, s.room.Top, max(size.Width-SectionLabel, 0), max(size.Height-s.room.Top-s.room.Bottom, 0))
	x := float32(SectionLabel)
	if s.ends {
		x = 0
	}
	put(s.rule, x, size.Height-1, size.Width-x, 1)
}
