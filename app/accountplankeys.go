package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

func (t *planTab) hints() []hint {
	if !t.asked {
		return nil
	}
	if t.compare != nil {
		return t.compare.hints()
	}
	if t.preview != nil {
		return t.preview.hints()
	}
	if t.reword.key != "" {
		return []hint{{[]string{"Enter"}, "keep"}, {[]string{"↑", "↓"}, "keep and go on"}, {[]string{"Esc"}, "leave as it was"}}
	}
	if t.review != nil {
		return []hint{{[]string{"Enter"}, "still true"}, {[]string{"E"}, "change"}, {[]string{"S"}, "skip"}, {[]string{"Esc"}, "end"}}
	}
	if t.answer.in.Plan.ID == "" {
		return []hint{{[]string{"W"}, "begin the plan"}, {[]string{"E"}, "edit section"}, {[]string{"A"}, "add to it"}, {[]string{primary("P").words(system)}, "print"}, {[]string{undoKeys}, "undo"}}
	}
	return []hint{{[]string{"E"}, "edit section"}, {[]string{"O"}, "objective"}, {[]string{"T"}, "step"}, {[]string{"R"}, "review"}, {[]string{primary("P").words(system)}, "print"}, {[]string{undoKeys}, "undo"}}
}

func (t *planTab) commands() []command {
	list := moveCommands(t.list)
	switch {
	case !t.asked:
		return nil
	case t.compare != nil:
		return t.compare.commands()
	case t.preview != nil:
		return t.preview.commands()
	case t.p.back.on():
		return append(list, t.pastCommands()...)
	case t.review != nil:
		return append(list, t.reviewCommands()...)
	}
	onPart := func() bool {
		l := t.row().on(t.column)
		return l.ID != ""
	}
	list = append(list, []command{
		{name: "Edit this line of the plan", words: "change section", icon: "pen-line", key: "E", do: t.editSection},
		{name: "Write this line anew where it stands", words: "edit in place words rename inline", icon: "pen-line", key: "I", when: func() bool { return canWrite(t.row()) }, do: t.reword.begin},
		{name: "Begin the plan", words: "new start template questions", icon: "target", key: "W", when: func() bool { return t.answer.in.Plan.ID == "" }, do: func() { t.p.w.beginPlan(t.answer.in) }},
		{name: "Add to this section", words: "new fact need risk question foresight", icon: "plus", key: "A", do: func() { t.addTo(t.row().section.Key) }},
		{name: "Add an objective", words: "new goal outcome", icon: "target", key: "O", do: t.addObjective},
		{name: "Add a joint step", words: "new next 90 days", icon: "list-checks", key: "T", do: func() { t.addStep("") }},
		{name: "Drop this from the plan", words: "delete remove close", icon: "x", key: "Delete", when: onPart, do: t.drop},
		{name: "The other side of this line", key: "Left", more: []string{"Right"}, quiet: true, do: t.turnSide},
		{name: "Show where this is from", words: "source said mail timeline evidence", icon: "history", key: "V", when: func() bool { return t.row().on(t.column).Source > 0 },
			do: func() { t.showSource(t.row().on(t.column)) }},
		{name: "Mend what was found in the plan", words: "lint findings before you rely on it remedy", icon: "triangle-alert", key: "M",
			when: func() bool { return len(t.answer.page.Findings) > 0 }, do: t.mendMenu},
		{name: "Review the plan", words: "three minutes still true", icon: "list-checks", key: "R", do: t.startReview},
		{name: "Compare two days of the plan", words: "history changes who restore date", icon: "history", key: "D", do: t.sides.begin},
		{name: "Look at what they will see of the plan", words: "preview joint version customer share page save", icon: "eye", key: "Y", do: t.theirs.begin},
		{name: "Note that they saw the plan", words: "shown joint customer knows", icon: "handshake", do: t.showThem},
		{name: "Answer what they corrected", words: "correction accept decline", icon: "check-check", key: "X", when: func() bool { return len(t.answer.page.Open) > 0 }, do: t.correctionMenu},
		{name: "Save or print the plan", words: "export pdf html markdown file joint page they see", icon: "printer", chord: primary(fyne.KeyP), menu: menuFile, do: t.print},
	}...)
	return list
}

// turnSide stands on the other half of a pair.
func (t *planTab) turnSide() {
	if t.row().kind == planGain {
		t.choose(t.row(), 1-t.column)
	}
}

// mendMenu offers the one step of each finding.
func (t *planTab) mendMenu() {
	var list []command
	for _, f := range t.answer.page.Findings {
		list = append(list, command{name: f.Words + ": " + f.Remedy, do: func() { t.mend(f) }})
	}
	t.p.w.menuBelow(t.list, list...)
}

// correctionMenu offers an answer to each correction of theirs.
func (t *planTab) correctionMenu() {
	var list []command
	for _, c := range t.answer.page.Open {
		words := said(strings.ReplaceAll(strings.ReplaceAll(correctionSays(c, t.p.w.now()), "“", ""), "”", ""))
		list = append(list, command{name: "Accept " + words, do: func() { t.accept(c) }}, command{name: "Decline " + words, do: func() { t.decline(c) }})
	}
	t.p.w.menuBelow(t.list, list...)
}

