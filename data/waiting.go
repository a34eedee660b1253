package data

import (
	"fmt"
	"slices"
	"time"

	"rapport/data/text"
)

// Talk is a conversation by mail as the question of who owes the next answer
// sees it.
type Talk struct {
	Mails []TalkMail // oldest first
	// Met are the meetings, calls and visits that may have answered it, in any
	// order.
	Met []Interaction
}

// TalkMail is one mail of a conversation.
type TalkMail struct {
	Interaction
	// Automated says why no person wrote it; "" when one did.
	Automated string
	// Own is what its sender wrote, without quotes and signature; "" also where
	// it was not read, which makes it no closer.
	Own string
	// Answered is the server's mark that a mail program answered it.
	Answered bool
}

// Owed says who owes the next answer in a conversation, since when and why. The
// zero value is that nobody does; Reasons may then say why not.
type Owed struct {
	By Side // Us, or whose the others are
	// Interaction is the latest mail that waits, and Since when the first of
	// those was sent.
	Interaction Interaction
	Since       time.Time
	Asks        string      // the sentence that asks; "" when none is seen
	Person      Participant // who waits, or for whom we do
	Reasons     []string    // sentences without their full stops
}

// asksShown is how many letters of a question are shown.
const asksShown = 80

// WhoOwes decides who owes the next answer in a conversation as of now.
//
// We do when somebody wrote to us and none of us answered them. Nobody does when
// the mail came to us as a copy only, when it does no more than thank (see
// text.IsCloser), when the mail program marked it as answered, or when one of us
// met or called its sender since. They do when we asked something and none of
// them wrote, or met us, since. Mail that a program wrote counts for neither;
// nor does what we write to one another.
func WhoOwes(t Talk, now time.Time) Owed {
	mails, _ := parted(t.Mails, func(m TalkMail) bool { return m.Automated == "" && !m.At.After(now) && len(m.People) > 0 })
	var open, ours []TalkMail // theirs that may wait, and those of ours after, newest first
	var why []string
	wrote := false // they wrote after our last mail
	for _, m := range slices.Backward(mails) {
		if m.People[0].Side == Us {
			if leavesUs(m.Interaction) {
				ours = append(ours, m)
			}
			continue
		}
		if slices.ContainsFunc(ours, func(o TalkMail) bool { return reaches(o, m) }) {
			break
		}
		wrote = wrote || len(ours) == 0
		if reason := needsNoAnswer(t, m, now); reason != "" {
			why = append(why, reason)
		} else {
			open = append(open, m)
		}
	}
	switch {
	case len(open) > 0:
		return weOwe(open, now)
	case len(ours) > 0 && !wrote:
		return theyOwe(t, ours[0], now)
	}
	return Owed{Reasons: why}
}

// leavesUs says whether a mail of ours goes to anybody who is not one of us.
func leavesUs(i Interaction) bool {
	return len(i.People) > 0 && slices.ContainsFunc(i.People[1:], func(p Participant) bool { return p.Side != Us })
}

// reaches says whether a mail of ours goes to who wrote theirs, or somebody of
// the same organisation.
func reaches(ours, theirs TalkMail) bool {
	from := theirs.People[0]
	domain := text.Domain(from.Email)
	return slices.ContainsFunc(ours.People[1:], func(p Participant) bool {
		return p.Side != Us && (samePerson(p, from) || text.Domain(p.Email) == domain && !IsPublicDomain(domain, nil))
	})
}

func samePerson(a, b Participant) bool {
	return a.Email != "" && a.Email == b.Email || a.Contact != "" && a.Contact == b.Contact
}

// needsNoAnswer says why a mail of theirs is not ours to answer, or "".
func needsNoAnswer(t Talk, m TalkMail, now time.Time) string {
	name := m.People[0].first()
	switch {
	case !slices.ContainsFunc(m.People[1:], func(p Participant) bool { return p.Part == "to" && p.Side == Us }):
		return fmt.Sprintf("%s wrote to others, and we only have a copy", name)
	case text.IsCloser(m.Own):
		return fmt.Sprintf("%s only says thanks", name)
	case m.Answered:
		return "your mail program marks it as answered"
	}
	if i, ok := metSince(t, m.People[0], m.At, now); ok {
		return metWords(i, name, now)
	}
	return ""
}

// metSince is the first meeting, call or visit with a person after a moment that
// has taken place.
func metSince(t Talk, with Participant, since, now time.Time) (Interaction, bool) {
	var first Interaction
	for _, i := range t.Met {
		took := i.Kind == Meet || i.Kind == Call || i.Kind == Visit
		if !took || i.Cancelled || !i.At.After(since) || i.At.After(now) || !first.At.IsZero() && !i.At.Before(first.At) {
			continue
		}
		if slices.ContainsFunc(i.People, func(p Participant) bool { return samePerson(p, with) && p.Came() }) {
			first = i
		}
	}
	return first, !first.At.IsZero()
}

