package app

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// peopleMarks is the line over the list while people are marked: what can be done
// with all of them.
type peopleMarks struct {
	l     *peopleList
	view  fyne.CanvasObject
	words *kit.Text
	role  *kit.Button
}

func newPeopleMarks(l *peopleList) *peopleMarks {
	m := &peopleMarks{l: l, words: kit.NewText(kit.BodyBold, "").Bending()}
	m.role = kit.NewButton(kit.Plain, "Give a role", func() { l.t.p.w.menuAt(under(m.role), m.roles()...) }).WithIcon("flag")
	write := kit.NewButton(kit.Plain, "Write", m.write).WithIcon("pen-line")
	copied := kit.NewButton(kit.Plain, "Copy addresses", m.copy).WithIcon("copy")
	remove := kit.NewButton(kit.Plain, "Delete", m.remove).WithIcon("x")
	none := kit.NewButton(kit.Ghost, "Clear marks", l.clearMarks).WithKey("Esc")
	m.view = kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit()}, m.words, m.role, write, copied, remove, kit.NewSpring(), none)
	return m
}

func (m *peopleMarks) draw(n int) {
	m.words.Set(data.Counted(n, "person", "people") + " marked:")
	m.view.Refresh()
}

// toggle marks somebody, or takes their mark away.
func (l *peopleList) toggle(key string) {
	if l.marked[key] {
		delete(l.marked, key)
	} else {
		l.marked[key] = true
	}
	l.t.drawList()
}

// markHere toggles the current row and goes on to the next.
func (l *peopleList) markHere() {
	if row := l.list.Current(); row >= 0 && row < len(l.rows) {
		l.toggle(l.rows[row].Key())
		l.list.Next(1)
	}
}

// markKey marks the rows that Shift and an arrow pass.
func (l *peopleList) markKey(e *fyne.KeyEvent) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[e.Name]
	if by == 0 || !shiftHeld() {
		return false
	}
	l.markAlong(by)
	return true
}

func (l *peopleList) markAlong(by int) {
	for _, step := range []int{0, by} {
		if step != 0 {
			l.list.Next(step)
		}
		if row := l.list.Current(); row >= 0 && row < len(l.rows) {
			l.marked[l.rows[row].Key()] = true
		}
	}
	l.t.drawList()
}

func (l *peopleList) markAll() {
	for _, e := range l.rows {
		l.marked[e.Key()] = true
	}
	l.t.drawList()
}

func (l *peopleList) clearMarks() {
	clear(l.marked)
	l.t.drawList()
	l.t.focus()
}

// people are those who are marked and not ours, in the order of the account's.
func (m *peopleMarks) people() (list []data.ContactStanding) {
	for _, c := range m.l.t.in.Contacts {
		if m.l.marked[c.Contact.ID] {
			list = append(list, c)
		}
	}
	return list
}

// actions are what can be done with the marked.
func (m *peopleMarks) actions() []command {
	list := []command{
		{name: "Clear the marks", words: "unselect none", icon: "x", do: m.l.clearMarks},
		{name: "Write to the marked", words: "mail draft several", icon: "pen-line", do: m.write},
		{name: "Copy the addresses of the marked", words: "clipboard mail", icon: "copy", do: m.copy},
		{name: "Delete the marked people", words: "remove contacts", icon: "x", do: m.remove},
	}
	for _, c := range m.roles() {
		c.name, c.icon = "Give the marked the role "+strings.ToLower(c.name), "flag"
		list = append(list, c)
	}
	return list
}

// roles are commands that give everybody who is marked a role, with one undo.
func (m *peopleMarks) roles() (list []command) {
	for _, r := range data.Roles {
		list = append(list, command{name: upperFirst(string(r)), do: func() { m.give(r) }})
	}
	return list
}

func (m *peopleMarks) give(r data.Role) {
	people := m.people()
	if len(people) == 0 {
		m.l.t.p.w.say("Only people of theirs and of partners have roles here")
		return
	}
	m.l.t.p.w.write(upperFirst(string(r))+": "+data.Counted(len(people), "person", "people"), func(tx *store.Tx) error {
		for _, c := range people {
			s := c.Stakeholder
			if s.Is(r) {
				continue
			}
			if s.ID == "" {
				s.Belongs, s.Influence = data.Belongs{Account: c.Contact.AccountID, Contact: c.Contact.ID}, 50
			}
			s.Roles = append(slices.Clone(s.Roles), r)
			if _, err := store.PutPart(tx, s); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}

// addresses are those of the marked who have one.
func (m *peopleMarks) addresses() (list []data.Address) {
	for _, c := range m.people() {
		if len(c.Contact.Emails) > 0 {
			list = append(list, data.Address{Name: c.Contact.Name, Email: c.Contact.Emails[0]})
		}
	}
	return list
}

func (m *peopleMarks) write() {
	if to := m.addresses(); len(to) > 0 {
		m.l.t.p.w.writeToAll(to)
		return
	}
	m.l.t.p.w.say("None of them has an address")
}

func (m *peopleMarks) copy() {
	var lines []string
	for _, a := range m.addresses() {
		lines = append(lines, a.Email)
	}
	if len(lines) == 0 {
		m.l.t.p.w.say("None of them has an address")
		return
	}
	m.l.t.p.w.copy(strings.Join(lines, ", "))
}

func (m *peopleMarks) remove() {
	people := m.people()
	if len(people) == 0 {
		return
	}
	m.l.t.p.w.write(data.Counted(len(people), "person", "people")+" deleted", func(tx *store.Tx) error {
		for _, c := range people {
			if err := tx.DeleteContact(c.Contact.ID); err != nil {
				return err
			}
		}
		return nil
	}, nil)
}
