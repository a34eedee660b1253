package data

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
)

// KindSession is the kind's name in the change log.
const KindSession = "training-session"

// SessionForm is what kind of a session it is.
type SessionForm string

// The forms.
const (
	FormTraining   SessionForm = "training"
	FormFocusGroup SessionForm = "focus group"
)

// SessionForms are all of them.
var SessionForms = []SessionForm{FormTraining, FormFocusGroup}

// SessionPlace is where a session is held.
type SessionPlace string

// The places.
const (
	AtHome  SessionPlace = "in-house"
	OffSite SessionPlace = "off-site"
	Online  SessionPlace = "online"
)

// SessionPlaces are all of them.
var SessionPlaces = []SessionPlace{AtHome, OffSite, Online}

// Session is a training held or planned, or a focus group of the staff. It is the
// team's own. Belongs.Interaction is the calendar's meeting that it came from.
type Session struct {
	Belongs
	Title       string       `reg:"title"`
	Topic       string       `reg:"topic"`
	Form        SessionForm  `reg:"form"` // "": training
	On          string       `reg:"on"`   // date
	At          string       `reg:"at"`   // "14:00", "" for none
	Where       SessionPlace `reg:"where"`
	Place       string       `reg:"place"` // "Room 4"
	Trainer     string       `reg:"trainer"`
	Outside     bool         `reg:"outside"` // the trainer is none of us
	Departments []string     `reg:"department/"`
	Level       StaffLevel   `reg:"level"`
	Attendees   []string     `reg:"attendee/"` // names of ours
	Minutes     int          `reg:"minutes"`
	FeeCents    int64        `reg:"fee-cents"`
	TravelCents int64        `reg:"travel-cents"`
	// HourCents is what an hour of one of ours costs; 0: as the team assumes.
	HourCents int64  `reg:"hour-cents"`
	Expects   string `reg:"expects"`  // "late promises 9% to 5%"
	Observed  string `reg:"observed"` // "complaint answers 26 h to 9 h"
	// ObservedOn is the date of that.
	ObservedOn string   `reg:"observed-on"`
	Themes     []string `reg:"theme/"`     // of a focus group
	FollowUps  []string `reg:"follow-up/"` // what is changed because of it
	Cancelled  string   `reg:"cancelled"`  // date
}

// PartKind is KindSession.
func (s Session) PartKind() string { return KindSession }

// Standing is due on its day, and open while its benefit was not looked at.
func (s Session) Standing() (string, bool) { return s.On, s.Cancelled == "" && s.Observed == "" }

// Check says why it cannot be kept, or nil.
func (s Session) Check() error {
	switch {
	case strings.TrimSpace(s.Title) == "":
		return invalid("title", "a session needs a title")
	case s.Account != "":
		return invalid("account", "a session is the team's and belongs to no account")
	case s.Minutes < 0 || s.Minutes > 14*24*60:
		return invalid("minutes", "a session lasts up to two weeks")
	case s.FeeCents < 0 || s.TravelCents < 0 || s.HourCents < 0:
		return invalid("cost", "a cost is not negative")
	case s.On == "":
		return invalid("on", "say on which day")
	}
	if s.At != "" {
		if _, err := time.Parse("15:04", s.At); err != nil {
			return invalid("at", "%q is not a time; write it like 14:00", s.At)
		}
	}
	return firstErr(checkOneOf("form", s.Form, SessionForms), checkOneOf("where", s.Where, SessionPlaces), checkOneOf("level", s.Level, StaffLevels),
		checkDate("on", s.On), checkDate("observed on", s.ObservedOn), checkDate("cancelled", s.Cancelled))
}

// Audience is for whom it is.
func (s Session) Audience() MeantFor { return MeantFor{s.Departments, s.Level} }

// FocusGroup says whether it is one.
func (s Session) FocusGroup() bool { return s.Form == FormFocusGroup }

// Start is when it begins in a zone, false where its day cannot be read.
func (s Session) Start(zone *time.Location) (time.Time, bool) {
	at, err := time.ParseInLocation("2006-01-02 15:04", s.On+" "+cmp.Or(s.At, "00:00"), zone)
	return at, err == nil
}

// Held says whether it was over at now.
func (s Session) Held(now time.Time) bool {
	at, ok := s.Start(now.Location())
	if s.At == "" {
		at = at.AddDate(0, 0, 1)
	}
	return ok && s.Cancelled == "" && !at.Add(time.Duration(s.Minutes)*time.Minute).After(now)
}

