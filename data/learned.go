package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// LearnedMeeting is a meeting to come with what applies to it.
type LearnedMeeting struct {
	ID      string
	Account Account
	Start   time.Time
	Lessons []Lesson
}

// LearnedInput is what the list of notes and plays is made from.
type LearnedInput struct {
	Now      time.Time
	Library  Library
	Meetings []LearnedMeeting // within a week, by start
	Accounts []Account
}

// LearnedEntry is a note, a play or a focus group as the list shows it.
type LearnedEntry struct {
	Kind     string // KindTrainingNote, KindPlay or KindSession
	ID       string
	Title    string
	About    string
	Topic    string
	Audience MeantFor
	Used     string // "9 times", "2 changes", "" for never
	Accounts []Account
	// Meeting is the first meeting to come that it applies to, Because the reason;
	// ID "" for none.
	Meeting LearnedMeeting
	Because string
	words   string // folded, to be found by
	uses    int
}

// ComposeLearned lists notes, plays and focus groups: what the next meetings ask
// for first, then what is used most, then by title.
func ComposeLearned(in LearnedInput) (list []LearnedEntry) {
	for _, p := range in.Library.Plays {
		e := LearnedEntry{Kind: KindPlay, ID: p.ID, Title: p.Name, About: p.About, Topic: p.Topic, Audience: p.Audience()}
		list = append(list, in.used(e, p.Helps(), p.Says))
	}
	for _, n := range in.Library.Notes {
		e := LearnedEntry{Kind: KindTrainingNote, ID: n.ID, Title: n.Title, About: n.Summary(), Topic: n.Topic, Audience: n.Audience()}
		if n.By != "" {
			e.About = joinCommas(strings.TrimSuffix(e.About, "."), "by "+FirstName(n.By))
		}
		list = append(list, in.used(e, n.Helps(), n.Says))
	}
	for _, s := range in.Library.Sessions {
		if !s.FocusGroup() {
			continue
		}
		who, _ := s.Audience().Words()
		about := joinCommas(who, ShortDay(s.On, in.Now), Counted(len(s.Themes), "theme", "themes"))
		e := LearnedEntry{Kind: KindSession, ID: s.ID, Title: s.Title, About: about, Topic: s.Topic, Audience: s.Audience()}
		if n := len(s.FollowUps); n > 0 {
			e.Used = Counted(n, "change", "changes")
		}
		e.words = text.Fold(strings.Join(append([]string{s.Title, s.Topic, s.Trainer}, append(s.Themes, s.FollowUps...)...), "\n"))
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b LearnedEntry) int {
		return cmp.Or(cmp.Compare(unless(a.Meeting.ID != ""), unless(b.Meeting.ID != "")), a.Meeting.Start.Compare(b.Meeting.Start), -cmp.Compare(a.uses, b.uses),
			strings.Compare(text.Fold(a.Title), text.Fold(b.Title)), strings.Compare(a.ID, b.ID))
	})
	return list
}

// used fills in where it was used and what it is needed for.
func (in LearnedInput) used(e LearnedEntry, helps HelpsWith, says func(string) bool) LearnedEntry {
	add := func(a Account) {
		if a.ID != "" && !slices.ContainsFunc(e.Accounts, func(o Account) bool { return o.ID == a.ID }) {
			e.Accounts = append(e.Accounts, a)
		}
	}
	for _, m := range in.Meetings {
		for _, l := range m.Lessons {
			if l.ID() == e.ID && l.Pressing() {
				add(m.Account)
				if e.Meeting.ID == "" {
					e.Meeting, e.Because = m, l.Because
				}
			}
		}
	}
	for _, ref := range helps.Accounts {
		for _, a := range in.Accounts {
			if NamesAccount(ref, a) {
				add(a)
			}
		}
	}
	for _, r := range slices.Backward(in.Library.Runs) {
		if r.Play != e.ID {
			continue
		}
		e.uses++
		if i := slices.IndexFunc(in.Accounts, func(a Account) bool { return a.ID == r.Account }); i >= 0 {
			add(in.Accounts[i])
		}
	}
	if e.uses > 0 {
		e.Used = Counted(e.uses, "time", "times")
	}
	e.words = e.Title + "\n" + e.Topic
	return e
}

// LearnedChoice narrows the list; the zero value shows all of it.
type LearnedChoice struct {
	Kind       string // KindPlay, KindSession, KindTrainingNote or ""
	Topic      string
	Department string
	Level      StaffLevel
	Meetings   bool // only what a meeting to come asks for
	Words      string
}

// Shows says whether an entry is among what was chosen. Words are looked for in
// its title, its line and its topic.
func (c LearnedChoice) Shows(e LearnedEntry) bool {
	return (c.Kind == "" || e.Kind == c.Kind) && (c.Topic == "" || text.Fold(e.Topic) == text.Fold(c.Topic)) && e.Audience.Fits(c.Department, c.Level) &&
		(!c.Meetings || e.Meeting.ID != "") && saysAll(c.Words, e.Title, e.About, e.words)
}

// MeetingWord says in which brief it stands: "In today's Kestrel brief".
func (e LearnedEntry) MeetingWord(now time.Time) string {
	if e.Meeting.ID == "" {
		return ""
	}
	name, _, _ := strings.Cut(e.Meeting.Account.Name, " ")
	switch DaysBetween(now, e.Meeting.Start) {
	case 0:
		return "In today’s " + name + " brief"
	case 1:
		return "In tomorrow’s " + name + " brief"
	}
	return fmt.Sprintf("In the %s brief, %s", name, DayName(e.Meeting.Start, now))
}
