package app

import (
	"slices"
	"sort"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

func (t *timeline) fillList() {
	l := t.list
	l.Rules = false
	l.Count = func() int { return len(t.rows) }
	l.Kind = func(row int) kit.RowKind { return kit.RowKind(t.rows[row].Kind) }
	l.Skip = func(row int) bool { return t.rows[row].Kind != data.RowItem }
	l.Height = t.rowHeight
	l.Create = func(kind kit.RowKind) fyne.CanvasObject {
		switch data.RowKind(kind) {
		case data.RowMonth:
			return kit.NewMonthHead("")
		case data.RowSilence:
			return kit.NewTimelineGap()
		}
		return kit.NewTimelineRow()
	}
	l.Update = t.update
	l.NearEnd = func() { t.more(timelinePage, time.Time{}, nil) }
	l.OnMove = t.moved
	l.OnOpen = func(int) { t.w.showInspector(true) }
	l.OnMenu = func(_ int, at fyne.Position) {
		t.w.menuAt(at, t.w.withHistory(t.inspector.commands(), t.p.rowHand())...)
	}
}

func (t *timeline) rowHeight(row int) float32 {
	switch t.rows[row].Kind {
	case data.RowMonth:
		return kit.Scaled(kit.MonthHeight)
	case data.RowSilence:
		return kit.Scaled(kit.GapHeight)
	}
	return kit.Scaled(kit.TimelineHeight)
}

// measure notes where each row ends, and which is the first entry.
func (t *timeline) measure() {
	t.first = slices.IndexFunc(t.rows, func(r data.TimelineRow) bool { return r.Kind == data.RowItem })
	t.ends = t.ends[:0]
	y := float32(0)
	for row := range t.rows {
		y += t.rowHeight(row)
		t.ends = append(t.ends, y)
	}
}

func (t *timeline) update(row int, o fyne.CanvasObject, current bool) {
	r := t.rows[row]
	switch o := o.(type) {
	case *kit.MonthHead:
		o.Set(r.Month)
	case *kit.TimelineGap:
		_, note, _ := strings.Cut(r.Silence.Words(), " · ")
		o.Bar.Set(r.Silence.Days, r.Silence.Rhythm, note)
	case *kit.TimelineRow:
		m := momentOf(r)
		m.First = row == t.first
		m.Last = t.answer.done && row == len(t.rows)-1
		o.Set(m, current)
	}
	t.seen()
}

// seen marks on the strip the time that the rows in view are of.
func (t *timeline) seen() {
	if len(t.ends) == 0 || len(t.ends) != len(t.rows) {
		return
	}
	at := func(y float32) int {
		return min(sort.Search(len(t.ends), func(i int) bool { return t.ends[i] > y }), len(t.ends)-1)
	}
	y := t.list.Offset()
	first, last := at(y+1), at(y+max(t.list.Size().Height-1, 1))
	var newest, oldest time.Time
	for _, r := range t.rows[first : last+1] {
		if r.Kind == data.RowItem {
			if newest.IsZero() {
				newest = r.Item.At
			}
			oldest = r.Item.At
		}
	}
	if !newest.IsZero() {
		t.strip.brush(oldest, newest)
	}
}

// momentOf is a row of the timeline as it is drawn.
func momentOf(r data.TimelineRow) kit.Moment {
	i := r.Item
	m := kit.Moment{
		Day: r.Day, Time: r.Clock, Icon: kindIcon(i.Kind), Tone: toneOf(r.Started), Planned: r.Planned,
		Met: i.Kind == data.Meet && !r.Planned && !i.Cancelled, Title: r.Title, Detail: r.Second, Privacy: "lock",
	}
	if i.Shared {
		m.Privacy = "users"
	}
	if r.Person.String() != "" && !r.Planned {
		m.Who, m.WhoSide = data.Initials(text.Name(r.Person.Name, r.Person.Email)), toneOf(r.Person.Side)
	}
	switch {
	case i.Cancelled:
		m.Icon, m.Tone, m.Planned = "circle-x", kit.Neutral, false
	case r.Planned:
		m.Icon, m.Tag, m.TagTone = "calendar", r.In, kit.Ours
	case r.Waiting:
		m.Tag, m.TagTone, m.TagIcon = "Waiting", kit.Customer, "reply"
	}
	return m
}

// jump goes to the entry behind the next silence in a direction, reading on
// where none is there yet.
func (t *timeline) jump(direction int) {
	from := t.list.Current()
	for row := from + direction; row >= 0 && row < len(t.rows); row += direction {
		if t.rows[row].Kind != data.RowSilence {
			continue
		}
		beyond := row + 1
		for beyond < len(t.rows) && t.rows[beyond].Kind != data.RowItem {
			beyond++
		}
		if beyond >= len(t.rows) || beyond == from {
			continue
		}
		t.list.Select(beyond)
		t.list.ShowRow(row)
		return
	}
	switch {
	case direction > 0 && !t.answer.done:
		t.more(timelineFar, time.Time{}, func() { t.jump(direction) })
	case direction > 0:
		t.w.say("No earlier silence")
	default:
		t.w.say("No later silence")
	}
}

func (t *timeline) commands() []command { return append(t.lookCommands(), t.inspector.commands()...) }

// lookCommands are those that change nothing.
func (t *timeline) lookCommands() []command {
	return append(moveCommands(t.list),
		command{name: "Earlier silence", words: "gap jump older", icon: "arrow-down", key: "[", do: func() { t.jump(1) }},
		command{name: "Later silence", words: "gap jump newer", icon: "chevron-up", key: "]", do: func() { t.jump(-1) }},
		command{name: "Show the next kind", words: "filter mail meetings calls", icon: "list-filter", key: "F", do: t.filter.next},
		command{name: "Show all kinds and people", words: "clear filter", icon: "list", key: "Esc", when: t.filter.narrows, do: t.filter.clear},
		command{name: "Make a play of what worked here", words: "playbook steps stretch best practice", icon: "route", do: t.play},
		command{name: "Choose whose entries to show", words: "who person filter", icon: "user-round-search", key: "W", do: t.filter.people},
	)
}

// play makes a play of a stretch that begins with the entry in view.
func (t *timeline) play() {
	var since time.Time
	if row := t.list.Current(); row >= 0 && row < len(t.rows) && t.rows[row].Kind == data.RowItem {
		since = t.rows[row].Item.At
	}
	t.w.playOf(t.p.answer.row.Account, since)
}

// scrollTo brings the newest entry of a time or before it to the top, reading on
// where the timeline does not reach back so far yet.
func (t *timeline) scrollTo(at time.Time) {
	for row, r := range t.rows {
		if r.Kind != data.RowItem || r.Item.At.After(at) {
			continue
		}
		if row > 0 && t.rows[row-1].Kind == data.RowMonth {
			row--
		}
		y := float32(0)
		if row > 0 {
			y = t.ends[row-1]
		}
		t.list.ToOffset(y)
		return
	}
	if !t.answer.done {
		t.more(timelineFar, at, func() { t.scrollTo(at) })
		return
	}
	if n := len(t.ends); n > 0 {
		t.list.ToOffset(t.ends[n-1])
	}
}
