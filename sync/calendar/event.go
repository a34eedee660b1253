package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"rapport/data"
)

// event is one VEVENT whose times have been read: a series, a single meeting, or
// a date of a series that differs.
type event struct {
	props ical.Props
	lines []line // those that could be read
	n     int    // the line it begins at
	head  *header
	uid   string
	named bool // the UID is its own

	start   when
	noStart bool // it has a RECURRENCE-ID only
	length  length
	dated   bool // it says how long it lasts

	of     when // which date of the series it is
	isDate bool // it has such a date
	onward bool // RANGE=THISANDFUTURE: it is that date and all after it

	sequence  int
	stamp     int64
	cancelled bool
}

// readEvent reads a part. ok is false, with a note, when it says no time; uid is
// its name even then, if it has one.
func readEvent(p part, zones *zoneBook, odd *notes) (e event, ok bool) {
	e = event{n: p.n, head: p.head}
	e.props, e.lines = properties(p, odd)
	zones = zones.under(p.head.zone)
	e.name()
	if !e.readDate(zones, odd) || !e.readStart(zones, odd) {
		return e, false
	}
	if !e.named {
		odd.add("the entry at line %d has no UID; it was given one", e.n)
	}
	e.readLength(zones, odd)
	e.sequence, _ = strconv.Atoi(first(e.props, "SEQUENCE"))
	e.stamp = e.changed(zones)
	e.cancelled = strings.EqualFold(first(e.props, "STATUS"), "CANCELLED") || p.head.method == "CANCEL"
	return e, true
}

// name reads the UID, or makes one that stays the same while the entry does.
func (e *event) name() {
	if e.uid = first(e.props, "UID"); e.uid != "" {
		e.named = true
		return
	}
	h := sha256.New()
	for _, name := range []string{"DTSTART", "DTEND", "DURATION", "RRULE", "SUMMARY"} {
		h.Write([]byte(name + ":" + first(e.props, name) + "\n"))
	}
	e.rename("without-uid-" + hex.EncodeToString(h.Sum(nil)[:12]))
}

// called is what remarks call the entry.
func (e *event) called() string {
	if !e.named {
		return "without UID"
	}
	return short(e.uid)
}

// rename gives the entry another UID, in its text too.
func (e *event) rename(uid string) {
	kept := []line{{n: e.n, text: "UID:" + uid}}
	for _, l := range e.lines {
		if !strings.EqualFold(propertyName(l.text), "UID") {
			kept = append(kept, l)
		}
	}
	e.uid, e.lines = uid, kept
}

func (e *event) readDate(zones *zoneBook, odd *notes) bool {
	list := e.props["RECURRENCE-ID"]
	if len(list) == 0 {
		return true
	}
	e.isDate = true
	e.onward = strings.EqualFold(param(list[0], "RANGE"), "THISANDFUTURE")
	var ok bool
	if e.of, ok = parseWhen(list[0], list[0].Value, zones); !ok {
		odd.add("%s: which of its dates the entry at line %d is cannot be read; it was left out", e.called(), e.n)
	}
	return ok
}

func (e *event) readStart(zones *zoneBook, odd *notes) bool {
	list := e.props["DTSTART"]
	if len(list) == 0 && e.isDate {
		e.start, e.noStart = e.of, true
		return true
	}
	if len(list) == 0 {
		odd.add("%s: the entry at line %d does not say when it is; it was left out", e.called(), e.n)
		return false
	}
	var ok bool
	if e.start, ok = parseWhen(list[0], list[0].Value, zones); !ok {
		odd.add("%s: the start of the entry at line %d cannot be read; it was left out", e.called(), e.n)
	}
	return ok
}

