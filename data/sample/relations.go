package sample

import (
	"strconv"
	"strings"

	"rapport/data"
)

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic("bug: sample: " + err.Error())
	}
	return n
}

// stakeholders: account | person | roles | influence | support | age of the
// judgement | by | why
const stakeholders = `
Kestrel Museums | Martin Oyelaran | executive sponsor | 92 | 1 | 41 | Maya Lindqvist | opened the board's door for us in October
Kestrel Museums | Samuel Reyes | decision maker | 82 | 0 | | | 
Kestrel Museums | Anna Kessler | champion | 67 | 2 | 16 | Maya Lindqvist | offered to bring Samuel
Kestrel Museums | Beatrice Holm | user | 57 | 0 | 12 | Maya Lindqvist | content with us, not with the flicker
Kestrel Museums | Ines Fournier | critic, expert | 45 | -2 | 36 | Daniel Achterberg | does not trust our UV values since 2025
Kestrel Museums | Piotr Malik | user | 20 | 1 | 5 | Tomas Olsen | stays until one at night for us
Kestrel Museums | Grace Oduya | buyer | 14 | -1 | 94 | Joris Dekker | wants the invoices split by site
Quayside Ferries | Nadia Brandt | decision maker, champion | 85 | 2 | 22 | Maya Lindqvist | names us to others
Quayside Ferries | Owen Pryce | user | 50 | 1 | 30 | Tomas Olsen | rode with us to see the glare
Quayside Ferries | Piet Groen | gatekeeper | 30 | 0 | 2 | Joris Dekker | pays when the invoice is right
Alder Vale Hospitals | Femi Adeyemi | champion | 60 | 1 | 33 | Maya Lindqvist | argued for the trial
Alder Vale Hospitals | Helene Aubry | decision maker | 80 | 0 | 15 | Maya Lindqvist | waits for the trial
Alder Vale Hospitals | Clara Whitlow | user | 45 | 2 | 20 | Maya Lindqvist | walked the night round with us
Northmoor University | Ola Brekke | champion | 75 | 1 | 12 | Priya Raman | hands the atrium on, stays our voice
Northmoor University | Teun Faber | buyer | 55 | 0 | 45 | Elin Sandvik | goes by the framework
Brannock Brewing | Isla Brannock | decision maker | 95 | 2 | 9 | Daniel Achterberg | showed us the cup
Saltmarsh Dairy | Hanna Voss | champion, decision maker | 70 | 1 | 38 | Maya Lindqvist | five years with us
Tern Logistics | Jun Takeda | decision maker | 80 | 0 | 60 | Elin Sandvik | wants figures first
Linden Row Hotels | Luc Maréchal | decision maker | 85 | 1 | 96 | Maya Lindqvist | sat through both scenes
`

// lines: from | relation | to | why
const lines = `
Samuel Reyes | reports to | Martin Oyelaran | organisation chart of 2025
Beatrice Holm | reports to | Martin Oyelaran | organisation chart of 2025
Anna Kessler | reports to | Martin Oyelaran | organisation chart of 2025
Piotr Malik | reports to | Anna Kessler | she said so
Ines Fournier | reports to | Beatrice Holm | her signature
Grace Oduya | reports to | Samuel Reyes | her signature
Anna Kessler | works with | Samuel Reyes | the budget round
Owen Pryce | reports to | Nadia Brandt | she said so
Piet Groen | works with | Nadia Brandt | invoice mails
Clara Whitlow | reports to | Helene Aubry | hospital site
Femi Adeyemi | works with | Helene Aubry | the trial
Marek Lund | reports to | Ola Brekke | his signature
`

// trust: person | what | age | by
const trust = `
Anna Kessler | shared something not public | 60 | Maya Lindqvist
Beatrice Holm | took our advice | 88 | Maya Lindqvist
Nadia Brandt | kept a mutual step | 50 | Maya Lindqvist
Ola Brekke | took our advice | 70 | Priya Raman
Hanna Voss | kept a mutual step | 120 | Maya Lindqvist
Abi Torrance | took our advice | 210 | Tomas Olsen
`

