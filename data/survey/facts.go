package survey

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// Facts are all that is known of all surveys.
type Facts struct {
	Surveys  []data.Survey
	Asks     []data.SurveyAsk
	Answers  []data.SurveyAnswer
	Feedback []data.Feedback
	Contacts map[string]data.Contact // by ID, of those whom these name
}

// Of is what belongs to one survey, with the answers to those before it.
func (f Facts) Of(s data.Survey) Given {
	g := Given{Survey: s, Contacts: f.Contacts, Feedback: f.Feedback}
	for _, a := range f.Asks {
		if a.Survey == s.ID {
			g.Asks = append(g.Asks, a)
		}
	}
	for _, a := range f.Answers {
		if a.Survey == s.ID {
			g.Answers = append(g.Answers, a)
		} else {
			g.Before = append(g.Before, a)
		}
	}
	for _, other := range f.Surveys {
		if other.ID != s.ID {
			g.BeforeSurveys = append(g.BeforeSurveys, other)
		}
	}
	return g
}

// Newest are the surveys, the one made last first.
func (f Facts) Newest() []data.Survey {
	list := slices.Clone(f.Surveys)
	slices.SortStableFunc(list, func(a, b data.Survey) int {
		return cmp.Or(-strings.Compare(a.On, b.On), -a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
	})
	return list
}

// Every is how many days there are between two surveys of an account, by its tier:
// twice a year for the best, once for others. An account without a tier is asked as
// the last.
var Every = map[data.Tier]int{data.TierA: 182, data.TierB: 365, data.TierC: 365}

// Due is an account that should be asked again.
type Due struct {
	Account data.Account
	Last    string // the date on which anybody there was asked last, "" for never
	On      string // the date since which it is due
}

// DueAgain are the accounts whose people should be asked again by a day of now's
// zone: those due longest first, those never asked after them. Archived accounts
// are left alone.
func (f Facts) DueAgain(accounts []data.Account, now time.Time) (list []Due) {
	last := map[string]string{}
	for _, a := range f.Asks {
		last[a.Account] = max(last[a.Account], a.On)
	}
	today := now.Format(time.DateOnly)
	for _, a := range accounts {
		if a.Archived != "" {
			continue
		}
		d := Due{Account: a, Last: last[a.ID]}
		if at, err := time.Parse(time.DateOnly, d.Last); err == nil {
			d.On = at.AddDate(0, 0, cmp.Or(Every[a.Tier], Every[data.TierC])).Format(time.DateOnly)
		}
		if d.On <= today {
			list = append(list, d)
		}
	}
	slices.SortStableFunc(list, func(a, b Due) int {
		return cmp.Or(boolOrder(a.On != "", b.On != ""), strings.Compare(a.On, b.On), strings.Compare(string(a.Account.Tier), string(b.Account.Tier)),
			strings.Compare(a.Account.Name, b.Account.Name))
	})
	return list
}
