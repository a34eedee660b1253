package app

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// How much of a timeline is read at once: the first page quickly, more when
// looking for something far back.
const (
	timelinePage = 60
	timelineFar  = 480
)

// touchYears is how far back the strip over the timeline can look.
const touchYears = 8

// timelineAnswer is what the timeline shows: entries from the newest on, and
// what the strip draws.
type timelineAnswer struct {
	items   []data.Interaction
	done    bool // there is nothing older
	touches []data.Touch
}

// timeline is the tab of everything that happened with an account.
type timeline struct {
	p        *accountPage
	w        *window
	slot     bridge.Slot
	moreSlot bridge.Slot
	view     *fyne.Container
	list     *kit.List
	stage    stage
	field    *kit.Field
	capture  *kit.Pad // hidden on a day that has been
	strip    *timelineStrip
	filter   *timelineFilter

	asked     bool
	answer    timelineAnswer
	rows      []data.TimelineRow
	ends      []float32 // where each row ends, from the top
	first     int       // the first row that is an entry
	chosen    string    // Interaction.ID of the current row
	wanted    string    // the entry to go to when it is read
	anew      bool      // what is shown was chosen anew: the current row comes into view
	inspector *inspector
}

func newTimeline(p *accountPage) *timeline {
	t := &timeline{p: p, w: p.w, list: kit.NewList()}
	t.fillList()
	t.stage = newStage(t.list)
	t.slot.Slow = t.stage.waits(&t.asked)
	t.strip = newTimelineStrip(t)
	t.filter = newTimelineFilter(t)
	t.inspector = newInspector(t)
	t.field = kit.NewField("What happened? “Called Piotr yesterday, 10 min, he agreed the night test”")
	t.field.Icon, t.field.Key = "pen-line", "C"
	t.field.OnEscape = t.list.Take
	t.field.OnSubmit = func(line string) {
		t.field.SetText("")
		t.w.captureLine(p.id, line)
	}
	t.capture = kit.NewPad(0, 32, 6, 32, tall(36, t.field))
	t.view = filled(kit.NewPad(10, 32, 8, 32, t.strip.view), kit.NewPad(0, 32, 10, 32, t.filter.view), t.capture, kit.NewPad(0, 20, 0, 20, t.stage.box))
	return t
}

// query is the page of the timeline after an entry, with what is filtered.
func (t *timeline) query(limit int) data.TimelineQuery {
	return data.TimelineQuery{Account: t.p.id, Kinds: t.filter.kinds(), Email: t.filter.email, Limit: limit, Planned: true, AsKnown: t.p.back.on()}
}

// ask reads as many entries as were shown, and on until the one that is wanted.
func (t *timeline) ask(ctx context.Context, q data.TimelineQuery, wanted string, now time.Time) (a timelineAnswer, err error) {
	var until time.Time
	if wanted != "" {
		if i, err := t.w.db.Interaction(ctx, wanted); err == nil {
			until = i.At
		}
	}
	if a.items, a.done, err = t.w.readTimeline(ctx, q, until, now); err != nil {
		return a, err
	}
	a.touches, err = t.w.db.Touches(ctx, t.p.id, now.AddDate(-touchYears, 0, 0), now)
	return a, err
}

// readTimeline reads a page, and further ones until one reaches back to a time.
func (w *window) readTimeline(ctx context.Context, q data.TimelineQuery, until, now time.Time) (items []data.Interaction, done bool, err error) {
	for {
		page, err := w.db.Timeline(ctx, q, now)
		if err != nil {
			return nil, false, err
		}
		items = append(items, page...)
		done = len(page) < q.Limit
		if done || until.IsZero() || items[len(items)-1].At.Before(until) {
			return items, done, nil
		}
		last := items[len(items)-1]
		q.Before, q.BeforeID, q.Limit = last.At, last.ID, timelineFar
	}
}

func (t *timeline) load() {
	q, wanted, now := t.query(max(timelinePage, len(t.answer.items))), t.wanted, t.p.now()
	again := t.moreSlot.Busy() // a page under way would follow what is replaced now
	t.moreSlot.Drop()
	bridge.Load(t.w.bg, &t.slot, func(ctx context.Context) (timelineAnswer, error) { return t.ask(ctx, q, wanted, now) },
		func(a timelineAnswer, err error) {
			if t.stage.answered(t.w, err, &t.asked, t.load) {
				t.answer = a
				t.draw()
				if again {
					t.more(timelinePage, time.Time{}, nil)
				}
			}
			t.p.back.follow()
		})
}