// correctionSays is what a correction says, with what it is to replace where both are
// short.
func correctionSays(c data.Correction, now time.Time) string {
	if c.Register == data.DoneRegister {
		return correctionWords(c, now)
	}
	return c.Words()
}

// correctionName is what a correction is called: what it says, or the step that is
// done.
func correctionName(c data.Correction) string {
	if c.Register == data.DoneRegister {
		return c.Was
	}
	return c.Becomes
}

// accept takes a correction over.
func (t *planTab) accept(c data.Correction) {
	w := t.p.w
	w.write("Taken over: "+said(correctionName(c)), func(tx *store.Tx) error {
		_, err := tx.TakeCorrection(c, t.answer.me, w.now())
		return err
	}, nil)
}

// decline asks why a correction is not taken over; the customer is told.
func (t *planTab) decline(c data.Correction) {
	w := t.p.w
	f := newPartForm(w, partWorld{})
	why := f.line("Why", "the customer is told", "")
	w.dialog(f.form, "message-circle", "Decline "+said(correctionName(c)), "Decline", func() {
		reason := strings.TrimSpace(why.Text())
		w.keep(f.form, "Declined: "+said(correctionName(c)), func(tx *store.Tx) error {
			_, err := tx.DeclineCorrection(c, reason, t.answer.me, w.now())
			return err
		}, nil)
	})
}

// planReview walks a plan line by line: each section, and each line that is old.
type planReview struct {
	at    []string // keys of the rows that are asked about
	on    int
	since time.Time
}

// reviewMinutes is how long a review takes.
const reviewMinutes = 3

// startReview begins at the first section.
func (t *planTab) startReview() {
	r := &planReview{since: t.p.w.now()}
	section := ""
	for _, row := range t.rows {
		if row.key != "" && (row.section.Key != section || row.line.Age > 0) {
			r.at, section = append(r.at, row.key), row.section.Key
		}
	}
	t.review = r
	t.ask()
	t.tickReview()
	t.p.w.refreshChrome()
}

// ask stands on what the review asks about; at its end it asks for the next date.
func (t *planTab) ask() {
	r := t.review
	if r.on >= len(r.at) {
		t.endReview()
		t.finishReview()
		return
	}
	for i, row := range t.rows {
		if row.key == r.at[r.on] {
			t.list.Select(i)
		}
	}
	t.bar.draw()
}

func (t *planTab) endReview() {
	t.review = nil
	t.bar.draw()
	t.p.w.refreshChrome()
}

// tickReview counts down, second by second.
func (t *planTab) tickReview() {
	r := t.review
	t.p.w.bg.Later(time.Second, func() {
		if t.review == r && r != nil {
			t.bar.draw()
			t.tickReview()
		}
	})
}

// stillTrue goes on; what is old is dated anew, but for what was proven on its day.
func (t *planTab) stillTrue() {
	l := t.row().on(t.column)
	if d, ok := t.deeds(l.Kind, l.ID); ok && d.fresh != nil && l.Age > 0 {
		d.fresh()
	}
	t.skip()
}

func (t *planTab) skip() {
	if t.review != nil {
		t.review.on++
		t.ask()
	}
}

func (t *planTab) reviewCommands() []command {
	return []command{
		{name: "Still true", words: "review next", icon: "check", key: "Enter", do: t.stillTrue},
		{name: "Change this line", words: "review edit", icon: "pen-line", key: "E", do: t.editSection},
		{name: "Skip this section", words: "review later", icon: "arrow-right", key: "S", do: t.skip},
		{name: "End the review", icon: "x", key: "Esc", do: t.endReview},
	}
}

// pastCommands are those of a day that has been.
func (t *planTab) pastCommands() []command {
	return []command{
		{name: "A day back", key: "Left", quiet: true, do: func() { t.p.back.step(0, -1) }},
		{name: "A day on", key: "Right", quiet: true, do: func() { t.p.back.step(0, 1) }},
		{name: "Show where this is from", words: "source said mail timeline evidence", icon: "history", key: "V", when: func() bool { return t.row().on(t.column).Source > 0 },
			do: func() { t.showSource(t.row().on(t.column)) }},
		{name: "Save or print the plan", words: "export pdf html markdown file", icon: "printer", chord: primary(fyne.KeyP), menu: menuFile, do: t.print},
	}
}

// barSpans are what the bar says of a review.
func (t *planTab) barSpans() ([]kit.Span, bool) {
	switch {
	case t.review != nil:
		left := max(reviewMinutes*time.Minute-t.p.w.now().Sub(t.review.since), 0)
		words := data.Counted(len(t.review.at)-t.review.on, "line is left", "lines are left")
		clock := time.Time{}.Add(left).Format("4:05")
		return []kit.Span{{Icon: "list-checks", Tint: kit.Accent, Role: kit.Small}, {Text: "Still true?", Role: kit.SmallBold, Gap: 6}, {Text: "  " + words + " · " + clock, Role: kit.Small, Tint: kit.Ink2}}, true
	}
	return nil, false
}
