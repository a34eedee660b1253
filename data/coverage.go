package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// KindSkill is the kind's name in the change log.
const KindSkill = "skill"

// SkillLevel is how far somebody is with a topic. "" is not yet.
type SkillLevel string

// The levels, in their order.
const (
	SkillKnows     SkillLevel = "knows it"
	SkillPractised SkillLevel = "practised"
	SkillLeads     SkillLevel = "leads others"
)

// SkillLevels are all of them.
var SkillLevels = []SkillLevel{SkillKnows, SkillPractised, SkillLeads}

// Step is a level's place, 1 to 3; 0 for none.
func (l SkillLevel) Step() int { return slices.Index(SkillLevels, l) + 1 }

// RefreshDays is after how many days what somebody knows is to be refreshed where
// nobody said when.
const RefreshDays = 365

// Skill is how far one of us is with a topic, as they or somebody who taught them
// said. It says what the team can do, never who is better: nothing orders people
// by it.
type Skill struct {
	Belongs
	Member  string     `reg:"member"` // name of one of ours
	Topic   string     `reg:"topic"`
	Level   SkillLevel `reg:"level"`
	On      string     `reg:"on"`      // date of that
	Refresh string     `reg:"refresh"` // date on which it is refreshed, "": RefreshDays after On
	Session string     `reg:"session"` // Session.ID that it came of, ""
}

// SkillID is the ID of a cell: there is one for somebody and a topic, whoever
// fills it in.
func SkillID(member, topic string) string {
	return "skill-" + strings.ReplaceAll(text.Fold(member), " ", "-") + "--" + strings.ReplaceAll(text.Fold(topic), " ", "-")
}

// PartKind is KindSkill.
func (s Skill) PartKind() string { return KindSkill }

// RefreshBy is the date by which it is to be refreshed, "" where nobody said when
// it was learned.
func (s Skill) RefreshBy() string {
	if s.Refresh != "" || s.Level == "" {
		return s.Refresh
	}
	day, err := time.Parse(time.DateOnly, s.On)
	if err != nil {
		return ""
	}
	return day.AddDate(0, 0, RefreshDays).Format(time.DateOnly)
}

// Standing is open, and due when it is to be refreshed.
func (s Skill) Standing() (string, bool) { return s.RefreshBy(), true }

// Check says why it cannot be kept, or nil.
func (s Skill) Check() error {
	switch {
	case strings.TrimSpace(s.Member) == "" || strings.TrimSpace(s.Topic) == "":
		return invalid("member", "say who of us, and which topic")
	case s.Account != "":
		return invalid("account", "what the team can do belongs to no account")
	}
	return firstErr(checkOneOf("level", s.Level, SkillLevels), checkDate("on", s.On), checkDate("refresh", s.Refresh))
}

// NeededTopic is a topic that a meeting asks for.
type NeededTopic struct {
	Topic   string
	Meeting string // Occurrence.ID
	Account string // its name
	When    time.Time
	Ours    []string // who of us is there
	Because string
}

// CoverageInput is what the matrix is made from.
type CoverageInput struct {
	Now      time.Time
	Staff    []string // all of us, in the order of the matrix
	Skills   []Skill
	Topics   []string // beside those of the skills
	Sessions []Session
	Needed   []NeededTopic
}

// CoverageCell is one of us with one topic.
type CoverageCell struct {
	Skill  Skill
	Step   int // 0 to 3
	Needed NeededTopic
	// Gap says that a meeting this week asks for more than is there; Overdue that a
	// refresher is; Planned is the date of a session on it with them, "".
	Gap, Overdue bool
	Planned      string
	Words        string // why it is marked
}

// CoverageRow is one of us.
type CoverageRow struct {
	Member string
	Cells  []CoverageCell // in the order of Coverage.Topics
}

// Coverage is the matrix of people and topics. People stand in the order in which
// they were given: nothing ranks them.
type Coverage struct {
	Topics []string
	Rows   []CoverageRow
	// Gaps counts cells that a meeting this week asks for; Overdue refreshers that
	// are over; Untouched people who have no topic at all.
	Gaps, Overdue, Untouched int
	// Thin are topics that nobody leads others in.
	Thin []string
}

// ComposeCoverage makes the matrix.
func ComposeCoverage(in CoverageInput) (c Coverage) {
	c.Topics = coverageTopics(in)
	staff := slices.Clone(in.Staff)
	for _, s := range in.Skills {
		if !slices.ContainsFunc(staff, func(n string) bool { return sameWord(n, s.Member) }) {
			staff = append(staff, s.Member)
		}
	}
	leads := map[string]bool{}
	for _, name := range staff {
		row := CoverageRow{Member: name}
		touched := false
		for _, topic := range c.Topics {
			cell := in.cell(name, topic)
			touched = touched || cell.Step > 0
			leads[topic] = leads[topic] || cell.Step == SkillLeads.Step()
			if cell.Gap {
				c.Gaps++
			}
			if cell.Overdue {
				c.Overdue++
			}
			row.Cells = append(row.Cells, cell)
		}
		if !touched {
			c.Untouched++
		}
		c.Rows = append(c.Rows, row)
	}
	for _, topic := range c.Topics {
		if !leads[topic] {
			c.Thin = append(c.Thin, topic)
		}
	}
	return c
}

