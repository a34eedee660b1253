package cli

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func preferenceAddVerb() *verb {
	return &verb{
		name: "preference add", args: "ACCOUNT|CONTACT RULE", does: "Keep how somebody likes to be dealt with",
		more: `RULE is prefers, "at most", hours, never, avoid or every.

  rapport preference add "Anna Kessler" prefers -channel mail
  rapport preference add "Anna Kessler" "at most" -channel call -times 1 -days 7
  rapport preference add "Anna Kessler" hours -hours 08:00-09:00
  rapport preference add "Anna Kessler" never -channel call -weekday mon
  rapport preference add "Anna Kessler" avoid -topic "the fire"
  rapport preference add "Anna Kessler" every -days 14`,
		least: 2, most: 2, flags: []flag{
			{name: "channel", value: "CHANNEL", does: "mail, call, meeting or visit; of a door, what it is"},
			{name: "topic", value: "WORDS", does: "what it is about"},
			{name: "times", value: "N", does: "how often at most"},
			{name: "days", value: "N", does: "within how many days, or every how many"},
			{name: "hours", value: "FROM-TO", does: "hours of the day, like 08:00-09:00"},
			{name: "weekday", value: "DAY", does: "mon to sun", many: true},
			{name: "why", value: "WORDS", does: "how you know"},
			fromFlag, jsonFlag,
		}, run: runPreferenceAdd,
	}
}

func preferenceListVerb() *verb {
	return &verb{
		name: "preference list", args: "[ACCOUNT|CONTACT]", does: "List how people like to be dealt with, and what their mail suggests",
		more: `What was read from how they answer is offered, and counts only once you confirm it.`,
		most: 1, flags: []flag{{name: "all", does: "those that were refused too"}, zoneFlag, jsonFlag}, run: runPreferenceList,
	}
}

func preferenceConfirmVerb() *verb {
	return &verb{
		name: "preference confirm", args: "PREFERENCE|CONTACT [RULE]", does: "Confirm what their mail suggests, so that it counts",
		more: `PREFERENCE is its ID or words of it; CONTACT means all that is offered of them, or that of
one RULE.`,
		least: 1, most: 2, flags: []flag{onFlag, jsonFlag}, run: func(c *call) error { return c.decidePreference(true) },
	}
}

func preferenceRefuseVerb() *verb {
	return &verb{
		name: "preference refuse", args: "PREFERENCE|CONTACT [RULE]", does: "Refuse what their mail suggests, so that it is offered no more",
		least: 1, most: 2, flags: []flag{onFlag, jsonFlag}, run: func(c *call) error { return c.decidePreference(false) },
	}
}

type preferenceJSON struct {
	partJSON
	Rule      string   `json:"rule"`
	Words     string   `json:"words"`
	Channel   string   `json:"channel"`
	Topic     string   `json:"topic"`
	Times     int      `json:"times"`
	Days      int      `json:"days"`
	From      string   `json:"from"`
	To        string   `json:"to"`
	Weekdays  []string `json:"weekdays"`
	Offered   bool     `json:"offered"`
	Why       string   `json:"why"`
	Confirmed string   `json:"confirmed"`
	Refused   string   `json:"refused"`
}

func preferenceOf(n names, p data.Preference) preferenceJSON {
	return preferenceJSON{
		partJSON: n.part(p.Belongs), Rule: string(p.Rule), Words: p.Words(), Channel: string(p.Channel), Topic: p.Topic, Times: p.Times, Days: p.Days,
		From: p.From, To: p.To, Weekdays: full(p.Weekdays), Offered: p.Offered(), Why: p.Why, Confirmed: p.Confirmed, Refused: p.Refused,
	}
}

func preferenceLine(p data.Preference) string {
	words := p.Words()
	switch {
	case p.Offered():
		words += " (offered: " + p.Why + ")"
	case p.Refused != "":
		words += " (refused)"
	}
	return words
}

func runPreferenceAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Preference{
			Belongs: s.belongs(), Rule: ruleOf(c.args[1]), Channel: data.Channel(strings.ToLower(c.text("channel"))), Topic: strings.TrimSpace(c.text("topic")),
			Why: strings.TrimSpace(c.text("why")), Confirmed: now.Format(time.DateOnly),
		}
		for _, d := range c.values["weekday"] {
			p.Weekdays = append(p.Weekdays, firstThree(strings.ToLower(d)))
		}
		if c.has("hours") {
			p.From, p.To, _ = strings.Cut(strings.ReplaceAll(c.text("hours"), " ", ""), "-")
		}
		if p.Times, err = c.number("times"); err != nil {
			return err
		}
		if p.Days, err = c.number("days"); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &p.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+": "+p.Words(), p, func(p data.Preference) any { return preferenceOf(known, p) })
	})
}

