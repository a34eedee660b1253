package sample

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// logged is one line of the table of things that colleagues logged by hand.
type logged struct {
	kind    data.Kind
	ago     int
	clock   string
	minutes int
	account string
	with    string // contacts, with commas
	by      Person
	subject string
	text    string
	// typed is how many days later it was typed; 0 is the same hour.
	typed int
}

var log = []logged{
	{data.Call, 5, "15:05", 14, "Kestrel Museums", "Piotr Malik", tomas, "Reset the dimmers in Hall 2", "Fourth reset this year. Piotr had the panel open and read me the numbers; group 7 was the one. It holds until the next warm day.", 0},
	{data.Note, 8, "16:30", 0, "Kestrel Museums", "", maya, "Plan reviewed", "Step 4, the cure: decide before 1 December. Samuel decides and nobody of us has met him. Anna offered to bring him.", 0},
	{data.Note, 34, "16:05", 0, "Kestrel Museums", "", daniel, "Lenders' conservators decide, not the museum", "From the talk with Ines. If that is so, our numbers must be readable for people who have never seen the hall. 70% sure, shows by 10 February.", 0},
	{data.Call, 92, "11:10", 9, "Kestrel Museums", "Piotr Malik", tomas, "Reset the dimmers in Hall 2", "Third time. It took ten minutes and will take ten again.", 1},
	{data.Call, 168, "14:20", 12, "Kestrel Museums", "Piotr Malik", tomas, "Reset the dimmers in Hall 2", "Second time. Told Piotr that I would write down when it happens.", 0},
	{data.Call, 290, "10:00", 15, "Kestrel Museums", "Piotr Malik", tomas, "Reset the dimmers in Hall 2", "Group 7 pulsed at low level. A reset cured it.", 0},
	{data.Visit, 205, "13:00", 90, "Kestrel Museums", "Anna Kessler, Piotr Malik", maya, "Round through the Mill Gallery", "Anna showed the wall that nobody can light. Piotr would rather have people trained than lamps changed.", 12},
	{data.Note, 400, "09:00", 0, "Kestrel Museums", "", maya, "How Beatrice likes to work", "Two mails a week at most, never on hanging days. A visit when something has to be decided.", 180},
	{data.Call, 640, "16:10", 20, "Kestrel Museums", "Ines Fournier", daniel, "UV value on our sheet was wrong", "She found it, we did not. I apologised; from now on two people sign.", 0},
	{data.Call, 38, "06:30", 18, "Saltmarsh Dairy", "Hanna Voss", maya, "Cheese store and the winter", "She is content with the filling hall. The cheese store can wait until the new cooler is in. She likes calls before seven, from the hall, with noise.", 0},
	{data.Note, 60, "12:00", 0, "Saltmarsh Dairy", "Hanna Voss", maya, "Five years in November", "Hanna has been with us five years this month. Say so by phone.", 0},
	{data.Visit, 120, "05:40", 60, "Saltmarsh Dairy", "Hanna Voss, Jonne Visser", maya, "First truck at the dock", "Went at four as promised. The left lamp is masked by the gutter.", 3},
	{data.Call, 12, "10:20", 11, "Northmoor University", "Ola Brekke", priya, "The atrium, and who signs", "Ola hands the atrium to a new colleague in Estates. He prefers the phone and says that mail is for drawings.", 0},
	{data.Visit, 44, "09:00", 120, "Northmoor University", "Ola Brekke, Philippa Dorn", elin, "Reading desks, evening count", "All desks full at eight. Measured 180 lux at the back.", 2},
	{data.Note, 70, "17:30", 0, "Northmoor University", "", elin, "Framework is renewed next year", "It will count energy in use. We have the readings; nobody else does.", 30},
	{data.Visit, 9, "11:00", 50, "Brannock Brewing", "Isla Brannock, Dirk Ammers", daniel, "Cold store, and the award", "They won the county energy award on Sunday evening and had the cup on the table. Dirk asked about the loading yard, for spring.", 0},
	{data.Call, 80, "13:40", 7, "Brannock Brewing", "Dirk Ammers", daniel, "Lamps at minus two", "Start at once since the change. The forklift drivers have stopped waiting.", 0},
	{data.Call, 26, "15:45", 16, "Orchard Street Theatre", "Abi Torrance", tomas, "House lights off the timer", "In show weeks the timer stays off, Abi has a card for it. She would tell other theatres about us if they ask.", 0},
	{data.Visit, 210, "10:00", 75, "Orchard Street Theatre", "Abi Torrance", tomas, "Rig check before the season", "Two dimmers replaced, one kept for parts.", 0},
	{data.Visit, 96, "19:00", 90, "Linden Row Hotels", "Luc Maréchal", maya, "Garden suites at dusk", "Sat through both scenes with Luc. He chose the second without saying so.", 1},
	{data.Note, 140, "10:00", 0, "Linden Row Hotels", "", maya, "Max one mail a week", "Luc said it kindly and meant it.", 0},
	{data.Visit, 20, "22:00", 120, "Alder Vale Hospitals", "Clara Whitlow", maya, "Night round on Ward 4", "Walked with the night sister. The corridor line under the doors is the problem, more than the rooms.", 1},
	{data.Call, 33, "12:30", 10, "Alder Vale Hospitals", "Femi Adeyemi", maya, "Who pays for the trial", "The trial is on our side, twelve fittings for four weeks. After it they buy or we take them back.", 0},
	{data.Visit, 30, "20:50", 100, "Quayside Ferries", "Owen Pryce", tomas, "On the 21:40 to look at the glare", "Stood beside the skipper. Two heads on mast 6 look straight at the bridge.", 0},
	{data.Call, 16, "09:15", 12, "Quayside Ferries", "Nadia Brandt", maya, "The people at Fenwick", "Nadia knows the works manager at the foundry and would introduce us.", 4},
	{data.Call, 60, "11:30", 8, "Tern Logistics", "Jun Takeda", elin, "Shed 4 is first", "They measure pick rates anyway, so we can compare before and after.", 0},
	{data.Call, 230, "14:00", 15, "Pell & Sons Printing", "Gwen Pell", elin, "Second press", "Decision in summer. Gwen sounded tired.", 0},
	{data.Call, 130, "16:00", 9, "Wexcombe Housing", "Petra Lindgren", joris, "Which block next", "Block 12, if the tenants' council agrees.", 2},
	{data.Visit, 66, "08:00", 60, "Tidewell Aquarium", "Noor Haddad", daniel, "Moonlight channel", "Loaded the new curve. Noor keeps a diary of the corals.", 0},
	{data.Note, 4, "13:20", 0, "Fenwick Foundry", "", maya, "Referred by Nadia Brandt", "Nadia named us to them on Thursday. Ask her to introduce us before we answer cold.", 0},
}

