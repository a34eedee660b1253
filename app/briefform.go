package app

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

// prepare asks for what is to be earned in the meeting and how. What stands there
// is what was written before, or what the facts propose.
func (p *briefPage) prepare() {
	before := p.in.Prepared
	f := newPartForm(p.w, partWorld{})
	outcome := f.line("To earn", proposed(p.brief.Outcome), before.Outcome)
	wants := f.line("They want", proposed(p.brief.Wants), before.Wants)
	moves := f.area("Our moves", "Say why it is late, a line for each", strings.Join(before.Moves, "\n"), 3)
	answers := map[string]*kit.Field{}
	for _, q := range p.questions() {
		answers[q.ID] = f.line("Answer", q.Text, before.Answers[q.ID])
	}
	seats := map[data.Seat]*kit.Field{}
	for i, s := range data.Seats {
		seats[s] = f.line("For "+string(s), seatHints[i], before.Seats[string(s)])
	}
	p.w.dialog(f.form, "pen-line", "Prepare: "+p.brief.Title, "Save", func() {
		after := before
		after.Account, after.Outcome, after.Wants = p.in.Account.ID, strings.TrimSpace(outcome.Text()), strings.TrimSpace(wants.Text())
		after.Moves = linesOf(moves.Text())
		after.Answers, after.Seats = map[string]string{}, map[string]string{}
		for mail, field := range answers {
			if words := strings.TrimSpace(field.Text()); words != "" {
				after.Answers[mail] = words
			}
		}
		for seat, field := range seats {
			if words := strings.TrimSpace(field.Text()); words != "" {
				after.Seats[string(seat)] = words
			}
		}
		p.w.keep(f.form, "Prepared: "+p.brief.Title, func(tx *store.Tx) error {
			_, err := store.PutPart(tx, after)
			return err
		}, p.load)
	})
}

var seatHints = []string{"what sales must know", "what support must know", "what delivery must know", "what finance must know"}

// proposed is what stands in an empty field: what the facts propose, or what to
// write.
func proposed(l data.SheetLine) string {
	if l.Text == "" || l.Kind == data.KindPreparation {
		return l.Below
	}
	return l.Text
}

// questions are those of theirs that stand on the page.
func (p *briefPage) questions() (list []data.SheetLine) {
	for _, s := range p.brief.Sections {
		if s.Key == data.BriefAsked {
			list = s.Lines
		}
	}
	return list[:min(2, len(list))]
}

// debrief asks what came of the meeting: a line each, keyboard only. Promises and
// steps are understood while they are typed.
func (p *briefPage) debrief() {
	m := p.in.Meeting
	f := newPartForm(p.w, partWorld{})
	decided := f.area("Decided", "Hall 2 gets the new bus", "", 2)
	we := f.area("We promise", "Flicker report to Beatrice by Friday", "", 2)
	they := f.area("They promise", "Anna names the budget holder, 1 Dec", "", 2)
	next := f.line("Next step", "Night test of the bus, 24 Nov", "")
	feedback := f.line("They said", "what they said of us, in their words", "")
	seen := kit.NewParagraph(kit.Small, kit.Ink2, "")
	came := p.attendance()
	var contacts []data.Contact
	for _, c := range p.in.Contacts {
		contacts = append(contacts, c.Contact)
	}
	others := data.OthersOf(p.in.Colleagues, contacts)
	f.add("Who came", came.view)
	again := kit.NewCheckbox("Then put a follow-up in my calendar", false, nil)
	f.add("Meet again", again)
	f.rows = append(f.rows, seen)
	read := func() data.Outcome {
		o := data.Outcome{Decisions: linesOf(decided.Text()), We: linesOf(we.Text()), They: linesOf(they.Text()), Next: linesOf(next.Text()), Feedback: linesOf(feedback.Text())}
		o.There, o.Absent = came.said()
		o.Others = others
		return o
	}
	understand := func(string) {
		seen.Set(kit.Span{Text: understoodWords(data.Understand(read(), m, data.Debrief{}, p.w.now()), p.w), Role: kit.Small, Tint: kit.Ink2})
		if f.changed != nil {
			f.changed()
		}
	}
	for _, field := range []*kit.Field{we, they, next} {
		field.OnChanged = understand
	}
	p.w.dialog(f.form, "pen-line", "What came of it: "+p.brief.Title, "Save", func() {
		o := read()
		if o.IsEmpty() {
			f.say(&data.Invalid{Field: "decided", Says: "write one line, or close this with Esc"})
			return
		}
		p.w.keep(f.form, "What came of "+p.brief.Title, func(tx *store.Tx) error { return tx.Conclude(o, m, p.w.now()) }, func() {
			p.load()
			if again.On {
				p.w.followUp(m, followUpWish(data.Understand(o, m, data.Debrief{}, p.w.now()), m, p.w.now()))
			}
		})
	})
}

