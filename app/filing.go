package app

import (
	"cmp"
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// The lists of Filing, in the order of their chips.
const (
	toFile = iota
	filedToday
	notCustomers
	skippedByRule
)

// skippedShown is how many senders the list of what rules skip shows.
const skippedShown = 500

// filing is the page where unknown people are filed to accounts, by keyboard
// alone. What a person decided leaves the list at once, before it is written.
type filing struct {
	w      *window
	view   int // one of the lists
	answer filingAnswer
	known  bool // an answer came
	rows   []filingItem
	picked map[string]bool // by address
	later  []string        // addresses that were put off, in that order
	order  map[string]int  // the places of domains and addresses that were shown, so that none moves under the hand
	// leaving are the addresses about which something is being written, and left
	// those of which it was: they are shown again if the next answer has them.
	leaving map[string]bool
	left    []string
	decided map[string]bool // the addresses about which something was written; who waits again was brought back

	slot, moveSlot bridge.Slot
	list           *kit.List
	head           filingHeader
	body           *fyne.Container
	main           fyne.CanvasObject
	side           filingInspector
	folds          bool // the inspector is folded away
	chooser        *filingChooser
}

// filingAnswer is all that Filing shows.
type filingAnswer struct {
	in      data.FilingInput
	groups  []data.DomainGroup
	filed   []data.FiledEntry
	no      []data.NoCustomer
	skipped []data.SkippedSender
	sources int        // mailboxes and calendars
	told    data.Share // the most that a mailbox's rule tells a team; nothing where we share none
}

func newFiling(w *window, _ route) page {
	p := &filing{w: w, picked: map[string]bool{}, leaving: map[string]bool{}, decided: map[string]bool{}}
	p.list = kit.NewList()
	p.list.Count = func() int { return len(p.rows) }
	p.list.Kind = func(row int) kit.RowKind { return p.rows[row].kind }
	p.list.Height = func(row int) float32 { return filingHeight(p.rows[row].kind) }
	p.list.Skip = func(row int) bool { return p.rows[row].kind == filingHead }
	p.list.Create = p.create
	p.list.Update = p.update
	p.list.OnMove = func(int) { p.drawSide() }
	p.list.OnOpen = func(int) { p.read() }
	p.list.OnSpace = func(row int) { p.pick(row) }
	p.list.OnMenu = func(_ int, at fyne.Position) { w.menuAt(at, p.rowCommands()...) }
	p.head = newFilingHeader(p)
	p.side = newFilingInspector(p)
	p.body = container.NewStack(kit.NewPad(0, 20, 0, 20, p.list))
	p.main = container.NewBorder(p.head.view, nil, nil, nil, p.body)
	return p
}

func (p *filing) title() string { return "Filing" }

func (p *filing) panes() panes {
	return panes{main: p.main, inspector: p.side.view, width: 356}
}

func (p *filing) folded(_, inspector bool) { p.folds = inspector }

func (p *filing) focus() { p.list.Take() }

// account is the account that the current row is proposed for.
func (p *filing) account() string {
	if i, ok := p.current(); ok {
		return i.proposal.Account.ID
	}
	return ""
}

// load asks for what waits, and for the list in view where it is another one.
func (p *filing) load() {
	now, view, settled := p.w.now(), p.view, len(p.left)
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (a filingAnswer, err error) {
		if a.in, err = p.w.db.FilingInput(ctx, now); err != nil {
			return a, err
		}
		a.groups = data.ProposeFiling(a.in)
		sources, err := gatherSources(ctx, p.w.db, nil)
		if err != nil {
			return a, err
		}
		a.sources = len(sources)
		if a.told, err = p.w.mostTold(ctx); err != nil {
			return a, err
		}
		switch view {
		case filedToday:
			a.filed, err = p.w.db.FiledToday(ctx, now)
		case notCustomers:
			a.no, err = p.w.db.NoCustomers(ctx)
		case skippedByRule:
			a.skipped, err = p.w.db.Skipped(ctx, skippedShown)
		}
		return a, err
	}, func(a filingAnswer, err error) {
		if err != nil {
			p.show(failedView(err, p.load))
			p.known = false
			return
		}
		for _, email := range p.left[:settled] {
			delete(p.leaving, email)
		}
		p.left = slices.Clone(p.left[settled:])
		p.answer, p.known = a, true
		p.settle()
		p.draw(p.broughtBack())
	})
}

// broughtBack is the first who waits again after a decision, which was undone or
// taken back: the person goes on there. "" when there is nobody.
func (p *filing) broughtBack() string {
	first := ""
	for _, g := range p.groups() {
		for _, s := range g.Senders {
			if email := s.Sender.Email; p.decided[email] {
				delete(p.decided, email)
				first = cmp.Or(first, email)
			}
		}
	}
	return first
}

