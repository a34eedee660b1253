package codec

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
)

// SheetPrint is how a sheet is printed.
type SheetPrint struct {
	Paper Paper
	Now   time.Time
	// Made stands at the foot: "Made by Rapport on 17 Nov 2026".
	Made string
}

// The page, in millimetres.
const (
	margin    = 13.0
	gutter    = 7.0
	mainShare = 0.58
	footHigh  = 9.0
)

// Sizes of the text in points: it is set smaller until all stands on one page. Lines
// that a page of the plan leaves out are printed where all is readable.
const (
	largest  = 9.0
	readable = 7.75
	smallest = 5.5
	shrink   = 0.25
)

// WriteSheetPDF prints a sheet as PDF: one page, and behind it its sources where it
// has any. All lines are on it where they are readable there, else those that are not
// SheetSection.Rest. The text is as large as one page lets it be; where even small text
// is too long for it, the longest lines end with “…”. A long sheet takes a second page
// instead, where its text is readable on two. The same sheet and moment give the same bytes.
func WriteSheetPDF(w io.Writer, s data.Sheet, how SheetPrint) error {
	page := newSheetPage(s, how)
	page.Sections = slices.Clone(s.Sections)
	for i, section := range s.Sections {
		page.Sections[i].Lines = section.Whole()
	}
	whole := page.Sections
	if fits := page.fit(readable); !fits && !(s.Long && page.halve(whole)) {
		page = newSheetPage(s, how)
		for !page.fit(smallest) && page.shorten() {
		}
	}
	page.dry = false
	page.draw()
	page.behind(len(s.Sources) > 0, page.sources, page.foot)
	return page.writeTo(w)
}

// sheetPage draws a sheet.
type sheetPage struct {
	pen
	data.Sheet
	how  SheetPrint
	high float64
	turn func()              // begins the next page
	next []data.SheetSection // what stands on the second page of a long sheet
	text float64             // the size of its text
	bare bool                // without a head
}

// newSheetPage begins a document with one dry page, in the largest text.
func newSheetPage(s data.Sheet, how SheetPrint) sheetPage {
	pdf := newPDF(how.Paper, s.Title)
	pdf.SetCreationDate(how.Now)
	pdf.SetModificationDate(how.Now)
	pdf.AddPage()
	wide, high := pdf.GetPageSize()
	return sheetPage{Sheet: s, how: how, pen: pen{pdf: pdf, dry: true, wide: wide, size: largest}, high: high}
}

// writeTo writes the document.
func (p *sheetPage) writeTo(w io.Writer) error {
	if err := p.pdf.Error(); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return p.pdf.Output(w)
}

// fit sets the text smaller, down to a size, until the page holds it, and says whether
// it does.
func (p *sheetPage) fit(size float64) bool {
	p.balance()
	for p.draw() > p.high-margin-footHigh {
		if p.size <= size {
			return false
		}
		p.size -= shrink
	}
	return true
}

// halve sets the first sections on the page and leaves the others for a second one, in
// the largest text that both hold, and says whether there is one that is readable.
func (p *sheetPage) halve(all []data.SheetSection) bool {
	holds := func(list []data.SheetSection, bare bool) bool {
		p.Sections, p.bare = list, bare
		p.balance()
		return p.draw() <= p.high-margin-footHigh
	}
	for p.size = largest; p.size >= readable; p.size -= shrink {
		first := len(all) - 1
		for first > 0 && !holds(all[:first], false) {
			first--
		}
		if first > 0 && holds(all[first:], true) {
			p.next, p.text = p.Sections, p.size
			return holds(all[:first], false)
		}
	}
	return false
}

// shortest is how many letters of a line are left at least where a page is too full.
const shortest = 80

// shorten takes a quarter from the longest of a page's lines, and says whether there
// was one to be taken from. The lines of the caller's sheet stay as they are.
func (p *sheetPage) shorten() bool {
	var longest *string
	p.Sections = slices.Clone(p.Sections)
	for i := range p.Sections {
		p.Sections[i].Lines = slices.Clone(p.Sections[i].Lines)
		for k := range p.Sections[i].Lines {
			l := &p.Sections[i].Lines[k]
			for _, s := range []*string{&l.Text, &l.Below} {
				if longest == nil || len(*s) > len(*longest) {
					longest = s
				}
			}
		}
	}
	if longest == nil {
		return false
	}
	letters := []rune(*longest)
	if len(letters) <= shortest {
		return false
	}
	*longest = strings.TrimRight(string(letters[:max(shortest-1, len(letters)*3/4)]), " …") + "…"
	return true
}

