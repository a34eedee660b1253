package app

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"

	"rapport/app/bridge"
	"rapport/app/kit"
	"rapport/data"
	"rapport/sync/space"
)

// spacesAnswer is what the page of sharing shows.
type spacesAnswer struct {
	entries   []data.SpaceEntry
	own       int // accounts that are in no space
	in        data.SpaceInput
	joint     []data.JointStand // plans in it
	preview   data.SpacePreview // where it is seen as a member sees it
	conflicts conflictsAnswer
	news      data.News // of all spaces
}

// spaces is the page of sharing: which spaces there are, and of one of them who is
// in it, what each may see, what people wrote apart, and how the exchange stands.
type spaces struct {
	w      *window
	slot   bridge.Slot
	asked  bool
	answer spacesAnswer
	chosen string // Space.ID; "" for what is in no space
	alone  bool   // what is in no space was chosen
	viewed string // Member.ID of whose view stands beside it, or ""

	side    *spacesSide
	head    *spaceHead
	chooser *chooser
	stack   *kit.Stack
	scroll  *kit.Scroll
	stage   stage
	pane    *spacePane
	main    fyne.CanvasObject
}

func newSpaces(w *window, r route) page {
	p := &spaces{w: w, chosen: r.id}
	p.side, p.head, p.pane = newSpacesSide(p), newSpaceHead(p), newSpacePane(p)
	p.chooser = newChooser(w)
	p.stack = kit.NewStack(0)
	p.scroll = kit.NewScroll(kit.NewPad(0, 26, 24, 26, p.stack))
	p.chooser.changed = p.scroll.Refresh
	p.stage = newStage(p.scroll)
	p.slot.Slow = p.stage.waits(&p.asked)
	p.main = filled(p.head.view, p.stage.box)
	return p
}

func (p *spaces) title() string { return "Sharing" }

func (p *spaces) panes() panes {
	return panes{side: p.side.view, sideWidth: 216, main: p.main, inspector: p.pane.view, width: 340}
}

func (p *spaces) folded(side, _ bool) { p.head.folded(side) }

// goTo opens one space.
func (p *spaces) goTo(to target) { p.choose(to.item) }

func (p *spaces) focus() {
	if p.asked && len(p.answer.entries) > 0 {
		p.side.list.Take()
	}
}

// askSpaces gathers the page; of no space in particular it is the first.
func (w *window) askSpaces(ctx context.Context, chosen string, alone bool) (a spacesAnswer, err error) {
	if a.entries, a.own, err = w.db.SpaceEntries(ctx); err != nil || len(a.entries) == 0 || alone {
		return a, err
	}
	slices.SortStableFunc(a.entries, func(x, y data.SpaceEntry) int { return jointLast(x) - jointLast(y) })
	if !slices.ContainsFunc(a.entries, func(e data.SpaceEntry) bool { return e.Space.ID == chosen }) {
		chosen = a.entries[0].Space.ID
	}
	if a.in, err = w.db.SpaceInput(ctx, chosen); err != nil {
		if errors.Is(err, data.ErrNotFound) {
			err = nil // it went since
		}
		return a, err
	}
	if a.in.Space.Kind == data.JointSpace {
		if a.joint, err = w.db.JointStands(ctx, ""); err != nil {
			return a, err
		}
		a.joint = slices.DeleteFunc(a.joint, func(s data.JointStand) bool { return s.Space.ID != chosen })
	}
	a.conflicts, err = w.askConflicts(ctx, "", chosen)
	return a, err
}

// askViewed adds what a member sees of the space.
func (w *window) askViewed(ctx context.Context, a spacesAnswer, err error) (spacesAnswer, error) {
	if err != nil || a.in.Space.ID == "" {
		return a, err
	}
	a.preview, err = w.db.SpacePreview(ctx, a.in.Space.ID)
	return a, err
}

func jointLast(e data.SpaceEntry) int {
	if e.Space.Kind == data.JointSpace {
		return 1
	}
	return 0
}

func (p *spaces) load() {
	chosen, alone, viewed := p.chosen, p.alone, p.viewed
	bridge.Load(p.w.bg, &p.slot, func(ctx context.Context) (spacesAnswer, error) {
		a, err := p.w.askSpaces(ctx, chosen, alone)
		a, err = p.w.askNews(ctx, a, err)
		if viewed != "" {
			return p.w.askViewed(ctx, a, err)
		}
		return a, err
	}, func(a spacesAnswer, err error) {
		if p.stage.answered(p.w, err, &p.asked, p.load) {
			p.answer = a
			if a.in.Space.ID != "" {
				p.chosen = a.in.Space.ID
			}
			p.draw()
			p.w.refreshChrome()
		}
	})
}

