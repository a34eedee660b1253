package data

import (
	"encoding/json"
	"slices"
	"strings"
)

// KindObservation is its name in the change log: what one member tells the others
// of a space of a mail on an account's timeline.
const KindObservation = "observation"

// ObservationField is its only register. One value, so that what is told of a mail
// is told whole, and taken back whole.
const ObservationField = "seen"

// SharedByTeam is the source of a mail that only colleagues have, and told of.
const SharedByTeam = "shared by colleagues"

// observedText is how many letters of a mail's text are told, observedFiles how
// many names of files.
const (
	observedText  = 20000
	observedFiles = 50
)

// Observed is what leaves of a mail, as it travels: under the name that the mail
// has in the space, people by their IDs only, since the members know them, and
// without who tells it, which the change itself says.
func (s Shared) Observed(wire string) string {
	s.ID, s.By = wire, ""
	s.With = slices.Clone(s.With)
	for i := range s.With {
		s.With[i].Name = ""
	}
	if letters := []rune(s.Text); len(letters) > observedText {
		s.Text = string(letters[:observedText]) + " …"
	}
	s.Attached = s.Attached[:min(len(s.Attached), observedFiles)]
	body, err := json.Marshal(s)
	if err != nil {
		panic("bug: " + err.Error())
	}
	return string(body)
}

// ReadObserved reads what Observed wrote, on whatever laptop; false for what tells
// of no mail of an account.
func ReadObserved(value string) (Shared, bool) {
	var s Shared
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return Shared{}, false
	}
	whole := strings.HasPrefix(s.ID, "~") && s.Account != "" && !s.At.IsZero() && s.Others >= 0
	return s, whole && slices.Contains([]Direction{In, Out, Both}, s.Direction)
}

// TellsLess says whether something that was told before is not told any more, so
// that it has to be taken back.
func (s Shared) TellsLess(before Shared) bool {
	less := func(now, was string) bool { return was != "" && now != was }
	return less(s.Subject, before.Subject) || less(s.Text, before.Text) ||
		slices.ContainsFunc(before.Attached, func(name string) bool { return !slices.Contains(s.Attached, name) }) ||
		slices.ContainsFunc(before.With, func(p SharedPerson) bool {
			return !slices.ContainsFunc(s.With, func(now SharedPerson) bool { return now.Contact == p.Contact })
		})
}

// Union is one mail as several members told of it, whatever the order: all that
// any of them told. Of texts and subjects that differ it is the longest. Who told
// of it stands in By, joined.
func Union(list []Shared) (u Shared) {
	var by []string
	for i, s := range list {
		if i == 0 || s.At.Before(u.At) {
			u.At = s.At
		}
		u.ID, u.Account, u.Others = s.ID, max(u.Account, s.Account), max(u.Others, s.Others)
		u.Direction = max(u.Direction, s.Direction)
		u.Subject, u.Text = richer(u.Subject, s.Subject), richer(u.Text, s.Text)
		u.Attached = addNew(u.Attached, s.Attached...)
		by = addNew(by, s.By)
		for _, p := range s.With {
			if at := slices.IndexFunc(u.With, func(have SharedPerson) bool { return have.Contact == p.Contact }); at < 0 {
				u.With = append(u.With, p)
			} else {
				u.With[at].Name = richer(u.With[at].Name, p.Name)
			}
		}
	}
	slices.Sort(u.Attached)
	slices.Sort(by)
	slices.SortFunc(u.With, func(a, b SharedPerson) int { return strings.Compare(a.Contact, b.Contact) })
	u.By = JoinAnd(slices.DeleteFunc(by, func(name string) bool { return name == "" }))
	return u
}

// richer is the longer of two words, of two as long the later one in the alphabet,
// so that the order does not matter.
func richer(a, b string) string {
	if len(b) > len(a) || len(b) == len(a) && b > a {
		return b
	}
	return a
}

func addNew(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// ObservedTitle stands in place of a subject that was not told.
func ObservedTitle(s Shared) string {
	switch {
	case s.Subject != "":
		return s.Subject
	case s.By == "":
		return "Private to a colleague"
	}
	return "Private to " + s.By
}

// ObservedReason says why a mail that only colleagues have is on a timeline.
func ObservedReason(s Shared) string {
	by := s.By
	if by == "" {
		by = "a colleague"
	}
	reason := sentence(by) + " shared it"
	if s.Others > 0 {
		reason += "; " + Counted(s.Others, "other took part", "others took part")
	}
	return reason
}

// ObservedPreview is the text that a timeline shows of what was told, with the
// names of files under it.
func ObservedPreview(s Shared) string {
	if len(s.Attached) == 0 {
		return s.Text
	}
	return strings.TrimSpace(s.Text + "\n\nFiles: " + strings.Join(s.Attached, ", "))
}
