package survey

import (
	"fmt"
	"slices"
	"time"

	"rapport/data"
)

// restDays is how many days somebody is left alone between two surveys.
const restDays = 30

// Invitee is somebody who may be asked.
type Invitee struct {
	Contact data.Contact
	Address data.Address
	Ask     data.SurveyAsk // the one that is there already, when they are reminded; else a new one
	Skip    string         // why they are not asked, or ""
	// Against are wishes that the mail would go against; by Heed they are reasons to
	// skip.
	Against []data.Warning
}

// Heed leaves out those whose wishes the mail would go against.
func Heed(list []Invitee) {
	for i := range list {
		if list[i].Skip == "" && len(list[i].Against) > 0 {
			list[i].Skip = data.AgainstWords(list[i].Against)
		}
	}
}

// Asked are those of the list who are asked.
func Asked(list []Invitee) []Invitee {
	return slices.DeleteFunc(slices.Clone(list), func(i Invitee) bool { return i.Skip != "" })
}

// Audience says of each of the chosen whether the survey goes to them: once each,
// and not to who was asked in another within a month. again reminds those who were
// asked and did not answer, and nobody else.
func (f Facts) Audience(s data.Survey, chosen []data.Contact, again bool, now time.Time) []Invitee {
	seen := map[string]bool{}
	var list []Invitee
	for _, c := range chosen {
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		list = append(list, f.invitee(s, c, again, now))
	}
	return list
}

func (f Facts) invitee(s data.Survey, c data.Contact, again bool, now time.Time) Invitee {
	i := Invitee{Contact: c, Ask: data.SurveyAsk{Belongs: data.Belongs{Account: c.AccountID, Contact: c.ID}, Survey: s.ID, On: now.Format(time.DateOnly)}}
	have, other := f.asked(s, c)
	switch {
	case len(c.Emails) == 0:
		i.Skip = "has no mail address"
	case c.AccountID == "":
		i.Skip = "belongs to no account"
	case again && have.ID == "":
		i.Skip = "was not asked yet"
	case again && f.answered(have):
		i.Skip = "has answered"
	case again && have.Again != "":
		i.Skip = "was reminded once, which is enough"
	case !again && have.ID != "":
		i.Skip = "was asked on " + have.On
	case !again && other != "" && other > now.AddDate(0, 0, -restDays).Format(time.DateOnly):
		i.Skip = fmt.Sprintf("was asked in another survey on %s, less than %d days ago", other, restDays)
	}
	if len(c.Emails) > 0 {
		i.Address = data.Address{Name: c.Name, Email: c.Emails[0]}
	}
	if again {
		i.Ask = have
		i.Ask.Again = now.Format(time.DateOnly)
	}
	return i
}

// asked is how somebody was asked in this survey, and when last in another.
func (f Facts) asked(s data.Survey, c data.Contact) (have data.SurveyAsk, other string) {
	for _, a := range f.Asks {
		switch {
		case a.Contact != c.ID:
		case a.Survey == s.ID:
			have = a
		default:
			other = max(other, a.On)
		}
	}
	return have, other
}

func (f Facts) answered(a data.SurveyAsk) bool {
	return slices.ContainsFunc(f.Answers, func(one data.SurveyAnswer) bool { return one.Ask == a.ID && one.Refused == "" })
}
