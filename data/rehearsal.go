package data

import (
	"hash/fnv"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// KindRehearsal is the kind's name in the change log.
const KindRehearsal = "rehearsal"

// Rehearsal is how well somebody at this laptop remembers one card, as SM-2 keeps
// it (Wozniak 1990, Optimization of learning). It stays on this laptop: it is no
// figure about a colleague.
type Rehearsal struct {
	Belongs
	Times    int     `reg:"times"`    // remembered in a row
	Days     int     `reg:"days"`     // until it is asked again
	Ease     float64 `reg:"ease"`     // 0: it was never asked
	Last     string  `reg:"last"`     // date
	Due      string  `reg:"due"`      // date
	Question string  `reg:"question"` // as it was asked last
}

// PartKind is KindRehearsal.
func (r Rehearsal) PartKind() string { return KindRehearsal }

// Standing is open, and due when the card is to be asked again.
func (r Rehearsal) Standing() (string, bool) { return r.Due, true }

// Check says why it cannot be kept, or nil.
func (r Rehearsal) Check() error {
	if r.Times < 0 || r.Days < 0 || r.Ease < 0 || math.IsNaN(r.Ease) || math.IsInf(r.Ease, 0) {
		return invalid("rehearsal", "a card is remembered a number of times from 0 on")
	}
	return firstErr(checkDate("last", r.Last), checkDate("due", r.Due))
}

// The numbers of SM-2: the ease that a card begins with, and the least.
const (
	easeFirst = 2.5
	easeLeast = 1.3
)

// Graded is the card after it was asked at now. grade is 0 (nothing came) to 5 (at
// once); below 3 it was forgotten and begins anew, asked again the next day, with
// the ease that it had.
func (r Rehearsal) Graded(grade int, now time.Time) Rehearsal {
	grade = min(max(grade, 0), 5)
	if r.Ease == 0 {
		r.Ease = easeFirst
	}
	if grade < 3 {
		r.Times, r.Days = 0, 1
	} else {
		switch r.Times {
		case 0:
			r.Days = 1
		case 1:
			r.Days = 6
		default:
			r.Days = min(int(math.Ceil(float64(r.Days)*r.Ease)), 3650)
		}
		r.Times++
		miss := float64(5 - grade)
		r.Ease = max(r.Ease+0.1-miss*(0.08+miss*0.02), easeLeast)
	}
	r.Last, r.Due = now.Format(time.DateOnly), now.AddDate(0, 0, r.Days).Format(time.DateOnly)
	return r
}

// Card is one question before a meeting, with its answer.
type Card struct {
	ID       string // the same for the same question of the same thing
	Kind     string // KindContact, KindPromise or KindPlay
	Question string
	Answer   string
	State    Rehearsal // zero for one that was never asked
}

// DueAt says whether a card is to be asked.
func (c Card) DueAt(now time.Time) bool {
	return c.State.Due == "" || c.State.Due <= now.Format(time.DateOnly)
}

// CardsMost is how many cards two minutes have room for.
const CardsMost = 12

// RehearsalCards are what to know by heart before a meeting: who comes and what
// they do there, what is promised and open, and what the play that applies asks.
// Of those that are due the most are CardsMost, people first, then promises, then
// questions.
func RehearsalCards(in BriefInput, states []Rehearsal) (list []Card) {
	add := func(kind, id, question, answer string) {
		c := Card{Kind: kind, ID: cardID(kind, id, question), Question: question, Answer: answer}
		if i := slices.IndexFunc(states, func(s Rehearsal) bool { return s.ID == c.ID }); i >= 0 {
			c.State = states[i]
		}
		if strings.TrimSpace(answer) != "" && c.DueAt(in.Now) && len(list) < CardsMost {
			list = append(list, c)
		}
	}
	for _, p := range in.People {
		if p.ID != "" && p.Role != "" && answerOf(in.Meeting, p) != AnswerDeclined {
			add(KindContact, p.ID, "Who is "+personName(p)+"?", p.Role)
		}
	}
	open, _ := parted(in.Promises, Promise.Open)
	SortPromises(open, in.Now)
	for _, p := range open {
		who := FirstName(contactIn(in, p.Contact))
		switch {
		case p.By == Us && who != "":
			add(KindPromise, p.ID, "What do we owe "+who+dueWord(p, in.Now)+"?", p.What)
		case p.By == Us:
			add(KindPromise, p.ID, "What do we owe them"+dueWord(p, in.Now)+"?", p.What)
		case who != "":
			add(KindPromise, p.ID, "What did "+who+" promise us"+dueWord(p, in.Now)+"?", p.What)
		}
	}
	for _, l := range in.Library.LessonsFor(SettingOf(in.settingFacts(), in.Now)) {
		if l.Kind() != KindPlay || !l.Pressing() {
			continue
		}
		for i, q := range l.Play.Questions {
			add(KindPlay, l.Play.ID+"/"+strconv.Itoa(i), l.Title+", question "+strconv.Itoa(i+1)+": what do you ask?", q)
		}
		break
	}
	return list
}

func dueWord(p Promise, now time.Time) string {
	if p.Due == "" {
		return ""
	}
	return " for " + ShortDay(p.Due, now)
}

func contactIn(in BriefInput, id string) string {
	for _, c := range in.Contacts {
		if id != "" && c.Contact.ID == id {
			return c.Contact.Name
		}
	}
	return ""
}

// cardID is the ID of a card: another question is another card.
func cardID(kind, id, question string) string {
	h := fnv.New64a()
	h.Write([]byte(question))
	return "card-" + kind + "-" + id + "-" + strconv.FormatUint(h.Sum64(), 16)
}