// draw sets the whole page and returns how far down it goes.
func (p *sheetPage) draw() float64 {
	p.y = margin
	inner := p.wide - 2*margin
	if !p.bare {
		p.head(inner)
	}
	top := p.y
	if !p.twoColumns() {
		p.column(margin, inner, false)
		p.column(margin, inner, true)
		return p.y
	}
	wide, narrow := p.columns()
	p.column(margin, wide, false)
	lowest := p.y
	p.y = top
	p.column(margin+wide+gutter, narrow, true)
	return max(lowest, p.y)
}

// balance moves the last sections of the narrow column below those of the wide one,
// where that makes the page shorter.
func (p *sheetPage) balance() {
	if !p.twoColumns() {
		return
	}
	p.Sections = slices.Clone(p.Sections)
	wide, narrow := p.columns()
	high := func(s data.SheetSection, width float64) float64 {
		if len(s.Lines) == 0 {
			return 0
		}
		p.y = 0
		p.section(s, margin, width)
		return p.y + p.size*0.3 // with the line between two
	}
	main, side := 0.0, 0.0
	for _, s := range p.Sections {
		if s.Beside {
			side += high(s, narrow)
		} else {
			main += high(s, wide)
		}
	}
	for i := len(p.Sections) - 1; i >= 0; i-- {
		s := &p.Sections[i]
		if !s.Beside {
			continue
		}
		was, is := high(*s, narrow), high(*s, wide)
		if main+is > side-was {
			return
		}
		s.Beside, main, side = false, main+is, side-was
	}
}

// columns are how wide the two columns are.
func (p *sheetPage) columns() (wide, narrow float64) {
	inner := p.wide - 2*margin
	wide = (inner - gutter) * mainShare
	return wide, inner - gutter - wide
}

// twoColumns says whether both columns have anything in them: one alone is as wide
// as the page.
func (p *sheetPage) twoColumns() bool {
	var main, beside bool
	for _, s := range p.Sections {
		if len(s.Lines) > 0 {
			beside = beside || s.Beside
			main = main || !s.Beside
		}
	}
	return main && beside
}

func (p *sheetPage) head(wide float64) {
	p.title(wide)
	size := p.size
	p.size = 9
	p.write(margin, wide, run{text: p.Under, ink: inkSecond})
	p.size = size
	p.y++
	p.rule(margin, wide, inkText, 0.3)
	p.y += 2.4
}

// title sets the title, smaller where it is long and cut where it is longer than
// two lines.
func (p *sheetPage) title(wide float64) {
	points := 17.0
	p.pdf.SetFont("display", "B", points)
	for p.pdf.GetStringWidth(p.Title) > wide && points > 11 {
		points--
		p.pdf.SetFont("display", "B", points)
	}
	lines := p.pdf.SplitText(p.Title, wide)
	for _, line := range lines[:min(2, len(lines))] {
		if !p.dry {
			p.pdf.SetFont("display", "B", points)
			p.colour(inkText)
			p.pdf.Text(margin, p.y+points*0.31, line)
		}
		p.y += points * 0.44
	}
}

// column sets the sections of one column that have lines.
func (p *sheetPage) column(x, wide float64, beside bool) {
	var list []data.SheetSection
	for _, s := range inColumn(p.Sections, beside) {
		if len(s.Lines) > 0 {
			list = append(list, s)
		}
	}
	p.stacked(list, x, wide, 0.12, 0.2, p.section)
}

// inColumn are the sections of one column.
func inColumn(list []data.SheetSection, beside bool) (in []data.SheetSection) {
	for _, s := range list {
		if s.Beside == beside {
			in = append(in, s)
		}
	}
	return in
}

// stacked sets sections below each other, with a line between two and so much of the
// text's size above and below it.
func (p *sheetPage) stacked(list []data.SheetSection, x, wide, above, below float64, set func(s data.SheetSection, x, wide float64)) {
	for i, s := range list {
		if i > 0 {
			p.y += p.size * above
			p.rule(x, wide, inkLine, 0.15)
			p.y += p.size * below
		}
		set(s, x, wide)
	}
}

func (p *sheetPage) section(s data.SheetSection, x, wide float64) {
	if fresh := s.FreshWords(p.how.Now); fresh != "" {
		size := p.size
		p.size *= 0.88
		p.right(x+wide, run{text: fresh, ink: inkHint})
		p.size = size
	}
	p.write(x, wide, run{text: s.Label, bold: true, ink: inkOurs})
	p.y += p.size * 0.05
	from, to := p.months(s)
	track := 0.0
	if !from.IsZero() {
		track = wide * 0.4
		p.monthNames(x+wide-track, track, from, to)
	}
	for _, l := range s.Lines {
		p.line(l, x, wide, track, from, to)
	}
}

