package sample

import (
	"strings"

	"rapport/data"
)

// heads: account | why | from | to | in 12 months | in 36 months | until (days
// ahead) | weeks between reviews | age of the last review | by | goal of profit | goal of quality
const heads = `
Kestrel Museums | Visitors and lenders must see no flicker, and the halls must use a third less | Four halls, four kinds of dimmers, calls at night | One bus, their own staff at the scenes | Hall 2 and Hall 3 on the new bus | All four sites alike, no call-outs | 103 | 4 | 8 | Maya Lindqvist | 52000 | 75
Quayside Ferries | Captains must not be blinded when they dock | Glare from mast 6 since the spring | Every pier lit to one plan | Piers 1 and 2 to the plan | One contract for light on all piers | 120 | 4 | 20 | Maya Lindqvist | 38000 | 80
Alder Vale Hospitals | Patients must sleep while staff see | Line of light under every door | Night light that wakes nobody | Two wards proven | All six sites | 90 | 4 | 41 | Maya Lindqvist | 30000 | 70
Northmoor University | Readers at the back of the library need light | Framework of 2022, 140 lux on the desks | 300 lux within the framework | The library done | Both campuses | 200 | 6 | 30 | Elin Sandvik | 24000 | 70
Saltmarsh Dairy | The cheese store needs light that bears the cold | Tubes that fail below 4 degrees | Fittings that last five years | Cheese store done | | 150 | 13 | 60 | Maya Lindqvist | 9000 | 65
`

// objectives: account | place | what | for us | purpose | measure | unit | begin |
// now | target | owner | theirs | by (days ahead) | age
const objectives = `
Kestrel Museums | 1 | No visible flicker in any hall before 12 March | Hall 2 as proof for all four sites | their success | Halls steady | | 0 | 1 | 5 | Priya Raman | Beatrice Holm | 115 | 8
Kestrel Museums | 2 | Harbour Hall uses 288 MWh a year, not 412 | Service plan on four sites, margin 18 to 22% | growth | MWh saved | | 0 | 41 | 124 | Daniel Achterberg | Anna Kessler | 225 | 8
Kestrel Museums | 3 | Their own staff re-aim and set scenes | Fewer call-outs, time for design | their success | People trained | | 0 | 2 | 8 | Tomas Olsen | Piotr Malik | 115 | 8
Quayside Ferries | 1 | No captain is blinded at any pier | The same work on the other two piers | their success | Masts without glare | | 0 | 4 | 9 | Priya Raman | Owen Pryce | 60 | 20
Quayside Ferries | 2 | One invoice that accounts payable can read | No questions about invoices | keep them | Invoices right at once | | 3 | 7 | 10 | Joris Dekker | Piet Groen | 45 | 20
Alder Vale Hospitals | 1 | Nobody in Ward 7 wakes from light | The trial as proof for six sites | their success | Wakings a night | | 11 | 11 | 3 | Maya Lindqvist | Clara Whitlow | 70 | 33
Northmoor University | 1 | 300 lux on every reading desk | Our first work inside the framework | growth | Desks at 300 lux | | 0 | 0 | 220 | Elin Sandvik | Philippa Dorn | 190 | 30
Saltmarsh Dairy | 1 | The cheese store is lit at 2 degrees | A second site | their success | | | 0 | 0 | 0 | Maya Lindqvist | Hanna Voss | 140 | 60
`

// steps: account | objective | what | starts | due (days ahead) | ours | theirs |
// asks | minutes | recorded
const steps = `
Kestrel Museums | 1 | Flicker report, Hall 2 | | -4 | Tomas Olsen | Beatrice Holm | | 240 | 12
Kestrel Museums | 1 | Lux and UV limits per object | | 1 | | Ines Fournier | | 0 | 12
Kestrel Museums | 1 | Night test of the dimming bus | | 7 | Priya Raman | Piotr Malik, Leon Hobday | | 480 | 8
Kestrel Museums | 2 | Decide on the cure | | 14 | Maya Lindqvist | Anna Kessler | asks | 60 | 8
Kestrel Museums | 1 | Install in Hall 2 | 55 | 59 | Priya Raman | Piotr Malik, Leon Hobday | | 2400 | 1
Quayside Ferries | 1 | Turn the heads on mast 6 | | 9 | Priya Raman | Owen Pryce | | 300 | 20
Quayside Ferries | 2 | Invoices by pier, first run | | 5 | Joris Dekker | Piet Groen | | 90 | 2
Alder Vale Hospitals | 1 | Twelve fittings in one ward, one week | 20 | 27 | Tomas Olsen | Clara Whitlow | | 600 | 33
Alder Vale Hospitals | 1 | Ask for the second ward | | 40 | Maya Lindqvist | Helene Aubry | asks | 60 | 33
Northmoor University | 1 | Measure every desk | | 12 | Elin Sandvik | Sunniva Clarke | | 240 | 30
`

// risks: account | what | kind | chance | what we do | owner | age
const risks = `
Kestrel Museums | Lenders withdraw loans if Hall 2 still shimmers | risk | 25 | Night test before they visit | Priya Raman | 8
Kestrel Museums | Their energy figures come from our meters | they depend on us | 0 | Monthly file to Anna | Daniel Achterberg | 90
Kestrel Museums | A quarter of our design hours are theirs | we depend on them | 0 | Two more B accounts by June | Maya Lindqvist | 90
Quayside Ferries | Crane slots are gone before Christmas | risk | 40 | Slots held with the harbour master | Priya Raman | 20
Alder Vale Hospitals | No ward is free for the trial | risk | 50 | | | 33
Northmoor University | The framework is tendered anew | risk | 30 | Proof before the tender | Elin Sandvik | 30
`

