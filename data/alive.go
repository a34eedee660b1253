package data

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"rapport/data/stats"
)

// Alive is how probable it is that a relation goes on, read from the times of its
// own two-way contacts (BG/NBD: Fader, Hardie & Lee 2005). It stands beside the
// warmth, which follows the agreed rhythm; this one follows the habit.
type Alive struct {
	Probability float64 // 0 to 1
	Days        int     // days with a two-way contact after the first
	Of          int     // contacts that the model was fitted to
}

// aliveDays is how many days of contact a history needs, and aliveSample how many
// contacts are enough to fit the model to.
const (
	aliveDays   = 3
	aliveSample = 500
)

// Habit is how a team's contacts come back, and how they stay away.
type Habit struct{ model stats.BGNBD }

// FitHabit fits the habit of a team's contacts, by Contact.ID; false where too
// little is known. Of many contacts an even sample is taken, the same for the same
// contacts.
func FitHabit(histories map[string][]Moment, now time.Time) (Habit, bool) {
	ids := slices.Sorted(maps.Keys(histories))
	step := max(1, len(ids)/aliveSample)
	var buyers []stats.Buyer
	for i := 0; i < len(ids); i += step {
		if b, ok := habit(histories[ids[i]], now); ok {
			buyers = append(buyers, b)
		}
	}
	m, err := stats.FitBGNBD(buyers)
	return Habit{m}, err == nil
}

// AliveOf is the probability for one history; false where there were contacts on
// fewer than four days.
func (h Habit) AliveOf(history []Moment, now time.Time) (Alive, bool) {
	b, ok := habit(history, now)
	if !ok || b.Repeats < aliveDays {
		return Alive{}, false
	}
	return Alive{Probability: h.model.Alive(b), Days: int(b.Repeats), Of: h.model.Customers}, true
}

// Words are "84 % likely to go on, by 12 days of contact"; no more than "over 99 %",
// since a model is sure of nothing.
func (a Alive) Words() string {
	if a.Probability > 0.99 {
		return fmt.Sprintf("over 99 %% likely to go on, by %s of contact", Counted(a.Days+1, "day", "days"))
	}
	return fmt.Sprintf("%.0f %% likely to go on, by %s of contact", 100*a.Probability, Counted(a.Days+1, "day", "days"))
}

// habit is a history as the model sees it, in days since the first contact.
func habit(history []Moment, now time.Time) (stats.Buyer, bool) {
	days := map[string]bool{}
	var first, last time.Time
	for _, m := range history {
		if !m.TwoWay() || m.At.After(now) {
			continue
		}
		days[m.At.UTC().Format(time.DateOnly)] = true
		if first.IsZero() || m.At.Before(first) {
			first = m.At
		}
		if m.At.After(last) {
			last = m.At
		}
	}
	if len(days) == 0 || now.Sub(first) < 24*time.Hour {
		return stats.Buyer{}, false
	}
	return stats.Buyer{Repeats: float64(len(days) - 1), Last: last.Sub(first).Hours() / 24, Age: now.Sub(first).Hours() / 24}, true
}