// months are the days between which a section's spans lie; zero where it has
// none.
func (p *sheetPage) months(s data.SheetSection) (from, to time.Time) {
	for _, l := range s.Lines {
		if l.Span != nil {
			from = time.Date(p.how.Now.Year(), p.how.Now.Month(), p.how.Now.Day(), 0, 0, 0, 0, p.how.Now.Location()).AddDate(0, 0, -7)
			return from, from.AddDate(0, 0, data.PlanHorizon+7)
		}
	}
	return from, to
}

func (p *sheetPage) monthNames(x, wide float64, from, to time.Time) {
	size := p.size
	p.size *= 0.88
	for m := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, from.Location()); m.Before(to); m = m.AddDate(0, 1, 0) {
		at := m
		if at.Before(from) {
			at = from
		}
		if to.Sub(at) > 9*24*time.Hour && m.AddDate(0, 1, 0).Sub(at) > 9*24*time.Hour {
			w := run{text: m.Format("Jan"), ink: inkHint}
			p.put(x+wide*partWay(at, from, to), word{run: w})
		}
	}
	p.y += p.height()
	p.size = size
}

// partWay is how far a moment lies between two, 0 to 1.
func partWay(at, from, to time.Time) float64 {
	return max(0, min(1, float64(at.Sub(from))/float64(to.Sub(from))))
}

var sheetTones = map[data.SheetTone]ink{data.ToneGood: inkOurs, data.ToneWarn: inkWarn, data.ToneBad: inkAlert, "": inkHint}

var sideInks = map[data.Side]ink{data.Us: inkOurs, data.Customer: inkTheirs, data.Partner: inkPartner}

// columnInks are those of the word before a line that belongs to one side.
var columnInks = map[int]ink{1: inkTheirs, 2: inkOurs}

func (p *sheetPage) line(l data.SheetLine, x, wide, track float64, from, to time.Time) {
	indent := p.size * 0.42
	top := p.y
	text := wide - indent - track
	switch side := p.ColumnWord(l); {
	case l.Bar != nil && l.Bar.Balance:
		p.bar(l.Text, l, x, wide)
		if l.Below != "" {
			p.write(x, wide, run{text: l.Below, ink: inkHint})
		}
		return
	case side != "":
		p.put(x, word{run: run{text: side, bold: true, ink: columnInks[l.Column]}})
		indent = p.size * 1.05
		text = wide - indent - track
	case l.Number > 0:
		p.put(x, word{run: run{text: strconv.Itoa(l.Number), bold: true, ink: inkText}})
	default:
		p.put(x, word{run: run{text: "·", ink: inkHint}})
	}
	if l.Amount != "" {
		text -= p.right(x+wide, run{text: l.Amount, bold: l.Column > 0, ink: inkSecond}) + 2
	}
	p.write(x+indent, text, lineRuns(l)...)
	if l.Below != "" {
		p.write(x+indent, wide-indent-track, run{text: l.Below, ink: inkSecond})
	}
	if l.Bar != nil {
		p.bar(l.Bar.Label, l, x+indent, wide-indent)
	}
	if l.Span != nil && track > 0 {
		p.span(*l.Span, x+wide-track, track, top, from, to)
	}
	p.y += p.size * 0.05
}

// lineRuns are the words of a line in their styles.
func lineRuns(l data.SheetLine) []run {
	runs := []run{{text: l.Text, bold: l.Number > 0, ink: inkText}, {text: l.Said, ink: inkHint}}
	for _, m := range l.Marks {
		runs = append(runs, run{text: m.Words, boxed: true, ink: sheetTones[m.Tone]})
	}
	if words := l.AgeWords(); words != "" {
		runs = append(runs, run{text: words, boxed: true, ink: inkWarn})
	}
	for i, person := range l.People {
		name := person.Name
		if i < len(l.People)-1 {
			name += ","
		}
		runs = append(runs, run{text: name, ink: sideInks[person.Side]})
	}
	if l.Source > 0 {
		runs = append(runs, run{text: strconv.Itoa(l.Source), raised: true, ink: inkHint})
	}
	return runs
}

