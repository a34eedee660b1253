package app

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// merge asks with whom the contact is one, then shows what would become of them.
func (p *contactPage) merge() {
	p.w.chooseContact("Who is the same person as "+p.answer.Contact.Name+"?", p.id, func(c data.Contact) { p.w.askMerge(p.id, c.ID) })
}

// askMerge compares two contacts and makes them one when the person says so. keep
// stays; the person may turn them round.
func (w *window) askMerge(keep, gone string) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.MergePlan, error) { return w.db.MergePlan(ctx, keep, gone) },
		func(plan data.MergePlan, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.showMerge(plan)
		})
}

func (w *window) showMerge(plan data.MergePlan) {
	var o *kit.Overlay
	turn := kit.NewButton(kit.Plain, "Keep "+data.FirstName(plan.Gone.Name)+" instead", func() {
		o.Close()
		w.askMerge(plan.Gone.ID, plan.Keep.ID)
	})
	if plan.Keep.Name == plan.Gone.Name {
		turn.SetText("Keep the other one")
	}
	yes := kit.NewButton(kit.Primary, "Make them one", func() {
		o.Close()
		w.mergeContacts(plan)
	}).WithKey("Enter")
	o = kit.NewOverlay(composeWidth, kit.NewStack(0, kit.NewDialog("git-merge", kit.Ours, "Make one contact of two", mergeBody(plan),
		"Undo with "+undoKeys+", or part them later", turn, yes)))
	w.pop(o, yes)
}

// mergeBody is what both have, and what the one has that they become.
func mergeBody(plan data.MergePlan) fyne.CanvasObject {
	cols := []kit.Col{kit.Fixed(78).AtTop(), kit.Flex(1).AtTop(), kit.Flex(1).AtTop(), kit.Flex(1).AtTop()}
	rows := []fyne.CanvasObject{kit.NewColumns(12, cols, kit.NewSpring(), kit.NewText(kit.SmallBold, "Stays").Bending(),
		kit.NewText(kit.SmallBold, "Goes").Bending(), kit.NewText(kit.SmallBold, "Becomes").In(kit.Accent).Bending()), kit.NewHairline()}
	cell := func(words string, of string) fyne.CanvasObject {
		tint := kit.Ink
		if words == "" {
			words, tint = "–", kit.Ink3
		} else if words != of {
			tint = kit.Ink2
		}
		return kit.NewParagraph(kit.Small, tint, strings.ReplaceAll(words, ", ", ",\n")).AtMost(4)
	}
	for _, l := range plan.Lines {
		rows = append(rows, kit.NewColumns(12, cols, kit.NewText(kit.Small, l.What).In(kit.Ink2).Bending(), cell(l.Keep, l.After), cell(l.Gone, l.After), cell(l.After, l.After)), kit.NewHairline())
	}
	for _, words := range mergeWords(plan) {
		rows = append(rows, kit.NewParagraph(kit.Small, kit.Ink2, words))
	}
	return kit.NewStack(7, rows...)
}

// mergeWords say what moves, what both have, and what nobody keeps.
func mergeWords(plan data.MergePlan) (list []string) {
	name := data.FirstName(plan.Keep.Name)
	if moves := plan.Counts(); moves != "" {
		list = append(list, upperFirst(moves)+" of the one who goes will name "+name+".")
	} else {
		list = append(list, "Nothing else names the one who goes. Mail and meetings follow their addresses.")
	}
	if n := len(plan.Aside); n > 0 {
		list = append(list, data.Counted(n, "thing that both have is", "things that both have are")+" kept once.")
	}
	if plan.Place.Account != "" {
		list = append(list, "Where the other one works is kept as a place of theirs.")
	}
	if len(plan.Left) > 0 {
		list = append(list, "Not kept: "+strings.Join(plan.Left, ", ")+".")
	}
	return list
}

