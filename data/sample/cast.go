package sample

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// The team at Larkfield.
var (
	maya   = Person{"Maya Lindqvist", "maya@larkfield.example", "Account lead", "+31 20 555 0110"}
	tomas  = Person{"Tomas Olsen", "tomas@larkfield.example", "Lighting engineer", "+31 20 555 0111"}
	priya  = Person{"Priya Raman", "priya@larkfield.example", "Project lead", "+31 20 555 0112"}
	elin   = Person{"Elin Sandvik", "elin@larkfield.example", "Account lead", "+31 20 555 0113"}
	daniel = Person{"Daniel Achterberg", "daniel@larkfield.example", "Energy and controls", "+31 20 555 0114"}
	joris  = Person{"Joris Dekker", "joris@larkfield.example", "Finance and contracts", "+31 20 555 0115"}
	ruth   = Person{"Ruth Abara", "ruth@larkfield.example", "Managing director", "+31 20 555 0116"}
	team   = []Person{maya, tomas, priya, elin, daniel, joris, ruth}
)

// account is an account with what the mail about it needs to know.
type account struct {
	data.Account
	people []contact
	sector sector
	sites  []string
	lead   Person
	// weight is its share of the mail.
	weight int
	// last and first are the ages in days between which drawn mail may lie;
	// silences are spans of ages, both ends included, in which there is none.
	last, first int
	silences    [][2]int
}

// quiet says whether the account is silent on that day.
func (a account) quiet(ago int) bool {
	if ago < a.last || ago > a.first {
		return true
	}
	return slices.ContainsFunc(a.silences, func(s [2]int) bool { return ago >= s[0] && ago <= s[1] })
}

// contact is a contact and the age in days of the last mail to or from them
// that may be drawn; never, when they have not written at all.
type contact struct {
	data.Contact
	last     int
	language string // "", "de" or "fr": what they prefer to write in
}

// never is an age that no mail has.
const never = 1 << 20

// cast is everybody in the world.
type cast struct{ accounts []account }

// find returns the account with the name.
func (c cast) find(name string) account {
	for _, a := range c.accounts {
		if a.Name == name {
			return a
		}
	}
	panic("bug: sample: no account " + name)
}

// person returns the contact with the name.
func (c cast) person(name string) data.Contact {
	for _, a := range c.accounts {
		for _, p := range a.people {
			if p.Name == name {
				return p.Contact
			}
		}
	}
	panic("bug: sample: no contact " + name)
}

// role is one line of the table of contacts.
type role struct {
	name, emails, role, phone string
	last                      int
	language                  string
	side                      data.Side
}

// customer is one entry of the table of accounts.
type customer struct {
	name, domains, tier, sector, owner, since string
	kind                                      sector
	sites                                     []string
	weight, last, first                       int
	silences                                  [][2]int
	people                                    []role
}

func newCast(seed uint64, n int, d days) cast {
	var c cast
	for _, k := range customers {
		c.accounts = append(c.accounts, k.account(seed, d))
	}
	for i := len(customers); i < n; i++ {
		k := invented(rand.New(rand.NewPCG(seed, uint64(i))), i)
		c.accounts = append(c.accounts, k.account(seed, d))
	}
	return c
}

func (k customer) account(seed uint64, d days) account {
	recorded := d.at(span+20, "09:00")
	if k.since == "" && k.last != never {
		k.since = d.at(k.first, "09:00").Format(time.DateOnly)
		recorded = d.at(k.first-1, "16:10")
	}
	a := account{
		Account: data.Account{
			ID: idOf(seed, "account", k.name), Name: k.name, Domains: strings.Fields(k.domains),
			Tier: data.Tier(k.tier), Sector: k.sector, Owner: k.owner, Since: k.since, RecordedAt: recorded,
		}.Tidy(),
		sector: k.kind, sites: k.sites, weight: k.weight, last: k.last, first: k.first, silences: k.silences,
		lead: colleague(k.owner),
	}
	for _, p := range k.people {
		a.people = append(a.people, contact{
			Contact: data.Contact{
				ID: idOf(seed, "contact", k.name, p.name), AccountID: a.ID, Name: p.name,
				Emails: strings.Fields(p.emails), Role: p.role, Phone: p.phone, Side: p.side, RecordedAt: recorded,
			}.Tidy(),
			last: p.last, language: p.language,
		})
	}
	return a
}

// colleague returns the colleague with the name.
func colleague(name string) Person {
	for _, p := range team {
		if p.Name == name {
			return p
		}
	}
	panic("bug: sample: no colleague " + name)
}

// peoplePerAccount is how many contacts an invented account has.
const peoplePerAccount = 10

// invented makes the i-th account that nobody wrote by hand. Names never
// repeat: i counts through all pairs of words, then goes on with numbers.
func invented(r *rand.Rand, i int) customer {
	first := inventedFirst[i%len(inventedFirst)]
	round := i / len(inventedFirst)
	kind := inventedKinds[(i+round)%len(inventedKinds)]
	name := first + " " + kind.word
	if lap := round / len(inventedKinds); lap > 0 {
		name = fmt.Sprintf("%s %d", name, lap+1)
	}
	domain := strings.ReplaceAll(strings.ToLower(name), " ", "-") + ".example"
	tier := []string{"A", "B", "B", "C", "C", "C"}[r.IntN(6)]
	k := customer{
		name: name, domains: domain, tier: tier, kind: kind.sector, sector: kind.line,
		owner: team[r.IntN(5)].Name, since: fmt.Sprintf("%d-%02d-01", 2015+r.IntN(9), 1+r.IntN(12)),
		sites: []string{first + " main site", first + " north", first + " yard"},
		last:  1 + r.IntN(40), first: span,
		weight: map[string]int{"A": 6, "B": 3, "C": 1}[tier],
	}
	for p := range peoplePerAccount {
		given := inventedGiven[(i*3+p)%len(inventedGiven)]
		family := inventedFamily[(i+p*7)%len(inventedFamily)]
		k.people = append(k.people, role{
			name:   given + " " + family,
			emails: strings.ToLower(given+"."+family) + "@" + domain,
			role:   inventedRoles[p%len(inventedRoles)], last: k.last,
			phone: fmt.Sprintf("+31 10 555 %04d", r.IntN(10000)),
		})
	}
	return k
}