func ruleOf(s string) data.Rule {
	return data.Rule(strings.ToLower(strings.ReplaceAll(strings.TrimSpace(s), "-", " ")))
}

func firstThree(s string) string { return s[:min(len(s), 3)] }

func runPreferenceList(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s := subject{}
		if len(c.args) > 0 {
			var err error
			if s, err = known.subject(c.args[0]); err != nil {
				return err
			}
		}
		list, err := store.Parts[data.Preference](c.ctx, db, store.PartQuery{Account: s.account.ID, Open: !c.on("all")})
		if err != nil {
			return err
		}
		if s.contact.ID != "" {
			list = slices.DeleteFunc(list, func(p data.Preference) bool { return p.Contact != "" && p.Contact != s.contact.ID })
		}
		offers, err := c.offeredPreferences(db, s, known, now)
		if err != nil {
			return err
		}
		list = append(list, offers...)
		if c.on("json") {
			return writeArray(c.out, each(list, func(p data.Preference) preferenceJSON { return preferenceOf(known, p) }))
		}
		if len(list) == 0 {
			c.note("nothing is known of how they like to be dealt with")
			return nil
		}
		rows := make([][]string, len(list))
		for i, p := range list {
			rows[i] = []string{shortID(p.ID), known.whose(p.Belongs), preferenceLine(p)}
		}
		return table(c.out, []column{{head: "ID", least: 8}, {head: "WHO", most: 28}, {head: "LIKES", rest: true}}, rows)
	})
}

// offeredPreferences are those that mail suggests now, of a contact, of an
// account's contacts, or of all.
func (c *call) offeredPreferences(db *store.DB, s subject, known names, now time.Time) (offers []data.Preference, err error) {
	for _, person := range known.contacts {
		if s.contact.ID != "" && person.ID != s.contact.ID || s.account.ID != "" && person.AccountID != s.account.ID {
			continue
		}
		have, err := store.Parts[data.Preference](c.ctx, db, store.PartQuery{Contact: person.ID})
		if err != nil {
			return nil, err
		}
		moments, err := db.MomentsWith(c.ctx, person.ID, now)
		if err != nil {
			return nil, err
		}
		offers = append(offers, data.LearnPreferences(person, moments, have, now.Location(), now)...)
	}
	return offers, nil
}

// decidePreference confirms or refuses a preference that is kept, or what is
// offered of a contact.
func (c *call) decidePreference(confirm bool) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		list, err := c.preferencesMeant(db, known, now)
		if err != nil {
			return err
		}
		date, err := c.dayOr("on", now)
		if err != nil {
			return err
		}
		var words []string
		for i := range list {
			p := &list[i]
			p.Confirmed, p.Refused = date, ""
			if !confirm {
				p.Confirmed, p.Refused = "", date
			}
			words = append(words, p.Words())
		}
		did := "Confirmed: "
		if !confirm {
			did = "Refused: "
		}
		label := did + strings.Join(words, "; ")
		if _, err := db.Write(c.ctx, label, func(tx *store.Tx) error {
			for i, p := range list {
				kept, err := store.PutPart(tx, p)
				if err != nil {
					return err
				}
				list[i] = kept
			}
			return nil
		}); err != nil {
			return err
		}
		return c.done(label, func() any {
			return mappedTo(list, func(p data.Preference) preferenceJSON { return preferenceOf(known, p) })
		})
	})
}

func (c *call) preferencesMeant(db *store.DB, known names, now time.Time) ([]data.Preference, error) {
	s, err := known.person(c.args[0])
	if errors.Is(err, data.ErrNotFound) && len(c.args) == 1 {
		p, partErr := partOf(c, db, c.args[0], data.Preference.Words)
		if partErr == nil {
			return []data.Preference{p}, nil
		}
		if !errors.Is(partErr, data.ErrNotFound) {
			err = partErr
		}
	}
	if err != nil {
		return nil, err
	}
	offers, err := c.offeredPreferences(db, s, known, now)
	if err != nil {
		return nil, err
	}
	stored, err := store.Parts[data.Preference](c.ctx, db, store.PartQuery{Contact: s.contact.ID, Open: true})
	if err != nil {
		return nil, err
	}
	offers = append(offers, slices.DeleteFunc(stored, func(p data.Preference) bool { return !p.Offered() })...)
	if len(c.args) > 1 {
		offers = slices.DeleteFunc(offers, func(p data.Preference) bool { return p.Rule != ruleOf(c.args[1]) })
	}
	if len(offers) == 0 {
		return nil, fmt.Errorf("nothing is offered of %s; rapport preference list %s lists what there is", s.name(), strconv.Quote(s.name()))
	}
	return offers, nil
}
