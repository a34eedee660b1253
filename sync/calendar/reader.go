package calendar

import (
	"errors"
	"strings"
)

// ErrNotCalendar says that a text has no calendar in it, as a web page has not.
var ErrNotCalendar = errors.New("not a calendar")

// ErrCut says that a calendar ends in the middle, so what is missing from it is
// not known to be gone.
var ErrCut = errors.New("the calendar ends in the middle")

// document is a calendar file cut into its parts, before any value is read.
type document struct {
	events []part
	zones  []part
}

// part is one component: its own lines, without BEGIN and END.
type part struct {
	kind  string // VEVENT, VTIMEZONE, STANDARD or DAYLIGHT
	n     int    // the line it begins at
	head  *header
	lines []line
	kids  []part // of a VTIMEZONE; alarms are left out
}

// header is what a VCALENDAR says about all its components.
type header struct {
	method string // upper case: REQUEST, CANCEL …
	zone   string // X-WR-TIMEZONE, for floating times
}

// read cuts a calendar into its parts. Entries without a calendar around them
// are taken when they are complete.
func read(raw []byte, odd *notes) (document, error) {
	c := cutter{odd: odd, head: &header{}}
	for _, l := range unfold(raw) {
		c.take(l)
	}
	switch {
	case len(strings.TrimSpace(string(raw[:min(len(raw), 1<<10)]))) == 0:
		return document{}, ErrCut
	case !c.found:
		return document{}, ErrNotCalendar
	case c.inside || c.open != nil:
		return document{}, ErrCut
	}
	return c.doc, nil
}

// cutter walks the lines once.
type cutter struct {
	doc    document
	odd    *notes
	found  bool // a calendar or an entry began
	inside bool // a VCALENDAR is open
	head   *header
	open   *part  // the VEVENT or VTIMEZONE that is open
	kid    *part  // the STANDARD or DAYLIGHT in it
	skip   string // a component that is not read
	depth  int    // how many of that name are open
}

func (c *cutter) take(l line) {
	switch verb, name := frame(l.text); verb {
	case "BEGIN":
		c.begin(name, l)
	case "END":
		c.end(name, l)
	default:
		c.property(l)
	}
}

func (c *cutter) begin(name string, l line) {
	switch name {
	case "VCALENDAR":
		c.unclosed()
		c.found, c.inside, c.head = true, true, &header{}
	case "VEVENT", "VTIMEZONE":
		c.unclosed()
		c.found = c.found || name == "VEVENT"
		c.open = &part{kind: name, n: l.n, head: c.head}
	case "STANDARD", "DAYLIGHT":
		if c.open != nil && c.open.kind == "VTIMEZONE" {
			c.closeKid()
			c.kid = &part{kind: name, n: l.n}
			return
		}
		c.leaveOut(name)
	default:
		c.leaveOut(name)
	}
}

func (c *cutter) end(name string, l line) {
	switch {
	case name == "VCALENDAR":
		c.unclosed()
		c.inside = false
	case c.open != nil && name == c.open.kind:
		c.close()
	case c.kid != nil && name == c.kid.kind:
		c.closeKid()
	case name == c.skip:
		if c.depth--; c.depth == 0 {
			c.skip = ""
		}
	}
}

func (c *cutter) leaveOut(name string) {
	switch c.skip {
	case "":
		c.skip, c.depth = name, 1
	case name:
		c.depth++
	}
}

func (c *cutter) property(l line) {
	switch {
	case c.skip != "":
	case l.lost && c.open == nil: // words around the calendar
	case l.lost, isBrokenFrame(l.text):
		c.odd.add("line %d cannot be read and was left out", l.n)
	case l.long:
		c.odd.add("line %d is longer than %d kB and was left out", l.n, maxLine>>10)
	case c.kid != nil:
		c.kid.lines = append(c.kid.lines, l)
	case c.open != nil:
		c.open.lines = append(c.open.lines, l)
	case c.inside:
		c.header(l.text)
	}
}

// isBrokenFrame knows a BEGIN or END of nothing that has a name.
func isBrokenFrame(l string) bool {
	name := propertyName(l)
	return strings.EqualFold(name, "BEGIN") || strings.EqualFold(name, "END")
}

func (c *cutter) header(l string) {
	name, value, _ := strings.Cut(l, ":")
	name, _, _ = strings.Cut(name, ";")
	switch strings.ToUpper(strings.TrimSpace(name)) {
	case "METHOD":
		c.head.method = strings.ToUpper(strings.TrimSpace(value))
	case "X-WR-TIMEZONE":
		c.head.zone = unescape(strings.TrimSpace(value))
	}
}

// unclosed ends a component whose own END is missing.
func (c *cutter) unclosed() {
	if c.open != nil {
		c.odd.add("the entry at line %d has no end; it was read up to the next one", c.open.n)
	}
	c.close()
}

func (c *cutter) close() {
	c.closeKid()
	switch {
	case c.open == nil:
	case c.open.kind == "VEVENT":
		c.doc.events = append(c.doc.events, *c.open)
	default:
		c.doc.zones = append(c.doc.zones, *c.open)
	}
	c.open, c.skip, c.depth = nil, "", 0
}

func (c *cutter) closeKid() {
	if c.kid != nil && c.open != nil {
		c.open.kids = append(c.open.kids, *c.kid)
	}
	c.kid = nil
}
