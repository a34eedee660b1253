package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// timelineKinds are the filters over the timeline, in their order.
var timelineKinds = []struct {
	kind data.Kind // "" for all
	icon string
	name string
}{
	{"", "", "All"}, {data.Mail, "mail", "Mail"}, {data.Meet, "users", "Meetings"}, {data.Call, "phone", "Calls"},
	{data.Visit, "map-pin", "Visits"}, {data.Note, "notebook-pen", "Notes"}, {data.Press, "globe", "News"},
}

// whoShown is how many people the menu of people offers.
const whoShown = 24

// timelineFilter is which entries the timeline shows: of one kind, with one
// person.
type timelineFilter struct {
	t      *timeline
	kind   data.Kind
	email  string
	name   string // of the person
	chips  []*kit.Chip
	who    *kit.Chip
	view   *kit.Columns
	counts map[data.Kind]int
}

func newTimelineFilter(t *timeline) *timelineFilter {
	f := &timelineFilter{t: t}
	var cols []kit.Col
	var items []fyne.CanvasObject
	for _, k := range timelineKinds {
		chip := kit.NewChip(k.name, "", false, func() { f.choose(k.kind) })
		if k.icon != "" {
			chip = chip.WithIcon(k.icon)
		}
		f.chips = append(f.chips, chip)
		cols, items = append(cols, kit.Fit()), append(items, chip)
	}
	f.who = kit.NewMenuChip("Who", f.people)
	f.view = kit.NewColumns(5, append(cols, kit.Flex(1), kit.Fit()), append(items, kit.NewSpring(), f.who)...)
	return f
}

func (f *timelineFilter) kinds() []data.Kind {
	if f.kind == "" {
		return nil
	}
	return []data.Kind{f.kind}
}

// narrows says whether entries are left out.
func (f *timelineFilter) narrows() bool { return f.kind != "" || f.email != "" }

func (f *timelineFilter) reset() { f.kind, f.email, f.name = "", "", "" }

func (f *timelineFilter) clear() {
	f.reset()
	f.t.renew()
}

func (f *timelineFilter) choose(k data.Kind) {
	f.kind = k
	f.t.renew()
}

// next shows the next kind of which there is something.
func (f *timelineFilter) next() {
	at := slices.IndexFunc(timelineKinds, func(k struct {
		kind data.Kind
		icon string
		name string
	}) bool {
		return k.kind == f.kind
	})
	for i := 1; i <= len(timelineKinds); i++ {
		k := timelineKinds[(at+i)%len(timelineKinds)].kind
		if k == "" || f.counts[k] > 0 {
			f.choose(k)
			return
		}
	}
}

func (f *timelineFilter) choosePerson(p data.Person) { f.email, f.name = p.Email, p.Name }

// people offers the people whose entries can be shown alone.
func (f *timelineFilter) people() {
	list := []command{{name: "Everybody", do: func() {
		f.email, f.name = "", ""
		f.t.renew()
	}}}
	for _, p := range f.t.p.answer.people {
		if p.Email == "" || p.Times == 0 || len(list) > whoShown {
			continue
		}
		list = append(list, command{name: p.Name, do: func() {
			f.choosePerson(p)
			f.t.renew()
		}})
	}
	f.t.w.menuAt(under(f.who), list...)
}

// draw shows how many there are of each kind. A kind of which there is nothing
// is left out, unless it is chosen.
func (f *timelineFilter) draw(a accountAnswer) {
	f.counts = a.counts
	all := 0
	for _, n := range a.counts {
		all += n
	}
	for i, k := range timelineKinds {
		n := a.counts[k.kind]
		if k.kind == "" {
			n = all
		}
		f.chips[i].Hidden = n == 0 && k.kind != "" && k.kind != f.kind
		f.chips[i].Set(k.name, thousands(n), f.kind == k.kind)
	}
	who := "Who"
	if f.email != "" {
		who = data.FirstName(f.name)
	}
	f.who.Set(who, "", f.email != "")
	f.view.Refresh()
}
