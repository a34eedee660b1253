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
	"rapport/data/text"
)

// conflictsAnswer are fields for which people must choose, with what is needed to
// read them.
type conflictsAnswer struct {
	list  []data.Conflict
	sides map[string]data.Side // of members, by name
	named map[string]string    // names of things by their ID
}

// askConflicts lists what is to be chosen: of an account, of a space, or of all for
// "" and "".
func (w *window) askConflicts(ctx context.Context, account, space string) (a conflictsAnswer, err error) {
	if a.list, err = w.db.Conflicts(ctx, account); err != nil {
		return a, err
	}
	if space != "" {
		a.list = slices.DeleteFunc(a.list, func(c data.Conflict) bool { return c.Space != space })
	}
	if len(a.list) == 0 {
		return a, nil
	}
	a.sides, a.named = map[string]data.Side{}, map[string]string{}
	for _, c := range a.list {
		members, err := w.db.Members(ctx, c.Space)
		if err != nil {
			return a, err
		}
		for _, m := range members {
			a.sides[m.Name] = m.Side
		}
	}
	return a, w.nameThings(ctx, &a)
}

// nameThings finds the names of accounts and contacts that values refer to.
func (w *window) nameThings(ctx context.Context, a *conflictsAnswer) error {
	accounts, err := w.db.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, one := range accounts {
		a.named[one.ID] = one.Name
	}
	for _, c := range a.list {
		for _, v := range c.Versions {
			if a.named[v.Value] != "" || data.FormOf(c.Kind, c.Field, v.Value) != data.FieldThing {
				continue
			}
			if one, err := w.db.Contact(ctx, v.Value); err == nil {
				a.named[one.ID] = one.Name
			}
		}
	}
	return nil
}

// chooser shows one conflict after another and lets the person choose.
type chooser struct {
	w       *window
	answer  conflictsAnswer
	at      int // in answer.list
	view    *kit.Stack
	cards   *kit.Versions
	takes   []*kit.Button // of the cards
	changed func()        // the height became another; may be nil
	then    func()        // something was chosen; may be nil
}

func newChooser(w *window) *chooser {
	return &chooser{w: w, view: kit.NewStack(12)}
}

// set shows another answer; the conflict in view stays where it is still open.
func (c *chooser) set(a conflictsAnswer) {
	before := c.current()
	c.answer = a
	at := slices.IndexFunc(a.list, func(o data.Conflict) bool { return sameConflict(o, before) })
	switch {
	case at >= 0:
		c.at = at
	case c.at >= len(a.list):
		c.at = max(len(a.list)-1, 0)
	}
	c.draw()
}

func sameConflict(a, b data.Conflict) bool {
	return a.Space == b.Space && a.Kind == b.Kind && a.ID == b.ID && a.Field == b.Field
}

// any says whether there is something to choose.
func (c *chooser) any() bool { return len(c.answer.list) > 0 }

// current is the conflict in view; zero for none.
func (c *chooser) current() data.Conflict {
	if c.at < len(c.answer.list) {
		return c.answer.list[c.at]
	}
	return data.Conflict{}
}

// step shows the next conflict, or the one before.
func (c *chooser) step(by int) {
	if n := len(c.answer.list); n > 1 {
		c.at = (c.at + by + n) % n
		c.draw()
		c.focus()
	}
}

func (c *chooser) focus() {
	if c.cards != nil {
		c.w.canvas.Focus(c.cards)
	}
}

// draw builds the card of the conflict in view.
func (c *chooser) draw() {
	if !c.any() {
		c.cards = nil
		c.view.Set()
		return
	}
	f, now := c.current(), c.w.now()
	c.cards = kit.NewVersions(c.versions(f, now), shownVersion(f), c.take)
	c.cards.OnRune, c.cards.OnMove = c.typed, c.light
	head := kit.NewColumns(10, []kit.Col{kit.Fixed(18), kit.Flex(1), kit.Fit()}, kit.NewIcon("git-merge", 18, kit.Alert),
		kit.NewText(kit.Heading, conflictTitle(f)).Bending(), c.counter())
	about := kit.NewLine(kit.Span{Text: c.answer.called(f), Role: kit.SmallBold}, kit.Span{Text: "· " + f.What(), Role: kit.Small, Tint: kit.Ink2, Gap: 5}).Bending()
	c.view.Set(head, about, c.cards, c.buttons(f, now), kit.NewParagraph(kit.Small, kit.Ink3, conflictNote(f)))
	if c.changed != nil {
		c.changed()
	}
}

