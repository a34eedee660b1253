package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// What a brief says of the talk itself: our moves, their questions, what to watch,
// and what each seat must know.

// moves are what to say, show and ask, as somebody wrote them; then as the facts
// propose them.
func (b *briefing) moves() {
	s := SheetSection{Key: BriefMoves, Label: "Our moves"}
	for _, m := range b.all.Prepared.Moves {
		lead, rest := moveOf(m)
		s.Lines = append(s.Lines, SheetLine{Kind: KindPreparation, ID: b.all.Prepared.ID, Register: "move/" + m, Lead: lead, Text: rest, Source: b.cite("", "Written for this meeting", "")})
	}
	if b.all.Account.ID == "" {
		b.section(s)
		return
	}
	s.Lines = append(s.Lines, b.say()...)
	s.Lines = append(s.Lines, b.give()...)
	s.Lines = append(s.Lines, b.ask()...)
	s.Lines = append(s.Lines, b.thank()...)
	if len(s.Lines) == 0 {
		s.Empty = "Nothing is owed and nothing was promised; ask what has changed in their world"
		if slices.ContainsFunc(b.all.Promises, Promise.Open) {
			s.Empty = "Nothing is late on either side; ask what has changed in their world"
		}
	}
	b.section(s)
}

// overdue are our promises that are over, the oldest first.
func (b *briefing) overdue() []Promise {
	list, _ := parted(b.all.Promises, func(p Promise) bool { return p.Open() && p.By == Us && p.Late(b.now) > 0 })
	SortPromises(list, b.now)
	return list
}

// say owns up to what is late, before they ask.
func (b *briefing) say() (lines []SheetLine) {
	for _, p := range b.overdue()[:min(2, len(b.overdue()))] {
		lines = append(lines, b.move(p, "Say", p.What+": why it is late, and the new date"))
	}
	return lines
}

// move is a line about a part, cited.
func (b *briefing) move(p Part, lead, words string) SheetLine {
	l := b.line(p, words, "", "")
	l.Lead, l.Said, l.On = lead, "", ""
	return l
}

// give shows the latest that is proven for them: proof before an ask.
func (b *briefing) give() []SheetLine {
	gains := b.gains(Customer)
	if len(gains) == 0 || !gains[0].Proven() {
		return nil
	}
	v := gains[0]
	l := b.move(v, "Give", v.What+", shown before anything is asked")
	l.Amount = v.AmountWords()
	return []SheetLine{l}
}

// ask is the next step that asks something of them, where nothing of ours is
// over, and what they owe that is over.
func (b *briefing) ask() (lines []SheetLine) {
	if b.mayAsk() == "" {
		for _, st := range b.all.openSteps() {
			if st.Asks {
				lead, what := moveOf(st.What)
				if lead != "Ask" {
					what = st.What
				}
				l := b.move(st, "Ask", what)
				if st.Due != "" {
					l.Text += ", " + b.day(st.Due)
				}
				lines = append(lines, l)
				break
			}
		}
	}
	theirs, _ := parted(b.all.Promises, func(p Promise) bool { return p.Open() && p.By != Us && p.Late(b.now) > 0 })
	SortPromises(theirs, b.now)
	for _, p := range theirs[:min(1, len(theirs))] {
		lines = append(lines, b.move(p, "Ask", p.What+": when it comes"))
	}
	return lines
}

// thank is for what they kept since we last met.
func (b *briefing) thank() []SheetLine {
	for _, p := range b.all.Promises {
		if p.By == Us || p.Kept == "" || p.Kept < b.lastMetOn() || !b.comes(p.Contact) {
			continue
		}
		return []SheetLine{b.move(p, "Thank", FirstName(b.all.contact(p.Contact).Name)+" kept it: "+lowerFirst(p.What))}
	}
	return nil
}

// lastMetOn is the date on which the room last met, or 90 days ago.
func (b *briefing) lastMetOn() string {
	at := b.now.AddDate(0, 0, -90)
	if b.all.LastMet != nil {
		at = b.all.LastMet.At
	}
	return at.In(b.now.Location()).Format(time.DateOnly)
}