// SessionCost is what a session costs, in cents.
type SessionCost struct {
	Fees, Travel int64
	// Time is people × hours × what an hour costs. Known says that this is known.
	Time   int64
	People int
	Hours  float64 // of one of them
	Known  bool
}

// All is the sum.
func (c SessionCost) All() int64 { return c.Fees + c.Travel + c.Time }

// Cost is what it costs, with what an hour costs by the team's assumptions where
// the session has no rate of its own.
func (s Session) Cost(rules MoneyRules) SessionCost {
	rate := cmp.Or(s.HourCents, rules.HourCents)
	c := SessionCost{Fees: s.FeeCents, Travel: s.TravelCents, People: len(s.Attendees), Hours: float64(s.Minutes) / 60, Known: rate > 0}
	c.Time = int64(math.Round(float64(c.People) * c.Hours * float64(rate)))
	return c
}

// Benefit is "expected … · observed …".
func (s Session) Benefit() string {
	expects, observed := "", ""
	if s.Expects != "" {
		expects = "expected " + s.Expects
	}
	if s.Observed != "" {
		observed = "observed " + s.Observed
	} else if expects != "" {
		observed = "nobody looked yet"
	}
	return sentence(joinDots(expects, observed))
}

// OutsideVoice is what one trainer from outside cost and brought.
type OutsideVoice struct {
	Trainer  string
	Sessions int
	Cost     int64 // of those held, in cents
	// Observed are what was seen afterwards, latest first; Unseen counts sessions of
	// which nobody looked.
	Observed []string
	Unseen   int
}

// OutsideVoices are the trainers from outside of the sessions held at now, by name.
func OutsideVoices(sessions []Session, rules MoneyRules, now time.Time) (list []OutsideVoice) {
	held, _ := parted(sessions, func(s Session) bool { return s.Outside && s.Trainer != "" && s.Held(now) })
	slices.SortStableFunc(held, func(a, b Session) int {
		return cmp.Or(strings.Compare(a.Trainer, b.Trainer), -strings.Compare(a.On, b.On))
	})
	for _, s := range held {
		if n := len(list); n == 0 || list[n-1].Trainer != s.Trainer {
			list = append(list, OutsideVoice{Trainer: s.Trainer})
		}
		v := &list[len(list)-1]
		v.Sessions++
		v.Cost += s.Cost(rules).All()
		if s.Observed == "" {
			v.Unseen++
		} else {
			v.Observed = append(v.Observed, s.Observed)
		}
	}
	return list
}

// NextSession is the first session that is not over at now, of a topic before
// others; ok is false for none.
func NextSession(sessions []Session, topic string, now time.Time) (next Session, ok bool) {
	for _, s := range sessions {
		if s.Cancelled != "" || s.FocusGroup() || s.Held(now) {
			continue
		}
		mine, best := strings.EqualFold(s.Topic, topic), strings.EqualFold(next.Topic, topic)
		if !ok || mine && !best || mine == best && s.On+s.At < next.On+next.At {
			next, ok = s, true
		}
	}
	return next, ok
}

// LastObserved is the latest session held of which somebody saw what it changed.
func LastObserved(sessions []Session, now time.Time) (last Session, ok bool) {
	for _, s := range sessions {
		if s.Observed != "" && s.Held(now) && (!ok || s.On > last.On) {
			last, ok = s, true
		}
	}
	return last, ok
}

// SessionFrom makes a session of a calendar's meeting: its attendees of ours come
// with it, its trainer is who leads it. A guest who leads it is an outside voice.
func SessionFrom(m Agenda, zone *time.Location) Session {
	s := Session{Title: WithoutLinks(TitleOf(Interaction{Kind: Meet, Subject: m.Summary})), Place: PlaceWords(m.Place), Where: AtHome}
	s.Interaction = m.ID
	start := m.Start.In(zone)
	s.On = start.Format(time.DateOnly)
	if !m.AllDay {
		s.At, s.Minutes = start.Format("15:04"), int(m.End.Sub(m.Start).Minutes())
	}
	if head, rest, ok := strings.Cut(s.Title, ":"); ok && (strings.EqualFold(head, "training") || strings.EqualFold(head, "focus group")) {
		s.Topic = sentence(strings.TrimSpace(rest))
		if strings.EqualFold(head, "focus group") {
			s.Form = FormFocusGroup
		}
	}
	for _, p := range m.People {
		name := cmp.Or(p.Name, p.Email)
		if p.Part == "organizer" {
			s.Trainer, s.Outside = name, p.Side != Us
		}
		if p.Side == Us && p.Answer != AnswerDeclined && !slices.Contains(s.Attendees, name) {
			s.Attendees = append(s.Attendees, name)
		}
	}
	return s
}