// foresights: account | what | chance | by (days ahead) | who | age | came | scored (age)
const foresights = `
Kestrel Museums | Hall 3 gets its budget before March | 60 | 104 | Maya Lindqvist | 41 | | 
Kestrel Museums | The lenders ask for our flicker figures | 70 | -20 | Tomas Olsen | 90 | yes | 18
Quayside Ferries | Pier 3 is asked for this year | 40 | 44 | Maya Lindqvist | 60 | | 
Northmoor University | The framework is prolonged by a year | 55 | -3 | Elin Sandvik | 120 | | 
`

// shownAge is how long ago Anna saw the joint version, in days.
const shownAge = 11

// plans are what is agreed with some accounts for the months ahead, and what is
// foreseen.
func (r *relator) plans() {
	r.fields(heads, func(f []string) {
		a := r.c.find(f[0])
		p := data.Plan{Belongs: r.belongs(f[0], "", number(f[8])+7), Why: f[1], From: f[2], To: f[3], In12: f[4], In36: f[5],
			Until: r.date(-number(f[6])), Every: number(f[7]), Reviewed: r.date(number(f[8]) + 7), ReviewedBy: f[9],
			GoalCents: int64(number(f[10])) * 100, Currency: "EUR", GoalQuality: number(f[11])}
		p.ID = data.PlanID(a.ID)
		p.Next = p.NextReview(a.Tier)
		r.add(p)
	})
	goals := map[string]string{}
	r.fields(objectives, func(f []string) {
		o := data.Objective{Belongs: r.belongs(f[0], f[11], number(f[13])+7), Place: number(f[1]), What: f[2], Ours: f[3], Purpose: data.Purpose(f[4]),
			Measure: f[5], Unit: f[6], Begin: float64(number(f[7])), Current: float64(number(f[8])), Target: float64(number(f[9])), Owner: f[10],
			By: r.date(-number(f[12])), On: r.date(number(f[13]) + 7)}
		goals[f[0]+f[1]] = o.ID
		r.add(o)
	})
	r.fields(steps, func(f []string) {
		s := data.Step{Belongs: r.belongs(f[0], "", number(f[9])), Objective: goals[f[0]+f[1]], What: f[2], Due: r.date(-number(f[4])), Asks: f[7] != "", Minutes: number(f[8])}
		if f[3] != "" {
			s.Starts = r.date(-number(f[3]))
		}
		if f[5] != "" {
			s.Owners = strings.Split(f[5], ", ")
		}
		for name := range strings.SplitSeq(f[6], ", ") {
			s.With = append(s.With, r.c.person(name).ID)
		}
		r.add(s)
	})
	r.fields(risks, func(f []string) {
		r.add(data.Risk{Belongs: r.belongs(f[0], "", number(f[6])), What: f[1], Is: data.RiskKind(f[2]), Chance: number(f[3]), Meets: f[4], Owner: f[5], On: r.date(number(f[6]))})
	})
	r.fields(foresights, func(f []string) {
		s := data.Foresight{Belongs: r.belongs(f[0], "", number(f[5])), What: f[1], Chance: number(f[2]), By: r.date(-number(f[3])), Owner: f[4], On: r.date(number(f[5])), Came: data.Came(f[6])}
		if f[7] != "" {
			s.Scored = r.date(number(f[7]))
		}
		r.add(s)
	})
	r.shown()
}

// shown is what Anna saw and what she wrote on it: one number, and one more step.
func (r *relator) shown() {
	saw := data.Shown{Belongs: r.belongs("Kestrel Museums", "Anna Kessler", shownAge), On: r.date(shownAge), How: "in a meeting"}
	saw.Marks = data.JointSheet(data.ComposePlan(r.planAs("Kestrel Museums", shownAge)).Sheet, r.d.at(shownAge, "18:00")).ShownMarks()
	r.add(saw)
	for _, p := range r.parts {
		if o, is := p.(data.Objective); is && strings.HasPrefix(o.What, "Harbour Hall uses") {
			r.add(data.Correction{Belongs: r.belongs("Kestrel Museums", "Anna Kessler", shownAge), Key: o.PartKind() + "/" + o.ID, Register: "current", Section: data.PlanGoals,
				Was: "39", Becomes: "41", On: r.date(shownAge), By: "Anna Kessler", Answer: data.CorrectionTaken, Answered: r.date(shownAge - 1), Who: maya.Name})
		}
	}
	r.add(data.Correction{Belongs: r.belongs("Kestrel Museums", "Anna Kessler", 1), Section: data.PlanSteps, Becomes: "Tell the night guards of Hall 2, by 20 Nov", On: r.date(1), By: "Anna Kessler"})
}

// planAs is what a plan was made from so many days ago, as far as parts say.
func (r *relator) planAs(account string, ago int) data.PlanInput {
	a := r.c.find(account)
	in := data.PlanInput{Now: r.d.at(ago, "18:00"), Account: a.Account}
	for _, p := range a.people {
		in.Contacts = append(in.Contacts, data.ContactStanding{Contact: p.Contact})
	}
	for _, p := range r.parts {
		if b := p.Belonging(); b.Account != a.ID || b.RecordedAt.After(in.Now) {
			continue
		}
		switch p := p.(type) {
		case data.Plan:
			in.Plan = p
		case data.Fact:
			in.Facts = append(in.Facts, p)
		case data.Need:
			in.Needs = append(in.Needs, p)
		case data.Objective:
			in.Objectives = append(in.Objectives, p)
		case data.Step:
			in.Steps = append(in.Steps, p)
		case data.Promise:
			in.Promises = append(in.Promises, p)
		case data.ValueEntry:
			in.Values = append(in.Values, p)
		case data.Preference:
			in.Preferences = append(in.Preferences, p)
		}
	}
	return in
}
