package cli

import (
	"strconv"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

var feedbackFlags = []flag{
	{name: "level", value: "LEVEL", does: "how loud it is: whisper, chatter or shout"},
	{name: "theme", value: "WORDS", does: "what it is about, in a word or two"},
	ownerFlag,
	{name: "on", value: "DATE", does: "when they said it; else today"},
	fromFlag, jsonFlag,
}

func feedbackAddVerb() *verb {
	return &verb{
		name: "feedback add", args: "ACCOUNT|CONTACT WORDS", does: "Keep what a customer told you about how you do",
		more: `From then on 48 hours run in which the customer should hear what comes of it.

  rapport feedback add "Anna Kessler" "Numbers, not slides" -level whisper -theme reports`,
		least: 2, most: 2, flags: feedbackFlags, run: runFeedbackAdd,
	}
}

func feedbackListVerb() *verb {
	return listing[data.Feedback]{
		name: "feedback list", does: "List what customers told you, what waits for you first", none: "nothing waits for an answer of yours; -all lists what was answered",
		columns: []column{{head: "WHOSE", most: 24}, {head: "LEVEL"}, {head: "THEY SAID", rest: true}, {head: "DECISION"}, {head: "TELL BY"}},
		row: func(n names, f data.Feedback, now time.Time) []string {
			return []string{n.whose(f.Belongs), string(f.Level), f.Words, string(f.Decision), tellBy(f, now)}
		},
		shape: func(n names, f data.Feedback, now time.Time) any { return feedbackOf(n, f, now) },
		sort:  data.SortFeedback,
	}.verb()
}

func tellBy(f data.Feedback, now time.Time) string {
	switch late := f.Late(now); {
	case f.Told != "":
		return "told " + f.Told
	case late == 1:
		return f.TellBy() + ", 1 day over"
	case late > 1:
		return f.TellBy() + ", " + strconv.Itoa(late) + " days over"
	}
	return f.TellBy()
}

func feedbackDecideVerb() *verb {
	return &verb{
		name: "feedback decide", args: "FEEDBACK accept|decline|later", does: "Decide about feedback, and say why",
		more: `FEEDBACK is its ID, the beginning of that, or words of it. Say why in words that the
customer may read; then tell them, and say so with feedback told.

  rapport feedback decide "night engineer" decline -why "Two nights a year; a spare driver on site cures it"`,
		least: 2, most: 2, run: runFeedbackDecide,
		flags: []flag{
			{name: "why", value: "WORDS", does: "the reason, in words that they may read"},
			{name: "fits", value: "WORDS", does: "how that fits what you are there for"},
			ownerFlag, onFlag, jsonFlag,
		},
	}
}

func feedbackToldVerb() *verb {
	return &verb{
		name: "feedback told", args: "FEEDBACK", does: "Say that the customer knows what came of their feedback",
		more:  "  rapport feedback told \"Numbers, not slides\" -how call -helped \"Ines Fournier\" -credit \"named in the report\"",
		least: 1, most: 1, run: runFeedbackTold,
		flags: []flag{
			{name: "how", value: "WAY", does: "mail, call, meeting or visit"},
			{name: "helped", value: "CONTACT", does: "who of them worked it out with you", many: true},
			{name: "credit", value: "WORDS", does: "how they were thanked for it"},
			onFlag, jsonFlag,
		},
	}
}

type feedbackJSON struct {
	partJSON
	Words    string   `json:"words"`
	Level    string   `json:"level"`
	Theme    string   `json:"theme"`
	On       string   `json:"on"`
	Owner    string   `json:"owner"`
	Answer   string   `json:"answer"`
	Decision string   `json:"decision"`
	Why      string   `json:"why"`
	Fits     string   `json:"fits"`
	Decided  string   `json:"decided"`
	TellBy   string   `json:"tellBy"`
	Told     string   `json:"told"`
	How      string   `json:"how"`
	DaysOver int      `json:"daysOver"`
	Helped   []string `json:"helped"`
	Credit   string   `json:"credit"`
}

func feedbackOf(n names, f data.Feedback, now time.Time) feedbackJSON {
	helped := make([]string, len(f.Helped))
	for i, id := range f.Helped {
		helped[i] = n.contactName(id)
	}
	return feedbackJSON{partJSON: n.part(f.Belongs), Words: f.Words, Level: string(f.Level), Theme: f.Theme, On: f.On, Owner: f.Owner, Answer: f.Answer,
		Decision: string(f.Decision), Why: f.Why, Fits: f.Fits, Decided: f.Decided, TellBy: f.TellBy(), Told: f.Told, How: string(f.How),
		DaysOver: f.Late(now), Helped: helped, Credit: f.Credit}
}

func runFeedbackAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		f := data.Feedback{Belongs: s.belongs(), Words: strings.TrimSpace(c.args[1]), Level: data.Whisper}
		c.overwrite((*string)(&f.Level), "level")
		c.overwrite(&f.Theme, "theme")
		if f.Owner, err = c.owner(db, "owner"); err != nil {
			return err
		}
		if f.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &f.Belongs); err != nil {
			return err
		}
		return keepPart(c, db, s.name()+" told us: "+f.Words, f, func(f data.Feedback) any { return feedbackOf(known, f, now) })
	})
}

// decisions are how a decision is called on the command line.
var decisions = map[string]data.Decision{"accept": data.Accepted, "decline": data.Declined, "later": data.Later}

func runFeedbackDecide(c *call) error {
	decision, ok := decisions[c.args[1]]
	if !ok {
		return misuse(c.verb, "say accept, decline or later; %q is none of them", c.args[1])
	}
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		f, err := partOf(c, db, c.args[0], data.Feedback.Name)
		if err != nil {
			return err
		}
		f.Decision = decision
		if f.Decided, err = c.dayOr("on", now); err != nil {
			return err
		}
		c.overwrite(&f.Why, "why")
		c.overwrite(&f.Fits, "fits")
		c.overwrite(&f.Owner, "owner")
		return keepPart(c, db, "Feedback "+string(decision)+": "+f.Words, f, func(f data.Feedback) any { return feedbackOf(known, f, now) })
	})
}

func runFeedbackTold(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		f, err := partOf(c, db, c.args[0], data.Feedback.Name)
		if err != nil {
			return err
		}
		if f.Told, err = c.dayOr("on", now); err != nil {
			return err
		}
		c.overwrite((*string)(&f.How), "how")
		c.overwrite(&f.Credit, "credit")
		for _, who := range c.values["helped"] {
			p, err := known.person(who)
			if err != nil {
				return err
			}
			f.Helped = append(f.Helped, p.contact.ID)
		}
		return keepPart(c, db, "Told: "+f.Words, f, func(f data.Feedback) any { return feedbackOf(known, f, now) })
	})
}
