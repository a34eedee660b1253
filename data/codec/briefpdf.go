package codec

import (
	"fmt"
	"io"
	"strconv"

	"rapport/data"
)

// WriteBriefPDF prints a brief as PDF: one page, and a second one for what found
// no room and for the sources. Where the page is too short for all of it, the text
// gets smaller first and then gives up the lines that matter least. The same brief
// and moment give the same bytes.
func WriteBriefPDF(w io.Writer, b data.Brief, how SheetPrint) error {
	p := briefPage{brief: b, sheetPage: newSheetPage(b.Sheet, how)}
	p.fit()
	p.dry = false
	p.front()
	p.behind(len(p.Sources)+len(p.brief.Cut) > 0, p.back, p.foot)
	return p.writeTo(w)
}

// briefSmallest is the smallest text of a brief, in points: it is read standing
// in a corridor.
const briefSmallest = 7.25

// The box to write in after the meeting, in millimetres.
const (
	afterHigh  = 49.0
	footRoom   = 2.5 // above the foot
	writeLines = 2
)

// briefPage draws a brief.
type briefPage struct {
	sheetPage
	brief  data.Brief
	guests int // set so far
}

// fit makes the text as large as one page lets it be, and where even the smallest
// is too large the brief shorter.
func (p *briefPage) fit() {
	room := p.high - margin - footRoom - afterHigh - 3
	p.size = largest
	for p.front() > room {
		if p.size > briefSmallest {
			p.size -= shrink
			continue
		}
		shorter, ok := p.brief.Shorter()
		if !ok {
			return
		}
		p.brief, p.Sheet = shorter, shorter.Sheet
	}
}

// front sets the first page and returns how far down its text goes.
func (p *briefPage) front() float64 {
	p.y, p.guests = margin, 0
	inner := p.wide - 2*margin
	p.briefHead(inner)
	top := p.y
	main := (inner - gutter) * 0.6
	p.stacked(inColumn(p.Sections, false), margin, main, 0.14, 0.22, p.section)
	lowest := p.y
	p.y = top
	p.stacked(inColumn(p.Sections, true), margin+main+gutter, inner-gutter-main, 0.14, 0.22, p.section)
	lowest = max(lowest, p.y)
	if !p.dry {
		p.after(inner)
	}
	return lowest
}

// briefHead is the title and the account, who comes, and what both want.
func (p *briefPage) briefHead(inner float64) {
	size := p.size
	top := p.y
	right := p.wide - margin
	p.size = 10
	p.right(right, run{text: p.brief.Account.Name, bold: true, ink: inkText})
	account := p.width(run{text: p.brief.Account.Name, bold: true})
	p.y += 5
	p.size = 8
	for _, words := range p.brief.Stands {
		p.right(right, run{text: words, ink: inkSecond})
		account = max(account, p.width(run{text: words}))
		p.y += p.height()
	}
	standsEnd := p.y
	p.y = top
	p.title(inner - account - 4)
	p.size = 9
	p.write(margin, inner-account-4, run{text: p.brief.When, ink: inkSecond})
	p.y = max(p.y, standsEnd) + 1
	p.rule(margin, inner, inkText, 0.3)
	p.y += 1.6
	p.size = 8.5
	p.sides(inner)
	p.y += 1.4
	if p.brief.Account.ID != "" {
		p.wanted(inner)
	}
	p.size = size
	p.y += 1
}

// sides are who comes: both on one line where they fit.
func (p *briefPage) sides(inner float64) {
	we := []run{{text: "We", bold: true, ink: inkOurs}, {text: p.brief.We, ink: inkText}}
	they := []run{{text: "They", bold: true, ink: inkTheirs}, {text: p.brief.They, ink: inkText}}
	theirs := p.width(they[0]) + p.space() + p.width(they[1])
	if p.width(we[0])+p.space()+p.width(we[1])+theirs+6 > inner {
		if p.brief.We != "" {
			p.write(margin, inner, we...)
		}
		p.write(margin, inner, they...)
		return
	}
	top := p.y
	if p.brief.We != "" {
		p.write(margin, inner, we...)
	}
	if p.brief.They != "" {
		p.y = top
		p.write(margin+inner-theirs, theirs+1, they...)
	}
}

// wanted is the box with what is to be earned and what they likely want.
func (p *briefPage) wanted(inner float64) {
	top, half := p.y, inner/2
	end := top
	dry := p.dry
	for _, draw := range []bool{false, true} {
		if draw && !dry {
			p.pdf.SetFillColor(0xF2, 0xEF, 0xE9)
			p.pdf.RoundedRect(margin, top, inner, end-top+1.6, 1.2, "1234", "F")
		}
		p.dry = dry || !draw
		for i, part := range []struct {
			label string
			line  data.SheetLine
		}{{"The outcome to earn", p.brief.Outcome}, {"What they likely want", p.brief.Wants}} {
			x := margin + 3 + float64(i)*half
			p.y, p.size = top+1.6, 7.5
			p.write(x, half-6, run{text: part.label, ink: inkHint})
			p.size = 9
			p.write(x, half-6, wantedRuns(part.line)...)
			end = max(end, p.y)
		}
	}
	p.dry = dry
	p.y = end + 1.6
}

func wantedRuns(l data.SheetLine) []run {
	if l.Text == "" {
		return []run{{text: l.Below, ink: inkHint}}
	}
	runs := []run{{text: l.Text, bold: true, ink: inkText}, {text: l.Said, ink: inkHint}}
	for _, m := range l.Marks {
		runs = append(runs, run{text: m.Words, boxed: true, ink: sheetTones[m.Tone]})
	}
	if l.Source > 0 {
		runs = append(runs, run{text: strconv.Itoa(l.Source), raised: true, ink: inkHint})
	}
	return runs
}

