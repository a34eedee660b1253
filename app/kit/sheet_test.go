package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

// TestPartsSheet draws every still part, as screen 19 of the design does.
func TestPartsSheet(t *testing.T) {
	for name, l := range map[string]Look{"parts": Light, "parts-dark": Dark} {
		t.Run(name, func(t *testing.T) {
			look(t, l, 1)
			golden(t, name, picture(sheet(), 1280, 860))
		})
	}
}

func sheet() fyne.CanvasObject {
	col := func(items ...fyne.CanvasObject) fyne.CanvasObject { return NewStack(14, items...) }
	row := func(items ...fyne.CanvasObject) fyne.CanvasObject {
		return NewColumns(10, append(make([]Col, 0), fits(len(items))...), append(items, NewSpring())...)
	}
	head := NewColumns(12, []Col{Fixed(32), Flex(1)}, NewLogo(32), NewText(Display, "Rapport, parts and tokens"))
	grid := NewColumns(32, []Col{Flex(1).AtTop(), Flex(1).AtTop(), Flex(1).AtTop()},
		col(typeParts()...), col(controlParts(row)...), col(markParts(row)...))
	return NewPad(24, 32, 24, 32, NewStack(20, head, grid, rowParts()))
}

func fits(n int) []Col {
	cols := make([]Col, 0, n+1)
	for range n {
		cols = append(cols, Fit())
	}
	return append(cols, Flex(1))
}

func typeParts() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		NewSectionHead(Heading, "Type", "9 roles", NewNote("quiet longer than agreed")),
		NewText(Display, "Kestrel Museums 1,320"),
		NewText(Title, "Winter loan review"),
		NewText(Heading, "Promises due"),
		NewText(Body, "Flicker report, Hall 2"),
		NewText(BodyBold, "Beatrice Holm"),
		NewText(Small, "Harbour Hall, room 2"),
		NewText(Micro, "4 days over, 09:18"),
		NewText(Mono, "anna.kessler@kestrel.example"),
		NewLine(Span{Text: "Flicker measurement report"}, Span{Text: " to Beatrice Holm", Tint: Ink3}),
		NewSpans(Span{Text: "“The sculpture hall shimmers in every phone video, and the lenders have asked about it.”", Role: BodyQuote}, Span{Text: " Beatrice, 12 Nov", Tint: Ink2, Role: Small}),
		NewInfoBox(Neutral, "lock", "The mails stay yours. The team will see that Karin wrote, not what."),
		NewInfoBox(Caution, "triangle-alert", "Piotr asked for no calls on Mondays. Logged as a breach, the first this year."),
		NewCard(14, NewStack(4, NewText(BodyBold, "Alder Vale Hospitals"), NewText(Small, "Goal by June: 72").In(Ink2))),
	}
}

func controlParts(row func(...fyne.CanvasObject) fyne.CanvasObject) []fyne.CanvasObject {
	hovered := NewButton(Plain, "Hover", nil)
	hovered.hovered = true
	focused := NewButton(Plain, "Focus", nil)
	focused.focused = true
	return []fyne.CanvasObject{
		NewSectionHead(BodyBold, "Buttons", "", NewLink("Open plan", nil)),
		row(NewButton(Primary, "Prepare", nil).WithIcon("book-open-text").WithKey("Enter"), NewButton(Plain, "Add", nil).WithIcon("plus").WithKey("N"), NewButton(Ghost, "Cancel", nil)),
		row(NewSmallButton(Primary, "Prepare", nil), NewSmallButton(Plain, "Open", nil), NewSmallButton(Ghost, "Not now", nil), smallIcon("ellipsis")),
		row(NewButton(Plain, "Rest", nil), hovered, focused, NewButton(Plain, "Off", nil).Turned(false), NewIconButton(Plain, "search", nil)),
		row(NewChip("All", "78", true, nil), NewChip("Mail", "42", false, nil).WithIcon("mail"), NewMenuChip("Owner", nil)),
		row(NewSegmented([]string{"Year", "Month", "Day"}, 1, nil)),
		row(NewKeyHint("Ctrl K"), NewKeyHint("Enter"), NewKeyHint("J"), NewKeyHint("K")),
		row(NewCheckbox("", false, nil), NewCheckbox("", true, nil), NewToggle(true, nil), NewToggle(false, nil), NewCheckbox("Only mine", true, nil)),
		NewProgressBar(0.33),
		NewFilter("Filter by name or place", "/"),
		NewSearch("Search or do…", "Ctrl K"),
		NewArea("What happened?", 2),
		NewReceiptLink("31 receipts", nil),
	}
}

