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
// reads; one that waits or was declined stands under it, with whoever wrote it.
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
				s.Lines = append(s.Lines, p.shown(l, of[l.Key], now)...)
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
		return cmp.Or(strings.Compare(b.On, a.On), b.RecordedAt.Compare(a.RecordedAt), strings.Compare(a.Becomes, b.Becomes), strings.Compare(b.ID, a.ID))
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

// shown is a line as it reads after what was taken over, and under it what waits for an
// answer or was declined.
func (p JointPlan) shown(l JointLine, replies []JointReply, now time.Time) []SheetLine {
	newestFirst(replies)
	var under []SheetLine
	done := ""
	for _, r := range slices.Backward(replies) { // the latest has the last word
		a, answered := p.AnswerTo(r.ID)
		switch {
		case answered && a.Answer == CorrectionDeclined:
			under = append(under, r.line(a, l.Column, now))
		case r.Register == DoneRegister:
			done = r.Becomes
		case answered:
			l = l.taking(r)
		default:
			under = append(under, r.line(a, l.Column, now))
		}
	}
	kind, id, register := l.Ref()
	line := SheetLine{
		Kind: kind, ID: id, Register: register, Number: l.Number, Lead: l.Lead, Text: l.Text, Said: l.Said, Below: l.Below, Amount: l.Amount,
		People: l.People, Bar: l.Bar, Column: l.Column, Also: l.Also, On: l.On, Done: done,
	}
	if l.From != "" || l.To != "" {
		line.Span = l.span(done, now)
	}
	if done != "" {
		line.Marks = []SheetMark{{Words: "done " + dayWords(done, now), Tone: ToneGood}}
	}
	return append([]SheetLine{line}, under...)
}

// line is a reply on a line of its own.
func (r JointReply) line(a JointAnswer, column int, now time.Time) SheetLine {
	l := SheetLine{Kind: KindJointReply, ID: r.ID, Text: r.Words(now), Said: joinCommas(FirstName(r.By), dayWords(r.On, now)), Column: column, On: r.On}
	switch a.Answer {
	case CorrectionDeclined:
		l.Marks, l.Below = []SheetMark{{Words: "declined", Tone: ToneWarn}}, a.Why
	case CorrectionTaken:
		l.Marks = []SheetMark{{Words: "taken over", Tone: ToneGood}}
	default:
		l.Marks = []SheetMark{{Words: "waits for an answer"}}
	}
	return l
}

// taking is the line as it reads after a reply that was taken over, unless it was put
// there anew since and reads otherwise than the reply replaced.
func (l JointLine) taking(r JointReply) JointLine {
	_, _, words := l.Ref()
	if r.Register == words && l.Text == r.Was {
		l.Text = r.Becomes
		return l
	}
	at := slices.IndexFunc(l.Also, func(f SheetField) bool { return f.Register == r.Register && f.Value == r.Was })
	if at < 0 {
		return l
	}
	l.Also = slices.Clone(l.Also)
	l.Also[at].Value = r.Becomes
	switch r.Register {
	case "amount":
		l.Amount = strings.Replace(l.Amount, r.Was, r.Becomes, 1)
	case "due":
		if l.From == l.To {
			l.From = r.Becomes
		}
		l.To = r.Becomes
	case "current":
		if l.Bar != nil {
			bar := *l.Bar
			bar.Value = r.Becomes + strings.TrimPrefix(bar.Value, r.Was)
			l.Bar = &bar
		}
	}
	return l
}

// Words are what a reply says: "39, not 41", "by 8 Dec, not 1 Dec".
func (r JointReply) Words(now time.Time) string {
	switch {
	case r.Line == "":
		return r.Becomes
	case r.Register == DoneRegister:
		return "“" + r.Was + "” is done since " + dayWords(r.Becomes, now)
	case r.Register == "due":
		return "by " + dayWords(r.Becomes, now) + ", not " + dayWords(r.Was, now)
	}
	return Correction{Register: r.Register, Was: r.Was, Becomes: r.Becomes}.Words()
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
		a, answered := p.AnswerTo(r.ID)
		if answered && a.Answer == CorrectionTaken && a.On < p.Put {
			continue // it is a line of the plan now
		}
		lines = append(lines, r.line(a, 0, now))
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
		switch now, was := l.Plain(now), old.Plain(now); {
		case !there:
			list = append(list, JointChange{Section: jointName(l.Section), Becomes: now})
		case now != was:
			list = append(list, JointChange{Section: jointName(l.Section), Was: was, Becomes: now})
		}
	}
	for _, l := range was.LinesInOrder() {
		if _, gone := before[l.Key]; gone {
			list = append(list, JointChange{Section: jointName(l.Section), Was: l.Plain(now)})
		}
	}
	return list
}

// Plain is a line as one text.
func (l JointLine) Plain(now time.Time) string { return JointPlan{}.shown(l, nil, now)[0].Plain() }

// JointStand is how an account's plan stands in a joint space.
type JointStand struct {
	Space   Space
	Plan    JointPlan       // zero where it is not there
	Replies []JointReply    // By is the member whose laptop signed it, where that is known
	Mine    map[string]bool // replies of our own, by JointReply.ID
	Members []Member        // who is in, by name
	// MayPut says that we may put it there, MayReply that we may answer to it.
	MayPut, MayReply bool
}

// Guests are the members of other sides.
func (s JointStand) Guests() []Member { return SpaceEntry{Members: s.Members}.Guests() }

// Guest says whether we are one: the plan is another's, put there for us.
func (s JointStand) Guest() bool {
	return s.Space.RightsOf(SpaceEntry{Space: s.Space, Members: s.Members}.Self()).Guest()
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

// JointWaiting says that members of a joint space answered to a plan of ours, and that
// nobody decided on it.
type JointWaiting struct {
	Account string // Account.ID
	Words   string // "3 answers to the joint plan of Kestrel Museums"
	Who     string // "Beatrice and Leon, 23 Nov"
}

// jointWaiting are those that we may decide on, in the order of the plans.
func jointWaiting(stands []JointStand, now time.Time) (list []JointWaiting) {
	for _, s := range stands {
		open := s.Open()
		if len(open) == 0 || !s.MayPut {
			continue
		}
		var who []string
		for _, r := range open {
			if name := FirstName(r.By); name != "" {
				who = addNew(who, name)
			}
		}
		slices.Sort(who)
		list = append(list, JointWaiting{Account: s.Plan.Account, Words: Counted(len(open), "answer", "answers") + " to the joint plan of " + s.Plan.Title,
			Who: joinCommas(JoinAnd(who), dayWords(open[0].On, now))})
	}
	return list
}