func sameWord(a, b string) bool { return text.Fold(a) == text.Fold(b) }

// coverageTopics are the topics: those that meetings ask for first, then those
// that most of us have something of, then by name.
func coverageTopics(in CoverageInput) (topics []string) {
	count, needed, seen := map[string]int{}, map[string]int{}, map[string]string{}
	note := func(topic string) string {
		if topic = strings.TrimSpace(topic); topic == "" {
			return ""
		}
		key := text.Fold(topic)
		if seen[key] == "" {
			seen[key] = topic
			topics = append(topics, topic)
		}
		return seen[key]
	}
	for _, s := range in.Skills {
		if t := note(s.Topic); s.Level != "" && t != "" {
			count[t]++
		}
	}
	for _, t := range in.Topics {
		note(t)
	}
	for _, n := range in.Needed {
		if t := note(n.Topic); t != "" {
			needed[t]++
		}
	}
	slices.SortStableFunc(topics, func(a, b string) int {
		return cmp.Or(-cmp.Compare(min(needed[a], 1), min(needed[b], 1)), -cmp.Compare(count[a], count[b]), strings.Compare(text.Fold(a), text.Fold(b)))
	})
	return topics
}

func (in CoverageInput) cell(name, topic string) (c CoverageCell) {
	for _, s := range in.Skills {
		if sameWord(s.Member, name) && sameWord(s.Topic, topic) {
			c.Skill, c.Step = s, s.Level.Step()
		}
	}
	for _, s := range in.Sessions {
		if sameWord(s.Topic, topic) && s.Cancelled == "" && !s.Held(in.Now) && (c.Planned == "" || s.On < c.Planned) &&
			slices.ContainsFunc(s.Attendees, func(n string) bool { return sameWord(n, name) }) {
			c.Planned = s.On
		}
	}
	by := c.Skill.RefreshBy()
	c.Overdue = by != "" && daysSinceDate(by, in.Now) > 0
	for _, n := range in.Needed {
		if sameWord(n.Topic, topic) && slices.ContainsFunc(n.Ours, func(o string) bool { return sameWord(o, name) }) && (c.Needed.Meeting == "" || n.When.Before(c.Needed.When)) {
			c.Needed = n
		}
	}
	c.Gap = c.Needed.Meeting != "" && (c.Step < SkillPractised.Step() || c.Overdue)
	c.Words = c.words(in.Now)
	return c
}

// words say what is known of a cell and why it is marked.
func (c CoverageCell) words(now time.Time) string {
	level := cmp.Or(string(c.Skill.Level), "not yet")
	if c.Skill.On != "" && c.Step > 0 {
		level += " since " + ShortDay(c.Skill.On, now)
	}
	refresh, needed, planned := "", "", ""
	if c.Overdue {
		refresh = fmt.Sprintf("its refresher is %s over", Counted(daysSinceDate(c.Skill.RefreshBy(), now), "day", "days"))
	}
	if c.Needed.Meeting != "" {
		needed = "needed with " + c.Needed.Account + " " + DayName(c.Needed.When, now)
		if c.Needed.Because != "" {
			needed += ": " + c.Needed.Because
		}
	}
	if c.Planned != "" {
		planned = "planned for " + ShortDay(c.Planned, now)
	}
	return sentence(joinDots(joinDots(level, refresh), joinDots(needed, planned)))
}

// ShortDay is a date in short words, or itself where it is none.
func ShortDay(date string, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	return ShortDate(day, now)
}

// Under says in a line how the matrix stands.
func (c Coverage) Under() string {
	switch {
	case len(c.Topics) == 0:
		return "Nobody has written down yet who can do what"
	case c.Gaps == 1:
		return "One gap touches a meeting this week"
	case c.Gaps > 1:
		return fmt.Sprintf("%s gaps touch a meeting this week", sentence(numberWordOf(c.Gaps)))
	case c.Overdue > 0:
		return sentence(Counted(c.Overdue, "refresher is", "refreshers are") + " over; no meeting this week asks for it")
	case c.Untouched > 0:
		return sentence(Counted(c.Untouched, "person has", "people have") + " no topic yet")
	}
	return "No gap touches a meeting this week"
}

// numberWordOf is a small number in words.
func numberWordOf(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// AfterSession are the skills that a session brings its attendees: knows it, where
// they had nothing; who had something has it refreshed.
func AfterSession(s Session, skills []Skill) (list []Skill) {
	if s.Topic == "" || s.FocusGroup() {
		return nil
	}
	for _, name := range s.Attendees {
		k := Skill{Member: name, Topic: s.Topic}
		for _, have := range skills {
			if sameWord(have.Member, name) && sameWord(have.Topic, s.Topic) {
				k = have
			}
		}
		if k.On > s.On {
			continue
		}
		k.ID, k.Level, k.On, k.Refresh, k.Session = cmp.Or(k.ID, SkillID(name, s.Topic)), cmp.Or(k.Level, SkillKnows), s.On, "", s.ID
		list = append(list, k)
	}
	return list
}
