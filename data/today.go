package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data/text"
)

// TodayInput is what the first page is made from.
type TodayInput struct {
	Now  time.Time
	User string // the user's name, "" when not known
	// Meetings are today's dates of meetings, in now's zone.
	Meetings []Agenda
	// Ahead are the dates of the days after.
	Ahead []Agenda
	// Met are the addresses of people who were in a meeting or visit with us
	// that took place, in any account.
	Met      map[string]bool
	Waiting  []Waiting
	Accounts []Account
	Unfiled  int // senders that wait in Filing
	// Promises are the open ones of both sides, and Needs those that are not met,
	// of any account; Contacts are those whom they name.
	Promises []Promise
	Needs    []Need
	// Feedback is what they do not know the outcome of.
	Feedback []Feedback
	Contacts map[string]Contact
	// Joint are the plans that stand in joint spaces.
	Joint []JointStand
	// Resting is until when somebody put off a promise, by its ID.
	Resting map[string]time.Time
	// Touches are the contacts that are due, and Words the touches with no ask;
	// they are known later than the rest.
	Touches []Touchpoint
	Words   []KindWord
}

// Today is the first page.
type Today struct {
	Greeting string // "Good morning, Maya"
	// Line is the day in one line: "Tuesday 17 November. Two customer meetings,
	// an hour free before 10:30."
	Line   string
	Ribbon Ribbon
	// Conversations are today's meetings that are not over, the next first.
	Conversations []Conversation
	// Ahead are the conversations with customers of the days after, the soonest
	// first.
	Ahead         []Conversation
	Promises      []PromiseRow // due within a week and overdue, ours overdue first
	Ours, Theirs  int          // of Promises
	Cooling       []CoolingRow // with whom it was quiet longer than agreed, the longest over by their rhythm first
	KindWords     []KindWord
	Waiting       []WaitingRow
	Feedback      []FeedbackRow // the latest over first
	Joint         []JointWaiting
	Unfiled       int
	FilingMinutes int // about how long filing them takes
}

// Next is the first conversation, if any is left today.
func (t Today) Next() (Conversation, bool) {
	if len(t.Conversations) == 0 {
		return Conversation{}, false
	}
	return t.Conversations[0], true
}

// Conversation is a meeting of today with the people in it.
type Conversation struct {
	Meeting Agenda
	Clock   string // "10:30", "All day"
	Length  string // "60 min", "" for all day
	// In is how far ahead it is, "in 1 h 12 min", or "now".
	In       string
	Customer bool    // with an account's or a partner's people
	Guests   []Guest // all who are not ours; when there are none, our others
	Names    string  // "Anna, Beatrice, Ines, Samuel"
	NeverMet int     // of the guests
	// NeverMetWords is "1 never met", "" when all are known.
	NeverMetWords string
	// Where is the place without links.
	Where string
	// Said is what somebody in it wants of us, in their words; zero for nothing.
	Said Said
	// Overdue is "Promise overdue" where we owe the account something by now, "" else.
	Overdue string
	// Second is the second line: "Quayside Ferries · Nadia Brandt, Owen Pryce"
	// or "Internal · with Priya and Joris".
	Second string
}

// Guest is somebody in a meeting, and whether they were in one before.
type Guest struct {
	Participant
	Met bool
}

// Said is what somebody wants, in their words.
type Said struct {
	Words string
	Who   string // their first name, "" where not known
	On    string // "12 Nov", "" where not known
}

// PromiseRow is a promise of either side with whom it is between.
type PromiseRow struct {
	Promise
	Account Account
	Person  Contact // of theirs; zero where nobody is named
	Late    int     // days over, 0 when not
	Words   string  // when it is due: "4 days over", "Today"
}

// To is "to Beatrice Holm" of what we owe and "from Anna Kessler" of what they
// owe, "" where nobody is named.
func (p PromiseRow) To() string {
	switch {
	case p.Person.Name == "":
		return ""
	case p.By == Us:
		return "to " + p.Person.Name
	}
	return "from " + p.Person.Name
}

// CoolingRow is a contact with whom it has been quiet longer than agreed.
type CoolingRow struct {
	Touchpoint
	Words string // "38 days, rhythm 21"
}

// FeedbackRow is what somebody told us and does not know the outcome of.
type FeedbackRow struct {
	Feedback
	Account Account
	Person  Contact // zero where nobody is named
	Days    int     // over, 0 when not
	Stands  string  // "3 days over", "Tomorrow", "tell them"
}

// Who is who said it, or their account.
func (f FeedbackRow) Who() string { return cmp.Or(f.Person.Name, f.Account.Name) }