// mergeContacts makes two contacts one, and opens the page of the one who stays.
func (w *window) mergeContacts(plan data.MergePlan) {
	w.write(plan.Gone.Name+" is one with "+plan.Keep.Name+" now", func(tx *store.Tx) error {
		_, _, err := tx.MergeContacts(plan.Keep.ID, plan.Gone.ID)
		return err
	}, func() { w.openContact(plan.Keep.ID) })
}

// askUnmerge shows what parting two contacts again would do, and does it when the
// person says so.
func (w *window) askUnmerge(m data.Merge) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.UnmergePlan, error) { return w.db.UnmergePlan(ctx, m) },
		func(plan data.UnmergePlan, err error) {
			if err != nil {
				w.fail(err)
				return
			}
			w.showUnmerge(m, plan)
		})
}

func (w *window) showUnmerge(m data.Merge, plan data.UnmergePlan) {
	words := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, plan.Gone.Name+" becomes a contact of their own again, with "+
		addressesOr(plan.Gone)+" and "+data.Counted(len(plan.Moved), "thing", "things")+" that had been theirs.")}
	for _, s := range plan.Stays {
		words = append(words, kit.NewParagraph(kit.Small, kit.Ink2, upperFirst(s)+"."))
	}
	var o *kit.Overlay
	no := kit.NewButton(kit.Plain, "Leave them one", func() { o.Close() })
	yes := kit.NewButton(kit.Primary, "Part them", func() {
		o.Close()
		w.write(plan.Gone.Name+" parted from "+plan.Keep.Name, func(tx *store.Tx) error {
			_, err := tx.UnmergeContacts(m)
			return err
		}, nil)
	}).WithKey("Enter")
	o = kit.NewOverlay(kit.DialogWidth, kit.NewStack(0, kit.NewDialog("git-merge", kit.Ours, "Part "+plan.Gone.Name+" from "+plan.Keep.Name, kit.NewStack(6, words...),
		"Undo with "+undoKeys, no, yes)))
	w.pop(o, yes)
}

func addressesOr(c data.Contact) string {
	if len(c.Emails) == 0 {
		return "no address"
	}
	return data.JoinAnd(c.Emails)
}

// contactsOffered is how many contacts the floating list names.
const contactsOffered = 8

// choosable are the contacts that can be chosen, with the names of their
// accounts by Account.ID.
type choosable struct {
	contacts []data.Contact
	accounts map[string]string
}

// chooseContact lets the person choose a contact by typing; without is left out.
func (w *window) chooseContact(title, without string, then func(data.Contact)) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (c choosable, err error) {
		accounts, err := w.db.Accounts(ctx)
		if err != nil {
			return c, err
		}
		c.accounts = map[string]string{}
		for _, a := range accounts {
			c.accounts[a.ID] = a.Name
		}
		c.contacts, err = w.db.Contacts(ctx, "")
		return c, err
	}, func(c choosable, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.offerContacts(title, without, c, then)
	})
}

func (w *window) offerContacts(title, without string, all choosable, then func(data.Contact)) {
	view := kit.NewPalette(title)
	frame := kit.NewOverlay(kit.PaletteWidth, view)
	var found []data.Contact
	view.OnType = func(typed string) {
		words := queryWords(typed)
		var rows []kit.PaletteRow
		found = nil
		for _, c := range all.contacts {
			where := all.accounts[c.AccountID]
			if len(found) == contactsOffered {
				break
			}
			if c.ID == without || !matches(c.Name+" "+where+" "+strings.Join(c.Emails, " "), words) {
				continue
			}
			found = append(found, c)
			rows = append(rows, kit.PaletteRow{Initials: data.Initials(c.Name), Person: true, Tone: toneOf(c.Side), Spans: described(c.Name, words, joinDots(where, strings.Join(c.Emails, ", ")))})
		}
		if len(rows) == 0 {
			rows = []kit.PaletteRow{{Group: "Nobody is called that"}}
		}
		view.SetRows(rows, "")
		frame.Relayout()
	}
	view.OnEscape = frame.Close
	view.OnChoose = func(row int) {
		if row < len(found) {
			frame.Close()
			then(found[row])
		}
	}
	view.OnType("")
	w.pop(frame, view.Focusable())
}
