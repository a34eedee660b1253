package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/sync"
)

// choiceForm asks what of a mailbox is read, and what of it may be shared.
type choiceForm struct {
	*form
	before data.Mailbox
	spans  []data.Span // of the segments; the last segment is a day of one's own
	since  *kit.Segmented
	day    *kit.Field
	dayRow fyne.CanvasObject
	size   *kit.Segmented
	share  *kit.Segmented
	sizes  []int64
	now    func() time.Time

	folders []data.ServerFolder
	ticks   []*kit.Checkbox
	ticked  bool // a person ticked something
	list    *kit.Stack

	preview *kit.Stack
	mails   []data.ShareInput // the newest mails, for the preview
}

func newChoiceForm(bg *bridge.Bridge, now func() time.Time, m data.Mailbox) *choiceForm {
	f := &choiceForm{form: newForm(bg), before: m, now: now, list: kit.NewStack(4), preview: kit.NewStack(0)}
	f.since = kit.NewSegmented(f.spansFor(m.Span()), 0, func(int) { f.turn() })
	f.day = kit.NewField("2025-01-31")
	f.add("How far back", kit.NewRow(0, f.since))
	f.add("", f.day)
	f.dayRow = f.rows[len(f.rows)-1]
	f.fields = append(f.fields, f.day)
	f.rows = append(f.rows, kit.NewColumns(12, []kit.Col{kit.Fixed(labelWidth).AtTop(), kit.Flex(1)},
		kit.NewPad(2, 0, 0, 0, kit.NewText(kit.Body, "Folders").In(kit.Ink2).Bending()), tall(150, kit.NewScroll(f.list))))
	f.size = kit.NewSegmented(f.sizesFor(m.WholeUpTo()), 0, nil)
	f.add("Whole up to", kit.NewRow(0, f.size))
	f.rows = append(f.rows, kit.NewParagraph(kit.Small, kit.Ink3, "Of a larger mail the beginning is read: what was said stands there. None is left out for its size, and the rest comes when you ask for it."))
	f.share = kit.NewSegmented([]string{"Nothing", "Who and when", "And subject", "And text"}, max(0, slices.Index(data.Shares, m.Share)), func(int) { f.draw() })
	f.add("To share", kit.NewRow(0, f.share))
	f.rows = append(f.rows, f.preview)
	f.since.On, f.size.On = f.spanOf(m), slices.Index(f.sizes, m.WholeUpTo())
	if f.since.On == len(f.spans) {
		f.day.SetText(m.Since)
	}
	f.list.Set(kit.NewNote("Asking the server for its folders"))
	f.turn()
	f.draw()
	return f
}

// spansFor names the spans to choose from: the usual ones, another number of
// months if that is chosen now, and a day of one's own.
func (f *choiceForm) spansFor(now data.Span) []string {
	f.spans = []data.Span{{Months: 12}, {Months: 24}, {}}
	names := []string{"12 months", "24 months", "All"}
	if now.Since == "" && !slices.Contains(f.spans, now) {
		f.spans, names = append(f.spans, now), append(names, data.Counted(now.Months, "month", "months"))
	}
	return append(names, "Since a day")
}

func (f *choiceForm) spanOf(m data.Mailbox) int {
	if i := slices.Index(f.spans, m.Span()); i >= 0 {
		return i
	}
	return len(f.spans)
}

// sizesFor names the sizes to choose from, and that which is chosen now.
func (f *choiceForm) sizesFor(now int64) []string {
	f.sizes = []int64{5 << 20, 10 << 20, data.DefaultMaxSize, 1 << 30}
	if !slices.Contains(f.sizes, now) {
		f.sizes = append(f.sizes, now)
	}
	var names []string
	for _, n := range f.sizes {
		names = append(names, limitWord(n))
	}
	return names
}

func mailsWord(n int) string {
	if n == 1 {
		return "1 mail"
	}
	return thousands(n) + " mails"
}

// limitWord is a size that was chosen, "25 MB".
func limitWord(n int64) string {
	return strings.NewReplacer("KB", " kB", "MB", " MB", "GB", " GB").Replace(data.SizeText(n))
}

// turn shows the field for a day where that is chosen.
func (f *choiceForm) turn() {
	if f.since.On == len(f.spans) {
		f.dayRow.Show()
	} else {
		f.dayRow.Hide()
	}
	if f.changed != nil {
		f.changed()
	}
}

