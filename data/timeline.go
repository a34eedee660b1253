package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Layout says how a timeline is laid out.
type Layout struct {
	Now    time.Time
	Rhythm int // days; 0: silences are not drawn
	// NewestPage says that the items begin with the newest there is, so that a
	// silence that lasts can be drawn on top.
	NewestPage bool
	// Filtered says that the items are not all there are (a kind, a person was
	// asked for), so that a stretch without any is no silence.
	Filtered bool
	// You is who reads: those people are "you".
	You You
	// Waiting are the account's conversations that wait for our answer, and
	// Awaited those in which we wait for theirs.
	Waiting, Awaited []Waiting
}

// You is the person who reads. The zero value is nobody.
type You struct {
	Name      string
	Addresses map[string]bool // normalised
}

// Is says whether the participant is the reader: by address, or by name where
// there is no address.
func (y You) Is(p Participant) bool {
	if p.Email != "" {
		return y.Addresses[p.Email]
	}
	return y.Name != "" && strings.EqualFold(p.Name, y.Name)
}

// RowKind is what a row of a timeline is.
type RowKind int

// The kinds of row.
const (
	RowMonth RowKind = iota
	RowItem
	RowSilence
)

// TimelineRow is one row of an account's timeline.
type TimelineRow struct {
	Kind  RowKind
	Month string // of RowMonth: "November"
	// The rest but Silence is of RowItem.
	Item    Interaction
	Day     string // "Tue 17", on the first row of a day only
	Clock   string // "10:30"; "All day"; "" when only the day is known
	Title   string
	Second  string // "Anna to you · waiting 15 h for an answer"
	Planned bool
	In      string      // of a planned one: "In 1 h 12 min"
	Waiting bool        // they wait for our answer
	Started Side        // who started it
	Person  Participant // who stands for it on an avatar; zero when nobody
	Silence Silence     // of RowSilence
}

// Lay lays out the items, newest first as they come, what is planned before the
// rest. Each item has one row. When a further page has been read, lay out all of
// the pages again: heads and silences depend on the neighbours.
func Lay(items []Interaction, o Layout) []TimelineRow {
	planned, past := parted(items, func(i Interaction) bool { return i.Planned(o.Now) })
	l := layer{Layout: o, answers: answers(past)}
	for _, i := range planned {
		l.item(i)
	}
	if o.NewestPage {
		l.silence(past, Touch{})
	}
	for n, i := range past {
		l.item(i)
		if CountsAsTouch(i) {
			l.silence(past[n+1:], TouchOf(i))
		}
	}
	return l.rows
}

func parted[T any](items []T, is func(T) bool) (yes, no []T) {
	yes, no = make([]T, 0, len(items)), make([]T, 0, len(items))
	for _, i := range items {
		if is(i) {
			yes = append(yes, i)
		} else {
			no = append(no, i)
		}
	}
	return yes, no
}

// layer grows the rows of a timeline from the newest to the oldest.
type layer struct {
	Layout
	answers    map[string]time.Time // see answers
	rows       []TimelineRow
	month, day string // of the row above
}

// silence adds the stretch between next (zero: the present) and the first touch
// of older, if it was one.
func (l *layer) silence(older []Interaction, next Touch) {
	i := slices.IndexFunc(older, CountsAsTouch)
	if i < 0 || l.Filtered {
		return
	}
	if s, ok := SilenceBetween(TouchOf(older[i]), next, l.Rhythm, l.Now); ok {
		l.rows = append(l.rows, TimelineRow{Kind: RowSilence, Silence: s})
	}
}

func (l *layer) item(i Interaction) {
	at := i.At.In(l.Now.Location())
	if m := at.Format("2006-01"); m != l.month {
		l.month = m
		l.rows = append(l.rows, TimelineRow{Kind: RowMonth, Month: MonthHead(at, l.Now)})
	}
	row := TimelineRow{
		Kind: RowItem, Item: i, Clock: clockOf(i, l.Now), Title: TitleOf(i),
		Planned: i.Planned(l.Now), Started: TouchOf(i).By, Second: l.You.second(i, l.Now),
	}
	if d := at.Format(time.DateOnly); d != l.day {
		l.day, row.Day = d, at.Format("Mon 2")
	}
	if len(i.People) > 0 {
		row.Person = i.People[0]
	}
	if row.Planned {
		row.In = sentence(Until(i.At, l.Now))
	}
	if more := l.answer(i, &row); more != "" {
		row.Second += " · " + more
	}
	l.rows = append(l.rows, row)
}

// clockOf is an interaction's time of day. What was logged for midnight sharp
// named a day only, so it has none.
func clockOf(i Interaction, now time.Time) string {
	at := i.At.In(now.Location())
	switch {
	case i.AllDay:
		return "All day"
	case slices.Contains(Logged, i.Kind) && at.Equal(startOfDay(at)):
		return ""
	}
	return Clock(at, now)
}

// answer says how a mail of theirs was answered, or that it still waits; and of
// one of ours that it waits for their answer.
func (l *layer) answer(i Interaction, row *TimelineRow) string {
	if i.Kind == Mail && i.Direction == Out {
		return l.awaited(i)
	}
	if i.Kind != Mail || i.Direction != In {
		return ""
	}
	for _, w := range l.Waiting {
		if w.Interaction.ID == i.ID {
			row.Waiting = true
			s := fmt.Sprintf("waiting %s for an answer", since(w.Since, l.Now))
			if w.Longer(l.Now) {
				s += ", " + w.UsualWords(l.Now)
			}
			return s
		}
	}
	if at, ok := l.answers[i.ID]; ok {
		return "answered in " + since(i.At, at)
	}
	return ""
}

func (l *layer) awaited(i Interaction) string {
	for _, w := range l.Awaited {
		if w.Interaction.ID == i.ID {
			return fmt.Sprintf("no answer for %s", since(w.Since, l.Now))
		}
	}
	return ""
}

// answers finds when each of their mails was answered: by our next mail in its
// conversation. items are newest first.
func answers(items []Interaction) map[string]time.Time {
	found, ours := map[string]time.Time{}, map[string]time.Time{}
	for _, i := range items {
		if i.Kind != Mail || i.Thread == "" {
			continue
		}
		if i.Direction == Out {
			if leavesUs(i) {
				ours[i.Thread] = i.At
			}
		} else if at, ok := ours[i.Thread]; ok {
			found[i.ID] = at
		}
	}
	return found
}
