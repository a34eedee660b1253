package app

import (
	"fmt"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rapport/app/kit"
	"rapport/data"
)

// accountFact is one counted thing about an account as a dial, with words that
// say what was counted and a way to its evidence.
type accountFact struct {
	share         float32 // of the arc
	number, of    string
	title, text   string
	receipt, item string // what the link says; the entry that it opens, "" for the timeline
	people        bool   // the link goes to the people instead
}

// liveDays is how long after the last touch a person still counts as live.
const liveDays = 90

// factsOf are the four facts of the overview, counted, not judged.
func factsOf(a accountAnswer, now time.Time) [4]accountFact {
	return [4]accountFact{quietFact(a, now), weeksFact(a), peopleFact(a, now), startsFact(a)}
}

func quietFact(a accountAnswer, now time.Time) accountFact {
	r := a.row
	asks := fmt.Sprintf("the rhythm is %s", data.Counted(r.Rhythm, "day", "days"))
	if r.Tier != "" {
		asks = fmt.Sprintf("tier %s asks for every %s", r.Tier, data.Counted(r.Rhythm, "day", "days"))
	}
	f := accountFact{title: "Quiet days", of: fmt.Sprintf("of %d", r.Rhythm)}
	if r.Last.At.IsZero() {
		f.number, f.of, f.text = "–", "never", "Never spoken; "+asks
		return f
	}
	days := max(data.DaysBetween(r.Last.At, now), 0)
	f.number, f.share = thousands(days), min(float32(days)/float32(max(r.Rhythm, 1)), 1)
	_, who := lastTouch(r, a.you, now)
	if r.Last.Kind != data.Mail {
		who = kindWord(r.Last.Kind)
	}
	f.text = who + " " + data.Ago(r.Last.At, now) + "; " + asks
	f.receipt, f.item = "Last touch", r.Last.ID
	return f
}

func weeksFact(a accountAnswer) accountFact {
	busy := 0
	for _, w := range a.row.Weeks {
		if w.Ours+w.Theirs > 0 {
			busy++
		}
	}
	all, n := len(a.row.Weeks), touchesIn(a.row.Weeks)
	f := accountFact{title: "Weeks in touch", number: strconv.Itoa(busy), of: fmt.Sprintf("of %d", all), share: float32(busy) / float32(max(all, 1))}
	f.text = fmt.Sprintf("%s in %d weeks: mails, calls, visits, meetings", data.Counted(n, "contact", "contacts"), all)
	if n > 0 {
		f.receipt = data.Counted(n, "receipt", "receipts")
	}
	return f
}

func peopleFact(a accountAnswer, now time.Time) accountFact {
	live, unmet := 0, 0
	for _, p := range a.people {
		if !p.Last.At.IsZero() && data.DaysBetween(p.Last.At, now) <= liveDays {
			live++
		}
		if !p.Met {
			unmet++
		}
	}
	all := len(a.people)
	f := accountFact{title: "People in touch", number: strconv.Itoa(live), of: fmt.Sprintf("of %d", all), share: float32(live) / float32(max(all, 1))}
	f.text = fmt.Sprintf("Spoken with in %d days", liveDays)
	if all > 0 {
		f.receipt, f.people = data.Counted(all, "person", "people"), true
	}
	switch {
	case all == 0:
		f.text = "Nobody is known here yet"
	case unmet > 0:
		f.text += fmt.Sprintf("; %d never met in person", unmet)
	}
	return f
}

func startsFact(a accountAnswer) accountFact {
	ours, theirs := 0, 0
	for _, w := range a.row.Weeks {
		ours, theirs = ours+w.Ours, theirs+w.Theirs
	}
	f := accountFact{title: "They start", number: "–", of: "none", text: fmt.Sprintf("Nothing happened in %d weeks", len(a.row.Weeks))}
	if n := ours + theirs; n > 0 {
		percent := (100*theirs + n/2) / n
		f.number, f.of, f.share = strconv.Itoa(percent), "of 100", float32(theirs)/float32(n)
		f.receipt = "Both sides"
		f.text = fmt.Sprintf("They began %d of %s in %d weeks", theirs, data.Counted(n, "contact", "contacts"), len(a.row.Weeks))
	}
	return f
}

// factsRow is the four facts side by side.
type factsRow struct {
	framed
	facts [4]*factView
}

func newFactsRow(open func(accountFact)) *factsRow {
	r := &factsRow{}
	var cols []kit.Col
	var items []fyne.CanvasObject
	for i := range r.facts {
		if i > 0 {
			cols, items = append(cols, kit.Fixed(1).Full()), append(items, kit.NewUpright())
		}
		r.facts[i] = newFactView(open)
		cols, items = append(cols, kit.Flex(1).AtTop()), append(items, r.facts[i].view)
	}
	columns := kit.NewColumns(14, cols, items...)
	r.body = filledUnder(kit.NewPad(15, 12, 15, 12, columns), kit.NewPad(0, 12, 0, 12, kit.NewHairline()))
	r.ExtendBaseWidget(r)
	return r
}

func (r *factsRow) set(facts [4]accountFact) {
	for i, f := range facts {
		r.facts[i].set(f)
	}
}

type factView struct {
	view    *kit.Stack
	fact    accountFact
	dial    *kit.Dial
	title   *kit.Text
	text    *kit.Paragraph
	receipt *kit.Button
}

func newFactView(open func(accountFact)) *factView {
	v := &factView{dial: kit.NewDial(0, "", ""), title: kit.NewText(kit.BodyBold, ""), text: kit.NewParagraph(kit.Small, kit.Ink2, "").AtMost(2)}
	v.receipt = kit.NewReceiptLink("", func() { open(v.fact) })
	link := kit.NewColumns(0, []kit.Col{kit.Fit(), kit.Flex(1)}, v.receipt, kit.NewSpring())
	v.view = kit.NewStack(3, v.dial, kit.NewSpace(3), v.title, v.text, link)
	return v
}

func (v *factView) set(f accountFact) {
	v.fact = f
	v.dial.Set(f.share, f.number, f.of)
	v.title.Set(f.title)
	v.text.Set(kit.Span{Text: f.text, Role: kit.Small, Tint: kit.Ink2})
	v.receipt.Hidden = f.receipt == ""
	v.receipt.SetText(f.receipt)
	v.view.Refresh()
}