// show lists the server's folders as ticks, or says why it cannot.
func (f *choiceForm) show(folders []data.ServerFolder, err error) {
	if err != nil {
		what, todo := troubleWords(err)
		f.list.Set(kit.NewParagraph(kit.Small, kit.Ink2, strings.TrimSuffix(what+". "+todo, ". ")+". What is read stays as it is."))
		return
	}
	f.folders, f.ticks = folders, nil
	var items []fyne.CanvasObject
	for _, folder := range folders {
		tick := kit.NewCheckbox(folder.Name, folder.Read, func(bool) { f.ticked = true })
		right := folder.Why
		if right == "" && folder.Mails >= 0 {
			right = mailsWord(folder.Mails)
		}
		if folder.Why == noMailOfItsOwn || folder.Why == notOnServer {
			tick.Disable()
		}
		f.ticks = append(f.ticks, tick)
		items = append(items, kit.NewPad(2, 10, 2, 2, kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Flex(1)}, tick, kit.NewText(kit.Small, right).In(kit.Ink3).Right().Bending())))
	}
	f.list.Set(items...)
}

// The reasons of folders that cannot be chosen.
const (
	noMailOfItsOwn = "it holds no mail of its own"
	notOnServer    = "the server has no folder of this name"
)

// draw shows what a colleague would see under the rule that is chosen.
func (f *choiceForm) draw() {
	rule := data.Shares[f.share.On]
	items := []fyne.CanvasObject{kit.NewParagraph(kit.Small, kit.Ink3, "This is the rule for mail of accounts that you share with a team. Mail with private contacts is never shared.")}
	for _, in := range f.mails {
		in.Mailboxes = []data.Share{rule}
		items = append(items, kit.NewSpace(6), shownTo(in, f.now()))
	}
	f.preview.Set(items...)
	if f.changed != nil {
		f.changed()
	}
}

// choice is the mailbox as it was chosen, or why it cannot be.
func (f *choiceForm) choice() (data.Mailbox, error) {
	m := f.before
	if f.since.On == len(f.spans) {
		span, err := data.ParseSpan(f.day.Text())
		if err != nil {
			return m, err
		}
		m = m.Reaching(span)
	} else {
		m = m.Reaching(f.spans[f.since.On])
	}
	if n := f.sizes[f.size.On]; n != m.WholeUpTo() {
		m.MaxSize = n
	}
	if rule := data.Shares[f.share.On]; rule != data.Strictest(m.Share) {
		m.Share = rule
	}
	if f.ticked {
		m.Folders, m.LeaveOut = f.ticksChosen()
	}
	return m, m.Check()
}

// ticksChosen are the folders to read and those to leave out. Where only folders
// were unticked that Rapport reads by itself, they are left out, so that folders
// that come later are read; else exactly those that are ticked are read.
func (f *choiceForm) ticksChosen() (read, out []string) {
	added := len(f.before.Folders) > 0
	for i, folder := range f.folders {
		on := f.ticks[i].On
		switch {
		case on:
			read = append(read, folder.Name)
			added = added || !folder.Read && !slices.Contains(f.before.LeaveOut, folder.Name)
		case folder.Read || slices.Contains(f.before.LeaveOut, folder.Name):
			out = append(out, folder.Name)
		}
	}
	if added {
		return read, nil
	}
	return nil, out
}

// shownTo is what a colleague would see of a mail, field by field, under what
// you see.
func shownTo(in data.ShareInput, now time.Time) fyne.CanvasObject {
	subject := in.Mail.Subject
	if subject == "" {
		subject = "No subject"
	}
	items := []fyne.CanvasObject{kit.NewText(kit.SmallBold, "Of “"+subject+"” a colleague would see").Bending()}
	s, leaves := data.Leaves(in)
	if !leaves {
		return kit.NewStack(2, append(items, kit.NewText(kit.Small, "Nothing").In(kit.Ink2))...)
	}
	for _, field := range data.SharedFields(s, now) {
		items = append(items, kit.NewColumns(10, []kit.Col{kit.Fixed(72).AtTop(), kit.Flex(1)},
			kit.NewText(kit.Small, field.Name).In(kit.Ink3), kit.NewParagraph(kit.Small, kit.Ink2, field.Value).AtMost(3)))
	}
	return kit.NewStack(2, items...)
}

// whatToRead opens the choice of what is read of the chosen mailbox.
func (s *sources) whatToRead() {
	c, ok := s.current()
	if !ok || !c.isMail() || c.imported() || c.sample {
		return
	}
	f := newChoiceForm(s.w.bg, s.w.now, c.mailbox)
	var asked, read bridge.Slot
	bridge.Load(s.w.bg, &asked, func(ctx context.Context) ([]data.ServerFolder, error) {
		if s.w.keys == nil {
			return nil, errNoKeyring
		}
		return sync.ServerFolders(ctx, s.w.db, s.w.keys, c.mailbox.ID)
	}, f.show)
	bridge.Load(s.w.bg, &read, func(ctx context.Context) ([]data.ShareInput, error) {
		return s.w.db.ShareInputs(ctx, c.mailbox.ID, previewed)
	},
		func(mails []data.ShareInput, _ error) { // without them the words alone stand there
			f.mails = mails
			f.draw()
		})
	s.w.popChoice("What to read of "+c.shown(), "Save", f, func() { s.saveChoice(f) }, func() { asked.Drop(); read.Drop() })
}

