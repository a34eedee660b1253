package listen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/stats"
	"rapport/data/text"
)

// Turn is a mail of a conversation with who wrote it.
type Turn struct {
	data.Turn
	Interaction string
	By          data.Participant
}

// Slowing is that somebody's answers take longer than theirs did.
type Slowing struct {
	Who     data.Participant // zero where it is the whole account
	Lately  []Answer         // the answers of late, oldest first
	Earlier int              // how many there were before
	Before  time.Duration    // what half of those took at most
	Now     time.Duration    // what half of those of late took at most
	Chance  float64          // that chance alone would have it so
}

// Answer is one of theirs to a mail of ours.
type Answer struct {
	Took        time.Duration
	At          time.Time
	Interaction string
	by          data.Participant
}

// When answers are slower: so many of late, within so many days, against so many
// before; half as quick at least, and a day longer at least; and chance alone would
// have it so in one of a hundred cases at most.
const (
	slowLately  = 5
	slowSpan    = 90 * 24 * time.Hour
	slowEarlier = 8
	slowTimes   = 2
	slowMore    = 24 * time.Hour
	slowChance  = 0.01
	slowLoud    = 4 // times as long is more than a whisper
	slowRest    = 90 * 24 * time.Hour
	slowGivenUp = 30 * 24 * time.Hour
)

// Slower says who of an account answers more slowly than they themselves did: each
// person's last five answers against those before them, by their ranks (stats.RanksHigher),
// so that one holiday moves nothing. Where it is nobody alone, it looks at the account
// as a whole. Turns are oldest first; an answer ends a wait for the whole account, and
// counts as that of whoever wrote it.
func Slower(turns []Turn) (list []Slowing) {
	answers := answersIn(turns)
	people := map[string][]Answer{}
	for _, a := range answers {
		key := cmp.Or(a.by.Contact, a.by.Email)
		people[key] = append(people[key], a)
	}
	for _, own := range people {
		if s, ok := slowing(own); ok {
			s.Who = own[len(own)-1].by
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Slowing) int {
		return cmp.Or(cmp.Compare(a.Who.Contact, b.Who.Contact), cmp.Compare(a.Who.Email, b.Who.Email))
	})
	if len(list) > 0 || len(people) < 2 {
		return list
	}
	if s, ok := slowing(answers); ok {
		list = append(list, s)
	}
	return list
}

// answersIn are theirs to ours, oldest first. What took longer than a month counts as
// a month.
func answersIn(turns []Turn) (list []Answer) {
	waits := map[string]time.Time{}
	for _, t := range turns {
		since, waiting := waits[t.Thread]
		switch {
		case t.Ours && !waiting:
			waits[t.Thread] = t.At
		case !t.Ours && waiting:
			delete(waits, t.Thread)
			list = append(list, Answer{Took: min(t.At.Sub(since), slowGivenUp), At: t.At, Interaction: t.Interaction, by: t.By})
		}
	}
	return list
}

func slowing(answers []Answer) (s Slowing, slow bool) {
	if len(answers) < slowLately+slowEarlier {
		return s, false
	}
	late, before := answers[len(answers)-slowLately:], answers[:len(answers)-slowLately]
	if late[len(late)-1].At.Sub(late[0].At) > slowSpan {
		return s, false
	}
	s = Slowing{Lately: late, Earlier: len(before), Before: middle(before), Now: middle(late), Chance: stats.RanksHigher(hours(late), hours(before))}
	return s, s.Now >= slowTimes*s.Before && s.Now-s.Before >= slowMore && s.Chance <= slowChance
}

func middle(answers []Answer) time.Duration {
	took := make([]time.Duration, len(answers))
	for i, a := range answers {
		took[i] = a.Took
	}
	slices.Sort(took)
	return took[(len(took)-1)/2]
}

func hours(answers []Answer) []float64 {
	list := make([]float64, len(answers))
	for i, a := range answers {
		list[i] = a.Took.Hours()
	}
	return list
}

// Propose is what slower answers may mean to say, while they are of the last month.
func (s Slowing) Propose(account string, now time.Time) (Proposal, bool) {
	last := s.Lately[len(s.Lately)-1]
	if last.At.After(now) || now.Sub(last.At) > slowGivenUp {
		return Proposal{}, false
	}
	whose, who := "Their", ""
	if s.Who != (data.Participant{}) {
		who = text.Name(s.Who.Name, s.Who.Email)
		whose = data.FirstName(who) + "'s"
	}
	level := data.Whisper
	if s.Now >= slowLoud*s.Before {
		level = data.Chatter
	}
	var times []string
	for _, a := range s.Lately {
		times = append(times, fmt.Sprintf("%s on %s", data.Age(a.Took), data.ShortDate(a.At, now)))
	}
	return Proposal{Who: cmp.Or(who, "Several of them"),
		Because: fmt.Sprintf("half of the last %d took %s or more (%s), half of the %d before %s at most; chance alone: %s",
			len(s.Lately), data.Age(s.Now), strings.Join(times, ", "), s.Earlier, data.Age(s.Before), chanceWords(s.Chance)),
		Feedback: data.Feedback{Belongs: data.Belongs{Account: account, Contact: s.Who.Contact, Interaction: last.Interaction},
			Words: fmt.Sprintf("%s answers take %s now; they took %s before", whose, data.Age(s.Now), data.Age(s.Before)),
			Level: level, Theme: SlowerAnswers, On: now.Format(time.DateOnly)}}, true
}

func chanceWords(p float64) string {
	if p < 0.001 {
		return "less than 1 in 1,000"
	}
	return fmt.Sprintf("%.0f in 1,000", p*1000)
}
