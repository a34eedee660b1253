package data

import (
	"fmt"
	"math"
	"time"
)

// The dials of a contact: the warmth, and the three that it is made from.
const (
	WarmthDial  DialKind = "warmth"
	Recency     DialKind = "recency"
	Frequency   DialKind = "frequency"
	Reciprocity DialKind = "reciprocity"
)

// ContactDials are how the relationship with one contact stands, each number with
// every fact behind it. All are unknown until they spoke with us, as the first then says. history is what
// happened with them.
func ContactDials(s ContactStanding, history []Moment, rules WarmthRules, now time.Time) []OverviewDial {
	w := s.Warmth
	kinds := []DialKind{WarmthDial, Recency, Frequency, Reciprocity}
	dials := make([]OverviewDial, len(kinds))
	for i, k := range kinds {
		dials[i].Dial = Dial{Kind: k, Of: 100, Known: w.Band != NeverSpoke && w.Band != ""}
	}
	if !dials[0].Known {
		dials[0].Words = sentence(Warmth{Band: NeverSpoke}.Words()[0])
		return dials
	}
	words := append(w.Words(), "nobody wrote first yet")
	for i, share := range []float64{float64(w.Score) / 100, w.Recency, w.Frequency, w.Reciprocity} {
		dials[i].Value = int(math.Round(100 * share))
		dials[i].Words = sentence(words[max(i-1, 0)])
	}
	dials[0].Words = sentence(string(w.Band)) + trendWords(s)
	all := momentReceipts(w.Receipts, s.Contact)
	dials[0].Lines = append([]Receipt{{Words: fmt.Sprintf("rhythm %.2f × (%.2g + %.2g × often %.2f + %.2g × give and take %.2f)",
		w.Recency, rules.Base, rules.Frequency, w.Frequency, rules.Mutual, w.Reciprocity)}}, all...)
	dials[1].Lines = momentReceipts([]Moment{w.Last}, s.Contact)
	dials[2].Lines = all
	dials[3].Lines = momentReceipts(directed(history, w, rules, now), s.Contact)
	return dials
}

// trendWords are ", up 5 in 90 days", "" where they had not spoken then.
func trendWords(s ContactStanding) string {
	points, ok := s.Trend()
	switch {
	case !ok:
		return ""
	case points > 0:
		return fmt.Sprintf(", up %d in %d days", points, VelocityDays)
	case points < 0:
		return fmt.Sprintf(", down %d in %d days", -points, VelocityDays)
	}
	return fmt.Sprintf(", as %d days ago", VelocityDays)
}

// directed are the moments that the reciprocity of a warmth was weighed from, in
// the order of the history.
func directed(history []Moment, w Warmth, rules WarmthRules, now time.Time) (list []Moment) {
	from := now.Add(-daysLong(rules.Directed * float64(max(w.Interval.Days, 1))))
	for _, m := range history {
		if !m.At.After(now) && !m.At.Before(from) && !m.Copied && !noContact(m.Kind) {
			list = append(list, m)
		}
	}
	return list
}

func momentReceipts(list []Moment, c Contact) (lines []Receipt) {
	for _, m := range list {
		lines = append(lines, Receipt{Words: momentWords(m, c), Interaction: m.ID, At: m.At})
	}
	return lines
}
