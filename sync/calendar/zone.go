package calendar

import (
	"regexp"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that zones do not depend on the laptop
)

// zone is a place's time and the name that people see for it: IANA's where it is
// known, else as it was written.
type zone struct {
	location *time.Location
	name     string
}

// zoneBook finds zones by the names that calendars give them.
type zoneBook struct {
	reader   *time.Location // the user's, for dates and unknown zones
	floating *time.Location // for times without a zone
	given    map[string]part
	found    map[string]*zone // nil for a name that is not known
	odd      *notes
}

// newZoneBook takes the zones that a calendar brings along. Of two with one name
// the first is meant.
func newZoneBook(given []part, reader *time.Location, odd *notes) *zoneBook {
	book := &zoneBook{reader: reader, floating: reader, given: map[string]part{}, found: map[string]*zone{}, odd: odd}
	for _, p := range given {
		if name := zoneName(p); name != "" {
			if _, twice := book.given[name]; !twice {
				book.given[name] = p
			}
		}
	}
	return book
}

// zoneName is the TZID of a VTIMEZONE.
func zoneName(p part) string {
	for _, l := range p.lines {
		if strings.EqualFold(propertyName(l.text), "TZID") {
			return strings.TrimSpace(l.text[paramsEnd(l.text)+1:])
		}
	}
	return ""
}

// under is the same book for a calendar that says how its floating times are
// meant (X-WR-TIMEZONE).
func (b *zoneBook) under(calendarZone string) *zoneBook {
	if calendarZone == "" {
		return b
	}
	z, ok := b.named(calendarZone)
	if !ok {
		return b
	}
	under := *b
	under.floating = z.location
	return &under
}

// named finds a zone; ok is false, with a note, where nobody knows it.
func (b *zoneBook) named(tzid string) (z zone, ok bool) {
	known, asked := b.found[tzid]
	if !asked {
		known = b.look(tzid)
		b.found[tzid] = known
		if known == nil {
			b.odd.add("the time zone %q is not known; its times are read in your own", short(tzid))
		}
	}
	if known == nil {
		return zone{}, false
	}
	return *known, true
}

// look tries, in this order: IANA's names, Windows' names, the place in a name
// that programs build around them, the rules that the calendar brought, and the
// offset in the name.
func (b *zoneBook) look(tzid string) *zone {
	if name := publicName(tzid); name != "" {
		if location, err := publicZone(name); err == nil {
			return &zone{location, name}
		}
	}
	if p, ok := b.given[tzid]; ok {
		if z := b.asGiven(p, tzid); z != nil {
			return z
		}
	}
	if location := offsetZone(tzid); location != nil {
		return &zone{location, tzid}
	}
	return nil
}

// asGiven is the zone of a VTIMEZONE, or the public one that it says it is.
func (b *zoneBook) asGiven(p part, tzid string) *zone {
	for _, l := range p.lines {
		if strings.EqualFold(propertyName(l.text), "X-LIC-LOCATION") {
			if name := publicName(strings.TrimSpace(l.text[paramsEnd(l.text)+1:])); name != "" {
				if location, err := publicZone(name); err == nil {
					return &zone{location, name}
				}
			}
		}
	}
	if location := locationOf(p, tzid, b.odd); location != nil {
		return &zone{location, tzid}
	}
	return nil
}

// publicName is the IANA name that a zone's name means, or "".
func publicName(tzid string) string {
	tzid = strings.TrimPrefix(strings.TrimSpace(tzid), "posix/")
	for _, name := range []string{tzid, titled(tzid)} {
		if isPublic(name) {
			return name
		}
	}
	key := strings.ToLower(tzid)
	if name, ok := windowsZones[key]; ok {
		return name
	}
	switch key {
	case "z", "utc", "gmt", "coordinated universal time", "greenwich mean time", "universal", "zulu", "tzone://microsoft/utc":
		return "UTC"
	}
	if name := afterPrefix(tzid); name != "" {
		return name
	}
	return byCity(tzid)
}

// isPublic says whether the zone database has the name. "Local" and "" are Go's
// own and mean nothing in a calendar.
func isPublic(name string) bool {
	if name == "" || strings.EqualFold(name, "local") || strings.ContainsAny(name, ` \:`) {
		return false
	}
	_, err := publicZone(name)
	return err == nil
}

// publicZones keeps the zones that were loaded, since the time package reads a
// file each time; there are some six hundred of them.
var publicZones sync.Map

// publicZone loads a zone of the public database.
func publicZone(name string) (*time.Location, error) {
	if known, ok := publicZones.Load(name); ok {
		return known.(*time.Location), nil
	}
	location, err := time.LoadLocation(name)
	if err == nil {
		publicZones.Store(name, location)
	}
	return location, err
}

// titled writes europe/berlin and AMERICA/NEW_YORK as the database does.
func titled(name string) string {
	if strings.ToLower(name) != name && strings.ToUpper(name) != name {
		return name
	}
	b := []byte(strings.ToLower(name))
	for i, c := range b {
		if (i == 0 || b[i-1] == '/' || b[i-1] == '_' || b[i-1] == '-') && c >= 'a' && c <= 'z' {
			b[i] = c - 'a' + 'A'
		}
	}
	return string(b)
}

// afterPrefix reads names like /mozilla.org/20050126_1/Europe/Berlin and
// /freeassociation.sourceforge.net/Tzfile/Europe/Berlin.
func afterPrefix(tzid string) string {
	for rest := tzid; ; {
		i := strings.IndexByte(rest, '/')
		if i < 0 {
			return ""
		}
		if rest = rest[i+1:]; strings.Contains(rest, "/") && isPublic(rest) {
			return rest
		}
	}
}

var offsetPrefix = regexp.MustCompile(`^\s*\((?:UTC|GMT)[^)]*\)\s*`)

// byCity reads Outlook's display names: "(UTC+01:00) Amsterdam, Berlin, Bern".
func byCity(tzid string) string {
	rest := strings.ToLower(offsetPrefix.ReplaceAllString(tzid, ""))
	if name, ok := windowsZones[rest]; ok {
		return name
	}
	for _, city := range strings.Split(rest, ",") {
		if name, ok := cityZones[strings.TrimSpace(city)]; ok {
			return name
		}
	}
	return ""
}

var offsetName = regexp.MustCompile(`^\(?(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d\d)?\)?(?:\s.*)?$`)

// offsetZone reads UTC+1, GMT-0500, +01:00 and "(UTC-03:00) Anywhere".
func offsetZone(tzid string) *time.Location {
	m := offsetName.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(tzid)))
	if m == nil {
		return nil
	}
	hours, _ := digits(m[2])
	minutes, _ := digits(m[3])
	seconds := 3600*hours + 60*minutes
	if hours > 14 || minutes > 59 {
		return nil
	}
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone(tzid, seconds)
}

// short keeps a strange name from filling the ledger.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
