package app

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// dialNames are the dials as people read them.
var dialNames = map[data.DialKind]string{
	data.Quality: "Quality", data.Density: "Density", data.Authority: "Authority", data.Velocity: "Velocity",
	data.WarmthDial: "Warmth", data.Recency: "In rhythm", data.Frequency: "How often", data.Reciprocity: "Give and take",
}

// dialNumber is a dial's number and what it is of: "74" "of 100", "+5" "90
// days", "–" "unknown".
func dialNumber(d data.Dial) (number, of string) {
	switch {
	case !d.Known:
		return "–", "unknown"
	case d.Kind == data.Velocity && d.Value > 0:
		return "+" + strconv.Itoa(d.Value), fmt.Sprintf("%d days", data.VelocityDays)
	case d.Kind == data.Velocity:
		return strconv.Itoa(d.Value), fmt.Sprintf("%d days", data.VelocityDays)
	}
	return strconv.Itoa(d.Value), fmt.Sprintf("of %d", d.Of)
}

// dialWords are "Quality 74 of 100", "Velocity +5 in 90 days".
func dialWords(d data.Dial) string {
	number, of := dialNumber(d)
	switch {
	case !d.Known:
		return dialNames[d.Kind] + ", " + of
	case d.Kind == data.Velocity:
		of = "in " + of
	}
	return dialNames[d.Kind] + " " + number + " " + of
}

// dialsRow is the four dials side by side. A change is filled from its middle.
type dialsRow struct {
	framed
	dials [4]*dialView
}

func newDialsRow(open func(data.DialKind)) *dialsRow {
	r := &dialsRow{}
	var cols []kit.Col
	var items []fyne.CanvasObject
	for i := range r.dials {
		if i > 0 {
			cols, items = append(cols, kit.Fixed(1).Full()), append(items, kit.NewUpright())
		}
		r.dials[i] = newDialView(open)
		cols, items = append(cols, kit.Flex(1).AtTop()), append(items, r.dials[i].view)
	}
	columns := kit.NewColumns(14, cols, items...)
	r.body = filledUnder(kit.NewPad(15, 12, 15, 12, columns), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *dialsRow) set(dials []data.OverviewDial) {
	for i, d := range dials[:min(len(dials), len(r.dials))] {
		r.dials[i].set(d)
	}
}

type dialView struct {
	view    *kit.Stack
	kind    data.DialKind
	dial    *kit.Dial
	title   *kit.Text
	text    *kit.Paragraph
	receipt *kit.Button
}

func newDialView(open func(data.DialKind)) *dialView {
	v := &dialView{dial: kit.NewDial(0, "", ""), title: kit.NewText(kit.BodyBold, ""), text: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(2)}
	v.receipt = kit.NewReceiptLink("", func() { open(v.kind) })
	link := kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, v.receipt, kit.NewSpring())
	v.view = kit.NewStack(3, v.dial, kit.NewSpace(3), v.title, v.text, link)
	return v
}

func (v *dialView) set(d data.OverviewDial) {
	v.kind, v.dial.Centered = d.Kind, d.Kind == data.Velocity
	number, of := dialNumber(d.Dial)
	v.dial.Set(float32(d.Share()), number, of)
	v.title.Set(dialNames[d.Kind])
	v.text.Set(kit.Span{Text: d.Words, Role: kit.Small, Tint: kit.Ink2})
	v.receipt.Hidden = len(d.Lines) == 0
	v.receipt.SetText(data.Counted(len(d.Lines), "receipt", "receipts"))
	v.view.Refresh()
}
