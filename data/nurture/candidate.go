package nurture

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
)

// How long a fact calls for something, in days.
const (
	freshDays    = 14             // a first meeting, a stage
	orderDays    = 30             // a first order
	quietDays    = 30             // silence where no rhythm was agreed
	renewalDays  = 90             // before the end
	birthdayDays = 7              // before the day
	newsDays     = 7              // what they published
	patience     = 24 * time.Hour // before a question is called unanswered
)

// Candidates are all suggestions that facts call for, before wishes and answers
// are looked at, the most pressing first. Each contact has at most one of each
// trigger, and each fact makes one.
func Candidates(f Facts, now time.Time) []Suggestion {
	list := slices.Concat(f.questions(now), f.meetings(now), f.orders(now), f.stages(now), f.renewals(now), f.birthdays(now), f.news(now), f.quiet(now))
	seen := map[string]bool{}
	list = slices.DeleteFunc(list, func(s Suggestion) bool {
		again := seen[s.Key]
		seen[s.Key] = true
		return again
	})
	slices.SortStableFunc(list, func(a, b Suggestion) int {
		return cmp.Or(slices.Index(Triggers, a.Trigger)-slices.Index(Triggers, b.Trigger), a.On.Compare(b.On),
			strings.Compare(a.Contact.Name, b.Contact.Name), strings.Compare(a.Key, b.Key))
	})
	return list
}

// suggest fills what all suggestions have; none for somebody who is not known, or
// whose account asks for nothing but answers.
func (f Facts) suggest(s Suggestion, contact, mark string) []Suggestion {
	c, ok := f.Contacts[contact]
	a, known := f.Accounts[c.AccountID]
	if !ok || !known || a.Archived != "" {
		return nil
	}
	if s.Trigger != Question && (a.Care == data.Transactional || a.Mode == data.WindDown) {
		return nil
	}
	s.Contact, s.Account = c, a
	s.Key = string(s.Trigger) + "/" + c.ID + "/" + mark
	s.ID = idOf(s.Key)
	s.Words = strings.ReplaceAll(s.Words, "[name]", data.FirstName(c.Name))
	if s.Because.Contact == "" {
		s.Because.Contact = c.ID
	}
	return []Suggestion{s}
}

// idOf is short and begins with a letter, so that it is never taken for a number.
func idOf(key string) string {
	sum := sha256.Sum256([]byte(key))
	return "n" + hex.EncodeToString(sum[:4])
}

func (f Facts) questions(now time.Time) (list []Suggestion) {
	for _, w := range f.Waiting {
		if w.Asks == "" || now.Sub(w.Since) < patience {
			continue
		}
		list = append(list, f.suggest(Suggestion{Trigger: Question, Way: Draft, Words: "Answer [name]'s question", Fact: w.Asks, On: w.Since,
			Because: data.Receipt{Words: fmt.Sprintf("asked on %s, nobody answered: “%s”", data.ShortDate(w.Since, now), w.Asks), Interaction: w.Interaction.ID, At: w.Since},
		}, w.Person.Contact, w.Interaction.ID)...)
	}
	return list
}

func (f Facts) meetings(now time.Time) (list []Suggestion) {
	for _, m := range f.Met {
		if m.Receipt.At.After(now) || data.DaysBetween(m.Receipt.At, now) > freshDays {
			continue
		}
		title := m.Receipt.Words
		because := m.Receipt
		because.Words = fmt.Sprintf("your first meeting was on %s: %s", data.ShortDate(because.At, now), title)
		list = append(list, f.suggest(Suggestion{Trigger: FirstMeeting, Way: Draft, Words: "Write to [name] after your first meeting", Fact: title, On: because.At, Because: because}, m.Contact, because.Interaction)...)
	}
	return list
}

func (f Facts) orders(now time.Time) (list []Suggestion) {
	for _, o := range f.Orders {
		on, err := time.ParseInLocation(time.DateOnly, o.On, now.Location())
		if err != nil || on.After(now) || data.DaysBetween(on, now) > orderDays {
			continue
		}
		list = append(list, f.suggest(Suggestion{Trigger: FirstOrder, Way: Draft, Words: "Thank [name] for the first order", Fact: o.What, On: on,
			Because: data.Receipt{Words: "the first order is of " + data.ShortDate(on, now), At: on}}, f.Main[o.Account], o.Account)...)
	}
	return list
}

