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
	p      *accounts
	view   fyne.CanvasObject
	list   *kit.Stack
	items  map[string]*kit.NavItem // by accountView.key
	drawn  string                  // the views in the list
	rhythm *kit.Paragraph
}

func newAccountsSide(p *accounts) *accountsSide {
	s := &accountsSide{p: p, list: kit.NewStack(0), items: map[string]*kit.NavItem{}, rhythm: kit.NewParagraph(kit.Micro, kit.Ink3, "")}
	list := kit.NewStack(0, kit.NewPad(19, 10, 10, 20, kit.NewText(kit.Title, "Accounts")), kit.NewPad(0, 10, 0, 10, s.list))
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(12, 16, 14, 20,
		kit.NewStack(3, kit.NewText(kit.Micro, "Tier rhythm").In(kit.Ink2), s.rhythm)))
	s.view = container.New(paneWithFoot{}, kit.NewScroll(list), foot)
	return s
}

// build makes the lines again where selections came or went.
func (s *accountsSide) build(views []accountView) {
	drawn := ""
	for _, v := range views {
		drawn += v.key + v.name + "\n"
	}
	if drawn == s.drawn {
		return
	}
	s.drawn = drawn
	head := func(words string) fyne.CanvasObject {
		return kit.NewPad(14, 0, 4, 10, kit.NewText(kit.SmallBold, words).In(kit.Ink2))
	}
	var first, care, saved []fyne.CanvasObject
	for _, v := range views {
		item := kit.NewNavItem(v.icon, v.name, "", func() { s.p.look(v) })
		s.items[v.key] = item
		switch {
		case v.saved != "":
			saved = append(saved, item)
		case v.care:
			care = append(care, item)
		default:
			first = append(first, item)
		}
	}
	items := append(append(first, head("Needs care")), care...)
	items = append(append(items, head("Saved by you")), saved...)
	s.list.Set(append(items, kit.NewNavItem("plus", "Save this view", primary(fyne.KeyS).words(system), s.p.save))...)
}

func (s *accountsSide) draw(a accountsAnswer, c accountChoice) {
	views := a.views()
	s.build(views)
	for _, v := range views {
		n := 0
		filter, err := data.ParseFilter(v.where)
		for _, e := range a.of(v) {
			if err == nil && filter.Keeps(e, c.about) {
				n++
			}
		}
		count := thousands(n)
		if filter.NeedsStand() && !a.measured {
			count = "" // not known yet
		}
		s.items[v.key].Set(count, v.key == c.view.key)
		s.items[v.key].Hidden = v.key == viewMine.key && c.about.User == "" || v.key == viewLeft.key && n == 0 && c.view.key != v.key
	}
	s.rhythm.Set(kit.Span{Role: kit.Micro, Tint: kit.Ink3, Text: fmt.Sprintf(
		"A every %s, B every %d, C every %d. Silence is measured against this, never a fixed month.",
		data.Counted(a.rhythm.Days(data.TierA), "day", "days"), a.rhythm.Days(data.TierB), a.rhythm.Days(data.TierC))})
	s.view.Refresh()
}
