package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// planSpan is how many days back recent changes reach.
const planSpan = 30

// changesShown is how many recent changes the pane lists.
const changesShown = 5

// planPane stands beside a plan: what to look at before it is relied on, whether
// the customer knows it, and what changed lately.
type planPane struct {
	t       *planTab
	slot    slot
	view    fyne.CanvasObject
	stack   *kit.Stack
	valid   *kit.Paragraph
	changes []data.SheetChange
	known   bool // changes are
}

func newPlanPane(t *planTab) *planPane {
	v := &planPane{t: t, stack: kit.NewStack(0), valid: kit.NewParagraph(kit.Small, kit.Ink2, "")}
	foot := kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 10, 22, v.valid))
	v.view = withFoot(kit.NewScroll(kit.NewPad(20, 22, 14, 22, v.stack)), foot)
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
	load(t.p.w.bg, &v.slot, func(ctx context.Context) ([]data.SheetChange, error) {
		in, err := past.Plan(ctx, now.AddDate(0, 0, -planSpan))
		if err != nil {
			return nil, err
		}
		return writtenChanges(data.ComposePlan(in).Sheet, t.answer.page.Sheet), nil
	}, func(list []data.SheetChange, err error) {
		if err != nil {
			t.p.w.fail(err)
			return
		}
		v.changes, v.known = list, true
		v.draw()
	})
}

// writtenChanges are the changes that somebody wrote, without what is computed.
func writtenChanges(was, is data.Sheet) (list []data.SheetChange) {
	for _, c := range data.DiffSheets(was, is) {
		if c.ID != "" {
			list = append(list, c)
		}
	}
	return list
}

func (v *planPane) draw() {
	rows := v.findingRows()
	rows = append(rows, kit.NewSpace(20))
	rows = append(rows, v.knownRows()...)
	rows = append(rows, kit.NewSpace(20))
	rows = append(rows, v.changeRows()...)
	v.stack.Set(rows...)
	page := v.t.answer.page
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

// findingRows are what to look at before the plan is relied on, each with the one
// step that mends it.
func (v *planPane) findingRows() []fyne.CanvasObject {
	list := v.t.answer.page.Findings
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Before you rely on it", countWord(len(list)), nil)}
	if len(list) == 0 {
		return append(rows, kit.NewSpace(8), kit.NewLine(kit.Span{Icon: "circle-check", Tint: kit.Accent}, kit.Span{Text: "Nothing to mend", Gap: 7}))
	}
	for i, f := range list {
		if i > 0 {
			rows = append(rows, kit.NewHairline())
		}
		icon := findingLooks[f.Rule]
		if icon == "" {
			icon = "triangle-alert"
		}
		var links []fyne.CanvasObject
		if !v.t.p.back.on() {
			links = append(links, kit.NewLink(f.Remedy, func() { v.t.mend(f) }))
		}
		rows = append(rows, told(icon, kit.Warm, f.Words, f.Detail, links...))
	}
	return append(rows, kit.NewHairline())
}

// told is an icon, a sentence and what is to be known of it, over links.
func told(icon string, tint fyne.ThemeColorName, words, detail string, links ...fyne.CanvasObject) fyne.CanvasObject {
	body := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, words)}
	if detail != "" {
		body = append(body, kit.NewParagraph(kit.Small, kit.Ink2, detail))
	}
	if len(links) > 0 {
		body = append(body, kit.NewPad(5, 0, 0, 0, kit.NewRow(14, links...)))
	}
	return kit.NewPad(9, 0, 10, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)}, kit.NewPad(1, 0, 0, 0, kit.NewIcon(icon, 16, tint)), kit.NewStack(1, body...)))
}

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
	for _, c := range v.t.answer.page.Open {
		rows = append(rows, told("pen-line", kit.Theirs, data.FirstName(c.By)+" writes: "+c.Becomes, wasWords(c),
			kit.NewLink("Accept", func() { v.t.accept(c) }), kit.NewLink("Decline", func() { v.t.decline(c) })), kit.NewHairline())
	}
	return rows
}

// wasWords say what a correction is to replace.
func wasWords(c data.Correction) string {
	if c.Key == "" {
		return "Something new."
	}
	return "In place of “" + c.Was + "”."
}

// changeRows are what changed lately, or that nothing did.
func (v *planPane) changeRows() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Recent changes", countWord(len(v.changes)), v.compareLink())}
	for _, c := range v.changes[:min(len(v.changes), changesShown)] {
		rows = append(rows, changeRow(c), kit.NewHairline())
	}
	switch {
	case !v.known:
	case len(v.changes) == 0:
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, "Nothing changed in the last 30 days."))
	case len(v.changes) > changesShown:
		rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "and "+data.Counted(len(v.changes)-changesShown, "other", "others")).In(kit.Ink2))
	}
	return rows
}

// compareLink opens the comparison of two days; nil on a day that has been.
func (v *planPane) compareLink() fyne.CanvasObject {
	if v.t.p.back.on() {
		return nil
	}
	return kit.NewLink("Compare", v.t.sides.begin)
}

// changeRow is a line that reads otherwise than it did.
func changeRow(c data.SheetChange) fyne.CanvasObject {
	words, detail := c.Is, c.Label
	switch {
	case c.Was == "":
		detail += ", new"
	case c.Is == "":
		words, detail = c.Was, detail+", gone"
	default:
		detail += ", was: " + c.Was
	}
	return kit.NewPad(7, 0, 8, 0, kit.NewStack(1, kit.NewParagraph(kit.Body, kit.Ink, words).AtMost(2), kit.NewParagraph(kit.Small, kit.Ink2, detail).AtMost(2)))
}
