package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
)

// insightMapView is the map of profit and relationship, with a note beside the
// circle that is looked at.
type insightMapView struct {
	p       *insights
	view    *fyne.Container
	bubbles *kit.BubbleMap
	foot    *kit.Text
	chosen  string // Account.ID

	away  bool // the note is put away
	note  fyne.CanvasObject
	tier  *kit.Tier
	name  *kit.Text
	words *kit.Paragraph
	proof *kit.Button
}

// noteWidth is how wide the note is.
const noteWidth = 232

func newInsightMap(p *insights) *insightMapView {
	v := &insightMapView{p: p, bubbles: kit.NewBubbleMap(), foot: kit.NewText(kit.Micro, "").In(kit.Ink3).Bending()}
	v.name, v.tier, v.words = kit.NewText(kit.BodyBold, "").Bending(), kit.NewTier(""), kit.NewParagraph(kit.Small, kit.Ink2, "")
	v.proof = kit.NewReceiptLink("", p.receipts)
	v.note = kit.NewCard(12, kit.NewStack(6, kit.NewSpread(8, v.name, v.tier), v.words, kit.NewRow(14, v.proof, kit.NewLink("Open plan", p.openPlan))))
	v.note.Hide()
	v.bubbles.OnMove = func(on int) {
		if on < 0 {
			return
		}
		v.away = false
		v.chosen = v.bubbles.Chart.Points[on].Key
		v.draw()
		p.pane.draw()
		p.w.refreshChrome()
	}
	v.bubbles.OnOpen = func(int) { p.open() }
	v.bubbles.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.commands()...) }
	v.bubbles.OnLaid = v.placeNote
	v.view = container.New(mapLayout{v}, v.bubbles, v.foot, v.note)
	return v
}

// mapLayout lays the map over all the room but a line under it; where the note
// stands, the map says.
type mapLayout struct{ v *insightMapView }

func (mapLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Scaled(320), kit.Scaled(240))
}

func (l mapLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	foot := kit.Scaled(26)
	put(l.v.bubbles, 32, 16, max(s.Width-46, 0), max(s.Height-foot-20, 0))
	put(l.v.foot, 32, s.Height-foot, max(s.Width-64, 0), foot-6)
	l.v.placeNote()
}

// placeNote puts the note beside the circle: at its left, else its right, within
// the map.
func (v *insightMapView) placeNote() {
	at, r, ok := v.bubbles.Spot(v.bubbles.Chart.On)
	if !ok || v.away {
		v.note.Hide()
		return
	}
	v.note.Show()
	wide := kit.Scaled(noteWidth)
	high := kit.HeightOf(v.note, wide)
	room, from := v.bubbles.Size(), v.bubbles.Position()
	x := at.X - r - 18 - wide
	if x < 4 {
		x = at.X + r + 18
	}
	x = min(max(x, 4), max(room.Width-wide-4, 4))
	y := min(max(at.Y-high/2-10, 4), max(room.Height-high-4, 4))
	put(v.note, from.X+x, from.Y+y, wide, high)
}

// draw shows the answer; who was looked at stays so, else it is the one with the
// best margin.
func (v *insightMapView) draw() {
	m := v.p.answer.Map
	b := codec.ProfitChart(v.p.answer.Insights)
	if v.place() < 0 && len(m.Points) > 0 {
		v.chosen = slices.MaxFunc(m.Points, func(a, b data.ProfitPoint) int { return int(min(max(a.Cents-b.Cents, -1), 1)) }).Account.ID
	}
	b.On = v.place()
	if pt, ok := v.current(); ok {
		v.name.Set(pt.Account.Name)
		v.tier.Set(string(pt.Account.Tier))
		v.words.Set(kit.Span{Text: strings.Join(presentWords(pt.Words+".", dotted(pt.GoalWords)), " "), Role: kit.Small, Tint: kit.Ink2})
		v.proof.SetText(data.Counted(len(pt.Receipts), "receipt", "receipts"))
	}
	v.foot.Set(strings.Join(presentWords(v.p.answer.Source, notShown(m)), " · "))
	v.bubbles.Chart = b
	v.bubbles.Refresh()
	v.view.Refresh()
}

func dotted(words string) string {
	if words == "" {
		return ""
	}
	return words + "."
}

// presentWords are those that say anything.
func presentWords(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

func notShown(m data.ProfitMap) string {
	if words := m.NotShown(); words != "" {
		return "Not shown: " + words
	}
	return ""
}

func (v *insightMapView) place() int {
	return slices.IndexFunc(v.p.answer.Map.Points, func(p data.ProfitPoint) bool { return p.Account.ID == v.chosen && v.chosen != "" })
}

// current is the account that is looked at.
func (v *insightMapView) current() (data.ProfitPoint, bool) {
	if i := v.place(); i >= 0 {
		return v.p.answer.Map.Points[i], true
	}
	return data.ProfitPoint{}, false
}

// step goes to the next circle by revenue: arrows pass over one that lies under
// another.
func (v *insightMapView) step(by int) {
	v.bubbles.Select(min(max(v.bubbles.Chart.On+by, 0), len(v.bubbles.Chart.Points)-1))
}

// pops says whether the note is shown.
func (v *insightMapView) pops() bool { return v.note.Visible() }

func (v *insightMapView) putAway() {
	v.away = true
	v.placeNote()
	v.p.w.refreshChrome()
}

// content is the map, or why it is empty.
func (v *insightMapView) content() fyne.CanvasObject {
	m := v.p.answer.Map
	if len(m.Points) > 0 {
		return v.view
	}
	text := "The map needs what your customers bought: a list of orders or invoices from the program that writes them. It stays on this laptop."
	if m.NoMoney == 0 && m.NoQuality > 0 {
		return kit.NewEmpty(kit.NewCirclesSmall(), "Nobody has spoken with you yet", "The map places accounts by what they leave over and by how the relationship stands. Read your mail, and they appear.")
	}
	if len(m.Missing) > 0 {
		text = "Money is here, but nobody has said " + data.JoinAnd(m.Missing) + "."
	}
	return kit.NewEmpty(kit.NewCirclesSmall(), "No account's profit is known yet", text,
		kit.NewButton(kit.Primary, "Import a list", func() { v.p.w.open(route{place: placeImport}) }).WithIcon("package-open"),
		kit.NewButton(kit.Plain, "Say what an hour costs", v.p.w.editMoney))
}
