package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// accountsAnswer is what the page of accounts asks for.
type accountsAnswer struct {
	entries    []data.AccountEntry
	archived   []data.AccountEntry // those that the team left
	measured   bool                // it is known how they stand
	rhythm     data.Rhythm
	you        data.You
	selections []data.Selection
}

// views are the lines of the side list.
func (a accountsAnswer) views() []accountView {
	views := slices.Clone(accountViews)
	for _, s := range a.selections {
		views = append(views, savedView(s))
	}
	return views
}

// of are the accounts that a view looks at.
func (a accountsAnswer) of(v accountView) []data.AccountEntry {
	if v.key == viewLeft.key {
		return a.archived
	}
	return a.entries
}

// askAccounts reads everything that the page of accounts shows at once; how the
// accounts stand comes after.
func (w *window) askAccounts(ctx context.Context) (a accountsAnswer, err error) {
	rows, err := w.db.AllAccountRows(ctx, w.now())
	if err != nil {
		return a, err
	}
	a.entries = make([]data.AccountEntry, 0, len(rows))
	for _, r := range rows {
		e := data.AccountEntry{AccountRow: r}
		if r.Archived != "" {
			a.archived = append(a.archived, e)
		} else {
			a.entries = append(a.entries, e)
		}
	}
	if a.rhythm, err = w.db.Rhythm(ctx); err != nil {
		return a, err
	}
	if a.selections, err = store.Parts[data.Selection](ctx, w.db, store.PartQuery{}); err != nil {
		return a, err
	}
	a.you, err = askYou(ctx, w.db)
	return a, err
}

// askYou is the person who reads: by name and by every address of theirs.
func askYou(ctx context.Context, db *store.DB) (data.You, error) {
	name, err := db.Setting(ctx, store.SettingUserName)
	if err != nil {
		return data.You{}, err
	}
	known, err := db.Known(ctx)
	return data.You{Name: name, Addresses: known.Own}, err
}

// accounts is the page of all accounts.
type accounts struct {
	w      *window
	slot   bridge.Slot
	asked  bool // an answer came at least once
	answer accountsAnswer
	choice accountChoice
	lines  []accountLine
	stands map[string]data.AccountStand // as they were known last, by Account.ID
	later  bridge.Slot
	sums   map[data.Tier]data.TierSum // of the last 12 months; nil until asked
	adding bridge.Slot
	course accountCourses
	marked map[string]bool // Account.IDs
	chosen string          // Account.ID of the current row
	folds  bool            // the side list is folded away

	list  *kit.List
	stage stage
	heads accountHeads
	bar   *accountsBar
	side  *accountsSide
	main  *fyne.Container
}

func newAccounts(w *window, _ route) page {
	p := &accounts{w: w, choice: accountChoice{view: viewAll}, list: kit.NewList(), marked: map[string]bool{}}
	p.course = newAccountCourses(p)
	p.fillList()
	p.stage = newStage(p.list)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.heads = newAccountHeads(p.sortBy)
	p.bar = newAccountsBar(p)
	p.side = newAccountsSide(p)
	p.main = filled(p.bar.view, p.heads.view, p.stage.box)
	return p
}

func (p *accounts) title() string { return "Accounts" }
func (p *accounts) panes() panes {
	return panes{side: p.side.view, sideWidth: 216, main: p.main}
}
func (p *accounts) focus() { p.list.Take() }

// account is the one whose row is current.
func (p *accounts) account() string { return p.chosen }

func (p *accounts) load() {
	bridge.Load(p.w.bg, &p.slot, p.w.askAccounts, func(a accountsAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			p.choice.about = data.FilterContext{Now: p.w.now(), User: a.you.Name}
			p.stand()
			p.draw()
			p.loadStands()
		}
	})
}

// loadStands asks how the accounts stand; what was known before is shown until
// the answer comes.
func (p *accounts) loadStands() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.later, func(ctx context.Context) (map[string]data.AccountStand, error) { return p.w.db.AccountStands(ctx, now) },
		func(stands map[string]data.AccountStand, err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			p.stands = stands
			p.stand()
			p.draw()
			p.course.ask()
			p.loadSums()
		})
}

// loadSums asks what the accounts of each tier bring and take.
func (p *accounts) loadSums() {
	now := p.w.now()
	bridge.Load(p.w.bg, &p.adding, func(ctx context.Context) (map[data.Tier]data.TierSum, error) { return p.w.db.TierSums(ctx, now) },
		func(sums map[data.Tier]data.TierSum, err error) {
			if err != nil {
				p.w.fail(err)
				return
			}
			p.sums = sums
			p.list.Refresh()
		})
}

// headNote is what a tier brings and takes, or its rhythm where that is not known;
// nothing until the answer came, and nothing of accounts that were left.
func (p *accounts) headNote(t data.Tier) string {
	if p.sums == nil || p.choice.view.key == viewLeft.key {
		return ""
	}
	return cmp.Or(p.sums[t].Words(), fmt.Sprintf("every %d days", p.answer.rhythm.Days(t)))
}

