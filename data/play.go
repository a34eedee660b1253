package data

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"rapport/data/stats"
	"rapport/data/text"
)

// Names of the kinds in the change log.
const (
	KindPlay    = "play"
	KindPlayRun = "play-run"
)

// PlayStage is when a play is run. "" is any time.
type PlayStage string

// The stages, in the order of a relationship.
const (
	PlayKnow     PlayStage = "know"
	PlayInterest PlayStage = "interest"
	PlayTrust    PlayStage = "trust"
	PlayFirst100 PlayStage = "first 100 days"
	PlaySilence  PlayStage = "silence"
	PlayHardTalk PlayStage = "hard talks"
	PlayPrice    PlayStage = "price talk"
	PlayWinBack  PlayStage = "win back"
	PlayLetGo    PlayStage = "letting go well"
)

// PlayStages are all of them.
var PlayStages = []PlayStage{PlayKnow, PlayInterest, PlayTrust, PlayFirst100, PlaySilence, PlayHardTalk, PlayPrice, PlayWinBack, PlayLetGo}

// Play is a practice that worked, as steps that somebody else can take: a
// playbook. It is the team's own.
type Play struct {
	Belongs
	Name        string     `reg:"name"`
	About       string     `reg:"about"` // in a line
	Topic       string     `reg:"topic"`
	Stage       PlayStage  `reg:"stage"`
	Rests       string     `reg:"rests"` // on what it rests: a paper, a timeline of ours
	Departments []string   `reg:"department/"`
	Level       StaffLevel `reg:"level"`
	Accounts    []string   `reg:"for-account/"` // by ID, name or domain
	Sectors     []string   `reg:"for-sector/"`
	Stages      []string   `reg:"for-stage/"`
	Situations  []string   `reg:"for-situation/"`
	// Steps are its steps by order, each as PlayStep.Line writes it.
	Steps map[string]string `reg:"step/"`
	// Questions are what to ask, and to have ready before a meeting.
	Questions []string `reg:"question/"`
	By        string   `reg:"by"`
	On        string   `reg:"on"`      // date
	Retired   string   `reg:"retired"` // date, "" while it is in use
}

// PlayStep is one step of a play.
type PlayStep struct {
	Key  string
	What string
	Why  string // in a line: how, by which channel
	Role string // who of us takes it, "" for whoever looks after them
	When string // "same day", "within 48 hours"
	Text string // template of what is written, with [name] for what differs
}

// Line is the step as Play.Steps keeps it.
func (s PlayStep) Line() string {
	one := func(w string) string { return strings.Join(strings.Fields(w), " ") }
	return strings.Join([]string{one(s.What), one(s.Why), one(s.Role), one(s.When), strings.TrimSpace(s.Text)}, "\n")
}

func stepOfLine(key, line string) PlayStep {
	f := strings.SplitN(line, "\n", 5)
	for len(f) < 5 {
		f = append(f, "")
	}
	return PlayStep{Key: key, What: f[0], Why: f[1], Role: f[2], When: f[3], Text: f[4]}
}

// Below is the second line of a step: when, how and who.
func (s PlayStep) Below() string {
	why := s.Why
	if why != "" && s.When != "" {
		why = lowerFirst(why)
	}
	return sentence(joinCommas(s.When, why, s.Role))
}

// StepList are its steps in their order.
func (p Play) StepList() (list []PlayStep) {
	for _, k := range slices.Sorted(maps.Keys(p.Steps)) {
		list = append(list, stepOfLine(k, p.Steps[k]))
	}
	return list
}

// WithSteps is the play with other steps, numbered anew.
func (p Play) WithSteps(steps ...PlayStep) Play {
	p.Steps = map[string]string{}
	for i, s := range steps {
		p.Steps[orderKey(i+1)] = s.Line()
	}
	return p
}

// PartKind is KindPlay.
func (p Play) PartKind() string { return KindPlay }

// Standing is open until it is retired, and never due.
func (p Play) Standing() (string, bool) { return "", p.Retired == "" }

// Check says why it cannot be kept, or nil.
func (p Play) Check() error {
	switch {
	case strings.TrimSpace(p.Name) == "":
		return invalid("name", "a play needs a name")
	case p.Account != "":
		return invalid("account", "a play is the team's and belongs to no account; its runs do")
	case len(p.Steps) == 0:
		return invalid("step", "a play needs a step that somebody can take")
	}
	for _, s := range p.StepList() {
		if strings.TrimSpace(s.What) == "" {
			return invalid("step", "say what a step does")
		}
	}
	return firstErr(checkOneOf("stage", p.Stage, PlayStages), checkOneOf("level", p.Level, StaffLevels), checkDate("on", p.On), checkDate("retired", p.Retired),
		checkHelps(p.Stages, p.Situations))
}

// Audience is for whom it is meant.
func (p Play) Audience() MeantFor { return MeantFor{p.Departments, p.Level} }

// Helps is where it helps.
func (p Play) Helps() HelpsWith { return HelpsWith{p.Accounts, p.Sectors, p.Stages, p.Situations} }

// Says says whether it holds every word of a query.
func (p Play) Says(query string) bool { return saysAll(query, append(p.Words(), p.Name)...) }

// Words are all that it says under its name, by which it is found.
func (p Play) Words() []string {
	texts := append([]string{p.About, p.Topic, string(p.Stage), p.Rests, p.By}, p.Questions...)
	for _, s := range p.StepList() {
		texts = append(texts, s.What, s.Why, s.Role, s.When, s.Text)
	}
	return slices.DeleteFunc(texts, func(s string) bool { return s == "" })
}

