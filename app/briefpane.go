package app

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// briefPane stands beside the paper: what its lines rest on.
type briefPane struct {
	p    *briefPage
	view fyne.CanvasObject
	list *kit.List
	note *kit.Text
	foot *kit.Paragraph
}

func newBriefPane(p *briefPage) *briefPane {
	v := &briefPane{p: p, list: kit.NewList(), note: kit.NewText(kit.Small, "").In(kit.Ink2), foot: kit.NewParagraph(kit.Small, kit.Ink2, briefPaneWords)}
	l := v.list
	l.Count = func() int { return len(p.brief.Sources) }
	l.Height = func(row int) float32 { return v.height(row) }
	l.Create = func(kit.RowKind) fyne.CanvasObject { return newBriefSourceRow() }
	l.Update = func(row int, o fyne.CanvasObject, current bool) { o.(*briefSourceRow).set(v.source(row), current) }
	l.OnMove = func(row int) { p.paper.light(row + 1) }
	l.OnOpen = func(int) { v.open() }
	l.OnMenu = func(_ int, at fyne.Position) { p.w.menuAt(at, p.commands()...) }
	head := kit.NewPad(20, 22, 7, 22, kit.NewSpread(8, kit.NewText(kit.BodyBold, "Sources").Bending(), v.note))
	v.view = withFoot(filled(head, kit.NewHairline(), l), kit.NewStack(0, kit.NewHairline(), kit.NewPad(10, 22, 10, 22, v.foot)))
	return v
}

// height is what a source's row needs: its title, and a second line where it has
// one.
func (v *briefPane) height(row int) float32 {
	if v.source(row).under == "" {
		return kit.Scaled(36)
	}
	return kit.Scaled(52)
}

// sourceView is a source as its row shows it.
type sourceView struct {
	n            string
	icon         string
	title, under string
}

// source is the source of a row.
func (v *briefPane) source(row int) sourceView {
	s := v.p.brief.Sources[row]
	view := sourceView{n: strconv.Itoa(s.N), icon: "receipt-text", title: s.Words}
	if i, ok := v.interaction(s.ID); ok {
		view.icon, view.title = kindIcon(i.Kind), data.WithoutLinks(data.TitleOf(i))
		view.under = strings.TrimPrefix(data.Second(i, data.You{}, v.p.w.now())+", "+data.DayAndClock(i.At, v.p.w.now()), ", ")
		return view
	}
	if icon := partIcons[s.Kind]; icon != "" {
		view.icon = icon
	}
	if title, under, found := strings.Cut(s.Words, "”, "); found {
		view.title, view.under = title+"”", under
	}
	return view
}

// partIcons are the pictures of sources that are parts.
var partIcons = map[string]string{
	data.KindPromise: "handshake", data.KindStep: "target", data.KindObjective: "target", data.KindStakeholder: "user-round", data.KindNeed: "bandage", data.KindRisk: "triangle-alert",
	data.KindUnknown: "circle-help", data.KindValue: "sprout",
}

// interaction is one that the brief was made from.
func (v *briefPane) interaction(id string) (data.Interaction, bool) {
	if id == "" {
		return data.Interaction{}, false
	}
	in := v.p.in
	if i, ok := in.Sources[id]; ok {
		return i, true
	}
	list := slices.Clone(in.Since)
	if in.LastMet != nil {
		list = append(list, *in.LastMet)
	}
	list = append(list, in.Last)
	for _, w := range in.Waiting {
		list = append(list, w.Interaction)
	}
	if k := slices.IndexFunc(list, func(i data.Interaction) bool { return i.ID == id }); k >= 0 {
		return list[k], true
	}
	return data.Interaction{}, false
}

func (v *briefPane) draw() {
	v.note.Set("none yet")
	if n := len(v.p.brief.Sources); n > 0 {
		v.note.Set(strconv.Itoa(n) + ", all on this laptop")
	}
	v.list.Keep(v.list.Current())
	v.list.Refresh()
	v.foot.Set(kit.Span{Text: v.words(), Role: kit.Small, Tint: kit.Ink2})
	v.view.Refresh()
}

// briefPaneWords say how the page comes about and what is to be done.
const briefPaneWords = "Made from what is known, again each time it changes. E writes what is to be earned."

