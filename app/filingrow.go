package app

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
)

// The kinds of rows in Filing's lists.
const (
	filingHead   kit.RowKind = iota // a mail domain, or what was put off
	filingSender                    // somebody who waits
	filingPast                      // a decision, or what a rule skipped
)

// filingItem is a row of one of Filing's lists.
type filingItem struct {
	kind     kit.RowKind
	group    data.DomainGroup // of a head, and of a sender
	later    bool             // a head over those that were put off
	proposal data.Proposal
	past     filingPastItem
}

// filingPastItem is a decision, or whose mail a rule skips.
type filingPastItem struct {
	key, icon, title, detail, right string
	undo                            int64  // the way back of a filing; 0 when there is none
	changed                         bool   // what it made was changed since
	pattern                         string // of a no-customer rule
	message                         string // Message.ID of the latest
	says                            string // what the inspector says of it
}

// key is what a row is known by when the list is drawn again.
func (i filingItem) key() string {
	switch i.kind {
	case filingSender:
		return i.proposal.Sender.Email
	case filingPast:
		return i.past.key
	}
	return ""
}

// filingHeadRow is a mail domain with how many wait and what is known of it.
type filingHeadRow struct {
	framed
	icon   *kit.Icon
	domain *kit.Line
	note   *kit.Text
}

func newFilingHeadRow() *filingHeadRow {
	r := &filingHeadRow{icon: kit.NewIcon("globe", 16, kit.Ink2), domain: kit.NewLine().Bending(), note: kit.NewText(kit.Small, "").In(kit.Ink2).Right()}
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()}, r.icon, r.domain, r.note)
	r.body = kit.NewPad(6, 8, 0, 8, container.NewBorder(nil, kit.NewHairline(), nil, nil, line))
	r.ExtendBaseWidget(r)
	return r
}

func (r *filingHeadRow) set(i filingItem) {
	g := i.group
	if i.later {
		r.icon.Set("clock", kit.Ink2)
		r.domain.Set(kit.Span{Text: "Put off", Role: kit.SmallBold})
		r.note.Set("They wait here until you come back to them")
		return
	}
	icon := "globe"
	if g.Public {
		icon = "globe-lock"
	}
	r.icon.Set(icon, kit.Ink2)
	r.domain.Set(kit.Span{Text: g.Domain, Role: kit.Mono}, kit.Span{Text: data.Counted(len(g.Senders), "sender", "senders"), Role: kit.Small, Tint: kit.Ink2, Gap: 9})
	r.note.Set(g.Note)
}

// filingSenderRow is somebody who waits, and where they seem to belong.
type filingSenderRow struct {
	framed
	row             int
	tick            *kit.Tick
	avatar          *kit.Avatar
	name, address   *kit.Text
	mails, meetings *kit.Line
	badge           *fyne.Container // tile or person
	tile            *kit.Tile
	person          *kit.Avatar
	to              *kit.Line
	tier            *kit.Tier
	tag             *kit.Tag
	why             *kit.Text
	bars            *kit.SignalBars
}

// newFilingSenderRow makes a row; pick is called with its number.
func newFilingSenderRow(pick func(int)) *filingSenderRow {
	r := &filingSenderRow{
		avatar: kit.NewAvatar("", kit.Neutral, 26), name: kit.NewText(kit.BodyBold, "").Bending(), address: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		mails: kit.NewLine(), meetings: kit.NewLine(), tile: kit.NewTile("", 22), person: kit.NewAvatar("", kit.Customer, 22),
		to: kit.NewLine(), tier: kit.NewTier(""), tag: kit.NewTag(kit.Third, "", ""), why: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(),
		bars: kit.NewSignalBars(0, ""),
	}
	r.tick = kit.NewTick(func() { pick(r.row) })
	counts := kit.NewColumns(4, []kit.Col{kit.Fixed(48), kit.Fixed(34)}, r.mails, r.meetings)
	r.badge = container.NewStack(r.tile, r.person)
	to := kit.NewColumns(8, []kit.Col{kit.Fixed(22), kit.Fit(), kit.Fit(), kit.Fit(), kit.Flex(1)},
		r.badge, r.to, r.tier, r.tag, kit.NewSpring())
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Fixed(26), kit.Flex(188).AtLeast(120), kit.Fixed(86), kit.Fixed(16), kit.Flex(320).AtLeast(160), kit.Fixed(74)},
		r.tick, r.avatar, kit.NewStack(0, r.name, r.address), counts, kit.NewIcon("arrow-right", 14, kit.Ink3),
		kit.NewPad(0, 0, 0, 5, kit.NewStack(0, to, r.why)), r.bars)
	r.body = kit.NewPad(0, 8, 0, 8, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *filingSenderRow) set(row int, p data.Proposal, picked, current bool) {
	r.row = row
	s := p.Sender
	name := senderName(s)
	r.tick.Set(picked)
	r.avatar.Lifted = current
	r.avatar.Set(kit.Initials(name), kit.Neutral, false)
	r.name.Set(name)
	r.address.Set(s.Email)
	r.mails.Set(counted("mail", s.Mails)...)
	r.meetings.Set(counted("calendar", s.Meetings)...)
	r.setTo(p, current)
	r.why.Set(p.Why)
	level, word := sureBars(p.Sure)
	r.bars.Set(level, word)
}