// PlaysOf are a team's plays: its own, and those that Rapport brings which it did
// not change or retire; by name. Retired ones are left out.
func PlaysOf(own []Play) (list []Play) {
	for _, p := range own {
		if p.Retired == "" {
			list = append(list, p)
		}
	}
	for _, p := range StarterPlays() {
		if !slices.ContainsFunc(own, func(o Play) bool { return o.ID == p.ID }) {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b Play) int {
		return cmp.Or(strings.Compare(text.Fold(a.Name), text.Fold(b.Name)), strings.Compare(a.ID, b.ID))
	})
	return list
}

// RunOutcome is what came of a run. "" is still under way.
type RunOutcome string

// The outcomes.
const (
	RunHelped RunOutcome = "helped"
	RunSame   RunOutcome = "same"
	RunWorse  RunOutcome = "worse"
)

// RunOutcomes are all of them.
var RunOutcomes = []RunOutcome{RunHelped, RunSame, RunWorse}

// PlayRun is one use of a play with an account or a contact.
type PlayRun struct {
	Belongs
	Play    string     `reg:"play"`  // Play.ID
	Begun   string     `reg:"begun"` // date
	Done    []string   `reg:"done/"` // keys of the steps taken
	Ended   string     `reg:"ended"` // date
	Outcome RunOutcome `reg:"outcome"`
	Why     string     `reg:"why"` // what came of it, in words
	By      string     `reg:"by"`  // of us
}

// PartKind is KindPlayRun.
func (r PlayRun) PartKind() string { return KindPlayRun }

// Open says whether it is under way.
func (r PlayRun) Open() bool { return r.Outcome == "" }

// Standing is open until its outcome is known.
func (r PlayRun) Standing() (string, bool) { return "", r.Open() }

// Check says why it cannot be kept, or nil.
func (r PlayRun) Check() error {
	switch {
	case r.Play == "":
		return invalid("play", "say which play is run")
	case r.Account == "" && r.Contact == "":
		return invalid("account", "a play is run with an account or a contact; say whom")
	case r.Outcome != "" && r.Ended == "":
		return invalid("ended", "say when it ended")
	}
	return firstErr(checkOneOf("outcome", r.Outcome, RunOutcomes), checkDate("begun", r.Begun), checkDate("ended", r.Ended))
}

// PlayRecord is how a play did.
type PlayRecord struct {
	Runs                int // all of them
	Open                int
	Helped, Same, Worse int
	// Low and High are the 95 % interval of the share that helped, of those that
	// ended (Wilson 1927). Without any they are 0 and 1: nothing is known.
	Low, High float64
	Last      string // date of the latest run, ""
}

// Ended is how many have an outcome.
func (r PlayRecord) Ended() int { return r.Helped + r.Same + r.Worse }

// Words are "7 of 9 helped; of many uses 45 to 94 % would".
func (r PlayRecord) Words() string {
	n := r.Ended()
	if n == 0 {
		if r.Open > 0 {
			return Counted(r.Open, "run is", "runs are") + " under way; nothing is known yet"
		}
		return "Never used; nothing is known yet"
	}
	return fmt.Sprintf("%d of %d helped; of many uses %.0f to %.0f %% would", r.Helped, n, 100*r.Low, 100*r.High)
}

// RecordOf counts the runs of a play.
func RecordOf(play string, runs []PlayRun) (rec PlayRecord) {
	for _, r := range runs {
		if r.Play != play {
			continue
		}
		rec.Runs++
		rec.Last = max(rec.Last, r.Begun, r.Ended)
		switch r.Outcome {
		case RunHelped:
			rec.Helped++
		case RunSame:
			rec.Same++
		case RunWorse:
			rec.Worse++
		default:
			rec.Open++
		}
	}
	rec.Low, rec.High = stats.Wilson(rec.Helped, rec.Ended())
	return rec
}

// Finished is the run with its outcome at now.
func (r PlayRun) Finished(o RunOutcome, why string, now time.Time) PlayRun {
	r.Outcome, r.Why, r.Ended = o, strings.TrimSpace(why), now.Format(time.DateOnly)
	return r
}

// PlayFrom makes a play of what worked: a stretch of an account's timeline, its
// steps in their order with how many days lay between them. Only what our side
// did is a step; what they did says what came of it. Subjects are a start that
// somebody words anew.
func PlayFrom(account Account, stretch []Interaction, name, by string, now time.Time) (Play, error) {
	list := slices.Clone(stretch)
	slices.SortStableFunc(list, func(a, b Interaction) int { return a.At.Compare(b.At) })
	p := Play{Name: strings.TrimSpace(name), By: by, On: now.Format(time.DateOnly), Accounts: []string{account.ID}}
	var steps []PlayStep
	var began time.Time
	for _, i := range list {
		ours := i.Direction == Out || i.Kind == Meet || i.Kind == Visit || i.Kind == Call && i.Direction != In
		if !ours || i.Cancelled || i.At.After(now) {
			continue
		}
		s := PlayStep{What: WithoutLinks(TitleOf(i)), Why: "By " + string(i.Kind), When: "First"}
		if began.IsZero() {
			began = i.At
		} else if n := DaysBetween(began, i.At); n > 0 {
			s.When = "Day " + fmt.Sprint(n)
		} else {
			s.When = "Same day"
		}
		steps = append(steps, s)
	}
	if len(steps) == 0 {
		return p, invalid("step", "between these days nothing of ours is on the timeline of %s; choose another stretch", account.Name)
	}
	p.Rests = fmt.Sprintf("The timeline of %s, %s to %s", account.Name, ShortDate(list[0].At, now), ShortDate(list[len(list)-1].At, now))
	p = p.WithSteps(steps...)
	return p, p.Check()
}
