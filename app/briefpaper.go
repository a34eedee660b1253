package app

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// Measures of the paper.
const (
	paperWidth   = 744
	paperPadding = 40
	paperLabel   = 104
	sourceGutter = 42
)

// briefPaper is the page as it is printed, on a desk.
type briefPaper struct {
	p      *briefPage
	view   fyne.CanvasObject
	scroll *kit.Scroll
	stack  *kit.Stack
	marks  map[int][]*kit.SourceMark // by SheetSource.N
}

func newBriefPaper(p *briefPage) *briefPaper {
	v := &briefPaper{p: p, stack: kit.NewStack(0)}
	sheet := kit.NewCard(0, kit.NewPad(28, paperPadding, 32, paperPadding, v.stack))
	sheet.Radius = 2
	desk := kit.NewColumns(0, []kit.Col{kit.Flex(1), kit.Fixed(paperWidth).AtTop(), kit.Flex(1)}, kit.NewSpring(), sheet, kit.NewSpring())
	v.scroll = kit.NewScroll(kit.NewPad(22, 16, 28, 16, desk))
	v.view = container.NewStack(kit.NewGround(kit.Rail), v.scroll)
	return v
}

// draw sets the page anew and keeps how far it was scrolled.
func (v *briefPaper) draw() {
	v.marks = map[int][]*kit.SourceMark{}
	b := v.p.brief
	rows := []fyne.CanvasObject{v.head(b), kit.NewSpace(14), kit.NewHairline()}
	if b.Account.ID != "" {
		rows = append(rows, kit.NewPad(12, 0, 12, 0, kit.NewColumns(24, []kit.Col{kit.Flex(1).AtTop(), kit.Flex(1).AtTop()},
			v.wanted("The outcome to earn", b.Outcome), v.wanted("What they likely want", b.Wants))), kit.NewHairline())
	}
	for i, s := range b.Sections {
		if i > 0 {
			rows = append(rows, kit.NewHairline())
		}
		rows = append(rows, v.section(s))
	}
	for _, s := range b.Cut {
		s.Label += ", on page two"
		rows = append(rows, kit.NewHairline(), v.section(s))
	}
	rows = append(rows, kit.NewHairline(), kit.NewSpace(10), kit.NewParagraph(kit.Micro, kit.Ink3, b.Made+". "+b.Foot+"."))
	v.stack.Set(rows...)
	v.light(v.p.pane.current())
}

func (v *briefPaper) head(b data.Brief) fyne.CanvasObject {
	tier := kit.NewTier(string(b.Account.Tier))
	tier.Hidden = b.Account.Tier == ""
	name := kit.NewColumns(7, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewLine(kit.Span{Text: b.Account.Name, Role: kit.BodyBold}).Bending().Right(), tier)
	right := []fyne.CanvasObject{name}
	if b.Account.ID != "" {
		stage, disc := kit.NewStagePips(b.Stage.Step(), upperFirst(string(b.Stage))), kit.NewWarmthDisc(bandOf(b.Band))
		stage.Hidden = b.Stage == ""
		right = append(right, kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit()}, kit.NewSpring(), stage, disc))
	}
	left := kit.NewStack(6, kit.NewParagraph(kit.Title, kit.Ink, b.Title), kit.NewParagraph(kit.Body, kit.Ink2, b.When))
	sides := kit.NewSpans(kit.Span{Text: "We ", Role: kit.SmallBold, Tint: kit.Accent}, kit.Span{Text: orNobody(b.We), Role: kit.Small, Tint: kit.Ink2},
		kit.Span{Text: "   They ", Role: kit.SmallBold, Tint: kit.Theirs}, kit.Span{Text: orNobody(b.They), Role: kit.Small, Tint: kit.Ink2})
	return kit.NewStack(8, kit.NewColumns(20, []kit.Col{kit.Flex(1).AtTop(), kit.Fixed(210).AtTop()}, left, kit.NewStack(5, right...)), sides)
}

func orNobody(names string) string {
	if names == "" {
		return "nobody yet"
	}
	return names
}

