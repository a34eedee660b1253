package data

import (
	"cmp"
	"strings"
	"time"
)

// Every line of a plan says where it is from and how old it is. What somebody said
// has their name and the day beside it; all else cites what it rests on: a mail or
// a meeting, who counted it, or the day on which one of us wrote it down.

// restWords say what was done with a part on its day, by the kind of the part.
var restWords = map[string]string{
	KindPromise: "Promised", KindPreference: "Confirmed", KindForesight: "Foreseen", KindUnknown: "Asked since", KindPlan: "Reviewed", KindObjective: "Last counted",
}

// restsOn is what a line rests on that was made from a part and names nobody:
// "Written down on 8 Nov", "Meters, 8 Nov".
func (p *planning) restsOn(part Part, on, source string) string {
	day := cmp.Or(on, partDate(part))
	words := restWords[part.PartKind()]
	if day == "" || words == "" {
		words = "Written down"
	}
	if day == "" {
		day = p.recorded(part)
	}
	if source != "" {
		return joinCommas(source, p.day(day))
	}
	switch {
	case day == "":
		return ""
	case strings.HasSuffix(words, " since"):
		return words + " " + p.day(day)
	}
	return words + " on " + p.day(day)
}

// recorded is the date on which a part was recorded, "" where nobody knows.
func (p *planning) recorded(part Part) string {
	at := part.Belonging().RecordedAt
	if at.IsZero() {
		return ""
	}
	return at.In(p.now.Location()).Format(time.DateOnly)
}

// resting is a line from a part that is not said by somebody, or that says other
// things where that would stand.
func (p *planning) resting(part Part, text, on, source string) SheetLine {
	l := p.line(part, text, on, source)
	l.Said, l.From = "", p.restsOn(part, on, source)
	return l
}

// rest cites what lines rest on, marks what is old, and numbers the sources in the
// order of the page.
func (p *planning) rest() {
	numbers := map[int]int{}
	var cited []SheetSource
	for i := range p.Sections {
		for _, list := range [][]SheetLine{p.Sections[i].Lines, p.Sections[i].Rest} {
			for k := range list {
				l := &list[k]
				*l = p.aged(*l)
				if l.Source == 0 {
					l.Source = p.cite("", l.From, l.On)
				}
				if l.Source == 0 {
					continue
				}
				if numbers[l.Source] == 0 {
					s := p.Sources[l.Source-1]
					s.N = len(cited) + 1
					cited, numbers[l.Source] = append(cited, s), s.N
				}
				l.Source = numbers[l.Source]
			}
		}
	}
	p.Sources = cited
}

// today is the day of the page, "23 Nov".
func (p *planning) today() string { return p.day(p.now.Format(time.DateOnly)) }

// counted is what a line rests on that is made of all that happened.
func (p *planning) counted() string {
	return "Counted from mail, calls and meetings up to " + p.today()
}
