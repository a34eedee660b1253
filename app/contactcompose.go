package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows of a contact's page and of the pane beside it.
const (
	contactDials kit.RowKind = iota
	contactHeading
	contactAsk
	contactPromise
	contactLine
	contactMoment
	contactNote
	// Those of the pane.
	contactPaneHead
	contactPaneLine
	contactPaneWish
	contactPaneNote
)

// contactRow is a row of the page or the pane; what its kind needs is set.
type contactRow struct {
	kind    kit.RowKind
	key     string // the same for the same thing, "" for what cannot be the current row
	head    overviewHeading
	text    string // of a note
	line    contactWords
	promise data.OpenPromise
	moment  kit.Moment
	wish    data.Wish
	item    string // Interaction.ID that the row rests on, ""
	deeds   contactDeeds
}

// contactWords are what a line shows: a label or an icon, what it says, small
// words under it, and a word at its right.
type contactWords struct {
	icon, label, says, second, right string
	tint                             fyne.ThemeColorName // of the icon; "" is Ink2
	old                              bool                // older than half a year: grey
	yes, no                          string              // the answers of a question, "" for none
}

// contactDeeds are what can be done with a row; nil where that cannot be done.
type contactDeeds struct {
	name                    string // in commands: "fact"
	open, done, drop, later func()
	yes, no                 func()
	yesDoes, noDoes         string // the answers in commands
	more                    []command
}

// compose is the page from top to bottom.
func (p *contactPage) compose() []contactRow {
	a := p.answer
	rows := []contactRow{{kind: contactDials}}
	rows = append(rows, p.judgedRows(a)...)
	rows = append(rows, p.ratingRows(a)...)
	rows = append(rows, p.askRows(a)...)
	rows = append(rows, p.promiseRows(a)...)
	rows = append(rows, p.factRows(a)...)
	rows = append(rows, p.unknownRows(a)...)
	rows = append(rows, p.stageRows(a)...)
	return append(rows, p.latestRows(a)...)
}

func headingRow(h overviewHeading) contactRow { return contactRow{kind: contactHeading, head: h} }
func sayingRow(words string) contactRow       { return contactRow{kind: contactNote, text: words} }

// judgedRows are what they are in their accounts, why, and who judged when.
func (p *contactPage) judgedRows(a contactAnswer) (rows []contactRow) {
	judge := func() { p.w.editStakeholder(a.Standing, a.Standing.Stakeholder) }
	for _, s := range a.Judged {
		parts := append(worded(s.Roles), data.InfluenceWord(s.Influence), s.SupportWord())
		line := contactWords{icon: "gavel", says: upperFirst(strings.Join(parts, ", ")), second: joinDots(s.Why, s.By, dateWords(s.On)), old: s.Stale(p.w.now())}
		deeds := contactDeeds{name: "judgement", open: judge, drop: func() { deletePart(p.w, "Judgement deleted: "+a.Contact.Name, s) }}
		if s.Account != a.Contact.AccountID {
			line.right, deeds.open = "at "+a.AccountName[s.Account], nil
		}
		rows = append(rows, contactRow{kind: contactLine, key: s.ID, item: s.Interaction, line: line, deeds: deeds})
	}
	if len(rows) == 0 && a.Account.ID != "" {
		rows = append(rows, contactRow{kind: contactLine, key: "judge", deeds: contactDeeds{name: "judgement", open: judge},
			line: contactWords{icon: "gavel", says: "Nobody has said what they are there, and where they stand", tint: kit.Ink3, right: "Enter"}})
	}
	return rows
}

func worded[T ~string](list []T) (words []string) {
	for _, w := range list {
		words = append(words, string(w))
	}
	return words
}

// ratingRows are what colleagues feel, beside the numbers.
func (p *contactPage) ratingRows(a contactAnswer) (rows []contactRow) {
	for _, r := range a.Ratings {
		right := ""
		if d := a.Dials[0]; d.Known {
			right = besideWords(r.Score, d.Value)
		}
		rows = append(rows, contactRow{kind: contactLine, key: "rating " + r.ID, line: contactWords{
			icon: "heart-pulse", says: r.By + " feels " + thousands(r.Score) + " of 100", second: joinDots(dateWords(r.On), r.Why), right: right,
		}, deeds: partDeeds(p.w, "rating", "Rating of "+r.By, r, p.w.editRating)})
	}
	return rows
}

// promiseRows are what both sides owe.
func (p *contactPage) promiseRows(a contactAnswer) []contactRow {
	rows := []contactRow{headingRow(overviewHeading{text: "Open promises", count: countWord(len(a.Promises)), note: a.Kept, link: "Add", do: p.addPromise})}
	for _, o := range a.Promises {
		o := o
		w := p.w
		deeds := partDeeds(w, "promise", o.What, o.Promise, w.editPromise)
		deeds.done, deeds.later = func() { w.keepPromise(o.Promise) }, func() { w.postponePromise(o.Promise) }
		deeds.more = []command{{name: "Let go of this promise", words: "drop cancel", icon: "x", do: func() { w.letGoOfPromise(o.Promise) }}}
		rows = append(rows, contactRow{kind: contactPromise, key: o.ID, promise: o, item: o.Interaction, deeds: deeds})
	}
	if len(a.Promises) == 0 {
		rows = append(rows, sayingRow("Neither side owes the other anything. Press P to write a promise down."))
	}
	return rows
}