// wanted is the outcome, or what they want: as somebody wrote it, as the facts
// propose it, or what to write.
func (v *briefPaper) wanted(label string, l data.SheetLine) fyne.CanvasObject {
	words := []kit.Span{{Text: l.Text, Role: kit.BodyBold}}
	if l.Text == "" {
		words = []kit.Span{{Text: l.Below, Tint: kit.Ink3}}
	}
	if l.Said != "" {
		words = append(words, kit.Span{Text: " " + l.Said, Role: kit.Small, Tint: kit.Ink2})
	}
	for _, m := range l.Marks {
		words = append(words, kit.Span{Text: " " + m.Words, Role: kit.Small, Tint: kit.Ink3})
	}
	return kit.NewStack(3, kit.NewText(kit.Small, label).In(kit.Ink2), kit.NewColumns(6, []kit.Col{kit.Flex(1).AtTop(), kit.Fit().AtTop()}, kit.NewSpans(words...), v.mark(l)))
}

// section is a part of the page: its name, and its lines with their sources in the
// gutter at the right.
func (v *briefPaper) section(s data.SheetSection) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for i, l := range s.Lines {
		room := s.Key == data.BriefRoom && l.Amount != ""
		if i > 0 && room {
			rows = append(rows, kit.NewHairline())
		}
		row := kit.NewColumns(8, []kit.Col{kit.Flex(1).AtTop(), kit.Fixed(sourceGutter - 8).AtTop()}, v.line(s, l), kit.NewColumns(0, []kit.Col{kit.Flex(1), kit.Fit()}, kit.NewSpring(), v.mark(l)))
		pad := float32(3)
		if room {
			pad = 6
		}
		rows = append(rows, kit.NewPad(pad, 0, pad, 0, row))
	}
	if len(s.Lines) == 0 {
		rows = append(rows, kit.NewPad(3, 0, 3, 0, kit.NewParagraph(kit.Body, kit.Ink3, s.Empty)))
	}
	return kit.NewPad(9, 0, 9, 0, kit.NewColumns(16, []kit.Col{kit.Fixed(paperLabel).AtTop(), kit.Flex(1).AtTop()}, kit.NewPad(3, 0, 0, 0, kit.NewParagraph(kit.BodyBold, kit.Ink, s.Label)), kit.NewStack(0, rows...)))
}

// line is one line without its source.
func (v *briefPaper) line(s data.SheetSection, l data.SheetLine) fyne.CanvasObject {
	switch {
	case s.Key == data.BriefRoom && l.Amount != "":
		return v.guest(l)
	case s.Key == data.BriefIssue:
		words := kit.NewSpans(kit.Span{Text: l.Text, Role: kit.BodyQuote}, kit.Span{Text: " " + l.Said, Tint: kit.Ink2})
		return withBelow(words, l)
	case s.Key == data.BriefPromises:
		icon, tint := "arrow-up-right", kit.Accent
		if l.Column == 1 {
			icon, tint = "arrow-down-left", kit.Theirs
		}
		cols := []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1).AtTop(), kit.Fit().AtTop()}
		return kit.NewColumns(8, cols, kit.NewPad(2, 0, 0, 0, kit.NewIcon(icon, 14, tint)), words(l), rightOf(l))
	case l.Lead != "":
		width, tint := float32(42), kit.Accent
		if strings.ContainsAny(l.Lead, "?!") {
			width = 14
		}
		if l.Lead == "!" {
			tint = kit.Alert
		}
		return kit.NewColumns(8, []kit.Col{kit.Fixed(width).AtTop(), kit.Flex(1).AtTop()}, kit.NewPad(1, 0, 0, 0, kit.NewText(kit.SmallBold, l.Lead).In(tint)), withBelow(words(l), l))
	case l.Number > 0:
		return kit.NewColumns(8, []kit.Col{kit.Fixed(14).AtTop(), kit.Flex(1).AtTop(), kit.Fit().AtTop()}, kit.NewText(kit.BodyBold, strconv.Itoa(l.Number)), words(l), rightOf(l))
	}
	return withBelow(words(l), l)
}

