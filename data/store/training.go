package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rapport/data"
	"rapport/data/text"
)

// trainingDays is how far ahead a meeting asks for what people can do.
const trainingDays = 7

// Library returns what the team learned: its notes, plays with those that Rapport
// brings, runs, sessions and skills.
func (db *DB) Library(ctx context.Context) (l data.Library, err error) {
	r := &partReader{ctx: ctx, past: db.Past(""), now: true}
	l.Notes = partsFor[data.TrainingNote](r, PartQuery{})
	l.Plays = data.PlaysOf(partsFor[data.Play](r, PartQuery{}))
	l.Runs = partsFor[data.PlayRun](r, PartQuery{})
	l.Sessions = partsFor[data.Session](r, PartQuery{})
	l.Skills = partsFor[data.Skill](r, PartQuery{})
	data.SortNotes(l.Notes)
	return l, wrapNoun(r.err, "what the team learned")
}

// TrainingInput is what the page of what the team learned is made from.
type TrainingInput struct {
	Library  data.Library
	Coverage data.CoverageInput
	Meetings []TrainingMeeting // with accounts, within seven days
	Rules    data.MoneyRules
	Accounts []data.Account // every one
}

// TrainingMeeting is a meeting with what applies to it.
type TrainingMeeting struct {
	data.Agenda
	Lessons []data.Lesson
}

// TrainingInput gathers it as it is at now.
func (db *DB) TrainingInput(ctx context.Context, now time.Time) (in TrainingInput, err error) {
	if in.Library, err = db.Library(ctx); err != nil {
		return in, err
	}
	if in.Rules, err = db.MoneyRules(ctx); err != nil {
		return in, err
	}
	if in.Accounts, err = db.Accounts(ctx); err != nil {
		return in, err
	}
	dates, err := db.Agenda(ctx, now, now.AddDate(0, 0, trainingDays))
	if err != nil {
		return in, err
	}
	in.Coverage = data.CoverageInput{Now: now, Skills: in.Library.Skills, Sessions: in.Library.Sessions}
	me, err := db.Setting(ctx, SettingUserName)
	if err != nil {
		return in, err
	}
	in.Coverage.Staff = staffOf(me, in.Library)
	for _, m := range dates {
		if m.Account.ID == "" || m.Cancelled || m.AllDay {
			continue
		}
		t := TrainingMeeting{Agenda: m}
		facts, err := db.settingFacts(ctx, m, now)
		if err != nil {
			return in, wrapNoun(err, "training for meeting %s", m.ID)
		}
		t.Lessons = in.Library.LessonsFor(data.SettingOf(facts, now))
		in.Meetings = append(in.Meetings, t)
		in.Coverage.Needed = append(in.Coverage.Needed, neededBy(t)...)
	}
	return in, nil
}