func (r *relator) people() {
	r.fields(stakeholders, func(f []string) {
		s := data.Stakeholder{Influence: number(f[3]), Support: number(f[4])}
		recorded := 150
		if f[5] != "" {
			s.On, s.By, s.Why = r.date(number(f[5])), f[6], f[7]
			recorded = number(f[5])
		}
		s.Belongs = r.belongs(f[0], f[1], recorded)
		for role := range strings.SplitSeq(f[2], ", ") {
			s.Roles = append(s.Roles, data.Role(role))
		}
		r.add(s)
	})
	r.fields(lines, func(f []string) {
		from := r.c.person(f[0])
		rel := data.Relation{Belongs: r.belongs("", f[0], 140), To: r.c.person(f[2]).ID, Is: data.RelationKind(f[1]), Why: f[3]}
		rel.Account = from.AccountID
		r.add(rel)
	})
	r.fields(trust, func(f []string) {
		t := data.TrustSign{Belongs: r.belongs("", f[0], number(f[2])), Is: data.TrustEvidence(f[1]), On: r.date(number(f[2])), By: f[3]}
		t.Account = r.c.person(f[0]).AccountID
		r.add(t)
	})
}

// needs: account | person | age | title | words | obstacle | met
const needs = `
Kestrel Museums | Beatrice Holm | 12 | No visible flicker in any hall | The sculpture hall shimmers in every phone video. We open the winter loan on 12 March and the lenders have asked about it. | Night access needs a guard | not met
Kestrel Museums | Anna Kessler | 280 | 30% less energy at Harbour Hall by June | The board wants thirty percent less at Harbour Hall by June. | Skylight sensors sit in shade | on the way
Kestrel Museums | Piotr Malik | 75 | Own staff can re-aim lamps | I would rather have people trained than lamps changed. | 2 of 8 people trained | on the way
Kestrel Museums | Ines Fournier | 36 | UV numbers that a lender believes | If your numbers are not readable for people who have never seen the hall, they do not help me. | Two people must sign since 2025 | not met
Kestrel Museums | Grace Oduya | 94 | Invoices split by site | One invoice for four sites costs me a day each month. | Our system prints one per order | on the way
Kestrel Museums | Martin Oyelaran | 130 | No closure for works | We cannot close a hall again. | | met
Kestrel Museums | Anna Kessler | 205 | Light for the wall in the Mill Gallery | That wall, nobody can light it. | Heritage rules | not met
Kestrel Museums | Beatrice Holm | 60 | Scenes for hanging days | On hanging days we need it bright and plain. | | met
Kestrel Museums | Piotr Malik | 160 | Fewer resets in Hall 2 | I reset group 7 and it comes back. | The old bus | not met
Quayside Ferries | Owen Pryce | 30 | No glare on the bridge | Two heads on mast 6 look straight at the bridge. | Crane slots are scarce | on the way
Quayside Ferries | Piet Groen | 2 | Invoices by pier | Two sites are mixed up again. | | not met
Alder Vale Hospitals | Clara Whitlow | 20 | Dark rooms, safe corridors | It is the line under the doors that wakes them. | Nobody has a free ward | on the way
Northmoor University | Philippa Dorn | 44 | 300 lux on the reading desks | At the back they read in the dark. | Framework until next year | not met
Saltmarsh Dairy | Hanna Voss | 38 | Light in the cheese store | It can wait until the new cooler is in. | The cooler comes first | on the way
Tern Logistics | Jun Takeda | 60 | Proof in pick rates | Show me pick rates, not lux. | | on the way
`

// initiatives: account | need | what | cure or treatment | help or enable | state | age | owner | our share | their share
const initiatives = `
Kestrel Museums | No visible flicker in any hall | Dimmers reset, Hall 2 | treatment | enable | done | 290 | Tomas Olsen | 0 | 100
Kestrel Museums | No visible flicker in any hall | Dimmers reset, Hall 2, second time | treatment | enable | done | 168 | Tomas Olsen | 0 | 100
Kestrel Museums | No visible flicker in any hall | Dimmers reset, Hall 2, third time | treatment | enable | done | 92 | Tomas Olsen | 0 | 100
Kestrel Museums | No visible flicker in any hall | Dimmers reset, Hall 2, fourth time | treatment | enable | done | 5 | Tomas Olsen | 0 | 100
Kestrel Museums | No visible flicker in any hall | new dimming bus | cure | help | proposed | 8 | Maya Lindqvist | 40 | 60
Kestrel Museums | Own staff can re-aim lamps | Training of eight people | cure | help | under way | 75 | Tomas Olsen | 30 | 70
Kestrel Museums | 30% less energy at Harbour Hall by June | Skylight sensors moved | cure | help | under way | 120 | Daniel Achterberg | 40 | 60
Quayside Ferries | No glare on the bridge | Mast 6 turned and shielded | cure | help | under way | 25 | Priya Raman | 50 | 50
Alder Vale Hospitals | Dark rooms, safe corridors | Night-shift trial, twelve fittings | cure | help | proposed | 33 | Maya Lindqvist | 50 | 50
`

