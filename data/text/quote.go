package text

import "strings"

// Kind says whose words a Part holds.
type Kind int

const (
	KindOwn        Kind = iota // written by the sender for this mail
	KindQuote                  // history: quoted lines, the line that introduces them, a forwarded mail
	KindSignature              // what a mail program adds below: a signature, "Sent from my …", a list's footer
	KindDisclaimer             // legal notices, and banners of a gateway
)

// String returns the kind in one lower-case word.
func (k Kind) String() string {
	return [...]string{"own", "quote", "signature", "disclaimer"}[k]
}

// A Part is a run of whole lines of one kind.
type Part struct {
	Kind Kind
	Text string // with its line ends, exactly as in the body
}

// Split parts a plain-text body by who wrote what. The texts of the parts, joined, equal the body byte for byte, and
// neighbours differ in kind. Blank lines belong to what stands before them.
//
// It follows what mail programs write, as gathered by mailgun's talon and Delta Chat: lines marked with ">", a line
// "On … wrote:" in some twenty languages (wrapped too), "-----Original Message-----", header blocks as Outlook
// writes them, and the signature separators of RFC 3676. Marked quotes end where the marks end, so answers between
// them stay the sender's own. Unmarked history runs to the end of the body.
func Split(body string) []Part {
	if body == "" {
		return nil
	}
	p := newPage(body)
	p.markHistory()
	p.markSignatures()
	p.markDisclaimers()
	return p.parts(body)
}

// Own returns what the sender wrote, without quotes, signature and disclaimer, trimmed. Where quotes stood between
// paragraphs, a blank line remains.
func Own(body string) string {
	var own []string
	for _, part := range Split(body) {
		if part.Kind != KindOwn {
			continue
		}
		if t := strings.TrimSpace(part.Text); t != "" {
			own = append(own, t)
		}
	}
	return strings.Join(own, "\n\n")
}

// page is a body in lines, each with its kind.
type page struct {
	lines []string // trimmed
	sharp []bool   // the line is the separator of RFC 3676, with its trailing space
	start []int    // byte offset of each line in the body
	kind  []Kind
}

func newPage(body string) *page {
	n := strings.Count(body, "\n") + strings.Count(body, "\r") + 1
	p := &page{lines: make([]string, 0, n), sharp: make([]bool, 0, n), start: make([]int, 0, n)}
	for at := 0; at < len(body); {
		end, next := lineEnd(body, at)
		p.lines = append(p.lines, strings.TrimSpace(body[at:end]))
		p.sharp = append(p.sharp, body[at:end] == "-- ")
		p.start = append(p.start, at)
		at = next
	}
	p.kind = make([]Kind, len(p.lines))
	return p
}

// lineEnd finds where the line that starts at a byte ends, and where the next one starts.
func lineEnd(s string, at int) (end, next int) {
	end = at
	for end < len(s) && s[end] != '\n' && s[end] != '\r' {
		end++
	}
	if end == len(s) {
		return end, end
	}
	if s[end] == '\r' && end+1 < len(s) && s[end+1] == '\n' {
		return end, end + 2
	}
	return end, end + 1
}

func (p *page) blank(i int) bool { return p.lines[i] == "" }

// quoted says whether a line carries a quote mark. A lone ">From " is how mbox files protect the sender's own word.
func (p *page) quoted(i int) bool {
	l := p.lines[i]
	if !strings.HasPrefix(l, ">") {
		return false
	}
	if !strings.HasPrefix(l, ">From ") {
		return true
	}
	return i > 0 && strings.HasPrefix(p.lines[i-1], ">") || i+1 < len(p.lines) && strings.HasPrefix(p.lines[i+1], ">")
}

// mark gives the lines from up to, not including, to a kind.
func (p *page) mark(from, to int, k Kind) {
	for i := from; i < to; i++ {
		p.kind[i] = k
	}
}

// after returns the first line at or after i that is not blank, or the number of lines.
func (p *page) after(i int) int {
	for i < len(p.lines) && p.blank(i) {
		i++
	}
	return i
}

// before returns the last line before i that is not blank, or -1.
func (p *page) before(i int) int {
	for i--; i >= 0 && p.blank(i); i-- {
	}
	return i
}

// markHistory marks quoted lines, and what introduces them.
func (p *page) markHistory() {
	for i := 0; i < len(p.lines); i++ {
		switch {
		case p.blank(i):
		case p.quoted(i):
			p.kind[i] = KindQuote
		default:
			i = p.markIntroduction(i)
		}
	}
}

// markIntroduction marks the history that line i introduces, if it does, and returns the last line that it settled.
func (p *page) markIntroduction(i int) int {
	from, last, unmarked := p.introduction(i)
	if from < 0 {
		return i
	}
	next := p.after(last + 1)
	switch {
	case next < len(p.lines) && p.quoted(next):
		p.mark(from, next, KindQuote)
		return last
	case unmarked:
		p.mark(from, len(p.lines), KindQuote)
		return len(p.lines)
	}
	return i
}

