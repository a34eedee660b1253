package data

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"
)

// WorkingDays is how many days of a year are worked: five a week, less holidays
// and leave.
const WorkingDays = 220

// Beat is one rhythm that the team owes: an account's by its tier, which whoever
// is in touch there answers for, or a person's own, agreed or wished.
type Beat struct {
	Account Account
	// Contact is whose it is; of an account's rhythm who was in touch there last,
	// zero where nobody was.
	Contact Contact
	Own     bool // it is the person's own
	Every   Interval
	Touches float64 // a year, as it asks
	// Spoke are the days, since 1970, on which it was answered, ascending.
	Spoke []int
	// Margin is what the account leaves in a year as far as it falls to this beat,
	// in cents; nothing where it is not known or a loss.
	Margin int64
	// Minutes is what a touch with the account takes of us.
	Minutes float64
	// Wish is the longer rhythm that they asked for, in days; 0 for none. WishPart
	// is the Preference.ID.
	Wish     int
	WishPart string
}

// BeatsOf are the rhythms that the team owes, as TouchpointsOf asks for them: an
// account that is transactional or winds down has none, nor has one without a
// tier unless somebody there has a rhythm of their own.
func BeatsOf(in InsightsInput) []Beat {
	var beats []Beat
	touch := make([]float64, len(in.Accounts)) // minutes, 0 where not known
	for i, a := range in.Accounts {
		touch[i] = a.minutesOfTouch(in.Now)
	}
	typical := typicalMinutes(touch)
	for n, a := range in.Accounts {
		own := a.beats(in.Policies[a.Account.Tier])
		margin, _ := a.margin()
		for i := range own {
			own[i].Margin, own[i].Minutes = max(margin, 0)/int64(len(own)), cmp.Or(touch[n], typical)
			own[i].wish(a.Preferences)
		}
		beats = append(beats, own...)
	}
	return beats
}

func (a InsightAccount) beats(policy Policy) (list []Beat) {
	if a.Account.Care == Transactional || a.Account.Mode == WindDown {
		return nil
	}
	own := func(c *ContactStanding) bool {
		every := c.Warmth.Interval
		return every.Days > 0 && (every.From == Agreed || every.From == TheirWish)
	}
	shared := 0
	for i := range a.Contacts {
		c := &a.Contacts[i]
		if !own(c) {
			shared++
			continue
		}
		every := c.Warmth.Interval
		list = append(list, Beat{Account: a.Account, Contact: c.Contact, Own: true, Every: every, Touches: 365 / float64(every.Days), Spoke: a.Spoke[c.Contact.ID]})
	}
	if policy.Every <= 0 || shared == 0 {
		return list
	}
	b := Beat{Account: a.Account, Every: Interval{Days: policy.Every, From: OfTier}, Touches: 365 / float64(policy.Every)}
	if policy.Touches > 0 {
		b.Touches = float64(policy.Touches)
	}
	if last := lastSpoken(a.Contacts, func(c *ContactStanding) bool { return !own(c) }); last != nil {
		b.Contact = last.Contact
	}
	for i := range a.Contacts {
		if c := &a.Contacts[i]; !own(c) {
			b.Spoke = append(b.Spoke, a.Spoke[c.Contact.ID]...)
		}
	}
	slices.Sort(b.Spoke)
	b.Spoke = slices.Compact(b.Spoke)
	return append(list, b)
}

// wish notes where a preference asks for fewer touches than the beat does: of the
// person, or of the whole account.
func (b *Beat) wish(preferences []Preference) {
	for _, p := range preferences {
		days := 0
		switch {
		case p.Refused != "", p.Contact != "" && p.Contact != b.Contact.ID:
		case p.Rule == AtMost && p.Holds() && p.Times > 0:
			days = (p.Days + p.Times - 1) / p.Times
		case p.Rule == Every && p.Offered():
			days = p.Days
		}
		if days > b.Every.Days && days > b.Wish {
			b.Wish, b.WishPart = days, p.ID
		}
	}
}

// typicalMinutes is the median of what a touch takes, of those of which it is
// known; half an hour where it is of none.
func typicalMinutes(touch []float64) float64 {
	known := slices.DeleteFunc(slices.Clone(touch), func(minutes float64) bool { return minutes <= 0 })
	if len(known) == 0 {
		return 30
	}
	slices.Sort(known)
	return known[len(known)/2]
}

