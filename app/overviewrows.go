package app

import (
	"time"

	"rapport/app/kit"
	"rapport/data"
)

// headRow is the heading of a section, with a note and a link at its right.
type headRow struct {
	framed
	head    *kit.SectionHead
	note    *kit.Text
	link    *kit.Button
	right   *kit.Columns
	heading overviewHeading
}

func newHeadRow() *headRow {
	r := &headRow{note: kit.NewText(kit.Small, "").In(kit.Ink2)}
	r.link = kit.NewLink("", func() { r.heading.do() })
	r.right = kit.NewRow(14, r.note, r.link)
	r.head = kit.NewSectionHead(kit.Heading, "", "", r.right)
	r.body = kit.NewPad(13, 12, 0, 12, r.head)
	r.ExtendBaseWidget(r)
	return r
}

func (r *headRow) set(h overviewHeading) {
	r.heading = h
	r.note.Hidden, r.link.Hidden = h.note == "", h.link == ""
	r.note.Set(h.note)
	r.link.SetText(h.link)
	r.head.Set(h.text, h.count)
	r.right.Refresh()
	r.head.Refresh()
}

// noteRow is a line of small words where a section has no rows.
type noteRow struct {
	framed
	words *kit.Text
}

func newNoteRow() *noteRow {
	r := &noteRow{words: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.body = kit.NewPad(0, 12, 0, 12, r.words)
	r.ExtendBaseWidget(r)
	return r
}

// dueWidth is the room for when a promise is due.
const dueWidth = 92

// owedRow is something that somebody is to do: a sign, what it is, whose it is, and
// by when.
type owedRow struct {
	framed
	sign *kit.Icon
	what *kit.Line
	face *kit.Avatar
	due  *kit.Line
}

// lay makes the parts of the row.
func (r *owedRow) lay() {
	r.sign, r.what, r.face, r.due = kit.NewIcon("", 16, kit.Accent), kit.NewLine().Bending(), kit.NewAvatar("", kit.Ours, 20), kit.NewLine().Bending()
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fixed(20), kit.Fixed(dueWidth)}, r.sign, r.what, r.face, r.due)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, line), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
}

// owe shows whose it is, "" for nobody's, and by when, "" for no day.
func (r *owedRow) owe(keeper string, tone kit.Tone, by string, late, current bool) {
	r.face.Lifted = current
	r.face.Set(data.Initials(keeper), tone, false)
	r.face.Hidden = keeper == ""
	switch {
	case late:
		r.due.Set(kit.Span{Icon: "circle-alert", Role: kit.Small, Tint: kit.Alert}, kit.Span{Text: by, Role: kit.Small, Tint: kit.Alert, Gap: 4})
	case by != "":
		r.due.Set(kit.Span{Text: by, Role: kit.Small, Tint: kit.Ink2})
	default:
		r.due.Set()
	}
	r.body.Refresh()
}

// promiseRow is a promise that is still owed.
type promiseRow struct{ owedRow }

func newPromiseRow() *promiseRow {
	r := &promiseRow{}
	r.lay()
	r.ExtendBaseWidget(r)
	return r
}

func (r *promiseRow) set(p data.OpenPromise, now time.Time, current bool) {
	icon, tint, link, keeper := "arrow-up-right", kit.Accent, " to ", p.Owner
	if p.By != data.Us {
		icon, tint, link, keeper = "arrow-down-left", sideTint(p.By), " from ", p.Who.Name
	}
	r.sign.Set(icon, tint)
	spans := []kit.Span{{Text: p.What}}
	if p.Who.Name != "" {
		spans = append(spans, kit.Span{Text: link + data.FirstName(p.Who.Name), Tint: kit.Ink3})
	}
	r.what.Set(spans...)
	r.owe(keeper, toneOf(p.By), p.DueWords(now), p.Late(now) > 0, current)
}

// needRow is something that they need, with what stands in the way.
type needRow struct {
	framed
	name, second, obstacle *kit.Text
	met                    *kit.Tag
}

func newNeedRow() *needRow {
	r := &needRow{name: kit.NewText(kit.BodyBold, "").Bending(), second: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		obstacle: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), met: kit.NewTag(kit.Neutral, "", "")}
	line := kit.NewColumns(10, []kit.Col{kit.Flex(5), kit.Flex(2), kit.Fixed(dueWidth)}, kit.NewStack(0, r.name, r.second), r.obstacle, r.met)
	r.body = filledUnder(kit.NewPad(0, 12, 0, 12, line), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

// metLooks are the tags of how a need stands.
var metLooks = map[data.Met]struct {
	tone       kit.Tone
	icon, word string
}{
	data.NotMet: {kit.Late, "circle-x", "Not met"}, data.OnTheWay: {kit.Ours, "circle-dot", "On the way"},
	data.IsMet: {kit.Neutral, "circle-check", "Met"}, "": {kit.Neutral, "circle-help", "Not known"},
}

func (r *needRow) set(n data.ShownNeed, now time.Time) {
	r.name.Set(n.Name())
	r.second.Set(n.Since(now))
	r.second.Hidden = r.second.Text == ""
	r.obstacle.Set(n.Obstacle)
	look := metLooks[n.Met]
	r.met.Set(look.tone, look.icon, look.word)
	r.body.Refresh()
}