func (in TodayInput) accountsByID() map[string]Account {
	accounts := make(map[string]Account, len(in.Accounts))
	for _, a := range in.Accounts {
		accounts[a.ID] = a
	}
	return accounts
}

// feedbackRows are those of accounts that live.
func feedbackRows(in TodayInput) (rows []FeedbackRow) {
	accounts := in.accountsByID()
	open, _ := parted(in.Feedback, func(f Feedback) bool { return f.Told == "" && accounts[f.Account].ID != "" })
	SortFeedback(open, in.Now)
	for _, f := range open {
		r := FeedbackRow{Feedback: f, Account: accounts[f.Account], Person: in.Contacts[f.Contact], Days: f.Late(in.Now)}
		r.Stands = dueWords(f.TellBy(), in.Now)
		if r.Days == 0 && (f.Decision == Accepted || f.Decision == Declined) {
			r.Stands = "tell them"
		}
		rows = append(rows, r)
	}
	return rows
}

// WaitingRow is somebody who waits for our answer.
type WaitingRow struct {
	Waiting
	Age     string // "15 h"
	Overdue bool   // longer than a day
	Usual   string // "longer than the usual 5 h"; "" when it is not
}

// ComposeToday makes the first page. Cancelled meetings are left out.
func ComposeToday(in TodayInput) Today {
	now := in.Now
	meetings := meetingsOn(in.Meetings, now)
	t := Today{
		Greeting: greeting(in.User, now),
		Ribbon:   layRibbon(meetings, now),
		Cooling:  cooling(in.Touches), KindWords: in.Words,
		Waiting: waitingRows(in.Waiting, now), Feedback: feedbackRows(in), Joint: jointWaiting(in.Joint, now),
		Unfiled: in.Unfiled, FilingMinutes: FilingMinutes(in.Unfiled),
	}
	t.Promises = promisesDue(in)
	for _, p := range t.Promises {
		if p.By == Us {
			t.Ours++
		} else {
			t.Theirs++
		}
	}
	t.Line = dayLine(meetings, overdueOfOurs(in.Promises, "", now), now)
	you := You{Name: in.User}
	for _, m := range meetings {
		if m.AllDay || m.End.After(now) {
			c := conversation(m, in.Met, you, now)
			c.Said, c.Overdue = saidBy(in, m), overdueTag(overdueOfOurs(in.Promises, m.Account.ID, now))
			if m.Account.ID == "" {
				c.Overdue = ""
			}
			t.Conversations = append(t.Conversations, c)
		}
	}
	ahead, _ := parted(in.Ahead, func(a Agenda) bool { return !a.Cancelled && isCustomerMeeting(a) })
	for _, m := range ahead {
		c := conversation(m, in.Met, you, now)
		if m.AllDay {
			c.In = Until(m.Start, now)
		}
		t.Ahead = append(t.Ahead, c)
	}
	return t
}

// meetingsOn lists the meetings that touch now's day and take place, those of
// the whole day last.
func meetingsOn(list []Agenda, now time.Time) []Agenda {
	from := startOfDay(now)
	to := from.AddDate(0, 0, 1)
	list, _ = parted(list, func(a Agenda) bool {
		return !a.Cancelled && a.Start.Before(to) && (a.End.After(from) || a.Start.Equal(from))
	})
	slices.SortStableFunc(list, func(a, b Agenda) int {
		if a.AllDay != b.AllDay {
			if a.AllDay {
				return 1
			}
			return -1
		}
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), strings.Compare(a.ID, b.ID))
	})
	return list
}

func startOfDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

func greeting(user string, now time.Time) string {
	hello := "Good evening"
	switch h := now.Hour(); {
	case h >= 4 && h < 12:
		hello = "Good morning"
	case h >= 12 && h < 18:
		hello = "Good afternoon"
	}
	if user = FirstName(user); user != "" {
		return hello + ", " + user
	}
	return hello
}