// expects are what somebody expects of us about a need, by its title.
var expects = map[string]string{
	"No visible flicker in any hall": "An answer to every report within a day", "Invoices split by site": "Invoices that match the order, from January on",
	"No glare on the bridge": "Dates that hold when the crane is booked", "Dark rooms, safe corridors": "Nobody enters a ward without the sister",
}

func (r *relator) needs() {
	ids := map[string]string{}
	r.fields(needs, func(f []string) {
		n := data.Need{Belongs: r.belongs(f[0], f[1], number(f[2])), On: r.date(number(f[2])), Title: f[3], Words: f[4], Obstacle: f[5], Met: data.Met(f[6]), Expects: expects[f[3]]}
		ids[f[3]] = n.ID
		r.add(n)
	})
	r.fields(initiatives, func(f []string) {
		i := data.Initiative{Belongs: r.belongs(f[0], "", number(f[6])), What: f[2], Needs: []string{ids[f[1]]}, Is: data.Remedy(f[3]), Gives: data.Gift(f[4]),
			State: data.InitiativeState(f[5]), On: r.date(number(f[6])), Owner: f[7], OurShare: number(f[8]), TheirShare: number(f[9])}
		if i.State == data.IsDone {
			i.Done = i.On
		}
		r.add(i)
	})
}

// linked gives the needs that somebody wrote in one of the mails written by hand
// that mail as their source.
func linked(parts []data.Part, plans []plan) []data.Part {
	for k, p := range parts {
		n, isNeed := p.(data.Need)
		if !isNeed {
			continue
		}
		for _, plan := range plans {
			if plan.thread == nil || plan.copy || plan.step >= len(plan.thread.letters) {
				continue
			}
			if l := plan.thread.letters[plan.step]; strings.Contains(l.body, n.Words) {
				n.Interaction = data.InteractionIDOf(l.message())
				parts[k] = n
			}
		}
	}
	return parts
}

// wishes: account | person | rule | channel | topic | times | days | from | to | weekdays
const wishes = `
Kestrel Museums | | prefers | mail | facts | 0 | 0 | | | 
Kestrel Museums | | prefers | visit | decisions | 0 | 0 | | | 
Kestrel Museums | Beatrice Holm | at most | mail | | 2 | 7 | | | 
Kestrel Museums | Anna Kessler | hours | | | 0 | 0 | 07:30 | 09:00 | 
Kestrel Museums | Beatrice Holm | never | call | | 0 | 0 | | | mon
Kestrel Museums | Grace Oduya | every | | | 0 | 30 | | | 
Kestrel Museums | Ines Fournier | avoid | | the 2025 data sheet | 0 | 0 | | | 
Saltmarsh Dairy | Hanna Voss | prefers | call | | 0 | 0 | | | 
Northmoor University | Ola Brekke | prefers | call | | 0 | 0 | | | 
Linden Row Hotels | Luc Maréchal | at most | mail | | 1 | 7 | | | 
Linden Row Hotels | Luc Maréchal | prefers | visit | | 0 | 0 | | | 
`

func (r *relator) wishes() {
	r.fields(wishes, func(f []string) {
		p := data.Preference{Belongs: r.belongs(f[0], f[1], 140), Rule: data.Rule(f[2]), Channel: data.Channel(f[3]), Topic: f[4],
			Times: number(f[5]), Days: number(f[6]), From: f[7], To: f[8], Weekdays: strings.Fields(f[9]), Confirmed: r.date(140)}
		r.add(p)
	})
}

// known: account | person | name | value | age | source | confidence | basis
const known = `
Kestrel Museums | | goal | Open the winter loan on 12 March | 12 | Beatrice Holm | sure | 
Kestrel Museums | | goal | 30% less energy at Harbour Hall by June | 280 | Anna Kessler | sure | 
Kestrel Museums | | aim | Be the museum that lenders trust first | 130 | Martin Oyelaran | likely | 
Kestrel Museums | | circumstance | The budget year ends in March | 200 | Grace Oduya | sure | 
Kestrel Museums | | value | Mend before replacing | 205 | Piotr Malik | likely | 
Kestrel Museums | | story | We lit the first room after the flood of 2021, at cost. | 600 | Maya Lindqvist | sure | 
Kestrel Museums | | billing | One invoice for each site | 94 | Grace Oduya | sure | 
Kestrel Museums | | reporting | Energy by hall, monthly, one page | 150 | Anna Kessler | sure | 
Kestrel Museums | Anna Kessler | how-we-met | At the museum lighting day of 2020 | 700 | Maya Lindqvist | sure | 
Kestrel Museums | Anna Kessler | interest | Rowing, early | 300 | Anna Kessler | sure | legitimate interest
Kestrel Museums | Beatrice Holm | human | Her daughter starts in the workshop in spring | 62 | Beatrice Holm | sure | consent
Kestrel Museums | Ines Fournier | language | fr | 640 | Ines Fournier | sure | 
Kestrel Museums | Piotr Malik | goal | Hand over a house that runs without him | 75 | Tomas Olsen | likely | 
Saltmarsh Dairy | Hanna Voss | with-them-since | 2021-11-19 | 60 | Maya Lindqvist | sure | 
Saltmarsh Dairy | Hanna Voss | language | de | 400 | Hanna Voss | sure | 
Brannock Brewing | | circumstance | Won the county energy award on Sunday | 2 | Daniel Achterberg | sure | 
Quayside Ferries | Nadia Brandt | language | de | 500 | Nadia Brandt | sure | 
Linden Row Hotels | Luc Maréchal | birthday | 12-03 | 90 | Luc Maréchal | sure | consent
`

