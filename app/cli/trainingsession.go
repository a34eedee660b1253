package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

// sessionFlags are what can be said of a session.
var sessionFlags = []flag{
	topicFlag,
	{name: "focus-group", does: "it is a focus group of your own people"},
	{name: "clock", value: "HH:MM", does: "when it begins, like 14:00"},
	{name: "minutes", value: "N", does: "how long it takes"},
	{name: "where", value: "WHERE", does: "in-house, off-site or online"},
	{name: "room", value: "PLACE", does: "the place, like 'Room 4'"},
	{name: "trainer", value: "NAME", does: "who leads it"},
	{name: "outside", does: "the trainer is an outside voice"},
	departmentFlag, levelFlag,
	{name: "attendee", value: "NAME", does: "who of you is there; all of them, in the place of those that were", many: true},
	{name: "fee", value: "AMOUNT", does: "what trainer and room cost, like 900"},
	{name: "travel", value: "AMOUNT", does: "what getting there costs"},
	{name: "rate", value: "AMOUNT", does: "what an hour of one of you costs, else as insights assume says"},
	{name: "expects", value: "WORDS", does: "what should be better afterwards, with a figure"},
	{name: "observed", value: "WORDS", does: "what was better afterwards"},
	{name: "theme", value: "WORDS", does: "what came up in a focus group", many: true},
	{name: "follow-up", value: "WORDS", does: "what is changed because of it", many: true},
}

func sessionAddVerb() *verb {
	return &verb{
		name: "training session add", args: "TITLE DATE", does: "Plan a training or a focus group, or write down one that was held",
		more: `  rapport training session add 'Hard talks' 2026-11-18 -clock 14:00 -minutes 120 -trainer 'Ida Moss' \
    -outside -fee 900 -rate 60 -attendee 'Maya Lindqvist' -expects 'late promises 9% to 5%'`,
		least: 2, most: 2, flags: append(slices.Clone(sessionFlags), jsonFlag), run: runSessionAdd,
	}
}

func sessionTakeVerb() *verb {
	return &verb{
		name: "training session take", args: "MEETING", does: "Make a session of a calendar's meeting; who attends comes with it",
		more: "MEETING is its ID, as agenda -json prints it.", least: 1, most: 1, flags: append(slices.Clone(sessionFlags), zoneFlag, jsonFlag), run: runSessionTake,
	}
}

func sessionSetVerb() *verb {
	return &verb{
		name: "training session set", args: "SESSION", does: "Change what a session says, or write down what it brought",
		more: "  rapport training session set 'hard talks' -observed 'complaint answers 26 h to 9 h'", least: 1, most: 1, flags: append(slices.Clone(sessionFlags), jsonFlag), run: runSessionSet,
	}
}

func sessionListVerb() *verb {
	return &verb{
		name: "training session list", does: "List sessions with what they cost and brought, and what each outside voice did",
		flags: []flag{jsonFlag}, run: runSessionList,
	}
}

func trainingSkillVerb() *verb {
	return &verb{
		name: "training skill", args: "NAME TOPIC LEVEL", does: "Say how far one of you is with a topic: knows it, practised, leads others or none",
		more:  "  rapport training skill 'Maya Lindqvist' 'Hard talks' practised -refresh 2027-03-01",
		least: 3, most: 3, flags: []flag{onFlag, {name: "refresh", value: "DATE", does: "when it is to be refreshed; else a year on"}, jsonFlag}, run: runTrainingSkill,
	}
}

func trainingCoverageVerb() *verb {
	return &verb{
		name: "training coverage", does: "Print who can do what, and what a meeting of the next seven days asks for",
		more:  "It ranks nobody: people stand by name. ! is a gap that a meeting asks for, ~ a refresher that is over.",
		flags: []flag{zoneFlag, jsonFlag}, run: runTrainingCoverage,
	}
}

type sessionJSON struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Topic       string   `json:"topic"`
	Form        string   `json:"form"`
	On          string   `json:"on"`
	At          string   `json:"at"`
	Minutes     int      `json:"minutes"`
	Where       string   `json:"where"`
	Place       string   `json:"place"`
	Trainer     string   `json:"trainer"`
	Outside     bool     `json:"outside"`
	Departments []string `json:"departments"`
	Level       string   `json:"level"`
	Attendees   []string `json:"attendees"`
	Fees        float64  `json:"fees"`
	Travel      float64  `json:"travel"`
	Time        float64  `json:"time"`
	Cost        float64  `json:"cost"`
	Currency    string   `json:"currency"`
	Expects     string   `json:"expects"`
	Observed    string   `json:"observed"`
	Themes      []string `json:"themes"`
	FollowUps   []string `json:"followUps"`
	Meeting     string   `json:"meeting"`
	Held        bool     `json:"held"`
}