// shownVersion is the index of the version that is shown everywhere until somebody
// chooses; keeping is what holds for a thing that was deleted and edited.
func shownVersion(f data.Conflict) int {
	return max(slices.IndexFunc(f.Versions, func(v data.FieldVersion) bool { return v.Shown && !f.Gone() }), 0)
}

// called is what a conflict is about: of a thing without a name, its account's.
func (a conflictsAnswer) called(f data.Conflict) string {
	if f.Title == f.Kind && a.named[f.Account] != "" {
		return a.named[f.Account]
	}
	return data.Titled(f.Kind, f.Title)
}

// conflictTitle says what happened.
func conflictTitle(f data.Conflict) string {
	if f.Gone() {
		return "One deleted it, another edited it"
	}
	who := map[string]bool{}
	for _, v := range f.Versions {
		who[v.Who()] = true
	}
	switch len(who) {
	case 1:
		return "Two laptops changed the same line"
	case 2:
		return "Two people changed the same line"
	}
	return data.SmallNumber(len(who)) + " people changed the same line"
}

func conflictNote(f data.Conflict) string {
	if f.Gone() {
		return "It is shown until somebody decides. What was deleted stays in the history."
	}
	return "The chosen one is shown until somebody decides. The others stay in the history."
}

// counter is where in the list this one is, with what leads to the next.
func (c *chooser) counter() fyne.CanvasObject {
	n := len(c.answer.list)
	if n < 2 {
		return kit.NewSpring()
	}
	next := kit.NewSmallButton(kit.Plain, "Next", func() { c.step(1) }).WithKey("N")
	return kit.NewRow(8, kit.NewNote(whichOf(c.at+1, n)), next)
}

func whichOf(i, n int) string { return thousands(i) + " of " + thousands(n) }

// versions are the cards: the versions, or keeping and deleting.
func (c *chooser) versions(f data.Conflict, now time.Time) []kit.Version {
	if f.Gone() {
		return c.fates(f, now)
	}
	values := make([]string, len(f.Versions))
	for i, v := range f.Versions {
		values[i] = v.Value
	}
	form := data.FormOf(f.Kind, f.Field, values...)
	var list []kit.Version
	for _, v := range f.Versions {
		list = append(list, kit.Version{Initials: c.initials(v), Tone: toneOf(c.side(v)), Who: v.Who(), When: data.DayAndClock(v.At, now),
			Value: data.FieldValue(form, v.Value, c.answer.named, now)})
	}
	return list
}

// fates are the two cards of a thing that was deleted and edited.
func (c *chooser) fates(f data.Conflict, now time.Time) []kit.Version {
	keep := kit.Version{Icon: "archive", Tone: kit.Ours, Who: "Keep it", Value: "“" + data.Titled(f.Kind, f.Title) + "” stays, with what was edited since."}
	gone := kit.Version{Icon: "x", Tone: kit.Late, Who: "Delete it", Value: "“" + data.Titled(f.Kind, f.Title) + "” goes from every laptop."}
	for _, v := range f.Versions {
		gone.Note = v.Who() + " deleted it, " + lowerFirst(data.DayAndClock(v.At, now)) + "."
	}
	return []kit.Version{keep, gone}
}

func (c *chooser) initials(v data.FieldVersion) string { return initialsOf(v.By) }

func (c *chooser) side(v data.FieldVersion) data.Side {
	if v.Mine {
		return data.Us
	}
	return c.answer.sides[v.By]
}

// buttons are what can be done, with their keys.
func (c *chooser) buttons(f data.Conflict, now time.Time) fyne.CanvasObject {
	words := []string{"Keep it", "Delete it"}
	if !f.Gone() {
		words = f.TakeWords(now)
	}
	var row []fyne.CanvasObject
	c.takes = nil
	for i, word := range words {
		b := kit.NewButton(kit.Plain, word, func() { c.take(i) }).WithKey(keyOf(i))
		c.takes, row = append(c.takes, b), append(row, b)
	}
	c.light(c.cards.On)
	if f.TakesThird() {
		row = append(row, kit.NewButton(kit.Plain, thirdWords(f, len(words)), c.askThird).WithKey(keyOf(len(words))))
	}
	return kit.NewRow(8, row...)
}

// light makes the button of the chosen card the loud one.
func (c *chooser) light(on int) {
	for i, b := range c.takes {
		kind := kit.Plain
		if i == on {
			kind = kit.Primary
		}
		if b.Kind != kind {
			b.Kind = kind
			b.Refresh()
		}
	}
}