// unknowns: account | person | what | age | owner
const unknowns = `
Kestrel Museums | Samuel Reyes | What Samuel needs to hear before he decides | 30 | Maya Lindqvist
Kestrel Museums | | Who holds the budget for Hall 3 | 21 | Maya Lindqvist
Kestrel Museums | Ines Fournier | Which format the lenders' conservators read | 34 | Daniel Achterberg
Alder Vale Hospitals | Helene Aubry | How she measures a good night | 15 | Maya Lindqvist
Tern Logistics | | Who decides after shed 4 | 60 | Elin Sandvik
`

func (r *relator) facts() {
	r.fields(known, func(f []string) {
		age := number(f[4])
		r.add(data.Fact{Belongs: r.belongs(f[0], f[1], age), Name: f[2], Value: f[3], On: r.date(age), Source: f[5], Confidence: data.Sure(f[6]), Basis: data.Basis(f[7])})
	})
	r.fields(unknowns, func(f []string) {
		r.add(data.Unknown{Belongs: r.belongs(f[0], f[1], number(f[3])), What: f[2], Since: r.date(number(f[3])), Owner: f[4]})
	})
	r.add(data.Door{Belongs: r.belongs("", "", 400), Name: "Night line", Channel: "phone", Reach: "+31 20 555 0100", Hours: "every night 18:00 to 07:00", Owner: tomas.Name, Backup: priya.Name, Promised: 30, Took: 12, Knocked: r.date(92)})
	r.add(data.Door{Belongs: r.belongs("", "", 400), Name: "Service desk", Channel: "mail", Reach: "service@larkfield.example", Hours: "Mon to Fri 08:00 to 17:00", Owner: joris.Name, Promised: 480})
}

// gains: account | person | for | what | amount | unit | yearly | evidence | age
const gains = `
Kestrel Museums | Anna Kessler | customer | Less energy in the Print Room | 18400 | kWh | y | meter readings of a year | 150
Kestrel Museums | Piotr Malik | customer | Lamp changes without a scaffold | 46 | hours | y | Piotr's own list | 75
Kestrel Museums | Beatrice Holm | customer | No hall closed for our work | 4 | days | | exhibition diary | 130
Kestrel Museums | Martin Oyelaran | us | Named as a reference to two museums | 2 | references | | his mail to Leiden and Ghent | 100
Kestrel Museums | | us | Fee for care and training | 38000 | EUR | y | invoices | 60
Kestrel Museums | Ines Fournier | us | Showed us how lenders read UV reports | | | | | 34
Quayside Ferries | Nadia Brandt | customer | Fewer lamp failures over water | 31 | call-outs | y | service log | 90
Quayside Ferries | Nadia Brandt | us | Introduced to Fenwick Foundry | 1 | introduction | | her mail | 16
Alder Vale Hospitals | Clara Whitlow | customer | Nights without the corridor line | | | | | 20
`

