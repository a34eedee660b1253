package app

import (
	"strings"
	"time"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// issueRow is what troubles them now, in their own words.
type issueRow struct {
	framed
	item          string
	words         *kit.Paragraph
	face          *kit.Avatar
	who           *kit.Text
	mark          *kit.SourceMark
	treated, cure *kit.Tag
}

func newIssueRow(open func(item string)) *issueRow {
	r := &issueRow{words: kit.NewParagraph(kit.LeadQuote, kit.Ink, "").AtMost(issueLines), face: kit.NewAvatar("", kit.Customer, 20),
		who: kit.NewText(kit.Small, "").In(kit.Ink2), treated: kit.NewTag(kit.Late, "repeat", ""), cure: kit.NewTag(kit.Ours, "heart-pulse", "")}
	r.mark = kit.NewSourceMark("1", func() { open(r.item) })
	by := kit.NewColumns(8, []kit.Col{kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1), kit.Fit(), kit.Fit()}, r.face, r.who, r.mark, kit.NewSpring(), r.treated, r.cure)
	body := kit.NewStack(5, kit.NewText(kit.Small, "Their issue now").In(kit.Ink3), r.words, by)
	r.body = kit.NewPad(13, 12, 0, 12, kit.NewColumns(14, []kit.Col{kit.Fixed(3).Full(), kit.Flex(1).AtTop()}, kit.NewSideBar(kit.Theirs), body))
	r.ExtendBaseWidget(r)
	return r
}

// issueLines is how many lines their words have at most.
const issueLines = 4

// How many letters of who said it, and of a cure, the row has room for.
const issueWho, issueCure = 56, 34

func (r *issueRow) set(i data.Issue, now time.Time) {
	r.item = i.Source.ID
	words := "“" + strings.TrimSpace(i.Need.Words) + "”"
	if strings.TrimSpace(i.Need.Words) == "" {
		words = i.Need.Title
	}
	r.words.Set(kit.Span{Text: words, Role: kit.LeadQuote})
	r.face.Set(data.Initials(i.Who.Name), toneOf(i.Who.Side), false)
	r.face.Hidden = i.Who.Name == ""
	r.who.Set(text.Preview(i.Said(now), issueWho))
	r.mark.Hidden = i.Source.ID == ""
	r.treated.Set(kit.Late, "repeat", i.Treated.Words())
	r.treated.Hidden = i.Treated.Words() == ""
	r.cure.Set(kit.Ours, "heart-pulse", text.Preview(i.Treated.CureWords(), issueCure))
	r.cure.Hidden = i.Treated.CureWords() == ""
	r.body.Refresh()
}
