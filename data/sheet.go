package data

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// Sheet is a page made of live facts: sections of lines, each of which says where
// it is from and how old it is. Every face draws it: the window, text, Markdown,
// HTML and PDF.
type Sheet struct {
	Title    string
	Under    string // what stands below the title
	Sections []SheetSection
	Sources  []SheetSource // numbered from 1 in the order in which they are cited
	Foot     string
	// Long is printed on two pages where the text of one would be too small to read
	// it through; else one page it is.
	Long bool
	// Boxes are the labels of blank boxes to write in by hand, at the foot.
	Boxes []string
	// Columns are what the sides of a section with two are called: theirs, ours.
	Columns [2]string
}

// ColumnWord is what the side of a line is called, "" where its section has one
// column.
func (s Sheet) ColumnWord(l SheetLine) string {
	if l.Column < 1 || l.Column > len(s.Columns) {
		return ""
	}
	return s.Columns[l.Column-1]
}

// SheetSection is a part of a sheet.
type SheetSection struct {
	Key   string // "world"; the same in every language and version
	Label string
	On    string // date of its newest line, or ""
	Lines []SheetLine
	// Rest are the lines that found no room; the last of Lines then counts them.
	Rest []SheetLine
	// Empty is what is missing where there is no line, in words that say what to
	// write.
	Empty string
	// Inside keeps the whole section from the customer.
	Inside bool
	// Beside puts it in the narrow column of a printed page.
	Beside bool
}

// Whole are all lines of a section, those that found no room too.
func (s SheetSection) Whole() []SheetLine {
	if len(s.Rest) == 0 {
		return s.Lines
	}
	return slices.Concat(s.Lines[:len(s.Lines)-1], s.Rest)
}

// SheetLine is one line. What does not apply is empty.
type SheetLine struct {
	Kind, ID string // the part that it shows; "" for what is computed
	Register string // of the part, that holds Text
	Number   int    // of an objective, from 1
	Lead     string // a word before it that says what it is: "Ask", "Fin"
	Text     string
	Said     string // by whom, where, when: "Martin, call of 7 Oct"
	Below    string // a second line
	// BelowInside says that the second line is ours alone.
	BelowInside bool
	Amount      string // at the right: "41 MWh"
	Marks       []SheetMark
	People      []SheetPerson
	Bar         *SheetBar
	Span        *SheetSpan
	Column      int // 1 they, 2 we, where a section has two; else 0
	Source      int // SheetSource.N, 0 for none
	// From is what it rests on where that is no interaction, in words that a sheet
	// may cite.
	From   string
	On     string
	Age    int // days, where it is older than FactsStale; else 0
	Inside bool
	Stage  TrustStage // of a person, "" before all
	Done   string     // date on which a step was done, "" while it is open
	// Also are values of the part beside Text that a reader may correct.
	Also []SheetField
}

// SheetField is a value of a line that can be corrected by itself.
type SheetField struct {
	Register, Label, Value string
}

// SheetMark is a short label on a line.
type SheetMark struct {
	Words string
	Tone  SheetTone
}

// SheetTone says what a mark means, so that it never depends on colour alone.
type SheetTone string

// The tones. "" is a plain remark.
const (
	ToneGood SheetTone = "good"
	ToneWarn SheetTone = "warn"
	ToneBad  SheetTone = "bad"
)

// SheetPerson is somebody who owns a line.
type SheetPerson struct {
	Name string
	Side Side
}

// SheetBar is a measure on its way, or a balance.
type SheetBar struct {
	Label string // "Halls steady"
	Value string // "1 of 5"
	Share float64
	// Balance draws the other side from the share on: a bar of two colours.
	Balance bool
}

// SheetSpan is a stretch of days on a time line. From is To where it is one day.
type SheetSpan struct {
	From, To string // dates
	Words    string // "13 Nov, 4 days over"
	Side     Side   // of whom it asks most
	Late     bool
}

// SheetSource is what lines rest on.
type SheetSource struct {
	N     int
	Words string // "Mail of 12 Nov: Flicker in Hall 2"
	ID    string // Interaction.ID, or ""
	On    string // date
	// Kind and Part name the part that it is, where it is no interaction.
	Kind, Part string
}

