package nurture

import (
	"fmt"
	"strings"
	"time"

	"rapport/data"
)

// Line is a piece of a mail with where it comes from, so that whoever sends it
// knows what it rests on.
type Line struct {
	Words string
	From  string // "their mail of 12 Nov", "the library: Planning a night test"
	data.Receipt
}

// Letter is a mail begun for a suggestion: what it says, and what each piece rests
// on. It is a beginning; a person words it.
type Letter struct {
	Draft data.Draft
	Lines []Line
}

// Write begins the mail of a suggestion from an address. Nothing in it is made up:
// what is not a fact is an open place in square brackets for the person.
func Write(s Suggestion, from data.Answer, now time.Time) Letter {
	l := Letter{Draft: data.Draft{Mailbox: from.Mailbox, From: from.From, Subject: subject(s)}}
	if len(s.Contact.Emails) > 0 {
		l.Draft.To = []data.Address{{Name: s.Contact.Name, Email: s.Contact.Emails[0]}}
	}
	l.say("Dear "+data.FirstName(s.Contact.Name)+",", "their name")
	for _, line := range body(s, now) {
		line.Receipt = s.Because
		l.Lines = append(l.Lines, line)
	}
	if from.From.Name != "" {
		l.say("Kind regards,\n"+from.From.Name, "your name")
	}
	var parts []string
	for _, line := range l.Lines {
		parts = append(parts, line.Words)
	}
	l.Draft.Text = strings.Join(parts, "\n\n")
	return l
}

func (l *Letter) say(words, from string) { l.Lines = append(l.Lines, Line{Words: words, From: from}) }

func subject(s Suggestion) string {
	switch s.Trigger {
	case Question:
		return "Your question"
	case FirstMeeting:
		return "Our meeting"
	case FirstOrder:
		return "Thank you"
	case Birthday:
		return "Happy birthday"
	case News:
		return "Your news"
	case Stage:
		if s.Bring.Title != "" {
			return s.Bring.Title
		}
	}
	return ""
}

const open = "open: yours to say"

func body(s Suggestion, now time.Time) []Line {
	switch s.Trigger {
	case Question:
		return []Line{
			{Words: fmt.Sprintf("On %s you asked: “%s”", data.ShortDate(s.On, now), s.Fact), From: "their mail of " + data.ShortDate(s.On, now)},
			{Words: "[Your answer]", From: open},
		}
	case FirstMeeting:
		words := fmt.Sprintf("Thank you for the time on %s.", data.ShortDate(s.On, now))
		if s.Fact != "" {
			words = fmt.Sprintf("Thank you for the time on %s (%s).", data.ShortDate(s.On, now), s.Fact)
		}
		return []Line{{Words: words, From: "the meeting of " + data.ShortDate(s.On, now)}, {Words: "[What you take from it, and what you do next]", From: open}}
	case FirstOrder:
		words := fmt.Sprintf("Thank you for your first order, of %s.", data.ShortDate(s.On, now))
		if s.Fact != "" {
			words = fmt.Sprintf("Thank you for your first order of %s: %s.", data.ShortDate(s.On, now), s.Fact)
		}
		return []Line{{Words: words, From: "the order of " + data.ShortDate(s.On, now)}, {Words: "[Who looks after them from now on, and what happens first]", From: open}}
	case Birthday:
		return []Line{{Words: "All the best for your birthday.", From: "the fact birthday"}, {Words: "[A word of your own]", From: open}}
	case News:
		return []Line{
			{Words: fmt.Sprintf("I read what you published on %s: “%s”.", data.ShortDate(s.On, now), s.Fact), From: "their news of " + data.ShortDate(s.On, now)},
			{Words: "[What it means for them, and what you could do about it]", From: open},
		}
	case Stage:
		if s.Bring.Title == "" {
			return []Line{{Words: "[What they gain next, and why now]", From: open}}
		}
		words := strings.TrimSpace(s.Bring.Text)
		if s.Bring.Link != "" {
			words = strings.TrimSpace(words + "\n" + s.Bring.Link)
		}
		return []Line{{Words: "[Why it fits them]", From: open}, {Words: words, From: "the library: " + s.Bring.Title}}
	}
	return []Line{{Words: "[How they are, and what is new for them]", From: open}}
}

// MakeStep is the step that a suggestion asks for, in the account's plan.
func MakeStep(s Suggestion, owner string, now time.Time) data.Step {
	due := s.Due
	if due.IsZero() || due.Before(now) {
		due = now.AddDate(0, 0, 2)
	}
	step := data.Step{Belongs: data.Belongs{Account: s.Account.ID, Contact: s.Contact.ID, Interaction: s.Because.Interaction}, What: s.Words, Due: due.Format(time.DateOnly), Inside: true}
	if owner != "" {
		step.Owners = []string{owner}
	}
	return step
}

// Said is a person's answer to a suggestion.
func Said(s Suggestion, said data.NurtureSaid, now time.Time) data.NurtureAnswer {
	return data.NurtureAnswer{Belongs: data.Belongs{Account: s.Account.ID, Contact: s.Contact.ID, Interaction: s.Because.Interaction},
		Key: s.Key, Words: s.Words, Said: said, On: now.Format(time.DateOnly)}
}

// restDays is how long "not now" holds where no date is named.
const restDays = 14

// NotNow is the answer that puts a suggestion off to a date, for two weeks where
// none is named.
func NotNow(s Suggestion, until string, now time.Time) data.NurtureAnswer {
	a := Said(s, data.NurtureNotNow, now)
	if a.Until = until; until == "" {
		a.Until = now.AddDate(0, 0, restDays).Format(time.DateOnly)
	}
	return a
}
