package cli

import (
	"cmp"
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func factAddVerb() *verb {
	return &verb{
		name: "fact add", args: "ACCOUNT|CONTACT FACT VALUE", does: "Keep something that you know, with where you know it from",
		more: `FACT is one of:
` + factHelp() + `
What is personal asks for -basis: ` + strings.Join(wordsIn(data.Bases), ", ") + `.

  rapport fact add "Anna Kessler" language de -source "her mail of 3 May"
  rapport fact add "Anna Kessler" birthday 05-17 -basis consent`,
		least: 3, most: 3, flags: []flag{
			{name: "source", value: "WORDS", does: "who or what told you"},
			{name: "confidence", value: "HOW", does: "sure, likely (the rule) or \"a guess\""},
			{name: "basis", value: "WHAT", does: "what allows you to keep it, where it is personal"},
			{name: "on", value: "DATE", does: "when it was true; else today"},
			fromFlag, jsonFlag,
		}, run: runFactAdd,
	}
}

// factHelp lists the names of facts with what they mean.
func factHelp() string {
	var b strings.Builder
	for _, n := range data.FactNames {
		about := "accounts"
		switch {
		case n.Person && n.Account:
			about = "both"
		case n.Person:
			about = "people"
		}
		b.WriteString("  " + n.Name + strings.Repeat(" ", max(1, 17-len(n.Name))) + n.Label + " (" + about)
		if n.Personal {
			b.WriteString(", personal")
		}
		b.WriteString(")\n")
	}
	return b.String()
}

func factListVerb() *verb {
	return listing[data.Fact]{
		name: "fact list", does: "List what is known of accounts and people, with its sources", none: "nothing is known yet",
		more:    "What is older than 180 days is marked as old.",
		columns: []column{{head: "OF", most: 24}, {head: "FACT"}, {head: "VALUE", rest: true}, {head: "SOURCE", most: 22}, {head: "DAY"}},
		row: func(n names, p data.Fact, now time.Time) []string {
			return []string{n.whose(p.Belongs), p.Name, p.Value, p.Source, factAge(p, now)}
		},
		shape: func(n names, p data.Fact, now time.Time) any { return factOf(n, p, now) },
	}.verb()
}

func factEndVerb() *verb {
	return &verb{
		name: "fact end", args: "FACT", does: "Say that something is not true any more",
		more:  "FACT is its ID, the beginning of that, or words of it.",
		least: 1, most: 1, flags: []flag{onFlag, jsonFlag}, run: runFactEnd,
	}
}

type factJSON struct {
	partJSON
	Fact       string `json:"fact"`
	Value      string `json:"value"`
	On         string `json:"on"`
	Until      string `json:"until"`
	Source     string `json:"source"`
	Confidence string `json:"confidence"`
	Basis      string `json:"basis"`
	Old        bool   `json:"old"`
}

func factOf(n names, p data.Fact, now time.Time) factJSON {
	return factJSON{
		partJSON: n.part(p.Belongs), Fact: p.Name, Value: p.Value, On: p.On, Until: p.Until, Source: p.Source,
		Confidence: string(cmp.Or(p.Confidence, data.IsLikely)), Basis: string(p.Basis), Old: p.Stale(now),
	}
}

func factAge(p data.Fact, now time.Time) string {
	switch {
	case p.Until != "":
		return "until " + p.Until
	case p.Stale(now):
		return joinWords("old", p.On)
	}
	return p.On
}

func factLine(f data.Fact, now time.Time) string {
	label := f.Name
	if n, ok := data.FactNameOf(f.Name); ok {
		label = n.Label
	}
	words := label + ": " + f.Value
	if f.Source != "" {
		words += " (" + f.Source + ")"
	}
	if f.Stale(now) {
		words += ", old"
	}
	return words
}

func factName(f data.Fact) string { return f.Name + " " + f.Value }

func runFactAdd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		s, err := known.subject(c.args[0])
		if err != nil {
			return err
		}
		p := data.Fact{
			Belongs: s.belongs(), Name: strings.ToLower(strings.TrimSpace(c.args[1])), Value: strings.TrimSpace(c.args[2]),
			Source: strings.TrimSpace(c.text("source")), Confidence: data.Sure(c.text("confidence")), Basis: data.Basis(c.text("basis")),
		}
		if p.On, err = c.dayOr("on", now); err != nil {
			return err
		}
		if err := c.learnedFrom(db, &p.Belongs); err != nil {
			return err
		}
		if p.Source == "" && p.Interaction == "" {
			if p.Source, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
				return err
			}
		}
		return keepPart(c, db, s.name()+", "+p.Name+": "+p.Value, p, func(p data.Fact) any { return factOf(known, p, now) })
	})
}

func runFactEnd(c *call) error {
	return c.readNames(func(db *store.DB, known names, now time.Time) error {
		p, err := partOf(c, db, c.args[0], factName)
		if err != nil {
			return err
		}
		if p.Until, err = c.dayOr("on", now); err != nil {
			return err
		}
		return keepPart(c, db, "Not true any more: "+p.Value, p, func(p data.Fact) any { return factOf(known, p, now) })
	})
}
