package data

import (
	"fmt"
	"strings"
	"time"
)

// RehearsalAnswer is how well a card was known, as a person says it, with its
// grade of SM-2.
type RehearsalAnswer struct {
	Words string
	Grade int
}

// RehearsalAnswers are the four, the least first.
var RehearsalAnswers = []RehearsalAnswer{{"Not known", 1}, {"With effort", 3}, {"Known", 4}, {"At once", 5}}

// cardSeconds is how long a card takes: CardsMost in two minutes.
const cardSeconds = 120 / CardsMost

// RehearsalRound is one round through cards before a meeting. A card that was not
// known comes once more at the end; what is answered then is practice and changes
// nothing, as SM-2 has it.
type RehearsalRound struct {
	cards  []Card
	again  []Card // not known, in their order
	at     int    // in cards, then in again
	counts []int  // of RehearsalAnswers, for the cards alone
	first  string // date on which the first card comes back
}

// NewRehearsalRound begins a round.
func NewRehearsalRound(cards []Card) *RehearsalRound {
	return &RehearsalRound{cards: cards, counts: make([]int, len(RehearsalAnswers))}
}

// Card is the one that is asked now; ok is false at the end.
func (r *RehearsalRound) Card() (c Card, ok bool) {
	switch {
	case r.at < len(r.cards):
		return r.cards[r.at], true
	case r.at < len(r.cards)+len(r.again):
		return r.again[r.at-len(r.cards)], true
	}
	return Card{}, false
}

// Practice says that the card that is asked was not known before and comes once
// more.
func (r *RehearsalRound) Practice() bool { return r.at >= len(r.cards) }

// Answer takes what was said of the card that is asked, as an index of
// RehearsalAnswers, and goes on. keep is how the card stands then, zero for
// practice; without a card nothing happens.
func (r *RehearsalRound) Answer(answer int, now time.Time) (keep Rehearsal) {
	c, ok := r.Card()
	if !ok || answer < 0 || answer >= len(RehearsalAnswers) {
		return Rehearsal{}
	}
	if r.Practice() {
		r.at++
		return Rehearsal{}
	}
	keep = c.State
	keep.ID, keep.Question = c.ID, c.Question
	keep = keep.Graded(RehearsalAnswers[answer].Grade, now)
	r.counts[answer]++
	if r.first == "" || keep.Due < r.first {
		r.first = keep.Due
	}
	if RehearsalAnswers[answer].Grade < 3 {
		r.again = append(r.again, c)
	}
	r.at++
	return keep
}

// Done is the share that was asked, 0 to 1.
func (r *RehearsalRound) Done() float64 {
	return float64(r.at) / float64(max(len(r.cards)+len(r.again), 1))
}

// Progress says where the round is: "Card 2 of 9 · about 1 min left".
func (r *RehearsalRound) Progress() string {
	all := len(r.cards) + len(r.again)
	if r.at >= all {
		return Counted(len(r.cards), "card", "cards") + " rehearsed"
	}
	words := fmt.Sprintf("Card %d of %d", r.at+1, all)
	if r.Practice() {
		words += " · once more"
	}
	left := (all - r.at) * cardSeconds
	if left < 60 {
		return fmt.Sprintf("%s · about %d s left", words, left)
	}
	return fmt.Sprintf("%s · about %s left", words, MinutesWord((left+30)/60))
}

// Outcome says how it went and when the first card comes back: "6 known, 1 not
// known. The first comes back on 18 Nov".
func (r *RehearsalRound) Outcome(now time.Time) string {
	var parts []string
	for i := len(r.counts) - 1; i >= 0; i-- {
		if r.counts[i] > 0 {
			parts = append(parts, Counted(r.counts[i], strings.ToLower(RehearsalAnswers[i].Words), strings.ToLower(RehearsalAnswers[i].Words)))
		}
	}
	if len(parts) == 0 {
		return "Nothing was answered"
	}
	words := sentence(JoinAnd(parts))
	if due, err := time.ParseInLocation(time.DateOnly, r.first, now.Location()); err == nil {
		words += ". The first comes back on " + ShortDate(due, now)
	}
	return words
}
