package data

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// JointView is a joint plan as all members of its space see it, with what was
// answered to it.
type JointView struct {
	Sheet
	Plan    JointPlan
	Replies []JointReply // to lines that are there, and what is new; the latest first
}

// ComposeJoint makes the page. A correction that was taken over is what the line
// reads; one that waits stands beside it as a mark, with whoever wrote it.
func ComposeJoint(p JointPlan, replies []JointReply, now time.Time) JointView {
	v := JointView{Plan: p, Sheet: Sheet{Title: p.Title, Under: "What we work on together", Columns: [2]string{"You", "We"}, Foot: p.putWords(now)}}
	lines := p.LinesInOrder()
	of := map[string][]JointReply{}
	for _, r := range replies {
		if r.Plan == p.ID && r.Check() == nil {
			of[r.Line] = append(of[r.Line], r)
			v.Replies = append(v.Replies, r)
		}
	}
	newestFirst(v.Replies)
	for _, key := range jointOrder {
		s := SheetSection{Key: key, Label: jointName(key), Beside: slices.Contains(planBeside, key)}
		for _, l := range lines {
			if l.Section == key {
				s.Lines = append(s.Lines, p.shown(l, of[l.Key], now))
				s.On = max(s.On, l.On)
			}
		}
		s.Lines = append(s.Lines, p.added(key, of[""], now)...)
		if len(s.Lines) > 0 || slices.Contains(jointOpen, key) {
			s.Empty = "Nothing here yet"
			v.Sections = append(v.Sections, s)
		}
	}
	return v
}

func newestFirst(list []JointReply) {
	slices.SortFunc(list, func(a, b JointReply) int {
		return cmp.Or(strings.Compare(b.On, a.On), b.RecordedAt.Compare(a.RecordedAt), strings.Compare(b.ID, a.ID))
	})
}

func (p JointPlan) putWords(now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, p.Put, now.Location())
	if err != nil {
		return ""
	}
	words := "As of " + day.Format("2 January 2006")
	if p.PutBy != "" {
		words += ", by " + p.PutBy
	}
	return words
}

// shown is a line with what was answered to it.
func (p JointPlan) shown(l JointLine, replies []JointReply, now time.Time) SheetLine {
	kind, id, register := l.Ref()
	line := SheetLine{
		Kind: kind, ID: id, Register: register, Number: l.Number, Lead: l.Lead, Text: l.Text, Said: l.Said, Below: l.Below, Amount: l.Amount,
		People: l.People, Bar: l.Bar, Column: l.Column, Also: slices.Clone(l.Also), On: l.On,
	}
	newestFirst(replies)
	done := ""
	for _, r := range slices.Backward(replies) { // the latest has the last word
		a, answered := p.AnswerTo(r.ID)
		switch {
		case answered && a.Answer == CorrectionDeclined:
			line.Marks = append(line.Marks, SheetMark{Words: r.words(now) + ": declined, " + a.Why, Tone: ToneWarn})
		case r.Register == DoneRegister:
			done = r.Becomes
		case answered && line.takes(r):
		case answered: // the line was put there anew since
		default:
			line.Marks = append(line.Marks, SheetMark{Words: r.words(now) + ": waits for an answer"})
		}
	}
	if l.From != "" || l.To != "" {
		line.Span = l.span(done, now)
	}
	if done != "" {
		line.Marks = append(line.Marks, SheetMark{Words: "done " + dayWords(done, now), Tone: ToneGood})
	}
	return line
}

// takes makes the line read what a reply says; false where it reads otherwise than
// the reply replaced.
func (l *SheetLine) takes(r JointReply) bool {
	if r.Register == l.Register && l.Text == r.Was {
		l.Text = r.Becomes
		return true
	}
	i := slices.IndexFunc(l.Also, func(f SheetField) bool { return f.Register == r.Register && f.Value == r.Was })
	if i < 0 {
		return false
	}
	l.Amount = strings.Replace(l.Amount, r.Was, r.Becomes, 1)
	l.Also[i].Value = r.Becomes
	return true
}

