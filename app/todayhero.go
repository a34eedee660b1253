package app

import (
	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// heroHeight is the height of the next conversation's card.
const heroHeight = 116

// heroFaces is how many people the card draws.
const heroFaces = 5

// todayHeroRow is the next conversation, as a card.
type todayHeroRow struct {
	framed
	card          *kit.Ground
	clock, length *kit.Text
	title         *kit.Line
	tier          *kit.Tier
	where         *kit.Line
	faces         []*kit.Avatar
	names         *kit.Text
	said          *kit.Paragraph
	never, late   *kit.Tag
	open          *kit.Button
	item          todayItem
}

func newTodayHeroRow(p *today) *todayHeroRow {
	r := &todayHeroRow{
		clock: kit.NewText(kit.Heading, ""), length: kit.NewText(kit.Small, "").In(kit.Ink2), title: kit.NewLine().Bending(), tier: kit.NewTier(""),
		where: kit.NewLine().Bending(), names: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), never: kit.NewTag(kit.Neutral, "user-round-x", ""),
		said: kit.NewSpans().AtMost(2), late: kit.NewTag(kit.Late, "circle-alert", ""),
	}
	cols := []kit.Col{}
	people := []fyne.CanvasObject{}
	for range heroFaces {
		a := kit.NewAvatar("", kit.Customer, 24)
		r.faces = append(r.faces, a)
		people = append(people, a)
		cols = append(cols, kit.Fixed(24))
	}
	faces := kit.NewColumns(3, cols, people...)
	who := kit.NewColumns(10, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1)}, faces, r.names, r.never, r.late, kit.NewSpring())
	r.open = kit.NewButton(kit.Primary, "Prepare", func() { p.w.openAt(r.item.opens, r.item.at) }).WithIcon("book-open-text").WithKey("Enter")
	words := kit.NewStack(5, r.title, kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Flex(1)}, r.tier, r.where), r.said, kit.NewSpace(3), who)
	line := kit.NewColumns(13, []kit.Col{kit.Fixed(48).AtTop(), kit.Fixed(3).Full(), kit.Flex(1).AtTop(), kit.Fit().AtTop()},
		kit.NewStack(0, r.clock, r.length), kit.NewSideBar(kit.Accent), words, kit.NewStack(6, r.open, kit.NewText(kit.Micro, "One page, ready offline").In(kit.Ink2).Center()))
	r.card = kit.NewCard(16, line)
	r.body = kit.NewPad(0, 10, 0, 10, r.card)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayHeroRow) set(i todayItem, current bool) {
	c := i.talk
	r.item = i
	r.clock.Set(c.Clock)
	r.length.Set(c.Length)
	r.title.Set(kit.Span{Text: talkTitle(c), Role: kit.Heading}, kit.Span{Text: c.In, Tint: kit.Ink2, Gap: 10})
	r.tier.Set(string(c.Meeting.Account.Tier))
	r.tier.Hidden = r.tier.Letter == ""
	r.where.Set(whereSpans(c)...)
	for n, a := range r.faces {
		a.Hidden = n >= len(c.Guests)
		if !a.Hidden {
			g := c.Guests[n]
			a.Set(kit.Initials(text.Name(g.Name, g.Email)), toneOf(g.Side), c.Customer && !g.Met)
		}
	}
	r.names.Set(c.Names)
	r.never.Set(kit.Neutral, "user-round-x", c.NeverMetWords)
	r.never.Hidden = c.NeverMetWords == ""
	r.late.Set(kit.Late, "circle-alert", c.Overdue)
	r.late.Hidden = c.Overdue == ""
	r.said.Hidden = c.Said.Words == ""
	r.said.Set(saidSpans(c.Said)...)
	r.open.Hidden = i.opens.place == ""
	r.card.Border = kit.Hair
	if current {
		r.card.Border = kit.Accent
	}
	r.card.Refresh()
}

// saidSpans are what somebody wants, in their words, and who said it when.
func saidSpans(s data.Said) []kit.Span {
	if s.Words == "" {
		return nil
	}
	by := s.Who
	if s.On != "" && by != "" {
		by += ", "
	}
	return []kit.Span{{Text: "“" + s.Words + "” ", Role: kit.BodyQuote, Tint: kit.Ink2}, {Text: by + s.On, Tint: kit.Ink2}}
}

// whereSpans are the account, or that it is among colleagues, and the place.
func whereSpans(c data.Conversation) []kit.Span {
	name := c.Meeting.Account.Name
	if name == "" {
		name = "Internal"
		if c.Customer {
			name = "Not with an account yet"
		}
	}
	spans := []kit.Span{{Text: name, Role: kit.BodyBold}}
	if c.Where != "" {
		spans = append(spans, kit.Span{Text: "·", Tint: kit.Ink2, Gap: 10}, kit.Span{Text: c.Where, Tint: kit.Ink2, Gap: 10})
	}
	return spans
}
