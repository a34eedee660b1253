package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
)

// accountsSide is the side list: which accounts are looked at.
type accountsSide struct {
	view   fyne.CanvasObject
	items  map[accountView]*kit.NavItem
	rhythm *kit.Paragraph
}

var accountViews = []struct {
	view       accountView
	icon, name string
	care       bool // stands under "Needs care"
}{
	{viewAll, "building-2", "All accounts", false},
	{viewMine, "user-round", "Mine", false},
	{viewQuiet, "thermometer-snowflake", "Quiet beyond rhythm", true},
	{viewNever, "user-round-x", "Never spoken", true},
}

func viewName(v accountView) string {
	for _, a := range accountViews {
		if a.view == v {
			return a.name
		}
	}
	return ""
}

func newAccountsSide(look func(accountView)) accountsSide {
	s := accountsSide{items: map[accountView]*kit.NavItem{}, rhythm: kit.NewParagraph(kit.Micro, kit.Ink3, "")}
	var first, care []fyne.CanvasObject
	for _, a := range accountViews {
		item := kit.NewNavItem(a.icon, a.name, "", func() { look(a.view) })
		s.items[a.view] = item
		if a.care {
			care = append(care, item)
		} else {
			first = append(first, item)
		}
	}
	items := append(first, kit.NewPad(14, 0, 4, 10, kit.NewText(kit.SmallBold, "Needs care").In(kit.Ink2)))
	items = append(items, care...)
	list := kit.NewStack(0, kit.NewPad(19, 10, 10, 20, kit.NewText(kit.Title, "Accounts")), kit.NewPad(0, 10, 0, 10, kit.NewStack(0, items...)))
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(12, 16, 14, 20,
		kit.NewStack(3, kit.NewText(kit.Micro, "Tier rhythm").In(kit.Ink2), s.rhythm)))
	s.view = container.New(paneWithFoot{}, list, foot)
	return s
}

func (s accountsSide) draw(a accountsAnswer, c accountChoice) {
	counts := map[accountView]int{}
	for v := range s.items {
		for _, r := range a.rows {
			if v.sees(r, c.user) {
				counts[v]++
			}
		}
	}
	for v, item := range s.items {
		item.Set(thousands(counts[v]), v == c.view)
		item.Hidden = v == viewMine && c.user == ""
	}
	s.rhythm.Set(kit.Span{Role: kit.Micro, Tint: kit.Ink3, Text: fmt.Sprintf(
		"A every %s, B every %d, C every %d. Silence is measured against this, never a fixed month.",
		data.Counted(a.rhythm.Days(data.TierA), "day", "days"), a.rhythm.Days(data.TierB), a.rhythm.Days(data.TierC))})
	s.view.Refresh()
}
