package app

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// insightWarningView is the list of accounts that may be lost, by what that would
// cost.
type insightWarningView struct {
	p      *insights
	list   *kit.List
	view   fyne.CanvasObject
	chosen string // Account.ID
}

func newInsightWarning(p *insights) *insightWarningView {
	v := &insightWarningView{p: p, list: kit.NewList()}
	l := v.list
	l.Square = true
	l.Count = func() int { return len(p.answer.Warnings) }
	l.Height = func(int) float32 { return kit.Scaled(54) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newWarningRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		o.(*warningRow).set(p.answer.Warnings[row], p.answer.Currency, current)
	}
	l.OnMove = func(row int) {
		if row >= 0 && row < len(p.answer.Warnings) {
			v.chosen = p.answer.Warnings[row].Account.ID
			if p.segment == insightWarning {
				p.pane.draw()
			}
		}
	}
	l.OnOpen = func(int) { p.open() }
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.commands()...) }
	heads := kit.NewColumns(12, warningColumns(), kit.NewSpring(), quietHead("Account, and the signs"), kit.NewSpring(), quietHead("Chance"), quietHead("Margin"), quietHead("At stake"))
	v.view = topped(filledUnder(kit.NewPad(12, 32, 6, 32, heads), kit.NewHairline()), l)
	return v
}

func quietHead(words string) fyne.CanvasObject { return kit.NewText(kit.Small, words).In(kit.Ink3) }

// warningColumns are tile, account, tier, chance, margin, at stake.
func warningColumns() []kit.Col {
	return []kit.Col{kit.Fixed(30), kit.Flex(1), kit.Fixed(20), kit.Fixed(56), kit.Fixed(68), kit.Fixed(76)}
}

func (v *insightWarningView) draw() {
	row := slices.IndexFunc(v.p.answer.Warnings, func(w data.EarlyWarning) bool { return w.Account.ID == v.chosen })
	v.list.Keep(row)
	if v.list.Current() < 0 {
		v.list.Select(0)
	}
	v.list.OnMove(v.list.Current())
	v.list.Refresh()
}

func (v *insightWarningView) current() (data.EarlyWarning, bool) {
	for _, w := range v.p.answer.Warnings {
		if w.Account.ID == v.chosen {
			return w, true
		}
	}
	return data.EarlyWarning{}, false
}

// content is the list, or the praise that it is empty.
func (v *insightWarningView) content() fyne.CanvasObject {
	if len(v.p.answer.Warnings) > 0 {
		return v.view
	}
	return kit.NewDone("coffee", "No account shows a sign of being lost", "Silence, falling quality, overdue promises, one thread, renewals near and purchases that stop would be listed here.")
}

// warningRow is an account with its signs.
type warningRow struct {
	framed
	tile                  *kit.Tile
	name, signs           *kit.Text
	tier                  *kit.Tier
	chance, margin, stake *kit.Text
}

func newWarningRow() *warningRow {
	r := &warningRow{tile: kit.NewTile("", 30), name: kit.NewText(kit.BodyBold, "").Bending(), signs: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), tier: kit.NewTier(""),
		chance: kit.NewText(kit.Body, ""), margin: kit.NewText(kit.Body, "").In(kit.Ink2), stake: kit.NewText(kit.BodyBold, "")}
	r.body = kit.NewPad(0, 32, 0, 32, kit.NewColumns(12, warningColumns(), r.tile, kit.NewStack(0, r.name, r.signs), r.tier, r.chance, r.margin, r.stake))
	r.ExtendBaseWidget(r)
	return r
}

func (r *warningRow) set(w data.EarlyWarning, currency string, current bool) {
	r.tile.Lifted = current
	r.tile.Set(data.Initials(w.Account.Name))
	r.name.Set(w.Account.Name)
	r.signs.Set(upperFirst(w.Words()))
	r.tier.Set(string(w.Account.Tier))
	r.chance.Set(w.ChanceWords())
	r.margin.Set("not known")
	stake := "–"
	if w.Known {
		r.margin.Set(data.ShortMoneyWords(w.Margin, currency))
		stake = data.ShortMoneyWords(w.AtStake, currency)
	}
	r.stake.Set(stake)
	r.body.Refresh()
}

// beside are the signs of the one that is looked at with their receipts, and what
// keeping is worth.
func (v *insightWarningView) beside() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	if w, ok := v.current(); ok {
		rows = append(rows, paneHead(w.Account.Name, w.ChanceWords()+" within a year"), kit.NewHairline())
		for _, s := range w.Signs {
			rows = append(rows, kit.NewPad(7, 0, 0, 0, kit.NewSpread(8, kit.NewText(kit.Body, upperFirst(string(s.Kind))).Bending(), kit.NewText(kit.Body, fmt.Sprintf("%.0f %%", 100*s.Chance)))))
			for _, r := range s.Receipts[:min(len(s.Receipts), takersShown)] {
				rows = append(rows, small(upperFirst(r.Words)))
			}
		}
		rows = append(rows, kit.NewPad(6, 0, 20, 0, kit.NewReceiptLink(data.Counted(len(w.Receipts()), "receipt", "receipts"), v.p.receipts)))
	}
	return append(rows, v.keeping()...)
}

// keptShown is how many accounts are named on each side.
const keptShown = 3

func (v *insightWarningView) keeping() []fyne.CanvasObject {
	k, currency := v.p.answer.Keeping, v.p.answer.Currency
	rows := []fyne.CanvasObject{paneHead("Keep or win back", "expected, after cost"), kit.NewHairline(), kit.NewSpace(6), small(k.Words(currency) + ".")}
	for i, list := range [][]data.Effortful{k.Keep, k.Win} {
		for _, e := range list[:min(len(list), keptShown)] {
			rows = append(rows, kit.NewPad(6, 0, 0, 0, kit.NewSpread(8, kit.NewText(kit.Body, []string{"Keep ", "Win back "}[i]+e.Account.Name).Bending(), kit.NewText(kit.BodyBold, data.ShortMoneyWords(e.Net(), currency)))),
				quiet(fmt.Sprintf("%s, %s", upperFirst(e.Words), data.HoursWords(60*e.Hours))))
		}
	}
	rows = append(rows, kit.NewSpace(14), kit.NewSpread(8, kit.NewText(kit.SmallBold, "Assumed").In(kit.Ink2), kit.NewLink("Change", v.p.editAssumed)))
	for _, words := range k.Assumed {
		rows = append(rows, kit.NewPad(2, 0, 0, 0, quiet(words)))
	}
	return append(rows, kit.NewPad(8, 0, 0, 0, quiet("Chances are rules of thumb, not a fitted model; R shows how each sign is counted.")))
}