// staffOf are all of us that what the team learned names, by name, whoever sits
// here first.
func staffOf(me string, l data.Library) (list []string) {
	add := func(name string) {
		if name != "" && !slices.ContainsFunc(list, func(n string) bool { return text.Fold(n) == text.Fold(name) }) {
			list = append(list, name)
		}
	}
	for _, s := range l.Skills {
		add(s.Member)
	}
	for _, s := range l.Sessions {
		for _, name := range s.Attendees {
			add(name)
		}
	}
	add(me)
	slices.SortStableFunc(list, func(a, b string) int {
		mine := func(n string) int {
			if me != "" && text.Fold(n) == text.Fold(me) {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(mine(a), mine(b)), cmp.Compare(text.Fold(a), text.Fold(b)))
	})
	return list
}

// neededBy are the topics that a meeting asks for: of what is the case there, or
// was written for them.
func neededBy(m TrainingMeeting) (list []data.NeededTopic) {
	var ours []string
	for _, p := range m.People {
		if p.Side == data.Us && p.Came() {
			ours = append(ours, cmp.Or(p.Name, p.Email))
		}
	}
	for _, l := range m.Lessons {
		if !l.Pressing() || l.Topic == "" || slices.ContainsFunc(list, func(n data.NeededTopic) bool { return text.Fold(n.Topic) == text.Fold(l.Topic) }) {
			continue
		}
		list = append(list, data.NeededTopic{Topic: l.Topic, Meeting: m.ID, Account: m.Account.Name, When: m.Start, Ours: ours, Because: l.Because})
	}
	return list
}

// settingFacts are what a meeting's account is in.
func (db *DB) settingFacts(ctx context.Context, m data.Agenda, now time.Time) (f data.SettingFacts, err error) {
	row, err := db.AccountRow(ctx, m.Account.ID, now)
	if err != nil {
		return f, err
	}
	f.Account, f.Rhythm, f.Silent = row.Account, row.Rhythm, daysSilent(row.Last, now)
	if f.Promises, err = Parts[data.Promise](ctx, db, PartQuery{Account: m.Account.ID, Open: true}); err != nil {
		return f, err
	}
	if f.Needs, err = Parts[data.Need](ctx, db, PartQuery{Account: m.Account.ID, Open: true}); err != nil {
		return f, err
	}
	if f.Critics, err = Parts[data.Stakeholder](ctx, db, PartQuery{Account: m.Account.ID}); err != nil {
		return f, err
	}
	var guests []data.Participant
	for _, p := range m.People {
		if p.Side != data.Us {
			guests = append(guests, p)
		}
	}
	if f.Guests, err = db.guests(ctx, m, guests, now); err != nil {
		return f, err
	}
	lately, err := db.Timeline(ctx, data.TimelineQuery{Account: m.Account.ID, Limit: lessonLately}, now)
	if err != nil {
		return f, err
	}
	f.Subjects = theirSubjects(lately)
	f.Purchases, err = db.Purchases(ctx, m.Account.ID, "", "")
	return f, err
}

// lessonLately is how many of an account's interactions say what they wrote of
// last.
const lessonLately = 5

// theirSubjects are the subjects of their mails among some interactions.
func theirSubjects(list []data.Interaction) (subjects []string) {
	for _, i := range list[:min(lessonLately, len(list))] {
		if i.Direction == data.In && i.Kind == data.Mail {
			subjects = append(subjects, i.Subject)
		}
	}
	return subjects
}

// daysSilent is for how many days nobody spoke, -1 where nobody ever did.
func daysSilent(last data.Interaction, now time.Time) int {
	if last.At.IsZero() {
		return -1
	}
	return data.DaysBetween(last.At, now)
}

// LessonsFor returns what the team learned that applies to an account's next
// meeting, or to the account where none is planned within seven days.
func (db *DB) LessonsFor(ctx context.Context, m data.Agenda, now time.Time) ([]data.Lesson, error) {
	l, err := db.Library(ctx)
	if err != nil {
		return nil, err
	}
	f, err := db.settingFacts(ctx, m, now)
	if err != nil {
		return nil, wrapNoun(err, "what applies to %s", m.Account.ID)
	}
	return l.LessonsFor(data.SettingOf(f, now)), nil
}

// PutSession keeps a session. One that was held brings its attendees its topic.
func (tx *Tx) PutSession(s data.Session) (data.Session, error) {
	s, err := PutPart(tx, s)
	if err != nil || !s.Held(tx.now) {
		return s, err
	}
	have, err := PartsIn[data.Skill](tx, PartQuery{})
	if err != nil {
		return s, err
	}
	for _, k := range data.AfterSession(s, have) {
		if _, err := PutPart(tx, k); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Stretch returns what happened with an account after one moment and up to
// another, oldest first.
func (db *DB) Stretch(ctx context.Context, account string, after, upTo, now time.Time) (list []data.Interaction, err error) {
	q := data.TimelineQuery{Account: account, Limit: 100, Before: upTo.Add(time.Second)}
	for {
		page, err := db.Timeline(ctx, q, now)
		if err != nil {
			return nil, err
		}
		for _, i := range page {
			if !i.At.After(after) {
				slices.Reverse(list)
				return list, nil
			}
			list = append(list, i)
		}
		if len(page) < q.Limit {
			slices.Reverse(list)
			return list, nil
		}
		q.Before, q.BeforeID = page[len(page)-1].At, page[len(page)-1].ID
	}
}
