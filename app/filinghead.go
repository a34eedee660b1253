package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// filingHeader is the page's name with what waits, how far the day has come, and
// the lists to choose from.
type filingHeader struct {
	p        *filing
	view     fyne.CanvasObject
	line     *kit.Text
	done     *kit.Text
	progress *kit.ProgressBar
	chips    []*kit.Chip
	choices  *kit.Columns // chips and button
	sure     *kit.Button
}

var filingLists = []string{"To file", "Filed today", "Not customers", "Skipped by rule"}

func newFilingHeader(p *filing) filingHeader {
	h := filingHeader{p: p, line: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), done: kit.NewText(kit.Small, "").In(kit.Ink2).Right().Bending(), progress: kit.NewProgressBar(0)}
	var chips []fyne.CanvasObject
	for i, name := range filingLists {
		c := kit.NewChip(name, "", i == 0, func() { p.turn(i) })
		h.chips = append(h.chips, c)
		chips = append(chips, c)
	}
	h.sure = kit.NewSmallButton(kit.Plain, "", p.fileSure).WithIcon("check-check")
	h.sure.Hide()
	words := kit.NewStack(4, kit.NewText(kit.Display, "Filing").Bending(), h.line)
	day := kit.NewPad(18, 0, 0, 0, kit.NewStack(3, kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewText(kit.Small, "Today").In(kit.Ink2), h.done), h.progress))
	h.choices = kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()}, append(chips, kit.NewSpring(), h.sure)...)
	h.view = kit.NewPad(17, 28, 8, 28, kit.NewStack(14,
		kit.NewColumns(24, []kit.Col{kit.Flex(1), kit.Fixed(150)}, words, day),
		h.choices))
	return h
}

func (h filingHeader) draw() {
	in, waits := h.p.answer.in, h.p.waits()
	h.line.Set(waitWords(waits))
	decided := in.FiledToday + in.NotToday
	all := decided + waits
	h.done.Set(fmt.Sprintf("%s of %s", thousands(decided), thousands(all)))
	h.progress.Set(float32(decided) / float32(max(all, 1)))
	for i, n := range []int{waits, in.FiledToday, in.NotCustomers, in.SkippedByRule} {
		h.chips[i].Set(filingLists[i], thousands(n), i == h.p.view)
	}
	sure := len(data.SureOnes(h.p.groups()))
	h.sure.SetText("File all sure ones, " + thousands(sure))
	h.sure.Hidden = sure == 0 || h.p.view != toFile
	h.choices.Refresh()
}

// empty is what a list without rows shows.
func (p *filing) empty() fyne.CanvasObject {
	in := p.answer.in
	back := kit.NewButton(kit.Plain, "Back to today", func() { p.w.open(route{place: placeToday}) }).WithKey("G T")
	switch {
	case p.view == filedToday:
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nothing filed today", "Who you file stands here until midnight, each with a way back.")
	case p.view == notCustomers:
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nobody left out", "Whom you call no customer stands here, and can be taken back at any time.")
	case p.view == skippedByRule:
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nothing skipped", "Newsletters and other mail that programs write stand here instead of on timelines.")
	case p.answer.sources == 0:
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nobody to file yet", "People who write to you and are not known yet wait here. First connect a mailbox.",
			kit.NewButton(kit.Primary, "Open settings", func() { p.w.open(route{place: placeSettings}) }))
	}
	says := "New senders wait here."
	if in.SkippedByRule > 0 {
		says = fmt.Sprintf("New senders wait here; %s that programs wrote %s skipped and can be looked at.",
			data.Counted(in.SkippedByRule, "mail", "mails"), wasWere(in.SkippedByRule))
	}
	if in.FiledToday > 0 {
		says = data.Counted(in.FiledToday, "sender", "senders") + " today. " + says
	}
	return kit.NewDone("coffee", "All filed", says, back)
}

func wasWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
