package data

import (
	"time"

	"rapport/data/text"
)

// RemarkKind is what a remark is about.
type RemarkKind int

// The kinds of remarks.
const (
	RemarkSender RemarkKind = iota // the invitation is from somebody else than who leads it
	RemarkOther                    // somebody asks for another time
	RemarkFree                     // it takes no time
	RemarkOff                      // it was called off
	RemarkOn                       // it was taken up again
	RemarkMoved                    // it was at another time
)

// Remark is something to be said of a meeting beside when and where it is.
type Remark struct {
	Kind  RemarkKind
	Words string // "Moved from Tue 17 Nov, 10:30 to 11:30"
	// At is when it was said or noticed; zero where nobody noted it.
	At time.Time
}

// Noted says when it was said or noticed: "noticed Thu 12 Nov 09:10"; "" where
// nobody noted it.
func (r Remark) Noted(now time.Time) string {
	switch {
	case r.At.IsZero():
		return ""
	case r.Kind == RemarkOther:
		return "said " + DayAndClock(r.At, now)
	}
	return "noticed " + DayAndClock(r.At, now)
}

// MeetingRemarks are what is known of a meeting's date beyond its time: who it is
// from where that is not who leads it, other times that people ask for, and how it
// came to stand as it does, the latest first. now gives the zone and the words of
// days.
func MeetingRemarks(a Agenda, now time.Time) (list []Remark) {
	if a.Sender != "" {
		list = append(list, Remark{Kind: RemarkSender, Words: "The invitation came from " + a.Sender + ", not from who leads the meeting"})
	}
	for _, o := range a.OtherTimes {
		list = append(list, Remark{Kind: RemarkOther, Words: otherTimeWords(a, o, now), At: timeOfStamp(o.Stamp)})
	}
	if a.Free {
		list = append(list, Remark{Kind: RemarkFree, Words: "Marked as free: it takes none of your time"})
	}
	for i := len(a.Before) - 1; i >= 0; i-- {
		is := MeetingBefore{Start: a.Start, End: a.End, Place: a.Occurrence.Place, Cancelled: a.Cancelled}
		if i+1 < len(a.Before) {
			is = a.Before[i+1]
		}
		list = append(list, changeRemarks(a.Before[i], is, a.AllDay, now)...)
	}
	return list
}

// timeOfStamp is the moment of unix seconds, zero for 0.
func timeOfStamp(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

// otherTimeWords say what somebody asks for: "Anna asks for 11:00 to 12:00", with
// its day where that is another one.
func otherTimeWords(a Agenda, o OtherTime, now time.Time) string {
	who, start := FirstName(text.Name(o.By.Name, o.By.Email)), o.Start.In(now.Location())
	if a.AllDay || DaysBetween(a.Start.In(now.Location()), start) != 0 {
		return who + " asks for " + MeetingWhen(Occurrence{Start: o.Start, End: o.End}, nil, now)
	}
	words := who + " asks for " + Clock(start, now)
	if end := o.End.In(now.Location()); end.After(start) && DaysBetween(start, end) == 0 {
		words += " to " + Clock(end, now)
	}
	return words
}

// changeRemarks say how a date changed: one remark for being called off or taken
// up again, one for its time.
func changeRemarks(was, is MeetingBefore, allDay bool, now time.Time) (list []Remark) {
	before := Occurrence{Start: was.Start, End: was.End, AllDay: allDay}
	if allDay && !was.End.After(was.Start) {
		before.End = was.Start.AddDate(0, 0, 1)
	}
	add := func(kind RemarkKind, words string) {
		list = append(list, Remark{Kind: kind, Words: words, At: was.Until})
	}
	switch {
	case !was.Cancelled && is.Cancelled:
		add(RemarkOff, "Called off")
	case was.Cancelled && !is.Cancelled:
		add(RemarkOn, "Taken up again")
	}
	switch {
	case !was.Start.Equal(is.Start):
		add(RemarkMoved, "Moved from "+MeetingWhen(before, nil, now))
	case !was.End.Equal(is.End) && !allDay:
		add(RemarkMoved, "It was "+MeetingWhen(before, nil, now))
	}
	if place := PlaceWords(was.Place); len(list) > 0 && place != "" && place != PlaceWords(is.Place) {
		list[len(list)-1].Words += ", in " + place
	}
	return list
}
