package cli

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/listen"
	"rapport/data/store"
	"rapport/data/text"
)

func feedbackProposedVerb() *verb {
	return &verb{
		name: "feedback proposed", args: "[ACCOUNT]", does: "List what customers may have wanted you to hear, in their mails and their silence",
		more: `Nothing is kept before you confirm it. Words of praise and complaint are weighed by a short
list of Rapport's own, wishes are known by how they begin, silence by how long they usually take
to answer; what you listen for comes first. Each says what it rests on. All of it is local.

  rapport feedback proposed
  rapport feedback confirm 1 -level shout`,
		most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runFeedbackProposed,
	}
}

func feedbackConfirmVerb() *verb {
	return &verb{
		name: "feedback confirm", args: "N", does: "Keep what was proposed as feedback",
		more:  "N is its number in feedback proposed.",
		least: 1, most: 1, run: runFeedbackConfirm,
		flags: []flag{
			{name: "level", value: "LEVEL", does: "how loud it is: whisper, chatter or shout"},
			{name: "theme", value: "WORDS", does: "what it is about, in a word or two"},
			{name: "said", value: "WORDS", does: "their words, where others say it better"},
			ownerFlag, zoneFlag, jsonFlag,
		},
	}
}

func feedbackDismissVerb() *verb {
	return &verb{
		name: "feedback dismiss", args: "N", does: "Say that it is no feedback; it is not proposed again",
		more:  "N is its number in feedback proposed.",
		least: 1, most: 1, flags: []flag{zoneFlag, jsonFlag}, run: runFeedbackDismiss,
	}
}

func feedbackListenVerb() *verb {
	return &verb{
		name: "feedback listen", args: "[WORDS]", does: "Say which words to listen for in mails that come in; without any, list them",
		more:  "  rapport feedback listen 'night engineer' -level chatter\n  rapport feedback listen 'night engineer' -off",
		most:  1,
		flags: []flag{{name: "level", value: "LEVEL", does: "how loud they are: whisper, chatter or shout"}, {name: "off", does: "do not listen for them any more"}, jsonFlag}, run: runFeedbackListen,
	}
}

type heardJSON struct {
	N           int    `json:"n"`
	Account     string `json:"account"`
	AccountID   string `json:"accountId"`
	Contact     string `json:"contact"`
	ContactID   string `json:"contactId"`
	Interaction string `json:"interaction"`
	Who         string `json:"who"`
	Level       string `json:"level"`
	Theme       string `json:"theme"`
	Words       string `json:"words"`
	Because     string `json:"because"`
	Weight      int    `json:"weight"`
	On          string `json:"on"`
}

func heardOf(n names, p listen.Proposal, number int) heardJSON {
	b := n.part(p.Feedback.Belongs)
	return heardJSON{N: number, Account: b.Account, AccountID: b.AccountID, Contact: b.Contact, ContactID: b.ContactID, Interaction: b.Interaction, Who: p.Who,
		Level: string(p.Feedback.Level), Theme: p.Feedback.Theme, Words: p.Feedback.Words, Because: p.Because, Weight: p.Weight, On: p.Feedback.On}
}

func runFeedbackProposed(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		all, err := db.FeedbackProposals(c.ctx, "", now) // the numbers are those of all
		if err != nil {
			return err
		}
		about := data.Account{}
		if len(c.args) > 0 {
			if about, err = known.account(c.args[0]); err != nil {
				return err
			}
		}
		var shown []heardJSON
		for i, p := range all {
			if about.ID == "" || p.Feedback.Account == about.ID {
				shown = append(shown, heardOf(known, p, i+1))
			}
		}
		if c.on("json") {
			return writeArray(c.out, asTheyAre(shown))
		}
		if len(shown) == 0 {
			c.note("nothing waits to be heard")
			return nil
		}
		rows := make([][]string, len(shown))
		for i, h := range shown {
			rows[i] = []string{strconv.Itoa(h.N), h.Level, h.Account, h.Who, h.Words, h.Because}
		}
		return table(c.out, []column{{head: "N"}, {head: "LEVEL"}, {head: "ACCOUNT", most: 20}, {head: "WHO", most: 20}, {head: "THEY SAID", rest: true}, {head: "BECAUSE", most: 32}}, rows)
	})
}

