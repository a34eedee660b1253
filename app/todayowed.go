package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rapport/app/kit"
	"rapport/data"
)

// owedSpans are how many promises each side owes, nothing where none is due.
func owedSpans(sides [2]int) []kit.Span {
	var spans []kit.Span
	if n := sides[0]; n > 0 {
		spans = append(spans, kit.Span{Icon: "arrow-up-right", Role: kit.Small, Tint: kit.Accent}, kit.Span{Text: "we owe " + thousands(n), Role: kit.Small, Tint: kit.Ink2, Gap: 4})
	}
	if n := sides[1]; n > 0 {
		spans = append(spans, kit.Span{Icon: "arrow-down-left", Role: kit.Small, Tint: kit.Theirs, Gap: 14 * min(float32(len(spans)), 1)}, kit.Span{Text: "they owe " + thousands(n), Role: kit.Small, Tint: kit.Ink2, Gap: 4})
	}
	return spans
}

// todayOwedRow is a promise that is due.
type todayOwedRow struct {
	framed
	tick    *kit.Tick
	side    *kit.Icon
	what    *kit.Line
	account *kit.Text
	owner   *kit.Avatar
	due     *kit.Line
	item    todayItem
}

func newTodayOwedRow(p *today) *todayOwedRow {
	r := &todayOwedRow{side: kit.NewIcon("arrow-up-right", 16, kit.Accent), what: kit.NewLine().Bending(),
		account: kit.NewText(kit.Body, "").In(kit.Ink2).Bending(), owner: kit.NewAvatar("", kit.Ours, 20), due: kit.NewLine()}
	r.tick = kit.NewTick(func() { p.kept(r.item.owed) })
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(16), kit.Fixed(16), kit.Flex(3.4), kit.Flex(1).AtLeast(96), kit.Fixed(20), kit.Fixed(100)},
		r.tick, r.side, r.what, r.account, r.owner, r.due)
	r.body = underlined(mainSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayOwedRow) set(i todayItem, current bool) {
	o := i.owed
	r.item = i
	r.tick.Set(false)
	who, tone := data.Initials(o.Person.Name), kit.Customer
	if o.By == data.Us {
		r.side.Set("arrow-up-right", kit.Accent)
		who, tone = data.Initials(o.Owner), kit.Ours
	} else {
		r.side.Set("arrow-down-left", kit.Theirs)
	}
	r.what.Set(kit.Span{Text: o.What}, kit.Span{Text: o.To(), Tint: kit.Ink3, Gap: 5})
	r.account.Set(o.Account.Name)
	r.owner.Lifted = current
	r.owner.Set(who, tone, false)
	r.owner.Hidden = who == ""
	due := kit.Span{Text: o.Words, Tint: kit.Ink2}
	if o.Late > 0 {
		due.Icon, due.Tint = "circle-alert", kit.Alert
	}
	r.due.Set(due)
	r.body.Refresh()
}

// todayQuietRow is a contact with whom it has been quiet longer than agreed.
type todayQuietRow struct {
	framed
	person     *kit.Avatar
	name, more *kit.Text
	spark      *kit.Sparkline
	says       *kit.Text
	reach      *kit.Button
	item       todayItem
}

func newTodayQuietRow(p *today) *todayQuietRow {
	r := &todayQuietRow{
		person: kit.NewAvatar("", kit.Customer, 28), name: kit.NewText(kit.BodyBold, "").Bending(),
		more: kit.NewText(kit.Small, "").In(kit.Ink2).Bending(), spark: kit.NewSparkline(nil, kit.BandCooling), says: kit.NewText(kit.Small, "").In(kit.Cool).Right(),
	}
	r.reach = kit.NewIconButton(kit.Plain, "mail", func() { p.reach(r.item.cool, under(r.reach)) })
	course := container.NewGridWrap(fyne.NewSize(62, 22), r.spark)
	line := kit.NewColumns(10, []kit.Col{kit.Fixed(28), kit.Flex(1), kit.Fixed(122), kit.Fixed(28)}, r.person, kit.NewStack(0, r.name, r.more),
		kit.NewStack(0, kit.NewColumns(0, []kit.Col{kit.Flex(1), kit.Fixed(62)}, kit.NewSpring(), course), r.says), r.reach)
	r.body = underlined(paneSide, line)
	r.ExtendBaseWidget(r)
	return r
}

func (r *todayQuietRow) set(i todayItem, current bool) {
	c := i.cool
	r.item = i
	r.person.Lifted = current
	r.person.Set(data.Initials(c.Contact.Name), toneOf(c.Contact.Side), false)
	r.name.Set(c.Contact.Name)
	r.more.Set(c.Account.Name)
	band := bandOf(c.Warmth.Band)
	tint := kit.Cool
	if band == kit.BandCold {
		tint = kit.Cold
	}
	r.spark.Set(courseOf(i.weeks), band)
	r.says.SetIn(c.Words, tint)
	r.reach.Icon = channelIcon(c.Channel)
	r.reach.Refresh()
}

// bandOf is the mark of a band of warmth.
func bandOf(b data.Band) kit.Band {
	switch b {
	case data.Warm:
		return kit.BandWarm
	case data.Cooling:
		return kit.BandCooling
	case data.Cold:
		return kit.BandCold
	}
	return kit.NeverMet
}

// courseOf is warmth or quality by weeks, 0 to 100, as a line; what lies before
// the first contact is left out.
func courseOf(weeks []int) []float32 {
	var values []float32
	for _, w := range weeks {
		if w >= 0 {
			values = append(values, float32(w)/100)
		}
	}
	return values
}

// todayKindRow is a touch with no ask.
type todayKindRow struct {
	framed
	icon  *kit.Icon
	words *kit.Paragraph
	write *kit.Button
	note  *kit.Text
	item  todayItem
}

func newTodayKindRow(p *today) *todayKindRow {
	r := &todayKindRow{icon: kit.NewIcon("sprout", 16, kit.Accent), words: kit.NewSpans(), note: kit.NewNote("")}
	r.write = kit.NewLink("Write two lines", func() { p.writeKindly(r.item.word) })
	under := kit.NewColumns(12, []kit.Col{kit.Fit(), kit.Flex(1)}, r.write, r.note.Bending())
	line := kit.NewColumns(12, []kit.Col{kit.Fixed(16).AtTop(), kit.Flex(1).AtTop()}, kit.NewPad(2, 0, 0, 0, r.icon), kit.NewStack(4, r.words, under))
	r.body = underlined(paneSide, kit.NewPad(9, 0, 8, 0, line))
	r.ExtendBaseWidget(r)
	return r
}

// kindWords are the words of a kind word as they wrap.
func kindWords(k data.KindWord) *kit.Paragraph {
	return kit.NewParagraph(kit.Body, kit.Ink, k.Words).AtMost(3)
}

func (r *todayKindRow) set(i todayItem, _ bool) {
	r.item = i
	r.icon.Set(kindWordIcon(i.word.Occasion), kit.Accent)
	r.words.MaxLines = 3
	r.words.Set(kit.Span{Text: i.word.Words})
	r.write.SetText("Write two lines")
	if len(i.word.Contact.Emails) == 0 {
		r.write.SetText("Open the account")
	}
	r.note.Set(i.word.Note)
	r.body.Refresh()
}

func kindWordIcon(o data.Occasion) string {
	switch o {
	case data.BirthdayComes, data.YearsTogether:
		return "cake"
	case data.PromiseThanks:
		return "handshake"
	case data.OnlyAskedSoFar:
		return "message-circle"
	}
	return "sprout"
}
