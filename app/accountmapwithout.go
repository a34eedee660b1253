package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// without shows what it would mean if the one who is looked at left.
func (t *peopleTab) without() {
	if e, ok := t.entry(); ok {
		t.showDeparture(e.Key())
	}
}

// showDeparture shows what it would mean if somebody left: one of them by
// Contact.ID, or one of us by name. From there one looks at another.
func (t *peopleTab) showDeparture(who string) {
	d, ok := data.Without(t.in, who, t.p.now())
	if !ok {
		return
	}
	var rows []fyne.CanvasObject
	for _, c := range d.Dials {
		rows = append(rows, kit.NewColumns(10, []kit.Col{kit.Fixed(92), kit.Flex(1)}, kit.NewText(kit.BodyBold, upperFirst(string(c.Before.Kind))), dialChangeLine(c)))
	}
	for _, part := range departureParts(d) {
		rows = append(rows, kit.NewHairline(), kit.NewStack(2, kit.NewText(kit.BodyBold, part.title).Bending(), kit.NewParagraph(kit.Small, kit.Ink2, part.words)))
	}
	if us := t.leavers(d); len(us) > 0 {
		rows = append(rows, kit.NewHairline(), kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Flex(1)}, kit.NewText(kit.Small, "Or one of us").In(kit.Ink3), kit.NewRow(6, us...)))
	}
	done := kit.NewButton(kit.Primary, "Close", t.p.w.dismiss).WithKey("Enter")
	body := kit.NewStack(9, rows...)
	icon := "user-round-minus"
	t.p.w.pop(kit.NewOverlay(kit.DialogWidth, kit.NewDialog(icon, kit.Ours, "Without "+d.Who, body, "Nothing is changed by looking", done)), done)
}

// leavers are chips to look at the departure of one of us.
func (t *peopleTab) leavers(d data.Departure) (list []fyne.CanvasObject) {
	const room = 6
	for _, k := range t.us[:min(len(t.us), room)] {
		list = append(list, kit.NewChip(data.FirstName(k.Who), "", strings.EqualFold(k.Who, d.Who), func() { t.showDeparture(k.Who) }))
	}
	return list
}

// dialChangeLine is a dial before and after: "50, then 39 of 100".
func dialChangeLine(c data.DialChange) fyne.CanvasObject {
	spans := []kit.Span{{Text: measured(c.Before), Role: kit.Body, Tint: kit.Ink2}}
	switch {
	case c.Before.Known == c.After.Known && c.Before.Value == c.After.Value:
		spans = append(spans, kit.Span{Text: "as now", Role: kit.Small, Tint: kit.Ink3, Gap: 8})
	case c.After.Known && c.After.Value > c.Before.Value: // that a cold tie's going lifts a mean is no gain
		spans = append(spans, kit.Span{Text: "then " + measured(c.After), Role: kit.Body, Tint: kit.Ink2, Gap: 8}, kit.Span{Text: "a mean without a weak tie, no gain", Role: kit.Small, Tint: kit.Ink3, Gap: 8})
	default:
		spans = append(spans, kit.Span{Text: "then " + measured(c.After), Role: kit.BodyBold, Tint: kit.Alert, Gap: 8})
	}
	return kit.NewLine(spans...).Bending()
}

func measured(d data.Dial) string {
	if !d.Known {
		return "not known"
	}
	return fmt.Sprintf("%d of %d", d.Value, d.Of)
}

type departurePart struct{ title, words string }

// departureParts are what a departure would take along; what is empty is left
// out, and where nothing is, that is said.
func departureParts(d data.Departure) (list []departurePart) {
	add := func(title string, words []string) {
		if len(words) > 0 {
			list = append(list, departurePart{title, strings.Join(words, "; ") + "."})
		}
	}
	var roles, cut, orphaned, lost, ways []string
	for _, r := range d.Roles {
		roles = append(roles, string(r))
	}
	for _, c := range d.Cut {
		cut = append(cut, c.Name)
	}
	for _, p := range d.Orphaned {
		orphaned = append(orphaned, said(p.What))
	}
	for _, f := range d.Lost {
		lost = append(lost, said(f.Value))
	}
	for _, i := range d.Introductions {
		ways = append(ways, i.To.Name+": "+i.Way.Words())
	}
	add("Roles that nobody would cover", upperFirsts(roles))
	add("People we would not know any more", cut)
	add(map[bool]string{true: "Promises that nobody would keep", false: "Promises that would have nobody on their side"}[d.Ours], orphaned)
	add("Known only from "+data.FirstName(d.Who), lost)
	add("Introductions that would help, the easiest first", ways)
	if len(list) == 0 {
		list = []departurePart{{"Nothing else would be lost", "No role, promise or fact hangs on " + data.FirstName(d.Who) + " alone."}}
	}
	return list
}

// upperFirsts begins the first of several with a capital letter.
func upperFirsts(list []string) []string {
	if len(list) > 0 {
		list[0] = upperFirst(list[0])
	}
	return list
}