// proposed is what the first argument names by its number.
func (c *call) proposed(db *store.DB, now time.Time) (listen.Proposal, error) {
	list, err := db.FeedbackProposals(c.ctx, "", now)
	if err != nil {
		return listen.Proposal{}, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(c.args[0]))
	if err != nil || n < 1 || n > len(list) {
		return listen.Proposal{}, misuse(c.verb, "there is no proposal %s; rapport feedback proposed lists %s", c.args[0], data.Counted(len(list), "proposal", "proposals"))
	}
	return list[n-1], nil
}

func runFeedbackConfirm(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := c.proposed(db, now)
		if err != nil {
			return err
		}
		f := p.Feedback
		c.overwrite((*string)(&f.Level), "level")
		c.overwrite(&f.Theme, "theme")
		c.overwrite(&f.Words, "said")
		if f.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		return keepBy(c, db, p.Who+" told us: "+text.Preview(f.Words, 60), f, func(tx *store.Tx, f data.Feedback) (data.Feedback, error) { return tx.KeepFeedback(p, f) },
			func(f data.Feedback) any { return feedbackOf(known, f, now) })
	})
}

func runFeedbackDismiss(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := c.proposed(db, now)
		if err != nil {
			return err
		}
		label := "No feedback: " + text.Preview(p.Feedback.Words, 60)
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.DeclineProposal(p) }); err != nil {
			return err
		}
		return c.done(label, func() any { return heardOf(known, p, 0) })
	})
}

type listenJSON struct {
	Words string `json:"words"`
	Level string `json:"level"`
}

func runFeedbackListen(c *call) error {
	return c.write(func(db *store.DB) error {
		rules, err := db.ListenRules(c.ctx)
		if err != nil {
			return err
		}
		if len(c.args) > 0 {
			if rules, err = c.changeListening(db, rules); err != nil {
				return err
			}
		}
		if c.on("json") {
			return writeArray(c.out, each(rules, func(r listen.Rule) listenJSON { return listenJSON{r.Words, string(r.Level)} }))
		}
		if len(rules) == 0 {
			c.note("you listen for no words of your own; rapport feedback listen 'night engineer' adds some")
		}
		rows := make([][]string, len(rules))
		for i, r := range rules {
			rows[i] = []string{string(r.Level), r.Words}
		}
		return table(c.out, []column{{head: "LEVEL"}, {head: "WORDS", rest: true}}, rows)
	})
}

// changeListening adds the words of the first argument to the rules, or takes them
// away.
func (c *call) changeListening(db *store.DB, rules []listen.Rule) ([]listen.Rule, error) {
	r := listen.Rule{Words: strings.Join(strings.Fields(c.args[0]), " "), Level: data.Whisper}
	c.overwrite((*string)(&r.Level), "level")
	if err := r.Check(); err != nil {
		return nil, err
	}
	had := len(rules)
	rules = slices.DeleteFunc(rules, func(o listen.Rule) bool { return text.Fold(o.Words) == text.Fold(r.Words) })
	label := "Listening for " + r.Words
	switch {
	case !c.on("off"):
		rules = append(rules, r)
	case len(rules) == had:
		return nil, &data.Invalid{Field: "words", Says: "you do not listen for " + r.Words}
	default:
		label = "Not listening for " + r.Words + " any more"
	}
	lines := make([]string, len(rules))
	for i, one := range rules {
		lines[i] = one.Line()
	}
	_, err := db.Write(c.ctx, label, func(tx *store.Tx) error { return tx.PutSettingList(store.SettingListen, lines) })
	return rules, err
}