// bar draws a measure, or a balance, between what it is and how it stands.
func (p *sheetPage) bar(label string, l data.SheetLine, x, wide float64) {
	long := wide*0.75 - max(wide*0.3, p.width(run{text: label})+2)
	p.put(x, word{run: run{text: label, ink: inkSecond}})
	p.right(x+wide, run{text: l.Bar.Value, ink: inkText})
	at := x + max(wide*0.3, p.width(run{text: label})+2)
	y := p.y + p.height()*0.42
	if l.Bar.Balance {
		at = x + wide*0.2
		long = max(0, min(wide*0.4, x+wide-p.width(run{text: l.Bar.Value})-2-at))
		p.block(at, y, long, 0.9, inkOurs)
		p.block(at, y, long*l.Bar.Share, 0.9, inkTheirs)
		p.block(at+long/2-0.15, y-0.5, 0.3, 1.9, inkText)
	} else {
		p.block(at, y, long, 0.9, inkGround)
		p.block(at, y, long*l.Bar.Share, 0.9, inkOurs)
	}
	p.y += p.height()
}

// span draws days on the track of a line that began at top.
func (p *sheetPage) span(s data.SheetSpan, x, wide, top float64, from, to time.Time) {
	begin, err := time.ParseInLocation(time.DateOnly, s.From, p.how.Now.Location())
	end, err2 := time.ParseInLocation(time.DateOnly, s.To, p.how.Now.Location())
	if err != nil || err2 != nil {
		return
	}
	c := sideInks[s.Side]
	if s.Late {
		c = inkAlert
	}
	down := p.y
	p.y = top
	at := x + wide*partWay(begin, from, to)
	long := max(1.1, wide*(partWay(end, from, to)-partWay(begin, from, to)))
	p.block(at, top+p.height()*0.32, long, p.height()*0.36, c)
	words := run{text: s.Words, ink: inkSecond}
	if s.Late {
		words.ink = inkAlert
	}
	if room := x + wide - at - long - 1; room >= p.width(words) {
		p.put(at+long+1, word{run: words})
	} else {
		p.put(max(x, at-1-p.width(words)), word{run: words})
	}
	p.y = max(down, top+p.height())
}

// behind sets what stands behind the first page: the second of a long sheet, then what
// body sets, on as many pages as it takes, where it has anything. foot sets the foot of
// each page.
func (p *sheetPage) behind(has bool, body func(), foot func(page, of int)) {
	pages, begin := 1, margin
	switch {
	case len(p.next) > 0:
		p.dry = true
		pages, begin = 2, p.second()+6
		p.dry = false
	case has:
		pages = 2
	}
	page := pages
	if has {
		p.dry, p.turn = true, func() { pages++ }
		p.y, p.size = begin, largest
		body()
		p.dry = false
	}
	foot(1, pages)
	if page == 1 {
		return
	}
	p.turn = func() {
		foot(page, pages)
		p.pdf.AddPage()
		page++
	}
	p.pdf.AddPage()
	if len(p.next) > 0 {
		p.second()
	}
	if has {
		p.y, p.size = begin, largest
		body()
	}
	foot(page, pages)
}

// second sets the second page of a long sheet and returns how far down it goes.
func (p *sheetPage) second() float64 {
	p.Sections, p.size, p.bare = p.next, p.text, true
	return p.draw()
}

// room turns the page where less than need is left of it.
func (p *sheetPage) room(need float64) {
	if p.y+need > p.high-margin-footHigh {
		p.turn()
		p.y, p.size = margin, largest
	}
}

// backHead is a heading behind the first page.
func (p *sheetPage) backHead(words string) {
	p.room(4 * p.height())
	p.write(margin, p.wide-2*margin, run{text: words, bold: true, ink: inkOurs})
	p.y++
}

// sources sets what the page rests on.
func (p *sheetPage) sources() {
	p.backHead("Sources")
	for _, s := range p.Sources {
		p.room(2 * p.height())
		p.right(margin+6, run{text: strconv.Itoa(s.N), ink: inkHint})
		p.write(margin+8, p.wide-2*margin-8, run{text: s.Words, ink: inkText})
	}
}

func (p *sheetPage) foot(page, of int) {
	words := p.how.Made
	if p.Foot != "" {
		words = p.Foot + ". " + words
	}
	p.footLine(words, fmt.Sprintf("Page %d of %d", page, of))
}

// footLine sets the foot of a page.
func (p *sheetPage) footLine(left, right string) {
	p.size, p.y = 7.5, p.high-margin
	taken := p.right(p.wide-margin, run{text: right, ink: inkHint})
	p.write(margin, p.wide-2*margin-taken-4, run{text: left, ink: inkHint})
}