func (p *spaces) minute() { p.load() }

// choose shows another space; "" is what is in none.
func (p *spaces) choose(id string) {
	alone := id == ""
	if p.chosen == id && p.alone == alone {
		return
	}
	p.alone, p.viewed = alone, ""
	if !alone {
		p.chosen = id
	}
	p.load()
}

// shown is the space in view; zero for none.
func (p *spaces) shown() data.SpaceEntry {
	if p.alone || !p.asked {
		return data.SpaceEntry{}
	}
	return p.answer.in.SpaceEntry
}

// mayInvite says whether whoever sits here invites into the space in view.
func (p *spaces) mayInvite() bool {
	return p.speaks() && p.shown().Space.ID != "" && p.shown().Self().Role.MayAdmit(data.Reader)
}

// speaks says whether this laptop can change who shares the space in view.
func (p *spaces) speaks() bool {
	_, withdrawn := p.answer.in.Withdrawn()
	return p.w.canShare() && !withdrawn
}

func (p *spaces) draw() {
	chose := p.chooser.cards != nil && p.w.canvas.Focused() == fyne.Focusable(p.chooser.cards)
	p.side.draw()
	p.head.draw()
	p.pane.draw()
	switch {
	case len(p.answer.entries) == 0:
		p.stage.show(p.invitation())
		return
	case p.shown().Space.ID == "":
		p.chooser.set(conflictsAnswer{})
		p.stack.Set(p.aloneParts()...)
	default:
		p.chooser.set(p.answer.conflicts)
		p.stack.Set(p.parts()...)
	}
	p.stage.show(p.scroll)
	p.scroll.Refresh()
	if chose && p.chooser.any() {
		p.chooser.focus()
		return
	}
	p.w.keepFocus(p)
}

// invitation is what the page shows while there is no space.
func (p *spaces) invitation() fyne.CanvasObject {
	words := "A space is what you and your colleagues hold together: whole accounts, offline, on each laptop, with nothing lost when two write at once. No server is needed; a folder that all see is enough. Mail stays with each, but for what its mailbox’s rule lets out."
	if !p.w.canShare() {
		return kit.NewEmpty(kit.NewCirclesSmall(), "You share with nobody yet", words)
	}
	return kit.NewEmpty(kit.NewCirclesSmall(), "You share with nobody yet", words,
		kit.NewButton(kit.Primary, "Make a space", p.w.askNewSpace).WithKey("N"), kit.NewButton(kit.Plain, "Join one", p.w.askJoin).WithKey("O"), kit.NewButton(kit.Ghost, recoverName, p.w.askRecovery))
}

// parts are what is shown of a space, from top to bottom.
func (p *spaces) parts() []fyne.CanvasObject {
	in, now := p.answer.in, p.w.now()
	var parts []fyne.CanvasObject
	if card := p.newsCard(); card != nil {
		parts = append(parts, card, kit.NewSpace(14))
	}
	if card := p.askingCard(); card != nil {
		parts = append(parts, card, kit.NewSpace(14))
	}
	if len(in.Members) > 0 { // it is open
		parts = append(parts, spaceParties(in.SpaceEntry), accessTable(in))
	}
	if p.chooser.any() {
		parts = append(parts, kit.NewSpace(14), kit.NewCard(16, p.chooser.view))
	}
	if by := in.Space.RefusedBy; by != "" {
		parts = append(parts, kit.NewSpace(14), kit.NewCard(16, told("user-round-x", kit.Alert, by+" did not let you in", "Nothing of this space came to this laptop. Where that is a mistake, call them and have the fingerprint compared, then join with another invitation.")))
	}
	if len(in.Members) == 0 && in.Space.Self != "" {
		parts = append(parts, kit.NewSpace(14), kit.NewCard(16, kit.NewStack(4,
			kit.NewText(kit.BodyBold, "Your fingerprint"), kit.NewText(kit.Mono, space.Fingerprint(in.Space.Self)).Bending(),
			kit.NewParagraph(kit.Small, kit.Ink2, "Where you came by a short code, whoever invited you asks you to read it out, and lets you in where it is the same with them."))))
	}
	place := kit.NewNote(data.SpacePlaceWords(in.Space.Place))
	parts = append(parts, kit.NewSpace(20), kit.NewSectionHead(kit.Heading, "Exchange", "", place))
	for _, f := range in.Facts(now) {
		parts = append(parts, factRow(f), kit.NewHairline())
	}
	if link := p.keptLink(); link != nil {
		parts = append(parts, link)
	}
	parts = append(parts, p.pastLink())
	if link := p.forgetLink(); link != nil {
		parts = append(parts, link)
	}
	return parts
}