// minutesOfTouch is what the account took in a year for each day in touch; 0 where
// that is not known.
func (a InsightAccount) minutesOfTouch(now time.Time) float64 {
	days := a.days()
	year := len(days) - sort.SearchInts(days, dayOf(now)-364)
	if year == 0 || a.Profit.Effort.Minutes <= 0 {
		return 0
	}
	return a.Profit.Effort.Minutes / float64(year)
}

// days are all days on which anybody there and we were in touch.
func (a InsightAccount) days() (all []int) {
	for _, days := range a.Spoke {
		all = append(all, days...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// keptDays counts the days from one to before another on which a rhythm was
// kept: not longer than so many days before somebody had spoken. spoke is
// ascending. The later a touch comes, the fewer days are kept; one that comes
// early adds only what it adds.
func keptDays(spoke []int, every, from, before int) (kept int) {
	until := from // kept up to before this day already
	for _, day := range spoke[max(0, sort.SearchInts(spoke, from-every)):] {
		begin, end := max(day, until), min(day+every+1, before)
		if end > begin {
			kept, until = kept+end-begin, end
		}
	}
	return kept
}

// Pacing is whether the team can keep the rhythms that it owes.
type Pacing struct {
	People  int     // whose rhythms they are
	Touches float64 // a year, as they ask
	// Promised is what that is a working day, Kept what of it was kept in the last
	// InsightWeeks weeks. A rhythm counts for the days on which it was kept, so that
	// a second touch on a day adds nothing.
	Promised, Kept float64
	Weeks          []PaceWeek // the oldest first
	Receipts       []Receipt
}

// PaceWeek is the touches kept a working day in the seven days up to a date.
type PaceWeek struct {
	Until time.Time // its last day
	Kept  float64
}

// PaceBeats measures what was kept of today's rhythms.
func PaceBeats(beats []Beat, now time.Time) Pacing {
	p := Pacing{People: len(beats), Weeks: make([]PaceWeek, InsightWeeks)}
	today := dayOf(now)
	for i := range p.Weeks {
		back := 7 * (InsightWeeks - 1 - i)
		p.Weeks[i].Until = startOfDay(now).AddDate(0, 0, -back)
		for _, b := range beats {
			p.Weeks[i].Kept += b.Touches / WorkingDays * float64(keptDays(b.Spoke, b.Every.Days, today-back-6, today-back+1)) / 7
		}
		p.Kept += p.Weeks[i].Kept / InsightWeeks
	}
	behind := make([]lag, 0, len(beats))
	for _, b := range beats {
		p.Touches += b.Touches
		kept := keptDays(b.Spoke, b.Every.Days, today-7*InsightWeeks+1, today+1)
		if missed := b.Touches / 365 * float64(7*InsightWeeks-kept); missed >= 0.5 {
			behind = append(behind, lag{b, missed})
		}
	}
	p.Promised = p.Touches / WorkingDays
	slices.SortStableFunc(behind, func(a, b lag) int { return cmp.Compare(b.missed, a.missed) })
	for _, l := range behind {
		p.Receipts = append(p.Receipts, Receipt{Words: fmt.Sprintf("%s, every %s: %s of %.0f touches missed in %d weeks", l.beat.Name(), days(l.beat.Every.Days),
			strings.TrimSuffix(fmt.Sprintf("%.1f", l.missed), ".0"), l.beat.Touches/365*7*InsightWeeks, InsightWeeks), Contact: l.beat.Contact.ID, Part: l.beat.Account.ID})
	}
	return p
}

type lag struct {
	beat   Beat
	missed float64
}

// Name is whose rhythm it is, "Ola Brekke, Northmoor University" or the account.
func (b Beat) Name() string {
	if b.Own {
		return b.Contact.Name + ", " + b.Account.Name
	}
	return b.Account.Name
}

// holds is from what share of the promised on the rhythm counts as kept.
const holds = 0.95

// Holds says whether the team keeps what it owes, as nearly as can be told.
func (p Pacing) Holds() bool { return p.Kept >= holds*p.Promised }

// Words say what is kept of what is promised, after the number of Kept.
func (p Pacing) Words() string {
	if p.People == 0 {
		return "nobody was promised a rhythm yet: sort accounts into tiers, or agree a rhythm with a person"
	}
	asked := fmt.Sprintf("%s a year for %s", grouped(float64(int(p.Touches+0.5))), Counted(p.People, "person", "people"))
	if p.Holds() {
		return fmt.Sprintf("kept of %.1f promised: %s, and the team holds it.", p.Promised, asked)
	}
	return fmt.Sprintf("kept of %.1f promised: %s is more than this team holds.", p.Promised, asked)
}
