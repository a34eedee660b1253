package app

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/codec"
	"rapport/data/store"
	"rapport/sync"
)

// listParts are what is shown of a list before it is imported.
func (p *importPage) listParts() []fyne.CanvasObject {
	l := p.preview
	var names []string
	for _, k := range data.ListKinds {
		names = append(names, upperFirst(string(k)))
	}
	kind := kit.NewSegmented(names, slices.Index(data.ListKinds, l.As), func(i int) {
		p.asked.As, p.asked.Map = data.ListKinds[i], nil
		p.look()
	})
	parts := []fyne.CanvasObject{
		kit.NewStack(10, labelled("It holds", kit.NewRow(0, kind)), labelled("Read as", kit.NewText(kit.Body, readAs(l.Report)).Bending())),
	}
	if l.Report.Guessed || p.asked.Dates != "" {
		order := kit.NewSegmented([]string{"day first", "month first"}, slices.Index(dateOrders, l.Report.Dates), func(i int) {
			p.asked.Dates = dateOrders[i]
			p.look()
		})
		parts = append(parts, labelled("Its dates have the", kit.NewRow(0, order)))
	}
	parts = append(parts, p.columnRows())
	if len(l.Missing) > 0 {
		return append(parts, kit.NewInfoBox(kit.Caution, "triangle-alert", fmt.Sprintf("No column says the %s yet. Choose above which one does.", data.JoinAnd(mappedNames(l.As, l.Missing)))))
	}
	parts = append(parts, previewTable(l))
	if l.As != data.ListAccounts && l.As != data.ListContacts {
		parts = append(parts, kit.NewCheckbox("Make an account of each name that none has", p.asked.AddAccounts, func(on bool) {
			p.asked.AddAccounts = on
			p.look()
		}))
	}
	return append(parts, p.importButtons("Import "+string(l.As)))
}

func (p *importPage) importButtons(verb string) fyne.CanvasObject {
	return kit.NewRow(8, kit.NewButton(kit.Primary, verb, p.begin).WithKey("Y"), kit.NewButton(kit.Ghost, "Another file", p.anew).WithKey("N"))
}

// readAs says how the file is written.
func readAs(r sync.ListReport) string {
	separators := map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}
	between := separators[r.Separator]
	if between == "" {
		between = string(r.Separator)
	}
	words := r.Charset + ", " + between + " between values, amounts like 1" + string(map[byte]rune{',': '.', '.': ','}[r.Decimal]) + "200" + string(rune(r.Decimal)) + "50"
	if r.Dates == codec.MonthFirst {
		words += ", months before days"
	}
	return words
}

// listFieldWords are what the fields of lists are called for people.
func listFieldWords(kind data.ListKind, field string) string {
	words := map[string]string{"with": "who it was with", "by": "who of us", "first": "first name", "last": "last name", "what": "what was bought", "since": "customer since", "text": "what was said", "side": "customer or partner"}[field]
	switch {
	case field == "minutes":
		return "time spent"
	case field == "date" && kind == data.ListTickets:
		return "day opened"
	case field == "closed":
		return "day closed"
	case words != "":
		return words
	}
	return field
}

func mappedNames(kind data.ListKind, fields []string) (list []string) {
	for _, f := range fields {
		list = append(list, listFieldWords(kind, f))
	}
	return list
}

// columnRows list the columns with a first value and what they say.
func (p *importPage) columnRows() fyne.CanvasObject {
	l := p.preview
	fields := data.ListFields(l.As)
	choices := []string{"left out"}
	for _, f := range fields {
		choices = append(choices, listFieldWords(l.As, f.Name))
	}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "What its columns say", "", nil)}
	for i, h := range l.Report.Header {
		if h == data.RepairReason || h == data.RepairPlace {
			continue
		}
		on := 1 + slices.IndexFunc(fields, func(f data.ListField) bool { return f.Name == l.Report.Fields[i] })
		chip := newPick(p.w, choices, on)
		chip.changed = func() {
			field := ""
			if chip.on > 0 {
				field = fields[chip.on-1].Name
			}
			p.mapped(h, field)
		}
		if on == 0 {
			chip.chip.Set("left out", "", false)
		} else {
			chip.chip.Set(choices[on], "", true)
		}
		row := kit.NewColumns(14, []kit.Col{kit.Flex(1), kit.Flex(1.4), kit.Fixed(190)}, kit.NewText(kit.Body, h).Bending(), kit.NewText(kit.Body, l.Samples[i]).In(kit.Ink2).Bending(), kit.NewRow(0, chip.chip))
		rows = append(rows, kit.NewStack(0, kit.NewPad(6, 0, 6, 0, row), kit.NewHairline()))
	}
	return kit.NewStack(0, rows...)
}