func metWords(i Interaction, name string, now time.Time) string {
	switch i.Kind {
	case Call:
		return fmt.Sprintf("one of us spoke with %s on %s", name, ShortDate(i.At, now))
	case Visit:
		return fmt.Sprintf("one of us visited %s on %s", name, ShortDate(i.At, now))
	}
	return fmt.Sprintf("one of us met %s on %s", name, ShortDate(i.At, now))
}

// weOwe is what follows from their mails that wait, newest first.
func weOwe(open []TalkMail, now time.Time) Owed {
	first, last := open[len(open)-1], open[0]
	o := Owed{By: Us, Interaction: last.Interaction, Since: first.At, Person: last.People[0]}
	name := o.Person.first()
	o.Reasons = []string{fmt.Sprintf("%s wrote on %s, and none of us answered", name, ShortDate(first.At, now))}
	for _, m := range open {
		if o.Asks = text.Asks(m.Own, asksShown); o.Asks != "" {
			o.Reasons = append(o.Reasons, "asks: “"+o.Asks+"”")
			break
		}
	}
	if len(open) > 1 {
		o.Reasons = append(o.Reasons, fmt.Sprintf("%s since then", Counted(len(open), "mail", "mails")))
	}
	return o
}

// theyOwe is what follows from a last mail of ours.
func theyOwe(t Talk, m TalkMail, now time.Time) Owed {
	asks := text.Asks(m.Own, asksShown)
	i := slices.IndexFunc(m.People[1:], func(p Participant) bool { return p.Side != Us && p.Part == "to" })
	if asks == "" || i < 0 {
		return Owed{}
	}
	o := Owed{By: m.People[i+1].Side, Interaction: m.Interaction, Since: m.At, Asks: asks, Person: m.People[i+1]}
	if o.By == "" {
		o.By = Customer
	}
	name := o.Person.first()
	if met, ok := metSince(t, o.Person, m.At, now); ok {
		return Owed{Reasons: []string{metWords(met, name, now)}}
	}
	o.Reasons = []string{fmt.Sprintf("you asked %s on %s, and nobody there answered", name, ShortDate(m.At, now)), "asks: “" + asks + "”"}
	return o
}

// Turn is one mail of a conversation, as it counts for how fast a side answers.
type Turn struct {
	Thread string
	At     time.Time
	Ours   bool
}

// usualLeast is of how many answers a usual time is made at least.
const usualLeast = 3

// UsualAnswer is how long one side takes to answer the other by mail: the median
// of the times between the first mail that waits and the next of the other side
// in its conversation; the upper of the middle two. Turns are oldest first. It
// is 0 while fewer than three answers are known.
func UsualAnswer(turns []Turn, ours bool) time.Duration {
	waits := map[string]time.Time{}
	var took []time.Duration
	for _, t := range turns {
		since, waiting := waits[t.Thread]
		switch {
		case t.Ours != ours && !waiting:
			waits[t.Thread] = t.At
		case t.Ours == ours && waiting:
			took = append(took, t.At.Sub(since))
			delete(waits, t.Thread)
		}
	}
	if len(took) < usualLeast {
		return 0
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// Waiting is a conversation in which somebody owes the next answer.
type Waiting struct {
	Owed
	Account Account
	// Usual is how long that side takes to answer in this account; 0 when too
	// little is known.
	Usual time.Duration
}

// Longer says whether it has waited longer than usual: half as long again, and
// more than a day.
func (w Waiting) Longer(now time.Time) bool {
	waited := now.Sub(w.Since)
	return w.Usual > 0 && waited > 24*time.Hour && waited > w.Usual*3/2
}

// UsualWords is "longer than usual, 5 h" or "usually 2 days"; "" when too little
// is known.
func (w Waiting) UsualWords(now time.Time) string {
	switch {
	case w.Usual <= 0:
		return ""
	case w.Longer(now):
		return "longer than the usual " + Age(w.Usual)
	}
	return "usually " + Age(w.Usual)
}

// OwedWords says in a line who waits for whom: "Anna waits 15 h for your answer",
// "2 people wait for your answer, the longest 3 days", "Leon has not answered for
// 4 days". Our answers go first; "" when nobody waits.
func OwedWords(ours, theirs []Waiting, now time.Time) string {
	switch {
	case len(ours) == 1:
		return fmt.Sprintf("%s waits %s for your answer", ours[0].Person.first(), since(ours[0].Since, now))
	case len(ours) > 1:
		return fmt.Sprintf("%s for your answer, the longest %s", waitCount(ours), since(longest(ours).Since, now))
	case len(theirs) > 0:
		w := longest(theirs)
		return fmt.Sprintf("%s has not answered for %s", w.Person.first(), since(w.Since, now))
	}
	return ""
}

func longest(list []Waiting) Waiting {
	return slices.MinFunc(list, func(a, b Waiting) int { return a.Since.Compare(b.Since) })
}

// waitCount counts the people, not their conversations.
func waitCount(list []Waiting) string {
	people := map[string]bool{}
	for _, w := range list {
		people[w.Person.Email] = true
	}
	return Counted(len(people), "person waits", "people wait")
}

func (p Participant) first() string { return FirstName(text.Name(p.Name, p.Email)) }