// words say what is to be done here.
func (v *briefPane) words() string {
	switch n := len(v.p.in.Prepared.Out); {
	case n > 0:
		return data.Counted(n, "line is", "lines are") + " left out. Ctrl K brings them back."
	case v.p.in.IsPrepared():
		return "You wrote what is to be earned. All else is made from what is known, again each time it changes."
	}
	return briefPaneWords
}

// current is the number of the source that is chosen, 0 for none.
func (v *briefPane) current() int {
	if row := v.list.Current(); row >= 0 && row < len(v.p.brief.Sources) {
		return row + 1
	}
	return 0
}

// choose shows a source and lights its marks.
func (v *briefPane) choose(n int) {
	if n < 1 || n > len(v.p.brief.Sources) {
		return
	}
	v.list.Select(n - 1)
	v.p.paper.light(n)
}

func (v *briefPane) chosen() (data.SheetSource, bool) {
	if n := v.current(); n > 0 {
		return v.p.brief.Sources[n-1], true
	}
	return data.SheetSource{}, false
}

func (v *briefPane) canOpen() bool {
	s, ok := v.chosen()
	return ok && (s.ID != "" || s.Part != "" && v.p.in.Account.ID != "")
}

// open opens what a source is: the mail on its timeline, or the tab of the account
// where the part stands.
func (v *briefPane) open() {
	s, ok := v.chosen()
	switch {
	case !ok || !v.canOpen():
	case s.ID != "":
		v.p.w.openInteraction(s.ID)
	default:
		tab := map[string]string{data.KindStep: "plan", data.KindObjective: "plan", data.KindRisk: "plan", data.KindStakeholder: "people", data.KindRelation: "people", data.KindValue: "value", data.KindSpace: "value"}[s.Kind]
		v.p.w.openAt(route{place: placeAccount, id: v.p.in.Account.ID}, target{tab: tab})
	}
}

// citing are the keys of the lines that rest on the chosen source, each with its
// section, as Preparation.Out has them.
func (v *briefPane) citing() (keys []string) {
	n := v.current()
	for _, s := range v.p.brief.Sections {
		for _, l := range s.Lines {
			if key := l.KeyOf(); l.Source == n && n > 0 && key != "" && s.Key != data.BriefRoom {
				keys = append(keys, s.Key+"/"+key)
			}
		}
	}
	return keys
}

func (v *briefPane) canLeaveOut() bool { return v.p.asked && len(v.citing()) > 0 }

// leaveOut takes the lines that rest on a source off this page; the facts stay.
func (v *briefPane) leaveOut() {
	keys := v.citing()
	if len(keys) == 0 {
		return
	}
	p := v.p.in.Prepared
	p.Account, p.Out = v.p.in.Account.ID, append(slices.Clone(p.Out), keys...)
	v.p.w.write(data.Counted(len(keys), "line", "lines")+" left out of the brief", func(tx *store.Tx) error {
		_, err := store.PutPart(tx, p)
		return err
	}, v.p.load)
}

func (p *briefPage) bringBack() {
	prepared := p.in.Prepared
	prepared.Out = nil
	p.w.write("Lines are back on the brief", func(tx *store.Tx) error {
		_, err := store.PutPart(tx, prepared)
		return err
	}, p.load)
}

// briefSourceRow is a source in the pane.
type briefSourceRow struct {
	framed
	mark         *kit.SourceMark
	icon         *kit.Icon
	title, under *kit.Text
}

func newBriefSourceRow() *briefSourceRow {
	r := &briefSourceRow{mark: kit.NewSourceMark("", nil), icon: kit.NewIcon("mail", 14, kit.Ink2), title: kit.NewText(kit.BodyBold, "").Bending(), under: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	words := kit.NewStack(1, kit.NewColumns(7, []kit.Col{kit.Fixed(14), kit.Flex(1)}, r.icon, r.title), r.under)
	r.body = kit.NewPad(7, 12, 6, 10, kit.NewColumns(10, []kit.Col{kit.Fixed(24).AtTop(), kit.Flex(1).AtTop()}, r.mark, words))
	r.ExtendBaseWidget(r)
	return r
}

func (r *briefSourceRow) set(s sourceView, current bool) {
	r.mark.Number, r.mark.Lit = s.n, current
	r.mark.Refresh()
	r.icon.Set(s.icon, kit.Ink2)
	r.title.Set(s.title)
	r.under.Set(s.under)
	r.under.Hidden = s.under == ""
	r.body.Refresh()
}
