package app

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// The kinds of rows in the list of accounts.
const (
	accountWide kit.RowKind = iota
	accountNarrow
	accountTier
)

// accountGap is the free room between columns.
const accountGap = 8

// accountColumns are the columns of the list and of its heads: account, stage,
// warmth, last touch, next, promises, owner. The narrow ones leave out stage, last
// touch and promises.
func accountColumns(narrow bool) []kit.Col {
	if narrow {
		return []kit.Col{kit.Flex(2).AtLeast(200), kit.Fixed(170), kit.Flex(1.2).AtLeast(130), kit.Fixed(40)}
	}
	return []kit.Col{kit.Flex(2.1).AtLeast(130), kit.Flex(0.9).AtLeast(58), kit.Fixed(168), kit.Flex(1.15).AtLeast(92), kit.Flex(1.65).AtLeast(104), kit.Fixed(96), kit.Fixed(40)}
}

// accountEdge is the free room at both sides of the list's rows.
func accountEdge(narrow bool) float32 {
	if narrow {
		return 20
	}
	return 24
}

// accountRow is an account in the list.
type accountRow struct {
	framed
	tile           *kit.Tile
	mark           *kit.Tick
	stage          *kit.StagePips
	ours, theirs   *kit.Line
	id             string
	tier           *kit.Tier
	name, sector   *kit.Text
	spark          *kit.Sparkline
	pace           *kit.WarmthDisc
	last           *kit.Line
	lastWho        *kit.Text
	next, nextWhat *kit.Text
	owner          *kit.Avatar
	narrow         bool
}

func newAccountRow(narrow bool, mark func(id string)) *accountRow {
	r := &accountRow{
		stage: kit.NewStagePips(0, ""), ours: kit.NewLine(), theirs: kit.NewLine(),
		tile: kit.NewTile("", 30), tier: kit.NewTier(""), narrow: narrow,
		name: kit.NewText(kit.BodyBold, "").Bending(), sector: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		spark: kit.NewSparkline(nil, kit.NeverMet), pace: kit.NewWarmthDisc(kit.NeverMet),
		last: kit.NewLine().Bending(), lastWho: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		next: kit.NewText(kit.Body, "").Bending(), nextWhat: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		owner: kit.NewAvatar("", kit.Ours, 22),
	}
	r.mark = kit.NewTick(func() { mark(r.id) })
	var heading fyne.CanvasObject = r.name
	if narrow {
		heading = kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Flex(1)}, r.tier, r.name)
	}
	title := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1)}, container.NewStack(r.tile, container.NewCenter(r.mark)), kit.NewStack(0, heading, r.sector))
	weeks := kit.NewColumns(10, []kit.Col{kit.Fixed(76), kit.Flex(1)}, r.spark, r.pace)
	next := kit.NewStack(0, r.next, r.nextWhat)
	owner := kit.NewPad(0, 18, 0, 0, r.owner)
	promises := kit.NewColumns(4, []kit.Col{kit.Fixed(46), kit.Flex(1)}, r.ours, r.theirs)
	items := []fyne.CanvasObject{title, r.stage, weeks, kit.NewStack(0, r.last, r.lastWho), next, promises, owner}
	if narrow {
		items = []fyne.CanvasObject{title, weeks, next, owner}
	}
	edge := accountEdge(narrow)
	r.body = kit.NewPad(0, edge, 0, edge, kit.NewColumns(accountGap, accountColumns(narrow), items...))
	r.ExtendBaseWidget(r)
	return r
}

func (r *accountRow) set(e data.AccountEntry, weeks []int, marked bool, you data.You, now time.Time, current bool) {
	a := e.AccountRow
	r.id = a.ID
	r.mark.Set(marked)
	r.mark.Hidden, r.tile.Hidden = !marked, marked
	r.tile.Lifted, r.owner.Lifted = current, current
	r.tile.Set(data.Initials(a.Name))
	r.name.Set(a.Name)
	r.sector.Set(a.Sector)
	r.sector.Hidden = a.Sector == ""
	band := bandOf(e.Stand.Band)
	r.spark.Set(courseOf(weeks), band)
	r.pace.Set(band, bandWord(e.Stand.Band))
	r.spark.Hidden, r.pace.Hidden, r.stage.Hidden = !e.Known, !e.Known, !e.Known
	r.stage.Set(e.Stand.Stage.Step(), stageWord(e.Stand.Stage))
	r.ours.Set(promiseSpans("arrow-up-right", kit.Accent, e.Stand.Ours, e.Stand.OursLate)...)
	r.theirs.Set(promiseSpans("arrow-down-left", kit.Theirs, e.Stand.Theirs, e.Stand.TheirsLate)...)
	ago, who := lastTouch(a, you, now)
	icon := kit.Span{Text: ago}
	if !a.Last.At.IsZero() {
		icon = kit.Span{Icon: kindIcon(a.Last.Kind), Tint: kit.Ink2, Role: kit.Small}
		r.last.Set(icon, kit.Span{Text: ago, Gap: 4})
	} else {
		r.last.Set(icon)
	}
	r.lastWho.Set(who)
	r.lastWho.Hidden = who == ""
	next, what := nextTouch(e, now)
	r.next.Set(next)
	r.nextWhat.Set(what)
	r.nextWhat.Hidden = what == ""
	r.owner.Set(data.Initials(a.Owner), kit.Ours, false)
	r.owner.Hidden = a.Owner == ""
	if r.narrow {
		r.tier.Set(string(a.Tier))
		r.tier.Hidden = a.Tier == ""
		r.sector.Hidden = false
		r.sector.Set(ago)
		if who != "" {
			r.sector.Set(ago + ", " + inSentence(who, a.Last.Kind))
		}
	}
	r.body.Refresh()
}

