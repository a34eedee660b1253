package data

import "cmp"

// line begins a line from a part and cites what it was learned from: the
// interaction, else the part itself.
func (b *briefing) line(p Part, words, on, source string) SheetLine {
	l := b.planning.line(p, words, on, source)
	if l.Source == 0 {
		l.Source = b.citePart(p, source)
	}
	return l
}

// citePart numbers a part as a source, with who said it and when; once, whatever
// is said of it.
func (b *briefing) citePart(p Part, source string) int {
	belongs, kind := p.Belonging(), p.PartKind()
	if belongs.ID == "" {
		return 0
	}
	key := "part " + kind + "/" + belongs.ID
	if n := b.said[key]; n > 0 {
		return n
	}
	on, day := partDate(p), ""
	if on != "" {
		day = b.day(on)
	}
	n := len(b.Sources) + 1
	b.said[key] = n
	b.Sources = append(b.Sources, SheetSource{
		N: n, Kind: kind, Part: belongs.ID, On: on,
		Words: joinCommas(partWords(p), joinCommas(day, cmp.Or(source, b.all.contact(belongs.Contact).Name))),
	})
	return n
}

// partWords name a part as a source: "Promise: Flicker report", "Judgement".
func partWords(p Part) string {
	switch p := p.(type) {
	case Promise:
		return "Promise “" + p.What + "”"
	case Step:
		return "Plan, step “" + p.What + "”"
	case Objective:
		return "Plan, objective “" + p.Name() + "”"
	case Need:
		return "Need"
	case Fact:
		name, _ := FactNameOf(p.Name)
		return name.Label
	case ValueEntry:
		return "Value “" + p.What + "”"
	case Stakeholder:
		return "Judgement"
	case Preference:
		return "How they like it"
	case Risk:
		return "Risk"
	case Unknown:
		return "Open question of ours"
	case Relation:
		return "Who stands how to whom"
	case Whitespace:
		return "What they have from others"
	}
	return sentence(p.PartKind())
}

// partDate is the day of which a part is, "" where nobody said.
func partDate(p Part) string {
	switch p := p.(type) {
	case Promise:
		return p.Made
	case Objective:
		return p.On
	case Need:
		return p.On
	case Fact:
		return p.On
	case ValueEntry:
		return p.On
	case Stakeholder:
		return p.On
	case Preference:
		return p.Confirmed
	case Risk:
		return p.On
	case Unknown:
		return p.Since
	case Relation:
		return p.On
	case Whitespace:
		return p.On
	}
	return ""
}

// renumber counts the sources in the order in which the page cites them, and
// leaves out those that it does not.
func (b *briefing) renumber() {
	numbers := map[int]int{}
	var cited []SheetSource
	mark := func(l *SheetLine) {
		if l.Source == 0 {
			return
		}
		if numbers[l.Source] == 0 {
			s := b.Sources[l.Source-1]
			s.N = len(cited) + 1
			cited, numbers[l.Source] = append(cited, s), s.N
		}
		l.Source = numbers[l.Source]
	}
	mark(&b.brief.Outcome)
	mark(&b.brief.Wants)
	for _, list := range [][]SheetSection{b.Sections, b.brief.Cut} {
		for i := range list {
			for j := range list[i].Lines {
				mark(&list[i].Lines[j])
			}
		}
	}
	b.Sources = cited
}

// know makes interactions such as a line can cite.
func (b *briefing) know(list ...Interaction) {
	if b.found == nil {
		b.found = map[string]Interaction{}
	}
	for _, i := range list {
		if i.ID != "" {
			b.found[i.ID] = i
		}
	}
}
