package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// KindTeamObjective is its name in the change log.
const KindTeamObjective = "team-objective"

// TeamAim says what an objective of the team advances; a plan advances both.
type TeamAim string

// The aims.
const (
	ForQuality TeamAim = "quality"
	ForProfit  TeamAim = "profit"
)

// TeamAims are both.
var TeamAims = []TeamAim{ForQuality, ForProfit}

// TeamObjective is something that the team wants to have reached with all of its
// customers together, for the quality of the relationships or for the profit in
// them. It is the team's own.
type TeamObjective struct {
	Belongs
	What string  `reg:"what"`
	For  TeamAim `reg:"for"`
	// Counted says that Rapport counts the measure itself (see TeamCounts), over
	// the accounts of Tier, or over all where that is "". With "" people write
	// down Current, as of On.
	Counted string `reg:"counted"`
	Tier    Tier   `reg:"tier"`
	// Measure is what is counted by hand, "Reference visits", in Unit. It was Begin
	// at first and is to be Target by By. Target below Begin is fine.
	Measure string  `reg:"measure"`
	Unit    string  `reg:"unit"`
	Begin   float64 `reg:"begin"`
	Current float64 `reg:"current"`
	Target  float64 `reg:"target"`
	On      string  `reg:"on"` // date
	By      string  `reg:"by"` // date
	Owner   string  `reg:"owner"`
	// Place orders the objectives of a plan, 1 first.
	Place   int    `reg:"place"`
	Reached string `reg:"reached"` // date
	Dropped string `reg:"dropped"` // date
}

// PartKind is KindTeamObjective.
func (o TeamObjective) PartKind() string { return KindTeamObjective }

// Open says whether it is still pursued.
func (o TeamObjective) Open() bool { return o.Reached == "" && o.Dropped == "" }

// Standing is open until it is reached or dropped, due by its date.
func (o TeamObjective) Standing() (string, bool) { return o.By, o.Open() }

// Measured says whether there is something to see whether it is reached.
func (o TeamObjective) Measured() bool {
	if c, counted := TeamCountOf(o.Counted); counted {
		return c.Fewer || o.Target != 0
	}
	return strings.TrimSpace(o.Measure) != "" && o.Target != o.Begin
}

// Label is what is counted, "Mean relationship quality, A accounts".
func (o TeamObjective) Label() string {
	c, ok := TeamCountOf(o.Counted)
	if !ok {
		return o.Measure
	}
	if o.Tier != "" {
		return c.Says + ", " + string(o.Tier) + " accounts"
	}
	return c.Says
}

// Check says why the objective cannot be kept, or nil.
func (o TeamObjective) Check() error {
	_, known := TeamCountOf(o.Counted)
	switch {
	case strings.TrimSpace(o.What) == "":
		return invalid("what", "say what the team will have reached")
	case o.Account != "":
		return invalid("account", "an objective of the team belongs to no account")
	case !slices.Contains(TeamAims, o.For):
		return invalid("for", "say what it advances: quality or profit")
	case o.Counted != "" && !known:
		return invalid("counted", "%q cannot be counted; use one of %s", o.Counted, strings.Join(teamCountNames(), ", "))
	case o.Counted != "" && o.Measure != "":
		return invalid("measure", "it is counted either by Rapport or by hand, not both")
	}
	if o.Counted == "" {
		if err := checkMeasure(o.Measure, "reference visits", o.Begin, o.Current, o.Target); err != nil {
			return err
		}
	}
	_, err := ParseTier(string(o.Tier))
	return firstErr(err, checkCourse(o.Place, o.On, o.By, o.Reached, o.Dropped))
}

func teamCountNames() []string {
	names := make([]string, len(TeamCounts))
	for i, c := range TeamCounts {
		names[i] = c.Name
	}
	return names
}

// Stands is how far it is by what was counted: the value, as people read it, and
// the share of the way, 0 to 1. ok is false where that is not known; value then
// says why.
func (o TeamObjective) Stands(figures TeamFigures, currency string) (value string, share float64, ok bool) {
	c, counted := TeamCountOf(o.Counted)
	if !counted {
		if !o.Measured() {
			return "not measured", 0, false
		}
		return measureWords(o.Begin, o.Current, o.Target, o.Unit), wayDone(o.Begin, o.Current, o.Target), true
	}
	f, known := figures[FigureKey(o.Counted, o.Tier)]
	if !known || f.Why != "" {
		return cmp.Or(f.Why, "not counted"), 0, false
	}
	if !o.Measured() {
		return "it is not said what it shall be", 0, false
	}
	share = wayDone(o.Begin, f.Value, o.Target)
	if o.Begin == o.Target || c.Fewer && o.Begin < o.Target { // nobody noted where it began
		share = shareOfTarget(f.Value, o.Target, c.Fewer)
	}
	words := func(n float64) string {
		if c.Money {
			return ShortMoneyWords(int64(n*100), currency)
		}
		return grouped(float64(int64(n + 0.5)))
	}
	unit := c.Unit
	if unit == "of 100" {
		unit = ""
	}
	if c.Fewer {
		return joinPresent(" ", []string{words(f.Value) + ", aim", words(o.Target), unit}), share, true
	}
	return joinPresent(" ", []string{words(f.Value), "of", words(o.Target), unit}), share, true
}

func wayDone(begin, now, target float64) float64 {
	if begin == target {
		return 0
	}
	return max(0, min(1, (now-begin)/(target-begin)))
}

// shareOfTarget is how near a figure is to a target that has no beginning.
func shareOfTarget(now, target float64, fewer bool) float64 {
	switch {
	case fewer && now <= target || !fewer && now >= target:
		return 1
	case fewer:
		return max(0, min(1, target/now))
	case target <= 0:
		return 0
	}
	return max(0, min(1, now/target))
}

// Late is by how many days it is over at now; 0 for one that is not.
func (o TeamObjective) Late(now time.Time) int {
	if !o.Open() || o.By == "" {
		return 0
	}
	return max(0, daysSinceDate(o.By, now))
}

// SortTeamObjectives puts them in the order of the plan: by their places, those
// without one last, then by when they were recorded.
func SortTeamObjectives(list []TeamObjective) {
	sortPlaced(list, func(o TeamObjective) int { return o.Place })
}

// CheckTeamObjectives says why one more open objective, or a changed one, cannot be
// kept beside those of the team.
func CheckTeamObjectives(have []TeamObjective, add TeamObjective) error {
	if !roomFor(have, add, func(o TeamObjective) bool { return o.For == add.For }) {
		return invalid("objective", "the team has at most three objectives for %s; reach or drop one first", string(add.For))
	}
	return nil
}

// TargetWords are what it is to be, "70 of 100 by 31 Dec"; for lists.
func (o TeamObjective) TargetWords(currency string, now time.Time) string {
	by := ""
	if o.By != "" {
		by = "by " + dayIn(o.By, now)
	}
	c, counted := TeamCountOf(o.Counted)
	switch {
	case counted && c.Money:
		return joinPresent(" ", []string{ShortMoneyWords(int64(o.Target*100), currency), by})
	case counted:
		return joinPresent(" ", []string{grouped(o.Target), c.Unit, by})
	case o.Measured():
		return joinPresent(" ", []string{grouped(o.Target), o.Unit, by})
	}
	return by
}
