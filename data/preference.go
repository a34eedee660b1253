package data

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// KindPreference and KindBreach are their names in the change log.
const (
	KindPreference = "preference"
	KindBreach     = "breach"
)

// Preference is one wish of a person, or of a whole account where Contact is "",
// about how they are dealt with. It counts once a person has confirmed it.
type Preference struct {
	Belongs
	Rule    Rule    `reg:"rule"`
	Channel Channel `reg:"channel"` // of Prefers, AtMost
	Topic   string  `reg:"topic"`   // of Prefers (for what) and Avoid
	Times   int     `reg:"times"`   // of AtMost: so many in Days
	Days    int     `reg:"days"`    // of AtMost, and of Every: the rhythm
	// From and To are hours of the day, 08:00; Weekdays are those that it is about,
	// mon to sun; of Hours and Never.
	From     string   `reg:"from"`
	To       string   `reg:"to"`
	Weekdays []string `reg:"weekday/"`
	// Learned says that it was read from how they answer, with the reason in Why;
	// Confirmed and Refused are the dates on which a person decided.
	Learned   bool   `reg:"learned"`
	Why       string `reg:"why"`
	Confirmed string `reg:"confirmed"`
	Refused   string `reg:"refused"`
}

// Rule is what a preference is about.
type Rule string

// The rules.
const (
	Prefers Rule = "prefers" // a channel, perhaps for a topic
	AtMost  Rule = "at most" // so many by a channel in so many days
	Hours   Rule = "hours"   // only within these hours
	Never   Rule = "never"   // not by this channel, or not on these days
	Avoid   Rule = "avoid"   // a topic
	Every   Rule = "every"   // the agreed rhythm in days
)

// Rules are all of them.
var Rules = []Rule{Prefers, AtMost, Hours, Never, Avoid, Every}

// Channel is a way to reach somebody.
type Channel string

// The channels. "" is any.
const (
	ByMail    Channel = "mail"
	ByCall    Channel = "call"
	ByMeeting Channel = "meeting"
	ByVisit   Channel = "visit"
)

// Channels are all of them.
var Channels = []Channel{ByMail, ByCall, ByMeeting, ByVisit}

// Weekdays are the names of days in preferences, Monday first.
var Weekdays = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// PartKind is KindPreference.
func (p Preference) PartKind() string { return KindPreference }

// Standing is open while nobody has refused it, without a date.
func (p Preference) Standing() (string, bool) { return "", p.Refused == "" }

// Holds says whether a person has confirmed it.
func (p Preference) Holds() bool { return p.Confirmed != "" && p.Refused == "" }

// Offered says whether it was learned and waits for somebody to decide.
func (p Preference) Offered() bool { return p.Learned && p.Confirmed == "" && p.Refused == "" }

// Check says why the preference cannot be kept, or nil.
func (p Preference) Check() error {
	if p.Account == "" && p.Contact == "" {
		return invalid("account", "say whose preference it is")
	}
	for _, d := range p.Weekdays {
		if !slices.Contains(Weekdays, d) {
			return invalid("weekday", "%q is not a day; use %s", d, strings.Join(Weekdays, ", "))
		}
	}
	return firstErr(p.checkRule(), checkOneOf("channel", p.Channel, Channels), checkHour("from", p.From), checkHour("to", p.To),
		checkDate("confirmed", p.Confirmed), checkDate("refused", p.Refused))
}

func (p Preference) checkRule() error {
	switch p.Rule {
	case Prefers:
		if p.Channel == "" {
			return invalid("channel", "say how they like to be reached: %s", strings.Join(wordsOf(Channels), ", "))
		}
	case AtMost:
		if p.Times < 1 || p.Days < 1 {
			return invalid("times", "say how often at most, and within how many days")
		}
	case Hours:
		if p.From == "" || p.To == "" || p.To <= p.From {
			return invalid("hours", "say from when to when, like 09:00 to 12:00")
		}
	case Never:
		if p.Channel == "" && len(p.Weekdays) == 0 {
			return invalid("channel", "say by which channel or on which days never")
		}
	case Avoid:
		if strings.TrimSpace(p.Topic) == "" {
			return invalid("topic", "say what to avoid")
		}
	case Every:
		if p.Days < 1 || p.Days > 3660 {
			return invalid("days", "a rhythm is a number of days, from 1 to 3660")
		}
	default:
		return invalid("rule", "%q is no rule; use %s", string(p.Rule), strings.Join(wordsOf(Rules), ", "))
	}
	return nil
}

