package data

import (
	"net/url"
	"strings"
	"time"
)

// KindContent and KindNurtureAnswer are their names in the change log.
const (
	KindContent       = "content"
	KindNurtureAnswer = "nurture-answer"
)

// Content is something worth sending to somebody at a stage: a guide, a case, an
// invitation. It is the team's own and goes with its spaces as training notes do.
type Content struct {
	Belongs
	Title   string     `reg:"title"`
	Stage   TrustStage `reg:"stage"` // "" for any
	Topics  []string   `reg:"topic/"`
	Link    string     `reg:"link"` // "" where the words are all
	Text    string     `reg:"text"` // what is written about it, in a mail
	By      string     `reg:"by"`
	On      string     `reg:"on"`      // date
	Retired string     `reg:"retired"` // date, "" while it is in use
}

// PartKind is KindContent.
func (c Content) PartKind() string { return KindContent }

// Standing is open until it is retired, and never due.
func (c Content) Standing() (string, bool) { return "", c.Retired == "" }

// Check says why it cannot be kept, or nil.
func (c Content) Check() error {
	switch {
	case strings.TrimSpace(c.Title) == "":
		return invalid("title", "say what it is called")
	case c.Account != "" || c.Contact != "":
		return invalid("account", "content is the team's and belongs to no account")
	case strings.TrimSpace(c.Link) == "" && strings.TrimSpace(c.Text) == "":
		return invalid("text", "give a link or a few words; a title alone is nothing to send")
	}
	if c.Link != "" {
		if u, err := url.Parse(c.Link); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return invalid("link", "%q is not a link; write it like https://example.org/guide", c.Link)
		}
	}
	return firstErr(checkOneOf("stage", c.Stage, TrustStages), checkDate("on", c.On), checkDate("retired", c.Retired))
}

// Called is its title.
func (c Content) Called() string { return c.Title }

// NurtureSaid is what a person answered to a suggestion.
type NurtureSaid string

// The answers.
const (
	NurtureDrafted NurtureSaid = "drafted"
	NurtureStep    NurtureSaid = "step made"
	NurtureDone    NurtureSaid = "done"
	NurtureNotNow  NurtureSaid = "not now"
	NurtureNever   NurtureSaid = "never"
)

// NurtureSays are all of them.
var NurtureSays = []NurtureSaid{NurtureDrafted, NurtureStep, NurtureDone, NurtureNotNow, NurtureNever}

// NurtureAnswer is what a person answered to a suggestion of nurture. By it none
// comes twice. It stays on this laptop.
type NurtureAnswer struct {
	Belongs
	Key   string      `reg:"key"`   // of the suggestion
	Words string      `reg:"words"` // what was suggested
	Said  NurtureSaid `reg:"said"`
	On    string      `reg:"on"`    // date
	Until string      `reg:"until"` // of NurtureNotNow: the date from which it may come again
	Draft string      `reg:"draft"` // of NurtureDrafted: Draft.ID
	Step  string      `reg:"step"`  // of NurtureStep: Step.ID
}

// PartKind is KindNurtureAnswer.
func (a NurtureAnswer) PartKind() string { return KindNurtureAnswer }

// Standing is closed: it is a record of a date.
func (a NurtureAnswer) Standing() (string, bool) { return a.On, false }

// Check says why it cannot be kept, or nil.
func (a NurtureAnswer) Check() error {
	switch {
	case a.Key == "" || a.Account == "" && a.Contact == "":
		return invalid("key", "say which suggestion is answered")
	case a.Said == "":
		return invalid("said", "say what became of it")
	case a.Said == NurtureNotNow && a.Until == "":
		return invalid("until", "say from when on it may be suggested again")
	case a.Said == NurtureNever && a.Contact == "":
		return invalid("contact", "say for whom nothing is suggested any more")
	}
	return firstErr(checkOneOf("said", a.Said, NurtureSays), checkDate("on", a.On), checkDate("until", a.Until))
}

// Holds says whether the answer still keeps its suggestion away on a day of now.
func (a NurtureAnswer) Holds(now time.Time) bool {
	return a.Said != NurtureNotNow || a.Until > now.Format(time.DateOnly)
}
