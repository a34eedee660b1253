package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/data/text"
)

// movesShown is how many of the mails and meetings that move are named.
const movesShown = 5

// filingInspector says why somebody seems to belong somewhere and what moves
// with them, and holds the buttons.
type filingInspector struct {
	p      *filing
	view   fyne.CanvasObject
	body   *kit.Stack
	scroll *kit.Scroll
	moves  *kit.Stack // what moves, filled when it is known
	foot   fyne.CanvasObject
	back   fyne.CanvasObject
	file   *kit.Button
	other  *kit.Button
	ignore *kit.Button
	later  *kit.Button
	undo   *kit.Button
	shown  string // the key of what it shows
}

func newFilingInspector(p *filing) filingInspector {
	s := filingInspector{p: p, body: kit.NewStack(0), moves: kit.NewStack(0)}
	s.scroll = kit.NewScroll(kit.NewPad(18, 22, 18, 22, s.body))
	s.file = kit.NewButton(kit.Primary, "File", func() { p.file(); p.focus() }).WithIcon("check").WithKey("Y")
	s.other = kit.NewButton(kit.Plain, "Other…", p.choose).WithIcon("building-2").WithKey("A")
	s.ignore = kit.NewButton(kit.Plain, "Not a customer", func() { p.ignore(); p.focus() }).WithIcon("user-round-minus").WithKey("N")
	s.later = kit.NewButton(kit.Plain, "Later", func() { p.putOff(); p.focus() }).WithIcon("clock").WithKey("S")
	s.undo = kit.NewButton(kit.Plain, "Take back", func() { p.takeBack(); p.focus() }).WithIcon("undo-2").WithKey("U")
	cols := []kit.Col{kit.Flex(190), kit.Flex(113)}
	s.foot = footed(kit.NewStack(8, kit.NewColumns(8, cols, s.file, s.other), kit.NewColumns(8, cols, s.ignore, s.later)))
	s.back = footed(s.undo)
	s.foot.Hide()
	s.back.Hide()
	s.view = container.NewBorder(nil, container.NewStack(s.foot, s.back), nil, nil, s.scroll)
	return s
}

// footed is what stands at the bottom of a pane, under a hairline.
func footed(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewStack(0, kit.NewHairline(), kit.NewPad(12, 22, 14, 22, o))
}

// drawSide shows what is known of the current row.
func (p *filing) drawSide() {
	s := &p.side
	i, ok := p.current()
	switch {
	case !ok:
		s.shown = ""
		s.body.Set()
	case i.kind == filingPast:
		s.shown = i.key()
		s.body.Set(pastView(i.past)...)
	default:
		s.drawSender(i)
	}
	s.showFoot(ok && i.kind == filingSender, p.canTakeBack())
	s.scroll.Refresh()
}

// showFoot shows the buttons that the current row has.
func (s *filingInspector) showFoot(foot, back bool) {
	if s.foot.Visible() == foot && s.back.Visible() == back {
		return
	}
	s.foot.Hide()
	s.back.Hide()
	if foot {
		s.foot.Show()
	}
	if back {
		s.back.Show()
	}
	s.view.Refresh()
}

func pastView(i filingPastItem) []fyne.CanvasObject {
	return []fyne.CanvasObject{
		kit.NewSpans(kit.Span{Text: i.title, Role: kit.Heading}), kit.NewSpace(6),
		kit.NewText(kit.Small, i.detail).In(kit.Ink2).Bending(), kit.NewSpace(14),
		kit.NewInfoBox(kit.Neutral, i.icon, i.says),
	}
}

func (s *filingInspector) drawSender(i filingItem) {
	a := i.proposal
	s.drawButtons(a)
	if s.shown != i.key() {
		s.scroll.ToTop()
		s.moves.Set()
	}
	s.shown = i.key()
	items := append([]fyne.CanvasObject{s.personHead(a.Sender)}, cardViews(a.Sender.Card)...)
	items = append(append(items, kit.NewSpace(18)), reasonViews(a)...)
	moves := kit.NewSectionHead(kit.BodyBold, "What moves", "", kit.NewNote(movesWords(a.Sender)))
	items = append(items, kit.NewSpace(20), moves, s.moves, kit.NewSpace(12))
	items = append(items, s.consequences(i)...)
	s.body.Set(items...)
	s.loadMoves(a.Sender)
}

func (s *filingInspector) drawButtons(a data.Proposal) {
	chosen := s.p.chosen()
	switch {
	case len(chosen) > 1:
		s.file.SetText("File " + thousands(len(chosen)))
	case a.Account.ID == "":
		s.file.SetText("File to…")
	default:
		s.file.SetText("File to " + data.ShortName(a.Account.Name))
	}
}

func (s *filingInspector) personHead(who data.Sender) fyne.CanvasObject {
	name := senderName(who)
	first := kit.Span{Text: fmt.Sprintf("%s, first seen %s", who.Email, data.ShortDate(who.First, s.p.w.now())), Role: kit.Small, Tint: kit.Ink2}
	words := kit.NewStack(1, kit.NewText(kit.Title, name).Bending(), kit.NewSpans(first))
	return kit.NewColumns(12, []kit.Col{kit.Fixed(40), kit.Flex(1)}, kit.NewAvatar(kit.Initials(name), kit.Neutral, 40), words)
}