// thirdWords are on the button that leads to another text than the versions.
func thirdWords(f data.Conflict, versions int) string {
	_, _, proposed := f.Merged()
	switch {
	case proposed && versions == 2:
		return "Both, merged…"
	case proposed:
		return "All, merged…"
	case versions == 2:
		return "Write a third"
	}
	return "Write another"
}

func keyOf(i int) string { return string(rune('1' + i)) }

// typed hears the digits of the buttons, and N.
func (c *chooser) typed(r rune) bool {
	switch {
	case r == 'n' || r == 'N':
		if len(c.answer.list) < 2 {
			return false
		}
		c.step(1)
	case r >= '1' && r <= '9':
		c.press(int(r - '1'))
	default:
		return false
	}
	return true
}

// press is the button of a number.
func (c *chooser) press(i int) {
	f := c.current()
	n := len(f.Versions)
	if f.Gone() {
		n = 2
	}
	switch {
	case i < n:
		c.take(i)
	case i == n && f.TakesThird():
		c.askThird()
	}
}

// take ends the conflict in view with one of its cards.
func (c *chooser) take(i int) {
	f, now := c.current(), c.w.now()
	switch {
	case f.Gone() && i > 1, !f.Gone() && i >= len(f.Versions):
	case f.Gone():
		label := "“" + data.Titled(f.Kind, f.Title) + "” stays"
		if i == 1 {
			label = "“" + data.Titled(f.Kind, f.Title) + "” deleted"
		}
		c.settle(f, "", i == 0, label)
	default:
		value := f.Versions[i].Value
		c.settle(f, value, false, c.chose(f, value, now))
	}
}

// chose says what was chosen.
func (c *chooser) chose(f data.Conflict, value string, now time.Time) string {
	return upperFirst(data.FieldWord(f.Kind, f.Field)) + " is " + said(data.FieldValue(data.FormOf(f.Kind, f.Field, value), value, c.answer.named, now))
}

// settle writes what was chosen.
func (c *chooser) settle(f data.Conflict, value string, keep bool, label string) {
	c.w.write(label, func(tx *store.Tx) error { return tx.Settle(f.Ref(), f.Field, value, keep) }, c.then)
}

// askThird asks for something else than the versions.
func (c *chooser) askThird() {
	f, w := c.current(), c.w
	form := newForm(w.bg)
	shown := f.Versions[shownVersion(f)].Value
	merged, clean, proposed := f.Merged()
	if proposed {
		shown = merged
	}
	field := kit.NewField("")
	if len(shown) > 60 || strings.Contains(shown, "\n") {
		field = kit.NewArea("", 5)
	}
	form.field(upperFirst(data.FieldWord(f.Kind, f.Field)), field)
	field.SetText(shown)
	if proposed {
		form.rows = append(form.rows, besideLabel(kit.NewParagraph(kit.Small, kit.Ink2, mergedNote(clean))))
	}
	w.dialog(form, "git-merge", "In place of both: "+data.Titled(f.Kind, f.Title), "Keep this", func() {
		value, err := f.ReadThird(field.Text(), func(s string) (time.Time, bool) { return text.DueDay(s, w.now()) })
		if err != nil {
			form.say(err)
			return
		}
		w.keep(form, c.chose(f, value, w.now()), func(tx *store.Tx) error { return tx.Settle(f.Ref(), f.Field, value, false) }, c.then)
	})
}

// mergedNote says how a proposal was made.
func mergedNote(clean bool) string {
	if clean {
		return "Proposed from what each changed, in different places. Read it before you keep it."
	}
	return "Proposed with the words of both where they changed the same place. Put it right before you keep it."
}

// openChooser shows what is to be chosen of an account over the page, one after the
// other, and goes when nothing is left.
func (w *window) openChooser(account string) {
	w.chooseNext(account, func() { w.say("Nobody has to choose anything here") })
}

// chooseNext shows what is to be chosen of an account, or calls none.
func (w *window) chooseNext(account string, none func()) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (conflictsAnswer, error) { return w.askConflicts(ctx, account, "") }, func(a conflictsAnswer, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case len(a.list) == 0:
			none()
		default:
			w.popChooser(account, a)
		}
	})
}

func (w *window) popChooser(account string, a conflictsAnswer) {
	c := newChooser(w)
	c.set(a)
	o := kit.NewOverlay(composeWidth, kit.NewPad(18, 20, 18, 20, c.view))
	c.changed = o.Relayout
	c.then = func() { w.chooseNext(account, w.dismiss) }
	w.pop(o, c.cards)
}