func (r *filingSenderRow) setTo(p data.Proposal, current bool) {
	r.tile.Hidden = p.Account.ID == "" || p.Contact.ID != ""
	r.person.Hidden = p.Contact.ID == ""
	r.badge.Hidden = p.Account.ID == "" && p.Contact.ID == ""
	r.tile.Lifted, r.person.Lifted = current, current
	switch {
	case p.Contact.ID != "":
		r.person.Set(kit.Initials(p.Contact.Name), toneOf(p.Contact.Side), false)
		r.to.Set(kit.Span{Text: p.Contact.Name, Role: kit.BodyBold}, kit.Span{Text: "second address", Role: kit.Small, Tint: kit.Ink2, Gap: 8})
		r.tier.Set("")
	case p.Account.ID != "":
		r.tile.Set(kit.Initials(p.Account.Name))
		r.to.Set(kit.Span{Text: p.Account.Name, Role: kit.BodyBold})
		r.tier.Set(string(p.Account.Tier))
	default:
		r.to.Set(kit.Span{Text: "No idea yet", Tint: kit.Ink2})
		r.tier.Set("")
	}
	r.tier.Hidden = r.tier.Letter == ""
	r.tag.Hidden = p.Side != data.Partner || p.Contact.ID != ""
	r.tag.Set(kit.Third, "", "Partner")
}

// counted is an icon and a number of up to three digits, nothing for none.
func counted(icon string, n int) []kit.Span {
	if n == 0 {
		return nil
	}
	words := strconv.Itoa(n)
	if n > 999 {
		words = "999+"
	}
	return []kit.Span{{Icon: icon, Text: words, Role: kit.Small, Tint: kit.Ink2}}
}

// sureBars are the bars and the word for how sure a proposal is.
func sureBars(s data.Sure) (int, string) {
	switch s {
	case data.IsSure:
		return 3, string(s)
	case data.IsLikely:
		return 2, string(s)
	case data.IsGuess:
		return 1, string(s)
	}
	return 0, ""
}

// toneOf is the colour of a side.
func toneOf(s data.Side) kit.Tone {
	switch s {
	case data.Us:
		return kit.Ours
	case data.Customer:
		return kit.Customer
	case data.Partner:
		return kit.Third
	}
	return kit.Neutral
}

// filingPastRow is a decision, or whose mail a rule skips.
type filingPastRow struct {
	framed
	icon          *kit.Icon
	title, detail *kit.Text
	right         *kit.Text
}

func newFilingPastRow() *filingPastRow {
	r := &filingPastRow{
		icon: kit.NewIcon("check", 16, kit.Ink2), title: kit.NewText(kit.Body, "").Bending(),
		detail: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), right: kit.NewText(kit.Small, "").In(kit.Ink2).Right(),
	}
	r.body = kit.NewPad(0, 8, 0, 8, kit.NewColumns(14, []kit.Col{kit.Fixed(16), kit.Flex(1), kit.Fit()},
		r.icon, kit.NewStack(0, r.title, r.detail), r.right))
	r.ExtendBaseWidget(r)
	return r
}

func (r *filingPastRow) set(p filingPastItem) {
	r.icon.Set(p.icon, kit.Ink2)
	r.title.Set(p.title)
	r.detail.Set(p.detail)
	r.right.Set(p.right)
}

// pastFiled are the rows of what was filed today.
func pastFiled(list []data.FiledEntry, now time.Time) []filingItem {
	var items []filingItem
	for _, f := range list {
		p := filingPastItem{key: "filed " + itoa(int(f.Undo)), icon: "check", title: f.Label, right: data.Clock(f.At, now), undo: f.Undo, changed: f.Changed,
			detail: data.Counted(f.People, "sender", "senders"), says: "Taking it back puts them and their mail here again."}
		if f.Changed {
			p.says = "What this made was changed since, so it cannot be taken back alone. Change it on the account’s page."
		}
		items = append(items, filingItem{kind: filingPast, past: p})
	}
	return items
}

// pastNoCustomers are the rows of who is no customer by a person's word.
func pastNoCustomers(list []data.NoCustomer, now time.Time) []filingItem {
	var items []filingItem
	for _, c := range list {
		p := filingPastItem{key: c.Pattern, icon: "user-round-minus", title: c.Pattern, pattern: c.Pattern, right: data.ShortDate(c.At, now),
			detail: data.Counted(c.Waits, "mail or meeting kept out", "mails and meetings kept out"),
			says:   "What is with this address stays in your mailbox and on no timeline. Taking it back puts it here again."}
		if c.Pattern[0] == '@' {
			p.title, p.icon = "Everybody at "+c.Pattern[1:], "globe"
		}
		items = append(items, filingItem{kind: filingPast, past: p})
	}
	return items
}

// pastSkipped are the rows of whose mail is kept out because a program wrote it.
func pastSkipped(list []data.SkippedSender, now time.Time) []filingItem {
	var items []filingItem
	for _, s := range list {
		items = append(items, filingItem{kind: filingPast, past: filingPastItem{
			key: s.Email + " " + s.Reason, icon: "archive", title: s.Address.String(), message: s.Message,
			detail: upperFirst(s.Reason), right: data.Counted(s.Mails, "mail", "mails") + ", last " + data.ShortDate(s.Last, now),
			says: "These mails were written by a program, so they are on no timeline. The latest is “" + s.Subject + "”.",
		}})
	}
	return items
}

// filingHeight is how high a row of Filing is.
func filingHeight(k kit.RowKind) float32 {
	if k == filingHead {
		return kit.Scaled(36)
	}
	return kit.Scaled(45)
}
