package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// trainingRows are the rows of the team's plan, section by section.
func trainingRows(sections []data.SheetSection) (rows []planRow) {
	for _, s := range sections {
		if len(s.Lines) == 0 {
			rows = append(rows, planRow{kind: planNothing, key: s.Key, section: s, first: true, last: true, line: data.SheetLine{Text: s.Empty}})
			continue
		}
		for i, l := range s.Lines {
			rows = append(rows, planRow{key: lineKey(s.Key, l), section: s, first: i == 0, last: i == len(s.Lines)-1, line: l})
		}
	}
	return rows
}

// roomOf is the room around a row's content.
func (p *training) roomOf(r planRow) (room kit.Room) {
	room.Top, room.Bottom = 3, 3
	if r.first {
		room.Top = sectionRoom
	}
	if r.last {
		room.Bottom = sectionRoom
		if r.first { // the section's name needs more than one line
			room.Bottom = max(room.Bottom, kit.SectionHeight(r.section.Label)-p.heightOf(r)+5)
		}
	}
	return room
}

// trainingSides is what stands beside the contents of a row: the padding of the
// page and of the row, and the name of the section.
const trainingSides = 40 + 24 + kit.SectionLabel

// heightOf is the height of a row's content at the width of the page.
func (p *training) heightOf(r planRow) float32 {
	width := p.width
	if width <= 0 {
		width = 720
	}
	return max(kit.HeightOf(p.content(r, false), width-trainingSides), kit.Scaled(20))
}

// content is what stands beside the name of the section.
func (p *training) content(r planRow, current bool) fyne.CanvasObject {
	look := planLook{now: p.answer.in.Now, page: p.answer.page.Sheet, source: p.showSource}
	l := r.line
	switch {
	case r.kind == planNothing:
		return kit.NewParagraph(kit.Body, kit.Ink3, l.Text)
	case l.Kind == data.KindTeamObjective:
		return p.goal(look, l, current)
	}
	tint := kit.Ink
	if l.Age > 0 {
		tint = kit.Ink2
	}
	role := kit.Body
	if l.Kind == data.KindTeamPlan && l.Register == "why" {
		role = kit.Lead
	}
	words := []fyne.CanvasObject{kit.NewParagraph(role, tint, l.Text)}
	if below := teamBelow(l); below != "" {
		words = append(words, kit.NewParagraph(kit.Small, kit.Ink2, below))
	}
	cols, row := []kit.Col{kit.Flex(1)}, []fyne.CanvasObject{kit.NewStack(1, words...)}
	if l.Number > 0 {
		cols, row = append([]kit.Col{kit.Fixed(20).AtTop()}, cols...), append([]fyne.CanvasObject{kit.NewNumeral(numberWord(l.Number))}, row...)
	}
	right := look.right(r, current)
	if l.Source > 0 && l.Kind != data.KindPolicy {
		right = append([]fyne.CanvasObject{look.mark(l)}, right...)
	}
	for _, o := range right {
		cols, row = append(cols, kit.Fit().AtTop()), append(row, o)
	}
	return kit.NewColumns(8, cols, row...)
}

// teamBelow is the second line of a line: who said it and why.
func teamBelow(l data.SheetLine) string {
	if l.Said == "" {
		return upperFirst(l.Below)
	}
	if l.Below == "" {
		return upperFirst(l.Said)
	}
	return upperFirst(l.Said) + ": " + l.Below
}

// goal is an objective of the team: what, what is counted and by when, how far it
// is, and whose it is.
func (p *training) goal(look planLook, l data.SheetLine, current bool) fyne.CanvasObject {
	o, _ := partOf(p.answer.in.Objectives, l.ID)
	second := []kit.Span{{Text: joinDots(goalLabel(o, l), l.Amount), Role: kit.Small, Tint: kit.Ink2}}
	for _, m := range l.Marks {
		second = append(second, kit.Span{Text: " · " + m.Words, Role: kit.SmallBold, Tint: kit.Alert})
	}
	if l.Age > 0 {
		second = append(second, kit.Span{Text: " · counted " + data.Counted(l.Age, "day ago", "days ago"), Role: kit.Small, Tint: kit.Warm})
	}
	words := kit.NewStack(1, kit.NewParagraph(kit.BodyBold, kit.Ink, l.Text), kit.NewSpans(second...))
	var measure fyne.CanvasObject = kit.NewText(kit.Small, "not measured").In(kit.Ink3)
	if l.Bar != nil {
		short := "Counted by hand"
		if c, ok := data.TeamCountOf(o.Counted); ok {
			short = c.Short
		}
		measure = kit.NewMeasureBar(short, l.Bar.Value, float32(l.Bar.Share))
	}
	return kit.NewColumns(12, []kit.Col{kit.Fixed(20).AtTop(), kit.Flex(1), kit.Fixed(176).AtTop(), kit.Fixed(20).AtTop(), kit.Fixed(24).AtTop()},
		kit.NewNumeral(numberWord(l.Number)), words, measure, markOrRoom(look, l), kit.NewRow(4, faces(l.People, 24, current)...))
}

// markOrRoom is the mark of a line's source, or the room for one.
func markOrRoom(look planLook, l data.SheetLine) fyne.CanvasObject {
	if l.Source == 0 {
		return kit.NewSpring()
	}
	return look.mark(l)
}

// goalLabel is what is counted, or why that is not known.
func goalLabel(o data.TeamObjective, l data.SheetLine) string {
	if l.Bar == nil && l.Below != "" {
		return l.Below
	}
	return o.Label()
}
