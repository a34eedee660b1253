package app

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// planSpan is how many days back recent changes reach.
const planSpan = 30

// planPane stands beside a plan: what to look at before it is relied on, whether
// the customer knows it, and what changed lately.
type planPane struct {
	t      *planTab
	slot   bridge.Slot
	view   fyne.CanvasObject
	scroll *kit.Scroll
	stack  *kit.Stack
	valid  *kit.Paragraph
	recent recentChanges

	answers fyne.CanvasObject // the first line that they wrote and nobody decided on
	sought  bool              // it is to be in view as soon as the plan is
}

// planAnswers is a target's item in a plan: what they wrote and nobody decided on.
const planAnswers = "answers"

func newPlanPane(t *planTab) *planPane {
	v := &planPane{t: t, stack: kit.NewStack(0), valid: kit.NewParagraph(kit.Small, kit.Ink2, "")}
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 10, 22, v.valid))
	v.scroll = kit.NewScroll(kit.NewPad(20, 22, 14, 22, v.stack))
	v.view = withFoot(v.scroll, foot)
	return v
}

// load asks what changed within planSpan days.
func (v *planPane) load() {
	t := v.t
	now := t.answer.in.Now
	past := t.p.back.past
	if past == nil {
		past = t.p.w.db.Past(t.p.id)
	}
	bridge.Load(t.p.w.bg, &v.slot, func(ctx context.Context) (recentChanges, error) {
		in, err := past.Plan(ctx, now.AddDate(0, 0, -planSpan))
		if err != nil {
			return recentChanges{}, err
		}
		return t.p.w.recentOf(ctx, writtenChanges(data.ComposePlan(in).Sheet, t.answer.page.Sheet), now)
	}, func(recent recentChanges, err error) {
		if err != nil {
			t.p.w.fail(err)
			return
		}
		v.recent = recent
		t.bar.draw()
		v.draw()
		if v.sought && v.answers != nil {
			v.scroll.ToOffset(v.answers.Position().Y)
		}
		v.sought = false
	})
}

func (v *planPane) draw() {
	page, mend := v.t.answer.page, v.t.mend
	if v.t.p.back.on() { // nothing of a past day can be changed
		mend = nil
	}
	rows := append(findingRows(page.Findings, findingLooks, mend), kit.NewSpace(20))
	rows = append(append(rows, v.knownRows()...), kit.NewSpace(20))
	v.stack.Set(append(rows, changeRows(v.recent, v.t.answer.in.Now, "Nothing changed in the last 30 days.", v.compareLink())...)...)
	var foot []kit.Span
	if page.Valid != "" {
		foot = append(foot, kit.Span{Text: page.Valid, Role: kit.Small}, kit.Span{Text: "\n"})
	}
	v.valid.Set(append(foot, kit.Span{Text: page.Review, Role: kit.Small, Tint: kit.Ink2})...)
	v.view.Refresh()
}

// findingLooks are the icons of findings, by rule.
var findingLooks = map[string]string{"decider": "user-round-x", "thread": "unlink", "stale": "history", "promise": "circle-alert", "late": "circle-alert",
	"shown": "handshake", "review": "list-checks", "expired": "calendar-clock", "foresight": "telescope", "cure": "bandage", "budget": "timer"}

// knownRows say whether the customer knows the plan.
func (v *planPane) knownRows() []fyne.CanvasObject {
	k := v.t.answer.page.Known
	detail := ""
	if n := len(k.Changed); n > 0 {
		detail = "Since then: " + strings.Join(k.Changed[:min(n, 3)], ", ")
		if n > 3 {
			detail += " and " + data.Counted(n-3, "other", "others")
		}
		detail += "."
	}
	detail = strings.TrimPrefix(detail+" "+k.Corrected, " ")
	words := k.Words
	if len(k.Changed) > 0 {
		words = words[:strings.LastIndex(words, ", ")]
	}
	var links []fyne.CanvasObject
	if !v.t.p.back.on() {
		links = append(links, kit.NewLink("What they will see", v.t.theirs.begin), kit.NewLink("They saw it", v.t.showThem))
	}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Does the customer know this plan?", "", nil),
		told("handshake", kit.Theirs, words, detail, links...), kit.NewHairline()}
	rows = append(rows, v.jointRows()...)
	v.answers = nil
	for _, c := range v.t.answer.page.Open {
		row := told("pen-line", kit.Theirs, data.FirstName(c.By)+" writes: "+correctionWords(c, v.t.answer.in.Now), wasWords(c),
			kit.NewLink("Accept", func() { v.t.accept(c) }), kit.NewLink("Decline", func() { v.t.decline(c) }))
		if v.answers == nil {
			v.answers = row
		}
		rows = append(rows, row, kit.NewHairline())
	}
	return rows
}

// correctionWords are what a correction says.
func correctionWords(c data.Correction, now time.Time) string {
	if c.Register == data.DoneRegister {
		return "“" + c.Was + "” is done since " + shortDay(c.Becomes, now)
	}
	return c.Becomes
}

// wasWords say what a correction is to replace.
func wasWords(c data.Correction) string {
	if c.Register == data.DoneRegister {
		return "A step of both of you."
	}
	if c.Key == "" {
		return "Something new."
	}
	return "In place of “" + c.Was + "”."
}

// compareLink opens the comparison of two days; nil on a day that has been.
func (v *planPane) compareLink() fyne.CanvasObject {
	if v.t.p.back.on() {
		return nil
	}
	return kit.NewLink("Compare", v.t.sides.begin)
}
