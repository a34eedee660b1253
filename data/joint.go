package data

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// Names of the kinds in the change log.
const (
	KindJointPlan  = "joint-plan"
	KindJointReply = "joint-reply"
)

// IsJoint says whether things of a kind stand in a joint space by themselves: they
// do not follow the account that they are about.
func IsJoint(kind string) bool { return kind == KindJointPlan || kind == KindJointReply }

// JointPlan is an account's plan as it stands in a joint space: the lines that
// somebody of us put there on purpose, as they read then. It follows nothing. What
// changes in the plan stays with us until it is put there again.
type JointPlan struct {
	Belongs        // Account is ours; guests know nothing of it but the ID
	Title   string `reg:"title"`
	Put     string `reg:"put"`    // date on which it was put there last
	PutBy   string `reg:"put-by"` // of us
	// Lines are its JointLines as text, by their keys (lineSet).
	Lines map[string]string `reg:"line/"`
	// Answers are what came of replies, JointAnswers as text by JointReply.ID
	// (decisionSet).
	Answers map[string]string `reg:"decision/"`
}

// The sets of registers of a joint plan.
const (
	lineSet     = "line/"
	decisionSet = "decision/"
)

// jointMember is what a member of a set of a joint plan says, by its value; false for
// the sets of others.
func jointMember(register, value string) (words string, ok bool) {
	switch {
	case strings.HasPrefix(register, lineSet):
		l, ok := readJointLine(strings.TrimPrefix(register, lineSet), value)
		return l.Plain(time.Time{}), ok
	case strings.HasPrefix(register, decisionSet):
		a, ok := JointPlan{Answers: map[string]string{"": value}}.AnswerTo("")
		return joinCommas(string(a.Answer), a.Why), ok
	}
	return "", false
}

// JointPlanID is the ID of an account's plan in a joint space: it has one there,
// whoever puts it there.
func JointPlanID(account, space string) string {
	sum := sha256.Sum256([]byte("joint plan\x00" + space + "\x00" + account))
	return "joint-" + hex.EncodeToString(sum[:13])
}

// PartKind is KindJointPlan.
func (p JointPlan) PartKind() string { return KindJointPlan }

// Standing is open; it is a page.
func (p JointPlan) Standing() (string, bool) { return "", true }

// Check says why it cannot be kept, or nil.
func (p JointPlan) Check() error {
	if strings.TrimSpace(p.Title) == "" {
		return invalid("title", "say whose plan it is")
	}
	return checkDate("put", p.Put)
}

// A JointLine is one line of a plan as it stands in a joint space.
type JointLine struct {
	Key     string        `json:"-"` // SheetLine.KeyOf and Register, "step/ID#what"
	Section string        `json:"section"`
	Place   int           `json:"place"` // within its section
	Number  int           `json:"number,omitempty"`
	Lead    string        `json:"lead,omitempty"`
	Text    string        `json:"text"`
	Said    string        `json:"said,omitempty"`
	Below   string        `json:"below,omitempty"`
	Amount  string        `json:"amount,omitempty"`
	People  []SheetPerson `json:"people,omitempty"`
	Bar     *SheetBar     `json:"bar,omitempty"`
	From    string        `json:"from,omitempty"` // dates, of a step
	To      string        `json:"to,omitempty"`
	Side    Side          `json:"side,omitempty"` // of whom the step asks most
	Column  int           `json:"column,omitempty"`
	Also    []SheetField  `json:"also,omitempty"`
	On      string        `json:"on,omitempty"` // date
}

// Ref is the kind, the ID and the register of the part of ours that the line shows.
func (l JointLine) Ref() (kind, id, register string) {
	of, register, _ := strings.Cut(l.Key, "#")
	kind, id, _ = strings.Cut(of, "/")
	return kind, id, register
}

// registerOf is the register that a correction of one is about: "amount" is the
// number of a line, whatever it is called there, and "" its words.
func (l JointLine) registerOf(asked string) string {
	kind, _, words := l.Ref()
	for _, f := range l.Also {
		if f.Register == asked || asked == "amount" && f.Register == "current" {
			return f.Register
		}
	}
	if asked == "" && CanCorrect(kind, words) {
		return words
	}
	return ""
}