// mayAsk says why nothing may be asked of them today, "" where it may.
func (b *briefing) mayAsk() string {
	late := b.overdue()
	proven := slices.ContainsFunc(b.all.Values, func(v ValueEntry) bool { return v.To != Us && v.Proven() })
	switch {
	case len(late) > 0:
		return "No ask today: " + Counted(len(late), "promise", "promises") + " of ours " + map[bool]string{true: "is", false: "are"}[len(late) == 1] + " over"
	case !proven:
		return "No ask before proof: nothing that they gained has evidence yet"
	}
	return ""
}

// asked are their open questions, the people of this room first, then the longest
// wait, each with our answer as far as there is one.
func (b *briefing) asked() {
	s := SheetSection{Key: BriefAsked, Label: "Their open questions"}
	list := slices.Clone(b.all.Waiting)
	slices.SortStableFunc(list, func(x, y Waiting) int {
		return cmp.Or(cmp.Compare(unless(b.waits(x)), unless(b.waits(y))), x.Since.Compare(y.Since))
	})
	for _, w := range list {
		l := SheetLine{Kind: KindInteraction, ID: w.Interaction.ID, Lead: "?", Text: cmp.Or(WithoutLinks(w.Asks), briefTitle(w.Interaction)), Source: b.cite(w.Interaction.ID, "", "")}
		if p := w.Interaction.People; len(p) > 0 {
			l.Said = FirstName(text.Name(p[0].Name, p[0].Email))
		}
		l.Said = joinCommas(l.Said, "waiting "+since(w.Since, b.now))
		l.Below = b.answerTo(w.Interaction.ID)
		s.Lines = append(s.Lines, l)
	}
	b.section(s)
}

// answerTo is what somebody wrote as our answer to a mail, or by when it is
// promised.
func (b *briefing) answerTo(mail string) string {
	if a := strings.TrimSpace(b.all.Prepared.Answers[mail]); a != "" {
		return a
	}
	for _, p := range b.all.Promises {
		if p.Interaction == mail && p.By == Us && p.Open() {
			return "We promised: " + joinCommas(lowerFirst(p.What), b.day(p.Due))
		}
	}
	return ""
}

// waits says whether the one who waits is in this meeting.
func (b *briefing) waits(w Waiting) bool {
	from := w.Interaction.People
	return len(from) > 0 && slices.ContainsFunc(b.all.People, func(p Person) bool { return isPerson(p, from[0].Email) })
}

// since is what happened since this room last met: what was decided then, what
// happened after, how the silence stands.
func (b *briefing) since() {
	s := SheetSection{Key: BriefSince, Label: "Lately"}
	last := b.all.LastMet
	switch {
	case last != nil:
		s.Label = "Since this room last met, " + ShortDate(last.At, b.now)
		s.Lines = append(s.Lines, b.event(*last))
		for _, d := range b.all.Came.Decisions {
			s.Lines = append(s.Lines, SheetLine{Text: "Decided then: " + d, Source: b.cite(last.ID, "", "")})
		}
	case len(b.all.People) > 0:
		s.Lines = append(s.Lines, SheetLine{Text: "This room has never met"})
	}
	events, more := b.events()
	s.Lines = append(s.Lines, events...)
	if quiet := b.silence(); quiet.Text != "" {
		s.Lines = slices.Insert(s.Lines, min(len(s.Lines), briefLines[BriefSince]-1), quiet)
	}
	if more > 0 {
		s.Lines = append(s.Lines, SheetLine{Text: "and " + Counted(more, "conversation", "conversations") + " more on the timeline"})
	}
	b.section(s)
}

// sinceMost is how many conversations a brief names on both its pages.
const sinceMost = 12

// newsMost is how much of what they published it names, the newest, so that it
// does not stand in the way of what was said.
const newsMost = 2