func sessionOf(s data.Session, rules data.MoneyRules, now time.Time) sessionJSON {
	cost := s.Cost(rules)
	form := s.Form
	if form == "" {
		form = data.FormTraining
	}
	return sessionJSON{s.ID, s.Title, s.Topic, string(form), s.On, s.At, s.Minutes, string(s.Where), s.Place, s.Trainer, s.Outside, full(s.Departments), string(s.Level), full(s.Attendees),
		float64(cost.Fees) / 100, float64(cost.Travel) / 100, float64(cost.Time) / 100, float64(cost.All()) / 100, rules.Currency, s.Expects, s.Observed, full(s.Themes), full(s.FollowUps), s.Interaction, s.Held(now)}
}

// fillSession takes over what the flags say.
func (c *call) fillSession(s *data.Session, now time.Time) (err error) {
	c.overwrite(&s.Topic, "topic")
	c.overwrite(&s.At, "clock")
	c.overwrite((*string)(&s.Where), "where")
	c.overwrite(&s.Place, "room")
	c.overwrite(&s.Trainer, "trainer")
	c.overwrite(&s.Expects, "expects")
	if c.on("focus-group") {
		s.Form = data.FormFocusGroup
	}
	s.Outside = s.Outside || c.on("outside")
	for name, list := range map[string]*[]string{"department": &s.Departments, "attendee": &s.Attendees, "theme": &s.Themes, "follow-up": &s.FollowUps} {
		if c.has(name) {
			*list = trimmed(c.values[name])
		}
	}
	if c.has("level") {
		if s.Level, err = c.staffLevel(); err != nil {
			return err
		}
	}
	if c.has("minutes") {
		if s.Minutes, err = c.number("minutes"); err != nil {
			return err
		}
	}
	if c.has("observed") {
		s.Observed, s.ObservedOn = strings.TrimSpace(c.text("observed")), now.Format(time.DateOnly)
	}
	for _, money := range []struct {
		name string
		into *int64
	}{{"fee", &s.FeeCents}, {"travel", &s.TravelCents}, {"rate", &s.HourCents}} {
		if !c.has(money.name) {
			continue
		}
		if *money.into, _, err = data.ParseMoney(c.text(money.name), '.'); err != nil {
			return misuse(c.verb, "flag -%s: %v", money.name, err)
		}
	}
	return nil
}

func (c *call) keepSession(db *store.DB, label string, s data.Session, now time.Time) error {
	rules, err := db.MoneyRules(c.ctx)
	if err != nil {
		return err
	}
	return keepBy(c, db, label, s, (*store.Tx).PutSession, func(s data.Session) any { return sessionOf(s, rules, now) })
}

func runSessionAdd(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		if _, err := time.Parse(time.DateOnly, c.args[1]); err != nil {
			return misuse(c.verb, "%q is not a day; write it like 2026-11-18", c.args[1])
		}
		s := data.Session{Title: strings.TrimSpace(c.args[0]), On: c.args[1]}
		if err := c.fillSession(&s, now); err != nil {
			return err
		}
		return c.keepSession(db, "Session kept: "+s.Title, s, now)
	})
}

func runSessionTake(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		m, err := db.Meeting(c.ctx, c.args[0])
		if err != nil {
			return err
		}
		have, err := store.Parts[data.Session](c.ctx, db, store.PartQuery{Interaction: m.ID})
		if err != nil {
			return err
		}
		if len(have) > 0 {
			return fmt.Errorf("%s is a session already; rapport training session set %s changes it", have[0].Title, shortID(have[0].ID))
		}
		s := data.SessionFrom(m, now.Location())
		if err := c.fillSession(&s, now); err != nil {
			return err
		}
		return c.keepSession(db, "Session made of the meeting: "+s.Title, s, now)
	})
}

func runSessionSet(c *call) error {
	if !c.changes() {
		return misuse(c.verb, "say what changes, like -observed or -attendee")
	}
	return c.readNow(func(db *store.DB, now time.Time) error {
		s, err := partOf(c, db, c.args[0], func(s data.Session) string { return s.Title })
		if err != nil {
			return err
		}
		if err := c.fillSession(&s, now); err != nil {
			return err
		}
		return c.keepSession(db, "Session changed: "+s.Title, s, now)
	})
}

