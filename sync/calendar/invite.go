package calendar

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"rapport/data"
	"rapport/data/text"
)

// Properties of our own in what is stored. A feed's are not believed.
const (
	senderLine  = "X-RAPPORT-SENDER" // who sent an invitation that is not the organiser's
	noStartLine = "X-RAPPORT-START"  // UNKNOWN: the start was put in, so that the rest can be read
	guestLine   = "X-RAPPORT-WITH"   // whom a follow-up of ours is with, who is not invited by it
)

// Invitations reads a calendar text that came inside a mail (iMIP): one for each
// meeting that it names. What is no calendar has none. Sender and At are left to
// the caller.
func Invitations(raw string) []data.Invitation {
	odd := &notes{}
	doc, err := read([]byte(raw), odd)
	if err != nil {
		return nil
	}
	zones := newZoneBook(doc.zones, time.UTC, odd)
	var events []event
	for _, p := range doc.events {
		p.lines = slices.DeleteFunc(slices.Clone(p.lines), func(l line) bool { return strings.HasPrefix(l.text, "X-RAPPORT-") })
		e, ok := readEvent(p, zones, odd)
		if !ok && e.named && len(e.props["DTSTART"]) == 0 && answers(p.head.method) {
			p.lines = append(p.lines, line{n: p.n, text: "DTSTART:19700101T000000Z"}, line{n: p.n, text: noStartLine + ":UNKNOWN"})
			e, ok = readEvent(p, zones, odd)
		}
		if ok && e.named {
			events = append(events, e)
		}
	}
	var list []data.Invitation
	for _, s := range group(events, odd) {
		i := data.Invitation{UID: s.uid, ICS: s.text(zones), Method: "PUBLISH"}
		if head := s.head(); head != nil && head.method != "" {
			i.Method = head.method
		}
		list = append(list, i)
	}
	return list
}

// answers says whether a method is about a meeting that is known, so that its
// time need not be told again.
func answers(method string) bool {
	return method == "CANCEL" || method == "REPLY" || method == "COUNTER"
}

func (s *series) head() *header {
	if s.master != nil {
		return s.master.head
	}
	return s.changed[0].head
}

// said is one entry of one invitation.
type said struct {
	event
	from string // the mail's sender
	at   time.Time
	how  string // the method
}

// version orders what is said about one entry: SEQUENCE, then DTSTAMP, then the
// mail's date.
func (s said) version(o said) int {
	return cmp.Or(cmp.Compare(s.sequence, o.sequence), cmp.Compare(s.stamp, o.stamp), s.at.Compare(o.at))
}

// proved says whether the mail is from the organiser that it names, or from
// whoever the organiser lets write for them.
func (s said) proved() bool {
	list := s.props["ORGANIZER"]
	return len(list) == 0 || speaksFor(list[0], s.from)
}

// speaksFor says whether somebody may speak as a calendar user: they are it, or
// it says so.
func speaksFor(p ical.Prop, from string) bool {
	return from != "" && (address(p).Email == from || address(ical.Prop{Value: param(p, "SENT-BY")}).Email == from)
}

func (s said) owner() string { return organizer(s.props).Email }

// Combined is what all invitations to one meeting come to.
type Combined struct {
	// Meeting has neither ICS nor dates where nobody has invited to it yet.
	Meeting data.Meeting
	Replies []data.Response
	// Odd says in words what was not believed.
	Odd []string
}

// Combine works out what all invitations to one meeting come to, whatever their
// order. The organiser's newest word counts for each date; a cancelled one is
// there as cancelled. What is said in the organiser's or an invited person's name
// by somebody else changes nothing, but that an invitation which is the only one
// is kept, with its sender.
func Combine(invitations []data.Invitation, o Options) Combined {
	odd := &notes{}
	list, zones := hear(invitations, o, odd)
	c := Combined{}
	f := fold{uid: "", odd: odd}
	for _, s := range list {
		f.uid = s.uid
		if s.how == "REPLY" || s.how == "COUNTER" {
			c.Replies = append(c.Replies, replies(s, odd)...)
		}
	}
	f.hearOrganizer(list)
	if s := f.series(); s != nil {
		r, err := Meetings(context.Background(), []byte(s.text(zones)), o)
		if err == nil && len(r.Meetings) == 1 {
			c.Meeting = r.Meetings[0]
		}
	}
	c.Odd = odd.all()
	return c
}

