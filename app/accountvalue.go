package app

import (
	"context"
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// The kinds of rows of the Value tab.
const (
	valueBalance kit.RowKind = iota
	valueHead
	valueSides
	valuePair
	valueNote
	valueShare
	valueUnits
	valueOffer
	valueUse
)

// valueRow is a row of the Value tab.
type valueRow struct {
	kind   kit.RowKind
	text   string
	count  string
	pair   [2]data.ValueEntry // theirs and ours; without an ID there is none
	share  data.Initiative
	offer  data.GridRow
	use    data.Use
	offers string // the name of what a use is of
}

// valueAnswer is what the Value tab asks for.
type valueAnswer struct {
	entries     []data.ValueEntry
	mutuality   data.Mutuality
	initiatives []data.Initiative
	offers      []data.Offer
	grid        data.Grid
	uses        []data.Use
	people      map[string]string // names by Contact.ID
}

func (w *window) askValue(ctx context.Context, id string) (a valueAnswer, err error) {
	now, q := w.now(), store.PartQuery{Account: id}
	if a.entries, err = store.Parts[data.ValueEntry](ctx, w.db, q); err != nil {
		return a, err
	}
	promises, err := store.Parts[data.Promise](ctx, w.db, q)
	if err != nil {
		return a, err
	}
	touches, err := w.db.Touches(ctx, id, now.AddDate(-1, 0, 0), now)
	if err != nil {
		return a, err
	}
	a.mutuality = data.ScoreMutuality(a.entries, promises, touches)
	if a.initiatives, err = store.Parts[data.Initiative](ctx, w.db, q); err != nil {
		return a, err
	}
	if a.offers, err = store.Parts[data.Offer](ctx, w.db, store.PartQuery{}); err != nil {
		return a, err
	}
	spaces, err := store.Parts[data.Whitespace](ctx, w.db, q)
	if err != nil {
		return a, err
	}
	a.grid = data.GridOf(id, a.offers, spaces)
	if a.uses, err = store.Parts[data.Use](ctx, w.db, q); err != nil {
		return a, err
	}
	contacts, err := w.db.Contacts(ctx, id)
	a.people = map[string]string{}
	for _, c := range contacts {
		a.people[c.ID] = c.Name
	}
	return a, err
}

// valueTab shows what both sides have of each other: the ledger, who gains by
// what is done, what we could supply, and at its side what the account is worth.
type valueTab struct {
	p      *accountPage
	slot   bridge.Slot
	asked  bool
	answer valueAnswer
	rows   []valueRow
	list   *kit.List
	view   fyne.CanvasObject
	worth  *accountWorth
	// column is the half of a pair or the unit of an offer that keys act on.
	column int
}

func newValueTab(p *accountPage) *valueTab {
	v := &valueTab{p: p, list: kit.NewList(), worth: newAccountWorth(p)}
	v.fillList()
	v.view = kit.NewPad(0, 20, 0, 20, v.list)
	return v
}

// load asks for both halves; what the account is worth takes longer, since it
// looks at all accounts.
func (v *valueTab) load() {
	bridge.Load(v.p.w.bg, &v.slot, func(ctx context.Context) (valueAnswer, error) { return v.p.w.askValue(ctx, v.p.id) },
		func(a valueAnswer, err error) {
			if err != nil {
				v.p.w.fail(err)
				return
			}
			first := !v.asked
			v.asked, v.answer = true, a
			v.rows = v.compose(a)
			v.list.Reload()
			if first {
				v.list.Select(0)
				v.list.ToOffset(0)
			}
			v.p.w.keepFocus(v.p)
		})
	v.worth.load()
}

// compose is the tab from top to bottom.
func (v *valueTab) compose(a valueAnswer) []valueRow {
	rows := []valueRow{{kind: valueBalance}, {kind: valueHead, text: "What each side gained", count: countWord(len(a.entries))}}
	rows = append(rows, valueRow{kind: valueSides})
	rows = append(rows, pairs(a.entries)...)
	if len(a.entries) == 0 {
		rows = append(rows, noted("Nothing is written down yet. Press N to add what they gained from you, or you from them; with evidence where there is some."))
	}
	rows = append(rows, valueRow{kind: valueHead, text: "What we could supply", count: countWord(len(a.grid.Rows))})
	if len(a.grid.Rows) == 0 {
		rows = append(rows, noted("What your team offers stands here, and who supplies it to each of their units. Press N to add an offer."))
	} else {
		rows = append(rows, valueRow{kind: valueUnits})
	}
	names := map[string]string{}
	for _, r := range a.grid.Rows {
		rows = append(rows, valueRow{kind: valueOffer, offer: r})
		names[r.Offer.ID] = r.Offer.Name
	}
	rows = append(rows, valueRow{kind: valueHead, text: "What they could do with what they have", count: countWord(len(a.uses))})
	if len(a.uses) == 0 {
		rows = append(rows, noted("Uses of what they own: what they do with it, and what it could do for them besides."))
	}
	for _, u := range a.uses {
		rows = append(rows, valueRow{kind: valueUse, use: u, offers: names[u.Offer]})
	}
	rows = append(rows, valueRow{kind: valueHead, text: "Who gains by what is done", count: countWord(len(a.initiatives))})
	if len(a.initiatives) == 0 {
		rows = append(rows, noted("Initiatives that answer their needs stand here, with the share of the benefit that each side has."))
	}
	for _, i := range a.initiatives {
		rows = append(rows, valueRow{kind: valueShare, share: i})
	}
	return rows
}

func noted(text string) valueRow { return valueRow{kind: valueNote, text: text} }

// pairs are the entries of both sides beside each other, what is proven first.
func pairs(entries []data.ValueEntry) []valueRow {
	var sides [2][]data.ValueEntry
	for _, proven := range []bool{true, false} {
		for _, e := range entries {
			if e.Proven() == proven {
				side := 0
				if e.To == data.Us {
					side = 1
				}
				sides[side] = append(sides[side], e)
			}
		}
	}
	rows := make([]valueRow, max(len(sides[0]), len(sides[1])))
	for i := range rows {
		rows[i].kind = valuePair
		for side, list := range sides {
			if i < len(list) {
				rows[i].pair[side] = list[i]
			}
		}
	}
	return rows
}

func (v *valueTab) fillList() {
	l := v.list
	l.Rules = false
	l.Inset = 0
	l.Count = func() int { return len(v.rows) }
	l.Kind = func(row int) kit.RowKind { return v.rows[row].kind }
	l.Skip = func(row int) bool {
		k := v.rows[row].kind
		return k != valuePair && k != valueShare && k != valueOffer && k != valueUse
	}
	l.Height = func(row int) float32 {
		switch v.rows[row].kind {
		case valueBalance:
			return 28 + kit.Scaled(18)*float32(1+max(len(v.answer.mutuality.Receipts), 1))
		case valueHead:
			return kit.Scaled(48)
		case valueSides, valueUnits:
			return kit.Scaled(28)
		case valueNote:
			return kit.Scaled(44)
		case valuePair:
			return kit.Scaled(62)
		}
		return kit.Scaled(46)
	}
	l.Create = v.create
	l.Update = v.update
	l.OnOpen = func(int) { v.edit() }
	l.OnKey = v.key
	l.OnSpace = func(int) { v.space() }
	l.OnMove = func(int) { v.toThere() }
	l.OnMenu = func(_ int, at fyne.Position) { v.p.w.menuAt(at, v.p.w.withHistory(v.actions(), v.inHand())...) }
}

// toThere moves to the side that has something, where only one has.
func (v *valueTab) toThere() {
	if r, ok := v.current(); ok && r.kind == valuePair && r.pair[min(v.column, 1)].ID == "" {
		v.column = 1 - min(v.column, 1)
	}
	v.list.RefreshRow(v.list.Current())
}

// key moves between the halves of a row with the arrows.
func (v *valueTab) key(e *fyne.KeyEvent) bool {
	step, ok := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[e.Name]
	if !ok {
		return false
	}
	v.column = min(max(v.column+step, 0), v.columns()-1)
	v.list.Reload()
	return true
}

// columns is how many halves or units the current row has.
func (v *valueTab) columns() int {
	r, _ := v.current()
	if r.kind == valueOffer {
		return max(len(r.offer.Cells), 1)
	}
	return 2
}

func (v *valueTab) current() (valueRow, bool) {
	if at := v.list.Current(); at >= 0 && at < len(v.rows) {
		return v.rows[at], true
	}
	return valueRow{}, false
}

func (v *valueTab) create(kind kit.RowKind) fyne.CanvasObject {
	switch kind {
	case valueBalance:
		return newBalanceRow()
	case valueHead:
		return newHeadRow()
	case valueSides:
		return newSidesRow()
	case valuePair:
		return newPairRow()
	case valueShare:
		return newShareRow()
	case valueUnits:
		return newUnitsRow()
	case valueOffer:
		return newOfferRow()
	case valueUse:
		return newUseRow()
	}
	return newParagraphRow()
}

func (v *valueTab) update(row int, object fyne.CanvasObject, current bool) {
	r := v.rows[row]
	switch object := object.(type) {
	case *balanceRow:
		object.set(v.answer.mutuality)
	case *headRow:
		object.head.Set(r.text, r.count)
	case *paragraphRow:
		object.words.Set(kit.Span{Text: r.text, Role: kit.Small, Tint: kit.Ink2})
	case *pairRow:
		side := -1
		if current {
			side = min(v.column, 1)
		}
		object.set(r.pair, v.answer.people, side, v.choose(row))
	case *shareRow:
		object.set(r.share)
	case *unitsRow:
		object.set(v.answer.grid.Units, v.firstUnit())
	case *offerRow:
		column := -1
		if current {
			column = v.column
		}
		object.set(r.offer, v.firstUnit(), column, v.p.w.now(), v.choose(row))
	case *useRow:
		object.set(r.use, r.offers)
	}
}

// choose makes a half or a unit of a row the current one, and opens it when it
// is already.
func (v *valueTab) choose(row int) func(column int) {
	return func(column int) {
		if v.list.Current() == row && v.column == column {
			v.edit()
			return
		}
		v.column = column
		v.list.Select(row)
		v.column = column
		v.list.Take()
		v.list.Reload()
	}
}

// firstUnit is the first unit in view: those before are to the left of it.
func (v *valueTab) firstUnit() int {
	r, _ := v.current()
	if r.kind != valueOffer {
		return 0
	}
	return max(0, min(v.column, len(v.answer.grid.Units)-1)-unitsShown+1)
}

func (v *valueTab) commands() []command {
	list := moveCommands(v.list)
	list = append(list,
		command{name: "Add to the value of this account", words: "new value entry offer use whitespace supplier gained", icon: "plus", key: "N", do: v.addMenu},
		command{name: "Set what an hour costs and what you earn", words: "rate margin money figures currency", icon: "gauge", key: "M", do: v.p.w.editMoney},
	)
	return append(list, v.actions()...)
}

// actions are what can be done with the current row.
func (v *valueTab) actions() []command {
	r, ok := v.current()
	if !ok {
		return nil
	}
	var list []command
	switch r.kind {
	case valuePair:
		e := r.pair[min(v.column, 1)]
		if e.ID == "" {
			return nil
		}
		list = append(list,
			command{name: "Change this value", words: "edit evidence amount", icon: "pen-line", key: "E", do: v.edit},
			command{name: "They agreed to it today", words: "confirm agreed", icon: "check", key: "Space", when: func() bool { return e.Agreed == "" }, do: func() { v.agree(e) }},
			command{name: "Delete this value", words: "remove", icon: "x", key: "Delete", do: func() { remove(v.p.w, e, "“"+e.What+"”") }})
	case valueShare:
		list = append(list, command{name: "Change who gains by it", words: "edit share benefit", icon: "pen-line", key: "E", do: v.edit})
	case valueOffer:
		cell := r.offer.Cells[min(v.column, len(r.offer.Cells)-1)]
		list = append(list, command{name: "Say who supplies it", words: "edit whitespace competitor contract", icon: "pen-line", key: "E", do: v.edit},
			command{name: "Forget who supplies it", words: "delete remove", icon: "x", key: "Delete", when: func() bool { return cell.ID != "" }, do: func() { remove(v.p.w, cell, "Who supplies "+r.offer.Offer.Name) }},
			command{name: "Change this offer", words: "rename retire", icon: "pen-line", do: func() { v.p.w.editOffer(r.offer.Offer) }})
	case valueUse:
		list = append(list, command{name: "Change this use", words: "edit", icon: "pen-line", key: "E", do: v.edit},
			command{name: "Delete this use", words: "remove", icon: "x", key: "Delete", do: func() { remove(v.p.w, r.use, "“"+r.use.What+"”") }})
	}
	return list
}

// edit opens what the current row shows.
func (v *valueTab) edit() {
	r, ok := v.current()
	if !ok {
		return
	}
	w := v.p.w
	switch r.kind {
	case valuePair:
		if e := r.pair[min(v.column, 1)]; e.ID != "" {
			w.editValue(e)
		} else {
			w.editValue(data.ValueEntry{Belongs: data.Belongs{Account: v.p.id}, To: []data.Side{data.Customer, data.Us}[min(v.column, 1)]})
		}
	case valueShare:
		w.editShare(r.share)
	case valueOffer:
		w.editSpace(r.offer.Cells[min(v.column, len(r.offer.Cells)-1)], r.offer.Offer.Name)
	case valueUse:
		w.editUse(r.use, v.answer.offers)
	}
}

// space says that the other side agreed to the current entry.
func (v *valueTab) space() {
	if r, ok := v.current(); ok && r.kind == valuePair {
		if e := r.pair[min(v.column, 1)]; e.ID != "" && e.Agreed == "" {
			v.agree(e)
		}
	}
}

func (v *valueTab) agree(e data.ValueEntry) {
	e.Agreed = v.p.w.now().Format("2006-01-02")
	v.p.w.write("They agreed to “"+e.What+"”", func(tx *store.Tx) error {
		_, err := store.PutPart(tx, e)
		return err
	}, nil)
}

// remove takes a part away; undo brings it back.
func remove[T data.Part](w *window, p T, what string) {
	w.write(what+" deleted", func(tx *store.Tx) error { return store.DeletePart(tx, p) }, nil)
}

// addMenu offers what can be added here.
func (v *valueTab) addMenu() {
	w, of := v.p.w, data.Belongs{Account: v.p.id}
	list := []command{
		{name: "What they gained", do: func() { w.editValue(data.ValueEntry{Belongs: of, To: data.Customer}) }},
		{name: "What we gained", do: func() { w.editValue(data.ValueEntry{Belongs: of, To: data.Us}) }},
		{name: "An offer of yours", do: func() { w.editOffer(data.Offer{}) }},
	}
	if len(v.answer.offers) > 0 {
		list = append(list, command{name: "A unit of theirs", do: func() { w.editUnit(of, v.answer.offers[0]) }})
	}
	list = append(list, command{name: "A use of what they have", do: func() { w.editUse(data.Use{Belongs: of}, v.answer.offers) }})
	w.menuAt(under(v.p.head.add), list...)
}

// shareWords are the shares of the benefit in words.
func shareWords(i data.Initiative) string {
	if i.OurShare+i.TheirShare == 0 {
		return "who gains is not said yet"
	}
	s := fmt.Sprintf("they %d %%, we %d %%", i.TheirShare, i.OurShare)
	if rest := 100 - i.OurShare - i.TheirShare; rest > 0 {
		s += fmt.Sprintf(", others %d %%", rest)
	}
	return s
}

// balanceWords say how even it is.
func balanceWords(m data.Mutuality) string {
	if len(m.Receipts) == 0 {
		return "Nothing to compare yet"
	}
	word := "even"
	switch {
	case m.Score < 0.4:
		word = "mostly one way"
	case m.Score < 0.7:
		word = "uneven"
	}
	return fmt.Sprintf("Give and take is %s: %d of 100", word, int(math.Round(m.Score*100)))
}

// evidenceWords are what stands under an entry: how we know, who vouches, when
// it was agreed on.
func evidenceWords(e data.ValueEntry, people map[string]string) string {
	var parts []string
	if name := people[e.Contact]; name != "" {
		parts = append(parts, name)
	}
	if e.Evidence != "" {
		parts = append(parts, e.Evidence)
	}
	if e.Agreed != "" {
		parts = append(parts, "agreed on "+dateWords(e.Agreed))
	}
	if !e.Proven() {
		parts = append(parts, "a hope: no evidence yet")
	}
	return strings.Join(parts, " · ")
}
