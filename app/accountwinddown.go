package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// askLeaving reads what leaving an account well takes, for one that winds down or
// is archived; any other has none.
func (w *window) askLeaving(ctx context.Context, a data.Account) (list data.LeavingList, err error) {
	if a.Mode != data.WindDown && a.Archived == "" {
		return list, nil
	}
	in, err := w.db.LeavingInput(ctx, a.ID, w.now())
	return data.ComposeLeaving(in), err
}

// leavingRows are the list of what leaving well takes; of an archived account only
// that it is.
func (o *overview) leavingRows(a accountAnswer) []overviewRow {
	list, account := a.leaving, a.row.Account
	if o.p.back.on() { // nothing of a past day can be changed
		return nil
	}
	if account.Archived != "" {
		rows := []overviewRow{
			{kind: overviewHead, head: overviewHeading{text: "Archived", note: archivedWords(account, o.p.w.now()), link: "Bring it back", do: o.p.unarchive}},
			{kind: overviewNote, text: "It asks for nothing any more. Its history stays, search finds it, and new mail of theirs is filed here."},
		}
		if learned := list.Learned(); learned != "" {
			rows = append(rows, overviewRow{kind: overviewNote, text: "What we learned: " + learned})
		}
		return rows
	}
	if len(list.Lines) == 0 {
		return nil
	}
	rows := []overviewRow{{kind: overviewHead, head: overviewHeading{text: "Leaving well", count: countWord(list.Open), note: list.Words(), link: "Archive", do: o.p.archive}}}
	closed := 0
	for _, l := range list.Lines {
		if l.Closed {
			closed++
		}
		if !l.Closed || o.left {
			rows = append(rows, overviewRow{kind: overviewLeaving, key: "leaving " + l.ID, leaving: l})
		}
	}
	if closed > 0 {
		words := data.Counted(closed, "thing is", "things are") + " done"
		rows = append(rows, overviewRow{kind: overviewLeft, key: "left", text: words})
	}
	return rows
}

// archivedWords say since when an account is archived, and why.
func archivedWords(a data.Account, now time.Time) string {
	words := "since " + archivedDay(a, now)
	if a.ArchivedWhy != "" {
		words += ": " + a.ArchivedWhy
	}
	return words
}

func archivedDay(a data.Account, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, a.Archived, now.Location())
	if err != nil {
		return a.Archived
	}
	return data.ShortDate(day, now)
}

func (o *overview) toggleLeft() {
	o.left = !o.left
	o.redraw()
}

// leavingRow is a thing that leaving well takes.
type leavingRow struct{ owedRow }

func newLeavingRow() *leavingRow {
	r := &leavingRow{}
	r.lay()
	r.ExtendBaseWidget(r)
	return r
}

func (r *leavingRow) set(l data.LeavingLine, now time.Time, current bool) {
	icon, tint, ink := "circle-dashed", kit.Ink3, kit.Ink
	if l.Closed {
		icon, tint, ink = "circle-check", kit.Accent, kit.Ink2
	}
	r.sign.Set(icon, tint)
	spans := []kit.Span{{Text: l.Text, Tint: ink}}
	if note := leavingNote(l); note != "" {
		spans = append(spans, kit.Span{Text: note, Role: kit.Small, Tint: kit.Ink3, Gap: 6})
	}
	r.what.Set(spans...)
	by := ""
	if !l.Closed {
		by = shownDate(l.By, now)
	}
	if l.Late > 0 {
		by = data.Counted(l.Late, "day over", "days over")
	}
	r.owe(l.Owner, kit.Ours, by, l.Late > 0, current)
}

// leavingNote is how a thing stands, and what was written down of it.
func leavingNote(l data.LeavingLine) string {
	if l.Not {
		return l.State
	}
	return joinDots(l.State, l.Words)
}

// leavingCommands are what can be done with a thing of leaving well.
func (o *overview) leavingCommands(l data.LeavingLine) []command {
	return []command{
		{name: "This is done", words: "tick leaving", icon: "check", key: "Space", when: func() bool { return !l.Counted && !l.Closed }, do: func() { o.p.tickLeaving(l) }},
		{name: "This is open again", words: "untick leaving", icon: "rotate-ccw", key: "Space", when: func() bool { return l.Closed && (!l.Counted || l.Not) }, do: func() { o.p.reopenLeaving(l) }},
		{name: "Edit this", words: "owner due words leaving", icon: "pen-line", key: "Enter", do: func() { o.p.editLeaving(l, false) }},
		{name: "This is not needed here", words: "skip leaving", icon: "x", when: func() bool { return !l.Closed }, do: func() { o.p.notNeeded(l) }},
	}
}