// hear reads invitations in the order of their mails' dates.
func hear(invitations []data.Invitation, o Options, odd *notes) ([]said, *zoneBook) {
	sorted := slices.SortedFunc(slices.Values(invitations), func(a, b data.Invitation) int {
		return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Sender, b.Sender), strings.Compare(a.Method, b.Method), strings.Compare(a.ICS, b.ICS))
	})
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	var list []said
	var given []part
	for _, i := range sorted {
		doc, err := read([]byte(i.ICS), odd)
		if err != nil {
			continue
		}
		given = append(given, doc.zones...)
		zones := newZoneBook(doc.zones, o.Zone, odd)
		for _, p := range doc.events {
			e, ok := readEvent(p, zones, odd)
			if !ok {
				continue
			}
			if at := first(e.props, "DTSTAMP"); at != "" {
				if w, ok := parseWhen(e.props["DTSTAMP"][0], at, zones); ok {
					e.stamp = w.at().Unix()
				}
			}
			e.cancelled = false
			e.head = &header{zone: p.head.zone} // the method is not that of all
			list = append(list, said{event: e, from: text.NormalAddress(i.Sender), at: i.At, how: i.Method})
		}
	}
	return list, newZoneBook(given, o.Zone, odd)
}

// replies are what an answer says of who sent it.
func replies(s said, odd *notes) (list []data.Response) {
	for _, p := range s.props["ATTENDEE"] {
		if !speaksFor(p, s.from) {
			continue
		}
		r := data.Response{UID: s.uid, From: address(p), Answer: answer(p), Sequence: s.sequence, Stamp: s.stamp}
		if s.isDate {
			r.RecurrenceID = s.of.id()
		}
		if s.how == "COUNTER" && first(s.props, noStartLine) == "" {
			r.Start, r.End = s.start.at(), s.length.after(s.start)
		}
		list = append(list, r)
	}
	if len(list) == 0 {
		odd.add("%s: an answer by mail that is not from whom it names was not counted", short(s.uid))
	}
	return list
}

// fold is what the organiser says, folded.
type fold struct {
	uid     string
	odd     *notes
	owner   string
	sender  string // who sent the only invitation, where nobody proved to be the organiser
	asked   []said // invitations
	cancels []said
}

// hearOrganizer keeps what counts of what is said in the organiser's name.
func (f *fold) hearOrganizer(list []said) {
	own := slices.DeleteFunc(slices.Clone(list), func(s said) bool { return !f.isOrganizers(s) })
	first := slices.IndexFunc(own, func(s said) bool { return s.proved() && s.owner() != "" })
	proved := first >= 0
	if !proved {
		first = slices.IndexFunc(own, func(s said) bool { return s.how != "CANCEL" })
	}
	if first < 0 {
		first = 0
	}
	if len(own) == 0 {
		return
	}
	if f.owner = own[first].owner(); !proved && !own[first].proved() {
		f.sender = own[first].from
	}
	for _, s := range own {
		counts := s.owner() == f.owner && (s.proved() || !proved && s.from == f.sender)
		switch {
		case !counts:
			f.odd.add("%s: a mail that is not from its organiser was not believed", short(s.uid))
		case s.how == "CANCEL":
			f.cancels = append(f.cancels, s)
		default:
			f.asked = append(f.asked, s)
		}
	}
}

func (f *fold) isOrganizers(s said) bool {
	switch s.how {
	case "REQUEST", "PUBLISH", "ADD", "CANCEL":
		return true
	}
	return false
}

