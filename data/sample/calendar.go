package sample

import (
	"strings"
	"time"
)

// event is one VEVENT before it is written.
type event struct {
	uid, summary, place, text string
	start                     time.Time
	minutes                   int
	zone                      string // "", or one of the zones below
	days                      int    // all-day, so many days
	rule                      string
	except                    []time.Time
	replaces                  time.Time // the original start of a date that differs
	status                    string
	sequence                  int
	by                        string
	with                      []string // names; "Samuel Reyes?" has not answered, "-" declined, "~" tentative
	room                      string
	duration                  bool // written with DURATION
	alarm                     bool
}

// Zones of an event other than Larkfield's own.
const (
	zoneUTC      = "UTC"
	zoneFloating = "floating"
	zoneWindows  = "W. Europe Standard Time"
	zoneLondon   = "Europe/London"
)

// agenda collects events.
type agenda struct {
	c    cast
	d    days
	list []event
}

// add keeps an event; its UID comes from its summary and start.
func (a *agenda) add(e event) event {
	if e.uid == "" {
		e.uid = idOf(0, "event", e.summary, e.start.UTC().Format(time.RFC3339)) + "@larkfield.example"
	}
	if e.by == "" {
		e.by = maya.Name
	}
	a.list = append(a.list, e)
	return e
}

// calendar is the owner's calendar as iCalendar text.
func (c cast) calendar(d days) []byte {
	a := &agenda{c: c, d: d}
	a.thisWeek()
	a.series()
	a.past()
	a.oddities()
	return a.write()
}

func (a *agenda) thisWeek() {
	d := a.d
	a.add(event{
		summary: "Winter loan lighting review", place: "Harbour Hall, room 2", start: d.at(0, "10:30"), minutes: 60, sequence: 2, alarm: true,
		text: "Flicker in Hall 2, energy, the cure and what it costs.\nSamuel joins for the first time.",
		with: []string{"Daniel Achterberg", "Anna Kessler", "Beatrice Holm", "Ines Fournier", "Samuel Reyes?"}, room: "Harbour Hall, room 2",
	})
	a.add(event{summary: "Quarterly value review", place: "Pier 1, upstairs", start: d.at(0, "13:00"), minutes: 60, with: []string{"Nadia Brandt", "Owen Pryce"}})
	a.add(event{summary: "Plan review, Northmoor University", place: "Room 4", start: d.at(0, "15:30"), minutes: 30, with: []string{"Priya Raman", "Joris Dekker"}})
	a.add(event{summary: "Night-shift trial", place: "Ward 4", start: d.at(-1, "09:00"), minutes: 60, with: []string{"Femi Adeyemi", "Clara Whitlow~"}})
	a.add(event{summary: "Training: hard talks", place: "Room 4", start: d.at(-1, "14:00"), minutes: 120, by: ruth.Name, with: []string{"Maya Lindqvist", "Elin Sandvik", "Tomas Olsen", "Joris Dekker?"}})
	a.add(event{summary: "First site walk", place: "Shed 4", start: d.at(-2, "10:00"), minutes: 90, by: elin.Name, with: []string{"Maya Lindqvist?", "Jun Takeda", "Mei Tan"}})
	a.add(event{summary: "Crane planning", place: "Pier 3", start: d.at(-2, "15:00"), minutes: 60, by: priya.Name, with: []string{"Maya Lindqvist", "Owen Pryce", "Salome Vik?"}})
	a.add(event{summary: "Lamp choice", place: "The foyer", start: d.at(-3, "11:00"), minutes: 60, with: []string{"Tomas Olsen", "Abi Torrance"}, duration: true})
	a.add(event{summary: "Winter visit", place: "Linden Row", start: d.at(-8, "16:00"), minutes: 90, status: "TENTATIVE", with: []string{"Luc Maréchal?"}})
}

