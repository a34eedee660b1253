package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
)

// How much the palette shows of each group.
const (
	paletteNames    = 5
	paletteCommands = 5
	paletteWritten  = 6
	paletteLearned  = 4
	paletteAsked    = 30 // of each, to choose those from
)

// palette finds accounts and people, does commands, and opens what was said.
type palette struct {
	w       *window
	view    *kit.Palette
	overlay *kit.Overlay
	slot    bridge.Slot
	choices []func() // one for each row; nil for headings
	// entered says that a row was chosen while the rows of what is typed now were
	// still looked for: the first of those is meant.
	entered bool
}

// openPalette shows the palette over the page, or takes it away.
func (w *window) openPalette() {
	if w.palette != nil && w.palette.overlay.IsOpen() {
		w.dismiss()
		return
	}
	p := &palette{w: w, view: kit.NewPalette("Find an account, a person, words, or something to do")}
	p.overlay = kit.NewOverlay(kit.PaletteWidth, p.view)
	p.overlay.OnClose = p.slot.Drop
	p.view.OnType = p.type_
	p.view.OnEscape = p.overlay.Close
	p.view.OnChoose = p.choose
	w.palette = p
	p.type_("")
	w.pop(p.overlay, p.view.Focusable())
}

// type_ looks for what was typed so far. A newer letter cancels the search for
// the older ones.
func (p *palette) type_(typed string) {
	p.entered = false
	words := queryWords(typed)
	if len(words) == 0 {
		p.slot.Drop()
		p.draw(words, data.Found{}, "")
		return
	}
	var took time.Duration
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (data.Found, error) {
		began := p.w.clock()
		found, err := p.w.db.Search(ctx, typed, paletteAsked)
		took = p.w.clock().Sub(began)
		return found, err
	}, func(found data.Found, err error) {
		if err != nil {
			what, todo := troubleWords(err)
			p.show(nil, what+". "+todo)
			return
		}
		p.draw(words, found, fmt.Sprintf(" in %d ms", max(1, took.Milliseconds())))
		if p.entered {
			p.entered = false
			p.choose(p.view.Current())
		}
	})
}

// choice is a row of the palette and what it does.
type choice struct {
	row kit.PaletteRow
	do  func()
}

func (p *palette) draw(words []string, found data.Found, took string) {
	names := p.names(words, found)
	dos := p.commands(words)
	written := p.written(words, found)
	learned := p.learned(words, found)
	note := ""
	if took != "" {
		note = data.Counted(len(names)+len(dos)+len(written)+len(learned), "result", "results") + took
	}
	var list []choice
	for _, g := range []struct {
		name string
		list []choice
	}{{"Accounts and people", names}, {"Do", dos}, {"In notes and mail", written}, {"What you learned", learned}} {
		if len(g.list) > 0 {
			list = append(list, choice{row: kit.PaletteRow{Group: g.name}})
			list = append(list, g.list...)
		}
	}
	if len(list) == 0 {
		list = append(list, choice{row: kit.PaletteRow{Group: "Nothing is called that, and nobody wrote it"}})
	}
	p.show(list, note)
}

func (p *palette) show(list []choice, note string) {
	rows := make([]kit.PaletteRow, len(list))
	p.choices = make([]func(), len(list))
	for i, c := range list {
		rows[i], p.choices[i] = c.row, c.do
	}
	p.view.SetRows(rows, note)
	p.overlay.Relayout()
}

func (p *palette) choose(row int) {
	if p.slot.Busy() {
		p.entered = true
		return
	}
	if row < 0 || row >= len(p.choices) || p.choices[row] == nil {
		return
	}
	do := p.choices[row]
	p.overlay.Close()
	do()
}

func (p *palette) names(words []string, found data.Found) []choice {
	var list []choice
	accounts := found.Accounts[:min(len(found.Accounts), paletteNames)]
	for _, h := range accounts {
		list = append(list, choice{
			row: kit.PaletteRow{Initials: data.Initials(h.Title), Spans: described(h.Title, words, "account")},
			do:  func() { p.w.open(route{place: placeAccount, id: h.ID}) },
		})
	}
	for _, h := range found.Contacts[:min(len(found.Contacts), paletteNames-min(len(accounts), 2))] {
		list = append(list, choice{
			row: kit.PaletteRow{Initials: data.Initials(h.Title), Person: true, Tone: kit.Customer, Spans: described(h.Title, words, h.Account)},
			do:  func() { p.w.openContact(h.ID) },
		})
	}
	return list
}

