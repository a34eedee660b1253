package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// trainingPane stands beside the team's plan: what to look at before it is relied
// on, and what changed lately.
type trainingPane struct {
	p      *training
	slot   bridge.Slot
	view   fyne.CanvasObject
	stack  *kit.Stack
	review *kit.Paragraph
	recent recentChanges
}

func newTrainingPane(p *training) *trainingPane {
	v := &trainingPane{p: p, stack: kit.NewStack(0), review: kit.NewParagraph(kit.Small, kit.Ink2, "")}
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 10, 22, v.review))
	v.view = withFoot(kit.NewScroll(kit.NewPad(20, 22, 14, 22, v.stack)), foot)
	return v
}

// load asks what changed within planSpan days.
func (v *trainingPane) load() {
	p := v.p
	now := p.answer.in.Now
	bridge.Load(p.w.bg, &v.slot, func(ctx context.Context) (recentChanges, error) {
		in, err := p.w.db.TeamPlanAsKnown(ctx, now.AddDate(0, 0, -planSpan))
		if err != nil {
			return recentChanges{}, err
		}
		return p.w.recentOf(ctx, wordChanges(writtenChanges(data.ComposeTeamPlan(in).Sheet, p.answer.page.Sheet)), now)
	}, func(recent recentChanges, err error) {
		if err != nil {
			p.w.fail(err)
			return
		}
		v.recent = recent
		v.draw()
	})
}

// wordChanges are those that somebody wrote: a figure that moved by itself, or the
// live line of a tier, is none.
func wordChanges(list []data.SheetChange) (words []data.SheetChange) {
	for _, c := range list {
		if c.Kind != data.KindPolicy && (c.Kind != data.KindTeamObjective || c.Was == "" || c.Is == "") {
			words = append(words, c)
		}
	}
	return words
}

func (v *trainingPane) draw() {
	p := v.p
	if p.blank() {
		v.stack.Set(kit.NewSectionHead(kit.BodyBold, "What it is good for", "", nil),
			told("target", kit.Accent, "One direction", "Quality and profit are both aimed at, with figures that Rapport counts."), kit.NewHairline(),
			told("gauge", kit.Accent, "No empty promises", "What each tier asks for is held against the hours that you have."), kit.NewHairline(),
			told("triangle-alert", kit.Accent, "Honest about yourselves", "What stands in your own way has somebody who clears it."), kit.NewHairline())
		v.review.Set(kit.Span{Text: "For your team only; no customer sees it.", Role: kit.Small, Tint: kit.Ink2})
		v.view.Refresh()
		return
	}
	rows := append(findingRows(p.answer.page.Findings, teamFindingLooks, p.mend), kit.NewSpace(20))
	v.stack.Set(append(rows, changeRows(v.recent, v.p.answer.in.Now, "Nobody changed it in the last 30 days.", nil)...)...)
	words := p.answer.page.Review
	if words == "" {
		words = "Never reviewed"
	}
	v.review.Set(kit.Span{Text: words + ". For your team only.", Role: kit.Small, Tint: kit.Ink2})
	v.view.Refresh()
}

// teamFindingLooks are the icons of findings, by rule.
var teamFindingLooks = map[string]string{"old": "history", "count": "history", "late": "circle-alert", "overdue": "circle-alert", "review": "list-checks", "hours": "timer",
	"capacity": "timer", "owner": "user-round-x", "barrier": "user-round-x"}