// previewTable shows what the first rows become.
func previewTable(l sync.ListPreview) fyne.CanvasObject {
	shown := l.Shown[:min(len(l.Shown), 6)]
	cols := []kit.Col{kit.Fixed(96)}
	heads := []fyne.CanvasObject{kit.NewText(kit.Micro, "").In(kit.Ink2)}
	for _, f := range shown {
		cols = append(cols, kit.Flex(1))
		heads = append(heads, kit.NewText(kit.Micro, upperFirst(listFieldWords(l.As, f))).In(kit.Ink2).Bending())
	}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "What the first rows become", "", nil), kit.NewPad(6, 0, 6, 0, kit.NewColumns(12, cols, heads...)), kit.NewHairline()}
	for _, r := range l.Rows {
		cells := []fyne.CanvasObject{kit.NewRow(0, tookTag(r))}
		for i := range shown {
			cells = append(cells, kit.NewText(kit.Body, r.Values[i]).Bending())
		}
		lines := []fyne.CanvasObject{kit.NewColumns(12, cols, cells...)}
		if r.Broken != "" {
			lines = append(lines, kit.NewColumns(12, []kit.Col{kit.Fixed(96), kit.Flex(1)}, kit.NewSpring(), kit.NewText(kit.Small, upperFirst(r.Broken)).In(kit.Alert).Bending()))
		}
		rows = append(rows, kit.NewStack(0, kit.NewPad(6, 0, 6, 0, kit.NewStack(3, lines...)), kit.NewHairline()))
	}
	if len(l.Rows) == 0 {
		rows = append(rows, kit.NewPad(8, 0, 8, 0, kit.NewText(kit.Body, "There is no row under the columns' names.").In(kit.Ink3)))
	}
	return kit.NewStack(0, rows...)
}

func tookTag(r sync.PreviewRow) fyne.CanvasObject {
	switch {
	case r.Broken != "":
		return kit.NewTag(kit.Late, "circle-alert", "left over")
	case r.Took == store.TookNew:
		return kit.NewTag(kit.Ours, "plus", "new")
	case r.Took == store.TookChanged:
		return kit.NewTag(kit.Caution, "pen-line", "changed")
	}
	return kit.NewTag(kit.Neutral, "check", "here already")
}

// cardParts are what is shown of vCards before they are imported.
func (p *importPage) cardParts() []fyne.CanvasObject {
	c := p.cards
	cols := []kit.Col{kit.Fixed(96), kit.Flex(1), kit.Flex(1), kit.Flex(1.3), kit.Flex(1)}
	rows := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "What the first of "+data.Counted(c.Cards, "card", "cards")+" become", "", nil)}
	for _, r := range c.Rows {
		account := kit.NewText(kit.Body, r.Account).Bending()
		if r.Account == "" {
			account = kit.NewText(kit.Body, "no account").In(kit.Ink3).Bending()
		}
		line := kit.NewColumns(12, cols, kit.NewRow(0, tookTag(sync.PreviewRow{Took: r.Took, Broken: r.Broken})), kit.NewText(kit.Body, r.Name).Bending(), kit.NewText(kit.Body, r.Role).In(kit.Ink2).Bending(),
			kit.NewText(kit.Body, strings.Join(r.Emails, ", ")).In(kit.Ink2).Bending(), account)
		lines := []fyne.CanvasObject{line}
		if r.Broken != "" {
			lines = append(lines, kit.NewText(kit.Small, upperFirst(r.Broken)).In(kit.Alert).Bending())
		}
		rows = append(rows, kit.NewStack(0, kit.NewPad(6, 0, 6, 0, kit.NewStack(3, lines...)), kit.NewHairline()))
	}
	return []fyne.CanvasObject{kit.NewStack(0, rows...), p.importButtons("Import people")}
}