// described is a name with what was typed in bold, and small words behind it.
func described(name string, words []string, more string) []kit.Span {
	spans := marked(name, words)
	if more != "" {
		spans = append(spans, kit.Span{Text: more, Role: kit.Small, Tint: kit.Ink3, Gap: 10})
	}
	return spans
}

// commands are those that the words name, best first; all for no words.
func (p *palette) commands(words []string) []choice {
	type ranked struct {
		command
		rank int
	}
	var fits []ranked
	for _, c := range p.w.commands() {
		switch {
		case c.quiet || !c.applies():
		case matches(c.name, words):
			fits = append(fits, ranked{c, 0})
		case matches(c.name+" "+c.words, words):
			fits = append(fits, ranked{c, 1})
		}
	}
	slices.SortStableFunc(fits, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	if len(words) > 0 {
		fits = fits[:min(len(fits), paletteCommands)]
	}
	list := make([]choice, 0, len(fits))
	for _, c := range fits {
		list = append(list, choice{row: kit.PaletteRow{Icon: c.icon, Spans: marked(c.name, words), Key: c.keyWords()}, do: c.do})
	}
	return list
}

// written is what happened, and the mails that are on no timeline: what is
// nearest to now first, and of meetings that recur the nearest one only.
func (p *palette) written(words []string, found data.Found) []choice {
	now := p.w.now()
	type dated struct {
		choice
		at      time.Time
		title   string
		meeting bool
	}
	var all []dated
	add := func(h data.Hit, do func()) {
		title := strings.TrimSpace(h.Title)
		if title == "" {
			title = h.Snippet
		}
		more := data.ShortDate(h.At, now)
		if h.Account != "" {
			more = h.Account + ", " + more
		}
		row := kit.PaletteRow{Icon: kindIcon(h.Kind), Spans: described(title, words, more)}
		all = append(all, dated{choice{row, do}, h.At, h.Account + title, h.Kind == data.Meet})
	}
	for _, h := range found.Interactions {
		add(h, func() { p.w.openInteraction(h.ID) })
	}
	for _, h := range found.Messages {
		if h.Account == "" { // the others are among the interactions
			add(h, func() { p.w.openMessage(h.ID) })
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return cmp.Compare(now.Sub(a.at).Abs(), now.Sub(b.at).Abs()) })
	var list []choice
	seen := map[string]bool{}
	for _, d := range all {
		if len(list) < paletteWritten && !(d.meeting && seen[d.title]) {
			list = append(list, d.choice)
			seen[d.title] = true
		}
	}
	return list
}

// learned are notes and plays; Enter goes to them on the page Training.
func (p *palette) learned(words []string, found data.Found) []choice {
	var list []choice
	for _, h := range found.Learned[:min(len(found.Learned), paletteLearned)] {
		more := "note"
		if h.Kind == data.KindPlay {
			more = "play"
		}
		list = append(list, choice{
			row: kit.PaletteRow{Icon: learnedIcons[string(h.Kind)], Spans: described(h.Title, words, more)},
			do:  func() { p.w.openAt(route{place: placeTraining}, target{tab: learnedAll, item: h.ID}) },
		})
	}
	return list
}

// kindIcon is the icon of what an interaction was.
func kindIcon(k data.Kind) string {
	switch k {
	case data.Meet:
		return "users"
	case data.Call:
		return "phone"
	case data.Visit:
		return "map-pin"
	case data.Note:
		return "notebook-pen"
	case data.Press:
		return "globe"
	}
	return "mail"
}

// openContact goes to the page of a contact, by Contact.ID.
func (w *window) openContact(id string) { w.open(route{place: placeContact, id: id}) }

// openInteraction goes to an entry of an account's timeline.
func (w *window) openInteraction(id string) {
	bridge.Load(w.bg, &w.goSlot, func(ctx context.Context) (data.InteractionDetail, error) { return w.db.Interaction(ctx, id) },
		func(i data.InteractionDetail, err error) {
			switch {
			case err != nil:
				w.fail(err)
			case i.Account == "" && len(i.Messages) > 0:
				w.openMessage(i.Messages[0].ID)
			case i.Account == "":
				w.say("It is on no account's timeline")
			default:
				w.openAt(route{place: placeAccount, id: i.Account}, target{tab: "timeline", item: id})
			}
		})
}
