package data

import (
	"slices"
	"time"
)

// A KeptChange is a change that touches nothing, since its author was not allowed to
// make it: what it would do, and why it is kept out.
type KeptChange struct {
	Log     string
	Counter uint64
	Person  string // Member.ID of whose laptop wrote it; "" where no record says
	By      string // their name, or ""
	Why     string
	At      time.Time // by the clock of whoever wrote it
	ThingRef
	Title string // what the thing is called as it stands here; its kind where it is not here
	Deed  Deed   // wrote, deleted, kept or erased
	Field string // "" of the whole thing
	Value string
}

// Who is who wrote the change: a name, or that nobody knows.
func (k KeptChange) Who() string {
	if k.By == "" {
		return "somebody who is not known"
	}
	return k.By
}

// WhyWords say why the change is kept out, as a clause.
func (k KeptChange) WhyWords() string {
	switch k.Why {
	case "unknown device":
		return "nobody told whose laptop wrote it"
	case "not a member":
		return "its author was no member then"
	case "withdrawn laptop":
		return "its laptop was withdrawn"
	case "not allowed":
		return "its author’s role did not allow it"
	}
	return k.Why
}

// Words say what the change would do: "account “Kestrel”: sector is to be “Art”".
func (k KeptChange) Words(now time.Time) string {
	what := ThingWord(k.Kind)
	if k.Title != "" && k.Title != k.Kind {
		what += " “" + k.Title + "”"
	}
	switch {
	case k.Deed == DeedDeleted:
		return what + ": to be deleted"
	case k.Deed == DeedKept:
		return what + ": to be kept"
	case k.Deed == DeedErased:
		return what + ": " + FieldWord(k.Kind, k.Field) + " to be erased"
	case k.Deed != DeedWrote:
		return what + ": something that a newer version wrote"
	case k.Value == "":
		return what + ": " + FieldWord(k.Kind, k.Field) + " to be taken away"
	}
	return what + ": " + FieldWord(k.Kind, k.Field) + " to be “" + FieldValue(FormOf(k.Kind, k.Field, k.Value), k.Value, nil, now) + "”"
}

// KeptByAuthor are changes that are kept out by who wrote them, in the order in which
// each author is first met.
func KeptByAuthor(list []KeptChange) (parts [][]KeptChange) {
	for _, k := range list {
		at := slices.IndexFunc(parts, func(of []KeptChange) bool { return of[0].Person == k.Person })
		if at < 0 {
			at, parts = len(parts), append(parts, nil)
		}
		parts[at] = append(parts[at], k)
	}
	return parts
}
