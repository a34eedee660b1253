package sample

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"rapport/data"
)

// write puts the events into one iCalendar object (RFC 5545) with the zones
// that they name.
func (a *agenda) write() []byte {
	var b bytes.Buffer
	for _, l := range []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Larkfield//Diary 3//EN", "CALSCALE:GREGORIAN", "X-WR-CALNAME:Maya\\, work"} {
		fold(&b, l)
	}
	own := a.d.today.Location()
	zones := []*time.Location{own}
	if tzid(own) != zoneLondon {
		zones = append(zones, london)
	}
	for _, z := range zones {
		a.writeZone(&b, z)
	}
	for _, l := range strings.Split(windowsZone, "\n") {
		fold(&b, l)
	}
	for _, e := range a.list {
		a.writeEvent(&b, e)
	}
	fold(&b, "END:VCALENDAR")
	return b.Bytes()
}

// tzid is the name under which the calendar speaks of a zone. A zone that Go
// knows only as this computer's gets a name of the calendar's own.
func tzid(z *time.Location) string {
	switch name := z.String(); name {
	case "Local", "":
		return "Larkfield"
	case "UTC":
		return "Etc/UTC"
	default:
		return name
	}
}

// windowsZone is how a widespread mail program writes Amsterdam's zone.
const windowsZone = `BEGIN:VTIMEZONE
TZID:W. Europe Standard Time
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE`

// writeZone writes the zone's changes around the world's two years, one by one.
func (a *agenda) writeZone(b *bytes.Buffer, z *time.Location) {
	fold(b, "BEGIN:VTIMEZONE")
	fold(b, "TZID:"+tzid(z))
	from, to := a.d.at(span+370, "12:00"), a.d.at(-740, "12:00")
	_, before := from.In(z).Zone()
	writeObservance(b, from.In(z), before, before)
	for t := from; t.Before(to); t = t.AddDate(0, 0, 1) {
		_, after := t.In(z).Zone()
		if after != before {
			writeObservance(b, changeBetween(t.AddDate(0, 0, -1), t, z), before, after)
			before = after
		}
	}
	fold(b, "END:VTIMEZONE")
}

// changeBetween finds the second at which the zone's offset changes.
func changeBetween(lo, hi time.Time, z *time.Location) time.Time {
	_, old := lo.In(z).Zone()
	for hi.Sub(lo) > time.Second {
		mid := lo.Add(hi.Sub(lo) / 2).Truncate(time.Second)
		if _, at := mid.In(z).Zone(); at == old {
			lo = mid
		} else {
			hi = mid
		}
	}
	return hi.In(z)
}

func writeObservance(b *bytes.Buffer, at time.Time, before, after int) {
	kind := "STANDARD"
	if at.IsDST() {
		kind = "DAYLIGHT"
	}
	fold(b, "BEGIN:"+kind)
	fold(b, "DTSTART:"+at.In(time.FixedZone("", before)).Format(local))
	fold(b, "TZOFFSETFROM:"+at.In(time.FixedZone("", before)).Format("-0700"))
	fold(b, "TZOFFSETTO:"+at.In(time.FixedZone("", after)).Format("-0700"))
	fold(b, "END:"+kind)
}

const (
	local   = "20060102T150405"
	utcForm = local + "Z"
	dayForm = "20060102"
)

func (a *agenda) writeEvent(b *bytes.Buffer, e event) {
	fold(b, "BEGIN:VEVENT")
	fold(b, "UID:"+e.uid)
	fold(b, "DTSTAMP:"+a.stamp(e).Format(utcForm))
	if !e.replaces.IsZero() {
		fold(b, a.moment(e, "RECURRENCE-ID", e.replaces))
	}
	fold(b, a.moment(e, "DTSTART", e.start))
	fold(b, a.end(e))
	if e.rule != "" {
		fold(b, "RRULE:"+e.rule)
	}
	for _, t := range e.except {
		fold(b, a.moment(e, "EXDATE", t))
	}
	fold(b, "SUMMARY:"+escape(e.summary))
	if e.place != "" {
		fold(b, "LOCATION:"+escape(e.place))
	}
	if e.text != "" {
		fold(b, "DESCRIPTION:"+escape(e.text))
	}
	if e.status != "" {
		fold(b, "STATUS:"+e.status)
	}
	fold(b, fmt.Sprintf("SEQUENCE:%d", e.sequence))
	a.writePeople(b, e)
	if e.alarm {
		for _, l := range []string{"BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:" + escape(e.summary), "END:VALARM"} {
			fold(b, l)
		}
	}
	fold(b, "END:VEVENT")
}

