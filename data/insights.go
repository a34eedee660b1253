package data

import (
	"fmt"
	"time"
)

// InsightsInput is what the figures of the whole team are made from, as it was
// known at Now.
type InsightsInput struct {
	Now      time.Time
	Accounts []InsightAccount // by name
	Policies map[Tier]Policy
	Money    MoneyRules
	Hours    int // that the team has for its customers in a year; 0 where nobody said
	Rules    InsightRules
	// Foresights are all that was foreseen, scored or not.
	Foresights []Foresight
	// ListName is the file that purchases were read from last, ListAt when; "" and
	// zero where none was.
	ListName string
	ListAt   time.Time
}

// InsightAccount is what insights look at of one account.
type InsightAccount struct {
	Account Account
	// Standing has its velocity where the account was known 90 days ago.
	Standing AccountStanding
	Contacts []ContactStanding
	Promises []Promise // open
	// Preferences are the account's and its people's, those that are not refused.
	Preferences []Preference
	Plan        Plan
	Risks       []Risk       // open
	Spaces      []Whitespace // what it has with us, with when that ends
	Left        []Leaver     // in the last year
	Profit      Profit       // of the last 12 months
	Minutes     float64      // of ours in the last InsightDays days
	// Spoke are the days on which each contact and we were in touch, both ways, by
	// Contact.ID: days since 1970 where we are, ascending, of the last two years.
	Spoke map[string][]int
	// Bought are the days on which it bought, all there are.
	Bought []BuyingDay
}

// Leaver is somebody who left an account, and what they were for us there.
type Leaver struct {
	Contact Contact
	On      string // date
	Roles   []Role
	Part    string // Affiliation.ID
}

// InsightDays is how far back the hours look, and InsightWeeks how many weeks
// the rhythm does.
const (
	InsightDays  = 90
	InsightWeeks = 12
)

// InsightRules are what insights assume where nothing can be counted. They are the
// team's, and are shown beside every figure that rests on them.
type InsightRules struct {
	// NewPercent is the share of the hours that is meant for accounts which nobody
	// sorted into a tier yet.
	NewPercent float64 `json:"newPercent"`
	// KeepHours are the hours a year that keeping an account at risk takes, and
	// KeepPercent by how much they lower the chance to lose it.
	KeepHours   float64 `json:"keepHours"`
	KeepPercent float64 `json:"keepPercent"`
	// WinHours are the hours that the attempt to win a lost customer back takes,
	// and WinPercent how many of a hundred come back.
	WinHours   float64 `json:"winHours"`
	WinPercent float64 `json:"winPercent"`
	// LostDays is after how many days without a purchase a customer counts as lost.
	LostDays int `json:"lostDays"`
}

// DefaultInsightRules are what a team starts with: guesses, to be replaced by its
// own experience.
var DefaultInsightRules = InsightRules{NewPercent: 5, KeepHours: 12, KeepPercent: 50, WinHours: 40, WinPercent: 20, LostDays: 365}

// Assumption is one number of InsightRules.
type Assumption struct {
	Name  string // "keep-hours", as commands and complaints name it
	Unit  string // "hours"
	Says  string // "the hours a year that keeping an account at risk takes"
	Label string // "To keep one, h", in a form, with what is typed there
	Hint  string
	In    func(*InsightRules) *float64
}

// Assumptions are the numbers of InsightRules, but LostDays, which are whole.
var Assumptions = []Assumption{
	{"keep-hours", "hours", "the hours a year that keeping an account at risk takes", "To keep one, h", "12 hours a year", func(r *InsightRules) *float64 { return &r.KeepHours }},
	{"keep-percent", "percent", "by how much they lower the chance to lose it", "It helps by, %", "50, off the chance to lose it", func(r *InsightRules) *float64 { return &r.KeepPercent }},
	{"win-hours", "hours", "the hours that winning a lost customer back takes", "To win back, h", "40 hours for one attempt", func(r *InsightRules) *float64 { return &r.WinHours }},
	{"win-percent", "percent", "how many of a hundred come back", "Come back, %", "20 of a hundred", func(r *InsightRules) *float64 { return &r.WinPercent }},
	{"new", "percent", "the share of the hours that is meant for accounts without a tier", "New people, %", "5 of the hours", func(r *InsightRules) *float64 { return &r.NewPercent }},
}

