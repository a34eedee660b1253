package sample

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
)

// relator makes the parts of the relationships: what was promised, wanted, gained
// and judged. Ages are in days before today; a negative age lies ahead.
type relator struct {
	seed  uint64
	c     cast
	d     days
	n     int
	parts []data.Part
}

// parts are everything that colleagues wrote down about the relationships, in
// the order of the table.
func (c cast) parts(seed uint64, d days) []data.Part {
	r := &relator{seed: seed, c: c, d: d}
	r.offers()
	for _, p := range promises {
		r.promise(p)
	}
	r.routinePromises()
	r.needs()
	r.people()
	r.wishes()
	r.facts()
	r.values()
	r.marks()
	r.spaces()
	for i, a := range c.accounts[len(customers):] {
		r.invented(i, a)
	}
	r.plans() // last, so that the parts before keep their IDs
	r.team()
	r.listening()
	r.training()
	return r.parts
}

// belongs is whose a part is: an account's, or a person's there. It was recorded
// on the evening of its day.
func (r *relator) belongs(account, person string, recorded int) data.Belongs {
	r.n++
	b := data.Belongs{ID: idOf(r.seed, "part", fmt.Sprint(r.n)), RecordedAt: r.d.at(max(recorded, 0), "08:05")}
	if account != "" {
		b.Account = r.c.find(account).ID
	}
	if person != "" {
		b.Contact = r.c.person(person).ID
	}
	return b
}

func (r *relator) date(ago int) string { return r.d.at(ago, "12:00").Format(time.DateOnly) }

// dateOr is a date, "" for none.
func (r *relator) dateOr(ago int) string {
	if ago == never {
		return ""
	}
	return r.date(ago)
}

func (r *relator) add(p data.Part) { r.parts = append(r.parts, p) }

// promised is a line of the table of promises. made, due and kept are ages; kept
// is never while it is open.
type promised struct {
	account, person string
	by              data.Side
	owner           Person
	what            string
	made, due, kept int
}

var promises = []promised{
	{"Kestrel Museums", "Beatrice Holm", data.Us, tomas, "Flicker measurement report, Hall 2", 12, 4, never},
	{"Kestrel Museums", "Anna Kessler", data.Customer, Person{}, "Name the budget holder for Hall 3", 21, 7, never},
	{"Kestrel Museums", "Ines Fournier", data.Customer, Person{}, "Lux and UV limits for loan objects", 12, -1, never},
	{"Kestrel Museums", "Ines Fournier", data.Us, daniel, "Dimmer sample for the conservation lab", 12, -2, never},
	{"Kestrel Museums", "Grace Oduya", data.Us, joris, "Invoices split by site", 27, -14, never},
	{"Quayside Ferries", "Owen Pryce", data.Us, priya, "Crane slot for the pier lamps", 9, 0, never},
	{"Quayside Ferries", "Piet Groen", data.Us, joris, "Invoice 2231, split by pier", 2, -6, never},
	{"Quayside Ferries", "Nadia Brandt", data.Customer, Person{}, "Introduce us to the works manager at Fenwick", 16, -9, never},
	{"Alder Vale Hospitals", "Femi Adeyemi", data.Us, maya, "Night-shift trial dates", 6, -3, never},
	{"Alder Vale Hospitals", "Femi Adeyemi", data.Customer, Person{}, "Which ward first, after the meeting with the night sisters", 5, -8, never},
	{"Alder Vale Hospitals", "Clara Whitlow", data.Customer, Person{}, "Comments on the corridor line", 18, -10, never},
	{"Northmoor University", "Ola Brekke", data.Us, priya, "Drawings of the atrium with the second stair", 12, -7, never},
	{"Brannock Brewing", "Dirk Ammers", data.Customer, Person{}, "Dates for the loading yard in spring", 9, -20, never},
	{"Tern Logistics", "Jun Takeda", data.Us, elin, "Comparison of pick rates, shed 4", 4, -9, never},
	{"Tern Logistics", "Jun Takeda", data.Customer, Person{}, "Pick rates of the last quarter", 4, -6, never},
	{"Wexcombe Housing", "Petra Lindgren", data.Customer, Person{}, "The tenants' council's answer about block 12", 51, -12, never},
}