// events are what happened since, a conversation by mail as one, the newest first,
// without what stands on the page already; and how many more there are.
func (b *briefing) events() (lines []SheetLine, more int) {
	said, news := map[string]bool{}, 0
	for _, i := range b.all.Since {
		if i.Kind == Press {
			if news++; news > newsMost {
				continue
			}
		}
		key := cmp.Or(i.Thread, i.ID)
		if i.Cancelled || said[key] || b.claims[KindInteraction+"/"+i.ID] {
			continue
		}
		said[key] = true
		if len(lines) == sinceMost {
			more++
			continue
		}
		l := b.event(i)
		if n := b.mailsOf(i.Thread); n > 1 {
			l.Said += ", the last of " + Counted(n, "mail", "mails")
		}
		lines = append(lines, l)
	}
	return lines, more
}

// mailsOf is how many mails of a conversation came since.
func (b *briefing) mailsOf(thread string) int {
	of, _ := parted(b.all.Since, func(i Interaction) bool { return i.Thread == thread && thread != "" && i.Kind == Mail })
	return len(of)
}

// event is "12 Nov, Reset the dimmers in Hall 2", said by "Tomas called Piotr, 14
// min".
func (b *briefing) event(i Interaction) SheetLine {
	return SheetLine{Kind: KindInteraction, ID: i.ID, Text: joinCommas(ShortDate(i.At, b.now), briefTitle(i)), Said: Second(i, You{}, b.now), Source: b.cite(i.ID, "", "")}
}

// briefTitle is an interaction's title as it may be printed: short, on one
// line, without links.
func briefTitle(i Interaction) string {
	if s := text.Preview(WithoutLinks(TitleOf(i)), 90); s != "" {
		return s
	}
	return TitleOf(Interaction{Kind: i.Kind})
}

// silence says how the account stands against its rhythm, and the latest
// silence of the last year that has ended.
func (b *briefing) silence() (l SheetLine) {
	if b.all.Account.ID == "" {
		return l
	}
	if b.all.Last.At.IsZero() {
		return SheetLine{Text: "Nobody has spoken with them yet"}
	}
	l = SheetLine{Text: "Last touch " + Ago(b.all.Last.At, b.now), Source: b.cite(b.all.Last.ID, "", "")}
	if r := b.all.Rhythm; r > 0 {
		l.Text += fmt.Sprintf(", rhythm %d", r)
		if over := DaysBetween(b.all.Last.At, b.now) - r; over > 0 {
			l.Marks = []SheetMark{{Words: Counted(over, "day", "days") + " over", Tone: ToneWarn}}
		}
	}
	for _, s := range b.all.Silences {
		if s.BrokenBy != "" && DaysBetween(s.To, b.now) <= 365 {
			l.Below = fmt.Sprintf("%s before %s, %s", Counted(s.Days, "quiet day", "quiet days"), ShortDate(s.To, b.now), s.Words())
			break
		}
	}
	return l
}

// plan is what of the plan this meeting can move: objectives of people in the room
// first; and what has been delivered since we last met.
func (b *briefing) plan() {
	s := SheetSection{Key: BriefPlan, Label: "The plan today can move"}
	open := b.all.openObjectives()
	number := map[string]int{}
	for i, o := range open {
		number[o.ID] = i + 1
	}
	slices.SortStableFunc(open, func(x, y Objective) int { return cmp.Compare(unless(b.moved(x)), unless(b.moved(y))) })
	for _, o := range open {
		l := b.line(o, o.Name(), "", "")
		l.Number, l.Said, l.Register = number[o.ID], "", "what"
		if share, ok := o.Share(); ok {
			l.Bar = &SheetBar{Label: o.Measure, Share: share, Value: o.FarWords()}
		}
		s.Lines = append(s.Lines, l)
	}
	for _, v := range b.gains(Customer) {
		if v.Proven() && v.On >= b.lastMetOn() {
			l := b.line(v, "Delivered since: "+lowerFirst(v.What), v.On, v.Evidence)
			l.Amount, l.Said = v.AmountWords(), ""
			s.Lines = append(s.Lines, l)
		}
	}
	if len(s.Lines) == 0 && b.all.Account.ID != "" && b.all.Account.Care != Transactional {
		s.Empty = "No objective is agreed yet; ask what they want to have reached in a year"
	}
	b.section(s)
}