// stamp is when the event was last written: ten days before it began, or the
// day before the world's last day.
func (a *agenda) stamp(e event) time.Time {
	t := e.start.AddDate(0, 0, -10).Add(time.Duration(e.sequence) * time.Hour)
	if latest := a.d.at(1, "17:00"); t.After(latest) {
		t = latest.Add(time.Duration(e.sequence) * time.Minute)
	}
	return t.UTC()
}

// moment is a property that holds a time, in the event's own way.
func (a *agenda) moment(e event, name string, t time.Time) string {
	switch {
	case e.days > 0:
		return name + ";VALUE=DATE:" + t.Format(dayForm)
	case e.zone == zoneFloating:
		return name + ":" + t.Format(local)
	case e.zone == zoneUTC:
		return name + ":" + t.UTC().Format(utcForm)
	case e.zone == zoneWindows:
		return name + ";TZID=" + zoneWindows + ":" + t.In(Amsterdam).Format(local)
	case e.zone == zoneLondon:
		return name + ";TZID=" + zoneLondon + ":" + t.In(london).Format(local)
	}
	return name + ";TZID=" + tzid(a.d.today.Location()) + ":" + t.Format(local)
}

func (a *agenda) end(e event) string {
	switch {
	case e.days > 0:
		return a.moment(e, "DTEND", e.start.AddDate(0, 0, e.days))
	case e.duration:
		return fmt.Sprintf("DURATION:PT%dM", e.minutes)
	}
	return a.moment(e, "DTEND", e.start.Add(time.Duration(e.minutes)*time.Minute))
}

func (a *agenda) writePeople(b *bytes.Buffer, e event) {
	if len(e.with) == 0 {
		return
	}
	by := a.address(e.by)
	fold(b, "ORGANIZER;CN="+param(by.Name)+":mailto:"+by.Email)
	fold(b, "ATTENDEE;CN="+param(by.Name)+";ROLE=CHAIR;PARTSTAT=ACCEPTED:mailto:"+by.Email)
	for _, name := range e.with {
		answer := "ACCEPTED"
		for mark, other := range map[string]string{"?": "NEEDS-ACTION", "-": "DECLINED", "~": "TENTATIVE"} {
			if rest, ok := strings.CutSuffix(name, mark); ok {
				name, answer = rest, other
			}
		}
		p := a.address(name)
		fold(b, "ATTENDEE;CN="+param(p.Name)+";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT="+answer+";RSVP=TRUE:mailto:"+p.Email)
	}
	if e.room != "" {
		fold(b, "ATTENDEE;CN="+param(e.room)+";CUTYPE=ROOM;ROLE=NON-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:room.harbour.hall@kestrel.example")
	}
}

func (a *agenda) address(name string) data.Address {
	w := writer{c: a.c}
	return w.party(name).Address
}

func param(s string) string {
	if strings.ContainsAny(s, ",;: ") {
		return `"` + s + `"`
	}
	return s
}

func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// fold writes a content line, broken after 75 bytes at most, never inside a
// letter.
func fold(b *bytes.Buffer, s string) {
	const most = 75
	for room := most; len(s) > room; room = most - 1 {
		cut := room
		for !utf8.RuneStart(s[cut]) {
			cut--
		}
		b.WriteString(s[:cut] + crlf + " ")
		s = s[cut:]
	}
	b.WriteString(s + crlf)
}
