package app

import (
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// dateWords are a date as people read it, "12 Nov 2026".
func dateWords(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("2 Jan 2006")
}

// monthWords is the month of a date: "Mar 2027".
func monthWords(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.Format("Jan 2006")
}

// paragraphRow is a sentence or two where a section has no rows.
type paragraphRow struct {
	framed
	words *kit.Paragraph
}

func newParagraphRow() *paragraphRow {
	r := &paragraphRow{words: kit.NewParagraph(kit.Small, kit.Ink2, "")}
	r.body = kit.NewPad(4, 12, 4, 12, r.words)
	r.ExtendBaseWidget(r)
	return r
}

// receiptsShown is how many things mutuality is counted from at most.
const receiptsShown = 3

// balanceRow is mutuality with its receipts.
type balanceRow struct {
	framed
	title *kit.Text
	words [receiptsShown]*kit.Text
	bars  [receiptsShown]*kit.BalanceBar
	lines [receiptsShown]fyne.CanvasObject
}

func newBalanceRow() *balanceRow {
	r := &balanceRow{title: kit.NewText(kit.BodyBold, "").Bending()}
	items := []fyne.CanvasObject{r.title}
	for i := range r.bars {
		r.words[i], r.bars[i] = kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), kit.NewBalanceBar(0, 0)
		r.lines[i] = kit.NewColumns(14, []kit.Col{kit.Flex(2), kit.Flex(3)}, r.words[i], r.bars[i])
		items = append(items, r.lines[i])
	}
	r.body = kit.NewPad(16, 12, 0, 12, kit.NewStack(2, items...))
	r.ExtendBaseWidget(r)
	return r
}

func (r *balanceRow) set(m data.Mutuality) {
	r.title.Set(balanceWords(m))
	for i := range r.bars {
		if i >= len(m.Receipts) {
			r.lines[i].Hide()
			continue
		}
		c := m.Receipts[i]
		most := float32(max(c.Ours, c.Theirs, 1))
		r.lines[i].Show()
		r.words[i].Set(c.Words())
		r.bars[i].Set(float32(c.Theirs)/most, float32(c.Ours)/most)
	}
	if len(m.Receipts) == 0 {
		r.lines[0].Show()
		r.words[0].Set("value, promises and talks of both sides")
		r.bars[0].Set(0, 0)
	}
	r.body.Refresh()
}

// sidesRow names the two columns of the ledger.
type sidesRow struct{ framed }

func newSidesRow() *sidesRow {
	r := &sidesRow{}
	r.body = kit.NewPad(4, 12, 0, 12, kit.NewColumns(16, []kit.Col{kit.Flex(1), kit.Flex(1)},
		kit.NewText(kit.SmallBold, "They gained").In(kit.Theirs), kit.NewText(kit.SmallBold, "We gained").In(kit.Accent)))
	r.ExtendBaseWidget(r)
	return r
}

// pairRow is an entry of each side.
type pairRow struct {
	framed
	halves [2]*halfEntry
}

func newPairRow() *pairRow {
	r := &pairRow{}
	for i := range r.halves {
		r.halves[i] = newHalfEntry([]kit.Tone{kit.Customer, kit.Ours}[i])
	}
	r.body = kit.NewPad(2, 4, 2, 4, kit.NewColumns(8, []kit.Col{kit.Flex(1).AtTop(), kit.Flex(1).AtTop()}, r.halves[0], r.halves[1]))
	r.ExtendBaseWidget(r)
	return r
}

func (r *pairRow) set(pair [2]data.ValueEntry, people map[string]string, side int, choose func(int)) {
	for i, h := range r.halves {
		h.set(pair[i], people, side == i)
		h.tap = func() { choose(i) }
	}
}

// halfEntry is one entry of the ledger, with a bar in its side's colour; a hope
// has none and is quieter.
type halfEntry struct {
	framed
	bar                *kit.Ground
	what, amount, then *kit.Text
	rows               *kit.Columns
	ground             *kit.Ground
	tint               fyne.ThemeColorName
	tap                func()
}