// cardViews are what a signature says of somebody, which filing keeps with them.
func cardViews(c text.Card) []fyne.CanvasObject {
	var lines []fyne.CanvasObject
	add := func(icon, words string) {
		lines = append(lines, kit.NewPad(3, 0, 3, 0, kit.NewColumns(10, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1)},
			kit.NewPad(1, 0, 0, 0, kit.NewIcon(icon, 16, kit.Ink2)), kit.NewParagraph(kit.Body, kit.Ink, words).AtMost(2))))
	}
	if c.Role != "" {
		add("user-round", c.Role)
	}
	if len(c.Phones) > 0 {
		add("phone", c.Phones[0])
	}
	if len(lines) == 0 {
		return nil
	}
	note := kit.NewNote("from their signature; filing keeps it")
	return append(append([]fyne.CanvasObject{kit.NewSpace(12)}, lines...), kit.NewPad(1, 0, 0, 26, note))
}

// movesWords counts what moves: "4 mails, 2 meetings".
func movesWords(who data.Sender) string {
	switch {
	case who.Meetings == 0:
		return data.Counted(who.Mails, "mail", "mails")
	case who.Mails == 0:
		return data.Counted(who.Meetings, "meeting", "meetings")
	}
	return data.Counted(who.Mails, "mail", "mails") + ", " + data.Counted(who.Meetings, "meeting", "meetings")
}

var aboutIcons = map[data.About]string{
	data.AboutDomain: "globe", data.AboutName: "user-round", data.AboutPeople: "users", data.AboutSignature: "quote",
}

func reasonViews(a data.Proposal) []fyne.CanvasObject {
	head := "No account yet"
	if a.Account.ID != "" {
		head = "Why " + a.Account.Name
	}
	items := []fyne.CanvasObject{kit.NewSectionHead(kit.BodyBold, head, "", nil)}
	for _, r := range a.Reasons {
		icon, strength := aboutIcons[r.About], string(r.Strength)
		if icon == "" {
			icon, strength = "circle-help", ""
		}
		words := []fyne.CanvasObject{kit.NewParagraph(kit.Body, kit.Ink, r.Says)}
		if r.Detail != "" {
			words = append(words, kit.NewParagraph(kit.Small, kit.Ink2, r.Detail).AtMost(2))
		}
		row := kit.NewColumns(10, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1).AtTop(), kit.Fit().AtTop()},
			kit.NewPad(1, 0, 0, 0, kit.NewIcon(icon, 16, kit.Ink2)), kit.NewStack(0, words...), kit.NewText(kit.Small, strength).In(kit.Ink2))
		items = append(items, kit.NewPad(7, 0, 7, 0, row), kit.NewHairline())
	}
	return items
}

// consequences say what filing means, only what is true.
func (s *filingInspector) consequences(i filingItem) []fyne.CanvasObject {
	first := data.FirstName(senderName(i.proposal.Sender))
	items := []fyne.CanvasObject{
		sharedByFiling(s.p.answer.told, first), kit.NewSpace(4),
		sideRow(kit.NewText(kit.Body, "New mail from "+first+" is filed there too").Bending(), kit.NewIcon("check", 16, kit.Accent)),
		kit.NewHairline(),
	}
	domain := s.p.ofDomain(i.group.Domain)
	if i.group.Public || len(domain) == 0 {
		return items
	}
	words := "File all " + thousands(len(domain)) + " senders at " + i.group.Domain
	if len(domain) == 1 {
		words = "File everybody at " + i.group.Domain
	}
	link := kit.NewLink(words, func() { s.p.fileDomain(); s.p.focus() })
	return append(items, sideRow(link, kit.NewKeyHint("Shift Y")), kit.NewHairline())
}

func sideRow(left, right fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewPad(8, 0, 8, 0, kit.NewSpread(8, left, right))
}

// loadMoves names the latest of what moves.
func (s *filingInspector) loadMoves(who data.Sender) {
	p, now := s.p, s.p.w.now()
	bridge.Load(p.w.bg, &p.moveSlot, func(ctx context.Context) ([]data.Interaction, error) {
		return p.w.db.Waits(ctx, who.Email, movesShown)
	}, func(list []data.Interaction, err error) {
		if err != nil {
			p.w.fail(err)
			return
		}
		var items []fyne.CanvasObject
		for _, i := range list {
			icon := "mail"
			if i.Kind == data.Meet {
				icon = "calendar"
			}
			row := kit.NewColumns(10, []kit.Col{kit.Fixed(14), kit.Flex(1), kit.Fit()},
				kit.NewIcon(icon, 14, kit.Ink2), kit.NewText(kit.Body, data.TitleOf(i)).Bending(), kit.NewText(kit.Small, data.ShortDate(i.At, now)).In(kit.Ink2))
			items = append(items, kit.NewPad(6, 0, 6, 0, row), kit.NewHairline())
		}
		if more := who.Mails + who.Meetings - len(list); more > 0 {
			items = append(items, kit.NewPad(6, 0, 0, 0, kit.NewText(kit.Small, "and "+thousands(more)+" more").In(kit.Ink3)))
		}
		s.moves.Set(items...)
		s.body.Refresh()
		s.scroll.Refresh()
	})
}

// sharedByFiling says what a team sees of mails that are filed to an account of
// theirs, by the rule of the mailbox that tells the most.
func sharedByFiling(told data.Share, first string) fyne.CanvasObject {
	const theirs = "The mails stay yours. A team that shares the account "
	switch told {
	case data.ShareContact:
		return kit.NewInfoBox(kit.Neutral, "users", theirs+"sees that "+first+" wrote, not what.")
	case data.ShareSubject:
		return kit.NewInfoBox(kit.Neutral, "users", theirs+"sees that "+first+" wrote, and the subject.")
	case data.ShareText:
		return kit.NewInfoBox(kit.Neutral, "users", theirs+"sees what "+first+" wrote.")
	}
	return kit.NewInfoBox(kit.Neutral, "lock", "The mails stay yours, on this laptop. Filing shares nothing.")
}
