package app

import (
	"cmp"
	"fmt"
	"slices"

	"rapport/app/kit"
	"rapport/data"
)

// planKind says how a row of the plan is drawn.
type planKind int

// The kinds of rows of the plan.
const (
	planFact planKind = iota
	planGoal
	planSides  // the names of both columns of value
	planGain   // a gain of each side
	planMutual // how even that is
	planMonths
	planStep
	planNothing // what is missing in a section without lines
	planWords   // a line whose words are written where they stand
)

// planRow is a row of the plan; what its kind needs is set.
type planRow struct {
	kind    planKind
	key     string // the same for the same line, "" for what cannot be the current row
	section data.SheetSection
	first   bool // of its section
	last    bool
	line    data.SheetLine
	more    bool              // it counts the lines of its section that found no room
	pair    [2]data.SheetLine // theirs and ours; without Text there is none
}

// planRows are the rows of a page, section by section.
func planRows(sections []data.SheetSection) (rows []planRow) {
	for _, s := range sections {
		part := sectionRows(s)
		for i := range part {
			part[i].section, part[i].first, part[i].last = s, i == 0, i == len(part)-1
		}
		rows = append(rows, part...)
	}
	return rows
}

func sectionRows(s data.SheetSection) []planRow {
	switch {
	case len(s.Lines) == 0:
		return []planRow{{kind: planNothing, key: s.Key, line: data.SheetLine{Text: s.Empty}}}
	case s.Key == data.PlanValue:
		return gainRows(s)
	}
	var rows []planRow
	if s.Key == data.PlanSteps {
		rows = append(rows, planRow{kind: planMonths})
	}
	kind := map[string]planKind{data.PlanGoals: planGoal, data.PlanSteps: planStep}[s.Key]
	for _, l := range s.Lines {
		r := planRow{kind: kind, key: lineKey(s.Key, l), line: l}
		if l.Kind == data.KindJointReply {
			r.kind = planFact
		}
		rows = append(rows, r)
	}
	if len(s.Rest) > 0 {
		rows[len(rows)-1].kind, rows[len(rows)-1].more = planFact, true
	}
	return rows
}

// withWhole are the sections, those of them that somebody wants whole with all lines.
func withWhole(sections []data.SheetSection, whole func(section string) bool) []data.SheetSection {
	list := slices.Clone(sections)
	for i, s := range list {
		if whole(s.Key) {
			list[i].Lines, list[i].Rest = s.Whole(), nil
		}
	}
	return list
}

// lineKey tells lines of a plan apart, across answers.
func lineKey(section string, l data.SheetLine) string {
	return section + " " + cmp.Or(l.KeyOf(), l.Text) + " " + l.Register
}

// gainRows are what both sides gained, side by side, and how even that is.
func gainRows(s data.SheetSection) []planRow {
	var sides [2][]data.SheetLine
	rows := []planRow{{kind: planSides}}
	var mutual []planRow
	for _, l := range s.Lines {
		switch {
		case l.Column == 1 || l.Column == 2:
			sides[l.Column-1] = append(sides[l.Column-1], l)
		case l.Bar != nil:
			mutual = append(mutual, planRow{kind: planMutual, key: lineKey(s.Key, l), line: l})
		}
	}
	for i := range max(len(sides[0]), len(sides[1])) {
		r := planRow{kind: planGain, key: fmt.Sprint(s.Key, i)}
		for side, list := range sides {
			if i < len(list) {
				r.pair[side] = list[i]
			}
		}
		rows = append(rows, r)
	}
	rows = append(rows, mutual...)
	if len(s.Rest) > 0 {
		count := s.Lines[len(s.Lines)-1]
		rows = append(rows, planRow{key: lineKey(s.Key, count), line: count, more: true})
	}
	return rows
}

// on is the line that keys act on: of a pair the half in view, else the other.
func (r planRow) on(column int) data.SheetLine {
	if r.kind != planGain {
		return r.line
	}
	if l := r.pair[min(max(column, 0), 1)]; l.Text != "" {
		return l
	}
	return r.pair[1-min(max(column, 0), 1)]
}

// planHeights are the heights of rows, before Scaled and without the room around
// a section.
var planHeights = map[planKind]float32{planFact: 26, planGoal: 46, planSides: 26, planGain: 25, planMutual: 30, planMonths: 22, planStep: 28, planNothing: 26, planWords: 38}

// sectionRoom is the room over and under a section.
const sectionRoom = 9

// room is the room around a row's content.
func (r planRow) room() (room kit.Room) {
	if r.first {
		room.Top = sectionRoom
	}
	if r.last {
		room.Bottom = sectionRoom
		if r.first { // the section's name needs more than one line
			room.Bottom = max(room.Bottom, kit.SectionHeight(r.section.Label)-kit.Scaled(r.height())+10)
		}
	}
	return room
}

// height is that of the content, before Scaled.
func (r planRow) height() float32 {
	if r.kind == planFact && r.line.Below != "" {
		return 42
	}
	return planHeights[r.kind]
}