func (r *relator) promise(p promised) {
	q := data.Promise{Belongs: r.belongs(p.account, p.person, p.made), By: p.by, Owner: p.owner.Name, What: p.what,
		Made: r.date(p.made), Due: r.date(p.due), Kept: r.dateOr(p.kept)}
	r.add(q)
}

// routinePromises are those that came due earlier this year: with the museum's
// open ones over, we kept 31 of 34 on time and they 18 of 21.
func (r *relator) routinePromises() {
	dayOfYear := r.d.at(0, "12:00").YearDay()
	kept := func(account, person string, by data.Side, owner Person, what string, due, late int) {
		if due >= dayOfYear { // of last year
			return
		}
		r.promise(promised{account, person, by, owner, what, due + 10, due, max(due-late, 1)})
	}
	us := []struct {
		person string
		owner  Person
		what   string
	}{
		{"Anna Kessler", maya, "Energy figures of %s"}, {"Piotr Malik", tomas, "Spare drivers for %s"}, {"Beatrice Holm", maya, "Scenes for the show in %s"},
	}
	for i := range 33 { // two of them late, and the report that is over
		late := 0
		if i == 9 || i == 20 {
			late = 3
		}
		line, due := us[i%3], 310-i*9
		kept("Kestrel Museums", line.person, data.Us, line.owner, fmt.Sprintf(line.what, r.d.at(due, "12:00").Format("January")), due, late)
	}
	for i := range 20 {
		late := 0
		if i == 4 || i == 13 {
			late = 5
		}
		due := 300 - i*14
		kept("Kestrel Museums", []string{"Anna Kessler", "Piotr Malik"}[i%2], data.Customer, Person{}, "Access and a guard for the work of "+r.d.at(due, "12:00").Format("January"), due, late)
	}
	for _, name := range []string{"Quayside Ferries", "Alder Vale Hospitals", "Northmoor University"} {
		a := r.c.find(name)
		for i := range 12 {
			due := 300 - i*23
			kept(name, a.people[i%len(a.people)].Name, data.Us, a.lead, "Figures and next steps of "+r.d.at(due, "12:00").Format("January"), due, map[int]int{5: 4}[i])
			kept(name, a.people[0].Name, data.Customer, Person{}, "Answer to our questions of "+r.d.at(due, "12:00").Format("January"), due-5, map[int]int{3: 6, 8: 2}[i])
		}
	}
}

// invented is a little about an account that nobody wrote by hand.
func (r *relator) invented(i int, a account) {
	first := a.people[0].Name
	b := func(person string, recorded int) data.Belongs {
		b := r.belongs("", "", recorded)
		b.Account = a.ID
		for _, p := range a.people {
			if p.Name == person {
				b.Contact = p.ID
			}
		}
		return b
	}
	r.add(data.Promise{Belongs: b(first, 20), By: data.Us, Owner: a.lead.Name, What: "Figures of the last quarter", Made: r.date(20), Due: r.date(i%40 - 25)})
	r.add(data.Promise{Belongs: b(first, 60), By: data.Customer, What: "Dates for the next work", Made: r.date(60), Due: r.date(30), Kept: r.date(31 + i%3)})
	r.add(data.Need{Belongs: b(first, 90), Words: "We want to hear of changes before they happen.", Title: "No surprises", On: r.date(90), Met: data.MetStates[i%3]})
	roles := [][]data.Role{{data.Champion}, {data.Decider}, {data.UserRole}, {data.Buyer}}
	for k, p := range a.people[:min(4, len(a.people))] {
		s := data.Stakeholder{Belongs: b(p.Name, 200), Roles: roles[k], Influence: 80 - 18*k}
		if (i+k)%2 == 0 {
			s.Support, s.On, s.Why, s.By = (i+k)%4-1, r.date(120), "said so in the spring", a.lead.Name
		}
		r.add(s)
	}
}

func (r *relator) fields(table string, add func(f []string)) {
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		f := strings.Split(line, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		add(f)
	}
}