// tickLeaving says that a thing is done; what must be written down is asked for.
func (p *accountPage) tickLeaving(l data.LeavingLine) {
	kept := l.Leaving
	kept.Done, kept.Not = p.w.now().Format(time.DateOnly), false
	if kept.Check() != nil {
		p.editLeaving(l, true)
		return
	}
	p.putLeaving("Done: "+said(l.Text), kept)
}

// turnLeaving ticks a thing, or opens it again; what facts tick says why it stays as
// it is.
func (p *accountPage) turnLeaving(l data.LeavingLine) {
	switch {
	case l.Counted && !l.Not:
		p.w.say(l.Text + ": " + l.State)
	case l.Closed:
		p.reopenLeaving(l)
	default:
		p.tickLeaving(l)
	}
}

func (p *accountPage) reopenLeaving(l data.LeavingLine) {
	kept := l.Leaving
	kept.Done, kept.Not = "", false
	p.putLeaving("Open again: "+said(l.Text), kept)
}

func (p *accountPage) putLeaving(label string, l data.Leaving) {
	p.w.write(label, func(tx *store.Tx) error {
		_, err := tx.PutLeaving(l)
		return err
	}, nil)
}

// editLeaving asks who sees to a thing and by when, and for what it wants written
// down; done says that it is done with that.
func (p *accountPage) editLeaving(l data.LeavingLine, done bool) {
	w := p.w
	f := newPartForm(w, partWorld{})
	thing, _ := data.LeavingThingOf(l.Thing)
	hint := "anything to remember"
	if thing.Asks != "" {
		hint = thing.Asks
	}
	words := f.line("Written down", hint, l.Words)
	again := f.line("Ask again on", "in 6 months", shownDate(l.Again, f.now))
	showIf(thing.Dated, f.row())
	owner := f.line("Who of us", "who sees to it", l.Owner)
	by := f.line("By when", "Friday, in 2 weeks", shownDate(l.By, f.now))
	verb := "Save"
	if done {
		verb = "It is done"
	}
	w.dialog(f.form, "archive", l.Text, verb, func() {
		kept := l.Leaving
		kept.Words, kept.Owner = strings.TrimSpace(words.Text()), strings.TrimSpace(owner.Text())
		var err error
		if kept.By, err = f.date("by", by); err == nil {
			kept.Again, err = f.date("again", again)
		}
		if done {
			kept.Done, kept.Not = f.now.Format(time.DateOnly), false
		}
		if err == nil {
			err = kept.Check()
		}
		if err != nil {
			f.say(err)
			return
		}
		w.keep(f.form, "Leaving "+p.answer.row.Name+": "+said(l.Text), func(tx *store.Tx) error {
			_, err := tx.PutLeaving(kept)
			return err
		}, nil)
	})
}

// notNeeded asks why a thing is not needed.
func (p *accountPage) notNeeded(l data.LeavingLine) {
	f := newPartForm(p.w, partWorld{})
	why := f.line("Why", "they never let us in", "")
	p.w.dialog(f.form, "x", "Not needed: "+lowerFirst(l.Text), "Keep it", func() {
		kept := l.Leaving
		kept.Not, kept.Done, kept.Words = true, "", strings.TrimSpace(why.Text())
		if err := kept.Check(); err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "Not needed: "+said(l.Text), func(tx *store.Tx) error {
			_, err := tx.PutLeaving(kept)
			return err
		}, nil)
	})
}

// addLeaving asks for something of the team's own that leaving takes.
func (p *accountPage) addLeaving() {
	f := newPartForm(p.w, partWorld{})
	what := f.line("What", "Send the spare keys", "")
	owner := f.line("Who of us", "who sees to it", "")
	by := f.line("By when", "Friday, in 2 weeks", "")
	p.w.dialog(f.form, "archive", "Leaving takes this too", "Add it", func() {
		l := data.Leaving{Belongs: p.belongs(), What: strings.TrimSpace(what.Text()), Owner: strings.TrimSpace(owner.Text())}
		var err error
		if l.By, err = f.date("by", by); err == nil {
			err = l.Check()
		}
		if err != nil {
			f.say(err)
			return
		}
		p.w.keep(f.form, "Leaving takes "+said(l.What)+" too", keeping(l), nil)
	})
}

