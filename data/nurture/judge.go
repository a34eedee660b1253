package nurture

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// noSellDays is how long nothing is sold: to whom we know for the first time, and
// after one of their wishes was gone against.
const noSellDays = 30

// Judge says of each candidate by which channel it is best done, what keeps it
// back, what of the library fits, and what a person answered. A suggestion that
// brings content and has none to bring is a plain mail.
func Judge(list []Suggestion, f Facts, now time.Time) []Suggestion {
	list = slices.Clone(list)
	for i := range list {
		s := &list[i]
		if s.Held == "" {
			s.Held = f.held(*s, now)
		}
		if s.Held == "" {
			s.Channel, s.Held = channel(*s, f.Wishes[s.Contact.ID], now)
		}
		f.bring(s)
		if s.Trigger == Quiet {
			s.Because.Interaction = lastOf(f.Wishes[s.Contact.ID].History, s.Because.At)
		}
		if s.Way == Draft && s.Channel != data.ByMail && s.Channel != "" {
			s.Way = Step
			s.Words = byChannel(s.Words, s.Channel, data.FirstName(s.Contact.Name))
		}
		s.Answer = f.answerTo(*s, now)
	}
	return list
}

// lastOf is the contact that took place at a moment, by its Interaction.ID.
func lastOf(history []data.Moment, at time.Time) string {
	i := slices.IndexFunc(history, func(m data.Moment) bool { return m.TwoWay() && m.At.Equal(at) })
	if i < 0 {
		return ""
	}
	return history[i].ID
}

// byChannel says what a mail would have been by another channel.
func byChannel(words string, c data.Channel, name string) string {
	verbs := map[data.Channel]string{data.ByCall: "Call " + name, data.ByVisit: "Visit " + name, data.ByMeeting: "Meet " + name}
	for _, mail := range []string{"Write to " + name, "Wish " + name + " a happy birthday", "Thank " + name, "Answer " + name + "'s question"} {
		if rest, ok := strings.CutPrefix(words, mail); ok {
			tail := map[string]string{"Wish " + name + " a happy birthday": ": the birthday", "Thank " + name: " with thanks", "Answer " + name + "'s question": " with the answer"}[mail]
			return verbs[c] + tail + rest
		}
	}
	return words
}

func (f Facts) held(s Suggestion, now time.Time) string {
	for _, rule := range f.LeftOut {
		for _, email := range s.Contact.Emails {
			if rule.Kind == data.OutSender && rule.Pattern == email || rule.Kind == data.OutDomain && "@"+text.Domain(email) == rule.Pattern {
				return "you left out mail of " + strings.TrimPrefix(rule.Pattern, "@")
			}
		}
	}
	for _, a := range f.Answers {
		if a.Said == data.NurtureNever && a.Contact == s.Contact.ID {
			return fmt.Sprintf("you want no suggestions for %s, since %s", s.Contact.Name, a.On)
		}
	}
	if !s.Trigger.sells() {
		return ""
	}
	return f.noSell(s, now)
}

// noSell says why nothing is sold to somebody just now, or "".
func (f Facts) noSell(s Suggestion, now time.Time) string {
	from := now.AddDate(0, 0, -noSellDays).Format(time.DateOnly)
	for _, b := range f.Breaches {
		theirs := b.Contact == s.Contact.ID || b.Contact == "" && b.Account == s.Account.ID
		if theirs && b.On > from && b.On <= now.Format(time.DateOnly) {
			return fmt.Sprintf("on %s a wish of theirs was gone against; nothing is sold for %d days", b.On, noSellDays)
		}
	}
	history := f.Wishes[s.Contact.ID].History
	if n := len(history); n > 0 && history[n-1].At.After(now.AddDate(0, 0, -noSellDays)) {
		return fmt.Sprintf("you know %s since %s; nothing is sold in the first %d days", data.FirstName(s.Contact.Name), data.ShortDate(history[n-1].At, now), noSellDays)
	}
	return ""
}

// channel is the first that no wish is against: the one they like, then mail, then
// the others. A mail needs an address.
func channel(s Suggestion, w data.Wishes, now time.Time) (data.Channel, string) {
	order := []data.Channel{data.ByMail, data.ByCall, data.ByMeeting, data.ByVisit}
	for _, p := range w.Preferences {
		if p.Holds() && p.Rule == data.Prefers && p.Topic == "" {
			order = slices.Insert(order, 0, p.Channel)
		}
	}
	first := ""
	for _, c := range order {
		if c == data.ByMail && len(s.Contact.Emails) == 0 || s.Way == Content && c != data.ByMail {
			continue
		}
		against := data.Breaches(data.PlannedTouch{Channel: c, At: now, Text: s.Words + "\n" + s.Fact}, w.Preferences, w.History, data.FirstName(s.Contact.Name))
		if len(against) == 0 {
			return c, ""
		}
		if first == "" {
			first = against[0].Words
		}
	}
	if first == "" {
		first = "no mail address of theirs is known"
	}
	return "", first
}

// bring adds what of the library fits a stage: that of the stage before what fits
// any, the newest first, and nothing that they got already.
func (f Facts) bring(s *Suggestion) {
	if s.Way != Content {
		return
	}
	best := -1
	for i, c := range f.Content {
		if c.Retired != "" || c.Stage != "" && c.Stage != s.Stage {
			continue
		}
		if best < 0 || f.Content[best].Stage == "" && c.Stage != "" || (f.Content[best].Stage == "") == (c.Stage == "") && c.On > f.Content[best].On {
			best = i
		}
	}
	if best < 0 {
		s.Way, s.Words = Draft, "Write to "+data.FirstName(s.Contact.Name)+" about what comes next"
		return
	}
	s.Bring = f.Content[best]
	s.Words = fmt.Sprintf("Send %s “%s”", data.FirstName(s.Contact.Name), s.Bring.Title)
}

// answerTo is what a person answered to it last.
func (f Facts) answerTo(s Suggestion, now time.Time) (found data.NurtureAnswer) {
	for _, a := range f.Answers {
		if a.Key == s.Key && (found.Key == "" || a.On > found.On || a.On == found.On && !found.Holds(now)) {
			found = a
		}
	}
	return found
}
