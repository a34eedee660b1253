package app

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
)

// swap shows one object at a time in the same room.
type swap struct{ room *fyne.Container }

func newSwap(first fyne.CanvasObject) swap { return swap{container.NewStack(first)} }

func (s swap) show(o fyne.CanvasObject) {
	if s.room.Objects[0] != o {
		s.room.Objects = []fyne.CanvasObject{o}
		s.room.Refresh()
	}
}

// rowObject is a recycled row of the list of sources.
type rowObject interface {
	object() fyne.CanvasObject
	set(*sources, sourceRow)
}

// create makes a row and remembers how to fill it.
func (s *sources) create(k kit.RowKind) fyne.CanvasObject {
	row := s.newRow(k)
	s.made[row.object()] = row
	return row.object()
}

func (s *sources) newRow(k kit.RowKind) rowObject {
	switch k {
	case rowSource:
		return newSourceLine()
	case rowLedgerHead:
		return newLedgerHead(s)
	case rowFolder:
		return newFolderLine()
	case rowReason:
		return newReasonLine()
	}
	return newNoteLine()
}

// sourceLine is a source: what it is, where it is, how it stands.
type sourceLine struct {
	view        fyne.CanvasObject
	icon        *kit.Icon
	name, where *kit.Text
	state       *kit.Line
}

func newSourceLine() *sourceLine {
	l := &sourceLine{icon: kit.NewIcon("mail", 18, kit.Accent), name: kit.NewText(kit.BodyBold, "").Bending(),
		where: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), state: kit.NewLine().Right()}
	l.view = kit.NewPad(5, 26, 5, 26, kit.NewColumns(14, []kit.Col{kit.Fixed(18), kit.Flex(1), kit.Fit()}, l.icon, kit.NewStack(0, l.name, l.where), l.state))
	return l
}

func (l *sourceLine) object() fyne.CanvasObject { return l.view }

func (l *sourceLine) set(s *sources, r sourceRow) {
	c := s.all[r.source]
	icon, tint := "mail", kit.Ink2
	if !c.isMail() {
		icon = "calendar"
	}
	if c.isFeed() {
		icon = kindIcon(data.Press)
	}
	if c.name() == s.chosen {
		tint = kit.Accent
	}
	l.icon.Set(icon, tint)
	l.name.Set(c.shown())
	l.where.Set(c.detail())
	icon, words, tint := stateWords(c, s.w.now())
	l.state.Set(kit.Span{Icon: icon, Tint: tint}, kit.Span{Text: words, Role: kit.Small, Tint: tint, Gap: 6})
}

// The columns of the ledger.
var ledgerColumns = []kit.Col{kit.Fixed(14), kit.Flex(1), kit.Fixed(112), kit.Fixed(52), kit.Fixed(52), kit.Fixed(58), kit.Fixed(4), kit.Fixed(172)}

// ledgerHead is the heading of the ledger, its spans and its columns.
type ledgerHead struct {
	view  fyne.CanvasObject
	title *kit.Text
	chips []*kit.Chip
}

func newLedgerHead(s *sources) *ledgerHead {
	h := &ledgerHead{title: kit.NewText(kit.Heading, "").Bending()}
	items := []fyne.CanvasObject{h.title}
	cols := []kit.Col{kit.Flex(1)}
	for i, span := range ledgerSpans {
		chip := kit.NewChip(span.name, "", false, func() { s.show(i) })
		h.chips = append(h.chips, chip)
		items, cols = append(items, chip), append(cols, kit.Fit())
	}
	items, cols = append(items, kit.NewSmallButton(kit.Plain, whyName, s.w.whyMissing).WithIcon("mail-search")), append(cols, kit.Fit())
	small := func(text string) *kit.Text { return kit.NewText(kit.Micro, text).In(kit.Ink2) }
	h.view = kit.NewStack(0,
		kit.NewPad(16, 26, 10, 26, kit.NewColumns(8, cols, items...)),
		kit.NewPad(2, 26, 6, 26, kit.NewColumns(8, ledgerColumns, kit.NewSpring(), small("Folder"), small("Last run"), small("Seen").Right(), small("Kept").Right(), small("Skipped").Right(), kit.NewSpring(), small("Result"))))
	return h
}

func (h *ledgerHead) object() fyne.CanvasObject { return h.view }

func (h *ledgerHead) set(s *sources, _ sourceRow) {
	if c, ok := s.current(); ok {
		h.title.Set("Ledger, " + c.shown())
	}
	for i, chip := range h.chips {
		chip.Set(ledgerSpans[i].name, "", i == s.span)
	}
}

// folderLine is what reading did with a folder.
type folderLine struct {
	view                  fyne.CanvasObject
	fold                  *kit.Icon
	name                  *kit.Text
	run, seen, kept, skip *kit.Text
	result                *kit.Line
}