// judged: account | potential | why | fit | why | by
const judged = `
Kestrel Museums | 85 | two halls to be lit anew by 2028 | 95 | lends its rooms to show others | Maya Lindqvist
Quayside Ferries | 70 | Pier 3 is rebuilt | 90 | likes to try things early | Maya Lindqvist
Alder Vale Hospitals | 90 | six sites, one lit by us | 80 | thinks in patients, not in lamps | Maya Lindqvist
Northmoor University | 80 | a framework for two campuses | 60 | tenders for everything | Maya Lindqvist
Brannock Brewing | 45 | a second line, if the licence comes | 75 | tells us what goes wrong | Maya Lindqvist
Saltmarsh Dairy | 35 | nothing planned before the new cold store | 50 | buys by price | Maya Lindqvist
Tern Logistics | 75 | four more sheds | 65 | wants figures, and has them | Maya Lindqvist
Linden Row Hotels | 60 | seven houses, each with its own owner | 70 | keeps what it promises | Maya Lindqvist
Orchard Street Theatre | 15 | no budget | 85 | our best reviewers | Maya Lindqvist
Pell & Sons Printing | 10 | sold the second press | 40 | answers late | Maya Lindqvist
Wexcombe Housing | 30 | forty blocks, all under contract elsewhere | 45 | asks for three offers | Maya Lindqvist
Tidewell Aquarium | 55 | a new basin in two years | 80 | curious | Maya Lindqvist
`

// marks are what colleagues gave for what cannot be counted.
func (r *relator) marks() {
	r.fields(judged, func(f []string) {
		for i, criterion := range []string{"potential", "fit"} {
			r.add(data.Mark{Belongs: r.belongs(f[0], "", 70), Criterion: criterion, Points: number(f[1+2*i]), On: r.date(70), By: f[5], Why: f[2+2*i]})
		}
	})
}

func (r *relator) values() {
	r.fields(gains, func(f []string) {
		v := data.ValueEntry{Belongs: r.belongs(f[0], f[1], number(f[8])), To: data.Side(f[2]), What: f[3], Unit: f[5], Yearly: f[6] == "y", Evidence: f[7], On: r.date(number(f[8]))}
		if f[4] != "" {
			v.Amount = float64(number(f[4]))
		}
		r.add(v)
	})
}

var offerNames = []string{"Care and spare parts", "Dimming bus", "Training", "Energy report", "Emergency light"}

func (r *relator) offers() {
	for _, name := range offerNames {
		r.add(data.Offer{Belongs: r.belongs("", "", 700), Name: name})
	}
}

func (r *relator) offer(name string) string {
	for _, p := range r.parts {
		if o, ok := p.(data.Offer); ok && o.Name == name {
			return o.ID
		}
	}
	panic("bug: sample: no offer " + name)
}

// supplied: account | unit | offer | with | who | cents | ends in days
const supplied = `
Kestrel Museums | Harbour Hall | Care and spare parts | with us | | 1800000 | 
Kestrel Museums | Harbour Hall | Dimming bus | competitor | Brightline | 900000 | 134
Kestrel Museums | Harbour Hall | Energy report | with us | | 350000 | 
Kestrel Museums | Hall 2 | Care and spare parts | with us | | 800000 | 
Kestrel Museums | Hall 2 | Dimming bus | in-house | | 0 | 
Kestrel Museums | Hall 2 | Training | with us | | 250000 | 
Kestrel Museums | the Print Room | Energy report | with us | | 150000 | 
Kestrel Museums | the Print Room | Emergency light | competitor | Brightline | 420000 | 60
Kestrel Museums | the Mill Gallery | Care and spare parts | in-house | | 0 | 
Kestrel Museums | the Mill Gallery | Emergency light | not needed | | 0 | 
Quayside Ferries | Pier 1 | Care and spare parts | with us | | 2200000 | 
Quayside Ferries | Pier 2 | Emergency light | competitor | Safelux | 700000 | 200
`

// uses: account | offer | what | state
const usesTable = `
Kestrel Museums | Energy report | Show the board where the thirty percent come from | uses
Kestrel Museums | Energy report | Choose which hall to open in the evening | could
Kestrel Museums | Training | Re-aim lamps between shows | tries
Kestrel Museums | Care and spare parts | Spare heads for travelling loans | could
`

func (r *relator) spaces() {
	r.fields(supplied, func(f []string) {
		w := data.Whitespace{Belongs: r.belongs(f[0], "", 150), Unit: f[1], Offer: r.offer(f[2]), With: data.Supplier(f[3]), Who: f[4], Cents: int64(number(f[5])), Currency: "EUR", On: r.date(150)}
		if f[6] != "" {
			w.Ends = r.date(-number(f[6]))
		}
		r.add(w)
	})
	r.fields(usesTable, func(f []string) {
		r.add(data.Use{Belongs: r.belongs(f[0], "", 100), Offer: r.offer(f[1]), What: f[2], State: data.UseState(f[3]), On: r.date(100)})
	})
	r.add(data.Profile{Belongs: r.belongs("", "", 650), Name: "Museum", Says: map[string]string{
		"goal": "Objects keep and visitors see", "circumstance": "Loans set the calendar", "communication": "Never on hanging days",
	}})
}