// factRows are what is known of them, and where from.
func (p *contactPage) factRows(a contactAnswer) []contactRow {
	now := p.w.now()
	rows := []contactRow{headingRow(overviewHeading{text: "What we know", count: countWord(len(a.Facts)), link: "Add", do: p.addFact})}
	for _, f := range a.Facts {
		rows = append(rows, contactRow{kind: contactLine, key: f.ID, item: f.Interaction,
			line:  contactWords{label: f.Label, says: f.Said(now), second: f.From(now), old: f.Old},
			deeds: partDeeds(p.w, "fact", f.Value, f.Fact, p.w.editFact)})
	}
	if len(a.Facts) == 0 {
		rows = append(rows, sayingRow("Goals, circumstances, how you met, languages, a birthday: what you learn of them stands here, with who told you."))
	}
	return rows
}

// unknownRows are what nobody knows yet, with who asks.
func (p *contactPage) unknownRows(a contactAnswer) []contactRow {
	rows := []contactRow{headingRow(overviewHeading{text: "What we do not know", count: countWord(len(a.Unknowns)), link: "Add", do: p.addUnknown})}
	for _, u := range a.Unknowns {
		u := u
		who := "nobody asks yet"
		if u.Owner != "" {
			who = u.Owner + " asks"
		}
		since := ""
		if u.Since != "" {
			since = "since " + dateWords(u.Since)
		}
		deeds := partDeeds(p.w, "question", u.What, u, p.w.editUnknown)
		deeds.done = func() { p.w.answerUnknown(u) }
		rows = append(rows, contactRow{kind: contactLine, key: u.ID, item: u.Interaction,
			line: contactWords{icon: "circle-help", says: u.What, second: joinDots(who, since)}, deeds: deeds})
	}
	if len(a.Unknowns) == 0 {
		rows = append(rows, sayingRow("What you should ask them stands here, with who of you asks."))
	}
	return rows
}

// stageRows are how far they have come with us, and what shows it.
func (p *contactPage) stageRows(a contactAnswer) []contactRow {
	now := p.w.now()
	head := overviewHeading{text: "Know, interest, trust", count: countWord(len(a.Stage.Evidence)), link: "Add", do: p.addSign}
	if a.Stage.Next != "" {
		head.note = "Next when " + a.Stage.Next
	}
	rows := []contactRow{headingRow(head)}
	for _, r := range a.Stage.Evidence {
		line := contactWords{icon: "receipt-text", says: upperFirst(r.Words), tint: kit.Accent}
		if !r.At.IsZero() {
			line.right = data.ShortDate(r.At, now)
		}
		row := contactRow{kind: contactLine, key: "evidence " + r.Part + r.Interaction + r.Words, line: line, item: r.Interaction}
		row.deeds.name = "evidence"
		if r.Part != "" {
			row.line.icon = "handshake"
			row.deeds.open = func() { p.editSign(r.Part) }
			row.deeds.drop = func() { p.dropSign(r.Part) }
		} else if r.Interaction != "" {
			row.deeds.open = func() { p.w.openInteraction(r.Interaction) }
		}
		rows = append(rows, row)
	}
	for _, s := range a.Unspent {
		row := contactRow{kind: contactLine, key: "sign " + s.ID, item: s.Interaction, deeds: partDeeds(p.w, "sign of trust", string(s.Is), s, p.w.editSign),
			line: contactWords{icon: "handshake", says: upperFirst(string(s.Is)) + ", as " + s.By + " saw", right: "counts from interest on"}}
		rows = append(rows, row)
	}
	if len(rows) == 1 {
		rows = append(rows, sayingRow("They have not answered yet, and nobody met them."))
	}
	return rows
}

// latestRows are what happened with them last.
func (p *contactPage) latestRows(a contactAnswer) []contactRow {
	head := overviewHeading{text: "What happened", count: countWord(len(a.Latest))}
	if a.Account.ID != "" && len(a.Latest) > 0 {
		head.link, head.do = "All of it", p.showAll
	}
	rows := []contactRow{headingRow(head)}
	now := p.w.now()
	for _, m := range moments(data.Lay(a.Latest, data.Layout{Now: now, You: a.you, Filtered: true}), now) {
		rows = append(rows, contactRow{kind: contactMoment, key: m.key, moment: m.moment, item: m.item,
			deeds: contactDeeds{name: "entry", open: func() { p.w.openInteraction(m.item) }}})
	}
	if len(a.Latest) == 0 {
		rows = append(rows, sayingRow("Nothing has happened with them yet. Mail and meetings come by themselves; press C to log a call or a visit."))
	}
	return rows
}

// partDeeds are what can be done with any part: change it, delete it.
func partDeeds[T data.Part](w *window, name, said_ string, part T, edit func(T)) contactDeeds {
	return contactDeeds{name: name, open: func() { edit(part) }, drop: func() { deletePart(w, upperFirst(name)+" deleted: "+said(said_), part) }}
}

// joinDots joins what is there: "a · b".
func joinDots(parts ...string) string {
	var list []string
	for _, s := range parts {
		if s != "" {
			list = append(list, s)
		}
	}
	return strings.Join(list, " · ")
}
