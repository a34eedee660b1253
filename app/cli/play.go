package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
	"rapport/data/text"
)

func playListVerb() *verb {
	return &verb{
		name: "play list", does: "List the playbooks: what worked, as steps, and how often it helped",
		more:  "Rapport brings a dozen, each with the research that it rests on; yours stand beside them.\n\n  rapport play list -stage 'price talk'",
		flags: []flag{{name: "stage", value: "STAGE", does: "only of that stage: know, interest, trust, first 100 days, silence, hard talks, price talk, win back, letting go well"}, findFlag, jsonFlag}, run: runPlayList,
	}
}

func playShowVerb() *verb {
	return &verb{
		name: "play show", args: "PLAY", does: "Print a play: its steps, what to ask, what it rests on, and its runs",
		more: "PLAY is its ID or words of its name.", least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runPlayShow,
	}
}

func playRunVerb() *verb {
	return &verb{
		name: "play run", args: "PLAY ACCOUNT|CONTACT", does: "Begin to use a play with an account or a contact",
		more:  "  rapport play run 'late with a promise' kestrel.example",
		least: 2, most: 2, flags: []flag{onFlag, jsonFlag}, run: runPlayRun,
	}
}

func playFinishVerb() *verb {
	return &verb{
		name: "play finish", args: "RUN helped|same|worse", does: "Say what came of a run",
		more:  "RUN is its ID, or the play's name where one run of it is under way.\n\n  rapport play finish 'late with a promise' helped -why 'Beatrice thanked us for saying it first'",
		least: 2, most: 2, flags: []flag{{name: "why", value: "WORDS", does: "what came of it"}, onFlag, jsonFlag}, run: runPlayFinish,
	}
}

func playMakeVerb() *verb {
	return &verb{
		name: "play make", args: "NAME ACCOUNT FROM TO", does: "Make a play of what worked: a stretch of an account's timeline",
		more: `FROM and TO are dates, both counted. What your side did becomes the steps, with how many days
lay between; word them anew where they name people.

  rapport play make 'When we are late' 'Alder Vale' 2026-03-02 2026-03-20 -topic 'Hard talks'`,
		least: 4, most: 4, flags: []flag{topicFlag, zoneFlag, jsonFlag}, run: runPlayMake,
	}
}

type playJSON struct {
	ID         string         `json:"id"`
	Name       string         `json:"name"`
	About      string         `json:"about"`
	Topic      string         `json:"topic"`
	Stage      string         `json:"stage"`
	Rests      string         `json:"rests"`
	By         string         `json:"by"`
	Situations []string       `json:"situations"`
	Steps      []playStepJSON `json:"steps"`
	Questions  []string       `json:"questions"`
	Record     playRecordJSON `json:"record"`
}

type playStepJSON struct {
	What string `json:"what"`
	How  string `json:"how"`
	Role string `json:"role"`
	When string `json:"when"`
	Text string `json:"text"`
}

