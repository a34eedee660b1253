package data

import (
	"cmp"
	"strings"
	"time"

	"rapport/data/text"
)

// A ThingHistory is what people wrote of one thing, the newest first.
type ThingHistory struct {
	ThingRef
	Title string
	Lines []HistoryLine
	Named map[string]string // names of other things that values refer to, by their ID
}

// Deed is what somebody did to a thing.
type Deed string

// The deeds.
const (
	DeedWrote   Deed = "wrote"   // a field became another
	DeedDeleted Deed = "deleted" // the thing went
	DeedKept    Deed = "kept"    // the thing is there again, or stays
	DeedErased  Deed = "erased"  // the values of a field were taken away, out of history too
)

// A HistoryLine is one thing that somebody did: who, when, on which laptop, and of
// a field from what to what.
type HistoryLine struct {
	N       int       // which of the thing's changes it is, from 1 for the first that this laptop recorded
	At      time.Time // by the clock of whoever wrote it
	By      string    // the member's name, or ""
	Mine    bool
	Laptop  string // "this laptop", "your first laptop", "Anna’s second laptop"
	Deed    Deed
	Field   string // "" of the whole thing
	From    string // what its author saw there; "" for nothing
	To      string
	Shown   bool   // this is what holds now
	Blank   bool   // its value was erased since
	KeptOut string // why it touches nothing, or ""
}

// Who says who it was: "You", a name, or "Somebody".
func (l HistoryLine) Who() string { return FieldVersion{By: l.By, Mine: l.Mine}.Who() }

// MayRestore says whether the value of the line can be put back: it was one, it is
// known, and it is not what holds now.
func (l HistoryLine) MayRestore() bool {
	return l.Deed == DeedWrote && !l.Shown && !l.Blank && l.KeptOut == ""
}

// Called is the thing within a sentence: “Install in Hall 2”, "the plan".
func (h ThingHistory) Called() string {
	if h.Title == h.Kind || h.Title == "" {
		return "the " + ThingWord(h.Kind)
	}
	return "“" + h.Title + "”"
}

// What is what the line is about, as people name it: "Wording"; of a member of a
// set, the set.
func (h ThingHistory) What(l HistoryLine) string {
	if l.Field == "" {
		return sentence(ThingWord(h.Kind))
	}
	name, _, _ := strings.Cut(l.Field, "/")
	return sentence(FieldWord(h.Kind, name))
}

// Words say what happened: "“13 to 17 January” became “18 to 22 January”".
func (h ThingHistory) Words(l HistoryLine, now time.Time) string {
	switch l.Deed {
	case DeedDeleted:
		return "Deleted"
	case DeedKept:
		return "Kept, or brought back"
	case DeedErased:
		return "Erased, out of the history too"
	}
	if _, member, ok := setMember(l.Field, cmp.Or(l.To, l.From)); ok {
		if member == "" {
			return "What stood here was erased since"
		}
		if h.Named[member] != "" {
			member = h.Named[member]
		}
		if l.To == "" {
			return "Taken out: " + member
		}
		return "Added: " + member
	}
	if l.Blank {
		return "What stood here was erased since"
	}
	from, to := h.value(l, l.From, now), h.value(l, l.To, now)
	switch {
	case l.From == "":
		return to
	case l.To == "":
		return from + " taken away"
	}
	return from + " became " + to
}

// Value is what the line wrote, as people read it.
func (h ThingHistory) Value(l HistoryLine, now time.Time) string { return h.value(l, l.To, now) }

func (h ThingHistory) value(l HistoryLine, value string, now time.Time) string {
	words := FieldValue(FormOf(h.Kind, l.Field, value), value, h.Named, now)
	if value == "" || FormOf(h.Kind, l.Field, value) != FieldText {
		return words
	}
	return "“" + text.Preview(words, 160) + "”"
}

// Where says when and on which laptop: "Tue 17 Nov 09:12, this laptop".
func (l HistoryLine) Where(now time.Time) string { return DayAndClock(l.At, now) + ", " + l.Laptop }
