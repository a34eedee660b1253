package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// changesShown is how many recent changes stand beside a plan.
const changesShown = 5

// findingRows are what to look at before a plan is relied on, each with the one step
// that mends it; where mend is nil nothing can be mended. looks are the icons of
// rules that have one.
func findingRows(list []data.PlanFinding, looks map[string]string, mend func(data.PlanFinding)) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Before you rely on it", countWord(len(list)), nil)}
	if len(list) == 0 {
		return append(rows, kit.NewSpace(8), kit.NewLine(kit.Span{Icon: "circle-check", Tint: kit.Accent}, kit.Span{Text: "Nothing to mend", Gap: 7}))
	}
	for i, f := range list {
		if i > 0 {
			rows = append(rows, kit.NewHairline())
		}
		var links []fyne.CanvasObject
		if mend != nil {
			links = append(links, kit.NewLink(f.Remedy, func() { mend(f) }))
		}
		rows = append(rows, told(cmp.Or(looks[f.Rule], "triangle-alert"), kit.Warm, f.Words, f.Detail, links...))
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

// recentChanges are what reads otherwise than planSpan days ago, the latest first,
// with who changed it.
type recentChanges struct {
	known bool
	list  []data.SheetChange
	who   map[string]store.LastChange // by data.SheetChange.Key
	me    string
}

// recentOf asks who changed what.
func (w *window) recentOf(ctx context.Context, list []data.SheetChange, now time.Time) (r recentChanges, err error) {
	r.known, r.list = true, list
	if r.who, err = w.db.WhoChanged(ctx, list, now.AddDate(0, 0, -planSpan), now); err != nil {
		return r, err
	}
	slices.SortStableFunc(r.list, func(a, b data.SheetChange) int { return r.who[b.Key()].Wrote.Compare(r.who[a.Key()].Wrote) })
	r.me, err = w.db.Setting(ctx, store.SettingUserName)
	return r, err
}

// said is who changed a line and when, "Elin, 6 min ago"; "" where nobody did: what
// it is made from changed.
func (r recentChanges) said(c data.SheetChange, now time.Time) string {
	last, ok := r.who[c.Key()]
	if !ok {
		return ""
	}
	return upperFirst(last.Name(r.me)) + ", " + data.Ago(last.Wrote, now)
}

// atWork is for how long after somebody else's change they are said to be at work.
const atWork = 15 * time.Minute

// others says who else is at work here: "Elin changed “Next 90 days” 6 min ago"; ""
// for nobody.
func (r recentChanges) others(now time.Time) string {
	for _, c := range r.list {
		last, ok := r.who[c.Key()]
		if ok && last.Actor != store.ActorHere && last.Actor != "" && now.Sub(last.Wrote) < atWork {
			return upperFirst(last.Name(r.me)) + " changed “" + c.Label + "” " + data.Ago(last.Wrote, now)
		}
	}
	return ""
}

// changeRows are what changed lately, or, once that is known, that nothing did.
func changeRows(recent recentChanges, now time.Time, nothing string, link fyne.CanvasObject) []fyne.CanvasObject {
	changes := recent.list
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Recent changes", countWord(len(changes)), link)}
	for _, c := range changes[:min(len(changes), changesShown)] {
		rows = append(rows, changeRow(c, recent.said(c, now)), kit.NewHairline())
	}
	switch {
	case !recent.known:
	case len(changes) == 0:
		rows = append(rows, kit.NewSpace(8), kit.NewParagraph(kit.Small, kit.Ink2, nothing))
	case len(changes) > changesShown:
		rows = append(rows, kit.NewSpace(8), kit.NewText(kit.Small, "and "+data.Counted(len(changes)-changesShown, "other", "others")).In(kit.Ink2))
	}
	return rows
}

// changeRow is a line that reads otherwise than it did.
func changeRow(c data.SheetChange, said string) fyne.CanvasObject {
	words, detail := c.Is, joinDots(said, c.Label)
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

// writtenChanges are the changes that somebody wrote, without what is computed.
func writtenChanges(was, is data.Sheet) (list []data.SheetChange) {
	for _, c := range data.DiffSheets(was, is) {
		if c.ID != "" {
			list = append(list, c)
		}
	}
	return list
}