func checkHour(field, s string) error {
	hour, minute, ok := strings.Cut(s, ":")
	h, hErr := strconv.Atoi(hour)
	m, mErr := strconv.Atoi(minute)
	if s == "" || ok && len(s) == 5 && hErr == nil && mErr == nil && h >= 0 && h <= 24 && m >= 0 && m < 60 {
		return nil
	}
	return invalid(field, "%q is not a time of day; write it like 09:00", s)
}

// Words say the preference in a few words: "Mail for facts", "At most 2 mails a
// week", "Between 08:00 and 09:00", "No calls on Mon".
func (p Preference) Words() string {
	switch p.Rule {
	case Prefers:
		return joinPresent(" for ", []string{sentence(string(p.Channel)), p.Topic})
	case AtMost:
		return fmt.Sprintf("At most %d %s %s", p.Times, p.Channel.plural(p.Times), every(p.Days))
	case Hours:
		return joinPresent(", ", []string{"Between " + p.From + " and " + p.To, p.days()})
	case Never:
		return joinPresent(" on ", []string{"No " + cmp.Or(p.Channel, "contact").plural(2), p.days()})
	case Avoid:
		return "Does not like to talk about " + p.Topic
	case Every:
		return fmt.Sprintf("In touch every %s", days(p.Days))
	}
	return ""
}

func (p Preference) days() string {
	var list []string
	for _, d := range Weekdays {
		if slices.Contains(p.Weekdays, d) {
			list = append(list, sentence(d))
		}
	}
	return strings.Join(list, ", ")
}

func (c Channel) plural(n int) string {
	switch {
	case c == "" && n == 1:
		return "contact"
	case c == "":
		return "contacts"
	case c == "contact":
		return "contact"
	case n == 1:
		return string(c)
	}
	return string(c) + "s"
}

// every is "a week", "a month", "in 10 days".
func every(days int) string {
	switch days {
	case 1:
		return "a day"
	case 7:
		return "a week"
	case 30, 31:
		return "a month"
	case 90, 91, 92:
		return "a quarter"
	case 365, 366:
		return "a year"
	}
	return fmt.Sprintf("in %d days", days)
}

func days(n int) string {
	if n == 1 {
		return "day"
	}
	return strconv.Itoa(n) + " days"
}

// Breach is a touch that went against a preference, kept so that it can be
// counted. Belongs.Interaction is the touch.
type Breach struct {
	Belongs
	Preference string `reg:"preference"` // Preference.ID
	Words      string `reg:"words"`      // what was broken
	On         string `reg:"on"`         // date
	By         string `reg:"by"`         // who of us
	Why        string `reg:"why"`        // why all the same, "" where nobody said
}

// PartKind is KindBreach.
func (b Breach) PartKind() string { return KindBreach }

// Standing is closed; it is a record of a date.
func (b Breach) Standing() (string, bool) { return b.On, false }

// Check says why it cannot be kept, or nil.
func (b Breach) Check() error {
	if b.Preference == "" || b.Words == "" || b.On == "" {
		return invalid("preference", "say what was broken, and when")
	}
	return checkDate("on", b.On)
}

// SortBreaches puts the latest first.
func SortBreaches(list []Breach) {
	slices.SortStableFunc(list, func(a, b Breach) int {
		return cmp.Or(strings.Compare(b.On, a.On), b.RecordedAt.Compare(a.RecordedAt), strings.Compare(a.ID, b.ID))
	})
}

// PreferencesOf are those of a contact and those of their whole account.
func PreferencesOf(list []Preference, c Contact) []Preference {
	own, _ := parted(list, func(p Preference) bool {
		return p.Contact == c.ID || p.Contact == "" && p.Account == c.AccountID
	})
	return own
}
