package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// KindLeaving is its name in the change log.
const KindLeaving = "leaving"

// Leaving is one thing that leaving an account well takes: one of LeavingThings, or
// something of the team's own. What facts tell is ticked by itself.
type Leaving struct {
	Belongs
	Thing string `reg:"thing"` // LeavingThing.Key, "" for one of the team's own
	What  string `reg:"what"`  // of the team's own
	Owner string `reg:"owner"` // of us
	By    string `reg:"by"`    // date
	// Words are what the thing asks to be written down: their reasons in their
	// words, who helps them next, what we learned.
	Words string `reg:"words"`
	// Again is the date on which we ask how they are.
	Again string `reg:"again"`
	Done  string `reg:"done"` // date
	// Not says that it is not needed here, with the reason in Words.
	Not bool `reg:"not"`
}

// PartKind is KindLeaving.
func (l Leaving) PartKind() string { return KindLeaving }

// Standing is open until it is done or not needed.
func (l Leaving) Standing() (string, bool) { return l.By, l.Done == "" && !l.Not }

// Check says why it cannot be kept, or nil.
func (l Leaving) Check() error {
	thing, known := LeavingThingOf(l.Thing)
	switch {
	case l.Account == "":
		return invalid("account", "say which account is left")
	case l.Thing != "" && !known:
		return invalid("thing", "%q is none of %s", l.Thing, strings.Join(leavingKeys(), ", "))
	case l.Thing == "" && strings.TrimSpace(l.What) == "":
		return invalid("what", "say what is to be done")
	case l.Not && strings.TrimSpace(l.Words) == "":
		return invalid("words", "say why it is not needed")
	case l.Done != "" && l.Not:
		return invalid("done", "it is either done or not needed")
	case l.Done != "" && thing.Asks != "" && strings.TrimSpace(l.Words) == "":
		return invalid("words", "%s", thing.Asks)
	case l.Done != "" && thing.Dated && l.Again == "":
		return invalid("again", "say on which day you ask how they are")
	}
	return firstErr(checkDate("by", l.By), checkDate("again", l.Again), checkDate("done", l.Done))
}

// LeavingID is the ID of a thing of LeavingThings of an account: it has one of each.
func LeavingID(account, thing string) string { return "leaving-" + thing + "-" + account }

// LeavingThing is something that leaving well takes anywhere.
type LeavingThing struct {
	Key  string // "successor"
	What string // "They know who helps them next"
	// Asks says what must be written down before it is done; "" is nothing.
	Asks  string
	Dated bool // a day is asked for on which we ask again
	// open says what of it is still open by the facts; "" for nothing. nil where
	// facts cannot tell.
	open func(in LeavingInput) string
}

// The keys of what leaving well takes.
const (
	LeavingOurs      = "promises"
	LeavingTheirs    = "theirs"
	LeavingPlan      = "plan"
	LeavingAnswers   = "answers"
	LeavingAccess    = "access"
	LeavingSuccessor = "successor"
	LeavingReasons   = "reasons"
	LeavingInvoices  = "invoices"
	LeavingThanks    = "thanks"
	LeavingDoor      = "door"
	LeavingTouch     = "touch"
	LeavingLearned   = "learned"
)

// LeavingThings are all of them, in their order.
var LeavingThings = []LeavingThing{
	{Key: LeavingReasons, What: "Why it ends is said in their words", Asks: "write down what they said, in their words"},
	{Key: LeavingOurs, What: "What we promised is kept or released", open: func(in LeavingInput) string { return openPromises(in.Promises, Us) }},
	{Key: LeavingTheirs, What: "What they promised is kept, or we let it go", open: func(in LeavingInput) string { return openPromises(in.Promises, Customer) }},
	{Key: LeavingPlan, What: "Joint steps and objectives are done or dropped", open: openPlan},
	{Key: LeavingAnswers, What: "Everybody there has their answer", open: func(in LeavingInput) string {
		if in.Waiting == 0 {
			return ""
		}
		return Counted(in.Waiting, "mail waits", "mails wait") + " for our answer"
	}},
	{Key: LeavingAccess, What: "Their data and our access are given back"},
	{Key: LeavingSuccessor, What: "They know who helps them next, and were introduced", Asks: "say who helps them next"},
	{Key: LeavingInvoices, What: "Invoices and credits are settled"},
	{Key: LeavingThanks, What: "Thank-you is said, in person or by hand"},
	{Key: LeavingTouch, What: "Somebody of us stays in touch", Asks: "say who of you stays in touch, and with whom"},
	{Key: LeavingDoor, What: "The door is open: a day to ask how they are", Dated: true},
	{Key: LeavingLearned, What: "What we learned is written down", Asks: "write down what you would do otherwise"},
}

// LeavingThingOf is the thing of a key; ok is false where there is none.
func LeavingThingOf(key string) (t LeavingThing, ok bool) {
	i := slices.IndexFunc(LeavingThings, func(t LeavingThing) bool { return t.Key == key })
	if i < 0 {
		return LeavingThing{}, false
	}
	return LeavingThings[i], true
}

func leavingKeys() []string {
	keys := make([]string, len(LeavingThings))
	for i, t := range LeavingThings {
		keys[i] = t.Key
	}
	return keys
}

func openPromises(list []Promise, by Side) string {
	n := 0
	for _, p := range list {
		if p.Open() && (p.By == by || by == Customer && p.By == Partner) {
			n++
		}
	}
	if n == 0 {
		return ""
	}
	return Counted(n, "promise is open", "promises are open")
}

