package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// accountHead is what stands over every tab of an account's page.
type accountHead struct {
	p      *accountPage
	view   fyne.CanvasObject
	tile   *kit.Tile
	name   *kit.Text
	tier   *kit.Tier
	stage  *kit.StagePips
	band   *kit.WarmthDisc
	second *kit.Text
	space  *kit.Tag  // the space that it is in
	choose *kit.Chip // that people wrote apart
	pens   *kit.Tag  // who else writes at something of it
	people *kit.Columns
	faces  [facesShown]*kit.Avatar
	more   *kit.Text
	add    *kit.Button
	tabs   *kit.Tabs
}

// facesShown is how many of us the head shows.
const facesShown = 3

func newAccountHead(p *accountPage) *accountHead {
	h := &accountHead{p: p, tile: kit.NewTile("", 44), name: kit.NewText(kit.Display, "").Bending(), tier: kit.NewTier(""),
		stage: kit.NewStagePips(0, ""), band: kit.NewWarmthDisc(kit.NeverMet), second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), more: kit.NewText(kit.Small, "").In(kit.Ink2)}
	h.space = kit.NewTag(kit.Ours, "users", "")
	h.pens = kit.NewTag(kit.Ours, "pen-line", "")
	h.pens.Hidden = true
	h.choose = kit.NewChip("", "", false, func() { p.w.openChooser(p.id) }).WithIcon("git-merge")
	h.choose.Tip = "People wrote this apart; choose what holds"
	h.add = kit.NewButton(kit.Plain, "Add", h.addMenu).WithIcon("plus").WithKey("N")
	var faces []fyne.CanvasObject
	for i := range h.faces {
		h.faces[i] = kit.NewAvatar("", kit.Ours, 24)
		faces = append(faces, h.faces[i])
	}
	h.people = kit.NewRow(4, append(faces, h.more)...)
	var names, keys []string
	for _, t := range accountTabs {
		names, keys = append(names, t.name), append(keys, t.key)
	}
	h.tabs = kit.NewTabs(names, 0, p.turn)
	h.tabs.Keys = keys
	line := kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1)}, h.name, h.tier, h.stage, h.band, h.space, h.choose, h.pens, kit.NewSpring())
	words := kit.NewStack(0, line, h.second)
	top := kit.NewColumns(14, []kit.Col{kit.Fixed(44), kit.Flex(1), kit.Fit(), kit.Fit()}, h.tile, words, h.people, h.add)
	h.view = filledUnder(kit.NewStack(0, kit.NewPad(18, 32, 8, 32, top), kit.NewPad(0, 32, 0, 32, h.tabs)), kit.NewHairline())
	return h
}

func (h *accountHead) draw(a accountAnswer, tab int) {
	r := a.row
	h.tile.Set(data.Initials(r.Name))
	h.name.Set(r.Name)
	h.tier.Set(string(r.Tier))
	h.tier.Hidden = r.Tier == ""
	h.stage.Set(a.overview.Stage.Stage.Step(), upperFirst(string(a.overview.Stage.Stage)))
	h.stage.Hidden = a.overview.Stage.Stage == ""
	h.band.Set(bandMark(a.overview.Band), upperFirst(string(a.overview.Band)))
	h.space.Hidden = a.space.ID == ""
	h.space.Set(spaceTone(a.space.Kind), spaceIcon(a.space.Kind), a.space.Name)
	h.choose.Hidden = len(a.conflicts) == 0 || h.p.back.on()
	h.choose.Set(data.VersionsWord(a.conflicts), "", false)
	editing := data.EditingWords(h.p.w.writing.of(h.p.id))
	h.pens.Hidden = editing == "" || h.p.back.on()
	h.pens.Set(kit.Ours, "pen-line", upperFirst(editing))
	h.space.Hidden = h.space.Hidden || !h.pens.Hidden // it takes its place, so that the name keeps its own
	h.second.Set(strings.Trim(data.OwedWords(a.waiting, a.awaited, h.p.now())+" · "+aboutAccount(r.Account, h.p.now()), " ·"))
	h.second.Hidden = h.second.Text == ""
	for i, face := range h.faces {
		face.Hidden = i >= len(a.colleagues)
		if !face.Hidden {
			c := a.colleagues[i]
			face.Set(data.Initials(text.Name(c.Name, c.Email)), kit.Ours, false)
		}
	}
	h.add.Hidden = h.p.back.on()
	h.more.Hidden = len(a.colleagues) <= facesShown
	h.more.Set(fmt.Sprintf("+%d", len(a.colleagues)-facesShown))
	if h.tabs.On != tab {
		h.tabs.On = tab
		h.tabs.Refresh()
	}
	h.view.Refresh()
	h.p.main.Refresh()
}

// aboutAccount is the second line of the head: "Culture, 4 sites · with us since
// 2021 · Maya Lindqvist looks after it".
func aboutAccount(a data.Account, now time.Time) string {
	var parts []string
	if a.Sector != "" {
		parts = append(parts, a.Sector)
	}
	if since, err := time.Parse(time.DateOnly, a.Since); err == nil {
		words := "with us since " + strconv.Itoa(since.Year())
		if since.Year() == now.Year() {
			words = "with us since " + data.ShortDate(since, now)
		}
		parts = append(parts, words)
	}
	if a.Archived != "" {
		parts = append(parts, "archived")
	} else if a.Owner != "" {
		parts = append(parts, a.Owner+" looks after it")
	}
	if len(parts) == 0 {
		return strings.Join(a.Domains, ", ") // as they are written
	}
	return upperFirst(strings.Join(parts, " · "))
}

// addMenu offers what can be added to the account.
func (h *accountHead) addMenu() {
	list := h.p.addCommands()
	for i := range list {
		list[i].name = upperFirst(strings.TrimPrefix(list[i].name, "Add "))
	}
	h.p.w.menuAt(under(h.add), append(list, command{name: "A call, visit or note", do: func() { h.p.w.openCapture(h.p.id) }})...)
}

// bandMark is the mark of how warm a relationship is.
func bandMark(b data.Band) kit.Band {
	switch b {
	case data.Warm:
		return kit.BandWarm
	case data.Cooling:
		return kit.BandCooling
	case data.Cold:
		return kit.BandCold
	}
	return kit.NeverMet
}