// CanReply says whether a register of the line may be corrected, "" for its words.
func (l JointLine) CanReply(register string) bool { return l.registerOf(register) != "" }

// Correct is a reply that has a register of the line read otherwise, "" for its words.
func (l JointLine) Correct(register, becomes string, now time.Time) JointReply {
	r := JointReply{Line: l.Key, Register: l.registerOf(register), Section: l.Section, Was: l.Text, Becomes: becomes, On: now.Format(time.DateOnly)}
	for _, f := range l.Also {
		if f.Register == r.Register {
			r.Was = f.Value
		}
	}
	return r
}

// Tick is a reply that says that a step is done, on a date.
func (l JointLine) Tick(on string) JointReply {
	return JointReply{Line: l.Key, Register: DoneRegister, Section: l.Section, Was: l.Text, Becomes: on, On: on}
}

// jointOrder are the sections of a joint plan, in their order on the page.
var jointOrder = []string{PlanWhy, PlanWorld, PlanHurts, PlanGoals, PlanValue, PlanSteps, PlanPromises, PlanExpects, PlanWishes}

// jointNames are what the sections of a joint plan are called; a plan's own names
// are in jointLabels.
var jointNames = map[string]string{PlanGoals: "Objectives", PlanValue: "Value, both sides", PlanSteps: "Next 90 days", PlanPromises: "Promises"}

func jointName(section string) string {
	return cmp.Or(jointNames[section], jointLabels[section], section)
}

// JointSection is the section of a joint plan that somebody names by its key or by
// what it is called on the page; what is neither stays as it is.
func JointSection(named string) string {
	named = strings.TrimSpace(named)
	for _, section := range jointOrder {
		if strings.EqualFold(named, section) || strings.EqualFold(named, jointName(section)) {
			return section
		}
	}
	return named
}

// JointPlanOf is what is put into a joint space of a page that may be shown; people
// who own lines go with their names. What came of corrections is told by the answers
// that were had.
func JointPlanOf(account Account, page JointPage, by string, now time.Time) JointPlan {
	p := JointPlan{Belongs: Belongs{Account: account.ID}, Title: page.Title, Put: now.Format(time.DateOnly), PutBy: by, Lines: map[string]string{}}
	for _, s := range page.Sections {
		if !slices.Contains(jointOrder, s.Key) {
			continue
		}
		for place, l := range s.Whole() {
			line := JointLine{
				Key: l.KeyOf() + "#" + l.Register, Section: s.Key, Place: place, Number: l.Number, Lead: l.Lead, Text: l.Text, Said: l.Said, Below: l.Below,
				Amount: l.Amount, People: l.People, Bar: l.Bar, Column: l.Column, Also: l.Also, On: l.On,
			}
			if l.Span != nil {
				line.From, line.To, line.Side = l.Span.From, l.Span.To, l.Span.Side
			}
			p.Lines[line.Key] = line.text()
		}
	}
	return p
}

func (l JointLine) text() string {
	body, err := json.Marshal(l)
	if err != nil {
		panic("bug: " + err.Error())
	}
	return string(body)
}

// maxJointLine is how long a line is at most, as text.
const maxJointLine = 20000

// LinesInOrder are the lines of a plan as they stand on the page. What cannot be
// read, from a newer version or from somebody who wrote it by hand, is left out.
func (p JointPlan) LinesInOrder() []JointLine {
	var list []JointLine
	for key, body := range p.Lines {
		if l, ok := readJointLine(key, body); ok {
			list = append(list, l)
		}
	}
	slices.SortFunc(list, func(a, b JointLine) int {
		return cmp.Or(cmp.Compare(slices.Index(jointOrder, a.Section), slices.Index(jointOrder, b.Section)), cmp.Compare(a.Place, b.Place), strings.Compare(a.Key, b.Key))
	})
	return list
}

func readJointLine(key, body string) (l JointLine, ok bool) {
	if len(body) > maxJointLine || json.Unmarshal([]byte(body), &l) != nil || !slices.Contains(jointOrder, l.Section) || l.Text == "" {
		return JointLine{}, false
	}
	l.Key = key
	return l, true
}