func newFolderLine() *folderLine {
	number := func() *kit.Text { return kit.NewText(kit.Body, "").Right() }
	l := &folderLine{fold: kit.NewIcon("chevron-right", 14, kit.Ink2), name: kit.NewText(kit.Body, "").Bending(),
		run: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), seen: number(), kept: number(), skip: number(), result: kit.NewLine().Bending()}
	l.view = kit.NewPad(4, 26, 4, 26, kit.NewColumns(8, ledgerColumns, l.fold, l.name, l.run, l.seen, l.kept, l.skip, kit.NewSpring(), l.result))
	return l
}

func (l *folderLine) object() fyne.CanvasObject { return l.view }

func (l *folderLine) set(s *sources, r sourceRow) {
	f := s.folders[r.folder]
	open := s.open[f.Folder]
	l.fold.Set(map[bool]string{true: "chevron-down", false: "chevron-right"}[open], kit.Ink2)
	l.name.Role, l.name.Text = kit.Body, f.Folder
	if f.Folder == "" {
		l.name.Text = "Meetings"
		if c, _ := s.current(); c.isFeed() {
			l.name.Text = "News"
		}
	}
	if open {
		l.name.Role = kit.BodyBold
	}
	l.name.Refresh()
	l.run.Set(runWords(f, s.w))
	l.seen.Set(thousands(f.Seen))
	l.kept.Set(thousands(f.Kept))
	l.skip.Set(thousands(data.Sum(f.Skipped)))
	icon, words, tint := f.result()
	l.result.Set(kit.Span{Icon: icon, Tint: tint}, kit.Span{Text: words, Role: kit.Small, Tint: kit.Ink, Gap: 5})
}

// runWords are when a folder was read last and how long that took.
func runWords(f folderSum, w *window) string {
	if f.Started.IsZero() {
		return "never"
	}
	took := fmt.Sprintf("%d s", int(f.Took.Seconds()+0.5))
	if f.Took >= 2*time.Minute {
		took = data.Age(f.Took)
	}
	return sinceWords(f.Started, w.now()) + ", " + took
}

// reasonLine is why some were left out, or what was odd about some.
type reasonLine struct {
	view  fyne.CanvasObject
	count *kit.Text
	words *kit.Line
	link  *kit.Button // what can be done about it
}

func newReasonLine() *reasonLine {
	l := &reasonLine{count: kit.NewText(kit.BodyBold, "").Right(), words: kit.NewLine().Bending(), link: kit.NewLink("", nil)}
	l.view = kit.NewPad(2, 26, 2, 48, kit.NewColumns(12, []kit.Col{kit.Fixed(44), kit.Flex(1), kit.Fit()}, l.count, l.words, l.link))
	return l
}

func (l *reasonLine) object() fyne.CanvasObject { return l.view }

func (l *reasonLine) set(s *sources, r sourceRow) {
	l.link.Show()
	switch r.reason.Reason {
	case data.SkipUnknown:
		l.link.SetText("File them")
		l.link.OnTap = func() { s.w.open(route{place: placeFiling}) }
	case data.SkipLeftOut:
		l.link.SetText("See the rules")
		l.link.OnTap = func() { s.w.openAt(route{place: placeSettings}, target{tab: tabLeftOut}) }
	default:
		l.link.Hide()
	}
	l.count.Set(thousands(r.reason.N))
	spans := []kit.Span{{Text: upperFirst(r.reason.Reason), Role: kit.Small}}
	if r.odd {
		spans = []kit.Span{{Icon: "triangle-alert", Tint: kit.WarmMark}, {Text: upperFirst(r.reason.Reason), Role: kit.Small, Gap: 6}, {Text: "kept", Role: kit.Small, Tint: kit.Ink3, Gap: 8}}
	}
	l.words.Set(spans...)
}

// noteLine is a sentence in the list: a problem, or that there was no run.
type noteLine struct {
	view  fyne.CanvasObject
	icon  *kit.Icon
	words *kit.Paragraph
}

func newNoteLine() *noteLine {
	l := &noteLine{icon: kit.NewIcon("info", 16, kit.Ink3), words: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(3)}
	l.view = kit.NewPad(4, 26, 4, 26, kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1)}, l.icon, l.words))
	return l
}

func (l *noteLine) object() fyne.CanvasObject { return l.view }

func (l *noteLine) set(s *sources, r sourceRow) {
	if r.kind == rowProblem {
		l.icon.Set("circle-alert", kit.Alert)
		l.words.Set(kit.Span{Text: s.problem + ".", Role: kit.Small, Tint: kit.Alert})
		return
	}
	l.icon.Set("info", kit.Ink3)
	l.words.Set(kit.Span{Text: "It was not read in this time. Choose a longer one to see what it did before.", Role: kit.Small, Tint: kit.Ink2})
}