func newHalfEntry(tone kit.Tone) *halfEntry {
	h := &halfEntry{tint: kit.Theirs, what: kit.NewText(kit.Body, "").Bending(), amount: kit.NewText(kit.SmallBold, ""), then: kit.NewText(kit.Small, "").In(kit.Ink3).Bending()}
	if tone == kit.Ours {
		h.tint = kit.Accent
	}
	h.bar = kit.NewSideBar(h.tint)
	h.rows = kit.NewColumns(8, []kit.Col{kit.Fixed(3).Full(), kit.Flex(1)}, h.bar, kit.NewStack(1, kit.NewSpread(8, h.what, h.amount), h.then))
	h.ground = kit.NewPanel(kit.Clear, 7, 8, h.rows)
	h.body = h.ground
	h.ExtendBaseWidget(h)
	return h
}

// Tapped chooses the entry.
func (h *halfEntry) Tapped(*fyne.PointEvent) {
	if h.tap != nil {
		h.tap()
	}
}

func (h *halfEntry) set(e data.ValueEntry, people map[string]string, current bool) {
	h.rows.Hidden = e.ID == ""
	ink := kit.Ink
	h.bar.Tint = h.tint
	if !e.Proven() {
		ink, h.bar.Tint = kit.Ink3, kit.Hair
	}
	h.what.SetIn(e.What, ink)
	h.amount.SetIn(e.AmountWords(), ink)
	h.amount.Hidden = e.Amount == 0
	h.then.Set(evidenceWords(e, people))
	h.ground.Tint, h.ground.Border, h.ground.Stroke = kit.Clear, kit.Clear, 0
	if current {
		h.ground.Tint, h.ground.Border, h.ground.Stroke = kit.Raised, kit.Accent, 1
	}
	h.ground.Refresh()
}

// shareRow is an initiative with the shares of its benefit.
type shareRow struct {
	framed
	what, words *kit.Text
	bar         *kit.BalanceBar
}

func newShareRow() *shareRow {
	r := &shareRow{what: kit.NewText(kit.Body, "").Bending(), words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), bar: kit.NewBalanceBar(0, 0)}
	r.body = kit.NewPad(3, 12, 3, 12, kit.NewColumns(16, []kit.Col{kit.Flex(3), kit.Flex(2)}, kit.NewStack(0, r.what, r.words), r.bar))
	r.ExtendBaseWidget(r)
	return r
}

func (r *shareRow) set(i data.Initiative) {
	r.what.Set(i.What)
	words := shareWords(i)
	if i.State != "" {
		words = string(i.State) + " · " + words
	}
	r.words.Set(words)
	r.bar.Set(float32(i.TheirShare)/100, float32(i.OurShare)/100)
}

// unitsShown is how many units the matrix shows beside each other.
const unitsShown = 4

// unitsRow names the units in view.
type unitsRow struct {
	framed
	names [unitsShown]*kit.Text
	more  *kit.Text
}

func newUnitsRow() *unitsRow {
	r := &unitsRow{more: kit.NewText(kit.Small, "").In(kit.Ink3).Bending()}
	cols, items := []kit.Col{kit.Flex(1.2)}, []fyne.CanvasObject{r.more}
	for i := range r.names {
		r.names[i] = kit.NewText(kit.SmallBold, "").In(kit.Theirs).Bending()
		cols, items = append(cols, kit.Flex(1)), append(items, r.names[i])
	}
	r.body = kit.NewPad(4, 12, 0, 12, kit.NewColumns(6, cols, items...))
	r.ExtendBaseWidget(r)
	return r
}

