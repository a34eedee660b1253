package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// learnedContent is the view of what is worth sending, by stage.
const learnedContent = "content"

// contentIcon is the picture of something worth sending.
const contentIcon = "send"

// contentStages are the stages in their order, "" for any at the end.
var contentStages = append(slices.Clone(data.TrustStages), "")

// stageName is a stage as a heading or a choice.
func stageName(s data.TrustStage) string {
	if s == "" {
		return "Any stage"
	}
	return upperFirst(string(s))
}

// askContent reads what is worth sending: by stage, then by title.
func (w *window) askContent(ctx context.Context) ([]data.Content, error) {
	list, err := store.Parts[data.Content](ctx, w.db, store.PartQuery{Open: true})
	slices.SortStableFunc(list, func(a, b data.Content) int {
		return cmp.Or(slices.Index(contentStages, a.Stage)-slices.Index(contentStages, b.Stage), strings.Compare(text.Fold(a.Title), text.Fold(b.Title)), strings.Compare(a.ID, b.ID))
	})
	return list, err
}

// composeContent are the rows of what is worth sending, under a heading for each
// stage.
func (p *learned) composeContent(rows *[]learnedRow, wide func(func() fyne.CanvasObject)) {
	if len(p.answer.content) == 0 {
		wide(func() fyne.CanvasObject {
			return kit.NewEmpty(kit.NewIcon(contentIcon, 36, kit.Ink3), "Nothing worth sending is kept",
				"A guide, a case, an invitation: what does somebody good who has come to know, interest or trust. Rapport suggests it then; you send it.",
				kit.NewButton(kit.Primary, addContentName, func() { p.editContent(data.Content{}) }).WithKey("S"))
		})
		return
	}
	for i, c := range p.answer.content {
		if i == 0 || c.Stage != p.answer.content[i-1].Stage {
			n := 0
			for _, o := range p.answer.content {
				if o.Stage == c.Stage {
					n++
				}
			}
			wide(func() fyne.CanvasObject {
				return kit.NewPad(14, 24, 0, 24, kit.NewStack(6, kit.NewLine(kit.Span{Text: stageName(c.Stage), Role: kit.Heading}, kit.Span{Text: countWord(n), Role: kit.Small, Tint: kit.Ink3, Gap: 9}), kit.NewHairline()))
			})
		}
		*rows = append(*rows, learnedRow{content: c})
	}
}

func (l *learnedLine) setContent(c data.Content, now time.Time, tint fyne.ThemeColorName) {
	l.icon.Set(contentIcon, tint)
	l.title.Set(c.Title)
	l.about.Set(cmp.Or(strings.Join(strings.Fields(c.Text), " "), c.Link))
	l.topic.Set(strings.Join(c.Topics, ", "))
	l.setWho(data.FirstName(c.By), "")
	l.used.Set(data.ShortDay(c.On, now))
	for _, t := range l.tiles {
		t.Hidden = true
	}
	l.cost.Hidden = true
	l.body.Refresh()
}

// content says all of something worth sending.
func (v *learnedPane) content(c data.Content) []fyne.CanvasObject {
	under := ""
	if c.By != "" {
		under = "By " + c.By
	}
	if c.On != "" {
		under = joinComma(under, data.ShortDay(c.On, v.p.w.now()))
	}
	rows := v.top(contentIcon, joinComma("Worth sending", lowerFirstOr(stageName(c.Stage))), c.Title, under)
	if c.Text != "" {
		rows = append(rows, kit.NewParagraph(kit.Body, kit.Ink, c.Text), kit.NewSpace(10))
	}
	if c.Link != "" {
		rows = append(rows, pairLine("Link", c.Link))
	}
	if len(c.Topics) > 0 {
		rows = append(rows, pairLine("Topics", strings.Join(c.Topics, ", ")))
	}
	return append(rows, kit.NewSpace(10), kit.NewParagraph(kit.Small, kit.Ink2, "It is suggested for somebody who came to this stage lately, on Today and by nurture due. A mail with it is begun in your Drafts; nothing is sent by itself."))
}

// addContentName is what adding something worth sending is called.
const addContentName = "Keep something worth sending"

// editContent keeps something worth sending, or changes it.
func (p *learned) editContent(c data.Content) {
	f := newPartForm(p.w, partWorld{})
	title := f.line("Title", "Planning a night test", c.Title)
	words := f.area("What a mail says", "Four pages on light at night, with a checklist.", c.Text, 3)
	link := f.line("Link", "https://larkfield.example/night", c.Link)
	stage := f.choice("For", slices.Index(contentStages, c.Stage), stageName(data.StageKnow), stageName(data.StageInterest), stageName(data.StageTrust), stageName(""))
	topics := f.line("Topics", "parted by commas", strings.Join(c.Topics, ", "))
	askPart(p.w, f, contentIcon, "content", c, func() (data.Content, error) {
		c.Title, c.Text, c.Link = strings.TrimSpace(title.Text()), strings.TrimSpace(words.Text()), strings.TrimSpace(link.Text())
		c.Stage, c.Topics = contentStages[stage.On], commaList(topics)
		if c.ID == "" {
			c.By, c.On = p.answer.me, f.now.Format(time.DateOnly)
		}
		return c, nil
	}, func(c data.Content) string { return said(c.Title) })
}