// Check says why the rules cannot be used, or nil.
func (r InsightRules) Check() error {
	for _, p := range []struct {
		field string
		value float64
	}{{"new", r.NewPercent}, {"keep", r.KeepPercent}, {"win", r.WinPercent}} {
		if !(p.value >= 0 && p.value <= 100) {
			return invalid(p.field, "%s is outside 0 to 100 percent", grouped(p.value))
		}
	}
	switch {
	case r.NewPercent > 90:
		return invalid("new", "leave at least a tenth of the hours to the tiers")
	case !(r.KeepHours > 0 && r.KeepHours <= 2000):
		return invalid("keep-hours", "keeping an account takes more than 0 and at most 2,000 hours")
	case !(r.WinHours > 0 && r.WinHours <= 2000):
		return invalid("win-hours", "winning a customer back takes more than 0 and at most 2,000 hours")
	case r.LostDays < 30 || r.LostDays > 3660:
		return invalid("lost", "a customer counts as lost after 30 to 3660 days without a purchase")
	}
	return nil
}

// Insights are the figures of the whole team as of At. None is of one colleague,
// and each has its receipts.
type Insights struct {
	At       time.Time
	Currency string
	Map      ProfitMap
	Hours    HoursSpent
	Pace     Pacing
	Reach    Reach
	Shares   Allotment
	Warnings []EarlyWarning // what is lost most first
	Keeping  Keeping
	Foreseen Calibration
	// Due are foresights whose day has come, the oldest first.
	Due      []Foresight
	Evidence Evidence
	Rules    InsightRules
	// Source says where money is from, "Costs from “orders.csv”, read 3 Nov".
	Source string
}

// ComposeInsights makes all figures. It is a function of what it is given: the
// same facts and date give the same figures. together makes those that need not wait
// for each other: it calls all that it is given, in any order or at once, and comes
// back when they are done; OneByOne is one.
func ComposeInsights(in InsightsInput, together func(...func())) Insights {
	s := Insights{At: in.Now, Currency: in.Money.Currency, Foreseen: Calibrate(in.Foresights), Rules: in.Rules}
	s.Due, _ = parted(in.Foresights, func(f Foresight) bool { return f.Due(in.Now) })
	sortForesights(s.Due)
	if in.ListName != "" {
		s.Source = fmt.Sprintf("Costs from “%s”, read %s", in.ListName, ShortDate(in.ListAt, in.Now))
	}
	together(func() {
		s.Warnings = WarnOf(in)
		s.Keeping = KeepOrWin(in, s.Warnings)
	}, func() {
		beats := BeatsOf(in)
		s.Pace = PaceBeats(beats, in.Now)
		s.Reach, s.Shares = ReachOf(in, beats, s.Pace), AllotHours(in, beats)
	}, func() { s.Map, s.Hours, s.Evidence = MapProfits(in), SpentHours(in), EvidenceOf(in) })
	return s
}

// OneByOne does one piece of work after the other.
func OneByOne(work ...func()) {
	for _, do := range work {
		do()
	}
}

// dayOf is the day of a moment where the clock of it is, since 1970.
func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// DayOf is the day of a moment in a place, since 1970, as InsightAccount.Spoke
// counts them.
func DayOf(t time.Time, where *time.Location) int { return dayOf(t.In(where)) }

// margin is what an account left in 12 months, and whether that is known.
func (a InsightAccount) margin() (cents int64, known bool) { return a.Profit.Cents, a.Profit.Known() }
