package data

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// PlannedTouch is a touch that is about to be logged, drafted or planned.
type PlannedTouch struct {
	Channel Channel
	At      time.Time
	Text    string // what it is about, as far as it is known
}

// Warning says that a touch would go against a preference, and what would be
// better.
type Warning struct {
	Contact    Contact // whose wish it is, or who it is there that it is about
	Preference Preference
	Words      string // "third call this week; Ana asked for mail, at most weekly"
	Better     string // "write a mail instead", "" where nothing better is known
}

// AgainstWords say what a touch goes against and what would be better, each once:
// "Third mail in a week; Beatrice asked for at most 2 mails a week. Better wait,
// or put it into the next mail". "" for nothing.
func AgainstWords(list []Warning) string {
	var words, better []string
	for _, w := range list {
		words = append(words, w.Words)
		if w.Better != "" && !slices.Contains(better, w.Better) {
			better = append(better, w.Better)
		}
	}
	s := sentence(strings.Join(words, "; "))
	if len(better) > 0 {
		s += ". Better " + strings.Join(better, ", or ")
	}
	return s
}

// Wishes are how somebody likes to be dealt with, and what happened with them, the
// newest first.
type Wishes struct {
	Contact     Contact
	Preferences []Preference // theirs and their whole account's
	History     []Moment
}

// Against are the preferences that one touch with several people would go
// against. What a whole account wishes is said once.
func Against(t PlannedTouch, people []Wishes) (list []Warning) {
	seen := map[string]bool{}
	for _, p := range people {
		for _, w := range Breaches(t, p.Preferences, p.History, FirstName(p.Contact.Name)) {
			if id := w.Preference.ID; id == "" || !seen[id] {
				seen[id] = true
				w.Contact = p.Contact
				list = append(list, w)
			}
		}
	}
	return list
}

// BreachesOf are the warnings as what is remembered of them: the touch was made
// all the same, on a day, by somebody, for a reason. interaction is the touch,
// "" where it has not happened yet.
func BreachesOf(list []Warning, on time.Time, by, why, interaction string) (breaches []Breach) {
	for _, w := range list {
		breaches = append(breaches, Breach{
			Belongs:    Belongs{Account: w.Contact.AccountID, Contact: w.Contact.ID, Interaction: interaction},
			Preference: w.Preference.ID, Words: w.Words, On: on.Format(time.DateOnly), By: by, Why: strings.TrimSpace(why),
		})
	}
	return breaches
}

// ChannelOf is the channel of an interaction.
func ChannelOf(k Kind) Channel {
	switch k {
	case Mail:
		return ByMail
	case Call:
		return ByCall
	case Meet:
		return ByMeeting
	case Visit:
		return ByVisit
	}
	return ""
}

// Breaches are the preferences that a touch would go against, in the order of
// Rules. history is what happened with the contact; only preferences that hold
// count. name is what the contact is called.
func Breaches(t PlannedTouch, preferences []Preference, history []Moment, name string) (list []Warning) {
	for _, p := range preferences {
		if !p.Holds() {
			continue
		}
		if words := breach(t, p, history, name); words != "" {
			list = append(list, Warning{Preference: p, Words: words, Better: insteadOf(t, p, preferences)})
		}
	}
	slices.SortStableFunc(list, func(a, b Warning) int {
		return slices.Index(Rules, a.Preference.Rule) - slices.Index(Rules, b.Preference.Rule)
	})
	return list
}

func breach(t PlannedTouch, p Preference, history []Moment, name string) string {
	day := strings.ToLower(t.At.Format("Mon"))
	clock := t.At.Format("15:04")
	switch p.Rule {
	case AtMost:
		if p.Channel != "" && p.Channel != t.Channel {
			return ""
		}
		n := 1 + timesWithin(t, p, history)
		if n > p.Times {
			return fmt.Sprintf("%s %s %s; %s asked for %s", ordinal(n), channelWord(t.Channel), thisSpan(p.Days), name, lowerFirst(p.Words()))
		}
	case Hours:
		if (t.Channel == ByCall || t.Channel == ByVisit) && (len(p.Weekdays) == 0 || slices.Contains(p.Weekdays, day)) && (clock < p.From || clock >= p.To) {
			return fmt.Sprintf("%s is outside %s's hours, %s to %s", clock, name, p.From, p.To)
		}
	case Never:
		if (p.Channel == "" || p.Channel == t.Channel) && (len(p.Weekdays) == 0 || slices.Contains(p.Weekdays, day)) {
			return fmt.Sprintf("%s asked for %s", name, lowerFirst(p.Words()))
		}
	case Avoid:
		if p.Topic != "" && strings.Contains(strings.ToLower(t.Text), strings.ToLower(p.Topic)) {
			return fmt.Sprintf("%s does not like to talk about %s", name, p.Topic)
		}
	case Prefers:
		if p.Topic == "" && t.Channel != "" && p.Channel != t.Channel && (t.Channel == ByCall || t.Channel == ByMail) && (p.Channel == ByCall || p.Channel == ByMail) {
			return fmt.Sprintf("%s prefers %s", name, channelWord(p.Channel))
		}
	}
	return ""
}