func (r *unitsRow) set(units []string, first int) {
	for i, name := range r.names {
		text := ""
		if first+i < len(units) {
			if text = units[first+i]; text == "" {
				text = "As a whole"
			}
		}
		name.Set(text)
	}
	r.more.Set("")
	if n := len(units); n > unitsShown {
		r.more.Set(data.Counted(n, "unit", "units") + ", ← → for more")
	}
}

// offerRow is an offer with who supplies it to each unit.
type offerRow struct {
	framed
	name  *kit.Text
	cells [unitsShown]*kit.MatrixCell
}

func newOfferRow() *offerRow {
	r := &offerRow{name: kit.NewText(kit.Body, "").Bending()}
	cols, items := []kit.Col{kit.Flex(1.2)}, []fyne.CanvasObject{r.name}
	for i := range r.cells {
		r.cells[i] = kit.NewMatrixCell(nil)
		cols, items = append(cols, kit.Flex(1).Full()), append(items, r.cells[i])
	}
	r.body = kit.NewPad(3, 12, 3, 12, kit.NewColumns(6, cols, items...))
	r.ExtendBaseWidget(r)
	return r
}

func (r *offerRow) set(row data.GridRow, first, column int, now time.Time, choose func(int)) {
	r.name.Set(row.Offer.Name)
	for i, c := range r.cells {
		at := first + i
		c.Hidden = false
		if at >= len(row.Cells) {
			c.OnTap = nil
			c.Set(kit.Neutral, "", "", "", false, false)
			c.Hidden = len(row.Cells) > 0 // keeps its place: the columns stay level
			continue
		}
		s := row.Cells[at]
		tone, icon, word := supplierLook(s)
		c.OnTap = func() { choose(at) }
		c.Set(tone, icon, word, spaceNote(s), s.EndsSoon(now), column == at)
	}
	r.body.Refresh()
}

// supplierLook is how a supplier is drawn.
func supplierLook(s data.Whitespace) (tone kit.Tone, icon, word string) {
	switch s.With {
	case data.WithUs:
		return kit.Ours, "check", "with us"
	case data.Competitor:
		word = s.Who
		if word == "" {
			word = "competitor"
		}
		return kit.Caution, "building-2", word
	case data.InHouse:
		return kit.Customer, "users", "in-house"
	case data.NotNeeded:
		return kit.Neutral, "x", "not needed"
	}
	return kit.Neutral, "", "unknown"
}

// spaceNote is what they spend on it and until when.
func spaceNote(s data.Whitespace) string {
	note := ""
	if s.Cents > 0 {
		note = data.RoundMoneyWords(s.Cents, s.Currency)
	}
	ends := monthWords(s.Ends)
	switch {
	case note == "" && ends != "":
		return "ends " + dateWords(s.Ends)
	case ends != "":
		return note + ", ends " + ends
	case note != "":
		return note + " a year"
	}
	return ""
}

// useRow is a use of what they have.
type useRow struct {
	framed
	what, second *kit.Text
	state        *kit.Tag
}

func newUseRow() *useRow {
	r := &useRow{what: kit.NewText(kit.Body, "").Bending(), second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), state: kit.NewTag(kit.Neutral, "", "")}
	r.body = kit.NewPad(3, 12, 3, 12, kit.NewSpread(12, kit.NewStack(0, r.what, r.second), r.state))
	r.ExtendBaseWidget(r)
	return r
}

func (r *useRow) set(u data.Use, offer string) {
	r.what.Set(u.What)
	second := offer
	if u.Note != "" {
		if second != "" {
			second += " · "
		}
		second += u.Note
	}
	r.second.Set(second)
	r.second.Hidden = second == ""
	switch u.State {
	case data.UsesIt:
		r.state.Set(kit.Ours, "check", "uses it")
	case data.TriesUse:
		r.state.Set(kit.Caution, "", "tries it")
	case data.NoUse:
		r.state.Set(kit.Neutral, "x", "not for them")
	default:
		r.state.Set(kit.Customer, "", "could use it")
	}
	r.body.Refresh()
}
