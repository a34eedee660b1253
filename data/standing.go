package data

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// ContactStanding is a contact of an account with all that the account's dials
// look at.
type ContactStanding struct {
	Contact     Contact
	Warmth      Warmth
	Stakeholder Stakeholder // zero where nobody judged
	// Knows are our people who spoke with them in the last year, the most often
	// first.
	Knows []string
	// Was is the warmth 90 days ago; its zero Band where nobody asked for it.
	Was Warmth
	// Ours and Theirs are how fast each side answers the other.
	Ours, Theirs Responsive
}

// Trend is how many points the warmth rose in 90 days; ok is false where they had
// not spoken then, or have not yet.
func (c ContactStanding) Trend() (points int, ok bool) {
	spoke := func(w Warmth) bool { return w.Band != NeverSpoke && w.Band != "" }
	return c.Warmth.Score - c.Was.Score, spoke(c.Warmth) && spoke(c.Was)
}

// Live says whether there is a relationship: they spoke, and it is not cold.
func (c ContactStanding) Live(rules WarmthRules) bool {
	return c.Warmth.Band != NeverSpoke && c.Warmth.Score >= rules.CoolFrom
}

// influence is what the contact weighs in the mean. Where nobody judged they
// weigh as somebody who shapes.
func (c ContactStanding) influence() float64 {
	if c.Stakeholder.ID == "" && c.Stakeholder.Influence == 0 {
		return 50
	}
	return max(10, float64(c.Stakeholder.Influence))
}

// DialKind is one of the four dials of an account.
type DialKind string

// The dials (Palmatier 2008; velocity: Palmatier et al. 2013).
const (
	Quality   DialKind = "quality"
	Density   DialKind = "density"
	Authority DialKind = "authority"
	Velocity  DialKind = "velocity"
)

// Dial is one measure of an account. Known is false where there is nothing to
// measure yet, which is not 0.
type Dial struct {
	Kind     DialKind
	Value    int
	Of       int  // what it is measured against; 0 for velocity
	Known    bool // else Value says nothing
	Words    string
	Receipts []Receipt
}

// Share is how full the dial is, 0 to 1; for velocity -1 to 1, a change of 30
// being all of it.
func (d Dial) Share() float64 {
	if !d.Known {
		return 0
	}
	if d.Kind == Velocity {
		return max(-1, min(1, float64(d.Value)/30))
	}
	return max(0, min(1, float64(d.Value)/float64(max(d.Of, 1))))
}

// Receipt is a fact behind a number. Of the references those that apply are set.
type Receipt struct {
	Words       string
	Interaction string // Interaction.ID
	Contact     string // Contact.ID
	Part        string // a part's ID
	At          time.Time
}

// AccountStanding is how the relationship with an account stands.
type AccountStanding struct {
	Dials []Dial // quality, density, authority, velocity
	Band  Band   // of the quality
	// Weakest are the kinds of the known dials but velocity, the least full first.
	Weakest []DialKind
	// SingleThread is the only live contact, a Contact.ID; OurThread the only one of
	// us whom they know, by name; "" where there are more, or none.
	SingleThread string
	OurThread    string
	// NeverMet are those who decide or sponsor and never spoke with us.
	NeverMet []Contact
	Roles    []RoleCover
}

// RoleCover is who covers a role that an account should have covered.
type RoleCover struct {
	Role    Role
	Who     []ContactStanding // the warmest first
	Covered bool              // one of them is live
}

// Dial is the dial of a kind.
func (s AccountStanding) Dial(kind DialKind) Dial {
	for _, d := range s.Dials {
		if d.Kind == kind {
			return d
		}
	}
	return Dial{Kind: kind}
}

// StandingInput is what an account's dials are made from, as known at a moment.
type StandingInput struct {
	Contacts []ContactStanding
	// Before are the same contacts as they stood 90 days ago, for the velocity.
	Before   []ContactStanding
	Promises []Promise
	// PromisesBefore are the promises as they were 90 days ago.
	PromisesBefore []Promise
	Policy         Policy // of the account's tier
	Rules          WarmthRules
}

// VelocityDays is how far back the velocity looks.
const VelocityDays = 90

// StandAccount says how the relationship with an account stands at now, and why.
// Keeping a promise never lowers its quality.
func StandAccount(in StandingInput, now time.Time) AccountStanding {
	quality := qualityOf(in.Contacts, in.Promises, now)
	s := AccountStanding{Band: NeverSpoke, Roles: coverOf(in.Contacts, in.Rules)}
	s.Dials = []Dial{quality, densityOf(in.Contacts, in.Policy, in.Rules), authorityOf(s.Roles), velocityOf(quality, in, now)}
	if quality.Known {
		s.Band = in.Rules.BandOf(quality.Value)
	}
	s.threads(in)
	for i := range in.Contacts {
		c := &in.Contacts[i]
		if c.Warmth.Band == NeverSpoke && (c.Stakeholder.Is(Decider) || c.Stakeholder.Is(Sponsor)) {
			s.NeverMet = append(s.NeverMet, c.Contact)
		}
	}
	for _, d := range s.Dials[:3] {
		if d.Known {
			s.Weakest = append(s.Weakest, d.Kind)
		}
	}
	slices.SortStableFunc(s.Weakest, func(a, b DialKind) int { return cmp.Compare(s.Dial(a).Share(), s.Dial(b).Share()) })
	return s
}

