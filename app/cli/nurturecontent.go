package cli

import (
	"strings"
	"time"

	"rapport/data"
	"rapport/data/store"
)

func contentAddVerb() *verb {
	return &verb{
		name: "nurture content add", args: "TITLE [TEXT]", does: "Keep something worth sending: a guide, a case, an invitation",
		more: `It is the team's and goes with its spaces. TEXT is what a mail says of it.

  rapport nurture content add 'Planning a night test' 'Four pages on light at night, with a checklist.' -stage interest -link https://larkfield.example/night`,
		least: 1, most: 2, run: runContentAdd,
		flags: []flag{
			{name: "stage", value: "STAGE", does: "for whom: know, interest or trust; else any"},
			{name: "topic", value: "TOPIC", does: "what it is about, like 'Price talk'", many: true},
			{name: "link", value: "LINK", does: "where it is to be read"},
			jsonFlag,
		},
	}
}

func contentListVerb() *verb {
	return listing[data.Content]{
		name: "nurture content list", does: "List what is worth sending, by stage", none: "the library is empty; rapport nurture content add fills it", team: true,
		columns: []column{{head: "STAGE"}, {head: "TITLE", rest: true}, {head: "TOPICS"}, {head: "LINK"}},
		row: func(_ names, p data.Content, _ time.Time) []string {
			return []string{stageWord(p.Stage), p.Title, strings.Join(p.Topics, ", "), p.Link}
		},
		shape: func(_ names, p data.Content, _ time.Time) any { return contentOf(p) },
	}.verb()
}

func contentRemoveVerb() *verb {
	return &verb{
		name: "nurture content remove", args: "CONTENT", does: "Take something out of the library", more: "CONTENT is its ID, the beginning of that, or words of its title.",
		least: 1, most: 1, flags: []flag{jsonFlag}, run: runContentRemove,
	}
}

func stageWord(s data.TrustStage) string {
	if s == "" {
		return "any"
	}
	return string(s)
}

type contentJSON struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Stage  string   `json:"stage"`
	Topics []string `json:"topics"`
	Link   string   `json:"link"`
	Text   string   `json:"text"`
	By     string   `json:"by"`
	On     string   `json:"on"`
}

func contentOf(p data.Content) contentJSON {
	return contentJSON{p.ID, p.Title, string(p.Stage), full(p.Topics), p.Link, p.Text, p.By, p.On}
}

func runContentAdd(c *call) error {
	return c.write(func(db *store.DB) error {
		p := data.Content{Title: strings.TrimSpace(c.args[0]), Stage: data.TrustStage(c.text("stage")), Topics: c.values["topic"], Link: strings.TrimSpace(c.text("link"))}
		if len(c.args) > 1 {
			p.Text = strings.TrimSpace(c.args[1])
		}
		now, err := c.clock(db)
		if err != nil {
			return err
		}
		p.On = now.Format(time.DateOnly)
		if p.By, err = db.Setting(c.ctx, store.SettingUserName); err != nil {
			return err
		}
		return keepPart(c, db, "Worth sending: "+p.Title, p, func(p data.Content) any { return contentOf(p) })
	})
}

func runContentRemove(c *call) error {
	return c.read(func(db *store.DB) error {
		p, err := partOf(c, db, c.args[0], data.Content.Called)
		if err != nil {
			return err
		}
		return removePart(c, db, p.Title+" taken out of the library", p, func(p data.Content) any { return contentOf(p) })
	})
}