// readLength reads DTEND or DURATION. Without either a date lasts one day and a
// time no time (RFC 5545 3.6.1).
func (e *event) readLength(zones *zoneBook, odd *notes) {
	if list := e.props["DURATION"]; len(list) > 0 {
		if l, ok := parseLength(list[0].Value); ok && l.most() >= 0 {
			e.length, e.dated = l, true
		} else {
			odd.add("%s: how long the entry at line %d lasts cannot be read", e.called(), e.n)
		}
	}
	if list := e.props["DTEND"]; len(list) > 0 {
		end, ok := parseWhen(list[0], list[0].Value, zones)
		if !ok {
			odd.add("%s: the end of the entry at line %d cannot be read", e.called(), e.n)
		} else if l := between(e.start, end); l.most() >= 0 {
			e.length, e.dated = l, true
		} else {
			odd.add("%s: the entry at line %d ends before it begins; its start was kept", e.called(), e.n)
		}
	}
	e.wholeDays()
}

// between is how long it is from a start to an end: days for dates, else time.
func between(start, end when) length {
	if start.form == allDay {
		return length{days: daysBetween(start.wall, end.wall)}
	}
	if end.form == floating && start.form == zoned {
		end = start.on(end.wall)
	}
	return length{clock: end.at().Sub(start.at())}
}

func daysBetween(a, b time.Time) int {
	return int((midnight(b).Unix() - midnight(a).Unix()) / 86400)
}

// wholeDays makes what lasts whole days whole days: all-day entries, and those
// that Exchange marks so although it writes times.
func (e *event) wholeDays() {
	marked := strings.EqualFold(first(e.props, "X-MICROSOFT-CDO-ALLDAYEVENT"), "TRUE")
	if marked && e.start.form != allDay && e.start.wall.Equal(midnight(e.start.wall)) {
		e.length = length{days: e.length.days, clock: e.length.clock.Round(24 * time.Hour)}
		e.start = when{wall: e.start.wall, form: allDay, zone: e.start.zone}
	}
	if e.start.form == allDay {
		extra := (e.length.clock + 24*time.Hour - 1) / (24 * time.Hour)
		e.length = length{days: max(1, e.length.days+int(extra))}
	}
}

// changed is when this version was written, in unix seconds: LAST-MODIFIED, or
// DTSTAMP, which some feeds set anew each time they are read.
func (e *event) changed(zones *zoneBook) int64 {
	for _, name := range []string{"LAST-MODIFIED", "DTSTAMP"} {
		if list := e.props[name]; len(list) > 0 {
			if w, ok := parseWhen(list[0], list[0].Value, zones); ok {
				return w.at().Unix()
			}
		}
	}
	return 0
}

// newer says whether e replaces another version of the same entry that was met
// before it; of two versions alike it does.
func (e event) newer(other event) bool {
	if e.sequence != other.sequence {
		return e.sequence > other.sequence
	}
	return e.stamp >= other.stamp
}

// repeats says whether it is a series.
func (e event) repeats() bool { return len(e.props["RRULE"])+len(e.props["RDATE"]) > 0 }

// occurrence is what all dates of the entry have in common.
func (e event) occurrence(calendarID string) data.Occurrence {
	o := data.Occurrence{
		UID: e.uid, Calendar: calendarID,
		Summary: data.MeetingTitle(oneLine(first(e.props, "SUMMARY"))), Place: where(e.props),
		Cancelled: e.cancelled, Tentative: strings.EqualFold(first(e.props, "STATUS"), "TENTATIVE"),
		Free:     isFree(e.props),
		Sequence: e.sequence, Stamp: e.stamp,
		Organizer: organizer(e.props), Attendees: attendees(e.props),
	}
	if calendarID == data.MailCalendarID {
		o.Sender = first(e.props, senderLine)
	}
	return o
}

// isFree says whether an entry takes none of its owner's time: TRANSP, which is a
// word of the standard, or Exchange's own where that is missing.
func isFree(props ical.Props) bool {
	if said := first(props, "TRANSP"); said != "" {
		return strings.EqualFold(said, "TRANSPARENT")
	}
	return strings.EqualFold(first(props, "X-MICROSOFT-CDO-BUSYSTATUS"), "FREE")
}
