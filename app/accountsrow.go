package app

import (
	"fmt"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"

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

// accountColumns are the columns of the list and of its heads: account, weeks,
// last touch, next, owner. The narrow ones leave out the last touch.
func accountColumns(narrow bool) []kit.Col {
	if narrow {
		return []kit.Col{kit.Flex(2).AtLeast(200), kit.Fixed(194), kit.Flex(1.1).AtLeast(130), kit.Fixed(40)}
	}
	return []kit.Col{kit.Flex(2.2).AtLeast(160), kit.Fixed(194), kit.Flex(1.2).AtLeast(104), kit.Flex(1.5).AtLeast(116), kit.Fixed(40)}
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

func newAccountRow(narrow bool) *accountRow {
	r := &accountRow{
		tile: kit.NewTile("", 30), tier: kit.NewTier(""), narrow: narrow,
		name: kit.NewText(kit.BodyBold, "").Bending(), sector: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		spark: kit.NewSparkline(nil, kit.NeverMet), pace: kit.NewWarmthDisc(kit.NeverMet),
		last: kit.NewLine().Bending(), lastWho: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		next: kit.NewText(kit.Body, "").Bending(), nextWhat: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		owner: kit.NewAvatar("", kit.Ours, 22),
	}
	var heading fyne.CanvasObject = r.name
	if narrow {
		heading = kit.NewColumns(6, []kit.Col{kit.Fit(), kit.Flex(1)}, r.tier, r.name)
	}
	title := kit.NewColumns(10, []kit.Col{kit.Fixed(30), kit.Flex(1)}, r.tile, kit.NewStack(0, heading, r.sector))
	weeks := kit.NewColumns(10, []kit.Col{kit.Fixed(76), kit.Flex(1)}, r.spark, r.pace)
	next := kit.NewStack(0, r.next, r.nextWhat)
	owner := kit.NewPad(0, 18, 0, 0, r.owner)
	items := []fyne.CanvasObject{title, weeks, kit.NewStack(0, r.last, r.lastWho), next, owner}
	if narrow {
		items = []fyne.CanvasObject{title, weeks, next, owner}
	}
	edge := accountEdge(narrow)
	r.body = kit.NewPad(0, edge, 0, edge, kit.NewColumns(12, accountColumns(narrow), items...))
	r.ExtendBaseWidget(r)
	return r
}

func (r *accountRow) set(a data.AccountRow, you data.You, now time.Time, current bool) {
	r.tile.Lifted, r.owner.Lifted = current, current
	r.tile.Set(data.Initials(a.Name))
	r.name.Set(a.Name)
	r.sector.Set(a.Sector)
	r.sector.Hidden = a.Sector == ""
	r.spark.Set(sparkOf(a.Weeks), paceBand(a.Pace))
	r.pace.Set(paceBand(a.Pace), upperFirst(string(a.Pace)))
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
	next, what := nextTouch(a, now)
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

// nextTouch says what comes next with an account.
func nextTouch(a data.AccountRow, now time.Time) (next, what string) {
	switch {
	case a.Next.ID != "" && a.Next.AllDay:
		return data.DayWord(a.Next.Start, now), a.Next.Summary
	case a.Next.ID != "":
		return data.DayAndClock(a.Next.Start, now), a.Next.Summary
	case a.TouchDue.IsZero():
		return "First hello", ""
	case data.DaysBetween(a.TouchDue, now) > 0:
		return "Touch due " + data.Counted(data.DaysBetween(a.TouchDue, now), "day", "days") + " ago", ""
	case data.DaysBetween(a.TouchDue, now) == 0:
		return "Touch due today", ""
	}
	return "Touch due " + data.ShortDate(a.TouchDue, now), ""
}

// kindWord is what an interaction was, as a word.
func kindWord(k data.Kind) string { return upperFirst(string(k)) }

// paceBand is the mark that stands for a pace: full in rhythm, half when late, a
// ring when quiet, dotted when nobody ever spoke.
func paceBand(p data.Pace) kit.Band {
	switch p {
	case data.OnTime:
		return kit.BandWarm
	case data.Late:
		return kit.BandCooling
	case data.Quiet:
		return kit.BandCold
	}
	return kit.NeverMet
}

// sparkOf is the course of weeks as a line: it grows with the root, and a busy
// week is full only from four contacts on.
func sparkOf(weeks []data.Week) []float32 {
	most := 4
	for _, w := range weeks {
		most = max(most, w.Ours+w.Theirs)
	}
	values := make([]float32, len(weeks))
	for i, w := range weeks {
		values[i] = float32(math.Sqrt(float64(w.Ours+w.Theirs) / float64(most)))
	}
	return values
}

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

func (g *accountGroup) set(l accountLine, rhythm data.Rhythm) {
	g.tier.Set(string(l.tier))
	g.tier.Hidden = l.tier == ""
	g.words.Set(kit.Span{Text: tierName(l.tier), Role: kit.BodyBold},
		kit.Span{Text: data.Counted(l.count, "account", "accounts"), Role: kit.Small, Tint: kit.Ink3, Gap: 9})
	g.note.Set(fmt.Sprintf("every %d days", rhythm.Days(l.tier)))
	g.body.Refresh()
}
