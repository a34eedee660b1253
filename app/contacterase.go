package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// wouldErase is what erasing a contact takes away.
type wouldErase struct {
	things []data.ThingRef
	spaces []string // names of those that have something of them
}

// erase asks whether to erase the person for good, and shows before what goes, and
// what that cannot reach.
func (p *contactPage) erase() {
	w, c := p.w, p.answer.Contact
	if w.frozen() {
		return
	}
	f := newForm(w.bg)
	bridge.Load(w.bg, &f.slot, func(ctx context.Context) (e wouldErase, err error) {
		if e.things, err = w.db.WouldErase(ctx, c.ID); err != nil {
			return e, err
		}
		e.spaces, err = w.db.SpacesOf(ctx, e.things)
		return e, err
	}, func(e wouldErase, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case w.page() == page(p): // nobody went on
			p.askErase(f, c, e)
		}
	})
}

// askErase shows what would go. The keyboard is on what does nothing, and no key
// erases.
func (p *contactPage) askErase(f *form, c data.Contact, e wouldErase) {
	w := p.w
	counts := map[string]int{}
	for _, t := range e.things {
		counts[t.Kind]++
	}
	part := func(head, words string) fyne.CanvasObject {
		return kit.NewStack(2, kit.NewText(kit.BodyBold, head), kit.NewParagraph(kit.Body, kit.Ink2, words))
	}
	f.rows = []fyne.CanvasObject{part("What goes", upperFirst(data.CountedKinds(counts))+": what stands of "+data.FirstName(c.Name)+" alone. It leaves this workspace, its history, and what undo could bring back.")}
	if len(e.spaces) > 0 {
		f.rows = append(f.rows, part("From whom", "From the members of "+data.JoinAnd(e.spaces)+" too, each with their next exchanges; what was sealed is sealed anew without it."))
	}
	f.rows = append(f.rows, part("What cannot be reached", strings.Join(beyondErasing(len(e.spaces) > 0), " ")),
		kit.NewInfoBox(kit.Caution, "triangle-alert", "It cannot be undone."))
	keep := kit.NewButton(kit.Primary, "Keep "+data.FirstName(c.Name), w.dismiss).WithKey("Esc")
	var o *kit.Overlay
	yes := kit.NewButton(kit.Plain, "Yes, erase for good", func() { p.eraseNow(f, c, func() { o.Close() }) })
	o = kit.NewOverlay(kit.DialogWidth, kit.NewDialog("eye-off", kit.Late, "Erase "+c.Name+" for good", f.body(), "", yes, keep))
	f.changed, f.buttons = o.Relayout, yes
	w.pop(o, keep)
}

// beyondErasing says what erasing leaves.
func beyondErasing(shared bool) []string {
	list := []string{"Mails and notes that mention them stay; “" + neverAgainName + "” on a mail of theirs forgets their mail. Copies of this workspace that you made stay as they are."}
	if shared {
		list = append(list, "What others read or copied stays with them, and a laptop that never exchanges again keeps what it has. On a hub the old pieces stay until whoever runs it takes them away: rapport hub tidy.")
	}
	return list
}

// eraseNow erases, and leaves the page of the person who is gone.
func (p *contactPage) eraseNow(f *form, c data.Contact, shut func()) {
	w := p.w
	if w.frozen() {
		return
	}
	f.say(nil)
	f.wait.Set("Erasing, and writing the workspace anew")
	f.buttons.Hide()
	f.changed()
	bridge.Act(w.bg, func(ctx context.Context) error { return w.db.ErasePerson(ctx, c.ID) }, func(err error) {
		f.buttons.Show()
		if err != nil {
			f.say(err)
			return
		}
		shut()
		if w.page() == page(p) {
			w.up()
		}
		w.reload()
		w.say(c.Name + " is erased")
	})
}
