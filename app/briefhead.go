package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
)

// briefHeadHeight is the height of the bar over the paper.
const briefHeadHeight = 58

// briefHead is the bar over the paper: back, whose brief it is, save, print.
type briefHead struct {
	p     *briefPage
	view  fyne.CanvasObject
	seats *kit.Segmented
	after *kit.Button
}

func newBriefHead(p *briefPage) *briefHead {
	h := &briefHead{p: p, seats: kit.NewSegmented(seatNames, 0, p.choose)}
	h.after = kit.NewButton(kit.Plain, "What came of it", p.debrief).WithIcon("pen-line").WithKey("D")
	h.after.Hide()
	bar := kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit()},
		kit.NewIconButton(kit.Ghost, "chevron-left", p.w.back), kit.NewText(kit.Title, "Brief").Bending(), h.seats, h.after,
		kit.NewButton(kit.Plain, "Save file", p.save).WithIcon("download"), kit.NewButton(kit.Primary, "Print", p.print).WithIcon("printer").WithKey(primary(fyne.KeyP).words(system)))
	h.view = filledUnder(tall(briefHeadHeight, kit.NewPad(14, 28, 14, 24, bar)), kit.NewHairline())
	return h
}

func (h *briefHead) draw() {
	h.after.Hidden = !h.p.begun()
	h.view.Refresh()
}
