package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
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