func runSessionList(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		l, err := db.Library(c.ctx)
		if err != nil {
			return err
		}
		rules, err := db.MoneyRules(c.ctx)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeArray(c.out, each(l.Sessions, func(s data.Session) sessionJSON { return sessionOf(s, rules, now) }))
		}
		if len(l.Sessions) == 0 {
			c.note("no session is written down; rapport training session add plans one, training session take makes one of a meeting")
			return nil
		}
		rows := make([][]string, len(l.Sessions))
		for i, s := range l.Sessions {
			cost := data.MoneyWords(s.Cost(rules).All(), rules.Currency)
			if !s.Cost(rules).Known && len(s.Attendees) > 0 {
				cost += " and hours"
			}
			rows[i] = []string{shortID(s.ID), s.On, s.Title, data.Counted(len(s.Attendees), "person", "people"), cost, s.Benefit()}
		}
		if err := table(c.out, []column{{head: "ID"}, {head: "DAY"}, {head: "SESSION", most: 32}, {head: "WHO"}, {head: "COST"}, {head: "BENEFIT", rest: true}}, rows); err != nil {
			return err
		}
		for _, v := range data.OutsideVoices(l.Sessions, rules, now) {
			c.printf("%s from outside: %s, %s; %s\n", plainText(v.Trainer), data.Counted(v.Sessions, "session", "sessions"), data.MoneyWords(v.Cost, rules.Currency), plainText(voiceWords(v)))
		}
		return nil
	})
}

func voiceWords(v data.OutsideVoice) string {
	if len(v.Observed) == 0 {
		return "nobody looked what it brought"
	}
	return "brought " + strings.Join(v.Observed, "; ")
}

type skillJSON struct {
	ID      string `json:"id"`
	Member  string `json:"member"`
	Topic   string `json:"topic"`
	Level   string `json:"level"`
	On      string `json:"on"`
	Refresh string `json:"refresh"`
}

func runTrainingSkill(c *call) error {
	level := data.SkillLevel(strings.ToLower(strings.TrimSpace(c.args[2])))
	if level == "none" {
		level = ""
	}
	return c.readNow(func(db *store.DB, now time.Time) (err error) {
		k := data.Skill{Member: strings.TrimSpace(c.args[0]), Topic: strings.TrimSpace(c.args[1]), Level: level}
		k.ID = data.SkillID(k.Member, k.Topic)
		if k.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		if k.Refresh, err = c.dueDay("refresh", now); err != nil {
			return err
		}
		return keepPart(c, db, fmt.Sprintf("%s, %s: %s", k.Member, k.Topic, c.args[2]), k, func(k data.Skill) any {
			return skillJSON{k.ID, k.Member, k.Topic, string(k.Level), k.On, k.RefreshBy()}
		})
	})
}

type coverageJSON struct {
	Member  string `json:"member"`
	Topic   string `json:"topic"`
	Level   string `json:"level"`
	Gap     bool   `json:"gap"`
	Overdue bool   `json:"overdue"`
	Planned string `json:"planned"`
	Words   string `json:"words"`
}

func runTrainingCoverage(c *call) error {
	return c.readNow(func(db *store.DB, now time.Time) error {
		in, err := db.TrainingInput(c.ctx, now)
		if err != nil {
			return err
		}
		cover := data.ComposeCoverage(in.Coverage)
		if c.on("json") {
			var cells []coverageJSON
			for _, r := range cover.Rows {
				for i, cell := range r.Cells {
					cells = append(cells, coverageJSON{r.Member, cover.Topics[i], string(cell.Skill.Level), cell.Gap, cell.Overdue, cell.Planned, cell.Words})
				}
			}
			return writeArray(c.out, asTheyAre(cells))
		}
		if len(cover.Topics) == 0 {
			c.note("nobody has written down yet who can do what; rapport training skill does")
			return nil
		}
		columns := []column{{head: "WHO", most: 28}}
		for _, t := range cover.Topics {
			columns = append(columns, column{head: strings.ToUpper(t), most: 18})
		}
		var rows [][]string
		for _, r := range cover.Rows {
			row := []string{r.Member}
			for _, cell := range r.Cells {
				row = append(row, cellWord(cell))
			}
			rows = append(rows, row)
		}
		if err := table(c.out, columns, rows); err != nil {
			return err
		}
		c.printf("%s\n", plainText(cover.Under()))
		return nil
	})
}

func cellWord(cell data.CoverageCell) string {
	word := []string{"-", "knows", "practised", "leads"}[cell.Step]
	if cell.Overdue {
		word += " ~"
	}
	if cell.Gap {
		word += " !"
	}
	return word
}