// stand puts what is known of how the accounts stand into the list.
func (p *accounts) stand() {
	p.answer.measured = p.stands != nil
	for i := range p.answer.entries {
		e := &p.answer.entries[i]
		e.Stand, e.Known = p.stands[e.ID]
	}
}

// minute draws anew how long ago everything was.
func (p *accounts) minute() { p.load() }

func (p *accounts) folded(side, _ bool) {
	p.folds = side
	p.bar.fold(side)
	p.heads.fold(side)
	p.draw()
}

// draw shows what is chosen of the answer.
func (p *accounts) draw() {
	if !p.asked {
		return
	}
	p.side.draw(p.answer, p.choice)
	p.forgetGone()
	p.bar.draw(p.choice, len(p.marked))
	p.heads.draw(p.choice)
	p.lines = p.choice.lines(p.answer.of(p.choice.view), !p.folds)
	p.list.Keep(p.rowOf(p.chosen))
	if p.list.Current() < 0 {
		p.list.Select(0)
	}
	p.moved(p.list.Current())
	p.stage.show(p.content())
	p.w.keepFocus(p)
}

// content is the list, or why it is empty.
func (p *accounts) content() fyne.CanvasObject {
	switch {
	case len(p.lines) > 0:
		return p.list
	case len(p.answer.entries)+len(p.answer.archived) == 0:
		actions := []fyne.CanvasObject{kit.NewButton(kit.Primary, "Add an account", p.add).WithIcon("plus").WithKey("N"),
			kit.NewButton(kit.Plain, "Import a list", func() { p.w.open(route{place: placeImport}) }).WithIcon("package-open")}
		if makerOf(placeFiling) != nil {
			actions = append(actions, kit.NewButton(kit.Ghost, "Go to Filing", func() { p.w.open(route{place: placeFiling}) }))
		}
		return kit.NewEmpty(kit.NewCirclesSmall(), "No accounts yet",
			"An account is a customer that you look after. Add one with its mail domain, or let Filing propose them from your mail.", actions...)
	}
	if _, err := p.choice.filter(); err != nil {
		what, _ := troubleWords(err)
		return kit.NewEmpty(kit.NewIcon("search", 36, kit.Ink3), "This filter cannot be read yet", what+".",
			kit.NewButton(kit.Plain, "Show all accounts", p.clear).WithKey("Esc"))
	}
	all := kit.NewButton(kit.Plain, "Show all accounts", p.clear).WithKey("Esc")
	switch {
	case p.needsStand() && !p.answer.measured:
		return reading()
	case p.choice.view.key == viewLeft.key && !p.choice.narrowed():
		return kit.NewEmpty(kit.NewIcon("archive", 36, kit.Ink3), "Nothing is archived", "An account that you left well is kept here.", all)
	case len(p.answer.entries) == 0 && p.choice.view.key == viewAll.key:
		return kit.NewEmpty(kit.NewIcon("archive", 36, kit.Ink3), "All accounts are archived", "They are kept under Archived; each can be brought back.",
			kit.NewButton(kit.Plain, "Show the archived accounts", func() { p.look(viewLeft) }))
	case p.choice.narrowed() || p.choice.view.saved != "":
		return kit.NewEmpty(kit.NewIcon("search", 36, kit.Ink3), "Nothing fits", "No account has all of what you chose.", all)
	case p.choice.view.care:
		return kit.NewDone("coffee", careDone[p.choice.view.key], "Whoever needs care is listed here.", all)
	}
	return kit.NewEmpty(kit.NewCirclesSmall(), "None of them is yours", "You own an account when its owner has your name.", all)
}

// careDone is the praise where nobody needs a kind of care.
var careDone = map[string]string{
	viewCool.key: "Nobody is cooling", viewLate.key: "No promise is overdue", viewNever.key: "You have met everybody who decides", viewOne.key: "Nothing hangs on one person",
}

// needsStand says whether the choice waits for how accounts stand.
func (p *accounts) needsStand() bool {
	f, err := p.choice.filter()
	return err == nil && f.NeedsStand()
}

func (p *accounts) fillList() {
	l := p.list
	l.Square = true
	l.Count = func() int { return len(p.lines) }
	l.Skip = func(row int) bool { return p.lines[row].head }
	l.Kind = func(row int) kit.RowKind {
		switch {
		case p.lines[row].head:
			return accountTier
		case p.folds:
			return accountNarrow
		}
		return accountWide
	}
	l.Height = func(row int) float32 {
		if p.lines[row].head {
			return kit.Scaled(34)
		}
		return kit.Scaled(48)
	}
	l.Create = func(kind kit.RowKind) fyne.CanvasObject {
		if kind == accountTier {
			return newAccountGroup()
		}
		return newAccountRow(kind == accountNarrow, p.toggle)
	}
	l.Update = func(row int, o fyne.CanvasObject, current bool) {
		switch o := o.(type) {
		case *accountGroup:
			o.set(p.lines[row], p.headNote(p.lines[row].tier))
		case *accountRow:
			e := p.lines[row].row
			o.set(e, p.course.of(e), p.marked[e.ID], p.answer.you, p.w.now(), current)
		}
	}
	l.OnMove = p.moved
	l.OnKey = p.markKey
	l.OnOpen = func(int) { p.open() }
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.rowCommands()...) }
}

