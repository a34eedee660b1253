package data

import (
	"cmp"
	"slices"
	"time"
)

// MailCalendarID is the Calendar.ID of what invitations in mail say.
const MailCalendarID = "invitations"

// Invitation is what one mail says about one meeting.
type Invitation struct {
	UID string
	// Method is how it is meant: REQUEST, PUBLISH, ADD, CANCEL, REPLY or COUNTER.
	Method string
	// ICS is its text, with the zones that it names.
	ICS string
	// Sender is the address that the mail is from, At its date.
	Sender string
	At     time.Time
}

// Response is what somebody who is invited answers by mail.
type Response struct {
	UID string
	// RecurrenceID is the date that it is about, as an Occurrence has it; "" is
	// the whole meeting.
	RecurrenceID string
	From         Address
	// Answer is as Attendee has it, "" where they only propose another time.
	Answer string
	// Sequence is the version of the meeting that they answer, Stamp (unix
	// seconds) when they did.
	Sequence int
	Stamp    int64
	// Start and End are the time that they propose instead; zero for none.
	Start, End time.Time
}

// OtherTime is another time that somebody invited proposes.
type OtherTime struct {
	By    Address   `json:"by"`
	Start time.Time `json:"start"`
	End   time.Time `json:"end"`
	Stamp int64     `json:"stamp"`
}

// OneDate makes one of the versions that several calendars have of one date, at
// least one, whatever their order. The newest by its sequence counts for time and
// place, of equal ones the organiser's own, then the one written last. Whoever
// any of them of that state names was invited, and the last answer that somebody
// gave counts. A version that a mail from somebody else than the organiser brought
// counts only where there is no other. replies are those to the meeting, of any
// date; own says whose addresses are our own.
func OneDate(versions []Occurrence, replies []Response, own func(email string) bool) Occurrence {
	list := slices.SortedFunc(slices.Values(versions), func(a, b Occurrence) int { return byWeight(a, b, own) })
	if one := slices.IndexFunc(list, func(o Occurrence) bool { return o.Sender == "" }); one >= 0 {
		list = slices.DeleteFunc(list, func(o Occurrence) bool { return o.Sender != "" })
	}
	o := list[0]
	o.Free = takesNoTime(list)
	current := slices.DeleteFunc(list[1:], func(v Occurrence) bool {
		return v.Sequence < o.Sequence && !(v.Start.Equal(o.Start) && v.End.Equal(o.End))
	})
	room := guests{list: slices.Clone(o.Attendees), said: make([]int64, len(o.Attendees))}
	for i := range room.said {
		room.said[i] = o.Stamp
	}
	for _, v := range current {
		o.Organizer = cmp.Or(o.Organizer, v.Organizer)
		o.Summary, o.Place = cmp.Or(o.Summary, v.Summary), cmp.Or(o.Place, v.Place)
		for _, a := range v.Attendees {
			room.hear(a, v.Stamp)
		}
	}
	o.OtherTimes = nil
	for _, r := range latestResponses(replies) {
		if r.UID != o.UID || r.RecurrenceID != "" && r.RecurrenceID != o.RecurrenceID || r.Sequence < o.Sequence {
			continue
		}
		room.hear(Attendee{Address: r.From, Answer: r.Answer}, r.Stamp)
		if !r.Start.IsZero() && !(r.Start.Equal(o.Start) && r.End.Equal(o.End)) {
			o.OtherTimes = append(o.OtherTimes, OtherTime{By: r.From, Start: r.Start, End: r.End, Stamp: r.Stamp})
		}
	}
	o.Attendees = room.list
	return o
}

// takesNoTime says whether a date is free in every calendar that has it. What a
// mail says counts only where no calendar does: it cannot know the reader's day.
func takesNoTime(versions []Occurrence) bool {
	free, calendars := false, 0
	for _, v := range versions {
		if v.Calendar == MailCalendarID {
			continue
		}
		if calendars++; calendars > 1 {
			free = free && v.Free
		} else {
			free = v.Free
		}
	}
	return calendars > 0 && free || calendars == 0 && versions[0].Free
}

// byWeight sorts versions of one date, the one that counts most first.
func byWeight(a, b Occurrence, own func(string) bool) int {
	proved := func(o Occurrence) int { return boolInt(o.Sender == "") }
	organisers := func(o Occurrence) int {
		if own(o.Organizer.Email) {
			return boolInt(o.Calendar != MailCalendarID)
		}
		return boolInt(o.Calendar == MailCalendarID)
	}
	return cmp.Or(
		cmp.Compare(proved(b), proved(a)),
		cmp.Compare(b.Sequence, a.Sequence),
		cmp.Compare(organisers(b), organisers(a)),
		cmp.Compare(b.Stamp, a.Stamp),
		cmp.Compare(a.Calendar, b.Calendar),
	)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// guests are who is invited, and when each was last heard of.
type guests struct {
	list []Attendee
	said []int64
}

// hear takes over an answer that is newer than the one known, and invites whoever
// was not known.
func (g *guests) hear(a Attendee, at int64) {
	i := slices.IndexFunc(g.list, func(b Attendee) bool { return a.Email == b.Email && (a.Email != "" || a.Name == b.Name) })
	if i < 0 {
		g.list, g.said = append(g.list, a), append(g.said, at)
		return
	}
	known := &g.list[i]
	known.Name = cmp.Or(known.Name, a.Name)
	if a.Answer != "" && (at > g.said[i] || known.Answer == "") {
		known.Answer, g.said[i] = a.Answer, at
	}
}

// latestResponses are of each person and date the last one, in the order in which
// they were given.
func latestResponses(replies []Response) []Response {
	sorted := slices.SortedFunc(slices.Values(replies), func(a, b Response) int {
		return cmp.Or(cmp.Compare(a.Stamp, b.Stamp), cmp.Compare(a.Sequence, b.Sequence), cmp.Compare(a.From.Email, b.From.Email),
			cmp.Compare(a.RecurrenceID, b.RecurrenceID), cmp.Compare(a.Answer, b.Answer), a.Start.Compare(b.Start), a.End.Compare(b.End))
	})
	var list []Response
	for _, r := range sorted {
		list = slices.DeleteFunc(list, func(l Response) bool {
			return l.UID == r.UID && l.From.Email == r.From.Email && l.RecurrenceID == r.RecurrenceID
		})
		list = append(list, r)
	}
	return list
}

// MeetingBefore is how a date of a meeting stood before it changed.
type MeetingBefore struct {
	// Until is when it was found to be otherwise.
	Until      time.Time `json:"until"`
	Start, End time.Time
	Place      string
	Cancelled  bool
}
