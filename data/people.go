package data

import (
	"fmt"
	"strings"
	"time"

	"rapport/data/text"
)

// TitleOf is what an interaction is called: its subject, else its first words,
// else what it is.
func TitleOf(i Interaction) string {
	switch {
	case i.Subject != "":
		return i.Subject
	case i.Kind == Mail:
		return "No subject"
	case i.Kind == Meet:
		return "Meeting without a title"
	case i.Preview != "":
		return i.Preview
	}
	return sentence(string(i.Kind))
}

// Second says who did what with whom, and how long, "Anna to you" or "60 min ·
// Priya, Tomas with Piotr, Leon". What lies ahead of now begins "Planned.".
func Second(i Interaction, you You, now time.Time) string { return you.second(i, now) }

func (y You) second(i Interaction, now time.Time) string {
	s := y.doing(i)
	if i.Planned(now) {
		s = strings.TrimSpace("Planned. " + y.room(i.People, true))
	}
	if i.Cancelled {
		s = strings.TrimSuffix("Cancelled · "+s, " · ")
	}
	if len(i.SeenBy) > 0 && i.Source != SharedByTeam {
		s += " · seen by " + JoinAnd(i.SeenBy)
	}
	return s
}

func (y You) doing(i Interaction) string {
	switch i.Kind {
	case Mail:
		return y.mail(i.People)
	case Press:
		return "They published it · " + i.Source
	case Call:
		return y.call(i)
	case Note:
		if us := ours(i.People); len(us) > 0 {
			return "Note by " + y.name(us[0])
		}
		return "Note"
	}
	return joinDots(length(i), y.room(i.People, false))
}

// mail is "Anna to you", "You to Anna, Leon", "Anna to Leon, copied to you".
func (y You) mail(people []Participant) string {
	if len(people) == 0 {
		return "Nobody is named"
	}
	var to, rest []Participant
	copied := false
	for _, p := range people[1:] {
		switch {
		case p.Part == "to" && y.Is(p):
			to = append([]Participant{p}, to...)
		case p.Part == "to":
			to = append(to, p)
		default:
			copied = copied || y.Is(p)
			rest = append(rest, p)
		}
	}
	if len(to) == 0 {
		to, copied = rest, false
	}
	s := sentence(y.name(people[0]))
	if len(to) > 0 {
		s += " to " + y.names(to, 3)
	}
	if copied && !y.Is(people[0]) {
		s += ", copied to you"
	}
	return s
}

// call is "Tomas called Piotr, 14 min" or, when nobody said who called, "Call
// with Piotr".
func (y You) call(i Interaction) string {
	us, them := sides(i.People)
	s := "Call"
	switch {
	case len(us) > 0 && len(them) > 0 && i.Direction == In:
		s = fmt.Sprintf("%s called %s", sentence(y.names(them, 3)), y.names(us, 3))
	case len(us) > 0 && len(them) > 0:
		s = fmt.Sprintf("%s called %s", sentence(y.names(us, 3)), y.names(them, 3))
	case len(them) > 0:
		s = "Call with " + y.names(them, 3)
	case len(us) > 0:
		s = "Call by " + y.names(us, 3)
	}
	if l := length(i); l != "" {
		s += ", " + l
	}
	return s
}

// room is "Priya, Tomas with Piotr, Leon"; theirsFirst turns it round.
func (y You) room(people []Participant, theirsFirst bool) string {
	us, them := sides(people)
	if theirsFirst {
		us, them = them, us
	}
	switch {
	case len(us) == 0 && len(them) == 0:
		return ""
	case len(us) == 0:
		return "With " + y.names(them, 4)
	case len(them) == 0:
		return sentence(y.names(us, 4))
	}
	return sentence(y.names(us, 4)) + " with " + y.names(them, 4)
}

func length(i Interaction) string {
	if i.AllDay || i.Minutes <= 0 {
		return ""
	}
	return minutesShort(i.Minutes)
}

// minutesShort is a meeting's length: in minutes up to two hours, as calendars
// say it, then in hours.
func minutesShort(minutes int) string {
	if minutes <= 120 {
		return fmt.Sprintf("%d min", minutes)
	}
	return MinutesWord(minutes)
}

func sides(people []Participant) (us, them []Participant) {
	return parted(people, func(p Participant) bool { return p.Side == Us })
}

func ours(people []Participant) []Participant { us, _ := sides(people); return us }

// name is what a participant is called in a short line.
func (y You) name(p Participant) string {
	if y.Is(p) {
		return "you"
	}
	return FirstName(text.Name(p.Name, p.Email))
}

// names lists at most n first names, "Anna, Leon" or "Anna, Leon and 5 more".
func (y You) names(people []Participant, n int) string {
	var list []string
	for _, p := range people {
		list = append(list, y.name(p))
	}
	if len(list) <= n+1 {
		return strings.Join(list, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(list[:n], ", "), len(list)-n)
}

// joinDots and joinCommas join what is there.
func joinDots(parts ...string) string   { return joinPresent(" · ", parts) }
func joinCommas(parts ...string) string { return joinPresent(", ", parts) }

func joinPresent(sep string, parts []string) string {
	present, _ := parted(parts, func(p string) bool { return p != "" })
	return strings.Join(present, sep)
}
