package app

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// spaceRow is a line of the side list: a heading, a space, or what is in none.
type spaceRow struct {
	heading string // of a heading
	entry   data.SpaceEntry
	icon    string
	name    string
	words   string
}

// spacesSide is the list of spaces.
type spacesSide struct {
	p    *spaces
	rows []spaceRow
	list *kit.List
	foot *kit.Stack
	view fyne.CanvasObject
}

func newSpacesSide(p *spaces) *spacesSide {
	s := &spacesSide{p: p, list: kit.NewList(), foot: kit.NewStack(3)}
	l := s.list
	l.Rules, l.Inset = false, 10
	l.Count = func() int { return len(s.rows) }
	l.Kind = func(row int) kit.RowKind {
		if s.rows[row].heading != "" {
			return 1
		}
		return 0
	}
	l.Skip = func(row int) bool { return s.rows[row].heading != "" }
	l.Height = func(row int) float32 {
		if s.rows[row].heading != "" {
			return kit.Scaled(36)
		}
		return kit.Scaled(50)
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		if k == 1 {
			return newSideHeading()
		}
		return newSpaceLine()
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		switch o := o.(type) {
		case *sideHeading:
			o.words.Set(s.rows[row].heading)
		case *spaceLine:
			o.set(s.rows[row], current)
		}
	}
	l.OnMove = func(row int) { s.p.choose(s.rows[row].entry.Space.ID) }
	l.OnOpen = func(int) { s.p.chooser.focus() }
	title := kit.NewPad(19, 10, 6, 20, kit.NewText(kit.Title, "Sharing"))
	s.view = withFoot(topped(title, l), kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 16, 12, 20, s.foot)))
	return s
}

// sideHeading is a heading of the side list.
type sideHeading struct {
	framed
	words *kit.Text
}

func newSideHeading() *sideHeading {
	h := &sideHeading{words: kit.NewText(kit.SmallBold, "").In(kit.Ink2)}
	h.body = kit.NewPad(14, 10, 2, 20, h.words)
	h.ExtendBaseWidget(h)
	return h
}

// spaceLine is a space in the side list.
type spaceLine struct {
	framed
	icon        *kit.Icon
	name, words *kit.Text
	count       *kit.Tag
}

func newSpaceLine() *spaceLine {
	l := &spaceLine{icon: kit.NewIcon("users", 16, kit.Ink2), name: kit.NewText(kit.Body, "").Bending(), words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		count: kit.NewTag(kit.Late, "", "")}
	l.body = kit.NewPad(7, 18, 7, 20, kit.NewColumns(8, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1), kit.Fit().AtTop()}, kit.NewPad(1, 0, 0, 0, l.icon), kit.NewStack(0, l.name, l.words), l.count))
	l.ExtendBaseWidget(l)
	return l
}

func (l *spaceLine) set(r spaceRow, current bool) {
	tint, role := kit.Ink, kit.Body
	if current {
		tint, role = kit.Accent, kit.BodyBold
	}
	l.icon.Set(r.icon, tint)
	l.name.Role = role
	l.name.SetIn(r.name, tint)
	l.name.Refresh()
	l.words.Set(r.words)
	n := r.entry.Conflicts + len(r.entry.Asking)
	l.count.Hidden = n == 0
	l.count.Set(kit.Late, "", strconv.Itoa(n))
	l.body.Refresh()
}

// draw lists the spaces; the one in view is the current row.
func (s *spacesSide) draw() {
	a := s.p.answer
	s.rows = nil
	for _, part := range []struct {
		kind    data.SpaceKind
		heading string
	}{{data.TeamSpace, "Ours only"}, {data.JointSpace, "With customers and partners"}} {
		first := true
		for _, e := range a.entries {
			if e.Space.Kind != part.kind {
				continue
			}
			if first {
				s.rows, first = append(s.rows, spaceRow{heading: part.heading}), false
			}
			s.rows = append(s.rows, spaceRow{entry: e, icon: spaceIcon(e.Space.Kind), name: e.Space.Name, words: e.Words()})
		}
	}
	alone := "Never leave this laptop"
	if slices.ContainsFunc(a.entries, func(e data.SpaceEntry) bool { return e.Space.Kind == data.TeamSpace }) {
		alone = "Mail only by its rules"
	}
	s.rows = append(s.rows, spaceRow{heading: "Just me"}, spaceRow{icon: "lock", name: "My mail and drafts", words: alone})
	at := len(s.rows) - 1
	for i, r := range s.rows {
		if r.heading == "" && r.entry.Space.ID != "" && r.entry.Space.ID == s.p.shown().Space.ID {
			at = i
		}
	}
	s.list.Keep(at)
	s.drawFoot()
	s.view.Refresh()
}

// drawFoot says where the space in view is carried, and when it was exchanged.
func (s *spacesSide) drawFoot() {
	e := s.p.shown()
	if e.Space.ID == "" {
		own := "No account is only yours"
		if n := s.p.answer.own; n > 0 {
			own = upperFirst(data.Counted(n, "account", "accounts")) + " in no space"
		}
		s.foot.Set(kit.NewText(kit.Small, own).In(kit.Ink2).Bending())
		return
	}
	icon, tint := "folder-sync", kit.Ink2
	if e.Space.Away() {
		icon = "wifi-off"
	} else if e.Space.Problem != "" {
		icon, tint = "circle-alert", kit.Alert
	}
	s.foot.Set(
		kit.NewLine(kit.Span{Icon: icon, Tint: tint}, kit.Span{Text: upperFirst(data.SpacePlaceWords(e.Space.Place)), Role: kit.Small, Gap: 8}).Bending(),
		kit.NewText(kit.Small, exchangedWords(e.Space, s.p.w.now())).In(kit.Ink2).Bending())
}
