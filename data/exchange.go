package data

import (
	"strings"
	"time"
)

// The ways by which a space is exchanged.
const (
	ByFolder = "folder"
	ByHub    = "hub"
	ByBundle = "bundle"
)

// An Exchange is one past exchange of a space, or several in a row of which nothing
// came or that failed alike.
type Exchange struct {
	Way     string    // ByFolder, ByHub or ByBundle
	At      time.Time // when the first of them ended
	Until   time.Time // when the last one did
	Times   int
	Came    int     // changes that were taken
	Sent    int     // pieces that were given
	KeptOut int     // changes whose authors were not allowed to make them
	Refused int     // pieces that cannot be used
	Reasons []Count // why those cannot be used
	Problem string  // why it did not go well, or ""
}

// CarriedBy is the way by which a space with a place is exchanged.
func CarriedBy(place string) string {
	switch {
	case strings.HasPrefix(place, "folder:"):
		return ByFolder
	case place != "":
		return ByHub
	}
	return ByBundle
}

// Quiet says whether it went well and nothing came of it.
func (e Exchange) Quiet() bool {
	return e.Problem == "" && e.Came+e.Sent+e.KeptOut+e.Refused == 0
}

// Like says whether the two are told in one line: both quiet, or failed for the same
// reason with nothing to show for it, by the same way.
func (e Exchange) Like(o Exchange) bool {
	return e.Way == o.Way && e.Problem == o.Problem && e.Came+e.Sent+e.KeptOut+e.Refused+o.Came+o.Sent+o.KeptOut+o.Refused == 0
}

// Words say how it went: "took 3 changes and gave 2 pieces", "nothing new on either
// side, 12 times", "the folder is not there".
func (e Exchange) Words() string {
	var did []string
	if e.Came > 0 {
		did = append(did, "took "+Counted(e.Came, "change", "changes"))
	}
	if e.Sent > 0 {
		did = append(did, "gave "+Counted(e.Sent, "piece", "pieces"))
	}
	if e.KeptOut > 0 {
		did = append(did, "kept "+Counted(e.KeptOut, "change", "changes")+" out")
	}
	if e.Refused > 0 {
		did = append(did, "refused "+Counted(e.Refused, "piece", "pieces"))
	}
	words := JoinAnd(did)
	switch {
	case e.Problem != "" && words != "":
		words += ", then failed: " + e.Problem
	case e.Problem != "":
		words = "failed: " + e.Problem
	case words == "":
		words = "nothing new on either side"
	}
	if e.Times > 1 {
		words += ", " + Counted(e.Times, "time", "times")
	}
	return words
}

// Why says why pieces were refused: "its seal is broken", with how many where there is
// more than one reason; "" where none was.
func (e Exchange) Why() string {
	var why []string
	for _, r := range e.Reasons {
		if len(e.Reasons) > 1 {
			why = append(why, Counted(r.N, "piece", "pieces")+": "+r.Reason)
		} else {
			why = append(why, r.Reason)
		}
	}
	return strings.Join(why, "; ")
}

// When says when it was: "Today 02:00", or "Today 02:00 to 03:10" for several.
func (e Exchange) When(now time.Time) string {
	if e.Times < 2 || !e.Until.After(e.At) {
		return DayAndClock(e.At, now)
	}
	if DayWord(e.At, now) == DayWord(e.Until, now) {
		return DayAndClock(e.At, now) + " to " + Clock(e.Until, now)
	}
	return DayAndClock(e.At, now) + " to " + DayAndClock(e.Until, now)
}