// words are a reply beside its line: "Martin: 41, not 39".
func (r JointReply) words(now time.Time) string {
	said := Correction{Was: r.Was, Becomes: r.Becomes}.Words()
	if r.Register == "due" {
		said = "by " + dayWords(r.Becomes, now)
	}
	if r.By == "" {
		return said
	}
	return FirstName(r.By) + ": " + said
}

// span is the stretch of days of a step, as it stands at now.
func (l JointLine) span(done string, now time.Time) *SheetSpan {
	s := &SheetSpan{From: cmp.Or(l.From, l.To), To: cmp.Or(l.To, l.From), Side: l.Side}
	s.Words = spanWords(s.From, s.To)
	if over := daysSinceDate(s.To, now); over > 0 && done == "" {
		s.Late, s.Words = true, s.Words+", "+days(over)+" over"
	}
	return s
}

// dayWords are a date in short, or the date as it is where it is none.
func dayWords(date string, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, date, now.Location())
	if err != nil {
		return date
	}
	return ShortDate(day, now)
}

// added are what members wrote into a section that is not in the plan: it waits, or
// was declined. What was taken over comes back as a line of the plan.
func (p JointPlan) added(section string, replies []JointReply, now time.Time) (lines []SheetLine) {
	newestFirst(replies)
	for _, r := range slices.Backward(replies) {
		if r.Section != section {
			continue
		}
		l := SheetLine{Kind: KindJointReply, ID: r.ID, Text: r.Becomes, Said: joinCommas(FirstName(r.By), dayWords(r.On, now)), On: r.On}
		switch a, answered := p.AnswerTo(r.ID); {
		case !answered:
			l.Marks = []SheetMark{{Words: "waits for an answer"}}
		case a.Answer == CorrectionDeclined:
			l.Marks, l.Below = []SheetMark{{Words: "declined", Tone: ToneWarn}}, a.Why
		case a.On >= p.Put: // taken over, and not put there since
			l.Marks = []SheetMark{{Words: "taken over", Tone: ToneGood}}
		default:
			continue
		}
		lines = append(lines, l)
	}
	return lines
}

// A JointChange is what putting a plan into a joint space changes there.
type JointChange struct {
	Section string // its label
	Was     string // "" for a line that is new there
	Becomes string // "" for one that goes
}

// JointChanges are what members of the space will read otherwise once a plan is put
// there in place of what stands there, in the order of the page. A zero JointPlan is
// nothing there.
func JointChanges(was, becomes JointPlan, now time.Time) (list []JointChange) {
	before := map[string]JointLine{}
	for _, l := range was.LinesInOrder() {
		before[l.Key] = l
	}
	for _, l := range becomes.LinesInOrder() {
		old, there := before[l.Key]
		delete(before, l.Key)
		switch now, was := l.plain(now), old.plain(now); {
		case !there:
			list = append(list, JointChange{Section: jointName(l.Section), Becomes: now})
		case now != was:
			list = append(list, JointChange{Section: jointName(l.Section), Was: was, Becomes: now})
		}
	}
	for _, l := range was.LinesInOrder() {
		if _, gone := before[l.Key]; gone {
			list = append(list, JointChange{Section: jointName(l.Section), Was: l.plain(now)})
		}
	}
	return list
}

// plain is a line as one text.
func (l JointLine) plain(now time.Time) string { return JointPlan{}.shown(l, nil, now).Plain() }

// JointStand is how an account's plan stands in a joint space.
type JointStand struct {
	Space   Space
	Plan    JointPlan       // zero where it is not there
	Replies []JointReply    // By is the member whose laptop signed it, where that is known
	Mine    map[string]bool // replies of our own, by JointReply.ID
	Guests  []Member
	// MayPut says that we may put it there, MayReply that we may answer to it.
	MayPut, MayReply bool
}

// There says whether the plan stands in the space.
func (s JointStand) There() bool { return s.Plan.ID != "" }

// Open are the replies that nobody answered, the latest first.
func (s JointStand) Open() (list []JointReply) {
	for _, r := range s.Replies {
		if _, answered := s.Plan.AnswerTo(r.ID); !answered && r.Plan == s.Plan.ID && r.Check() == nil {
			list = append(list, r)
		}
	}
	newestFirst(list)
	return list
}
