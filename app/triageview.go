package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// triageHead says what is sorted, and what the tiers ask of the team now and as
// proposed.
type triageHead struct {
	view          fyne.CanvasObject
	adopt         *kit.Button
	now, proposed *kit.Text
}

func newTriageHead(adopt func()) triageHead {
	h := triageHead{adopt: kit.NewButton(kit.Plain, "Adopt all", adopt).WithKey("Shift Y"), now: kit.NewText(kit.Body, "").Bending(), proposed: kit.NewText(kit.Body, "").In(kit.Ink2).Bending()}
	words := kit.NewParagraph(kit.Body, kit.Ink2, "Your criteria propose, you decide. Each decision can be undone.")
	heads := kit.NewColumns(12, triageColumns(), kit.NewText(kit.SmallBold, "Account").In(kit.Ink3), kit.NewText(kit.SmallBold, "Now").In(kit.Ink3), kit.NewSpring(),
		kit.NewText(kit.SmallBold, "Proposed").In(kit.Ink3), kit.NewText(kit.SmallBold, "Why").In(kit.Ink3))
	h.view = filledUnder(kit.NewPad(18, 24, 8, 24, kit.NewStack(6, kit.NewSpread(12, kit.NewText(kit.Display, "Tiers").Bending(), h.adopt), words, kit.NewSpace(4), h.now, h.proposed, kit.NewSpace(8), heads)), kit.NewHairline())
	return h
}

// draw counts anew what the tiers ask for.
func (h triageHead) draw(in store.TriageInput, proposals map[string]data.Tier) {
	h.now.Set("Now " + capacityWords(in.Capacity(nil)))
	h.adopt.Hidden = len(proposals) == 0
	h.adopt.SetText("Adopt " + data.Counted(len(proposals), "change", "changes") + "…")
	as := "As proposed nothing changes."
	if n := len(proposals); n > 0 {
		as = fmt.Sprintf("As proposed, %s, %s", data.Counted(n, "change", "changes"), capacityWords(in.Capacity(proposals)))
	}
	h.proposed.Set(as)
	h.view.Refresh()
}

// capacityWords say what tiers ask for, and whether there is time.
func capacityWords(c data.Capacity) string {
	switch fits, ok := c.Fits(); {
	case !ok:
		return c.Words() + ". Say in Settings how many you have."
	case fits:
		return c.Words() + ". It fits."
	}
	return fmt.Sprintf("%s. That is %s too many.", c.Words(), data.Counted((c.Minutes-c.Have+59)/60, "hour", "hours"))
}

// triageColumns are account, tier now, an arrow, tier proposed, reasons.
func triageColumns() []kit.Col {
	return []kit.Col{kit.Flex(1.6).AtLeast(180), kit.Fixed(34), kit.Fixed(16), kit.Fixed(74), kit.Flex(3).AtLeast(220)}
}

// triageRow is an account with its proposal.
type triageRow struct {
	framed
	tile          *kit.Tile
	name, sector  *kit.Text
	now, proposed *kit.Tier
	same          *kit.Text
	arrow         *kit.Icon
	points, why   *kit.Text
}

func newTriageRow() *triageRow {
	r := &triageRow{
		tile: kit.NewTile("", 30), name: kit.NewText(kit.BodyBold, "").Bending(), sector: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		now: kit.NewTier(""), proposed: kit.NewTier(""), same: kit.NewText(kit.Small, "").In(kit.Ink3), arrow: kit.NewIcon("arrow-right", 14, kit.Ink3),
		points: kit.NewText(kit.Body, "").Bending(), why: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
	}
	title := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1)}, r.tile, kit.NewStack(0, r.name, r.sector))
	next := kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Fit()}, r.proposed, r.same)
	r.body = kit.NewPad(0, 24, 0, 24, kit.NewColumns(12, triageColumns(), title, kit.NewPad(0, 0, 0, 0, r.now), kit.NewPad(0, 0, 0, 0, r.arrow), next, kit.NewStack(0, r.points, r.why)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *triageRow) set(t data.Triage, left, current bool) {
	r.tile.Lifted = current
	r.tile.Set(data.Initials(t.Account.Name))
	r.name.Set(t.Account.Name)
	r.sector.Set(t.Account.Sector)
	r.sector.Hidden = t.Account.Sector == ""
	r.now.Set(string(t.Account.Tier))
	r.now.Hidden = t.Account.Tier == ""
	r.proposed.Set(string(t.Proposed))
	r.proposed.Hidden = !t.Changes() || left
	r.arrow.Hidden = !t.Changes() || left
	note := ""
	switch {
	case left:
		note = "left"
	case t.Proposed == "":
		note = "not yet"
	case !t.Changes():
		note = "the same"
	}
	r.same.Set(note)
	r.same.Hidden = note == ""
	points, why := triageReasons(t)
	r.points.Set(points)
	r.why.Set(why)
	r.why.Hidden = why == ""
	r.body.Refresh()
}

// triageReasons are a proposal's reasons in two lines: what weighs most, and the
// rest.
func triageReasons(t data.Triage) (first, rest string) {
	switch {
	case t.Proposed == "" && t.Known == 0:
		return "Too little is known to propose a tier", strings.Join(t.Reasons, "; ")
	case t.Proposed == "":
		return fmt.Sprintf("Known: %d of %d", t.Known, t.Of), strings.Join(t.Reasons, "; ")
	}
	return fmt.Sprintf("%.0f points: %s", t.Points, t.Reasons[0]), strings.Join(t.Reasons[1:], "; ")
}