// settle keeps domains and senders at the places they had since the page was
// opened; new ones come last.
func (p *filing) settle() {
	for _, g := range p.answer.groups {
		slices.SortStableFunc(g.Senders, func(a, b data.Proposal) int { return p.place(a.Sender.Email) - p.place(b.Sender.Email) })
	}
	slices.SortStableFunc(p.answer.groups, func(a, b data.DomainGroup) int { return p.place(a.Domain) - p.place(b.Domain) })
	if p.order == nil {
		p.order = map[string]int{}
	}
	for _, g := range p.answer.groups {
		p.keepPlace(g.Domain)
		for _, s := range g.Senders {
			p.keepPlace(s.Sender.Email)
		}
	}
}

// place is where something was shown, far behind for what is new.
func (p *filing) place(key string) int {
	if n, ok := p.order[key]; ok {
		return n
	}
	return 1 << 30
}

func (p *filing) keepPlace(key string) {
	if _, ok := p.order[key]; !ok {
		p.order[key] = len(p.order)
	}
}

// leave lets the next visit begin with those who wait most.
func (p *filing) leave() { p.order = nil }

// minute keeps the list as it is: nothing in it tells the time.
func (p *filing) minute() {}

// turn shows another of the lists.
func (p *filing) turn(view int) {
	if view == p.view {
		return
	}
	p.view = view
	p.rows = nil
	p.list.Reload()
	p.list.ToOffset(0)
	p.w.refreshChrome()
	p.load()
	p.focus()
}

// draw fills the list in view. The current row stays, or is the one of the key.
func (p *filing) draw(key string) {
	old := p.list.Current()
	if i, ok := p.current(); ok && key == "" {
		key = i.key()
	}
	p.rows = p.items()
	p.head.draw()
	row := slices.IndexFunc(p.rows, func(i filingItem) bool { return key != "" && i.key() == key })
	if row < 0 {
		row = max(old, 0)
	}
	if len(p.rows) == 0 {
		p.show(p.empty())
	} else {
		p.show(nil)
	}
	if old < 0 {
		p.list.Reload()
		p.list.Select(row)
	} else {
		p.list.Keep(row)
	}
	p.drawSide()
}

// show puts something in place of the list, or the list for nil.
func (p *filing) show(instead fyne.CanvasObject) {
	list := p.body.Objects[0]
	if instead == nil && len(p.body.Objects) == 1 {
		return
	}
	p.body.Objects = p.body.Objects[:1]
	list.Show()
	if instead != nil {
		list.Hide()
		p.body.Objects = append(p.body.Objects, instead)
	}
	p.body.Refresh()
}

// current is the row that the person stands on.
func (p *filing) current() (filingItem, bool) {
	if row := p.list.Current(); row >= 0 && row < len(p.rows) && p.rows[row].kind != filingHead {
		return p.rows[row], true
	}
	return filingItem{}, false
}

func (p *filing) create(kind kit.RowKind) fyne.CanvasObject {
	switch kind {
	case filingHead:
		return newFilingHeadRow()
	case filingPast:
		return newFilingPastRow()
	}
	return newFilingSenderRow(p.pick)
}

func (p *filing) update(row int, o fyne.CanvasObject, current bool) {
	i := p.rows[row]
	switch r := o.(type) {
	case *filingHeadRow:
		r.set(i)
	case *filingPastRow:
		r.set(i.past)
	case *filingSenderRow:
		r.set(row, i.proposal, p.picked[i.key()], current)
	}
}

// items are the rows of the list in view.
func (p *filing) items() []filingItem {
	now := p.w.now()
	switch p.view {
	case filedToday:
		return pastFiled(p.answer.filed, now)
	case notCustomers:
		return pastNoCustomers(p.answer.no, now)
	case skippedByRule:
		return pastSkipped(p.answer.skipped, now)
	}
	return p.waiting()
}

// waiting are those who wait, by domain, and last those who were put off.
func (p *filing) waiting() []filingItem {
	var items []filingItem
	putOff := map[string]filingItem{}
	for _, g := range p.groups() {
		var here []filingItem
		for _, s := range g.Senders {
			i := filingItem{kind: filingSender, group: g, proposal: s}
			if slices.Contains(p.later, s.Sender.Email) {
				putOff[s.Sender.Email] = i
			} else {
				here = append(here, i)
			}
		}
		if len(here) > 0 {
			items = append(append(items, filingItem{kind: filingHead, group: g}), here...)
		}
	}
	if len(putOff) > 0 {
		items = append(items, filingItem{kind: filingHead, later: true})
	}
	for _, email := range p.later {
		if i, ok := putOff[email]; ok {
			items = append(items, i)
		}
	}
	return items
}

// groups are the domains without those about whom something is being written.
func (p *filing) groups() []data.DomainGroup {
	var groups []data.DomainGroup
	for _, g := range p.answer.groups {
		g.Senders = slices.DeleteFunc(slices.Clone(g.Senders), func(s data.Proposal) bool { return p.leaving[s.Sender.Email] })
		if len(g.Senders) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// waits counts those who wait.
func (p *filing) waits() int {
	n := 0
	for _, g := range p.groups() {
		n += len(g.Senders)
	}
	return n
}
