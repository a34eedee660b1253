package app

import (
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// quoteRow is what they wrote last, in their own words.
type quoteRow struct {
	framed
	item  string
	words *kit.Paragraph
	face  *kit.Avatar
	who   *kit.Text
	link  *kit.Button
}

func newQuoteRow(open func(item string)) *quoteRow {
	r := &quoteRow{words: kit.NewParagraph(kit.LeadQuote, kit.Ink, "").AtMost(2), face: kit.NewAvatar("", kit.Customer, 20),
		who: kit.NewText(kit.Small, "").In(kit.Ink2).Bending()}
	r.link = kit.NewReceiptLink("Read it", func() { open(r.item) })
	by := kit.NewColumns(8, []kit.Col{kit.Fixed(20), kit.Flex(1), kit.Fit()}, r.face, r.who, r.link)
	body := kit.NewStack(5, kit.NewText(kit.Small, "What they wrote last").In(kit.Ink3), r.words, by)
	r.body = kit.NewPad(13, 12, 0, 12, kit.NewColumns(14, []kit.Col{kit.Fixed(3).Full(), kit.Flex(1).AtTop()}, kit.NewSideBar(kit.Theirs), body))
	r.ExtendBaseWidget(r)
	return r
}

func (r *quoteRow) set(i data.Interaction, now time.Time) {
	r.item = i.ID
	words := strings.TrimSpace(i.Preview)
	r.words.Set(kit.Span{Text: "“" + words + "”", Role: kit.LeadQuote})
	who, side := "", kit.Customer
	if len(i.People) > 0 {
		p := i.People[0]
		who, side = text.Name(p.Name, p.Email), toneOf(p.Side)
	}
	r.face.Set(data.Initials(who), side, false)
	r.who.Set(who + ", mail of " + data.ShortDate(i.At, now))
	r.body.Refresh()
}
