package calendar

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestZoneNames(t *testing.T) {
	tests := []struct{ name, tzid, want string }{
		{"IANA", "Europe/Berlin", "Europe/Berlin"},
		{"IANA in lower case", "america/new_york", "America/New_York"},
		{"IANA in capitals", "AMERICA/PORT-AU-PRINCE", ""},
		{"Windows", "Pacific Standard Time", "America/Los_Angeles"},
		{"Windows in lower case", "w. europe standard time", "Europe/Berlin"},
		{"Mozilla's prefix", "/mozilla.org/20050126_1/America/Boise", "America/Boise"},
		{"Evolution's prefix", "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"},
		{"a prefix before three parts", "/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"},
		{"Outlook's display name", "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Berlin"},
		{"Outlook's older display name", "(GMT-05:00) Eastern Time (US & Canada)", "America/New_York"},
		{"cities alone", "Canberra, Melbourne, Sydney", "Australia/Sydney"},
		{"Brasilia", "(UTC-03:00) Brasilia", "America/Sao_Paulo"},
		{"a Windows name behind an offset", "(UTC+01:00) W. Europe Standard Time", "Europe/Berlin"},
		{"a name of Notes", "Western/Central Europe", "Europe/Berlin"},
		{"Exchange's address of UTC", "tzone://Microsoft/Utc", "UTC"},
		{"Exchange's address of no zone", "tzone://Microsoft/Custom", ""},
		{"the older name of Kolkata", "Asia/Calcutta", "Asia/Calcutta"},
		{"an offset with a dot", "(GMT-05.00) Eastern Time (US & Canada)", "America/New_York"},
		{"UTC with cities", "(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/London"},
		{"UTC", "UTC", "UTC"},
		{"Z", "Z", "UTC"},
		{"Go's own word is no zone", "Local", ""},
		{"nonsense", "Bureau 7", ""},
		{"a path is no zone", "../../etc/passwd", ""},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := publicName(tt.tzid)
			if tt.name == "IANA in capitals" {
				if !strings.EqualFold(got, tt.tzid) && got != "" {
					t.Errorf("got %q", got)
				}
				return
			}
			if got != tt.want {
				t.Errorf("publicName(%q) = %q, want %q", tt.tzid, got, tt.want)
			}
		})
	}
}

