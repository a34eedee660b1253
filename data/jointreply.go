package data

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// A JointReply is what somebody answers to a joint plan: what a line should read,
// that a step is done, or something new. It is offered: a person of ours takes it
// over or declines it, with a reason.
type JointReply struct {
	Belongs
	Plan     string `reg:"plan"`     // JointPlan.ID
	Line     string `reg:"line"`     // JointLine.Key, "" for something new in Section
	Register string `reg:"register"` // of the line: "what", "amount", "due", "done"
	Section  string `reg:"section"`
	Was      string `reg:"was"`
	Becomes  string `reg:"becomes"`
	On       string `reg:"on"` // date
	By       string `reg:"by"` // their name
}

// DoneRegister is what a tick of a step replaces: the date on which it was done.
const DoneRegister = "done"

// PartKind is KindJointReply.
func (r JointReply) PartKind() string { return KindJointReply }

// Standing is its date; it is a record.
func (r JointReply) Standing() (string, bool) { return r.On, false }

// maxReply is how long a reply is at most, in bytes.
const maxReply = 4000

// Check says why it cannot be kept, or nil.
func (r JointReply) Check() error {
	kind, _, _ := JointLine{Key: r.Line}.Ref()
	switch {
	case r.Plan == "":
		return invalid("plan", "say which plan it is about")
	case strings.TrimSpace(r.Becomes) == "":
		return invalid("becomes", "say what it should read")
	case len(r.Becomes) > maxReply:
		return invalid("becomes", "that is too long; say it in fewer words")
	case r.Line == "" && !slices.Contains(jointOpen, r.Section):
		return invalid("section", "nothing new can be added there; name world, hurts or steps")
	case r.Line != "" && !CanCorrect(kind, r.Register):
		return invalid("register", "that cannot be corrected here")
	case r.Register == DoneRegister, r.Register == "due":
		return cmp.Or(checkDate("becomes", r.Becomes), checkDate("on", r.On))
	}
	return checkDate("on", r.On)
}

// CorrectionID is the ID of the correction that a reply becomes once it is answered.
func (r JointReply) CorrectionID() string { return r.ID + replyMark }

const replyMark = "-reply"

// ReplyOf is the ID of the reply that a correction came from, "" for none.
func (c Correction) ReplyOf() string {
	if id, ok := strings.CutSuffix(c.ID, replyMark); ok {
		return id
	}
	return ""
}

// Correction is a reply as it is offered to us, about an account of ours and from one
// of its contacts where the name is known.
func (r JointReply) Correction(account, contact string) Correction {
	c := Correction{
		Belongs:  Belongs{ID: r.CorrectionID(), Account: account, Contact: contact, RecordedAt: r.RecordedAt},
		Register: r.Register, Section: r.Section, Was: r.Was, Becomes: strings.TrimSpace(r.Becomes), On: r.On, By: r.By,
	}
	c.Key, _, _ = strings.Cut(r.Line, "#")
	return c
}

// A JointAnswer is what came of a reply.
type JointAnswer struct {
	Answer CorrectionAnswer `json:"answer"`
	Why    string           `json:"why,omitempty"`
	On     string           `json:"on"` // date
	Who    string           `json:"who,omitempty"`
}

// Answered is the plan with what a correction came to, for the reply that it is of.
func (p JointPlan) Answered(c Correction) JointPlan {
	body, err := json.Marshal(JointAnswer{c.Answer, c.Why, c.Answered, c.Who})
	if err != nil {
		panic("bug: " + err.Error())
	}
	answers := map[string]string{c.ReplyOf(): string(body)}
	for id, a := range p.Answers {
		if id != c.ReplyOf() {
			answers[id] = a
		}
	}
	p.Answers = answers
	return p
}

// AnswerTo is what came of a reply; false while nobody answered it.
func (p JointPlan) AnswerTo(reply string) (a JointAnswer, ok bool) {
	if json.Unmarshal([]byte(p.Answers[reply]), &a) != nil {
		return JointAnswer{}, false
	}
	return a, a.Answer == CorrectionTaken || a.Answer == CorrectionDeclined
}