func (p *accounts) moved(row int) {
	if row >= 0 && row < len(p.lines) {
		p.chosen = p.lines[row].row.ID
	}
}

// rowOf is the row of an account, -1 when it is not listed.
func (p *accounts) rowOf(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(p.lines, func(l accountLine) bool { return !l.head && l.row.ID == id })
}

// current is the account of the current row.
func (p *accounts) current() (data.AccountEntry, bool) {
	if row := p.list.Current(); row >= 0 && row < len(p.lines) && !p.lines[row].head {
		return p.lines[row].row, true
	}
	return data.AccountEntry{}, false
}

func (p *accounts) open() {
	if a, ok := p.current(); ok {
		p.w.open(route{place: placeAccount, id: a.ID})
	}
}

func (p *accounts) look(v accountView) {
	p.choice.view = v
	p.w.showSide(false)
	p.draw()
	p.focus()
	p.w.refreshChrome()
}

// sortBy sorts by a column; a second time from the other end.
func (p *accounts) sortBy(s accountSort) {
	p.choice.back = p.choice.sort == s && !p.choice.back
	p.choice.sort = s
	p.draw()
}

func (p *accounts) filter(typed string) {
	p.choice.typed = typed
	p.draw()
}

// clear shows all accounts again.
func (p *accounts) clear() {
	p.choice = accountChoice{view: viewAll, sort: p.choice.sort, back: p.choice.back, about: p.choice.about}
	clear(p.marked)
	p.bar.field.SetText("")
	p.draw()
	p.focus()
}

func (p *accounts) add() { p.w.editAccount(data.Account{}, nil) }

func (p *accounts) hints() []hint {
	if p.choice.view.key == viewLeft.key {
		return []hint{{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open"}, {[]string{"U"}, "bring back"}, {[]string{"Esc"}, "all accounts"}}
	}
	return []hint{{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "open"}, {[]string{"X"}, "mark"}, {[]string{"C"}, "log a contact"}, {[]string{"/"}, "filter"}}
}

func (p *accounts) commands() []command {
	list := append(moveCommands(p.list),
		command{name: "New account", words: "add customer create", icon: "plus", key: "N", do: p.add},
		command{name: "Filter the accounts", words: "search narrow find", icon: "list-filter", key: "/", do: func() { p.w.focus(p.bar.field.Focusable()) }},
		command{name: "Show all accounts", words: "clear filter reset", icon: "list", key: "Esc",
			when: func() bool { return p.choice.narrowed() || p.choice.view != viewAll || len(p.marked) > 0 }, do: p.clear},
	)
	list = append(list, command{name: "Show the archived accounts", words: "left wound down let go old", icon: "archive", when: func() bool { return len(p.answer.archived) > 0 }, do: func() { p.look(viewLeft) }})
	for _, s := range accountSorts {
		list = append(list, command{name: "Sort accounts by " + strings.ToLower(s.name), words: "order column", icon: "arrow-down", do: func() { p.sortBy(s.sort) }})
	}
	list = append(list, command{name: "Save this view", words: "selection filter keep", icon: "bookmark", chord: primary(fyne.KeyS), do: p.save})
	list = append(append(list, p.savedCommands()...), p.markCommands()...)
	return append(list, p.rowCommands()...)
}

// rowCommands are what can be done with the current account.
func (p *accounts) rowCommands() []command {
	any := func() bool { _, ok := p.current(); return ok }
	with := func(do func(data.Account)) func() {
		return func() {
			if a, ok := p.current(); ok {
				do(a.Account)
			}
		}
	}
	return []command{
		{name: "Open this account", words: "go to", icon: "arrow-right", when: any, do: p.open},
		{name: "Open its timeline", words: "history mails", icon: "history", key: "T", when: any,
			do: with(func(a data.Account) { p.w.openAt(route{place: placeAccount, id: a.ID}, target{tab: tabTimeline}) })},
		{name: "Edit this account", words: "change rename tier owner domain", icon: "pen-line", key: "E", when: any,
			do: with(func(a data.Account) { p.w.editAccount(a, nil) })},
		{name: "Bring this account back", words: "unarchive restore", icon: "rotate-ccw", key: "U",
			when: func() bool { a, ok := p.current(); return ok && a.Archived != "" }, do: with(func(a data.Account) { p.w.unarchive(a) })},
		{name: "Delete this account", words: "remove", icon: "x", key: "Delete", when: any,
			do: with(func(a data.Account) { p.w.deleteAccount(a, nil) })},
	}
}