// section sets a section, or what it says where it is empty.
func (p *briefPage) section(s data.SheetSection, x, wide float64) {
	p.write(x, wide, run{text: s.Label, bold: true, ink: inkOurs})
	p.y += p.size * 0.05
	if len(s.Lines) == 0 {
		p.write(x, wide, run{text: s.Empty, ink: inkHint})
	}
	for _, l := range s.Lines {
		p.briefLine(s.Key, l, x, wide)
	}
}

func (p *briefPage) briefLine(key string, l data.SheetLine, x, wide float64) {
	switch {
	case key == data.BriefRoom && l.Kind != "":
		p.guest(l, x, wide)
	case key == data.BriefIssue:
		runs := lineRuns(l)
		runs[0].italic = true
		p.write(x, wide, runs...)
		if l.Below != "" {
			p.write(x, wide, run{text: l.Below, ink: inkSecond})
		}
	case l.Lead != "":
		p.led(l, x, wide)
	case l.Bar != nil:
		flat := l
		flat.Amount, flat.Bar = l.Bar.Label+" "+l.Bar.Value, nil
		p.line(flat, x, wide, 0, p.how.Now, p.how.Now)
	default:
		p.line(l, x, wide, 0, p.how.Now, p.how.Now)
	}
	p.y += p.size * 0.05
}

// led is a line behind the word that says what it is.
func (p *briefPage) led(l data.SheetLine, x, wide float64) {
	indent := max(p.size*1.05, p.width(run{text: l.Lead, bold: true})+1.2)
	if len(l.Lead) == 1 {
		indent = p.size * 0.5
	}
	ink := inkOurs
	if l.Lead == "!" {
		ink = inkAlert
	}
	p.put(x, word{run: run{text: l.Lead, bold: true, ink: ink}})
	runs := lineRuns(l)
	if l.Amount != "" {
		runs = append(runs[:1:1], append([]run{{text: l.Amount, bold: true, ink: inkSecond}}, runs[1:]...)...)
	}
	p.write(x+indent, wide-indent, runs...)
	if l.Below != "" {
		p.write(x+indent, wide-indent, run{text: l.Below, ink: inkSecond})
	}
}

// guest is somebody in the room, in three columns: who, how far with us, what to
// know.
func (p *briefPage) guest(l data.SheetLine, x, wide float64) {
	if p.guests++; p.guests > 1 {
		p.rule(x, wide, inkGround, 0.15)
		p.y += p.size * 0.08
	}
	columns := [3]float64{0.34, 0.22, 0.44}
	top, low := p.y, p.y
	p.write(x, wide*columns[0]-2, run{text: l.Text, bold: true, ink: inkText})
	if l.Said != "" {
		p.write(x, wide*columns[0]-2, run{text: l.Said, ink: inkSecond})
	}
	low, p.y = max(low, p.y), top
	at := x + wide*columns[0]
	runs := []run{{text: l.Amount, ink: inkSecond}}
	for _, m := range l.Marks {
		runs = append(runs, run{text: m.Words, boxed: true, ink: sheetTones[m.Tone]})
	}
	p.write(at, wide*columns[1]-2, runs...)
	low, p.y = max(low, p.y), top
	known := []run{{text: l.Below, ink: inkText}}
	if l.Source > 0 {
		known = append(known, run{text: strconv.Itoa(l.Source), raised: true, ink: inkHint})
	}
	p.write(at+wide*columns[1], wide*columns[2], known...)
	p.y = max(low, p.y) + p.size*0.08
}

// after is the box at the foot to write in by hand.
func (p *briefPage) after(inner float64) {
	top := p.high - margin - footRoom - afterHigh
	p.pdf.SetDrawColor(inkText.r, inkText.g, inkText.b)
	p.pdf.SetLineWidth(0.3)
	p.pdf.RoundedRect(margin, top, inner, afterHigh, 1.5, "1234", "D")
	size := p.size
	p.y, p.size = top+1.6, 9
	p.write(margin+3, inner-6, run{text: "After the meeting", bold: true, ink: inkText}, run{text: "One line each; type it in afterwards and it goes to the timeline, the promises and the plan.", ink: inkHint})
	head := p.y
	half := inner / 2
	p.size = 7.5
	for i, label := range p.brief.Boxes {
		x := margin + 3 + float64(i%2)*half
		p.y = head + float64(i/2)*21
		p.write(x, half-6, run{text: label, ink: inkHint})
		for range writeLines {
			p.y += 7
			p.rule(x, half-6, inkLine, 0.2)
		}
	}
	p.size = size
}

// back sets what found no room, then the sources.
func (p *briefPage) back() {
	for _, cut := range p.brief.Cut {
		p.backHead(cut.Label + ", what found no room")
		for _, l := range cut.Lines {
			p.room(3 * p.height())
			p.briefLine(cut.Key, l, margin, p.wide-2*margin)
		}
		p.y += 3
	}
	if len(p.Sources) > 0 {
		p.sources()
	}
}

func (p *briefPage) foot(page, of int) {
	words := p.brief.Made
	if of > 1 && page == 1 {
		words += "; they stand on page 2"
	}
	p.footLine(words+". "+p.Foot+".", fmt.Sprintf("%s, page %d of %d", p.brief.Mark, page, of))
}