// WithVelocity is what StandAccount makes of in, where s is what it made of the same
// with nothing before. Of in it looks at the contacts, and at what was before.
func (s AccountStanding) WithVelocity(in StandingInput, now time.Time) AccountStanding {
	s.Dials = slices.Clone(s.Dials)
	s.Dials[3] = velocityOf(s.Dials[0], in, now)
	return s
}

// The price of an overdue promise of ours, and the most that all cost, as shares
// of the quality.
const (
	overdueCost     = 0.05
	overdueCostMost = 0.30
)

// qualityOf is the mean warmth of those who spoke with us, weighted by
// influence, less what our overdue promises cost.
func qualityOf(contacts []ContactStanding, promises []Promise, now time.Time) Dial {
	d := Dial{Kind: Quality, Of: 100}
	var late int
	if d.Value, late, d.Known = qualityValue(contacts, promises, now); !d.Known {
		d.Words = "Nobody there has spoken with us yet"
		return d
	}
	weakest := &ContactStanding{Warmth: Warmth{Score: 101}}
	d.Receipts = make([]Receipt, 0, len(contacts)+late)
	for i := range contacts {
		c := &contacts[i]
		if !c.spoke() {
			continue
		}
		if c.Warmth.Score < weakest.Warmth.Score {
			weakest = c
		}
		d.Receipts = append(d.Receipts, Receipt{
			Words:   fmt.Sprintf("%s: %d, %s", c.Contact.Name, c.Warmth.Score, c.Warmth.spokeWords()),
			Contact: c.Contact.ID, At: c.Warmth.Last.At, Interaction: c.Warmth.Last.ID,
		})
	}
	for _, p := range promises {
		if p.lateOfOurs(now) {
			d.Receipts = append(d.Receipts, Receipt{Words: fmt.Sprintf("our promise “%s” is %s", p.What, p.DueWords(now)), Part: p.ID, Contact: p.Contact, Interaction: p.Interaction})
		}
	}
	var words []string
	if late > 0 {
		words = append(words, Counted(late, "promise", "promises")+" of ours overdue")
	}
	if len(d.Receipts)-late > 1 && weakest.Warmth.Score < d.Value {
		words = append(words, FirstName(weakest.Contact.Name)+" is the weak tie")
	}
	if len(words) == 0 {
		words = []string{"in rhythm and answered"}
	}
	d.Words = sentence(strings.Join(words, "; "))
	return d
}

// qualityValue is the number of qualityOf, and how many promises of ours are late;
// known is false where nobody spoke with us.
func qualityValue(contacts []ContactStanding, promises []Promise, now time.Time) (value, late int, known bool) {
	var sum, weights float64
	for i := range contacts {
		if c := &contacts[i]; c.spoke() {
			sum += c.influence() * float64(c.Warmth.Score)
			weights += c.influence()
		}
	}
	if weights == 0 {
		return 0, 0, false
	}
	for _, p := range promises {
		if p.lateOfOurs(now) {
			late++
		}
	}
	return int(math.Round(sum / weights * (1 - min(overdueCostMost, overdueCost*float64(late))))), late, true
}

// lateOfOurs says whether we promised it, and have not kept it in time.
func (p Promise) lateOfOurs(now time.Time) bool { return p.By == Us && p.Late(now) > 0 }

// densityOf counts the live contacts against what the tier asks for.
func densityOf(contacts []ContactStanding, policy Policy, rules WarmthRules) Dial {
	d := Dial{Kind: Density, Of: max(policy.Live, 1), Known: len(contacts) > 0}
	for i := range contacts {
		if c := &contacts[i]; c.Live(rules) {
			d.Value++
			d.Receipts = append(d.Receipts, Receipt{Words: fmt.Sprintf("%s: %s, %d", c.Contact.Name, c.Warmth.Band, c.Warmth.Score), Contact: c.Contact.ID, At: c.Warmth.Last.At})
		}
	}
	switch {
	case !d.Known:
		d.Words = "Nobody is known there yet"
	case policy.Tier == "":
		d.Words = "Live ties; no tier says how many it should be"
	default:
		d.Words = fmt.Sprintf("Live ties; tier %s asks for %s", policy.Tier, strings.ToLower(SmallNumber(d.Of)))
	}
	return d
}

func coverOf(contacts []ContactStanding, rules WarmthRules) (cover []RoleCover) {
	for _, role := range RequiredRoles {
		c := RoleCover{Role: role}
		for i := range contacts {
			if who := &contacts[i]; who.Stakeholder.Is(role) {
				c.Who = append(c.Who, *who)
				c.Covered = c.Covered || who.Live(rules)
			}
		}
		slices.SortStableFunc(c.Who, func(a, b ContactStanding) int { return cmp.Compare(b.Warmth.Score, a.Warmth.Score) })
		cover = append(cover, c)
	}
	return cover
}