func smallIcon(name string) *Button {
	b := NewIconButton(Plain, name, nil)
	b.Small = true
	return b
}

func markParts(row func(...fyne.CanvasObject) fyne.CanvasObject) []fyne.CanvasObject {
	lifted := NewAvatar("AK", Customer, 28)
	lifted.Lifted = true
	return []fyne.CanvasObject{
		NewSectionHead(BodyBold, "Marks", "7 known", nil),
		row(NewTier("A"), NewTier("B"), NewTier("C"), NewStagePips(1, "Know"), NewStagePips(2, "Interest"), NewStagePips(3, "Trust")),
		row(NewWarmthDisc(BandWarm), NewWarmthDisc(BandCooling), NewWarmthDisc(BandCold), NewWarmthDisc(NeverMet)),
		row(NewAvatar("ML", Ours, 40), NewAvatar("ML", Ours, 28), NewAvatar("ML", Ours, 24), NewAvatar("ML", Ours, 20), NewText(Small, "us").In(Ink3)),
		row(NewAvatar("AK", Customer, 40), NewAvatar("AK", Customer, 28), NewAvatar("AK", Customer, 24), NewAvatar("AK", Customer, 20), lifted),
		row(NewAvatar("LH", Third, 40), NewUnmet("SR", 30), NewTile("KM", 44), NewTile("KM", 30), NewTile("KM", 22)),
		row(NewTag(Customer, "circle-dot", "Need"), NewTag(Late, "circle-alert", "Overdue"), NewTag(Ours, "heart-pulse", "Cure"), NewTag(Neutral, "bandage", "Treatment")),
		row(NewTag(Caution, "history", "203 days old"), NewTag(Third, "", "Partner"), NewTag(Neutral, "", "colleagues")),
		row(NewText(Body, "41 MWh"), NewSourceMark("11", nil), NewText(Small, "source mark: opens the evidence").In(Ink2)),
		row(NewLine(Span{Icon: "arrow-up-right", Tint: Accent}, Span{Text: "we owe", Gap: 5}), NewLine(Span{Icon: "arrow-down-left", Tint: Theirs}, Span{Text: "they owe", Gap: 5})),
		row(NewLine(Span{Icon: "lock", Text: "Only me", Role: Small, Tint: Ink2}, Span{Icon: "users", Text: "Team", Role: Small, Tint: Ink2, Gap: 10}, Span{Icon: "handshake", Text: "Shared with Kestrel", Role: Small, Tint: Theirs, Gap: 10})),
	}
}

func rowParts() fyne.CanvasObject {
	l := NewList()
	l.Count = func() int { return 3 }
	l.Height = func(int) float32 { return 36 }
	l.Create = func(RowKind) fyne.CanvasObject {
		return NewPad(0, 8, 0, 8, NewColumns(10, []Col{Fixed(16), Fixed(16), Flex(1), Fixed(20), Fixed(92)},
			NewTick(nil), NewIcon("arrow-up-right", 16, Accent), NewLine().Bending(), NewAvatar("TO", Ours, 20), NewLine().Right()))
	}
	what := []string{"Flicker report, Hall 2", "Budget holder", "Hover"}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		cells := o.(*Pad).Content.(*Columns).items
		cells[2].(*Line).Set(Span{Text: what[row]}, Span{Text: " to Beatrice", Tint: Ink3})
		cells[3].(*Avatar).Lifted = current
		cells[3].Refresh()
		due := Span{Text: "Fri 20 Nov", Role: Small, Tint: Ink2}
		if row == 0 {
			due = Span{Text: "4 days over", Role: Small, Tint: Alert, Icon: "circle-alert"}
		}
		cells[4].(*Line).Set(due)
	}
	l.Reload()
	l.Select(1)
	l.hovered = 2
	return &tall{List: l, height: 110}
}

// tall gives a list a height of its own in a stack.
type tall struct {
	*List
	height float32
}

func (s *tall) MinSize() fyne.Size { return fyne.NewSize(64, s.height) }