// newest is the last word among those of an entry: the whole meeting's for "".
func newest(list []said, entry string) *said {
	var last *said
	for i := range list {
		if entryName(list[i]) == entry && (last == nil || list[i].version(*last) >= 0) {
			last = &list[i]
		}
	}
	return last
}

// entryName is which date an entry is, "" for the whole meeting.
func entryName(s said) string {
	switch {
	case !s.isDate:
		return ""
	case s.onward:
		return s.of.id() + " and after"
	}
	return s.of.id()
}

// series is what it comes to; nil where nobody has invited.
func (f *fold) series() *series {
	s := &series{uid: f.uid, places: map[string]int{}}
	whole, off := newest(f.asked, ""), newest(f.cancels, "")
	if whole == nil && off != nil && first(off.props, noStartLine) == "" && len(f.asked) == 0 {
		whole = off
	}
	if whole != nil {
		e := f.entry(*whole, off)
		s.add(e)
	}
	var names []string
	for _, one := range append(slices.Clone(f.asked), f.cancels...) {
		if name := entryName(one); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if e, ok := f.date(name, whole, off); ok {
			s.add(e)
		}
	}
	if s.master == nil && len(s.changed) == 0 {
		return nil
	}
	return s
}

// date is one date that differs from its series, unless a newer word about the
// whole has made it as all others.
func (f *fold) date(name string, whole, off *said) (event, bool) {
	is, cancel := newest(f.asked, name), newest(f.cancels, name)
	if is != nil && whole != nil && is.sequence < whole.sequence {
		is = nil
	}
	if cancel != nil && whole != nil && cancel.sequence < whole.sequence {
		cancel = nil
	}
	switch {
	case is == nil && cancel == nil:
		return event{}, false
	case is == nil && whole != nil:
		is = &said{event: dateOf(whole.event, cancel.event), from: whole.from, at: whole.at, how: whole.how}
		is.sequence, is.stamp = cancel.sequence, cancel.stamp
	case is == nil:
		is = cancel
	}
	if cancel == nil || off != nil && off.version(*cancel) > 0 {
		cancel = off
	}
	return f.entry(*is, cancel), true
}

// dateOf is a date of a series that is told of by its name only: all else is as
// the series has it.
func dateOf(whole, date event) event {
	e := date
	e.lines = nil
	for _, l := range whole.lines {
		switch propertyName(l.text) {
		case "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "STATUS":
		default:
			e.lines = append(e.lines, l)
		}
	}
	for _, p := range date.lines {
		if propertyName(p.text) == "RECURRENCE-ID" {
			e.lines = append(e.lines, p)
		}
	}
	e.props, e.lines = properties(part{lines: e.lines}, &notes{})
	return e
}

// entry is an entry as it is stored: as it was said, cancelled where that is not
// older, and with its sender where that is not the organiser.
func (f *fold) entry(is said, cancel *said) event {
	e := is.event
	if cancel != nil && cmp.Or(cmp.Compare(cancel.sequence, is.sequence), cmp.Compare(cancel.stamp, is.stamp)) >= 0 {
		e = e.with("STATUS", "CANCELLED")
		e.sequence, e.stamp = cancel.sequence, cancel.stamp
	}
	e = e.with("LAST-MODIFIED", "").with("SEQUENCE", strconv.Itoa(e.sequence))
	e = e.with("DTSTAMP", time.Unix(e.stamp, 0).UTC().Format("20060102T150405Z"))
	if f.sender != "" && !is.proved() {
		e = e.with(senderLine, f.sender)
	}
	return e
}

// with is the entry with a property in place of those of its name, or without
// them for "".
func (e event) with(name, value string) event {
	var lines []line
	for _, l := range e.lines {
		if propertyName(l.text) != name {
			lines = append(lines, l)
		}
	}
	if value != "" {
		lines = append(lines, line{n: e.n, text: name + ":" + value})
	}
	e.lines = lines
	return e
}
