package app

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// accountMarks is the line over the list while accounts are marked: what can be
// changed for all of them.
type accountMarks struct {
	p                 *accounts
	view              fyne.CanvasObject
	words             *kit.Text
	tier, owner, mode *kit.Button
}

func newAccountMarks(p *accounts) *accountMarks {
	m := &accountMarks{p: p, words: kit.NewText(kit.BodyBold, "").Bending()}
	m.tier = kit.NewButton(kit.Plain, "Tier", func() { p.w.menuAt(under(m.tier), p.tierCommands()...) }).WithIcon("flag")
	m.owner = kit.NewButton(kit.Plain, "Owner", func() { p.w.menuAt(under(m.owner), p.ownerCommands()...) }).WithIcon("user-round")
	m.mode = kit.NewButton(kit.Plain, "Mode", func() { p.w.menuAt(under(m.mode), p.modeCommands()...) }).WithIcon("compass")
	clear := kit.NewButton(kit.Ghost, "Clear marks", p.clearMarks).WithKey("Esc")
	m.view = kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()}, m.words, m.tier, m.owner, m.mode, kit.NewSpring(), clear)
	return m
}

func (m *accountMarks) draw(n int) {
	m.words.Set(data.Counted(n, "account", "accounts") + " marked:")
	m.view.Refresh()
}

// toggle marks an account, or takes its mark away.
func (p *accounts) toggle(id string) {
	if p.marked[id] {
		delete(p.marked, id)
	} else {
		p.marked[id] = true
	}
	p.draw()
}

// markHere toggles the current row and goes on to the next.
func (p *accounts) markHere() {
	if e, ok := p.current(); ok {
		p.toggle(e.ID)
		p.list.Next(1)
	}
}

// markKey marks the rows that Shift and an arrow pass.
func (p *accounts) markKey(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[e.Name]
	if by == 0 || !shiftHeld() {
		return false
	}
	p.markAlong(by)
	return true
}

func (p *accounts) markAlong(by int) {
	if e, ok := p.current(); ok {
		p.marked[e.ID] = true
	}
	p.list.Next(by)
	if e, ok := p.current(); ok {
		p.marked[e.ID] = true
	}
	p.draw()
}

func (p *accounts) clearMarks() {
	clear(p.marked)
	p.draw()
	p.focus()
}

// forgetGone takes the marks of accounts away that are not there any more.
func (p *accounts) forgetGone() {
	all := slices.Concat(p.answer.entries, p.answer.archived)
	for id := range p.marked {
		if !slices.ContainsFunc(all, func(e data.AccountEntry) bool { return e.ID == id }) {
			delete(p.marked, id)
		}
	}
}

// change changes all that are marked, with one undo.
func (p *accounts) change(what string, do func(*data.Account)) {
	ids := make([]string, 0, len(p.marked))
	for id := range p.marked {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	p.w.write(fmt.Sprintf("%s for %s", what, data.Counted(len(ids), "account", "accounts")), func(tx *store.Tx) error {
		for _, id := range ids {
			if err := tx.ChangeAccount(id, do); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}

// markCommands are what can be done with marks.
func (p *accounts) markCommands() []command {
	any := func() bool { return len(p.marked) > 0 }
	here := func() bool { _, ok := p.current(); return ok }
	list := []command{
		{name: "Mark this account", words: "select several bulk", icon: "check", key: "X", when: here, do: p.markHere},
		{name: "Mark all that are listed", words: "select everything bulk", icon: "check-check", when: here, do: func() {
			for _, l := range p.lines {
				if !l.head {
					p.marked[l.row.ID] = true
				}
			}
			p.draw()
		}},
		{name: "Clear the marks", words: "unselect none", icon: "x", when: any, do: p.clearMarks},
	}
	for _, c := range slices.Concat(p.tierCommands(), p.modeCommands()) {
		c.when = any
		c.words = "bulk marked change"
		list = append(list, c)
	}
	return list
}

func (p *accounts) tierCommands() (list []command) {
	for _, t := range append(slices.Clone(data.Tiers), "") {
		name := "No tier"
		if t != "" {
			name = "Tier " + string(t)
		}
		list = append(list, command{name: "Set " + inSetting(name) + " for the marked", icon: "flag", do: func() {
			on := p.w.now().Format(time.DateOnly)
			p.change(name+" set", func(a *data.Account) {
				if a.Tier != t {
					a.Tier, a.TierOn, a.TierWhy = t, on, ""
				}
			})
		}})
	}
	return list
}

// inSetting is a name within "Set … for the marked".
func inSetting(name string) string {
	if name == "No tier" {
		return "no tier"
	}
	return "tier " + name[len("Tier "):]
}

func (p *accounts) modeCommands() (list []command) {
	for _, m := range data.Modes {
		list = append(list, command{name: "Set mode " + string(m) + " for the marked", icon: "compass", do: func() {
			p.change("Mode "+string(m)+" set", func(a *data.Account) { a.Mode = m })
		}})
	}
	return list
}

func (p *accounts) ownerCommands() (list []command) {
	for _, name := range ownersOf(p.answer.entries) {
		list = append(list, command{name: name, do: func() { p.setOwner(name) }})
	}
	return append(list, command{name: "Somebody else…", do: p.askOwner}, command{name: "Nobody", do: func() { p.setOwner("") }})
}

func (p *accounts) setOwner(name string) {
	what := name + " owner"
	if name == "" {
		what = "No owner"
	}
	p.change(what, func(a *data.Account) { a.Owner = name })
}

func (p *accounts) askOwner() {
	f := newForm(p.w.bg)
	field := f.field("Owner", kit.NewField("who of you looks after them"))
	p.w.dialog(f, "user-round", "Owner of "+data.Counted(len(p.marked), "account", "accounts"), "Set", func() {
		p.w.dismiss()
		p.setOwner(field.Text())
	})
}