// introduction says which lines introduce history, when line i is the one to be seen by: the last of "On … wrote:",
// the separator, or the first of a header block. unmarked is true where the history may follow without quote marks.
// from is -1 where line i introduces nothing.
func (p *page) introduction(i int) (from, last int, unmarked bool) {
	if isSeparator(p.lines[i]) {
		return i, i, true
	}
	if last := p.headerBlock(i); last >= 0 {
		from = i
		if b := p.before(i); b >= 0 && isRule(p.lines[b]) {
			from = b
		}
		return from, last, true
	}
	from, strong := p.attribution(i)
	return from, i, strong
}

// attribution finds where the "On … wrote:" that ends on line i begins, or -1. strong means that it says when, too.
func (p *page) attribution(i int) (from int, strong bool) {
	const maxLines, maxBytes = 4, 400
	if len(p.lines[i]) > maxBytes || !endsInColon(p.lines[i]) {
		return -1, false
	}
	from = -1
	joined := ""
	for k := i; k >= 0 && k > i-maxLines && !p.blank(k) && p.kind[k] == KindOwn && !p.quoted(k); k-- {
		if k < i && endsInColon(p.lines[k]) {
			break
		}
		joined = strings.TrimSpace(p.lines[k] + " " + joined)
		if len(joined) > maxBytes {
			break
		}
		switch judgeAttribution(joined) {
		case attributionDated:
			return k, true
		case attributionPlain:
			if from < 0 {
				from = k
			}
		}
	}
	return from, false
}

// headerBlock returns the last line of the header block that starts on line i, or -1. A block names the sender and
// at least two more of date, recipients and subject. Long values may be wrapped and lines double-spaced.
func (p *page) headerBlock(i int) int {
	const maxLines, maxWrapped = 24, 4
	first := headerOf(p.lines[i])
	if first == noHeader || first == copyHeader {
		return -1
	}
	seen := first
	last, wrapped := i, 0
	for k := i + 1; k < len(p.lines) && k < i+maxLines && wrapped <= maxWrapped; k++ {
		switch h := headerOf(p.lines[k]); {
		case h != noHeader:
			seen |= h
			last, wrapped = k, 0
		case p.blank(k) && p.after(k) > k+1:
			k = len(p.lines)
		case !p.blank(k):
			wrapped++
		}
	}
	need := 3
	if first != fromHeader {
		need = 4
	}
	if seen&fromHeader == 0 || (seen&^copyHeader).count() < need {
		return -1
	}
	return last
}

// markSignatures marks signatures among the lines that are still the sender's own.
func (p *page) markSignatures() {
	for i := 0; i < len(p.lines); i++ {
		if p.kind[i] != KindOwn || p.blank(i) {
			continue
		}
		if most := p.signatureLines(i); most > 0 {
			if end := p.shortEnd(i, most); end > i {
				p.mark(i, end, KindSignature)
				i = end - 1
				continue
			}
		}
		if isMailerLine(p.lines[i]) {
			p.kind[i] = KindSignature
		}
	}
}

// signatureLines returns how many filled lines may follow line i for it to be a signature separator, or 0.
func (p *page) signatureLines(i int) int {
	switch {
	case p.sharp[i]:
		return 40
	case p.lines[i] == "--" || p.lines[i] == "—":
		return 12
	case strings.HasPrefix(p.lines[i], "_____") && isRule(p.lines[i]):
		return 6
	}
	return 0
}

// shortEnd returns the line after the run of own lines that begins with line i, or -1 where more than most filled
// lines follow line i in it.
func (p *page) shortEnd(i, most int) int {
	end := i + 1
	for filled := 0; end < len(p.lines) && p.kind[end] == KindOwn; end++ {
		if !p.blank(end) {
			filled++
		}
		if filled > most {
			return -1
		}
	}
	return end
}

// markDisclaimers marks paragraphs of legal text and gateways' banners, one paragraph at a time, so that what the
// sender wrote after one stays.
func (p *page) markDisclaimers() {
	for i := 0; i < len(p.lines); {
		if p.blank(i) || p.kind[i] == KindQuote {
			i++
			continue
		}
		end := i + 1
		for end < len(p.lines) && !p.blank(end) && p.kind[end] == p.kind[i] {
			end++
		}
		if isDisclaimer(strings.Join(p.lines[i:end], " ")) {
			p.mark(i, end, KindDisclaimer)
		}
		i = end
	}
}

// parts joins lines of one kind; blank lines take the kind of what stands before them.
func (p *page) parts(body string) []Part {
	for i := 1; i < len(p.lines); i++ {
		if p.blank(i) {
			p.kind[i] = p.kind[i-1]
		}
	}
	var parts []Part
	from := 0
	for i := range p.lines {
		if i+1 < len(p.lines) && p.kind[i+1] == p.kind[i] {
			continue
		}
		end := len(body)
		if i+1 < len(p.lines) {
			end = p.start[i+1]
		}
		parts = append(parts, Part{p.kind[i], body[from:end]})
		from = end
	}
	return parts
}
