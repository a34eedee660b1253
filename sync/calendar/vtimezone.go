package calendar

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"time"
)

// Zones that a calendar brings along are worked out between these years; before
// the first they keep the first offset, after the last the last.
const (
	zoneFrom     = 1900
	zoneTo       = 2150
	maxTurns     = 1200   // changes of the clock in one zone
	maxTurnSteps = 50_000 // of work for one of its rules
)

// turn is a change of the clock.
type turn struct {
	at     int64 // unix seconds
	offset int32 // seconds east of Greenwich from then on
	before int32
	name   string
}

// locationOf builds a location from a VTIMEZONE, or returns nil where it has
// nothing that can be used.
func locationOf(p part, name string, odd *notes) *time.Location {
	var turns []turn
	for _, kid := range p.kids {
		turns = append(turns, turnsOf(kid, odd)...)
	}
	if len(turns) == 0 {
		return nil
	}
	slices.SortStableFunc(turns, func(a, b turn) int { return int(max(-1, min(1, a.at-b.at))) })
	turns = slices.CompactFunc(turns, func(a, b turn) bool { return a.at == b.at })
	location, err := time.LoadLocationFromTZData(name, tzif(turns))
	if err != nil {
		return nil
	}
	return location
}

// turnsOf are the changes that one STANDARD or DAYLIGHT names.
func turnsOf(p part, odd *notes) (turns []turn) {
	props, _ := properties(p, odd)
	before, ok1 := parseOffset(first(props, "TZOFFSETFROM"))
	after, ok2 := parseOffset(first(props, "TZOFFSETTO"))
	start, _, _, ok3 := parseStamp(first(props, "DTSTART"))
	if !ok2 || !ok3 {
		return nil
	}
	if !ok1 {
		before = after
	}
	add := func(wall time.Time) {
		if len(turns) < maxTurns {
			turns = append(turns, turn{
				at: wall.Add(-before).Unix(), offset: int32(after / time.Second),
				before: int32(before / time.Second), name: abbreviation(first(props, "TZNAME"), p.kind),
			})
		}
	}
	add(start)
	from, to := time.Date(zoneFrom, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(zoneTo, 1, 1, 0, 0, 0, 0, time.UTC)
	series := when{wall: start, form: zoned, zone: time.FixedZone("", int(before/time.Second))}
	for _, p := range props["RRULE"] {
		r, err := parseRule(p.Value, series)
		if err != nil {
			continue
		}
		budget := maxTurnSteps
		for wall := range r.dates(start, from, to, &budget) {
			if add(wall); len(turns) == maxTurns {
				break
			}
		}
	}
	for _, p := range props["RDATE"] {
		for _, v := range strings.Split(p.Value, ",") {
			if wall, _, _, ok := parseStamp(v); ok {
				add(wall)
			}
		}
	}
	return turns
}

// abbreviation is a zone's short name as the TZif format can hold it.
func abbreviation(name, kind string) string {
	if name == "" || len(name) > 6 || strings.ContainsRune(name, 0) {
		return kind[:3]
	}
	return name
}

// tzif writes changes of the clock in the form of RFC 8536, which the time
// package reads. The first kind of time is the one before all changes.
func tzif(turns []turn) []byte {
	type kind struct {
		offset int32
		name   string
	}
	kinds := []kind{{turns[0].before, "LMT"}}
	index := make([]byte, len(turns))
	for i, t := range turns {
		k := kind{t.offset, t.name}
		at := slices.Index(kinds[1:], k) + 1
		if at == 0 && len(kinds) < 250 {
			at = len(kinds)
			kinds = append(kinds, k)
		}
		index[i] = byte(at)
	}
	var names, out bytes.Buffer
	put := func(v any) { _ = binary.Write(&out, binary.BigEndian, v) } // a Buffer takes everything
	head := func(counts ...uint32) {
		out.WriteString("TZif2")
		out.Write(make([]byte, 15))
		put(counts)
	}
	var types bytes.Buffer
	for _, k := range kinds {
		_ = binary.Write(&types, binary.BigEndian, k.offset)
		types.Write([]byte{0, byte(names.Len())})
		names.WriteString(k.name + "\x00")
		if names.Len() > 240 {
			names.Truncate(4) // more names than fit: those after this are "LMT"
		}
	}
	head(0, 0, 0, 0, 0, 0) // the old 32-bit block, empty
	head(0, 0, 0, uint32(len(turns)), uint32(len(kinds)), uint32(names.Len()))
	for _, t := range turns {
		put(t.at)
	}
	out.Write(index)
	out.Write(types.Bytes())
	out.Write(names.Bytes())
	out.WriteString("\n\n")
	return out.Bytes()
}
