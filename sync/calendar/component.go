package calendar

import (
	"fmt"
	"strings"

	"github.com/emersion/go-ical"
)

// maxParams is the longest list of parameters that is handed to go-ical, whose
// time grows with the square of a quoted parameter's length.
const maxParams = 4 << 10

// properties decodes a part's lines with go-ical, and returns the lines that
// could be used. A line that go-ical refuses, or panics on, costs that line only.
func properties(p part, odd *notes) (ical.Props, []line) {
	kept := make([]line, 0, len(p.lines))
	for _, l := range p.lines {
		if paramsEnd(l.text) < 0 {
			odd.add("line %d cannot be read and was left out", l.n)
			continue
		}
		kept = append(kept, l)
	}
	if props, err := decode(kept); err == nil {
		return props, kept
	}
	good := kept[:0]
	for _, l := range kept {
		if _, err := decode([]line{l}); err != nil {
			odd.add("line %d cannot be read and was left out", l.n)
			continue
		}
		good = append(good, l)
	}
	props, err := decode(good)
	if err != nil {
		return ical.Props{}, nil
	}
	return props, good
}

// decode hands lines to go-ical. It panics on some lines; that is an error here.
func decode(lines []line) (props ical.Props, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("go-ical: %v", r)
		}
	}()
	var sb strings.Builder
	sb.WriteString("BEGIN:VCALENDAR\r\n")
	for _, l := range lines {
		sb.WriteString(l.text)
		sb.WriteString("\r\n")
	}
	sb.WriteString("END:VCALENDAR\r\n")
	calendar, err := ical.NewDecoder(strings.NewReader(sb.String())).Decode()
	if err != nil {
		return nil, err
	}
	return calendar.Props, nil
}

// paramsEnd is where a line's name and parameters end, or -1 where they do not
// or are too long.
func paramsEnd(l string) int {
	quoted := false
	for i := 0; i < len(l) && i < maxParams; i++ {
		switch l[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return i
			}
		}
	}
	return -1
}

// first is a property's first value, trimmed, or "".
func first(props ical.Props, name string) string {
	if list := props[name]; len(list) > 0 {
		return strings.TrimSpace(list[0].Value)
	}
	return ""
}

// param is a parameter's value, or "". A comma that should have been quoted is
// put back.
func param(p ical.Prop, name string) string {
	return strings.TrimSpace(strings.Join(p.Params[name], ","))
}