// dayLine is the day in one line: its date, its customer meetings, how many of
// our promises are overdue, and the time that is free before the next meeting.
func dayLine(meetings []Agenda, overdue int, now time.Time) string {
	total, left := 0, 0
	var next, current *Agenda
	for i, m := range meetings {
		if m.AllDay {
			continue
		}
		if isCustomerMeeting(m) {
			total++
			if m.End.After(now) {
				left++
			}
		}
		if m.Free {
			continue
		}
		switch {
		case m.Start.After(now):
			if next == nil {
				next = &meetings[i]
			}
		case m.End.After(now):
			current = &meetings[i]
		}
	}
	says := SmallNumber(total) + " customer meetings"
	if total == 1 {
		says = "One customer meeting"
	}
	if total > 0 && left == 0 {
		says += ", over by now"
	}
	switch overdue {
	case 0:
	case 1:
		says += ", one of our promises is overdue"
	default:
		says += fmt.Sprintf(", %s of our promises are overdue", strings.ToLower(SmallNumber(overdue)))
	}
	switch {
	case current != nil:
		says += ", one meeting under way until " + Clock(current.End, now)
	case next != nil:
		if free := freeWords(next.Start.Sub(now)); free != "" && now.Hour() >= dayBegins {
			says += fmt.Sprintf(", %s free before %s", free, Clock(next.Start, now))
		}
	}
	return fmt.Sprintf("%s. %s.", now.Format("Monday 2 January"), says)
}

// dayBegins is the hour before which free time is a night and not worth saying.
const dayBegins = 6

// freeWords rounds free time to what one says; "" under a quarter of an hour.
func freeWords(d time.Duration) string {
	switch minutes := int(d.Minutes()); {
	case minutes < 15:
		return ""
	case minutes < 25:
		return "a quarter of an hour"
	case minutes < 45:
		return "half an hour"
	case minutes < 90:
		return "an hour"
	default:
		return strings.ToLower(SmallNumber((minutes+30)/60)) + " hours"
	}
}

func isCustomerMeeting(m Agenda) bool {
	return m.Account.ID != "" || slices.ContainsFunc(m.People, isGuest)
}

func isGuest(p Participant) bool { return p.Side == Customer || p.Side == Partner }

func conversation(m Agenda, met map[string]bool, you You, now time.Time) Conversation {
	c := Conversation{
		Meeting: m, Customer: isCustomerMeeting(m), Where: PlaceWords(m.Place),
		Clock: Clock(m.Start, now), Length: minutesShort(int(m.End.Sub(m.Start).Minutes())), In: Until(m.Start, now),
	}
	if m.AllDay {
		c.Clock, c.Length, c.In = "All day", "", "today"
	}
	us, them := sides(m.People)
	internal := !c.Customer && len(them) == 0
	if internal {
		them, _ = parted(us, func(p Participant) bool { return !you.isNamed(p) })
	}
	var short, full []string
	for _, p := range them {
		c.Guests = append(c.Guests, Guest{Participant: p, Met: met[p.Email]})
		if !internal && !met[p.Email] {
			c.NeverMet++
		}
		short = append(short, you.name(p))
		full = append(full, text.Name(p.Name, p.Email))
	}
	c.Names = strings.Join(short, ", ")
	if c.NeverMet > 0 {
		c.NeverMetWords = fmt.Sprintf("%d never met", c.NeverMet)
	}
	c.Second = joinDots(m.Account.Name, strings.Join(full, ", "))
	if internal {
		c.Second = "Internal"
		if len(short) > 0 {
			c.Second += " · with " + JoinAnd(short)
		}
	}
	return c
}

// isNamed says whether a participant carries the reader's name, whatever the
// address.
func (y You) isNamed(p Participant) bool {
	return y.Is(p) || y.Name != "" && strings.EqualFold(text.Name(p.Name, p.Email), y.Name)
}

// cooling lists the touchpoints that are over, the longest by its rhythm first.
// A first hello is not silence.
func cooling(touches []Touchpoint) []CoolingRow {
	var list []CoolingRow
	for _, t := range touches {
		if t.Late <= 0 || t.Warmth.Band == NeverSpoke {
			continue
		}
		list = append(list, CoolingRow{Touchpoint: t, Words: fmt.Sprintf("%s, rhythm %d", Counted(t.Late+t.Warmth.Interval.Days, "day", "days"), t.Warmth.Interval.Days)})
	}
	slices.SortStableFunc(list, func(a, b CoolingRow) int {
		return cmp.Or(b.Late*a.Warmth.Interval.Days-a.Late*b.Warmth.Interval.Days, b.Late-a.Late, strings.Compare(a.Contact.Name, b.Contact.Name))
	})
	return list
}

// waitingRows lists who waits for our answer, the latest first.
func waitingRows(waiting []Waiting, now time.Time) []WaitingRow {
	var rows []WaitingRow
	for _, w := range waiting {
		r := WaitingRow{Waiting: w, Age: since(w.Since, now), Overdue: now.Sub(w.Since) > 24*time.Hour}
		if w.Longer(now) {
			r.Usual = w.UsualWords(now)
		}
		rows = append(rows, r)
	}
	slices.SortStableFunc(rows, func(a, b WaitingRow) int { return b.Since.Compare(a.Since) })
	return rows
}
