package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// KindFeedback is its name in the change log.
const KindFeedback = "feedback"

// Feedback is something that a customer told us about how we do, with what we
// decided and whether they know. Contact said it; Interaction is where.
type Feedback struct {
	Belongs
	Words string `reg:"words"` // theirs
	Level Volume `reg:"level"`
	Theme string `reg:"theme"` // what it is about, in a word or two
	On    string `reg:"on"`    // date on which it was said
	Owner string `reg:"owner"` // who of us sees to it
	// Answer is the SurveyAnswer.ID of the survey that it comes from, or "".
	Answer string `reg:"answer"`

	Decision Decision `reg:"decision"`
	Why      string   `reg:"why"`     // in words that the customer may read
	Fits     string   `reg:"fits"`    // how that fits what we are there for
	Decided  string   `reg:"decided"` // date
	Told     string   `reg:"told"`    // date on which the customer heard of it
	How      Channel  `reg:"how"`     // by which way

	Helped []string `reg:"helped/"` // Contact.IDs of those who worked it out with us
	Credit string   `reg:"credit"`  // how they were thanked for it
}

// Volume is how loud feedback is.
type Volume string

// The volumes: an aside, something that several say, a complaint or an alarm.
const (
	Whisper Volume = "whisper"
	Chatter Volume = "chatter"
	Shout   Volume = "shout"
)

// Volumes are all of them, the loudest first.
var Volumes = []Volume{Shout, Chatter, Whisper}

// Decision is what we decided about feedback; "" is nothing yet.
type Decision string

// The decisions.
const (
	Accepted Decision = "accepted"
	Declined Decision = "declined"
	Later    Decision = "later"
)

// Decisions are all of them.
var Decisions = []Decision{Accepted, Declined, Later}

// PartKind is KindFeedback.
func (f Feedback) PartKind() string { return KindFeedback }

// Standing is due when the customer should have heard from us, open until they have.
func (f Feedback) Standing() (string, bool) { return f.TellBy(), f.Told == "" }

// TellBy is the date by which the customer should know what came of it: 48 hours
// (AnswerPromise) after they said it, or after it was put off.
func (f Feedback) TellBy() string {
	from := f.On
	if f.Decision == Later {
		from = cmp.Or(f.Decided, f.On)
	}
	at, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return ""
	}
	return at.Add(AnswerPromise).Format(time.DateOnly)
}

// Late is how many days it is over on a day of now's zone; 0 when it is not, or
// when they know.
func (f Feedback) Late(now time.Time) int {
	by, err := time.Parse(time.DateOnly, f.TellBy())
	if err != nil || f.Told != "" {
		return 0
	}
	today, _ := time.Parse(time.DateOnly, now.Format(time.DateOnly))
	return max(0, int(today.Sub(by).Hours()/24))
}

// FeedbackFresh is for how many days after it was answered a plan still shows
// feedback.
const FeedbackFresh = 90

// mark says how it stands: whether they wait for us, or what we decided.
func (f Feedback) mark(now time.Time) SheetMark {
	switch late := f.Late(now); {
	case f.Told != "":
		return SheetMark{Words: string(f.Decision), Tone: ToneGood}
	case late > 0:
		return SheetMark{Words: "answer " + Counted(late, "day", "days") + " over", Tone: ToneBad}
	case f.Decision == "" || f.Decision == Later:
		return SheetMark{Words: "waits for our answer", Tone: ToneWarn}
	}
	return SheetMark{Words: string(f.Decision) + ", not told yet", Tone: ToneWarn}
}

// Name is what was said.
func (f Feedback) Name() string { return f.Words }

// Check says why it cannot be kept, or nil.
func (f Feedback) Check() error {
	switch {
	case strings.TrimSpace(f.Words) == "":
		return invalid("words", "say what they told us, in their words")
	case f.Account == "":
		return invalid("account", "say who told us")
	case f.On == "":
		return invalid("on", "say on which day they told us")
	case (f.Decision == Accepted || f.Decision == Declined) && strings.TrimSpace(f.Why) == "":
		return invalid("why", "say why, in words that they may read")
	case f.Told != "" && f.Decision == "":
		return invalid("told", "decide first; then tell them")
	case f.Told != "" && f.Told < f.On:
		return invalid("told", "they cannot have heard of it before they said it")
	}
	return firstErr(checkOneOf("level", f.Level, Volumes), checkOneOf("decision", f.Decision, Decisions), checkOneOf("how", f.How, Channels),
		checkDate("on", f.On), checkDate("decided", f.Decided), checkDate("told", f.Told))
}

// SortFeedback puts what waits for us first, the latest before the others, then the
// loudest, then the newest; what they know of comes last.
func SortFeedback(list []Feedback, now time.Time) {
	slices.SortStableFunc(list, func(a, b Feedback) int {
		waits := func(f Feedback) int {
			switch {
			case f.Told != "":
				return 2
			case f.Decision == Later:
				return 1
			}
			return 0
		}
		return cmp.Or(waits(a)-waits(b), b.Late(now)-a.Late(now), volumeOrder(a.Level)-volumeOrder(b.Level), -strings.Compare(a.On, b.On))
	})
}

func volumeOrder(v Volume) int {
	if i := slices.Index(Volumes, v); i >= 0 {
		return i
	}
	return len(Volumes)
}