// authorityOf counts the roles that are covered by somebody who is live.
func authorityOf(cover []RoleCover) Dial {
	d := Dial{Kind: Authority, Of: len(cover)}
	var open, named []string
	for _, c := range cover {
		for _, who := range c.Who {
			d.Known = true
			d.Receipts = append(d.Receipts, Receipt{Words: fmt.Sprintf("%s: %s, %s", sentence(string(c.Role)), who.Contact.Name, who.Warmth.Band), Contact: who.Contact.ID, Part: who.Stakeholder.ID, At: who.Warmth.Last.At})
		}
		switch {
		case c.Covered:
			d.Value++
			named = append(named, string(c.Role))
		case len(c.Who) > 0 && c.Who[0].Warmth.Band == NeverSpoke:
			open = append(open, "the "+string(c.Role)+" is not met")
		case len(c.Who) > 0:
			open = append(open, "the "+string(c.Role)+" is cold")
		default:
			open = append(open, "no "+string(c.Role)+" is known")
		}
	}
	if !d.Known {
		d.Words = "Nobody has said who decides there"
		return d
	}
	d.Words = sentence(strings.Join(named, ", "))
	if len(open) > 0 {
		d.Words = sentence(joinPresent("; ", []string{d.Words, open[0]}))
	}
	return d
}

// velocityOf is the quality now less that of 90 days ago.
func velocityOf(quality Dial, in StandingInput, now time.Time) Dial {
	before, _, known := qualityValue(in.Before, in.PromisesBefore, now.AddDate(0, 0, -VelocityDays))
	if !known || !quality.Known {
		return Dial{Kind: Velocity, Words: "Not known 90 days ago"}
	}
	d := Dial{Kind: Velocity, Known: true, Value: quality.Value - before}
	switch {
	case d.Value > 0:
		d.Words = "Up in 90 days"
	case d.Value < 0:
		d.Words = "Down in 90 days"
	default:
		d.Words = "As 90 days ago"
	}
	d.Receipts = append([]Receipt{{Words: fmt.Sprintf("quality now: %d", quality.Value)}, {Words: fmt.Sprintf("quality 90 days ago: %d", before)}},
		changesOf(in.Contacts, in.Before)...)
	return d
}

// changesOf are the contacts who are warmer or colder than before, the largest
// change first.
func changesOf(now, before []ContactStanding) (list []Receipt) {
	was := make(map[string]*Warmth, len(before))
	for i := range before {
		was[before[i].Contact.ID] = &before[i].Warmth
	}
	then := func(c *ContactStanding) *Warmth {
		if w := was[c.Contact.ID]; w != nil {
			return w
		}
		return &Warmth{}
	}
	change := func(c *ContactStanding) int { return c.Warmth.Score - then(c).Score }
	var moved []*ContactStanding
	for i := range now {
		if c := &now[i]; change(c) != 0 {
			moved = append(moved, c)
		}
	}
	slices.SortStableFunc(moved, func(a, b *ContactStanding) int {
		return cmp.Or(cmp.Compare(max(change(b), -change(b)), max(change(a), -change(a))), strings.Compare(a.Contact.Name, b.Contact.Name))
	})
	for _, c := range moved {
		said := fmt.Sprintf("was %d", then(c).Score)
		if then(c).Band == NeverSpoke {
			said = "had not spoken with us"
		}
		list = append(list, Receipt{Words: fmt.Sprintf("%s: %d, %s", c.Contact.Name, c.Warmth.Score, said), Contact: c.Contact.ID, At: c.Warmth.Last.At, Interaction: c.Warmth.Last.ID})
	}
	return list
}

// threads fills who is the only tie, on their side and on ours.
func (s *AccountStanding) threads(in StandingInput) {
	var live []string
	var us []string
	for i := range in.Contacts {
		if c := &in.Contacts[i]; c.Live(in.Rules) {
			live = append(live, c.Contact.ID)
			us = append(us, c.Knows...)
		}
	}
	slices.Sort(us)
	us = slices.Compact(us)
	if len(live) == 1 {
		s.SingleThread = live[0]
	}
	if len(us) == 1 && len(live) > 0 {
		s.OurThread = us[0]
	}
}

// SortStandings puts the warmest first, those never spoken with last.
func SortStandings(list []ContactStanding) {
	slices.SortStableFunc(list, func(a, b ContactStanding) int {
		never := func(c ContactStanding) int {
			if c.Warmth.Band == NeverSpoke {
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(never(a), never(b)), cmp.Compare(b.Warmth.Score, a.Warmth.Score),
			b.Warmth.Last.At.Compare(a.Warmth.Last.At), strings.Compare(a.Contact.Name, b.Contact.Name))
	})
}

// SortByInfluence puts those who can move most first, those whom nobody placed
// last; the order among equals stays.
func SortByInfluence(list []ContactStanding) { slices.SortStableFunc(list, byInfluence) }

func byInfluence(a, b ContactStanding) int {
	return cmp.Or(cmp.Compare(oneIf(a.Stakeholder.ID == ""), oneIf(b.Stakeholder.ID == "")), cmp.Compare(b.Stakeholder.Influence, a.Stakeholder.Influence))
}