// stages are those that a contact came to within freshDays: yesterday's evidence
// judged as of then says less.
func (f Facts) stages(now time.Time) (list []Suggestion) {
	for contact, history := range f.Recent {
		before := now.AddDate(0, 0, -freshDays)
		was, is := data.StageOf(history, known(f.Signs[contact], before), before), data.StageOf(history, f.Signs[contact], now)
		if is.Stage.Step() <= was.Stage.Step() || is.Stage == data.StageKnow {
			continue // who we know for the first time is met, or answered
		}
		because := is.Evidence[len(is.Evidence)-1]
		at := because.At
		if at.IsZero() {
			at = signedOn(f.Signs[contact], because.Part)
		}
		because.Words = fmt.Sprintf("reached %s: %s", is.Stage, because.Words)
		list = append(list, f.suggest(Suggestion{Trigger: Stage, Way: Content, Words: "Send [name] something that fits", Stage: is.Stage, On: at, Because: because}, contact, string(is.Stage))...)
	}
	return list
}

// signedOn is the day of a sign, by its ID.
func signedOn(signs []data.TrustSign, id string) time.Time {
	for _, s := range signs {
		if day, err := time.Parse(time.DateOnly, s.On); err == nil && s.ID == id {
			return day
		}
	}
	return time.Time{}
}

func known(signs []data.TrustSign, at time.Time) []data.TrustSign {
	return slices.DeleteFunc(slices.Clone(signs), func(s data.TrustSign) bool { return s.On > at.Format(time.DateOnly) })
}

func (f Facts) renewals(now time.Time) (list []Suggestion) {
	for _, w := range f.Ends {
		ends, err := time.ParseInLocation(time.DateOnly, w.Ends, now.Location())
		if err != nil || w.With != data.WithUs || ends.Before(now) || -data.DaysBetween(ends, now) > renewalDays {
			continue
		}
		list = append(list, f.suggest(Suggestion{Trigger: Renewal, Way: Step, Words: "Plan the talk about renewal with [name]", On: ends, Due: now.AddDate(0, 0, 14),
			Because: data.Receipt{Words: fmt.Sprintf("what they have with you ends on %s, in %s", data.ShortDate(ends, now), data.Counted(-data.DaysBetween(ends, now), "day", "days")), Part: w.ID, At: ends}},
			f.Main[w.Account], w.ID+"/"+w.Ends)...)
	}
	return list
}

// allowed are the bases on which a birthday may be spoken of.
var allowed = []data.Basis{data.Consent, data.MadePublic}

func (f Facts) birthdays(now time.Time) (list []Suggestion) {
	for _, b := range f.Birthdays {
		day, _, ok := data.Anniversary(b.Value, now)
		if !ok || b.Until != "" || -data.DaysBetween(day, now) > birthdayDays {
			continue
		}
		when := "is on " + data.ShortDate(day, now)
		if data.DaysBetween(day, now) == 0 {
			when = "is today"
		}
		s := Suggestion{Trigger: Birthday, Way: Draft, Words: "Wish [name] a happy birthday", On: day, Due: day, Because: data.Receipt{Words: "the birthday " + when, Part: b.ID, At: day}}
		if !slices.Contains(allowed, b.Basis) {
			s.Held = fmt.Sprintf("the birthday is kept on the basis of %s; greet with it only after asking", b.Basis)
		}
		list = append(list, f.suggest(s, b.Contact, day.Format("2006"))...)
	}
	return list
}

// news are a reason to get in touch while they are news.
func (f Facts) news(now time.Time) (list []Suggestion) {
	for _, i := range f.News {
		if i.At.After(now) || data.DaysBetween(i.At, now) > newsDays {
			continue
		}
		list = append(list, f.suggest(Suggestion{Trigger: News, Way: Draft, Words: "Write to [name] about their news", Fact: i.Subject, On: i.At,
			Because: data.Receipt{Words: fmt.Sprintf("published on %s: “%s”", data.ShortDate(i.At, now), i.Subject), Interaction: i.ID, At: i.At}}, f.Main[i.Account], i.ID)...)
	}
	return list
}

func (f Facts) quiet(now time.Time) (list []Suggestion) {
	for _, t := range f.Quiet {
		if t.Contact.ID == "" || t.Warmth.Band == data.NeverSpoke || t.Late < 1 {
			continue
		}
		rhythm := t.Warmth.Interval.From == data.Agreed || t.Warmth.Interval.From == data.TheirWish
		if !rhythm && t.Warmth.Silence < quietDays {
			continue
		}
		list = append(list, f.suggest(Suggestion{Trigger: Quiet, Way: Draft, Words: "Write to [name]; it is quiet", On: t.Due,
			Because: data.Receipt{Words: t.Why, At: t.Warmth.Last.At}}, t.Contact.ID, t.Warmth.Last.At.UTC().Format(time.RFC3339))...)
	}
	return list
}
