package data

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data/text"
)

// FollowUp is a meeting after another one, as it is offered as a file or put into
// a calendar of the user's own. Rapport invites nobody by it.
type FollowUp struct {
	UID     string    `json:"uid"`
	Summary string    `json:"summary"`
	Start   time.Time `json:"start"`
	End     time.Time `json:"end"`
	Me      Address   `json:"me"`
	With    []Address `json:"with,omitempty"`
	// At is when it was written.
	At time.Time `json:"at"`
}

// FollowUpWish is what a person wants of a follow-up; the zero value leaves all to the
// meeting that it follows.
type FollowUpWish struct {
	Start   time.Time
	Minutes int
	Summary string
}

// FollowUpOf is the meeting that follows another: with the same people but for
// ourselves and who declined, a week later at the same time of the day, or so many
// weeks later that it lies ahead. zone is where the day is counted; random is
// unique and of letters and digits; me is whose calendar it is for. Neither the
// place nor a link to a call goes along.
func FollowUpOf(m Agenda, w FollowUpWish, me Address, zone *time.Location, random string, now time.Time) (FollowUp, error) {
	f := FollowUp{UID: MessageIDFor(random, me.Email), Me: me, At: now, Start: w.Start, Summary: strings.Join(strings.Fields(w.Summary), " ")}
	if f.Summary == "" {
		f.Summary = cmp.Or(m.Summary, "Meeting")
		if !strings.HasPrefix(strings.ToLower(f.Summary), "follow-up") {
			f.Summary = "Follow-up: " + f.Summary
		}
	}
	length := m.End.Sub(m.Start)
	switch {
	case w.Minutes > 0:
		length = time.Duration(w.Minutes) * time.Minute
	case m.AllDay, length <= 0:
		length = time.Hour
	}
	if f.Start.IsZero() {
		f.Start = weekAfter(m, zone, now)
	}
	f.End = f.Start.Add(length)
	if length > 24*time.Hour {
		return f, invalid("minutes", "a follow-up lasts at most a day")
	}
	if !f.Start.After(now) {
		return f, invalid("at", "the follow-up would lie in the past; say when with a day to come")
	}
	for _, p := range m.People {
		if p.Side == Us && p.Email == me.Email || p.Answer == "declined" || p.Email == "" {
			continue
		}
		if !slices.ContainsFunc(f.With, func(a Address) bool { return a.Email == p.Email }) {
			f.With = append(f.With, p.Address)
		}
	}
	return f, nil
}

// Words say when it is and with whom.
func (f FollowUp) Words(now time.Time) string {
	words := f.Summary + ", " + DayAndClock(f.Start, now)
	switch len(f.With) {
	case 0:
	case 1:
		words += ", with " + f.With[0].String()
	default:
		words += ", with " + f.With[0].String() + " and " + Counted(len(f.With)-1, "other", "others")
	}
	return words
}

// weekAfter is the same time of the day a week after a meeting, or as many weeks
// later as it takes to lie ahead. What lasted all day is followed at ten.
func weekAfter(m Agenda, zone *time.Location, now time.Time) time.Time {
	if place, err := time.LoadLocation(m.Zone); err == nil && m.Zone != "" {
		zone = place
	}
	start := m.Start.In(zone)
	if day, err := time.Parse(time.DateOnly, m.StartDate); err == nil && m.AllDay {
		start = day
	}
	if m.AllDay {
		start = time.Date(start.Year(), start.Month(), start.Day(), 10, 0, 0, 0, zone)
	}
	weeks := 1
	if behind := now.Sub(start); behind > 0 {
		weeks += int(behind / (7 * 24 * time.Hour))
	}
	next := start.AddDate(0, 0, 7*weeks)
	for !next.After(now) {
		weeks++
		next = start.AddDate(0, 0, 7*weeks)
	}
	return next
}

// FollowUpDraft is a follow-up as a person types it.
type FollowUpDraft struct {
	Summary string
	Day     string // "Tue 24 Nov", "in 2 weeks", "2026-11-24"
	Clock   string // "10:30", "10", "2 pm"
	Takes   string // "45 min", "1 h", "45"
}