// windDownCommands are what an account's page offers of leaving it.
func (p *accountPage) windDownCommands() []command {
	a := p.answer.row.Account
	down, archived := a.Mode == data.WindDown, a.Archived != ""
	return []command{
		{name: "Wind this account down", words: "leave let go end relationship", icon: "archive", when: func() bool { return !down && !archived }, do: p.windDown},
		{name: "Go on with this account after all", words: "wind down stop", icon: "sprout", when: func() bool { return down && !archived }, do: p.goOn},
		{name: "Add to what leaving takes", words: "wind down checklist", icon: "plus", when: func() bool { return down && !archived }, do: p.addLeaving},
		{name: "Archive this account", words: "leave wind down put away", icon: "archive", when: func() bool { return !archived }, do: p.archive},
		{name: "Bring this account back", words: "unarchive restore", icon: "rotate-ccw", when: func() bool { return archived }, do: p.unarchive},
	}
}

func (p *accountPage) windDown() {
	p.w.write(p.answer.row.Name+" winds down", func(tx *store.Tx) error {
		return tx.ChangeAccount(p.id, func(a *data.Account) { a.Mode = data.WindDown })
	}, func() { p.turnTo(tabOverview) })
}

func (p *accountPage) goOn() {
	p.w.write(p.answer.row.Name+" is looked after", func(tx *store.Tx) error {
		return tx.ChangeAccount(p.id, func(a *data.Account) { a.Mode = data.Maintain })
	}, nil)
}

// archive asks why the account is left; what is open of leaving well is named, and
// stands in nobody's way.
func (p *accountPage) archive() {
	w, name := p.w, p.answer.row.Name
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.LeavingList, error) {
		in, err := w.db.LeavingInput(ctx, p.id, w.now())
		return data.ComposeLeaving(in), err
	}, func(list data.LeavingList, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		f := newPartForm(w, partWorld{})
		why := f.line("Why", "their reason, in their words", reasonsOf(list))
		verb := "Archive"
		if list.Open > 0 {
			verb = "Archive all the same"
			f.rows = append(f.rows, kit.NewInfoBox(kit.Caution, "triangle-alert", openThings(list)))
		}
		f.rows = append(f.rows, kit.NewParagraph(kit.Small, kit.Ink2, "It leaves lists, rhythms, tiers, hours and Today. Its history stays, search finds it, and new mail of theirs is filed with it."))
		w.dialog(f.form, "archive", "Archive "+name, verb, func() {
			reason, day := strings.TrimSpace(why.Text()), f.now.Format(time.DateOnly)
			w.keep(f.form, name+" archived", func(tx *store.Tx) error { return tx.ArchiveAccount(p.id, reason, day) }, nil)
		})
	})
}

func (p *accountPage) unarchive() { p.w.unarchive(p.answer.row.Account) }

func (w *window) unarchive(a data.Account) {
	w.write(a.Name+" brought back", func(tx *store.Tx) error { return tx.UnarchiveAccount(a.ID) }, nil)
}

// reasonsOf are the reasons that they gave, "" where nobody wrote them down.
func reasonsOf(list data.LeavingList) string {
	at := slices.IndexFunc(list.Lines, func(l data.LeavingLine) bool { return l.Thing == data.LeavingReasons })
	if at < 0 || list.Lines[at].Not {
		return ""
	}
	return list.Lines[at].Words
}

// thingsNamed is how many open things a question names.
const thingsNamed = 4

// openThings name what is open, the first of it.
func openThings(list data.LeavingList) string {
	var words []string
	for _, l := range list.Lines {
		if !l.Closed {
			words = append(words, lowerFirst(l.Text))
		}
	}
	more := ""
	if n := len(words) - thingsNamed; n > 0 {
		words, more = words[:thingsNamed], ", and "+data.Counted(n, "more", "more")
	}
	return "Open of leaving well: " + strings.Join(words, "; ") + more + "."
}
