package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/stats"
)

// KindForesight is its name in the change log.
const KindForesight = "foresight"

// Foresight is what somebody of us believes will come to pass, how likely and by
// when. It is scored when its day has come.
type Foresight struct {
	Belongs
	What   string `reg:"what"`
	Chance int    `reg:"chance"` // percent
	By     string `reg:"by"`     // date
	Owner  string `reg:"owner"`  // who of us believes it
	On     string `reg:"on"`     // date on which it was said
	Came   Came   `reg:"came"`
	Scored string `reg:"scored"` // date
}

// Came says whether what was foreseen happened. "" is not known yet.
type Came string

// What may have come of it.
const (
	CameTrue  Came = "yes"
	CameFalse Came = "no"
)

// PartKind is KindForesight.
func (f Foresight) PartKind() string { return KindForesight }

// Standing is open until it is scored, due on its day.
func (f Foresight) Standing() (string, bool) { return f.By, f.Came == "" }

// Due says whether its day has come and nobody said what became of it.
func (f Foresight) Due(now time.Time) bool {
	return f.Came == "" && f.By != "" && f.By <= now.Format(time.DateOnly)
}

// Check says why it cannot be kept, or nil.
func (f Foresight) Check() error {
	switch {
	case strings.TrimSpace(f.What) == "":
		return invalid("what", "say what will come to pass")
	case f.Account == "":
		return invalid("account", "say for which account")
	case f.Chance < 0 || f.Chance > 100:
		return invalid("chance", "%d is outside 0 to 100 percent", f.Chance)
	case f.By == "":
		return invalid("by", "say by when, so that it can be scored")
	case f.Came != "" && f.Scored == "":
		return invalid("scored", "say when that was known")
	}
	return firstErr(checkDate("by", f.By), checkDate("on", f.On), checkDate("scored", f.Scored), checkOneOf("came", f.Came, []Came{CameTrue, CameFalse}))
}

// Calibration is how good the foresight of a team is: of all of it together,
// never of one person.
type Calibration struct {
	Scored int
	Brier  float64 // 0 is perfect, 0.25 as good as always saying one half
	// Steps compare what was said with what came, by tenths.
	Steps []CalibrationStep
}

// CalibrationStep is what came of all that was said to be so likely.
type CalibrationStep struct {
	From, To  int // percent; To is in it only for 100
	Said      float64
	Came, All int
	Low, High float64 // 95 % interval of the share that came (Wilson 1927)
}

// Calibrate scores what was foreseen and is known by now.
func Calibrate(list []Foresight) (c Calibration) {
	var said []float64
	var came []bool
	steps := make([]CalibrationStep, 10)
	for _, f := range list {
		if f.Came == "" {
			continue
		}
		said, came = append(said, float64(f.Chance)/100), append(came, f.Came == CameTrue)
		s := &steps[min(9, f.Chance/10)]
		s.All++
		s.Said += float64(f.Chance) / 100
		if f.Came == CameTrue {
			s.Came++
		}
	}
	c.Scored = len(said)
	c.Brier, _ = stats.Brier(said, came)
	for i, s := range steps {
		if s.All == 0 {
			continue
		}
		s.From, s.To, s.Said = 10*i, 10*i+10, s.Said/float64(s.All)
		s.Low, s.High = stats.Wilson(s.Came, s.All)
		c.Steps = append(c.Steps, s)
	}
	return c
}

// Words say how good it was, "0.14 over 9; always saying one half is 0.25".
func (c Calibration) Words() string {
	if c.Scored == 0 {
		return "nothing was scored yet"
	}
	return fmt.Sprintf("%.2f over %d; always saying one half is 0.25", c.Brier, c.Scored)
}

// sortForesights puts those due first first.
func sortForesights(list []Foresight) {
	slices.SortStableFunc(list, func(a, b Foresight) int { return cmp.Or(strings.Compare(a.By, b.By), strings.Compare(a.ID, b.ID)) })
}