// Draft is the follow-up as it is proposed, in words that Wish reads alike.
func (f FollowUp) Draft(now time.Time) FollowUpDraft {
	start := f.Start.In(now.Location())
	d := FollowUpDraft{Summary: f.Summary, Day: DayName(start, now), Clock: Clock(start, now), Takes: HoursWords(f.End.Sub(f.Start).Minutes())}
	if start.Year() != now.Year() {
		d.Day = start.Format(time.DateOnly)
	}
	return d
}

// Wish reads what a person typed, in now's zone; what is left empty is left to the
// meeting. *Invalid says what cannot be read.
func (d FollowUpDraft) Wish(now time.Time) (w FollowUpWish, err error) {
	w.Summary = d.Summary
	if w.Minutes, err = minutesTyped(d.Takes); err != nil {
		return w, err
	}
	day, ok := text.DueDay(d.Day, now)
	if !ok {
		return w, invalid("day", "write the day like Friday, in 2 weeks, 5 December or 2026-12-05")
	}
	if day.IsZero() && strings.TrimSpace(d.Clock) == "" {
		return w, nil
	}
	hour, minute, ok := clockTyped(d.Clock)
	switch {
	case day.IsZero():
		return w, invalid("day", "say on which day, like Friday or 5 December")
	case !ok:
		return w, invalid("begins", "write the time like 10:30 or 2 pm")
	}
	w.Start = time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, now.Location())
	return w, nil
}

// minutesTyped reads a length of time, 0 for nothing written.
func minutesTyped(s string) (int, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, nil
	}
	if n, err := strconv.Atoi(s); err == nil && n > 0 && n <= 24*60 {
		return n, nil
	}
	if took, span, ok := text.Duration(s); ok && span == [2]int{0, len(s)} && took >= time.Minute {
		return int(took.Minutes()), nil
	}
	return 0, invalid("takes", "write how long like 45 min or 1 h, a day at most")
}

var clockPattern = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|h|uhr)?$`)

// clockTyped reads a time of the day.
func clockTyped(s string) (hour, minute int, ok bool) {
	at := clockPattern.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if at == nil {
		return 0, 0, false
	}
	hour, _ = strconv.Atoi(at[1]) // digits only
	if at[2] != "" {
		minute, _ = strconv.Atoi(at[2])
	}
	switch half := at[3]; {
	case half != "am" && half != "pm":
	case hour < 1 || hour > 12:
		return 0, 0, false
	default:
		hour %= 12
		if half == "pm" {
			hour += 12
		}
	}
	return hour, minute, hour < 24 && minute < 60
}

// FollowUpOn is when the follow-up of a meeting would be on a date, 2006-01-02: at
// the meeting's time of the day in zone, at ten of one that lasted all day. The
// zero time of no date, and of one that is over.
func FollowUpOn(m Agenda, date string, zone *time.Location, now time.Time) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, date, zone)
	if err != nil {
		return time.Time{}
	}
	hour, minute := 10, 0
	if start := m.Start.In(zone); !m.AllDay {
		hour, minute = start.Hour(), start.Minute()
	}
	at := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone)
	if !at.After(now) {
		return time.Time{}
	}
	return at
}

// PutWords say what a yes writes and where: into which calendar, the entry as it
// will stand there, and what is not done.
func (f FollowUp) PutWords(calendar, server string, now time.Time) string {
	words := "Rapport writes one entry into your calendar “" + calendar + "” on " + server + ": “" + f.Summary + "”, " +
		MeetingWhen(Occurrence{Start: f.Start, End: f.End}, nil, now) + ". "
	switch len(f.With) {
	case 0:
	case 1:
		words += "That it is with " + f.With[0].String() + " is noted for Rapport only. "
	default:
		words += "That it is with " + f.With[0].String() + " and " + Counted(len(f.With)-1, "other", "others") + " is noted for Rapport only. "
	}
	return words + "Nobody is invited by it, and nothing that is there is changed."
}

// WaitingEntry is an entry that waits to go into a calendar.
type WaitingEntry struct {
	FollowUp
	Calendar string // its name
	Problem  string // why it has not left, "" while it was not tried
}
