package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// remarkLooks are the picture and colour of each kind of remark.
var remarkLooks = map[data.RemarkKind]struct {
	icon string
	tint fyne.ThemeColorName
}{
	data.RemarkSender: {"triangle-alert", kit.Warm},
	data.RemarkOther:  {"calendar-clock", kit.Theirs},
	data.RemarkFree:   {"coffee", kit.Ink2},
	data.RemarkOff:    {"circle-x", kit.Alert},
	data.RemarkOn:     {"undo-2", kit.Accent},
	data.RemarkMoved:  {"arrow-left-right", kit.Ink2},
}

// meetingRemarks are what is known of a meeting beyond its time, under a head of
// their own; nil where that is nothing.
func meetingRemarks(a data.Agenda, now time.Time) (rows []fyne.CanvasObject) {
	list := data.MeetingRemarks(a, now)
	if len(list) == 0 {
		return nil
	}
	rows = append(rows, kit.NewSectionHead(kit.BodyBold, "About this date", "", nil), kit.NewSpace(4))
	for _, r := range list {
		look := remarkLooks[r.Kind]
		words := kit.NewStack(0, kit.NewParagraph(kit.Body, kit.Ink, r.Words))
		if noted := r.Noted(now); noted != "" {
			words = kit.NewStack(0, kit.NewParagraph(kit.Body, kit.Ink, r.Words), kit.NewText(kit.Small, upperFirst(noted)).In(kit.Ink3).Bending())
		}
		rows = append(rows, kit.NewPad(4, 0, 4, 0, kit.NewColumns(9, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewPad(1, 0, 0, 0, kit.NewIcon(look.icon, 15, look.tint)), words)))
	}
	return append(rows, kit.NewSpace(14))
}