// moved says whether people in the room can move an objective: one answers for it,
// or does a step of it.
func (b *briefing) moved(o Objective) bool {
	return b.comes(o.Contact) || slices.ContainsFunc(b.all.openSteps(), func(st Step) bool { return st.Objective == o.ID && slices.ContainsFunc(st.With, b.comes) })
}

// watch is what can go wrong in the room.
func (b *briefing) watch() {
	s := SheetSection{Key: BriefWatch, Label: "Watch out"}
	warn := func(l SheetLine) { l.Lead = "!"; s.Lines = append(s.Lines, l) }
	asks := slices.ContainsFunc(b.all.openSteps(), func(st Step) bool { return st.Asks })
	if why := b.mayAsk(); why != "" && (asks || len(b.overdue()) > 0) && b.all.Account.ID != "" {
		l := SheetLine{Text: why}
		if late := b.overdue(); len(late) > 0 {
			l.Source = b.line(late[0], "", "", "").Source
		}
		warn(l)
	}
	for _, c := range b.all.Contacts {
		if st := c.Stakeholder; b.comes(c.Contact.ID) && st.Judged() && st.Support < 0 {
			l := b.line(st, FirstName(c.Contact.Name)+" is "+st.SupportWord()+": "+st.Why, "", "")
			l.Said = joinCommas("judged by "+cmp.Or(st.By, "us"), b.day(st.On))
			warn(b.aged(l))
		}
	}
	for _, p := range b.all.Preferences {
		if p.Holds() && p.Rule == Avoid && (p.Contact == "" || b.comes(p.Contact)) {
			l := b.line(p, joinPresent(" ", []string{cmp.Or(FirstName(b.all.contact(p.Contact).Name), "They"), lowerFirst(p.Words())}), "", "")
			if p.Contact == "" {
				l.Text = "They do not like to talk about " + p.Topic
			}
			l.Said = ""
			warn(l)
		}
	}
	b.unanswered(warn)
	for _, r := range b.all.Relations {
		if r.Is == AtOdds && b.comes(r.Contact) && b.comes(r.To) {
			warn(b.line(r, FirstName(b.all.contact(r.Contact).Name)+" and "+FirstName(b.all.contact(r.To).Name)+" are at odds: "+cmp.Or(r.Why, "no reason is written"), "", ""))
		}
	}
	b.section(b.withRisks(s))
}

// unanswered warns of feedback that nobody told them the outcome of, that of people
// in the room first.
func (b *briefing) unanswered(warn func(SheetLine)) {
	open, _ := parted(b.all.Feedback, func(f Feedback) bool { return f.Told == "" })
	SortFeedback(open, b.now)
	in, out := parted(open, func(f Feedback) bool { return b.comes(f.Contact) })
	for _, f := range append(in, out...) {
		l := b.line(f, cmp.Or(FirstName(b.all.contact(f.Contact).Name), "They")+" told us “"+f.Words+"”", "", "")
		l.Said = b.day(f.On)
		if m := f.mark(b.now); f.Decision == "" || f.Decision == Later {
			l.Marks = []SheetMark{m}
		} else {
			l.Marks, l.Below = []SheetMark{{Words: string(f.Decision) + ": tell them", Tone: ToneWarn}}, f.Why
		}
		warn(l)
	}
}

// withRisks adds the risks of the account, the likeliest first.
func (b *briefing) withRisks(s SheetSection) SheetSection {
	open, _ := parted(b.all.Risks, func(r Risk) bool { return r.Closed == "" && (r.Is == MayFail || r.Is == "") })
	slices.SortStableFunc(open, func(x, y Risk) int { return cmp.Compare(y.Chance, x.Chance) })
	for _, r := range open[:min(1, len(open))] {
		l := b.line(r, r.What, r.On, "")
		l.Lead, l.Said, l.Below = "!", "", r.Meets
		if r.Chance > 0 {
			l.Amount = fmt.Sprintf("%d\u00a0%%", r.Chance)
		}
		s.Lines = append(s.Lines, b.aged(l))
	}
	return s
}