// Left is how many more touches a preference allows at now, given what happened
// with whom it is about; -1 where it limits none.
func (p Preference) Left(history []Moment, now time.Time) int {
	if p.Rule != AtMost {
		return -1
	}
	return max(0, p.Times-timesWithin(PlannedTouch{Channel: p.Channel, At: now}, p, history))
}

// timesWithin counts the touches of ours by a preference's channel in its days
// before a touch. Mails count once for a conversation and day; what they began
// does not count.
func timesWithin(t PlannedTouch, p Preference, history []Moment) (n int) {
	from := t.At.AddDate(0, 0, -p.Days)
	seen := map[string]bool{}
	for _, m := range history {
		if m.Copied || !m.At.After(from) || m.At.After(t.At) || p.Channel != "" && ChannelOf(m.Kind) != p.Channel || m.Kind == Mail && m.Side != Us {
			continue
		}
		key := m.ID
		if m.Kind == Mail && m.Thread != "" {
			key = m.Thread + m.At.UTC().Format(time.DateOnly)
		}
		if !seen[key] {
			seen[key] = true
			n++
		}
	}
	return n
}

// insteadOf is what the other preferences would rather have.
func insteadOf(t PlannedTouch, p Preference, all []Preference) string {
	for _, other := range all {
		if other.Holds() && other.Rule == Prefers && other.Topic == "" && other.Channel != t.Channel {
			switch other.Channel {
			case ByMail:
				return "write a mail instead"
			case ByCall:
				return "call instead"
			case ByMeeting:
				return "put it on the next meeting"
			case ByVisit:
				return "say it at the next visit"
			}
		}
	}
	switch {
	case p.Rule == AtMost:
		return fmt.Sprintf("wait, or put it into the next %s", channelWord(t.Channel))
	case p.Rule == Hours:
		return fmt.Sprintf("wait until %s", p.From)
	}
	return ""
}

func channelWord(c Channel) string {
	if c == "" {
		return "contact"
	}
	return string(c)
}

func thisSpan(n int) string {
	switch n {
	case 1:
		return "today"
	case 7:
		return "in a week"
	case 30, 31:
		return "in a month"
	}
	return "in " + days(n)
}

func ordinal(n int) string {
	words := []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprintf("%dth", n)
}

// LearnPreferences reads from how a person answers what they seem to like: the
// hours in which they write, and the channel by which they answer. Each is an
// offer with its reason; nothing counts before a person confirms it. zone is
// where their clock is taken from. have are the preferences that are known,
// decided or offered; what they say already is not offered again.
func LearnPreferences(c Contact, history []Moment, have []Preference, zone *time.Location, now time.Time) (offers []Preference) {
	belongs := Belongs{Account: c.AccountID, Contact: c.ID}
	known := func(r Rule) bool {
		return slices.ContainsFunc(have, func(p Preference) bool { return p.Rule == r && p.Contact == c.ID })
	}
	if from, to, share, n := writingHours(history, zone, now); n >= learnFrom && share >= learnShare && !known(Hours) {
		offers = append(offers, Preference{Belongs: belongs, Rule: Hours, From: from, To: to, Learned: true,
			Why: fmt.Sprintf("%.0f%% of %d mails were written then", 100*share, n)})
	}
	if every := rhythmOfTheirs(history, now); every > 0 && !known(Every) {
		offers = append(offers, Preference{Belongs: belongs, Rule: Every, Days: every, Learned: true,
			Why: fmt.Sprintf("they write about every %s of themselves", days(every))})
	}
	return offers
}

// What is learned rests on so many mails of a year, and on such a share of them.
const (
	learnFrom  = 12
	learnShare = 0.8
)

// writingHours is the shortest span of whole hours, of at most six, in which
// they wrote most of their mails of a year.
func writingHours(history []Moment, zone *time.Location, now time.Time) (from, to string, share float64, n int) {
	var hours [24]int
	for _, m := range history {
		if m.Kind == Mail && m.Side != Us && !m.Copied && m.At.After(now.AddDate(-1, 0, 0)) && !m.At.After(now) {
			hours[m.At.In(zone).Hour()]++
			n++
		}
	}
	for span := 1; span <= 6 && share < learnShare; span++ {
		for h := 0; h+span <= 24; h++ {
			sum := 0
			for _, k := range hours[h : h+span] {
				sum += k
			}
			if s := float64(sum) / float64(max(n, 1)); s >= learnShare && s > share {
				from, to, share = fmt.Sprintf("%02d:00", h), fmt.Sprintf("%02d:00", h+span), s
			}
		}
	}
	return from, to, share, n
}

// rhythmOfTheirs is the median of the days between the conversations that they
// began in two years; 0 for too few to be a habit.
func rhythmOfTheirs(history []Moment, now time.Time) int {
	past, _ := parted(history, func(m Moment) bool { return !m.At.After(now) })
	slices.SortStableFunc(past, func(a, b Moment) int { return a.At.Compare(b.At) })
	begun := begunByThem(past, now.AddDate(-2, 0, 0))
	if len(begun) < learnFrom {
		return 0
	}
	return medianGap(begun)
}
