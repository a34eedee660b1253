package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"rapport/data/text"
)

// insideWords are words that no line has which a customer may see, folded. They
// are how a team talks about a customer, not with one.
var insideWords = []string{
	"warmth", "warm", "cooling", "margin", "tier", "cost to serve", "profit", "upsell", "cross-sell", "whitespace", "lifetime value", "internal", "our eyes only",
	"do not share", "confidential", "marge", "gewinn", "intern", "vertraulich", "deckungsbeitrag",
}

// SaysInside returns the word of a text that only we use, or "".
func SaysInside(s string) string {
	words := " " + strings.Join(strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }), " ") + " "
	for _, w := range insideWords {
		if strings.Contains(words, " "+w+" ") {
			return w
		}
	}
	return ""
}

// HeldBack is a line that the joint version leaves out since of a word in it.
type HeldBack struct{ Section, Text, Word string }

// JointPage is a plan as the customer may see it.
type JointPage struct {
	Sheet
	// Held are lines that would be on it but for a word that is ours. People are
	// asked to look at them.
	Held []HeldBack
}

// JointSheet is the version of a plan that may be shown: no section or line that
// is ours alone, no mark, no age, no source but what was said together, and no
// line with a word of insideWords.
func JointSheet(s Sheet, now time.Time) JointPage {
	j := JointPage{Sheet: Sheet{Title: s.Title, Under: "What we work on together", Columns: [2]string{"You", "We"}, Foot: "As of " + now.Format("2 January 2006")}}
	for _, section := range s.Sections {
		if section.Inside {
			continue
		}
		shown := SheetSection{Key: section.Key, Label: cmp.Or(jointLabels[section.Key], section.Label), Beside: section.Beside}
		for _, l := range section.Whole() {
			if l.Inside || l.ID == "" {
				continue
			}
			l = jointLine(l)
			if word := SaysInside(l.Plain()); word != "" {
				j.Held = append(j.Held, HeldBack{Section: section.Label, Text: l.Text, Word: word})
				continue
			}
			shown.On = max(shown.On, l.On)
			shown.Lines = append(shown.Lines, l)
		}
		if len(shown.Lines) > 0 || slices.Contains(jointOpen, section.Key) {
			j.Sections = append(j.Sections, shown.onOnePage())
		}
	}
	return j
}

// jointLabels are what sections are called to a customer, where that differs.
var jointLabels = map[string]string{
	PlanWorld: "Your world", PlanHurts: "What stands in your way", PlanExpects: "What you expect", PlanWishes: "How you like it", PlanWhy: "Why we do this",
	PlanAnswers: "What came of your corrections",
}

// jointOpen are the sections that stay where they are empty, so that a customer can
// add to them.
var jointOpen = []string{PlanWorld, PlanHurts, PlanSteps}

// jointLine is a line without what is ours.
func jointLine(l SheetLine) SheetLine {
	l.Marks, l.Source, l.From, l.Age = nil, 0, "", 0
	if l.BelowInside {
		l.Below = ""
	}
	if l.Kind == KindNeed || l.Kind == KindFact || l.Kind == KindPreference {
		l.Below, l.Said = "", "" // who told us, and what we make of it, is between them and us
	}
	return l
}

// Lines are all lines of a page in their order, those that find no room on paper too.
func (j JointPage) Lines() (list []SheetLine) {
	for _, s := range j.Sections {
		list = append(list, s.Whole()...)
	}
	return list
}

// written are the lines that we wrote: what came of their own corrections is no
// change of ours.
func (j JointPage) written() []SheetLine {
	return slices.DeleteFunc(j.Lines(), func(l SheetLine) bool { return l.Kind == KindCorrection })
}

// ShownMarks are what is kept of a version that was shown (Shown.Marks).
func (j JointPage) ShownMarks() map[string]string {
	marks := map[string]string{}
	for _, l := range j.written() {
		marks[l.KeyOf()+"#"+l.Register] = l.Mark()
	}
	return marks
}

// Correctable are the registers in which a customer's correction may be taken
// over, by the kind of the part.
var Correctable = map[string][]string{
	KindPlan: {"why", "from", "to", "in-12", "in-36"}, KindFact: {"value"}, KindNeed: {"title", "words", "expects"}, KindObjective: {"what", "current"},
	KindStep: {"what", "due", DoneRegister}, KindPromise: {"what"}, KindValue: {"what", "amount"},
}

// CanCorrect says whether what a line says can be replaced by a correction.
func CanCorrect(kind, register string) bool { return slices.Contains(Correctable[kind], register) }
