package data

import (
	"fmt"
	"slices"
	"time"
)

// TrustStage is how far a person has come with us: know, interest, trust. "" is
// before all of them.
type TrustStage string

// The stages, in order. None is skipped.
const (
	StageKnow     TrustStage = "know"
	StageInterest TrustStage = "interest"
	StageTrust    TrustStage = "trust"
)

// TrustStages lists the stages in order.
var TrustStages = []TrustStage{StageKnow, StageInterest, StageTrust}

// Step is a stage's place, 1 to 3; 0 before them.
func (s TrustStage) Step() int { return slices.Index(TrustStages, s) + 1 }

// StageVerdict is the stage of a contact with its evidence, and what the next
// stage still wants.
type StageVerdict struct {
	Stage    TrustStage
	Evidence []Receipt
	Next     string
}

// interestDays is how far back interest looks, and interestTimes how often they
// must have begun a conversation in it.
const (
	interestDays  = 180
	interestTimes = 2
)

// StageOf judges a contact's stage. Know: they answered or met us once.
// Interest: they began two conversations in 180 days. Trust: a person saw a sign
// of it. A stage is reached only through the one before.
func StageOf(history []Moment, signs []TrustSign, now time.Time) StageVerdict {
	v := StageVerdict{Next: "they answer, or we meet"}
	past, _ := parted(history, func(m Moment) bool { return !m.At.After(now) })
	slices.SortStableFunc(past, func(a, b Moment) int { return a.At.Compare(b.At) })
	first := slices.IndexFunc(past, Moment.TwoWay)
	if first < 0 {
		return v
	}
	v.Stage = StageKnow
	v.Evidence = append(v.Evidence, Receipt{Words: "first answered or met", Interaction: past[first].ID, At: past[first].At})
	begun := begunByThem(past, now.AddDate(0, 0, -interestDays))
	if len(begun) < interestTimes {
		v.Next = fmt.Sprintf("they begin %s with us within %d days", Counted(interestTimes-len(begun), "more conversation", "more conversations"), interestDays)
		return v
	}
	v.Stage, v.Next = StageInterest, "a sign of trust that one of us saw"
	for _, m := range begun {
		v.Evidence = append(v.Evidence, Receipt{Words: "began a conversation", Interaction: m.ID, At: m.At})
	}
	for _, s := range signs {
		if s.On <= now.Format(time.DateOnly) {
			v.Stage, v.Next = StageTrust, ""
			v.Evidence = append(v.Evidence, Receipt{Words: fmt.Sprintf("%s, as %s saw", s.Is, s.By), Interaction: s.Interaction, Part: s.ID})
		}
	}
	return v
}

// begunByThem are the first moments of the conversations that they began since a
// time, the newest first. past is in order.
func begunByThem(past []Moment, since time.Time) (begun []Moment) {
	seen := map[string]bool{}
	for _, m := range past {
		key := m.Thread
		if key == "" {
			key = m.ID
		}
		if seen[key] || m.Copied {
			continue
		}
		seen[key] = true
		if m.Kind == Mail && m.Side != Us && m.At.After(since) {
			begun = append(begun, m)
		}
	}
	slices.Reverse(begun)
	return begun
}