func TestEveryZoneInTheTablesExists(t *testing.T) {
	if len(windowsZones) < 135 {
		t.Errorf("only %d Windows names", len(windowsZones))
	}
	for _, table := range []map[string]string{windowsZones, cityZones} {
		for name, zone := range table {
			if name != strings.ToLower(name) {
				t.Errorf("%q is not in lower case", name)
			}
			if _, err := time.LoadLocation(zone); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}

func TestOffsetNames(t *testing.T) {
	tests := []struct {
		name, tzid string
		want       int // minutes
	}{
		{"hours", "UTC+1", 60}, {"four digits", "GMT-0530", -330}, {"with a colon", "UTC+05:45", 345}, {"the offset alone", "+01:00", 60}, {"the offset alone, west", "-0330", -210},
		{"in brackets, a place that nobody knows", "(UTC-03:00) Nowhere", -180},
	}
	for _, tt := range tests {
		zone := offsetZone(tt.tzid)
		if zone == nil {
			t.Errorf("%s: %q is not known", tt.name, tt.tzid)
			continue
		}
		if _, offset := day("2026-01-05").In(zone).Zone(); offset != 60*tt.want {
			t.Errorf("%s: %q is %d s", tt.name, tt.tzid, offset)
		}
	}
	for _, tzid := range []string{"UTC+99", "GMT", "UTC+1x", "Berlin", "-", "+", "-a"} {
		if offsetZone(tzid) != nil {
			t.Errorf("%q is no offset", tzid)
		}
	}
}

// A zone that is built from the rules in a file agrees with the public one for
// as long as those rules hold.
func TestVTimezoneAsGiven(t *testing.T) {
	raw, err := os.ReadFile("testdata/outlook.ics")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := read(raw, &notes{})
	if err != nil {
		t.Fatal(err)
	}
	odd := &notes{}
	built := locationOf(doc.zones[0], "Customized Time Zone", odd)
	if built == nil || len(odd.list) > 0 {
		t.Fatal("the zone was not built", odd.list)
	}
	for at := day("1997-01-01"); at.Before(day("2037-01-01")); at = at.Add(7 * time.Hour) {
		_, want := at.In(berlin).Zone()
		if _, got := at.In(built).Zone(); got != want {
			t.Fatalf("%s: got offset %d, want %d", at, got, want)
		}
	}
	if _, offset := day("2120-07-01").In(built).Zone(); offset != 7200 {
		t.Errorf("in July 2120 the offset is %d", offset)
	}
}

func TestZonesThatAreHardToBuild(t *testing.T) {
	observance := func(kind, lines string) string { return "BEGIN:" + kind + "\n" + lines + "\nEND:" + kind + "\n" }
	tests := []struct {
		name, body string
		winter     string // UTC of 2026-01-05 09:00 there; "" when the zone is not known
		summer     string // of 2026-07-06 09:00
	}{
		{"one offset for ever", observance("STANDARD", "DTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530"), "03:30", "03:30"},
		{"changes as a list of dates", observance("STANDARD", "DTSTART:20251026T030000\nRDATE:20261025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100") + observance("DAYLIGHT", "DTSTART:20260329T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200"), "08:00", "07:00"},
		{"summer time that ended for good", observance("DAYLIGHT", "DTSTART:20000326T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100328T010000Z\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200") + observance("STANDARD", "DTSTART:20001029T030000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100"), "08:00", "08:00"},
		{"its public name beside it", "X-LIC-LOCATION:Europe/Berlin\n" + observance("STANDARD", "DTSTART:19700101T000000\nTZOFFSETFROM:+0900\nTZOFFSETTO:+0900"), "08:00", "07:00"},
		{"no offsets in it", observance("STANDARD", "DTSTART:19700101T000000"), "", ""},
		{"nothing in it", "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ics := "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Bureau 7\n" + tt.body + "END:VTIMEZONE\n" +
				"BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Bureau 7:20260105T090000\nRDATE;TZID=Bureau 7:20260706T090000\nEND:VEVENT\nEND:VCALENDAR\n"
			list, odd, err := Expand(ics, "cal", time.UTC, day("2026-01-01"), day("2027-01-01"))
			if err != nil || len(list) != 2 {
				t.Fatal(list, err)
			}
			if tt.winter == "" {
				if len(odd) == 0 || list[0].RecurrenceID != "20260105T090000" {
					t.Errorf("a zone of nothing was taken: %v %+v", odd, list[0])
				}
				return
			}
			if got := list[0].Start.UTC().Format("15:04") + " " + list[1].Start.UTC().Format("15:04"); got != tt.winter+" "+tt.summer {
				t.Errorf("got %s, want %s %s", got, tt.winter, tt.summer)
			}
		})
	}
}

// The rule of RFC 5545 3.3.5, at every hour around every change of two years.
func TestInstantsAroundChangesOfTheClock(t *testing.T) {
	for _, zone := range []*time.Location{berlin, newYork, mustZone("Australia/Lord_Howe"), mustZone("America/St_Johns"), mustZone("Pacific/Apia"), mustZone("Africa/Casablanca")} {
		for wall := day("2011-01-01"); wall.Before(day("2013-01-01")); wall = wall.Add(15 * time.Minute) {
			got := instant(wall, zone)
			if shown := wallAt(got, zone); shown.Equal(wall) {
				if earlier := got.Add(-30 * time.Minute); wallAt(earlier, zone).Equal(wall) || wallAt(got.Add(-time.Hour), zone).Equal(wall) {
					t.Fatalf("%s in %s: there is an earlier one", wall, zone)
				}
			} else if shown.Before(wall) {
				t.Fatalf("%s in %s is skipped and was read as %s", wall, zone, shown)
			} else if gap := shown.Sub(wall); gap > 24*time.Hour || wallAt(got.Add(-gap-time.Second), zone).Add(gap).After(wall.Add(gap)) {
				t.Fatalf("%s in %s was read as %s", wall, zone, shown)
			}
		}
	}
}

func TestFloatingTimesFollowTheCalendarsZone(t *testing.T) {
	raw, err := os.ReadFile("testdata/google.ics")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range readAll(t, string(raw)).Meetings {
		if m.UID != "floating@google.com" {
			continue
		}
		o := m.Occurrences[0]
		if got := o.Start.In(newYork).Format("15:04"); got != "09:00" || o.Zone != "" {
			t.Errorf("got %s New York time in zone %q", got, o.Zone)
		}
		return
	}
	t.Error("the floating meeting is gone")
}
