package codec

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/chart"
)

// PeopleChart is the map of an account's people as the window lays it out and
// paper shows it, each with their Contact.ID as key, in the order of the contacts.
func PeopleChart(in data.WithoutInput, now time.Time) chart.Map {
	people, lines := data.MapOf(in.Contacts, in.Relations, now)
	m := chart.Map{Title: in.Account.Name, Note: "Who can move what, and how far they are for us, as of " + now.Format("2 January 2006")}
	for i, word := range data.SupportWords {
		m.Columns = append(m.Columns, chart.Tick{Name: strings.ToUpper(word[:1]) + word[1:], At: float32(i) / float32(len(data.SupportWords)-1)})
	}
	m.Rows = []chart.Tick{{Name: "Decides", At: 0.91}, {Name: "Shapes", At: 0.55}, {Name: "Uses", At: 0.16}}
	bands := map[data.Band]chart.Band{data.Warm: chart.Warm, data.Cooling: chart.Cooling, data.Cold: chart.Cold}
	sides := map[data.Side]chart.Side{data.Partner: chart.Partner, data.Us: chart.Ours}
	for _, p := range people {
		m.People = append(m.People, chart.Person{Key: p.Contact.ID, Initials: data.Initials(p.Contact.Name), Name: p.Contact.Name, Note: p.Note,
			Side: sides[p.Contact.Side], Band: bands[p.Band], X: float32(p.Spot.Support), Y: float32(p.Spot.Influence), Placed: p.Placed})
	}
	kinds := map[data.RelationKind]chart.LineKind{data.ReportsTo: chart.Above, data.AtOdds: chart.Against}
	for _, l := range lines {
		kind, ok := kinds[l.Is]
		if !ok {
			kind = chart.Beside
		}
		m.Lines = append(m.Lines, chart.Line{From: l.From, To: l.To, Is: kind})
	}
	return m
}