func withBelow(words fyne.CanvasObject, l data.SheetLine) fyne.CanvasObject {
	if l.Below == "" {
		return words
	}
	return kit.NewStack(1, words, kit.NewParagraph(kit.Small, kit.Ink2, l.Below))
}

// words are a line's text, who said it, and what is marked on it.
func words(l data.SheetLine) fyne.CanvasObject {
	spans := []kit.Span{{Text: l.Text}}
	if l.Amount != "" && l.Column == 0 {
		spans = append(spans, kit.Span{Text: " " + l.Amount, Role: kit.BodyBold})
	}
	if l.Said != "" {
		spans = append(spans, kit.Span{Text: "  " + l.Said, Role: kit.Small, Tint: kit.Ink2})
	}
	if l.Column == 0 {
		for _, m := range l.Marks {
			spans = append(spans, kit.Span{Text: "  " + m.Words, Role: kit.SmallBold, Tint: kit.Warm})
		}
	}
	if age := l.AgeWords(); age != "" {
		spans = append(spans, kit.Span{Text: "  " + age, Role: kit.Small, Tint: kit.Ink3})
	}
	return kit.NewSpans(spans...)
}

// rightOf is what stands at the right of a promise or an objective.
func rightOf(l data.SheetLine) fyne.CanvasObject {
	switch {
	case l.Bar != nil:
		return kit.NewText(kit.Small, l.Bar.Label+" "+l.Bar.Value).In(kit.Ink2)
	case len(l.Marks) > 0:
		look := planTones[l.Marks[0].Tone]
		return kit.NewTag(look.tone, look.icon, l.Marks[0].Words)
	}
	return kit.NewText(kit.Small, l.Amount).In(kit.Ink2)
}

// guest is somebody in the room.
func (v *briefPaper) guest(l data.SheetLine) fyne.CanvasObject {
	initials := kit.Initials(text.Name(l.Text, l.Text))
	face, met := kit.NewAvatar(initials, kit.Customer, 28), true
	var marks []fyne.CanvasObject
	for _, m := range l.Marks {
		if m.Tone == data.ToneWarn {
			met = false
			continue
		}
		marks = append(marks, kit.NewText(kit.Small, m.Words).In(kit.Ink3).Bending())
	}
	stand := []fyne.CanvasObject{kit.NewStagePips(l.Stage.Step(), upperFirst(string(l.Stage))), kit.NewText(kit.Small, lastPart(l.Amount)).In(kit.Ink2).Bending()}
	if !met {
		face = kit.NewUnmet(initials, 28)
		stand = []fyne.CanvasObject{kit.NewWarmthDisc(kit.NeverMet)}
	}
	who := []fyne.CanvasObject{kit.NewText(kit.BodyBold, l.Text).Bending()}
	if l.Said != "" {
		who = append(who, kit.NewText(kit.Small, l.Said).In(kit.Ink2).Bending())
	}
	return kit.NewColumns(10, []kit.Col{kit.Fixed(28), kit.Flex(1.3), kit.Fixed(96), kit.Flex(1.5)}, face, kit.NewStack(0, who...), kit.NewStack(0, append(stand, marks...)...),
		kit.NewParagraph(kit.Small, kit.Ink, l.Below))
}

// lastPart is what stands behind the last dot: "15 h ago".
func lastPart(s string) string {
	if i := strings.LastIndex(s, " · "); i >= 0 {
		return s[i+len(" · "):]
	}
	return s
}

// mark is the number of a line's source; free room where it has none.
func (v *briefPaper) mark(l data.SheetLine) fyne.CanvasObject {
	if l.Source == 0 {
		return kit.NewSpring()
	}
	m := kit.NewSourceMark(strconv.Itoa(l.Source), func() { v.p.pane.choose(l.Source) })
	m.Tip = v.p.brief.Sources[l.Source-1].Words
	v.marks[l.Source] = append(v.marks[l.Source], m)
	return m
}

// light lights the marks of one source.
func (v *briefPaper) light(n int) {
	for of, marks := range v.marks {
		for _, m := range marks {
			if m.Lit != (of == n) {
				m.Lit = of == n
				m.Refresh()
			}
		}
	}
}
