package data

import (
	"fmt"
	"slices"
	"time"

	"rapport/data/stats"
)

// Responsive is how fast one side answers the mails of the other, with one
// contact.
type Responsive struct {
	Asked, Answered int           // conversations that were begun, and that got an answer
	InTime          int           // of those answered, within the promise
	Median          time.Duration // by which half had an answer; 0 where fewer than half had
	Known           bool          // three conversations at least
}

// answerTurns is how many conversations make a habit, and answerSpan how far back they
// are looked for; what waits longer than answerGivenUp will not be answered.
const (
	answerTurns   = 3
	answerSpan    = 365 * 24 * time.Hour
	answerGivenUp = 30 * 24 * time.Hour
)

// AnswerPromise is the time within which an answer is in time, as long as nobody
// promised another: the 48 hours of the feedback clock.
const AnswerPromise = 48 * time.Hour

// RespondsIn says how fast a side answers in a contact's history: of each
// conversation that the other side began, the time until its first answer. Later
// mails do not count, since many of them want none. What still waits counts with the time that it has waited so far, so that
// unanswered mail makes nobody look fast (Kaplan & Meier 1958). promise is the
// time within which an answer is in time.
func RespondsIn(history []Moment, ours bool, promise time.Duration, now time.Time) Responsive {
	past, _ := parted(history, func(m Moment) bool {
		return m.Kind == Mail && !m.Copied && !m.At.After(now) && now.Sub(m.At) <= answerSpan
	})
	slices.SortStableFunc(past, func(a, b Moment) int { return a.At.Compare(b.At) })
	since, begun := map[string]time.Time{}, map[string]bool{}
	var r Responsive
	var waits []stats.Wait
	for _, m := range past {
		key := m.Thread
		if key == "" {
			key = m.ID
		}
		at, waiting := since[key]
		first := !begun[key]
		begun[key] = true
		switch answers := (m.Side == Us) == ours; {
		case first && !answers:
			since[key] = m.At
		case answers && waiting:
			delete(since, key)
			took := m.At.Sub(at)
			r.Answered++
			if took <= promise {
				r.InTime++
			}
			waits = append(waits, stats.Wait{Took: took.Hours()})
		}
	}
	for _, at := range since {
		waits = append(waits, stats.Wait{Took: min(now.Sub(at), answerGivenUp).Hours(), Open: true})
	}
	r.Asked = len(waits)
	r.Known = r.Asked >= answerTurns
	if median, ok := stats.Median(waits); ok {
		r.Median = time.Duration(median * float64(time.Hour))
	}
	return r
}

// Words are "answers in 4 h, 9 of 11 within a day"; "" where too little is known.
func (r Responsive) Words(promise time.Duration) string {
	if !r.Known {
		return ""
	}
	within := fmt.Sprintf("%d of %d within %s", r.InTime, r.Asked, Age(promise))
	if r.Median == 0 {
		return "answers fewer than half; " + within
	}
	return fmt.Sprintf("answers in %s; %s", Age(r.Median), within)
}