type playRecordJSON struct {
	Uses   int     `json:"uses"`
	Open   int     `json:"open"`
	Helped int     `json:"helped"`
	Same   int     `json:"same"`
	Worse  int     `json:"worse"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Last   string  `json:"last"`
}

type playRunJSON struct {
	ID        string `json:"id"`
	Play      string `json:"play"`
	PlayID    string `json:"playId"`
	Account   string `json:"account"`
	AccountID string `json:"accountId"`
	Contact   string `json:"contact"`
	ContactID string `json:"contactId"`
	Begun     string `json:"begun"`
	Ended     string `json:"ended"`
	Outcome   string `json:"outcome"`
	Why       string `json:"why"`
	By        string `json:"by"`
}

func playOf(p data.Play, runs []data.PlayRun) playJSON {
	r := data.RecordOf(p.ID, runs)
	j := playJSON{ID: p.ID, Name: p.Name, About: p.About, Topic: p.Topic, Stage: string(p.Stage), Rests: p.Rests, By: p.By, Situations: full(p.Situations), Steps: []playStepJSON{},
		Questions: full(p.Questions), Record: playRecordJSON{r.Runs, r.Open, r.Helped, r.Same, r.Worse, r.Low, r.High, r.Last}}
	for _, s := range p.StepList() {
		j.Steps = append(j.Steps, playStepJSON{s.What, s.Why, s.Role, s.When, s.Text})
	}
	return j
}

func (n names) run(r data.PlayRun, plays []data.Play) playRunJSON {
	b := n.part(r.Belongs)
	return playRunJSON{r.ID, playName(r.Play, plays), r.Play, b.Account, b.AccountID, b.Contact, b.ContactID, r.Begun, r.Ended, string(r.Outcome), r.Why, r.By}
}

func playName(id string, plays []data.Play) string {
	if i := slices.IndexFunc(plays, func(p data.Play) bool { return p.ID == id }); i >= 0 {
		return plays[i].Name
	}
	return id
}

func runPlayList(c *call) error {
	stage := data.PlayStage(strings.ToLower(strings.TrimSpace(c.text("stage"))))
	if stage != "" && !slices.Contains(data.PlayStages, stage) {
		return misuse(c.verb, "%q is no stage of a play; there is know, interest, trust, first 100 days, silence, hard talks, price talk, win back, letting go well", string(stage))
	}
	return c.read(func(db *store.DB) error {
		l, err := db.Library(c.ctx)
		if err != nil {
			return err
		}
		list := slices.DeleteFunc(l.Plays, func(p data.Play) bool { return stage != "" && p.Stage != stage || !p.Says(c.text("find")) })
		if c.on("json") {
			return writeArray(c.out, each(list, func(p data.Play) playJSON { return playOf(p, l.Runs) }))
		}
		if len(list) == 0 {
			c.note("no play is like that")
			return nil
		}
		rows := make([][]string, len(list))
		for i, p := range list {
			rows[i] = []string{string(p.Stage), p.Name, p.About, helpedWord(data.RecordOf(p.ID, l.Runs))}
		}
		return table(c.out, []column{{head: "STAGE", most: 16}, {head: "PLAY", most: 34}, {head: "ABOUT", rest: true}, {head: "HELPED"}}, rows)
	})
}

// helpedWord is "7 of 9", or "not used".
func helpedWord(r data.PlayRecord) string {
	switch {
	case r.Runs == 0:
		return "not used"
	case r.Ended() == 0:
		return "under way"
	}
	return fmt.Sprintf("%d of %d", r.Helped, r.Ended())
}

// onePlay finds a play by its ID or words of its name.
func onePlay(ref string, plays []data.Play) (data.Play, error) {
	ref = strings.TrimSpace(ref)
	found := firstThatFit(plays,
		func(p data.Play) bool { return p.ID == ref },
		func(p data.Play) bool { return ref != "" && text.Fold(p.Name) == text.Fold(ref) },
		func(p data.Play) bool { return len(ref) >= 4 && strings.HasPrefix(p.ID, ref) },
		func(p data.Play) bool { return ref != "" && strings.Contains(text.Fold(p.Name), text.Fold(ref)) },
	)
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		a := &data.Ambiguous{Ref: ref}
		for _, p := range found[:min(8, len(found))] {
			a.Candidates = append(a.Candidates, p.Name)
		}
		return data.Play{}, a
	}
	return data.Play{}, fmt.Errorf("play %q: %w", ref, data.ErrNotFound)
}

// playGiven is the play that the first argument names, with all that there are.
func (c *call) playGiven(db *store.DB) (l data.Library, p data.Play, err error) {
	if l, err = db.Library(c.ctx); err == nil {
		p, err = onePlay(c.args[0], l.Plays)
	}
	return l, p, err
}

func runPlayShow(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		l, p, err := c.playGiven(db)
		if err != nil {
			return err
		}
		if c.on("json") {
			return writeJSON(c.out, playOf(p, l.Runs))
		}
		c.printf("%s\n%s\n", plainText(p.Name), plainText(p.About))
		for i, s := range p.StepList() {
			c.printf("%3d  %s\n", i+1, plainText(s.What))
			if below := s.Below(); below != "" {
				c.printf("     %s\n", plainText(below))
			}
			if s.Text != "" {
				c.printf("     “%s”\n", plainText(s.Text))
			}
		}
		for _, q := range p.Questions {
			c.printf("  ?  %s\n", plainText(q))
		}
		c.printf("Rests on %s\n%s\n", plainText(cmp.Or(p.Rests, "nothing that was written down")), data.RecordOf(p.ID, l.Runs).Words())
		for _, r := range l.Runs {
			if r.Play == p.ID {
				c.printf("%s  %s  %s  %s%s\n", shortID(r.ID), r.Begun, cmp.Or(string(r.Outcome), "under way"), plainText(known.whose(r.Belongs)), because(r.Why))
			}
		}
		return nil
	})
}

func because(why string) string {
	if why == "" {
		return ""
	}
	return ": " + plainText(why)
}

func runPlayRun(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		l, p, err := c.playGiven(db)
		if err != nil {
			return err
		}
		whom, err := known.subject(c.args[1])
		if err != nil {
			return err
		}
		r := data.PlayRun{Belongs: whom.belongs(), Play: p.ID}
		if r.Begun, err = c.dayOr("on", now); err != nil {
			return err
		}
		if r.By, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		return keepPart(c, db, fmt.Sprintf("%s begun with %s", p.Name, whom.name()), r, func(r data.PlayRun) any { return known.run(r, l.Plays) })
	})
}

func runPlayFinish(c *call) error {
	outcome := data.RunOutcome(strings.ToLower(c.args[1]))
	if !slices.Contains(data.RunOutcomes, outcome) {
		return misuse(c.verb, "say what came of it: helped, same or worse; %q is none", c.args[1])
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		l, err := db.Library(c.ctx)
		if err != nil {
			return err
		}
		r, err := partOf(c, db, c.args[0], func(r data.PlayRun) string { return playName(r.Play, l.Plays) })
		if err != nil {
			return err
		}
		r = r.Finished(outcome, c.text("why"), now)
		if r.Ended, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, fmt.Sprintf("%s with %s: %s", playName(r.Play, l.Plays), known.whose(r.Belongs), outcome), r, func(r data.PlayRun) any { return known.run(r, l.Plays) })
	})
}

func runPlayMake(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		a, err := known.account(c.args[1])
		if err != nil {
			return err
		}
		from, err := time.ParseInLocation(time.DateOnly, c.args[2], now.Location())
		if err != nil {
			return misuse(c.verb, "%q is not a day; write it like 2026-11-01", c.args[2])
		}
		to, err := c.endOf(c.args[3], now)
		if err != nil {
			return err
		}
		by, err := db.Setting(c.ctx, store.SettingUserName)
		if err != nil {
			return err
		}
		stretch, err := db.Stretch(c.ctx, a.ID, from.Add(-time.Second), to, now)
		if err != nil {
			return err
		}
		p, err := data.PlayFrom(a, stretch, c.args[0], by, now)
		if err != nil {
			return err
		}
		p.Topic = strings.TrimSpace(c.text("topic"))
		return keepPart(c, db, "Play made: "+p.Name+", "+data.Counted(len(p.Steps), "step", "steps"), p, func(p data.Play) any { return playOf(p, nil) })
	})
}
