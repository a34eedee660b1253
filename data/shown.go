package data

import "strings"

// Names of the kinds in the change log.
const (
	KindShown      = "shown"
	KindCorrection = "correction"
)

// Shown records that a customer saw the joint version of their plan. Contact is
// who saw it.
type Shown struct {
	Belongs
	On   string `reg:"on"`  // date
	How  string `reg:"how"` // "in a meeting", "as a page"
	Note string `reg:"note"`
	// Marks are the marks of the lines that they saw, by the line's key, so that it
	// can be said what changed since (JointLine.Mark).
	Marks map[string]string `reg:"mark/"`
}

// PartKind is KindShown.
func (s Shown) PartKind() string { return KindShown }

// Standing is its date; it is a record.
func (s Shown) Standing() (string, bool) { return s.On, false }

// Check says why it cannot be kept, or nil.
func (s Shown) Check() error {
	if s.Account == "" || s.On == "" {
		return invalid("on", "say whose plan was shown, and when")
	}
	return checkDate("on", s.On)
}

// Correction is what a customer wrote beside a line of the joint version: it is
// offered, and a person takes it over or declines it, with a reason.
type Correction struct {
	Belongs
	// Key is the line it is about (SheetLine.KeyOf) and Register what of it; both
	// are "" for something new in Section.
	Key      string `reg:"key"`
	Register string `reg:"register"`
	Section  string `reg:"section"`
	Was      string `reg:"was"`
	Becomes  string `reg:"becomes"`
	On       string `reg:"on"` // date on which they wrote it
	By       string `reg:"by"` // who wrote it, as they signed
	// Answer is what we did with it; "" while nobody did anything.
	Answer   CorrectionAnswer `reg:"answer"`
	Why      string           `reg:"why"` // of a refusal
	Answered string           `reg:"answered"`
	Who      string           `reg:"who"` // of us
}

// CorrectionAnswer is what was done with a correction.
type CorrectionAnswer string

// The answers.
const (
	CorrectionTaken    CorrectionAnswer = "accepted"
	CorrectionDeclined CorrectionAnswer = "declined"
)

// Words are what it says, with what that stands for where both are short: "41, not
// 39"; of a step, that it is done.
func (c Correction) Words() string {
	if c.Register == DoneRegister {
		return "“" + c.Was + "” is done since " + c.Becomes
	}
	if c.Was == "" || len(c.Was)+len(c.Becomes) > 60 {
		return c.Becomes
	}
	return c.Becomes + ", not " + c.Was
}

// PartKind is KindCorrection.
func (c Correction) PartKind() string { return KindCorrection }

// Standing is open until somebody answers.
func (c Correction) Standing() (string, bool) { return c.On, c.Answer == "" }

// Check says why it cannot be kept, or nil.
func (c Correction) Check() error {
	switch {
	case c.Account == "":
		return invalid("account", "say whose plan it corrects")
	case strings.TrimSpace(c.Becomes) == "":
		return invalid("becomes", "say what it should read")
	case c.Answer == CorrectionDeclined && strings.TrimSpace(c.Why) == "":
		return invalid("why", "say why it is declined; the customer is told")
	}
	return firstErr(checkDate("on", c.On), checkDate("answered", c.Answered), checkOneOf("answer", c.Answer, []CorrectionAnswer{CorrectionTaken, CorrectionDeclined}))
}
