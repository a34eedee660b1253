package sample

import (
	"strings"

	"rapport/data"
)

// Larkfield's own plan: why, what their customers should say, and how they treat
// people.
const (
	teamWhy = "A museum, a ward or a pier that we know saves its people a second visit and a bad night. Who knows customers that well is not asked for the lowest price"
	teamAim = "They ring us before they write to anybody else, and they show us to others unasked"
)

var teamPrinciples = []string{
	"We say it first when we are late, with a new date",
	"We give before we ask",
	"Their words stand in our notes, not ours",
}

// team objectives: place | what | for | counted | tier | measure | unit | begin |
// now | target | by (days ahead) | owner | age
const teamObjectives = `
1 | No A account cools while we look away | quality | quality | A | | | 38 | 0 | 75 | 225 | Maya Lindqvist | 60
2 | A promise is kept on its day | quality | late promises | | | | 9 | 0 | 0 | 105 | Priya Raman | 60
3 | Customers show us to others | quality | | | Reference visits this year | visits | 0 | 2 | 6 | 105 | Elin Sandvik | 44
1 | Service earns as well as design does | profit | profit | | | | 60000 | 0 | 220000 | 225 | Joris Dekker | 60
2 | Who bought last year buys again | profit | kept | | | | 70 | 0 | 90 | 225 | Maya Lindqvist | 60
`

// barriers: what | what is done | owner | by (days ahead) | age
const barriers = `
Service does not see what design promised | Promises are written down while the call lasts | Tomas Olsen | 43 | 60
Invoices follow our order numbers, not their sites | Joris splits them by site from January on | Joris Dekker | 14 | 60
Bonuses count orders of the quarter only | | | | 60
`

// readiness: heading | level | judge | age | why
const readiness = `
strategy | in part | Maya Lindqvist | 60 | We turned one tender down for it, and took two
process | yes | Priya Raman | 60 | Thirty-one of thirty-four promises were kept on their day
people | not yet | Elin Sandvik | 60 | Finance and the workshop never saw a plan
technology | in part | Daniel Achterberg | 60 | Mail and calendar are here, drawings are not
knowledge | in part | Elin Sandvik | 201 | What Tomas learned at night still reaches nobody by morning
`

// team is the plan that all of Larkfield follow.
func (r *relator) team() {
	p := data.TeamPlan{Belongs: r.belongs("", "", 60), Why: teamWhy, Aim: teamAim, Principles: teamPrinciples, Every: 13, Reviewed: r.date(60), ReviewedBy: maya.Name}
	p.ID, p.Next = data.TeamPlanID, p.NextReview()
	r.add(p)
	r.fields(teamObjectives, func(f []string) {
		o := data.TeamObjective{Belongs: r.belongs("", "", number(f[12])), Place: number(f[0]), What: f[1], For: data.TeamAim(f[2]), Counted: f[3], Tier: data.Tier(f[4]),
			Measure: f[5], Unit: f[6], Begin: float64(number(f[7])), Current: float64(number(f[8])), Target: float64(number(f[9])), By: r.date(-number(f[10])), Owner: f[11]}
		if o.Measure != "" {
			o.On = r.date(number(f[12]))
		}
		r.add(o)
	})
	r.fields(barriers, func(f []string) {
		b := data.Barrier{Belongs: r.belongs("", "", number(f[4])), What: f[0], Meets: f[1], Owner: f[2], On: r.date(number(f[4]))}
		if f[3] != "" {
			b.By = r.date(-number(f[3]))
		}
		r.add(b)
	})
	r.fields(readiness, func(f []string) {
		for _, s := range data.DefaultReadiness {
			if string(s.Heading) == strings.TrimSpace(f[0]) {
				id := s.ID
				s.Belongs = r.belongs("", "", number(f[3]))
				s.ID, s.Level, s.Judge, s.On, s.Why = id, data.ReadyLevel(f[1]), f[2], r.date(number(f[3])), f[4]
				r.add(s)
			}
		}
	})
}
