package app

import (
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// receipts lists every fact behind dials, each to be opened.
type receipts struct {
	dials    []data.OverviewDial
	contacts []data.Contact // who may be named by a receipt
	now      time.Time
	// opens is where a receipt leads, nil where it is a number.
	opens func(data.Receipt) func()
}

// showReceipts lists every fact behind the dials, or behind one of them, each to
// be opened: what happened on the timeline, a person with what happened with
// them.
func (o *overview) showReceipts(of data.DialKind) {
	r := receipts{dials: o.answer.Dials, now: o.p.now(), opens: o.receiptOpens}
	for _, c := range o.p.answer.contacts {
		r.contacts = append(r.contacts, c.Contact)
	}
	o.p.w.showReceipts(r, of)
}

// showReceipts lists the receipts of a dial, of all for "", in a floating list.
func (w *window) showReceipts(r receipts, of data.DialKind) {
	view := kit.NewPalette("Find a receipt")
	frame := kit.NewOverlay(kit.PaletteWidth, view)
	var opens []func()
	view.OnType = func(typed string) {
		var rows []kit.PaletteRow
		var shown int
		rows, opens, shown = r.rows(of, queryWords(typed))
		note := data.Counted(shown, "receipt", "receipts")
		if shown == 0 {
			rows, opens = []kit.PaletteRow{{Group: "Nothing is known yet that a number could rest on"}}, []func(){nil}
		}
		view.SetRows(rows, note)
		frame.Relayout()
	}
	view.OnEscape = frame.Close
	view.OnChoose = func(row int) {
		if row < len(opens) && opens[row] != nil {
			frame.Close()
			opens[row]()
		}
	}
	view.OnType("")
	w.pop(frame, view.Focusable())
}

// rows are the receipts that have all words, under a heading for each dial, with
// what each opens.
func (v receipts) rows(of data.DialKind, words []string) (rows []kit.PaletteRow, opens []func(), shown int) {
	for _, d := range v.dials {
		if of != "" && d.Kind != of {
			continue
		}
		head := false
		for _, r := range d.Lines {
			line := v.words(r)
			if !matches(line, words) {
				continue
			}
			if !head {
				head = true
				rows, opens = append(rows, kit.PaletteRow{Group: dialWords(d.Dial)}), append(opens, nil)
			}
			shown++
			rows, opens = append(rows, v.row(r, line, words)), append(opens, v.opens(r))
		}
	}
	return rows, opens, shown
}

func (v receipts) words(r data.Receipt) string {
	line := upperFirst(r.Words)
	if r.Contact == "" && r.Interaction != "" {
		line += ", " + data.ShortDate(r.At, v.now)
	}
	return line
}

func (v receipts) row(r data.Receipt, line string, words []string) kit.PaletteRow {
	row := kit.PaletteRow{Icon: "receipt-text", Spans: described(line, words, "")}
	for _, c := range v.contacts {
		if c.ID == r.Contact && r.Contact != "" {
			row.Icon, row.Initials, row.Person, row.Tone = "", data.Initials(c.Name), true, toneOf(c.Side)
		}
	}
	if r.Part != "" && row.Initials == "" {
		row.Icon = "handshake"
	}
	return row
}

// receiptOpens is where a receipt leads: to what happened, else to whom it is
// about, nil where it is a number.
func (o *overview) receiptOpens(r data.Receipt) func() {
	switch {
	case r.Interaction != "":
		return func() { o.p.showOn(r.Interaction) }
	case r.Contact != "":
		return func() { o.p.w.openContact(r.Contact) }
	}
	return nil
}
