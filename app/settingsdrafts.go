package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// tabDrafts is the part of Settings with the drafts and where they may go.
const tabDrafts = "drafts"

// draftsShown is how many drafts are listed; older ones are rarely asked for.
const draftsShown = 100

// draftsAnswer is what the section shows.
type draftsAnswer struct {
	boxes   []data.Mailbox // those with a server
	allowed map[string]bool
	drafts  []data.Draft // but those that were sent
	more    int          // how many more there are
	entries []data.WaitingEntry
}

func (w *window) askDrafts(ctx context.Context) (a draftsAnswer, err error) {
	sources, err := gatherSources(ctx, w.db, nil)
	if err != nil {
		return a, err
	}
	a.allowed = map[string]bool{}
	for _, s := range sources {
		if !s.isMail() || s.imported() || s.sample {
			continue
		}
		a.boxes = append(a.boxes, s.mailbox)
		if a.allowed[s.mailbox.ID], err = w.db.DraftsAllowed(ctx, s.mailbox.ID); err != nil {
			return a, err
		}
	}
	if a.entries, err = w.db.WaitingEntries(ctx); err != nil {
		return a, err
	}
	all, err := w.db.Drafts(ctx)
	for _, d := range all {
		switch {
		case d.State() == data.DraftSent:
		case len(a.drafts) < draftsShown:
			a.drafts = append(a.drafts, d)
		default:
			a.more++
		}
	}
	return a, err
}

// newDraftsSection says which mailboxes may be given drafts, and how far each
// draft is.
func newDraftsSection(w *window) section {
	var slot bridge.Slot
	rows := kit.NewStack(0)
	s := plainSection(tabDrafts, "pen-line", "Drafts", "What you write here goes into your own Drafts folder, once you say so. Rapport sends nothing.", rows)
	s.load = func() {
		bridge.Load(w.bg, &slot, w.askDrafts, func(a draftsAnswer, err error) {
			if err != nil {
				rows.Set(failedView(err, s.load))
			} else {
				rows.Set(slices.Concat(w.entryRows(a.entries), w.draftSwitches(a), w.draftRows(a))...)
			}
			s.view.Refresh()
		})
	}
	return s
}

func (w *window) draftSwitches(a draftsAnswer) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, box := range a.boxes {
		list = append(list, kit.NewCheckbox("Rapport may put drafts into the Drafts folder of "+box.Address, a.allowed[box.ID], func(on bool) {
			word := "may"
			if !on {
				word = "may not"
			}
			w.write("Rapport "+word+" put drafts into the Drafts folder of "+box.Address, func(tx *store.Tx) error { return tx.AllowDrafts(box.ID, on) }, nil)
		}), kit.NewSpace(6))
	}
	if len(list) == 0 {
		list = append(list, kit.NewParagraph(kit.Body, kit.Ink3, "No mailbox with a server is connected; drafts open in your mail program instead."))
	}
	return append(list, kit.NewSpace(20))
}

func (w *window) draftRows(a draftsAnswer) []fyne.CanvasObject {
	list := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, "Not sent yet", data.Counted(len(a.drafts)+a.more, "draft", "drafts"), nil)}
	if len(a.drafts) == 0 {
		return append(list, kit.NewSpace(6), kit.NewParagraph(kit.Body, kit.Ink3, "No draft is under way. A on a mail or a person begins one."))
	}
	for _, d := range a.drafts {
		list = append(list, w.draftRow(d))
	}
	if a.more > 0 {
		list = append(list, kit.NewSpace(6), kit.NewNote(data.Counted(a.more, "older draft is", "older drafts are")+" listed by rapport draft list"))
	}
	return list
}

// draftRow is a draft: to whom, about what, how far it is, why it has not left
// and what can be done.
func (w *window) draftRow(d data.Draft) fyne.CanvasObject {
	subject := d.Subject
	if subject == "" {
		subject = "No subject"
	}
	words := []fyne.CanvasObject{
		kit.NewText(kit.BodyBold, d.ToWords()).Bending(), kit.NewText(kit.Small, subject).In(kit.Ink2).Bending(),
	}
	if d.Problem != "" && d.State() == data.DraftWait {
		words = append(words, kit.NewParagraph(kit.Small, kit.Alert, d.Problem+"."))
	}
	row := kit.NewColumns(14, []kit.Col{kit.Flex(1), kit.Fit(), kit.Fit(), kit.Fit()}, kit.NewStack(1, words...), draftTag(d, w), w.draftStep(d),
		kit.NewLink("Throw away", func() {
			w.write("Draft to "+d.ToWords()+" thrown away", func(tx *store.Tx) error { return tx.DeleteDraft(d.ID) }, nil)
		}))
	return kit.NewStack(0, kit.NewPad(8, 0, 8, 0, row), kit.NewHairline())
}

func draftTag(d data.Draft, w *window) fyne.CanvasObject {
	tone, icon := kit.Neutral, ""
	switch {
	case d.State() == data.DraftWait && d.Problem != "":
		tone, icon = kit.Late, "circle-alert"
	case d.State() == data.DraftPut:
		tone, icon = kit.Ours, "check"
	}
	return kit.NewTag(tone, icon, d.StateWords(w.now()))
}

// draftStep is what comes next for a draft.
func (w *window) draftStep(d data.Draft) fyne.CanvasObject {
	switch {
	case d.State() == data.DraftKept:
		return kit.NewLink("Go on writing", func() { w.openDraft(d) })
	case d.State() == data.DraftWait && w.canRead():
		return kit.NewLink("Try now", w.readNow)
	}
	return kit.NewSpring()
}

// openDrafts shows the drafts and how far they are.
func (w *window) openDrafts() { w.openAt(route{place: placeSettings}, target{tab: tabDrafts}) }