// aloneParts say what stays with whoever sits here.
func (p *spaces) aloneParts() []fyne.CanvasObject {
	accounts := "Every account is in a space."
	if n := p.answer.own; n > 0 {
		accounts = upperFirst(data.Counted(n, "account is", "accounts are")) + " in no space. “Share with…” on an account’s page puts it into one, after showing exactly what goes."
	}
	return []fyne.CanvasObject{
		told("mail", kit.Ink2, "Mail is private until its mailbox’s rule says otherwise", "Of a team’s accounts the rule lets out nothing, that you spoke, the subject, or the text. Calendars and drafts never leave this laptop."), kit.NewHairline(),
		told("building-2", kit.Ink2, accounts, ""), kit.NewHairline(),
		told("gauge", kit.Ink2, "Warmth, dials and briefs are counted here", "Each laptop counts them anew from what it may see."), kit.NewHairline(),
		told("key-round", kit.Ink2, "Passwords and keys lie in the system’s keyring", "They are in no space, no log and no export."), kit.NewHairline(),
	}
}

func (p *spaces) hints() []hint {
	list := []hint{{[]string{"J", "K"}, "spaces"}}
	if p.chooser.any() {
		list = append([]hint{{[]string{"1", "2", "3"}, "choose"}}, list...)
	}
	if len(p.asking()) > 0 {
		list = append([]hint{{[]string{"Y"}, "let in"}}, list...)
	}
	if p.shown().Space.ID != "" {
		list = append(list, hint{[]string{"V"}, "view as"})
	}
	if !p.w.canShare() {
		return list
	}
	if p.shown().Space.ID != "" {
		list = append(list, hint{[]string{"X"}, "exchange now"})
		if p.mayInvite() {
			list = append(list, hint{[]string{"I"}, "invite"})
		}
	}
	return append(list, hint{[]string{"N"}, "new space"})
}

func (p *spaces) commands() []command {
	there := func() bool { return p.w.canShare() && p.shown().Space.ID != "" }
	list := []command{
		{name: exchangeName, words: "sync send receive folder now", icon: "arrow-left-right", key: "X", when: there, do: func() { p.w.exchange(p.shown().Space) }},
		{name: "See this space as another member", words: "view as preview exactly what they see", icon: "eye", key: "V", when: func() bool { return p.shown().Space.ID != "" }, do: p.toggleView},
		{name: "Invite into this space", words: "member add colleague customer guest invitation", icon: "user-round-plus", key: "I", when: p.mayInvite, do: func() { p.w.askInvite(p.shown()) }},
		{name: "Open the joint plan", words: "customer steps goals", icon: "target", key: "P", when: func() bool { return len(p.answer.joint) > 0 && p.shown().Space.ID != "" }, do: func() { p.w.openJoint(p.answer.joint[0]) }},
		{name: "Look at what was kept out", words: "accept let in quarantine changes not allowed", icon: "circle-alert", key: "L", when: p.mayLetIn, do: p.askKept},
		{name: pastName, words: "log history when came went failed sync", icon: "history", key: "H", when: func() bool { return p.shown().Space.ID != "" }, do: p.askPast},
		{name: "Make a space", words: "new create team joint share", icon: "plus", key: "N", when: p.w.canShare, do: p.w.askNewSpace},
		{name: recoverName, words: "recovery key new laptop lost restore printed", icon: "history", when: p.w.canShare, do: p.w.askRecovery},
		{name: "Join a space", words: "invitation accept open file", icon: "key-round", key: "O", when: p.w.canShare, do: p.w.askJoin},
	}
	list = append(list, command{name: newsName, words: "news others changed since colleagues looked", icon: "arrow-left-right", key: "W", menu: menuGo, do: p.w.openNews})
	for i := range 9 {
		list = append(list, command{name: "Choice " + keyOf(i), key: keyOf(i), quiet: true, when: p.chooser.any, do: func() { p.chooser.press(i) }})
	}
	return append(append(append(list, p.askerCommands()...), p.memberCommands()...), moveCommands(p.side.list)...)
}