func (a *agenda) series() {
	d := a.d
	weeks := func(n int) time.Time { return d.at(7*n, "08:30") }
	standup := a.add(event{
		summary: "Stand-up", place: "Room 1", start: weeks(104), minutes: 25, rule: "FREQ=WEEKLY", by: priya.Name,
		with: []string{"Maya Lindqvist", "Tomas Olsen", "Elin Sandvik", "Daniel Achterberg", "Joris Dekker"}, except: []time.Time{weeks(5), weeks(23), weeks(60)},
	})
	moved, off := standup, standup
	moved.rule, moved.except, moved.replaces, moved.start, moved.sequence = "", nil, weeks(2), d.at(14, "10:00"), 1
	off.rule, off.except, off.replaces, off.start, off.status, off.sequence = "", nil, weeks(9), weeks(9), "CANCELLED", 1
	a.list = append(a.list, moved, off)

	friday := d.weekday(98*7, time.Friday)
	a.add(event{
		summary: "Week close", start: d.at(friday, "09:00"), minutes: 25, by: ruth.Name, with: []string{"Maya Lindqvist", "Elin Sandvik"},
		rule: "FREQ=WEEKLY;BYDAY=FR;UNTIL=" + d.at(-180, "22:00").UTC().Format("20060102T150405Z"),
	})
	first := d.weekday(560, time.Wednesday)
	piers := a.add(event{
		summary: "Pier works, monthly", place: "Pier 2, container", start: d.at(first, "09:30").In(Amsterdam), minutes: 45, zone: zoneWindows, by: "Owen Pryce",
		with: []string{"Maya Lindqvist", "Nadia Brandt", "Priya Raman"}, rule: "FREQ=WEEKLY;INTERVAL=4",
		except: []time.Time{d.at(first-28*5, "09:30"), d.at(first-28*12, "09:30")},
	})
	later := piers
	later.rule, later.except, later.replaces, later.start, later.sequence = "", nil, d.at(first-28*3, "09:30"), d.at(first-28*3-1, "14:00"), 3
	later.summary = "Pier works, monthly (moved because of the storm)"
	a.list = append(a.list, later)
	a.add(event{
		summary: "Ward lighting call", start: d.at(515, "12:15"), minutes: 30, rule: "FREQ=MONTHLY;COUNT=30", text: "By phone. Helene dials in.",
		with: []string{"Femi Adeyemi", "Helene Aubry~"},
	})
	a.add(event{summary: "Coaching, Ruth", start: d.at(d.weekday(300, time.Wednesday), "11:00"), minutes: 30, rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", by: ruth.Name, with: []string{"Maya Lindqvist"}})
	a.add(event{summary: "Hanna Voss: with us since 2021", start: d.at(-2, "00:00").AddDate(-2, 0, 0), days: 1, rule: "FREQ=YEARLY"})
}

// met is one line of the table of past meetings.
type met struct {
	ago     int
	clock   string
	minutes int
	summary string
	place   string
	by      Person
	with    string
}

var meetings = []met{
	{12, "14:00", 60, "Site walk, Hall 2", "Hall 2", priya, "Tomas Olsen, Piotr Malik, Leon Hobday, Sofia Marsh"},
	{60, "10:00", 60, "Loan planning", "Harbour Hall", maya, "Anna Kessler, Beatrice Holm, Ines Fournier"},
	{101, "09:30", 90, "Half-year review", "Harbour Hall, room 2", maya, "Anna Kessler, Grace Oduya, Joris Dekker"},
	{151, "14:00", 60, "Mill Gallery, light plan", "The Mill Gallery", maya, "Beatrice Holm, Leon Hobday"},
	{197, "11:00", 60, "Re-aiming course, second group", "Hall 3", tomas, "Maya Lindqvist, Piotr Malik"},
	{263, "10:00", 60, "Energy plan, Harbour Hall", "Harbour Hall", daniel, "Maya Lindqvist, Anna Kessler, Martin Oyelaran"},
	{333, "15:00", 45, "Year end, what held and what did not", "Harbour Hall", ruth, "Maya Lindqvist, Martin Oyelaran, Anna Kessler"},
	{520, "10:00", 60, "Print Room, 50 lux", "The Print Room", daniel, "Maya Lindqvist, Ines Fournier"},
	{640, "13:00", 60, "Opening of the relit Print Room", "The Print Room", maya, "Anna Kessler, Beatrice Holm, Ines Fournier"},
	{91, "13:00", 60, "Quarterly value review", "Pier 1, upstairs", maya, "Nadia Brandt, Owen Pryce"},
	{182, "13:00", 60, "Quarterly value review", "Pier 1, upstairs", maya, "Nadia Brandt, Owen Pryce, Piet Groen"},
	{273, "13:00", 60, "Quarterly value review", "Pier 1, upstairs", maya, "Nadia Brandt"},
	{45, "08:00", 120, "Mast check, Pier 3", "Pier 3", tomas, "Maya Lindqvist, Owen Pryce, Salome Vik"},
	{26, "09:00", 60, "Trial, preparation", "Night clinic", maya, "Femi Adeyemi, Clara Whitlow, Ravi Solberg"},
	{118, "10:00", 60, "Half-year review", "Estates, room 12", maya, "Femi Adeyemi, Helene Aubry"},
	{6, "10:00", 45, "Walk through the atrium", "The atrium", priya, "Maya Lindqvist, Karin Holt"},
	{13, "15:00", 30, "Handover, who signs what", "Estates", priya, "Maya Lindqvist, Karin Holt"},
	{104, "14:00", 60, "Energy in use, what we measured", "Estates", elin, "Maya Lindqvist, Ola Brekke, Sunniva Clarke"},
	{287, "14:00", 90, "Estates meeting", "North campus", elin, "Maya Lindqvist, Ola Brekke, Marek Lund, Teun Faber"},
	{160, "09:00", 60, "Tasting table, lamps at 97", "The brewhouse", maya, "Isla Brannock, Dirk Ammers"},
	{149, "07:00", 45, "Filling hall, half a year after", "The filling hall", maya, "Hanna Voss, Jonne Visser"},
	{424, "07:00", 60, "Filling hall, handover", "The filling hall", maya, "Hanna Voss"},
	{48, "10:00", 60, "Sheds, first talk", "Shed 2", elin, "Maya Lindqvist, Jun Takeda, Lotte Pereira"},
	{131, "17:00", 60, "Garden plan", "Linden Row", maya, "Luc Maréchal, Odile Perrin"},
	{180, "11:00", 60, "Before the season", "Main stage", tomas, "Maya Lindqvist, Abi Torrance, Wim Castelein"},
	{259, "10:00", 45, "Press hall, colour", "Press hall", elin, "Maya Lindqvist, Gwen Pell"},
	{172, "09:00", 60, "Blocks, order of work", "Alma Court", joris, "Maya Lindqvist, Petra Lindgren"},
	{110, "08:00", 60, "Reef tank, light plan", "The reef tank", daniel, "Maya Lindqvist, Noor Haddad"},
}

func (a *agenda) past() {
	for _, m := range meetings {
		e := event{summary: m.summary, place: m.place, start: a.d.at(m.ago, m.clock), minutes: m.minutes, by: m.by.Name, with: strings.Split(m.with, ", ")}
		if m.by.Email != maya.Email && !strings.Contains(m.with, maya.Name) {
			e.with = append(e.with, maya.Name+"-")
		}
		a.add(e)
	}
}

// oddities are the forms that calendars have and people never see.
func (a *agenda) oddities() {
	d := a.d
	a.add(event{summary: "Lantern Fair, hall 3", place: "Bremen", start: d.at(-20, "00:00"), days: 3})
	a.add(event{summary: "Lantern Fair", place: "Bremen", start: d.at(345, "00:00"), days: 3})
	a.add(event{summary: "Lunch walk", start: d.at(-1, "12:30"), minutes: 40, zone: zoneFloating})
	a.add(event{summary: "Talk: daylight in deep rooms", start: d.at(-9, "15:00"), minutes: 50, zone: zoneUTC, text: "Online; the link comes on the day."})
	a.add(event{summary: "Drawings, Hall 2", place: "By video", start: d.at(55, "10:00"), minutes: 30, zone: zoneLondon, by: "Leon Hobday", with: []string{"Maya Lindqvist", "Priya Raman"}})
	a.add(event{summary: "Pier 2, night look", start: d.at(38, "23:30"), minutes: 90, status: "CANCELLED", sequence: 1, with: []string{"Owen Pryce-"}})
	a.add(event{summary: "Private", start: d.at(-3, "16:30"), minutes: 60})
}