// previewed is how many mails show what a rule shares.
const previewed = 3

// popChoice shows the choice over the page.
func (w *window) popChoice(title, verb string, f *choiceForm, submit, closed func()) {
	cancel := kit.NewButton(kit.Plain, "Cancel", w.dismiss)
	save := kit.NewButton(kit.Primary, verb, submit)
	o := kit.NewOverlay(choiceWidth, kit.NewDialog("list-checks", kit.Neutral, title, f.body(), "", cancel, save))
	o.OnClose = func() { f.slot.Drop(); closed() }
	f.changed = o.Relayout
	f.day.OnSubmit = func(string) { submit() }
	w.pop(o, fyne.Focusable(save))
}

// choiceWidth is how wide the choice is over a page.
const choiceWidth = 620

// saveChoice keeps the choice. Where less is read than before, it asks first
// what becomes of the mails that are here.
func (s *sources) saveChoice(f *choiceForm) {
	m, err := f.choice()
	if err != nil {
		f.say(err)
		return
	}
	bridge.Load(s.w.bg, &f.slot, func(ctx context.Context) (data.Outside, error) {
		was, err := s.w.db.Outside(ctx, f.before)
		if err != nil {
			return was, err
		}
		o, err := s.w.db.Outside(ctx, m)
		if o.N() <= was.N() {
			o = data.Outside{}
		}
		return o, err
	}, func(o data.Outside, err error) {
		switch {
		case err != nil:
			f.say(err)
		case o.N() == 0:
			s.putChoice(f, m, false)
		default:
			s.askNarrower(f, m, o)
		}
	})
}

// askNarrower asks what becomes of mails that are here and are no longer read.
func (s *sources) askNarrower(f *choiceForm, m data.Mailbox, o data.Outside) {
	s.w.dismiss()
	body := kit.NewStack(10, kit.NewParagraph(kit.Body, kit.Ink, upperFirst(o.Words(s.w.now()))+" would not be read any more, and "+map[bool]string{true: "is", false: "are"}[o.N() == 1]+" here already. The server keeps them in any case."),
		kit.NewParagraph(kit.Small, kit.Ink2, "What is forgotten goes from this laptop with its text. Undo reads it again from the server."), f.trouble, f.wait)
	f.changed = nil
	keep := kit.NewButton(kit.Primary, "Keep them here", func() { s.putChoice(f, m, false) })
	dialog := kit.NewOverlay(kit.DialogWidth, kit.NewDialog("list-checks", kit.Caution, "Read less of "+m.Address, body, "",
		kit.NewButton(kit.Plain, "Change nothing", s.w.dismiss), kit.NewButton(kit.Danger, "Forget them", func() { s.putChoice(f, m, true) }), keep))
	f.changed = dialog.Relayout
	s.w.pop(dialog, fyne.Focusable(keep))
}

func (s *sources) putChoice(f *choiceForm, m data.Mailbox, forget bool) {
	if forget {
		f.wait.Set("Forgetting them. With many mails this takes a while.")
	}
	var u store.Undo
	bridge.Act(s.w.bg, func(ctx context.Context) (err error) {
		u, _, err = sync.ChooseMailbox(ctx, s.w.db, m, forget)
		return err
	}, func(err error) {
		if err != nil {
			f.say(err)
			return
		}
		s.w.dismiss()
		s.w.did(u)
		s.load()
	})
}

// chooseNew asks, before a new mailbox is read for the first time, what of it is
// read.
func (s *sources) chooseNew(m data.Mailbox, password string) {
	f := newChoiceForm(s.w.bg, s.w.now, m)
	var asked bridge.Slot
	bridge.Load(s.w.bg, &asked, func(ctx context.Context) ([]data.ServerFolder, error) { return sync.FoldersOf(ctx, m, password) }, f.show)
	s.w.dismiss()
	s.w.popChoice("What to read of "+m.Address, "Start reading", f, func() {
		chosen, err := f.choice()
		if err != nil {
			f.say(err)
			return
		}
		s.keep(f.form, chosen.Address+" added", func(ctx context.Context) error {
			_, err := sync.AddMailbox(ctx, s.w.db, s.w.keys, chosen, password)
			return err
		})
	}, asked.Drop)
}
