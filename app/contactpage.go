package app

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// contactAnswer is what the page of a contact asks for.
type contactAnswer struct {
	data.Portrait
	you data.You
}

func (w *window) askContact(ctx context.Context, id string) (a contactAnswer, err error) {
	in, err := w.db.PortraitInput(ctx, id, w.now())
	if err != nil {
		return a, err
	}
	a.Portrait = data.ComposePortrait(in)
	a.you, err = askYou(ctx, w.db)
	return a, err
}

// contactPage is the page of one contact: how the relationship stands, what both
// sides promised, what is known of them and what is not; beside it how they are
// reached, how they like to work, and who knows them.
type contactPage struct {
	w      *window
	id     string
	slot   bridge.Slot
	asked  bool
	answer contactAnswer

	head  *contactHead
	list  *kit.List
	rows  []contactRow
	pane  *contactPane
	stage stage
	main  *fyne.Container
	// beside says that the keyboard was last in the pane.
	beside bool
}

func newContactPage(w *window, r route) page {
	p := &contactPage{w: w, id: r.id, list: kit.NewList()}
	p.head = newContactHead(p)
	p.fillList()
	p.pane = newContactPane(p)
	p.stage = newStage(kit.NewPad(0, 20, 0, 20, p.list))
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	p.head.whole = p.stage.box.Objects[0]
	return p
}

func (p *contactPage) title() string {
	if !p.asked {
		return "Contact"
	}
	return p.answer.Contact.Name
}

func (p *contactPage) panes() panes {
	return panes{main: p.main, inspector: p.pane.view, width: 332}
}

// account is the one that new things of the page belong to.
func (p *contactPage) account() string { return p.answer.Contact.AccountID }

func (p *contactPage) load() {
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (contactAnswer, error) { return p.w.askContact(ctx, p.id) },
		func(a contactAnswer, err error) {
			switch first := !p.asked || p.answer.Contact.Name != a.Contact.Name; {
			case errors.Is(err, data.ErrNotFound):
				p.asked = false
				p.stage.show(kit.NewEmpty(kit.NewIcon("user-round-x", 36, kit.Ink3), "This person is gone",
					"They were deleted, or made one with another contact. "+undoKeys+" brings them back.",
					kit.NewButton(kit.Plain, "All accounts", func() { p.w.open(route{place: placeAccounts}) })))
			case p.stage.answered(p.w, err, &p.asked, p.load):
				p.answer = a
				p.draw()
				if first && p.w.page() == p {
					p.w.refreshChrome()
				}
			}
		})
}

// draw shows the answer; the row with the keyboard stays where it is.
func (p *contactPage) draw() {
	p.head.draw()
	current, key := p.list.Current(), p.current().key
	p.rows = p.compose()
	at := slices.IndexFunc(p.rows, func(r contactRow) bool { return key != "" && r.key == key })
	if at < 0 {
		at = min(current, len(p.rows)-1)
	}
	top := p.list.Offset() == 0
	p.list.Keep(at)
	if current < 0 {
		p.list.Select(0)
	}
	if current < 0 || top {
		p.list.ToOffset(0)
	}
	p.pane.draw()
	p.stage.show(p.head.whole)
	p.w.keepFocus(p)
}

func (p *contactPage) minute() { p.load() }

func (p *contactPage) focus() {
	if p.inPane() {
		p.pane.list.Take()
		return
	}
	p.list.Take()
}

// inPane says whether the keyboard is in the pane, or was before something
// floated over the page.
func (p *contactPage) inPane() bool {
	switch p.w.canvas.Focused() {
	case p.list:
		p.beside = false
	case p.pane.list:
		p.beside = true
	}
	return p.beside
}

// current is the row that keys act on; zero for none.
func (p *contactPage) current() contactRow {
	if p.inPane() {
		return p.pane.current()
	}
	return rowAt(p.rows, p.list.Current())
}

func rowAt(rows []contactRow, at int) contactRow {
	if at >= 0 && at < len(rows) {
		return rows[at]
	}
	return contactRow{}
}

// toPane gives the keyboard to the pane.
func (p *contactPage) toPane() {
	p.w.showInspector(true)
	p.beside = true
	p.pane.list.Take()
}

// toMain gives it back.
func (p *contactPage) toMain() {
	p.w.showInspector(false)
	p.beside = false
	p.list.Take()
}

func (p *contactPage) hints() []hint {
	return []hint{{[]string{"J", "K"}, "move"}, {[]string{"Enter"}, "change"}, {[]string{"Space"}, "done"}, {[]string{"Shift P"}, "beside"}, {[]string{"A"}, "write"}, {[]string{"R"}, "receipts"}, {[]string{"N"}, "add"}}
}