// KeyOf names a line in every version of its sheet; "" for what is computed.
func (l SheetLine) KeyOf() string {
	if l.ID == "" {
		return ""
	}
	return l.Kind + "/" + l.ID
}

// Mark changes when what people read on the line changes.
func (l SheetLine) Mark() string {
	h := fnv.New64a()
	for _, s := range []string{l.Text, l.Below, l.Amount} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	if l.Bar != nil {
		h.Write([]byte(l.Bar.Label + "\x00" + l.Bar.Value + "\x00"))
	}
	if l.Span != nil {
		h.Write([]byte(l.Span.From + "\x00" + l.Span.To + "\x00"))
	}
	for _, p := range l.People {
		h.Write([]byte(p.Name + "\x00"))
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// Plain is the line as one text without its source: for comparing, for search and
// for faces that print words only.
func (l SheetLine) Plain() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(l.led())
	add(l.Said)
	add(l.Amount)
	if l.Bar != nil {
		add(strings.TrimSpace(l.Bar.Label + " " + l.Bar.Value))
	}
	if l.Span != nil {
		add(l.Span.Words)
	}
	for _, m := range l.Marks {
		add(m.Words)
	}
	add(l.Names())
	add(l.Below)
	return strings.Join(parts, " · ")
}

// led is the text behind its lead: "Ask: who signs", "? Who signs".
func (l SheetLine) led() string {
	switch {
	case l.Lead == "":
		return l.Text
	case strings.ContainsAny(l.Lead, "?!"):
		return l.Lead + " " + l.Text
	}
	return l.Lead + ": " + l.Text
}

// Names are who owns the line, "Tomas Ortega, Beatrice Holm".
func (l SheetLine) Names() string {
	names := make([]string, len(l.People))
	for i, p := range l.People {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// AgeWords are "203 days old", "" for what is fresh.
func (l SheetLine) AgeWords() string {
	if l.Age == 0 {
		return ""
	}
	return fmt.Sprintf("%d days old", l.Age)
}

// Section is the section of a key; ok is false where the sheet has none.
func (s Sheet) Section(key string) (section SheetSection, ok bool) {
	i := slices.IndexFunc(s.Sections, func(x SheetSection) bool { return x.Key == key })
	if i < 0 {
		return SheetSection{}, false
	}
	return s.Sections[i], true
}

// FreshWords are the date of a section's newest line, "12 Nov", "" for none.
func (s SheetSection) FreshWords(now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, s.On, now.Location())
	if err != nil {
		return ""
	}
	return ShortDate(day, now)
}

// sheeting grows a sheet and numbers its sources as they are cited.
type sheeting struct {
	Sheet
	now   time.Time
	found map[string]Interaction // by Interaction.ID
	said  map[string]int
}

// add puts a section on the sheet. With no lines and nothing to say of that it
// is left out.
func (s *sheeting) add(section SheetSection) {
	if len(section.Lines) == 0 && section.Empty == "" {
		return
	}
	for _, l := range section.Lines {
		section.On = max(section.On, l.On)
	}
	s.Sections = append(s.Sections, section)
}

// cite numbers an interaction, or words where there is none; each once.
func (s *sheeting) cite(interaction, words, on string) int {
	i, known := s.found[interaction]
	key := interaction
	if !known {
		if strings.TrimSpace(words) == "" {
			return 0
		}
		interaction, key = "", "words "+words
	} else {
		words, on = interactionWords(i, s.now), i.At.In(s.now.Location()).Format(time.DateOnly)
	}
	if n := s.said[key]; n > 0 {
		return n
	}
	n := len(s.Sources) + 1
	s.said[key] = n
	s.Sources = append(s.Sources, SheetSource{N: n, Words: words, ID: interaction, On: on})
	return n
}

// interactionWords name an interaction as a source: "Mail of 12 Nov: Flicker in
// Hall 2".
func interactionWords(i Interaction, now time.Time) string {
	words := sentence(string(i.Kind)) + " of " + ShortDate(i.At, now)
	if about := text.Preview(WithoutLinks(i.Subject), 90); about != "" {
		words += ": " + about
	}
	return words
}