// followUpWish is when to meet again as what came of a meeting says it: on the day
// of its next step, where that names one ahead.
func followUpWish(c data.Conclusion, m data.Agenda, now time.Time) data.FollowUpWish {
	for _, s := range c.Steps {
		if at := data.FollowUpOn(m, s.Due, now.Location(), now); !at.IsZero() {
			return data.FollowUpWish{Start: at}
		}
	}
	return data.FollowUpWish{}
}

// understoodWords say what the lines were understood as: "We promise: Flicker
// report, Tomas, by 20 Nov".
func understoodWords(c data.Conclusion, w *window) string {
	var list []string
	due := func(date string) string {
		if date == "" {
			return "no day named"
		}
		return "by " + shownDate(date, w.now())
	}
	for _, p := range c.Promises {
		who := "They promise"
		if p.By == data.Us {
			who = "We promise"
		}
		list = append(list, who+": "+p.What+", "+due(p.Due))
	}
	for _, s := range c.Steps {
		list = append(list, "Next: "+s.What+", "+due(s.Due))
	}
	if len(list) == 0 {
		return ""
	}
	return "Understood as\n" + strings.Join(list, "\n")
}

// attendance is a row of boxes, one for each of their people who was invited.
type attendance struct {
	view  fyne.CanvasObject
	boxes []*kit.Checkbox
	who   []data.Participant
	was   []bool
}

// attendanceMost is how many people are asked about.
const attendanceMost = 8

func (p *briefPage) attendance() *attendance {
	a := &attendance{}
	for _, person := range p.in.Meeting.People {
		if person.Side == data.Us || person.Email == "" || len(a.who) == attendanceMost {
			continue
		}
		box := kit.NewCheckbox(text.Name(person.Name, person.Email), person.Came(), nil)
		a.boxes, a.who, a.was = append(a.boxes, box), append(a.who, person), append(a.was, person.Came())
	}
	a.view = kit.NewText(kit.Small, "nobody of theirs was invited").In(kit.Ink3)
	if len(a.boxes) > 0 {
		a.view = inPairs(a.boxes)
	}
	return a
}

// inPairs are boxes two to a row, so that a low window holds them.
func inPairs(boxes []*kit.Checkbox) fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for pair := range slices.Chunk(boxes, 2) {
		row := []fyne.CanvasObject{pair[0], kit.NewSpring()}
		if len(pair) == 2 {
			row[1] = pair[1]
		}
		rows = append(rows, kit.NewColumns(12, []kit.Col{kit.Flex(1), kit.Flex(1)}, row...))
	}
	return kit.NewStack(4, rows...)
}

// said are those of whom something else is ticked than was known.
func (a *attendance) said() (there, absent []string) {
	for i, box := range a.boxes {
		switch {
		case box.On == a.was[i]:
		case box.On:
			there = append(there, a.who[i].Email)
		default:
			absent = append(absent, a.who[i].Email)
		}
	}
	return slices.Clip(there), slices.Clip(absent)
}