// more reads the next page; then is called when it is there.
func (t *timeline) more(limit int, until time.Time, then func()) {
	n := len(t.answer.items)
	if !t.asked || t.answer.done || n == 0 {
		return
	}
	q, now := t.query(limit), t.p.now()
	q.Before, q.BeforeID = t.answer.items[n-1].At, t.answer.items[n-1].ID
	bridge.Load(t.w.bg, &t.moreSlot, func(ctx context.Context) (a timelineAnswer, err error) {
		a.items, a.done, err = t.w.readTimeline(ctx, q, until, now)
		return a, err
	}, func(a timelineAnswer, err error) {
		if err != nil {
			t.w.fail(err)
			return
		}
		t.answer.items = joined(t.answer.items, a.items)
		t.answer.done = a.done
		t.draw()
		if then != nil {
			then()
		}
	})
}

// joined adds entries that are not there yet.
func joined(items, more []data.Interaction) []data.Interaction {
	have := make(map[string]bool, len(items))
	for _, i := range items {
		have[i.ID] = true
	}
	for _, i := range more {
		if !have[i.ID] {
			items = append(items, i)
		}
	}
	return items
}

// draw lays out what was read. The current row stays where it is seen.
func (t *timeline) draw() {
	a := t.p.answer
	if hidden := t.p.back.on(); hidden != t.capture.Hidden {
		t.capture.Hidden = hidden
		t.view.Refresh() // it is laid out anew
	}
	t.filter.draw(a)
	t.rows = data.Lay(t.answer.items, data.Layout{
		Now: t.p.now(), Rhythm: a.row.Rhythm, NewestPage: true, Filtered: t.filter.narrows(), You: a.you, Waiting: a.waiting, Awaited: a.awaited,
	})
	t.measure()
	t.strip.draw(t.answer.touches, a.row.Rhythm)
	t.place()
	t.stage.show(t.content())
	t.seen()
	t.w.keepFocus(t.p)
}

// place puts the list on the row that is wanted, or keeps the current one.
func (t *timeline) place() {
	if t.wanted != "" {
		row := t.rowOf(t.wanted)
		t.wanted = ""
		if row >= 0 {
			t.list.Reload()
			t.list.Select(row)
			t.list.ShowRow(row)
			t.moved(row)
			return
		}
		t.w.say("That entry is not on this timeline any more")
	}
	t.list.Keep(t.rowOf(t.chosen))
	if t.list.Current() < 0 && len(t.rows) > 0 {
		t.list.Select(t.newest())
		t.list.ToOffset(0)
	} else if t.anew {
		t.list.ShowRow(t.list.Current())
	}
	t.anew = false
	t.moved(t.list.Current())
}

// newest is the row of what happened last, so that a timeline opens there and
// not on what is planned; the first row when nothing happened yet.
func (t *timeline) newest() int {
	return max(slices.IndexFunc(t.rows, func(r data.TimelineRow) bool { return r.Kind == data.RowItem && !r.Planned }), 0)
}

func (t *timeline) content() fyne.CanvasObject {
	switch {
	case len(t.rows) > 0:
		return t.list
	case t.filter.narrows():
		return kit.NewEmpty(kit.NewIcon("list-filter", 36, kit.Ink3), "Nothing of that kind", "Other entries are there; only these are none.",
			kit.NewButton(kit.Plain, "Show all", t.filter.clear).WithKey("Esc"))
	}
	text := "Mail and meetings with its people come here by themselves."
	if len(t.p.answer.row.Domains) == 0 {
		text = "Give the account a mail domain, or a person with an address, and their mail comes here by itself."
	}
	return kit.NewEmpty(kit.NewCirclesSmall(), "Nothing has happened here yet", text+" You can log a call, a visit or a note.",
		kit.NewButton(kit.Plain, "Log a contact", func() { t.w.openCapture(t.p.id) }).WithIcon("pen-line").WithKey("C"))
}

func (t *timeline) rowOf(id string) int {
	if id == "" {
		return -1
	}
	return slices.IndexFunc(t.rows, func(r data.TimelineRow) bool { return r.Kind == data.RowItem && r.Item.ID == id })
}

// seek goes to an entry when the timeline is drawn next.
func (t *timeline) seek(id string) {
	t.wanted = id
	if t.filter.narrows() {
		t.filter.reset()
		t.answer = timelineAnswer{}
	}
}

// with shows only what happened with one person, when it is drawn next.
func (t *timeline) with(who data.Person) {
	t.filter.reset()
	t.filter.choosePerson(who)
	t.answer = timelineAnswer{}
}

// renew asks again after the filter changed, from the newest on.
func (t *timeline) renew() {
	t.list.ToOffset(0)
	t.answer.items, t.anew = nil, true
	t.load()
	t.list.Take()
}

func (t *timeline) moved(row int) {
	if row < 0 || row >= len(t.rows) || t.rows[row].Kind != data.RowItem {
		t.chosen = ""
		t.inspector.clear()
		return
	}
	t.chosen = t.rows[row].Item.ID
	t.inspector.show(t.rows[row])
}