// entries are what is logged by hand: the table, and a little for each account
// that was invented.
func (c cast) entries(seed uint64, d days) []Entry {
	var list []Entry
	for i, l := range log {
		list = append(list, c.entry(seed, d, i, l))
	}
	for i, a := range c.accounts[len(customers):] {
		r := rand.New(rand.NewPCG(seed, uint64(i)+1<<48))
		ago := a.last + r.IntN(300)
		list = append(list, c.entry(seed, d, i, logged{
			kind: pick(r, data.Logged), ago: ago, clock: "11:00", minutes: 10 + r.IntN(50), account: a.Name,
			by: a.lead, subject: "How the year went", text: "Content on the whole. Wants to hear of changes before they happen.", typed: r.IntN(3) * 4,
		}))
	}
	slices.SortStableFunc(list, func(a, b Entry) int { return a.RecordedAt.Compare(b.RecordedAt) })
	return list
}

func (c cast) entry(seed uint64, d days, i int, l logged) Entry {
	a := c.find(l.account)
	var with []string
	for name := range strings.SplitSeq(l.with, ", ") {
		if p := slices.IndexFunc(a.people, func(p contact) bool { return p.Name == name }); p >= 0 {
			with = append(with, a.people[p].ID)
		}
	}
	at := d.at(l.ago, l.clock)
	typed := d.at(max(l.ago-l.typed, 1), "17:55")
	if l.typed == 0 {
		typed = at.Add(time.Duration(cmp.Or(l.minutes, 5)+6) * time.Minute)
	}
	return Entry{
		Entry: data.Entry{
			ID: idOf(seed, "entry", l.account, fmt.Sprint(i)), Kind: l.kind, At: at, Minutes: l.minutes, Account: a.ID,
			With: with, Subject: l.subject, Text: l.text, By: l.by.Name,
		},
		RecordedAt: typed,
	}
}