func openPlan(in LeavingInput) string {
	steps, _ := parted(in.Steps, Step.Open)
	goals, _ := parted(in.Objectives, Objective.Open)
	var words []string
	if n := len(steps); n > 0 {
		words = append(words, Counted(n, "step", "steps"))
	}
	if n := len(goals); n > 0 {
		words = append(words, Counted(n, "objective", "objectives"))
	}
	if len(words) == 0 {
		return ""
	}
	if len(steps)+len(goals) == 1 {
		return words[0] + " is open"
	}
	return strings.Join(words, " and ") + " are open"
}

// LeavingInput is what the list of an account that is left is made from.
type LeavingInput struct {
	Now        time.Time
	Account    Account
	Items      []Leaving
	Promises   []Promise
	Steps      []Step
	Objectives []Objective
	Waiting    int // mails of theirs that nobody answered
}

// LeavingLine is a line of the list.
type LeavingLine struct {
	Leaving
	Text    string // what is to be done
	Counted bool   // facts tick it, nobody else can
	Closed  bool   // done, by facts or by somebody, or not needed
	State   string // "2 promises are open", "done on 3 Nov", "not needed: they were never let in"
	Late    int    // days over
}

// LeavingList is what leaving an account well takes, and what of it is open.
type LeavingList struct {
	Account Account
	Lines   []LeavingLine
	Open    int
	Late    int // lines that are over
}

// ComposeLeaving makes the list: what leaving takes anywhere, then what the team
// added.
func ComposeLeaving(in LeavingInput) LeavingList {
	list := LeavingList{Account: in.Account}
	for _, t := range LeavingThings {
		item := Leaving{Belongs: Belongs{ID: LeavingID(in.Account.ID, t.Key), Account: in.Account.ID}, Thing: t.Key}
		for _, have := range in.Items {
			if have.Thing == t.Key {
				item = have
			}
		}
		list.add(item, t, in)
	}
	own, _ := parted(in.Items, func(l Leaving) bool { return l.Thing == "" })
	slices.SortStableFunc(own, func(a, b Leaving) int {
		return cmp.Or(a.RecordedAt.Compare(b.RecordedAt), strings.Compare(a.ID, b.ID))
	})
	for _, item := range own {
		list.add(item, LeavingThing{What: item.What}, in)
	}
	return list
}

func (list *LeavingList) add(item Leaving, t LeavingThing, in LeavingInput) {
	l := LeavingLine{Leaving: item, Text: t.What, Counted: t.open != nil}
	switch {
	case item.Not:
		l.Closed, l.State = true, "not needed: "+item.Words
	case t.open != nil:
		l.State = t.open(in)
		l.Closed = l.State == ""
		if l.Closed {
			l.State = "nothing is open"
		}
	case item.Done != "":
		l.Closed, l.State = true, "done on "+dayIn(item.Done, in.Now)
	}
	if t.Dated && item.Again != "" {
		l.State = joinCommas(l.State, "asked again on "+dayIn(item.Again, in.Now))
	}
	if !l.Closed {
		list.Open++
		if item.By != "" {
			l.Late = max(0, daysSinceDate(item.By, in.Now))
		}
		if l.Late > 0 {
			list.Late++
		}
	}
	list.Lines = append(list.Lines, l)
}

// Words say how far it is, "7 of 12 are done".
func (list LeavingList) Words() string {
	return Counted(len(list.Lines)-list.Open, "thing", "things") + " of " + grouped(float64(len(list.Lines))) + " done"
}

// Learned is what was learned by leaving, "" where nobody wrote it.
func (list LeavingList) Learned() string {
	for _, l := range list.Lines {
		if l.Thing == LeavingLearned {
			return l.Words
		}
	}
	return ""
}

// OpenWords name what is open, "what we promised is kept or released (2 promises
// are open); they know who helps them next, and were introduced".
func (list LeavingList) OpenWords() string {
	var words []string
	for _, l := range list.Lines {
		if l.Closed {
			continue
		}
		text := lowerFirst(l.Text)
		if l.State != "" {
			text += " (" + l.State + ")"
		}
		words = append(words, text)
	}
	return strings.Join(words, "; ")
}

// LeavingSheet is the list as a page for the team: what is open and what was done,
// with the words that were written down.
func LeavingSheet(list LeavingList, now time.Time) Sheet {
	s := Sheet{Title: "Leaving " + list.Account.Name + " well", Under: list.Words(), Foot: "For our team only"}
	for _, part := range []struct {
		key, label string
		closed     bool
	}{{"open", "Still to do", false}, {"done", "Done", true}} {
		section := SheetSection{Key: part.key, Label: part.label, Inside: true}
		for _, l := range list.Lines {
			if l.Closed != part.closed {
				continue
			}
			line := SheetLine{Kind: KindLeaving, ID: l.ID, Text: l.Text, Said: l.State, Below: l.Leaving.Words, People: ourPeople(l.Owner), Inside: true}
			if l.Not {
				line.Below = ""
			}
			if l.By != "" && !l.Closed {
				line.Amount = "by " + dayIn(l.By, now)
			}
			if l.Late > 0 {
				line.Marks = []SheetMark{{Words: days(l.Late) + " over", Tone: ToneBad}}
			}
			section.Lines = append(section.Lines, line)
		}
		if len(section.Lines) > 0 {
			s.Sections = append(s.Sections, section)
		}
	}
	return s
}