// seats are what each discipline must know; of one seat only, where the brief is
// for one.
func (b *briefing) seats() {
	s := SheetSection{Key: BriefSeats, Label: "For your seat"}
	if b.all.Seat != "" {
		s.Label = "For " + string(b.all.Seat)
	}
	for _, seat := range Seats {
		if b.all.Seat != "" && b.all.Seat != seat {
			continue
		}
		lines := b.seat(seat)
		if b.all.Seat == "" {
			lines = lines[:min(2, len(lines))]
		}
		for _, l := range lines {
			if b.all.Seat == "" {
				l.Lead = seat.Short()
			}
			s.Lines = append(s.Lines, l)
		}
	}
	b.section(s)
}

// seatFacts are the facts of a customisation sheet that a seat must know.
var seatFacts = map[Seat][]string{SalesSeat: {"communication"}, SupportSeat: {"service"}, DeliverySeat: {"product", "reporting"}, FinanceSeat: {"billing"}}

func (b *briefing) seat(seat Seat) (lines []SheetLine) {
	if note := strings.TrimSpace(b.all.Prepared.Seats[string(seat)]); note != "" {
		lines = append(lines, SheetLine{Kind: KindPreparation, ID: b.all.Prepared.ID + "/" + string(seat), Text: note, Source: b.cite("", "Written for this meeting", "")})
	}
	switch seat {
	case SalesSeat:
		lines = append(lines, b.contractsEnding()...)
	case SupportSeat:
		lines = append(lines, b.treated()...)
	case DeliverySeat:
		lines = append(lines, b.stepsAhead()...)
	}
	for _, f := range b.all.facts() {
		if slices.Contains(seatFacts[seat], f.Name) {
			l := b.line(f, f.Value, f.On, f.Source)
			l.Said = ""
			lines = append(lines, b.aged(l))
		}
	}
	return lines
}

// contractsEnding are those with others that end within half a year.
func (b *briefing) contractsEnding() (lines []SheetLine) {
	names := map[string]string{}
	for _, o := range b.all.Offers {
		names[o.ID] = o.Name
	}
	until := b.now.AddDate(0, 0, 180).Format(time.DateOnly)
	for _, w := range b.all.Spaces {
		if w.With != WithUs && w.With != NotNeeded && w.Ends != "" && w.Ends >= b.now.Format(time.DateOnly) && w.Ends <= until {
			l := b.line(w, joinCommas(names[w.Offer], w.Unit)+" with "+cmp.Or(w.Who, "others")+" ends "+b.day(w.Ends), "", "")
			l.Said = ""
			lines = append(lines, l)
		}
	}
	return lines
}

// treated are the needs that were eased more than once.
func (b *briefing) treated() (lines []SheetLine) {
	for _, n := range b.openNeeds() {
		if words := TreatmentOf(n.ID, b.all.Initiatives, b.now).Words(); words != "" {
			lines = append(lines, SheetLine{Kind: "treated", ID: n.ID, Text: text.Preview(cmp.Or(n.Title, n.Words), 60) + ": " + lowerFirst(words), Source: b.line(n, "", "", "").Source})
		}
	}
	return lines
}

// stepsAhead are what is to be done with them in the next 30 days.
func (b *briefing) stepsAhead() (lines []SheetLine) {
	until := b.now.AddDate(0, 0, 30).Format(time.DateOnly)
	for _, st := range b.all.openSteps() {
		if !st.Asks && st.Due != "" && st.Due <= until && st.Late(b.now) == 0 {
			l := b.line(st, st.What+", "+b.day(st.Due), "", "")
			l.Said = ""
			lines = append(lines, l)
		}
	}
	return lines
}