// lastTouch says how long ago the last touch was and who it was with.
func lastTouch(a data.AccountRow, you data.You, now time.Time) (ago, who string) {
	if a.Last.At.IsZero() {
		return "Never spoken", ""
	}
	name := ""
	if len(a.Last.People) > 0 && a.Last.People[0].String() != "" {
		p := a.Last.People[0]
		name = data.FirstName(text.Name(p.Name, p.Email))
		if you.Is(p) {
			name = "you"
		}
	}
	ago = upperFirst(data.Ago(a.Last.At, now))
	switch {
	case name == "":
		return ago, kindWord(a.Last.Kind)
	case a.Last.Kind == data.Mail:
		return ago, upperFirst(name) + " wrote"
	}
	return ago, kindWord(a.Last.Kind) + ", " + name
}

// inSentence is who a touch was with, behind other words: "call, Priya" and "you
// wrote", but "Anna wrote".
func inSentence(who string, k data.Kind) string {
	if strings.HasPrefix(who, "You ") || strings.HasPrefix(who, kindWord(k)) {
		return strings.ToLower(who[:1]) + who[1:]
	}
	return who
}

// bandWord is what a band is called in a list.
func bandWord(b data.Band) string {
	if b == data.NeverSpoke {
		return "Never met"
	}
	return upperFirst(string(b))
}

// stageWord is what a stage is called in a list.
func stageWord(s data.TrustStage) string {
	if s == "" {
		return "Not yet"
	}
	return upperFirst(string(s))
}

// promiseSpans are how many open promises a side has, with a mark where one is
// over; nothing for none.
func promiseSpans(icon string, tint fyne.ThemeColorName, n, late int) []kit.Span {
	if n == 0 {
		return nil
	}
	spans := []kit.Span{{Icon: icon, Tint: tint, Role: kit.Body}, {Text: thousands(n), Gap: 5}}
	if late > 0 {
		spans[1].Tint = kit.Alert
		spans = append(spans, kit.Span{Icon: "circle-alert", Tint: kit.Alert, Role: kit.Small, Gap: 3})
	}
	return spans
}

// nextTouch says what comes next with an account, and how.
func nextTouch(e data.AccountEntry, now time.Time) (next, what string) {
	touch := e.Stand.Touch
	if e.Known && !touch.Due.IsZero() {
		what = likes(touch)
	}
	due := touchDue(&e)
	switch {
	case e.Archived != "":
		return "Left " + archivedDay(e.Account, now), e.ArchivedWhy
	case e.Next.ID != "" && e.Next.AllDay:
		return data.DayWord(e.Next.Start, now), e.Next.Summary
	case e.Next.ID != "":
		return data.DayAndClock(e.Next.Start, now), e.Next.Summary
	case due.IsZero() || e.Last.At.IsZero():
		return "First hello", what
	case data.DaysBetween(due, now) > 0:
		return "Touch due " + data.Counted(data.DaysBetween(due, now), "day", "days") + " ago", what
	case data.DaysBetween(due, now) == 0:
		return "Touch due today", what
	}
	return "Touch due " + data.ShortDate(due, now), what
}

// likes is whom a touch is with, and how they prefer it: "Ola prefers calls".
func likes(t data.Touchpoint) string {
	name := data.FirstName(t.Contact.Name)
	switch {
	case name == "":
		return ""
	case t.Channel == "":
		return "with " + name
	}
	return name + " prefers " + map[data.Channel]string{data.ByMail: "mail", data.ByCall: "phone", data.ByMeeting: "meetings", data.ByVisit: "visits"}[t.Channel]
}

// kindWord is what an interaction was, as a word.
func kindWord(k data.Kind) string { return upperFirst(string(k)) }

// accountGroup is the head of a tier in the list.
type accountGroup struct {
	framed
	tier  *kit.Tier
	words *kit.Line
	note  *kit.Text
}

func newAccountGroup() *accountGroup {
	g := &accountGroup{tier: kit.NewTier(""), words: kit.NewLine().Bending(), note: kit.NewNote("")}
	row := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1), kit.Fit()}, g.tier, g.words, g.note)
	g.body = filledUnder(kit.NewPad(0, 24, 0, 24, row), kit.NewHairline())
	g.ExtendBaseWidget(g)
	return g
}

func (g *accountGroup) set(l accountLine, note string) {
	g.tier.Set(string(l.tier))
	g.tier.Hidden = l.tier == ""
	g.words.Set(kit.Span{Text: tierName(l.tier), Role: kit.BodyBold},
		kit.Span{Text: data.Counted(l.count, "account", "accounts"), Role: kit.Small, Tint: kit.Ink3, Gap: 9})
	g.note.Set(note)
	g.body.Refresh()
}
