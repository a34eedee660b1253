package app

import (
	"rapport/app/kit"
)

// offerItems offer to write the team's plan, until it is written or declined.
func (p *today) offerItems() []todayItem {
	if !p.plan.Offer() {
		return nil
	}
	return []todayItem{gap(18), {kind: todayOffer, key: "team-plan", words: p.plan.Words()}}
}

// todayOfferRow offers to write the team's plan.
type todayOfferRow struct {
	framed
	words *kit.Text
}

func newTodayOfferRow(p *today) *todayOfferRow {
	r := &todayOfferRow{words: kit.NewText(kit.BodyBold, "").Bending()}
	note := kit.NewText(kit.Small, "Short questions; each answer is kept at once, and you can stop at any").In(kit.Ink2).Bending()
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit(), kit.Fit()}, kit.NewIcon("compass", 16, kit.Accent), kit.NewStack(0, r.words, note),
		kit.NewSmallButton(kit.Ghost, "Not for us", p.w.declineTeamPlan), kit.NewSmallButton(kit.Plain, "Write it", p.w.askTeamPlan))
	r.body = underlined(mainSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayOfferRow) set(i todayItem, _ bool) { r.words.Set(i.words) }
