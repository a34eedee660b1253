package app

import (
	"context"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
)

// newsName is what the news is called wherever it is offered.
const newsName = "While you were away"

// news is the floating list of what others changed since somebody here last looked.
type news struct {
	w    *window
	of   data.News
	rows []newsRow
	list *kit.List
}

// newsRow is an account, or what somebody did to one thing of it.
type newsRow struct {
	account data.AccountNews
	line    data.NewsLine
	heading bool
}

// newsCommand shows the news from anywhere.
func (w *window) newsCommand() command {
	return command{name: newsName, words: "news others changed since colleagues sharing spaces looked", icon: "arrow-left-right", menu: menuGo, do: w.openNews}
}

// openNews shows the news over the page.
func (w *window) openNews() {
	bridge.Load(w.bg, &w.goSlot, w.db.News, func(n data.News, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case len(n.Changes)+len(n.Conflicts) == 0:
			w.say("Nobody else changed anything since you last looked")
		default:
			w.popNews(n)
		}
	})
}

// newsHigh is how high the list of news is.
const newsHigh = 420

func (w *window) popNews(n data.News) {
	v := &news{w: w, of: n, list: kit.NewList()}
	for _, a := range n.ByAccount() {
		v.rows = append(v.rows, newsRow{account: a, heading: true})
		for _, l := range a.Lines {
			v.rows = append(v.rows, newsRow{account: a, line: l})
		}
	}
	l := v.list
	l.Count = func() int { return len(v.rows) }
	l.Kind = func(row int) kit.RowKind {
		if v.rows[row].heading {
			return 1
		}
		return 0
	}
	l.Height = func(row int) float32 {
		if v.rows[row].heading {
			return kit.Scaled(42)
		}
		return kit.Scaled(48)
	}
	l.Create = func(k kit.RowKind) fyne.CanvasObject {
		if k == 1 {
			return newNewsHead()
		}
		return newNewsLine()
	}
	l.Update = func(row int, o fyne.CanvasObject, _ bool) {
		switch o := o.(type) {
		case *newsHead:
			o.set(v.rows[row].account)
		case *newsLine:
			o.set(w, v.rows[row].line)
		}
	}
	l.Inset = 6
	l.OnOpen, l.OnRune = func(int) { v.open() }, v.typed
	sum := n.Sum()
	if sum == "" {
		sum = "Nothing new; something is left to choose"
	}
	seen := kit.NewButton(kit.Primary, "I have seen this", v.seen).WithKey("S")
	body := kit.NewStack(8, kit.NewText(kit.Body, sum).In(kit.Ink2).Bending(), kit.NewHairline(), tall(newsHigh, l))
	w.pop(kit.NewOverlay(composeWidth, kit.NewDialog("arrow-left-right", kit.Ours, newsName, body, "Enter opens, H history, V choose",
		kit.NewButton(kit.Plain, "Later", w.dismiss).WithKey("Esc"), seen)), l)
	l.Reload()
	l.Select(0)
}

func (v *news) current() newsRow {
	if i := v.list.Current(); i >= 0 && i < len(v.rows) {
		return v.rows[i]
	}
	return newsRow{}
}

// typed hears the keys of the list.
func (v *news) typed(r rune) bool {
	switch r {
	case 's', 'S':
		v.seen()
	case 'h', 'H':
		v.history()
	case 'v', 'V':
		if a := v.current().account; a.Conflicts > 0 {
			v.w.dismiss()
			v.w.openChooser(a.Account)
		}
	default:
		return stepped(v.list, r)
	}
	return true
}

// open goes to what the row is about.
func (v *news) open() {
	r := v.current()
	switch {
	case !r.heading && r.line.Kind == data.KindContact && r.line.Deeds[len(r.line.Deeds)-1] != data.DeedDeleted:
		v.w.dismiss()
		v.w.openContact(r.line.ID)
	case r.account.Account != "":
		v.w.dismiss()
		v.w.open(route{place: placeAccount, id: r.account.Account})
	default:
		v.history()
	}
}

// history shows what was written of the thing of the row.
func (v *news) history() {
	if r := v.current(); !r.heading && r.line.ID != "" {
		v.w.dismiss()
		v.w.openHistory(r.line.ThingRef, "")
	}
}

// seen begins the news anew.
func (v *news) seen() {
	if v.w.frozen() {
		return
	}
	v.w.dismiss()
	v.w.write("Marked as seen what others changed", func(tx *store.Tx) error { return tx.Looked(v.of) }, nil)
}

// newsHead is an account's line, with what is to be chosen there.
type newsHead struct {
	framed
	name  *kit.Text
	count *kit.Tag
}

func newNewsHead() *newsHead {
	h := &newsHead{name: kit.NewText(kit.Heading, "").Bending(), count: kit.NewTag(kit.Late, "git-merge", "")}
	h.body = kit.NewPad(13, 10, 4, 10, kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Fit(), kit.Flex(1)}, h.name, h.count, kit.NewSpring()))
	h.ExtendBaseWidget(h)
	return h
}

func (h *newsHead) set(a data.AccountNews) {
	h.name.Set(a.Name)
	h.count.Hidden = a.Conflicts == 0
	h.count.Set(kit.Late, "git-merge", data.Counted(a.Conflicts, "choice for you", "choices for you"))
	h.body.Refresh()
}

// newsLine is what somebody did to one thing.
type newsLine struct {
	framed
	face        *kit.Avatar
	title, what *kit.Line
}

func newNewsLine() *newsLine {
	l := &newsLine{face: kit.NewAvatar("", kit.Ours, 24), title: kit.NewLine().Bending(), what: kit.NewLine().Bending()}
	l.body = kit.NewPad(6, 10, 6, 10, kit.NewColumns(10, []kit.Col{kit.Fixed(24), kit.Flex(1)}, l.face, kit.NewStack(1, l.title, l.what)))
	l.ExtendBaseWidget(l)
	return l
}

func (l *newsLine) set(w *window, n data.NewsLine) {
	l.face.Initials, l.face.Side = initialsOf(n.By), toneOf(n.Side)
	l.face.Refresh()
	l.title.Set(kit.Span{Text: data.Titled(n.Kind, n.Title)})
	l.what.Set(kit.Span{Text: n.Who(), Role: kit.SmallBold, Tint: kit.Ink2}, kit.Span{Text: n.Words(), Role: kit.Small, Tint: kit.Ink2, Gap: 5},
		kit.Span{Text: "· " + lowerFirst(data.DayAndClock(n.At, w.now())), Role: kit.Small, Tint: kit.Ink3, Gap: 6})
	l.body.Refresh()
}

// newsCard stands over the page of sharing while there is news.
func (p *spaces) newsCard() fyne.CanvasObject {
	sum := p.answer.news.Sum()
	if sum == "" {
		return nil
	}
	words := kit.NewStack(1, kit.NewText(kit.BodyBold, newsName), kit.NewText(kit.Small, sum).In(kit.Ink2).Bending())
	look := kit.NewSmallButton(kit.Plain, "Look", p.w.openNews).WithKey("W")
	return kit.NewPanel(kit.AccentSoft, 10, 14, kit.NewColumns(12, []kit.Col{kit.Fixed(18), kit.Flex(1), kit.Fit()}, kit.NewIcon("arrow-left-right", 18, kit.Accent), words, look))
}

// askNews adds what others changed, of all spaces.
func (w *window) askNews(ctx context.Context, a spacesAnswer, err error) (spacesAnswer, error) {
	if err == nil {
		a.news, err = w.db.News(ctx)
	}
	return a, err
}
